/* MMIOM_WRITEFLUSH from a flush, a close or mmioSendMessage: every byte is written once, the procedure moves
 * lDiskOffset and returns the count, and an error is -1.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "MMIOM_WRITEFLUSH asks the procedure to write".
 * Shows docs/contract.md, 5. I/O procedures and messages: "A procedure that knows only one of the two".
 * Shows docs/procedures.md, A procedure that buffers: "On MMIOM_WRITEFLUSH". */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "memory_open.h"

#include <fcntl.h>
#include <unistd.h>

/* The file of a procedure: how it behaves, and what it was sent. */
static struct {
    char bytes[256];
    LONG size;
    int writes, flushes, closes;
    int knows_write, knows_flush; /* 0: returns 0 for that message, as a procedure that does not know it. */
    LRESULT always_returns;        /* Not 0: what it returns for both, without writing. */
    LONG most;                    /* Maximum bytes per message; 0 for no limit. */
    LONG last_count;
} disk;

static LRESULT store(MMIOINFO *file, const char *bytes, LONG count, int known)
{
    disk.last_count = count;
    if (disk.always_returns != 0) {
        return disk.always_returns;
    }
    if (!known) {
        return 0;
    }
    if (disk.most > 0 && count > disk.most) {
        count = disk.most;
    }
    memcpy(disk.bytes + file->lDiskOffset, bytes, (size_t)count);
    file->lDiskOffset += count;
    if (disk.size < file->lDiskOffset) {
        disk.size = file->lDiskOffset;
    }
    return count;
}

static LRESULT CALLBACK recording_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *file = (MMIOINFO *)(void *)info;
    switch (message) {
    case MMIOM_WRITE:
        disk.writes++;
        return store(file, (const char *)first, (LONG)second, disk.knows_write);
    case MMIOM_WRITEFLUSH:
        disk.flushes++;
        return store(file, (const char *)first, (LONG)second, disk.knows_flush);
    case MMIOM_SEEK:
        return file->lDiskOffset = (LONG)first;
    case MMIOM_CLOSE:
        disk.closes++;
        return 0;
    default:
        return 0;
    }
}

static HMMIO custom_file(LONG buffer, int knows_write, int knows_flush)
{
    memset(&disk, 0, sizeof disk);
    disk.knows_write = knows_write;
    disk.knows_flush = knows_flush;
    return open_custom(recording_proc, NULL, buffer);
}

static LRESULT send_flush(HMMIO file, const char *bytes, LONG count)
{
    return mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, count);
}

static void flush_writes_the_buffer_once(void)
{
    HMMIO file = custom_file(32, 1, 1);
    CHECK_EQ(mmioWrite(file, "abcdef", 6), 6);
    CHECK_EQ(disk.size, 0);
    CHECK(is_dirty(file));
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(disk.flushes, 1);
    CHECK_EQ(disk.writes, 0);
    CHECK_EQ(disk.size, 6);
    CHECK_BYTES(disk.bytes, "abcdef", 6);
    CHECK_EQ(info_of(file).lDiskOffset, 6);
    CHECK(!is_dirty(file));
    CHECK_EQ(position_of(file), 6);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.flushes, 1);
    CHECK_EQ(disk.writes, 0);
    CHECK_EQ(disk.closes, 1);
}

static void close_writes_the_buffer_once(void)
{
    HMMIO file = custom_file(32, 1, 1);
    CHECK_EQ(mmioWrite(file, "abcdef", 6), 6);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.flushes, 1);
    CHECK_EQ(disk.writes, 0);
    CHECK_EQ(disk.size, 6);
    CHECK_BYTES(disk.bytes, "abcdef", 6);
    CHECK_EQ(disk.closes, 1);
}

static void a_custom_procedure_writes_moves_and_returns_the_count(LONG buffer)
{
    HMMIO file = custom_file(buffer, 1, 1);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    CHECK_EQ(send_flush(file, "cdef", 4), 4);
    CHECK_EQ(disk.flushes, 1);
    CHECK_EQ(info_of(file).lDiskOffset, 6);
    CHECK_EQ(position_of(file), 6);
    CHECK_EQ(disk.size, 6);
    CHECK_BYTES(disk.bytes, "abcdef", 6);
    CHECK_EQ(mmioSeek(file, 1, SEEK_SET), 1);
    CHECK_EQ(send_flush(file, "XY", 2), 2);
    CHECK_EQ(position_of(file), 3);
    CHECK_EQ(mmioWrite(file, "Z", 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.size, 6);
    CHECK_BYTES(disk.bytes, "aXYZef", 6);
}

static void a_sent_flush_of_0_bytes_writes_nothing(void)
{
    HMMIO file = custom_file(16, 1, 1);
    CHECK_EQ(send_flush(file, "x", 0), 0);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.size, 0);
}

