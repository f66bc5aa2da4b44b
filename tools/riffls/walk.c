/* walk.c: walks the chunks of a file, and reports their faults.
 *
 * mmioDescend and mmioAscend are not used, because they do not report wrong sizes, and MMCKINFO has 32 bits. Here
 * positions have 64 bits, and never exceed the parent. */
#include "riffls.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#define HEADER 8
#define TYPE 4
#define MAX_DEPTH 64
#define STREAMED 0xFFFFFFFFu
#define FOURCC_RIFX mmioFOURCC('R', 'I', 'F', 'X')
#define FOURCC_RF64 mmioFOURCC('R', 'F', '6', '4')
#define FOURCC_BW64 mmioFOURCC('B', 'W', '6', '4')
#define FOURCC_DS64 mmioFOURCC('d', 's', '6', '4')
#define FOURCC_DATA mmioFOURCC('d', 'a', 't', 'a')

typedef struct Walker {
    Input *input;
    Sink *sink;
    Context context;
    int64_t faults;
    int64_t reported_end; /* where a missing end was reported: the chunks around miss it too */
    bool is_done;
} Walker;

/* The next bytes of the file: a header and the bytes after it, up to the size in the ds64 chunk of RF64. */
typedef struct Lookahead {
    int64_t at;
    unsigned char bytes[HEADER + TYPE + HEADER + 8];
    LONG count;
} Lookahead;

static void AddFault(Walker *walker, Chunk *chunk, const char *kind, int64_t offset, const char *format, ...)
    LIKE_PRINTF(5, 6);

static void AddFault(Walker *walker, Chunk *chunk, const char *kind, int64_t offset, const char *format, ...)
{
    Fault *fault = &chunk->faults[chunk->fault_count];
    va_list arguments;
    if (chunk->fault_count == MAX_FAULTS)
        return;
    chunk->fault_count++;
    fault->kind = kind;
    fault->offset = offset;
    va_start(arguments, format);
    vsnprintf(fault->text, sizeof(fault->text), format, arguments);
    va_end(arguments);
    walker->faults++;
    if (walker->sink->fault != NULL)
        walker->sink->fault(walker->sink, chunk, fault);
}

static bool IsForm(FOURCC id)
{
    return id == FOURCC_RIFF || id == FOURCC_RF64 || id == FOURCC_BW64;
}

static bool Fits(const unsigned char *bytes, int64_t room)
{
    DWORD size = LittleEndian(bytes + 4, 4);
    return size == STREAMED || size <= room - HEADER;
}

/* Whether the bytes can be the header of a chunk that fits into `room` bytes. */
static bool IsPlausible(const unsigned char *bytes, int64_t room, const Chunk *parent)
{
    FOURCC id = LittleEndian(bytes, 4);
    return parent->depth == 0 ? IsForm(id) : IsPrintableCode(id) && Fits(bytes, room);
}

/* Whether a code has only the characters of well-known codes. */
static bool IsUsual(const unsigned char *code)
{
    int i;
    for (i = 0; i < 4; i++)
        if (!isalnum(code[i]) && strchr(" _-", code[i]) == NULL)
            return false;
    return true;
}

static void NotifyLeave(const Walker *walker, const Chunk *chunk)
{
    if (walker->sink->leave != NULL)
        walker->sink->leave(walker->sink, chunk);
}

/* ---- leaving a chunk */

/* Whether the next chunk begins at the place of the pad byte. If there could be a header at both places, the one with a
 * usual code is it. */
static bool IsPadMissing(const Lookahead *ahead, int64_t room, const Chunk *parent)
{
    const unsigned char *here = ahead->bytes, *after_pad = here + 1;
    if (ahead->count <= HEADER || !IsPlausible(here, room, parent))
        return false;
    return !IsPlausible(after_pad, room - 1, parent) || (IsUsual(here) && !IsUsual(after_pad));
}

/* Whether at most a pad byte is missing if the file ends after this chunk. */
static bool IsLast(const Chunk *chunk)
{
    const Chunk *around;
    for (around = chunk->parent; around != NULL; around = around->parent)
        if (around->end != NO_END && around->end > chunk->end + 1)
            return false;
    return true;
}

