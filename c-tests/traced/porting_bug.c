/* The program of docs/tracing.md: it was correct on Windows, where a long has 32 bits.
 *
 * Shows docs/tracing.md, Example: finding a bug: "A long has 64 bits here". */
#include <mmsystem.h>

#include <stdio.h>

/* Prints how many samples a WAV file says that it has, and their size. */
static void ShowLength(char *name)
{
    MMCKINFO riff = {0}, chunk = {0};
    long samples = 0;
    HMMIO file = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    mmioDescend(file, &riff, NULL, MMIO_FINDRIFF);
    chunk.ckid = mmioFOURCC('f', 'a', 'c', 't');
    mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK);
    mmioRead(file, (HPSTR)&samples, sizeof(samples));
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK) == MMSYSERR_NOERROR)
        printf("%ld samples in %u bytes\n", samples, (unsigned)chunk.cksize);
    else
        printf("this is no WAV file\n");
    mmioClose(file, 0);
}

int main(void)
{
    static const char bytes[] = "RIFF\x34\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0"
                                "fact\x04\0\0\0\x04\0\0\0data\x04\0\0\0\x80\x90\x80\x70";
    char name[] = "tone.wav";
    FILE *file = fopen(name, "wb");
    if (file == NULL || fwrite(bytes, sizeof bytes - 1, 1, file) != 1 || fclose(file) != 0)
        return 1;
    ShowLength(name);
    return 0;
}
