/* memory_open.h: opens memory files. */
#ifndef MEMORY_OPEN_H
#define MEMORY_OPEN_H

#include "state.h"

static inline HMMIO open_memory(char *pch, LONG cch, DWORD step, DWORD flags)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = pch;
    info.cchBuffer = cch;
    info.adwInfo[0] = step;
    file = mmioOpen(NULL, &info, flags);
    CHECK(file != NULL);
    CHECK_EQ(info.wErrorRet, 0);
    return file;
}

/* Checks the bytes of a memory file, from pchBuffer to pchEndRead. */
#define MEMORY_IS(file, expected, count) check_memory(file, expected, count, __FILE__, __LINE__)

static inline void check_memory(HMMIO file, const char *expected, long long count, const char *name, int line)
{
    MMIOINFO info = info_of(file);
    long long size = info.pchEndRead - info.pchBuffer;
    check_equal(size, count, "size of the file", name, line);
    check_that(size == count && memcmp(info.pchBuffer, expected, (size_t)count) == 0, "bytes of the file",
               name, line);
}

/* Memory for a buffer of the caller's. */
static inline char *allocated(size_t size)
{
    char *memory = (char *)malloc(size);
    CHECK(memory != NULL);
    memset(memory, '.', size);
    return memory;
}

#endif /* MEMORY_OPEN_H */
