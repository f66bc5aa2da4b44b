/* folder.c: the files in a folder, and in those below it. */
#include "riffls.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

bool IsFolder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A file is left out if neither its first bytes nor its name are those of a RIFF file. */
static bool IsCandidate(const char *path)
{
    static const char *const ends[] = {".wav", ".bwf", ".rf64", ".avi",  ".sf2",
                                       ".sf3", ".dls", ".rmi",  ".ani", ".webp"};
    const char *end = strrchr(path, '.');
    unsigned char code[4];
    FILE *file = fopen(path, "rb");
    size_t i;
    bool is_form = file != NULL && fread(code, 1, 4, file) == 4 && IsForm(LittleEndian(code, 4));
    if (file != NULL)
        fclose(file);
    if (is_form)
        return true;
    for (i = 0; end != NULL && i < sizeof(ends) / sizeof(ends[0]); i++)
        if (strcasecmp(end, ends[i]) == 0)
            return true;
    return false;
}

static int CompareNames(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

typedef struct Names {
    char **each;
    size_t count, capacity;
} Names;

static bool AddName(Names *names, const char *folder, const char *name)
{
    size_t length = strlen(folder), size = length + strlen(name) + 2;
    bool has_end = length > 0 && folder[length - 1] == '/';
    char **each = (char **)Grow(names->each, names->count, &names->capacity, sizeof(char *));
    char *path;
    if (each == NULL)
        return false;
    names->each = each;
    path = (char *)malloc(size);
    if (path == NULL)
        return false;
    snprintf(path, size, "%s%s%s", folder, has_end ? "" : "/", name);
    names->each[names->count++] = path;
    return true;
}

/* Returns an errno, or 0. The directory is closed before files are opened, to limit the number of open descriptors. */
static int ReadNames(const char *folder, Names *names)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    int error = 0;
    if (directory == NULL)
        return errno;
    errno = 0;
    while (error == 0 && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            !AddName(names, folder, entry->d_name))
            error = ENOMEM;
        else
            errno = 0;
    }
    if (error == 0)
        error = errno;
    closedir(directory);
    return error;
}

bool ForEachFile(const char *folder, void (*each)(void *context, const char *path), void *context)
{
    Names names;
    struct stat status;
    size_t i;
    bool is_complete;
    int error;
    memset(&names, 0, sizeof(names));
    error = ReadNames(folder, &names);
    is_complete = error == 0;
    if (!is_complete)
        PrintError(folder, "%s", strerror(error));
    if (names.count > 0)
        qsort(names.each, names.count, sizeof(char *), CompareNames);
    for (i = 0; i < names.count; i++) {
        const char *path = names.each[i];
        if (lstat(path, &status) != 0) {
            PrintError(path, "%s", strerror(errno));
            is_complete = false;
        } else if (S_ISDIR(status.st_mode)) {
            /* Links to folders are not followed, since they may form a cycle. */
            is_complete = ForEachFile(path, each, context) && is_complete;
        } else if (stat(path, &status) == 0 && S_ISREG(status.st_mode) && IsCandidate(path))
            each(context, path);
        free(names.each[i]);
    }
    free(names.each);
    return is_complete;
}
