/* Procedures that use their own file during a message: nothing crashes or overruns, MMIOM_CLOSE is sent exactly
 * once, and a file that is still open stays usable.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Custom procedures", "even on the same handle".
 * Shows docs/differences.md, Procedures: "A procedure may use the file that it is called for".
 * Shows docs/differences.md, Procedures: "MMSYSERR_HANDLEBUSY". */
#include "check.h"

/* More than the calls below can fill: full disks are tested elsewhere. */
#define SIZE 400
#define CANARY 0x5c
#define OWN_CODE mmioFOURCC('R', 'E', 'E', 'N')

typedef void (*action)(HMMIO own);

static struct {
    char bytes[SIZE];
    UINT when; /* In this message... */
    action what; /* ...the procedure does this, once, before its transfer. */
    int done, closes, user_messages;
    LONG accepted;
} disk;

static LRESULT CALLBACK busy_proc(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second);

static LRESULT transfer(MMIOINFO *info, char *to, const char *from, LONG count)
{
    LONG at = info->lDiskOffset, left = SIZE - at;
    count = count < left ? count : left;
    if (at < 0 || count <= 0) {
        return 0;
    }
    memcpy(to == NULL ? disk.bytes + at : to, from == NULL ? disk.bytes + at : from, (size_t)count);
    info->lDiskOffset = at + count;
    return count;
}

static LRESULT CALLBACK busy_proc(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    if (disk.what != NULL && message == disk.when && !disk.done) {
        disk.done = 1;
        disk.what(info->hmmio);
    }
    switch (message) {
    case MMIOM_READ:
        return transfer(info, (char *)first, NULL, (LONG)second);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return transfer(info, NULL, (const char *)first, (LONG)second);
    case MMIOM_SEEK:
        return info->lDiskOffset = (LONG)first;
    case MMIOM_CLOSE:
        disk.closes++;
        return 0;
    case MMIOM_USER:
        disk.user_messages++;
        return first + second;
    default:
        return 0;
    }
}

static void fresh_disk(UINT when, action what)
{
    int number;
    memset(&disk, 0, sizeof disk);
    for (number = 0; number < SIZE; number++) {
        disk.bytes[number] = (char)number;
    }
    disk.when = when;
    disk.what = what;
}

static HMMIO open_busy(LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = OWN_CODE;
    info.cchBuffer = buffer;
    return mmioOpenA((LPSTR) "x", &info, MMIO_READWRITE);
}

/* What the procedure does to its own file. */

static void closes(HMMIO own)
{
    mmioClose(own, 0);
}

static void closes_twice(HMMIO own)
{
    mmioClose(own, 0);
    CHECK_EQ(mmioClose(own, 0), MMSYSERR_INVALHANDLE);
}

static void gets_another_buffer(HMMIO own)
{
    mmioSetBuffer(own, NULL, 32, 0);
}

static void loses_its_buffer(HMMIO own)
{
    mmioSetBuffer(own, NULL, 0, 0);
}

static void gets_two_buffers(HMMIO own)
{
    static char own_buffer[40];
    mmioSetBuffer(own, own_buffer, sizeof own_buffer, 0);
    mmioSetBuffer(own, NULL, 5, 0);
}

static void seeks(HMMIO own)
{
    mmioSeek(own, 40, SEEK_SET);
}

static void reads(HMMIO own)
{
    char bytes[7];
    mmioRead(own, bytes, 7);
}

static void writes(HMMIO own)
{
    disk.accepted = mmioWrite(own, "vwxyz", 5);
}

static void flushes(HMMIO own)
{
    mmioFlush(own, MMIO_EMPTYBUF);
}

static void advances(HMMIO own)
{
    MMIOINFO info;
    if (mmioGetInfo(own, &info, 0) == MMSYSERR_NOERROR) {
        info.pchNext = info.pchEndWrite;
        info.dwFlags |= MMIO_DIRTY;
        mmioAdvance(own, &info, MMIO_WRITE);
    }
}

static void descends(HMMIO own)
{
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    mmioDescend(own, &chunk, NULL, 0);
}

static void sends_itself_transfers(HMMIO own)
{
    char bytes[4];
    mmioSendMessage(own, MMIOM_READ, (LPARAM)bytes, 4);
    mmioSendMessage(own, MMIOM_WRITE, (LPARAM) "1234", 4);
    mmioSendMessage(own, MMIOM_SEEK, 20, SEEK_SET);
}

