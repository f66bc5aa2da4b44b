/* Repeated calls: in one thread, in a procedure during a call, and up to the end of the program. The parameter says
 * how it ends.
 *
 * Shows docs/contract.md, 8. Tracing: "Repeated lines are counted".
 * Shows docs/tracing.md, How to read a trace: "A line that is repeated is counted". */
#include <mmsystem.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static LRESULT CALLBACK Own(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    int i;
    (void)lParam1;
    (void)lParam2;
    for (i = 0; uMsg == MMIOM_READ && i < 5; i++)
        mmioStringToFOURCC("five", 0);
    return uMsg == MMIOM_OPEN || uMsg == MMIOM_CLOSE || uMsg == MMIOM_SEEK ? 0 : ((LPMMIOINFO)lpmmioinfo)->hmmio == NULL;
}

static void Repeat(int count, const char *code)
{
    while (count-- > 0)
        mmioStringToFOURCC(code, 0);
}

static void *InThread(void *code)
{
    Repeat(4, code);
    return NULL;
}

int main(int argc, char **argv)
{
    static MMIOINFO info;
    char byte;
    pthread_t thread;
    HMMIO file;
    int i;
    Repeat(1000, "1000");
    Repeat(1, "once");
    Repeat(2, "two ");
    info.pIOProc = Own;
    file = mmioOpen(NULL, &info, MMIO_READ);
    for (i = 0; i < 3; i++)
        mmioRead(file, &byte, 1);
    mmioClose(file, 0);
    Repeat(3, "main");
    if (pthread_create(&thread, NULL, InThread, (void *)"thrd") != 0 || pthread_join(thread, NULL) != 0)
        return 1;
    if (fork() == 0) {
        Repeat(6, "chld");
        exit(0);
    }
    wait(NULL);
    Repeat(8, "last");
    if (argc > 1 && strcmp(argv[1], "thread") == 0 && pthread_create(&thread, NULL, InThread, (void *)"end ") == 0)
        pthread_join(thread, NULL);
    return 0;
}
