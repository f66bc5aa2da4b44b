/* record FILE MIB: a recorder that only uses RIFF. It writes MIB MiB of silence, and then 4096 stereo samples of the
 * value 1000. tests/rf64.rs sets MMSYSTEM_RF64=auto. */
#include <mmsystem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEBIBYTE = 1 << 20, LAST = 4096 };

int main(int argc, char **argv)
{
    static char silence[MEBIBYTE];
    static short last[2 * LAST];
    WAVEFORMATEX format;
    MMCKINFO riff, chunk;
    HMMIO file;
    int i, count = argc > 2 ? atoi(argv[2]) : 0;
    if (argc < 3 || (file = mmioOpenA(argv[1], NULL, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF)) == NULL)
        return 2;
    for (i = 0; i < 2 * LAST; i++) {
        last[i] = 1000;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        last[i] = (short)(1000 >> 8 | (1000 & 0xff) << 8);
#endif
    }
    memset(&riff, 0, sizeof riff);
    memset(&chunk, 0, sizeof chunk);
    memset(&format, 0, sizeof format);
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    if (mmioCreateChunk(file, &riff, MMIO_CREATERIFF) != 0)
        return 3;
    chunk.ckid = mmioFOURCC('f', 'm', 't', ' ');
    if (mmioCreateChunk(file, &chunk, 0) != 0 ||
        mmioWrite(file, "\1\0\2\0\x80\xbb\0\0\0\xee\2\0\4\0\x10\0", 16) != 16 || mmioAscend(file, &chunk, 0) != 0)
        return 4;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (mmioCreateChunk(file, &chunk, 0) != 0)
        return 5;
    for (i = 0; i < count; i++)
        if (mmioWrite(file, silence, MEBIBYTE) != MEBIBYTE)
            return 6;
    if (mmioWrite(file, (const char *)last, sizeof last) != (LONG)sizeof last)
        return 7;
    if (mmioAscend(file, &chunk, 0) != 0)
        return 8;
    if (mmioAscend(file, &riff, 0) != 0)
        return 9;
    return mmioClose(file, 0) == 0 ? 0 : 10;
}
