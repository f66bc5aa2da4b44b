/* MMNOMMIO: the functions on files are the project's own, and the time functions are declared.
 *
 * Shows docs/contract.md, 9. Time: "MMNOMMIO". */
#define MMNOMMIO
#include <windows.h>

#include <mmsystem.h>
#include <stdio.h>

static int mmioOpen_calls;

static int mmioClose(const char *name)
{
    mmioOpen_calls++;
    return name[0];
}

int main(void)
{
    int failed = 0;
#if defined(MMIO_READ) || defined(MMIOERR_BASE) || defined(mmioFOURCC) || defined(FOURCC_RIFF)
    failed++;
#endif
    failed += mmioClose("x") != 'x' || mmioOpen_calls != 1;
    failed += timeBeginPeriod(0) != TIMERR_NOCANDO;
    failed += MMSYSERR_INVALPARAM != 11;
    printf("%d checks, %d failed\n", 4, failed);
    return failed;
}
