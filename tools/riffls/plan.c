/* plan.c: finds the changes that correct the sizes of a file. */
#include "riffls.h"

#include <string.h>

/* An open chunk. */
typedef struct Frame {
    int64_t length; /* of the data, as it will be */
    int64_t cursor; /* the offset behind the last child */
    size_t edit;    /* the index of the edit of its size */
    bool had_no_size;
} Frame;

typedef struct Planner {
    Sink sink;
    Input *input;
    Edits *edits;
    int64_t offset; /* of the chunk to plan, or WHOLE_FILE */
    bool is_inside; /* that chunk is open */
    int64_t unwritable;
    Frame frames[MAX_DEPTH + 2]; /* of the file, its last RIFF, ... */
    Chunk riff;                  /* the last RIFF, to which chunks after it are added; valid if has_riff */
    bool has_riff, is_outside;   /* is_outside: the open chunks are after the last RIFF */
    size_t long_edit;            /* the index of the edits of the sizes in ds64: of the file, and then of `data` */
    bool has_long_edits;
} Planner;

/* Appends an edit that does nothing yet. Returns its index. */
static size_t Reserve(Planner *planner, int64_t offset)
{
    Edits *edits = planner->edits;
    Edit *all = (Edit *)Grow(edits->all, edits->count, &edits->capacity, sizeof(Edit));
    if (all == NULL) {
        edits->has_failed = true;
        return 0;
    }
    edits->all = all;
    memset(&edits->all[edits->count], 0, sizeof(Edit));
    edits->all[edits->count].offset = offset;
    return edits->count++;
}

static Edit *Append(Planner *planner, int64_t offset, int64_t removed)
{
    size_t index = Reserve(planner, offset);
    Edit *edit = planner->edits->has_failed ? NULL : &planner->edits->all[index];
    if (edit != NULL)
        edit->removed = removed;
    return edit;
}

static void Remove(Planner *planner, int64_t from, int64_t to, const char *what)
{
    Edit *edit = from < to ? Append(planner, from, to - from) : NULL;
    if (edit != NULL)
        snprintf(edit->text, sizeof(edit->text), "%lld byte%s %s left out: %s", (long long)(to - from),
                 Plural(to - from), to - from == 1 ? "is" : "are", what);
}

/* ---- sizes */

/* Whether this size is stored in ds64: it is 0xFFFFFFFF in the header of RF64 or of its `data`. There a size of 0 counts
 * only beside that of the file. */
static bool IsLong(const Planner *planner, const Chunk *chunk, int64_t length)
{
    bool is_data = chunk->id == FOURCC_DATA && (length > 0 || chunk->parent->size == STREAMED);
    return planner->has_long_edits && chunk->size == STREAMED && (IsForm(chunk->id) || is_data);
}

static void SetSize(Planner *planner, const Chunk *chunk, const Frame *frame)
{
    bool is_long = IsLong(planner, chunk, frame->length);
    size_t index = is_long ? planner->long_edit + (chunk->id == FOURCC_DATA) : frame->edit;
    char code[SAFE_CODE];
    Edit *edit;
    if (planner->edits->has_failed || (frame->length == chunk->length && !frame->had_no_size))
        return;
    if (!is_long && frame->length >= STREAMED) {
        planner->unwritable++;
        return;
    }
    edit = &planner->edits->all[index];
    edit->count = is_long ? 8 : 4;
    edit->removed = edit->count;
    PutNumber(edit->bytes, edit->count, frame->length, chunk->is_big_endian);
    SafeCode(chunk->id, code);
    if (frame->had_no_size)
        snprintf(edit->text, sizeof(edit->text), "the size of %s is filled in: %lld", code, (long long)frame->length);
    else
        snprintf(edit->text, sizeof(edit->text), "the size of %s, %lld, becomes %lld", code, (long long)chunk->length,
                 (long long)frame->length);
}

/* ---- the walk */

static bool IsWhole(const Planner *planner)
{
    return planner->offset == WHOLE_FILE;
}

static Frame *FrameOf(Planner *planner, const Chunk *chunk)
{
    return &planner->frames[chunk->depth + planner->is_outside];
}

/* Plans the size of the last RIFF, after all chunks that are added to it. */
static void FinishRiff(Planner *planner)
{
    if (planner->has_riff)
        SetSize(planner, &planner->riff, &planner->frames[1]);
    planner->has_riff = planner->is_outside = planner->has_long_edits = false;
}

/* Whether it is the ds64 chunk of an RF64 file, with space for two sizes. */
static bool HasLongSizes(const Planner *planner, const Chunk *chunk)
{
    return chunk->id == FOURCC_DS64 && chunk->depth == 2 && IsLongForm(chunk->parent->id) &&
           chunk->offset == chunk->parent->data + TYPE && EndInFile(planner->input, chunk) - chunk->data >= 16;
}

