/* forks.h: shared by the tests of fork: children whose exit status is checked, the files of the parent, and what a
 * child does with each of them. */
#ifndef FORKS_H
#define FORKS_H

#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"
#include "pause.h"
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <mmsystem_ext.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define OWN mmioFOURCC('O', 'W', 'N', ' ')
#define OTHER mmioFOURCC('O', 'T', 'H', 'R')
#define READ_NAME "forks.read"
#define WRITE_NAME "forks.write"
#define WHOLE 10000

/* A check in the child, which ends at the first that fails. */
#define NEED(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: in the child: failed: %s\n", __FILE__, __LINE__, #condition);                      \
            _exit(1);                                                                                                  \
        }                                                                                                              \
    } while (0)

/* While this is set, the threads of the parent pause, so that a child has the processors to itself. */
static volatile int paused;

static inline int wait_while_paused(void)
{
    while (paused)
        pause_for(1);
    return 1;
}

/* Runs the function in a child. Returns whether the child succeeded and ended. */
static inline int in_a_child(void (*run)(void))
{
    int status = 0;
    pid_t child;
    fflush(stdout);
    paused = 0;
    pause_for(2);
    child = fork();
    if (child == 0) {
        alarm(20);
        run();
        _exit(0);
    }
    paused = 1;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static inline char at(LONG position)
{
    return (char)('a' + position % 26);
}

/* A procedure that serves the alphabet. In the message `waits_in` it waits for a byte from a pipe. */

static volatile int waits_in = -1;
static int waiting[2], never[2];
static int flushed, flushes;

static inline void wait_here(int message)
{
    char byte;
    if (waits_in != message)
        return;
    while (write(waiting[1], "w", 1) != 1) {
    }
    while (read(never[0], &byte, 1) == -1 && errno == EINTR) {
    }
}

static inline LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG i;
    /* Only files that were opened with `waits` set wait. */
    if (info->adwInfo[0] != 0)
        wait_here((int)uMsg);
    switch (uMsg) {
    case MMIOM_READ:
        for (i = 0; i < (LONG)lParam2; i++)
            ((char *)lParam1)[i] = at(info->lDiskOffset + i);
        info->lDiskOffset += (LONG)lParam2;
        return lParam2;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        info->lDiskOffset += (LONG)lParam2;
        if (uMsg == MMIOM_WRITEFLUSH)
            flushed += (int)lParam2, flushes++;
        return lParam2;
    case MMIOM_SEEK:
        return info->lDiskOffset = (LONG)lParam1;
    default:
        return 0;
    }
}

static inline HMMIO open_own(LONG buffer, DWORD waits, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.cchBuffer = buffer;
    info.adwInfo[0] = waits;
    return mmioOpen(NULL, &info, flags);
}

static inline HMMIO open_disk(const char *name, DWORD flags, LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    return mmioOpen((LPSTR)name, &info, flags);
}

static inline HMMIO open_memory(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 16;
    info.adwInfo[0] = 16;
    return mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
}

/* The files of the parent: some are used by its threads all the time, the idle ones by no thread. */

static HMMIO reads, writes, buffered, unbuffered, memory, idle_disk, idle_own, idle_memory;

/* What the child does with each file, from several threads of its own. The kernel may place their stacks where those
 * of the parent's threads were. */

static inline void use_to_read(HMMIO file, LONG position)
{
    char bytes[16];
    int i;
    NEED(mmioSeek(file, position, SEEK_SET) == position);
    NEED(mmioRead(file, bytes, sizeof bytes) == (LONG)sizeof bytes);
    for (i = 0; i < (int)sizeof bytes; i++)
        NEED(bytes[i] == at(position + i));
}

/* A file contains only bytes that were written to it. */
static inline void use_what_was_written(HMMIO file)
{
    static char bytes[WHOLE];
    char byte = at(0);
    LONG count, i, end;
    NEED(mmioSeek(file, 0, SEEK_SET) == 0);
    count = mmioRead(file, bytes, WHOLE);
    NEED(count >= 0);
    for (i = 0; i < count; i++)
        NEED(bytes[i] == at(i));
    end = mmioSeek(file, 0, SEEK_END);
    /* The parent continues to write to its disk file. */
    NEED(end >= count);
    NEED(mmioSeek(file, 0, SEEK_SET) == 0 && mmioWrite(file, &byte, 1) == 1);
    NEED(mmioFlush(file, 0) == 0);
}

