/* A system that forbids membarrier(2), from the beginning or later: files stay safe among threads.
 *
 * Shows docs/differences.md, Threads and processes: "Where the system forbids membarrier(2)".
 * Shows docs/contract.md, 7. Threads, processes, panics: "Threads", "any function may be called from any thread". */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#ifdef __linux__
#include "check.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 4, TURNS = 20000, WORDS = THREADS * TURNS };

/* Makes membarrier(2) an error from now on. Returns 0 if the system does not allow it. */
static int forbid_membarrier(void)
{
    struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof lines / sizeof lines[0], lines};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

static DWORD words[WORDS];

static HMMIO open_words(void)
{
    MMIOINFO info;
    DWORD i;
    for (i = 0; i < WORDS; i++)
        words[i] = i;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = (HPSTR)words;
    info.cchBuffer = sizeof words;
    return mmioOpen(NULL, &info, MMIO_READ);
}

/* Each word that a thread reads is larger than the one before, and all words are read once. */
static void *read_words(void *file)
{
    DWORD sum = 0, word, before = 0;
    int i;
    for (i = 0; i < TURNS; i++) {
        if (mmioRead((HMMIO)file, (HPSTR)&word, 4) != 4 || (i > 0 && word <= before))
            return NULL;
        before = word;
        sum += word;
    }
    return (void *)(size_t)(sum | 1);
}

/* Reads all words in several threads. The first thread reads some before. */
static void threads_share_a_file(HMMIO file)
{
    pthread_t threads[THREADS];
    void *sum;
    DWORD word;
    int i;
    for (i = 0; i < THREADS; i++)
        CHECK_EQ(pthread_create(&threads[i], NULL, read_words, file), 0);
    for (i = 0; i < THREADS; i++) {
        CHECK_EQ(pthread_join(threads[i], &sum), 0);
        CHECK(sum != NULL);
    }
    CHECK_EQ(mmioRead(file, (HPSTR)&word, 4), 0);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

/* A thread is cancelled while it uses the file of another for the first time: its call is completed. */
static void *read_word(void *word)
{
    CHECK_EQ(mmioRead(((HMMIO *)word)[0], (HPSTR)((HMMIO *)word + 1), 4), 4);
    /* The call may take less time than the cancellation. */
    while (pause() != 0) {
    }
    return NULL;
}

static void a_cancelled_thread_completes_its_call(HMMIO file)
{
    HMMIO file_and_word[2];
    pthread_t thread;
    DWORD word;
    void *ended = NULL;
    file_and_word[0] = file;
    CHECK_EQ(pthread_create(&thread, NULL, read_word, file_and_word), 0);
    CHECK_EQ(pthread_cancel(thread), 0);
    CHECK_EQ(pthread_join(thread, &ended), 0);
    CHECK(ended == PTHREAD_CANCELED);
    CHECK_EQ(mmioRead(file, (HPSTR)&word, 4), 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
}

/* Runs in a process of its own, because the filter cannot be removed. `used`: the file already has an owner then. */
static void forbidden(int used)
{
    pid_t child = fork();
    int status = 0;
    if (child == 0) {
        HMMIO file;
        char nothing;
        if (used) {
            file = open_words();
            CHECK_EQ(mmioRead(file, &nothing, 1), 1);
            CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
        }
        if (!forbid_membarrier()) {
            puts("skipped: system calls cannot be forbidden here");
            exit(0);
        }
        if (!used)
            file = open_words();
        a_cancelled_thread_completes_its_call(file);
        threads_share_a_file(file);
        exit(report());
    }
    CHECK(child > 0);
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
}

int main(void)
{
    forbidden(0);
    forbidden(1);
    return report();
}

#else
#include <stdio.h>

int main(void)
{
    puts("skipped: there is no membarrier(2)");
    return 0;
}
#endif
