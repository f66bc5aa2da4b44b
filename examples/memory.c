/* memory.c: builds a WAV file in memory, passes it to a player, and writes it to the disk.
 *
 *   memory FILE */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <string.h>

static MMRESULT WriteChunk(HMMIO hmmio, FOURCC ckid, const BYTE *bytes, LONG count)
{
    MMCKINFO ck = {ckid, 0, 0, 0, 0};
    MMRESULT error = mmioCreateChunk(hmmio, &ck, 0);
    if (error == MMSYSERR_NOERROR && mmioWrite(hmmio, (HPCSTR)bytes, count) != count)
        error = MMIOERR_CANNOTWRITE;
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &ck, 0) : error;
}

/* A quarter of a second of 500 Hz: PCM, 1 channel, 8000 (0x1f40) samples and bytes a second, 8 bits. */
static MMRESULT WriteBeep(HMMIO hmmio)
{
    static const BYTE format[] = {1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0};
    BYTE samples[2000];
    MMCKINFO ckRIFF = {FOURCC_RIFF, 0, mmioFOURCC('W', 'A', 'V', 'E'), 0, 0};
    MMRESULT error = mmioCreateChunk(hmmio, &ckRIFF, MMIO_CREATERIFF);
    for (int i = 0; i < (int)sizeof(samples); i++)
        samples[i] = i / 8 % 2 == 0 ? 96 : 160;
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('f', 'm', 't', ' '), format, sizeof(format));
    if (error == MMSYSERR_NOERROR)
        error = WriteChunk(hmmio, mmioFOURCC('d', 'a', 't', 'a'), samples, sizeof(samples));
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &ckRIFF, 0) : error;
}

/* Stands for a player. It opens the bytes in place, as a memory file of fixed size. */
static MMRESULT Play(HPSTR bytes, LONG count)
{
    MMCKINFO ckRIFF = {FOURCC_RIFF, 0, mmioFOURCC('W', 'A', 'V', 'E'), 0, 0};
    MMIOINFO info;
    MMRESULT error;
    memset(&info, 0, sizeof(info));
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = count;
    info.hmmio = mmioOpen(NULL, &info, MMIO_READ);
    if (info.hmmio == NULL)
        return info.wErrorRet;
    error = mmioDescend(info.hmmio, &ckRIFF, NULL, MMIO_FINDRIFF);
    if (error == MMSYSERR_NOERROR)
        printf("a WAV of %u bytes, in %d bytes of memory\n", (unsigned)ckRIFF.cksize + 8, (int)count);
    mmioClose(info.hmmio, 0);
    return error;
}

static MMRESULT Save(const char *name, HPCSTR bytes, LONG count)
{
    FILE *file = fopen(name, "wb");
    if (file == NULL)
        return MMIOERR_CANNOTOPEN;
    count -= (LONG)fwrite(bytes, 1, (size_t)count, file);
    return fclose(file) == 0 && count == 0 ? MMSYSERR_NOERROR : MMIOERR_CANNOTWRITE;
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
    info.cchBuffer = info.adwInfo[0] = 512; /* the initial size, and the expansion step */
    info.hmmio = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    error = info.wErrorRet;
    if (info.hmmio != NULL) {
        error = WriteBeep(info.hmmio);
        /* The file is the bytes from pchBuffer to pchEndRead, until more is written. */
        mmioGetInfo(info.hmmio, &info, 0);
        if (error == MMSYSERR_NOERROR)
            error = Play(info.pchBuffer, (LONG)(info.pchEndRead - info.pchBuffer));
        if (error == MMSYSERR_NOERROR)
            error = Save(argv[1], info.pchBuffer, (LONG)(info.pchEndRead - info.pchBuffer));
        mmioClose(info.hmmio, 0);
    }
    if (error != MMSYSERR_NOERROR)
        fprintf(stderr, "memory: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
