/* record64.c: writes a recording that may become larger than 4 GiB: a WAV file, and an RF64 once it must be one. Then reads
 * it back.
 *
 *   record64 FILE MEBIBYTES
 *
 * A recorder that only knows mmioCreateChunk needs no change: run it with MMSYSTEM_RF64=auto (docs/rf64.md). */
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEBIBYTE = 1 << 20, RATE = 48000, BLOCK = 4 };

/* 16 bits, 2 channels. Numbers in the file are little-endian on every machine, and this is how they look. */
static const char format[] = "\1\0\2\0\x80\xbb\0\0\0\xee\2\0\4\0\x10";

static MMRESULT Write(HMMIO hmmio, const char *bytes, LONG count)
{
    return mmioWrite(hmmio, bytes, count) == count ? MMSYSERR_NOERROR : MMIOERR_CANNOTWRITE;
}

/* The samples: here the same mebibyte again and again. */
static MMRESULT WriteSamples(HMMIO hmmio, long mebibytes)
{
    static char samples[MEBIBYTE];
    MMRESULT error = MMSYSERR_NOERROR;
    long i;
    for (i = 0; i < MEBIBYTE; i++)
        samples[i] = (char)(i % 251);
    for (i = 0; i < mebibytes && error == MMSYSERR_NOERROR; i++)
        error = Write(hmmio, samples, MEBIBYTE);
    return error;
}

static MMRESULT Record(HMMIO hmmio, long mebibytes)
{
    MMSYS_CKINFO64 riff, fmt, data;
    MMRESULT error;
    memset(&riff, 0, sizeof(riff));
    fmt = data = riff;
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    fmt.ckid = mmioFOURCC('f', 'm', 't', ' ');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    /* MMSYS_RF64 reserves the space that the sizes of 64 bits need: whether they are needed shows only at the end. */
    error = mmsys_create_chunk64(hmmio, &riff, MMIO_CREATERIFF | MMSYS_RF64);
    if (error == MMSYSERR_NOERROR)
        error = mmsys_create_chunk64(hmmio, &fmt, 0);
    if (error == MMSYSERR_NOERROR)
        error = Write(hmmio, format, 16);
    if (error == MMSYSERR_NOERROR)
        error = mmsys_ascend64(hmmio, &fmt, 0);
    if (error == MMSYSERR_NOERROR)
        error = mmsys_create_chunk64(hmmio, &data, 0);
    if (error == MMSYSERR_NOERROR)
        error = WriteSamples(hmmio, mebibytes);
    if (error == MMSYSERR_NOERROR)
        error = mmsys_ascend64(hmmio, &data, 0);
    return error == MMSYSERR_NOERROR ? mmsys_ascend64(hmmio, &riff, 0) : error;
}

/* RIFF or RF64, this is how it is read. */
static MMRESULT Show(HMMIO hmmio)
{
    MMSYS_CKINFO64 riff, data;
    MMRESULT error;
    memset(&riff, 0, sizeof(riff));
    memset(&data, 0, sizeof(data));
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    error = mmsys_descend64(hmmio, &riff, NULL, MMIO_FINDRIFF);
    if (error == MMSYSERR_NOERROR)
        error = mmsys_descend64(hmmio, &data, &riff, MMIO_FINDCHUNK);
    if (error == MMSYSERR_NOERROR)
        printf("%lld bytes of samples from %lld on, %.1f seconds\n", (long long)data.cksize, (long long)data.dataOffset,
               (double)data.cksize / BLOCK / RATE);
    return error;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error, closed;
    HMMIO hmmio;
    if (argc != 3) {
        fprintf(stderr, "usage: record64 FILE MEBIBYTES\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    hmmio = mmioOpen(argv[1], &info, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    error = info.wErrorRet;
    if (hmmio != NULL) {
        error = Record(hmmio, atol(argv[2]));
        if (error == MMSYSERR_NOERROR && mmsys_seek64(hmmio, 0, SEEK_SET) == 0)
            error = Show(hmmio);
        closed = mmioClose(hmmio, 0);
        error = error == MMSYSERR_NOERROR ? closed : error;
    }
    if (error != MMSYSERR_NOERROR)
        fprintf(stderr, "record64: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
