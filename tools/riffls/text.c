/* text.c: bytes of a file as text that is safe for a terminal and XML. */
#include "riffls.h"

#include <string.h>

/* The length of a UTF-8 character by its first byte; 0 if it is invalid. */
static size_t LengthOf(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
}

int DecodeCharacter(const unsigned char *text, size_t length, size_t *bytes)
{
    static const int smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t count = LengthOf(text[0]), i;
    int code = text[0];
    *bytes = 1;
    if (count == 1)
        return code;
    if (count == 0 || count > length)
        return -1;
    code &= 0x7F >> count;
    for (i = 1; i < count; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return -1;
        code = code << 6 | (text[i] & 0x3F);
    }
    if (code < smallest[count] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return -1;
    *bytes = count;
    return code;
}

bool IsUtf8(const unsigned char *text, size_t length)
{
    size_t bytes;
    for (; length > 0; text += bytes, length -= bytes)
        if (DecodeCharacter(text, length, &bytes) < 0)
            return false;
    return true;
}

/* False for characters that move the cursor, end a line or change the direction of text, and for those that XML
 * forbids. */
static bool IsSafe(int code)
{
    if (code < 0x20 || (code >= 0x7F && code < 0xA0) || (code & 0xFFFE) == 0xFFFE)
        return false;
    if (code == 0x61C || code == 0xFEFF || (code >= 0x200B && code <= 0x200F))
        return false;
    return !(code >= 0x2028 && code <= 0x202E) && !(code >= 0x2060 && code <= 0x206F);
}

int Windows1252(unsigned char byte)
{
    /* 0x80 to 0x9F; what is not assigned is a control character. */
    static const unsigned short codes[] = {
        0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160,
        0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
    };
    return byte >= 0x80 && byte < 0xA0 ? codes[byte - 0x80] : byte;
}

size_t EncodeCharacter(int code, unsigned char bytes[4])
{
    size_t count = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4, i;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (i = count; i > 1; i--, code >>= 6)
        bytes[i - 1] = (unsigned char)(0x80 | (code & 0x3F));
    bytes[0] = (unsigned char)(first[count] | code);
    return count;
}

/* The characters in `escaped` get a backslash. */
static void MakeSafe(const void *text, size_t length, size_t most, const char *escaped, char *safe, size_t size)
{
    const unsigned char *next = (const unsigned char *)text;
    size_t used = 0, shown = 0, bytes, i;
    for (; length > 0; next += bytes, length -= bytes, shown++) {
        int code = DecodeCharacter(next, length, &bytes);
        if (shown == most || used + 4 * bytes + sizeof("...") > size) {
            used += (size_t)snprintf(safe + used, size - used, "...");
            break;
        }
        if (code >= 0 && IsSafe(code)) {
            if (bytes == 1 && strchr(escaped, code) != NULL)
                safe[used++] = '\\';
            memcpy(safe + used, next, bytes);
            used += bytes;
        } else {
            for (i = 0; i < bytes; i++)
                used += (size_t)snprintf(safe + used, size - used, "\\x%02X", next[i]);
        }
    }
    safe[used] = '\0';
}

void SafeText(const void *text, size_t length, size_t most, char *safe, size_t size)
{
    MakeSafe(text, length, most, "", safe, size);
}

/* Text that is not UTF-8 is Windows-1252. The characters past `most` are not needed. */
static size_t ToUtf8(const unsigned char *text, size_t length, size_t most, unsigned char *utf8)
{
    size_t used = 0, i;
    for (i = 0; i < length && i <= most; i++)
        used += EncodeCharacter(Windows1252(text[i]), utf8 + used);
    return used;
}

void QuotedText(const void *text, size_t length, size_t most, char *safe, size_t size)
{
    unsigned char utf8[3 * (MOST_QUOTED + 1)];
    const unsigned char *bytes = (const unsigned char *)text;
    if (!IsUtf8(bytes, length)) {
        length = ToUtf8(bytes, length, most < MOST_QUOTED ? most : MOST_QUOTED, utf8);
        bytes = utf8;
    }
    safe[0] = '"';
    MakeSafe(bytes, length, most, "\"\\", safe + 1, size - 2);
    strcat(safe, "\"");
}

size_t WholeLength(const unsigned char *text, size_t length)
{
    size_t back;
    for (back = 1; back <= 3 && back <= length; back++) {
        unsigned char byte = text[length - back];
        if ((byte & 0xC0) != 0x80)
            return LengthOf(byte) > back ? length - back : length;
    }
    return length;
}

const char *Plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

void SafeCode(FOURCC code, char safe[SAFE_CODE])
{
    unsigned char bytes[4];
    char *next = safe;
    int i;
    for (i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(code >> 8 * i);
        next += sprintf(next, bytes[i] >= 0x20 && bytes[i] < 0x7F ? "%c" : "\\x%02X", bytes[i]);
    }
}

bool IsPrintableCode(FOURCC code)
{
    int i;
    for (i = 0; i < 4; i++)
        if ((code >> 8 * i & 0xFF) < 0x20 || (code >> 8 * i & 0xFF) >= 0x7F)
            return false;
    return true;
}
