/* A fork, in a program whose own handler waits for a lock of the program's after the library keeps other threads out: who has
 * that lock uses a file, and neither waits for the other for ever. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"

#include <pthread.h>
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
}

static void after(void)
{
    pthread_mutex_unlock(&own);
}

/* Before the library registers its handlers, which so run before these. */
static void early(void)
{
    is_early = pthread_atfork(before, after, after) == 0;
}

__attribute__((section(".preinit_array"), used)) static void (*const at_first)(void) = early;
#endif

static void *use(void *file)
{
    const struct timespec moment = {0, 100000};
    char bytes[4];
    pthread_mutex_lock(&own);
    has_lock = 1;
    while (!is_forking)
        nanosleep(&moment, NULL);
    CHECK_EQ(mmioRead((HMMIO)file, bytes, 4), 4);
    pthread_mutex_unlock(&own);
    return NULL;
}

int main(void)
{
    const struct timespec moment = {0, 100000};
    static char memory[] = "abcdefgh";
    MMIOINFO info;
    pthread_t thread;
    int status = -1;
    pid_t child;
    HMMIO file;
    if (!is_early) {
        printf("skipped: handlers that are registered before the library's, which this system does not have\n");
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
    CHECK_EQ(pthread_create(&thread, NULL, use, file), 0);
    while (!has_lock)
        nanosleep(&moment, NULL);
    child = fork();
    if (child == 0) {
        alarm(20);
        _exit(mmioSeek(file, 0, SEEK_SET) == 0 && mmioClose(file, 0) == 0 ? 0 : 1);
    }
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    return report();
}
