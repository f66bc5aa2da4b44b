/* A file whose bytes callbacks supply: when each is called, what each failure does, and which may be NULL.
 *
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "mmsys_open_callbacks", "A callback that is NULL".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "Position", "the file is a stream", "MMIO_FHOPEN".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "close is not called", "Results", "MMIOM_WRITEFLUSH".
 * Shows docs/contract.md, 11. Callbacks, and parts of files: "accepted if the rest of it is 0", "Messages". */
#include "callbacks.h"

static const LONG buffers[] = {0, 1, 7, 8192};

static HMMIO current;

static DWORD error_of(HMMIO file)
{
    MMIOINFO info;
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    return info.wErrorRet;
}

static void each_is_called_when_it_is_needed(void)
{
    char bytes[8] = "";
    HMMIO file;
    call_for("0123456789", 10);
    called.at = 4;
    file = open_called(&all_callbacks, 0);
    CHECK_EQ(called.calls[CALL_SEEK], 1);
    CHECK_EQ(called.whence, SEEK_CUR);
    CHECK_EQ(mmsys_tell64(file), 4);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "456", 3);
    CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(called.calls[CALL_SEEK], 1);
    CHECK_EQ(mmioSeek(file, 1, SEEK_END), 9);
    CHECK_EQ(mmioRead(file, bytes, 3), 1);
    CHECK_EQ(bytes[0], '9');
    CHECK_EQ(mmioRead(file, bytes, 3), 0);
    CHECK_EQ(called.calls[CALL_FLUSH], 0);
    CHECK_EQ(mmioFlush(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioFlush(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(called.calls[CALL_FLUSH], 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(called.calls[CALL_FLUSH], 1);
    CHECK_EQ(called.calls[CALL_CLOSE], 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(called.calls[CALL_CLOSE], 1);
    CHECK_BYTES(called.bytes, "0123456x89", 10);
}

static void a_short_transfer_is_continued(void)
{
    char bytes[10];
    size_t i;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        HMMIO file;
        call_for("0123456789", 10);
        called.most = 3;
        file = open_called(&all_callbacks, buffers[i]);
        CHECK_EQ(mmioRead(file, bytes, 10), 10);
        CHECK_BYTES(bytes, "0123456789", 10);
        CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
        CHECK_EQ(mmioWrite(file, "abcdefghij", 10), 10);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
        CHECK_BYTES(called.bytes, "abcdefghij", 10);
        CHECK_EQ(called.calls[CALL_FLUSH], 1);
    }
}

/* A failed read moves the position of the callbacks by one byte: the next one begins with a seek. */
static void a_read_that_fails_loses_nothing(void)
{
    static const int64_t failures[] = {-1, -2, 1000, INT64_MAX, INT64_MIN};
    size_t i, f;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        for (f = 0; f < sizeof failures / sizeof failures[0]; f++) {
            char bytes[10] = "";
            HMMIO file;
            call_for("0123456789", 10);
            file = open_called(&all_callbacks, buffers[i]);
            called.failure = failures[f];
            called.fails_from[CALL_READ] = 1;
            if (failures[f] == 1000 && buffers[i] == 8192) {
                called.failure = 8193;
            }
            CHECK_EQ(mmioRead(file, bytes, 10), -1);
            CHECK_EQ(error_of(file), MMIOERR_CANNOTREAD);
            CHECK_EQ(mmsys_tell64(file), 0);
            called.fails_from[CALL_READ] = 0;
            /* Where the failure seems to have led: beyond the end there is nothing. */
            if (called.failure > 0 && called.failure <= 8193) {
                CHECK_EQ(mmioSeek(file, (LONG)called.failure, SEEK_SET), called.failure);
                CHECK_EQ(mmioRead(file, bytes, 10), 0);
                CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
            }
            CHECK_EQ(mmioRead(file, bytes, 10), 10);
            CHECK_BYTES(bytes, "0123456789", 10);
            CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
        }
    }
}

static void a_write_that_fails_loses_nothing(void)
{
    size_t i;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        HMMIO file;
        call_for("0123456789", 10);
        file = open_called(&all_callbacks, buffers[i]);
        called.fails_from[CALL_WRITE] = 1;
        if (buffers[i] == 8192) {
            CHECK_EQ(mmioWrite(file, "abcdefghij", 10), 10);
        } else if (buffers[i] == 7) {
            /* What fits the buffer is accepted. */
            CHECK_EQ(mmioWrite(file, "abc", 3), 3);
        } else {
            CHECK_EQ(mmioWrite(file, "abcdefghij", 10), -1);
            CHECK_EQ(error_of(file), MMIOERR_CANNOTWRITE);
            called.fails_from[CALL_WRITE] = 0;
            CHECK_EQ(mmioWrite(file, "abcdefghij", 10), 10);
            CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
            CHECK_BYTES(called.bytes, "abcdefghij", 10);
            continue;
        }
        CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
        CHECK_EQ(called.calls[CALL_CLOSE], 0);
        CHECK_EQ(called.calls[CALL_FLUSH], 0);
        called.fails_from[CALL_WRITE] = 0;
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
        CHECK_EQ(called.calls[CALL_CLOSE], 1);
        CHECK_EQ(called.calls[CALL_FLUSH], 1);
        CHECK_BYTES(called.bytes, buffers[i] == 7 ? "abc3456789" : "abcdefghij", 10);
    }
}

/* The bytes were taken: they are not written a second time. */
static void a_flush_that_fails_is_tried_again(void)
{
    static const int64_t failures[] = {-1, MMIOERR_CANNOTWRITE, 1};
    size_t i, f;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        for (f = 0; f < sizeof failures / sizeof failures[0]; f++) {
            HMMIO file;
            int writes;
            call_for("0123456789", 10);
            file = open_called(&all_callbacks, buffers[i]);
            called.failure = failures[f];
            called.fails_from[CALL_FLUSH] = 1;
            CHECK_EQ(mmioWrite(file, "abc", 3), 3);
            CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
            CHECK_BYTES(called.bytes, "abc3456789", 10);
            writes = called.calls[CALL_WRITE];
            CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
            CHECK_EQ(called.calls[CALL_FLUSH], 2);
            called.fails_from[CALL_FLUSH] = 0;
            CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
            CHECK_EQ(called.calls[CALL_WRITE], writes);
            CHECK_EQ(called.calls[CALL_FLUSH], 3);
            CHECK_EQ(called.calls[CALL_CLOSE], 1);
        }
    }
}

