/* reading.c: reads the contents of well-known chunks into named fields. */
#include "riffls.h"

#include <mmreg.h>

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#define SHOWN 60 /* the most characters of a text in a line */

DWORD LittleEndian(const unsigned char *bytes, int count)
{
    return NumberAt(bytes, count, false);
}

DWORD Number(const Reading *reading, DWORD offset, int count)
{
    if (offset + (DWORD)count > reading->length)
        return 0;
    return NumberAt(reading->bytes + offset, count, reading->is_big_endian);
}

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

/* The text ends at a NUL. If only the beginning of the chunk was read, an incomplete character is omitted. */
void AddText(Reading *reading, const char *name, const char *before, DWORD offset, DWORD most)
{
    Field *field = Add(reading, name, FIELD_TEXT, before);
    field->text = reading->bytes + (offset < reading->length ? offset : reading->length);
    while (field->length < most && offset + field->length < reading->length && field->text[field->length] != 0)
        field->length++;
    if (offset + field->length == reading->length && reading->available > reading->length)
        field->length = WholeLength(field->text, field->length);
}

/* ---- chunks that are shown as a few numbers */

typedef struct Row {
    char id[5], in[5]; /* the code, and the type of the parent ("": any) */
    int offset, width;
    const char *name, *unit;
} Row;

static const Row rows[] = {
    {"fact", "", 0, 4, "samples", " samples"},
    {"cue ", "", 0, 4, "points", " cue points"},
    {"smpl", "WAVE", 12, 4, "note", "unity note "},
    {"smpl", "WAVE", 28, 4, "loops", " loops"},
    {"inst", "WAVE", 0, 1, "note", "unity note "},
    {"labl", "adtl", 0, 4, "point", "cue point "},
    {"note", "adtl", 0, 4, "point", "cue point "},
    {"ltxt", "adtl", 0, 4, "point", "cue point "},
    {"ltxt", "adtl", 4, 4, "samples", " samples"},
    {"dmlh", "", 0, 4, "frames", " frames"},
    {"anih", "ACON", 4, 4, "frames", " frames"},
    {"anih", "ACON", 8, 4, "steps", " steps"},
    {"ifil", "INFO", 0, 2, "major", "."},
    {"ifil", "INFO", 2, 2, "minor", ""},
    {"iver", "INFO", 0, 2, "major", "."},
    {"iver", "INFO", 2, 2, "minor", ""},
    {"colh", "DLS ", 0, 4, "instruments", " instruments"},
};

static bool IsCode(FOURCC code, const char *wanted)
{
    return code == mmioFOURCC(wanted[0], wanted[1], wanted[2], wanted[3]);
}

static bool IsIn(const Chunk *chunk, const char *type)
{
    return type[0] == '\0' || IsCode(chunk->parent->type, type);
}

static bool IsRowOf(const Row *row, const Chunk *chunk)
{
    return IsCode(chunk->id, row->id) && IsIn(chunk, row->in);
}

/* The bytes that the rows of a chunk need. */
static DWORD LeastOfRows(const Chunk *chunk)
{
    DWORD least = 0, needed;
    size_t i;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        needed = (DWORD)(rows[i].offset + rows[i].width);
        if (IsRowOf(&rows[i], chunk) && needed > least)
            least = needed;
    }
    return least;
}

static void ReadRows(Reading *reading, const Chunk *chunk)
{
    size_t i;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Row *row = &rows[i];
        if (IsRowOf(row, chunk) && reading->length >= (DWORD)(row->offset + row->width))
            AddNumber(reading, row->name, Number(reading, (DWORD)row->offset, row->width), row->unit);
    }
}

/* ---- chunks that are arrays of records */

typedef struct Table {
    char id[5], in[5];
    DWORD size;
    int ends; /* the number of records that only mark the end */
    const char *name, *unit;
} Table;