static void minus_one_is_the_error(LONG buffer)
{
    HMMIO file = custom_file(buffer, 1, 1);
    disk.always_returns = -1;
    CHECK_EQ(send_flush(file, "abcd", 4), -1);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    disk.always_returns = 5;
    CHECK_EQ(send_flush(file, "abcd", 4), -1);
    disk.always_returns = -2;
    CHECK_EQ(send_flush(file, "abcd", 4), -1);
    CHECK_EQ(disk.size, 0);
    disk.always_returns = 0;
    CHECK_EQ(send_flush(file, "abcd", 4), 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.size, 4);
    CHECK_BYTES(disk.bytes, "abcd", 4);
}

static void a_failed_flush_keeps_bytes_and_handle(void)
{
    HMMIO file = custom_file(16, 1, 1);
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    disk.always_returns = -1;
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(disk.closes, 0);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK(is_dirty(file));
    disk.always_returns = 0;
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.closes, 1);
    CHECK_EQ(disk.size, 4);
    CHECK_BYTES(disk.bytes, "abcd", 4);
}

static void a_short_count_is_continued(void)
{
    HMMIO file = custom_file(16, 1, 1);
    disk.most = 3;
    CHECK_EQ(mmioWrite(file, "abcdefgh", 8), 8);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(disk.flushes, 3);
    CHECK_EQ(disk.last_count, 2);
    CHECK_EQ(disk.size, 8);
    CHECK_BYTES(disk.bytes, "abcdefgh", 8);
    CHECK_EQ(send_flush(file, "ijklm", 5), 3);
    CHECK_EQ(position_of(file), 11);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.size, 11);
}

/* A procedure that knows one of the two messages: the other is tried again after each flush, and by mmioSendMessage. */
static void one_of_the_two_messages_is_enough(int knows_write, LONG buffer, int refused)
{
    HMMIO file = custom_file(buffer, knows_write, !knows_write);
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioWrite(file, "ABCDEFGHIJKLMNOPQRST", 20), 20);
    CHECK_EQ(mmioWrite(file, "uv", 2), 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(send_flush(file, "wx", 2), 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "yz", 2), 2);
    CHECK_EQ(mmioWrite(file, "!", 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.size, 27);
    CHECK_BYTES(disk.bytes, "ABCDEFGHIJKLMNOPQRSTuvwxyz!", 27);
    CHECK_EQ(knows_write ? disk.flushes : disk.writes, refused);
}

static void a_procedure_that_knows_neither_message_causes_no_loop(LONG buffer)
{
    HMMIO file = custom_file(buffer, 0, 0);
    LONG written = mmioWrite(file, "abcd", 4);
    CHECK_EQ(written, buffer > 4 ? 4 : -1);
    CHECK_EQ(mmioFlush(file, 0), buffer > 4 ? MMIOERR_CANNOTWRITE : 0);
    disk.knows_write = 1;
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.size, buffer > 4 ? 4 : 0);
}

static void the_disk_procedure_writes_moves_and_returns_the_count(DWORD buffering)
{
    char bytes[32];
    HMMIO file;
    put_file("disk", "0123456789", 10);
    file = mmioOpenA((LPSTR) "disk", NULL, MMIO_READWRITE | buffering);
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    CHECK_EQ(send_flush(file, "cd", 2), 2);
    CHECK_EQ(info_of(file).lDiskOffset, 6);
    CHECK_EQ(get_file("disk", bytes, sizeof bytes), 10);
    CHECK_BYTES(bytes, "01abcd6789", 10);
    CHECK_EQ(mmioRead(file, bytes, 2), 2);
    CHECK_BYTES(bytes, "67", 2);
    CHECK_EQ(mmioWrite(file, "!", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(get_file("disk", bytes, sizeof bytes), 10);
    CHECK_BYTES(bytes, "01abcd67!9", 10);
    CHECK_EQ(mmioWrite(file, "?+", 2), 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file("disk", bytes, sizeof bytes), 11);
    CHECK_BYTES(bytes, "01abcd67!?+", 11);
}

static void a_read_only_disk_file_returns_minus_one(DWORD buffering)
{
    char bytes[16];
    HMMIO file;
    put_file("readonly", "0123456789", 10);
    file = mmioOpenA((LPSTR) "readonly", NULL, MMIO_READ | buffering);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_EQ(send_flush(file, "xx", 2), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "xx", 2), -1);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(position_of(file), 4);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_BYTES(bytes, "4567", 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file("readonly", bytes, sizeof bytes), 10);
}

static void a_lost_descriptor_returns_minus_one(void)
{
    HMMIO file;
    int descriptor;
    put_file("lost", "0123456789", 10);
    descriptor = open("lost", O_RDWR);
    file = adopt(descriptor, MMIO_READWRITE, 0);
    CHECK_EQ(close(descriptor), 0);
    CHECK_EQ(send_flush(file, "xx", 2), -1);
    CHECK_EQ(mmioWrite(file, "xx", 2), -1);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTCLOSE);
}

