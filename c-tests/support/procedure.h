/* procedure.h: an I/O procedure over a file in memory, which logs its messages, and fails as the test requests. */
#ifndef PROCEDURE_H
#define PROCEDURE_H

#include "state.h"

struct sent {
    UINT message;
    char *memory;
    LONG first, second;
};

/* After MOST_MESSAGES every read fails, so that an endless search fails instead of hanging. */
enum { SERVED_ROOM = 4096, LOG_ROOM = 4096, MOST_MESSAGES = LOG_ROOM };

/* The one file that the procedure serves. */
struct served {
    char bytes[SERVED_ROOM];
    LONG size;
    /* Writes that reach `room` return `refusal`, as on a full disk. */
    LONG room;
    LRESULT refusal;
    /* Maximum bytes per message. */
    LONG most;
    int reads_fail, seeks_fail;
    LRESULT result_of_close;
    struct sent log[LOG_ROOM];
    int messages;
};

static struct served served;

static inline LONG least_of(LONG a, LONG b)
{
    return a < b ? a : b;
}

static inline LRESULT serve_read(LPMMIOINFO info, char *into, LONG requested)
{
    LONG at = info->lDiskOffset, count = least_of(least_of(requested, served.most), served.size - at);
    if (served.reads_fail || served.messages > MOST_MESSAGES) {
        return -1;
    }
    if (count <= 0) {
        return 0;
    }
    memcpy(into, served.bytes + at, (size_t)count);
    info->lDiskOffset = at + count;
    return count;
}

static inline LRESULT serve_write(LPMMIOINFO info, const char *from, LONG requested)
{
    LONG at = info->lDiskOffset, count = least_of(least_of(requested, served.most), served.room - at);
    if (requested == 0) {
        return 0;
    }
    if (count <= 0) {
        return served.refusal;
    }
    memcpy(served.bytes + at, from, (size_t)count);
    info->lDiskOffset = at + count;
    if (served.size < at + count) {
        served.size = at + count;
    }
    return count;
}

static inline LRESULT serve_seek(LPMMIOINFO info, LONG offset, LONG origin)
{
    LONG base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? info->lDiskOffset : served.size;
    if (served.seeks_fail || base + offset < 0) {
        return -1;
    }
    info->lDiskOffset = base + offset;
    return info->lDiskOffset;
}

static inline LRESULT CALLBACK serve(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
    struct sent *sent = &served.log[served.messages % LOG_ROOM];
    int transfers = message == MMIOM_READ || message == MMIOM_WRITE || message == MMIOM_WRITEFLUSH;
    served.messages++;
    sent->message = message;
    sent->memory = transfers ? (char *)first : NULL;
    if (transfers && second == 0) {
        /* The pointer must be readable, although the count is 0. It may be any pointer, and is not logged. */
        (void)*(volatile char *)first;
        sent->memory = NULL;
    }
    sent->first = message == MMIOM_SEEK || message == MMIOM_CLOSE ? (LONG)first : 0;
    sent->second = (LONG)second;
    switch (message) {
    case MMIOM_OPEN:
        return 0;
    case MMIOM_CLOSE:
        return served.result_of_close;
    case MMIOM_READ:
        return serve_read(info, (char *)first, (LONG)second);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return serve_write(info, (const char *)first, (LONG)second);
    case MMIOM_SEEK:
        return serve_seek(info, (LONG)first, (LONG)second);
    }
    return MMSYSERR_NOTSUPPORTED;
}

/* Serves these bytes from now on, without failures. */
static inline void serve_bytes(const char *bytes, LONG size)
{
    memset(&served, 0, sizeof served);
    memcpy(served.bytes, bytes, (size_t)size);
    served.size = size;
    served.room = SERVED_ROOM;
    served.most = SERVED_ROOM;
}

static inline HMMIO open_served(char *pch, LONG cch)
{
    return open_custom(serve, pch, cch);
}

static inline void forget_messages(void)
{
    served.messages = 0;
}

static inline int count_sent(UINT message)
{
    int i, count = 0;
    for (i = 0; i < served.messages && i < LOG_ROOM; i++) {
        count += served.log[i].message == message;
    }
    return count;
}

#define SERVED_IS(expected, count) check_served(expected, count, __FILE__, __LINE__)

static inline void check_served(const char *expected, LONG count, const char *name, int line)
{
    check_equal(served.size, count, "size of the file", name, line);
    check_that(served.size == count && memcmp(served.bytes, expected, (size_t)count) == 0,
               "bytes of the file", name, line);
}

/* Checks that the n-th message since forget_messages() was this transfer. */
#define SENT(n, message, memory, count) check_sent(n, message, memory, 0, count, __FILE__, __LINE__)
/* Checks that the n-th message was this seek. */
#define SOUGHT(n, offset, origin) check_sent(n, MMIOM_SEEK, NULL, offset, origin, __FILE__, __LINE__)

static inline void check_sent(int n, UINT message, const char *memory, LONG first, LONG second,
                              const char *name, int line)
{
    const struct sent *sent = &served.log[n];
    check_that(n < served.messages, "the message was sent", name, line);
    check_equal(sent->message, message, "message", name, line);
    check_that(sent->memory == memory, "the memory of the message", name, line);
    check_equal(sent->first, first, "first parameter", name, line);
    check_equal(sent->second, second, "second parameter", name, line);
}

#endif /* PROCEDURE_H */
