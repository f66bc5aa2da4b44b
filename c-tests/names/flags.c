/* MMIO_PARSE, MMIO_EXIST, MMIO_DELETE and MMIO_GETTEMP, in each encoding.
 *
 * Shows docs/contract.md, 2. Names and opening: "MMIO_PARSE", "MMIO_EXIST", "MMIO_DELETE", "MMIO_GETTEMP".
 * Shows docs/contract.md, 2. Names and opening: "TMPDIR". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif

#include "forms.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOM 128

/* Allocates exactly the 128 characters that the library may write, so that AddressSanitizer detects one more. */
static void *name_buffer(int form, const char *utf8)
{
    char text[4096];
    size_t length = spell(form, utf8, text);
    void *buffer = malloc((length < ROOM ? ROOM : length + 1) * unit(form));
    memset(buffer, 0x55, ROOM * unit(form));
    memcpy(buffer, text, (length + 1) * unit(form));
    return buffer;
}

static void check_parse(int form, const char *given, const char *full)
{
    MMIOINFO info;
    void *buffer = name_buffer(form, given);
    memset(&info, 0, sizeof info);
    CHECK(open_in(form, buffer, &info, MMIO_PARSE) == TRUE_HANDLE);
    CHECK_EQ(info.wErrorRet, 0);
    CHECK(is_spelled(form, buffer, full));
    free(buffer);
}

static void parse_writes_the_absolute_form(int form)
{
    char here[1024], full[2048];
    CHECK(getcwd(here, sizeof here) != NULL);
    snprintf(full, sizeof full, "%s/no-such-file", here);
    check_parse(form, "no-such-file", full);
    check_parse(form, "./a/../no-such-file", full);
    check_parse(form, "/a/b/.././c", "/a/c");
    check_parse(form, "Z:\\a\\b", "/a/b");
    check_parse(form, "/\xe5\xa3\xb0/\xf0\x9f\x98\x80", "/\xe5\xa3\xb0/\xf0\x9f\x98\x80");
}

/* An absolute path of the given length in characters. */
static void long_path(char *path, size_t length)
{
    memset(path, 'x', length);
    path[0] = '/';
    path[length] = 0;
}

static void parse_writes_at_most_128_characters(int form)
{
    char path[ROOM + 80], before[ROOM + 80];
    size_t length;
    for (length = 126; length < ROOM + 72; length++) {
        MMIOINFO info;
        void *buffer;
        HMMIO result;
        long_path(path, length);
        buffer = name_buffer(form, path);
        memset(&info, 0, sizeof info);
        result = open_in(form, buffer, &info, MMIO_PARSE);
        CHECK(result == (length < ROOM ? TRUE_HANDLE : NULL));
        CHECK_EQ(info.wErrorRet, length < ROOM ? 0 : MMIOERR_OUTOFMEMORY);
        strcpy(before, path);
        if (form != BYTES && length >= ROOM)
            before[ROOM - 1] = 0; /* win: the first 127 characters */
        CHECK(is_spelled(form, buffer, before));
        free(buffer);
    }
}

