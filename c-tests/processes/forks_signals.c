/* fork in a signal handler that interrupts a fork of the same thread, as in a program that restarts its children
 * when they end.
 *
 * Shows docs/differences.md, Threads and processes: "fork while other threads are in calls".
 * Shows docs/contract.md, 7. Threads, processes, panics: "Fork". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t handled;

static void start_again(int unused)
{
    const int before = errno;
    (void)unused;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    if (++handled % 2 == 1 && fork() == 0)
        _exit(0);
    errno = before;
}

int main(void)
{
    struct sigaction action;
    MMIOINFO info;
    char bytes[4];
    HMMIO file;
    int i, bad = 0, status;
    alarm(60);
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 8;
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK(file != NULL);
    memset(&action, 0, sizeof action);
    action.sa_handler = start_again;
    action.sa_flags = SA_RESTART;
    sigaction(SIGCHLD, &action, NULL);
    for (i = 0; i < 500; i++) {
        const pid_t child = fork();
        if (child == 0)
            _exit(mmioSeek(file, 0, SEEK_SET) == 0 && mmioRead(file, bytes, 4) == 4 ? 0 : 1);
        if (child < 0)
            bad++;
        else if (waitpid(child, &status, 0) == child && status != 0)
            bad++;
    }
    signal(SIGCHLD, SIG_DFL);
    CHECK_EQ(bad, 0);
    CHECK(handled > 0);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    while (waitpid(-1, NULL, 0) > 0) {
    }
    return report();
}
