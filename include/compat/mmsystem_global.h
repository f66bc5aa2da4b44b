/* mmsystem_global.h: GlobalAlloc and LocalAlloc, on malloc. A handle is the address of the memory, so that
 * GlobalLock has nothing to do, and a memory file can be grown where mmio finds it. Moveable memory of no bytes is
 * discarded, as there: it has a handle, but no address. MMSYSTEM_NO_FUNCTIONS leaves the functions to the project. */
#ifndef MMSYSTEM_GLOBAL_H
#define MMSYSTEM_GLOBAL_H

#include <stdlib.h>
#include <string.h>
#ifndef __APPLE__
#include <malloc.h>
#elif !defined(_POSIX_C_SOURCE) || defined(_DARWIN_C_SOURCE)
#include <malloc/malloc.h>
#else
/* (That header is not for programs that ask for POSIX alone.) */
#ifdef __cplusplus
extern "C"
#endif
size_t malloc_size(const void *);
#endif

#ifndef GMEM_FIXED
#define GMEM_FIXED 0x0000
#endif
#ifndef GMEM_MOVEABLE
#define GMEM_MOVEABLE 0x0002
#endif
#ifndef GMEM_ZEROINIT
#define GMEM_ZEROINIT 0x0040
#endif
#ifndef GMEM_MODIFY
#define GMEM_MODIFY 0x0080
#endif
#ifndef GMEM_SHARE
#define GMEM_SHARE 0x2000
#endif
#ifndef GMEM_DDESHARE
#define GMEM_DDESHARE 0x2000
#endif
#ifndef GPTR
#define GPTR (GMEM_FIXED | GMEM_ZEROINIT)
#endif
#ifndef GHND
#define GHND (GMEM_MOVEABLE | GMEM_ZEROINIT)
#endif

#ifndef MMSYSTEM_NO_FUNCTIONS

/* The handle of what is discarded: no address of malloc's. */
#define MMSYSTEM_DISCARDED ((HGLOBAL)(uintptr_t)1)

/* The size of memory in bytes, 0 if it is discarded: as asked for, or the little more that the allocator gave. */
#ifndef GlobalSize
static __inline__ size_t GlobalSize(HGLOBAL memory)
{
#ifdef __APPLE__
    return memory == NULL || memory == MMSYSTEM_DISCARDED ? 0 : malloc_size(memory);
#else
    return memory == NULL || memory == MMSYSTEM_DISCARDED ? 0 : malloc_usable_size(memory);
#endif
}
#endif

/* Clears memory from an offset to its end. All that was not asked for is kept clear: GlobalReAlloc, which cannot
 * tell where that begins, may later have to give it out as zeros. */
static __inline__ HGLOBAL mmsystem_clear_rest(HGLOBAL memory, size_t from)
{
    char *bytes = (char *)memory;
    size_t size = GlobalSize(memory);
    /* The compiler is not to think that malloc gave no more than it was asked for, here or where it is used. */
    __asm__("" : "+r"(bytes));
    if (from < size)
        memset(bytes + from, 0, size - from);
    return bytes;
}

static __inline__ HGLOBAL mmsystem_allocate(UINT flags, size_t bytes)
{
    size_t size = bytes != 0 ? bytes : 1;
    HGLOBAL memory;
    if (bytes == 0 && flags & GMEM_MOVEABLE)
        return MMSYSTEM_DISCARDED;
    memory = flags & GMEM_ZEROINIT ? calloc(size, 1) : malloc(size);
    return memory != NULL ? mmsystem_clear_rest(memory, bytes) : NULL;
}

/* Allocates memory: bytes in it, GMEM_ZEROINIT for zeros in them; with GMEM_MOVEABLE, 0 bytes are discarded memory. The other
 * flags change nothing. Returns NULL when there is none. */
#ifndef GlobalAlloc
static __inline__ HGLOBAL GlobalAlloc(UINT flags, size_t bytes)
{
    return mmsystem_allocate(flags, bytes);
}
#endif

/* Changes the size of memory, which may move; what GMEM_ZEROINIT adds is zeros. With GMEM_MOVEABLE, 0 bytes discard it, and
 * what was discarded is memory again with any other number; the handle is then another. With GMEM_MODIFY nothing
 * changes. Returns NULL when there is no memory; the old is then as it was. */
#ifndef GlobalReAlloc
static __inline__ HGLOBAL GlobalReAlloc(HGLOBAL memory, size_t bytes, UINT flags)
{
    size_t old = GlobalSize(memory);
    HGLOBAL moved;
    if (memory == NULL || flags & GMEM_MODIFY)
        return memory;
    if (memory == MMSYSTEM_DISCARDED)
        return mmsystem_allocate(flags | GMEM_MOVEABLE, bytes);
    if (bytes == 0 && flags & GMEM_MOVEABLE) {
        free(memory);
        return MMSYSTEM_DISCARDED;
    }
    moved = realloc(memory, bytes != 0 ? bytes : 1);
    if (moved == NULL)
        return NULL;
    return mmsystem_clear_rest(moved, flags & GMEM_ZEROINIT && old < bytes ? old : bytes);
}
#endif

/* Returns the address of memory; NULL if it is discarded. */
#ifndef GlobalLock
static __inline__ void *GlobalLock(HGLOBAL memory)
{
    return memory == MMSYSTEM_DISCARDED ? NULL : memory;
}
#endif

/* Returns FALSE: no lock is left. */
#ifndef GlobalUnlock
static __inline__ BOOL GlobalUnlock(HGLOBAL memory)
{
    (void)memory;
    return FALSE;
}
#endif

#ifndef GlobalHandle
static __inline__ HGLOBAL GlobalHandle(const void *memory)
{
    return (HGLOBAL)(uintptr_t)memory;
}
#endif

/* Returns NULL: it is free. */
#ifndef GlobalFree
static __inline__ HGLOBAL GlobalFree(HGLOBAL memory)
{
    if (memory != MMSYSTEM_DISCARDED)
        free(memory);
    return NULL;
}
#endif

#endif /* MMSYSTEM_NO_FUNCTIONS */

#ifndef LMEM_FIXED
#define LMEM_FIXED GMEM_FIXED
#endif
#ifndef LMEM_MOVEABLE
#define LMEM_MOVEABLE GMEM_MOVEABLE
#endif
#ifndef LMEM_ZEROINIT
#define LMEM_ZEROINIT GMEM_ZEROINIT
#endif
#ifndef LMEM_MODIFY
#define LMEM_MODIFY GMEM_MODIFY
#endif
#ifndef LPTR
#define LPTR GPTR
#endif
#ifndef LHND
#define LHND GHND
#endif

#ifndef MMSYSTEM_NO_FUNCTIONS

#ifndef LocalAlloc
#define LocalAlloc GlobalAlloc
#endif
#ifndef LocalReAlloc
#define LocalReAlloc GlobalReAlloc
#endif
#ifndef LocalLock
#define LocalLock GlobalLock
#endif
#ifndef LocalUnlock
#define LocalUnlock GlobalUnlock
#endif
#ifndef LocalSize
#define LocalSize GlobalSize
#endif
#ifndef LocalFree
#define LocalFree GlobalFree
#endif

#endif /* MMSYSTEM_NO_FUNCTIONS */

#endif /* MMSYSTEM_GLOBAL_H */
