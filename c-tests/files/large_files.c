/* Files beyond 2 GiB and 4 GiB (sparse: little of that size is written), and positions that a LONG cannot hold.
 *
 * Shows docs/contract.md, 3. The buffer: "Size", "mmsys_seek64", "mmsys_tell64", "0x7fffffff", "mmsys_discard".
 * Shows docs/differences.md, RIFF: "A chunk that is too large for its size field". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600
#endif
#define _FILE_OFFSET_BITS 64

#include "check.h"

#include <fcntl.h>
#include <mmsystem_ext.h>
#include <sys/types.h>
#include <unistd.h>

#define GIB ((int64_t)1 << 30)
#define UNKNOWN 0x7fffffff

static char name[] = "large";

/* A file of zeros, with the two bytes "<>" at each of the positions where a number overflows. */
static void make_sparse_file(void)
{
    int64_t places[3];
    int i, fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0666);
    places[0] = 2 * GIB;
    places[1] = 4 * GIB;
    places[2] = 5 * GIB;
    CHECK(fd >= 0);
    CHECK_EQ(ftruncate(fd, (off_t)(5 * GIB + 16)), 0);
    for (i = 0; i < 3; i++)
        CHECK_EQ(pwrite(fd, "<>", 2, (off_t)(places[i] - 1)), 2);
    CHECK_EQ(close(fd), 0);
}

static HMMIO open_large(DWORD flags, LONG buffer)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    file = mmioOpen(name, &info, flags);
    CHECK(file != NULL);
    return file;
}

