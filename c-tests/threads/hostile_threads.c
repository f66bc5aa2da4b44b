/* Procedures that block, and that run in many threads at once: calls on one file wait only for other calls on that
 * file.
 *
 * Shows docs/contract.md, 7. Threads, processes, panics: "calls on different handles do not wait for each other".
 * Shows docs/contract.md, 7. Threads, processes, panics: "Calls on one handle are serialised".
 * Shows docs/contract.md, 7. Threads, processes, panics: "that call finishes first". */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "check.h"
#include <pthread.h>
#include <time.h>

#define THREADS 8
#define SIZE 4096
#define TIME_LIMIT 20 /* Seconds after which a test fails instead of hanging. */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int gate_open, inside, most_inside, waiting_for;
static int overlaps;

/* One file; adwInfo[0] is its index. */
static struct {
    char bytes[SIZE];
    int entered, reads, closes;
} disks[THREADS];

/* Waits, under the lock, until a number is reached. Returns 0 if that takes too long. */
static int wait_until(const int *number, int least)
{
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += TIME_LIMIT;
    while (*number < least) {
        if (pthread_cond_timedwait(&changed, &lock, &end) != 0) {
            return 0;
        }
    }
    return 1;
}

static void enter(int disk)
{
    pthread_mutex_lock(&lock);
    overlaps += disks[disk].entered++ != 0;
    inside++;
    most_inside = most_inside < inside ? inside : most_inside;
    pthread_cond_broadcast(&changed);
    if (waiting_for > 0) {
        wait_until(&most_inside, waiting_for);
    }
    pthread_mutex_unlock(&lock);
}

static void leave(int disk)
{
    pthread_mutex_lock(&lock);
    inside--;
    disks[disk].entered--;
    pthread_mutex_unlock(&lock);
}

static LRESULT transfer(MMIOINFO *info, UINT message, char *memory, LONG count)
{
    char *bytes = disks[info->adwInfo[0]].bytes + info->lDiskOffset;
    if (count > SIZE - info->lDiskOffset) {
        count = SIZE - info->lDiskOffset;
    }
    if (message == MMIOM_READ) {
        disks[info->adwInfo[0]].reads++;
        memcpy(memory, bytes, (size_t)count);
    } else {
        memcpy(bytes, memory, (size_t)count);
    }
    info->lDiskOffset += count;
    return count;
}

static LRESULT CALLBACK shared_proc(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    int disk = (int)info->adwInfo[0];
    LRESULT result = 0;
    enter(disk);
    if (message == MMIOM_USER) {
        pthread_mutex_lock(&lock);
        result = wait_until(&gate_open, 1);
        pthread_mutex_unlock(&lock);
    } else if (message == MMIOM_SEEK) {
        result = info->lDiskOffset = (LONG)first;
    } else if (message == MMIOM_CLOSE) {
        disks[disk].closes++;
    } else if (message == MMIOM_READ || message == MMIOM_WRITE || message == MMIOM_WRITEFLUSH) {
        result = transfer(info, message, (char *)first, (LONG)second);
    }
    leave(disk);
    return result;
}

static void fresh(int threads_to_meet)
{
    memset(disks, 0, sizeof disks);
    gate_open = inside = most_inside = overlaps = 0;
    waiting_for = threads_to_meet;
}

static HMMIO open_disk(int disk, LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = shared_proc;
    info.adwInfo[0] = (DWORD)disk;
    info.cchBuffer = buffer;
    return mmioOpenA((LPSTR) "x", &info, MMIO_READWRITE);
}

static void open_gate(void)
{
    pthread_mutex_lock(&lock);
    gate_open = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static void wait_for_someone_inside(void)
{
    pthread_mutex_lock(&lock);
    CHECK(wait_until(&inside, 1));
    pthread_mutex_unlock(&lock);
}

static void *send_blocking_message(void *file)
{
    return (void *)(intptr_t)mmioSendMessage((HMMIO)file, MMIOM_USER, 0, 0);
}

static void *read_one_byte(void *file)
{
    char byte;
    return (void *)(intptr_t)mmioRead((HMMIO)file, &byte, 1);
}

static void *close_it(void *file)
{
    return (void *)(intptr_t)mmioClose((HMMIO)file, 0);
}

static pthread_t start(void *(*what)(void *), void *argument)
{
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, what, argument), 0);
    return thread;
}

static intptr_t finish(pthread_t thread)
{
    void *result = NULL;
    CHECK_EQ(pthread_join(thread, &result), 0);
    return (intptr_t)result;
}

