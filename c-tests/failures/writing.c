/* A procedure that refuses bytes, or takes none or only some: nothing is lost, the call reports it, and the same
 * call succeeds when the cause is gone.
 *
 * Shows docs/contract.md, 3. The buffer: "Failures lose nothing", "MMIOERR_CANNOTWRITE", "the handle stays open".
 * Shows docs/differences.md, Writing: "mmioClose that cannot write leaves the file open", "A full buffer". */
#include "procedure.h"

static char buffer[16], other[4], read_into[64];

/* A procedure reports that there is no space by an error, or by taking no bytes. */
static const LRESULT refusals[] = {-1, 0};
enum { REFUSALS = 2 };

static void fill_disk(LRESULT refusal, LONG room)
{
    served.refusal = refusal;
    served.room = room;
}

static void free_disk(void)
{
    served.room = SERVED_ROOM;
}

/* Opens a file with a buffer of 8 bytes, five of them dirty, and no space for any of them. */
static HMMIO open_stuck(LRESULT refusal)
{
    HMMIO file;
    serve_bytes("", 0);
    file = open_served(buffer, 8);
    fill_disk(refusal, 0);
    CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
    CHECK_EQ(last_error(file), 0);
    return file;
}

static void check_still_stuck(HMMIO file, LONG position)
{
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK(is_dirty(file));
    CHECK(info_of(file).pchBuffer == buffer);
    CHECK_EQ(info_of(file).cchBuffer, 8);
    CHECK_EQ(position_of(file), position);
    CHECK_BYTES(buffer, LETTERS, 5);
    CHECK_EQ(served.size, 0);
}

static void close_complete(HMMIO file, LONG size)
{
    CHECK_EQ(mmioClose(file, 0), 0);
    SERVED_IS(LETTERS, size);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
}

static void a_failed_flush_keeps_the_bytes(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i]);
        CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        free_disk();
        CHECK_EQ(mmioFlush(file, 0), 0);
        SERVED_IS(LETTERS, 5);
        CHECK(!is_dirty(file));
        close_complete(file, 5);
    }
}

static void a_failed_set_buffer_keeps_the_buffer(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i]);
        CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        CHECK_EQ(mmioSetBuffer(file, NULL, 100, 0), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        CHECK_EQ(mmioSetBuffer(file, other, 4, 0), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        free_disk();
        CHECK_EQ(mmioSetBuffer(file, other, 4, 0), 0);
        CHECK(info_of(file).pchBuffer == other);
        SERVED_IS(LETTERS, 5);
        CHECK_EQ(mmioWrite(file, "f", 1), 1);
        close_complete(file, 6);
    }
}

static void a_failed_advance_keeps_the_bytes(void)
{
    static const UINT flags[] = {MMIO_READ, MMIO_WRITE};
    int i;
    for (i = 0; i < 2 * REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i % REFUSALS]);
        MMIOINFO info = info_of(file);
        CHECK_EQ(mmioAdvance(file, &info, flags[i / REFUSALS]), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        CHECK_EQ(mmioAdvance(file, NULL, flags[i / REFUSALS]), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        free_disk();
        CHECK_EQ(mmioAdvance(file, &info, flags[i / REFUSALS]), 0);
        CHECK_EQ(info.lBufOffset, 5);
        SERVED_IS(LETTERS, 5);
        close_complete(file, 5);
    }
}

static void direct_bytes_survive_a_failed_advance(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i]);
        MMIOINFO info = info_of(file);
        memcpy(info.pchNext, "fgh", 3);
        info.pchNext += 3;
        info.dwFlags |= MMIO_DIRTY;
        CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 8);
        CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 8);
        free_disk();
        close_complete(file, 8);
    }
}

static void a_failed_seek_keeps_the_position(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i]);
        CHECK_EQ(mmioSeek(file, 20, SEEK_SET), -1);
        check_still_stuck(file, 5);
        CHECK_EQ(mmioSeek(file, 15, SEEK_CUR), -1);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
        check_still_stuck(file, 5);
        /* Inside the buffer nothing has to be written. */
        CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
        CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
        free_disk();
        CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
        SERVED_IS(LETTERS, 5);
        close_complete(file, 5);
    }
}

static void a_failed_read_after_a_write_keeps_the_position(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i]);
        CHECK_EQ(mmioRead(file, read_into, 1), -1);
        check_still_stuck(file, 5);
        CHECK_EQ(mmioRead(file, read_into, 20), -1);
        check_still_stuck(file, 5);
        free_disk();
        CHECK_EQ(mmioRead(file, read_into, 1), 0);
        close_complete(file, 5);
    }
}

static void a_failed_close_leaves_the_file_open(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i]);
        CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
        check_still_stuck(file, 5);
        CHECK_EQ(count_sent(MMIOM_CLOSE), 0);
        free_disk();
        CHECK_EQ(mmioWrite(file, "fg", 2), 2);
        close_complete(file, 7);
        CHECK_EQ(count_sent(MMIOM_CLOSE), 1);
    }
}

static void a_write_returns_what_was_accepted(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        HMMIO file = open_stuck(refusals[i]);
        /* Three more fit in the buffer. */
        CHECK_EQ(mmioWrite(file, &LETTERS[5], 5), 3);
        check_still_stuck(file, 8);
        CHECK_EQ(mmioWrite(file, &LETTERS[8], 5), -1);
        check_still_stuck(file, 8);
        CHECK_EQ(mmioWrite(file, &LETTERS[8], 18), -1);
        check_still_stuck(file, 8);
        free_disk();
        CHECK_EQ(mmioWrite(file, &LETTERS[8], 18), 18);
        close_complete(file, 26);
    }
}

