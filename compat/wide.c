/* wide.c: the functions that take WCHAR. Compiled twice: with MMSYSTEM_WCHAR_UTF16, and for a WCHAR of 32 bits. */
#include "library.h"

#define CHARACTER WCHAR
#define LSTR(name) lstr##name##W
#define C_NAME(name) _wcs##name
#include "text.h"

/* The character written for invalid input. */
#define REPLACEMENT 0xfffd

/* The result of `next_of_*` for invalid input. */
#define INVALID 0xffffffff

static BOOL is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Decodes the first character of UTF-8 and its length. For INVALID the length is that of the bytes to replace by one
 * character: the longest valid prefix of a character, as Unicode recommends. */
static uint32_t next_of_bytes(const unsigned char *bytes, size_t size, size_t *length)
{
    unsigned char first = bytes[0], low = 0x80, high = 0xbf;
    uint32_t character;
    size_t expected;
    *length = 1;
    if (first < 0x80) {
        return first;
    }
    if (first < 0xc2 || first > 0xf4) {
        return INVALID;
    }
    expected = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    /* No overlong forms, no surrogates, nothing above U+10FFFF. */
    low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : low;
    high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : high;
    character = first & (0x7f >> expected);
    for (; *length < expected; (*length)++) {
        unsigned char byte = *length < size ? bytes[*length] : 0;
        if (*length == 1 ? byte < low || byte > high : !is_continuation(byte)) {
            return INVALID;
        }
        character = character << 6 | (byte & 0x3f);
    }
    return character;
}

static BOOL is_surrogate(uint32_t unit)
{
    return unit >= 0xd800 && unit <= 0xdfff;
}

/* Decodes the first character of a wide string and its length, or returns INVALID. */
static uint32_t next_of_units(const WCHAR *units, size_t size, size_t *length)
{
    uint32_t first = (uint32_t)units[0];
    *length = 1;
    if (!is_surrogate(first)) {
        return first > 0x10ffff ? INVALID : first;
    }
    if (sizeof(WCHAR) == 2 && first < 0xdc00 && size > 1) {
        uint32_t second = (uint32_t)units[1];
        if (second >= 0xdc00 && second <= 0xdfff) {
            *length = 2;
            return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        }
    }
    return INVALID;
}

/* Encodes a character, and returns the number of units. */
static size_t put_units(uint32_t character, WCHAR units[2])
{
    if (sizeof(WCHAR) == 4 || character < 0x10000) {
        units[0] = (WCHAR)character;
        return 1;
    }
    units[0] = (WCHAR)(0xd800 + ((character - 0x10000) >> 10));
    units[1] = (WCHAR)(0xdc00 + ((character - 0x10000) & 0x3ff));
    return 2;
}

static size_t put_bytes(uint32_t character, char bytes[4])
{
    size_t count = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4, i;
    for (i = count - 1; i > 0; i--, character >>= 6) {
        bytes[i] = (char)(0x80 | (character & 0x3f));
    }
    bytes[0] = (char)(count == 1 ? character : (0xf00 >> count & 0xff) | character);
    return count;
}

/* Whether a code page is UTF-8, as those of the system are here; FALSE with an error if not. */
static BOOL is_utf8(UINT page)
{
    switch (page) {
    case CP_ACP:
    case CP_OEMCP:
    case CP_MACCP:
    case CP_THREAD_ACP:
    case CP_UTF8:
        return TRUE;
    default:
        return fail(ERROR_INVALID_PARAMETER);
    }
}

/* Checks the buffers and sizes of a conversion. -1 is the size of a string with its NUL. */
static BOOL are_sizes(const void *text, int size, const void *to, int room)
{
    if (text == NULL || size == 0 || size < -1 || room < 0 || (to == NULL && room > 0) || text == to) {
        return fail(ERROR_INVALID_PARAMETER);
    }
    return TRUE;
}

/* Checks the flags of a conversion. Those in `others` have no effect, and CP_UTF8 does not permit them. */
static BOOL are_flags(UINT page, DWORD flags, DWORD of_errors, DWORD others)
{
    return (flags & ~(page == CP_UTF8 ? of_errors : of_errors | others)) == 0 ? TRUE : fail(ERROR_INVALID_FLAGS);
}

/* The result of a conversion to `count` units. */
static int converted(size_t count, int room)
{
    if (count > INT_MAX) {
        fail(ERROR_INVALID_PARAMETER);
        return 0;
    }
    if (room > 0 && count > (size_t)room) {
        fail(ERROR_INSUFFICIENT_BUFFER);
        return 0;
    }
    return (int)count;
}

int WINAPI MultiByteToWideChar(UINT page, DWORD flags, LPCSTR text, int size, LPWSTR to, int room)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t left, length, count = 0;
    if (!are_sizes(text, size, to, room) || !is_utf8(page) ||
        !are_flags(page, flags, MB_ERR_INVALID_CHARS, MB_PRECOMPOSED | MB_COMPOSITE | MB_USEGLYPHCHARS)) {
        return 0;
    }
    for (left = size < 0 ? strlen(text) + 1 : (size_t)size; left > 0; left -= length, bytes += length) {
        WCHAR units[2];
        size_t i, its;
        uint32_t character = next_of_bytes(bytes, left, &length);
        if (character == INVALID && flags & MB_ERR_INVALID_CHARS) {
            fail(ERROR_NO_UNICODE_TRANSLATION);
            return 0;
        }
        its = put_units(character == INVALID ? REPLACEMENT : character, units);
        for (i = 0; i < its; i++, count++) {
            if (count < (size_t)room) {
                to[count] = units[i];
            }
        }
    }
    return converted(count, room);
}

