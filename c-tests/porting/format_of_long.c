/* says: expects argument of type | format specifies type */
/* Shows docs/porting.md, Compiler messages: "format_of_long.c". */
#include <windows.h>

#include <stdio.h>

int main(void)
{
    LONG lPosition = 12;
#ifdef PORTED
    printf("%d\n", (int)lPosition);
#else
    printf("%ld\n", lPosition);
#endif
    return 0;
}
