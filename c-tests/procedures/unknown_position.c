/* A procedure whose lDiskOffset is -1 says that its position is not known. The file then counts the position itself,
 * and positions the procedure before its next transfer. Any other lDiskOffset is used.
 *
 * Shows docs/differences.md, Positions: "-1 is not a position".
 * Shows docs/contract.md, 5. I/O procedures and messages: "takes the position from lDiskOffset". */
#include "state.h"

#define SIZE 64
#define ROOM 128

/* Two chunks in a form, and what follows. */
static const char riff[SIZE + 1] =
    "RIFF\x34\0\0\0TESTaaaa\x0a\0\0\0aaaaaaaaaabbbb\x06\0\0\0bbbbbbcccc\x04\0\0\0cccc----";

enum style {
    SETS,    /* A seek sets lDiskOffset. */
    RETURNS, /* A seek leaves lDiskOffset at -1, and returns the position. */
    STYLES
};

static struct {
    char bytes[ROOM];
    LONG size, at; /* The actual position of the procedure. */
    LONG most;     /* Maximum bytes per message. */
    LONG skipped;  /* Not 0: this many bytes are skipped after each transfer, and lDiskOffset includes them. */
    enum style style;
    int is_lost;   /* Every seek fails to find its position: lDiskOffset is -1, and the result 0. */
} disk;

static LRESULT transfer(MMIOINFO *info, UINT message, char *memory, LONG count)
{
    LONG end = message == MMIOM_READ ? disk.size : ROOM;
    count = count < end - disk.at ? count : end - disk.at;
    count = count < disk.most ? count : disk.most;
    if (count <= 0) {
        return 0;
    }
    if (message == MMIOM_READ) {
        memcpy(memory, disk.bytes + disk.at, (size_t)count);
    } else {
        memcpy(disk.bytes + disk.at, memory, (size_t)count);
    }
    disk.at += count + disk.skipped;
    disk.size = disk.size < disk.at && message != MMIOM_READ ? disk.at : disk.size;
    info->lDiskOffset = disk.skipped != 0 ? disk.at : -1;
    return count;
}

static LRESULT CALLBACK forgetful(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    switch (uMsg) {
    case MMIOM_OPEN:
        info->lDiskOffset = -1;
        return 0;
    case MMIOM_READ:
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return transfer(info, uMsg, (char *)lParam1, (LONG)lParam2);
    case MMIOM_SEEK:
        if (disk.is_lost) {
            info->lDiskOffset = -1;
            return 0;
        }
        disk.at = (LONG)lParam1;
        info->lDiskOffset = disk.style == SETS ? disk.at : -1;
        return disk.at;
    default:
        return 0;
    }
}

static HMMIO open_forgetful(enum style style, LONG buffer)
{
    memset(&disk, 0, sizeof disk);
    memcpy(disk.bytes, riff, SIZE);
    disk.size = SIZE;
    disk.at = 7; /* Not 0, and not reported. */
    disk.most = ROOM;
    disk.style = style;
    return open_custom(forgetful, NULL, buffer);
}

/* Reads bytes, which must be those of the file at this position. */
static void read_at(HMMIO file, LONG place, LONG count)
{
    char bytes[ROOM];
    CHECK_EQ(position_of(file), place);
    CHECK_EQ(mmioRead(file, bytes, count), count);
    CHECK_BYTES(bytes, disk.bytes + place, (size_t)count);
    CHECK_EQ(position_of(file), place + count);
}

