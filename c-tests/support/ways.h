/* ways.h: the ways to open a file: each access with each share mode. */
#ifndef WAYS_H
#define WAYS_H

#include <mmsystem.h>
#include <string.h>

#define WAYS 15

static inline DWORD flags_of(int way)
{
    return (DWORD)(way / 5) | (DWORD)(way % 5) << 4;
}

/* Bit 1 for reading, 2 for writing. */
static inline int uses(int way)
{
    return way / 5 + 1;
}

static inline int denies(int way)
{
    static const int of_mode[] = {0, 3, 2, 1, 0};
    return of_mode[way % 5];
}

/* What the documentation says, with MMIO_COMPAT as a mode that denies nothing. */
static inline int conflict(int first, int second)
{
    return (denies(first) & uses(second)) != 0 || (denies(second) & uses(first)) != 0;
}

/* Opens a file in one of the ways. `error` is 0, or the reason why it was not opened. */
static inline HMMIO open_way(char *name, int way, UINT *error)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    file = mmioOpen(name, &info, flags_of(way));
    *error = info.wErrorRet;
    return file;
}

#endif
