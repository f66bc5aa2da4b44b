/* Threads that each use a file of their own: thread N reads N bytes at a time, ROUNDS times.
 *
 * Shows docs/contract.md, 8. Tracing: "a line for each API call", "thread". */
#include <mmsystem.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define THREADS 8
#define ROUNDS 50

static LRESULT CALLBACK Zeros(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    if (uMsg != MMIOM_READ)
        return 0;
    memset((char *)lParam1, 0, (size_t)lParam2);
    ((LPMMIOINFO)lpmmioinfo)->lDiskOffset += (LONG)lParam2;
    return lParam2;
}

static void *Work(void *argument)
{
    char bytes[THREADS];
    MMIOINFO info;
    HMMIO file;
    int i, number = *(const int *)argument;
    memset(&info, 0, sizeof info);
    info.pIOProc = Zeros;
    file = mmioOpen((LPSTR) "zeros", &info, MMIO_READ);
    for (i = 0; i < ROUNDS; i++)
        mmioRead(file, bytes, number);
    mmioClose(file, 0);
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    int numbers[THREADS], i;
    for (i = 0; i < THREADS; i++) {
        numbers[i] = i + 1;
        pthread_create(&threads[i], NULL, Work, &numbers[i]);
    }
    for (i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
