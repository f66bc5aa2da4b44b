/* The procedure of examples/cache.c: compared with a model, and on a disk that fails and recovers. */
#define _XOPEN_SOURCE 700
#include "buffered.h"

#define main example_main
#define calloc allocate
#include "../../examples/cache.c"
#undef calloc
#undef main

enum { ROOM = 400000 };

static char name[] = "cached";
static char model[ROOM], bytes[ROOM];
static LONG size;

/* The disk below the cache: it counts messages, may write only a part, and fails on demand. */
static LPMMIOPROC RealDisk;
static int received[8], failing = -1, failing_after, failing_for_ever, taking_parts;

static LRESULT CALLBACK TestDisk(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    if (message < 8)
        received[message]++;
    if ((int)message == failing && failing_after-- <= 0) {
        if (!failing_for_ever)
            failing = -1;
        return -1;
    }
    if (taking_parts && message == MMIOM_WRITE && second > 1)
        second = (second + 1) / 2;
    return RealDisk(info, message, first, second);
}

static void fail_at(int message, int after, int for_ever)
{
    failing = message;
    failing_after = after;
    failing_for_ever = for_ever;
}

static HMMIO open_cached(DWORD flags, LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = CacheProc;
    info.cchBuffer = buffer;
    info.hmmio = mmioOpen(name, &info, flags);
    CHECK(info.hmmio != NULL);
    return info.hmmio;
}

static MMRESULT error_of(char *file, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = CacheProc;
    CHECK(mmioOpen(file, &info, flags) == NULL);
    return info.wErrorRet;
}

/* The disk has exactly the bytes of the model. */
static void the_disk_has_the_model(void)
{
    CHECK_EQ(get_file(name, bytes, sizeof bytes), size);
    CHECK_BYTES(bytes, model, (size_t)size);
}

/* Writes to the model and to the file; returns how many bytes the file accepted. */
static LONG write_at(HMMIO file, LONG at, LONG count)
{
    LONG number, taken;
    for (number = 0; number < count; number++)
        bytes[number] = (char)random_number(256);
    if (mmioSeek(file, at, SEEK_SET) != at)
        return 0;
    taken = mmioWrite(file, bytes, count);
    if (taken > 0) {
        memcpy(model + at, bytes, (size_t)taken);
        size = at + taken > size ? at + taken : size;
    }
    return taken;
}

static void read_at(HMMIO file, LONG at, LONG count)
{
    LONG expected = at >= size ? 0 : count < size - at ? count : size - at;
    CHECK_EQ(mmioSeek(file, at, SEEK_SET), at);
    CHECK_EQ(mmioRead(file, bytes, count), expected);
    CHECK_BYTES(bytes, model + at, (size_t)expected);
}

static void begin(uint32_t seed)
{
    random_state = seed;
    memset(model, 0, sizeof model);
    size = 0;
}

/* Positions on both sides of page boundaries, in four times as many pages as the cache has, and beyond the end. */
static void it_is_a_file_like_others(LONG buffer)
{
    int step;
    HMMIO file;
    begin(1 + (uint32_t)buffer);
    file = open_cached(MMIO_CREATE | MMIO_READWRITE, buffer);
    for (step = 0; step < 1500; step++) {
        LONG at = (LONG)(PAGE * random_number(4 * PAGES) + PAGE - 20 + random_number(40));
        LONG count = (LONG)(random_number(8) == 0 ? random_number(3 * PAGE) : random_number(60));
        switch (random_number(12)) {
        case 0:
            CHECK_EQ(mmioFlush(file, 0), 0);
            the_disk_has_the_model();
            break;
        case 1:
            CHECK_EQ(mmioSeek(file, 0, SEEK_END), size);
            CHECK_EQ(mmioRead(file, bytes, 10), 0);
            break;
        case 2:
            CHECK_EQ(mmioClose(file, 0), 0);
            the_disk_has_the_model();
            file = open_cached(MMIO_READWRITE, buffer);
            break;
        case 3:
            CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, 0), 0);
            the_disk_has_the_model();
            break;
        case 4:
        case 5:
        case 6:
        case 7:
            read_at(file, at, count);
            break;
        default:
            CHECK_EQ(write_at(file, at, count), count);
        }
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    the_disk_has_the_model();
}

