/* walk.c: goes from chunk to chunk, and finds what is wrong with them.
 *
 * mmioDescend reads the headers. Where a chunk ends is reckoned here, in 64 bits and never past its parent: mmioAscend
 * believes what the chunk says. */
#include "riffls.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#define HEADER 8
#define TYPE 4
#define DEEPEST 64
#define STREAMED 0xFFFFFFFFu
#define FOURCC_RIFX mmioFOURCC('R', 'I', 'F', 'X')
#define FOURCC_RF64 mmioFOURCC('R', 'F', '6', '4')
#define FOURCC_BW64 mmioFOURCC('B', 'W', '6', '4')

typedef struct Walker {
    Input *input;
    Sink *sink;
    Context context;
    int64_t faults;
    int64_t said; /* where the end of a chunk was said to be missing: those around it miss it too */
    bool is_over;
} Walker;

/* The next bytes of the file: a header, perhaps. */
typedef struct Ahead {
    int64_t at;
    unsigned char bytes[HEADER + TYPE];
    LONG count;
} Ahead;

static void Find(Walker *walker, Chunk *chunk, const char *kind, int64_t offset, const char *format, ...)
    LIKE_PRINTF(5, 6);

static void Find(Walker *walker, Chunk *chunk, const char *kind, int64_t offset, const char *format, ...)
{
    Fault *fault = &chunk->faults[chunk->fault_count];
    va_list arguments;
    if (chunk->fault_count == MOST_FAULTS)
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

/* Whether bytes with so much room can be the header of a chunk. */
static bool IsPlausible(const unsigned char *bytes, int64_t room, const Chunk *parent)
{
    FOURCC id = LittleEndian(bytes, 4);
    return parent->depth == 0 ? IsForm(id) : IsPrintableCode(id) && Fits(bytes, room);
}

/* Of letters, digits, blanks and the like, as all well-known ones are. */
static bool IsUsual(const unsigned char *code)
{
    int i;
    for (i = 0; i < 4; i++)
        if (!isalnum(code[i]) && strchr(" _-", code[i]) == NULL)
            return false;
    return true;
}

/* ---- leaving a chunk */

/* Whether the next chunk begins where the pad byte should be. Bytes can look like a header at both places: then the
 * one with the usual code is. */
static bool IsPadMissing(const Ahead *ahead, int64_t room, const Chunk *parent)
{
    const unsigned char *here = ahead->bytes, *behind = here + 1;
    if (ahead->count <= HEADER || !IsPlausible(here, room, parent))
        return false;
    return !IsPlausible(behind, room - 1, parent) || (IsUsual(here) && !IsUsual(behind));
}

/* Whether nothing but a pad byte can be missing where the file ends after this chunk. */
static bool IsLast(const Chunk *chunk)
{
    const Chunk *around;
    for (around = chunk->parent; around != NULL; around = around->parent)
        if (around->end != NO_END && around->end > chunk->end + 1)
            return false;
    return true;
}

/* An odd size is followed by a pad byte; answers where the next chunk begins. */
static int64_t FindPad(Walker *walker, Chunk *chunk)
{
    int64_t end = chunk->end;
    const char *why = NULL;
    Ahead ahead;
    ahead.count = Peek(walker->input, ahead.bytes, HEADER + 1);
    if (end == chunk->parent->end)
        why = "the size is odd, and the chunk around it has no room for the pad byte";
    else if (ahead.count == 0 && IsLast(chunk))
        why = "the size is odd, and the file ends without the pad byte";
    else if (IsPadMissing(&ahead, chunk->parent->end - end, chunk->parent))
        why = "the size is odd, and the next chunk begins without a pad byte";
    if (why == NULL)
        return end + 1;
    if (walker->said != end)
        Find(walker, chunk, "no-pad", end, "%s", why);
    walker->said = end;
    return end;
}

/* Goes to the end of a chunk; answers where the next one begins. */
static int64_t Leave(Walker *walker, Chunk *chunk)
{
    int64_t arrived = GoTo(walker->input, chunk->end), next = arrived;
    bool is_whole = !chunk->is_streamed && chunk->data + chunk->size == chunk->end;
    if (walker->input->error != MMSYSERR_NOERROR) {
        /* Nothing can be said of it. */
    } else if (chunk->end == NO_END) {
        chunk->end = arrived;
    } else if (arrived < chunk->end) {
        if (walker->said != arrived)
            Find(walker, chunk, "truncated", arrived, "the file ends here, %lld bytes before the chunk does",
                 (long long)(chunk->end - arrived));
        walker->said = arrived;
    } else if (is_whole && (chunk->size & 1) != 0) {
        next = FindPad(walker, chunk);
    }
    walker->sink->leave(walker->sink, chunk);
    return GoTo(walker->input, next);
}

/* ---- entering a chunk */

/* Sets how far it goes; answers by how much its size goes past the parent. */
static int64_t SetEnd(Chunk *chunk, const Context *context)
{
    int64_t limit = chunk->parent->end, past;
    chunk->end = chunk->data + chunk->size;
    if (chunk->size == STREAMED && chunk->id == mmioFOURCC('d', 'a', 't', 'a') && context->data_size != 0) {
        chunk->end = chunk->data + (int64_t)context->data_size;
    } else if (chunk->size == STREAMED) {
        chunk->is_streamed = chunk->id != FOURCC_RF64 && chunk->id != FOURCC_BW64;
        chunk->end = limit;
    }
    past = chunk->end - limit;
    if (past > 0)
        chunk->end = limit;
    return past > 0 ? past : 0;
}

/* A form whose size is still 0, as it was before the file was written. */
static bool IsSizeless(const Chunk *chunk, const Ahead *ahead)
{
    return chunk->id == FOURCC_RIFF && chunk->size == 0 && chunk->depth == 1 && ahead->count == HEADER + TYPE &&
           IsPrintableCode(LittleEndian(ahead->bytes + HEADER, TYPE));
}

/* Tells what can be known of a chunk before what is in it. */
static void Enter(Walker *walker, Chunk *chunk, int64_t past, bool is_sizeless)
{
    Reading reading;
    DWORD least = ReadChunk(walker->input, chunk, &walker->context, &reading);
    bool is_list = IsForm(chunk->id) || chunk->id == FOURCC_LIST;
    walker->is_over = !walker->sink->enter(walker->sink, chunk, &reading);
    if (walker->is_over)
        return;
    if (!IsPrintableCode(chunk->id) || (chunk->has_type && !IsPrintableCode(chunk->type)))
        Find(walker, chunk, "code", chunk->offset, "the code or the type has a byte that is not printable ASCII");
    if (past > 0)
        Find(walker, chunk, "past-parent", chunk->offset, "the size goes %lld bytes past the end of the chunk around it",
             (long long)past);
    if (is_sizeless)
        Find(walker, chunk, "no-size", chunk->offset, "the size was never filled in: taken to reach to the end");
    else if (is_list && chunk->size < TYPE)
        Find(walker, chunk, "no-type", chunk->offset, "the size leaves no room for the %s type",
             chunk->id == FOURCC_LIST ? "list" : "form");
    if (least > chunk->size)
        Find(walker, chunk, "too-short", chunk->offset, "such a chunk has %u bytes at least", (unsigned)least);
}

static void WalkChildren(Walker *walker, Chunk *parent);

/* The chunk at the position, of which `ahead` is the beginning; answers where the next one begins. */
static int64_t WalkChunk(Walker *walker, Chunk *parent, const Ahead *ahead)
{
    Input *input = walker->input;
    Chunk chunk;
    MMCKINFO ck;
    MMRESULT error;
    int64_t past;
    bool is_sizeless;

    memset(&chunk, 0, sizeof(chunk));
    memset(&ck, 0, sizeof(ck));
    error = mmioDescend(input->hmmio, &ck, NULL, 0);
    if (error != MMSYSERR_NOERROR) {
        /* A header is there, but beyond what MMCKINFO can say. */
        input->error = error == MMIOERR_CHUNKNOTFOUND ? MMSYSERR_NOTSUPPORTED : error;
        return ahead->at;
    }
    chunk.parent = parent;
    chunk.depth = parent->depth + 1;
    chunk.id = ck.ckid;
    chunk.size = ck.cksize;
    chunk.offset = ahead->at;
    chunk.data = ahead->at + HEADER;
    if (chunk.depth == 1)
        memset(&walker->context, 0, sizeof(walker->context));
    past = SetEnd(&chunk, &walker->context);
    is_sizeless = IsSizeless(&chunk, ahead);
    if (is_sizeless)
        chunk.end = parent->end;
    chunk.has_type = (IsForm(chunk.id) || chunk.id == FOURCC_LIST) && chunk.end - chunk.data >= TYPE &&
                     ahead->count == HEADER + TYPE;
    if (chunk.has_type)
        chunk.type = LittleEndian(ahead->bytes + HEADER, TYPE);

    GoTo(input, chunk.data);
    Enter(walker, &chunk, past, is_sizeless);
    if (walker->is_over)
        return ahead->at;
    if (chunk.has_type && chunk.depth >= DEEPEST && chunk.end > chunk.data + TYPE) {
        Find(walker, &chunk, "too-deep", chunk.data, "chunks lie %d deep: what is in this one is not read", DEEPEST);
    } else if (chunk.has_type) {
        GoTo(input, chunk.data + TYPE);
        WalkChildren(walker, &chunk);
    }
    return walker->is_over ? ahead->at : Leave(walker, &chunk);
}

/* What is left of a parent, and can be no chunk. */
static void FindTrailing(Walker *walker, Chunk *parent)
{
    int64_t at = Position(walker->input), end = GoTo(walker->input, parent->end);
    if (end > at)
        Find(walker, parent, "trailing", at, "%lld bytes that are no chunk", (long long)(end - at));
}

/* Whether a chunk can begin with these bytes, which are a header at least. */
static bool IsChunk(const Ahead *ahead, int64_t room, const Chunk *parent)
{
    FOURCC id = LittleEndian(ahead->bytes, 4);
    if (parent->depth == 0)
        return IsForm(id) || (id == FOURCC_LIST && ahead->at == parent->offset);
    return id != 0 && (IsPrintableCode(id) || Fits(ahead->bytes, room));
}

static void WalkChildren(Walker *walker, Chunk *parent)
{
    int64_t at = Position(walker->input);
    while (at < parent->end && !walker->is_over && walker->input->error == MMSYSERR_NOERROR) {
        Ahead ahead;
        int64_t room = parent->end - at;
        ShowProgress(at);
        ahead.at = at;
        ahead.count = Peek(walker->input, ahead.bytes, HEADER + TYPE);
        if (ahead.count == 0)
            return;
        if (room < HEADER || ahead.count < HEADER || !IsChunk(&ahead, room, parent)) {
            /* The end of the file in the middle of a header is said of the parent, when that is left. */
            if (room < HEADER || ahead.count >= HEADER || parent->end == NO_END)
                FindTrailing(walker, parent);
            return;
        }
        at = WalkChunk(walker, parent, &ahead);
    }
}

/* ---- the file */

/* How a file begins that is walked: with RIFF, or, which is said, with a LIST. */
static bool FindBeginning(Walker *walker, Chunk *file)
{
    Ahead ahead;
    FOURCC id;
    ahead.count = Peek(walker->input, ahead.bytes, HEADER);
    if (walker->input->error != MMSYSERR_NOERROR)
        return false;
    id = ahead.count >= 4 ? LittleEndian(ahead.bytes, 4) : 0;
    if (ahead.count == 0)
        Find(walker, file, "not-riff", file->offset, "the file is empty");
    else if (id == FOURCC_RIFX)
        Find(walker, file, "rifx", file->offset, "the numbers in a RIFX file begin with the high byte, and are not read");
    else if (IsForm(id) && ahead.count < HEADER)
        Find(walker, file, "truncated", file->offset + ahead.count, "the file ends here, in its first header");
    else if (!IsForm(id))
        Find(walker, file, "not-riff", file->offset, "it does not begin with RIFF");
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
    walker.said = -1;
    file.offset = file.data = input->start;
    file.end = NO_END;
    nothing.count = 0;
    BeginProgress(input);
    if (sink->enter(sink, &file, &nothing)) {
        if (FindBeginning(&walker, &file))
            WalkChildren(&walker, &file);
        if (!walker.is_over && file.end == NO_END)
            file.end = input->size;
        sink->leave(sink, &file);
    }
    HideProgress();
    return walker.faults;
}
