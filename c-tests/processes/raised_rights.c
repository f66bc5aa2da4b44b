/* A program with more rights than whoever started it: the environment, which is that one's, says nothing about where files
 * are. To have such rights it runs a copy of itself that has the setgid bit, for which it must be root. */
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

/* What the copy does; its answer is the number of what is wrong. */
static int with_more_rights(void)
{
    char name[128] = "tmp";
    int wrong = 0;
    if (getauxval(AT_SECURE) == 0)
        return UNLIKE_OURS;
    wrong += exists("c:\\file");
    wrong += 2 * !exists("SUB\\FILE"); /* Names are what they are otherwise: nobody turned that off. */
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
        return skip_rest("a program with more rights", strerror(errno));
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
        return skip_rest("a program with more rights", "it does not get them here");
    }
    CHECK_EQ(status, 0);
    CHECK(remove("trace") != 0); /* It wrote no file for them either. */
    return report();
}
#else
int main(void)
{
    printf("skipped: a program with more rights, which is made as on Linux\n");
    return EXIT_SUCCESS;
}
#endif
