/* A file of Windows and one of mmio. */
#include <windows.h>

#include <MMSystem.h>
#include <stdio.h>

int main(void)
{
    TCHAR name[MAX_PATH];
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 64;
    info.adwInfo[0] = 64;
    HMMIO file = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    if (file == NULL || mmioWrite(file, "RIFF", 4) != 4 || mmioClose(file, 0) != MMSYSERR_NOERROR)
        return 1;
    if (GetTempPath(MAX_PATH, name) == 0)
        return 1;
    puts("written");
    return 0;
}
