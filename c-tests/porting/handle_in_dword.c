/* says: cast from pointer to integer of different size | cast to smaller integer type */
/* Shows docs/porting.md, Compiler messages: "handle_in_dword.c". */
#include <windows.h>

int main(void)
{
    char byte = 0;
    MMIOINFO info;
    HMMIO hmmio;
    DWORD dw;
    ZeroMemory(&info, sizeof(info));
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = &byte;
    info.cchBuffer = 1;
    hmmio = mmioOpen(NULL, &info, MMIO_READ);
#ifdef PORTED
    dw = (DWORD)HandleToLong(hmmio);
#else
    dw = (DWORD)hmmio;
#endif
    return mmioClose((HMMIO)LongToHandle((LONG)dw), 0) != MMSYSERR_NOERROR;
}