static void exist_does_not_search(int form)
{
    char here[1024], full[2048];
    MMIOINFO info;
    void *buffer = name_buffer(form, "there");
    CHECK(getcwd(here, sizeof here) != NULL);
    snprintf(full, sizeof full, "%s/there", here);
    put_file("there", "x", 1);
    memset(&info, 0, sizeof info);
    CHECK(open_in(form, buffer, &info, MMIO_EXIST) == TRUE_HANDLE);
    CHECK(is_spelled(form, buffer, full));
    free(buffer);

    buffer = name_buffer(form, "not-there");
    CHECK(open_in(form, buffer, &info, MMIO_EXIST) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
    CHECK(is_spelled(form, buffer, "not-there"));
    free(buffer);

    /* Opening finds the program next to the executable, MMIO_EXIST does not. */
    CHECK_EQ(mkdir("elsewhere", 0777), 0);
    CHECK_EQ(chdir("elsewhere"), 0);
    buffer = name_buffer(form, "there");
    CHECK(open_in(form, buffer, &info, MMIO_EXIST) == NULL);
    free(buffer);
    CHECK_EQ(chdir(".."), 0);
    CHECK_EQ(rmdir("elsewhere"), 0);
}

static void delete_removes_the_file(int form)
{
    MMIOINFO info;
    put_file("doomed", "x", 1);
    memset(&info, 0, sizeof info);
    CHECK(open_spelled(form, "doomed", &info, MMIO_DELETE) == TRUE_HANDLE);
    CHECK_EQ(info.wErrorRet, 0);
    CHECK(access("doomed", F_OK) != 0);
    CHECK(open_spelled(form, "doomed", &info, MMIO_DELETE) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
    CHECK_EQ(mkdir("folder", 0777), 0);
    CHECK(open_spelled(form, "folder", &info, MMIO_DELETE) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_ACCESSDENIED);
    CHECK_EQ(rmdir("folder"), 0);
}

/* What MMIO_GETTEMP returns if it fails. */
#define GETTEMP_FAILED ((HMMIO)MMIOERR_FILENOTFOUND)

/* Copies a name of ASCII characters from a form. */
static void narrow(int form, const void *name, char *ascii)
{
    size_t i = 0;
    do {
        ascii[i] = form == BYTES   ? ((const char *)name)[i]
                   : form == UTF16 ? (char)((const MMSYSTEM_CHAR16 *)name)[i]
                                   : (char)((const MMSYSTEM_CHAR32 *)name)[i];
    } while (ascii[i++] != 0);
}

static void gettemp_makes_an_empty_private_file(int form)
{
    MMIOINFO info;
    struct stat status;
    char made[ROOM];
    void *buffer = name_buffer(form, "./temp");
    memset(&info, 0, sizeof info);
    /* MMIO_GETTEMP overrides all other flags. */
    CHECK(open_in(form, buffer, &info, MMIO_GETTEMP | MMIO_DELETE | MMIO_EXIST) == NULL);
    CHECK_EQ(info.wErrorRet, 0);
    narrow(form, buffer, made);
    CHECK(strncmp(made, "./temp", 6) == 0 && strlen(made) > 6);
    CHECK_EQ(stat(made, &status), 0);
    CHECK_EQ(status.st_size, 0);
    CHECK_EQ(status.st_mode & 0777, 0600);
    CHECK_EQ(unlink(made), 0);
    free(buffer);
}

static void gettemp_that_fails_changes_nothing(int form)
{
    char path[ROOM];
    void *buffer = name_buffer(form, "no-such-folder/temp");
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    CHECK(open_in(form, buffer, &info, MMIO_GETTEMP) == GETTEMP_FAILED);
    CHECK_EQ(info.wErrorRet, MMIOERR_PATHNOTFOUND);
    CHECK(is_spelled(form, buffer, "no-such-folder/temp"));
    free(buffer);
    /* A name that leaves no space for the unique part. */
    strcpy(path, "./");
    memset(path + 2, 'x', ROOM - 4);
    path[ROOM - 2] = 0;
    buffer = name_buffer(form, path);
    CHECK(open_in(form, buffer, NULL, MMIO_GETTEMP) == GETTEMP_FAILED);
    CHECK(is_spelled(form, buffer, path));
    free(buffer);
}

/* A temporary file without a directory is created in TMPDIR, unless that is empty. */
static void gettemp_uses_tmpdir(int form)
{
    static const char *const folders[] = {"tmp", "", "no-such-folder", "tmp/file", "\xff"};
    const char *before = getenv("TMPDIR");
    char *saved = before == NULL ? NULL : strdup(before);
    size_t i;
    CHECK_EQ(mkdir("tmp", 0777), 0);
    put_file("tmp/file", "", 0);
    for (i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *start = i == 0 ? "tmp/temp" : "/tmp/temp";
        void *buffer = name_buffer(form, "temp");
        char made[ROOM];
        MMIOINFO info;
        HMMIO result;
        CHECK_EQ(setenv("TMPDIR", folders[i], 1), 0);
        memset(&info, 0, sizeof info);
        result = open_in(form, buffer, &info, MMIO_GETTEMP);
        if (i == 4 && form != BYTES) {
            /* The new name has no wide form. */
            CHECK(result == GETTEMP_FAILED);
            CHECK_EQ(info.wErrorRet, MMIOERR_INVALIDFILE);
        } else if (i < 2) {
            CHECK(result == NULL && info.wErrorRet == 0);
            narrow(form, buffer, made);
#ifdef __APPLE__
            /* On macOS each user has a temporary directory. */
            start = i == 0 ? start : "/";
#endif
            CHECK(strncmp(made, start, strlen(start)) == 0);
            CHECK_EQ(unlink(made), 0);
        } else {
            CHECK(result == GETTEMP_FAILED);
            CHECK_EQ(info.wErrorRet, MMIOERR_PATHNOTFOUND);
            CHECK(is_spelled(form, buffer, "temp"));
        }
        free(buffer);
    }
    if (saved == NULL)
        CHECK_EQ(unsetenv("TMPDIR"), 0);
    else
        CHECK_EQ(setenv("TMPDIR", saved, 1), 0);
    free(saved);
    CHECK_EQ(unlink("tmp/file") + rmdir("tmp"), 0);
}

/* Sixteen processes create 50 files each. If a name were used twice, a file would be missing. */
static void gettemp_is_safe_between_processes(void)
{
    pid_t children[16];
    int i, status, files = 0;
    FILE *list;
    char line[256];
    fflush(stdout);
    CHECK_EQ(mkdir("race", 0777), 0);
    for (i = 0; i < 16; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            int round, failed = 0;
            for (round = 0; round < 50; round++) {
                char name[ROOM] = "race/t";
                failed += mmioOpen(name, NULL, MMIO_GETTEMP) != NULL;
            }
            _exit(failed);
        }
    }
    for (i = 0; i < 16; i++) {
        CHECK_EQ(waitpid(children[i], &status, 0), children[i]);
        CHECK_EQ(status, 0);
    }
    list = popen("ls race", "r");
    while (list != NULL && fgets(line, sizeof line, list) != NULL)
        files++;
    CHECK_EQ(files, 16 * 50);
    if (list != NULL)
        pclose(list);
}

static void names_in_any_script_open(int form)
{
    static const char path[] = "\xe5\xa3\xb0\xe9\x9f\xb3/\xf0\x9f\x8e\xb5 caf\xc3\xa9.wav";
    int other;
    HMMIO file = open_spelled(form, path, NULL, MMIO_CREATE);
    CHECK(file != NULL);
    CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(access(path, F_OK), 0);
    for (other = BYTES; other < FORMS; other++) {
        file = open_spelled(other, path, NULL, MMIO_READ);
        CHECK(file != NULL);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
    CHECK_EQ(rename_spelled(form, path, "renamed", NULL), 0);
    CHECK_EQ(rename_spelled(form, path, "again", NULL), MMIOERR_FILENOTFOUND);
    CHECK(open_spelled(form, "renamed", NULL, MMIO_DELETE) == TRUE_HANDLE);
}

/* A file of the disk may have a plus in its name, an extension without a procedure before it, or a name of 300
 * bytes. */
static void a_plus_alone_selects_no_procedure(int form)
{
    static const char *const plain[] = {"my+song.wav", "foo.wav+", "file+name.xyz+one.two", "+", "a+"};
    char name[400];
    MMIOINFO info;
    size_t i;
    for (i = 0; i < sizeof plain / sizeof *plain; i++) {
        HMMIO file;
        put_file(plain[i], "x", 1);
        file = open_spelled(form, plain[i], NULL, MMIO_READ);
        CHECK(file != NULL);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(unlink(plain[i]), 0);
    }
    memset(name, 'n', 300);
    strcpy(name + 300, ".wav+x");
    memset(&info, 0, sizeof info);
    CHECK(open_spelled(form, name, &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_INVALIDFILE);
    CHECK(open_spelled(form, "missing.wav+x", &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
}

int main(void)
{
    int form;
    CHECK_EQ(mkdir("\xe5\xa3\xb0\xe9\x9f\xb3", 0777), 0);
    for (form = BYTES; form < FORMS; form++) {
        parse_writes_the_absolute_form(form);
        parse_writes_at_most_128_characters(form);
        exist_does_not_search(form);
        delete_removes_the_file(form);
        gettemp_makes_an_empty_private_file(form);
        gettemp_that_fails_changes_nothing(form);
        gettemp_uses_tmpdir(form);
        names_in_any_script_open(form);
        a_plus_alone_selects_no_procedure(form);
    }
    gettemp_is_safe_between_processes();
    return report();
}