static void a_flush_reaches_the_callbacks_in_every_way(void)
{
    HMMIO file;
    call_for("", 0);
    file = open_called(&all_callbacks, 16);
    CHECK_EQ(mmsys_set_write_through(file, 1), MMSYSERR_NOERROR);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(called.calls[CALL_WRITE], 1);
    CHECK_EQ(called.calls[CALL_FLUSH], 1);
    CHECK_EQ(mmsys_set_write_through(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "def", 3), 3);
    CHECK_EQ(called.calls[CALL_WRITE], 2);
    CHECK_EQ(called.calls[CALL_FLUSH], 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "", 0), 0);
    CHECK_EQ(called.calls[CALL_FLUSH], 3);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "ghi", 3), 3);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), MMSYSERR_NOERROR);
    CHECK_EQ(called.calls[CALL_FLUSH], 4);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(called.calls[CALL_FLUSH], 4);
    CHECK_BYTES(called.bytes, "abcdefghi", 9);
}

static void a_seek_that_fails_moves_nothing(void)
{
    size_t i;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        char bytes[2] = "";
        HMMIO file;
        call_for("0123456789", 10);
        file = open_called(&all_callbacks, buffers[i]);
        CHECK_EQ(mmioRead(file, bytes, 2), 2);
        called.fails_from[CALL_SEEK] = 2;
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
        CHECK_EQ(mmioSeek(file, 100, SEEK_SET), -1);
        CHECK_EQ(error_of(file), MMIOERR_CANNOTSEEK);
        /* One that ends elsewhere fails too. */
        called.failure = 50;
        CHECK_EQ(mmioSeek(file, 100, SEEK_SET), -1);
        CHECK_EQ(mmsys_tell64(file), 2);
        called.fails_from[CALL_SEEK] = 0;
        CHECK_EQ(mmioRead(file, bytes, 2), 2);
        CHECK_BYTES(bytes, "23", 2);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    }
}

static void close_returns_its_error_once(void)
{
    static const struct {
        int64_t returned;
        MMRESULT expected;
    } cases[] = {{-1, MMIOERR_CANNOTCLOSE}, {MMIOERR_NETWORKERROR, MMIOERR_NETWORKERROR}, {1, 1}};
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        HMMIO file;
        call_for("", 0);
        file = open_called(&all_callbacks, 16);
        called.fails_from[CALL_CLOSE] = 1;
        called.failure = cases[i].returned;
        CHECK_EQ(mmioClose(file, 0), cases[i].expected);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
        CHECK_EQ(called.calls[CALL_CLOSE], 1);
    }
}

