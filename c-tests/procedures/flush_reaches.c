/* A flush reaches a procedure that buffers, whichever call sent it the bytes: when mmioFlush, mmioSetBuffer or
 * mmioClose has returned 0, the bytes are in its store. If it cannot empty its buffer, the call fails, and the file
 * stays open.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "The flush reaches the procedure", "A flush is owed".
 * Shows docs/contract.md, 5. I/O procedures and messages: "Write-through".
 * Shows docs/differences.md, Writing: "A flush reaches the procedure", "with a count of 0".
 * Shows docs/procedures.md, A procedure that buffers: "On MMIOM_WRITEFLUSH". */
#include "check.h"

#include <mmsystem_ext.h>

enum { ROOM = 256 };

/* The procedure: MMIOM_WRITE goes to its buffer, MMIOM_WRITEFLUSH and MMIOM_CLOSE empty the buffer into its store. */
static struct {
    char store[ROOM], held[ROOM]; /* At the same positions as in the store. */
    int is_held[ROOM];
    LONG size;
    int full;                     /* Nothing can go to the store... */
    LRESULT refusal;              /* ...and this is returned then. */
    int writes, flushes, empty_flushes, seeks, closes;
    int after_flush;              /* Write messages since the last MMIOM_WRITEFLUSH. */
} disk;

static int empty_buffer(void)
{
    LONG i;
    if (disk.full)
        return 0;
    for (i = 0; i < ROOM; i++)
        if (disk.is_held[i]) {
            disk.store[i] = disk.held[i];
            disk.size = disk.size > i ? disk.size : i + 1;
            disk.is_held[i] = 0;
        }
    return 1;
}

static void hold(LONG at, const char *bytes, LONG count)
{
    LONG i;
    for (i = 0; i < count; i++) {
        disk.held[at + i] = bytes[i];
        disk.is_held[at + i] = 1;
    }
}

static LRESULT write_flush(MMIOINFO *info, const char *bytes, LONG count)
{
    disk.flushes++;
    disk.after_flush = 0;
    if (count == 0) {
        disk.empty_flushes++;
        (void)*(volatile const char *)bytes; /* It must be readable. */
        return empty_buffer() ? 0 : disk.refusal;
    }
    if (disk.full)
        return disk.refusal;
    hold(info->lDiskOffset, bytes, count);
    info->lDiskOffset += count;
    empty_buffer();
    return count;
}

static LRESULT CALLBACK buffering(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG i, count = (LONG)lParam2;
    switch (uMsg) {
    case MMIOM_READ:
        for (i = 0; i < count && info->lDiskOffset + i < ROOM; i++)
            ((char *)lParam1)[i] = disk.is_held[info->lDiskOffset + i] ? disk.held[info->lDiskOffset + i]
                                                                        : disk.store[info->lDiskOffset + i];
        info->lDiskOffset += i;
        return i;
    case MMIOM_WRITE:
        disk.writes++;
        disk.after_flush += count > 0;
        hold(info->lDiskOffset, (const char *)lParam1, count);
        info->lDiskOffset += count;
        return count;
    case MMIOM_WRITEFLUSH:
        return write_flush(info, (const char *)lParam1, count);
    case MMIOM_SEEK:
        disk.seeks++;
        return info->lDiskOffset = (LONG)lParam1;
    case MMIOM_CLOSE:
        disk.closes++;
        return empty_buffer() ? MMSYSERR_NOERROR : MMIOERR_CANNOTCLOSE;
    default:
        return 0;
    }
}

