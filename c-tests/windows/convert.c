/* Conversions between UTF-8 and WCHAR: values, sizes, invalid text, and errors.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "MultiByteToWideChar", "WideCharToMultiByte".
 * Shows docs/contract.md, 10. Functions beside mmio: "ERROR_NO_UNICODE_TRANSLATION". */
#include <windows.h>

#include "check.h"

#define FOUR_BYTES (sizeof(WCHAR) == 4)

static WCHAR wide[64];
static char bytes[64];

/* The bytes are converted to this wide text, and back. */
static void check_both_ways(const char *text, const WCHAR *expected, int units)
{
    int size = (int)strlen(text), back;
    CHECK_EQ(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, size, NULL, 0), units);
    CHECK_EQ(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, size, wide, 64), units);
    CHECK(memcmp(wide, expected, (size_t)units * sizeof(WCHAR)) == 0);
    CHECK_EQ(MultiByteToWideChar(CP_UTF8, 0, text, size, wide, units), units);
    back = WideCharToMultiByte(CP_UTF8, 0, expected, units, NULL, 0, NULL, NULL);
    CHECK_EQ(back, size);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, 0, expected, units, bytes, back, NULL, NULL), size);
    CHECK_BYTES(bytes, text, (size_t)size);
    /* -1: with its NUL. */
    CHECK_EQ(MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, 64), units + 1);
    CHECK(wide[units] == 0);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, 0, wide, -1, bytes, 64, NULL, NULL), size + 1);
    CHECK_EQ(bytes[size], 0);
}

static void characters_of_each_length(void)
{
    static const WCHAR ascii[] = {'a', 'b', 0x7f};
    static const WCHAR two[] = {0x80, 0x7ff}, three[] = {0x800, 0xd7ff, 0xe000, 0xffff};
    static const WCHAR inner[] = {'a', 0, 'b'};
    WCHAR four[4];
    int units = 0;
    check_both_ways("ab\x7f", ascii, 3);
    check_both_ways("\xc2\x80\xdf\xbf", two, 2);
    check_both_ways("\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf", three, 4);
    if (FOUR_BYTES) {
        four[units++] = (WCHAR)0x10000;
        four[units++] = (WCHAR)0x10ffff;
    } else {
        four[units++] = (WCHAR)0xd800;
        four[units++] = (WCHAR)0xdc00;
        four[units++] = (WCHAR)0xdbff;
        four[units++] = (WCHAR)0xdfff;
    }
    check_both_ways("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", four, units);
    /* If the size is given, a NUL counts as a character. */
    CHECK_EQ(MultiByteToWideChar(CP_UTF8, 0, "a\0b", 3, wide, 64), 3);
    CHECK(memcmp(wide, inner, sizeof inner) == 0);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, 0, inner, 3, bytes, 64, NULL, NULL), 3);
    CHECK_BYTES(bytes, "a\0b", 3);
}

static void invalid_utf8(void)
{
    static const struct {
        const char *text;
        int replaced;
    } wrong[] = {
        {"\x80", 1},         {"\xbf", 1},         {"\xff", 1},         {"\xc0\x80", 2},        {"\xc1\xbf", 2},
        {"\xc3", 1},         {"\xe2\x82", 1},     {"\xed\xa0\x80", 3}, {"\xf0\x80\x80\x80", 4}, {"\xf4\x90\x80\x80", 4},
        {"\xf0\x9f\x98", 1}, {"\xe0\x80\x80", 3}, {"\xf5\x80\x80\x80", 4},
    };
    size_t i;
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int size = (int)strlen(wrong[i].text), unit;
        SetLastError(0xdead);
        CHECK_EQ(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, wrong[i].text, size, wide, 64), 0);
        CHECK_EQ(GetLastError(), ERROR_NO_UNICODE_TRANSLATION);
        CHECK_EQ(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, wrong[i].text, size, NULL, 0), 0);
        CHECK_EQ(MultiByteToWideChar(CP_UTF8, 0, wrong[i].text, size, wide, 64), wrong[i].replaced);
        for (unit = 0; unit < wrong[i].replaced; unit++) {
            CHECK_EQ(wide[unit], 0xfffd);
        }
    }
    /* The text after it is converted. */
    CHECK_EQ(MultiByteToWideChar(CP_UTF8, 0, "\xe2\x82x", 3, wide, 64), 2);
    CHECK(wide[0] == 0xfffd && wide[1] == 'x');
}

