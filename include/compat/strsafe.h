/* strsafe.h: strings in buffers of a known size.
 *
 * Sizes are in characters. If the size is not 0, the result ends with a NUL. The functions return S_OK, or on failure
 * STRSAFE_E_INSUFFICIENT_BUFFER (the string was truncated) or STRSAFE_E_INVALID_PARAMETER (the size is 0 or more than
 * STRSAFE_MAX_CCH, or the string in the buffer does not end).
 *
 * StringCchPrintfW and the other wide printing functions exist only if WCHAR is a wchar_t of 32 bits, which the C library
 * can print. As on Windows, their `%s` is wide. A name that is already a macro is not defined, and with
 * MMSYSTEM_NO_FUNCTIONS and MMSYSTEM_NO_TYPES no function is. */
#ifndef MMSYSTEM_STRSAFE_H
#define MMSYSTEM_STRSAFE_H

#include "windows.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#ifndef STRSAFE_MAX_CCH
#define STRSAFE_MAX_CCH 2147483647
#endif
#ifndef STRSAFE_E_INSUFFICIENT_BUFFER
#define STRSAFE_E_INSUFFICIENT_BUFFER MMSYSTEM_RESULT(0x8007007a)
#endif
#ifndef STRSAFE_E_INVALID_PARAMETER
#define STRSAFE_E_INVALID_PARAMETER MMSYSTEM_RESULT(0x80070057)
#endif

#if !defined(MMSYSTEM_NO_FUNCTIONS) && !defined(MMSYSTEM_NO_TYPES)

#define MMSYSTEM_CHARACTER CHAR
#define MMSYSTEM_FORM(name) name##A
#include "mmsystem_strsafe.h"
#undef MMSYSTEM_CHARACTER
#undef MMSYSTEM_FORM

#define MMSYSTEM_CHARACTER WCHAR
#define MMSYSTEM_FORM(name) name##W
#include "mmsystem_strsafe.h"
#undef MMSYSTEM_CHARACTER
#undef MMSYSTEM_FORM

/* Prints into a buffer. */
static __inline__ HRESULT mmsystem_print_listA(LPSTR to, size_t count, LPCSTR format, va_list arguments)
{
    int length;
    CHAR *made;
    if (count == 0 || count > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    made = mmsystem_formatA(format);
    if (made == NULL)
        return E_OUTOFMEMORY;
    length = __builtin_vsnprintf(to, count, made, arguments);
    free(made);
    if (length < 0)
        to[0] = 0;
    return length >= 0 && (size_t)length < count ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline__ HRESULT mmsystem_printA(LPSTR to, size_t count, LPCSTR format, ...)
{
    HRESULT result;
    va_list arguments;
    va_start(arguments, format);
    result = mmsystem_print_listA(to, count, format, arguments);
    va_end(arguments);
    return result;
}

/* Standard C89 has no vswprintf. */
#if !MMSYSTEM_WCHAR_IS_UTF16 && (defined(__cplusplus) || __STDC_VERSION__ >= 199409L)

static __inline__ HRESULT mmsystem_print_listW(LPWSTR to, size_t count, LPCWSTR format, va_list arguments)
{
    int length;
    WCHAR *made;
    if (count == 0 || count > STRSAFE_MAX_CCH)
        return STRSAFE_E_INVALID_PARAMETER;
    made = mmsystem_formatW(format);
    if (made == NULL)
        return E_OUTOFMEMORY;
    length = vswprintf(to, count, made, arguments);
    free(made);
    to[count - 1] = 0;
    return length >= 0 ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}

static __inline__ HRESULT mmsystem_printW(LPWSTR to, size_t count, LPCWSTR format, ...)
{
    HRESULT result;
    va_list arguments;
    va_start(arguments, format);
    result = mmsystem_print_listW(to, count, format, arguments);
    va_end(arguments);
    return result;
}

#endif

/* The functions without a suffix take TCHAR. */
#ifndef StringCchCopyA
#define StringCchCopyA mmsystem_copyA
#endif
#ifndef StringCchCopyNA
#define StringCchCopyNA mmsystem_copy_someA
#endif
#ifndef StringCchCatA
#define StringCchCatA mmsystem_appendA
#endif
#ifndef StringCchLengthA
#define StringCchLengthA mmsystem_lengthA
#endif
#ifndef StringCchPrintfA
#define StringCchPrintfA mmsystem_printA
#endif
#ifndef StringCchVPrintfA
#define StringCchVPrintfA mmsystem_print_listA
#endif
#ifndef StringCchCopyW
#define StringCchCopyW mmsystem_copyW
#endif
#ifndef StringCchCopyNW
#define StringCchCopyNW mmsystem_copy_someW
#endif
#ifndef StringCchCatW
#define StringCchCatW mmsystem_appendW
#endif
#ifndef StringCchLengthW
#define StringCchLengthW mmsystem_lengthW
#endif
#ifndef StringCchPrintfW
#define StringCchPrintfW mmsystem_printW
#endif
#ifndef StringCchVPrintfW
#define StringCchVPrintfW mmsystem_print_listW
#endif
#ifdef UNICODE
#ifndef StringCchCopy
#define StringCchCopy StringCchCopyW
#endif
#ifndef StringCchCopyN
#define StringCchCopyN StringCchCopyNW
#endif
#ifndef StringCchCat
#define StringCchCat StringCchCatW
#endif
#ifndef StringCchLength
#define StringCchLength StringCchLengthW
#endif
#ifndef StringCchPrintf
#define StringCchPrintf StringCchPrintfW
#endif
#ifndef StringCchVPrintf
#define StringCchVPrintf StringCchVPrintfW
#endif
#else
#ifndef StringCchCopy
#define StringCchCopy StringCchCopyA
#endif
#ifndef StringCchCopyN
#define StringCchCopyN StringCchCopyNA
#endif
#ifndef StringCchCat
#define StringCchCat StringCchCatA
#endif
#ifndef StringCchLength
#define StringCchLength StringCchLengthA
#endif
#ifndef StringCchPrintf
#define StringCchPrintf StringCchPrintfA
#endif
#ifndef StringCchVPrintf
#define StringCchVPrintf StringCchVPrintfA
#endif
#endif

#endif

#endif /* MMSYSTEM_STRSAFE_H */
