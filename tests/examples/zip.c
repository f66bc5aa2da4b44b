/* The procedure of examples/zip.c, with sounds.zip and plain.wav beside it: its members stored.wav and Deflated/Click.wav
 * have the bytes of plain.wav. */
#define main example_main
#include "../../examples/zip.c"
#undef main

#include "check.h"

#define ROOM 100000

static char plain[ROOM];
static LONG size;

/* A program's reader of WAV files: it does not know where its bytes come from. */
static LONG read_samples(char *name, DWORD flags, char *samples)
{
    MMCKINFO riff, data;
    LONG count;
    HMMIO file = mmioOpen(name, NULL, flags);
    CHECK(file != NULL);
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), MMSYSERR_NOERROR);
    CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), MMSYSERR_NOERROR);
    count = mmioRead(file, samples, ROOM);
    CHECK_EQ(mmioAscend(file, &data, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    return count;
}

static void a_member_is_read_as_a_plain_file_is(char *name, DWORD flags)
{
    static char expected[ROOM], samples[ROOM];
    static char plain_name[] = "plain.wav";
    LONG count = read_samples(plain_name, flags, expected);
    CHECK(count > 1000);
    CHECK_EQ(read_samples(name, flags, samples), count);
    CHECK_BYTES(samples, expected, (size_t)count);
}

static void every_position_can_be_reached(char *name, DWORD flags)
{
    HMMIO file = mmioOpen(name, NULL, flags);
    LONG at = size - 1, i;
    char bytes[100];
    for (i = 0; i < 200; i++) {
        LONG left = size - at < 100 ? size - at : 100;
        CHECK_EQ(mmioSeek(file, at, SEEK_SET), at);
        CHECK_EQ(mmioRead(file, bytes, 100), left);
        CHECK_BYTES(bytes, plain + at, (size_t)left);
        at = (at * 7 + 11) % size;
    }
    CHECK_EQ(mmioSeek(file, 3, SEEK_END), size - 3);
    CHECK_EQ(mmioRead(file, bytes, 100), 3);
    CHECK_EQ(mmioRead(file, bytes, 100), 0);
    CHECK_EQ(mmioSeek(file, size + 1, SEEK_END), -1);
    if (flags == MMIO_READ) {
        /* A buffer would accept it, and its flush fail. */
        CHECK_EQ(mmioWrite(file, "x", 1), -1);
    }
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

static MMRESULT error_of(char *name, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = mmioFOURCC('Z', 'I', 'P', ' ');
    CHECK(mmioOpen(name, &info, flags) == NULL);
    return info.wErrorRet;
}

int main(void)
{
    static char names[][40] = {"sounds.zip+stored.wav", "sounds.zip+Deflated/Click.wav", "SOUNDS.ZIP+deflated\\CLICK.wav"};
    static char missing[] = "sounds.zip+none.wav", no_zip[] = "plain.wav+a", no_file[] = "none.zip+a", cut[] = "cut.zip+a";
    static const DWORD buffering[] = {MMIO_READ, MMIO_READ | MMIO_ALLOCBUF};
    size_t i, b;
    mmioInstallIOProc(mmioFOURCC('Z', 'I', 'P', ' '), ZipProc, MMIO_INSTALLPROC);
    size = (LONG)get_file("plain.wav", plain, sizeof plain);
    for (i = 0; i < 3; i++) {
        for (b = 0; b < 2; b++) {
            a_member_is_read_as_a_plain_file_is(names[i], buffering[b]);
            every_position_can_be_reached(names[i], buffering[b]);
        }
        CHECK_EQ(error_of(names[i], MMIO_WRITE), MMIOERR_ACCESSDENIED);
        CHECK_EQ(error_of(names[i], MMIO_CREATE), MMIOERR_ACCESSDENIED);
        CHECK_EQ(error_of(names[i], MMIO_DELETE), MMIOERR_ACCESSDENIED);
    }
    CHECK_EQ(error_of(missing, MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(no_zip, MMIO_READ), MMIOERR_INVALIDFILE);
    CHECK_EQ(error_of(no_file, MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(cut, MMIO_READ), MMIOERR_INVALIDFILE);
    CHECK_EQ(error_of(NULL, MMIO_READ), MMIOERR_INVALIDFILE);
    CHECK_EQ(mmioRename(names[0], missing, NULL, 0), MMSYSERR_NOTSUPPORTED);
    return report();
}
