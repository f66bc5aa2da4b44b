/* Callbacks that report a wrong position, use their own file or reach the last position: no byte is lost or sent twice,
 * and nothing is called after close.
 *
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "a seek that ends elsewhere", "any alignment".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "up to the last position".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "A callback that uses its own file". */
#include "callbacks.h"

static const LONG buffers[] = {0, 1, 7, 8192};
#define BUFFERS (sizeof buffers / sizeof buffers[0])

static HMMIO current;

static DWORD error_of(HMMIO file)
{
    MMIOINFO info;
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    return info.wErrorRet;
}

/* The position that it reports is not where it is: the next transfer there begins with a seek. */
static void a_seek_that_reports_another_position_is_not_believed(void)
{
    size_t i;
    for (i = 0; i < BUFFERS; i++) {
        char bytes[2] = "";
        call_for("0123456789", 10);
        current = open_called(&all_callbacks, buffers[i]);
        called.fails_from[CALL_SEEK] = 2;
        called.failure = 5;
        CHECK_EQ(mmioSeek(current, 8, SEEK_SET), -1);
        called.fails_from[CALL_SEEK] = 0;
        CHECK_EQ(mmioSeek(current, 5, SEEK_SET), 5);
        CHECK_EQ(mmioRead(current, bytes, 2), 2);
        CHECK_BYTES(bytes, "56", 2);
        CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
    }
}

/* A program may have its callbacks in a structure that is packed. */
static void the_structure_may_have_any_alignment(void)
{
    char packed[sizeof(MMSYS_CALLBACKS) + 1], bytes[4];
    memcpy(packed + 1, &all_callbacks, sizeof all_callbacks);
    call_for("0123456789", 10);
    current = mmsys_open_callbacks((const MMSYS_CALLBACKS *)(const void *)(packed + 1), &called, NULL, MMIO_READ);
    memset(packed, 0, sizeof packed);
    CHECK(current != NULL);
    CHECK_EQ(mmioRead(current, bytes, 4), 4);
    CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
}

static int64_t last_at;

static int64_t last_read(void *context, void *data, size_t count)
{
    (void)context;
    memset(data, 'x', count);
    last_at += (int64_t)count;
    return (int64_t)count;
}

static int64_t last_write(void *context, const void *data, size_t count)
{
    (void)context;
    (void)data;
    last_at += (int64_t)count;
    return (int64_t)count;
}

static int64_t last_seek(void *context, int64_t offset, int whence)
{
    (void)context;
    return last_at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? last_at : INT64_MAX;
}

