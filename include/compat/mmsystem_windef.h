/* mmsystem_windef.h: the types of windows.h. LONG and ULONG have 32 bits, as on Windows, whatever the size of long.
 *
 * Included by windows.h, windef.h and winnt.h. MMSYSTEM_NO_TYPES leaves all types to the project, and a name that is
 * already a macro is not defined. */
#ifndef MMSYSTEM_WINDEF_H
#define MMSYSTEM_WINDEF_H

#include "../mmsystem_types.h"

#include "mmsystem_words.h"

#ifndef MMSYSTEM_NO_TYPES

/* Integers. */

#ifndef CHAR
typedef char CHAR;
#endif
#ifndef UCHAR
typedef unsigned char UCHAR;
#endif
#ifndef SHORT
typedef int16_t SHORT;
#endif
#ifndef USHORT
typedef uint16_t USHORT;
#endif
#ifndef INT
typedef int INT;
#endif
#ifndef ULONG
typedef uint32_t ULONG;
#endif
/* Objective-C defines BOOL itself. */
#ifdef __OBJC__
#include <objc/objc.h>
#elif !defined(BOOL)
typedef int BOOL;
#endif
#ifndef BOOLEAN
typedef BYTE BOOLEAN;
#endif
#ifndef FLOAT
typedef float FLOAT;
#endif
#ifndef INT8
typedef int8_t INT8;
#endif
#ifndef UINT8
typedef uint8_t UINT8;
#endif
#ifndef INT16
typedef int16_t INT16;
#endif
#ifndef UINT16
typedef uint16_t UINT16;
#endif
#ifndef INT32
typedef int32_t INT32;
#endif
#ifndef UINT32
typedef uint32_t UINT32;
#endif
#ifndef LONG32
typedef int32_t LONG32;
#endif
#ifndef ULONG32
typedef uint32_t ULONG32;
#endif
#ifndef DWORD32
typedef uint32_t DWORD32;
#endif
/* Standard C89 and C++98 have no long long. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wlong-long"
#ifndef INT64
typedef long long INT64;
#endif
#ifndef UINT64
typedef unsigned long long UINT64;
#endif
#ifndef LONG64
typedef long long LONG64;
#endif
#ifndef ULONG64
typedef unsigned long long ULONG64;
#endif
#ifndef DWORD64
typedef unsigned long long DWORD64;
#endif
#ifndef LONGLONG
typedef long long LONGLONG;
#endif
#ifndef ULONGLONG
typedef unsigned long long ULONGLONG;
#endif
#ifndef DWORDLONG
typedef unsigned long long DWORDLONG;
#endif
#pragma GCC diagnostic pop
#ifndef INT_PTR
typedef intptr_t INT_PTR;
#endif
#ifndef UINT_PTR
typedef uintptr_t UINT_PTR;
#endif
#ifndef ULONG_PTR
typedef uintptr_t ULONG_PTR;
#endif
#ifndef DWORD_PTR
typedef uintptr_t DWORD_PTR;
#endif
#ifndef SIZE_T
typedef size_t SIZE_T;
#endif
#ifndef SSIZE_T
typedef intptr_t SSIZE_T;
#endif
#ifndef WPARAM
typedef uintptr_t WPARAM;
#endif
/* On Windows a header with this guard defines INT32 and its like. Other headers that define them test it (libjpeg). */
#ifndef _BASETSD_H_
#define _BASETSD_H_
#endif
/* A file position of Microsoft's C library. */
#ifndef _off_t
typedef LONG _off_t;
#endif

/* Pointers to them. */

