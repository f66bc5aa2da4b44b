/* bench.h: shared by the workloads. A workload is two functions that do the same work: with mmio, and as a program
 * would do it without. */
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
    long (*number)(void);    /* A number for the name, which then has a %ld; may be NULL. */
    double limit;            /* The ratio ours/peer to reach, or the additional nanoseconds per unit. */
    double limit_beside;     /* The same with a second thread in the process; 0: not measured. */
    void (*prepare)(void);   /* Called once before the rounds, untimed; may be NULL. */
    void (*ours)(void);
    void (*theirs)(void);
    void (*clean)(void);     /* Called once after the rounds; may be NULL. */
    double units;            /* 0: the limit is a ratio; else the units of one run. */
    double (*figure)(void);  /* Returns the figure of one round, instead of the times of ours and theirs; may be
                              * NULL. */
} Workload;

/* The families. A table ends with a row without a name. Those of the first line are measured while the process has
 * one thread, those of the second create threads. */
extern const Workload loading[], transfers[], chunks[], memory[], procedures[], callbacks[], disk[];
extern const Workload threads[], contention[];

/* Measures the memory of an open handle. Returns how many limits were exceeded. */
int measure_resident(void);

/* A second thread in the process that is measured. */
typedef struct Companion {
    const char *suffix; /* Of the names of the rows. */
    void (*start)(void);
    void (*stop)(void);
} Companion;

extern const Companion companions[]; /* Ends with one without a suffix. */

/* The file that workloads use, in the current directory. */
#define FILE_NAME "bench.dat"

/* Results are stored here, so that the compiler does not remove the work. */
extern volatile uint32_t result;

/* Ends the program if a step fails, because its time would mean nothing. */
#define MUST(condition) ((condition) ? (void)0 : fail(#condition, __FILE__, __LINE__))
void fail(const char *what, const char *file, int line) __attribute__((noreturn, cold));

/* Opens FILE_NAME with a buffer of this many bytes; 0: unbuffered. */
HMMIO open_file(DWORD flags, LONG buffer);

/* The same with stdio, with a buffer of 1 byte to BUFFER_MOST bytes; one such FILE at a time. */
#define BUFFER_MOST MIB
FILE *fopen_buffered(const char *mode, size_t buffer);

/* Opens a memory file over these bytes. */
HMMIO open_memory(void *bytes, LONG count);

/* Reads a file of LARGE bytes, 4 at a time, and closes it; and the same with stdio. */
void small_reads(HMMIO file);
void small_reads_theirs(void);

/* Creates FILE_NAME with this many bytes. */
void make_file(size_t bytes);
void remove_file(void);

#endif
