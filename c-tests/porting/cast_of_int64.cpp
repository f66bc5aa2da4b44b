// says: expected primary-expression before ‘long’ | expected primary-expression before 'long' | expected '(' for function-style cast
// In another language than English the message differs.
//
// Shows docs/porting.md, Compiler messages: "cast_of_int64.cpp".
#include <windows.h>

int main()
{
    DWORD dw = 0x80000000;
#ifdef PORTED
    LONGLONG twice = (__int64)(dw) * 2;
#else
    LONGLONG twice = __int64(dw) * 2;
#endif
    return twice >> 32 != 1;
}
