/* The second thread of a process: one that only sleeps, and one that works. */
#include "bench.h"

#include <pthread.h>
#include <unistd.h>

#define AREA (4 * KIB)

static pthread_t thread;
/* Pipes, because macOS has no semaphores without a name. */
static int started[2], end[2];
static int ended;

static void notify(const int *ends) { MUST(write(ends[1], "", 1) == 1); }

static void wait_for(const int *ends)
{
    char byte;
    MUST(read(ends[0], &byte, 1) == 1);
}

static void start(void *(*work)(void *))
{
    MUST(pipe(started) == 0 && pipe(end) == 0);
    __atomic_store_n(&ended, 0, __ATOMIC_RELAXED);
    MUST(pthread_create(&thread, NULL, work, NULL) == 0);
    wait_for(started);
}

static void stop(void)
{
    int i;
    __atomic_store_n(&ended, 1, __ATOMIC_RELAXED);
    notify(end);
    MUST(pthread_join(thread, NULL) == 0);
    for (i = 0; i < 2; i++)
        MUST(close(started[i]) == 0 && close(end[i]) == 0);
}

static void *sleep_on(void *unused)
{
    notify(started);
    wait_for(end);
    return unused;
}

/* Reads 4 bytes at a time, repeatedly. */
static void *read_on(void *unused)
{
    static char bytes[AREA];
    HMMIO file = open_memory(bytes, AREA);
    uint32_t number;
    MUST(file != NULL);
    notify(started);
    while (__atomic_load_n(&ended, __ATOMIC_RELAXED) == 0) {
        mmioSeek(file, 0, SEEK_SET);
        while (mmioRead(file, (HPSTR)&number, 4) == 4) {
        }
    }
    mmioClose(file, 0);
    return unused;
}

static void start_sleeping(void) { start(sleep_on); }
static void start_reading(void) { start(read_on); }

const Companion companions[] = {
    {", with a second thread that sleeps", start_sleeping, stop},
    {", with a second thread that reads a file of its own", start_reading, stop},
    {NULL, NULL, NULL},
};
