/* Reading and writing a disk file. */
#include "bench.h"

#include <fcntl.h>
#include <unistd.h>

#define LARGE (64 * MIB)
#define SMALL_BUFFER (8 * KIB)
#define BUFFER (64 * KIB)
/* The bytes that a run of the unbuffered workloads transfers. */
#define BULK (256 * MIB)

static char block[MIB];

static void make_large(void)
{
    make_file(LARGE);
}

/* 4 bytes at a time. */

void small_reads(HMMIO file)
{
    uint32_t word, sum = 0, count = 0;
    while (mmioRead(file, (HPSTR)&word, 4) == 4) {
        sum += word;
        count++;
    }
    MUST(count == LARGE / 4);
    mmioClose(file, 0);
    result += sum;
}

static void small_reads_ours(void)
{
    small_reads(open_file(MMIO_READ, BUFFER));
}

void small_reads_theirs(void)
{
    FILE *file = fopen_buffered("rb", BUFFER);
    uint32_t word, sum = 0, count = 0;
    while (fread(&word, 1, 4, file) == 4) {
        sum += word;
        count++;
    }
    MUST(count == LARGE / 4);
    fclose(file);
    result += sum;
}

static void small_writes_ours(void)
{
    HMMIO file = open_file(MMIO_WRITE, BUFFER);
    uint32_t word;
    for (word = 0; word < LARGE / 4; word++)
        MUST(mmioWrite(file, (HPSTR)&word, 4) == 4);
    MUST(mmioClose(file, 0) == 0);
}

static void small_writes_theirs(void)
{
    FILE *file = fopen_buffered("r+b", BUFFER);
    uint32_t word;
    for (word = 0; word < LARGE / 4; word++)
        MUST(fwrite(&word, 1, 4, file) == 4);
    MUST(fclose(file) == 0);
}

/* 12-byte structures. */

typedef struct {
    uint32_t left, right, time;
} Sample;

static void structures_ours(void)
{
    HMMIO file = open_file(MMIO_READ, BUFFER);
    Sample sample;
    uint32_t sum = 0, count = 0;
    while (mmioRead(file, (HPSTR)&sample, sizeof sample) == sizeof sample) {
        sum += sample.left + sample.right;
        count++;
    }
    MUST(count == LARGE / sizeof sample);
    mmioClose(file, 0);
    result += sum;
}

static void structures_theirs(void)
{
    FILE *file = fopen_buffered("rb", BUFFER);
    Sample sample;
    uint32_t sum = 0, count = 0;
    while (fread(&sample, sizeof sample, 1, file) == 1) {
        sum += sample.left + sample.right;
        count++;
    }
    MUST(count == LARGE / sizeof sample);
    fclose(file);
    result += sum;
}

/* Large pieces, which bypass the buffer. */

static void bulk_ours(DWORD flags, LONG buffer, LONG piece)
{
    HMMIO file = open_file(flags, buffer);
    LONG done;
    for (done = 0; done < BULK; done += piece) {
        if (done % LARGE == 0)
            mmioSeek(file, 0, SEEK_SET);
        MUST((flags == MMIO_READ ? mmioRead(file, block, piece) : mmioWrite(file, block, piece)) == piece);
    }
    mmioClose(file, 0);
}

static void bulk_theirs(int flags, size_t piece)
{
    int file = open(FILE_NAME, flags);
    size_t done;
    for (done = 0; done < BULK; done += piece) {
        if (done % LARGE == 0)
            lseek(file, 0, SEEK_SET);
        MUST((flags == O_RDONLY ? read(file, block, piece) : write(file, block, piece)) == (ssize_t)piece);
    }
    close(file);
}

static void unbuffered_reads_ours(void) { bulk_ours(MMIO_READ, 0, 64 * KIB); }
static void unbuffered_reads_theirs(void) { bulk_theirs(O_RDONLY, 64 * KIB); }
static void large_reads_ours(void) { bulk_ours(MMIO_READ, SMALL_BUFFER, MIB); }
static void large_reads_theirs(void) { bulk_theirs(O_RDONLY, MIB); }
static void writes_ours(void) { bulk_ours(MMIO_WRITE, SMALL_BUFFER, 64 * KIB); }
static void writes_theirs(void) { bulk_theirs(O_WRONLY, 64 * KIB); }
static void large_writes_ours(void) { bulk_ours(MMIO_WRITE, SMALL_BUFFER, MIB); }
static void large_writes_theirs(void) { bulk_theirs(O_WRONLY, MIB); }

/* Direct access. */

/* Not inlined, so that both sides have the same loop at the same address. */
static __attribute__((noinline)) uint32_t sum_words(const char *from, const char *to)
{
    uint32_t sum = 0, word;
    for (; from < to; from += 4) {
        memcpy(&word, from, 4);
        sum += word;
    }
    return sum;
}

