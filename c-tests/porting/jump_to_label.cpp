// says: jump to label | cannot jump from this goto statement
// Shows docs/porting.md, Compiler messages: "jump_to_label.cpp".
#include <windows.h>

int main()
{
    char name[] = "none.wav";
#ifdef PORTED
    HMMIO hmmio;
    LONG size;
    hmmio = mmioOpen(name, NULL, MMIO_READ);
    if (hmmio == NULL)
        goto done;
    size = mmioSeek(hmmio, 0, SEEK_END);
#else
    HMMIO hmmio = mmioOpen(name, NULL, MMIO_READ);
    if (hmmio == NULL)
        goto done;
    LONG size = mmioSeek(hmmio, 0, SEEK_END);
#endif
    mmioClose(hmmio, 0);
    return size < 0;
done:
    return 0;
}
