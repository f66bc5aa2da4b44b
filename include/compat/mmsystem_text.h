/* mmsystem_text.h: functions on text under the names of Microsoft's C library. Included by windows.h and tchar.h; a
 * program that uses them links with -lwinmm (mmsystem-windows in pkg-config, mmsystem::windows in CMake).
 *
 * MMSYSTEM_NO_FUNCTIONS leaves them to the project, and so does MMSYSTEM_NO_TYPES; a name that is a macro already is
 * left alone. */
#ifndef MMSYSTEM_TEXT_H
#define MMSYSTEM_TEXT_H

#include "../mmsystem_types.h"

/* The name that the linker has for a function: no other library has it, whatever functions of Windows that one brings.
 * A function that takes WCHAR is there for both sizes of it. */
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

/* Compare text, ignoring the case of the letters of ASCII: less than 0, 0 or more than 0. Those with an n look at that
 * many characters at the most. NULL: 2147483647, and EINVAL in errno. */
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

/* Copy text into memory of malloc. NULL: there is none, or nothing to be copied. */
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
