/* mmsystem_structs.h: the structures of windows.h, with their layout on Windows. Included by mmsystem_windef.h. A name that
 * is already a macro is not defined. */
#ifndef MMSYSTEM_STRUCTS_H
#define MMSYSTEM_STRUCTS_H

#include "../mmsystem_assert.h"

/* Numbers of 64 bits, and their halves. __extension__, as unnamed members are not in standard C89, C99 and C++. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define MMSYSTEM_HALVES(high)                                                                     \
    high HighPart;                                                                                \
    DWORD LowPart
#else
#define MMSYSTEM_HALVES(high)                                                                     \
    DWORD LowPart;                                                                                \
    high HighPart
#endif
#ifndef LARGE_INTEGER
typedef union _LARGE_INTEGER {
    __extension__ struct {
        MMSYSTEM_HALVES(LONG);
    };
    struct {
        MMSYSTEM_HALVES(LONG);
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER;
MMSYSTEM_SIZE(LARGE_INTEGER, 8);
#endif
#ifndef PLARGE_INTEGER
typedef LARGE_INTEGER *PLARGE_INTEGER;
#endif
#ifndef ULARGE_INTEGER
typedef union _ULARGE_INTEGER {
    __extension__ struct {
        MMSYSTEM_HALVES(DWORD);
    };
    struct {
        MMSYSTEM_HALVES(DWORD);
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER;
MMSYSTEM_SIZE(ULARGE_INTEGER, 8);
#endif
#ifndef PULARGE_INTEGER
typedef ULARGE_INTEGER *PULARGE_INTEGER;
#endif
#undef MMSYSTEM_HALVES

/* A point, a size and a rectangle. */
#ifndef POINT
typedef struct tagPOINT {
    LONG x;
    LONG y;
} POINT;
MMSYSTEM_SIZE(POINT, 8);
MMSYSTEM_OFFSET(POINT, y, 4);
#endif
#ifndef PPOINT
typedef POINT *PPOINT;
#endif
#ifndef LPPOINT
typedef POINT *LPPOINT;
#endif
#ifndef SIZE
typedef struct tagSIZE {
    LONG cx;
    LONG cy;
} SIZE;
MMSYSTEM_SIZE(SIZE, 8);
MMSYSTEM_OFFSET(SIZE, cy, 4);
#endif
#ifndef PSIZE
typedef SIZE *PSIZE;
#endif
#ifndef LPSIZE
typedef SIZE *LPSIZE;
#endif
#ifndef RECT
typedef struct tagRECT {
    LONG left;
    LONG top;
    LONG right;
    LONG bottom;
} RECT;
MMSYSTEM_SIZE(RECT, 16);
MMSYSTEM_OFFSET(RECT, top, 4);
MMSYSTEM_OFFSET(RECT, right, 8);
MMSYSTEM_OFFSET(RECT, bottom, 12);
#endif
#ifndef PRECT
typedef RECT *PRECT;
#endif
#ifndef LPRECT
typedef RECT *LPRECT;
#endif
#ifndef LPCRECT
typedef const RECT *LPCRECT;
#endif

/* A time in units of 100 ns since the start of 1601. */
#ifndef FILETIME
typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME;
MMSYSTEM_SIZE(FILETIME, 8);
MMSYSTEM_OFFSET(FILETIME, dwHighDateTime, 4);
#endif
#ifndef PFILETIME
typedef FILETIME *PFILETIME;
#endif
#ifndef LPFILETIME
typedef FILETIME *LPFILETIME;
#endif

