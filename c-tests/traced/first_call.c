/* A cancelled thread makes the first call of the process, which starts the trace: the trace starts completely, and
 * errno is preserved. The program expects its next descriptor to be the lowest that is free.
 *
 * Shows docs/differences.md, The trace: "is read once, at the first call". */
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static int lowest, after;

static void *Cancelled(void *nothing)
{
    pthread_cancel(pthread_self());
    errno = 77;
    mmsys_version();
    after = errno;
    pthread_testcancel();
    return nothing;
}

int main(void)
{
    pthread_t thread;
    void *result = NULL;
    close(0);
    pthread_create(&thread, NULL, Cancelled, NULL);
    pthread_join(thread, &result);
    alarm(60);
    mmsys_version();
    lowest = open("own", O_WRONLY | O_CREAT, 0666);
    return result == PTHREAD_CANCELED && after == 77 && lowest == 0 ? 0 : 1;
}
