/* check.c: the checks of all files, and the calls of those of one format. */
#include "check.h"

#include <string.h>

#define FOUR_GIB ((int64_t)1 << 32)

/* Whether it is a RIFF, and not a LIST, at the top. */
static bool IsRiff(const Chunk *chunk)
{
    return chunk->depth == 1 && chunk->has_type && IsForm(chunk->id);
}

/* ---- sizes that lost a multiple of 4 GiB */

/* Whether the rest of the file consists of chunks, up to its end. */
static bool LeadsToTheEnd(Check *check, int64_t at, bool is_big_endian)
{
    unsigned char header[8];
    int steps;
    for (steps = 0; steps < 100 && at < check->input->size; steps++) {
        if (PeekAt(check->input, at, header, 8) != 8 || !IsPrintableCode(LittleEndian(header, 4)))
            return false;
        at += 8 + (int64_t)NumberAt(header + 4, 4, is_big_endian);
        at += at & 1;
    }
    return at == check->input->size || at == check->input->size + 1;
}

/* The multiple of 4 GiB that is missing; 0 if another number of bytes is, apart from a pad byte. */
static int64_t Lost(int64_t missing, int64_t length)
{
    int64_t multiple = missing / FOUR_GIB * FOUR_GIB;
    return missing > 0 && missing - multiple <= (length & 1) ? multiple : 0;
}

/* A writer that counts in 32 bits loses a multiple of 4 GiB. Chunks may follow the data of such a RIFF. */
static void CheckLostSize(Check *check, Chunk *chunk)
{
    int64_t end = chunk->data + chunk->length, lost;
    bool is_data = IsCode(chunk->id, "data");
    if (check->input->size == NO_END || chunk->is_streamed || !(IsRiff(chunk) || is_data))
        return;
    lost = Lost(check->input->size - end, chunk->length);
    if (IsRiff(chunk))
        check->lost = lost;
    else if (lost == 0 && check->lost > 0) {
        end += (chunk->length & 1) + check->lost;
        lost = LeadsToTheEnd(check, end, chunk->is_big_endian) ? check->lost : 0;
    }
    if (lost > 0)
        Report(check, chunk, WRONG, "lost-size", chunk->offset,
               "the size lost a multiple of 4 GiB: the true length is %lld bytes", (long long)(chunk->length + lost));
}

/* ---- counts */

void CheckCount(Check *check, Chunk *chunk, const char *what, int64_t count, int64_t before, int64_t record)
{
    int64_t space = chunk->length - before, fit = space > 0 ? space / record : 0;
    if (chunk->is_streamed || chunk->length < before)
        return;
    if (count > fit)
        Report(check, chunk, WRONG, "count", chunk->data, "it counts %lld %s, but has room for %lld", (long long)count,
               what, (long long)fit);
    else if (count * record < space)
        Report(check, chunk, DOUBTFUL, "count", chunk->data + before + count * record,
               "%lld byte%s after the %lld %s that it counts", (long long)(space - count * record),
               Plural(space - count * record), (long long)count, what);
}

void CheckNumber(Check *check, Chunk *chunk, int64_t offset, const char *header, const char *what, DWORD counted,
                 DWORD actual)
{
    if (counted != actual)
        Report(check, chunk, WRONG, "count", offset, "%s counts %u %s%s, but there %s %u", header, (unsigned)counted,
               what, Plural(counted), actual == 1 ? "is" : "are", (unsigned)actual);
}

/* ---- the formats */

static void Restart(Check *check, const Chunk *riff)
{
    Check old = *check;
    memset(check, 0, sizeof(*check));
    check->sink = old.sink;
    check->input = old.input;
    check->has_no_memory = old.has_no_memory;
    check->places = old.places;
    check->place_capacity = old.place_capacity;
    check->form = riff->type;
    check->riff_at = riff->offset;
    check->video = -1;
}

void BeginChunk(Check *check, const Chunk *chunk)
{
    if (IsRiff(chunk))
        Restart(check, chunk);
    check->kind = chunk->id;
    check->far_records = 0;
}

void WatchRecord(Check *check, const Reading *item, int64_t number)
{
    if (IsCode(check->form, "WAVE"))
        WatchPoint(check, item, number);
    else if (IsCode(check->form, "AVI "))
        WatchIndex(check, item, number);
    else if (IsCode(check->form, "sfbk"))
        WatchPreset(check, item);
}

void CheckChunk(Check *check, Chunk *chunk, const Reading *reading)
{
    CheckLostSize(check, chunk);
    if (IsCode(check->form, "WAVE"))
        CheckWave(check, chunk, reading);
    else if (IsCode(check->form, "AVI "))
        CheckAvi(check, chunk, reading);
    else
        CheckTables(check, chunk, reading);
}

/* Whether another RIFF begins after this one. */
static bool IsFollowed(Check *check, const Chunk *riff)
{
    unsigned char code[4];
    return PeekAt(check->input, riff->next, code, 4) == 4 && IsForm(LittleEndian(code, 4));
}

void CheckEnd(Check *check, Chunk *chunk)
{
    /* The chunks after a RIFF may be those that it lacks. */
    if (IsCode(check->form, "WAVE")) {
        if (chunk->depth == 0 || (IsRiff(chunk) && IsFollowed(check, chunk)))
            CheckWaveEnd(check, chunk);
    } else if (IsRiff(chunk) && IsCode(check->form, "AVI "))
        CheckAviEnd(check, chunk);
    else if (chunk->has_type)
        CheckTablesEnd(check, chunk);
}
