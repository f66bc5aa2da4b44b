/* Reading and writing a disk file. */
#include "bench.h"

#include <fcntl.h>
#include <unistd.h>

#define LARGE (64 * MIB)
#define SMALL_BUFFER (8 * KIB)
#define BUFFER (64 * KIB)
/* What a run of the unbuffered workloads transfers. */
#define BULK (256 * MIB)

static char block[MIB];

static void make_large(void)
{
    make_file(LARGE);
}

/* 4 bytes at a time. */

static void small_reads_ours(void)
{
    HMMIO file = open_file(MMIO_READ, BUFFER);
    uint32_t word, sum = 0, count = 0;
    while (mmioRead(file, (HPSTR)&word, 4) == 4) {
        sum += word;
        count++;
    }
    MUST(count == LARGE / 4);
    mmioClose(file, 0);
    result += sum;
}

static void small_reads_theirs(void)
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

/* Large pieces, straight through. */

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

/* Not inlined: both sides are to have the same loop, down to where it is in memory. */
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

/* Random places inside one buffer. */

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

const Workload transfers[] = {
    {"4-byte mmioRead, 64 KiB buffer, 64 MiB file", "fread", 0.50, make_large, small_reads_ours,
     small_reads_theirs, NULL, 0},
    {"4-byte mmioWrite, same", "fwrite", 0.40, NULL, small_writes_ours, small_writes_theirs, NULL, 0},
    {"64 KiB mmioRead, unbuffered", "read", 1.02, NULL, unbuffered_reads_ours, unbuffered_reads_theirs, NULL, 0},
    {"1 MiB mmioRead over an 8 KiB buffer", "read", 1.03, NULL, large_reads_ours, large_reads_theirs, NULL, 0},
    {"64 KiB mmioWrite over an 8 KiB buffer", "write", 1.03, NULL, writes_ours, writes_theirs, NULL, 0},
    {"1 MiB mmioWrite over an 8 KiB buffer", "write", 1.03, NULL, large_writes_ours, large_writes_theirs, NULL, 0},
    {"direct access with mmioAdvance, summing words", "read, and the same loop", 1.02, NULL, direct_ours,
     direct_theirs, remove_file, 0},
    {"random 4-byte reads with seeks inside a 1 MiB buffer", "fseek, fread", 0.15, make_area, random_ours,
     random_theirs, remove_file, 0},
    {NULL, NULL, 0, NULL, NULL, NULL, NULL, 0},
};
