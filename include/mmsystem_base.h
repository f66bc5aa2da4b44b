/* mmsystem_base.h: what mmio has of its own besides structures and functions. Included by mmsystem.h; mmsystem_types.h
 * has the rest of the types.
 *
 * MMSYSTEM_NO_TYPES leaves the types to the project, as does a macro of the same name. MMSYSTEM_WCHAR_UTF16 makes
 * WCHAR a UTF-16 code unit; by default it is wchar_t. */
#ifndef MMSYSTEM_BASE_H
#define MMSYSTEM_BASE_H

#include <stddef.h>
#include <stdint.h>

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

#ifndef FOURCC
typedef uint32_t FOURCC;
#endif
#ifndef MMRESULT
typedef unsigned int MMRESULT;
#endif
#ifndef HPSTR
typedef char *HPSTR;
#endif
#ifndef HPCSTR
typedef const char *HPCSTR;
#endif

#endif /* MMSYSTEM_NO_TYPES */

#endif /* MMSYSTEM_BASE_H */