static void a_file_can_be_discarded_or_left_open(void)
{
    HMMIO file;
    call_for("0123456789", 10);
    file = open_called(&all_callbacks, 16);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmsys_discard(file), MMSYSERR_NOERROR);
    CHECK_EQ(called.calls[CALL_WRITE], 0);
    CHECK_EQ(called.calls[CALL_FLUSH], 0);
    CHECK_EQ(called.calls[CALL_CLOSE], 1);

    call_for("0123456789", 10);
    file = open_called(&all_callbacks, 16);
    {
        char bytes[4];
        CHECK_EQ(mmioRead(file, bytes, 4), 4);
    }
    CHECK_EQ(called.at, 10);
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), MMSYSERR_NOERROR);
    CHECK_EQ(called.at, 4);
    CHECK_EQ(called.calls[CALL_CLOSE], 0);
}

/* A seek that ends before the beginning, and a read that fails, move the callbacks, but not the file. */
static void callbacks_that_are_left_open_are_at_the_position_of_the_file(void)
{
    size_t i;
    int action;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        for (action = 0; action < 3; action++) {
            char bytes[10];
            int64_t position;
            HMMIO file;
            call_for("0123456789", 10);
            file = open_called(&all_callbacks, buffers[i]);
            CHECK_EQ(mmioRead(file, bytes, 4), 4);
            if (action == 0) {
                called.fails_from[CALL_READ] = 1;
                CHECK(mmioRead(file, bytes, 10) < 10);
            } else {
                CHECK_EQ(mmioSeek(file, 11, SEEK_END), -1);
            }
            position = mmsys_tell64(file);
            called.fails_from[CALL_SEEK] = action == 2;
            CHECK_EQ(mmioClose(file, MMIO_FHOPEN), action == 2 ? MMIOERR_CANNOTSEEK : MMSYSERR_NOERROR);
            CHECK_EQ(called.at, action == 2 ? 10 : position);
            CHECK_EQ(called.calls[CALL_CLOSE], 0);
            CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
        }
    }
}

static void what_is_null_is_refused_at_once(void)
{
    MMSYS_CALLBACKS some = all_callbacks;
    char bytes[4] = "";
    MMIOINFO info;
    HMMIO file;
    call_for("0123456789", 10);
    some.write = NULL;
    file = open_called(&some, 16);
    CHECK_EQ(mmioWrite(file, "x", 1), -1);
    CHECK_EQ(error_of(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "x", 1), -1);
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);

    some = all_callbacks;
    some.read = NULL;
    call_for("0123456789", 10);
    file = open_called(&some, 16);
    CHECK_EQ(mmioRead(file, bytes, 4), -1);
    CHECK_EQ(error_of(file), MMIOERR_CANNOTREAD);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 4), -1);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), MMIOERR_CANNOTREAD);
    CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_BYTES(called.bytes, "x123456789", 10);

    some = all_callbacks;
    some.flush = NULL;
    some.close = NULL;
    call_for("0123456789", 10);
    file = open_called(&some, 16);
    CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(called.calls[CALL_WRITE], 1);
}

/* `failing`: seek is there, but fails, as lseek does for a pipe. */
static void without_seek_the_file_is_a_stream(int failing)
{
    size_t i;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        MMSYS_CALLBACKS some = all_callbacks;
        char bytes[4] = "";
        HMMIO file;
        call_for("0123456789", 10);
        called.fails_from[CALL_SEEK] = failing;
        if (!failing) {
            some.seek = NULL;
        }
        file = open_called(&some, buffers[i]);
        CHECK_EQ(mmioRead(file, bytes, 2), 2);
        CHECK_BYTES(bytes, "01", 2);
        CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
        CHECK_EQ(mmioRead(file, bytes, 2), 2);
        CHECK_BYTES(bytes, "56", 2);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
        if (buffers[i] == 0) {
            CHECK_EQ(mmioSeek(file, 0, SEEK_SET), -1);
        }
        CHECK_EQ(mmioSeek(file, 100, SEEK_SET), -1);
        CHECK_EQ(mmsys_tell64(file), 10);
        CHECK_EQ(mmioRead(file, bytes, 2), 0);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
        CHECK_EQ(called.calls[CALL_SEEK], failing);
    }
}

