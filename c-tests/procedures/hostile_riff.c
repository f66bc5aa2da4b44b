/* A procedure that writes to its own file during mmioDescend, mmioCreateChunk or mmioAscend: that call returns
 * MMSYSERR_HANDLEBUSY, and what the procedure wrote is not lost, even if it cannot be sent at once.
 *
 * Shows docs/differences.md, Procedures: "A procedure may use the file that it is called for", "MMSYSERR_HANDLEBUSY".
 * Shows docs/contract.md, 6. RIFF: "Descend", "CreateChunk", "Ascend". */
#include "state.h"

#define ROOM 128
#define PLACE 100

static struct {
    char bytes[ROOM];
    LONG size;
    UINT when;   /* In the next message of this kind the procedure writes to its own file... */
    int waits;   /* ...if this is set; */
    int is_full; /* and from then on the disk is full, until the test frees space. */
} disk;

static LRESULT transfer(MMIOINFO *info, UINT message, char *memory, LONG count)
{
    LONG end = message == MMIOM_READ ? disk.size : ROOM;
    count = count < end - info->lDiskOffset ? count : end - info->lDiskOffset;
    if (count <= 0 || (disk.is_full && message != MMIOM_READ)) {
        return count < 0 || message != MMIOM_READ ? -1 : 0;
    }
    if (message == MMIOM_READ) {
        memcpy(memory, disk.bytes + info->lDiskOffset, (size_t)count);
    } else {
        memcpy(disk.bytes + info->lDiskOffset, memory, (size_t)count);
    }
    info->lDiskOffset += count;
    disk.size = disk.size < info->lDiskOffset && message != MMIOM_READ ? info->lDiskOffset : disk.size;
    return count;
}

static LRESULT handle_message(MMIOINFO *info, UINT message, LPARAM first, LPARAM second)
{
    switch (message) {
    case MMIOM_READ:
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return second == 0 ? 0 : transfer(info, message, (char *)first, (LONG)second);
    case MMIOM_SEEK:
        return info->lDiskOffset = (LONG)first;
    default:
        return 0;
    }
}

static LRESULT CALLBACK writes_meanwhile(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LRESULT result;
    if (!disk.waits || uMsg != disk.when) {
        return handle_message(info, uMsg, lParam1, lParam2);
    }
    disk.waits = 0;
    result = handle_message(info, uMsg, lParam1, lParam2);
    CHECK_EQ(mmioSeek(info->hmmio, PLACE, SEEK_SET), PLACE);
    CHECK_EQ(mmioWrite(info->hmmio, "xyz", 3), 3);
    disk.is_full = 1;
    return result;
}

static HMMIO open_bytes(const char *bytes, LONG size, LONG buffer)
{
    memset(&disk, 0, sizeof disk);
    memcpy(disk.bytes, bytes, (size_t)size);
    disk.size = size;
    return open_custom(writes_meanwhile, NULL, buffer);
}

static void in_the_next(UINT message)
{
    disk.when = message;
    disk.waits = 1;
}

/* The call was interrupted, and its attempt to seek back met a full disk. Then there is space again. */
static void nothing_is_lost(HMMIO file, MMRESULT returned)
{
    CHECK_EQ(returned, MMSYSERR_HANDLEBUSY);
    CHECK_EQ(disk.waits, 0);
    CHECK_EQ(disk.is_full, 1);
    CHECK_EQ(position_of(file), PLACE + 3);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    disk.is_full = 0;
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.size, PLACE + 3);
    CHECK_BYTES(disk.bytes + PLACE, "xyz", 3);
}

/* The search skips the first chunk, which extends beyond the buffer. */
static void in_descend(void)
{
    static const char two[] = "aaaa\x1e\0\0\0..............................bbbb\x02\0\0\0bb";
    HMMIO file = open_bytes(two, sizeof two - 1, 16);
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('b', 'b', 'b', 'b');
    in_the_next(MMIOM_SEEK);
    nothing_is_lost(file, mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK));
}

/* A header that is larger than the buffer. */
static void in_create_chunk(void)
{
    HMMIO file = open_bytes("", 0, 8);
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('a', 'a', 'a', 'a');
    in_the_next(MMIOM_WRITE);
    nothing_is_lost(file, mmioCreateChunk(file, &chunk, 0));
}

/* The size field is written directly, because the buffer does not contain it any more. */
static void in_ascend(void)
{
    HMMIO file = open_bytes("", 0, 16);
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('a', 'a', 'a', 'a');
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "..............................", 30), 30);
    in_the_next(MMIOM_SEEK);
    nothing_is_lost(file, mmioAscend(file, &chunk, 0));
}

/* The same, for a chunk that was only read. */
static void in_ascend_from_a_chunk_that_was_read(void)
{
    static const char one[] = "aaaa\x1f\0\0\0................................";
    HMMIO file = open_bytes(one, sizeof one - 1, 16);
    MMCKINFO chunk;
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), 0);
    in_the_next(MMIOM_SEEK);
    nothing_is_lost(file, mmioAscend(file, &chunk, 0));
}

int main(void)
{
    in_descend();
    in_create_chunk();
    in_ascend();
    in_ascend_from_a_chunk_that_was_read();
    return report();
}
