/* Streams in both directions: sockets, pipes and terminals. The directions are independent: bytes that were read
 * ahead stay readable whatever is written, and a program sees what it sees without a buffer.
 *
 * Shows docs/contract.md, 3. The buffer: "Streams", "read ahead stay readable", "a seek forward reads".
 * Shows docs/contract.md, 3. The buffer: "MMIOERR_CANNOTSEEK".
 * Shows docs/differences.md, Names and opening: "Bytes that were read ahead of a stream".
 * Shows docs/differences.md, Names and opening: "A stream with a buffer". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif

#include "state.h"

#include <fcntl.h>
#include <mmsystem_ext.h>
#include <signal.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

static int ends[2];
static char got[64];

/* Opens a socket to whose other end these bytes were sent. */
static HMMIO open_socket(const char *sent, LONG buffer)
{
    CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    CHECK_EQ(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    CHECK_EQ(write(ends[1], sent, strlen(sent)), (LONG)strlen(sent));
    return adopt(ends[0], MMIO_READWRITE, buffer);
}

static void close_socket(HMMIO file)
{
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(close(ends[1]), 0);
}

#define READS(file, bytes) CHECK_EQ(mmioRead(file, got, (LONG)strlen(bytes)), (LONG)strlen(bytes)), \
                           CHECK_BYTES(got, bytes, strlen(bytes))

/* Checks that exactly these bytes came out at the other end since the last check. */
#define CAME_OUT(bytes) came_out(bytes, __LINE__)

static void came_out(const char *bytes, int line)
{
    LONG count = (LONG)read(ends[1], got, sizeof got);
    check_equal(count, strlen(bytes) > 0 ? (LONG)strlen(bytes) : -1, "bytes at the other end", __FILE__, line);
    if (count > 0)
        CHECK_BYTES(got, bytes, (size_t)count);
}

static void reading_and_writing_are_two_directions(LONG buffer)
{
    HMMIO file = open_socket("0123456789", buffer);
    READS(file, "0123");
    CHECK_EQ(mmioWrite(file, "QUERY!", 6), 6);
    CHECK_EQ(mmsys_tell64(file), 10);
    READS(file, "456");
    CHECK_EQ(mmsys_tell64(file), 13);
    CHECK_EQ(mmioWrite(file, "more", 4), 4);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CAME_OUT("QUERY!more");
    CHECK_EQ(write(ends[1], "ab", 2), 2);
    READS(file, "789ab");
    CHECK_EQ(mmsys_tell64(file), 22);
    CHECK_EQ(last_error(file), 0);
    close_socket(file);
}

static void a_request_is_sent_before_its_reply_is_read(LONG buffer)
{
    HMMIO file = open_socket("", buffer);
    CHECK_EQ(mmioWrite(file, "ask", 3), 3);
    CHECK_EQ(mmioWrite(file, "?", 1), 1);
    if (buffer > 4)
        CAME_OUT("");
    CHECK_EQ(write(ends[1], "answer", 6), 6);
    READS(file, "ans");
    CAME_OUT("ask?");
    READS(file, "wer");
    CHECK_EQ(mmsys_tell64(file), 10);
    CHECK_EQ(mmioWrite(file, "bye", 3), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
    CAME_OUT("bye");
    CHECK_EQ(close(ends[1]), 0);
}

static void written_bytes_cannot_be_sought(LONG buffer)
{
    HMMIO file = open_socket("12345", buffer);
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    CHECK_EQ(mmioSeek(file, -2, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 4);
    CHECK_EQ(mmioWrite(file, "e", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSeek(file, -2, SEEK_CUR), -1);
    CAME_OUT("abcde");
    /* A seek forward reads. */
    CHECK_EQ(mmioSeek(file, 2, SEEK_CUR), 7);
    READS(file, "345");
    close_socket(file);
}

static void a_seek_past_the_end_ends_there(LONG buffer)
{
    HMMIO file = open_socket("0123456789", buffer);
    READS(file, "01");
    CHECK_EQ(mmioSeek(file, 8, SEEK_SET), 8);
    CHECK_EQ(shutdown(ends[1], SHUT_WR), 0);
    CHECK_EQ(mmioSeek(file, 100, SEEK_SET), -1);
    CHECK_EQ(mmsys_tell64(file), 10);
    CHECK_EQ(mmioRead(file, got, 1), 0);
    CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CAME_OUT("x");
    close_socket(file);
}

/* Whatever is done, the bytes that follow are read next. */
static void nothing_read_ahead_is_lost(int action, LONG buffer)
{
    HMMIO file = open_socket("0123456789abcdef", buffer);
    MMIOINFO info;
    LONG written = 0;
    READS(file, "01234");
    info = info_of(file);
    switch (action) {
    case 0: CHECK_EQ(mmioFlush(file, 0), 0); break;
    case 1: CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0); break;
    case 2: CHECK_EQ(mmioSetBuffer(file, NULL, 50, 0), 0); break;
    case 3: CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), buffer == 0 ? MMIOERR_UNBUFFERED : 0); break;
    case 4:
        CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "xyz", 3), 3);
        written = 3;
        break;
    case 5:
        CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "xyz", 3), 3);
        written = 3;
        break;
    case 6: CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "", 0), 0); break;
    case 7: CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 0, SEEK_CUR), 5); break;
    case 8: CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 4, SEEK_END), -1); break;
    case 9: CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, -1, SEEK_SET), -1); break;
    case 10: CHECK_EQ(mmsys_set_write_through(file, 1), 0); break;
    case 11:
        /* There is no room for direct writes until the bytes that were read ahead are read. */
        CHECK(info.pchEndWrite == info.pchNext || buffer != 64);
        info.dwFlags |= MMIO_DIRTY;
        CHECK_EQ(mmioSetInfo(file, &info, 0), buffer == 64 ? MMIOERR_CANNOTWRITE : 0);
        break;
    case 12:
        info.pchEndRead = info.pchNext;
        CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
        break;
    case 13:
        if (buffer == 64) {
            CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMIOERR_CANNOTWRITE);
            info.pchNext = info.pchEndRead + 1;
            CHECK_EQ(mmioSetInfo(file, &info, 0), MMIOERR_CANNOTSEEK);
        }
        break;
    default:
        CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 7, SEEK_SET), 7);
        CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)got, 2), 2);
        CHECK_BYTES(got, "78", 2);
        READS(file, "9abcdef");
        close_socket(file);
        return;
    }
    CHECK_EQ(mmsys_tell64(file), 5 + written);
    CHECK_EQ(mmioWrite(file, "!", 1), 1);
    READS(file, "56789abcdef");
    CHECK_EQ(mmsys_tell64(file), 17 + written);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CAME_OUT(written > 0 ? "xyz!" : "!");
    close_socket(file);
}

