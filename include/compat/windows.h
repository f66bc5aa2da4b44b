/* windows.h: what programs that use mmio take from the header of that name, and no more.
 *
 * It is in a directory of its own, for projects that have none. One that has types or macros of its own keeps
 * them: MMSYSTEM_NO_TYPES leaves all types to it, and any name that is a macro already is left alone. As on
 * Windows it brings mmsystem.h, unless WIN32_LEAN_AND_MEAN is defined; min and max, unless NOMINMAX is; and
 * TCHAR is WCHAR with UNICODE, else char. */
#ifndef MMSYSTEM_WINDOWS_H
#define MMSYSTEM_WINDOWS_H

#include "../mmsystem_types.h"

#include <stdarg.h>
#include <string.h>

/* Words of the language. */

#ifndef VOID
#define VOID void
#endif
#ifndef CONST
#define CONST const
#endif
#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef NEAR
#define NEAR
#endif
#ifndef _huge
#define _huge
#endif
#ifndef PASCAL
#define PASCAL
#endif
#ifndef APIENTRY
#define APIENTRY
#endif
#if !defined(__int64) && !defined(_MSC_EXTENSIONS)
#define __int64 long long
#endif

/* Types. LONG and ULONG have 32 bits here as there, whatever long has. */

#ifndef MMSYSTEM_NO_TYPES

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
/* (Objective-C has one of its own.) */
#ifdef __OBJC__
#include <objc/objc.h>
#elif !defined(BOOL)
typedef int BOOL;
#endif
#ifndef FLOAT
typedef float FLOAT;
#endif
#ifndef INT32
typedef int32_t INT32;
#endif
#ifndef UINT32
typedef uint32_t UINT32;
#endif
/* (The type that __int64 is, which C++98 does not have by the book.) */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wlong-long"
#ifndef INT64
typedef long long INT64;
#endif
#ifndef UINT64
typedef unsigned long long UINT64;
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
#ifndef WPARAM
typedef uintptr_t WPARAM;
#endif

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
#ifndef PBOOL
typedef BOOL *PBOOL;
#endif
#ifndef LPBOOL
typedef BOOL *LPBOOL;
#endif
#ifndef PWSTR
typedef WCHAR *PWSTR;
#endif
#ifndef PCWSTR
typedef const WCHAR *PCWSTR;
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

#ifndef HANDLE
typedef void *HANDLE;
#endif
#ifndef HGLOBAL
typedef void *HGLOBAL;
#endif
#ifndef HLOCAL
typedef void *HLOCAL;
#endif
#ifndef HRESULT
typedef LONG HRESULT;
#endif

#endif /* MMSYSTEM_NO_TYPES */

/* A type of handles that no other is taken for. */
#ifndef DECLARE_HANDLE
#define DECLARE_HANDLE(name)                                                                      \
    struct name##__ {                                                                             \
        int unused;                                                                               \
    };                                                                                            \
    typedef struct name##__ *name
#endif

#if !defined(MMSYSTEM_NO_TYPES) && !defined(HWND)
DECLARE_HANDLE(HWND);
#endif

/* Numbers and conversions. */

#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif
#ifndef MAX_PATH
#define MAX_PATH 260
#endif
#ifndef MAKEWORD
#define MAKEWORD(low, high) ((WORD)((BYTE)((low) & 0xff) | (WORD)((BYTE)((high) & 0xff)) << 8))
#endif
#ifndef MAKELONG
#define MAKELONG(low, high) ((LONG)((WORD)((low) & 0xffff) | (DWORD)(WORD)((high) & 0xffff) << 16))
#endif
#ifndef LOWORD
#define LOWORD(n) ((WORD)((DWORD_PTR)(n) & 0xffff))
#endif
#ifndef HIWORD
#define HIWORD(n) ((WORD)((DWORD_PTR)(n) >> 16 & 0xffff))
#endif
#ifndef LOBYTE
#define LOBYTE(n) ((BYTE)((DWORD_PTR)(n) & 0xff))
#endif
#ifndef HIBYTE
#define HIBYTE(n) ((BYTE)((DWORD_PTR)(n) >> 8 & 0xff))
#endif
#ifndef HandleToLong
#define HandleToLong(h) ((LONG)(LONG_PTR)(h))
#endif
#ifndef LongToHandle
#define LongToHandle(h) ((HANDLE)(LONG_PTR)(h))
#endif

/* TEXT("...") is a literal of TCHAR. (With WCHAR as UTF-16 that needs C11 or C++11.) */
#ifndef TEXT
#ifndef UNICODE
#define TEXT(quote) quote
#elif MMSYSTEM_WCHAR_IS_UTF16 && WCHAR_MAX > 0xffff
#define MMSYSTEM_UTF16(quote) u##quote
#define TEXT(quote) MMSYSTEM_UTF16(quote)
#else
#define MMSYSTEM_WIDE(quote) L##quote
#define TEXT(quote) MMSYSTEM_WIDE(quote)
#endif
#endif

/* Results of a kind that mmio itself does not have; right for an HRESULT of 64 bits too. */

#ifndef S_OK
#define S_OK ((HRESULT)0)
#endif
#ifndef S_FALSE
#define S_FALSE ((HRESULT)1)
#endif
#ifndef E_NOTIMPL
#define E_NOTIMPL ((HRESULT)(LONG)0x80004001)
#endif
#ifndef E_POINTER
#define E_POINTER ((HRESULT)(LONG)0x80004003)
#endif
#ifndef E_FAIL
#define E_FAIL ((HRESULT)(LONG)0x80004005)
#endif
#ifndef E_UNEXPECTED
#define E_UNEXPECTED ((HRESULT)(LONG)0x8000ffff)
#endif
#ifndef E_ACCESSDENIED
#define E_ACCESSDENIED ((HRESULT)(LONG)0x80070005)
#endif
#ifndef E_OUTOFMEMORY
#define E_OUTOFMEMORY ((HRESULT)(LONG)0x8007000e)
#endif
#ifndef E_INVALIDARG
#define E_INVALIDARG ((HRESULT)(LONG)0x80070057)
#endif
#ifndef SUCCEEDED
#define SUCCEEDED(hr) ((LONG)(hr) >= 0)
#endif
#ifndef FAILED
#define FAILED(hr) ((LONG)(hr) < 0)
#endif
#ifndef HRESULT_FROM_WIN32
#define HRESULT_FROM_WIN32(x)                                                                     \
    ((LONG)(x) <= 0 ? (HRESULT)(LONG)(x) : (HRESULT)(LONG)(((DWORD)(x) & 0xffff) | 0x80070000))
#endif

/* Memory. */

#ifndef ZeroMemory
#define ZeroMemory(destination, length) memset((destination), 0, (length))
#endif
#ifndef FillMemory
#define FillMemory(destination, length, fill) memset((destination), (fill), (length))
#endif
#ifndef CopyMemory
#define CopyMemory(destination, source, length) memcpy((destination), (source), (length))
#endif
#ifndef MoveMemory
#define MoveMemory(destination, source, length) memmove((destination), (source), (length))
#endif

#include "mmsystem_global.h"

#ifndef NOMINMAX
#include "mmsystem_minmax.h"
#endif

#ifndef WIN32_LEAN_AND_MEAN
#include "../mmsystem.h"
#endif

#endif /* MMSYSTEM_WINDOWS_H */