static void does_all_and_closes(HMMIO own)
{
    reads(own);
    writes(own);
    gets_another_buffer(own);
    seeks(own);
    closes_twice(own);
}

/* Calls that leave everything as it was. */

static void queries_its_position(HMMIO own)
{
    MMIOINFO info;
    CHECK(mmioSeek(own, 0, SEEK_CUR) >= 0);
    CHECK_EQ(mmioGetInfo(own, &info, 0), MMSYSERR_NOERROR);
    CHECK(info.hmmio == own && info.pIOProc == busy_proc);
}

static void sends_itself_a_user_message(HMMIO own)
{
    CHECK_EQ(mmioSendMessage(own, MMIOM_USER, 40, 2), 42);
    CHECK_EQ(disk.user_messages, 1);
}

static void sends_itself_open_and_close(HMMIO own)
{
    CHECK_EQ(mmioSendMessage(own, MMIOM_OPEN, (LPARAM) "x", 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSendMessage(own, MMIOM_CLOSE, 0, 0), MMSYSERR_INVALPARAM);
}

static void removes_itself(HMMIO own)
{
    (void)own;
    CHECK(mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC) == busy_proc);
    CHECK(mmioInstallIOProcA(OWN_CODE, busy_proc, MMIO_INSTALLPROC) == busy_proc);
}

static void uses_other_files(HMMIO own)
{
    char bytes[8];
    HMMIO files[3];
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 16;
    files[0] = mmioOpenA((LPSTR) "other", NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    files[1] = mmioOpenA(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    files[2] = open_busy(8);
    CHECK(files[0] != own && files[1] != own && files[2] != own && files[2] != NULL);
    CHECK_EQ(mmioWrite(files[0], "abcdef", 6), 6);
    CHECK_EQ(mmioWrite(files[1], "abcdef", 6), 6);
    CHECK_EQ(mmioRead(files[2], bytes, 4), 4);
    CHECK_EQ(mmioClose(files[0], 0), 0);
    CHECK_EQ(mmioClose(files[1], 0), 0);
    CHECK_EQ(mmioClose(files[2], 0), 0);
    disk.closes--;
    CHECK_EQ(get_file("other", bytes, sizeof bytes), 6);
}

/* Makes a program's calls, one of which is interrupted by the procedure's. The memory has a canary on either side. */
static void play(HMMIO file)
{
    char bytes[22];
    LONG count;
    memset(bytes, CANARY, sizeof bytes);
    count = mmioRead(file, bytes + 1, 3);
    CHECK(count >= -1 && count <= 3);
    count = mmioRead(file, bytes + 1, 20);
    CHECK(count >= -1 && count <= 20);
    count = mmioWrite(file, "ABCDEFGHIJKLMNOPQRST", 20);
    CHECK(count >= -1 && count <= 20);
    mmioSeek(file, 2, SEEK_SET);
    count = mmioWrite(file, "abc", 3);
    CHECK(count >= -1 && count <= 3);
    mmioFlush(file, 0);
    mmioSeek(file, 60, SEEK_SET);
    CHECK_EQ(bytes[0], CANARY);
    CHECK_EQ(bytes[21], CANARY);
}

static void a_file_left_open_is_usable(HMMIO file)
{
    char bytes[SIZE];
    disk.done = disk.when != MMIOM_CLOSE;
    CHECK_EQ(mmioSeek(file, 10, SEEK_SET), 10);
    CHECK_EQ(mmioWrite(file, "after", 5), 5);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, bytes, SIZE), SIZE);
    CHECK_BYTES(bytes + 10, "after", 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_BYTES(bytes, disk.bytes, SIZE);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void nothing_breaks(UINT when, action what, LONG buffer)
{
    HMMIO file;
    fresh_disk(when, what);
    file = open_busy(buffer);
    CHECK(file != NULL);
    play(file);
    if (mmioSeek(file, 0, SEEK_CUR) >= 0) {
        a_file_left_open_is_usable(file);
    }
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(disk.closes, 1);
}

static void every_action_in_every_message(LONG buffer)
{
    static const action actions[] = {closes,   closes_twice,           gets_another_buffer, loses_its_buffer, gets_two_buffers,
                                     seeks,    reads,                  writes,              flushes,          advances,
                                     descends, sends_itself_transfers, does_all_and_closes};
    static const UINT messages[] = {MMIOM_READ,       MMIOM_WRITE, MMIOM_SEEK,
                                    MMIOM_WRITEFLUSH, MMIOM_OPEN,  MMIOM_CLOSE};
    size_t number, message;
    for (message = 0; message < sizeof messages / sizeof messages[0]; message++) {
        for (number = 0; number < sizeof actions / sizeof actions[0]; number++) {
            nothing_breaks(messages[message], actions[number], buffer);
        }
    }
}

static void harmless_actions_change_nothing(UINT when, action what, LONG buffer)
{
    char bytes[SIZE];
    HMMIO file;
    fresh_disk(when, what);
    file = open_busy(buffer);
    CHECK_EQ(mmioRead(file, bytes, 20), 20);
    CHECK_BYTES(bytes, disk.bytes, 20);
    CHECK_EQ(mmioWrite(file, "abcde", 5), 5);
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioRead(file, bytes, 10), 10);
    CHECK_BYTES(bytes, disk.bytes + 2, 10);
    CHECK_EQ(mmioWrite(file, "fghij", 5), 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 17);
    CHECK_BYTES(disk.bytes + 12, "fghij", 5);
    CHECK_EQ(disk.bytes[17], 17);
    CHECK_BYTES(disk.bytes + 20, "abcde", 5);
    CHECK_EQ(mmioSeek(file, SIZE - 14, SEEK_SET), SIZE - 14);
    CHECK_EQ(mmioRead(file, bytes, 20), 14);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.closes, 1);
}