static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    Planner *planner = (Planner *)self;
    Frame *frame;
    /* Bytes after a RIFF without a type are kept: the code of the chunk after them would take the place of the type. */
    bool is_typed = !planner->has_riff || planner->riff.has_type || !IsForm(planner->riff.id) || chunk->depth > 1;
    (void)reading;
    if (chunk->depth == 0) {
        planner->frames[0].cursor = chunk->offset;
        return true;
    }
    if (!IsWhole(planner) && !planner->is_inside && chunk->offset != planner->offset)
        return chunk->offset < planner->offset;
    planner->is_inside = planner->edits->has_chunks = true;
    if (chunk->depth == 1 && !chunk->is_outside)
        FinishRiff(planner);
    planner->is_outside = planner->is_outside || (chunk->is_outside && planner->has_riff);
    frame = FrameOf(planner, chunk);
    if (IsWhole(planner) && is_typed)
        Remove(planner, frame[-1].cursor, chunk->offset, "not a chunk");
    frame->edit = Reserve(planner, chunk->offset + 4);
    frame->length = chunk->inner;
    frame->cursor = chunk->data + chunk->inner;
    frame->had_no_size = chunk->is_streamed || IsUnfilled(chunk);
    if (HasLongSizes(planner, chunk)) {
        planner->long_edit = Reserve(planner, chunk->data);
        Reserve(planner, chunk->data + 8);
        planner->has_long_edits = true;
    }
    return !planner->edits->has_failed;
}

/* Plans the end of a chunk: bytes after its last child, and the pad byte. `there` is the end of its data in
 * the file. */
static void FitEnd(Planner *planner, const Chunk *chunk, Frame *frame, int64_t there)
{
    bool is_walked = chunk->inner > 0 && chunk->depth < MAX_DEPTH, is_odd;
    bool has_pad = chunk->next > there && there < planner->input->size;
    Edit *edit;
    if (is_walked)
        Remove(planner, frame->cursor, there, "not a chunk");
    else
        frame->length = there - chunk->data;
    is_odd = (frame->length & 1) != 0;
    if (has_pad && !is_odd)
        Remove(planner, there, there + 1, "the pad byte of an odd size");
    edit = is_odd && !has_pad ? Append(planner, there, 0) : NULL;
    if (edit != NULL) {
        edit->count = 1;
        snprintf(edit->text, sizeof(edit->text), "a pad byte is inserted");
    }
    frame[-1].length += HEADER + frame->length + is_odd;
    frame->cursor = frame[-1].cursor = there + has_pad;
    if (chunk->depth == 1)
        planner->frames[0].cursor = there + has_pad;
}

static void Leave(Sink *self, Chunk *chunk)
{
    Planner *planner = (Planner *)self;
    int64_t size = planner->input->size, there = EndInFile(planner->input, chunk);
    Frame *frame = FrameOf(planner, chunk);
    bool is_riff = chunk->depth == 1 && !chunk->is_outside;
    if (chunk->depth == 0 && IsWhole(planner)) {
        FinishRiff(planner);
        /* So many bytes are those of a RIFF whose size lost a multiple of 4 GiB. */
        if (size - planner->frames[0].cursor >= STREAMED)
            planner->unwritable++;
        else
            Remove(planner, planner->frames[0].cursor, size, "not a chunk");
    } else if (IsWhole(planner)) {
        FitEnd(planner, chunk, frame, there);
        if (is_riff)
            planner->riff = *chunk;
        planner->has_riff = planner->has_riff || is_riff;
        if (!is_riff)
            SetSize(planner, chunk, frame);
    } else if (planner->is_inside) {
        frame->length = there - chunk->data;
        /* It contains the pad byte of its last chunk. */
        if (frame->had_no_size && chunk->inner > 0)
            frame->length += frame->length & 1;
        if (frame->had_no_size || chunk->offset == planner->offset)
            SetSize(planner, chunk, frame);
        planner->is_inside = chunk->offset != planner->offset;
        planner->edits->end = chunk->end;
    }
}

int64_t PlanEdits(Input *input, int64_t offset, Edits *edits)
{
    Planner planner;
    memset(&planner, 0, sizeof(planner));
    memset(edits, 0, sizeof(*edits));
    planner.sink.enter = Enter;
    planner.sink.leave = Leave;
    planner.input = input;
    planner.edits = edits;
    planner.offset = offset;
    GoTo(input, input->start);
    Walk(input, &planner.sink);
    return planner.unwritable;
}
