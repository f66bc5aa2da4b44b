/* says: ignoring ‘#pragma comment | ignoring '#pragma comment | unknown pragma | unable to find library | nothing */
/* Shows docs/porting.md, Compiler messages: "pragma_comment.c". */
#include <windows.h>
#ifndef PORTED
#pragma comment(lib, "winmm.lib")
#endif

int main(void)
{
    return mmioClose(NULL, 0) != MMSYSERR_INVALHANDLE;
}
