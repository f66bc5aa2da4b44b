/* Flushes of procedures that know only one of the two write messages, that use or move their own file during a
 * message, or that change their position and fail: no byte is lost or written twice.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "The flush reaches the procedure", "A flush is owed".
 * Shows docs/contract.md, 5. I/O procedures and messages: "A procedure that knows only one of the two".
 * Shows docs/differences.md, Procedures: "A procedure may use the file that it is called for". */
#include "buffering.h"

#include <mmsystem_ext.h>

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
    static const LRESULT results[] = {0, -1, MMSYSERR_NOTSUPPORTED, -2};
    size_t i;
    for (i = 0; i < sizeof results / sizeof results[0]; i++) {
        HMMIO file = open_buffering(knows_write_only, buffer);
        unknown = results[i];
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
    HMMIO file = ((MMIOINFO *)(void *)lpmmioinfo)->hmmio;
    CHECK(mmsys_context((MMIOINFO *)(void *)lpmmioinfo) == NULL);
    CHECK(info_of(file).hmmio == file);
    CHECK(position_of(file) >= 0);
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

static void bytes_that_a_procedure_writes_in_a_flush_are_not_lost(LONG buffer, int call)
{
    HMMIO file = open_buffering(writes_when_flushed, buffer);
    CHECK_EQ(mmioWrite(file, LETTERS, 8), 8);
    disk.full = 1;
    CHECK_EQ(flush(file, call), MMSYSERR_HANDLEBUSY);
    CHECK_EQ(position_of(file), 11);
    CHECK_EQ(flush(file, call), 0);
    check_stored(11);
    CHECK_EQ(mmioClose(file, 0), call == CLOSE ? MMSYSERR_INVALHANDLE : 0);
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
    /* 8 bytes leave nothing in a buffer of these sizes. */
    static const LONG buffers[] = {0, 1, 3, 8};
    size_t i;
    int refused, call;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        LONG buffer = buffers[i];
        not_knowing_a_flush_is_no_failure(buffer);
        a_message_is_not_repeated_if_the_position_changed(buffer);
        for (refused = -1; refused <= 0; refused++) {
            a_procedure_that_queries_its_file_gets_its_data(buffer, MMIOM_WRITEFLUSH, refused);
            a_procedure_that_queries_its_file_gets_its_data(buffer, MMIOM_WRITE, refused);
        }
        a_call_that_its_procedure_interrupts_is_flushed(buffer);
        for (call = 0; call < FLUSHES; call++) {
            bytes_that_a_procedure_writes_in_a_flush_are_not_lost(buffer, call);
        }
    }
    return report();
}
