/* Which messages the calls and mmioSendMessage send to a procedure that fails, compared with a log.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "A procedure that knows only one of the two".
 * Shows docs/contract.md, 5. I/O procedures and messages: "A refusal is not permanent", "SendMessage".
 * Shows docs/contract.md, 3. The buffer: "Failures lose nothing".
 * Shows docs/differences.md, Writing: "a procedure that knows only one of MMIOM_WRITE and MMIOM_WRITEFLUSH". */
#include "log_procedure.h"

static char buffer[8], second_buffer[8], bytes[64];

/* Opens a file whose procedure has taken bytes of both write messages, so that a refusal is now a failure. It is at
 * position 0. */
static HMMIO open_logged_and_used(char *pch, LONG cch)
{
    HMMIO file = open_logged(pch, cch);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "a", 1), 1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "b", 1), 1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    logged.log[0] = 0;
    return file;
}

static void a_failed_open_is_not_closed(void)
{
    MMIOINFO info;
    CHECK_EQ(mmioClose(open_logged(NULL, 0), 0), 0);
    logged.log[0] = 0;
    fail_with(MMIOM_OPEN, MMIOERR_ACCESSDENIED);
    memset(&info, 0, sizeof info);
    info.pIOProc = log_proc;
    CHECK(mmioOpenA((LPSTR) "x", &info, MMIO_READ | MMIO_ALLOCBUF) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_ACCESSDENIED);
    LOGGED("OPEN \"x\" 0 @0>0 = 268\n");
}

static void a_failed_close_is_not_repeated(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "0", 1), 1);
    fail_with(MMIOM_CLOSE, MMIOERR_CANNOTCLOSE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTCLOSE);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
    LOGGED("WRITEFLUSH buf+0 1 @0>1 = 1\n"
           "CLOSE 0 0 @1>1 = 260\n");
}

