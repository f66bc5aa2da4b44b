/* check_tables.c: the tables of SF2, and the counts of DLS and ANI. */
#include "check.h"

/* ---- SF2: tables whose records have indexes into other tables, and a last record that only marks the end */

typedef struct FontLayout {
    char id[5];
    DWORD size;
    struct {
        DWORD offset;
        FontTableId into;
    } links[2];
    int link_count;
} FontLayout;

static const FontLayout layouts[FONT_TABLES] = {
    {"phdr", 38, {{24, PBAG}, {0, PBAG}}, 1},
    {"pbag", 4, {{0, PGEN}, {2, PMOD}}, 2},
    {"pmod", 10, {{0, PMOD}, {0, PMOD}}, 0},
    {"pgen", 4, {{0, PGEN}, {0, PGEN}}, 0},
    {"inst", 22, {{20, IBAG}, {0, IBAG}}, 1},
    {"ibag", 4, {{0, IGEN}, {2, IMOD}}, 2},
    {"imod", 10, {{0, IMOD}, {0, IMOD}}, 0},
    {"igen", 4, {{0, IGEN}, {0, IGEN}}, 0},
    {"shdr", 46, {{0, SHDR}, {0, SHDR}}, 0},
};

static void TakeLinks(Check *check, const FontLayout *layout, const Reading *record)
{
    int i;
    for (i = 0; i < layout->link_count; i++) {
        FontTable *table = &check->tables[layout->links[i].into];
        DWORD index = Number(record, layout->links[i].offset, 2);
        if (index > table->largest)
            table->largest = index;
    }
}

void WatchPreset(Check *check, const Reading *item)
{
    if (IsCode(check->kind, "phdr"))
        TakeLinks(check, &layouts[PHDR], item);
}

/* Reads the records in the rest of the chunk, which the reading has not read. */
static void ReadLinks(Check *check, const Chunk *chunk, const FontLayout *layout)
{
    Reading record;
    int64_t end = EndInFile(check->input, chunk);
    record.is_big_endian = chunk->is_big_endian;
    record.length = layout->size;
    while (Position(check->input) + layout->size <= end &&
           ReadBytes(check->input, record.bytes, (LONG)layout->size) == (LONG)layout->size)
        TakeLinks(check, layout, &record);
}

static void CheckFontTable(Check *check, Chunk *chunk, FontTableId id)
{
    const FontLayout *layout = &layouts[id];
    FontTable *table = &check->tables[id];
    table->chunk = chunk->offset;
    table->records = chunk->length / layout->size;
    if (chunk->is_streamed)
        return;
    if (chunk->length % layout->size != 0)
        Report(check, chunk, WRONG, "count", chunk->offset, "%lld byte%s are no multiple of a record of %u",
               (long long)chunk->length, Plural(chunk->length), (unsigned)layout->size);
    else if (table->records == 0)
        Report(check, chunk, WRONG, "count", chunk->offset, "the record that marks the end is missing");
    if (layout->link_count > 0)
        ReadLinks(check, chunk, layout);
}

/* An index may be that of the last record, which marks the end. */
static void CheckLinks(Check *check, Chunk *list)
{
    const char *missing = NULL;
    int i, more = -1;
    for (i = 0; i < FONT_TABLES; i++) {
        const FontTable *table = &check->tables[i];
        if (table->chunk == 0) {
            missing = missing == NULL ? layouts[i].id : missing;
            more++;
        } else if (table->largest >= table->records && table->records > 0)
            Report(check, list, WRONG, "index", table->chunk, "an index is %u, but %s has %lld record%s",
                   (unsigned)table->largest, layouts[i].id, (long long)table->records, Plural(table->records));
    }
    if (more == 0)
        Report(check, list, WRONG, "missing", list->offset, "there is no %s chunk", missing);
    else if (more > 0)
        Report(check, list, WRONG, "missing", list->offset, "there is no %s chunk, and %d more %s missing", missing,
               more, more == 1 ? "is" : "are");
}

static void CheckFont(Check *check, Chunk *chunk, const Reading *reading)
{
    int i;
    for (i = 0; i < FONT_TABLES; i++)
        if (IsIn(chunk, "pdta") && IsCode(chunk->id, layouts[i].id))
            CheckFontTable(check, chunk, (FontTableId)i);
    /* The samples of an SF3 are compressed. */
    if (IsCode(chunk->id, "smpl") && IsIn(chunk, "sdta") && chunk->length % 2 != 0 && !chunk->is_streamed &&
        reading->context->sound_font < 3)
        Report(check, chunk, DOUBTFUL, "count", chunk->offset, "%lld bytes are no multiple of a sample of 2",
               (long long)chunk->length);
}

/* ---- DLS and ANI: counts of chunks */

static void CheckInstruments(Check *check, Chunk *chunk, const Reading *reading)
{
    if (IsCode(chunk->id, "colh") && reading->length >= 4) {
        check->collection_at = chunk->data;
        check->instruments = Number(reading, 0, 4);
    } else if (IsCode(chunk->id, "insh") && reading->length >= 4) {
        check->instrument_at = chunk->data;
        check->regions = Number(reading, 0, 4);
    } else if (IsCode(chunk->id, "ptbl") && reading->length >= 8)
        CheckCount(check, chunk, "pool cues", Number(reading, 4, 4), Number(reading, 0, 4), 4);
    else if (chunk->has_type && IsCode(chunk->type, "ins ")) {
        check->collected++;
        check->instrument_at = 0;
        check->counted_regions = 0;
    } else if (chunk->has_type && (IsCode(chunk->type, "rgn ") || IsCode(chunk->type, "rgn2")))
        check->counted_regions++;
}

static void CheckIcons(Check *check, Chunk *chunk, const Reading *reading)
{
    if (IsCode(chunk->id, "anih") && reading->length >= 12) {
        check->pictures = Number(reading, 4, 4);
        check->collection_at = chunk->data;
    } else if (IsCode(chunk->id, "icon") && IsIn(chunk, "fram"))
        check->icons++;
}

void CheckTables(Check *check, Chunk *chunk, const Reading *reading)
{
    if (IsCode(check->form, "sfbk"))
        CheckFont(check, chunk, reading);
    else if (IsCode(check->form, "DLS "))
        CheckInstruments(check, chunk, reading);
    else if (IsCode(check->form, "ACON"))
        CheckIcons(check, chunk, reading);
}

void CheckTablesEnd(Check *check, Chunk *list)
{
    if (IsCode(check->form, "sfbk") && IsCode(list->type, "pdta"))
        CheckLinks(check, list);
    if (IsCode(check->form, "ACON") && list->depth == 1 && check->collection_at == 0)
        Report(check, list, WRONG, "missing", list->offset, "there is no anih chunk");
    else if (IsCode(check->form, "ACON") && list->depth == 1)
        CheckNumber(check, list, check->collection_at + 4, "anih", "frame", check->pictures, check->icons);
    if (IsCode(check->form, "DLS ") && IsCode(list->type, "ins ") && check->instrument_at != 0)
        CheckNumber(check, list, check->instrument_at, "insh", "region", check->regions, check->counted_regions);
    if (IsCode(check->form, "DLS ") && list->depth == 1 && check->collection_at != 0)
        CheckNumber(check, list, check->collection_at, "colh", "instrument", check->instruments, check->collected);
}
