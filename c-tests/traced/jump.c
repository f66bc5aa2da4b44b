/* Procedures that do not return: one jumps out of the message, one ends its thread, one the program.
 *
 * Shows docs/tracing.md, How to read a trace: "whose procedure jumps out". */
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { JUMPS, ENDS_THE_THREAD, ENDS_THE_PROGRAM };

static jmp_buf back;

static LRESULT CALLBACK Leaves(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    (void)lParam1, (void)lParam2;
    if (uMsg != MMIOM_READ)
        return 0;
    switch (((LPMMIOINFO)lpmmioinfo)->adwInfo[0]) {
    case JUMPS:
        longjmp(back, 1);
    case ENDS_THE_THREAD:
        pthread_exit(NULL);
    default:
        exit(0);
    }
    return 0;
}

static void Read(DWORD how)
{
    char byte;
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = Leaves;
    info.adwInfo[0] = how;
    mmioRead(mmioOpen((LPSTR) "x", &info, MMIO_READ), &byte, 1);
}

static void *InAThread(void *nothing)
{
    Read(ENDS_THE_THREAD);
    return nothing;
}

int main(void)
{
    pthread_t thread;
    if (setjmp(back) == 0)
        Read(JUMPS);
    mmsys_version();
    pthread_create(&thread, NULL, InAThread, NULL);
    pthread_join(thread, NULL);
    Read(ENDS_THE_PROGRAM);
    return 1;
}
