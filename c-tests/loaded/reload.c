/* The library as a plugin: loaded at run time, used, unloaded and loaded again. Nothing of it remains, and a thread
 * that used it may outlive it. The argument is the file of the library.
 *
 * Shows docs/differences.md, Threads and processes: "Unloading the library". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"
#include "runner.h"

#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <unistd.h>

#define ROUNDS 1000
#define OWN_CODE mmioFOURCC('O', 'W', 'N', ' ')

/* The functions of the library that is loaded now. */
static struct {
    void *library;
    HMMIO(WINAPI *open)(LPSTR, LPMMIOINFO, DWORD);
    LONG(WINAPI *read)(HMMIO, HPSTR, LONG);
    LONG(WINAPI *write)(HMMIO, const char *, LONG);
    MMRESULT(WINAPI *close)(HMMIO, UINT);
    LPMMIOPROC(WINAPI *install)(FOURCC, LPMMIOPROC, DWORD);
} mm;

/* C has no other conversion from a void * to a function. */
static void find(const char *name, void *function)
{
    void *found = dlsym(mm.library, name);
    CHECK(found != NULL);
    memcpy(function, &found, sizeof found);
}

static void load(const char *file)
{
    mm.library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (mm.library == NULL) {
        printf("%s\n", dlerror());
        exit(EXIT_FAILURE);
    }
    find("mmioOpenA", &mm.open);
    find("mmioRead", &mm.read);
    find("mmioWrite", &mm.write);
    find("mmioClose", &mm.close);
    find("mmioInstallIOProcA", &mm.install);
}

static void unload(const char *file)
{
    CHECK_EQ(dlclose(mm.library), 0);
    CHECK(dlopen(file, RTLD_NOW | RTLD_NOLOAD) == NULL);
}

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    (void)lpmmioinfo;
    if (uMsg == MMIOM_READ)
        memset((void *)lParam1, 'p', (size_t)lParam2);
    return uMsg == MMIOM_READ ? lParam2 : 0;
}

/* Uses a file on the disk, one in memory that grows, and one of a procedure of the program. */
static void use(void)
{
    char bytes[32];
    MMIOINFO info;
    HMMIO file = mm.open((LPSTR) "reload.bin", NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF), own;
    CHECK_EQ(mm.write(file, "on the disk", 11), 11);
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.adwInfo[0] = 4096;
    own = mm.open(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    CHECK_EQ(mm.write(own, bytes, sizeof bytes), sizeof bytes);
    CHECK_EQ(mm.close(own, 0), 0);
    CHECK_EQ(mm.close(file, 0), 0);
    CHECK_EQ(get_file("reload.bin", bytes, sizeof bytes), 11);
    CHECK_BYTES(bytes, "on the disk", 11);

    /* Nothing has been installed in this instance yet. */
    CHECK(mm.install(OWN_CODE, NULL, MMIO_FINDPROC) == NULL);
    CHECK(mm.install(OWN_CODE, procedure, MMIO_INSTALLPROC) == procedure);
    file = mm.open((LPSTR) "any.own+", NULL, MMIO_READ);
    CHECK_EQ(mm.read(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "ppp", 3);
    CHECK_EQ(mm.close(file, 0), 0);
    CHECK(mm.install(OWN_CODE, NULL, MMIO_REMOVEPROC) == procedure);
}

/* A thread that uses the library, and ends after it is unloaded. */

static sem_t used, gone;

static void *outlive(void *argument)
{
    char bytes[4];
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 16;
    file = mm.open(NULL, &info, MMIO_READWRITE);
    CHECK_EQ(mm.read(file, bytes, 4), 4);
    CHECK_EQ(mm.close(file, 0), 0);
    sem_post(&used);
    while (sem_wait(&gone) != 0) {
    }
    return argument;
}

/* Returns the bytes of the data segment of the process, which small allocations come from, or 0 where they are not
 * known, or where a sanitizer checks for leaks. */
static long data_size(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    long kib = 0;
    char line[200];
    FILE *file = fopen("/proc/self/status", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        sscanf(line, "VmData: %ld", &kib);
    if (file != NULL)
        fclose(file);
    return has_runner() ? 0 : kib * 1024;
#else
    return 0;
#endif
}

int main(int argc, char **argv)
{
    int round;
    long before = 0;
    pthread_t thread;
    CHECK_EQ(argc, 2);
    for (round = 0; round < ROUNDS; round++) {
        load(argv[1]);
        use();
        unload(argv[1]);
        if (round == 100)
            before = data_size();
    }
    /* The allocator takes whole pages from the system. */
    CHECK(data_size() - before < 16 * 4096);

    sem_init(&used, 0, 0);
    sem_init(&gone, 0, 0);
    load(argv[1]);
    CHECK_EQ(pthread_create(&thread, NULL, outlive, NULL), 0);
    while (sem_wait(&used) != 0) {
    }
    unload(argv[1]);
    sem_post(&gone);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    remove("reload.bin");
    return report();
}
