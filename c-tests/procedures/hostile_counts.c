/* Procedures that return wrong counts, fail, or overwrite the structure: errors, never an overrun.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Custom procedures".
 * Shows docs/contract.md, 5. I/O procedures and messages: "The library trusts no number they return".
 * Shows docs/contract.md, 5. I/O procedures and messages: "never an overrun".
 * Shows docs/differences.md, Procedures: "The structure that a procedure sees".
 * Shows docs/differences.md, Procedures: "A negative result". */
#include "state.h"

#include <limits.h>

#define SIZE 64
#define CANARY 0x5c

static struct {
    char bytes[SIZE];
    LRESULT read_result, write_result; /* Not 0: returned, whatever was done. */
    LRESULT open_result, close_result, rename_result;
    LONG most;                         /* Maximum bytes per message; 0 for no limit. */
    int takes_nothing, scribbles, hides_position;
    int messages, closes;
} disk;

static LONG count_possible(LONG at, LONG count)
{
    if (at < 0 || at > SIZE || disk.takes_nothing) {
        return 0;
    }
    if (disk.most > 0 && count > disk.most) {
        count = disk.most;
    }
    return count < SIZE - at ? count : SIZE - at;
}

/* Overwrites all of the structure except what a procedure may change. */
static void scribble(MMIOINFO *info)
{
    LONG position = info->lDiskOffset;
    DWORD words[3];
    memcpy(words, info->adwInfo, sizeof words);
    memset(info, 0xff, sizeof *info);
    memcpy(info->adwInfo, words, sizeof words);
    info->lDiskOffset = disk.hides_position ? INT_MIN : position;
}

static LRESULT handle_message(MMIOINFO *info, UINT message, LPARAM first, LPARAM second)
{
    LONG count;
    switch (message) {
    case MMIOM_OPEN:
        return disk.open_result;
    case MMIOM_CLOSE:
        disk.closes++;
        return disk.close_result;
    case MMIOM_RENAME:
        return disk.rename_result;
    case MMIOM_SEEK:
        return info->lDiskOffset = (LONG)first;
    case MMIOM_READ:
        count = count_possible(info->lDiskOffset, (LONG)second);
        memcpy((char *)first, disk.bytes + (count > 0 ? info->lDiskOffset : 0), (size_t)count);
        info->lDiskOffset += disk.read_result == 0 ? count : 0;
        return disk.read_result == 0 ? count : disk.read_result;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        if (disk.write_result != 0) {
            return disk.write_result;
        }
        count = count_possible(info->lDiskOffset, (LONG)second);
        memcpy(disk.bytes + (count > 0 ? info->lDiskOffset : 0), (const char *)first, (size_t)count);
        info->lDiskOffset += count;
        return count;
    default:
        return 0;
    }
}

static LRESULT CALLBACK hostile_proc(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LRESULT result;
    disk.messages++;
    result = handle_message(info, message, first, second);
    if (disk.scribbles) {
        scribble(info);
    }
    return result;
}

static void fresh_disk(void)
{
    int number;
    memset(&disk, 0, sizeof disk);
    for (number = 0; number < SIZE; number++) {
        disk.bytes[number] = (char)number;
    }
}

/* Memory for a buffer, with a canary on either side. */
static char room[SIZE * 2 + 2];

static char *buffer_with_canaries(void)
{
    memset(room, CANARY, sizeof room);
    return room + 1;
}

static void check_canaries(LONG buffer)
{
    CHECK_EQ(room[0], CANARY);
    CHECK_EQ(room[buffer + 1], CANARY);
}

static HMMIO open_hostile(LONG buffer)
{
    return open_custom(hostile_proc, buffer_with_canaries(), buffer);
}

static void reads_right(HMMIO file, LONG at, LONG count)
{
    char bytes[SIZE];
    CHECK_EQ(mmioSeek(file, at, SEEK_SET), at);
    CHECK_EQ(mmioRead(file, bytes, count), count);
    CHECK_BYTES(bytes, disk.bytes + at, (size_t)count);
}

static const LRESULT wrong_results[] = {-1, -2, INT_MIN, INT_MAX, SIZE * 2 + 1, INTPTR_MIN, INTPTR_MAX,
                                        (LRESULT)UINT_MAX};
#define WRONG_RESULTS (sizeof wrong_results / sizeof wrong_results[0])

