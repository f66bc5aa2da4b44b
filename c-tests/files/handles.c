/* Handles: no handle is reused soon, and a closed one is never valid again, however many were opened.
 *
 * Shows docs/contract.md, 1. ABI: "Handles are tokens", "The number of open handles is limited by memory only".
 * Shows docs/differences.md, Handles: "A handle fits in 31 bits", "The number of a closed handle". */
#include "check.h"

#define CYCLES 100000
#define MANY 5000

static HMMIO seen[CYCLES];
static char bytes[MANY];

static HMMIO open_at(int place)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = &bytes[place];
    info.cchBuffer = 1;
    return mmioOpen(NULL, &info, MMIO_READWRITE);
}

static int by_number(const void *a, const void *b)
{
    const HMMIO *x = (const HMMIO *)a, *y = (const HMMIO *)b;
    return *x < *y ? -1 : *x > *y;
}

static void check_all_differ(int count)
{
    int i, same = 0;
    qsort(seen, (size_t)count, sizeof *seen, by_number);
    for (i = 1; i < count; i++)
        same += seen[i] == seen[i - 1];
    CHECK_EQ(same, 0);
}

/* NULL is no file, before the first file is opened and after. */
static void check_null(void)
{
    MMCKINFO chunk;
    char byte[4];
    memset(&chunk, 0, sizeof chunk);
    CHECK_EQ(mmioRead(NULL, byte, 4), -1);
    CHECK_EQ(mmioRead(NULL, byte, 1), -1);
    CHECK_EQ(mmioWrite(NULL, byte, 4), -1);
    CHECK_EQ(mmioSeek(NULL, 0, SEEK_CUR), -1);
    CHECK_EQ(mmioDescend(NULL, &chunk, NULL, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioAscend(NULL, &chunk, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioCreateChunk(NULL, &chunk, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioClose(NULL, 0), MMSYSERR_INVALHANDLE);
}

/* One file after the other. */
static void check_one_by_one(void)
{
    int i, opened = 0;
    for (i = 0; i < CYCLES; i++) {
        seen[i] = open_at(0);
        opened += seen[i] != NULL && mmioClose(seen[i], 0) == MMSYSERR_NOERROR;
    }
    CHECK_EQ(opened, CYCLES);
    check_all_differ(CYCLES);
}

/* Each of many open files is the one that was opened. Afterwards none of the old handles is valid. */
static void check_many(void)
{
    static HMMIO old[MANY], fresh[MANY];
    int i, wrong = 0, alive = 0;
    for (i = 0; i < MANY; i++)
        old[i] = open_at(i);
    for (i = 0; i < MANY; i++) {
        char byte = (char)(i * 7);
        wrong += mmioWrite(old[i], &byte, 1) != 1 || bytes[i] != byte;
    }
    CHECK_EQ(wrong, 0);
    /* Not in the order in which they were opened. */
    for (i = 0; i < MANY; i++)
        wrong += mmioClose(old[(i * 1999 + 7) % MANY], 0) != MMSYSERR_NOERROR;
    CHECK_EQ(wrong, 0);
    for (i = 0; i < MANY; i++)
        fresh[i] = open_at(MANY - 1 - i);
    for (i = 0; i < MANY; i++) {
        char byte = 0;
        alive += mmioRead(old[i], &byte, 1) != -1 || mmioSeek(old[i], 0, SEEK_CUR) != -1;
        wrong += mmioRead(fresh[i], &byte, 1) != 1 || byte != (char)((MANY - 1 - i) * 7);
    }
    CHECK_EQ(alive, 0);
    CHECK_EQ(wrong, 0);
    memcpy(seen, old, sizeof old);
    memcpy(seen + MANY, fresh, sizeof fresh);
    check_all_differ(2 * MANY);
    for (i = 0; i < MANY; i++)
        wrong += mmioClose(fresh[i], 0) != MMSYSERR_NOERROR;
    CHECK_EQ(wrong, 0);
}

int main(void)
{
    check_null();
    check_one_by_one();
    check_many();
    check_null();
    check_one_by_one();
    return report();
}
