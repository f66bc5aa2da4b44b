/* A flush reaches a procedure that buffers, whichever call sent it the bytes: when mmioFlush, mmioSetBuffer or
 * mmioClose has returned 0, the bytes are in its store. If it cannot empty its buffer, the call fails, and the file
 * stays open.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "The flush reaches the procedure", "A flush is owed".
 * Shows docs/contract.md, 5. I/O procedures and messages: "Write-through".
 * Shows docs/differences.md, Writing: "A flush reaches the procedure", "with a count of 0".
 * Shows docs/procedures.md, A procedure that buffers: "On MMIOM_WRITEFLUSH". */
#include "buffering.h"

#include <mmsystem_ext.h>

/* What sends bytes as MMIOM_WRITE, so that nothing is dirty afterwards. Each function writes some of the letters at
 * the beginning of the file, and returns how many. */
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

typedef LONG (*sender)(HMMIO);
static const sender senders[] = {by_a_full_buffer, past_the_buffer, by_a_seek, by_advance, by_a_read,
                                 by_ascend,        by_a_sent_write, by_a_sent_write_after_a_flush};
enum { SENDERS = sizeof senders / sizeof senders[0] };

static void a_flush_reaches_the_store(LONG buffer, sender send, int call)
{
    HMMIO file = open_buffering(buffering, buffer);
    LONG count = send(file);
    int flushes = disk.flushes, empty_flushes = disk.empty_flushes, seeks = disk.seeks;
    CHECK(disk.after_flush > 0);
    CHECK_EQ(flush(file, call), 0);
    check_stored(count);
    /* One message of 0 bytes, whatever the position of the procedure. */
    CHECK_EQ(disk.flushes, flushes + 1);
    CHECK_EQ(disk.empty_flushes, empty_flushes + 1);
    CHECK_EQ(disk.seeks, seeks);
    if (call != CLOSE) {
        /* No bytes were sent since: nothing is sent. */
        CHECK_EQ(mmioFlush(file, 0), 0);
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
        CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), 0);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(disk.flushes, flushes + 1);
    }
    CHECK_EQ(disk.closes, 1);
}

/* The procedure took a MMIOM_WRITEFLUSH before, of some bytes or of none, and now cannot empty its buffer. */
static void a_flush_that_fails_is_reported_and_repeated(LONG buffer, sender send, int call, int with_bytes)
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
    CHECK_EQ(flush(file, call), MMIOERR_CANNOTWRITE);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(flush(file, call), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(disk.closes, 0);
    disk.full = 0;
    CHECK_EQ(flush(file, call), 0);
    check_stored(count);
    CHECK_EQ(mmioClose(file, 0), call == CLOSE ? MMSYSERR_INVALHANDLE : 0);
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
static void a_first_flush_that_fails_with_an_error_code_is_reported(LONG buffer, int call)
{
    HMMIO file = open_buffering(buffering, buffer);
    disk.full = 1;
    disk.refusal = MMIOERR_CANNOTWRITE;
    CHECK_EQ(mmioWrite(file, LETTERS, 8), 8);
    CHECK_EQ(flush(file, call), MMIOERR_CANNOTWRITE);
    CHECK_EQ(flush(file, call), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)LETTERS, 0), -1);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(disk.closes, 0);
    disk.full = 0;
    CHECK_EQ(flush(file, call), 0);
    check_stored(8);
    CHECK_EQ(mmioClose(file, 0), call == CLOSE ? MMSYSERR_INVALHANDLE : 0);
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

int main(void)
{
    /* 5 bytes, and then 3, leave nothing in a buffer of these sizes. */
    static const LONG buffers[] = {0, 1, 3, 8};
    size_t i, j;
    int call;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        LONG buffer = buffers[i];
        for (j = 0; j < SENDERS; j++)
            for (call = 0; call < FLUSHES; call++) {
                if (j == 0)
                    a_first_flush_that_fails_with_an_error_code_is_reported(buffer, call);
                a_flush_reaches_the_store(buffer, senders[j], call);
                a_flush_that_fails_is_reported_and_repeated(buffer, senders[j], call, 0);
                a_flush_that_fails_is_reported_and_repeated(buffer, senders[j], call, 1);
            }
        a_sent_flush_of_0_bytes_is_a_flush(buffer);
        write_through_reaches_the_store(buffer);
        discard_flushes_nothing(buffer);
        a_first_flush_that_fails_is_repeated(buffer);
        a_write_through_satisfies_an_owed_flush(buffer);
    }
    return report();
}
