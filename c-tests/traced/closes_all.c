/* A program that closes every descriptor it did not open, and opens a file of its own under the same numbers; and a child
 * that is forked after that. errno stays what it was. */
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
