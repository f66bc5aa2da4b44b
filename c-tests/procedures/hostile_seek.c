/* Procedures that seek incorrectly: as long as lDiskOffset or the result is right, a program does not notice.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Existing procedures have bugs".
 * Shows docs/contract.md, 5. I/O procedures and messages: "treats only -1 as a failed seek".
 * Shows docs/differences.md, Positions: "A procedure that does not update lDiskOffset", "-1 is not a position". */
#include "state.h"

#define SIZE 60
#define CANARY 0x5c

/* A form with three chunks in it, the second with an odd size. */
static const char riff[SIZE + 1] = "RIFF\x34\0\0\0TESTaaaa\x06\0\0\0aaaaaabbbb\x05\0\0\0bbbbb\0cccc\x0c\0\0\0cccccccccccc";

enum style {
    GOOD,          /* For comparison. */
    RETURNS_ZERO,  /* Keeps the right position in lDiskOffset, and returns 0 for every seek. */
    FALLS_THROUGH, /* SEEK_CUR falls through into SEEK_END, which is off by one. */
    ONLY_RETURNS,  /* Returns the right position, and does not update lDiskOffset, in reads either. */
    STYLES
};

static struct {
    char bytes[SIZE];
    enum style style;
    LONG own_position; /* The position of a procedure that does not use lDiskOffset. */
    LRESULT result;    /* Not 0: what a seek returns, without moving. */
    LONG clamp;        /* Not 0: the largest position that a seek moves to. */
    LONG stray;        /* Not 0: the position that each seek moves to. */
    int seeks, seeks_from_end, seeks_from_here;
} disk;

static LONG *place_of(MMIOINFO *info)
{
    return disk.style == ONLY_RETURNS ? &disk.own_position : &info->lDiskOffset;
}

static LRESULT seek(MMIOINFO *info, LONG offset, LONG origin)
{
    LONG *position = place_of(info);
    disk.seeks++;
    disk.seeks_from_here += origin == SEEK_CUR;
    disk.seeks_from_end += origin == SEEK_END;
    if (disk.stray != 0) {
        *position = disk.stray;
    }
    if (disk.result != 0 || disk.stray != 0) {
        return disk.result != 0 ? disk.result : offset;
    }
    if (origin == SEEK_SET) {
        *position = offset;
    } else if (origin == SEEK_CUR && disk.style != FALLS_THROUGH) {
        *position += offset;
    } else {
        *position = SIZE + offset - (disk.style == FALLS_THROUGH);
    }
    if (disk.clamp > 0 && *position > disk.clamp) {
        *position = disk.clamp;
    }
    return disk.style == RETURNS_ZERO ? 0 : *position;
}

static LONG transfer(MMIOINFO *info, char *to, const char *from, LONG count)
{
    LONG *position = place_of(info), left = SIZE - *position;
    count = count < left ? count : left;
    if (count <= 0 || *position < 0) {
        return 0;
    }
    memcpy(to == NULL ? disk.bytes + *position : to, from == NULL ? disk.bytes + *position : from, (size_t)count);
    *position += count;
    return count;
}

static LRESULT CALLBACK sloppy_proc(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    switch (message) {
    case MMIOM_SEEK:
        return seek(info, (LONG)first, (LONG)second);
    case MMIOM_READ:
        return transfer(info, (char *)first, NULL, (LONG)second);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return transfer(info, NULL, (const char *)first, (LONG)second);
    default:
        return 0;
    }
}

static HMMIO open_sloppy(enum style style, LONG buffer)
{
    memset(&disk, 0, sizeof disk);
    memcpy(disk.bytes, riff, SIZE);
    disk.style = style;
    return open_custom(sloppy_proc, NULL, buffer);
}

static void reads_here(HMMIO file, LONG at, LONG count)
{
    char bytes[SIZE + 2];
    memset(bytes, CANARY, sizeof bytes);
    CHECK_EQ(mmioRead(file, bytes + 1, count), count);
    CHECK_BYTES(bytes + 1, disk.bytes + at, (size_t)count);
    CHECK_EQ(bytes[0], CANARY);
    CHECK_EQ(bytes[count + 1], CANARY);
    CHECK_EQ(position_of(file), at + count);
}

