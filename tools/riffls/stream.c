/* stream.c: an I/O procedure for streams. The library can adopt such a descriptor itself; this procedure also keeps the
 * last bytes, so that Peek can seek back, and reports where a stream has ended. */
#include "riffls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEPT 65536 /* the distance of a seek back that is always possible */

typedef struct Stream {
    int descriptor;
    int64_t end; /* the position after the last byte read */
    size_t count;
    unsigned char bytes[2 * KEPT]; /* the last bytes read */
} Stream;

/* Reads more. Returns 0 at the end, -1 on error. */
static ssize_t ReadOn(Stream *stream)
{
    ssize_t count;
    /* lDiskOffset has 32 bits, and 0xFFFFFFFF is not a position. */
    int64_t left = (int64_t)UINT32_MAX - 1 - stream->end;
    if (left == 0)
        return -1;
    if (stream->count > KEPT) {
        memmove(stream->bytes, stream->bytes + stream->count - KEPT, KEPT);
        stream->count = KEPT;
    }
    do {
        count = read(stream->descriptor, stream->bytes + stream->count, left < KEPT ? (size_t)left : KEPT);
    } while (count < 0 && errno == EINTR);
    if (count > 0) {
        stream->count += (size_t)count;
        stream->end += count;
    }
    return count;
}

static LRESULT Open(LPMMIOINFO info)
{
    Stream *stream = (Stream *)malloc(sizeof(Stream));
    if (stream == NULL)
        return MMIOERR_OUTOFMEMORY;
    stream->descriptor = (int)info->adwInfo[0];
    stream->end = 0;
    stream->count = 0;
    info->lDiskOffset = 0;
    return (LRESULT)mmsys_set_context(info, stream);
}

static LRESULT Read(LPMMIOINFO info, Stream *stream, unsigned char *bytes, size_t count)
{
    int64_t buffered = stream->end - (DWORD)info->lDiskOffset;
    if (buffered == 0) {
        ssize_t more = ReadOn(stream);
        if (more <= 0)
            return (LRESULT)more;
        buffered = more;
    }
    if ((int64_t)count > buffered)
        count = (size_t)buffered;
    memcpy(bytes, stream->bytes + stream->count - (size_t)buffered, count);
    info->lDiskOffset = (LONG)((DWORD)info->lDiskOffset + (DWORD)count);
    return (LRESULT)count;
}

/* A seek past the end stops at the end, which lDiskOffset shows. */
static LRESULT Seek(LPMMIOINFO info, Stream *stream, LPARAM offset, LPARAM origin)
{
    int64_t target = (int64_t)offset;
    ssize_t more = 1;
    if (sizeof(LPARAM) == 4)
        target = (DWORD)offset;
    if (origin != SEEK_SET || target < stream->end - (int64_t)stream->count)
        return -1;
    while (stream->end < target && (more = ReadOn(stream)) > 0) {
    }
    if (more < 0)
        return -1;
    info->lDiskOffset = (LONG)(DWORD)(target < stream->end ? target : stream->end);
    return (LRESULT)(DWORD)info->lDiskOffset;
}

LRESULT CALLBACK StreamProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
    Stream *stream = (Stream *)mmsys_context(info);
    switch (uMsg) {
    case MMIOM_OPEN:
        return Open(info);
    case MMIOM_READ:
        return Read(info, stream, (unsigned char *)lParam1, (size_t)lParam2);
    case MMIOM_SEEK:
        return Seek(info, stream, lParam1, lParam2);
    case MMIOM_CLOSE:
        free(stream);
        return 0;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return -1;
    default:
        return 0;
    }
}
