/* mmsystem_words.h: keywords and macros of Microsoft's compiler and headers. Included by windows.h. A name that is already
 * a macro is not defined. */
#ifndef MMSYSTEM_WORDS_H
#define MMSYSTEM_WORDS_H

#include "../mmsystem_types.h"

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
#ifndef UNALIGNED
#define UNALIGNED
#endif
#ifndef __unaligned
#define __unaligned
#endif
#ifndef __based
#define __based(x)
#endif

/* Pointers of 16-bit Windows. */
#ifndef _far
#define _far
#endif
#ifndef _near
#define _near
#endif
#ifndef __far
#define __far
#endif
#ifndef __near
#define __near
#endif
#ifndef _huge
#define _huge
#endif
#ifndef __huge
#define __huge
#endif

/* Calling conventions: all functions have that of the platform. Some are keywords of Clang, which have an effect on 32-bit
 * x86 only, and Clang warns of macros with these names. */
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wkeyword-macro"
#endif
#ifndef PASCAL
#define PASCAL
#endif
#ifndef CDECL
#define CDECL
#endif
#ifndef APIENTRY
#define APIENTRY
#endif
#ifndef __stdcall
#define __stdcall
#endif
#ifndef _stdcall
#define _stdcall
#endif
#ifndef __cdecl
#define __cdecl
#endif
#ifndef _cdecl
#define _cdecl
#endif
#ifndef __fastcall
#define __fastcall
#endif
#ifndef _fastcall
#define _fastcall
#endif
#ifndef __thiscall
#define __thiscall
#endif
#ifndef __pascal
#define __pascal
#endif
#ifndef _pascal
#define _pascal
#endif
#ifndef __export
#define __export
#endif
#ifndef _export
#define _export
#endif
#ifdef __clang__
#pragma clang diagnostic pop
#endif

/* __declspec(x) for each x that has a meaning here. Another x is an error that names it. */
#if !defined(__declspec) && !defined(_MSC_EXTENSIONS)
#define __declspec(x) MMSYSTEM_DECLSPEC_##x
#define MMSYSTEM_DECLSPEC_dllexport __attribute__((__visibility__("default")))
#define MMSYSTEM_DECLSPEC_dllimport
#define MMSYSTEM_DECLSPEC_align(bytes) __attribute__((__aligned__(bytes)))
#define MMSYSTEM_DECLSPEC_deprecated __attribute__((__deprecated__))
#define MMSYSTEM_DECLSPEC_noalias
#define MMSYSTEM_DECLSPEC_noinline __attribute__((__noinline__))
#define MMSYSTEM_DECLSPEC_noreturn __attribute__((__noreturn__))
#define MMSYSTEM_DECLSPEC__Noreturn __attribute__((__noreturn__))
#define MMSYSTEM_DECLSPEC_nothrow __attribute__((__nothrow__))
#define MMSYSTEM_DECLSPEC_novtable
#define MMSYSTEM_DECLSPEC_restrict
#define MMSYSTEM_DECLSPEC_selectany __attribute__((__weak__))
#define MMSYSTEM_DECLSPEC_thread __thread
#define MMSYSTEM_DECLSPEC_uuid(text)
#endif

#ifndef __forceinline
#define __forceinline __inline__ __attribute__((__always_inline__))
#endif
#if !defined(__int64) && !defined(_MSC_EXTENSIONS)
#define __int64 long long
#endif
#if !defined(__int32) && !defined(_MSC_EXTENSIONS)
#define __int32 int
#endif
#if !defined(__int16) && !defined(_MSC_EXTENSIONS)
#define __int16 short
#endif
#if !defined(__int8) && !defined(_MSC_EXTENSIONS)
#define __int8 char
#endif

/* Constants of Microsoft's C library. */
#ifndef _MAX_PATH
#define _MAX_PATH 260
#endif
#ifndef _MAX_DRIVE
#define _MAX_DRIVE 3
#endif
#ifndef _MAX_DIR
#define _MAX_DIR 256
#endif
#ifndef _MAX_FNAME
#define _MAX_FNAME 256
#endif
#ifndef _MAX_EXT
#define _MAX_EXT 256
#endif

/* The number of elements of an array. */
#ifndef _countof
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#endif
#ifndef ARRAYSIZE
#define ARRAYSIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

/* The distance of a member from the beginning of its structure. */
#ifndef FIELD_OFFSET
#define FIELD_OFFSET(type, member) ((LONG)offsetof(type, member))
#endif

/* Constants and conversions. */
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
#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(x) ((void)(x))
#endif

/* TEXT("...") is a literal of TCHAR. If WCHAR is UTF-16, it needs C11 or C++11. */
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

#endif /* MMSYSTEM_WORDS_H */
