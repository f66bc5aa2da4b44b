/* A close that is interrupted has closed the descriptor all the same (on Linux): it is not to be closed again, which would
 * close another thread's that has the number by then. This program's own close, which the library calls, stands for the
 * interrupted one. */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* syscall */
#endif
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int closes, interrupted, other = -1;

#ifdef __linux__
/* Closes. While `interrupted` is set it says that it was interrupted, and another file has the number already. */
int close(int fd)
{
    int answer = (int)syscall(SYS_close, fd);
    closes++;
    if (interrupted && answer == 0 && closes == 1) {
        other = open("/dev/null", O_RDONLY);
        errno = EINTR;
        return -1;
    }
    return answer;
}
#endif

static void it_is_closed_once(DWORD flags)
{
    MMIOINFO info;
    UINT answer;
    HMMIO file = mmioOpen((LPSTR) "closed.bin", NULL, flags);
    CHECK(file != NULL);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    closes = 0;
    interrupted = 1;
    answer = mmioClose(file, 0);
    interrupted = 0;
    if (closes == 0) {
        printf("skipped: an interrupted close, as the library does not call this program's close\n");
        exit(EXIT_SUCCESS);
    }
    CHECK_EQ(answer, 0);
    CHECK_EQ(closes, 1);
    CHECK_EQ(other, info.adwInfo[0]);
    CHECK(fcntl(other, F_GETFD) != -1);
    CHECK_EQ(close(other), 0);
}

/* The file is another's by the share mode, and what was opened for it is closed again. */
static void one_that_is_refused_is_closed_once(void)
{
    MMIOINFO info;
    HMMIO holder = mmioOpen((LPSTR) "closed.bin", NULL, MMIO_READWRITE | MMIO_EXCLUSIVE);
    memset(&info, 0, sizeof info);
    closes = 0;
    interrupted = 1;
    CHECK(mmioOpen((LPSTR) "closed.bin", &info, MMIO_READ) == NULL);
    interrupted = 0;
    CHECK_EQ(info.wErrorRet, MMIOERR_SHARINGVIOLATION);
    CHECK_EQ(closes, 1);
    CHECK(fcntl(other, F_GETFD) != -1);
    CHECK_EQ(close(other), 0);
    CHECK_EQ(mmioClose(holder, 0), 0);
}

int main(void)
{
    put_file("closed.bin", "bytes", 5);
    it_is_closed_once(MMIO_READ);
    it_is_closed_once(MMIO_READWRITE | MMIO_ALLOCBUF);
    one_that_is_refused_is_closed_once();
    return report();
}
