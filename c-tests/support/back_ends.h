/* back_ends.h: runs one check body on disk files, memory files, files of a custom procedure and of callbacks, and a
 * part of a disk file, with several buffer sizes. */
#ifndef BACK_ENDS_H
#define BACK_ENDS_H

#include "callbacks.h"
#include "memory_open.h"
#include "procedure.h"

enum {
    ON_DISK,
    ON_DISK_1,
    ON_DISK_7,
    ON_DISK_8192,
    IN_MEMORY,
    IN_GROWING_MEMORY,
    IN_CALLERS_MEMORY,
    SERVED,
    SERVED_9,
    CALLED,
    CALLED_9,
    IN_A_PART,
    BACK_ENDS
};

static const LONG back_end_buffers[BACK_ENDS] = {0, 1, 7, 8192, 0, 0, 0, 0, 9, 0, 9, 16};

/* What is before the part. */
#define BEFORE_PART "12345"
#define PART_AT 5

static char fixed_memory[SERVED_ROOM];

static inline int is_on_disk(int back_end)
{
    return back_end <= ON_DISK_8192;
}

static inline int is_in_memory(int back_end)
{
    return back_end >= IN_MEMORY && back_end <= IN_CALLERS_MEMORY;
}

static inline HMMIO open_part_of(const char *bytes, LONG count, DWORD flags, LONG buffer)
{
    static char all[PART_AT + (1 << 16)] = BEFORE_PART;
    HMMIO file;
    memcpy(all + PART_AT, bytes, (size_t)count);
    put_file("back-end", all, PART_AT + (size_t)count);
    file = mmsys_open_part("back-end", PART_AT, 1 << 30, flags);
    CHECK_EQ(mmioSetBuffer(file, NULL, buffer, 0), 0);
    return file;
}

/* Opens a new, empty file. */
static inline HMMIO create_on(int back_end)
{
    LONG cch = back_end_buffers[back_end];
    memset(fixed_memory, 0x55, sizeof fixed_memory);
    switch (back_end) {
    case IN_MEMORY:
        return open_memory(fixed_memory, SERVED_ROOM, 0, MMIO_READWRITE | MMIO_CREATE);
    case IN_GROWING_MEMORY:
        return open_memory(NULL, 0, 16, MMIO_READWRITE | MMIO_CREATE);
    case IN_CALLERS_MEMORY:
        return open_memory(allocated(5), 5, 7, MMIO_READWRITE | MMIO_CREATE);
    case SERVED:
    case SERVED_9:
        serve_bytes("", 0);
        return open_served(NULL, cch);
    case CALLED:
    case CALLED_9:
        call_for("", 0);
        return open_called(&all_callbacks, cch);
    case IN_A_PART:
        return open_part_of("", 0, MMIO_READWRITE, cch);
    }
    return open_with("back-end", MMIO_READWRITE | MMIO_CREATE, NULL, cch);
}

/* Opens a file with this content. */
static inline HMMIO open_on(int back_end, const char *bytes, LONG count)
{
    LONG cch = back_end_buffers[back_end];
    char *memory;
    switch (back_end) {
    case IN_MEMORY:
    case IN_GROWING_MEMORY:
        memcpy(fixed_memory, bytes, (size_t)count);
        return open_memory(fixed_memory, count, 0, MMIO_READ);
    case IN_CALLERS_MEMORY:
        memory = allocated((size_t)count + 1);
        memcpy(memory, bytes, (size_t)count);
        return open_memory(memory, count, 1, MMIO_READ);
    case SERVED:
    case SERVED_9:
        serve_bytes(bytes, count);
        return open_served(NULL, cch);
    case CALLED:
    case CALLED_9:
        call_for(bytes, (size_t)count);
        return open_called(&all_callbacks, cch);
    case IN_A_PART:
        return open_part_of(bytes, count, MMIO_READ, cch);
    }
    put_file("back-end", bytes, (size_t)count);
    return open_with("back-end", MMIO_READ, NULL, cch);
}

/* Closes a file that is not needed any more. */
static inline void close_on(int back_end, HMMIO file)
{
    HPSTR memory = info_of(file).pchBuffer;
    CHECK_EQ(mmioClose(file, 0), 0);
    if (back_end == IN_CALLERS_MEMORY) {
        free(memory);
    }
}

/* Copies the contents of a file and closes it. Returns the number of bytes. */
static inline LONG take_on(int back_end, HMMIO file, char *bytes, LONG room)
{
    MMIOINFO info = info_of(file);
    LONG count = 0;
    if (is_in_memory(back_end)) {
        count = least_of((LONG)(info.pchEndRead - info.pchBuffer), room);
        memmove(bytes, count > 0 ? info.pchBuffer : bytes, (size_t)count);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    if (back_end == IN_CALLERS_MEMORY) {
        free(info.pchBuffer);
    }
    if (is_on_disk(back_end)) {
        count = (LONG)get_file("back-end", bytes, (size_t)room);
    } else if (back_end == IN_A_PART) {
        static char all[PART_AT + (1 << 16)];
        count = (LONG)get_file("back-end", all, sizeof all) - PART_AT;
        CHECK_BYTES(all, BEFORE_PART, PART_AT);
        count = least_of(count, room);
        memcpy(bytes, all + PART_AT, (size_t)count);
    } else if (back_end == CALLED || back_end == CALLED_9) {
        count = least_of((LONG)called.size, room);
        memcpy(bytes, called.bytes, (size_t)count);
    } else if (back_end >= SERVED) {
        count = least_of(served.size, room);
        memcpy(bytes, served.bytes, (size_t)count);
    }
    return count;
}

#define TAKE_IS(back_end, file, expected, count)                                                  \
    check_taken(back_end, file, expected, count, __FILE__, __LINE__)

static inline void check_taken(int back_end, HMMIO file, const char *expected, LONG count, const char *name,
                               int line)
{
    static char taken[1 << 16];
    LONG size = take_on(back_end, file, taken, sizeof taken);
    check_equal(size, count, "size of the file", name, line);
    check_that(size == count && memcmp(taken, expected, (size_t)count) == 0, "bytes of the file", name, line);
}

static inline MMCKINFO chunk_of(FOURCC ckid, DWORD cksize, FOURCC type)
{
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = ckid;
    chunk.cksize = cksize;
    chunk.fccType = type;
    return chunk;
}

#define CODE(text) mmioStringToFOURCC(text, 0)

/* Checks all five members of an MMCKINFO. */
#define CHUNK_IS(chunk, code, size, type, data, flags)                                            \
    check_chunk(&chunk, code, size, type, data, flags, __FILE__, __LINE__)

static inline void check_chunk(const MMCKINFO *chunk, FOURCC code, DWORD size, FOURCC type, DWORD data,
                               DWORD flags, const char *name, int line)
{
    check_equal(chunk->ckid, code, "ckid", name, line);
    check_equal(chunk->cksize, size, "cksize", name, line);
    check_equal(chunk->fccType, type, "fccType", name, line);
    check_equal(chunk->dwDataOffset, data, "dwDataOffset", name, line);
    check_equal(chunk->dwFlags, flags, "dwFlags", name, line);
}

/* Calls a check body once for each back end. */
static inline void on_every_back_end(void (*check)(int back_end))
{
    int back_end;
    for (back_end = 0; back_end < BACK_ENDS; back_end++) {
        int failed = checks_failed;
        check(back_end);
        if (checks_failed != failed) {
            printf("... on back end %d\n", back_end);
        }
    }
}

#endif /* BACK_ENDS_H */
