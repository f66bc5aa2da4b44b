/* A part of a disk file as a file: it ends at its length, whatever the buffer, and the bytes around it stay.
 *
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "mmsys_open_range, mmsys_open_part", "A range", "part".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "begins at position 0", "shrinks or grows meanwhile".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "A write that does not fit is short".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "never closes its descriptor", "O_APPEND".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "its share mode applies to the whole file".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "MMIO_CREATE is refused", "A stream has no parts". */
#define _XOPEN_SOURCE 700
#include <mmsystem_ext.h>

#include "check.h"

#include <fcntl.h>
#include <unistd.h>

#define SIZE 30
#define TEXT "0123456789abcdefghijklmnopqrst"

static const LONG buffers[] = {0, 1, 5, 7, 8192};
#define BUFFERS (sizeof buffers / sizeof buffers[0])

static HMMIO open_range(int fd, int64_t offset, int64_t length, LONG buffer)
{
    HMMIO file = mmsys_open_range(fd, offset, length, MMIO_READWRITE);
    CHECK(file != NULL);
    CHECK_EQ(mmioSetBuffer(file, NULL, buffer, 0), MMSYSERR_NOERROR);
    return file;
}

static int descriptor(int flags)
{
    int fd;
    put_file("pack", TEXT, SIZE);
    fd = open("pack", flags);
    CHECK(fd >= 0);
    return fd;
}

static void check_pack(const char *expected)
{
    char bytes[SIZE + 20];
    CHECK_EQ(get_file("pack", bytes, sizeof bytes), strlen(expected));
    CHECK_BYTES(bytes, expected, strlen(expected));
}

/* Reads every part of the file, also those of no byte and those beyond its end. */
static void every_part_is_read(void)
{
    static const int64_t starts[] = {0, 1, 7, 15, 29, 30, 31, 1000};
    static const int64_t lengths[] = {0, 1, 2, 7, 15, 29, 30, 31, 5000, INT64_C(1) << 40};
    int fd = descriptor(O_RDONLY);
    size_t b, s, l;
    for (b = 0; b < BUFFERS; b++) {
        for (s = 0; s < sizeof starts / sizeof starts[0]; s++) {
            for (l = 0; l < sizeof lengths / sizeof lengths[0]; l++) {
                int64_t left = starts[s] < SIZE ? SIZE - starts[s] : 0;
                LONG size = (LONG)(left < lengths[l] ? left : lengths[l]), half = size / 2;
                char bytes[SIZE + 1];
                HMMIO file = open_range(fd, starts[s], lengths[l], buffers[b]);
                CHECK_EQ(mmioRead(file, bytes, half), half);
                CHECK_EQ(mmioRead(file, bytes + half, SIZE + 1 - half), size - half);
                if (size > 0) {
                    CHECK_BYTES(bytes, &TEXT[starts[s]], (size_t)size);
                }
                CHECK_EQ(mmioRead(file, bytes, 1), 0);
                CHECK_EQ(mmioSeek(file, 0, SEEK_END), size);
                CHECK_EQ(mmioSeek(file, size, SEEK_END), 0);
                CHECK_EQ(mmioSeek(file, size + 1, SEEK_END), -1);
                CHECK_EQ(mmioSeek(file, -1, SEEK_SET), -1);
                CHECK_EQ(mmsys_seek64(file, lengths[l], SEEK_SET), lengths[l]);
                CHECK_EQ(mmsys_seek64(file, lengths[l] + 1, SEEK_SET), -1);
                CHECK_EQ(mmsys_seek64(file, INT64_MAX, SEEK_CUR), -1);
                CHECK_EQ(mmioRead(file, bytes, 1), 0);
                CHECK_EQ(mmsys_tell64(file), lengths[l]);
                CHECK_EQ(mmioWrite(file, "x", 1), -1);
                CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
            }
        }
    }
    CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0);
    CHECK_EQ(close(fd), 0);
    check_pack(TEXT);
}

static void writes_stay_in_the_part(void)
{
    size_t b;
    for (b = 0; b < BUFFERS; b++) {
        int fd = descriptor(O_RDWR), i;
        HMMIO file = open_range(fd, 10, 10, buffers[b]);
        MMIOINFO info;
        char bytes[4];
        CHECK_EQ(mmioSeek(file, 3, SEEK_SET), 3);
        for (i = 0; i < 3; i++) {
            CHECK_EQ(mmioWrite(file, "XY", 2), 2);
        }
        CHECK_EQ(mmioWrite(file, "1234", 4), 1);
        CHECK_EQ(mmioWrite(file, "5", 1), -1);
        CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
        CHECK_EQ(info.wErrorRet, MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "6", 1), 0);
        CHECK_EQ(mmioSeek(file, 4, SEEK_CUR), -1);
        CHECK_EQ(mmioSeek(file, 7, SEEK_SET), 7);
        CHECK_EQ(mmioRead(file, bytes, 4), 3);
        CHECK_BYTES(bytes, "XY1", 3);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
        CHECK_EQ(close(fd), 0);
        check_pack("0123456789abcXYXYXY1klmnopqrst");
    }
}