/* One message of the disk fails once: a call of the program fails, and succeeds when it is repeated. */
static void an_error_loses_nothing(int message, LONG buffer)
{
    int after, step, errors = 0;
    LONG at, count, taken;
    HMMIO file;
    for (after = 0; after < 40; after++) {
        begin(1000 + (uint32_t)after);
        file = open_cached(MMIO_CREATE | MMIO_READWRITE, buffer);
        fail_at(message, after, 0);
        for (step = 0; step < 60; step++) {
            at = (LONG)(PAGE * random_number(3 * PAGES) + random_number(PAGE));
            for (count = (LONG)random_number(2 * PAGE); count > 0; count -= taken, at += taken) {
                taken = write_at(file, at, count);
                errors += taken < count;
                taken = taken > 0 ? taken : 0;
            }
            if (random_number(8) == 0 && mmioFlush(file, 0) != 0) {
                errors++;
                CHECK_EQ(mmioFlush(file, 0), 0);
                the_disk_has_the_model();
            }
        }
        for (at = 0; at < size; at += count > 0 ? count : 0) {
            CHECK_EQ(mmioSeek(file, at, SEEK_SET), at);
            count = mmioRead(file, bytes, 5000);
            errors += count < 0;
            if (count > 0)
                CHECK_BYTES(bytes, model + at, (size_t)count);
        }
        if (mmioClose(file, 0) != 0) {
            errors++;
            CHECK_EQ(mmioClose(file, 0), 0);
        }
        failing = -1;
        the_disk_has_the_model();
    }
    CHECK(errors >= 15);
}

/* Bytes beyond the limit stay in their pages, which are not replaced. When there is room again all are written. */
static void a_disk_that_was_full_gets_all(LONG buffer)
{
    LONG taken;
    HMMIO file;
    begin(7);
    file = open_cached(MMIO_CREATE | MMIO_READWRITE, buffer);
    CHECK_EQ(write_at(file, 0, 20000), 20000);
    limit_files(10000);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    taken = write_at(file, 20000, 200000);
    CHECK(taken > 0 && taken < 200000);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    limit_files(RLIM_INFINITY);
    CHECK_EQ(mmioFlush(file, 0), 0);
    the_disk_has_the_model();
    read_at(file, 0, size);
    CHECK_EQ(write_at(file, size, 200000 - taken), 200000 - taken);
    CHECK_EQ(mmioClose(file, 0), 0);
    the_disk_has_the_model();
}

/* mmsys_discard writes what can be written, and frees the memory. */
static void a_file_that_is_given_up_is_closed(void)
{
    HMMIO file;
    begin(8);
    file = open_cached(MMIO_CREATE | MMIO_READWRITE, 0);
    CHECK_EQ(write_at(file, 0, 20000), 20000);
    limit_files(10000);
    CHECK_EQ(mmsys_discard(file), MMIOERR_CANNOTWRITE);
    limit_files(RLIM_INFINITY);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 10000);
    CHECK_BYTES(bytes, model, 10000);
    file = open_cached(MMIO_CREATE | MMIO_READWRITE, 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmsys_discard(file), 0);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 3);
}

/* The first flush, by mmioClose, fails: the file stays open until it is discarded. */
static void a_first_flush_that_fails_keeps_the_file_open(LONG buffer)
{
    HMMIO file;
    begin(10);
    file = open_cached(MMIO_CREATE | MMIO_READWRITE, buffer);
    CHECK_EQ(write_at(file, 0, 20000), 20000);
    limit_files(10000);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_discard(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_discard(file), MMSYSERR_INVALHANDLE);
    limit_files(RLIM_INFINITY);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 10000);
    CHECK_BYTES(bytes, model, 10000);
}

/* A write changes pages. A flush writes each once, and flushes the disk. */
static void a_flush_empties_the_cache(void)
{
    int number;
    HMMIO file = open_cached(MMIO_CREATE | MMIO_READWRITE, 0);
    memset(received, 0, sizeof received);
    for (number = 0; number < 3 * PAGE; number++)
        CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(received[MMIOM_WRITE] + received[MMIOM_WRITEFLUSH], 0);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 0);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(received[MMIOM_WRITE], 3);
    CHECK_EQ(received[MMIOM_WRITEFLUSH], 1);
    CHECK_EQ(received[MMIOM_READ], 0);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 3 * PAGE);
    /* Only the changed bytes of a page. */
    Bytes = 0;
    CHECK_EQ(mmioSeek(file, 3000, SEEK_SET), 3000);
    CHECK_EQ(mmioWrite(file, "yz", 2), 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSeek(file, 3010, SEEK_SET), 3010);
    CHECK_EQ(mmioWrite(file, "yz", 2), 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(Bytes, 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(received[MMIOM_WRITE], 5);
    CHECK_EQ(received[MMIOM_CLOSE], 1);
}

/* A permanent failure makes each call fail, and has no other effect. */
static void a_disk_that_stays_broken_is_reported(void)
{
    HMMIO file;
    begin(9);
    file = open_cached(MMIO_CREATE | MMIO_READWRITE, 0);
    CHECK_EQ(write_at(file, 0, 100), 100);
    CHECK_EQ(write_at(file, PAGE * PAGES, 50), 50);
    fail_at(MMIOM_WRITEFLUSH, 0, 1);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "xyz", 3), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), size);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    fail_at(-1, 0, 0);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    file = open_cached(MMIO_READ, 0);
    fail_at(MMIOM_READ, 0, 1);
    CHECK_EQ(mmioRead(file, bytes, 10), -1);
    fail_at(-1, 0, 0);
    read_at(file, 0, 100);
    /* The page that would be replaced by one that cannot be read. */
    CHECK_EQ(mmioSeek(file, PAGE * PAGES, SEEK_SET), PAGE * PAGES);
    fail_at(MMIOM_READ, 0, 1);
    CHECK_EQ(mmioRead(file, bytes, 10), -1);
    fail_at(-1, 0, 0);
    read_at(file, 0, 100);
    read_at(file, PAGE * PAGES, 50);
    CHECK_EQ(mmioClose(file, 0), 0);
    fail_at(MMIOM_SEEK, 0, 1);
    CHECK_EQ(error_of(name, MMIO_READ), MMIOERR_CANNOTSEEK);
    fail_at(-1, 0, 0);
}

