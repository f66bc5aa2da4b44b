/* fork in a program whose own handler waits for a lock of the program after the library has begun to keep other
 * threads out. The thread that has that lock uses a file or sets a timer. Neither waits for the other for ever.
 *
 * Shows docs/differences.md, Threads and processes: "A thread that has been kept out for a quarter of a second continues".
 * Shows docs/contract.md, 7. Threads, processes, panics: "Fork". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"

#include <pthread.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
static volatile int is_early, is_forking, has_lock;

#if defined(__linux__) && defined(__GLIBC__)
static void before(void)
{
    is_forking = 1;
    pthread_mutex_lock(&own);
    CHECK_EQ(timeKillEvent(0xffffffff), MMSYSERR_INVALPARAM);
}

static void after(void)
{
    pthread_mutex_unlock(&own);
}

/* Called before the library registers its handlers, which therefore run before these. */
static void early(void)
{
    is_early = pthread_atfork(before, after, after) == 0;
}

__attribute__((section(".preinit_array"), used)) static void (*const at_first)(void) = early;
#endif

/* Takes the lock, and keeps it until the handler is about to wait for it. */
static void take_lock(void)
{
    const struct timespec moment = {0, 100000};
    pthread_mutex_lock(&own);
    has_lock = 1;
    while (!is_forking)
        nanosleep(&moment, NULL);
}

static void *use_a_file(void *file)
{
    char bytes[4];
    take_lock();
    CHECK_EQ(mmioRead((HMMIO)file, bytes, 4), 4);
    pthread_mutex_unlock(&own);
    return NULL;
}

static void CALLBACK do_nothing(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    (void)timer, (void)message, (void)user, (void)first, (void)second;
}

static void *use_a_timer(void *unused)
{
    UINT timer;
    take_lock();
    timer = timeSetEvent(1000000, 0, do_nothing, 0, TIME_PERIODIC);
    CHECK(timer != 0);
    CHECK_EQ(timeKillEvent(timer), TIMERR_NOERROR);
    pthread_mutex_unlock(&own);
    return unused;
}

static void fork_while_another_thread_does(void *(*use)(void *), HMMIO file)
{
    const struct timespec moment = {0, 100000};
    pthread_t thread;
    int status = -1;
    pid_t child;
    has_lock = is_forking = 0;
    CHECK_EQ(pthread_create(&thread, NULL, use, (void *)file), 0);
    while (!has_lock)
        nanosleep(&moment, NULL);
    child = fork();
    if (child == 0) {
        alarm(20);
        _exit(mmioSeek(file, 0, SEEK_SET) == 0 && mmioClose(file, 0) == 0 && timeKillEvent(1) != 0 ? 0 : 1);
    }
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
}

int main(void)
{
    static char memory[] = "abcdefgh";
    MMIOINFO info;
    HMMIO file;
    if (!is_early) {
        printf("skipped: fork handlers before the library's, which this system does not support\n");
        CHECK(1);
        return report();
    }
    alarm(60);
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = memory;
    info.cchBuffer = 8;
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK(file != NULL);
    fork_while_another_thread_does(use_a_file, file);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 4);
    fork_while_another_thread_does(use_a_timer, file);
    CHECK_EQ(mmioClose(file, 0), 0);
    return report();
}
