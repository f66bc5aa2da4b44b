/* Procedures that fail to read, seek or close, and procedures that return impossible numbers.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "The library trusts no number they return".
 * Shows docs/contract.md, 5. I/O procedures and messages: "A procedure that knows only one of the two".
 * Shows docs/contract.md, 3. The buffer: "A seek that returns -1 does not change the position", "MMIOERR_CANNOTREAD".
 * Shows docs/differences.md, RIFF: "A procedure that does not reach". */
#include "procedure.h"

static char buffer[16], read_into[64];

static void a_read_that_fails_keeps_the_position(void)
{
    LONG cch;
    for (cch = 0; cch <= 8; cch += 8) {
        HMMIO file;
        serve_bytes(LETTERS, 26);
        file = open_served(cch > 0 ? buffer : NULL, cch);
        served.reads_fail = 1;
        CHECK_EQ(mmioRead(file, read_into, 3), -1);
        CHECK_EQ(last_error(file), MMIOERR_CANNOTREAD);
        CHECK_EQ(mmioRead(file, read_into, 20), -1);
        CHECK_EQ(position_of(file), 0);
        served.reads_fail = 0;
        CHECK_EQ(mmioRead(file, read_into, 3), 3);
        CHECK_BYTES(read_into, LETTERS, 3);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

static void a_read_returns_the_bytes_before_the_failure(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    served.reads_fail = 1;
    CHECK_EQ(mmioRead(file, read_into, 7), 5);
    CHECK_BYTES(read_into, &LETTERS[3], 5);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTREAD);
    CHECK_EQ(mmioRead(file, read_into, 7), -1);
    CHECK_EQ(position_of(file), 8);
    served.reads_fail = 0;
    CHECK_EQ(mmioRead(file, read_into, 7), 7);
    CHECK_BYTES(read_into, &LETTERS[8], 7);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_failed_advance_keeps_the_position(void)
{
    MMIOINFO info;
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    info = info_of(file);
    info.pchNext += 2;
    served.reads_fail = 1;
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), MMIOERR_CANNOTREAD);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTREAD);
    CHECK_EQ(position_of(file), 5);
    served.reads_fail = 0;
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    CHECK_BYTES(read_into, "fgh", 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_failed_descend_keeps_the_position(void)
{
    MMCKINFO chunk;
    HMMIO file;
    memset(&chunk, 0, sizeof chunk);
    serve_bytes("data\3\0\0\0abc\0", 12);
    file = open_served(buffer, 8);
    served.reads_fail = 1;
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMIOERR_CANNOTREAD);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTREAD);
    CHECK_EQ(position_of(file), 0);
    served.reads_fail = 0;
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), 0);
    CHECK_EQ(chunk.cksize, 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_seek_that_fails_keeps_the_position(void)
{
    static const LONG origins[] = {SEEK_SET, SEEK_CUR, SEEK_END};
    int i;
    for (i = 0; i < 3; i++) {
        HMMIO file;
        serve_bytes(LETTERS, 26);
        file = open_served(buffer, 8);
        CHECK_EQ(mmioRead(file, read_into, 3), 3);
        CHECK_EQ(mmioWrite(file, "D", 1), 1);
        served.seeks_fail = 1;
        CHECK_EQ(mmioSeek(file, 20, (int)origins[i]), -1);
        CHECK_EQ(position_of(file), 4);
        served.seeks_fail = 0;
        CHECK_EQ(mmioRead(file, read_into, 6), 6);
        CHECK_BYTES(read_into, "efghij", 6);
        CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
        CHECK_EQ(mmioClose(file, 0), 0);
        SERVED_IS("abcDefghijklmnopqrstuvwxyz", 26);
    }
}

static void ascend_fails_if_it_cannot_seek(void)
{
    MMCKINFO chunk;
    HMMIO file;
    memset(&chunk, 0, sizeof chunk);
    serve_bytes("data\x10\0\0\0" LETTERS, 34);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), 0);
    served.seeks_fail = 1;
    CHECK_EQ(mmioAscend(file, &chunk, 0), MMIOERR_CANNOTSEEK);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTSEEK);
    CHECK_EQ(position_of(file), 8);
    served.seeks_fail = 0;
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(position_of(file), 24);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* The procedure of a stream: it returns 0 for every seek, and does not move. */
static LRESULT CALLBACK serve_without_seeking(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    return message == MMIOM_SEEK ? 0 : serve(info, message, first, second);
}

static void a_size_is_not_written_at_a_wrong_position(void)
{
    LONG cch;
    for (cch = 0; cch <= 16; cch += 4) {
        MMIOINFO info;
        HMMIO file;
        MMCKINFO chunk;
        serve_bytes("", 0);
        memset(&info, 0, sizeof info);
        info.pIOProc = serve_without_seeking;
        info.cchBuffer = cch;
        file = mmioOpen((LPSTR) "stream", &info, MMIO_WRITE);
        memset(&chunk, 0, sizeof chunk);
        chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
        CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
        CHECK_EQ(mmioWrite(file, "abcdef", 6), 6);
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
        CHECK_EQ(mmioAscend(file, &chunk, 0), MMIOERR_CANNOTSEEK);
        CHECK_EQ(chunk.dwFlags, MMIO_DIRTY);
        CHECK_EQ(position_of(file), 14);
        CHECK_EQ(mmioClose(file, 0), 0);
        SERVED_IS("data\0\0\0\0abcdef", 14);
    }
}

