/* fields.c: the named fields of a reading, and their text. */
#include "riffls.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#define SHOWN 60 /* the most characters of a text in a line */

/* ---- numbers of a file */

DWORD LittleEndian(const unsigned char *bytes, int count)
{
    return NumberAt(bytes, count, false);
}

DWORD Number(const Reading *reading, DWORD offset, int width)
{
    if (offset + (DWORD)width > reading->length)
        return 0;
    return NumberAt(reading->bytes + offset, width, reading->is_big_endian);
}

int SignedNumber(const Reading *reading, DWORD offset, int width)
{
    DWORD number = Number(reading, offset, width), sign = (DWORD)1 << (8 * width - 1);
    return (int)((int64_t)(number ^ sign) - (int64_t)sign);
}

double RealNumber(const Reading *reading, DWORD offset)
{
    DWORD bits = Number(reading, offset, 4);
    float number;
    memcpy(&number, &bits, sizeof(number));
    /* JSON has neither infinity nor NaN. */
    return number - number == 0 ? (double)number : 0;
}

/* ---- fields */

static Field *Add(Reading *reading, const char *name, FieldKind kind, const char *unit)
{
    Field *field = &reading->fields[reading->count];
    assert(reading->count < MAX_FIELDS);
    reading->count++;
    memset(field, 0, sizeof(*field));
    field->name = name;
    field->kind = kind;
    field->unit = unit;
    return field;
}

void AddNumber(Reading *reading, const char *name, int64_t number, const char *unit)
{
    Add(reading, name, FIELD_NUMBER, unit)->number = number;
}

void AddReal(Reading *reading, const char *name, double number, const char *unit)
{
    Add(reading, name, FIELD_REAL, unit)->real = number;
}

void AddWord(Reading *reading, const char *name, const char *before, const char *format, ...)
{
    Field *field = Add(reading, name, FIELD_WORD, before);
    char *words = reading->words + reading->words_used;
    size_t left = sizeof(reading->words) - reading->words_used;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, left, format, arguments);
    va_end(arguments);
    field->text = (const unsigned char *)words;
    field->length = strlen(words);
    reading->words_used += field->length + (field->length + 1 < left);
}

/* If only the beginning of the chunk was read, an incomplete character is omitted. */
void AddText(Reading *reading, const char *name, const char *before, DWORD offset, DWORD most)
{
    Field *field = Add(reading, name, FIELD_TEXT, before);
    field->text = reading->bytes + (offset < reading->length ? offset : reading->length);
    while (field->length < most && offset + field->length < reading->length && field->text[field->length] != 0)
        field->length++;
    if (offset + field->length == reading->length && reading->available > reading->length)
        field->length = WholeLength(field->text, field->length);
}

/* ---- one line of text */

/* The unit joins two numbers: 640x480, 2.1, 4/4. */
static bool IsJoint(const char *unit)
{
    return strcmp(unit, "x") == 0 || strcmp(unit, ".") == 0 || strcmp(unit, "/") == 0;
}

/* Formats a minute or more also in hours, minutes and seconds: 3661.5 s (1:01:01.5). */
static void FormatSeconds(double seconds, char *text, size_t size)
{
    int64_t all = (int64_t)(seconds * 1000 + 0.5), minutes = all / 60000;
    int used;
    if (minutes >= 60)
        used = snprintf(text, size, " s (%lld:%02d:", (long long)(minutes / 60), (int)(minutes % 60));
    else
        used = snprintf(text, size, " s (%d:", (int)minutes);
    used += snprintf(text + used, size - (size_t)used, "%02d.%03d", (int)(all / 1000 % 60), (int)(all % 1000));
    while (text[used - 1] == '0')
        used--;
    used -= text[used - 1] == '.';
    snprintf(text + used, size - (size_t)used, ")");
}

/* Formats a number and its unit. A unit in the plural loses its s after 1. */
static size_t FormatNumber(const Field *field, char *line, size_t size)
{
    size_t last = strlen(field->unit);
    bool goes_before = last > 0 && field->unit[last - 1] == ' ';
    bool is_one = field->kind == FIELD_NUMBER && field->number == 1 && last > 3 && field->unit[last - 1] == 's';
    char number[40], clock[60];
    if (field->kind == FIELD_NUMBER)
        snprintf(number, sizeof(number), "%lld", (long long)field->number);
    else
        snprintf(number, sizeof(number), field->real < 1e6 && field->real > -1e6 ? "%.6g" : "%.0f", field->real);
    if (goes_before)
        return (size_t)snprintf(line, size, "%s%s", field->unit, number);
    if (strcmp(field->unit, " s") == 0 && field->real >= 60 && field->real < 1e12) {
        FormatSeconds(field->real, clock, sizeof(clock));
        return (size_t)snprintf(line, size, "%s%s", number, clock);
    }
    return (size_t)snprintf(line, size, "%s%.*s", number, (int)(last - is_one), field->unit);
}

void FormatReading(const Reading *reading, char *line, size_t size)
{
    char text[4 * SHOWN + 10];
    size_t used = 0;
    int i;
    line[0] = '\0';
    for (i = 0; i < reading->count && used + sizeof(text) + 40 < size; i++) {
        const Field *field = &reading->fields[i];
        if (field->kind == FIELD_TEXT && field->length == 0)
            continue;
        if (used > 0 && !IsJoint(reading->fields[i - 1].unit))
            used += (size_t)snprintf(line + used, size - used, ", ");
        if (field->kind == FIELD_NUMBER || field->kind == FIELD_REAL) {
            used += FormatNumber(field, line + used, size - used);
            continue;
        }
        (field->kind == FIELD_TEXT ? QuotedText : SafeText)(field->text, field->length, SHOWN, text, sizeof(text));
        used += (size_t)snprintf(line + used, size - used, "%s%s", field->unit, text);
    }
}
