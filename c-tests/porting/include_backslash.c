/* says: No such file or directory | file not found */
/* Shows docs/porting.md, Compiler messages: "include_backslash.c". */
#ifdef PORTED
#include "../support/check.h"
#else
#include "..\support\check.h"
#endif

int main(void)
{
    CHECK_EQ(mmioClose(NULL, 0), MMSYSERR_INVALHANDLE);
    return report();
}
