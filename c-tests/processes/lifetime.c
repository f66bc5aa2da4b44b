/* What a process may do to the library: use it before main and after, fork with open files, pass forged handles,
 * open any number of files, be interrupted all the time, lose a descriptor or the end of a file, or fail to read.
 *
 * Shows docs/contract.md, 7. Threads, processes, panics: "Fork", "every function and every open file works in the child".
 * Shows docs/contract.md, 1. ABI: "closed, forged and out-of-range handles".
 * Shows docs/contract.md, 1. ABI: "The number of open handles is limited by memory only".
 * Shows docs/contract.md, 3. The buffer: "EINTR is retried".
 * Shows docs/differences.md, Reading: "An error after some bytes is reported by the next call". */
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64 /* An address is a position in /proc/self/mem. */
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#endif
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "pause.h"
#include "runner.h"
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <mmsystem_ext.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_NAME "processes.bin"

/* An emulator or a memory checker takes a hundred times as long. */
static long times(long count)
{
#if defined(__SANITIZE_ADDRESS__)
    return count / 10;
#else
    return has_runner() || getenv("MMSYSTEM_TRACE") != NULL ? count / 100 : count;
#endif
}

static HMMIO open_sixteen(void)
{
    static char bytes[16] = "sixteen bytes..";
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = sizeof bytes;
    return mmioOpen(NULL, &info, MMIO_READWRITE);
}

/* Before main, and after it. */

static HMMIO early;

__attribute__((constructor)) static void before_main(void)
{
    early = open_sixteen();
}

/* Too late for a check to count. */
static void after_main(void)
{
    char bytes[4];
    HMMIO late = open_sixteen();
    if (late == NULL || mmioRead(late, bytes, 4) != 4 || mmioClose(late, 0) != 0 || mmioClose(early, 0) != 0)
        _exit(99);
}

static void check_before_main(void)
{
    char bytes[7];
    CHECK(early != NULL);
    CHECK_EQ(mmioRead(early, bytes, 7), 7);
    CHECK_BYTES(bytes, "sixteen", 7);
    CHECK_EQ(atexit(after_main), 0);
}

