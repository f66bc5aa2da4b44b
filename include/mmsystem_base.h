/* mmsystem_base.h: the basic types of mmio itself; mmsystem_types.h has those of Windows. Included by mmsystem.h.
 *
 * MMSYSTEM_NO_TYPES leaves the types to the project, and so does a macro with the name of a type. MMSYSTEM_WCHAR_UTF16
 * makes WCHAR a UTF-16 code unit; the default is wchar_t. */
#ifndef MMSYSTEM_BASE_H
#define MMSYSTEM_BASE_H

#include <stddef.h>
#include <stdint.h>

/* The prefix of each function. The attribute makes calls go directly to the library, without a PLT entry. */
#ifndef MMSYSTEM_API
#define MMSYSTEM_API
#if defined(__has_attribute) && (defined(__x86_64__) || defined(__aarch64__))
#if __has_attribute(noplt)
#undef MMSYSTEM_API
#define MMSYSTEM_API __attribute__((__noplt__))
#endif
#endif
#endif

/* 1 if WCHAR has 16 bits: mmioOpenW and the other W functions then take UTF-16, otherwise UTF-32. */
#if defined(MMSYSTEM_WCHAR_UTF16) || WCHAR_MAX <= 0xffff
#define MMSYSTEM_WCHAR_IS_UTF16 1
#else
#define MMSYSTEM_WCHAR_IS_UTF16 0
#endif

/* The code units of UTF-16 and UTF-32. WCHAR is one of the two. */
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
