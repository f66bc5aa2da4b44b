/* GlobalAlloc and related functions, as far as a program can observe; and memory files in such memory.
 *
 * Shows docs/differences.md, Headers: "GlobalAlloc is malloc", "GMEM_ZEROINIT".
 * Shows docs/contract.md, 4. Memory files: "the GlobalAlloc of our windows.h is malloc". */
#include <windows.h>
#include <windowsx.h>

#include "check.h"

/* More than can be allocated; volatile, so that the compiler does not warn. */
static volatile size_t too_much = sizeof(size_t) == 8 ? (size_t)-1 / 4 : (size_t)-1 - 4096;

static int is_zero(const void *memory, size_t from, size_t to)
{
    const char *bytes = (const char *)memory;
    for (; from < to; from++) {
        if (bytes[from] != 0) {
            return 0;
        }
    }
    return 1;
}

static void memory_is_as_large_as_requested(void)
{
    static const size_t sizes[] = {1, 7, 24, 25, 1000, 4096, 100000, 1000000};
    size_t number;
    for (number = 0; number < sizeof sizes / sizeof sizes[0]; number++) {
        HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, sizes[number]);
        CHECK(memory != NULL && GlobalSize(memory) >= sizes[number]);
        FillMemory(GlobalLock(memory), sizes[number], 0xee);
        CHECK(!GlobalUnlock(memory));
        CHECK(GlobalFree(memory) == NULL);
    }
    CHECK(GlobalAlloc(GHND, too_much) == NULL);
    CHECK_EQ(GlobalSize(NULL), 0);
    CHECK(GlobalFree(NULL) == NULL);
    CHECK(GlobalLock(NULL) == NULL);
}

/* Moveable memory of 0 bytes has a handle, and no address. */
static void moveable_memory_of_nothing_is_discarded(void)
{
    HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, 0);
    CHECK(memory != NULL);
    CHECK(GlobalLock(memory) == NULL);
    CHECK(!GlobalUnlock(memory));
    CHECK_EQ(GlobalSize(memory), 0);
    CHECK(GlobalReAlloc(memory, 0, GMEM_MODIFY) == memory);
    memory = GlobalReAlloc(memory, 100, GMEM_MOVEABLE | GMEM_ZEROINIT);
    CHECK(GlobalLock(memory) != NULL && GlobalSize(memory) >= 100 && is_zero(memory, 0, 100));
    memory = GlobalReAlloc(memory, 0, GMEM_MOVEABLE);
    CHECK(memory != NULL && GlobalLock(memory) == NULL);
    CHECK_EQ(GlobalSize(memory), 0);
    CHECK(GlobalFree(memory) == NULL);
    CHECK(GlobalAllocPtr(GHND, 0) == NULL);
    memory = LocalAlloc(LHND, 0);
    CHECK(memory != NULL && LocalLock(memory) == NULL);
    CHECK(LocalFree(memory) == NULL);
    /* Fixed memory has an address. */
    memory = GlobalAlloc(GMEM_FIXED, 0);
    CHECK(memory != NULL && GlobalLock(memory) == memory);
    CHECK(GlobalFree(memory) == NULL);
}

/* Memory is allocated repeatedly, so that it contains former data. */
static void zeroed_memory_contains_zeros(void)
{
    size_t size;
    for (size = 1; size < 3000; size += 13) {
        HGLOBAL dirty = GlobalAlloc(GMEM_FIXED, size), memory;
        FillMemory(dirty, GlobalSize(dirty), 0xee);
        GlobalFree(dirty);
        memory = GlobalAlloc(GPTR, size);
        CHECK(is_zero(memory, 0, size));
        GlobalFree(memory);
    }
}

static void growth_is_zeroed_from_the_former_size(void)
{
    size_t size, grown;
    for (size = 0; size < 600; size += 7) {
        for (grown = size; grown < size + 2000; grown += 61) {
            HGLOBAL dirty = GlobalAlloc(GMEM_FIXED, grown), memory;
            FillMemory(dirty, grown, 0xee);
            GlobalFree(dirty);
            memory = GlobalAlloc(GMEM_MOVEABLE, size);
            if (size > 0) {
                FillMemory(memory, size, 0xdd);
            }
            memory = GlobalReAlloc(memory, grown, GMEM_MOVEABLE | GMEM_ZEROINIT);
            CHECK(memory != NULL && (size == 0 || ((unsigned char *)memory)[size - 1] == 0xdd));
            CHECK(grown == 0 || is_zero(memory, size, grown));
            GlobalFree(memory);
        }
    }
}

