/* Two pointers of the program reach a procedure, in the words that belong to the program and the procedure.
 *
 * Shows docs/procedures.md, Pointers in a procedure: "two pointers reach a procedure". */
#include "check.h"

#include <stddef.h>

static int opened, closed;

static LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    int *archive, *cache;
    (void)lParam1, (void)lParam2;
    memcpy(&archive, info->adwInfo, sizeof(archive));
    memcpy(&cache, (char *)info + offsetof(MMIOINFO, dwReserved1), sizeof(cache));
    if (uMsg == MMIOM_OPEN) {
        ++*archive;
    } else if (uMsg == MMIOM_CLOSE) {
        ++*cache;
    }
    return 0;
}

int main(void)
{
    int *archive = &opened, *cache = &closed;
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pIOProc = IOProc;
    memcpy(info.adwInfo, &archive, sizeof(archive));
    memcpy((char *)&info + offsetof(MMIOINFO, dwReserved1), &cache, sizeof(cache));
    file = mmioOpen((LPSTR) "x", &info, MMIO_READ);
    CHECK_EQ(opened, 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(closed, 1);
    return report();
}
