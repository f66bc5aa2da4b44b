/* Which messages the calls send, in which order, with which parameters, compared with a log.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "message to the procedure", "first dirty byte".
 * Shows docs/contract.md, 5. I/O procedures and messages: "Write, write-through on", "Rename".
 * Shows docs/differences.md, Writing: "The dirty part of a buffer". */
#include "log_procedure.h"
#include <mmsystem_ext.h>

static char buffer[8], second_buffer[8], bytes[64];

static void opening_sends_the_name_and_closing_the_flags(void)
{
    MMIOINFO info;
    HMMIO file;
    CHECK_EQ(mmioClose(open_logged(NULL, 0), 0), 0);
    LOGGED("CLOSE 0 0 @0>0 = 0\n");
    memset(&info, 0, sizeof info);
    info.pIOProc = log_proc;
    file = mmioOpenA((LPSTR) "name.ext+element", &info, MMIO_READ | MMIO_ALLOCBUF);
    LOGGED("OPEN \"name.ext+element\" 0 @0>0 = 0\n");
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), 0);
    LOGGED("CLOSE 16 0 @0>0 = 0\n");
}

static void unbuffered_reads_ask_for_the_callers_bytes(void)
{
    HMMIO file = open_logged(NULL, 0);
    CHECK_EQ(mmioRead(file, bytes, 5), 5);
    CHECK_EQ(mmioRead(file, bytes, 0), 0);
    CHECK_EQ(mmioRead(file, bytes, 7), 7);
    LOGGED("READ caller 5 @0>5 = 5\n"
           "READ caller 7 @5>12 = 7\n");
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 12);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    LOGGED("");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void buffered_reads_refill_or_bypass_the_buffer(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    LOGGED("READ buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    LOGGED("");
    CHECK_EQ(mmioRead(file, bytes, 6), 6);
    LOGGED("READ buf+0 8 @8>16 = 8\n");
    CHECK_EQ(mmioRead(file, bytes, 12), 12);
    CHECK_BYTES(bytes, &LETTERS[12], 12);
    LOGGED("READ caller 8 @16>24 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("CLOSE 0 0 @24>24 = 0\n");
}

static void unbuffered_writes_are_one_message_each(void)
{
    HMMIO file = open_logged(NULL, 0);
    CHECK_EQ(mmioWrite(file, "01234", 5), 5);
    CHECK_EQ(mmioWrite(file, "", 0), 0);
    CHECK_EQ(mmioWrite(file, "56", 2), 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITE caller 5 @0>5 = 5\n"
           "WRITE caller 2 @5>7 = 2\n"
           "WRITEFLUSH nothing @7>7 = 0\n"
           "CLOSE 0 0 @7>7 = 0\n");
}

static void a_full_buffer_is_sent_at_once(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "01234", 5), 5);
    LOGGED("");
    CHECK_EQ(mmioWrite(file, "567", 3), 3);
    LOGGED("WRITE buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioWrite(file, "89012", 5), 5);
    CHECK_EQ(mmioWrite(file, "345678", 6), 6);
    LOGGED("WRITE buf+0 8 @8>16 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 3 @16>19 = 3\n"
           "CLOSE 0 0 @19>19 = 0\n");
    CHECK_BYTES(logged.bytes, "0123456789012345678tuvwxyz", 26);
}

static void large_writes_fill_the_buffer_then_bypass_it(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "01234567", 8), 8);
    LOGGED("WRITE caller 8 @0>8 = 8\n");
    CHECK_EQ(mmioWrite(file, "89012", 5), 5);
    CHECK_EQ(mmioWrite(file, "34567890123", 11), 11);
    LOGGED("WRITE buf+0 8 @8>16 = 8\n"
           "WRITE caller 8 @16>24 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH nothing @24>24 = 0\n"
           "CLOSE 0 0 @24>24 = 0\n");
    CHECK_BYTES(logged.bytes, "012345678901234567890123yz", 26);
}

