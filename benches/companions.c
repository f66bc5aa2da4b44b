/* The second thread of a process: one that only sleeps, and one that works. */
#include "bench.h"

#include <pthread.h>
#include <semaphore.h>

#define AREA (4 * KIB)

static pthread_t thread;
static sem_t started, end;
static int ended;

static void start(void *(*work)(void *))
{
    MUST(sem_init(&started, 0, 0) == 0 && sem_init(&end, 0, 0) == 0);
    __atomic_store_n(&ended, 0, __ATOMIC_RELAXED);
    MUST(pthread_create(&thread, NULL, work, NULL) == 0);
    while (sem_wait(&started) != 0) {
    }
}

static void stop(void)
{
    __atomic_store_n(&ended, 1, __ATOMIC_RELAXED);
    sem_post(&end);
    MUST(pthread_join(thread, NULL) == 0);
}

static void *sleep_on(void *unused)
{
    sem_post(&started);
    while (sem_wait(&end) != 0) {
    }
    return unused;
}

/* Reads 4 bytes at a time, repeatedly. */
static void *read_on(void *unused)
{
    static char bytes[AREA];
    HMMIO file = open_memory(bytes, AREA);
    uint32_t number;
    MUST(file != NULL);
    sem_post(&started);
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
