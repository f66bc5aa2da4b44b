/* While a RIFF file is written, patched and read again, one message of a kind fails, or transfers less than its
 * count: the n-th, for every n, once or until the cause is gone. Each call reports the failure or continues
 * correctly, the same call repeated continues where it was, and the file is the same as without the failure. This is
 * tested with a procedure that writes to the file at once, and with one that buffers until a flush, seek, read or
 * close. For a flush of 0 bytes that fails the latter returns -1, or MMIOERR_CANNOTWRITE. Callbacks do the same.
 *
 * Shows docs/contract.md, 3. The buffer: "Failures lose nothing", "A short count greater than 0 is continued".
 * Shows docs/contract.md, 5. I/O procedures and messages: "The flush reaches the procedure", "is always a failure".
 * Shows docs/procedures.md, A procedure that buffers: "If that fails". */
#include <mmsystem_ext.h>

#include "check.h"

#define OWN_CODE mmioFOURCC('F', 'A', 'L', 'T')
#define SIZE 4096
#define TRIES 4

typedef enum Fault { REFUSES, TAKES_NOTHING, TAKES_HALF, FAULTS } Fault;

/* The file of the procedure, and how it fails. */
static struct {
    char bytes[SIZE];
    LONG size;
    UINT kind; /* Messages of this kind... */
    Fault fault;
    int from, to; /* ...fail from this number on, up to but not including that one. */
    int count;
    int failed;
    int caches;        /* 1: a flush of 0 bytes that fails returns -1; 2: MMIOERR_CANNOTWRITE. */
    char cache[SIZE], is_cached[SIZE];
    int took_flush;    /* A MMIOM_WRITEFLUSH succeeded... */
    int refused_flush; /* ...or the last one failed. */
    int calls_back;    /* Callbacks are in place of the procedure, whose messages they send. */
} disk;

static void empty_cache(void)
{
    int i;
    for (i = 0; i < SIZE; i++)
        if (disk.is_cached[i]) {
            disk.bytes[i] = disk.cache[i];
            disk.is_cached[i] = 0;
        }
}

/* Returns whether all bytes that were written are in the file. */
static int has_all(void)
{
    return memchr(disk.is_cached, 1, SIZE) == NULL;
}

/* Returns whether the file is complete, as required after a flush. A procedure that never took a flush and returns
 * -1 may not know the message. */
static int is_flushed(void)
{
    return has_all() || (disk.caches == 1 && !disk.calls_back && !disk.took_flush && disk.refused_flush);
}

static LONG allowed(UINT kind, LONG count)
{
    int number;
    if (kind != disk.kind)
        return count;
    number = disk.count++;
    if (number < disk.from || number >= disk.to)
        return count;
    disk.failed++;
    return disk.fault == REFUSES ? -1 : disk.fault == TAKES_NOTHING ? 0 : count / 2;
}

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG at = info->lDiskOffset, count = (LONG)lParam2, left;
    switch (uMsg) {
    case MMIOM_OPEN:
        if (info->dwFlags & MMIO_CREATE)
            disk.size = 0;
        return allowed(uMsg, 1) < 1 ? MMIOERR_CANNOTOPEN : MMSYSERR_NOERROR;
    case MMIOM_READ:
        left = disk.size > at ? disk.size - at : 0;
        count = allowed(uMsg, count < left ? count : left);
        if (count >= 0)
            empty_cache();
        if (count > 0) {
            memcpy((char *)lParam1, disk.bytes + at, (size_t)count);
            info->lDiskOffset += count;
        }
        return count;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        count = allowed(uMsg, count);
        if (count > 0 && at + count <= SIZE) {
            memcpy(disk.cache + at, (const char *)lParam1, (size_t)count);
            memset(disk.is_cached + at, 1, (size_t)count);
            info->lDiskOffset += count;
            disk.size = disk.size < at + count ? at + count : disk.size;
        }
        if (uMsg == MMIOM_WRITEFLUSH) {
            disk.refused_flush = count < 0 || (count == 0 && lParam2 > 0);
            disk.took_flush |= !disk.refused_flush;
        }
        if (!disk.caches || (uMsg == MMIOM_WRITEFLUSH && !disk.refused_flush))
            empty_cache();
        return count < 0 && lParam2 == 0 && disk.caches == 2 ? MMIOERR_CANNOTWRITE : count;
    case MMIOM_SEEK:
        if (allowed(uMsg, 1) < 1)
            return -1;
        empty_cache();
        return info->lDiskOffset = (LONG)lParam1;
    case MMIOM_CLOSE:
        CHECK(is_flushed());
        empty_cache();
        return 0;
    default:
        return 0;
    }
}

/* What the callbacks pass to the procedure. */
static MMIOINFO state;

