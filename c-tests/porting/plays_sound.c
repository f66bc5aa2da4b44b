/* says: WAVEHDR | waveOutOpen */
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
