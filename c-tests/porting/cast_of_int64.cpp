// says: expected primary-expression before ‘long’ | expected primary-expression before 'long' | expected '(' for function-style cast
// (Where messages are not in English it says something else.)
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
