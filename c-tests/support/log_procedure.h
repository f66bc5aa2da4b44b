/* log_procedure.h: an I/O procedure over bytes in memory that logs every message as one line:
 *
 *     READ buf+0 8 @0>8 = 8
 *
 * The memory of a transfer is its offset from pchBuffer (or "caller"), followed by the count ("nothing" for no
 * bytes), lDiskOffset before and after, and the result. */
#ifndef LOG_PROCEDURE_H
#define LOG_PROCEDURE_H

#include "state.h"

#define LOG_SIZE 256

static struct {
    char bytes[LOG_SIZE];
    LONG size;
    UINT failing;       /* This message... */
    LRESULT result;     /* ...returns this, unless it is GOOD_RESULT. */
    LONG most;          /* Maximum bytes per message; 0 for no limit. */
    char *buffer;       /* The memory that is logged as "buf", and its size. */
    LONG buffer_size;
    char log[4096];
} logged;

#define GOOD_RESULT 99

static inline LRESULT logged_transfer(MMIOINFO *info, UINT message, char *memory, LONG count)
{
    LONG end = message == MMIOM_READ ? logged.size : LOG_SIZE;
    count = count < end - info->lDiskOffset ? count : end - info->lDiskOffset;
    count = logged.most > 0 && count > logged.most ? logged.most : count;
    if (count <= 0) {
        return 0;
    }
    if (message == MMIOM_READ) {
        memcpy(memory, logged.bytes + info->lDiskOffset, (size_t)count);
    } else {
        memcpy(logged.bytes + info->lDiskOffset, memory, (size_t)count);
    }
    info->lDiskOffset += count;
    logged.size = logged.size < info->lDiskOffset && message != MMIOM_READ ? info->lDiskOffset : logged.size;
    return count;
}

static inline LRESULT logged_result(MMIOINFO *info, UINT message, LPARAM first, LPARAM second)
{
    if (message == logged.failing && logged.result != GOOD_RESULT) {
        return logged.result;
    }
    switch (message) {
    case MMIOM_READ:
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return logged_transfer(info, message, (char *)first, (LONG)second);
    case MMIOM_SEEK:
        info->lDiskOffset = (LONG)first + (second == SEEK_END ? logged.size : 0);
        return info->lDiskOffset;
    case MMIOM_USER:
        return first * 10 + second;
    default:
        return 0;
    }
}

static inline void logged_parameters(char *line, UINT message, LPARAM first, LPARAM second)
{
    static const char *const transfers[] = {"READ", "WRITE", "", "", "", "WRITEFLUSH"};
    ptrdiff_t place = (char *)first - logged.buffer;
    switch (message) {
    case MMIOM_READ:
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        if (second == 0) {
            /* The pointer must be readable, although the count is 0. */
            (void)*(volatile char *)first;
            sprintf(line, "%s nothing", transfers[message]);
        } else if (logged.buffer != NULL && place >= 0 && place < logged.buffer_size) {
            sprintf(line, "%s buf+%d %d", transfers[message], (int)place, (int)second);
        } else {
            sprintf(line, "%s caller %d", transfers[message], (int)second);
        }
        break;
    case MMIOM_SEEK:
        sprintf(line, "SEEK %d %s", (int)first, second == SEEK_SET ? "SET" : second == SEEK_END ? "END" : "CUR");
        break;
    case MMIOM_OPEN:
        sprintf(line, "OPEN \"%s\" %d", (const char *)first, (int)second);
        break;
    case MMIOM_RENAME:
        sprintf(line, "RENAME \"%s\" \"%s\"", (const char *)first, (const char *)second);
        break;
    default:
        sprintf(line, "%s %d %d", message == MMIOM_CLOSE ? "CLOSE" : "USER", (int)first, (int)second);
        break;
    }
}

static LRESULT CALLBACK log_proc(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG before = info->lDiskOffset;
    LRESULT result = logged_result(info, message, first, second);
    char *end = logged.log + strlen(logged.log);
    logged_parameters(end, message, first, second);
    sprintf(end + strlen(end), " @%d>%d = %d\n", (int)before, (int)info->lDiskOffset, (int)result);
    return result;
}

/* Opens a file of the letters, with the caller's buffer. The log is then empty: it does not contain OPEN. */
static inline HMMIO open_logged(char *buffer, LONG size)
{
    HMMIO file;
    memset(&logged, 0, sizeof logged);
    memcpy(logged.bytes, LETTERS, 26);
    logged.size = 26;
    logged.result = GOOD_RESULT;
    logged.buffer = buffer;
    logged.buffer_size = size;
    file = open_custom(log_proc, buffer, size);
    logged.log[0] = 0;
    return file;
}

static inline void fail_with(UINT message, LRESULT result)
{
    logged.failing = message;
    logged.result = result;
}

static inline void stop_failing(void)
{
    logged.result = GOOD_RESULT;
}

/* Checks that exactly these messages were sent since the last check, and clears the log. */
#define LOGGED(expected) check_log(expected, __FILE__, __LINE__)

static void check_log(const char *expected, const char *file, int line)
{
    int same = strcmp(logged.log, expected) == 0;
    check_that(same, "the messages", file, line);
    if (!same) {
        printf("got:\n%sexpected:\n%s", logged.log, expected);
    }
    logged.log[0] = 0;
}

#endif /* LOG_PROCEDURE_H */
