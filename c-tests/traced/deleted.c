/* A program closes every descriptor, deletes the file of its trace ("trace"), and creates a file of its own, which
 * may get the descriptor of the trace, and its inode too. Then "own" contains exactly what the program wrote. With a
 * parameter, the limit of descriptors is two above the trace's. A trace to standard error is in a file, too.
 *
 * Shows docs/tracing.md, Limits: "even if that file reuses the inode of a deleted trace file".
 * Shows docs/contract.md, 8. Tracing: "The trace never writes to a file of the program". */
#include <mmsystem.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct stat trace, own;
    int fd, file, last = 256;
    (void)argv;
    if (argc > 1) {
        struct rlimit few = {6, 6};
        if (setrlimit(RLIMIT_NOFILE, &few) != 0)
            return 2;
        last = 6;
    }
    if (strcmp(getenv("MMSYSTEM_TRACE"), "1") == 0) {
        close(2);
        if (open("trace", O_WRONLY | O_CREAT, 0666) != 2)
            return 5;
    }
    mmioClose(NULL, 0);
    if (stat("trace", &trace) != 0)
        return 3;
    for (fd = 2; fd < last; fd++)
        close(fd);
    unlink("trace");
    file = open("own", O_RDWR | O_CREAT, 0666);
    if (file < 0 || write(file, "MYDATA", 6) != 6 || fstat(file, &own) != 0)
        return 4;
    while (dup(file) >= 0 && dup(file) < last - 1)
        ;
    mmioClose(NULL, 0);
    printf("%s\n", own.st_dev == trace.st_dev && own.st_ino == trace.st_ino ? "the same inode" : "another inode");
    return 0;
}