/* One byte at a time, so that writes do not enter the file: the lease on the buffer ends at the length. */
static void small_writes_stay_in_the_part(void)
{
    int fd = descriptor(O_RDWR), i;
    HMMIO file = open_range(fd, 10, 10, 8192);
    for (i = 0; i < 10; i++) {
        CHECK_EQ(mmioWrite(file, "-", 1), 1);
    }
    CHECK_EQ(mmioWrite(file, "-", 1), -1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(close(fd), 0);
    check_pack("0123456789----------klmnopqrst");
}

static void direct_writes_stay_in_the_part(void)
{
    int fd = descriptor(O_RDWR);
    HMMIO file = open_range(fd, 10, 10, 8);
    MMIOINFO info;
    CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), MMSYSERR_NOERROR);
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    CHECK_EQ(info.pchEndRead - info.pchBuffer, 5);
    CHECK_EQ(info.pchEndWrite - info.pchBuffer, 5);
    info.dwFlags |= MMIO_DIRTY;
    info.pchNext = info.pchBuffer + 6;
    CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMSYSERR_INVALPARAM);
    memcpy(info.pchBuffer, "VWXYZ", 5);
    info.pchNext = info.pchEndWrite;
    CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(close(fd), 0);
    check_pack("0123456789abcdeVWXYZklmnopqrst");
}

static void the_end_moves_with_the_file(void)
{
    size_t b;
    for (b = 0; b < BUFFERS; b++) {
        int fd = descriptor(O_RDWR);
        HMMIO file = open_range(fd, 10, 15, buffers[b]);
        char bytes[16];
        CHECK_EQ(mmioRead(file, bytes, 2), 2);
        CHECK_EQ(ftruncate(fd, 17), 0);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), 7);
        CHECK_EQ(mmioRead(file, bytes, 1), 0);
        CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), MMSYSERR_NOERROR);
        CHECK_EQ(mmioRead(file, bytes, 16), 7);
        CHECK_BYTES(bytes, "abcdefg", 7);
        CHECK_EQ(ftruncate(fd, 4), 0);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), 0);
        CHECK_EQ(mmioRead(file, bytes, 16), 0);
        /* A write fills the gap with zeros. */
        CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
        CHECK_EQ(mmioWrite(file, "Z", 1), 1);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), 3);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
        CHECK_EQ(get_file("pack", bytes, sizeof bytes), 13);
        CHECK_BYTES(bytes, "0123\0\0\0\0\0\0\0\0Z", 13);
        CHECK_EQ(close(fd), 0);
    }
}

static void the_descriptor_stays_the_callers(void)
{
    int fd = descriptor(O_RDWR), closing;
    for (closing = 0; closing < 3; closing++) {
        char byte;
        HMMIO file = open_range(fd, 20, 5, 16), other = open_range(fd, 5, 5, 16);
        CHECK_EQ(lseek(fd, 3, SEEK_SET), 3);
        CHECK_EQ(mmioRead(file, &byte, 1), 1);
        CHECK_EQ(byte, 'k');
        CHECK_EQ(mmioRead(other, &byte, 1), 1);
        CHECK_EQ(byte, '5');
        CHECK_EQ(closing == 2 ? mmsys_discard(file) : mmioClose(file, closing ? MMIO_FHOPEN : 0),
                 MMSYSERR_NOERROR);
        CHECK_EQ(mmioClose(other, 0), MMSYSERR_NOERROR);
        CHECK_EQ(lseek(fd, 0, SEEK_CUR), 3);
        CHECK_EQ(read(fd, &byte, 1), 1);
        CHECK_EQ(byte, '3');
    }
    CHECK_EQ(close(fd), 0);
    check_pack(TEXT);
}

static void what_the_descriptor_cannot_do_is_refused_at_once(void)
{
    static const int ways[] = {O_RDONLY, O_WRONLY, O_RDWR | O_APPEND};
    size_t i;
    for (i = 0; i < 3; i++) {
        int fd = descriptor(ways[i]);
        char byte;
        HMMIO file = open_range(fd, 10, 10, 16);
        CHECK_EQ(mmioRead(file, &byte, 1), ways[i] == O_WRONLY ? -1 : 1);
        CHECK_EQ(mmioWrite(file, "x", 1), ways[i] == O_WRONLY ? 1 : -1);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
        CHECK_EQ(close(fd), 0);
    }
    check_pack(TEXT);
}

