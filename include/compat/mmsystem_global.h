/* mmsystem_global.h: GlobalAlloc and LocalAlloc, based on malloc. A handle is the address of the memory: GlobalLock has
 * nothing to do, and mmio can grow a memory file in such memory. As on Windows, moveable memory of 0 bytes is discarded: it
 * has a handle, but no address. MMSYSTEM_NO_FUNCTIONS leaves the functions to the project. */
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

/* The handle of discarded memory, which is no address from malloc. */
#define MMSYSTEM_DISCARDED ((HGLOBAL)(uintptr_t)1)

/* The size of memory in bytes, 0 if it is discarded. It may be a little larger than requested. */
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

/* Clears memory from an offset to its end. The bytes beyond the requested size are kept 0, since GlobalReAlloc does not know
 * that size, and must return zeros if the memory grows into them. */
static __inline__ HGLOBAL mmsystem_clear_rest(HGLOBAL memory, size_t from)
{
    char *bytes = (char *)memory;
    size_t size = GlobalSize(memory);
    /* Hides the requested size from the compiler, which would otherwise report an overflow. */
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

/* Allocates memory, which GMEM_ZEROINIT clears. With GMEM_MOVEABLE, 0 bytes are discarded memory. Other flags are ignored.
 * Returns NULL if there is no memory. */
#ifndef GlobalAlloc
static __inline__ HGLOBAL GlobalAlloc(UINT flags, size_t bytes)
{
    return mmsystem_allocate(flags, bytes);
}
#endif

/* Changes the size of memory, which may move; GMEM_ZEROINIT clears what is added. With GMEM_MOVEABLE, 0 bytes discard the
 * memory, and another size allocates discarded memory again, under a new handle. With GMEM_MODIFY nothing changes. Returns
 * NULL if there is no memory; the old memory is then unchanged. */
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

/* Returns the address of memory, or NULL if it is discarded. */
#ifndef GlobalLock
static __inline__ void *GlobalLock(HGLOBAL memory)
{
    return memory == MMSYSTEM_DISCARDED ? NULL : memory;
}
#endif

/* Returns FALSE: the memory is not locked. */
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

/* Frees memory. Returns NULL. */
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