static void seek64_and_tell64_have_no_limit(LONG buffer)
{
    HMMIO file = open_large(MMIO_READ, buffer);
    char two[2];
    CHECK_EQ(mmsys_seek64(file, 5 * GIB - 1, SEEK_SET), 5 * GIB - 1);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB - 1);
    CHECK_EQ(mmioRead(file, two, 2), 2);
    CHECK_BYTES(two, "<>", 2);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB + 1);
    CHECK_EQ(mmsys_seek64(file, 15, SEEK_END), 5 * GIB + 1);
    CHECK_EQ(mmsys_seek64(file, -GIB - 2, SEEK_CUR), 4 * GIB - 1);
    CHECK_EQ(mmioRead(file, two, 2), 2);
    CHECK_BYTES(two, "<>", 2);
    CHECK_EQ(mmsys_seek64(file, -1, SEEK_SET), -1);
    CHECK_EQ(mmsys_seek64(file, 5 * GIB + 17, SEEK_END), -1);
    CHECK_EQ(mmsys_seek64(file, INT64_MAX, SEEK_CUR), -1);
    CHECK_EQ(mmsys_tell64(file), 4 * GIB + 1);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_seek_beyond_a_long_keeps_the_position(LONG buffer)
{
    HMMIO file = open_large(MMIO_READ, buffer);
    CHECK_EQ(mmioSeek(file, 100, SEEK_SET), 100);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 100);
    CHECK_EQ(mmioSeek(file, 0x7fffffff, SEEK_SET), 0x7fffffff);
    CHECK_EQ(mmioSeek(file, 1, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 0x7fffffff);
    CHECK_EQ(mmsys_seek64(file, 3 * GIB, SEEK_SET), 3 * GIB);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), -1);
    CHECK_EQ(mmsys_tell64(file), 3 * GIB);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void reads_continue_across_the_limits(LONG buffer)
{
    HMMIO file = open_large(MMIO_READ, buffer);
    int64_t place;
    for (place = 2 * GIB; place <= 4 * GIB; place += 2 * GIB) {
        char bytes[8];
        int i;
        CHECK_EQ(mmsys_seek64(file, place - 4, SEEK_SET), place - 4);
        for (i = 0; i < 8; i += 2)
            CHECK_EQ(mmioRead(file, bytes + i, 2), 2);
        CHECK_BYTES(bytes, "\0\0\0<>\0\0\0", 8);
        CHECK_EQ(mmsys_tell64(file), place + 4);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void offsets_read_as_the_largest_long(void)
{
    HMMIO file = open_large(MMIO_READ, 64);
    MMIOINFO info;
    char byte;
    CHECK_EQ(mmsys_seek64(file, 3 * GIB, SEEK_SET), 3 * GIB);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(info.lBufOffset, UNKNOWN);
    CHECK_EQ(info.lDiskOffset, UNKNOWN);
    /* Direct access works nevertheless. */
    info.pchNext += 2;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 3 * GIB + 3);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
    CHECK_EQ(info.pchEndRead - info.pchBuffer, 64);
    CHECK_EQ(mmsys_tell64(file), 3 * GIB + 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void writes_continue_across_the_limits(LONG buffer)
{
    HMMIO file = open_large(MMIO_READWRITE, buffer);
    int64_t place;
    char bytes[8];
    int i;
    for (place = 2 * GIB; place <= 4 * GIB; place += 2 * GIB) {
        CHECK_EQ(mmsys_seek64(file, place - 4, SEEK_SET), place - 4);
        for (i = 0; i < 8; i += 2)
            CHECK_EQ(mmioWrite(file, "ab", 2), 2);
        CHECK_EQ(mmsys_tell64(file), place + 4);
    }
    CHECK_EQ(mmsys_seek64(file, 4 * GIB - 4, SEEK_SET), 4 * GIB - 4);
    CHECK_EQ(mmioRead(file, bytes, 8), 8);
    CHECK_BYTES(bytes, "abababab", 8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void chunks_work_up_to_four_gib(LONG buffer)
{
    HMMIO file = open_large(MMIO_CREATE | MMIO_READWRITE, buffer);
    MMCKINFO riff, data, tail, found;
    memset(&riff, 0, sizeof riff);
    memset(&data, 0, sizeof data);
    memset(&tail, 0, sizeof tail);
    riff.fccType = mmioFOURCC('T', 'E', 'S', 'T');
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioCreateChunk(file, &data, 0), 0);
    CHECK_EQ(mmsys_seek64(file, 3 * GIB + 1, SEEK_SET), 3 * GIB + 1);
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(data.cksize, 3 * GIB + 1 - 20);
    CHECK_EQ(mmsys_tell64(file), 3 * GIB + 2);
    tail.ckid = mmioFOURCC('t', 'a', 'i', 'l');
    CHECK_EQ(mmioCreateChunk(file, &tail, 0), 0);
    CHECK_EQ(tail.dwDataOffset, 3 * GIB + 10);
    CHECK_EQ(mmioWrite(file, "end", 3), 3);
    CHECK_EQ(mmioAscend(file, &tail, 0), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(riff.cksize, 3 * GIB + 14 - 8);

    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
    found.ckid = tail.ckid;
    CHECK_EQ(mmioDescend(file, &found, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(found.dwDataOffset, 3 * GIB + 10);
    CHECK_EQ(found.cksize, 3);
    CHECK_EQ(mmioAscend(file, &found, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 3 * GIB + 14);
    CHECK_EQ(mmioDescend(file, &found, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A chunk cannot be larger than its size field can hold. */
static void a_chunk_beyond_four_gib_is_refused_and_stays_dirty(void)
{
    HMMIO file = open_large(MMIO_CREATE | MMIO_READWRITE, 64);
    MMCKINFO data;
    memset(&data, 0, sizeof data);
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioCreateChunk(file, &data, 0), 0);
    CHECK_EQ(mmsys_seek64(file, 4 * GIB + 8, SEEK_SET), 4 * GIB + 8);
    CHECK_EQ(mmioAscend(file, &data, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(data.dwFlags, MMIO_DIRTY);
    CHECK_EQ(mmioCreateChunk(file, &data, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_tell64(file), 4 * GIB + 8);
    CHECK_EQ(mmsys_seek64(file, 4 * GIB + 7, SEEK_SET), 4 * GIB + 7);
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(data.cksize, 0xffffffff);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void discard_closes_without_writing(void)
{
    char small[] = "small", bytes[8];
    HMMIO file = mmioOpen(small, NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    CHECK_EQ(mmioWrite(file, "kept", 4), 4);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioWrite(file, "lost", 4), 4);
    CHECK_EQ(mmsys_discard(file), 0);
    CHECK_EQ(mmsys_discard(file), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(get_file(small, bytes, sizeof bytes), 4);
    CHECK_BYTES(bytes, "kept", 4);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 7, 8192};
    unsigned i;
    for (i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        make_sparse_file();
        seek64_and_tell64_have_no_limit(buffers[i]);
        a_seek_beyond_a_long_keeps_the_position(buffers[i]);
        reads_continue_across_the_limits(buffers[i]);
        writes_continue_across_the_limits(buffers[i]);
        chunks_work_up_to_four_gib(buffers[i]);
    }
    make_sparse_file();
    offsets_read_as_the_largest_long();
    a_chunk_beyond_four_gib_is_refused_and_stays_dirty();
    discard_closes_without_writing();
    return report();
}