static const Table tables[] = {
    {"idx1", "AVI ", 16, 0, "records", " records"},  {"seq ", "ACON", 4, 0, "steps", " steps"},
    {"rate", "ACON", 4, 0, "steps", " steps"},       {"smpl", "sdta", 2, 0, "samples", " samples of 16 bits"},
    {"sm24", "sdta", 1, 0, "samples", " samples"},   {"phdr", "pdta", 38, 1, "presets", " presets"},
    {"pbag", "pdta", 4, 1, "zones", " zones"},       {"pmod", "pdta", 10, 1, "modulators", " modulators"},
    {"pgen", "pdta", 4, 1, "generators", " generators"},
    {"inst", "pdta", 22, 1, "instruments", " instruments"},
    {"ibag", "pdta", 4, 1, "zones", " zones"},       {"imod", "pdta", 10, 1, "modulators", " modulators"},
    {"igen", "pdta", 4, 1, "generators", " generators"},
    {"shdr", "pdta", 46, 1, "samples", " samples"},
};

static void ReadTable(Reading *reading, const Chunk *chunk, const Context *context)
{
    size_t i;
    /* The samples of an SF3 are compressed. */
    if (context->sound_font >= 3 && IsIn(chunk, "sdta"))
        return;
    for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        const Table *table = &tables[i];
        DWORD records = chunk->size / table->size;
        if (IsCode(chunk->id, table->id) && IsIn(chunk, table->in) && !chunk->is_streamed &&
            records >= (DWORD)table->ends)
            AddNumber(reading, table->name, records - (DWORD)table->ends, table->unit);
    }
}

/* ---- other chunks */

static void ReadText(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)context;
    /* In adtl a number precedes the text; `rows` reads it. */
    AddText(reading, "text", "", IsIn(chunk, "adtl") ? 4 : 0, PEEKED);
}

static void ReadData(Reading *reading, const Chunk *chunk, Context *context)
{
    double seconds = SecondsOf(context, chunk, reading->available);
    if (seconds > 0)
        AddReal(reading, "seconds", seconds, " s");
}

static void ReadFact(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD samples = Number(reading, 0, 4);
    (void)chunk;
    if (samples != UINT32_MAX) /* in RF64 the number is in ds64 */
        context->samples = samples;
}

/* `rows` reads the numbers. */
static void ReadVersion(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    context->sound_font = Number(reading, 0, 2);
}

static void ReadBroadcast(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddText(reading, "description", "", 0, 256);
    AddText(reading, "originator", "by ", 256, 32);
    AddText(reading, "date", "on ", 320, 10);
    AddText(reading, "time", "at ", 330, 8);
}

/* Not of a writer that did not come to its end: the size of the file is 0 then. */
static void ReadSizes(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    if (LongNumberAt(reading->bytes) <= 0)
        return;
    AddNumber(reading, "data_size", LongNumberAt(reading->bytes + 8), " data bytes");
    context->samples = reading->length >= 24 ? LongNumberAt(reading->bytes + 16) : 0;
}

static void ReadAviHeader(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD period = Number(reading, 0, 4);
    (void)chunk;
    (void)context;
    AddNumber(reading, "width", Number(reading, 32, 4), "x");
    AddNumber(reading, "height", Number(reading, 36, 4), "");
    if (period != 0)
        AddReal(reading, "frames_per_second", 1e6 / period, " frames per second");
    AddNumber(reading, "frames", Number(reading, 16, 4), " frames");
    AddNumber(reading, "streams", Number(reading, 24, 4), " streams");
}

static void ReadStreamHeader(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD scale = Number(reading, 20, 4);
    (void)chunk;
    context->stream = LittleEndian(reading->bytes, 4);
    AddText(reading, "type", "", 0, 4);
    if (Number(reading, 4, 4) > 0xFFFF)
        AddText(reading, "handler", "handler ", 4, 4);
    if (scale != 0)
        AddReal(reading, "rate", (double)Number(reading, 24, 4) / scale, " per second");
    AddNumber(reading, "length", Number(reading, 32, 4), " in all");
}

