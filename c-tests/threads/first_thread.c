/* A procedure starts the first other thread of the process during a call. That thread finds the file locked, and
 * continues when the call is over.
 *
 * Shows docs/contract.md, 7. Threads, processes, panics: "Calls on one handle are serialised". */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "check.h"

#include <pthread.h>
#include <time.h>

static HMMIO file;
static pthread_t thread;
static volatile int is_inside, was_inside, others_read;

static void *read_too(void *unused)
{
    char byte = 0;
    (void)unused;
    others_read = (int)mmioRead(file, &byte, 1);
    return NULL;
}

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    if (uMsg != MMIOM_READ) {
        return 0;
    }
    was_inside += is_inside;
    is_inside = 1;
    if (info->lDiskOffset == 0) {
        const struct timespec while_it_could = {0, 50000000};
        CHECK_EQ(pthread_create(&thread, NULL, read_too, NULL), 0);
        nanosleep(&while_it_could, NULL);
        CHECK_EQ(others_read, 0);
    }
    memset((void *)lParam1, 'x', (size_t)lParam2);
    info->lDiskOffset += (LONG)lParam2;
    is_inside = 0;
    return lParam2;
}

int main(void)
{
    MMIOINFO info;
    char byte = 0;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    file = mmioOpen((LPSTR) "x", &info, MMIO_READ);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(others_read, 1);
    CHECK_EQ(was_inside, 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 2);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    return report();
}