static int64_t read_bytes(void *context, void *data, size_t count)
{
    return procedure((LPSTR)context, MMIOM_READ, (LPARAM)data, (LPARAM)count);
}

static int64_t write_bytes(void *context, const void *data, size_t count)
{
    return procedure((LPSTR)context, MMIOM_WRITE, (LPARAM)data, (LPARAM)count);
}

static int64_t seek_to(void *context, int64_t offset, int whence)
{
    return whence == SEEK_CUR ? state.lDiskOffset : procedure((LPSTR)context, MMIOM_SEEK, (LPARAM)offset, whence);
}

static int flush_all(void *context)
{
    return (int)procedure((LPSTR)context, MMIOM_WRITEFLUSH, (LPARAM)context, 0);
}

static int close_it(void *context)
{
    return (int)procedure((LPSTR)context, MMIOM_CLOSE, 0, 0);
}

/* The file, and how many calls were repeated. */
static HMMIO file;
static int again, given_up;

/* After a call that failed: the cause is gone, unless it existed only once. Returns whether to repeat the call. */
static int try_again(int try_number)
{
    again++;
    disk.to = disk.from + 1 > disk.count ? disk.to : disk.count;
    given_up += try_number >= TRIES;
    return try_number < TRIES;
}

static void write_all(const char *from, LONG count)
{
    LONG done = 0, more;
    int tries = 0;
    while (done < count) {
        more = mmioWrite(file, (HPSTR)from + done, count - done);
        CHECK(more <= count - done);
        done += more > 0 ? more : 0;
        if (more < count && done < count && !try_again(tries++))
            return;
    }
}

static void read_all(char *to, LONG count)
{
    LONG done = 0, more;
    int tries = 0;
    while (done < count) {
        more = mmioRead(file, to + done, count - done);
        CHECK(more <= count - done);
        done += more > 0 ? more : 0;
        if (done < count && !try_again(tries++))
            return;
    }
}

#define UNTIL(condition)                                                                                              \
    do {                                                                                                              \
        int tries = 0;                                                                                                \
        while (!(condition) && try_again(tries++)) {                                                                  \
        }                                                                                                             \
    } while (0)

static int opened(DWORD flags, LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.fccIOProc = OWN_CODE;
    info.cchBuffer = buffer;
    if (disk.calls_back) {
        static const MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), read_bytes, write_bytes, seek_to, flush_all,
                                                  close_it};
        memset(&state, 0, sizeof state);
        state.dwFlags = flags;
        file = procedure((LPSTR)&state, MMIOM_OPEN, 0, 0) == 0
                   ? mmsys_open_callbacks(&callbacks, &state, &info, flags) : NULL;
        return file != NULL;
    }
    file = mmioOpen((LPSTR) "any", &info, flags);
    return file != NULL;
}

/* The file as it is at the flush in the middle, and at the end. */
static char at_flush[SIZE], expected[SIZE];
static LONG expected_size;

/* Writes three chunks of 5, 40 and 1 bytes in a LIST in a RIFF, then changes the second byte of the second. */
static void write_riff(LONG buffer)
{
    static const LONG sizes[] = {5, 40, 1};
    MMCKINFO riff, list, chunk;
    char data[40];
    int i;
    UNTIL(opened(MMIO_CREATE | MMIO_READWRITE, buffer));
    memset(&riff, 0, sizeof riff);
    memset(&list, 0, sizeof list);
    riff.fccType = mmioFOURCC('T', 'E', 'S', 'T');
    list.fccType = mmioFOURCC('t', 'h', 'r', 'e');
    UNTIL(mmioCreateChunk(file, &riff, MMIO_CREATERIFF) == 0);
    UNTIL(mmioCreateChunk(file, &list, MMIO_CREATELIST) == 0);
    for (i = 0; i < 3; i++) {
        memset(&chunk, 0, sizeof chunk);
        memset(data, 'a' + i, sizeof data);
        chunk.ckid = mmioFOURCC('d', 'a', 't', '0' + i);
        UNTIL(mmioCreateChunk(file, &chunk, 0) == 0);
        write_all(data, sizes[i]);
        UNTIL(mmioAscend(file, &chunk, 0) == 0);
    }
    UNTIL(mmioAscend(file, &list, 0) == 0);
    UNTIL(mmioAscend(file, &riff, 0) == 0);
    UNTIL(mmioFlush(file, 0) == 0);
    CHECK(is_flushed());
    if (expected_size == 0)
        memcpy(at_flush, disk.bytes, SIZE);
    else if (has_all())
        CHECK_BYTES(disk.bytes, at_flush, SIZE);
    UNTIL(mmioSeek(file, 24 + 14 + 8 + 1, SEEK_SET) == 24 + 14 + 8 + 1);
    write_all("!", 1);
    UNTIL(mmioSetBuffer(file, NULL, buffer, 0) == 0);
    CHECK(is_flushed());
    if (expected_size > 0 && has_all())
        CHECK_BYTES(disk.bytes, expected, SIZE);
    UNTIL(mmioSeek(file, 0, SEEK_SET) == 0);
}