#ifndef PVOID
typedef void *PVOID;
#endif
#ifndef LPVOID
typedef void *LPVOID;
#endif
#ifndef LPCVOID
typedef const void *LPCVOID;
#endif
#ifndef PCHAR
typedef CHAR *PCHAR;
#endif
#ifndef PUCHAR
typedef UCHAR *PUCHAR;
#endif
#ifndef PSTR
typedef CHAR *PSTR;
#endif
#ifndef PCSTR
typedef const CHAR *PCSTR;
#endif
#ifndef PBYTE
typedef BYTE *PBYTE;
#endif
#ifndef LPBYTE
typedef BYTE *LPBYTE;
#endif
#ifndef PWORD
typedef WORD *PWORD;
#endif
#ifndef LPWORD
typedef WORD *LPWORD;
#endif
#ifndef PDWORD
typedef DWORD *PDWORD;
#endif
#ifndef LPDWORD
typedef DWORD *LPDWORD;
#endif
#ifndef PSHORT
typedef SHORT *PSHORT;
#endif
#ifndef PUSHORT
typedef USHORT *PUSHORT;
#endif
#ifndef PLONG
typedef LONG *PLONG;
#endif
#ifndef LPLONG
typedef LONG *LPLONG;
#endif
#ifndef PULONG
typedef ULONG *PULONG;
#endif
#ifndef PINT
typedef INT *PINT;
#endif
#ifndef LPINT
typedef INT *LPINT;
#endif
#ifndef PUINT
typedef UINT *PUINT;
#endif
#ifndef LPUINT
typedef UINT *LPUINT;
#endif
#ifndef PBOOL
typedef BOOL *PBOOL;
#endif
#ifndef LPBOOL
typedef BOOL *LPBOOL;
#endif
#ifndef PFLOAT
typedef FLOAT *PFLOAT;
#endif
#ifndef PINT8
typedef INT8 *PINT8;
#endif
#ifndef PUINT8
typedef UINT8 *PUINT8;
#endif
#ifndef PINT16
typedef INT16 *PINT16;
#endif
#ifndef PUINT16
typedef UINT16 *PUINT16;
#endif
#ifndef PINT32
typedef INT32 *PINT32;
#endif
#ifndef PUINT32
typedef UINT32 *PUINT32;
#endif
#ifndef PINT64
typedef INT64 *PINT64;
#endif
#ifndef PUINT64
typedef UINT64 *PUINT64;
#endif
#ifndef PLONGLONG
typedef LONGLONG *PLONGLONG;
#endif
#ifndef PULONGLONG
typedef ULONGLONG *PULONGLONG;
#endif
#ifndef PDWORD_PTR
typedef DWORD_PTR *PDWORD_PTR;
#endif
#ifndef PULONG_PTR
typedef ULONG_PTR *PULONG_PTR;
#endif
#ifndef PSIZE_T
typedef SIZE_T *PSIZE_T;
#endif

/* Text. */

#ifndef PWSTR
typedef WCHAR *PWSTR;
#endif
#ifndef PCWSTR
typedef const WCHAR *PCWSTR;
#endif
#ifndef PWCHAR
typedef WCHAR *PWCHAR;
#endif
#if !defined(TCHAR) && !defined(_TCHAR_DEFINED)
#define _TCHAR_DEFINED
#ifdef UNICODE
typedef WCHAR TCHAR;
#else
typedef char TCHAR;
#endif
#ifndef PTCHAR
typedef TCHAR *PTCHAR;
#endif
#endif
#ifndef LPTSTR
typedef TCHAR *LPTSTR;
#endif
#ifndef LPCTSTR
typedef const TCHAR *LPCTSTR;
#endif
#ifndef PTSTR
typedef TCHAR *PTSTR;
#endif
#ifndef PCTSTR
typedef const TCHAR *PCTSTR;
#endif

/* Handles. */

#ifndef HANDLE
typedef void *HANDLE;
#endif
#ifndef PHANDLE
typedef HANDLE *PHANDLE;
#endif
#ifndef LPHANDLE
typedef HANDLE *LPHANDLE;
#endif
#ifndef HGLOBAL
typedef void *HGLOBAL;
#endif
#ifndef HLOCAL
typedef void *HLOCAL;
#endif
#ifndef HFILE
typedef int HFILE;
#endif
#ifndef HRESULT
typedef LONG HRESULT;
#endif

#endif /* MMSYSTEM_NO_TYPES */

/* Declares a handle type that is distinct from all others. */
#ifndef DECLARE_HANDLE
#define DECLARE_HANDLE(name)                                                                      \
    struct name##__ {                                                                             \
        int unused;                                                                               \
    };                                                                                            \
    typedef struct name##__ *name
#endif

#ifndef MMSYSTEM_NO_TYPES

#ifndef HWND
DECLARE_HANDLE(HWND);
#endif
#ifndef HINSTANCE
DECLARE_HANDLE(HINSTANCE);
#endif
#ifndef HMODULE
typedef HINSTANCE HMODULE;
#endif
#ifndef HRSRC
DECLARE_HANDLE(HRSRC);
#endif

#include "../mmsystem_guid.h"

#include "mmsystem_structs.h"

#endif /* MMSYSTEM_NO_TYPES */

#endif /* MMSYSTEM_WINDEF_H */
