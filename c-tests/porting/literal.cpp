// says: ISO C++ forbids converting a string constant | ISO C++11 does not allow conversion from string literal
// Shows docs/porting.md, Compiler messages: "literal.cpp".
#include <windows.h>

int main()
{
#ifdef PORTED
    return mmioOpen((LPSTR) "none.wav", NULL, MMIO_READ) != NULL;
#else
    return mmioOpen("none.wav", NULL, MMIO_READ) != NULL;
#endif
}