static inline void *thread_of_child(void *unused)
{
    int i;
    for (i = 0; i < 10; i++) {
        char bytes[4];
        HMMIO own = open_disk(READ_NAME, MMIO_READ, i % 2 * 100);
        NEED(own != NULL && mmioRead(own, bytes, 4) == 4 && bytes[3] == at(3) && mmioClose(own, 0) == 0);
        own = open_memory();
        NEED(own != NULL && mmioWrite(own, "bytes", 5) == 5 && mmioClose(own, 0) == 0);
        NEED(mmioRead(reads, bytes, 1) == 1 && mmioRead(buffered, bytes, 1) == 1);
        NEED(mmioRead(unbuffered, bytes, 1) == 1 && mmioRead(idle_own, bytes, 1) == 1);
        NEED(mmioSeek(idle_disk, i, SEEK_SET) == i && mmioSeek(idle_memory, 0, SEEK_SET) == 0);
        NEED(mmioInstallIOProc(OWN, NULL, MMIO_FINDPROC) == procedure);
    }
    return unused;
}

static inline void use_names(void)
{
    char name[128] = "forks.READ", temp[128] = "./forks", other[] = "forks.other";
    NEED(mmioOpen(name, NULL, MMIO_EXIST) != NULL && mmioOpen(name, NULL, MMIO_PARSE) != NULL);
    strcpy(name, "no such file either");
    NEED(mmioOpen(name, NULL, MMIO_READ) == NULL);
    NEED(mmioOpen(temp, NULL, MMIO_GETTEMP) == NULL);
    NEED(mmioRename(temp, other, NULL, 0) == 0 && mmioOpen(other, NULL, MMIO_DELETE) != NULL);
}

static inline void use_procedures(void)
{
    char name[] = "x.own+", bytes[4];
    HMMIO file = mmioOpen(name, NULL, MMIO_READ);
    NEED(file != NULL && mmioRead(file, bytes, 4) == 4 && mmioClose(file, 0) == 0);
    NEED(mmioInstallIOProc(OTHER, procedure, MMIO_INSTALLPROC) == procedure);
    NEED(mmioInstallIOProc(OTHER, NULL, MMIO_REMOVEPROC) == procedure);
}

static inline void use_all(void)
{
    pthread_t threads[3];
    int i;
    use_to_read(reads, 50);
    use_to_read(buffered, 7);
    use_to_read(unbuffered, 0);
    use_to_read(idle_disk, 3);
    use_to_read(idle_own, 3);
    use_what_was_written(writes);
    use_what_was_written(memory);
    use_what_was_written(idle_memory);
    use_names();
    use_procedures();
    for (i = 0; i < 3; i++)
        NEED(pthread_create(&threads[i], NULL, thread_of_child, NULL) == 0);
    for (i = 0; i < 3; i++)
        NEED(pthread_join(threads[i], NULL) == 0);
}

static inline void close_all(void)
{
    HMMIO files[8];
    int i;
    files[0] = reads, files[1] = writes, files[2] = buffered, files[3] = unbuffered;
    files[4] = memory, files[5] = idle_disk, files[6] = idle_own, files[7] = idle_memory;
    for (i = 0; i < 8; i++)
        NEED(mmioClose(files[i], 0) == 0);
}

static inline void child(void)
{
    use_all();
    close_all();
}

static inline void open_all(void)
{
    static char bytes[WHOLE];
    LONG i;
    for (i = 0; i < WHOLE; i++)
        bytes[i] = at(i);
    put_file(READ_NAME, bytes, WHOLE);
    CHECK(mmioInstallIOProc(OWN, procedure, MMIO_INSTALLPROC) != NULL);
    reads = open_disk(READ_NAME, MMIO_READ, 128);
    idle_disk = open_disk(READ_NAME, MMIO_READ, 128);
    writes = open_disk(WRITE_NAME, MMIO_CREATE | MMIO_READWRITE, 128);
    buffered = open_own(128, 0, MMIO_READ);
    unbuffered = open_own(0, 0, MMIO_READ);
    idle_own = open_own(16, 0, MMIO_READ);
    memory = open_memory();
    idle_memory = open_memory();
    CHECK(reads && idle_disk && writes && buffered && unbuffered && idle_own && memory && idle_memory);
}

/* Runs the test in a process without a trace, and in another one with a trace. */
static inline int in_both(int (*check_all)(int is_traced))
{
    int traced, status = 0;
    if (has_runner()) {
        printf("skipped: forks of many threads, which emulators and memory checkers support only in part\n");
        return 0;
    }
    for (traced = 0; traced < 2; traced++) {
        pid_t process;
        fflush(stdout);
        process = fork();
        if (process == 0) {
            if (traced)
                setenv("MMSYSTEM_TRACE", "forks.trace", 1);
            status = check_all(traced);
            fflush(stdout);
            _exit(status);
        }
        CHECK(process > 0 && waitpid(process, &status, 0) == process && status == 0);
    }
    return report();
}

#endif /* FORKS_H */