static void growth_after_shrinking_is_zeroed_too(void)
{
    HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, 5000);
    FillMemory(memory, 5000, 0xdd);
    memory = GlobalReAlloc(memory, 3, GMEM_MOVEABLE);
    memory = GlobalReAlloc(memory, 5000, GMEM_MOVEABLE | GMEM_ZEROINIT);
    CHECK_BYTES(memory, "\xdd\xdd\xdd", 3);
    CHECK(is_zero(memory, 3, 5000));
    CHECK(GlobalReAlloc(memory, 0, GMEM_MODIFY) == memory);
    CHECK_BYTES(memory, "\xdd\xdd\xdd", 4);
    CHECK(GlobalReAlloc(memory, too_much, GMEM_MOVEABLE) == NULL);
    CHECK_BYTES(memory, "\xdd\xdd\xdd", 4);
    memory = GlobalReAlloc(memory, 0, GMEM_MOVEABLE);
    CHECK(memory != NULL);
    GlobalFree(memory);
}

static void pointers_are_handles(void)
{
    char *text = (char *)GlobalAllocPtr(GHND, 10);
    CHECK(is_zero(text, 0, 10));
    CHECK(GlobalPtrHandle(text) == GlobalHandle(text) && GlobalLockPtr(text) && !GlobalUnlockPtr(text));
    strcpy(text, "text");
    text = (char *)GlobalReAllocPtr(text, 10000, GMEM_MOVEABLE | GMEM_ZEROINIT);
    CHECK_BYTES(text, "text\0\0", 6);
    CHECK(is_zero(text, 4, 10000));
    CHECK(!GlobalFreePtr(text));
}

static void local_memory_is_the_same(void)
{
    HLOCAL memory = LocalAlloc(LPTR, 16);
    CHECK(is_zero(LocalLock(memory), 0, 16));
    memory = LocalReAlloc(memory, 500, LMEM_MOVEABLE | LMEM_ZEROINIT);
    CHECK(LocalSize(memory) >= 500 && is_zero(memory, 0, 500));
    CHECK(!LocalUnlock(memory));
    CHECK(LocalFree(memory) == NULL);
    CHECK_EQ(LMEM_FIXED, 0);
    CHECK_EQ(LMEM_MODIFY, 0x80);
    CHECK_EQ(LHND, 0x42);
    CHECK_EQ(GMEM_DDESHARE, 0x2000);
    CHECK_EQ(GMEM_SHARE, 0x2000);
}

/* The address at the end is that of GetInfo: the memory may have moved. */
static void a_memory_file_grows_in_global_memory(void)
{
    MMIOINFO info;
    HMMIO file;
    HGLOBAL memory = GlobalAlloc(GMEM_MOVEABLE, 16);
    int number;
    ZeroMemory(&info, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = (HPSTR)GlobalLock(memory);
    info.cchBuffer = 16;
    info.adwInfo[0] = 64;
    file = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    for (number = 0; number < 1000; number++) {
        CHECK_EQ(mmioWrite(file, (HPSTR)&number, sizeof number), (LONG)sizeof number);
    }
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    memory = GlobalHandle(info.pchBuffer);
    CHECK(GlobalSize(memory) >= 1000 * sizeof number);
    for (number = 0; number < 1000; number++) {
        CHECK_BYTES((char *)memory + number * sizeof number, &number, sizeof number);
    }
    GlobalFree(memory);
}

int main(void)
{
    memory_is_as_large_as_requested();
    moveable_memory_of_nothing_is_discarded();
    zeroed_memory_contains_zeros();
    growth_is_zeroed_from_the_former_size();
    growth_after_shrinking_is_zeroed_too();
    pointers_are_handles();
    local_memory_is_the_same();
    a_memory_file_grows_in_global_memory();
    return report();
}
