/* Two threads with a file each, compared with one that does the work of both. */
#include "bench.h"

#include <pthread.h>

#define AREA (4 * MIB)
/* Enough passes that the processor on which the system starts a thread matters little. */
#define PASSES 40

static char *areas[2];

static void make_areas(void)
{
    int i;
    for (i = 0; i < 2; i++) {
        areas[i] = malloc(AREA);
        memset(areas[i], i + 1, AREA);
    }
}

static void free_areas(void)
{
    free(areas[0]);
    free(areas[1]);
}

static void *work(void *area)
{
    HMMIO file = open_memory(area, AREA);
    uint32_t word, sum = 0;
    int pass;
    for (pass = 0; pass < PASSES; pass++) {
        mmioSeek(file, 0, SEEK_SET);
        while (mmioRead(file, (HPSTR)&word, 4) == 4)
            sum += word;
    }
    mmioClose(file, 0);
    return (void *)(uintptr_t)sum;
}

static void two_threads(void)
{
    pthread_t thread;
    void *sum;
    MUST(pthread_create(&thread, NULL, work, areas[1]) == 0);
    result += (uint32_t)(uintptr_t)work(areas[0]);
    pthread_join(thread, &sum);
    result += (uint32_t)(uintptr_t)sum;
}

static void *both(void *unused)
{
    (void)unused;
    work(areas[0]);
    return work(areas[1]);
}

/* In a thread too, so that both sides have the costs of a process with threads. */
static void one_thread(void)
{
    pthread_t thread;
    void *sum;
    MUST(pthread_create(&thread, NULL, both, NULL) == 0);
    pthread_join(thread, &sum);
    result += (uint32_t)(uintptr_t)sum;
}

const Workload threads[] = {
    {.name = "two threads, a file each", .peer = "one thread, the work of both", .limit = 0.55, .prepare = make_areas,
     .ours = two_threads, .theirs = one_thread, .clean = free_areas},
    {.name = NULL},
};
