/* A program closes every descriptor that it did not open, and opens a file of its own under the same numbers; so
 * does a child that is forked after that. errno is preserved.
 *
 * Shows docs/contract.md, 8. Tracing: "The trace never writes to a file of the program".
 * Shows docs/tracing.md, Limits: "If a program closes all its descriptors". */
#include <mmsystem.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int fd, own = -1, status = 0;
    mmioClose(NULL, 0);
    if (fork() == 0) {
        mmioClose(NULL, 0);
        _exit(0);
    }
    wait(&status);
    for (fd = 3; fd < 256; fd++)
        close(fd);
    for (fd = 3; fd < 256; fd++)
        own = open("own", O_WRONLY | O_CREAT, 0666);
    errno = 77;
    mmioClose(NULL, 0);
    return own > 3 && errno == 77 && status == 0 ? 0 : 1;
}
