/* A failed allocation is an error, wherever it comes: of the same calls, each time another allocation fails. None ends the
 * program, none loses memory, and what was reported as done is done. (Under valgrind, whose malloc comes first, nothing
 * fails.) */
#include <stdio.h>

#if defined(__GLIBC__) && !defined(__cplusplus) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include "check.h"

#include <errno.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

/* Allocations until one fails, if above 0; and blocks that are in use. */
static long countdown, blocks;

static int fails(void)
{
    if (countdown > 0 && --countdown == 0) {
        errno = ENOMEM;
        return 1;
    }
    return 0;
}

static void *counted(void *block)
{
    blocks += block != NULL;
    return block;
}

void *malloc(size_t size)
{
    return fails() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    void *moved = fails() ? NULL : __libc_realloc(block, size);
    blocks += block == NULL && moved != NULL;
    return moved;
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    *block = fails() ? NULL : counted(__libc_memalign(alignment, size));
    return *block == NULL ? ENOMEM : 0;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : counted(__libc_memalign(alignment, size));
}

void free(void *block)
{
    blocks -= block != NULL;
    __libc_free(block);
}

#define OWN mmioFOURCC('O', 'W', 'N', ' ')

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    (void)lpmmioinfo, (void)lParam1;
    return uMsg == MMIOM_READ || uMsg == MMIOM_WRITE ? lParam2 : 0;
}

/* Each answers whether all went well. */

static int on_the_disk(void)
{
    char name[] = "no_memory.bin", read[8];
    MMIOINFO info;
    HMMIO file;
    int done;
    memset(&info, 0, sizeof info);
    file = mmioOpenA(name, &info, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    if (file == NULL) {
        CHECK_EQ(info.wErrorRet, MMIOERR_OUTOFMEMORY);
        return 0;
    }
    done = mmioWrite(file, "bytes", 5) == 5 && mmioSetBuffer(file, NULL, 3000, 0) == 0 && mmioSeek(file, 0, SEEK_SET) == 0 &&
           mmioRead(file, read, 5) == 5;
    CHECK(!done || memcmp(read, "bytes", 5) == 0);
    return mmioClose(file, 0) == 0 && done;
}

static int by_names(void)
{
    char dos[] = ".\\no_memory.one", other[] = "NO_MEMORY.two", exists[128] = "no_MEMORY.TWO", temp[128] = "tmp";
    WCHAR wide[] = {'n', 'o', '.', 'o', 'n', 'e', 0};
    HMMIO file = mmioOpenA(dos, NULL, MMIO_CREATE | MMIO_WRITE);
    int done = file != NULL && mmioClose(file, 0) == 0 && mmioRenameA(dos, other, NULL, 0) == 0 &&
               mmioOpenA(exists, NULL, MMIO_EXIST) != NULL && mmioOpenA(other, NULL, MMIO_DELETE) != NULL;
    /* (That answers an error, 0 for none.) */
    done = mmioOpenA(temp, NULL, MMIO_GETTEMP) == NULL && remove(temp) == 0 && done;
    file = mmioOpenW(wide, NULL, MMIO_CREATE | MMIO_WRITE);
    done = file != NULL && mmioClose(file, 0) == 0 && done;
    remove("no_memory.one"), remove("NO_MEMORY.two"), remove("no.one");
    return done;
}

static int in_memory(void)
{
    MMIOINFO info;
    HMMIO file;
    int done = 1, i;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.adwInfo[0] = 4096;
    file = mmioOpenA(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    if (file == NULL)
        return 0;
    for (i = 0; i < 5000 && done; i++)
        done = mmioWrite(file, "bytes", 5) == 5;
    return mmioClose(file, 0) == 0 && done;
}

static int by_a_procedure(void)
{
    MMIOINFO info;
    char name[] = "name.own+";
    HMMIO file;
    int done;
    if (mmioInstallIOProcA(OWN, procedure, MMIO_INSTALLPROC) == NULL)
        return 0;
    memset(&info, 0, sizeof info);
    info.cchBuffer = 2000;
    file = mmioOpenA(name, &info, MMIO_READWRITE | MMIO_ALLOCBUF);
    done = file != NULL && mmioWrite(file, "bytes", 5) == 5 && mmioClose(file, 0) == 0;
    CHECK(mmioInstallIOProcA(OWN, NULL, MMIO_REMOVEPROC) == procedure);
    return done;
}

static void check(const char *name, int (*act)(void))
{
    long place, before = blocks, done = 0;
    /* (What is allocated once is.) */
    act();
    before = blocks;
    for (place = 1; !done && place < 100000; place++) {
        countdown = place;
        done = act() && countdown > 0;
        countdown = 0;
        CHECK(blocks <= before + 1);
    }
    CHECK(done);
    printf("%s: %ld allocations\n", name, place - 2);
}

int main(void)
{
    /* (Not in the middle of what stdio does.) */
    printf("each allocation fails once\n");
    check("on the disk", on_the_disk);
    check("by names", by_names);
    check("in memory", in_memory);
    check("by a procedure", by_a_procedure);
    return report();
}
#else
int main(void)
{
    printf("skipped: the allocations of the library cannot be made to fail here\n");
    return 0;
}
#endif