static void a_blocked_procedure_blocks_no_other_file(void)
{
    HMMIO blocked, other;
    char bytes[16] = "";
    pthread_t thread;
    fresh(0);
    blocked = open_disk(0, 16);
    thread = start(send_blocking_message, blocked);
    wait_for_someone_inside();
    other = open_disk(1, 16);
    CHECK_EQ(mmioWrite(other, "free", 4), 4);
    CHECK_EQ(mmioSeek(other, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(other, bytes, 4), 4);
    CHECK_BYTES(bytes, "free", 4);
    CHECK_EQ(mmioClose(other, 0), 0);
    CHECK(mmioInstallIOProcA(mmioFOURCC('S', 'L', 'O', 'W'), shared_proc, MMIO_INSTALLPROC) == shared_proc);
    CHECK(mmioInstallIOProcA(mmioFOURCC('S', 'L', 'O', 'W'), NULL, MMIO_REMOVEPROC) == shared_proc);
    CHECK_EQ(mmioRead((HMMIO)1, bytes, 1), -1);
    open_gate();
    CHECK_EQ(finish(thread), 1);
    CHECK_EQ(mmioClose(blocked, 0), 0);
}

static void calls_on_one_file_happen_one_at_a_time(void)
{
    HMMIO file;
    pthread_t blocking, readers[4];
    int number;
    fresh(0);
    file = open_disk(0, 0);
    blocking = start(send_blocking_message, file);
    wait_for_someone_inside();
    for (number = 0; number < 4; number++) {
        readers[number] = start(read_one_byte, file);
    }
    open_gate();
    CHECK_EQ(finish(blocking), 1);
    for (number = 0; number < 4; number++) {
        CHECK_EQ(finish(readers[number]), 1);
    }
    CHECK_EQ(overlaps, 0);
    CHECK_EQ(disks[0].reads, 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 4);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_close_in_another_thread_waits_for_the_call(void)
{
    HMMIO file;
    pthread_t blocking, closer;
    fresh(0);
    file = open_disk(0, 16);
    CHECK_EQ(mmioWrite(file, "kept", 4), 4);
    blocking = start(send_blocking_message, file);
    wait_for_someone_inside();
    closer = start(close_it, file);
    open_gate();
    CHECK_EQ(finish(blocking), 1);
    CHECK_EQ(finish(closer), 0);
    CHECK_EQ(overlaps, 0);
    CHECK_EQ(disks[0].closes, 1);
    CHECK_BYTES(disks[0].bytes, "kept", 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), -1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
}

/* Of eight closes of one handle, one succeeds. */
static void only_one_of_many_closes_closes(void)
{
    int round, number;
    for (round = 0; round < 200; round++) {
        pthread_t threads[THREADS];
        intptr_t closed = 0, refused = 0;
        HMMIO file;
        fresh(0);
        file = open_disk(0, 16);
        for (number = 0; number < THREADS; number++) {
            threads[number] = start(number % 2 ? close_it : read_one_byte, file);
        }
        for (number = 0; number < THREADS; number++) {
            intptr_t result = finish(threads[number]);
            closed += number % 2 && result == 0;
            refused += number % 2 && result == MMSYSERR_INVALHANDLE;
        }
        CHECK_EQ(closed, 1);
        CHECK_EQ(refused, THREADS / 2 - 1);
        CHECK_EQ(disks[0].closes, 1);
    }
}

/* Reads and writes its own file in odd pieces, and reads it back. Returns the number of errors. */
static void *work(void *argument)
{
    int disk = *(int *)argument, number;
    char piece[37], back[37];
    HMMIO file = open_disk(disk, 64);
    intptr_t wrong = file == NULL;
    for (number = 0; number < 100; number++) {
        memset(piece, disk * 16 + number % 16, sizeof piece);
        wrong += mmioWrite(file, piece, sizeof piece) != (LONG)sizeof piece;
    }
    wrong += mmioSeek(file, 0, SEEK_SET) != 0;
    for (number = 0; number < 100; number++) {
        memset(piece, disk * 16 + number % 16, sizeof piece);
        wrong += mmioRead(file, back, sizeof back) != (LONG)sizeof back;
        wrong += memcmp(piece, back, sizeof back) != 0;
    }
    wrong += mmioClose(file, 0) != 0;
    return (void *)wrong;
}

static void eight_threads_are_in_a_procedure_at_once(void)
{
    pthread_t threads[THREADS];
    int numbers[THREADS], number;
    fresh(THREADS);
    for (number = 0; number < THREADS; number++) {
        numbers[number] = number;
        threads[number] = start(work, &numbers[number]);
    }
    for (number = 0; number < THREADS; number++) {
        CHECK_EQ(finish(threads[number]), 0);
    }
    CHECK_EQ(most_inside, THREADS);
    CHECK_EQ(overlaps, 0);
    for (number = 0; number < THREADS; number++) {
        CHECK_EQ(disks[number].closes, 1);
        CHECK_EQ(disks[number].bytes[0], (char)(number * 16));
        CHECK_EQ(disks[number].bytes[3699], (char)(number * 16 + 3));
    }
}

int main(void)
{
    a_blocked_procedure_blocks_no_other_file();
    calls_on_one_file_happen_one_at_a_time();
    a_close_in_another_thread_waits_for_the_call();
    only_one_of_many_closes_closes();
    eight_threads_are_in_a_procedure_at_once();
    return report();
}