static void a_flush_sends_what_was_written_and_keeps_the_buffer(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_EQ(mmioWrite(file, "DE", 2), 2);
    LOGGED("READ buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioFlush(file, 0), 0);
    LOGGED("SEEK 3 SET @8>3 = 3\n"
           "WRITEFLUSH buf+3 2 @3>5 = 2\n");
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    LOGGED("");
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    LOGGED("SEEK 8 SET @5>8 = 8\n"
           "READ buf+0 8 @8>16 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(logged.bytes, "abcDEfghijkl", 12);
}

static void from_the_first_to_the_last_dirty_byte_is_one_message(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 1), 1);
    CHECK_EQ(mmioSeek(file, 6, SEEK_SET), 6);
    CHECK_EQ(mmioWrite(file, "G", 1), 1);
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioWrite(file, "C", 1), 1);
    LOGGED("READ buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("SEEK 2 SET @8>2 = 2\n"
           "WRITEFLUSH buf+2 5 @2>7 = 5\n"
           "CLOSE 0 0 @7>7 = 0\n");
    CHECK_BYTES(logged.bytes, "abCdefGh", 8);
}

static void emptying_the_buffer_reads_again(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "012", 3), 3);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    LOGGED("WRITEFLUSH buf+0 3 @0>3 = 3\n");
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    LOGGED("READ buf+0 8 @3>11 = 8\n");
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    LOGGED("");
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    CHECK_BYTES(bytes, "fg", 2);
    LOGGED("SEEK 5 SET @11>5 = 5\n"
           "READ buf+0 8 @5>13 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_read_after_a_write_sends_the_write_first(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "012", 3), 3);
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    CHECK_BYTES(bytes, "de", 2);
    LOGGED("WRITE buf+0 3 @0>3 = 3\n"
           "READ buf+0 8 @3>11 = 8\n");
    CHECK_EQ(mmioWrite(file, "5", 1), 1);
    CHECK_EQ(mmioRead(file, bytes, 20), 20);
    CHECK_BYTES(bytes, &LETTERS[6], 20);
    LOGGED("SEEK 5 SET @11>5 = 5\n"
           "WRITE buf+2 1 @5>6 = 1\n"
           "SEEK 11 SET @6>11 = 11\n"
           "READ caller 15 @11>26 = 15\n");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void seeks_inside_the_buffer_send_nothing(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    LOGGED("READ buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioSeek(file, 8, SEEK_SET), 8);
    CHECK_EQ(mmioSeek(file, -4, SEEK_CUR), 4);
    LOGGED("");
    CHECK_EQ(mmioSeek(file, 9, SEEK_SET), 9);
    LOGGED("SEEK 9 SET @8>9 = 9\n");
    CHECK_EQ(mmioSeek(file, 11, SEEK_CUR), 20);
    LOGGED("SEEK 20 SET @9>20 = 20\n");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void seeks_out_of_the_buffer_write_first(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "012", 3), 3);
    CHECK_EQ(mmioSeek(file, 10, SEEK_SET), 10);
    LOGGED("WRITE buf+0 3 @0>3 = 3\n"
           "SEEK 10 SET @3>10 = 10\n");
    CHECK_EQ(mmioWrite(file, "K", 1), 1);
    CHECK_EQ(mmioSeek(file, -6, SEEK_END), 20);
    LOGGED("WRITE buf+0 1 @10>11 = 1\n"
           "SEEK -6 END @11>20 = 20\n");
    CHECK_EQ(mmioSeek(file, -1, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 0, 3), -1);
    LOGGED("");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void advancing_moves_the_buffer_to_the_position(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    LOGGED("READ buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    LOGGED("SEEK 3 SET @8>3 = 3\n"
           "READ buf+0 8 @3>11 = 8\n");
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    LOGGED("");
    CHECK_EQ(mmioWrite(file, "D", 1), 1);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    LOGGED("SEEK 3 SET @11>3 = 3\n"
           "WRITE buf+0 1 @3>4 = 1\n");
    CHECK_EQ(mmioWrite(file, "E", 1), 1);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    LOGGED("WRITE buf+0 1 @4>5 = 1\n"
           "READ buf+0 8 @5>13 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(logged.bytes, "abcDEfgh", 8);
}

static void directly_written_bytes_count_from_the_start_of_the_buffer(void)
{
    MMIOINFO info;
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    memcpy(info.pchNext, "0123", 4);
    info.pchNext += 4;
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    LOGGED("");
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    LOGGED("WRITEFLUSH buf+0 4 @0>4 = 4\n");
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    *info.pchNext++ = 'H';
    info.dwFlags |= MMIO_DIRTY;
    LOGGED("READ buf+0 8 @4>12 = 8\n");
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
    LOGGED("SEEK 4 SET @12>4 = 4\n"
           "WRITE buf+0 8 @4>12 = 8\n");
    CHECK_EQ(info.lBufOffset, 8);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(logged.bytes, "0123efgHijkl", 12);
}

static void another_buffer_is_a_flush_and_an_empty_buffer(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    LOGGED("READ buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioSetBuffer(file, second_buffer, 8, 0), 0);
    LOGGED("");
    logged.buffer = second_buffer;
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    CHECK_BYTES(bytes, "de", 2);
    LOGGED("SEEK 3 SET @8>3 = 3\n"
           "READ buf+0 8 @3>11 = 8\n");
    CHECK_EQ(mmioWrite(file, "F", 1), 1);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), 0);
    LOGGED("SEEK 5 SET @11>5 = 5\n"
           "WRITEFLUSH buf+2 1 @5>6 = 1\n");
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    LOGGED("READ caller 2 @6>8 = 2\n");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void renaming_and_deleting_are_one_message_each(void)
{
    MMIOINFO info;
    CHECK_EQ(mmioClose(open_logged(NULL, 0), 0), 0);
    logged.log[0] = 0;
    memset(&info, 0, sizeof info);
    info.pIOProc = log_proc;
    CHECK_EQ(mmioRenameA("old", "new", &info, 0), 0);
    LOGGED("RENAME \"old\" \"new\" @0>0 = 0\n");
    CHECK(mmioOpenA((LPSTR) "gone", &info, MMIO_DELETE) == (HMMIO)1);
    LOGGED("OPEN \"gone\" 0 @0>0 = 0\n");
    CHECK(mmioOpenA(strcpy(bytes, "parsed"), &info, MMIO_PARSE) == (HMMIO)1);
    CHECK(mmioOpenA(strcpy(bytes, "not there"), &info, MMIO_EXIST) == NULL);
    LOGGED("");
}

static void write_through_flushes_every_write(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "0", 1), 1);
    CHECK_EQ(mmsys_set_write_through(file, 1), 0);
    logged.log[0] = 0;
    CHECK_EQ(mmioWrite(file, "12", 2), 2);
    CHECK_EQ(mmioWrite(file, "345678901", 9), 9);
    LOGGED("WRITEFLUSH caller 2 @1>3 = 2\n"
           "WRITEFLUSH caller 9 @3>12 = 9\n");
    CHECK_EQ(mmsys_set_write_through(file, 0), 0);
    CHECK_EQ(mmioWrite(file, "2", 1), 1);
    LOGGED("");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 1 @12>13 = 1\n"
           "CLOSE 0 0 @13>13 = 0\n");
    CHECK_BYTES(logged.bytes, "0123456789012nop", 16);
}