static void seeks_from_start_and_from_here_are_exact(enum style style, LONG buffer)
{
    HMMIO file = open_sloppy(style, buffer);
    reads_here(file, 0, 3);
    CHECK_EQ(mmioSeek(file, 40, SEEK_SET), 40);
    reads_here(file, 40, 7);
    CHECK_EQ(mmioSeek(file, -30, SEEK_CUR), 17);
    reads_here(file, 17, 11);
    CHECK_EQ(mmioSeek(file, 5, SEEK_CUR), 33);
    reads_here(file, 33, 1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    reads_here(file, 0, SIZE);
    CHECK_EQ(mmioSeek(file, 1, SEEK_SET), 1);
    reads_here(file, 1, 9);
    CHECK_EQ(disk.seeks_from_here, 0);
    CHECK_EQ(disk.seeks_from_end, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void writes_are_at_the_right_position(enum style style, LONG buffer)
{
    char bytes[2];
    HMMIO file = open_sloppy(style, buffer);
    reads_here(file, 0, 12);
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
    CHECK_EQ(mmioWrite(file, "XY", 2), 2);
    CHECK_EQ(mmioSeek(file, 2, SEEK_CUR), 24);
    CHECK_EQ(mmioWrite(file, "Z", 1), 1);
    CHECK_EQ(mmioSeek(file, 50, SEEK_SET), 50);
    CHECK_EQ(mmioWrite(file, "0123", 4), 4);
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    CHECK_BYTES(bytes, "XY", 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(disk.bytes, riff, 20);
    CHECK_BYTES(disk.bytes + 20, "XYaaZ", 5);
    CHECK_BYTES(disk.bytes + 25, riff + 25, 25);
    CHECK_BYTES(disk.bytes + 50, "0123", 4);
    CHECK_BYTES(disk.bytes + 54, riff + 54, 6);
}

/* MMIOM_SEEK by mmioSendMessage acts like mmioSeek: later calls continue where it went. */
static void sent_seeks_are_exact(enum style style, LONG buffer)
{
    HMMIO file = open_sloppy(style, buffer);
    LRESULT zero = style == RETURNS_ZERO ? 0 : 1;
    reads_here(file, 0, 3);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 10, SEEK_SET), 10 * zero);
    reads_here(file, 10, 7);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 17, SEEK_SET), 17 * zero);
    reads_here(file, 17, 2);
    if (style != FALLS_THROUGH) {
        CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, -12, SEEK_CUR), 7 * zero);
        reads_here(file, 7, 4);
    }
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 30, SEEK_SET), 30 * zero);
    CHECK_EQ(mmioWrite(file, "XY", 2), 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 0, SEEK_SET), 0);
    reads_here(file, 0, SIZE);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(disk.bytes, riff, 30);
    CHECK_BYTES(disk.bytes + 30, "XY", 2);
    CHECK_BYTES(disk.bytes + 32, riff + 32, SIZE - 32);
}

/* Only the procedure knows where the end is, and the library takes its result. */
static void seek_end_is_the_procedures(enum style style, LONG buffer)
{
    HMMIO file = open_sloppy(style, buffer);
    LONG end = style == FALLS_THROUGH ? SIZE - 1 : SIZE;
    reads_here(file, 0, 3);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), end);
    CHECK_EQ(disk.seeks_from_end, 1);
    CHECK_EQ(position_of(file), end);
    CHECK_EQ(mmioSeek(file, -10, SEEK_END), end - 10);
    reads_here(file, end - 10, 5);
    CHECK_EQ(mmioSeek(file, -1, SEEK_CUR), end - 6);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void descends(HMMIO file, MMCKINFO *form, const char *code, DWORD at, DWORD size)
{
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioStringToFOURCCA(code, 0);
    CHECK_EQ(mmioDescend(file, &chunk, form, MMIO_FINDCHUNK), 0);
    CHECK_EQ(chunk.dwDataOffset, at);
    CHECK_EQ(chunk.cksize, size);
    reads_here(file, (LONG)at, (LONG)size);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(position_of(file), at + size + size % 2);
}

