/* The messages of sequential reads and writes, for every combination of request and buffer size in a table.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "message to the procedure", "buffer full".
 * Shows docs/contract.md, 5. I/O procedures and messages: "MMIOM_WRITEFLUSH".
 * Shows docs/contract.md, 3. The buffer: "A smaller request refills the buffer and keeps the rest", "A full buffer is sent". */
#include "procedure.h"

enum { SIZE = 100, SIZES = 10, FILLER = 0x7e };

static const LONG buffers[SIZES] = {0, 1, 2, 7, 8, 16, 33, 99, 100, 128};
static const LONG requests[SIZES] = {1, 2, 3, 7, 8, 9, 16, 50, 100, 200};

static char buffer[256], caller[256], content[256];

/* The messages that the contract requires, computed by a simple model. */
static struct sent expected[LOG_ROOM];
static int expected_messages;

static void expect(UINT message, char *memory, LONG count)
{
    struct sent *sent = &expected[expected_messages++];
    sent->message = message;
    sent->memory = memory;
    sent->first = 0;
    sent->second = count;
}

static void compare(LONG cch, LONG request)
{
    int i, same = served.messages == expected_messages;
    for (i = 0; same && i < expected_messages; i++) {
        const struct sent *is = &served.log[i], *should = &expected[i];
        same = is->message == should->message && is->memory == should->memory &&
               is->second == should->second;
    }
    CHECK(same);
    if (!same) {
        printf("buffer %ld, request %ld: %d messages, not %d\n", (long)cch, (long)request, served.messages,
               expected_messages);
    }
}

/* Models one read. Updates how many bytes are left in the file and in the buffer. Returns the count. */
static LONG model_read(LONG cch, LONG request, LONG *left, LONG *held)
{
    LONG done = least_of(request, *held);
    *held -= done;
    while (done < request) {
        LONG wanted = request - done, got, taken;
        int bypasses = wanted >= cch;
        expect(MMIOM_READ, bypasses ? caller + done : buffer, bypasses ? wanted : cch);
        got = least_of(bypasses ? wanted : cch, *left);
        if (got == 0) {
            break;
        }
        taken = least_of(wanted, got);
        *left -= got;
        *held = got - taken;
        done += taken;
    }
    return done;
}

static void read_all(LONG cch, LONG request)
{
    LONG left = SIZE, held = 0, count, at = 0;
    HMMIO file;
    serve_bytes(content, SIZE);
    file = open_served(cch > 0 ? buffer : NULL, cch);
    forget_messages();
    expected_messages = 0;
    do {
        LONG expected_count = model_read(cch, request, &left, &held);
        memset(caller, FILLER, sizeof caller);
        count = mmioRead(file, caller, request);
        CHECK_EQ(count, expected_count);
        CHECK_BYTES(caller, content + at, (size_t)count);
        CHECK_EQ(caller[request], FILLER);
        at += count;
    } while (count > 0);
    compare(cch, request);
    CHECK_EQ(count_sent(MMIOM_SEEK), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void model_write(LONG cch, const LONG request, char *from, LONG *filled)
{
    LONG done = 0;
    while (done < request) {
        LONG rest = request - done;
        if (*filled == 0 && rest >= cch) {
            expect(MMIOM_WRITE, from + done, rest);
            return;
        }
        rest = least_of(rest, cch - *filled);
        *filled += rest;
        done += rest;
        if (*filled == cch) {
            expect(MMIOM_WRITE, buffer, cch);
            *filled = 0;
        }
    }
}

static void write_all(LONG cch, LONG request)
{
    LONG at, filled = 0;
    HMMIO file;
    serve_bytes("", 0);
    file = open_served(cch > 0 ? buffer : NULL, cch);
    forget_messages();
    expected_messages = 0;
    for (at = 0; at < SIZE; at += request) {
        LONG count = least_of(request, SIZE - at);
        model_write(cch, count, content + at, &filled);
        CHECK_EQ(mmioWrite(file, content + at, count), count);
    }
    compare(cch, request);
    /* What is in the buffer; no bytes if all were sent as MMIOM_WRITE. */
    expect(MMIOM_WRITEFLUSH, filled > 0 ? buffer : NULL, filled);
    expect(MMIOM_CLOSE, NULL, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    compare(cch, request);
    SERVED_IS(content, SIZE);
}

/* To a procedure that transfers less than the count the rest is sent again, and no byte is lost. */
static void read_and_write_shortened(LONG cch, LONG request)
{
    LONG at;
    HMMIO file;
    serve_bytes("", 0);
    served.most = 3;
    file = open_served(cch > 0 ? buffer : NULL, cch);
    for (at = 0; at < SIZE; at += request) {
        LONG count = least_of(request, SIZE - at);
        CHECK_EQ(mmioWrite(file, content + at, count), count);
    }
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    for (at = 0; at < SIZE; at += request) {
        LONG count = least_of(request, SIZE - at);
        CHECK_EQ(mmioRead(file, caller, request), count);
        CHECK_BYTES(caller, content + at, (size_t)count);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    SERVED_IS(content, SIZE);
}

int main(void)
{
    int cch, request, i;
    for (i = 0; i < SIZE; i++) {
        content[i] = (char)(i + 1);
    }
    for (cch = 0; cch < SIZES; cch++) {
        for (request = 0; request < SIZES; request++) {
            read_all(buffers[cch], requests[request]);
            write_all(buffers[cch], requests[request]);
            read_and_write_shortened(buffers[cch], requests[request]);
        }
    }
    return report();
}