static HMMIO open_buffering(LPMMIOPROC procedure, LONG buffer)
{
    MMIOINFO info;
    HMMIO file;
    memset(&disk, 0, sizeof disk);
    disk.refusal = -1;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.cchBuffer = buffer;
    file = mmioOpen((LPSTR) "x", &info, MMIO_READWRITE);
    CHECK(file != NULL);
    return file;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyz"

/* The ways in which bytes are sent as MMIOM_WRITE, so that nothing is dirty afterwards. Each writes some of the
 * letters at the beginning of the file, and returns how many. */
static LONG by_a_full_buffer(HMMIO file)
{
    CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
    CHECK_EQ(mmioWrite(file, &LETTERS[5], 3), 3);
    return 8;
}

static LONG past_the_buffer(HMMIO file)
{
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
    return 26;
}

static LONG by_a_seek(HMMIO file)
{
    CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
    CHECK_EQ(mmioSeek(file, 100, SEEK_SET), 100);
    return 5;
}

static LONG by_advance(HMMIO file)
{
    MMRESULT result;
    CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
    result = mmioAdvance(file, NULL, MMIO_WRITE);
    CHECK(result == 0 || result == MMIOERR_UNBUFFERED);
    return 5;
}

static LONG by_a_read(HMMIO file)
{
    char byte;
    CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    return 5;
}

static LONG by_ascend(HMMIO file)
{
    MMCKINFO chunk;
    char *letters = (char *)"abcd\7\0\0\0ijklmno";
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('a', 'b', 'c', 'd');
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, letters + 8, 7), 7);
    /* The size is corrected. Where the buffer is elsewhere, it is sent as MMIOM_WRITE. */
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioSeek(file, 100, SEEK_SET), 100);
    return 0;
}

static LONG by_a_sent_write(HMMIO file)
{
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)LETTERS, 9), 9);
    return 9;
}

static LONG by_a_sent_write_after_a_flush(HMMIO file)
{
    CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)&LETTERS[5], 2), 2);
    return 7;
}

typedef LONG (*way)(HMMIO);
static const way ways[] = {by_a_full_buffer, past_the_buffer, by_a_seek, by_advance, by_a_read,
                           by_ascend,        by_a_sent_write, by_a_sent_write_after_a_flush};
enum { WAYS = sizeof ways / sizeof ways[0] };

/* The calls that flush. */
enum { FLUSH, FLUSH_AND_EMPTY, SET_BUFFER, CLOSE, FLUSHES };

static MMRESULT flush(HMMIO file, int how)
{
    switch (how) {
    case FLUSH:
        return mmioFlush(file, 0);
    case FLUSH_AND_EMPTY:
        return mmioFlush(file, MMIO_EMPTYBUF);
    case SET_BUFFER:
        return mmioSetBuffer(file, NULL, 16, 0);
    default:
        return mmioClose(file, 0);
    }
}

static void check_stored(LONG count)
{
    LONG i;
    for (i = 0; i < ROOM; i++)
        CHECK(!disk.is_held[i]);
    if (count > 0)
        CHECK_BYTES(disk.store, LETTERS, (size_t)count);
    else
        CHECK_BYTES(disk.store, "abcd\7\0\0\0ijklmno\0", 16);
    CHECK_EQ(disk.after_flush, 0);
}

static void a_flush_reaches_the_store(LONG buffer, way send, int how)
{
    HMMIO file = open_buffering(buffering, buffer);
    LONG count = send(file);
    int flushes = disk.flushes, empty_flushes = disk.empty_flushes, seeks = disk.seeks;
    CHECK(disk.after_flush > 0);
    CHECK_EQ(flush(file, how), 0);
    check_stored(count);
    /* One message of 0 bytes, whatever the position of the procedure. */
    CHECK_EQ(disk.flushes, flushes + 1);
    CHECK_EQ(disk.empty_flushes, empty_flushes + 1);
    CHECK_EQ(disk.seeks, seeks);
    if (how != CLOSE) {
        /* No bytes were sent since: nothing is sent. */
        CHECK_EQ(mmioFlush(file, 0), 0);
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
        CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), 0);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(disk.flushes, flushes + 1);
    }
    CHECK_EQ(disk.closes, 1);
}

static MMRESULT last_error(HMMIO file)
{
    MMIOINFO info;
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    return info.wErrorRet;
}

