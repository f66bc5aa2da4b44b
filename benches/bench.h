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
    long (*number)(void);    /* a number for the name, which then has a %ld; may be NULL */
    double limit;            /* the ratio ours/peer to reach; or nanoseconds a unit more than the peer */
    double limit_beside;     /* the same with a second thread in the process; 0: not measured */
    void (*prepare)(void);   /* once before the rounds, untimed; may be NULL */
    void (*ours)(void);
    void (*theirs)(void);
    void (*clean)(void);     /* once after the rounds; may be NULL */
    double units;            /* 0: the limit is a ratio; else how many units one run does */
    double (*figure)(void);  /* what one round finds, instead of the time that ours and theirs take; may be NULL */
} Workload;

/* The families; a table ends with a row without a name. Those of the first line are measured while the process has one
 * thread, those of the second make threads. */
extern const Workload loading[], transfers[], chunks[], memory[], procedures[], disk[];
extern const Workload threads[], contention[];

/* What an open handle costs in memory; returns how many limits were not kept. */
int measure_resident(void);

/* A second thread, beside the one that measures. */
typedef struct Companion {
    const char *suffix; /* of the rows' names */
    void (*start)(void);
    void (*stop)(void);
} Companion;

extern const Companion companions[]; /* ends with one without a suffix */

/* The file that workloads of files work on, in the current directory. */
#define FILE_NAME "bench.dat"

/* Results go here, so that no work is thought idle. */
extern volatile uint32_t result;

/* Ends the program: a benchmark of something that failed measures nothing. */
#define MUST(condition) ((condition) ? (void)0 : fail(#condition, __FILE__, __LINE__))
void fail(const char *what, const char *file, int line) __attribute__((noreturn, cold));

/* Opens FILE_NAME with a buffer of so many bytes; 0: unbuffered. */
HMMIO open_file(DWORD flags, LONG buffer);

/* The same by stdio, with a buffer of 1 byte to BUFFER_MOST bytes; one such FILE at a time. */
#define BUFFER_MOST MIB
FILE *fopen_buffered(const char *mode, size_t buffer);

/* Opens a memory file over these bytes. */
HMMIO open_memory(void *bytes, LONG count);

/* Makes FILE_NAME: so many bytes. */
void make_file(size_t bytes);
void remove_file(void);

#endif