static void nothing_is_sent_for_nothing(void)
{
    MMIOINFO info;
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 0), 0);
    CHECK_EQ(mmioWrite(file, bytes, 0), 0);
    CHECK_EQ(mmioRead(file, bytes, -1), -1);
    CHECK_EQ(mmioWrite(file, NULL, 1), -1);
    CHECK_EQ(mmioSeek(file, -1, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 0, 7), -1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSetBuffer(file, NULL, 16, 0), 0);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("CLOSE 0 0 @0>0 = 0\n");
}

int main(void)
{
    opening_sends_the_name_and_closing_the_flags();
    unbuffered_reads_ask_for_the_callers_bytes();
    buffered_reads_refill_or_bypass_the_buffer();
    unbuffered_writes_are_one_message_each();
    a_full_buffer_is_sent_at_once();
    large_writes_fill_the_buffer_then_bypass_it();
    a_flush_sends_what_was_written_and_keeps_the_buffer();
    from_the_first_to_the_last_dirty_byte_is_one_message();
    emptying_the_buffer_reads_again();
    a_read_after_a_write_sends_the_write_first();
    seeks_inside_the_buffer_send_nothing();
    seeks_out_of_the_buffer_write_first();
    advancing_moves_the_buffer_to_the_position();
    directly_written_bytes_count_from_the_start_of_the_buffer();
    another_buffer_is_a_flush_and_an_empty_buffer();
    renaming_and_deleting_are_one_message_each();
    write_through_flushes_every_write();
    nothing_is_sent_for_nothing();
    return report();
}