static void direct_access_sends_only_what_was_written(void)
{
    MMIOINFO info;
    HMMIO file = open_socket("0123456789", 16);
    READS(file, "0123456789");
    info = info_of(file);
    CHECK(info.pchEndWrite == info.pchBuffer + 16);
    memcpy(info.pchNext, "direct", 6);
    info.pchNext += 6;
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 16);
    CHECK_EQ(mmioWrite(file, "ly", 2), 2);
    /* pchNext cannot be moved over bytes that are still to be written. */
    info = info_of(file);
    info.pchNext--;
    info.dwFlags &= ~(DWORD)MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), MMIOERR_CANNOTSEEK);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    CAME_OUT("directly");
    CHECK_EQ(mmsys_tell64(file), 18);
    close_socket(file);
}

static void a_write_that_fails_loses_nothing_read_ahead(LONG buffer)
{
    HMMIO file = open_socket("0123456789", buffer);
    READS(file, "012");
    CHECK_EQ(shutdown(ends[0], SHUT_WR), 0);
    CHECK_EQ(mmioWrite(file, "x", 1), -1);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "xy", 2), -1);
    CHECK_EQ(mmsys_tell64(file), 3);
    READS(file, "3456789");
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), 0);
    CHECK_EQ(close(ends[0]), 0);
    CHECK_EQ(close(ends[1]), 0);
}

/* A terminal is a stream too, opened by its name. */
static void a_terminal_reads_and_writes(LONG buffer)
{
    struct termios mode;
    HMMIO file;
    LONG count, more;
    int master = posix_openpt(O_RDWR | O_NOCTTY), slave;
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 ||
        (slave = open(ptsname(master), O_RDWR | O_NOCTTY)) < 0) {
        printf("skipped: a terminal, as the system has none\n");
        return;
    }
    CHECK_EQ(tcgetattr(slave, &mode), 0);
    mode.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    mode.c_oflag &= ~(tcflag_t)OPOST;
    CHECK_EQ(tcsetattr(slave, TCSANOW, &mode), 0);
    file = open_with(ptsname(master), MMIO_READWRITE, NULL, buffer);
    CHECK_EQ(write(master, "0123456789", 10), 10);
    READS(file, "0123");
    CHECK_EQ(mmioWrite(file, "QUERY!", 6), 6);
    READS(file, "456");
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 13);
    for (count = 0; count < 6 && (more = (LONG)read(master, got + count, 6)) > 0; count += more)
        ;
    CHECK_BYTES(got, "QUERY!", 6);
    READS(file, "789");
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(close(slave), 0);
    CHECK_EQ(close(master), 0);
}

static MMCKINFO chunk_of_data(void)
{
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    return chunk;
}

/* Its size can be corrected until it is sent. */
static void a_chunk_is_completed_in_the_buffer(int is_sent)
{
    HMMIO file = open_socket("in", 64);
    MMCKINFO chunk = chunk_of_data();
    READS(file, "in");
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "1234", 4), 4);
    if (is_sent)
        CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), is_sent ? MMIOERR_CANNOTSEEK : 0);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(read(ends[1], got, sizeof got), 12);
    CHECK_BYTES(got, is_sent ? "data\0\0\0\0" "1234" : "data\4\0\0\0" "1234", 12);
    close_socket(file);
}