/* A child has the files that were open, and what it does to its copy does not affect the parent. */
static void check_fork(LONG buffer)
{
    char bytes[8];
    HMMIO file = open_with(FILE_NAME, MMIO_CREATE | MMIO_READWRITE, NULL, buffer), memory = open_sixteen();
    pid_t child;
    int status;
    CHECK_EQ(mmioWrite(file, "abcdefgh", 8), 8);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        int held = mmioRead(file, bytes, 3) == 3 && memcmp(bytes, "cde", 3) == 0;
        held = held && mmioRead(memory, bytes, 4) == 4 && memcmp(bytes, "sixt", 4) == 0;
        held = held && mmioWrite(memory, "1234", 4) == 4 && mmioClose(memory, 0) == 0;
        held = held && mmioClose(file, 0) == 0 && mmioClose(file, 0) == MMSYSERR_INVALHANDLE;
        _exit(held ? 0 : 1);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
    CHECK_EQ(mmioRead(file, bytes, 6), 6);
    CHECK_BYTES(bytes, "cdefgh", 6);
    CHECK_EQ(mmioSeek(memory, 4, SEEK_SET), 4);
    CHECK_EQ(mmioRead(memory, bytes, 4), 4);
    CHECK_BYTES(bytes, "een ", 4);
    CHECK_EQ(mmioClose(memory, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Handles that were never returned. */
static void check_forged(void)
{
    long i, count = times(10000000), alive = 0;
    uint64_t number = 1;
    char byte;
    HMMIO file = open_sixteen();
    for (i = 0; i < count; i++) {
        HMMIO forged;
        number = number * 6364136223846793005u + 1442695040888963407u;
        /* Small ones, large ones, and those that differ in one bit from an open one. */
        forged = (HMMIO)(uintptr_t)(i % 3 == 0   ? number >> 33
                                    : i % 3 == 1 ? number
                                                 : (uintptr_t)file ^ (uint64_t)1 << number % 64);
        if (forged != file && forged != early)
            alive += mmioRead(forged, &byte, 1) != -1;
    }
    CHECK_EQ(alive, 0);
    printf("%ld handles forged\n", count);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Returns the memory of the process in pages, or 0 if it is not known. */
static long pages(void)
{
    long all, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL && fscanf(file, "%ld %ld", &all, &resident) != 2)
        resident = 0;
    if (file != NULL)
        fclose(file);
    return resident;
}

static void check_cycles(void)
{
    long i, before, count = times(1000000), closed = 0;
    for (i = 0; i < 1000; i++)
        mmioClose(open_sixteen(), 0);
    before = pages();
    for (i = 0; i < count; i++)
        closed += mmioClose(open_sixteen(), 0) == MMSYSERR_NOERROR;
    CHECK_EQ(closed, count);
    printf("%ld files opened and closed\n", closed);
    CHECK(pages() - before < 100);
}

/* A million at once with MMSYSTEM_TEST_MANY=1000000, which takes half a GiB. */
static void check_many(void)
{
    const char *many = getenv("MMSYSTEM_TEST_MANY");
    long i, count = times(many == NULL ? 50000 : atol(many)), wrong = 0;
    HMMIO *files = (HMMIO *)malloc((size_t)count * sizeof *files);
    char byte;
    CHECK(files != NULL);
    for (i = 0; i < count; i++)
        wrong += (files[i] = open_sixteen()) == NULL;
    for (i = 0; i < count; i++)
        wrong += mmioSeek(files[i], (LONG)(i % 16), SEEK_SET) != i % 16;
    for (i = 0; i < count; i++)
        wrong += mmioRead(files[i], &byte, 1) != 1 || byte != "sixteen bytes.."[i % 16];
    for (i = 0; i < count; i++)
        wrong += mmioClose(files[i], 0) != MMSYSERR_NOERROR || mmioRead(files[i], &byte, 1) != -1;
    CHECK_EQ(wrong, 0);
    printf("%ld files open at once\n", count);
    free(files);
}

static volatile sig_atomic_t interrupted;

static void on_alarm(int signal_number)
{
    (void)signal_number;
    interrupted++;
}

/* A timer interrupts a thousand times a second: a pipe is nevertheless read to its end. */
static void check_interruptions(void)
{
    enum { PIECE = 4096, PIECES = 200 };
    struct itimerval timer = {{0, 1000}, {0, 1000}}, none = {{0, 0}, {0, 0}};
    struct sigaction action;
    static char bytes[PIECE * PIECES + PIECE];
    MMIOINFO info;
    HMMIO file;
    pid_t child;
    LONG done = 0, more, wrong = 0, i;
    int ends[2], status;
    CHECK_EQ(pipe(ends), 0);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        for (i = 0; i < PIECES; i++) {
            memset(bytes, 'a' + (int)(i % 26), PIECE);
            if (write(ends[1], bytes, PIECE) != PIECE)
                _exit(1);
            pause_for(1);
        }
        _exit(0);
    }
    close(ends[1]);
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm; /* Without SA_RESTART. */
    CHECK_EQ(sigaction(SIGALRM, &action, NULL), 0);
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = (DWORD)ends[0];
    info.cchBuffer = 1000;
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK(file != NULL);
    CHECK_EQ(setitimer(ITIMER_REAL, &timer, NULL), 0);
    while ((more = mmioRead(file, bytes + done, 3001)) > 0)
        done += more;
    CHECK_EQ(setitimer(ITIMER_REAL, &none, NULL), 0);
    CHECK_EQ(more, 0);
    CHECK_EQ(done, PIECE * PIECES);
    for (i = 0; i < done; i++)
        wrong += bytes[i] != 'a' + i / PIECE % 26;
    CHECK_EQ(wrong, 0);
    CHECK(interrupted > 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

/* The program closes the descriptor itself: the calls fail, the bytes stay, and the file can be discarded. */
static void check_lost_descriptor(void)
{
    MMIOINFO info;
    char byte;
    HMMIO file = open_with(FILE_NAME, MMIO_CREATE | MMIO_READWRITE, NULL, 64);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(close((int)info.adwInfo[0]), 0);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(byte, 'a');
    CHECK_EQ(mmsys_discard(file), MMIOERR_CANNOTCLOSE);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
}

/* Another process truncates the file while it is read: the rest is the end of the file. */
static void check_cut_off(LONG buffer)
{
    static char bytes[10000];
    LONG done, more;
    HMMIO file;
    memset(bytes, 'x', sizeof bytes);
    put_file(FILE_NAME, bytes, sizeof bytes);
    file = open_with(FILE_NAME, MMIO_READ, NULL, buffer);
    CHECK_EQ(mmioRead(file, bytes, 1000), 1000);
    CHECK_EQ(truncate(FILE_NAME, 2000), 0);
    for (done = 1000; (more = mmioRead(file, bytes, 100)) > 0; done += more) {
    }
    CHECK_EQ(more, 0);
    /* Bytes that were read ahead are still there. */
    CHECK(done >= 2000 && done <= (buffer < 2000 ? 2000 : 10000));
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* The system fails to read from a position on: where the process's own memory, as a file, has a hole. The bytes
 * before it are returned, then the error, and the position stays. */
static void check_read_error(LONG buffer)
{
#ifdef __linux__
    long page = sysconf(_SC_PAGESIZE);
    char *memory = (char *)mmap(NULL, (size_t)page * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char bytes[200], before[100];
    off_t at = (off_t)(uintptr_t)(memory + page - 100);
    int fd = open("/proc/self/mem", O_RDONLY);
    MMIOINFO info;
    HMMIO file;
    CHECK(memory != MAP_FAILED);
    memset(memory, 'm', (size_t)page);
    CHECK_EQ(munmap(memory + page, (size_t)page), 0);
    if (fd == -1 || lseek(fd, at, SEEK_SET) != at || pread(fd, before, 100, at) != 100 || before[99] != 'm') {
        /* Under an emulator the file is the memory of another process. */
        printf("skipped: a read error, as /proc/self/mem is not this process's\n");
        CHECK_EQ(munmap(memory, (size_t)page), 0);
        close(fd);
        return;
    }
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = (DWORD)fd;
    info.cchBuffer = buffer;
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK_EQ(mmioRead(file, bytes, 200), 100);
    CHECK_BYTES(bytes, before, 100);
    CHECK_EQ(mmioRead(file, bytes, 200), -1);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(info.wErrorRet, MMIOERR_CANNOTREAD);
    CHECK_EQ(mmioRead(file, bytes, 1), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(munmap(memory, (size_t)page), 0);
#else
    (void)buffer;
#endif
}

int main(void)
{
    check_before_main();
    check_fork(0);
    check_fork(64);
    check_forged();
    check_cycles();
    check_many();
    check_interruptions();
    check_read_error(0);
    check_read_error(64);
    check_read_error(8192);
    check_lost_descriptor();
    check_cut_off(0);
    check_cut_off(512);
    check_cut_off(8192);
    remove(FILE_NAME);
    return report();
}
