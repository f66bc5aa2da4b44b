/* cache.c: an I/O procedure that buffers: a write-back page cache on top of the built-in procedure for disk files.
 *
 *   cache FILE      writes a RIFF file of 10000 small chunks, unbuffered, and counts the writes to the disk
 *
 * MMIOM_WRITE only changes pages. MMIOM_WRITEFLUSH, which is sent before mmioFlush and mmioClose return 0, writes them
 * out. If it fails nothing is lost: bytes that were not written stay in their page until the next one. */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_context, mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096, PAGES = 16, FARTHEST = 0x7fffffff }; /* a position is a LONG */

typedef struct {
    LONG start, from, to; /* position in the file, or -1; the dirty bytes of the page */
    char bytes[PAGE];
} Page;

typedef struct {
    MMIOINFO disk; /* for the built-in procedure, which keeps its state there */
    LONG size;     /* of the file, with bytes that are only in the cache */
    Page pages[PAGES];
} Cache;

static LPMMIOPROC DiskProc;
static long Messages, Writes, Bytes; /* messages to the cache; writes to the disk, and their bytes */

static LRESULT Disk(Cache *cache, UINT uMsg, LONG at, char *pch, LONG cch)
{
    if (DiskProc((LPSTR)&cache->disk, MMIOM_SEEK, at, SEEK_SET) != at)
        return -1;
    return DiskProc((LPSTR)&cache->disk, uMsg, (LPARAM)pch, cch);
}

static int WriteOut(Cache *cache, Page *page)
{
    for (LRESULT count; page->from < page->to; page->from += (LONG)count, Bytes += (long)count, Writes++) {
        count = Disk(cache, MMIOM_WRITE, page->start + page->from, page->bytes + page->from, page->to - page->from);
        if (count <= 0)
            return -1;
    }
    page->from = PAGE;
    page->to = 0;
    return 0;
}

/* Writes out as much as possible, then flushes the disk procedure, which forces a durable file to the disk. */
static int WriteOutAll(Cache *cache)
{
    int result = 0;
    for (int i = 0; i < PAGES; i++)
        result |= WriteOut(cache, &cache->pages[i]);
    return result < 0 ? -1 : (int)DiskProc((LPSTR)&cache->disk, MMIOM_WRITEFLUSH, (LPARAM)cache, 0);
}

/* The page of a position. NULL if it cannot be read, or if the page in its slot cannot be written out. */
static Page *PageOf(Cache *cache, LONG at)
{
    Page *page = &cache->pages[at / PAGE % PAGES];
    LONG start = at - at % PAGE;
    if (page->start == start)
        return page;
    if (WriteOut(cache, page) < 0)
        return NULL;
    page->start = -1;
    memset(page->bytes, 0, PAGE); /* beyond the end of the file a page is zero */
    if (start < cache->size && Disk(cache, MMIOM_READ, start, page->bytes, PAGE) < 0)
        return NULL;
    page->start = start;
    return page;
}

/* Copies between the pages and the caller's memory, up to the first page that cannot be loaded. */
static LRESULT Transfer(Cache *cache, MMIOINFO *info, UINT uMsg, char *pch, LPARAM cch)
{
    LONG first = info->lDiskOffset, end = uMsg == MMIOM_READ ? cache->size : FARTHEST, at, count;
    Page *page;
    end = end > first && cch < end - first ? first + (LONG)cch : end;
    while (info->lDiskOffset < end && (page = PageOf(cache, info->lDiskOffset)) != NULL) {
        at = info->lDiskOffset % PAGE;
        count = PAGE - at < end - info->lDiskOffset ? PAGE - at : end - info->lDiskOffset;
        if (uMsg == MMIOM_READ) {
            memcpy(pch, page->bytes + at, (size_t)count);
        } else {
            memcpy(page->bytes + at, pch, (size_t)count);
            page->from = at < page->from ? at : page->from;
            page->to = at + count > page->to ? at + count : page->to;
        }
        pch += count;
        info->lDiskOffset += count;
        cache->size = info->lDiskOffset > cache->size ? info->lDiskOffset : cache->size;
    }
    return info->lDiskOffset == first && first < end ? -1 : info->lDiskOffset - first;
}

static LRESULT Write(Cache *cache, MMIOINFO *info, UINT uMsg, char *pch, LPARAM cch)
{
    LONG first = info->lDiskOffset;
    LRESULT count = Transfer(cache, info, uMsg, pch, cch);
    Messages++;
    if (uMsg == MMIOM_WRITE || count != cch || WriteOutAll(cache) == 0)
        return count;
    info->lDiskOffset = first; /* the library sends the same bytes again */
    return cch > 0 ? -1 : MMIOERR_CANNOTWRITE;
}

