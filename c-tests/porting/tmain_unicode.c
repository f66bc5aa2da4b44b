/* says: undefined reference to | Undefined symbols | undefined symbol: main */
/* Shows docs/porting.md, Compiler messages: "tmain_unicode.c". */
#define UNICODE
#define _UNICODE
#include <windows.h>

#include <tchar.h>

#ifdef PORTED
int main(void)
#else
int _tmain(void);
int _tmain(void)
#endif
{
    return mmioClose(NULL, 0) != MMSYSERR_INVALHANDLE;
}
