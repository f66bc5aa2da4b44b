/* program.h: the programs of this directory. They write and read a file with mmio, and everything else is the
 * project's. */
#include "check.h"

static MMRESULT write_sound(char *name, HPCSTR samples, int32_t count)
{
    MMCKINFO riff = {0, 0, mmioFOURCC('W', 'A', 'V', 'E'), 0, 0}, data = {mmioFOURCC('d', 'a', 't', 'a'), 0, 0, 0, 0};
    HMMIO file = mmioOpen(name, NULL, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    CHECK(file != NULL);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), MMSYSERR_NOERROR);
    CHECK_EQ(mmioCreateChunk(file, &data, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioWrite(file, samples, count), count);
    CHECK_EQ(mmioAscend(file, &data, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioAscend(file, &riff, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmsys_tell64(file), 20 + count);
    return mmioClose(file, 0);
}

static intptr_t CALLBACK procedure(char *info, unsigned message, intptr_t first, intptr_t second)
{
    (void)info, (void)first, (void)second;
    return message == MMIOM_OPEN ? MMIOERR_ACCESSDENIED : 0;
}

int main(void)
{
    char name[] = "sound.wav", bytes[32];
    MMIOINFO info;
    LPMMIOPROC installed = procedure;
    WAVEFORMATEX format = {WAVE_FORMAT_PCM, 2, 44100};
    MMTIME time = {TIME_MS};
    HTASK task = {7};
    FOURCC code = FOURCC_RIFF;
    HPSTR text = bytes;
    CHECK_EQ(write_sound(name, "1234", 4), MMSYSERR_NOERROR);
    CHECK_EQ(get_file(name, text, sizeof bytes), 24);
    CHECK_BYTES(bytes, "RIFF\20\0\0\0WAVEdata\4\0\0\0" "1234", 24);
    memset(&info, 0, sizeof info);
    info.pIOProc = installed;
    CHECK(mmioOpen(name, &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_ACCESSDENIED);
    /* These are the project's. */
    CHECK_EQ(sizeof(DWORD), sizeof(long));
    CHECK_EQ(sizeof(LONG), sizeof(long));
    CHECK_EQ(sizeof(WCHAR), 2);
    CHECK_EQ(format.nSamplesPerSec + time.wType + (DWORD)task.handle, 44108);
    CHECK_EQ(timeGetTime(), 42);
    CHECK_EQ(sizeof code, 4);
    return report();
}