static void what_is_no_part_is_refused(void)
{
    static const DWORD flags[] = {MMIO_PARSE, MMIO_EXIST, MMIO_DELETE, MMIO_GETTEMP, MMIO_CREATE | MMIO_WRITE};
    int fd = descriptor(O_RDWR), ends[2];
    size_t i;
    CHECK(mmsys_open_range(fd, -1, 5, 0) == NULL);
    CHECK(mmsys_open_range(fd, 5, -1, 0) == NULL);
    CHECK(mmsys_open_range(fd, INT64_MAX, 1, 0) == NULL);
    CHECK(mmsys_open_range(-1, 0, 5, 0) == NULL);
    CHECK(mmsys_open_range(1000, 0, 5, 0) == NULL);
    CHECK(mmsys_open_part(NULL, 0, 5, 0) == NULL);
    CHECK(mmsys_open_part("none", 0, 5, 0) == NULL);
    CHECK(mmsys_open_part(".", 0, 5, 0) == NULL);
    CHECK(mmsys_open_part("pack", -1, 5, 0) == NULL);
    for (i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        CHECK(mmsys_open_range(fd, 0, 5, flags[i]) == NULL);
        CHECK(mmsys_open_part("pack", 0, 5, flags[i]) == NULL);
    }
    CHECK_EQ(pipe(ends), 0);
    CHECK(mmsys_open_range(ends[0], 0, 5, 0) == NULL);
    CHECK_EQ(close(ends[0]), 0);
    CHECK_EQ(close(ends[1]), 0);
    CHECK_EQ(lseek(fd, 0, SEEK_END), SIZE);
    CHECK_EQ(close(fd), 0);
    check_pack(TEXT);
}

/* All descriptors of the process below this are open or not as before. */
static int open_descriptors(void)
{
    int fd, count = 0;
    for (fd = 0; fd < 100; fd++) {
        count += fcntl(fd, F_GETFD) >= 0;
    }
    return count;
}

static void a_part_is_opened_by_name(void)
{
    char bytes[8];
    int before = open_descriptors();
    HMMIO file, other;
    put_file("pack", TEXT, SIZE);
    file = mmsys_open_part("PACK", 10, 5, MMIO_READWRITE | MMIO_ALLOCBUF | MMIO_DENYWRITE);
    CHECK(file != NULL);
    CHECK(mmsys_open_part("pack", 20, 5, MMIO_WRITE | MMIO_DENYNONE) == NULL);
    CHECK_EQ(open_descriptors(), before + 1);
    CHECK_EQ(mmioRead(file, bytes, 8), 5);
    CHECK_BYTES(bytes, "abcde", 5);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioWrite(file, "ABCDEF", 6), 5);
    CHECK_EQ(mmsys_set_durable(file, 1), MMSYSERR_NOERROR);
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), MMSYSERR_NOERROR);
    other = mmsys_open_part("pack", 20, 5, MMIO_WRITE | MMIO_EXCLUSIVE);
    CHECK(other != NULL);
    CHECK_EQ(mmioRead(other, bytes, 1), -1);
    CHECK_EQ(mmioClose(other, 0), MMSYSERR_NOERROR);
    CHECK_EQ(open_descriptors(), before);
    check_pack("0123456789ABCDEfghijklmnopqrst");
}

/* A RIFF file in a pack is a RIFF file. */
static void chunks_are_read_and_written(void)
{
    char bytes[4];
    HMMIO file;
    MMCKINFO riff, data;
    put_file("pack", TEXT, SIZE);
    file = mmsys_open_part("pack", 3, 24, MMIO_READWRITE | MMIO_ALLOCBUF);
    memset(&riff, 0, sizeof riff);
    memset(&data, 0, sizeof data);
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), MMSYSERR_NOERROR);
    CHECK_EQ(mmioCreateChunk(file, &data, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioAscend(file, &data, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioAscend(file, &riff, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioWrite(file, "!", 1), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), MMSYSERR_NOERROR);
    CHECK_EQ(riff.cksize, 16);
    CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), MMSYSERR_NOERROR);
    CHECK_EQ(data.cksize, 3);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_BYTES(bytes, "abc\0", 4);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    {
        char all[SIZE];
        CHECK_EQ(get_file("pack", all, sizeof all), SIZE);
        CHECK_BYTES(all, "012RIFF\x10\0\0\0WAVEdata\3\0\0\0abc\0rst", SIZE);
    }
}

int main(void)
{
    every_part_is_read();
    writes_stay_in_the_part();
    small_writes_stay_in_the_part();
    direct_writes_stay_in_the_part();
    the_end_moves_with_the_file();
    the_descriptor_stays_the_callers();
    what_the_descriptor_cannot_do_is_refused_at_once();
    what_is_no_part_is_refused();
    a_part_is_opened_by_name();
    chunks_are_read_and_written();
    return report();
}