static void a_failed_read_is_retried_by_the_next_call_only(void)
{
    HMMIO file = open_logged(buffer, 8);
    fail_with(MMIOM_READ, -1);
    CHECK_EQ(mmioRead(file, bytes, 3), -1);
    LOGGED("READ buf+0 8 @0>0 = -1\n");
    CHECK_EQ(mmioRead(file, bytes, 20), -1);
    LOGGED("READ caller 20 @0>0 = -1\n");
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), MMIOERR_CANNOTREAD);
    LOGGED("READ buf+0 8 @0>0 = -1\n");
    stop_failing();
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    LOGGED("READ buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_refused_unbuffered_write_is_one_message(void)
{
    HMMIO file = open_logged(NULL, 0);
    CHECK_EQ(mmioWrite(file, "0", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    logged.log[0] = 0;
    fail_with(MMIOM_WRITE, -1);
    CHECK_EQ(mmioWrite(file, "0123", 4), -1);
    LOGGED("WRITE caller 4 @1>1 = -1\n");
    /* The procedure may have buffered what it refused, so the flush is owed. */
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH nothing @1>1 = 0\n"
           "CLOSE 0 0 @1>1 = 0\n");
}

/* The two results for a message that is not known. */
static const LRESULT refusals[] = {0, -1};

/* A procedure that has never taken a byte of a message gets the same bytes once as the other message. Until the next
 * flush the other one is sent at once. */
static void an_unknown_write_becomes_a_flush(LRESULT refusal)
{
    HMMIO file = open_logged(NULL, 0);
    fail_with(MMIOM_WRITE, refusal);
    CHECK_EQ(mmioWrite(file, "0123", 4), 4);
    LOGGED(refusal == 0 ? "WRITE caller 4 @0>0 = 0\n"
                          "WRITEFLUSH caller 4 @0>4 = 4\n"
                        : "WRITE caller 4 @0>0 = -1\n"
                          "WRITEFLUSH caller 4 @0>4 = 4\n");
    CHECK_EQ(mmioWrite(file, "45", 2), 2);
    LOGGED("WRITEFLUSH caller 2 @4>6 = 2\n");
    CHECK_EQ(mmioFlush(file, 0), 0);
    LOGGED("");
    stop_failing();
    CHECK_EQ(mmioWrite(file, "6", 1), 1);
    LOGGED("WRITE caller 1 @6>7 = 1\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH nothing @7>7 = 0\n"
           "CLOSE 0 0 @7>7 = 0\n");
}

/* The last write message is a flush nevertheless. Its result is not a failure. */
static void an_unknown_flush_becomes_a_write(LRESULT refusal)
{
    HMMIO file = open_logged(buffer, 8);
    fail_with(MMIOM_WRITEFLUSH, refusal);
    CHECK_EQ(mmioWrite(file, "012", 3), 3);
    CHECK_EQ(mmioFlush(file, 0), 0);
    LOGGED(refusal == 0 ? "WRITEFLUSH buf+0 3 @0>0 = 0\n"
                          "WRITE buf+0 3 @0>3 = 3\n"
                          "WRITEFLUSH nothing @3>3 = 0\n"
                        : "WRITEFLUSH buf+0 3 @0>0 = -1\n"
                          "WRITE buf+0 3 @0>3 = 3\n"
                          "WRITEFLUSH nothing @3>3 = -1\n");
    /* If it was a failure, it may be over at the next flush. */
    CHECK_EQ(mmioFlush(file, 0), 0);
    LOGGED(refusal == 0 ? "" : "WRITEFLUSH nothing @3>3 = -1\n");
    CHECK_EQ(mmioWrite(file, "3", 1), 1);
    stop_failing();
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+3 1 @3>4 = 1\n"
           "CLOSE 0 0 @4>4 = 0\n");
}

/* Its pieces are sent as the message that it took, and each flush tries again. */
static void an_unknown_flush_is_tried_once_a_flush(void)
{
    HMMIO file = open_logged(buffer, 8);
    fail_with(MMIOM_WRITEFLUSH, 0);
    logged.most = 2;
    CHECK_EQ(mmioWrite(file, "01234", 5), 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 5 @0>0 = 0\n"
           "WRITE buf+0 5 @0>2 = 2\n"
           "WRITE buf+2 3 @2>4 = 2\n"
           "WRITE buf+4 1 @4>5 = 1\n"
           "WRITEFLUSH nothing @5>5 = 0\n");
    CHECK_EQ(mmioWrite(file, "5", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    LOGGED("WRITEFLUSH buf+5 1 @5>5 = 0\n"
           "WRITE buf+5 1 @5>6 = 1\n"
           "WRITEFLUSH nothing @6>6 = 0\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("CLOSE 0 0 @6>6 = 0\n");
}

/* A procedure that once took a message knows it: 0 is then an error like any other. */
static void a_full_disk_is_not_taken_for_an_unknown_message(void)
{
    HMMIO file = open_logged(NULL, 0);
    CHECK_EQ(mmioWrite(file, "0", 1), 1);
    fail_with(MMIOM_WRITE, 0);
    logged.log[0] = 0;
    CHECK_EQ(mmioWrite(file, "1", 1), -1);
    LOGGED("WRITE caller 1 @1>1 = 0\n");
    stop_failing();
    CHECK_EQ(mmioWrite(file, "1", 1), 1);
    LOGGED("WRITE caller 1 @1>2 = 1\n");
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_full_buffer_that_is_refused_stays(void)
{
    HMMIO file = open_logged_and_used(buffer, 8);
    fail_with(MMIOM_WRITE, -1);
    CHECK_EQ(mmioWrite(file, "01234", 5), 5);
    CHECK_EQ(mmioWrite(file, "567", 3), 3);
    LOGGED("WRITE buf+0 8 @0>0 = -1\n");
    CHECK_EQ(mmioWrite(file, "8", 1), -1);
    LOGGED("WRITE buf+0 8 @0>0 = -1\n");
    stop_failing();
    CHECK_EQ(mmioWrite(file, "8", 1), 1);
    LOGGED("WRITE buf+0 8 @0>8 = 8\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 1 @8>9 = 1\n"
           "CLOSE 0 0 @9>9 = 0\n");
}

static void a_refused_flush_is_sent_again_and_close_waits_for_it(void)
{
    HMMIO file = open_logged_and_used(buffer, 8);
    CHECK_EQ(mmioWrite(file, "012", 3), 3);
    fail_with(MMIOM_WRITEFLUSH, -1);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSetBuffer(file, second_buffer, 8, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    LOGGED("WRITEFLUSH buf+0 3 @0>0 = -1\n"
           "WRITEFLUSH buf+0 3 @0>0 = -1\n"
           "WRITEFLUSH buf+0 3 @0>0 = -1\n");
    stop_failing();
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 3 @0>3 = 3\n"
           "CLOSE 0 0 @3>3 = 0\n");
}

static void a_short_write_is_continued_where_it_stopped(void)
{
    HMMIO file = open_logged(buffer, 8);
    logged.most = 3;
    CHECK_EQ(mmioWrite(file, "01234567890", 11), 11);
    LOGGED("WRITE caller 11 @0>3 = 3\n"
           "WRITE caller 8 @3>6 = 3\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 5 @6>9 = 3\n"
           "WRITEFLUSH buf+3 2 @9>11 = 2\n"
           "CLOSE 0 0 @11>11 = 0\n");
    CHECK_BYTES(logged.bytes, "01234567890", 11);
}

static void a_refused_seek_keeps_the_buffer(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    logged.log[0] = 0;
    fail_with(MMIOM_SEEK, -1);
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
    LOGGED("SEEK 20 SET @8>8 = -1\n"
           "SEEK 0 END @8>8 = -1\n");
    CHECK_EQ(mmioRead(file, bytes, 5), 5);
    CHECK_BYTES(bytes, "defgh", 5);
    LOGGED("");
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioWrite(file, "C", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    LOGGED("SEEK 2 SET @8>8 = -1\n");
    stop_failing();
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("SEEK 2 SET @8>2 = 2\n"
           "WRITEFLUSH buf+2 1 @2>3 = 1\n"
           "CLOSE 0 0 @3>3 = 0\n");
}

static void a_refused_advance_loses_nothing(void)
{
    HMMIO file = open_logged_and_used(buffer, 8);
    CHECK_EQ(mmioWrite(file, "012", 3), 3);
    fail_with(MMIOM_WRITE, -1);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), MMIOERR_CANNOTWRITE);
    LOGGED("WRITE buf+0 3 @0>0 = -1\n"
           "WRITE buf+0 3 @0>0 = -1\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 3 @0>3 = 3\n"
           "CLOSE 0 0 @3>3 = 0\n");
}

static void failed_renames_and_deletions_are_one_message(void)
{
    MMIOINFO info;
    CHECK_EQ(mmioClose(open_logged(NULL, 0), 0), 0);
    logged.log[0] = 0;
    memset(&info, 0, sizeof info);
    info.pIOProc = log_proc;
    fail_with(MMIOM_RENAME, MMIOERR_FILENOTFOUND);
    CHECK_EQ(mmioRenameA("old", "new", &info, 0), MMIOERR_FILENOTFOUND);
    LOGGED("RENAME \"old\" \"new\" @0>0 = 257\n");
    fail_with(MMIOM_OPEN, MMIOERR_FILENOTFOUND);
    CHECK(mmioOpenA((LPSTR) "gone", &info, MMIO_DELETE) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
    LOGGED("OPEN \"gone\" 0 @0>0 = 257\n");
}

static void sent_transfers_act_at_the_position(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 4), 4);
    CHECK_BYTES(bytes, "defg", 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 7);
    LOGGED("READ buf+0 8 @0>8 = 8\n"
           "SEEK 3 SET @8>3 = 3\n"
           "READ caller 4 @3>7 = 4\n");
    CHECK_EQ(mmioWrite(file, "H", 1), 1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "IJ", 2), 2);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 10);
    LOGGED("WRITE buf+0 1 @7>8 = 1\n"
           "WRITE caller 2 @8>10 = 2\n");
    CHECK_EQ(mmioWrite(file, "K", 1), 1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 4, SEEK_SET), 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 4);
    LOGGED("WRITE buf+0 1 @10>11 = 1\n"
           "SEEK 4 SET @11>4 = 4\n");
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "E", 1), 1);
    LOGGED("WRITEFLUSH caller 1 @4>5 = 1\n");
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(logged.bytes, "abcdEfgHIJKlmn", 14);
}