/* The procedure took a MMIOM_WRITEFLUSH before, of some bytes or of none, and now cannot empty its buffer. */
static void a_flush_that_fails_is_reported_and_repeated(LONG buffer, way send, int how, int with_bytes)
{
    LONG count;
    HMMIO file = open_buffering(buffering, buffer);
    if (with_bytes) {
        CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "-", 1), 1);
    } else {
        CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "-", 1), 1);
        CHECK_EQ(mmioFlush(file, 0), 0);
    }
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    count = send(file);
    disk.full = 1;
    CHECK_EQ(flush(file, how), MMIOERR_CANNOTWRITE);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(flush(file, how), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(disk.closes, 0);
    disk.full = 0;
    CHECK_EQ(flush(file, how), 0);
    check_stored(count);
    CHECK_EQ(mmioClose(file, 0), how == CLOSE ? MMSYSERR_INVALHANDLE : 0);
    CHECK_EQ(disk.closes, 1);
}

static void a_sent_flush_of_0_bytes_is_a_flush(LONG buffer)
{
    char byte;
    int seeks;
    HMMIO file = open_buffering(buffering, buffer);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)LETTERS, 0), 0);
    CHECK_EQ(disk.empty_flushes, 1);
    CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
    /* Dirty bytes are sent first. */
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)LETTERS, 0), 0);
    CHECK_EQ(disk.empty_flushes, 2);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 5);
    check_stored(5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(disk.flushes, 2);
    /* The message does not depend on the position. */
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    seeks = disk.seeks;
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)LETTERS, 0), 0);
    CHECK_EQ(disk.seeks, seeks);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 1);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(byte, 'b');
    CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
    disk.full = 1;
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)&LETTERS[5], 2), 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)LETTERS, 0), -1);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    disk.full = 0;
    CHECK_EQ(mmioFlush(file, 0), 0);
    check_stored(7);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void write_through_reaches_the_store(LONG buffer)
{
    HMMIO file = open_buffering(buffering, buffer);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)LETTERS, 2), 2);
    CHECK_EQ(mmsys_set_write_through(file, 1), 0);
    check_stored(2);
    CHECK_EQ(mmioWrite(file, &LETTERS[2], 3), 3);
    check_stored(5);
    /* A procedure that refused the first MMIOM_WRITEFLUSH and took the bytes as MMIOM_WRITE gets another one, of 0
     * bytes. */
    CHECK_EQ(mmioClose(file, 0), 0);
    file = open_buffering(buffering, buffer);
    CHECK_EQ(mmsys_set_write_through(file, 1), 0);
    disk.full = 1;
    CHECK_EQ(mmioWrite(file, LETTERS, 3), 3);
    CHECK_EQ(disk.empty_flushes, 1);
    disk.full = 0;
    CHECK_EQ(mmioFlush(file, 0), 0);
    check_stored(3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void discard_flushes_nothing(LONG buffer)
{
    HMMIO file = open_buffering(buffering, buffer);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)LETTERS, 2), 2);
    CHECK_EQ(mmsys_discard(file), 0);
    CHECK_EQ(disk.flushes, 0);
    CHECK_EQ(disk.closes, 1);
}

/* The very first flush fails: that cannot be distinguished from a procedure that does not know the message. The
 * procedure has the bytes, the flush is repeated, and mmioClose reports the result. */
static void a_first_flush_that_fails_is_repeated(LONG buffer)
{
    int closes;
    for (closes = 0; closes <= 1; closes++) {
        HMMIO file = open_buffering(buffering, buffer);
        disk.full = 1;
        CHECK_EQ(mmioWrite(file, LETTERS, 8), 8);
        CHECK_EQ(mmioFlush(file, 0), 0);
        CHECK_EQ(disk.after_flush, 0);
        CHECK_EQ(disk.writes, 1);
        CHECK(disk.is_held[0] && disk.is_held[7]);
        CHECK_EQ(mmioFlush(file, 0), 0);
        disk.full = closes;
        CHECK_EQ(mmioClose(file, 0), closes ? MMIOERR_CANNOTCLOSE : 0);
        if (!closes)
            check_stored(8);
    }
}

/* One of MMIOERR_* is a failure from the first flush on. */
static void a_first_flush_that_fails_with_an_error_code_is_reported(LONG buffer, int how)
{
    HMMIO file = open_buffering(buffering, buffer);
    disk.full = 1;
    disk.refusal = MMIOERR_CANNOTWRITE;
    CHECK_EQ(mmioWrite(file, LETTERS, 8), 8);
    CHECK_EQ(flush(file, how), MMIOERR_CANNOTWRITE);
    CHECK_EQ(flush(file, how), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)LETTERS, 0), -1);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(disk.closes, 0);
    disk.full = 0;
    CHECK_EQ(flush(file, how), 0);
    check_stored(8);
    CHECK_EQ(mmioClose(file, 0), how == CLOSE ? MMSYSERR_INVALHANDLE : 0);
}