/* A date and a time of day. */
#ifndef SYSTEMTIME
typedef struct _SYSTEMTIME {
    WORD wYear;
    WORD wMonth;     /* 1 is January */
    WORD wDayOfWeek; /* 0 is Sunday */
    WORD wDay;       /* from 1 */
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME;
MMSYSTEM_SIZE(SYSTEMTIME, 16);
MMSYSTEM_OFFSET(SYSTEMTIME, wMonth, 2);
MMSYSTEM_OFFSET(SYSTEMTIME, wDayOfWeek, 4);
MMSYSTEM_OFFSET(SYSTEMTIME, wDay, 6);
MMSYSTEM_OFFSET(SYSTEMTIME, wHour, 8);
MMSYSTEM_OFFSET(SYSTEMTIME, wMinute, 10);
MMSYSTEM_OFFSET(SYSTEMTIME, wSecond, 12);
MMSYSTEM_OFFSET(SYSTEMTIME, wMilliseconds, 14);
#endif
#ifndef PSYSTEMTIME
typedef SYSTEMTIME *PSYSTEMTIME;
#endif
#ifndef LPSYSTEMTIME
typedef SYSTEMTIME *LPSYSTEMTIME;
#endif

#define MMSYSTEM_AT(type, member, at64, at32)                                                     \
    MMSYSTEM_OFFSET(type, member, sizeof(void *) == 8 ? (at64) : (at32))

/* A lock. Its members belong to the functions; their names and layout are those of Windows. */
#ifndef CRITICAL_SECTION
typedef struct _RTL_CRITICAL_SECTION {
    void *DebugInfo;
    LONG LockCount;
    LONG RecursionCount;
    void *OwningThread;
    void *LockSemaphore;
    ULONG_PTR SpinCount;
} CRITICAL_SECTION;
MMSYSTEM_SIZE(CRITICAL_SECTION, sizeof(void *) == 8 ? 40 : 24);
MMSYSTEM_AT(CRITICAL_SECTION, LockCount, 8, 4);
MMSYSTEM_AT(CRITICAL_SECTION, RecursionCount, 12, 8);
MMSYSTEM_AT(CRITICAL_SECTION, OwningThread, 16, 12);
MMSYSTEM_AT(CRITICAL_SECTION, LockSemaphore, 24, 16);
MMSYSTEM_AT(CRITICAL_SECTION, SpinCount, 32, 20);
#endif
#ifndef PCRITICAL_SECTION
typedef CRITICAL_SECTION *PCRITICAL_SECTION;
#endif
#ifndef LPCRITICAL_SECTION
typedef CRITICAL_SECTION *LPCRITICAL_SECTION;
#endif

/* Parameters of CreateFile, ReadFile and WriteFile, which most programs pass as NULL. */
#ifndef SECURITY_ATTRIBUTES
typedef struct _SECURITY_ATTRIBUTES {
    DWORD nLength;
    void *lpSecurityDescriptor;
    BOOL bInheritHandle;
} SECURITY_ATTRIBUTES;
MMSYSTEM_SIZE(SECURITY_ATTRIBUTES, sizeof(void *) == 8 ? 24 : 12);
MMSYSTEM_AT(SECURITY_ATTRIBUTES, lpSecurityDescriptor, 8, 4);
MMSYSTEM_AT(SECURITY_ATTRIBUTES, bInheritHandle, 16, 8);
#endif
#ifndef PSECURITY_ATTRIBUTES
typedef SECURITY_ATTRIBUTES *PSECURITY_ATTRIBUTES;
#endif
#ifndef LPSECURITY_ATTRIBUTES
typedef SECURITY_ATTRIBUTES *LPSECURITY_ATTRIBUTES;
#endif
#ifndef OVERLAPPED
typedef struct _OVERLAPPED {
    ULONG_PTR Internal;
    ULONG_PTR InternalHigh;
    __extension__ union {
        __extension__ struct {
            DWORD Offset;
            DWORD OffsetHigh;
        };
        void *Pointer;
    };
    void *hEvent;
} OVERLAPPED;
MMSYSTEM_SIZE(OVERLAPPED, sizeof(void *) == 8 ? 32 : 20);
MMSYSTEM_AT(OVERLAPPED, InternalHigh, 8, 4);
MMSYSTEM_AT(OVERLAPPED, Offset, 16, 8);
MMSYSTEM_AT(OVERLAPPED, OffsetHigh, 20, 12);
MMSYSTEM_AT(OVERLAPPED, Pointer, 16, 8);
MMSYSTEM_AT(OVERLAPPED, hEvent, 24, 16);
#endif
#ifndef LPOVERLAPPED
typedef OVERLAPPED *LPOVERLAPPED;
#endif

#undef MMSYSTEM_AT

#endif /* MMSYSTEM_STRUCTS_H */
