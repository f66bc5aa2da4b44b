/* The trace goes to a pipe that is full: a thread waits there, and the process can fork and exit nevertheless.
 *
 * Shows docs/differences.md, The trace: "no call fails because of that".
 * Shows docs/contract.md, 8. Tracing: "MMSYSTEM_TRACE=<file>". */
#include <mmsystem.h>

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *Fill(void *unused)
{
    LONG i;
    for (i = 0;; i++)
        mmioSeek(NULL, i, SEEK_SET);
    return unused;
}

int main(void)
{
    struct pollfd end;
    pthread_t thread;
    pid_t child;
    int ends[2], status = 1;
    alarm(60);
    if (pipe(ends) != 0 || dup2(ends[1], STDERR_FILENO) < 0 || pthread_create(&thread, NULL, Fill, NULL) != 0)
        return 1;
    end.fd = ends[1];
    end.events = POLLOUT;
    while (poll(&end, 1, 0) != 0)
        poll(NULL, 0, 1);
    child = fork();
    if (child == 0)
        exit(0);
    if (waitpid(child, &status, 0) != child || status != 0)
        return 1;
    exit(0);
}
