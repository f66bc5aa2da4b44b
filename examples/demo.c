/* demo.c: records a tone, and shows what is in a WAV file.
 *
 *   demo record FILE    writes one second of 440 Hz
 *   demo show FILE      prints the chunks, the format and the peak
 *
 * It is written as a Windows program of the 1990s would be: nothing in it is about this library. */
#include <mmsystem.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RATE 44100
#define TONE 440.0
#define PI 3.14159265358979323846

static int Fail(const char *what, UINT error)
{
    fprintf(stderr, "demo: %s: error %u\n", what, error);
    return 1;
}

/* The samples of one second, written one by one: the buffer makes that cheap. */
static MMRESULT WriteTone(HMMIO hmmio)
{
    int i;
    for (i = 0; i < RATE; i++) {
        short sample = (short)(20000.0 * sin(2.0 * PI * TONE * i / RATE));
        if (mmioWrite(hmmio, (HPSTR)&sample, sizeof(sample)) != sizeof(sample))
            return MMIOERR_CANNOTWRITE;
    }
    return MMSYSERR_NOERROR;
}

static MMRESULT WriteFormat(HMMIO hmmio)
{
    PCMWAVEFORMAT format;
    format.wf.wFormatTag = WAVE_FORMAT_PCM;
    format.wf.nChannels = 1;
    format.wf.nSamplesPerSec = RATE;
    format.wf.nAvgBytesPerSec = RATE * 2;
    format.wf.nBlockAlign = 2;
    format.wBitsPerSample = 16;
    if (mmioWrite(hmmio, (HPSTR)&format, sizeof(format)) != sizeof(format))
        return MMIOERR_CANNOTWRITE;
    return MMSYSERR_NOERROR;
}

/* Writes one chunk in the RIFF chunk; its size is put right when it is left. */
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

static int Record(char *name)
{
    HMMIO hmmio;
    MMCKINFO ckRIFF;
    MMRESULT error;

    hmmio = mmioOpen(name, NULL, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return Fail(name, MMIOERR_CANNOTOPEN);
    memset(&ckRIFF, 0, sizeof(ckRIFF));
    ckRIFF.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    error = mmioCreateChunk(hmmio, &ckRIFF, MMIO_CREATERIFF);
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('f', 'm', 't', ' '), WriteFormat);
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('d', 'a', 't', 'a'), WriteTone);
    if (error == MMSYSERR_NOERROR)
        error = mmioAscend(hmmio, &ckRIFF, 0);
    if (error != MMSYSERR_NOERROR) {
        mmioClose(hmmio, 0);
        return Fail(name, error);
    }
    error = mmioClose(hmmio, 0);
    return error == MMSYSERR_NOERROR ? 0 : Fail(name, error);
}

/* The chunks inside a parent (or, without one, of the file), and those inside of them. */
static void ShowChunks(HMMIO hmmio, const MMCKINFO *parent, int depth)
{
    MMCKINFO ck;
    while (mmioDescend(hmmio, &ck, parent, 0) == MMSYSERR_NOERROR) {
        FOURCC ckid = ck.ckid, fccType = ck.fccType;
        printf("%10u %10u  %*s%.4s", (unsigned)ck.dwDataOffset - 8, (unsigned)ck.cksize, depth * 2, "",
               (char *)&ckid);
        if (ckid == FOURCC_RIFF || ckid == FOURCC_LIST) {
            printf(" '%.4s'\n", (char *)&fccType);
            ShowChunks(hmmio, &ck, depth + 1);
        } else {
            printf("\n");
        }
        if (mmioAscend(hmmio, &ck, 0) != MMSYSERR_NOERROR)
            break;
    }
}

/* The largest sample of a 16-bit data chunk, read where it lies in the file's own buffer. */
static MMRESULT ShowPeak(HMMIO hmmio, const MMCKINFO *data)
{
    MMIOINFO info;
    DWORD left = data->cksize / sizeof(short), samples = 0;
    int peak = 0;
    MMRESULT error = mmioGetInfo(hmmio, &info, 0);
    while (error == MMSYSERR_NOERROR && left > 0) {
        if (info.pchEndRead - info.pchNext < (int)sizeof(short)) {
            error = mmioAdvance(hmmio, &info, MMIO_READ);
            if (error != MMSYSERR_NOERROR || info.pchEndRead - info.pchNext < (int)sizeof(short))
                break;
        }
        for (; left > 0 && info.pchEndRead - info.pchNext >= (int)sizeof(short); left--, samples++) {
            short sample;
            memcpy(&sample, info.pchNext, sizeof(sample));
            info.pchNext += sizeof(sample);
            if (sample > peak)
                peak = sample;
            if (-sample > peak)
                peak = -sample;
        }
    }
    printf("%u samples of 16 bits, peak %d\n", (unsigned)samples, peak);
    return error == MMSYSERR_NOERROR ? mmioSetInfo(hmmio, &info, 0) : error;
}

static MMRESULT ShowWave(HMMIO hmmio)
{
    MMCKINFO ckRIFF, ck;
    PCMWAVEFORMAT format;
    MMRESULT error;

    mmioSeek(hmmio, 0, SEEK_SET);
    ckRIFF.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    error = mmioDescend(hmmio, &ckRIFF, NULL, MMIO_FINDRIFF);
    if (error != MMSYSERR_NOERROR)
        return error;
    ck.ckid = mmioFOURCC('f', 'm', 't', ' ');
    error = mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    if (error != MMSYSERR_NOERROR)
        return error;
    if (mmioRead(hmmio, (HPSTR)&format, sizeof(format)) != sizeof(format))
        return MMIOERR_CANNOTREAD;
    printf("format %u, %u channel(s), %u Hz, %u bits\n", (unsigned)format.wf.wFormatTag,
           (unsigned)format.wf.nChannels, (unsigned)format.wf.nSamplesPerSec, (unsigned)format.wBitsPerSample);
    mmioAscend(hmmio, &ck, 0);
    ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    error = mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    if (error != MMSYSERR_NOERROR || format.wf.wFormatTag != WAVE_FORMAT_PCM || format.wBitsPerSample != 16)
        return error;
    return ShowPeak(hmmio, &ck);
}

static int Show(char *name)
{
    MMRESULT error;
    MMIOINFO info;
    HMMIO hmmio;

    memset(&info, 0, sizeof(info));
    hmmio = mmioOpen(name, &info, MMIO_READ | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return Fail(name, info.wErrorRet);
    printf("%s\n    offset       size  chunk\n", name);
    ShowChunks(hmmio, NULL, 0);
    error = ShowWave(hmmio);
    if (error == MMIOERR_CHUNKNOTFOUND)
        printf("not a WAV file\n");
    else if (error != MMSYSERR_NOERROR)
        Fail(name, error);
    mmioClose(hmmio, 0);
    return error == MMSYSERR_NOERROR || error == MMIOERR_CHUNKNOTFOUND ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "record") == 0)
        return Record(argv[2]);
    if (argc == 3 && strcmp(argv[1], "show") == 0)
        return Show(argv[2]);
    fprintf(stderr, "usage: demo record|show FILE\n");
    return 2;
}
