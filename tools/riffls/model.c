/* model.c: decides sizes, ends and pad bytes by the rules of model.h. */
#include "riffls.h"

#include <string.h>

/* ---- the end of a chunk */

/* The sizes in the ds64 chunk of a form, which is its first chunk. */
static void ReadLongSizes(Input *input, const Chunk *form, LongSizes *sizes)
{
    unsigned char bytes[HEADER + 28 + 12 * 16];
    LONG count = PeekAt(input, form->data + TYPE, bytes, sizeof(bytes));
    DWORD size = count < HEADER ? 0 : NumberAt(bytes + 4, 4, false), entries, i;
    memset(sizes, 0, sizeof(*sizes));
    if (count < HEADER + 16 || NumberAt(bytes, 4, false) != FOURCC_DS64 || size < 16)
        return;
    sizes->file = LongNumberAt(bytes + HEADER);
    sizes->data = LongNumberAt(bytes + HEADER + 8);
    if (size < 28 || count < HEADER + 28)
        return;
    entries = NumberAt(bytes + HEADER + 24, 4, false);
    for (i = 0; i < entries && i < 16 && 28 + 12 * (i + 1) <= size; i++) {
        const unsigned char *entry = bytes + HEADER + 28 + 12 * i;
        if ((LONG)(HEADER + 28 + 12 * (i + 1)) > count)
            break;
        sizes->others[i].id = NumberAt(entry, 4, false);
        sizes->others[i].size = LongNumberAt(entry + 4);
        sizes->count++;
    }
}

/* The size of a chunk in ds64; -1 if it is not there. */
static int64_t LongSizeOf(const Chunk *chunk, const LongSizes *sizes)
{
    bool is_filled = sizes->file > 0;
    int i;
    if (chunk->size != STREAMED)
        return -1;
    if (IsForm(chunk->id))
        return is_filled ? sizes->file : -1;
    if (chunk->id == FOURCC_DATA)
        return is_filled || sizes->data > 0 ? sizes->data : -1;
    for (i = 0; i < sizes->count; i++)
        if (sizes->others[i].id == chunk->id)
            return sizes->others[i].size;
    return -1;
}

bool IsUnfilled(const Chunk *chunk)
{
    return chunk->size == 0 && (chunk->has_type || chunk->length > 0);
}

/* Whether `data` of size 0 has samples: what follows is no chunk. */
static bool HasSamples(Input *input, const Chunk *chunk)
{
    unsigned char byte;
    int64_t limit = LimitOf(input, chunk->parent);
    if (chunk->id != FOURCC_DATA || chunk->size != 0 || chunk->depth != 2 || chunk->data >= limit ||
        PeekAt(input, chunk->data, &byte, 1) <= 0 || SenseAt(input, chunk->parent, chunk->data) >= USUAL_CODE)
        return false;
    return chunk->parent->end == NO_END || FindChain(input, chunk->parent, chunk->data, limit) < 0;
}

static void SetEnd(Input *input, Chunk *chunk, const LongSizes *sizes)
{
    int64_t limit = chunk->parent->end, there = input->size, long_size = LongSizeOf(chunk, sizes);
    bool is_open = limit == NO_END || chunk->parent->is_streamed;
    chunk->length = long_size >= 0 ? long_size : chunk->size;
    chunk->end = chunk->data + chunk->length;
    if (long_size < 0 && is_open && IsPlaceholder(chunk->id, chunk->size))
        chunk->is_streamed = chunk->size == STREAMED || chunk->end > there || there == NO_END;
    else if (HasSamples(input, chunk)) {
        chunk->is_streamed = limit == NO_END;
        chunk->length = limit == NO_END ? 0 : limit - chunk->data;
        chunk->end = limit;
    }
    /* In a pipe a placeholder can be a true size: it is used until the pipe ends earlier. */
    if (chunk->is_streamed && (there != NO_END || chunk->size == STREAMED || chunk->size == 0))
        chunk->end = NO_END;
    if (chunk->end > limit) {
        chunk->excess = chunk->is_streamed ? 0 : chunk->end - limit;
        chunk->end = limit;
    }
}

/* Whether it is a frame of an animation, in WebP: after numbers it has chunks. */
static bool IsFrame(Input *input, const Chunk *chunk)
{
    unsigned char numbers[FRAME];
    return chunk->id == mmioFOURCC('A', 'N', 'M', 'F') && chunk->parent->type == mmioFOURCC('W', 'E', 'B', 'P') &&
           chunk->end - chunk->data >= FRAME && PeekAt(input, chunk->data, numbers, FRAME) == FRAME;
}

/* The form or list type, if there is room for it. */
static void SetType(Input *input, Chunk *chunk, const unsigned char *type, LONG count)
{
    chunk->inner = IsFrame(input, chunk) ? FRAME : 0;
    if (!IsList(chunk->id) || count < TYPE)
        return;
    if (chunk->size == 0 && chunk->depth == 1 && IsForm(chunk->id) &&
        IsPrintableCode(NumberAt(type, TYPE, false)) && !IsForm(NumberAt(type, TYPE, false)))
        chunk->end = NO_END;
    chunk->has_type = chunk->end - chunk->data >= TYPE;
    if (chunk->has_type)
        chunk->type = NumberAt(type, TYPE, false);
    chunk->inner = chunk->has_type ? TYPE : 0;
}

