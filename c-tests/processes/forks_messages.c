/* fork while another thread stays in a message; fork in a procedure; and fork while a thread stays in the library
 * outside a message.
 *
 * Shows docs/differences.md, Threads and processes: "Bytes that it was writing are still dirty", "is still owed".
 * Shows docs/differences.md, Threads and processes: "a procedure may fork".
 * Shows docs/differences.md, Threads and processes: "A thread that is busy for longer than a second".
 * Shows docs/contract.md, 7. Threads, processes, panics: "a file that one of them was opening or closing is not open there". */
#include "forks.h"

/* Calls that stay in a message. */

static void *read_for_ever(void *file)
{
    char bytes[4];
    mmioRead(*(HMMIO *)file, bytes, 4);
    return NULL;
}

static void *flush_for_ever(void *file)
{
    mmioFlush(*(HMMIO *)file, 0);
    return NULL;
}

static void *close_for_ever(void *file)
{
    mmioClose(*(HMMIO *)file, 0);
    return NULL;
}

static void *open_for_ever(void *unused)
{
    open_own(0, 1, MMIO_READ);
    return unused;
}

/* Starts a thread that stays in a message. */
static void stay_in(UINT message, void *(*run)(void *), HMMIO *file)
{
    pthread_t thread;
    char byte;
    waits_in = (int)message;
    CHECK_EQ(pthread_create(&thread, NULL, run, file), 0);
    while (read(waiting[0], &byte, 1) != 1) {
    }
}

static HMMIO stuck;

static void child_reads(void)
{
    waits_in = -1;
    use_to_read(stuck, 20);
    NEED(mmioClose(stuck, 0) == 0);
    child();
}

static void child_flushes(void)
{
    waits_in = -1;
    /* The result of the message in the parent is not known in the child: the bytes are sent again. */
    flushed = 0;
    NEED(mmioFlush(stuck, 0) == 0 && flushed == 5);
    NEED(mmioWrite(stuck, "more", 4) == 4 && mmioClose(stuck, 0) == 0 && flushed == 9);
}

/* The bytes were already sent as MMIOM_WRITE. Only the flush is owed. */
static void child_owes(void)
{
    waits_in = -1;
    flushes = 0;
    NEED(mmioFlush(stuck, 0) == 0 && flushes == 1);
    NEED(mmioClose(stuck, 0) == 0 && flushes == 1);
}

static void child_has_none(void)
{
    char byte;
    waits_in = -1;
    NEED(mmioRead(stuck, &byte, 1) == -1);
    NEED(mmioClose(stuck, 0) == MMSYSERR_INVALHANDLE);
    child();
}

static void check_messages(void)
{
    CHECK(pipe(waiting) == 0 && pipe(never) == 0);
    stuck = open_own(0, 1, MMIO_READ);
    stay_in(MMIOM_READ, read_for_ever, &stuck);
    CHECK(in_a_child(child_reads));

    stuck = open_own(64, 1, MMIO_READ);
    stay_in(MMIOM_READ, read_for_ever, &stuck);
    CHECK(in_a_child(child_reads));

    stuck = open_own(64, 1, MMIO_READWRITE);
    CHECK_EQ(mmioWrite(stuck, "bytes", 5), 5);
    stay_in(MMIOM_WRITEFLUSH, flush_for_ever, &stuck);
    CHECK(in_a_child(child_flushes));

    stuck = open_own(0, 1, MMIO_READWRITE);
    CHECK_EQ(mmioWrite(stuck, "bytes", 5), 5);
    stay_in(MMIOM_WRITEFLUSH, flush_for_ever, &stuck);
    CHECK(in_a_child(child_owes));

    /* mmioClose flushes first: in the child the file is still open. */
    stuck = open_own(64, 1, MMIO_READWRITE);
    CHECK_EQ(mmioWrite(stuck, "bytes", 5), 5);
    stay_in(MMIOM_WRITEFLUSH, close_for_ever, &stuck);
    CHECK(in_a_child(child_flushes));

    stuck = open_own(0, 1, MMIO_READ);
    stay_in(MMIOM_CLOSE, close_for_ever, &stuck);
    CHECK(in_a_child(child_has_none));

    stuck = NULL;
    stay_in(MMIOM_OPEN, open_for_ever, NULL);
    CHECK(in_a_child(child));
    waits_in = -1;
}

/* A procedure that forks, and continues in both processes. */

static int forked_well;

static LRESULT CALLBACK forking(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    if (uMsg == MMIOM_READ) {
        int status = 0;
        pid_t process = fork();
        if (process == 0)
            alarm(60);
        else
            forked_well = process > 0 && waitpid(process, &status, 0) == process && status == 0;
    }
    return procedure(lpmmioinfo, uMsg, lParam1, lParam2);
}

static void check_fork_in_a_procedure(LONG buffer)
{
    MMIOINFO info;
    pid_t parent = getpid();
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pIOProc = forking;
    info.cchBuffer = buffer;
    file = mmioOpen(NULL, &info, MMIO_READWRITE);
    if (getpid() == parent)
        fflush(stdout);
    use_to_read(file, 0);
    if (getpid() != parent) {
        NEED(mmioSeek(file, 1, SEEK_CUR) == 17 && mmioWrite(file, "x", 1) == 1);
        NEED(mmioClose(file, 0) == 0);
        child();
        _exit(0);
    }
    CHECK(forked_well);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A thread is in the middle of a copy, in a signal handler that does not return. The fork waits for it for about a
 * second. In the child that file is closed. Everything else is unchanged. */
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <sys/mman.h>

static char *page;

static void on_fault(int signal_number)
{
    char byte;
    (void)signal_number;
    if (write(waiting[1], "f", 1) != 1 || read(never[0], &byte, 1) != 1 ||
        mprotect(page, 4096, PROT_READ | PROT_WRITE) != 0)
        _exit(98);
}

static void *read_into_the_page(void *file)
{
    return mmioRead(*(HMMIO *)file, page, 100) == 100 ? file : NULL;
}

static void check_half_done(void)
{
    struct sigaction action, before;
    pthread_t thread;
    void *result = NULL;
    char byte;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_fault;
    CHECK(pipe(waiting) == 0 && pipe(never) == 0);
    page = (char *)mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | 0x20 /* MAP_ANONYMOUS */, -1, 0);
    CHECK(page != MAP_FAILED && sigaction(SIGSEGV, &action, &before) == 0);
    stuck = open_disk(READ_NAME, MMIO_READ, 200);
    CHECK_EQ(mmioRead(stuck, &byte, 1), 1);
    CHECK_EQ(pthread_create(&thread, NULL, read_into_the_page, &stuck), 0);
    CHECK(read(waiting[0], &byte, 1) == 1);
    CHECK(in_a_child(child_has_none));
    CHECK(write(never[1], "g", 1) == 1);
    CHECK(pthread_join(thread, &result) == 0 && result == &stuck);
    CHECK_EQ(sigaction(SIGSEGV, &before, NULL), 0);
    CHECK_EQ(mmioClose(stuck, 0), 0);
}
#else
static void check_half_done(void)
{
}
#endif

static int check_all(int is_traced)
{
    open_all();
    check_fork_in_a_procedure(0);
    check_fork_in_a_procedure(64);
    if (!is_traced)
        check_half_done();
    check_messages();
    check_fork_in_a_procedure(64);
    return report();
}

int main(void)
{
    return in_both(check_all);
}