static void a_bypassing_write_that_is_refused_leaves_nothing(void)
{
    LONG cch;
    int i;
    for (i = 0; i < REFUSALS; i++) {
        for (cch = 0; cch <= 8; cch += 8) {
            HMMIO file;
            serve_bytes("", 0);
            file = open_served(cch > 0 ? buffer : NULL, cch);
            fill_disk(refusals[i], 0);
            CHECK_EQ(mmioWrite(file, LETTERS, 20), -1);
            CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
            CHECK(!is_dirty(file));
            CHECK_EQ(position_of(file), 0);
            fill_disk(refusals[i], 3);
            CHECK_EQ(mmioWrite(file, LETTERS, 20), 3);
            CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
            CHECK_EQ(position_of(file), 3);
            free_disk();
            CHECK_EQ(mmioWrite(file, &LETTERS[3], 20), 20);
            close_complete(file, 23);
        }
    }
}

/* The disk takes one byte more with each attempt. Bytes that it took are not sent again, the others are kept. */
static void a_disk_that_fills_up_loses_nothing(void)
{
    int i;
    for (i = 0; i < REFUSALS; i++) {
        LONG room, at = 0;
        HMMIO file;
        serve_bytes("", 0);
        file = open_served(buffer, 8);
        for (room = 0; room < 26; room++) {
            LONG count, wanted = least_of(7, 26 - at);
            fill_disk(refusals[i], room);
            count = wanted > 0 ? mmioWrite(file, &LETTERS[at], wanted) : 0;
            at += count > 0 ? count : 0;
            CHECK_EQ(position_of(file), at);
            CHECK_EQ(mmioFlush(file, 0), at > room ? MMIOERR_CANNOTWRITE : 0);
            CHECK_EQ(position_of(file), at);
            SERVED_IS(LETTERS, least_of(room, at));
        }
        free_disk();
        CHECK_EQ(mmioWrite(file, &LETTERS[at], 26 - at), 26 - at);
        close_complete(file, 26);
    }
}

static void a_failed_ascend_can_be_repeated(void)
{
    LONG cch, room;
    int i;
    for (i = 0; i < REFUSALS; i++) {
        for (cch = 0; cch <= 12; cch += 4) {
            /* The header and its data fit, but there is no space for the pad byte. */
            for (room = 13; room <= 14; room++) {
                MMCKINFO chunk;
                HMMIO file;
                memset(&chunk, 0, sizeof chunk);
                serve_bytes("", 0);
                file = open_served(cch > 0 ? buffer : NULL, cch);
                chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
                CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
                CHECK_EQ(mmioWrite(file, LETTERS, 5), 5);
                CHECK_EQ(mmioFlush(file, 0), 0);
                fill_disk(refusals[i], room == 13 ? 13 : 0);
                CHECK_EQ(mmioAscend(file, &chunk, 0), MMIOERR_CANNOTWRITE);
                CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
                CHECK_EQ(position_of(file), 13);
                CHECK_EQ(chunk.dwFlags, MMIO_DIRTY);
                CHECK_EQ(chunk.cksize, 0);
                free_disk();
                CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
                CHECK_EQ(chunk.dwFlags, 0);
                CHECK_EQ(chunk.cksize, 5);
                CHECK_EQ(position_of(file), 14);
                CHECK_EQ(mmioClose(file, 0), 0);
                SERVED_IS("data\5\0\0\0abcde\0", 14);
            }
        }
    }
}

static void a_failed_create_chunk_can_be_repeated(void)
{
    LONG cch, room;
    for (cch = 0; cch <= 16; cch += 4) {
        for (room = 0; room < 12; room++) {
            MMCKINFO chunk;
            HMMIO file;
            MMRESULT result;
            memset(&chunk, 0, sizeof chunk);
            serve_bytes("", 0);
            file = open_served(cch > 0 ? buffer : NULL, cch);
            fill_disk(-1, room);
            chunk.fccType = mmioFOURCC('W', 'A', 'V', 'E');
            chunk.cksize = 4;
            result = mmioCreateChunk(file, &chunk, MMIO_CREATERIFF);
            /* The bytes that the disk does not take may fit in the buffer. */
            CHECK_EQ(result, 12 - room >= cch ? MMIOERR_CANNOTWRITE : 0);
            if (result != 0) {
                CHECK_EQ(position_of(file), 0);
                free_disk();
                CHECK_EQ(mmioCreateChunk(file, &chunk, MMIO_CREATERIFF), 0);
            }
            free_disk();
            CHECK_EQ(position_of(file), 12);
            CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
            CHECK_EQ(mmioClose(file, 0), 0);
            SERVED_IS("RIFF\4\0\0\0WAVE", 12);
        }
    }
}

int main(void)
{
    a_failed_flush_keeps_the_bytes();
    a_failed_set_buffer_keeps_the_buffer();
    a_failed_advance_keeps_the_bytes();
    direct_bytes_survive_a_failed_advance();
    a_failed_seek_keeps_the_position();
    a_failed_read_after_a_write_keeps_the_position();
    a_failed_close_leaves_the_file_open();
    a_write_returns_what_was_accepted();
    a_bypassing_write_that_is_refused_leaves_nothing();
    a_disk_that_fills_up_loses_nothing();
    a_failed_ascend_can_be_repeated();
    a_failed_create_chunk_can_be_repeated();
    return report();
}
