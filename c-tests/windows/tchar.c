/* tchar.h: literals, types and functions follow _UNICODE.
 *
 * Shows docs/differences.md, Headers: "The functions of tchar.h". */
#include <tchar.h>

#include "check.h"

static void literals_are_of_tchar(void)
{
    const TCHAR text[] = _T("text");
    const _TCHAR *other = _TEXT("text");
    PTCHAR none = NULL;
    CHECK_EQ(sizeof text, 5 * sizeof(TCHAR));
    CHECK_BYTES(text, other, sizeof text);
    CHECK(none == NULL);
#ifdef _UNICODE
    CHECK_EQ(sizeof(TCHAR), sizeof(WCHAR));
#else
    CHECK_EQ(sizeof(TCHAR), 1);
#endif
}

#define NAME "name"

static void a_macro_in_a_literal_is_expanded(void)
{
#ifndef _UNICODE
    CHECK_BYTES(_T(NAME), "name", 5);
#elif !MMSYSTEM_WCHAR_IS_UTF16
    CHECK_BYTES(_T(NAME), L"name", 5 * sizeof(wchar_t));
#else
    const WCHAR name[] = {'n', 'a', 'm', 'e', 0};
    CHECK_BYTES(_T(NAME), name, sizeof name);
#endif
}

#if !defined(_UNICODE) || !MMSYSTEM_WCHAR_IS_UTF16

static void functions_are_of_the_type_of_tchar(void)
{
    TCHAR text[32];
    _tcscpy(text, _T("sounds"));
    _tcscat(text, _T("/click"));
    _tcsncat(text, _T(".wave"), 4);
    CHECK_EQ(_tcslen(text), 16);
    CHECK_EQ(_tcscmp(text, _T("sounds/click.wav")), 0);
    CHECK_EQ(_tcsncmp(text, _T("sounds\\click"), 6), 0);
    CHECK(_tcsncmp(text, _T("sounds\\click"), 7) != 0);
    CHECK(_tcschr(text, _T('/')) == text + 6);
    CHECK(_tcsrchr(text, _T('c')) == text + 10);
    CHECK(_tcsstr(text, _T("click")) == text + 7);
    _tcsncpy(text, text + 7, 3);
    CHECK_EQ(_tcsncmp(text, _T("clinds/"), 7), 0);
}

#else

static void functions_are_of_the_type_of_tchar(void)
{
#ifdef _tcslen
    CHECK(!"the C library has none for UTF-16");
#endif
}

#endif

/* Prints to a stream of its own: a stream stays wide after wide output, and the report uses standard output. */
static void printing_is_of_the_type_of_tchar(void)
{
#ifdef _ftprintf
    char bytes[16] = "";
    FILE *file = fopen("printed", "w");
    int (*print)(const TCHAR *, ...) = _tprintf;
    CHECK_EQ(_ftprintf(file, _T("%d%%"), 42), 3);
    fclose(file);
    CHECK_EQ(get_file("printed", bytes, sizeof bytes), 3);
    CHECK_BYTES(bytes, "42%", 3);
    CHECK(print != NULL);
#endif
}

int main(void)
{
    literals_are_of_tchar();
    a_macro_in_a_literal_is_expanded();
    functions_are_of_the_type_of_tchar();
    printing_is_of_the_type_of_tchar();
    return report();
}
