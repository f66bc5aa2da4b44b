/* mmsystem_text.h: string functions of Microsoft's C library. Included by windows.h and tchar.h. A program that uses them
 * links with -lwinmm (pkg-config: mmsystem-windows; CMake: mmsystem::windows).
 *
 * MMSYSTEM_NO_FUNCTIONS leaves them to the project, and so does MMSYSTEM_NO_TYPES. A name that is already a macro is not
 * defined. */
#ifndef MMSYSTEM_TEXT_H
#define MMSYSTEM_TEXT_H

#include "../mmsystem_types.h"

/* The symbol of a function. It differs from the name, so that another library with the same functions of Windows does not
 * conflict. A function that takes WCHAR has a symbol for each of its two sizes. */
#define MMSYSTEM_TEXT_OF(text) #text
#define MMSYSTEM_TEXT(text) MMSYSTEM_TEXT_OF(text)
#define MMSYSTEM_SYMBOL(name) __asm__(MMSYSTEM_TEXT(__USER_LABEL_PREFIX__) "mmsystem_" name)
#if MMSYSTEM_WCHAR_IS_UTF16
#define MMSYSTEM_WIDE_SYMBOL(name) MMSYSTEM_SYMBOL(name)
#else
#define MMSYSTEM_WIDE_SYMBOL(name) MMSYSTEM_SYMBOL(name "32")
#endif

#if !defined(MMSYSTEM_NO_FUNCTIONS) && !defined(MMSYSTEM_NO_TYPES)

#ifdef __cplusplus
extern "C" {
#endif

/* Compare strings, ignoring the case of ASCII letters. Return less than 0, 0 or more than 0. Those with a count compare at
 * most that many characters. For NULL they return 2147483647, and errno is EINVAL. */
#ifndef _stricmp
MMSYSTEM_API int _stricmp(const char *one, const char *other) MMSYSTEM_SYMBOL("_stricmp");
#endif
#ifndef _strnicmp
MMSYSTEM_API int _strnicmp(const char *one, const char *other, size_t count) MMSYSTEM_SYMBOL("_strnicmp");
#endif
#ifndef _wcsicmp
MMSYSTEM_API int _wcsicmp(const WCHAR *one, const WCHAR *other) MMSYSTEM_WIDE_SYMBOL("_wcsicmp");
#endif
#ifndef _wcsnicmp
MMSYSTEM_API int _wcsnicmp(const WCHAR *one, const WCHAR *other, size_t count) MMSYSTEM_WIDE_SYMBOL("_wcsnicmp");
#endif

/* Return a copy of a string, in memory from malloc; NULL if there is no memory, or the string is NULL. */
#ifndef _strdup
MMSYSTEM_API char *_strdup(const char *text) MMSYSTEM_SYMBOL("_strdup");
#endif
#ifndef _wcsdup
MMSYSTEM_API WCHAR *_wcsdup(const WCHAR *text) MMSYSTEM_WIDE_SYMBOL("_wcsdup");
#endif

#ifdef __cplusplus
}
#endif

#endif

#endif /* MMSYSTEM_TEXT_H */
