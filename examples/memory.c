/* memory.c: a WAV file that is built in memory and handed over, to a player and to the disk.
 *
 *   memory FILE */
#include <mmsystem.h>

#include <stdio.h>
#include <string.h>

#define RATE 8000

static int Fail(const char *what, UINT error)
{
    fprintf(stderr, "memory: %s: error %u\n", what, error);
    return 1;
}

static MMRESULT WriteChunk(HMMIO hmmio, FOURCC ckid, const BYTE *bytes, LONG count)
{
    MMCKINFO ck;
    MMRESULT error;
    memset(&ck, 0, sizeof(ck));
    ck.ckid = ckid;
    error = mmioCreateChunk(hmmio, &ck, 0);
    if (error == MMSYSERR_NOERROR && mmioWrite(hmmio, (HPCSTR)bytes, count) != count)
        error = MMIOERR_CANNOTWRITE;
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &ck, 0) : error;
}

/* A quarter of a second of 500 Hz, with samples of 8 bits. */
static MMRESULT WriteBeep(HMMIO hmmio)
{
    /* PCM, 1 channel, RATE samples and bytes a second, 1 byte a sample, 8 bits: little-endian, as in the file. */
    static const BYTE format[16] = {1, 0, 1, 0, RATE & 0xff, RATE >> 8, 0, 0, RATE & 0xff, RATE >> 8, 0, 0, 1, 0, 8, 0};
    BYTE samples[RATE / 4];
    MMCKINFO ckRIFF;
    MMRESULT error;
    int i;
    for (i = 0; i < RATE / 4; i++)
        samples[i] = i / 8 % 2 == 0 ? 96 : 160;
    memset(&ckRIFF, 0, sizeof(ckRIFF));
    ckRIFF.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    error = mmioCreateChunk(hmmio, &ckRIFF, MMIO_CREATERIFF);
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('f', 'm', 't', ' '), format, sizeof(format));
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('d', 'a', 't', 'a'), samples, sizeof(samples));
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &ckRIFF, 0) : error;
}

/* Stands for what takes a sound in memory: a memory file of fixed size, where nothing is copied. */
static MMRESULT Play(HPSTR bytes, LONG count)
{
    MMIOINFO info;
    MMCKINFO ckRIFF, ck;
    MMRESULT error;
    memset(&info, 0, sizeof(info));
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = count;
    info.hmmio = mmioOpen(NULL, &info, MMIO_READ);
    if (info.hmmio == NULL)
        return info.wErrorRet;
    ckRIFF.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    error = mmioDescend(info.hmmio, &ckRIFF, NULL, MMIO_FINDRIFF);
    if (error == MMSYSERR_NOERROR)
        error = mmioDescend(info.hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    if (error == MMSYSERR_NOERROR)
        printf("%d bytes, of which %u are samples\n", (int)count, (unsigned)ck.cksize);
    mmioClose(info.hmmio, 0);
    return error;
}

static MMRESULT Save(const char *name, HPCSTR bytes, LONG count)
{
    FILE *file = fopen(name, "wb");
    size_t written;
    if (file == NULL)
        return MMIOERR_CANNOTOPEN;
    written = fwrite(bytes, 1, (size_t)count, file);
    return fclose(file) == 0 && written == (size_t)count ? MMSYSERR_NOERROR : MMIOERR_CANNOTWRITE;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error;
    if (argc != 2) {
        fprintf(stderr, "usage: memory FILE\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 512;
    info.adwInfo[0] = 4096; /* it grows by this much */
    info.hmmio = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    if (info.hmmio == NULL)
        return Fail("the memory", info.wErrorRet);
    error = WriteBeep(info.hmmio);
    /* From pchBuffer to pchEndRead is the file, for as long as nothing more is written to it. */
    if (error == MMSYSERR_NOERROR)
        error = mmioGetInfo(info.hmmio, &info, 0);
    if (error == MMSYSERR_NOERROR)
        error = Play(info.pchBuffer, (LONG)(info.pchEndRead - info.pchBuffer));
    if (error == MMSYSERR_NOERROR)
        error = Save(argv[1], info.pchBuffer, (LONG)(info.pchEndRead - info.pchBuffer));
    mmioClose(info.hmmio, 0);
    return error == MMSYSERR_NOERROR ? 0 : Fail(argv[1], error);
}