void TakeHeader(Input *input, Chunk *chunk, const Chunk *parent, LongSizes *sizes)
{
    unsigned char bytes[HEADER + TYPE];
    LONG count = Peek(input, bytes, sizeof(bytes));
    memset(chunk, 0, sizeof(*chunk));
    chunk->parent = parent;
    chunk->depth = parent->depth + 1;
    chunk->id = NumberAt(bytes, 4, false);
    chunk->is_big_endian = chunk->depth == 1 && IsForm(chunk->id) ? chunk->id == FOURCC_RIFX : parent->is_big_endian;
    chunk->is_outside = chunk->depth == 1 && !IsForm(chunk->id) && parent->type != 0;
    chunk->size = NumberAt(bytes + 4, 4, chunk->is_big_endian);
    chunk->offset = Position(input);
    chunk->data = chunk->offset + HEADER;
    if (chunk->depth == 1 && IsForm(chunk->id)) {
        memset(sizes, 0, sizeof(*sizes));
        if (IsLongForm(chunk->id))
            ReadLongSizes(input, chunk, sizes);
    }
    SetEnd(input, chunk, sizes);
    SetType(input, chunk, bytes + HEADER, count - HEADER);
}

/* ---- the end of a RIFF */

/* Whether the file ends at `end`, the end of a chunk, or a chain of chunks begins there. */
static bool EndsWell(Input *input, const Chunk *file, int64_t end, bool is_odd)
{
    unsigned char bytes[3];
    LONG count = PeekAt(input, end - 1, bytes, sizeof(bytes));
    if (count <= 0)
        return false;
    if (count == 1 || (count == 2 && is_odd))
        return true;
    return IsChain(input, file, end + is_odd) || (is_odd && IsChain(input, file, end));
}

int64_t TrueEnd(Input *input, const Chunk *riff, int64_t offset)
{
    unsigned char bytes[HEADER];
    const Chunk *file = riff->parent;
    DWORD size;
    int64_t end;
    bool is_odd;
    if (riff->depth != 1 || !IsForm(riff->id) || riff->end == NO_END || riff->is_streamed || riff->end >= input->size ||
        PeekAt(input, offset, bytes, sizeof(bytes)) != HEADER)
        return riff->end;
    size = NumberAt(bytes + 4, 4, riff->is_big_endian);
    end = offset + HEADER + size;
    is_odd = (size & 1) != 0;
    if (size == 0 && NumberAt(bytes, 4, false) == FOURCC_DATA &&
        (end == riff->end || (end + HEADER == riff->end && SenseAt(input, riff, end) < USUAL_CODE)))
        return PeekAt(input, riff->end, bytes, 1) == 1 && !IsChain(input, file, riff->end) ? NO_END : riff->end;
    if (end <= riff->end || !IsPrintableCode(NumberAt(bytes, 4, false)) || !EndsWell(input, file, end, is_odd) ||
        IsChain(input, file, riff->end + (riff->length & 1)))
        return riff->end;
    /* The RIFF contains the pad byte. */
    return is_odd && PeekAt(input, end, bytes, 1) == 1 && bytes[0] == 0 ? end + 1 : end;
}

/* ---- pad bytes */

/* Whether at most a pad byte is missing if the file ends after this chunk. */
static bool IsLast(const Chunk *chunk)
{
    const Chunk *around;
    for (around = chunk->parent; around != NULL; around = around->parent)
        if (around->end != NO_END && around->end > chunk->end + 1)
            return false;
    return true;
}

/* Whether the next chunk begins at the place of the pad byte. */
static bool IsPadMissing(Input *input, const Chunk *parent, int64_t end)
{
    Sense here = SenseAt(input, parent, end), after = SenseAt(input, parent, end + 1);
    if (here <= ODD_CODE)
        return false;
    if (here != after)
        return here > after;
    return IsChain(input, parent, end) && !IsChain(input, parent, end + 1);
}

const char *WhyNoPad(Input *input, const Chunk *chunk)
{
    unsigned char byte;
    if (chunk->end == chunk->parent->end)
        return "the size is odd, and the parent has no room for the pad byte";
    if (Peek(input, &byte, 1) == 0)
        return IsLast(chunk) ? "the size is odd, and the file ends without the pad byte" : NULL;
    if (IsPadMissing(input, chunk->parent, chunk->end))
        return "the size is odd, and the next chunk begins without a pad byte";
    return NULL;
}

/* ---- bytes that are not a chunk */

Verdict Judge(Input *input, const Chunk *parent, int64_t *next)
{
    unsigned char bytes[HEADER];
    int64_t at = Position(input), limit = LimitOf(input, parent), behind;
    FOURCC id;
    DWORD size;
    Sense sense = SenseAt(input, parent, at);
    *next = -1;
    if (Peek(input, bytes, HEADER) < HEADER || limit - at < HEADER)
        return AT_REST;
    id = NumberAt(bytes, 4, false);
    size = NumberAt(bytes + 4, 4, parent->is_big_endian);
    if (parent->depth == 0 && (IsForm(id) || (id == FOURCC_LIST && at == parent->offset)))
        return AT_CHUNK;
    if (parent->depth == 0) {
        if (sense >= USUAL_CODE && IsChain(input, parent, at))
            return AT_CHUNK;
        *next = FindChain(input, parent, at + 1, limit);
        return *next >= 0 ? AT_STRAY_BYTES : AT_REST;
    }
    if (sense >= PRINTABLE_CODE)
        return AT_CHUNK;
    if (sense == ODD_CODE) {
        behind = at + HEADER + size + (size & 1);
        if ((id != 0 || size != 0) && (behind >= limit || SenseAt(input, parent, behind) >= PRINTABLE_CODE))
            return AT_CHUNK;
    }
    /* Not a chunk: a header that overlaps the first of a chain, or text, whose size is printable like its code. */
    *next = FindChain(input, parent, at + 1, IsPrintableCode(id) && !IsPrintableCode(size) ? at + HEADER - 1 : limit);
    if (*next >= 0)
        return AT_STRAY_BYTES;
    return IsPrintableCode(id) || (sense == ODD_CODE && (id != 0 || size != 0)) ? AT_CHUNK : AT_REST;
}
