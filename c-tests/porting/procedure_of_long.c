/* says: incompatible pointer type | incompatible function pointer types */
/* Shows docs/porting.md, What changes size: "procedure_of_long.c". */
#include <windows.h>

#ifdef PORTED
#define WORD_OF_MESSAGE LPARAM
#else
#define WORD_OF_MESSAGE LONG
#endif

static LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg, WORD_OF_MESSAGE lParam1, WORD_OF_MESSAGE lParam2)
{
    (void)lpmmioinfo, (void)uMsg, (void)lParam1, (void)lParam2;
    return 0;
}

int main(void)
{
    return mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), IOProc, MMIO_INSTALLPROC) == NULL;
}
