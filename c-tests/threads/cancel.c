/* pthread_cancel during a call. The library's own system calls and waits are not cancellation points: the call is
 * completed, nothing is lost or stays locked, and the thread ends after it. In a procedure the thread's own
 * cancellation state applies.
 *
 * Shows docs/contract.md, 7. Threads, processes, panics: "Cancellation", "pthread_cancel", "cancellation points".
 * Shows docs/contract.md, 7. Threads, processes, panics: "cancellation state".
 * Shows docs/differences.md, Threads and processes: "Asynchronous cancellation". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"

#include <pthread.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

/* Pipes, because macOS has no semaphores without a name. */
static int inside[2], go_on[2];

static void notify(const int *ends)
{
    if (write(ends[1], "", 1) != 1)
        abort();
}

/* Waits at a cancellation point. */
static void wait_for(const int *ends)
{
    char byte;
    if (read(ends[0], &byte, 1) != 1)
        abort();
}

/* Gives a thread time to reach the place where it waits. The test is also correct without, but tests less. */
static void let_it_run(void)
{
    const struct timespec moment = {0, 20000000};
    nanosleep(&moment, NULL);
}

/* The cancellation state in the last message. */
static int setting_in_message;

/* Serves the letters of the alphabet. In the first message it waits at a cancellation point. */
static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    int before;
    LONG i;
    if (uMsg != MMIOM_READ)
        return 0;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &setting_in_message);
    if (info->lDiskOffset == 0) {
        notify(inside);
        wait_for(go_on);
    }
    pthread_setcancelstate(setting_in_message, &before);
    for (i = 0; i < (LONG)lParam2; i++)
        ((char *)lParam1)[i] = (char)('a' + (info->lDiskOffset + i) % 26);
    info->lDiskOffset += (LONG)lParam2;
    return lParam2;
}

static HMMIO open_slow(LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.cchBuffer = buffer;
    return mmioOpen((LPSTR) "slow", &info, MMIO_READ);
}

/* What a thread's call returned. A thread that ends during the call does not set it. */
typedef struct Reader {
    HMMIO file;
    char bytes[8];
    LONG count;
    int enabled_before, enabled_after, reached_the_end;
} Reader;

static const Reader unread = {NULL, "", 0, 0, 0, 0};

static void *read_four(void *argument)
{
    Reader *reader = (Reader *)argument;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &reader->enabled_before);
    reader->count = mmioRead(reader->file, reader->bytes, 4);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &reader->enabled_after);
    pthread_testcancel();
    reader->reached_the_end = 1;
    return NULL;
}

static void check_reader(const Reader *reader, pthread_t thread, const char *expected)
{
    void *ended = NULL;
    CHECK_EQ(pthread_join(thread, &ended), 0);
    CHECK(ended == PTHREAD_CANCELED);
    CHECK_EQ(reader->reached_the_end, 0);
    CHECK_EQ(reader->enabled_after, PTHREAD_CANCEL_ENABLE);
    CHECK_EQ(reader->count, 4);
    CHECK_BYTES(reader->bytes, expected, 4);
}

