/* strsafe.h: text that does not fit in the buffer is truncated, and the result says so.
 *
 * Shows docs/differences.md, Headers: "StringCchPrintf". */
#include <windows.h>

#include <strsafe.h>

#include "check.h"

#define SAME(text, expected) CHECK_BYTES(text, TEXT(expected), sizeof(TEXT(expected)))

static void text_is_copied(void)
{
    TCHAR szText[6];
    CHECK_EQ(StringCchCopy(szText, ARRAYSIZE(szText), TEXT("short")), S_OK);
    SAME(szText, "short");
    CHECK_EQ(StringCchCopy(szText, ARRAYSIZE(szText), TEXT("longer")), STRSAFE_E_INSUFFICIENT_BUFFER);
    SAME(szText, "longe");
    CHECK_EQ(StringCchCopy(szText, 1, TEXT("")), S_OK);
    SAME(szText, "");
    CHECK_EQ(StringCchCopy(szText, 0, TEXT("x")), STRSAFE_E_INVALID_PARAMETER);
    CHECK_EQ(StringCchCopyN(szText, 6, TEXT("abcdefgh"), 3), S_OK);
    SAME(szText, "abc");
    CHECK_EQ(StringCchCopyN(szText, 6, TEXT("abcdefgh"), 6), STRSAFE_E_INSUFFICIENT_BUFFER);
    SAME(szText, "abcde");
}

static void text_is_added(void)
{
    TCHAR szText[8] = TEXT("abc");
    CHECK_EQ(StringCchCat(szText, 8, TEXT("def")), S_OK);
    SAME(szText, "abcdef");
    CHECK_EQ(StringCchCat(szText, 8, TEXT("gh")), STRSAFE_E_INSUFFICIENT_BUFFER);
    SAME(szText, "abcdefg");
    CHECK_EQ(StringCchCat(szText, 8, TEXT("")), S_OK);
    CHECK_EQ(StringCchCat(szText, 3, TEXT("x")), STRSAFE_E_INVALID_PARAMETER);
    CHECK_EQ((DWORD)STRSAFE_E_INSUFFICIENT_BUFFER, 0x8007007a);
    CHECK_EQ(STRSAFE_E_INVALID_PARAMETER, E_INVALIDARG);
}

static void text_has_a_length(void)
{
    size_t cch = 99;
    CHECK_EQ(StringCchLength(TEXT("abc"), 4, &cch), S_OK);
    CHECK_EQ(cch, 3);
    CHECK_EQ(StringCchLength(TEXT("abc"), 3, &cch), STRSAFE_E_INVALID_PARAMETER);
    CHECK_EQ(cch, 0);
    CHECK_EQ(StringCchLength(NULL, 3, NULL), STRSAFE_E_INVALID_PARAMETER);
    CHECK_EQ(StringCchLength(TEXT("abc"), (size_t)STRSAFE_MAX_CCH + 1, NULL), STRSAFE_E_INVALID_PARAMETER);
}

#if !defined(UNICODE) || !MMSYSTEM_WCHAR_IS_UTF16

/* volatile, so that the compiler does not warn of the truncation. */
static volatile size_t five = 5;

static void numbers_and_text_are_printed(void)
{
    TCHAR szText[32];
    CHECK_EQ(StringCchPrintf(szText, 32, TEXT("%s-%03d.%c%%"), TEXT("take"), 7, TEXT('w')), S_OK);
    SAME(szText, "take-007.w%");
    CHECK_EQ(StringCchPrintf(szText, five, TEXT("%d"), 12345), STRSAFE_E_INSUFFICIENT_BUFFER);
    CHECK_EQ(szText[4], 0);
    CHECK_EQ(StringCchPrintf(szText, five, TEXT("%d"), 1234), S_OK);
    SAME(szText, "1234");
    CHECK_EQ(StringCchPrintf(szText, five - 5, TEXT("%d"), 1), STRSAFE_E_INVALID_PARAMETER);
#ifdef UNICODE
    CHECK_EQ(StringCchPrintf(szText, 32, TEXT("%S|%-4s|%.2s|%C"), "char", TEXT("ab"), TEXT("long"), 'c'), S_OK);
    SAME(szText, "char|ab  |lo|c");
#endif
    CHECK_EQ(StringCchPrintf(szText, 32, TEXT("%hs|%-3hs|%hc|%hS"), "narrow", "a", 'b', "c"), S_OK);
    SAME(szText, "narrow|a  |b|c");
#if !MMSYSTEM_WCHAR_IS_UTF16
    CHECK_EQ(StringCchPrintf(szText, 32, TEXT("%ls|%3ws|%lc|%lS"), L"wide", L"a", L'b', L"c"), S_OK);
    SAME(szText, "wide|  a|b|c");
#endif
    CHECK_EQ(StringCchPrintf(szText, 32, TEXT("%I64d|%I32u|%Iu|%lu"), (LONGLONG)-5 * 1000000000, 6u, (size_t)7, 8ul), S_OK);
    SAME(szText, "-5000000000|6|7|8");
}

#else

static void numbers_and_text_are_printed(void)
{
    char szText[8];
    CHECK_EQ(StringCchPrintfA(szText, 8, "%d", 1), S_OK);
    CHECK_BYTES(szText, "1", 2);
}

#endif

int main(void)
{
    text_is_copied();
    text_is_added();
    text_has_a_length();
    numbers_and_text_are_printed();
    return report();
}