/* Any other result but 0 means that the procedure does not know the message, if it has never taken one. */
static LRESULT unknown;

static LRESULT CALLBACK knows_write_only(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    if (message != MMIOM_WRITEFLUSH)
        return buffering(info, message, first, second);
    disk.empty_flushes += second == 0;
    disk.after_flush = 0;
    return second == 0 ? unknown : 0;
}

static void not_knowing_a_flush_is_no_failure(LONG buffer)
{
    static const LRESULT answers[] = {0, -1, MMSYSERR_NOTSUPPORTED, -2};
    size_t i;
    for (i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        HMMIO file = open_buffering(knows_write_only, buffer);
        unknown = answers[i];
        CHECK_EQ(mmioWrite(file, LETTERS, 8), 8);
        CHECK_EQ(mmioFlush(file, 0), 0);
        CHECK_EQ(disk.empty_flushes, 1);
        CHECK_EQ(mmioWrite(file, &LETTERS[8], 3), 3);
        CHECK_EQ(mmioSetBuffer(file, NULL, 4, 0), 0);
        CHECK_EQ(mmioWrite(file, &LETTERS[11], 4), 4);
        CHECK_EQ(mmioClose(file, 0), 0);
        check_stored(15);
    }
}

/* A procedure that knows one of the two messages, and queries its file in each, is treated like any other. */
static UINT known;

static LRESULT CALLBACK queries_and_knows_one(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO info;
    HMMIO file = ((MMIOINFO *)(void *)lpmmioinfo)->hmmio;
    CHECK(mmsys_context((MMIOINFO *)(void *)lpmmioinfo) == NULL);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK(mmioSeek(file, 0, SEEK_CUR) >= 0);
    if ((uMsg == MMIOM_WRITE || uMsg == MMIOM_WRITEFLUSH) && uMsg != known) {
        disk.after_flush = uMsg == MMIOM_WRITE && lParam2 > 0;
        return unknown;
    }
    return buffering(lpmmioinfo, uMsg, lParam1, lParam2);
}

static void a_procedure_that_queries_its_file_gets_its_data(LONG buffer, UINT message, LRESULT refusal)
{
    HMMIO file = open_buffering(queries_and_knows_one, buffer);
    known = message;
    unknown = refusal;
    CHECK_EQ(mmioWrite(file, LETTERS, 3), 3);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioWrite(file, &LETTERS[3], 20), 20);
    CHECK_EQ(mmioWrite(file, &LETTERS[23], 3), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
    check_stored(26);
}

/* During a message it moves its file, so that the call fails. But it has the bytes, and may buffer them. */
static LRESULT CALLBACK moves_its_file(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    if (uMsg == MMIOM_WRITE && disk.full) {
        disk.full = 0;
        CHECK_EQ(mmioSeek(info->hmmio, 50, SEEK_SET), 50);
    }
    return buffering(lpmmioinfo, uMsg, lParam1, lParam2);
}