static void harmless_actions_in_every_message(LONG buffer)
{
    static const action actions[] = {queries_its_position, sends_itself_a_user_message, sends_itself_open_and_close,
                                     removes_itself, uses_other_files};
    static const UINT messages[] = {MMIOM_READ, MMIOM_WRITE, MMIOM_SEEK, MMIOM_WRITEFLUSH};
    size_t number, message;
    for (message = 0; message < sizeof messages / sizeof messages[0]; message++) {
        for (number = 0; number < sizeof actions / sizeof actions[0]; number++) {
            harmless_actions_change_nothing(messages[message], actions[number], buffer);
        }
    }
    harmless_actions_change_nothing(MMIOM_OPEN, removes_itself, buffer);
    harmless_actions_change_nothing(MMIOM_CLOSE, removes_itself, buffer);
    harmless_actions_change_nothing(MMIOM_OPEN, uses_other_files, buffer);
    harmless_actions_change_nothing(MMIOM_CLOSE, uses_other_files, buffer);
}

/* The memory of a message stays valid until the procedure returns, even if it closed the file before. */
static void closing_in_a_read_makes_the_read_fail(LONG buffer)
{
    char bytes[4];
    HMMIO file;
    fresh_disk(MMIOM_READ, closes);
    file = open_busy(buffer);
    CHECK_EQ(mmioRead(file, bytes, 4), -1);
    CHECK_EQ(disk.closes, 1);
    CHECK_EQ(mmioRead(file, bytes, 4), -1);
    CHECK_EQ(mmioFlush(file, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
}

/* The procedure fills the buffer after its own write, which must not overwrite the bytes that were accepted. */
static void bytes_accepted_during_a_read_are_written(LONG buffer)
{
    char bytes[3];
    HMMIO file;
    fresh_disk(MMIOM_READ, writes);
    file = open_busy(buffer);
    mmioRead(file, bytes, 3);
    CHECK_EQ(disk.done, 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    if (disk.accepted == 5) {
        CHECK_BYTES(disk.bytes, "vwxyz", 5);
    }
}

static void a_procedure_that_closes_in_close_is_closed_once(void)
{
    HMMIO file;
    fresh_disk(MMIOM_CLOSE, closes_twice);
    file = open_busy(8);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(disk.closes, 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 6, 16, 25, 64, 100};
    size_t number;
    mmioInstallIOProcA(OWN_CODE, busy_proc, MMIO_INSTALLPROC);
    for (number = 0; number < sizeof buffers / sizeof buffers[0]; number++) {
        every_action_in_every_message(buffers[number]);
        harmless_actions_in_every_message(buffers[number]);
        closing_in_a_read_makes_the_read_fail(buffers[number]);
        bytes_accepted_during_a_read_are_written(buffers[number]);
    }
    a_procedure_that_closes_in_close_is_closed_once();
    CHECK(mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC) == busy_proc);
    CHECK(mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC) == NULL);
    return report();
}
