/* fork while other threads are in calls. The child, which does not have those threads, can use every function and
 * every file: idle files, and files that the threads were using.
 *
 * Shows docs/contract.md, 7. Threads, processes, panics: "Fork", "every function and every open file works in the child".
 * Shows docs/differences.md, Threads and processes: "fork while other threads are in calls".
 * Shows docs/differences.md, Threads and processes: "the child can fork again". */
#include "forks.h"

/* What the threads of the parent do all the time. */

static void *open_and_close(void *unused)
{
    while (wait_while_paused())
        mmioClose(open_disk(READ_NAME, MMIO_READ, 0), 0);
    return unused;
}

static void *open_and_close_memory(void *unused)
{
    while (wait_while_paused())
        mmioClose(open_memory(), 0);
    return unused;
}

static void *install_and_remove(void *unused)
{
    while (wait_while_paused()) {
        mmioInstallIOProc(OTHER, procedure, MMIO_INSTALLPROC);
        mmioInstallIOProc(OWN, NULL, MMIO_FINDPROC);
        mmioInstallIOProc(OTHER, NULL, MMIO_REMOVEPROC);
    }
    return unused;
}

static void *read_on(void *file)
{
    char bytes[64];
    LONG i;
    for (i = 0; wait_while_paused(); i++) {
        if (mmioRead(*(HMMIO *)file, bytes, i % 60) < i % 60 || i % 50 == 0)
            mmioSeek(*(HMMIO *)file, i % 100, SEEK_SET);
    }
    return NULL;
}

static void *write_on(void *file)
{
    LONG i, position = mmioSeek(*(HMMIO *)file, 0, SEEK_SET);
    for (i = 0; wait_while_paused(); i++) {
        char byte = at(position);
        position = mmioWrite(*(HMMIO *)file, &byte, 1) == 1 && position + 1 < WHOLE
                       ? position + 1
                       : mmioSeek(*(HMMIO *)file, 0, SEEK_SET);
        if (i % 1000 == 0)
            mmioFlush(*(HMMIO *)file, i % 2000 == 0 ? MMIO_EMPTYBUF : 0);
    }
    return NULL;
}

static void *look_for_names(void *unused)
{
    char name[128];
    while (wait_while_paused()) {
        strcpy(name, "no such file");
        mmioOpen(name, NULL, MMIO_READ);
        strcpy(name, "FORKS.read");
        mmioOpen(name, NULL, MMIO_EXIST);
    }
    return unused;
}

/* The child forks while its own threads are in calls. */
static void child_that_forks(void)
{
    pthread_t threads[2];
    NEED(pthread_create(&threads[0], NULL, read_on, &reads) == 0);
    NEED(pthread_create(&threads[1], NULL, write_on, &memory) == 0);
    use_names();
    NEED(in_a_child(child));
}

static void check_forks(int fewest)
{
    void *(*const loops[])(void *) = {open_and_close, open_and_close_memory, install_and_remove, look_for_names,
                                     read_on, read_on, read_on, write_on, write_on};
    HMMIO *const files[] = {NULL, NULL, NULL, NULL, &reads, &buffered, &unbuffered, &writes, &memory};
    const char *many = getenv("MMSYSTEM_TEST_FORKS");
    int i, count = many == NULL ? fewest : atoi(many), well = 0;
    pthread_t thread;
    for (i = 0; i < (int)(sizeof loops / sizeof *loops); i++)
        CHECK_EQ(pthread_create(&thread, NULL, loops[i], files[i]), 0);
    for (i = 0; i < count; i++)
        well += in_a_child(i % 10 == 9 ? child_that_forks : child);
    CHECK_EQ(well, count);
    printf("%d forks\n", count);
}

static int check_all(int is_traced)
{
    open_all();
    check_forks(is_traced ? 10 : 40);
    return report();
}

int main(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    printf("skipped: forks of many threads, because the sanitizer's own allocator may stay locked in the child\n");
    (void)check_all;
    return 0;
#else
    return in_both(check_all);
#endif
}
