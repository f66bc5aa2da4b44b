/* A procedure that closes its own file during a call, which then fails; and one that does so during a call that
 * succeeds.
 *
 * Shows docs/tracing.md, Filters: "the calls that fail, with the lines below them". */
#include <mmsystem.h>

#include <stddef.h>

static HMMIO inner;

static LRESULT CALLBACK Own(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
    (void)lParam1;
    if (uMsg == MMIOM_READ)
        mmioClose(info->adwInfo[0] != 0 ? info->hmmio : inner, 0);
    return uMsg == MMIOM_READ ? lParam2 : 0;
}

static HMMIO Open(DWORD word)
{
    static MMIOINFO info;
    info.pIOProc = Own;
    info.adwInfo[0] = word;
    return mmioOpen((LPSTR) "file with a name that takes more room than is kept of one that is closed", &info, MMIO_READ);
}

int main(void)
{
    char byte = 'x';
    HMMIO file = Open(0);
    inner = Open(0);
    mmioRead(file, &byte, 1);
    mmioClose(file, 0);
    file = Open(1);
    mmioRead(file, &byte, 1);
    mmioClose(file, 0);
    return 0;
}
