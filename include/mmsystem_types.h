/* mmsystem_types.h: the basic Windows types that mmsystem.h is written in.
 *
 * A project that has types of its own keeps them: MMSYSTEM_NO_TYPES leaves all of these to it, and a name that
 * is a macro already (`#define DWORD DWORD` after a typedef will do) is left alone. mmsystem.h asserts that
 * they have the layout that the library was built with.
 *
 * MMSYSTEM_WCHAR_UTF16 makes WCHAR a UTF-16 code unit; by default it is wchar_t. */
#ifndef MMSYSTEM_TYPES_H
#define MMSYSTEM_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifndef WINAPI
#define WINAPI
#endif
#ifndef CALLBACK
#define CALLBACK
#endif
#ifndef FAR
#define FAR
#endif

/* In front of each function: gcc then calls the library at once, and not by way of a stub. */
#ifndef MMSYSTEM_API
#define MMSYSTEM_API
#if defined(__has_attribute) && (defined(__x86_64__) || defined(__aarch64__))
#if __has_attribute(noplt)
#undef MMSYSTEM_API
#define MMSYSTEM_API __attribute__((__noplt__))
#endif
#endif
#endif

/* 1 where WCHAR has 16 bits: mmioOpenW and its like then take UTF-16, otherwise UTF-32. */
#if defined(MMSYSTEM_WCHAR_UTF16) || WCHAR_MAX <= 0xffff
#define MMSYSTEM_WCHAR_IS_UTF16 1
#else
#define MMSYSTEM_WCHAR_IS_UTF16 0
#endif

/* The code units of the two wide forms; one of the two is what WCHAR is. */
#if !MMSYSTEM_WCHAR_IS_UTF16
typedef wchar_t MMSYSTEM_CHAR32;
#elif defined(__cplusplus) && __cplusplus >= 201103L
typedef char32_t MMSYSTEM_CHAR32;
#else
typedef uint32_t MMSYSTEM_CHAR32;
#endif

#if WCHAR_MAX <= 0xffff
typedef wchar_t MMSYSTEM_CHAR16;
#elif defined(__cplusplus) && __cplusplus >= 201103L
typedef char16_t MMSYSTEM_CHAR16;
#else
typedef uint16_t MMSYSTEM_CHAR16;
#endif

#ifndef MMSYSTEM_NO_TYPES

#ifndef BYTE
typedef uint8_t BYTE;
#endif
#ifndef WORD
typedef uint16_t WORD;
#endif
#ifndef DWORD
typedef uint32_t DWORD;
#endif
#ifndef LONG
typedef int32_t LONG;
#endif
#ifndef UINT
typedef unsigned int UINT;
#endif
#ifndef LONG_PTR
typedef intptr_t LONG_PTR;
#endif
#ifndef LPARAM
typedef intptr_t LPARAM;
#endif
#ifndef LRESULT
typedef intptr_t LRESULT;
#endif
#ifndef FOURCC
typedef uint32_t FOURCC;
#endif
#ifndef MMRESULT
typedef UINT MMRESULT;
#endif
#ifndef LPSTR
typedef char *LPSTR;
#endif
#ifndef LPCSTR
typedef const char *LPCSTR;
#endif
#ifndef HPSTR
typedef char *HPSTR;
#endif
#ifndef HPCSTR
typedef const char *HPCSTR;
#endif

#ifndef WCHAR
#if MMSYSTEM_WCHAR_IS_UTF16
typedef MMSYSTEM_CHAR16 WCHAR;
#else
typedef MMSYSTEM_CHAR32 WCHAR;
#endif
#endif
#ifndef LPWSTR
typedef WCHAR *LPWSTR;
#endif
#ifndef LPCWSTR
typedef const WCHAR *LPCWSTR;
#endif

#endif /* MMSYSTEM_NO_TYPES */

#endif /* MMSYSTEM_TYPES_H */
