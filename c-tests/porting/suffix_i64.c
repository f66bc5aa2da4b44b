/* says: invalid suffix | unable to find numeric literal operator */
/* Shows docs/porting.md, Compiler messages: "suffix_i64.c". */
#include <windows.h>

int main(void)
{
#ifdef PORTED
    LONGLONG size = 5000000000LL;
#else
    LONGLONG size = 5000000000i64;
#endif
    return size >> 32 != 1;
}
