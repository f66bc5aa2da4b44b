/* Procedures are installed, found, used and removed by eight threads at once.
 *
 * Shows docs/contract.md, 7. Threads, processes, panics: "Threads", "any function may be called from any thread".
 * Shows docs/contract.md, 5. I/O procedures and messages: "Installing". */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "check.h"
#include <pthread.h>

#define THREADS 8
#define ROUNDS 2000
#define SHARED mmioFOURCC('S', 'H', 'A', 'R')

static LRESULT CALLBACK quiet_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    (void)info;
    (void)first;
    return message == MMIOM_USER ? second + 1 : 0;
}

static LRESULT CALLBACK other_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    return quiet_proc(info, message, first, second);
}

/* A thread's own code is not affected by the others. Returns the number of errors. */
static long use_own_code(int thread)
{
    char name[] = "x.own0+element";
    FOURCC code = mmioFOURCC('O', 'W', 'N', '0' + thread);
    HMMIO file;
    long wrong = 0;
    name[5] = (char)('0' + thread);
    wrong += mmioInstallIOProc(code, quiet_proc, MMIO_INSTALLPROC) != quiet_proc;
    wrong += mmioInstallIOProc(code, NULL, MMIO_FINDPROC) != quiet_proc;
    file = mmioOpen(name, NULL, MMIO_READ);
    wrong += file == NULL;
    wrong += mmioInstallIOProc(code, NULL, MMIO_REMOVEPROC) != quiet_proc;
    wrong += mmioSendMessage(file, MMIOM_USER, 0, thread) != thread + 1;
    wrong += mmioClose(file, 0) != MMSYSERR_NOERROR;
    wrong += mmioInstallIOProc(code, NULL, MMIO_FINDPROC) != NULL;
    return wrong;
}

/* The shared code has one procedure or the other, or none, but never anything else. */
static long use_shared_code(int round)
{
    LPMMIOPROC installed = round % 2 ? quiet_proc : other_proc, found;
    HMMIO file;
    long wrong = 0;
    DWORD scope = round % 3 ? 0 : MMIO_GLOBALPROC;
    wrong += mmioInstallIOProc(SHARED, installed, MMIO_INSTALLPROC | scope) != installed;
    found = mmioInstallIOProc(SHARED, NULL, MMIO_FINDPROC);
    wrong += found != quiet_proc && found != other_proc;
    file = mmioOpen((LPSTR) "y.shar+", NULL, MMIO_READ);
    wrong += file == NULL;
    wrong += mmioClose(file, 0) != MMSYSERR_NOERROR;
    found = mmioInstallIOProc(SHARED, NULL, MMIO_REMOVEPROC);
    wrong += found != quiet_proc && found != other_proc;
    return wrong;
}

static void *run(void *argument)
{
    int thread = *(int *)argument, round;
    long *wrong = (long *)malloc(sizeof *wrong);
    *wrong = 0;
    for (round = 0; round < ROUNDS; round++) {
        *wrong += use_own_code(thread);
        *wrong += use_shared_code(round);
    }
    return wrong;
}

static void eight_threads_install_use_and_remove(void)
{
    pthread_t threads[THREADS];
    int numbers[THREADS], thread;
    for (thread = 0; thread < THREADS; thread++) {
        numbers[thread] = thread;
        CHECK_EQ(pthread_create(&threads[thread], NULL, run, &numbers[thread]), 0);
    }
    for (thread = 0; thread < THREADS; thread++) {
        void *result = NULL;
        CHECK_EQ(pthread_join(threads[thread], &result), 0);
        CHECK_EQ(*(long *)result, 0);
        free(result);
    }
    CHECK(mmioInstallIOProc(SHARED, NULL, MMIO_FINDPROC) == NULL);
}

static void built_in_procedures_are_still_there(void)
{
    CHECK(mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC) != NULL);
    CHECK(mmioInstallIOProc(FOURCC_MEM, NULL, MMIO_FINDPROC) != NULL);
}

int main(void)
{
    eight_threads_install_use_and_remove();
    built_in_procedures_are_still_there();
    return report();
}
