/* Durability: MMIOM_WRITEFLUSH forces the bytes to the disk, and no other message does. This program replaces
 * fdatasync, to count the calls.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Disk", "mmsys_set_durable", "MMSYSTEM_DURABLE=1".
 * Shows docs/contract.md, 5. I/O procedures and messages: "Write-through", "memory file, none of 0 bytes is sent".
 * Shows docs/differences.md, Writing: "Durability", "MMSYSERR_NOTSUPPORTED". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <mmsystem_ext.h>
#include <unistd.h>

#ifdef __linux__
static int forced, refuse;

#ifdef __cplusplus
extern "C"
#endif
    int
    fdatasync(int fd)
{
    (void)fd;
    if (refuse) {
        errno = EIO;
        return -1;
    }
    forced++;
    return 0;
}

static char name[] = "durable";

static HMMIO open_file(DWORD buffering)
{
    HMMIO file = mmioOpen(name, NULL, MMIO_CREATE | MMIO_READWRITE | buffering);
    CHECK(file != NULL);
    forced = 0;
    return file;
}

static void without_durability_nothing_is_forced(void)
{
    HMMIO file = open_file(MMIO_ALLOCBUF);
    CHECK_EQ(mmioWrite(file, "a", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 0);
}

static void flush_and_close_force_what_they_write(void)
{
    HMMIO file = open_file(MMIO_ALLOCBUF);
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "a", 1), 1);
    CHECK_EQ(forced, 0);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(forced, 1);
    /* Nothing is dirty: nothing is sent. */
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmioWrite(file, "b", 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 2);
}

/* Bytes that were sent to the system as MMIOM_WRITE are forced by the next flush, although nothing is dirty. */
static void a_flush_forces_bytes_that_were_written_before(DWORD buffering)
{
    HMMIO file = open_file(buffering);
    char bytes[3];
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_EQ(mmioSeek(file, 100, SEEK_SET), 100);
    CHECK_EQ(forced, 0);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 1);
}

/* Bytes that were sent to the system while durability was off are forced too, whichever message sent them. */
static void bytes_written_without_durability_are_forced(int flushed, int closes)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = 16;
    file = mmioOpen(name, &info, MMIO_CREATE | MMIO_READWRITE);
    forced = 0;
    CHECK_EQ(mmioWrite(file, "0123456789abcdefghij", 20), 20);
    if (flushed) {
        CHECK_EQ(mmioWrite(file, "k", 1), 1);
        CHECK_EQ(mmioFlush(file, 0), 0);
    }
    CHECK_EQ(forced, 0);
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(forced, 0);
    refuse = 1;
    CHECK_EQ(closes ? mmioClose(file, 0) : mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    refuse = 0;
    if (!closes) {
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
        CHECK_EQ(forced, 1);
        CHECK_EQ(mmioFlush(file, 0), 0);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 1);
}

/* After durability was off for a while, the next flush forces everything. */
static void a_flush_without_durability_is_forced_by_a_later_one(void)
{
    HMMIO file = open_file(MMIO_ALLOCBUF);
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "a", 1), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmsys_set_durable(file, 0), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "b", 1), 1);
    CHECK_EQ(mmioWrite(file, "c", 1), 1);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioSetBuffer(file, NULL, 8, 0), 0);
    CHECK_EQ(forced, 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 2);
}

static void a_sent_writeflush_forces(void)
{
    HMMIO file = open_file(0);
    char bytes[] = "abc";
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, 3), 3);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)bytes, 3), 3);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmsys_set_durable(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 1);
}

static void write_through_makes_every_write_a_flush(void)
{
    HMMIO file = open_file(MMIO_ALLOCBUF);
    char bytes[8];
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmsys_set_write_through(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    CHECK_EQ(forced, 1);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 2);
    CHECK_EQ(mmioWrite(file, "cd", 2), 2);
    CHECK_EQ(forced, 2);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 4);
    CHECK_BYTES(bytes, "abcd", 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 2);
}

/* A write that was refused because it could not be forced may be in the file nevertheless. */
static void bytes_that_could_not_be_forced_are_forced_by_the_next_flush(void)
{
    HMMIO file = open_file(0);
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmsys_set_write_through(file, 1), 0);
    refuse = 1;
    CHECK_EQ(mmioWrite(file, "ab", 2), -1);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    refuse = 0;
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 1);
}

static void bytes_that_were_never_sent_are_not_forced(void)
{
    HMMIO file;
    put_file(name, "abc", 3);
    file = mmioOpen(name, NULL, MMIO_READ);
    forced = 0;
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "ab", 2), -1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 0);
}

static void a_disk_that_cannot_be_forced_loses_nothing(void)
{
    char bytes[8];
    HMMIO file = open_file(MMIO_ALLOCBUF);
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    refuse = 1;
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    refuse = 0;
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 3);
}

static void the_environment_switches_durability_on(void)
{
    HMMIO file;
    CHECK_EQ(setenv("MMSYSTEM_DURABLE", "1", 1), 0);
    file = open_file(MMIO_ALLOCBUF);
    CHECK_EQ(mmioWrite(file, "a", 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(unsetenv("MMSYSTEM_DURABLE"), 0);
}

/* A descriptor with O_APPEND takes no bytes elsewhere than at its end. A flush of 0 bytes does not depend on the
 * position. */
static void an_appending_file_is_forced_at_any_position(void)
{
    MMIOINFO info;
    HMMIO file;
    int fd = open("append", O_RDWR | O_CREAT | O_APPEND | O_TRUNC, 0600);
    CHECK(fd >= 0);
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = (DWORD)fd;
    file = mmioOpen(NULL, &info, MMIO_READWRITE);
    CHECK(file != NULL);
    CHECK_EQ(mmsys_set_durable(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    forced = 0;
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(forced, 1);
    CHECK_EQ(mmioWrite(file, "x", 1), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
    remove("append");
}
#endif

static void memory_has_no_disk(void)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 16;
    file = mmioOpen(NULL, &info, MMIO_CREATE);
    CHECK_EQ(mmsys_set_durable(file, 1), MMSYSERR_NOTSUPPORTED);
    CHECK_EQ(mmsys_set_write_through(file, 1), 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
#ifdef __linux__
    int i;
    without_durability_nothing_is_forced();
    flush_and_close_force_what_they_write();
    a_flush_forces_bytes_that_were_written_before(0);
    a_flush_forces_bytes_that_were_written_before(MMIO_ALLOCBUF);
    for (i = 0; i < 4; i++) {
        bytes_written_without_durability_are_forced(i / 2, i % 2);
    }
    a_flush_without_durability_is_forced_by_a_later_one();
    a_sent_writeflush_forces();
    write_through_makes_every_write_a_flush();
    a_disk_that_cannot_be_forced_loses_nothing();
    bytes_that_could_not_be_forced_are_forced_by_the_next_flush();
    bytes_that_were_never_sent_are_not_forced();
    an_appending_file_is_forced_at_any_position();
    the_environment_switches_durability_on();
#endif
    CHECK_EQ(mmsys_set_durable(NULL, 1), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmsys_set_write_through(NULL, 1), MMSYSERR_INVALHANDLE);
    memory_has_no_disk();
    return report();
}
