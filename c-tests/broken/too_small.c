/* Wrong: its memory is smaller than the count that it passes to mmioRead. .ci/sanitizers checks that this is
 * detected, in the library too. */
#include <mmsystem.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    MMIOINFO info;
    HMMIO file;
    char *memory = (char *)malloc(500);
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 1000;
    file = mmioOpen(NULL, &info, MMIO_READ);
    mmioRead(file, memory, 1000);
    mmioClose(file, 0);
    free(memory);
    return 0;
}