static void a_read_that_claims_too_much_is_an_error(LONG buffer, LRESULT result)
{
    char bytes[12];
    HMMIO file;
    fresh_disk();
    file = open_hostile(buffer);
    memset(bytes, CANARY, sizeof bytes);
    disk.read_result = result;
    CHECK_EQ(mmioRead(file, bytes + 1, 10), -1);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTREAD);
    CHECK_EQ(bytes[0], CANARY);
    CHECK_EQ(bytes[11], CANARY);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), buffer > 0 ? MMIOERR_CANNOTREAD : MMIOERR_UNBUFFERED);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)(bytes + 1), 10), -1);
    disk.read_result = 0;
    reads_right(file, 0, 10);
    check_canaries(buffer);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_write_that_claims_too_much_is_an_error(LONG buffer, LRESULT result)
{
    HMMIO file;
    fresh_disk();
    file = open_hostile(buffer);
    disk.write_result = result;
    CHECK_EQ(mmioWrite(file, "abcdefghij", 10), buffer > 10 ? 10 : -1);
    CHECK_EQ(mmioFlush(file, 0), buffer > 10 ? MMIOERR_CANNOTWRITE : 0);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(position_of(file), buffer > 10 ? 10 : 0);
    disk.write_result = 0;
    if (buffer <= 10) {
        CHECK_EQ(mmioWrite(file, "abcdefghij", 10), 10);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(disk.bytes, "abcdefghij", 10);
    CHECK_EQ(disk.bytes[10], 10);
    check_canaries(buffer);
}

static void one_more_than_the_count_is_an_error(void)
{
    char bytes[8];
    HMMIO file;
    fresh_disk();
    file = open_hostile(0);
    disk.read_result = 5;
    CHECK_EQ(mmioRead(file, bytes, 4), -1);
    disk.write_result = 5;
    CHECK_EQ(mmioWrite(file, "abcd", 4), -1);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void bytes_read_before_the_failure_count(void)
{
    char bytes[16];
    HMMIO file;
    fresh_disk();
    file = open_hostile(8);
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    disk.read_result = 99;
    CHECK_EQ(mmioRead(file, bytes + 2, 10), 6);
    CHECK_BYTES(bytes, disk.bytes, 8);
    CHECK_EQ(mmioRead(file, bytes, 10), -1);
    CHECK_EQ(position_of(file), 8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void short_counts_are_continued(LONG buffer, LONG most)
{
    HMMIO file;
    char bytes[SIZE];
    fresh_disk();
    disk.most = most;
    file = open_hostile(buffer);
    reads_right(file, 3, 40);
    reads_right(file, 0, SIZE);
    CHECK_EQ(mmioRead(file, bytes, 1), 0);
    CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.bytes[4], 4);
    CHECK_BYTES(disk.bytes + 5, LETTERS, 26);
    CHECK_EQ(disk.bytes[31], 31);
    check_canaries(buffer);
}

static void a_procedure_that_always_returns_0_causes_no_loop(LONG buffer)
{
    char bytes[16];
    MMCKINFO chunk;
    HMMIO file;
    fresh_disk();
    file = open_hostile(buffer);
    disk.takes_nothing = 1;
    memset(&chunk, 0, sizeof chunk);
    CHECK_EQ(mmioRead(file, bytes, 16), 0);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmioWrite(file, "0123456789", 10), buffer > 10 ? 10 : -1);
    CHECK_EQ(mmioFlush(file, 0), buffer > 10 ? MMIOERR_CANNOTWRITE : 0);
    CHECK_EQ(mmioClose(file, 0), buffer > 10 ? MMIOERR_CANNOTWRITE : 0);
    CHECK(disk.messages < 100);
    disk.takes_nothing = 0;
    CHECK_EQ(mmioClose(file, 0), buffer > 10 ? 0 : MMSYSERR_INVALHANDLE);
    CHECK_EQ(disk.closes, 1);
}

static void an_error_at_open_is_returned(LRESULT result, MMRESULT expected)
{
    MMIOINFO info;
    fresh_disk();
    disk.open_result = result;
    memset(&info, 0, sizeof info);
    info.pIOProc = hostile_proc;
    CHECK(mmioOpenA((LPSTR) "x", &info, MMIO_READ | MMIO_ALLOCBUF) == NULL);
    CHECK_EQ(info.wErrorRet, expected);
    CHECK_EQ(disk.messages, 1);
    CHECK(mmioOpenA((LPSTR) "x", &info, MMIO_DELETE) == NULL);
    CHECK_EQ(info.wErrorRet, expected);
}

static void an_error_at_close_is_returned_and_the_handle_is_closed(LRESULT result, MMRESULT expected)
{
    HMMIO file;
    fresh_disk();
    file = open_hostile(16);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    disk.close_result = result;
    CHECK_EQ(mmioClose(file, 0), expected);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioWrite(file, "abc", 3), -1);
    CHECK_EQ(disk.closes, 1);
    CHECK_BYTES(disk.bytes, "abc", 3);
}

static void an_error_at_rename_is_returned(LRESULT result)
{
    MMIOINFO info;
    fresh_disk();
    disk.rename_result = result;
    memset(&info, 0, sizeof info);
    info.pIOProc = hostile_proc;
    if (result > 0) {
        CHECK_EQ(mmioRenameA("a", "b", &info, 0), result);
    } else {
        CHECK(mmioRenameA("a", "b", &info, 0) != 0);
    }
}

static void scribbling_changes_nothing(LONG buffer)
{
    MMIOINFO info;
    HMMIO file;
    fresh_disk();
    disk.scribbles = 1;
    file = open_hostile(buffer);
    reads_right(file, 10, 20);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    reads_right(file, 3, 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK(info.hmmio == file && info.pIOProc == hostile_proc);
    CHECK_EQ(info.cchBuffer, buffer);
    CHECK(info.pchBuffer == room + 1 && info.pchEndWrite == room + 1 + buffer);
    CHECK_EQ(info.dwFlags, MMIO_READWRITE);
    CHECK_EQ(mmioSetBuffer(file, NULL, 9, 0), 0);
    reads_right(file, 20, 30);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(disk.bytes + 30, "abc", 3);
    CHECK_EQ(disk.closes, 1);
    check_canaries(buffer);
}

/* The procedure decides its position. If that is impossible, the calls fail, and nothing else happens. */
static void an_impossible_position_causes_no_overrun(LONG buffer)
{
    char bytes[12];
    HMMIO file;
    LONG count;
    fresh_disk();
    file = open_hostile(buffer);
    memset(bytes, CANARY, sizeof bytes);
    disk.scribbles = 1;
    disk.hides_position = 1;
    count = mmioRead(file, bytes + 1, 10);
    CHECK(count >= -1 && count <= 10);
    count = mmioWrite(file, "abcdefghij", 10);
    CHECK(count >= -1 && count <= 10);
    count = mmioRead(file, bytes + 1, 10);
    CHECK(count >= -1 && count <= 10);
    mmioSeek(file, 3, SEEK_SET);
    mmioSeek(file, 3, SEEK_CUR);
    mmioSeek(file, 3, SEEK_END);
    mmioAdvance(file, NULL, MMIO_READ);
    mmioFlush(file, MMIO_EMPTYBUF);
    CHECK_EQ(bytes[0], CANARY);
    CHECK_EQ(bytes[11], CANARY);
    disk.scribbles = 0;
    reads_right(file, 30, 10);
    CHECK_EQ(mmioClose(file, 0), 0);
    check_canaries(buffer);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 8, 10, 11, 64, 128};
    size_t number, wrong;
    for (number = 0; number < sizeof buffers / sizeof buffers[0]; number++) {
        LONG buffer = buffers[number], most;
        for (wrong = 0; wrong < WRONG_RESULTS; wrong++) {
            a_read_that_claims_too_much_is_an_error(buffer, wrong_results[wrong]);
            a_write_that_claims_too_much_is_an_error(buffer, wrong_results[wrong]);
        }
        for (most = 1; most < 12; most++) {
            short_counts_are_continued(buffer, most);
        }
        a_procedure_that_always_returns_0_causes_no_loop(buffer);
        scribbling_changes_nothing(buffer);
        an_impossible_position_causes_no_overrun(buffer);
    }
    one_more_than_the_count_is_an_error();
    bytes_read_before_the_failure_count();
    an_error_at_open_is_returned(MMIOERR_ACCESSDENIED, MMIOERR_ACCESSDENIED);
    an_error_at_open_is_returned(1, 1);
    an_error_at_open_is_returned(77777, 77777);
    an_error_at_open_is_returned(-1, MMIOERR_CANNOTOPEN);
    an_error_at_close_is_returned_and_the_handle_is_closed(MMIOERR_CANNOTCLOSE, MMIOERR_CANNOTCLOSE);
    an_error_at_close_is_returned_and_the_handle_is_closed(5, 5);
    an_error_at_close_is_returned_and_the_handle_is_closed(-1, MMIOERR_CANNOTCLOSE);
    an_error_at_rename_is_returned(MMIOERR_FILENOTFOUND);
    an_error_at_rename_is_returned(12345);
    an_error_at_rename_is_returned(-1);
    return report();
}