int WINAPI WideCharToMultiByte(UINT page, DWORD flags, LPCWSTR text, int size, LPSTR to, int room, LPCSTR character,
                               LPBOOL used)
{
    size_t left, length, count = 0;
    /* CP_UTF8 always uses its own replacement character (doc). */
    if (!are_sizes(text, size, to, room) || !is_utf8(page) ||
        !are_flags(page, flags, WC_ERR_INVALID_CHARS, WC_COMPOSITECHECK | WC_NO_BEST_FIT_CHARS | 0x70)) {
        return 0;
    }
    if (page == CP_UTF8 && (character != NULL || used != NULL)) {
        fail(ERROR_INVALID_PARAMETER);
        return 0;
    }
    if (used != NULL) {
        *used = FALSE;
    }
    for (left = size < 0 ? length_of(text) + 1 : (size_t)size; left > 0; left -= length, text += length) {
        char bytes[4];
        size_t i, its;
        uint32_t one = next_of_units(text, left, &length);
        if (one == INVALID && flags & WC_ERR_INVALID_CHARS) {
            fail(ERROR_NO_UNICODE_TRANSLATION);
            return 0;
        }
        if (one == INVALID && used != NULL) {
            *used = TRUE;
        }
        its = put_bytes(one == INVALID ? REPLACEMENT : one, bytes);
        for (i = 0; i < its; i++, count++) {
            if (count < (size_t)room) {
                to[count] = bytes[i];
            }
        }
    }
    return converted(count, room);
}

/* Returns a string in UTF-8, in memory from malloc; NULL with an error if there is no memory, or a name is not valid. */
static char *in_bytes(LPCWSTR text, DWORD flags)
{
    int size = WideCharToMultiByte(CP_UTF8, flags, text, -1, NULL, 0, NULL, NULL);
    char *bytes = size == 0 ? NULL : malloc((size_t)size);
    if (size != 0 && bytes == NULL) {
        fail(ERROR_NOT_ENOUGH_MEMORY);
    }
    if (bytes != NULL) {
        WideCharToMultiByte(CP_UTF8, flags, text, -1, bytes, size, NULL, NULL);
    }
    return bytes;
}

static char *name_in_bytes(LPCWSTR name)
{
    char *bytes;
    if (name == NULL) {
        fail(ERROR_PATH_NOT_FOUND);
        return NULL;
    }
    bytes = in_bytes(name, WC_ERR_INVALID_CHARS);
    if (bytes == NULL && GetLastError() == ERROR_NO_UNICODE_TRANSLATION) {
        fail(ERROR_INVALID_NAME);
    }
    return bytes;
}

HANDLE WINAPI CreateFileW(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                          DWORD flags, HANDLE pattern)
{
    char *bytes = name_in_bytes(name);
    HANDLE file = INVALID_HANDLE_VALUE;
    if (bytes != NULL) {
        file = CreateFileA(bytes, access, share, security, disposition, flags, pattern);
        free(bytes);
    }
    return file;
}

BOOL WINAPI DeleteFileW(LPCWSTR name)
{
    char *bytes = name_in_bytes(name);
    BOOL deleted = bytes != NULL && DeleteFileA(bytes);
    free(bytes);
    return deleted;
}

/* Returns a name as a wide string in memory from malloc, and its length. */
static WCHAR *in_units(const char *name, size_t *length)
{
    int size = MultiByteToWideChar(CP_UTF8, 0, name, -1, NULL, 0);
    WCHAR *units = size == 0 ? NULL : malloc((size_t)size * sizeof(WCHAR));
    if (units == NULL) {
        fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    MultiByteToWideChar(CP_UTF8, 0, name, -1, units, size);
    *length = (size_t)size - 1;
    return units;
}

DWORD WINAPI GetTempPathW(DWORD room, LPWSTR to)
{
    char *folder = temporary_folder();
    size_t length = 0;
    WCHAR *units = folder == NULL ? NULL : in_units(folder, &length);
    free(folder);
    if (units == NULL) {
        return 0;
    }
    if (length < room && to != NULL) {
        memcpy(to, units, (length + 1) * sizeof(WCHAR));
    } else {
        length++;
    }
    free(units);
    return (DWORD)length;
}

DWORD WINAPI GetModuleFileNameW(HMODULE module, LPWSTR to, DWORD room)
{
    char *file;
    WCHAR *units;
    size_t length = 0;
    DWORD part;
    if (module != NULL) {
        fail(ERROR_MOD_NOT_FOUND);
        return 0;
    }
    if (to == NULL || room == 0) {
        fail(ERROR_INSUFFICIENT_BUFFER);
        return 0;
    }
    file = program_file();
    units = file == NULL ? NULL : in_units(file, &length);
    free(file);
    if (units == NULL) {
        return 0;
    }
    part = part_that_fits(length, room);
    memcpy(to, units, part * sizeof(WCHAR));
    to[part] = 0;
    free(units);
    SetLastError(part < length ? ERROR_INSUFFICIENT_BUFFER : NO_ERROR);
    return part < length ? room : part;
}

void WINAPI OutputDebugStringW(LPCWSTR text)
{
    char *bytes = text == NULL ? NULL : in_bytes(text, 0);
    OutputDebugStringA(bytes);
    free(bytes);
}

int WINAPI MessageBoxW(HWND owner, LPCWSTR text, LPCWSTR caption, UINT type)
{
    char *its = text == NULL ? NULL : in_bytes(text, 0), *title = caption == NULL ? NULL : in_bytes(caption, 0);
    int answer = MessageBoxA(owner, its, title, type);
    free(its);
    free(title);
    return answer;
}