static void other_messages_are_passed_unchanged(void)
{
    HMMIO file = open_logged(buffer, 8);
    CHECK_EQ(mmioWrite(file, "0", 1), 1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_USER, 4, 2), 42);
    LOGGED("USER 4 2 @0>0 = 42\n");
    CHECK_EQ(mmioSendMessage(file, MMIOM_RENAME, (LPARAM) "old", (LPARAM) "new"), 0);
    LOGGED("RENAME \"old\" \"new\" @0>0 = 0\n");
    CHECK_EQ(mmioSendMessage(file, MMIOM_OPEN, (LPARAM) "x", 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSendMessage(file, MMIOM_CLOSE, 0, 0), MMSYSERR_INVALPARAM);
    LOGGED("");
    CHECK_EQ(mmioClose(file, 0), 0);
    LOGGED("WRITEFLUSH buf+0 1 @0>1 = 1\n"
           "CLOSE 0 0 @1>1 = 0\n");
}

int main(void)
{
    int i;
    a_failed_open_is_not_closed();
    a_failed_close_is_not_repeated();
    a_failed_read_is_retried_by_the_next_call_only();
    a_refused_unbuffered_write_is_one_message();
    for (i = 0; i < 2; i++) {
        an_unknown_write_becomes_a_flush(refusals[i]);
        an_unknown_flush_becomes_a_write(refusals[i]);
    }
    an_unknown_flush_is_tried_once_a_flush();
    a_full_disk_is_not_taken_for_an_unknown_message();
    a_full_buffer_that_is_refused_stays();
    a_refused_flush_is_sent_again_and_close_waits_for_it();
    a_short_write_is_continued_where_it_stopped();
    a_refused_seek_keeps_the_buffer();
    a_refused_advance_loses_nothing();
    failed_renames_and_deletions_are_one_message();
    sent_transfers_act_at_the_position();
    other_messages_are_passed_unchanged();
    return report();
}