static void dirty_bytes_that_cannot_be_positioned_are_kept(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    /* The procedure is at 8. It must seek back to write these bytes. */
    CHECK_EQ(mmioWrite(file, "DE", 2), 2);
    served.seeks_fail = 1;
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK(is_dirty(file));
    CHECK_EQ(position_of(file), 5);
    SERVED_IS(LETTERS, 26);
    served.seeks_fail = 0;
    CHECK_EQ(mmioClose(file, 0), 0);
    SERVED_IS("abcDEfghijklmnopqrstuvwxyz", 26);
}

/* All bytes are in the file by then, so there is nothing to repeat. */
static void the_result_of_close_is_returned_and_the_file_closed(void)
{
    HMMIO file;
    serve_bytes("", 0);
    file = open_served(buffer, 8);
    served.result_of_close = 1234;
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioClose(file, 0), 1234);
    CHECK_EQ(count_sent(MMIOM_CLOSE), 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
    SERVED_IS("abc", 3);
}

/* The impossible number that a transfer returns. */
static LRESULT nonsense;

static LRESULT CALLBACK return_nonsense(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    (void)info, (void)first;
    if (message == MMIOM_OPEN || message == MMIOM_CLOSE || message == MMIOM_SEEK) {
        return 0;
    }
    return nonsense == 0 ? second + 1 : nonsense;
}

static void impossible_counts_are_errors_and_never_an_overrun(void)
{
    static const LRESULT results[] = {0, -2, 0x7fffffff, INT32_MIN, INTPTR_MAX, INTPTR_MIN};
    LONG cch;
    int i;
    for (i = 0; i < 6; i++) {
        for (cch = 0; cch <= 8; cch += 8) {
            HMMIO file = open_custom(return_nonsense, NULL, cch);
            nonsense = results[i];
            CHECK_EQ(mmioRead(file, read_into, 3), -1);
            CHECK_EQ(last_error(file), MMIOERR_CANNOTREAD);
            CHECK_EQ(mmioRead(file, read_into, 20), -1);
            CHECK_EQ(mmioWrite(file, LETTERS, 20), -1);
            CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
            CHECK_EQ(position_of(file), 0);
            CHECK_EQ(mmioWrite(file, LETTERS, 3), cch > 0 ? 3 : -1);
            CHECK_EQ(mmioFlush(file, 0), cch > 0 ? MMIOERR_CANNOTWRITE : 0);
            CHECK_EQ(mmioClose(file, 0), cch > 0 ? MMIOERR_CANNOTWRITE : 0);
            nonsense = 3;
            CHECK_EQ(mmioClose(file, 0), cch > 0 ? 0 : MMSYSERR_INVALHANDLE);
        }
    }
}

/* A procedure that knows only one of the two write messages, and returns 0 for the other. */
static UINT understood;

static LRESULT CALLBACK serve_one_kind(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    UINT not_understood = understood == MMIOM_WRITE ? MMIOM_WRITEFLUSH : MMIOM_WRITE;
    if (message == not_understood) {
        served.log[served.messages++].message = message;
        return 0;
    }
    return serve(info, message, first, second);
}

static void a_procedure_that_knows_one_kind_of_write_gets_its_data(void)
{
    static const UINT kinds[] = {MMIOM_WRITE, MMIOM_WRITEFLUSH};
    static const int refused[2][3] = {{3, 5, 6}, {3, 2, 2}};
    LONG cch;
    int i;
    for (i = 0; i < 2; i++) {
        for (cch = 0; cch <= 8; cch += 4) {
            HMMIO file;
            serve_bytes("", 0);
            understood = kinds[i];
            file = open_custom(serve_one_kind, NULL, cch);
            CHECK_EQ(mmioWrite(file, LETTERS, 12), 12);
            CHECK_EQ(mmioWrite(file, &LETTERS[12], 3), 3);
            CHECK_EQ(mmioFlush(file, 0), 0);
            SERVED_IS(LETTERS, 15);
            CHECK_EQ(mmioWrite(file, &LETTERS[15], 10), 10);
            CHECK_EQ(mmioFlush(file, 0), 0);
            CHECK_EQ(mmioWrite(file, &LETTERS[25], 1), 1);
            CHECK_EQ(mmioClose(file, 0), 0);
            SERVED_IS(LETTERS, 26);
            /* MMIOM_WRITE is sent once between two flushes. Each of three flushes sends the dirty bytes as
             * MMIOM_WRITEFLUSH, and ends with one of 0 bytes. */
            CHECK_EQ(count_sent(kinds[1 - i]), refused[i][cch / 4]);
        }
    }
}

int main(void)
{
    a_read_that_fails_keeps_the_position();
    a_read_returns_the_bytes_before_the_failure();
    a_failed_advance_keeps_the_position();
    a_failed_descend_keeps_the_position();
    a_seek_that_fails_keeps_the_position();
    ascend_fails_if_it_cannot_seek();
    a_size_is_not_written_at_a_wrong_position();
    dirty_bytes_that_cannot_be_positioned_are_kept();
    the_result_of_close_is_returned_and_the_file_closed();
    impossible_counts_are_errors_and_never_an_overrun();
    a_procedure_that_knows_one_kind_of_write_gets_its_data();
    return report();
}