static void direct_ours(void)
{
    HMMIO file = open_file(MMIO_READ, BUFFER);
    MMIOINFO info;
    size_t total = 0;
    mmioGetInfo(file, &info, 0);
    for (;;) {
        result += sum_words(info.pchNext, info.pchEndRead);
        total += info.pchEndRead - info.pchNext;
        info.pchNext = info.pchEndRead;
        MUST(mmioAdvance(file, &info, MMIO_READ) == 0);
        if (info.pchNext == info.pchEndRead)
            break;
    }
    MUST(total == LARGE);
    mmioClose(file, 0);
}

static void direct_theirs(void)
{
    int file = open(FILE_NAME, O_RDONLY);
    char *buffer = malloc(BUFFER);
    ssize_t count;
    while ((count = read(file, buffer, BUFFER)) > 0)
        result += sum_words(buffer, buffer + count);
    close(file);
    free(buffer);
}

/* Random positions inside one buffer. */

#define AREA MIB
#define PLACES 1000000

static uint32_t next_place(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % (AREA / 4) * 4;
}

static void make_area(void)
{
    make_file(AREA);
}

static void random_ours(void)
{
    HMMIO file = open_file(MMIO_READ, AREA);
    uint32_t seed = 1, word, sum = 0;
    int i;
    for (i = 0; i < PLACES; i++) {
        mmioSeek(file, (LONG)next_place(&seed), SEEK_SET);
        MUST(mmioRead(file, (HPSTR)&word, 4) == 4);
        sum += word;
    }
    mmioClose(file, 0);
    result += sum;
}

static void random_theirs(void)
{
    FILE *file = fopen_buffered("rb", AREA);
    uint32_t seed = 1, word, sum = 0;
    int i;
    for (i = 0; i < PLACES; i++) {
        fseek(file, next_place(&seed), SEEK_SET);
        MUST(fread(&word, 1, 4, file) == 4);
        sum += word;
    }
    fclose(file);
    result += sum;
}

/* The same positions, without reads in between. */

static void seeks_ours(void)
{
    HMMIO file = open_file(MMIO_READ, AREA);
    uint32_t seed = 1, word;
    int i;
    MUST(mmioRead(file, (HPSTR)&word, 4) == 4);
    for (i = 0; i < PLACES; i++) {
        LONG place = (LONG)next_place(&seed);
        MUST(mmioSeek(file, place, SEEK_SET) == place);
    }
    mmioClose(file, 0);
}

static void seeks_theirs(void)
{
    FILE *file = fopen_buffered("rb", AREA);
    uint32_t seed = 1, word;
    int i;
    MUST(fread(&word, 1, 4, file) == 4);
    for (i = 0; i < PLACES; i++)
        MUST(fseek(file, next_place(&seed), SEEK_SET) == 0);
    fclose(file);
}

const Workload transfers[] = {
    {.name = "4-byte mmioRead, 64 KiB buffer", .peer = "fread", .limit = 0.30, .limit_beside = 0.35,
     .prepare = make_large, .ours = small_reads_ours, .theirs = small_reads_theirs, .clean = remove_file},
    {.name = "4-byte mmioWrite, 64 KiB buffer", .peer = "fwrite", .limit = 0.30, .limit_beside = 0.35,
     .prepare = make_large, .ours = small_writes_ours, .theirs = small_writes_theirs, .clean = remove_file},
    {.name = "12-byte mmioRead, 64 KiB buffer", .peer = "fread", .limit = 0.35, .limit_beside = 0.35,
     .prepare = make_large, .ours = structures_ours, .theirs = structures_theirs, .clean = remove_file},
    {.name = "64 KiB mmioRead, unbuffered", .peer = "read", .limit = 1.02, .prepare = make_large,
     .ours = unbuffered_reads_ours, .theirs = unbuffered_reads_theirs, .clean = remove_file},
    {.name = "1 MiB mmioRead over an 8 KiB buffer", .peer = "read", .limit = 1.03, .prepare = make_large,
     .ours = large_reads_ours, .theirs = large_reads_theirs, .clean = remove_file},
    {.name = "64 KiB mmioWrite over an 8 KiB buffer", .peer = "write", .limit = 1.03, .prepare = make_large,
     .ours = writes_ours, .theirs = writes_theirs, .clean = remove_file},
    {.name = "1 MiB mmioWrite over an 8 KiB buffer", .peer = "write", .limit = 1.03, .prepare = make_large,
     .ours = large_writes_ours, .theirs = large_writes_theirs, .clean = remove_file},
    {.name = "direct access with mmioAdvance, summing words", .peer = "read, and the same loop", .limit = 1.02,
     .prepare = make_large, .ours = direct_ours, .theirs = direct_theirs, .clean = remove_file},
    {.name = "random 4-byte reads with seeks inside a 1 MiB buffer", .peer = "fseek, fread", .limit = 0.15,
     .prepare = make_area, .ours = random_ours, .theirs = random_theirs, .clean = remove_file},
    {.name = "mmioSeek inside a 1 MiB buffer", .peer = "fseek", .limit = 0.15, .limit_beside = 0.30,
     .prepare = make_area, .ours = seeks_ours, .theirs = seeks_theirs, .clean = remove_file},
    {.name = NULL},
};