static void invalid_wide_text(void)
{
    static const WCHAR high[] = {'a', 0xd800, 'b'}, low[] = {0xdc00}, end[] = {0xdbff};
    SetLastError(0xdead);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, high, 3, bytes, 64, NULL, NULL), 0);
    CHECK_EQ(GetLastError(), ERROR_NO_UNICODE_TRANSLATION);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, 0, high, 3, bytes, 64, NULL, NULL), 5);
    CHECK_BYTES(bytes, "a\xef\xbf\xbd" "b", 5);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, 0, low, 1, bytes, 64, NULL, NULL), 3);
    CHECK_BYTES(bytes, "\xef\xbf\xbd", 3);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, 0, end, 1, bytes, 64, NULL, NULL), 3);
    CHECK_EQ(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, end, 1, NULL, 0, NULL, NULL), 0);
    if (FOUR_BYTES) {
        WCHAR beyond[1];
        beyond[0] = (WCHAR)0x110000;
        CHECK_EQ(WideCharToMultiByte(CP_UTF8, 0, beyond, 1, bytes, 64, NULL, NULL), 3);
        CHECK_EQ(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, beyond, 1, bytes, 64, NULL, NULL), 0);
    }
}

/* The call fails with this error. */
#define CHECK_FAILS(call, error)                                                                  \
    do {                                                                                          \
        SetLastError(0xdead);                                                                     \
        CHECK_EQ(call, 0);                                                                        \
        CHECK_EQ(GetLastError(), error);                                                          \
    } while (0)

static void sizes_and_flags(void)
{
    static const WCHAR text[] = {'t', 'e', 'x', 't', 0};
    BOOL used = 99;
    CHECK_FAILS(MultiByteToWideChar(CP_UTF8, 0, "text", 4, wide, 3), ERROR_INSUFFICIENT_BUFFER);
    CHECK_FAILS(MultiByteToWideChar(CP_UTF8, 0, "text", -1, wide, 4), ERROR_INSUFFICIENT_BUFFER);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, text, 4, bytes, 3, NULL, NULL), ERROR_INSUFFICIENT_BUFFER);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, 4, NULL, NULL), ERROR_INSUFFICIENT_BUFFER);
    CHECK_FAILS(MultiByteToWideChar(CP_UTF8, 0, NULL, -1, wide, 4), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(MultiByteToWideChar(CP_UTF8, 0, "text", 0, wide, 4), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(MultiByteToWideChar(CP_UTF8, 0, "text", 4, wide, -1), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(MultiByteToWideChar(CP_UTF8, 0, "text", 4, NULL, 4), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, NULL, 4, bytes, 4, NULL, NULL), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, text, 0, bytes, 4, NULL, NULL), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, text, 4, bytes, -1, NULL, NULL), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, text, 4, NULL, 4, NULL, NULL), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(MultiByteToWideChar(4711, 0, "text", 4, wide, 64), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(WideCharToMultiByte(4711, 0, text, 4, bytes, 64, NULL, NULL), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(MultiByteToWideChar(CP_UTF8, MB_PRECOMPOSED, "text", 4, wide, 64), ERROR_INVALID_FLAGS);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, WC_COMPOSITECHECK, text, 4, bytes, 64, NULL, NULL),
                ERROR_INVALID_FLAGS);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, text, 4, bytes, 64, "?", NULL), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(WideCharToMultiByte(CP_UTF8, 0, text, 4, bytes, 64, NULL, &used), ERROR_INVALID_PARAMETER);

    /* The system's code page may be used with flags and a default character. */
    CHECK_EQ(MultiByteToWideChar(CP_ACP, MB_PRECOMPOSED, "text", 4, wide, 64), 4);
    CHECK_EQ(WideCharToMultiByte(CP_ACP, WC_COMPOSITECHECK, text, -1, bytes, 64, "?", &used), 5);
    CHECK(used == FALSE && strcmp(bytes, "text") == 0);
}

int main(void)
{
    characters_of_each_length();
    invalid_utf8();
    invalid_wide_text();
    sizes_and_flags();
    return report();
}
