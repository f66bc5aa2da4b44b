/* says: WAVEHDR | waveOutOpen */
/* Shows docs/porting.md, Compiler messages: "plays_sound.c". */
#include <windows.h>

int main(void)
{
#ifdef PORTED
    return 0;
#else
    WAVEHDR header;
    return header.dwFlags != 0;
#endif
}
