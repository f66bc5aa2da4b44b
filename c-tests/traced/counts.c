/* Threads that each repeat the same call, and then make another one.
 *
 * Shows docs/contract.md, 8. Tracing: "Repeated lines are counted". */
#include <mmsystem.h>

#include <pthread.h>

#define THREADS 8
#define ROUNDS 500

static void *Work(void *file)
{
    LONG round;
    int i;
    for (round = 0; round < ROUNDS; round++)
        for (i = 0; i < 3; i++)
            mmioSeek(file, round, SEEK_SET);
    return NULL;
}

int main(void)
{
    static MMIOINFO info;
    pthread_t threads[THREADS];
    HMMIO files[THREADS];
    int i;
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = ROUNDS;
    for (i = 0; i < THREADS; i++) {
        files[i] = mmioOpen(NULL, &info, MMIO_READWRITE);
        if (pthread_create(&threads[i], NULL, Work, files[i]) != 0)
            return 1;
    }
    for (i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
