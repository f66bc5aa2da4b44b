/* buffered.h: shared by the tests of procedures that buffer: failing allocations, random numbers, a limit for files, and a
 * program that is killed. */
#ifndef BUFFERED_H
#define BUFFERED_H

#include "check.h"

#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

/* The calloc of the procedure, which fails on demand. */
static int no_memory;

static void *allocate(size_t count, size_t size)
{
    return no_memory ? NULL : calloc(count, size);
}

static uint32_t random_state;

/* killing.rs makes the same numbers. */
static uint32_t random_number(uint32_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % below;
}

/* Limits the size of files; RLIM_INFINITY removes the limit. */
static inline void limit_files(rlim_t size)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    CHECK_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size < limit.rlim_max ? size : limit.rlim_max;
    CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static inline unsigned char content(uint32_t round, uint32_t at)
{
    return (unsigned char)(round * 37 + at * 11 + (at >> 8) * 5 + (at >> 16) * 3);
}

/* Writes pieces without end, and prints the number of each mmioFlush that returned 0. Some pieces fill a small buffer
 * exactly. The arguments: a file, the size of its buffer, the seed of the numbers, and whether it seeks. */
static int write_until_killed(char **arguments, LPMMIOPROC procedure)
{
    static char piece[16 * 16 * 40];
    uint32_t round, size, at, number, end = 0;
    int seeks = atoi(arguments[3]);
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.cchBuffer = (LONG)atoi(arguments[1]);
    random_state = (uint32_t)atoi(arguments[2]);
    info.hmmio = mmioOpen(arguments[0], &info, MMIO_CREATE | MMIO_WRITE);
    for (round = 1; round < 1000000; round++) {
        do {
            size = 16 * (1 + random_number(16));
            if (random_number(32) == 0)
                size *= 40;
            at = end;
            if (seeks && random_number(2) == 0)
                at = random_number(end + 1);
            if (seeks && mmioSeek(info.hmmio, (LONG)at, SEEK_SET) != (LONG)at)
                return 1;
            for (number = 0; number < size; number++)
                piece[number] = (char)content(round, at + number);
            if (mmioWrite(info.hmmio, piece, (LONG)size) != (LONG)size)
                return 1;
            if (at + size > end)
                end = at + size;
        } while (random_number(8) != 0);
        if (mmioFlush(info.hmmio, 0) != MMSYSERR_NOERROR || write(1, &round, sizeof round) != sizeof round)
            return 1;
    }
    return 0;
}

#endif /* BUFFERED_H */
