/* How many messages a procedure gets, how large they are, and whose memory they are about. */
#include "procedure.h"

static char buffer[256], caller[256];

static void opening_and_closing_send_one_message_each(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(served.messages, 1);
    CHECK_EQ(served.log[0].message, MMIOM_OPEN);
    CHECK_EQ(served.log[0].second, 0);
    forget_messages();
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(served.messages, 1);
    SENT(0, MMIOM_CLOSE, NULL, 0);
}

static void the_flags_of_close_are_passed_on(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    forget_messages();
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), 0);
    CHECK_EQ(served.messages, 1);
    CHECK_EQ(served.log[0].first, MMIO_FHOPEN);
}

static void small_reads_refill_by_the_buffer(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    forget_messages();
    CHECK_EQ(mmioRead(file, caller, 3), 3);
    CHECK_EQ(mmioRead(file, caller, 5), 5);
    CHECK_EQ(served.messages, 1);
    SENT(0, MMIOM_READ, buffer, 8);
    CHECK_EQ(mmioRead(file, caller, 1), 1);
    CHECK_EQ(served.messages, 2);
    SENT(1, MMIOM_READ, buffer, 8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void large_reads_go_once_with_the_callers_memory(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    forget_messages();
    CHECK_EQ(mmioRead(file, caller, 8), 8);
    CHECK_EQ(mmioRead(file, caller, 12), 12);
    CHECK_EQ(served.messages, 2);
    SENT(0, MMIOM_READ, caller, 8);
    SENT(1, MMIOM_READ, caller, 12);
    CHECK_EQ(mmioRead(file, caller, 2), 2);
    forget_messages();
    /* What is buffered comes first. */
    CHECK_EQ(mmioRead(file, caller, 4), 4);
    CHECK_EQ(served.messages, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void unbuffered_transfers_ask_for_exactly_the_callers_bytes(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(NULL, 0);
    forget_messages();
    CHECK_EQ(mmioRead(file, caller, 1), 1);
    CHECK_EQ(mmioRead(file, caller, 7), 7);
    CHECK_EQ(mmioWrite(file, "I", 1), 1);
    CHECK_EQ(mmioWrite(file, caller, 5), 5);
    CHECK_EQ(served.messages, 4);
    SENT(0, MMIOM_READ, caller, 1);
    SENT(1, MMIOM_READ, caller, 7);
    CHECK_EQ(served.log[2].message, MMIOM_WRITE);
    CHECK_EQ(served.log[2].second, 1);
    SENT(3, MMIOM_WRITE, caller, 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(served.messages, 5);
    SENT(4, MMIOM_WRITEFLUSH, NULL, 0);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    CHECK_EQ(served.messages, 5);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(served.messages, 6);
}

static void writes_are_sent_when_the_buffer_is_full(void)
{
    HMMIO file;
    serve_bytes("", 0);
    file = open_served(buffer, 8);
    forget_messages();
    CHECK_EQ(mmioWrite(file, LETTERS, 7), 7);
    CHECK_EQ(served.messages, 0);
    CHECK_EQ(mmioWrite(file, &LETTERS[7], 3), 3);
    CHECK_EQ(served.messages, 1);
    SENT(0, MMIOM_WRITE, buffer, 8);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(served.messages, 2);
    SENT(1, MMIOM_WRITEFLUSH, buffer, 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    CHECK_EQ(served.messages, 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(served.messages, 3);
    SERVED_IS(LETTERS, 10);
}

static void large_writes_go_once_with_the_callers_memory(void)
{
    static char letters[] = LETTERS;
    HMMIO file;
    serve_bytes("", 0);
    file = open_served(buffer, 8);
    forget_messages();
    CHECK_EQ(mmioWrite(file, letters, 8), 8);
    CHECK_EQ(mmioWrite(file, letters + 8, 18), 18);
    CHECK_EQ(served.messages, 2);
    SENT(0, MMIOM_WRITE, letters, 8);
    SENT(1, MMIOM_WRITE, letters + 8, 18);
    CHECK_EQ(mmioClose(file, 0), 0);
    SERVED_IS(LETTERS, 26);
}

static void close_and_set_buffer_flush(void)
{
    static char other[4];
    HMMIO file;
    serve_bytes("", 0);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    forget_messages();
    CHECK_EQ(mmioSetBuffer(file, other, 4, 0), 0);
    CHECK_EQ(served.messages, 1);
    SENT(0, MMIOM_WRITEFLUSH, buffer, 3);
    CHECK_EQ(mmioWrite(file, "de", 2), 2);
    forget_messages();
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(served.messages, 2);
    SENT(0, MMIOM_WRITEFLUSH, other, 2);
    CHECK_EQ(served.log[1].message, MMIOM_CLOSE);
    SERVED_IS(LETTERS, 5);
}

static void a_seek_inside_the_buffer_sends_nothing(void)
{
    LONG at;
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioSeek(file, 9, SEEK_SET), 9);
    CHECK_EQ(mmioRead(file, caller, 2), 2);
    CHECK_EQ(mmioWrite(file, "L", 1), 1);
    forget_messages();
    for (at = 9; at < 17; at++) {
        CHECK_EQ(mmioSeek(file, at, SEEK_SET), at);
    }
    CHECK_EQ(mmioSeek(file, -7, SEEK_CUR), 9);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 9);
    CHECK_EQ(served.messages, 0);
    CHECK_EQ(mmioRead(file, caller, 8), 8);
    CHECK_BYTES(caller, "jkLmnopq", 8);
    CHECK_EQ(served.messages, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    SERVED_IS("abcdefghijkLmnopqrstuvwxyz", 26);
}

static void a_seek_outside_sends_the_dirty_bytes_then_the_target(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioWrite(file, "AB", 2), 2);
    forget_messages();
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
    CHECK_EQ(served.messages, 2);
    SENT(0, MMIOM_WRITE, buffer, 2);
    SOUGHT(1, 20, SEEK_SET);
    forget_messages();
    CHECK_EQ(mmioSeek(file, -10, SEEK_CUR), 10);
    CHECK_EQ(served.messages, 1);
    SOUGHT(0, 10, SEEK_SET);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void seek_end_is_sent_as_given_after_the_dirty_bytes(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioSeek(file, 24, SEEK_SET), 24);
    CHECK_EQ(mmioWrite(file, "YZ01", 4), 4);
    forget_messages();
    CHECK_EQ(mmioSeek(file, -6, SEEK_END), 22);
    CHECK_EQ(served.messages, 2);
    SENT(0, MMIOM_WRITE, buffer, 4);
    SOUGHT(1, -6, SEEK_END);
    STATE(file, 0, 0, 22, 22);
    CHECK_EQ(mmioRead(file, caller, 6), 6);
    CHECK_BYTES(caller, "wxYZ01", 6);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_seek_is_sent_only_where_the_procedure_is_elsewhere(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioRead(file, caller, 3), 3);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    forget_messages();
    /* The procedure is at 8, the next byte at 3. */
    CHECK_EQ(mmioRead(file, caller, 1), 1);
    CHECK_EQ(served.messages, 2);
    SOUGHT(0, 3, SEEK_SET);
    SENT(1, MMIOM_READ, buffer, 8);
    forget_messages();
    CHECK_EQ(mmioRead(file, caller, 7), 7);
    CHECK_EQ(mmioRead(file, caller, 1), 1);
    CHECK_EQ(served.messages, 1);
    SENT(0, MMIOM_READ, buffer, 8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_read_after_a_write_sends_the_write_first(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    CHECK_EQ(mmioWrite(file, "ABC", 3), 3);
    forget_messages();
    CHECK_EQ(mmioRead(file, caller, 2), 2);
    CHECK_BYTES(caller, "de", 2);
    CHECK_EQ(served.messages, 2);
    SENT(0, MMIOM_WRITE, buffer, 3);
    SENT(1, MMIOM_READ, buffer, 8);
    STATE(file, 2, 8, 3, 11);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void advance_sends_what_is_dirty_and_reads_a_whole_buffer(void)
{
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    forget_messages();
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    CHECK_EQ(served.messages, 1);
    SENT(0, MMIOM_READ, buffer, 8);
    CHECK_EQ(mmioSeek(file, 8, SEEK_SET), 8);
    CHECK_EQ(mmioWrite(file, "IJ", 2), 2);
    forget_messages();
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    CHECK_EQ(served.messages, 1);
    CHECK_EQ(served.log[0].message, MMIOM_WRITE);
    CHECK_EQ(served.log[0].second, 2);
    forget_messages();
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    CHECK_EQ(served.messages, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    SERVED_IS("abcdefghIJklmnopqrstuvwxyz", 26);
}

static void nothing_is_sent_for_nothing(void)
{
    MMIOINFO info;
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(buffer, 8);
    forget_messages();
    CHECK_EQ(mmioRead(file, caller, 0), 0);
    CHECK_EQ(mmioWrite(file, caller, 0), 0);
    CHECK_EQ(mmioRead(file, caller, -1), -1);
    CHECK_EQ(mmioWrite(file, NULL, 1), -1);
    CHECK_EQ(mmioSeek(file, -1, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 0, 7), -1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSetBuffer(file, NULL, 16, 0), 0);
    info = info_of(file);
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(served.messages, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(served.messages, 1);
}

int main(void)
{
    opening_and_closing_send_one_message_each();
    the_flags_of_close_are_passed_on();
    small_reads_refill_by_the_buffer();
    large_reads_go_once_with_the_callers_memory();
    unbuffered_transfers_ask_for_exactly_the_callers_bytes();
    writes_are_sent_when_the_buffer_is_full();
    large_writes_go_once_with_the_callers_memory();
    close_and_set_buffer_flush();
    a_seek_inside_the_buffer_sends_nothing();
    a_seek_outside_sends_the_dirty_bytes_then_the_target();
    seek_end_is_sent_as_given_after_the_dirty_bytes();
    a_seek_is_sent_only_where_the_procedure_is_elsewhere();
    a_read_after_a_write_sends_the_write_first();
    advance_sends_what_is_dirty_and_reads_a_whole_buffer();
    nothing_is_sent_for_nothing();
    return report();
}
