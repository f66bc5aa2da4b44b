/* buffering.h: a procedure that buffers, and the calls that flush it. */
#ifndef BUFFERING_H
#define BUFFERING_H

#include "state.h"

enum { ROOM = 256 };

/* The procedure: MMIOM_WRITE goes to its buffer, MMIOM_WRITEFLUSH and MMIOM_CLOSE empty the buffer into its store. */
static struct {
    char store[ROOM], held[ROOM]; /* At the same positions as in the store. */
    int is_held[ROOM];
    LONG size;
    int full;                     /* Nothing can go to the store... */
    LRESULT refusal;              /* ...and this is returned then. */
    int writes, flushes, empty_flushes, seeks, closes;
    int after_flush;              /* Write messages since the last MMIOM_WRITEFLUSH. */
} disk;

static inline int empty_buffer(void)
{
    LONG i;
    if (disk.full)
        return 0;
    for (i = 0; i < ROOM; i++)
        if (disk.is_held[i]) {
            disk.store[i] = disk.held[i];
            disk.size = disk.size > i ? disk.size : i + 1;
            disk.is_held[i] = 0;
        }
    return 1;
}

static inline void hold(LONG at, const char *bytes, LONG count)
{
    LONG i;
    for (i = 0; i < count; i++) {
        disk.held[at + i] = bytes[i];
        disk.is_held[at + i] = 1;
    }
}

static inline LRESULT write_flush(MMIOINFO *info, const char *bytes, LONG count)
{
    disk.flushes++;
    disk.after_flush = 0;
    if (count == 0) {
        disk.empty_flushes++;
        (void)*(volatile const char *)bytes; /* It must be readable. */
        return empty_buffer() ? 0 : disk.refusal;
    }
    if (disk.full)
        return disk.refusal;
    hold(info->lDiskOffset, bytes, count);
    info->lDiskOffset += count;
    empty_buffer();
    return count;
}

static inline LRESULT CALLBACK buffering(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG i, count = (LONG)lParam2;
    switch (uMsg) {
    case MMIOM_READ:
        for (i = 0; i < count && info->lDiskOffset + i < ROOM; i++)
            ((char *)lParam1)[i] = disk.is_held[info->lDiskOffset + i] ? disk.held[info->lDiskOffset + i]
                                                                        : disk.store[info->lDiskOffset + i];
        info->lDiskOffset += i;
        return i;
    case MMIOM_WRITE:
        disk.writes++;
        disk.after_flush += count > 0;
        hold(info->lDiskOffset, (const char *)lParam1, count);
        info->lDiskOffset += count;
        return count;
    case MMIOM_WRITEFLUSH:
        return write_flush(info, (const char *)lParam1, count);
    case MMIOM_SEEK:
        disk.seeks++;
        return info->lDiskOffset = (LONG)lParam1;
    case MMIOM_CLOSE:
        disk.closes++;
        return empty_buffer() ? MMSYSERR_NOERROR : MMIOERR_CANNOTCLOSE;
    default:
        return 0;
    }
}

static inline HMMIO open_buffering(LPMMIOPROC procedure, LONG buffer)
{
    memset(&disk, 0, sizeof disk);
    disk.refusal = -1;
    return open_custom(procedure, NULL, buffer);
}

/* The calls that flush. */
enum { FLUSH, FLUSH_AND_EMPTY, SET_BUFFER, CLOSE, FLUSHES };

static inline MMRESULT flush(HMMIO file, int call)
{
    switch (call) {
    case FLUSH:
        return mmioFlush(file, 0);
    case FLUSH_AND_EMPTY:
        return mmioFlush(file, MMIO_EMPTYBUF);
    case SET_BUFFER:
        return mmioSetBuffer(file, NULL, 16, 0);
    default:
        return mmioClose(file, 0);
    }
}

static inline void check_stored(LONG count)
{
    LONG i;
    for (i = 0; i < ROOM; i++)
        CHECK(!disk.is_held[i]);
    if (count > 0)
        CHECK_BYTES(disk.store, LETTERS, (size_t)count);
    else
        CHECK_BYTES(disk.store, "abcd\7\0\0\0ijklmno\0", 16);
    CHECK_EQ(disk.after_flush, 0);
}

#endif /* BUFFERING_H */
