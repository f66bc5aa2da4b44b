/* On Linux an interrupted close has closed the descriptor. The library must not close it again: another thread's
 * file may already have the number. This program replaces close, to interrupt it.
 *
 * Shows docs/contract.md, 3. The buffer: "EINTR". */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* syscall */
#endif
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

static int closes, interrupted, other = -1;

#ifdef __linux__
/* Closes. While `interrupted` is set, it fails with EINTR, and another file already has the number. */
int close(int fd)
{
    int result = (int)syscall(SYS_close, fd);
    closes++;
    if (interrupted && result == 0 && closes == 1) {
        other = open("/dev/null", O_RDONLY);
        errno = EINTR;
        return -1;
    }
    return result;
}
#endif

static void it_is_closed_once(DWORD flags)
{
    MMIOINFO info;
    UINT result;
    HMMIO file = mmioOpen((LPSTR) "closed.bin", NULL, flags);
    CHECK(file != NULL);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    closes = 0;
    interrupted = 1;
    result = mmioClose(file, 0);
    interrupted = 0;
    if (closes == 0) {
        printf("skipped: an interrupted close, as the library does not call this program's close\n");
        exit(EXIT_SUCCESS);
    }
    CHECK_EQ(result, 0);
    CHECK_EQ(closes, 1);
    CHECK_EQ(other, info.adwInfo[0]);
    CHECK(fcntl(other, F_GETFD) != -1);
    CHECK_EQ(close(other), 0);
}

/* An open that is refused for its share mode closes its descriptor once. */
static void a_refused_open_closes_once(void)
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
    a_refused_open_closes_once();
    return report();
}
