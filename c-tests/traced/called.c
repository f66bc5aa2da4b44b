/* The names of files in a trace: names that differ from the one given, files without a name, and calls that return
 * NULL. MMSYSTEM_DRIVE_D is the current directory, MMSYSTEM_DRIVE_Q is not set.
 *
 * Shows docs/contract.md, 8. Tracing: "after each handle the name of its file".
 * Shows docs/contract.md, 8. Tracing: "the name that was opened, if it is different".
 * Shows docs/tracing.md, How to read a trace: "A handle is followed by the name of its file".
 * Shows docs/tracing.md, How to read a trace: "MMSYSTEM_DRIVE_X=(not set)". */
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static LRESULT CALLBACK Own(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
    (void)lParam1;
    (void)lParam2;
    if (uMsg == MMIOM_OPEN)
        info->adwInfo[1] = 0xabc;
    return 0;
}

static HMMIO Open(const char *name, DWORD flags)
{
    char buffer[128];
    return mmioOpen(strcpy(buffer, name), NULL, flags);
}

static void Close(HMMIO file)
{
    mmioClose(file, 0);
}

static void Names(void)
{
    Close(Open("Sound.wav", MMIO_CREATE));
    Close(Open("Sound.wav", MMIO_READ));
    Close(Open("SOUND.WAV", MMIO_READ));
    Close(Open(".\\Sound.wav", MMIO_READ));
    Close(Open("d:\\Sound.wav", MMIO_READ));
    Open("D:\\nothing.wav", MMIO_READ);
    Open("q:\\Sound.wav", MMIO_READ);
    Open("Q:\\Sound.wav", MMIO_PARSE);
    Open("Q:\\Sound.wav", MMIO_EXIST);
    mmioRename("SOUND.WAV", "D:\\Other.wav", NULL, 0);
    mmioRename("Other.wav", "Q:\\Other.wav", NULL, 0);
    Open("OTHER.WAV", MMIO_DELETE);
    if (chdir("/") == 0)
        Close(Open("program", MMIO_READ));
}

static void NoNames(void)
{
    static char bytes[8];
    static MMIOINFO info;
    HMMIO file;
    int fd = open("/dev/null", O_RDONLY);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = sizeof bytes;
    Close(mmioOpen(NULL, &info, MMIO_READWRITE));
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_DOS;
    info.adwInfo[0] = (DWORD)dup2(fd, 18);
    Close(mmioOpen(NULL, &info, MMIO_READ));
    memset(&info, 0, sizeof info);
    info.pIOProc = Own;
    info.adwInfo[2] = 10;
    file = mmioOpen(NULL, &info, MMIO_READ);
    mmioGetInfo(file, &info, 0);
    mmsys_context(&info);
    Close(file);
    mmioSeek(file, 0, SEEK_SET);
    mmsys_context(&info);
    mmsys_context(NULL);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), Own, MMIO_INSTALLPROC);
    memset(&info, 0, sizeof info);
    info.fccIOProc = mmioFOURCC('O', 'W', 'N', ' ');
    Close(mmioOpen(NULL, &info, MMIO_READ));
    close(fd);
}

static void Nulls(void)
{
    mmioOpen(NULL, NULL, MMIO_READ);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), NULL, MMIO_REMOVEPROC);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), NULL, MMIO_REMOVEPROC);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), NULL, MMIO_INSTALLPROC);
    mmioInstallIOProc(0, NULL, MMIO_REMOVEPROC);
    mmioInstallIOProc(0, Own, MMIO_REMOVEPROC);
    mmioInstallIOProc(0, Own, MMIO_INSTALLPROC);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), Own, MMIO_FINDPROC | MMIO_INSTALLPROC);
}

int main(void)
{
    Names();
    NoNames();
    Nulls();
    printf("done\n");
    return 0;
}
