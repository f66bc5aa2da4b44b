/* tchar.h: strings that are wide with _UNICODE, and otherwise char.
 *
 * TCHAR and the macro for literals work for both sizes of WCHAR. The functions are those of the C library, which has none
 * for UTF-16. */
#ifndef MMSYSTEM_TCHAR_H
#define MMSYSTEM_TCHAR_H

#include "../mmsystem_types.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#ifndef MMSYSTEM_NO_TYPES
#if !defined(TCHAR) && !defined(_TCHAR_DEFINED)
#define _TCHAR_DEFINED
#ifdef _UNICODE
typedef WCHAR TCHAR;
#else
typedef char TCHAR;
#endif
#ifndef PTCHAR
typedef TCHAR *PTCHAR;
#endif
#endif
#ifndef _TCHAR
typedef TCHAR _TCHAR;
#endif
#endif

#ifndef _T
#ifndef _UNICODE
#define _T(quote) quote
#elif MMSYSTEM_WCHAR_IS_UTF16 && WCHAR_MAX > 0xffff
#define MMSYSTEM_T(quote) u##quote
#define _T(quote) MMSYSTEM_T(quote)
#else
#define MMSYSTEM_T(quote) L##quote
#define _T(quote) MMSYSTEM_T(quote)
#endif
#endif
#ifndef _TEXT
#define _TEXT(quote) _T(quote)
#endif

/* Pasted together, so that the name of an unsupported wide function does not appear: some C libraries poison it. */
#ifndef _UNICODE
#define MMSYSTEM_TCS(name) str##name
#define MMSYSTEM_PRINTF printf
#define MMSYSTEM_FPRINTF fprintf
#elif !MMSYSTEM_WCHAR_IS_UTF16
#define MMSYSTEM_TCS(name) wcs##name
#define MMSYSTEM_PRINTF wprintf
#define MMSYSTEM_FPRINTF fwprintf
#endif

#ifdef MMSYSTEM_TCS
#ifndef _tcslen
#define _tcslen MMSYSTEM_TCS(len)
#endif
#ifndef _tcscpy
#define _tcscpy MMSYSTEM_TCS(cpy)
#endif
#ifndef _tcsncpy
#define _tcsncpy MMSYSTEM_TCS(ncpy)
#endif
#ifndef _tcscat
#define _tcscat MMSYSTEM_TCS(cat)
#endif
#ifndef _tcsncat
#define _tcsncat MMSYSTEM_TCS(ncat)
#endif
#ifndef _tcscmp
#define _tcscmp MMSYSTEM_TCS(cmp)
#endif
#ifndef _tcsncmp
#define _tcsncmp MMSYSTEM_TCS(ncmp)
#endif
#ifndef _tcschr
#define _tcschr MMSYSTEM_TCS(chr)
#endif
#ifndef _tcsrchr
#define _tcsrchr MMSYSTEM_TCS(rchr)
#endif
#ifndef _tcsstr
#define _tcsstr MMSYSTEM_TCS(str)
#endif
#ifndef _tprintf
#define _tprintf MMSYSTEM_PRINTF
#endif
#ifndef _ftprintf
#define _ftprintf MMSYSTEM_FPRINTF
#endif
#endif

#include "mmsystem_text.h"

#ifndef _UNICODE
#define MMSYSTEM_TEXT_FORM(name) _str##name
#else
#define MMSYSTEM_TEXT_FORM(name) _wcs##name
#endif
#if !defined(MMSYSTEM_NO_FUNCTIONS) && !defined(MMSYSTEM_NO_TYPES)
#ifndef _tcsicmp
#define _tcsicmp MMSYSTEM_TEXT_FORM(icmp)
#endif
#ifndef _tcsnicmp
#define _tcsnicmp MMSYSTEM_TEXT_FORM(nicmp)
#endif
#ifndef _tcsdup
#define _tcsdup MMSYSTEM_TEXT_FORM(dup)
#endif
#endif

/* A program starts in main, with arguments of char. */
#if !defined(_tmain) && !defined(_UNICODE)
#define _tmain main
#endif

#endif /* MMSYSTEM_TCHAR_H */
