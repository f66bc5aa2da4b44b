/* forms.h: names in the three encodings, for tests that run once in each. */
#ifndef FORMS_H
#define FORMS_H

#include "check.h"

/* In these tests the W functions are those for UTF-16, whatever WCHAR is. */
#undef mmioOpenW
#undef mmioRenameW
#undef mmioInstallIOProcW
#undef mmioStringToFOURCCW

enum form { BYTES, UTF16, UTF32, FORMS };

/* The size of a code unit in bytes. */
static inline size_t unit(int form)
{
    return form == BYTES ? 1 : form == UTF16 ? 2 : 4;
}

static inline void put_unit(int form, void *text, size_t at, unsigned long value)
{
    if (form == BYTES)
        ((char *)text)[at] = (char)value;
    else if (form == UTF16)
        ((MMSYSTEM_CHAR16 *)text)[at] = (MMSYSTEM_CHAR16)value;
    else
        ((MMSYSTEM_CHAR32 *)text)[at] = (MMSYSTEM_CHAR32)value;
}

/* Returns the code point at *utf8, and advances *utf8. */
static inline unsigned long next_code_point(const char **utf8)
{
    const unsigned char *byte = (const unsigned char *)*utf8;
    int more = *byte < 0x80 ? 0 : *byte < 0xe0 ? 1 : *byte < 0xf0 ? 2 : 3;
    unsigned long value = more == 0 ? *byte : *byte & (0x3fu >> more);
    int i;
    for (i = 1; i <= more; i++)
        value = value << 6 | (byte[i] & 0x3f);
    *utf8 += more + 1;
    return value;
}

/* Converts a name from UTF-8 to a form. Returns its length in code units. */
static inline size_t spell(int form, const char *utf8, void *text)
{
    size_t length = 0;
    while (*utf8 != 0) {
        if (form == BYTES) {
            put_unit(form, text, length++, (unsigned char)*utf8++);
        } else {
            unsigned long value = next_code_point(&utf8);
            if (form == UTF16 && value > 0xffff) {
                put_unit(form, text, length++, 0xd800 + ((value - 0x10000) >> 10));
                value = 0xdc00 + ((value - 0x10000) & 0x3ff);
            }
            put_unit(form, text, length++, value);
        }
    }
    put_unit(form, text, length, 0);
    return length;
}

/* Returns whether a name in a form is the same as this one in UTF-8. */
static inline int is_spelled(int form, const void *text, const char *utf8)
{
    char expected[4096];
    size_t length = spell(form, utf8, expected);
    return memcmp(text, expected, (length + 1) * unit(form)) == 0;
}

static inline HMMIO open_in(int form, void *text, LPMMIOINFO info, DWORD flags)
{
    if (form == BYTES)
        return mmioOpenA((LPSTR)text, info, flags);
    if (form == UTF16)
        return mmioOpenW((MMSYSTEM_CHAR16 *)text, info, flags);
    return mmioOpenU32((MMSYSTEM_CHAR32 *)text, info, flags);
}

/* Opens a file whose name is given in UTF-8 under its name in a form. */
static inline HMMIO open_spelled(int form, const char *utf8, LPMMIOINFO info, DWORD flags)
{
    char text[4096];
    spell(form, utf8, text);
    return open_in(form, text, info, flags);
}

/* The same, then closes the file. Returns 0, or the reason why it was not opened. */
static inline UINT error_of(int form, const char *utf8, DWORD flags)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    file = open_spelled(form, utf8, &info, flags);
    CHECK_EQ(file == NULL, info.wErrorRet != 0);
    if (file != NULL && file != TRUE_HANDLE)
        CHECK_EQ(mmioClose(file, 0), 0);
    return info.wErrorRet;
}

static inline MMRESULT rename_spelled(int form, const char *old_utf8, const char *new_utf8, LPCMMIOINFO info)
{
    char old_text[4096], new_text[4096];
    spell(form, old_utf8, old_text);
    spell(form, new_utf8, new_text);
    if (form == BYTES)
        return mmioRenameA(old_text, new_text, info, 0);
    if (form == UTF16)
        return mmioRenameW((MMSYSTEM_CHAR16 *)old_text, (MMSYSTEM_CHAR16 *)new_text, info, 0);
    return mmioRenameU32((MMSYSTEM_CHAR32 *)old_text, (MMSYSTEM_CHAR32 *)new_text, info, 0);
}

#endif /* FORMS_H */