static void a_file_begins_at_0(enum style style, LONG buffer)
{
    HMMIO file = open_forgetful(style, buffer);
    CHECK_EQ(info_of(file).lBufOffset, 0);
    read_at(file, 0, 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void reads_are_counted(enum style style, LONG buffer, LONG most)
{
    HMMIO file = open_forgetful(style, buffer);
    char byte;
    disk.most = most;
    read_at(file, 0, 5);
    read_at(file, 5, 25);
    CHECK_EQ(mmioSeek(file, 40, SEEK_SET), 40);
    read_at(file, 40, 8);
    read_at(file, 48, 16);
    CHECK_EQ(mmioRead(file, &byte, 1), 0);
    CHECK_EQ(position_of(file), SIZE);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void writes_are_counted(enum style style, LONG buffer, LONG most)
{
    HMMIO file = open_forgetful(style, buffer);
    char expected[ROOM] = "";
    memcpy(expected, riff, SIZE);
    memcpy(expected + 10, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26);
    memcpy(expected + 50, "0123456789abcdefghij", 20);
    disk.most = most;
    CHECK_EQ(mmioSeek(file, 10, SEEK_SET), 10);
    CHECK_EQ(mmioWrite(file, "ABCDE", 5), 5);
    CHECK_EQ(position_of(file), 15);
    CHECK_EQ(mmioWrite(file, "FGHIJKLMNOPQRSTUVWXYZ", 21), 21);
    CHECK_EQ(position_of(file), 36);
    CHECK_EQ(mmioSeek(file, 50, SEEK_SET), 50);
    CHECK_EQ(mmioWrite(file, "0123456789abcdefghij", 20), 20);
    CHECK_EQ(position_of(file), 70);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(disk.size, 70);
    CHECK_BYTES(disk.bytes, expected, 70);
    read_at(file, 12, 9);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_form_is_walked(enum style style, LONG buffer)
{
    static const FOURCC codes[] = {mmioFOURCC('a', 'a', 'a', 'a'), mmioFOURCC('b', 'b', 'b', 'b'),
                                   mmioFOURCC('c', 'c', 'c', 'c')};
    HMMIO file = open_forgetful(style, buffer);
    MMCKINFO form, chunk;
    int i;
    CHECK_EQ(mmioDescend(file, &form, NULL, 0), 0);
    CHECK_EQ(position_of(file), 12);
    for (i = 0; i < 3; i++) {
        CHECK_EQ(mmioDescend(file, &chunk, &form, 0), 0);
        CHECK_EQ(chunk.ckid, codes[i]);
        CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A seek that does not report its position fails. */
static void a_seek_without_a_position_fails(LONG buffer)
{
    HMMIO file = open_forgetful(SETS, buffer);
    read_at(file, 0, 3);
    disk.is_lost = 1;
    CHECK_EQ(mmioSeek(file, 50, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
    CHECK_EQ(position_of(file), 3);
    disk.is_lost = 0;
    read_at(file, 3, 9);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Bytes are not written at an unknown position. Those in the buffer are kept. */
static void nothing_is_written_at_an_unknown_position(LONG buffer)
{
    HMMIO file = open_forgetful(SETS, buffer);
    read_at(file, 0, 3);
    disk.is_lost = 1;
    CHECK_EQ(mmioWrite(file, "ABCDEFGH", 8), buffer > 0 ? 8 : -1);
    CHECK_EQ(mmioFlush(file, 0), buffer > 0 ? MMIOERR_CANNOTWRITE : 0);
    CHECK_BYTES(disk.bytes, riff, SIZE);
    disk.is_lost = 0;
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(disk.bytes, riff, 3);
    CHECK_BYTES(disk.bytes + 3, buffer > 0 ? "ABCDEFGH" : &riff[3], 8);
}

/* mmioSendMessage: -1 is not a position, and the file keeps one. */
static void a_sent_message_leaves_a_position(enum style style, LONG buffer)
{
    HMMIO file = open_forgetful(style, buffer);
    char bytes[4];
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 4), 4);
    CHECK_BYTES(bytes, riff + 12, 4);
    CHECK(position_of(file) == 12 || position_of(file) == 16);
    CHECK_EQ(mmioSeek(file, 30, SEEK_SET), 30);
    read_at(file, 30, 5);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* If nothing is buffered, the position is what the procedure reports. */
static void a_position_that_is_reported_is_used(LONG buffer)
{
    HMMIO file = open_forgetful(SETS, buffer);
    char bytes[8];
    disk.skipped = 4;
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
    CHECK_EQ(mmioRead(file, bytes, 8), 8);
    CHECK_BYTES(bytes, riff + 20, 8);
    CHECK_EQ(position_of(file), 32);
    CHECK_EQ(mmioWrite(file, "ABCDEFGH", 8), 8);
    CHECK_EQ(position_of(file), 44);
    CHECK_BYTES(disk.bytes + 32, "ABCDEFGH", 8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 6, 16, 100};
    size_t number;
    int style;
    for (number = 0; number < sizeof buffers / sizeof buffers[0]; number++) {
        for (style = 0; style < STYLES; style++) {
            a_file_begins_at_0((enum style)style, buffers[number]);
            reads_are_counted((enum style)style, buffers[number], ROOM);
            reads_are_counted((enum style)style, buffers[number], 3);
            writes_are_counted((enum style)style, buffers[number], ROOM);
            writes_are_counted((enum style)style, buffers[number], 3);
            a_form_is_walked((enum style)style, buffers[number]);
            a_sent_message_leaves_a_position((enum style)style, buffers[number]);
        }
    }
    nothing_is_written_at_an_unknown_position(0);
    nothing_is_written_at_an_unknown_position(100);
    a_seek_without_a_position_fails(0);
    a_seek_without_a_position_fails(6);
    a_position_that_is_reported_is_used(0);
    a_position_that_is_reported_is_used(6);
    return report();
}
