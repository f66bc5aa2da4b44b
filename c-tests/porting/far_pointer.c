/* says: expected | unknown type name */
/* Shows docs/porting.md, Compiler messages: "far_pointer.c". */
#ifdef PORTED
#define far
#define pascal
#endif
#include <windows.h>

int pascal first(const char far *text)
{
    return *text;
}

int main(void)
{
    return first("R") != 'R';
}
