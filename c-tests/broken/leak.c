/* Wrong: it leaks the memory that it gave to a file, and that the program must free. See too_small.c. */
#include <mmsystem.h>
#include <stdlib.h>
#include <string.h>

static HMMIO open_lent(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 1000;
    info.pchBuffer = (HPSTR)malloc(1000);
    return mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
}

int main(void)
{
    int i, wrong = 0;
    for (i = 0; i < 10; i++)
        wrong += mmioClose(open_lent(), 0) != 0;
    return wrong;
}