static void chunks_are_found(enum style style, LONG buffer)
{
    HMMIO file = open_sloppy(style, buffer);
    MMCKINFO form;
    memset(&form, 0, sizeof form);
    form.fccType = mmioStringToFOURCCA("TEST", 0);
    CHECK_EQ(mmioDescend(file, &form, NULL, MMIO_FINDRIFF), 0);
    descends(file, &form, "cccc", 48, 12);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    descends(file, &form, "bbbb", 34, 5);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    descends(file, &form, "aaaa", 20, 6);
    CHECK_EQ(disk.seeks_from_here, 0);
    CHECK_EQ(disk.seeks_from_end, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_refused_seek_keeps_the_position(LONG buffer)
{
    HMMIO file = open_sloppy(GOOD, buffer);
    reads_here(file, 0, 5);
    disk.result = -1;
    CHECK_EQ(mmioSeek(file, 50, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 40, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
    CHECK_EQ(position_of(file), 5);
    disk.result = 0;
    reads_here(file, 5, 20);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A seek to a position that a LONG cannot hold, or that returns -1 and moves: by mmioSeek or mmioSendMessage. */
static void a_seek_that_returns_minus_1_keeps_the_position(LONG buffer)
{
    HMMIO file = open_sloppy(GOOD, buffer);
    reads_here(file, 0, 5);
    disk.stray = (LONG)0x90000000;
    CHECK_EQ(mmioSeek(file, 1000, SEEK_SET), -1);
    CHECK_EQ(position_of(file), 5);
    CHECK_EQ(mmioSeek(file, 1000, SEEK_END), -1);
    CHECK_EQ(position_of(file), 5);
    disk.stray = 33;
    disk.result = -1;
    CHECK_EQ(mmioSeek(file, 1000, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 1000, SEEK_END), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 20, SEEK_SET), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 0, SEEK_END), -1);
    CHECK_EQ(position_of(file), 5);
    disk.stray = 0;
    disk.result = 0;
    reads_here(file, 5, 20);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void the_position_after_a_seek_is_the_procedures(LONG buffer)
{
    HMMIO file = open_sloppy(GOOD, buffer);
    disk.clamp = SIZE;
    CHECK_EQ(mmioSeek(file, 1000, SEEK_SET), SIZE);
    CHECK_EQ(position_of(file), SIZE);
    disk.clamp = 30;
    CHECK_EQ(mmioSeek(file, 40, SEEK_SET), 30);
    reads_here(file, 30, 4);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A procedure that cannot be positioned must not be read from or written to at the wrong position. */
static void a_procedure_that_cannot_be_positioned_is_an_error(LONG buffer)
{
    char bytes[8];
    HMMIO file = open_sloppy(GOOD, buffer);
    reads_here(file, 0, 8);
    CHECK_EQ(mmioWrite(file, "abcdefgh", 4), 4);
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 20, SEEK_SET), 20);
    CHECK_EQ(position_of(file), 20);
    disk.clamp = 1;
    CHECK_EQ(mmioSeek(file, 40, SEEK_SET), 1);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_BYTES(bytes, disk.bytes + 1, 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(disk.bytes, riff, 8);
    CHECK_BYTES(disk.bytes + 8, "abcd", 4);
    CHECK_BYTES(disk.bytes + 12, riff + 12, SIZE - 12);
}

/* A negative position is not valid. Whatever the file returns then, nothing is read out of bounds. */
static void a_negative_position_is_refused(LONG buffer)
{
    static const LONG nonsense[] = {-1, -2, INT32_MIN};
    size_t number;
    for (number = 0; number < 3; number++) {
        HMMIO file = open_sloppy(GOOD, buffer);
        MMIOINFO info;
        reads_here(file, 0, 5);
        disk.clamp = 0;
        CHECK_EQ(mmioSeek(file, nonsense[number] - (number == 2 ? 0 : SIZE), SEEK_END), -1);
        CHECK_EQ(position_of(file), 5);
        CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
        CHECK_EQ(info.lBufOffset + (info.pchNext - info.pchBuffer), 5);
        CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
        reads_here(file, 5, 10);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 8, 13, 64, 100};
    size_t number;
    int style;
    for (number = 0; number < sizeof buffers / sizeof buffers[0]; number++) {
        LONG buffer = buffers[number];
        for (style = GOOD; style < STYLES; style++) {
            seeks_from_start_and_from_here_are_exact((enum style)style, buffer);
            writes_are_at_the_right_position((enum style)style, buffer);
            sent_seeks_are_exact((enum style)style, buffer);
            chunks_are_found((enum style)style, buffer);
            if (style != ONLY_RETURNS) {
                seek_end_is_the_procedures((enum style)style, buffer);
            }
        }
        the_position_after_a_seek_is_the_procedures(buffer);
        a_seek_that_returns_minus_1_keeps_the_position(buffer);
        a_procedure_that_cannot_be_positioned_is_an_error(buffer < 8 ? 8 : buffer);
        a_negative_position_is_refused(buffer);
    }
    a_refused_seek_keeps_the_position(0);
    a_refused_seek_keeps_the_position(8);
    a_refused_seek_keeps_the_position(30);
    return report();
}
