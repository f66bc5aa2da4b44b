/* says: conflicting types for | typedef redefinition with different types */
/* Shows docs/porting.md, Compiler messages: "own_types.c". */
#ifdef PORTED
typedef unsigned int DWORD;
typedef int LONG;
#define DWORD DWORD
#define LONG LONG
#else
typedef unsigned long DWORD;
typedef long LONG;
#endif

#include <mmsystem.h>

int main(void)
{
    DWORD dw = FOURCC_RIFF;
    LONG l = mmioSeek(NULL, 0, SEEK_SET);
    return dw == 0 || l != -1;
}