/* Checks the pad byte after an odd size. Returns the offset of the next chunk. */
static int64_t FindPad(Walker *walker, Chunk *chunk)
{
    int64_t end = chunk->end;
    const char *why = NULL;
    Lookahead ahead;
    ahead.count = Peek(walker->input, ahead.bytes, HEADER + 1);
    if (end == chunk->parent->end)
        why = "the size is odd, and the parent has no room for the pad byte";
    else if (ahead.count == 0 && IsLast(chunk))
        why = "the size is odd, and the file ends without the pad byte";
    else if (IsPadMissing(&ahead, chunk->parent->end - end, chunk->parent))
        why = "the size is odd, and the next chunk begins without a pad byte";
    if (why == NULL)
        return end + 1;
    if (walker->reported_end != end)
        AddFault(walker, chunk, "no-pad", end, "%s", why);
    walker->reported_end = end;
    return end;
}

/* Moves to the end of a chunk. Returns the offset of the next one. */
static int64_t Leave(Walker *walker, Chunk *chunk)
{
    int64_t arrived = GoTo(walker->input, chunk->end), next = arrived;
    int64_t missing = chunk->end - arrived;
    bool is_odd = (chunk->size & 1) != 0 && chunk->data + chunk->size == chunk->end;
    if (walker->input->error != MMSYSERR_NOERROR) {
        /* Nothing is known about the rest. */
    } else if (chunk->end == NO_END || (chunk->is_streamed && missing > 0)) {
        chunk->end = arrived;
    } else if (missing > 0) {
        if (walker->reported_end != arrived)
            AddFault(walker, chunk, "truncated", arrived, "the file ends here, %lld byte%s before the chunk does",
                 (long long)missing, Plural(missing));
        walker->reported_end = arrived;
    } else {
        chunk->is_streamed = false; /* the file has that many bytes: the size is real */
        next = is_odd ? FindPad(walker, chunk) : arrived;
    }
    NotifyLeave(walker, chunk);
    return GoTo(walker->input, next);
}

/* ---- the end of a chunk */

/* Whether the size is a placeholder of a writer to a pipe: all bits set, or, for RIFF and data chunks, about the largest
 * number of 31 or 32 bits, as sox and arecord write. */
static bool IsPlaceholder(const Chunk *chunk)
{
    if (chunk->id != FOURCC_RIFF && chunk->id != FOURCC_DATA)
        return chunk->size == STREAMED;
    return (chunk->size >= 0x7FFFF000u && chunk->size <= 0x80001000u) || chunk->size >= 0xFFFFF000u;
}

/* The 64-bit size from the ds64 chunk of RF64, or 0. */
static int64_t LongSizeOf(const Chunk *chunk, const Lookahead *ahead, const Context *context)
{
    const unsigned char *inner = ahead->bytes + HEADER + TYPE;
    if (chunk->size != STREAMED)
        return 0;
    if (chunk->id == FOURCC_DATA)
        return context->data_size;
    if (!IsForm(chunk->id) || chunk->id == FOURCC_RIFF || ahead->count < (LONG)sizeof(ahead->bytes))
        return 0;
    return LittleEndian(inner, 4) == FOURCC_DS64 ? LongSize(inner + HEADER) : 0;
}

/* Whether it is a RIFF chunk whose size was never filled in: 0, although it has a form type. */
static bool IsSizeless(const Chunk *chunk)
{
    return chunk->size == 0 && chunk->has_type;
}

/* The same for its data chunk: the bytes after it are samples, unless they can be a chunk. */
static bool IsSizelessData(const Walker *walker, const Chunk *chunk, const Lookahead *ahead)
{
    const unsigned char *next = ahead->bytes + HEADER;
    int64_t room = walker->input->size - chunk->data;
    if (chunk->id != FOURCC_DATA || chunk->size != 0 || !IsSizeless(chunk->parent) || ahead->count <= HEADER)
        return false;
    return ahead->count < 2 * HEADER || !IsUsual(next) || !IsPlausible(next, room, chunk->parent);
}

