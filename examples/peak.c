/* peak.c: the format of a WAV file, and its largest sample, read where the samples lie: in the file's own buffer.
 *
 *   peak FILE */
#include <mmsystem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int Fail(const char *what, UINT error)
{
    fprintf(stderr, "peak: %s: error %u\n", what, error);
    return 1;
}

/* Numbers in the file are little-endian, whatever the machine is. */
#define GET(member) GetNumber(&(member), sizeof(member))

static DWORD GetNumber(const void *member, size_t size)
{
    DWORD number = 0;
    while (size > 0)
        number = number << 8 | ((const BYTE *)member)[--size];
    return number;
}

/* The 16-bit samples of a data chunk. */
static MMRESULT ShowPeak(HMMIO hmmio, const MMCKINFO *data)
{
    DWORD left = data->cksize / 2, samples = 0;
    int peak = 0;
    MMIOINFO info;
    MMRESULT error = mmioGetInfo(hmmio, &info, 0);
    while (error == MMSYSERR_NOERROR && left > 0) {
        /* All that the buffer has; what may be left of it is half a sample, which the next one begins with. */
        for (; left > 0 && info.pchEndRead - info.pchNext >= 2; left--, samples++, info.pchNext += 2) {
            int sample = abs((short)GetNumber(info.pchNext, 2));
            peak = sample > peak ? sample : peak;
        }
        if (left > 0)
            error = mmioAdvance(hmmio, &info, MMIO_READ);
        if (info.pchEndRead - info.pchNext < 2)
            break; /* the end of the file */
    }
    if (error == MMSYSERR_NOERROR)
        error = mmioSetInfo(hmmio, &info, 0);
    if (error == MMSYSERR_NOERROR)
        printf("%u samples of 16 bits, peak %d\n", (unsigned)samples, peak);
    return error;
}

static MMRESULT ShowWave(HMMIO hmmio)
{
    MMCKINFO ckRIFF, ck;
    PCMWAVEFORMAT format;
    MMRESULT error;

    ckRIFF.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    error = mmioDescend(hmmio, &ckRIFF, NULL, MMIO_FINDRIFF);
    if (error != MMSYSERR_NOERROR)
        return error;
    ck.ckid = mmioFOURCC('f', 'm', 't', ' ');
    error = mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    if (error != MMSYSERR_NOERROR)
        return error;
    if (ck.cksize < sizeof(format) || mmioRead(hmmio, (HPSTR)&format, sizeof(format)) != sizeof(format))
        return MMIOERR_CANNOTREAD;
    printf("format %u, %u channel(s), %u Hz, %u bits\n", (unsigned)GET(format.wf.wFormatTag),
           (unsigned)GET(format.wf.nChannels), (unsigned)GET(format.wf.nSamplesPerSec),
           (unsigned)GET(format.wBitsPerSample));
    if (GET(format.wf.wFormatTag) != WAVE_FORMAT_PCM || GET(format.wBitsPerSample) != 16)
        return MMSYSERR_NOTSUPPORTED;
    error = mmioAscend(hmmio, &ck, 0);
    ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (error == MMSYSERR_NOERROR)
        error = mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    return error == MMSYSERR_NOERROR ? ShowPeak(hmmio, &ck) : error;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error;
    HMMIO hmmio;

    if (argc != 2) {
        fprintf(stderr, "usage: peak FILE\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    hmmio = mmioOpen(argv[1], &info, MMIO_READ | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return Fail(argv[1], info.wErrorRet);
    error = ShowWave(hmmio);
    mmioClose(hmmio, 0);
    return error == MMSYSERR_NOERROR ? 0 : Fail(argv[1], error);
}
