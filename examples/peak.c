/* peak.c: prints the format of a WAV file and its largest sample, which it finds by direct access to the buffer.
 *
 *   peak FILE */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers in the file are little-endian on every machine. */
#define GET(member) GetNumber(&(member), sizeof(member))

static unsigned GetNumber(const void *member, size_t size)
{
    unsigned number = 0;
    while (size > 0)
        number = number << 8 | ((const BYTE *)member)[--size];
    return number;
}

/* `left` samples of 16 bits; a truncated file has fewer. */
static MMRESULT ShowPeak(HMMIO hmmio, DWORD left)
{
    unsigned samples = 0;
    int peak = 0;
    MMIOINFO info;
    MMRESULT error = mmioGetInfo(hmmio, &info, 0);
    while (error == MMSYSERR_NOERROR && left > 0) {
        /* One byte may remain; mmioAdvance moves it to the start of the buffer. */
        for (; left > 0 && info.pchEndRead - info.pchNext >= 2; left--, samples++, info.pchNext += 2) {
            int sample = abs((short)GetNumber(info.pchNext, 2));
            peak = sample > peak ? sample : peak;
        }
        if (left > 0)
            error = mmioAdvance(hmmio, &info, MMIO_READ);
        if (info.pchEndRead - info.pchNext < 2)
            break;
    }
    if (error == MMSYSERR_NOERROR)
        error = mmioSetInfo(hmmio, &info, 0);
    if (error == MMSYSERR_NOERROR)
        printf("%u samples of 16 bits, peak %d\n", samples, peak);
    return error;
}

static MMRESULT ShowWave(HMMIO hmmio)
{
    MMCKINFO ckRIFF = {FOURCC_RIFF, 0, mmioFOURCC('W', 'A', 'V', 'E'), 0, 0};
    MMCKINFO ck = {mmioFOURCC('f', 'm', 't', ' '), 0, 0, 0, 0};
    PCMWAVEFORMAT format;
    MMRESULT error = mmioDescend(hmmio, &ckRIFF, NULL, MMIO_FINDRIFF);
    if (error == MMSYSERR_NOERROR)
        error = mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    if (error != MMSYSERR_NOERROR)
        return error;
    if (ck.cksize < sizeof(format) || mmioRead(hmmio, (HPSTR)&format, sizeof(format)) != sizeof(format))
        return MMIOERR_CANNOTREAD;
    printf("format %u, %u channel(s), %u Hz, %u bits\n", GET(format.wf.wFormatTag), GET(format.wf.nChannels),
           GET(format.wf.nSamplesPerSec), GET(format.wBitsPerSample));
    if (GET(format.wf.wFormatTag) != WAVE_FORMAT_PCM || GET(format.wBitsPerSample) != 16)
        return MMSYSERR_NOTSUPPORTED;
    error = mmioAscend(hmmio, &ck, 0);
    ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (error == MMSYSERR_NOERROR)
        error = mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    return error == MMSYSERR_NOERROR ? ShowPeak(hmmio, ck.cksize / 2) : error;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error;
    if (argc != 2) {
        fprintf(stderr, "usage: peak FILE\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    info.hmmio = mmioOpen(argv[1], &info, MMIO_READ | MMIO_ALLOCBUF);
    error = info.wErrorRet;
    if (info.hmmio != NULL) {
        error = ShowWave(info.hmmio);
        mmioClose(info.hmmio, 0);
    }
    if (error != MMSYSERR_NOERROR)
        fprintf(stderr, "peak: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
