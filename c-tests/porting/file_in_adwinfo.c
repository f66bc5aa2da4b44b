/* says: cast from pointer to integer of different size | cast to smaller integer type */
/* Shows docs/porting.md, Compiler messages: "file_in_adwinfo.c". */
#include <windows.h>

int main(void)
{
    char text[5] = "";
    MMIOINFO info;
    HMMIO hmmio;
    DWORD written;
    HANDLE hFile = CreateFile(TEXT("take.txt"), GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL,
                              NULL);
    if (hFile == INVALID_HANDLE_VALUE || !WriteFile(hFile, "take", 4, &written, NULL) ||
        SetFilePointer(hFile, 0, NULL, FILE_BEGIN) != 0)
        return 2;
    ZeroMemory(&info, sizeof(info));
#ifdef PORTED
    info.adwInfo[0] = (DWORD)(DWORD_PTR)hFile;
#else
    info.adwInfo[0] = (DWORD)hFile;
#endif
    hmmio = mmioOpen(NULL, &info, MMIO_READ);
    if (hmmio == NULL || mmioRead(hmmio, text, 4) != 4 || mmioClose(hmmio, MMIO_FHOPEN) != MMSYSERR_NOERROR)
        return 3;
    CloseHandle(hFile);
    return strcmp(text, "take") != 0;
}
