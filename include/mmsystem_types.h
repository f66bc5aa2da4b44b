/* mmsystem_types.h: the basic Windows types that mmsystem.h is written in.
 *
 * MMSYSTEM_NO_TYPES leaves all of them but the last two to the project.
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

/* 1 where WCHAR has 16 bits: mmioOpenW and its like then take UTF-16, otherwise UTF-32. */
#if defined(MMSYSTEM_WCHAR_UTF16) || WCHAR_MAX <= 0xffff
#define MMSYSTEM_WCHAR_IS_UTF16 1
#else
#define MMSYSTEM_WCHAR_IS_UTF16 0
#endif

#ifndef MMSYSTEM_NO_TYPES

typedef uint8_t BYTE;
typedef uint16_t WORD;
typedef uint32_t DWORD;
typedef int32_t LONG;
typedef unsigned int UINT;
typedef intptr_t LONG_PTR;
typedef intptr_t LPARAM;
typedef intptr_t LRESULT;
typedef uint32_t FOURCC;
typedef UINT MMRESULT;
typedef char *LPSTR;
typedef const char *LPCSTR;
typedef char *HPSTR;
typedef const char *HPCSTR;

#if !defined(MMSYSTEM_WCHAR_UTF16) || WCHAR_MAX <= 0xffff
typedef wchar_t WCHAR;
#elif defined(__cplusplus) && __cplusplus >= 201103L
typedef char16_t WCHAR;
#else
typedef uint16_t WCHAR;
#endif
typedef WCHAR *LPWSTR;
typedef const WCHAR *LPCWSTR;

#endif /* MMSYSTEM_NO_TYPES */

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

#endif /* MMSYSTEM_TYPES_H */
