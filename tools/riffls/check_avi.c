/* check_avi.c: the checks of AVI files: the counts in their header, and their index. */
#include "check.h"

#include <ctype.h>

/* ---- the chunks that an index can point at */

/* The number of the stream in a code such as 00dc; -1 if there is none. */
static int StreamOf(FOURCC id)
{
    int tens = (int)(id & 0xFF), ones = (int)(id >> 8 & 0xFF);
    return isdigit(tens) && isdigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
}

static bool IsPicture(FOURCC id)
{
    int third = (int)(id >> 16 & 0xFF), fourth = (int)(id >> 24);
    return third == 'd' && (fourth == 'c' || fourth == 'b');
}

static void RememberPlace(Check *check, const Chunk *chunk)
{
    Place *place, *places = (Place *)Grow(check->places, check->place_count, &check->place_capacity, sizeof(Place));
    if (places == NULL) {
        check->has_no_memory = true;
        return;
    }
    check->places = places;
    place = &check->places[check->place_count++];
    place->offset = chunk->offset;
    place->id = chunk->id == FOURCC_LIST ? chunk->type : chunk->id;
    place->size = chunk->size;
}

/* The chunks are in the order of their offsets. */
static const Place *FindPlace(const Check *check, int64_t offset)
{
    size_t low = 0, high = check->place_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (check->places[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < check->place_count && check->places[low].offset == offset ? &check->places[low] : NULL;
}

/* ---- idx1 */

/* Offsets are relative to the type of movi, or, by some writers, to the beginning of the file. The first record
 * decides. */
static int64_t BaseOf(Check *check, FOURCC id, DWORD offset)
{
    const Place *here = FindPlace(check, offset);
    if (!check->has_base) {
        const Place *there = FindPlace(check, check->movi + offset);
        check->has_base = true;
        check->is_absolute = here != NULL && here->id == id && (there == NULL || there->id != id);
    }
    return check->is_absolute ? 0 : check->movi;
}

static void CountBad(int64_t *count, int64_t *first, int64_t number)
{
    if ((*count)++ == 0)
        *first = number;
}

void WatchIndex(Check *check, const Reading *item, int64_t number)
{
    FOURCC id = LittleEndian(item->bytes, 4);
    DWORD offset = Number(item, 8, 4), size = Number(item, 12, 4);
    const Place *place;
    if (!IsCode(check->kind, "idx1"))
        return;
    place = FindPlace(check, BaseOf(check, id, offset) + offset);
    if (place == NULL)
        CountBad(&check->dangling, &check->dangling_at, number);
    else if (place->id != id)
        CountBad(&check->misplaced, &check->misplaced_at, number);
    else if (place->size != size)
        CountBad(&check->resized, &check->resized_at, number);
}

static void CheckIndex(Check *check, Chunk *chunk)
{
    if (check->movi == 0)
        Report(check, chunk, WRONG, "index", chunk->offset, "an index, but no LIST 'movi' before it");
    else if (check->dangling > 0)
        Report(check, chunk, WRONG, "index", chunk->data + 16 * check->dangling_at,
               "%lld record%s at no chunk, first record %lld", (long long)check->dangling,
               check->dangling == 1 ? " points" : "s point", (long long)check->dangling_at);
    if (check->misplaced > 0)
        Report(check, chunk, WRONG, "index", chunk->data + 16 * check->misplaced_at,
               "%lld record%s at a chunk of another code, first record %lld", (long long)check->misplaced,
               check->misplaced == 1 ? " points" : "s point", (long long)check->misplaced_at);
    if (check->resized > 0)
        Report(check, chunk, DOUBTFUL, "index", chunk->data + 16 * check->resized_at,
               "%lld record%s another size than the chunk, first record %lld", (long long)check->resized,
               check->resized == 1 ? " has" : "s have", (long long)check->resized_at);
    if (chunk->length % 16 != 0 && !chunk->is_streamed)
        Report(check, chunk, WRONG, "count", chunk->offset, "%lld bytes are no multiple of a record of 16",
               (long long)chunk->length);
}

/* ---- headers */

static bool IsInMovi(const Chunk *chunk)
{
    return IsIn(chunk, "movi") || (IsIn(chunk, "rec ") && IsIn(chunk->parent, "movi"));
}

void CheckAvi(Check *check, Chunk *chunk, const Reading *reading)
{
    if (chunk->has_type && IsCode(chunk->type, "movi") && check->movi == 0)
        check->movi = chunk->data;
    if (chunk->has_type && IsCode(chunk->type, "strl"))
        check->lists++;
    if (IsInMovi(chunk)) {
        RememberPlace(check, chunk);
        check->video_chunks += IsPicture(chunk->id) && StreamOf(chunk->id) == check->video;
    } else if (IsCode(chunk->id, "avih") && reading->length >= 40) {
        check->header_at = chunk->data;
        check->frames = Number(reading, 16, 4);
        check->streams = Number(reading, 24, 4);
    } else if (IsCode(chunk->id, "strh") && reading->length >= 4 && check->video < 0 &&
               IsCode(LittleEndian(reading->bytes, 4), "vids")) {
        check->video = (int)check->lists - 1;
    } else if (IsCode(chunk->id, "idx1"))
        CheckIndex(check, chunk);
}

void CheckAviEnd(Check *check, Chunk *riff)
{
    if (check->header_at == 0)
        Report(check, riff, WRONG, "missing", riff->offset, "there is no avih chunk");
    if (check->movi == 0)
        Report(check, riff, WRONG, "missing", riff->offset, "there is no LIST 'movi'");
    if (check->header_at == 0)
        return;
    CheckNumber(check, riff, check->header_at + 24, "avih", "stream", check->streams, check->lists);
    if (check->video >= 0 && check->movi != 0 && check->frames != check->video_chunks)
        Report(check, riff, DOUBTFUL, "count", check->header_at + 16, "avih counts %u frame%s, but movi has %u",
               (unsigned)check->frames, Plural(check->frames), (unsigned)check->video_chunks);
}