static void ReadWebP(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddNumber(reading, "width", (int64_t)Number(reading, 4, 3) + 1, "x");
    AddNumber(reading, "height", (int64_t)Number(reading, 7, 3) + 1, "");
}

typedef struct Reader {
    char id[5], in[5]; /* "": any */
    DWORD least, most; /* the bytes that it needs, and the most that it uses */
    void (*read)(Reading *reading, const Chunk *chunk, Context *context);
} Reader;

static const Reader readers[] = {
    {"fmt ", "WAVE", 14, 40, ReadFormat},
    {"fmt ", "wave", 14, 40, ReadFormat},
    {"fact", "", 4, 4, ReadFact},
    {"data", "", 0, 0, ReadData},
    {"bext", "WAVE", 346, 346, ReadBroadcast},
    {"ds64", "", 16, 24, ReadSizes},
    {"avih", "", 40, 40, ReadAviHeader},
    {"strh", "", 36, 36, ReadStreamHeader},
    {"strf", "", 0, 40, ReadStreamFormat},
    {"strn", "", 0, PEEKED, ReadText},
    {"labl", "adtl", 4, PEEKED, ReadText},
    {"note", "adtl", 4, PEEKED, ReadText},
    {"VP8X", "WEBP", 10, 10, ReadWebP},
    {"ifil", "INFO", 4, 4, ReadVersion},
    {"", "INFO", 0, PEEKED, ReadText},
};

static const Reader *FindReader(const Chunk *chunk)
{
    size_t i;
    for (i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
        if ((readers[i].id[0] == '\0' || IsCode(chunk->id, readers[i].id)) && IsIn(chunk, readers[i].in))
            return &readers[i];
    return NULL;
}

DWORD ReadChunk(Input *input, const Chunk *chunk, Context *context, Reading *reading)
{
    int64_t end = chunk->end < input->size ? chunk->end : input->size, room = end - chunk->data;
    const Reader *reader;
    DWORD least, most;
    reading->count = 0;
    reading->words_used = 0;
    reading->is_big_endian = chunk->is_big_endian;
    if (chunk->has_type || chunk->depth == 0)
        return 0;
    if (end == NO_END || (chunk->is_streamed && input->size == NO_END))
        reading->available = NO_END;
    else
        reading->available = room > 0 ? room : 0;
    reader = FindReader(chunk);
    least = LeastOfRows(chunk);
    most = reader != NULL && reader->most > least ? reader->most : least;
    reading->length = most == 0 ? 0 : (DWORD)Peek(input, reading->bytes, room < most ? (LONG)room : (LONG)most);
    ReadRows(reading, chunk);
    ReadTable(reading, chunk, context);
    /* A chunk of INFO that has rows is numbers, not text. */
    if (reader == NULL || (least > 0 && reader->id[0] == '\0'))
        return reading->length < least ? least : 0;
    if (reading->length >= reader->least)
        reader->read(reading, chunk, context);
    least = reader->least > least ? reader->least : least;
    return reading->length < least ? least : 0;
}

/* ---- one line of text */

/* The unit joins two numbers: 640x480, 2.1. */
static bool IsJoint(const char *unit)
{
    return strcmp(unit, "x") == 0 || strcmp(unit, ".") == 0;
}

/* Prints "1 channel" for 1 and " channels". */
static size_t FormatNumber(const Field *field, char *line, size_t size)
{
    size_t last = strlen(field->unit);
    bool goes_before = last > 0 && field->unit[last - 1] == ' ';
    bool is_one = field->kind == FIELD_NUMBER && field->number == 1 && last > 3 && field->unit[last - 1] == 's';
    char number[40];
    if (field->kind == FIELD_NUMBER)
        snprintf(number, sizeof(number), "%lld", (long long)field->number);
    else
        snprintf(number, sizeof(number), "%.6g", field->real);
    if (goes_before)
        return (size_t)snprintf(line, size, "%s%s", field->unit, number);
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