static LRESULT Open(MMIOINFO *info, LPARAM name)
{
    Cache *cache;
    LRESULT error, size;
    if (name == 0)
        return MMIOERR_INVALIDFILE;
    if (info->dwFlags & MMIO_DELETE)
        return DiskProc((LPSTR)info, MMIOM_OPEN, name, 0);
    cache = (Cache *)calloc(1, sizeof(*cache));
    if (cache == NULL)
        return MMIOERR_OUTOFMEMORY;
    for (int i = 0; i < PAGES; i++)
        cache->pages[i].start = -1;
    cache->disk.dwFlags = info->dwFlags;
    if ((info->dwFlags & MMIO_RWMODE) == MMIO_WRITE) /* a page that is changed in part is read first */
        cache->disk.dwFlags ^= MMIO_WRITE ^ MMIO_READWRITE;
    error = DiskProc((LPSTR)&cache->disk, MMIOM_OPEN, name, 0);
    if (error == MMSYSERR_NOERROR) {
        size = DiskProc((LPSTR)&cache->disk, MMIOM_SEEK, 0, SEEK_END);
        cache->size = (LONG)size;
        if (size >= 0 && size <= FARTHEST)
            return mmsys_set_context(info, cache);
        DiskProc((LPSTR)&cache->disk, MMIOM_CLOSE, 0, 0);
        error = MMIOERR_CANNOTSEEK;
    }
    free(cache);
    return error;
}

static LRESULT Close(Cache *cache, LPARAM flags)
{
    int failed = WriteOutAll(cache) < 0;
    LRESULT error = DiskProc((LPSTR)&cache->disk, MMIOM_CLOSE, flags, 0);
    free(cache);
    return failed ? MMIOERR_CANNOTWRITE : error;
}

static LRESULT CALLBACK CacheProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    Cache *cache = (Cache *)mmsys_context(info);
    switch (uMsg) {
    case MMIOM_OPEN:
        return Open(info, lParam1);
    case MMIOM_READ:
        return Transfer(cache, info, uMsg, (char *)lParam1, lParam2);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH: /* refused now: a late error would lose data */
        if ((info->dwFlags & (MMIO_CREATE | MMIO_RWMODE)) == MMIO_READ)
            return -1;
        return Write(cache, info, uMsg, (char *)lParam1, lParam2);
    case MMIOM_SEEK:
        if (lParam2 == SEEK_END) /* backwards, as in a disk file */
            lParam1 = lParam1 < cache->size - FARTHEST ? -1 : cache->size - lParam1;
        if ((lParam2 != SEEK_SET && lParam2 != SEEK_END) || lParam1 < 0 || lParam1 > FARTHEST)
            return -1;
        return info->lDiskOffset = (LONG)lParam1;
    case MMIOM_CLOSE:
        return Close(cache, lParam1);
    default: /* MMIOM_RENAME has no open file */
        return uMsg == MMIOM_RENAME ? DiskProc(lpmmioinfo, uMsg, lParam1, lParam2) : 0;
    }
}

/* Writes small chunks. mmioAscend seeks back to the size of each, and at the end to that of the RIFF chunk, far back. */
static MMRESULT Record(HMMIO hmmio)
{
    MMCKINFO riff = {FOURCC_RIFF, 0, mmioFOURCC('L', 'O', 'G', ' '), 0, 0};
    MMCKINFO line = {mmioFOURCC('l', 'i', 'n', 'e'), 0, 0, 0, 0};
    MMRESULT error = mmioCreateChunk(hmmio, &riff, MMIO_CREATERIFF);
    for (int i = 0; error == MMSYSERR_NOERROR && i < 10000; i++) {
        char text[16];
        LONG count = snprintf(text, sizeof(text), "line %d", i);
        line.cksize = 0;
        error = mmioCreateChunk(hmmio, &line, 0);
        if (error == MMSYSERR_NOERROR)
            error = mmioWrite(hmmio, text, count) == count ? mmioAscend(hmmio, &line, 0) : MMIOERR_CANNOTWRITE;
    }
    return error == MMSYSERR_NOERROR ? mmioAscend(hmmio, &riff, 0) : error;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error, closed;
    if (argc != 2) {
        fprintf(stderr, "usage: cache FILE\n");
        return 2;
    }
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    memset(&info, 0, sizeof(info));
    info.pIOProc = CacheProc;
    info.hmmio = mmioOpen(argv[1], &info, MMIO_CREATE | MMIO_WRITE);
    error = info.wErrorRet;
    if (info.hmmio != NULL) {
        error = Record(info.hmmio);
        closed = mmioClose(info.hmmio, 0);
        if (closed != MMSYSERR_NOERROR)
            mmsys_discard(info.hmmio); /* it is still open, so that the pages can be written later */
        error = error == MMSYSERR_NOERROR ? closed : error;
    }
    if (error != MMSYSERR_NOERROR) {
        fprintf(stderr, "cache: %s: %s\n", argv[1], mmsys_error_text(error));
        return 1;
    }
    printf("%ld messages to the cache\n%ld writes to the disk, of %ld bytes\n", Messages, Writes, Bytes);
    return 0;
}
