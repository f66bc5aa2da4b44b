/* record.c: writes a WAV file whose length is not known in advance, as in a recording: here one second of a tone.
 *
 *   record FILE */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 44100
#define TONE 440

/* Numbers in the file are little-endian on every machine. */
#define PUT(member, number) PutNumber(&(member), (DWORD)(number), sizeof(member))

static void PutNumber(void *member, DWORD number, size_t size)
{
    for (BYTE *byte = (BYTE *)member; size > 0; size--, number >>= 8)
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
    if (mmioWrite(hmmio, (HPCSTR)&format, sizeof(format)) != sizeof(format))
        return MMIOERR_CANNOTWRITE;
    return MMSYSERR_NOERROR;
}

/* A triangle wave, sample by sample: with a buffer that is fast. */
static MMRESULT WriteTone(HMMIO hmmio)
{
    for (int i = 0; i < RATE; i++) {
        short sample;
        PUT(sample, abs(i * TONE % RATE - RATE / 2) - RATE / 4);
        if (mmioWrite(hmmio, (HPCSTR)&sample, sizeof(sample)) != sizeof(sample))
            return MMIOERR_CANNOTWRITE;
    }
    return MMSYSERR_NOERROR;
}

/* Writes a chunk; mmioAscend corrects its size. */
static MMRESULT WriteChunk(HMMIO hmmio, FOURCC ckid, MMRESULT (*content)(HMMIO))
{
    MMCKINFO ck = {ckid, 0, 0, 0, 0};
    MMRESULT error = mmioCreateChunk(hmmio, &ck, 0);
    if (error == MMSYSERR_NOERROR)
        error = content(hmmio);
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &ck, 0) : error;
}

static MMRESULT WriteWave(HMMIO hmmio)
{
    MMCKINFO ckRIFF = {FOURCC_RIFF, 0, mmioFOURCC('W', 'A', 'V', 'E'), 0, 0};
    MMRESULT error = mmioCreateChunk(hmmio, &ckRIFF, MMIO_CREATERIFF);
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
    if (argc != 2) {
        fprintf(stderr, "usage: record FILE\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    info.hmmio = mmioOpen(argv[1], &info, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    error = info.wErrorRet;
    if (info.hmmio != NULL) {
        error = WriteWave(info.hmmio);
        /* mmioClose writes the buffer: only its result shows that the file is complete. */
        closed = mmioClose(info.hmmio, 0);
        error = error == MMSYSERR_NOERROR ? closed : error;
    }
    if (error != MMSYSERR_NOERROR)
        fprintf(stderr, "record: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
