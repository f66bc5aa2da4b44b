/* A program with raised rights ignores the environment, which the user who started it chooses, when it looks up
 * files. It runs a copy of itself with the setgid bit, for which it must be root.
 *
 * Shows docs/glossary.md, This library: "raised rights".
 * Shows docs/tracing.md, Limits: "A program with raised rights (setuid, setgid) is not traced".
 * Shows docs/contract.md, 2. Names and opening: "MMSYSTEM_DRIVE_X", "TMPDIR", "MMSYSTEM_PATHS=posix". */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include "rights.h"

#ifdef __linux__
#include <errno.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OTHERS 65534
#define UNLIKE_OURS 77

static int exists(const char *name)
{
    char buffer[128];
    strcpy(buffer, name);
    return mmioOpen(buffer, NULL, MMIO_EXIST) != NULL;
}

/* Runs in the copy. Returns a bit for each error. */
static int with_more_rights(void)
{
    char name[128] = "tmp";
    int wrong = 0;
    if (getauxval(AT_SECURE) == 0)
        return UNLIKE_OURS;
    wrong += exists("c:\\file");
    wrong += 2 * !exists("SUB\\FILE"); /* Windows names are still interpreted: MMSYSTEM_PATHS is ignored. */
    wrong += 4 * (mmioOpen(name, NULL, MMIO_GETTEMP) != NULL || strstr(name, "sub") != NULL);
    remove(name);
    return wrong;
}

int main(int argc, char **argv)
{
    pid_t child;
    int status = 0;
    (void)argv;
    if (argc == 2)
        return with_more_rights();
    CHECK_EQ(mkdir("sub", 0755), 0);
    put_file("sub/file", "x", 1);
    setenv("MMSYSTEM_DRIVE_C", "sub", 1);
    setenv("TMPDIR", "sub", 1);
    setenv("MMSYSTEM_TRACE", "trace", 1);
    CHECK(exists("c:\\file"));
    CHECK_EQ(remove("trace"), 0);
    setenv("MMSYSTEM_PATHS", "posix", 1);
    CHECK(!exists("c:\\file") && !exists("SUB\\FILE"));
    copy_program("copy");
    if (chown("copy", (uid_t)-1, OTHERS) != 0 || chmod("copy", 02755) != 0) {
        return skip_rest("a program with raised rights", strerror(errno));
    }
    fflush(stdout);
    child = fork();
    if (child == 0) {
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
        execl("./copy", "copy", "inside", (char *)NULL);
        _exit(UNLIKE_OURS);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    if (status == UNLIKE_OURS << 8) {
        return skip_rest("a program with raised rights", "it does not get them here");
    }
    CHECK_EQ(status, 0);
    CHECK(remove("trace") != 0); /* It wrote no trace either. */
    return report();
}
#else
int main(void)
{
    printf("skipped: a program with raised rights, which the test creates on Linux only\n");
    return EXIT_SUCCESS;
}
#endif