static void read_riff(void)
{
    MMCKINFO riff, list, chunk;
    char data[40];
    memset(&riff, 0, sizeof riff);
    memset(&list, 0, sizeof list);
    memset(&chunk, 0, sizeof chunk);
    memset(data, 0, sizeof data);
    riff.fccType = mmioFOURCC('T', 'E', 'S', 'T');
    list.fccType = mmioFOURCC('t', 'h', 'r', 'e');
    UNTIL(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF) == 0);
    UNTIL(mmioDescend(file, &list, &riff, MMIO_FINDLIST) == 0);
    /* A search that failed has left the last header that was read in the structure. */
    UNTIL((chunk.ckid = mmioFOURCC('d', 'a', 't', '1'), mmioDescend(file, &chunk, &list, MMIO_FINDCHUNK) == 0));
    CHECK_EQ(chunk.cksize, 40);
    read_all(data, 40);
    CHECK_BYTES(data, "b!bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", 40);
    UNTIL(mmioAscend(file, &chunk, 0) == 0);
    UNTIL(mmioDescend(file, &chunk, &list, 0) == 0);
    CHECK_EQ(chunk.ckid, mmioFOURCC('d', 'a', 't', '2'));
    read_all(data, 1);
    CHECK_EQ(data[0], 'c');
    UNTIL(mmioClose(file, 0) == 0);
}

/* Runs the whole sequence with these messages failing. Returns whether any did. */
static int run(int way, LONG buffer, UINT kind, Fault fault, int from, int to)
{
    memset(&disk, 0, sizeof disk);
    disk.caches = way % 3;
    disk.calls_back = way >= 3;
    again = given_up = 0;
    disk.kind = kind;
    disk.fault = fault;
    disk.from = from;
    disk.to = to;
    write_riff(buffer);
    read_riff();
    CHECK_EQ(given_up, 0);
    return disk.failed > 0;
}

/* Returns how many runs had a fault. */
static int walk(int way, LONG buffer, UINT kind, Fault fault)
{
    int from, forever, runs = 0, before = checks_failed;
    for (forever = 0; forever <= 1; forever++)
        for (from = 0; run(way, buffer, kind, fault, from, forever ? 1 << 30 : from + 1); from++) {
            runs++;
            CHECK_EQ(disk.size, expected_size);
            CHECK_BYTES(disk.bytes, expected, (size_t)expected_size);
        }
    if (checks_failed > before)
        printf("way %d, buffer %d, message %u, fault %d\n", way, (int)buffer, (unsigned)kind,
               (int)fault);
    return runs;
}

/* Runs every fault in every message. Adds to the number of runs with a fault of each kind. */
static void walk_all(int way, LONG buffer, const UINT *kinds, int *runs, int count)
{
    int kind, fault;
    /* Without a fault no call is repeated, and the file is the expected one. */
    CHECK(!run(way, buffer, 0, REFUSES, 0, 0));
    CHECK_EQ(again, 0);
    if (expected_size == 0) {
        expected_size = disk.size;
        memcpy(expected, disk.bytes, SIZE);
        CHECK_EQ(expected_size, 24 + 14 + 48 + 10);
    }
    CHECK_EQ(disk.size, expected_size);
    CHECK_BYTES(disk.bytes, expected, SIZE);
    for (kind = 0; kind < count; kind++)
        for (fault = REFUSES; fault < FAULTS; fault++)
            runs[kind] += walk(way, buffer, kinds[kind], (Fault)fault);
}

int main(void)
{
    static const UINT kinds[] = {MMIOM_OPEN, MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH, MMIOM_SEEK};
    static const LONG buffers[] = {0, 1, 8, 64, 4000};
    enum { KINDS = sizeof kinds / sizeof kinds[0], WAYS = 6 };
    int runs[WAYS][KINDS], way, kind;
    size_t i;
    memset(runs, 0, sizeof runs);
    for (way = 0; way < WAYS; way++)
        for (i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
            walk_all(way, buffers[i], kinds, runs[way], KINDS);
    for (kind = 0; kind < KINDS; kind++) {
        int all = 0;
        for (way = 0; way < WAYS; way++) {
            CHECK(runs[way][kind] > 0);
            all += runs[way][kind];
        }
        printf("message %u: %d runs with a fault\n", (unsigned)kinds[kind], all);
    }
    return report();
}
