/* says: No such file or directory | file not found | case mismatch */
/* Shows docs/porting.md, Compiler messages: "include_case.c". */
#ifdef PORTED
#include <mmsystem.h>
#else
#include <mmSYSTEM.H>
#endif

int main(void)
{
    return mmioClose(NULL, 0) != MMSYSERR_INVALHANDLE;
}
