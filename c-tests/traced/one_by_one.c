/* One call that sends many messages: a file that returns one byte at a time.
 *
 * Shows docs/tracing.md, How to read a trace: "one that sends very many messages". */
#include <mmsystem.h>

#include <string.h>

static LRESULT CALLBACK OneByOne(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    if (uMsg != MMIOM_READ || lParam2 == 0)
        return 0;
    *(char *)lParam1 = 'x';
    ((LPMMIOINFO)lpmmioinfo)->lDiskOffset++;
    return 1;
}

int main(void)
{
    static char bytes[3000];
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pIOProc = OneByOne;
    file = mmioOpen((LPSTR) "slow", &info, MMIO_READ);
    mmioRead(file, bytes, sizeof bytes);
    return (int)mmioClose(file, 0);
}
