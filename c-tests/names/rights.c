/* Whether a file exists is checked with the rights with which it is opened: those of the effective user, not those
 * of the user who started the program. Needs root, to have two users.
 *
 * Shows docs/contract.md, 2. Names and opening: "Existence is checked with the rights with which files are opened". */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include "forms.h"
#include "rights.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define OTHERS 65534
#define UNLIKE_OURS 77

/* Runs as a user who may not search the directory, in a program with the rights to. Returns a bit for each error. */
static int with_more_rights(void)
{
    int wrong = 0;
    if (getuid() != OTHERS || geteuid() != 0)
        return UNLIKE_OURS;
    wrong += error_of(BYTES, "priv/name", MMIO_READ) != 0;
    wrong += 2 * (error_of(BYTES, "priv/name", MMIO_EXIST) != 0);
    wrong += 4 * (error_of(BYTES, "priv/none", MMIO_READ) != MMIOERR_FILENOTFOUND);
    wrong += 8 * (error_of(BYTES, "PRIV\\name", MMIO_READ) != 0);
    wrong += 16 * (error_of(BYTES, "priv/name", MMIO_CREATE) != 0);
    wrong += 32 * (mmioRename("priv/other", "priv/Name", NULL, 0) != MMIOERR_ACCESSDENIED);
    return wrong;
}

/* The reverse: started by root, running as another effective user. */
static int with_less_rights(void)
{
    int wrong = 0;
    char parsed[128];
    if (seteuid(OTHERS) != 0)
        return UNLIKE_OURS;
    wrong += error_of(BYTES, "priv/name", MMIO_READ) != MMIOERR_ACCESSDENIED;
    wrong += 2 * (error_of(BYTES, "priv/name", MMIO_EXIST) != MMIOERR_FILENOTFOUND);
    wrong += 4 * (error_of(BYTES, "priv/none", MMIO_READ) != MMIOERR_ACCESSDENIED);
    wrong += 8 * (error_of(BYTES, "priv/name", MMIO_CREATE) != MMIOERR_ACCESSDENIED);
    wrong += 16 * (error_of(BYTES, "priv/name", MMIO_DELETE) != MMIOERR_ACCESSDENIED);
    wrong += 32 * (mmioRename("open/file", "priv/name", NULL, 0) != MMIOERR_ACCESSDENIED);
    wrong += 64 * (error_of(BYTES, "priv\\..\\open\\file", MMIO_READ) != MMIOERR_ACCESSDENIED);
    /* Nor does the name that MMIO_PARSE returns open it. */
    wrong += 128 * (mmioOpen(strcpy(parsed, "priv\\..\\open\\file"), NULL, MMIO_PARSE) != TRUE_HANDLE ||
                    error_of(BYTES, parsed, MMIO_READ) != MMIOERR_ACCESSDENIED);
    return wrong;
}

static int end_of(pid_t child)
{
    int status = -1;
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int is_byte(const char *name, char byte)
{
    char bytes[2];
    return get_file(name, bytes, sizeof bytes) == 1 && bytes[0] == byte;
}

int main(int argc, char **argv)
{
    pid_t child;
    int result;
    (void)argv;
    if (argc == 2)
        return with_more_rights();
    CHECK_EQ(mkdir("priv", 0700) + mkdir("open", 0777), 0);
    put_file("priv/name", "n", 1);
    put_file("priv/NAME", "N", 1);
    put_file("priv/other", "o", 1);
    put_file("open/file", "f", 1);
#ifdef __linux__
    if (chmod(".", 0755) != 0 || chmod("open", 0777) != 0 || getuid() != 0)
        return skip_rest("names that two users open", "this is not root");
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(with_less_rights());
    result = end_of(child);
    if (result == UNLIKE_OURS)
        return skip_rest("names that two users open", "it cannot change its user here");
    CHECK_EQ(result, 0);

    copy_program("copy");
    if (chown("copy", 0, (gid_t)-1) != 0 || chmod("copy", 04755) != 0)
        return skip_rest("names that two users open", strerror(errno));
    child = fork();
    if (child == 0) {
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
        if (setuid(OTHERS) != 0)
            _exit(UNLIKE_OURS);
        execl("./copy", "copy", "inside", (char *)NULL);
        _exit(UNLIKE_OURS);
    }
    result = end_of(child);
    if (result == UNLIKE_OURS)
        return skip_rest("names that two users open", "a program does not get raised rights here");
    CHECK_EQ(result, 0);
    /* Only the file of exactly that name was truncated. */
    {
        char bytes[2];
        CHECK_EQ(get_file("priv/name", bytes, sizeof bytes), 0);
    }
    CHECK(is_byte("priv/NAME", 'N') && is_byte("priv/other", 'o') && is_byte("open/file", 'f'));
    return report();
#else
    (void)child, (void)result, (void)end_of, (void)is_byte, (void)with_less_rights;
    return skip_rest("names that two users open", "this is not Linux");
#endif
}