static void what_makes_no_sense_is_refused(void)
{
    static const DWORD flags[] = {MMIO_PARSE, MMIO_EXIST, MMIO_DELETE, MMIO_GETTEMP};
    struct {
        MMSYS_CALLBACKS known;
        void *later;
    } larger;
    MMSYS_CALLBACKS some = all_callbacks;
    MMIOINFO info;
    HMMIO file;
    size_t i;
    call_for("", 0);
    memset(&info, 0, sizeof info);
    CHECK(mmsys_open_callbacks(NULL, &called, &info, 0) == NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    CHECK(mmsys_open_callbacks(NULL, NULL, NULL, 0) == NULL);
    some.read = NULL;
    some.write = NULL;
    info.wErrorRet = 0;
    CHECK(mmsys_open_callbacks(&some, &called, &info, 0) == NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    some = all_callbacks;
    for (i = 0; i < 4; i++) {
        info.wErrorRet = 0;
        CHECK(mmsys_open_callbacks(&some, &called, &info, flags[i]) == NULL);
        CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    }
    info.cchBuffer = -1;
    CHECK(mmsys_open_callbacks(&some, &called, &info, 0) == NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    info.cchBuffer = 0;
    for (i = 0; i < 3; i++) {
        static const DWORD sizes[] = {0, sizeof(MMSYS_CALLBACKS) - 1, 0xffffffff};
        some.size = sizes[i];
        CHECK(mmsys_open_callbacks(&some, &called, &info, 0) == NULL);
        CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    }
    memset(&larger, 0, sizeof larger);
    larger.known = all_callbacks;
    larger.known.size = sizeof larger;
    larger.later = &larger;
    CHECK(mmsys_open_callbacks(&larger.known, &called, &info, 0) == NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    for (i = 0; i < CALLS; i++) {
        CHECK_EQ(called.calls[i], 0);
    }
    larger.later = NULL;
    file = open_called(&larger.known, 0);
    memset(&larger, 0, sizeof larger);
    CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

static void the_file_has_no_procedure(void)
{
    MMIOINFO info, other;
    HMMIO file;
    call_for("0123456789", 10);
    memset(&info, 0, sizeof info);
    info.fccIOProc = mmioFOURCC('T', 'E', 'S', 'T');
    info.dwReserved1 = 11;
    info.adwInfo[0] = 12;
    file = mmsys_open_callbacks(&all_callbacks, &called, &info, MMIO_READWRITE | MMIO_CREATE | MMIO_EXCLUSIVE | MMIO_ALLOCBUF);
    CHECK(file != NULL);
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    CHECK_EQ(info.fccIOProc, mmioFOURCC('T', 'E', 'S', 'T'));
    CHECK_EQ(info.dwReserved1, 11);
    CHECK_EQ(info.adwInfo[0], 12);
    CHECK_EQ(info.cchBuffer, MMIO_DEFAULTBUFFER);
    CHECK_EQ(called.size, 10);
    memset(&other, 0, sizeof other);
    other.pIOProc = info.pIOProc;
    CHECK(mmioOpen((char *)"x", &other, 0) == NULL);
    CHECK_EQ(other.wErrorRet, MMSYSERR_NOTSUPPORTED);
    CHECK_EQ(info.pIOProc((LPSTR)&info, MMIOM_READ, (LPARAM)&other, 4), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_USER, 1, 2), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_RENAME, (LPARAM) "a", (LPARAM) "b"), MMSYSERR_NOTSUPPORTED);
    CHECK_EQ(mmsys_set_durable(file, 1), MMSYSERR_NOTSUPPORTED);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

static void nested_seek(void)
{
    CHECK_EQ(mmioSeek(current, 1, SEEK_SET), 1);
}

static void nested_read(void)
{
    char bytes[2] = "";
    LONG count = mmioRead(current, bytes, 2);
    CHECK(count == 2 || count == -1);
}

static void nested_write(void)
{
    LONG count = mmioWrite(current, "XY", 2);
    CHECK(count == 2 || count == -1);
}

static void nested_flush(void)
{
    mmioFlush(current, MMIO_EMPTYBUF);
}

static void nested_close(void)
{
    mmioClose(current, 0);
}

/* Whatever a callback does with its own file, close is called once, and what is read is what the file holds. */
static void callbacks_may_use_their_own_file(void)
{
    static void (*const actions[])(void) = {nested_seek, nested_read, nested_write, nested_flush, nested_close};
    size_t i, action;
    int in;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        for (action = 0; action < sizeof actions / sizeof actions[0]; action++) {
            for (in = CALL_READ; in < CALLS; in++) {
                char bytes[4];
                int64_t at;
                call_for("0123456789", 10);
                current = open_called(&all_callbacks, buffers[i]);
                called.nested = actions[action];
                called.nested_in = in;
                mmioRead(current, bytes, 4);
                mmioWrite(current, "abc", 3);
                mmioSeek(current, 2, SEEK_SET);
                mmioFlush(current, 0);
                at = mmsys_tell64(current);
                if (at >= 0) {
                    LONG left = called.size - at < 2 ? (LONG)(called.size - at) : 2;
                    CHECK_EQ(mmioRead(current, bytes, 2), left);
                    CHECK_BYTES(bytes, called.bytes + at, (size_t)left);
                    CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
                }
                CHECK_EQ(called.calls[CALL_CLOSE], 1);
            }
        }
    }
}

static void nested_seek_elsewhere(void)
{
    CHECK_EQ(mmioSeek(current, 6, SEEK_SET), 6);
}

/* The callback reads at 6, where it has left its position, and not at 0. Its position is unknown then. */
static void after_a_callback_used_the_file_its_position_is_unknown(void)
{
    char bytes[4];
    call_for("0123456789", 10);
    current = open_called(&all_callbacks, 0);
    called.nested = nested_seek_elsewhere;
    called.nested_in = CALL_READ;
    CHECK_EQ(mmioRead(current, bytes, 2), -1);
    CHECK_EQ(error_of(current), MMSYSERR_HANDLEBUSY);
    CHECK_EQ(mmioSeek(current, 2, SEEK_SET), 2);
    CHECK_EQ(mmioRead(current, bytes, 2), 2);
    CHECK_BYTES(bytes, "23", 2);
    CHECK_EQ(mmioClose(current, 0), MMSYSERR_NOERROR);
}

static int64_t far_at;

static int64_t far_read(void *context, void *data, size_t count)
{
    (void)context;
    memset(data, (int)(far_at >> 32), count);
    far_at += (int64_t)count;
    return (int64_t)count;
}

static int64_t far_seek(void *context, int64_t offset, int whence)
{
    (void)context;
    return far_at = whence == SEEK_END ? INT64_C(1) << 40 : whence == SEEK_CUR ? far_at + offset : offset;
}

static void positions_have_64_bits(void)
{
    MMSYS_CALLBACKS far = {sizeof(MMSYS_CALLBACKS), far_read, NULL, far_seek, NULL, NULL};
    size_t i;
    for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        char bytes[4];
        HMMIO file;
        far_at = INT64_C(3) << 32;
        file = open_called(&far, buffers[i]);
        CHECK_EQ(mmsys_tell64(file), INT64_C(3) << 32);
        CHECK_EQ(mmioRead(file, bytes, 4), 4);
        CHECK_EQ(bytes[0], 3);
        CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), -1);
        /* The low halves of both positions are the same. */
        CHECK_EQ(mmsys_seek64(file, (INT64_C(7) << 32) + 4, SEEK_SET), (INT64_C(7) << 32) + 4);
        CHECK_EQ(mmioRead(file, bytes, 4), 4);
        CHECK_EQ(bytes[0], 7);
        CHECK_EQ(mmsys_seek64(file, 8, SEEK_END), (INT64_C(1) << 40) - 8);
        CHECK_EQ(mmsys_seek64(file, INT64_MAX, SEEK_CUR), -1);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    }
}

int main(void)
{
    each_is_called_when_it_is_needed();
    a_short_transfer_is_continued();
    a_read_that_fails_loses_nothing();
    a_write_that_fails_loses_nothing();
    a_flush_that_fails_is_tried_again();
    a_flush_reaches_the_callbacks_in_every_way();
    a_seek_that_fails_moves_nothing();
    close_returns_its_error_once();
    a_file_can_be_discarded_or_left_open();
    callbacks_that_are_left_open_are_at_the_position_of_the_file();
    what_is_null_is_refused_at_once();
    without_seek_the_file_is_a_stream(0);
    without_seek_the_file_is_a_stream(1);
    what_makes_no_sense_is_refused();
    the_file_has_no_procedure();
    callbacks_may_use_their_own_file();
    after_a_callback_used_the_file_its_position_is_unknown();
    positions_have_64_bits();
    return report();
}