/* The first thread is cancelled in its procedure, the second while it waits for the first. */
static void cancelled_in_a_procedure_and_while_waiting(LONG buffer)
{
    Reader first = unread, second = unread;
    pthread_t threads[2];
    char bytes[4];
    HMMIO file = open_slow(buffer);
    first.file = second.file = file;
    CHECK_EQ(pthread_create(&threads[0], NULL, read_four, &first), 0);
    wait_for(inside);
    CHECK_EQ(pthread_create(&threads[1], NULL, read_four, &second), 0);
    let_it_run();
    CHECK_EQ(pthread_cancel(threads[0]), 0);
    CHECK_EQ(pthread_cancel(threads[1]), 0);
    let_it_run();
    notify(go_on);
    check_reader(&first, threads[0], "abcd");
    check_reader(&second, threads[1], "efgh");
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_BYTES(bytes, "ijkl", 4);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_procedure_has_the_threads_cancellation_state(void)
{
    static const int settings[] = {PTHREAD_CANCEL_DISABLE, PTHREAD_CANCEL_ENABLE};
    char bytes[4];
    int i, before;
    HMMIO file = open_slow(0);
    notify(go_on);
    for (i = 0; i < 2; i++) {
        pthread_setcancelstate(settings[i], &before);
        setting_in_message = -1;
        CHECK_EQ(mmioRead(file, bytes, 4), 4);
        CHECK_EQ(setting_in_message, settings[i]);
        pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before);
        CHECK_EQ(before, settings[i]);
    }
    wait_for(inside);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* POSIX makes a read of a pipe a cancellation point. */
static void cancelled_in_a_read_of_the_disk_procedure(LONG buffer)
{
    Reader reader = unread;
    pthread_t thread;
    char bytes[4];
    MMIOINFO info;
    int ends[2];
    CHECK_EQ(pipe(ends), 0);
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = (DWORD)ends[0];
    info.cchBuffer = buffer;
    reader.file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK(reader.file != NULL);
    CHECK_EQ(pthread_create(&thread, NULL, read_four, &reader), 0);
    let_it_run();
    CHECK_EQ(pthread_cancel(thread), 0);
    let_it_run();
    CHECK_EQ(write(ends[1], "01234567", 8), 8);
    check_reader(&reader, thread, "0123");
    CHECK_EQ(mmioRead(reader.file, bytes, 4), 4);
    CHECK_BYTES(bytes, "4567", 4);
    CHECK_EQ(mmioClose(reader.file, 0), 0);
    close(ends[1]);
}

/* The thread is cancelled before: every function is completed nevertheless. */
static void *all_calls(void *argument)
{
    char bytes[4], name[128] = "cancel.tmp";
    HMMIO file;
    int *done = (int *)argument, before;
    pthread_cancel(pthread_self());
    file = mmioOpen((LPSTR) "cancel.bin", NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    *done += mmioWrite(file, "1234", 4) == 4 && mmioFlush(file, 0) == 0 && mmioSeek(file, 0, SEEK_SET) == 0;
    *done += mmioRead(file, bytes, 4) == 4 && mmioClose(file, 0) == 0;
    *done += mmioOpen(name, NULL, MMIO_EXIST) == NULL && mmioOpen(name, NULL, MMIO_PARSE) == (HMMIO)1;
    *done += mmioRename((LPSTR) "cancel.bin", (LPSTR) "cancel.new", NULL, 0) == 0;
    *done += mmioOpen((LPSTR) "cancel.new", NULL, MMIO_DELETE) == (HMMIO)1;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &before);
    *done += before == PTHREAD_CANCEL_ENABLE;
    pthread_testcancel();
    *done += 100;
    return NULL;
}

static void no_function_ends_a_thread(void)
{
    pthread_t thread;
    void *ended = NULL;
    int done = 0;
    CHECK_EQ(pthread_create(&thread, NULL, all_calls, &done), 0);
    CHECK_EQ(pthread_join(thread, &ended), 0);
    CHECK(ended == PTHREAD_CANCELED);
    CHECK_EQ(done, 6);
}

int main(void)
{
    CHECK_EQ(pipe(inside), 0);
    CHECK_EQ(pipe(go_on), 0);
    cancelled_in_a_procedure_and_while_waiting(0);
    cancelled_in_a_procedure_and_while_waiting(4);
    cancelled_in_a_procedure_and_while_waiting(64);
    a_procedure_has_the_threads_cancellation_state();
    cancelled_in_a_read_of_the_disk_procedure(0);
    cancelled_in_a_read_of_the_disk_procedure(8);
    cancelled_in_a_read_of_the_disk_procedure(64);
    no_function_ends_a_thread();
    return report();
}
