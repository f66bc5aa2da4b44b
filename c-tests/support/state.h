/* state.h: opens files, and checks the members that mmioGetInfo returns, as offsets from pchBuffer. */
#ifndef STATE_H
#define STATE_H

#include "check.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyz"

/* Checks pchNext and pchEndRead, as offsets from pchBuffer, lBufOffset and lDiskOffset. */
#define STATE(file, next, end, offset, disk)                                                      \
    check_state(file, next, end, offset, disk, __FILE__, __LINE__)

/* As STATE, without lDiskOffset. */
#define WINDOW(file, next, end, offset) check_window(file, next, end, offset, __FILE__, __LINE__)

static inline MMIOINFO info_of(HMMIO file)
{
    MMIOINFO info;
    memset(&info, 0x55, sizeof info);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    return info;
}

static inline MMIOINFO check_window(HMMIO file, long long next, long long end, long long offset,
                                    const char *name, int line)
{
    MMIOINFO info = info_of(file);
    check_equal(info.pchNext - info.pchBuffer, next, "pchNext - pchBuffer", name, line);
    check_equal(info.pchEndRead - info.pchBuffer, end, "pchEndRead - pchBuffer", name, line);
    check_equal(info.pchEndWrite - info.pchBuffer, info.cchBuffer, "pchEndWrite - pchBuffer", name, line);
    check_equal(info.lBufOffset, offset, "lBufOffset", name, line);
    return info;
}

static inline void check_state(HMMIO file, long long next, long long end, long long offset, long long disk,
                               const char *name, int line)
{
    MMIOINFO info = check_window(file, next, end, offset, name, line);
    check_equal(info.lDiskOffset, disk, "lDiskOffset", name, line);
}

static inline int is_dirty(HMMIO file)
{
    return (info_of(file).dwFlags & MMIO_DIRTY) != 0;
}

static inline int is_allocated(HMMIO file)
{
    return (info_of(file).dwFlags & MMIO_ALLOCBUF) != 0;
}

static inline UINT last_error(HMMIO file)
{
    return info_of(file).wErrorRet;
}

static inline LONG position_of(HMMIO file)
{
    return mmioSeek(file, 0, SEEK_CUR);
}

/* Returns a structure that selects a procedure by its code. */
static inline MMIOINFO with_code(FOURCC code)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = code;
    return info;
}

/* Opens a file with a buffer. If pch is NULL, the library allocates it; if cch is 0 too, there is none. */
static inline HMMIO open_with(const char *name, DWORD flags, char *pch, LONG cch)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pchBuffer = pch;
    info.cchBuffer = cch;
    file = mmioOpen((LPSTR)name, &info, flags);
    CHECK(file != NULL);
    CHECK_EQ(info.wErrorRet, 0);
    return file;
}

/* Opens a file of a procedure for reading and writing, with a buffer as in open_with. */
static inline HMMIO open_custom(LPMMIOPROC procedure, char *pch, LONG cch)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.pchBuffer = pch;
    info.cchBuffer = cch;
    file = mmioOpen((LPSTR) "custom", &info, MMIO_READWRITE);
    CHECK(file != NULL);
    CHECK_EQ(info.wErrorRet, 0);
    return file;
}

/* Opens a file on a descriptor, which then belongs to the file. */
static inline HMMIO adopt(int fd, DWORD flags, LONG cch)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = (DWORD)fd;
    info.cchBuffer = cch;
    file = mmioOpen(NULL, &info, flags);
    CHECK(file != NULL);
    CHECK_EQ(info.wErrorRet, 0);
    return file;
}

/* Opens a file of 26 letters for reading and writing. */
static inline HMMIO open_letters(const char *name, LONG cch)
{
    put_file(name, LETTERS, 26);
    return open_with(name, MMIO_READWRITE, NULL, cch);
}

#define FILE_IS(name, bytes, count) check_file(name, bytes, count, __FILE__, __LINE__)

static inline void check_file(const char *name, const char *bytes, size_t count, const char *source, int line)
{
    static char found[1 << 16];
    size_t size = get_file(name, found, sizeof found);
    check_equal((long long)size, (long long)count, "size of the file", source, line);
    check_that(size == count && memcmp(found, bytes, count) == 0, "bytes of the file", source, line);
}

#endif /* STATE_H */