/* The built-in procedures may be called by a program, with a structure of its own. */
static void the_disk_procedure_called_directly(void)
{
    LPMMIOPROC dos = mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC);
    MMIOINFO own;
    char bytes[16];
    CHECK(dos != NULL);
    memset(&own, 0, sizeof own);
    own.dwFlags = MMIO_CREATE | MMIO_READWRITE;
    CHECK_EQ(dos((LPSTR)&own, MMIOM_OPEN, (LPARAM) "own", 0), 0);
    CHECK_EQ(dos((LPSTR)&own, MMIOM_WRITE, (LPARAM) "abc", 3), 3);
    CHECK_EQ(dos((LPSTR)&own, MMIOM_WRITEFLUSH, (LPARAM) "defg", 4), 4);
    CHECK_EQ(own.lDiskOffset, 7);
    CHECK_EQ(dos((LPSTR)&own, MMIOM_WRITEFLUSH, (LPARAM) "", 0), 0);
    CHECK_EQ(dos((LPSTR)&own, MMIOM_WRITEFLUSH, 0, 4), -1);
    CHECK_EQ(dos((LPSTR)&own, MMIOM_CLOSE, 0, 0), 0);
    CHECK_EQ(dos((LPSTR)&own, MMIOM_WRITEFLUSH, (LPARAM) "h", 1), -1);
    CHECK_EQ(get_file("own", bytes, sizeof bytes), 7);
    CHECK_BYTES(bytes, "abcdefg", 7);
}

static void the_memory_procedure_writes_moves_and_returns_the_count(void)
{
    HMMIO file = open_memory(NULL, 8, 0, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    CHECK_EQ(send_flush(file, "cde", 3), 3);
    CHECK_EQ(position_of(file), 5);
    CHECK_EQ(info_of(file).pchEndRead - info_of(file).pchBuffer, 5);
    CHECK_BYTES(info_of(file).pchBuffer, "abcde", 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(send_flush(file, "fghijk", 6), 3);
    CHECK_BYTES(info_of(file).pchBuffer, "abcdefgh", 8);
    CHECK_EQ(send_flush(file, "l", 1), 0);
    CHECK_EQ(position_of(file), 8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void the_memory_procedure_grows(void)
{
    HMMIO file = open_memory(NULL, 4, 8, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(send_flush(file, "abcdefghijk", 11), 11);
    CHECK_EQ(info_of(file).cchBuffer, 12);
    CHECK_BYTES(info_of(file).pchBuffer, "abcdefghijk", 11);
    CHECK_EQ(position_of(file), 11);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 3, 16, 64};
    /* How often the unknown message is sent: MMIOM_WRITE, and MMIOM_WRITEFLUSH. */
    static const int refused[2][5] = {{3, 3, 3, 2, 1}, {4, 4, 6, 7, 7}};
    size_t number;
    flush_writes_the_buffer_once();
    close_writes_the_buffer_once();
    a_sent_flush_of_0_bytes_writes_nothing();
    a_failed_flush_keeps_bytes_and_handle();
    a_short_count_is_continued();
    for (number = 0; number < sizeof buffers / sizeof buffers[0]; number++) {
        a_custom_procedure_writes_moves_and_returns_the_count(buffers[number]);
        minus_one_is_the_error(buffers[number]);
        one_of_the_two_messages_is_enough(0, buffers[number], refused[0][number]);
        one_of_the_two_messages_is_enough(1, buffers[number], refused[1][number]);
        a_procedure_that_knows_neither_message_causes_no_loop(buffers[number]);
    }
    the_disk_procedure_writes_moves_and_returns_the_count(0);
    the_disk_procedure_writes_moves_and_returns_the_count(MMIO_ALLOCBUF);
    a_read_only_disk_file_returns_minus_one(0);
    a_read_only_disk_file_returns_minus_one(MMIO_ALLOCBUF);
    a_lost_descriptor_returns_minus_one();
    the_disk_procedure_called_directly();
    the_memory_procedure_writes_moves_and_returns_the_count();
    the_memory_procedure_grows();
    return report();
}