/* A pipe that is full: the part of a header that is in the buffer is removed, and the call repeated writes it once. */
static void a_header_that_does_not_fit_is_written_once(void)
{
    static char page[4096];
    HMMIO file;
    MMCKINFO chunk = chunk_of_data();
    LONG count;
    CHECK_EQ(pipe(ends), 0);
    CHECK_EQ(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    while (write(ends[1], page, sizeof page) > 0)
        ;
    file = adopt(ends[1], MMIO_READWRITE, 7);
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_tell64(file), 4);
    CHECK_EQ(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    while (read(ends[0], page, sizeof page) > 0)
        ;
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    count = (LONG)read(ends[0], got, sizeof got);
    CHECK_EQ(count, 12);
    CHECK_BYTES(got, "abcddata\0\0\0\0", 12);
    CHECK_EQ(close(ends[0]), 0);
}

/* The other side replies and closes while there is more to be sent to it: the reply can be read, and the flush
 * reports what was not sent. */
static void a_reply_is_read_though_nothing_more_can_be_sent(LONG buffer)
{
    HMMIO file = open_socket("answer and more", buffer);
    LONG written;
    CHECK_EQ(close(ends[1]), 0);
    written = mmioWrite(file, "unsent", 6);
    CHECK_EQ(written, buffer > 6 ? 6 : -1);
    written = written < 0 ? 0 : written;
    READS(file, "answer");
    CHECK_EQ(mmsys_tell64(file), 6 + written);
    CHECK_EQ(mmioSeek(file, 5, SEEK_CUR), 11 + written);
    READS(file, "more");
    CHECK_EQ(mmioRead(file, got, 1), 0);
    CHECK_EQ(mmsys_tell64(file), 15 + written);
    CHECK_EQ(mmioSeek(file, 1, SEEK_CUR), -1);
    CHECK_EQ(mmioFlush(file, 0), written > 0 ? MMIOERR_CANNOTWRITE : 0);
    CHECK_EQ(mmioClose(file, 0), written > 0 ? MMIOERR_CANNOTWRITE : 0);
    if (written > 0)
        CHECK_EQ(mmsys_discard(file), 0);
}

/* Bytes that wait while others are read are sent unchanged, and cannot be found by their position any more. */
static void dirty_bytes_are_not_changed_by_a_read(void)
{
    static char page[4096], all[4096];
    MMCKINFO outer = chunk_of_data(), inner = chunk_of_data(), missing = chunk_of_data();
    LONG full = 0, count, more;
    HMMIO file = open_socket("JUNK\1", 64);
    int fd = ends[0];
    CHECK_EQ(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    while ((count = (LONG)write(fd, page, sizeof page)) > 0)
        full += count;
    CHECK_EQ(mmioCreateChunk(file, &outer, 0), 0);
    CHECK_EQ(mmioWrite(file, "12", 2), 2);
    /* The stream ends in the middle of a header. */
    CHECK(mmioDescend(file, &missing, NULL, MMIO_FINDCHUNK) != 0);
    CHECK_EQ(mmsys_tell64(file), 15);
    CHECK_EQ(mmioAscend(file, &outer, 0), MMIOERR_CANNOTSEEK);
    CHECK_EQ(mmsys_tell64(file), 15);
    /* What is written from here on can be corrected as usual. */
    CHECK_EQ(mmioCreateChunk(file, &inner, 0), 0);
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    CHECK_EQ(mmioAscend(file, &inner, 0), 0);
    for (more = 0; more < full; more += count) {
        count = (LONG)read(ends[1], all, (size_t)(full - more < 4096 ? full - more : 4096));
        if (count <= 0)
            break;
    }
    CHECK_EQ(more, full);
    CHECK_EQ(mmioFlush(file, 0), 0);
    count = (LONG)read(ends[1], all, sizeof all);
    CHECK_EQ(count, 22);
    CHECK_BYTES(all, "data\0\0\0\0" "12data\4\0\0\0" "abcd", 22);
    close_socket(file);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 3, 16, 64};
    int i, action;
    signal(SIGPIPE, SIG_IGN);
    for (i = 0; i < 5; i++) {
        reading_and_writing_are_two_directions(buffers[i]);
        a_request_is_sent_before_its_reply_is_read(buffers[i]);
        written_bytes_cannot_be_sought(buffers[i]);
        a_seek_past_the_end_ends_there(buffers[i]);
        a_reply_is_read_though_nothing_more_can_be_sent(buffers[i]);
    }
    for (action = 0; action < 15; action++) {
        nothing_read_ahead_is_lost(action, 0);
        nothing_read_ahead_is_lost(action, 64);
    }
    a_write_that_fails_loses_nothing_read_ahead(0);
    a_write_that_fails_loses_nothing_read_ahead(64);
    direct_access_sends_only_what_was_written();
    a_terminal_reads_and_writes(0);
    a_terminal_reads_and_writes(64);
    a_chunk_is_completed_in_the_buffer(0);
    a_chunk_is_completed_in_the_buffer(1);
    a_header_that_does_not_fit_is_written_once();
    dirty_bytes_are_not_changed_by_a_read();
    return report();
}
