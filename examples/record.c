/* record.c: a WAV file whose length is not known beforehand, as in a recording: here one second of a tone.
 *
 *   record FILE */
#include <mmsystem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 44100
#define TONE 440

static int Fail(const char *what, UINT error)
{
    fprintf(stderr, "record: %s: error %u\n", what, error);
    return 1;
}

/* Numbers in the file are little-endian, whatever the machine is. */
#define PUT(member, number) PutNumber(&(member), (DWORD)(number), sizeof(member))

static void PutNumber(void *member, DWORD number, size_t size)
{
    BYTE *byte = (BYTE *)member;
    for (; size > 0; size--, number >>= 8)
        *byte++ = (BYTE)number;
}

static MMRESULT WriteFormat(HMMIO hmmio)
{
    PCMWAVEFORMAT format;
    PUT(format.wf.wFormatTag, WAVE_FORMAT_PCM);
    PUT(format.wf.nChannels, 1);
    PUT(format.wf.nSamplesPerSec, RATE);
    PUT(format.wf.nAvgBytesPerSec, RATE * 2);
    PUT(format.wf.nBlockAlign, 2);
    PUT(format.wBitsPerSample, 16);
    if (mmioWrite(hmmio, (HPSTR)&format, sizeof(format)) != sizeof(format))
        return MMIOERR_CANNOTWRITE;
    return MMSYSERR_NOERROR;
}

/* A triangle wave, sample by sample: the buffer makes that cheap. */
static MMRESULT WriteTone(HMMIO hmmio)
{
    int i;
    for (i = 0; i < RATE; i++) {
        short sample;
        PUT(sample, abs(i * TONE % RATE - RATE / 2) - RATE / 4);
        if (mmioWrite(hmmio, (HPSTR)&sample, sizeof(sample)) != sizeof(sample))
            return MMIOERR_CANNOTWRITE;
    }
    return MMSYSERR_NOERROR;
}

/* One chunk: mmioAscend puts its size right, when what is in it has been written. */
static MMRESULT WriteChunk(HMMIO hmmio, FOURCC ckid, MMRESULT (*content)(HMMIO))
{
    MMCKINFO ck;
    MMRESULT error;
    memset(&ck, 0, sizeof(ck));
    ck.ckid = ckid;
    error = mmioCreateChunk(hmmio, &ck, 0);
    if (error == MMSYSERR_NOERROR)
        error = content(hmmio);
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &ck, 0) : error;
}

static MMRESULT WriteWave(HMMIO hmmio)
{
    MMCKINFO ckRIFF;
    MMRESULT error;
    memset(&ckRIFF, 0, sizeof(ckRIFF));
    ckRIFF.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    error = mmioCreateChunk(hmmio, &ckRIFF, MMIO_CREATERIFF);
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('f', 'm', 't', ' '), WriteFormat);
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('d', 'a', 't', 'a'), WriteTone);
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &ckRIFF, 0) : error;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error, closed;
    HMMIO hmmio;

    if (argc != 2) {
        fprintf(stderr, "usage: record FILE\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    hmmio = mmioOpen(argv[1], &info, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return Fail(argv[1], info.wErrorRet);
    error = WriteWave(hmmio);
    /* What is in the buffer is written now: only this tells whether the file is complete. */
    closed = mmioClose(hmmio, 0);
    if (error == MMSYSERR_NOERROR)
        error = closed;
    return error == MMSYSERR_NOERROR ? 0 : Fail(argv[1], error);
}