static void SetEnd(const Walker *walker, Chunk *chunk, const Lookahead *ahead)
{
    int64_t limit = chunk->parent->end, there = walker->input->size;
    int64_t long_size = LongSizeOf(chunk, ahead, &walker->context);
    bool is_open = limit == NO_END || chunk->parent->is_streamed;
    chunk->end = chunk->data + (long_size != 0 ? long_size : chunk->size);
    if (long_size == 0 && is_open && IsPlaceholder(chunk))
        chunk->is_streamed = chunk->size == STREAMED || chunk->end > there || there == NO_END;
    else
        chunk->is_streamed = IsSizelessData(walker, chunk, ahead);
    /* In a pipe a placeholder can be a true size: it is believed until the end comes sooner. */
    if (chunk->is_streamed && (there != NO_END || chunk->size == STREAMED || chunk->size == 0))
        chunk->end = NO_END;
    if (chunk->end > limit) {
        chunk->excess = chunk->is_streamed ? 0 : chunk->end - limit;
        chunk->end = limit;
    }
}

/* The form or list type, if there is room for it. */
static void SetType(Chunk *chunk, const Lookahead *ahead)
{
    FOURCC type;
    if (!(IsForm(chunk->id) || chunk->id == FOURCC_LIST) || ahead->count < HEADER + TYPE)
        return;
    type = LittleEndian(ahead->bytes + HEADER, TYPE);
    if (chunk->id == FOURCC_RIFF && chunk->size == 0 && chunk->depth == 1 && IsPrintableCode(type))
        chunk->end = NO_END;
    chunk->has_type = chunk->end - chunk->data >= TYPE;
    if (chunk->has_type)
        chunk->type = type;
}

/* ---- entering a chunk */

/* Passes a chunk to the sink, with the faults of its header. */
static void Enter(Walker *walker, Chunk *chunk)
{
    Reading reading;
    DWORD least = ReadChunk(walker->input, chunk, &walker->context, &reading);
    bool is_list = IsForm(chunk->id) || chunk->id == FOURCC_LIST;
    walker->is_done = !walker->sink->enter(walker->sink, chunk, &reading);
    if (walker->is_done)
        return;
    if (!IsPrintableCode(chunk->id) || (chunk->has_type && !IsPrintableCode(chunk->type)))
        AddFault(walker, chunk, "code", chunk->offset, "the code or the type has a byte that is not printable ASCII");
    if (chunk->excess > 0)
        AddFault(walker, chunk, "past-parent", chunk->offset,
             "the size goes %lld byte%s past the end of the parent", (long long)chunk->excess,
             Plural(chunk->excess));
    if (IsSizeless(chunk))
        AddFault(walker, chunk, "no-size", chunk->offset,
                 "the size was never filled in; the chunk is taken to extend to the end");
    else if (is_list && chunk->size < TYPE)
        AddFault(walker, chunk, "no-type", chunk->offset, "the size leaves no room for the %s type",
             chunk->id == FOURCC_LIST ? "list" : "form");
    if (least > chunk->size)
        AddFault(walker, chunk, "too-short", chunk->offset, "such a chunk has at least %u byte%s", (unsigned)least,
             Plural(least));
}

static void WalkChildren(Walker *walker, Chunk *parent);

/* Walks the chunk at the current position, which begins with `ahead`. Returns the offset of the next one. */
static int64_t WalkChunk(Walker *walker, Chunk *parent, const Lookahead *ahead)
{
    Chunk chunk;
    memset(&chunk, 0, sizeof(chunk));
    chunk.parent = parent;
    chunk.depth = parent->depth + 1;
    chunk.id = LittleEndian(ahead->bytes, 4);
    chunk.size = LittleEndian(ahead->bytes + 4, 4);
    chunk.offset = ahead->at;
    chunk.data = ahead->at + HEADER;
    if (chunk.depth == 1)
        memset(&walker->context, 0, sizeof(walker->context));
    SetEnd(walker, &chunk, ahead);
    SetType(&chunk, ahead);
    GoTo(walker->input, chunk.data);
    Enter(walker, &chunk);
    if (walker->is_done)
        return ahead->at;
    if (chunk.has_type && chunk.depth >= MAX_DEPTH && chunk.end > chunk.data + TYPE) {
        AddFault(walker, &chunk, "too-deep", chunk.data,
                 "chunks are nested %d deep: the contents of this one are not read", MAX_DEPTH);
    } else if (chunk.has_type) {
        GoTo(walker->input, chunk.data + TYPE);
        WalkChildren(walker, &chunk);
    }
    return walker->is_done ? ahead->at : Leave(walker, &chunk);
}

