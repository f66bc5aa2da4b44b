/* rows.c: chunks that are shown as a few numbers, and tables that are shown as their number of records. */
#include "riffls.h"

typedef struct Row {
    char id[5], in[5]; /* the code, and the type of the parent; "": any */
    DWORD offset;
    int width;
    const char *name, *unit;
} Row;

static const Row rows[] = {
    {"fact", "", 0, 4, "samples", " samples"},
    {"cue ", "", 0, 4, "points", " cue points"},
    {"smpl", "WAVE", 12, 4, "note", "unity note "},
    {"smpl", "WAVE", 28, 4, "loops", " loops"},
    {"labl", "adtl", 0, 4, "point", "cue point "},
    {"note", "adtl", 0, 4, "point", "cue point "},
    {"ltxt", "adtl", 0, 4, "point", "cue point "},
    {"ltxt", "adtl", 4, 4, "samples", " samples"},
    {"plst", "WAVE", 0, 4, "segments", " segments"},
    {"chna", "", 0, 2, "tracks", " tracks"},
    {"chna", "", 2, 2, "uids", " identifiers"},
    {"dmlh", "", 0, 4, "frames", " frames"},
    {"ifil", "INFO", 0, 2, "major", "."},
    {"ifil", "INFO", 2, 2, "minor", ""},
    {"iver", "INFO", 0, 2, "major", "."},
    {"iver", "INFO", 2, 2, "minor", ""},
    {"colh", "DLS ", 0, 4, "instruments", " instruments"},
    {"ptbl", "DLS ", 4, 4, "cues", " pool cues"},
    {"CSET", "", 0, 2, "code_page", "code page "},
};

static bool IsRowOf(const Row *row, const Chunk *chunk)
{
    return IsCode(chunk->id, row->id) && IsIn(chunk, row->in);
}

DWORD LeastOfRows(const Chunk *chunk)
{
    DWORD least = 0, needed;
    size_t i;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        needed = rows[i].offset + (DWORD)rows[i].width;
        if (IsRowOf(&rows[i], chunk) && needed > least)
            least = needed;
    }
    return least;
}

void ReadRows(Reading *reading, const Chunk *chunk)
{
    size_t i;
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Row *row = &rows[i];
        if (IsRowOf(row, chunk) && reading->length >= row->offset + (DWORD)row->width)
            AddNumber(reading, row->name, Number(reading, row->offset, row->width), row->unit);
    }
}

typedef struct Table {
    char id[5], in[5];
    DWORD size;
    DWORD ends; /* the number of records at the end that only mark the end */
    const char *name, *unit;
} Table;

static const Table tables[] = {
    {"idx1", "AVI ", 16, 0, "records", " records"},
    {"seq ", "ACON", 4, 0, "steps", " steps"},
    {"rate", "ACON", 4, 0, "steps", " steps"},
    {"smpl", "sdta", 2, 0, "samples", " samples of 16 bits"},
    {"sm24", "sdta", 1, 0, "samples", " samples"},
    {"phdr", "pdta", 38, 1, "presets", " presets"},
    {"pbag", "pdta", 4, 1, "zones", " zones"},
    {"pmod", "pdta", 10, 1, "modulators", " modulators"},
    {"pgen", "pdta", 4, 1, "generators", " generators"},
    {"inst", "pdta", 22, 1, "instruments", " instruments"},
    {"ibag", "pdta", 4, 1, "zones", " zones"},
    {"imod", "pdta", 10, 1, "modulators", " modulators"},
    {"igen", "pdta", 4, 1, "generators", " generators"},
    {"shdr", "pdta", 46, 1, "samples", " samples"},
};

void ReadTable(Reading *reading, const Chunk *chunk, const Context *context)
{
    size_t i;
    /* The samples of an SF3 are compressed. */
    if (context->sound_font >= 3 && IsIn(chunk, "sdta"))
        return;
    for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        const Table *table = &tables[i];
        DWORD records = chunk->size / table->size;
        if (IsCode(chunk->id, table->id) && IsIn(chunk, table->in) && !chunk->is_streamed &&
            records >= table->ends)
            AddNumber(reading, table->name, records - table->ends, table->unit);
    }
}