static void a_call_that_its_procedure_interrupts_is_flushed(LONG buffer)
{
    HMMIO file = open_buffering(moves_its_file, buffer);
    CHECK_EQ(mmioWrite(file, LETTERS, 8), 8);
    CHECK_EQ(mmioFlush(file, 0), 0);
    disk.full = 1;
    CHECK_EQ(mmioWrite(file, &LETTERS[8], 8), -1);
    CHECK_EQ(last_error(file), MMSYSERR_HANDLEBUSY);
    CHECK_EQ(disk.after_flush, 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    check_stored(8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* In a flush of 0 bytes it writes to its own file. */
static LRESULT CALLBACK writes_when_flushed(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    if (uMsg == MMIOM_WRITEFLUSH && lParam2 == 0 && disk.full) {
        disk.full = 0;
        CHECK_EQ(mmioWrite(((MMIOINFO *)(void *)lpmmioinfo)->hmmio, &LETTERS[8], 3), 3);
    }
    return buffering(lpmmioinfo, uMsg, lParam1, lParam2);
}

static void bytes_that_a_procedure_writes_in_a_flush_are_not_lost(LONG buffer, int how)
{
    HMMIO file = open_buffering(writes_when_flushed, buffer);
    CHECK_EQ(mmioWrite(file, LETTERS, 8), 8);
    disk.full = 1;
    CHECK_EQ(flush(file, how), MMSYSERR_HANDLEBUSY);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 11);
    CHECK_EQ(flush(file, how), 0);
    check_stored(11);
    CHECK_EQ(mmioClose(file, 0), how == CLOSE ? MMSYSERR_INVALHANDLE : 0);
}

/* A flush that is owed is satisfied by one that has bytes, too. */
static void a_write_through_satisfies_an_owed_flush(LONG buffer)
{
    HMMIO file = open_buffering(buffering, buffer);
    CHECK_EQ(mmsys_set_write_through(file, 1), 0);
    CHECK_EQ(mmioWrite(file, LETTERS, 2), 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)&LETTERS[2], 3), 3);
    CHECK_EQ(disk.after_flush, 1);
    CHECK_EQ(mmioWrite(file, &LETTERS[5], 3), 3);
    check_stored(8);
    CHECK_EQ(disk.flushes, 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.flushes, 2);
    CHECK_EQ(disk.empty_flushes, 0);
}

/* A procedure that changed its position has not refused an unknown message: the bytes are not sent to another
 * position, nor twice. It may hold some of them, and is flushed. */
static LRESULT CALLBACK moves_and_fails(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    if (uMsg == MMIOM_WRITE && disk.full) {
        disk.writes++;
        hold(info->lDiskOffset, (const char *)lParam1, 3);
        info->lDiskOffset += 3;
        return -1;
    }
    return buffering(lpmmioinfo, uMsg, lParam1, lParam2);
}

static void a_message_is_not_repeated_if_the_position_changed(LONG buffer)
{
    HMMIO file = open_buffering(moves_and_fails, buffer);
    disk.full = 1;
    CHECK_EQ(mmioWrite(file, LETTERS, 10), -1);
    CHECK_EQ(disk.writes, 1);
    CHECK_EQ(disk.flushes, 0);
    disk.full = 0;
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(disk.empty_flushes, 1);
    CHECK_EQ(mmioWrite(file, LETTERS, 10), 10);
    CHECK_EQ(mmioClose(file, 0), 0);
    check_stored(10);
}

int main(void)
{
    /* 5 bytes, and then 3, leave nothing in a buffer of these sizes. */
    static const LONG buffers[] = {0, 1, 3, 8};
    size_t i, j;
    int how;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        LONG buffer = buffers[i];
        for (j = 0; j < WAYS; j++)
            for (how = 0; how < FLUSHES; how++) {
                if (j == 0)
                    a_first_flush_that_fails_with_an_error_code_is_reported(buffer, how);
                a_flush_reaches_the_store(buffer, ways[j], how);
                a_flush_that_fails_is_reported_and_repeated(buffer, ways[j], how, 0);
                a_flush_that_fails_is_reported_and_repeated(buffer, ways[j], how, 1);
            }
        a_sent_flush_of_0_bytes_is_a_flush(buffer);
        write_through_reaches_the_store(buffer);
        discard_flushes_nothing(buffer);
        a_first_flush_that_fails_is_repeated(buffer);
        not_knowing_a_flush_is_no_failure(buffer);
        a_message_is_not_repeated_if_the_position_changed(buffer);
        for (how = 0; how < 4; how++)
            a_procedure_that_queries_its_file_gets_its_data(buffer, how / 2 ? MMIOM_WRITE : MMIOM_WRITEFLUSH, how % 2 - 1);
        a_call_that_its_procedure_interrupts_is_flushed(buffer);
        for (how = 0; how < FLUSHES; how++)
            bytes_that_a_procedure_writes_in_a_flush_are_not_lost(buffer, how);
        a_write_through_satisfies_an_owed_flush(buffer);
    }
    return report();
}