/* Reports the bytes at the end of a parent that cannot be a chunk. */
static void FindTrailing(Walker *walker, Chunk *parent)
{
    int64_t at = Position(walker->input), end = GoTo(walker->input, parent->end);
    if (end > at)
        AddFault(walker, parent, "trailing", at, "%lld byte%s that %s not a chunk", (long long)(end - at),
                 Plural(end - at), end - at == 1 ? "is" : "are");
}

/* Whether a chunk can begin with these bytes, which are at least a header. */
static bool IsChunk(const Lookahead *ahead, int64_t room, const Chunk *parent)
{
    FOURCC id = LittleEndian(ahead->bytes, 4);
    if (parent->depth == 0)
        return IsForm(id) || (id == FOURCC_LIST && ahead->at == parent->offset);
    return id != 0 && (IsPrintableCode(id) || Fits(ahead->bytes, room));
}

static void WalkChildren(Walker *walker, Chunk *parent)
{
    int64_t at = Position(walker->input);
    while (at < parent->end && !walker->is_done && walker->input->error == MMSYSERR_NOERROR) {
        Lookahead ahead;
        int64_t end = parent->end == NO_END ? walker->input->size : parent->end, room = end - at;
        ShowProgress(at);
        ahead.at = at;
        ahead.count = Peek(walker->input, ahead.bytes, sizeof(ahead.bytes));
        if (ahead.count == 0)
            return;
        if (room < HEADER || ahead.count < HEADER || !IsChunk(&ahead, room, parent)) {
            /* If the file ends inside a header, Leave reports it for the parent. */
            if (room < HEADER || ahead.count >= HEADER || parent->end == NO_END)
                FindTrailing(walker, parent);
            return;
        }
        at = WalkChunk(walker, parent, &ahead);
    }
}

/* ---- the file */

/* Returns whether the file is walked: it begins with RIFF, or with LIST, which is reported. */
static bool FindBeginning(Walker *walker, Chunk *file)
{
    Lookahead ahead;
    FOURCC id;
    ahead.count = Peek(walker->input, ahead.bytes, HEADER);
    if (walker->input->error != MMSYSERR_NOERROR)
        return false;
    id = ahead.count >= 4 ? LittleEndian(ahead.bytes, 4) : 0;
    if (ahead.count == 0)
        AddFault(walker, file, "not-riff", file->offset, "the file is empty");
    else if (id == FOURCC_RIFX)
        AddFault(walker, file, "rifx", file->offset,
             "the numbers in a RIFX file are big-endian, and are not read");
    else if (ahead.count == HEADER && memcmp(ahead.bytes, "riff\x2e\x91\xcf\x11", HEADER) == 0)
        AddFault(walker, file, "wave64", file->offset,
             "a Sony Wave64 file has GUIDs for codes, and is not read");
    else if (IsForm(id) && ahead.count < HEADER)
        AddFault(walker, file, "truncated", file->offset + ahead.count, "the file ends here, in its first header");
    else if (!IsForm(id))
        AddFault(walker, file, "not-riff", file->offset, "it does not begin with RIFF");
    return ahead.count == HEADER && (IsForm(id) || id == FOURCC_LIST);
}

int64_t Walk(Input *input, Sink *sink)
{
    Walker walker;
    Chunk file;
    Reading nothing;
    memset(&walker, 0, sizeof(walker));
    memset(&file, 0, sizeof(file));
    walker.input = input;
    walker.sink = sink;
    walker.reported_end = -1;
    file.offset = file.data = input->start;
    file.end = NO_END;
    nothing.count = 0;
    BeginProgress(input);
    if (sink->enter(sink, &file, &nothing)) {
        if (FindBeginning(&walker, &file))
            WalkChildren(&walker, &file);
        if (!walker.is_done && file.end == NO_END)
            file.end = input->size;
        NotifyLeave(&walker, &file);
    }
    HideProgress();
    return walker.faults;
}