/* No transfer is asked for that would end beyond the largest number: last_at would overflow. */
static void transfers_end_at_the_last_position(void)
{
    static const MMSYS_CALLBACKS last = {sizeof(MMSYS_CALLBACKS), last_read, last_write, last_seek, NULL, NULL};
    size_t i;
    for (i = 0; i < BUFFERS; i++) {
        char bytes[8] = "";
        last_at = 0;
        current = open_called(&last, buffers[i]);
        CHECK_EQ(mmsys_seek64(current, 5, SEEK_END), INT64_MAX - 5);
        CHECK_EQ(mmioRead(current, bytes, 2), 2);
        CHECK_EQ(mmioRead(current, bytes, 8), 3);
        CHECK_EQ(mmioRead(current, bytes, 8), 0);
        CHECK_EQ(mmsys_tell64(current), INT64_MAX);
        CHECK_EQ(mmsys_seek64(current, 5, SEEK_END), INT64_MAX - 5);
        CHECK_EQ(mmioWrite(current, "ab", 2), 2);
        CHECK_EQ(mmioWrite(current, "abcdefgh", 8), 3);
        CHECK_EQ(mmioWrite(current, "x", 1), -1);
        CHECK_EQ(error_of(current), MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
    }
}

static MMRESULT flushed;
static LONG written;

static void flush_current(void)
{
    flushed = mmioFlush(current, 0);
}

static void close_current(void)
{
    flushed = mmioClose(current, 0);
}

static void write_current(void)
{
    written = mmioWrite(current, "z", 1);
    flushed = (MMRESULT)error_of(current);
}

static void drop_buffer(void)
{
    called.fails_from[CALL_WRITE] = 0;
    flushed = mmioSetBuffer(current, NULL, 0, 0);
}

/* Opens callbacks with these bytes that cannot seek. */
static HMMIO open_stream(const char *bytes, size_t size, LONG buffer)
{
    MMSYS_CALLBACKS stream = all_callbacks;
    stream.seek = NULL;
    call_for(bytes, size);
    return open_called(&stream, buffer);
}

/* What was sent to a stream cannot be sent again: while write has the buffered bytes, its own file is busy. */
static void a_stream_is_sent_each_byte_once(void)
{
    static void (*const uses[])(void) = {flush_current, close_current, write_current};
    size_t i, u;
    for (i = 2; i < BUFFERS; i++) {
        for (u = 0; u < 3; u++) {
            written = -1;
            current = open_stream("", 0, buffers[i]);
            called.nested = uses[u];
            called.nested_in = CALL_WRITE;
            CHECK_EQ(mmioWrite(current, "abcd", 4), 4);
            CHECK_EQ(mmioFlush(current, 0), MMSYSERR_NOERROR);
            CHECK_EQ(flushed, MMSYSERR_HANDLEBUSY);
            CHECK_EQ(written, -1);
            CHECK_EQ(called.size, 4);
            CHECK_BYTES(called.bytes, "abcd", 4);
            CHECK_EQ(called.calls[CALL_CLOSE], 0);
            CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
            CHECK_EQ(called.calls[CALL_CLOSE], 1);
        }
    }
}

static MMRESULT closing_flags, closed;
static int calls_when_closed;

static int all_calls(void)
{
    int call, calls = 0;
    for (call = 0; call < CALL_CLOSE; call++) {
        calls += called.calls[call];
    }
    return calls;
}

static void close_for_good(void)
{
    closed = mmioClose(current, closing_flags);
    calls_when_closed = all_calls();
}

static void skip_in_pieces(void)
{
    called.most = 2;
    called.nested_in = CALL_READ;
    CHECK_EQ(mmioSeek(current, 5, SEEK_SET), -1);
}

static void seek_from_the_end(void)
{
    called.nested_in = CALL_SEEK;
    CHECK_EQ(mmioSeek(current, 3, SEEK_END), -1);
}

static LONG transfer(int call)
{
    char byte = 'x';
    return call == CALL_READ ? mmioRead(current, &byte, 1) : mmioWrite(current, &byte, 1);
}

/* After a failure the position of the callbacks is not known: a seek comes before the transfer. */
static void transfer_after_a_failure(int call)
{
    void (*nested)(void) = called.nested;
    called.nested = NULL;
    called.fails_from[call] = 1;
    CHECK_EQ(transfer(call), -1);
    called.fails_from[call] = 0;
    called.nested = nested;
    called.nested_in = CALL_SEEK;
    CHECK_EQ(transfer(call), -1);
}

static void read_after_a_failure(void)
{
    transfer_after_a_failure(CALL_READ);
}

static void write_after_a_failure(void)
{
    transfer_after_a_failure(CALL_WRITE);
}

/* A callback closes its own file in the middle of a call that needs another one: the context may be freed. */
static void after_close_nothing_is_called(void)
{
    static void (*const uses[])(void) = {skip_in_pieces, seek_from_the_end, read_after_a_failure, write_after_a_failure};
    static const MMRESULT flags[] = {0, MMIO_FHOPEN};
    size_t u, f;
    for (f = 0; f < 2; f++) {
        for (u = 0; u < sizeof uses / sizeof uses[0]; u++) {
            MMSYS_CALLBACKS some = all_callbacks;
            if (uses[u] == skip_in_pieces) {
                some.seek = NULL;
            }
            call_for("0123456789", 10);
            closing_flags = flags[f];
            closed = 1;
            current = open_called(&some, 0);
            called.nested = close_for_good;
            uses[u]();
            CHECK_EQ(closed, MMSYSERR_NOERROR);
            CHECK_EQ(all_calls(), calls_when_closed);
            CHECK_EQ(mmioClose(current, 0), MMSYSERR_INVALHANDLE);
        }
    }
}

static void write_in_the_next_call(void)
{
    called.nested = write_current;
}

/* While a stream skips bytes to seek forward, read writes to its own file. Bytes that were accepted are sent. */
static void what_is_written_during_a_skip_is_sent(void)
{
    static void (*const uses[])(void) = {write_current, write_in_the_next_call};
    size_t i, u;
    for (i = 0; i < BUFFERS; i++) {
        for (u = 0; u < 2; u++) {
            written = -1;
            current = open_stream("0123456789", 10, buffers[i]);
            called.most = 2;
            called.nested = uses[u];
            called.nested_in = CALL_READ;
            CHECK_EQ(mmioSeek(current, 5, SEEK_SET), u == 0 ? -1 : 5);
            CHECK_EQ(error_of(current), u == 0 ? MMSYSERR_HANDLEBUSY : MMIOERR_CANNOTSEEK);
            /* In the middle of the skip it is refused. */
            CHECK_EQ(written, u == 0 ? 1 : -1);
            CHECK_EQ(mmsys_tell64(current), 5);
            CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
            CHECK_EQ(called.calls[CALL_WRITE], u == 0);
        }
    }
}

static void read_current(void)
{
    char byte;
    written = mmioRead(current, &byte, 1);
}

/* The read, or the seek, fails, because it cannot be continued; the stream goes on after the bytes that it passed. */
static void a_stream_that_its_read_uses_goes_on(void)
{
    static void (*const uses[])(void) = {write_current, read_current};
    size_t i, u;
    int is_seek;
    for (i = 0; i < BUFFERS; i++) {
        for (u = 0; u < 2; u++) {
            for (is_seek = 0; is_seek < 2; is_seek++) {
                char bytes[4];
                int64_t position;
                written = -1;
                current = open_stream("0123456789abcdefghijklmnopqrstuvwxyz", 36, buffers[i]);
                called.most = 2;
                called.nested = uses[u];
                called.nested_in = CALL_READ;
                CHECK_EQ(is_seek ? mmioSeek(current, 5, SEEK_SET) : mmioRead(current, bytes, 3), -1);
                CHECK_EQ(error_of(current), MMSYSERR_HANDLEBUSY);
                CHECK_EQ(written, 1);
                position = mmsys_tell64(current);
                CHECK(position >= 3);
                CHECK_EQ(mmioRead(current, bytes, 4), 4);
                CHECK_EQ(mmioSeek(current, 2, SEEK_CUR), position + 6);
                called.most = 0;
                CHECK_EQ(mmioWrite(current, "xyz", 3), 3);
                CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
                CHECK(memcmp(called.bytes + called.at - 3, "xyz", 3) == 0);
            }
        }
    }
}

/* A seek comes before the transfer, as after a failure the position is not known. Its callback uses the file. */
static void a_seek_that_uses_its_file_is_reported(void)
{
    static void (*const uses[])(void) = {write_current, read_current};
    size_t i, u;
    int call;
    for (i = 0; i < BUFFERS; i++) {
        for (u = 0; u < 2; u++) {
            for (call = CALL_READ; call <= CALL_WRITE; call++) {
                char byte;
                int is_read = call == CALL_READ, is_at_end;
                for (is_at_end = 0; is_at_end < 2; is_at_end++) {
                    int goes_on = is_at_end && u == 1;
                    call_for("0123456789", 10);
                    current = open_called(&all_callbacks, buffers[i]);
                    CHECK_EQ(mmioSeek(current, is_at_end ? 0 : 8, SEEK_END), is_at_end ? 10 : 2);
                    called.fails_from[CALL_READ] = 1;
                    CHECK_EQ(mmioRead(current, &byte, 1), -1);
                    called.fails_from[CALL_READ] = 0;
                    called.nested = uses[u];
                    called.nested_in = CALL_SEEK;
                    if (is_read) {
                        CHECK_EQ(mmioRead(current, &byte, 1), goes_on ? 0 : -1);
                    } else {
                        CHECK_EQ(mmsys_set_write_through(current, 1), 0);
                        CHECK_EQ(mmioWrite(current, "w", 1), goes_on ? 1 : -1);
                    }
                    CHECK_EQ(error_of(current), goes_on ? MMIOERR_CANNOTREAD : MMSYSERR_HANDLEBUSY);
                    CHECK_EQ(written, is_at_end && u == 1 ? 0 : 1);
                    CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
                }
            }
        }
    }
}

/* The same, where bytes could not be sent before: they stay in the buffer. */
static void what_is_not_sent_before_a_skip_is_sent_once(void)
{
    size_t i;
    for (i = 2; i < BUFFERS; i++) {
        current = open_stream("0123456789", 10, buffers[i]);
        CHECK_EQ(mmioWrite(current, "abcd", 4), 4);
        called.fails_from[CALL_WRITE] = 1;
        called.nested = drop_buffer;
        called.nested_in = CALL_READ;
        CHECK_EQ(mmioSeek(current, 9, SEEK_SET), 9);
        CHECK_EQ(flushed, MMSYSERR_HANDLEBUSY);
        CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
        CHECK_EQ(called.calls[CALL_WRITE], 2);
    }
}

int main(void)
{
    after_close_nothing_is_called();
    what_is_written_during_a_skip_is_sent();
    what_is_not_sent_before_a_skip_is_sent_once();
    a_stream_that_its_read_uses_goes_on();
    a_seek_that_uses_its_file_is_reported();
    a_seek_that_reports_another_position_is_not_believed();
    the_structure_may_have_any_alignment();
    transfers_end_at_the_last_position();
    a_stream_is_sent_each_byte_once();
    return report();
}
