/* select.c: a chunk that the command line names, by its offset, its code, or a path. */
#include "riffls.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool ParseOffset(const char *text, int64_t *offset)
{
    char *end;
    bool is_hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    unsigned long long number;
    errno = 0;
    number = strtoull(text, &end, is_hex ? 16 : 10);
    *offset = (int64_t)number;
    return *end == '\0' && errno == 0 && number <= INT64_MAX;
}

/* Whether all parts between / are codes. */
static bool IsPath(const char *text)
{
    size_t length;
    for (;; text += length + 1) {
        length = strcspn(text, "/");
        if (length == 0 || length > 4)
            return false;
        if (text[length] == '\0')
            return true;
    }
}

bool ParseSelector(const char *text, Selector *selector)
{
    selector->text = text;
    selector->is_offset = text[0] >= '0' && text[0] <= '9' && ParseOffset(text, &selector->offset);
    /* The codes of streams, as 00dc, begin with digits. */
    return selector->is_offset || (IsPath(text) && text[strspn(text, "0123456789")] != '\0');
}

/* Whether the last part of the first `length` bytes is this code, apart from blanks at its end. If so, `length`
 * becomes the length of the parts before it. */
static bool TakeLast(const char *text, size_t *length, FOURCC code)
{
    unsigned char part[4] = {' ', ' ', ' ', ' '};
    size_t start = *length;
    while (start > 0 && text[start - 1] != '/')
        start--;
    memcpy(part, text + start, *length - start);
    if (LittleEndian(part, 4) != code)
        return false;
    *length = start > 0 ? start - 1 : 0;
    return true;
}

/* A list is named by its code, its type, or both. The lists that contain the first part need not be named. */
bool IsSelected(const Selector *selector, const Chunk *chunk)
{
    size_t length;
    bool is_taken;
    if (chunk->depth == 0)
        return false;
    if (selector->is_offset)
        return chunk->offset == selector->offset;
    for (length = strlen(selector->text); length > 0; chunk = chunk->parent) {
        if (chunk->depth == 0)
            return false;
        is_taken = chunk->has_type && TakeLast(selector->text, &length, chunk->type);
        if (length > 0 && TakeLast(selector->text, &length, chunk->id))
            is_taken = true;
        if (!is_taken)
            return false;
    }
    return true;
}

bool IsPassed(const Selector *selector, const Chunk *chunk)
{
    return selector->is_offset && chunk->depth > 0 && chunk->offset > selector->offset;
}

void PrintMissing(const Input *input, const Selector *selector)
{
    char safe[200];
    SafeText(selector->text, strlen(selector->text), 40, safe, sizeof(safe));
    if (selector->is_offset)
        PrintError(input->name, "no chunk begins at offset %lld", (long long)selector->offset);
    else
        PrintError(input->name, "there is no chunk %s", safe);
}
