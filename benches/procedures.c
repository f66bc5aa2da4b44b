/* A program's own I/O procedure. */
#include "bench.h"

#define CALLS 4000000

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    switch (uMsg) {
    case MMIOM_READ:
        memset((void *)lParam1, 1, 4);
        info->lDiskOffset = (info->lDiskOffset + (LONG)lParam2) & 0xffff;
        return lParam2;
    case MMIOM_SEEK:
        info->lDiskOffset = (LONG)lParam1;
        return lParam1;
    default:
        return 0;
    }
}

/* volatile, so that the compiler cannot inline the call. */
static LPMMIOPROC volatile address = procedure;

static HMMIO file;
static MMIOINFO plain;

static void open_procedure(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    file = mmioOpen("name", &info, MMIO_READ);
    MUST(file != NULL);
}

static void close_procedure(void)
{
    mmioClose(file, 0);
}

static void calls_ours(void)
{
    uint32_t word;
    int i;
    for (i = 0; i < CALLS; i++)
        MUST(mmioRead(file, (HPSTR)&word, 4) == 4);
}

static void calls_theirs(void)
{
    uint32_t word;
    int i;
    for (i = 0; i < CALLS; i++)
        MUST(address((LPSTR)&plain, MMIOM_READ, (LPARAM)&word, 4) == 4);
}

const Workload procedures[] = {
    {.name = "a custom procedure's READ, unbuffered", .peer = "the bare indirect call", .limit = 10,
     .limit_beside = 15, .prepare = open_procedure, .ours = calls_ours, .theirs = calls_theirs,
     .clean = close_procedure, .units = CALLS},
    {.name = NULL},
};
