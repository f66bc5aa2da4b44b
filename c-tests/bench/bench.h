/* bench.h: what the workloads share. A workload is two functions that do the same work: with mmio, and as a
 * program would do it without. */
#ifndef BENCH_H
#define BENCH_H

#define _GNU_SOURCE
#include <mmsystem_ext.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KIB 1024
#define MIB (1024 * 1024)

typedef struct Workload {
    const char *name, *peer;
    double limit;            /* the ratio ours/peer to reach; or nanoseconds a unit more than the peer */
    void (*prepare)(void);   /* once before the rounds, untimed; may be NULL */
    void (*ours)(void);
    void (*theirs)(void);
    void (*clean)(void);     /* once after the rounds; may be NULL */
    double units;            /* 0: the limit is a ratio; else how many units one run does */
} Workload;

extern const Workload loading[], transfers[], chunks[], memory[], procedures[], threads[];

/* The file that workloads of files work on, in the current directory. */
#define FILE_NAME "bench.dat"

/* Results go here, so that no work is thought idle. */
extern volatile uint32_t result;

/* Ends the program: a benchmark of something that failed measures nothing. */
#define MUST(condition) ((condition) ? (void)0 : fail(#condition, __FILE__, __LINE__))
void fail(const char *what, const char *file, int line) __attribute__((noreturn, cold));

/* Opens FILE_NAME with a buffer of so many bytes; 0: unbuffered. */
HMMIO open_file(DWORD flags, LONG buffer);
FILE *fopen_buffered(const char *mode, size_t buffer);

/* Opens a memory file over these bytes. */
HMMIO open_memory(void *bytes, LONG count);

/* Makes FILE_NAME: so many bytes. */
void make_file(size_t bytes);
void remove_file(void);

#endif
