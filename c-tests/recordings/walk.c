/* walk FILE: a program that only uses RIFF. It prints the code of the file, and the number and a checksum of the
 * bytes of `data`. */
#include <mmsystem.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    unsigned char bytes[4096];
    unsigned long total = 0, sum = 0;
    MMCKINFO riff, chunk;
    HMMIO file = argc > 1 ? mmioOpenA(argv[1], NULL, MMIO_READ | MMIO_ALLOCBUF) : NULL;
    LONG count, i;
    DWORD left;
    if (file == NULL)
        return 2;
    memset(&riff, 0, sizeof riff);
    memset(&chunk, 0, sizeof chunk);
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    if (mmioDescend(file, &riff, NULL, MMIO_FINDRIFF) != 0)
        return 3;
    chunk.ckid = mmioFOURCC('f', 'm', 't', ' ');
    if (mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK) != 0 || mmioAscend(file, &chunk, 0) != 0)
        return 4;
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK) != 0)
        return 5;
    for (left = chunk.cksize; left > 0; left -= (DWORD)count) {
        count = mmioRead(file, (HPSTR)bytes, left < sizeof bytes ? (LONG)left : (LONG)sizeof bytes);
        if (count <= 0)
            return 6;
        for (i = 0; i < count; i++)
            sum = (sum * 31 + bytes[i]) % 1000000007ul;
        total += (unsigned long)count;
    }
    if (mmioAscend(file, &chunk, 0) != 0 || mmioAscend(file, &riff, 0) != 0)
        return 7;
    printf("%.4s %lu %lu\n", riff.ckid == FOURCC_RIFF ? "RIFF" : "?", total, sum);
    return mmioClose(file, 0) == 0 ? 0 : 8;
}