static void opening_does_what_it_does_on_a_disk(void)
{
    static char other[] = "renamed", missing[] = "missing/file";
    HMMIO file;
    put_file(name, "0123456789", 10);
    no_memory = 1;
    CHECK_EQ(error_of(name, MMIO_CREATE), MMIOERR_OUTOFMEMORY);
    no_memory = 0;
    CHECK_EQ(error_of(NULL, MMIO_READ), MMIOERR_INVALIDFILE);
    CHECK_EQ(error_of(missing, MMIO_CREATE), MMIOERR_PATHNOTFOUND);
    file = open_cached(MMIO_READ, 0);
    CHECK_EQ(mmioWrite(file, "x", 1), -1);
    CHECK_EQ(mmioSeek(file, 3, SEEK_END), 7);
    CHECK_EQ(mmioRead(file, bytes, 100), 3);
    CHECK_BYTES(bytes, "789", 3);
    CHECK_EQ(mmioClose(file, 0), 0);
    /* A part of a page, in a file opened for writing only. */
    file = open_cached(MMIO_WRITE, 0);
    CHECK_EQ(mmioSeek(file, 4, SEEK_SET), 4);
    CHECK_EQ(mmioWrite(file, "xy", 2), 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 10);
    CHECK_BYTES(bytes, "0123xy6789", 10);
    {
        MMIOINFO info;
        memset(&info, 0, sizeof info);
        info.pIOProc = CacheProc;
        CHECK_EQ(mmioRename(name, other, &info, 0), 0);
        CHECK_EQ(error_of(name, MMIO_READ), MMIOERR_FILENOTFOUND);
        CHECK(mmioOpen(other, &info, MMIO_DELETE) != NULL);
        CHECK_EQ(error_of(other, MMIO_DELETE), MMIOERR_FILENOTFOUND);
    }
    file = open_cached(MMIO_CREATE | MMIO_READ, 0);
    CHECK_EQ(mmioRead(file, bytes, 10), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 0);
}

static void positions_have_their_limits(void)
{
    HMMIO file = open_cached(MMIO_CREATE | MMIO_READWRITE, 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 5, SEEK_CUR), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 5, 7), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, -1, SEEK_SET), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 1, SEEK_END), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, INTPTR_MIN, SEEK_END), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, INTPTR_MAX, SEEK_END), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, -9, SEEK_END), 9);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 9);
    /* The last possible byte. */
    CHECK_EQ(mmioSeek(file, FARTHEST - 3, SEEK_SET), FARTHEST - 3);
    CHECK_EQ(mmioWrite(file, "abcdef", 6), 3);
    CHECK_EQ(mmioWrite(file, "def", 3), -1);
    CHECK_EQ(mmioSeek(file, 3, SEEK_END), FARTHEST - 3);
    CHECK_EQ(mmioRead(file, bytes, 10), 3);
    CHECK_BYTES(bytes, "abc", 3);
    CHECK_EQ(mmioRead(file, bytes, 10), 0);
    limit_files(100000);
    CHECK_EQ(mmsys_discard(file), MMIOERR_CANNOTWRITE);
    limit_files(RLIM_INFINITY);
}

int main(int argc, char **argv)
{
    static const LONG buffers[] = {0, 64, 5000, 65536};
    int number;
    RealDisk = DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    if (argc > 1)
        return write_until_killed(argv + 1, CacheProc);
    DiskProc = TestDisk;
    for (number = 0; number < 4; number++) {
        it_is_a_file_like_others(buffers[number]);
        taking_parts = 1;
        it_is_a_file_like_others(buffers[number]);
        taking_parts = 0;
        a_disk_that_was_full_gets_all(buffers[number]);
        a_first_flush_that_fails_keeps_the_file_open(buffers[number]);
        an_error_loses_nothing(MMIOM_WRITE, buffers[number]);
    }
    an_error_loses_nothing(MMIOM_READ, 0);
    an_error_loses_nothing(MMIOM_SEEK, 0);
    a_file_that_is_given_up_is_closed();
    a_flush_empties_the_cache();
    a_disk_that_stays_broken_is_reported();
    opening_does_what_it_does_on_a_disk();
    positions_have_their_limits();
    return report();
}
