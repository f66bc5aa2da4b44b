/* walk.c: walks the chunks of a file by the rules of model.h, and reports their faults.
 *
 * mmioDescend and mmioAscend are not used, because they do not report wrong sizes, and MMCKINFO has 32 bits. Here
 * positions have 64 bits, and never exceed the parent. */
#include "riffls.h"

#include <stdarg.h>
#include <string.h>

#define BUDGET 250000 /* headers, about a second */

typedef struct Walker {
    Input *input;
    Sink *sink;
    Context context;
    LongSizes sizes;
    int64_t faults;
    int64_t reported_end; /* the last end that was reported; the chunks around it do not report it again */
    bool is_done;
} Walker;

void KeepFault(Chunk *chunk, Fault *fault, const char *format, va_list arguments)
{
    vsnprintf(fault->text, sizeof(fault->text), format, arguments);
    if (chunk->fault_count < MAX_FAULTS)
        chunk->faults[chunk->fault_count++] = *fault;
    else
        chunk->more_faults++;
}

static void AddFault(Walker *walker, Chunk *chunk, const char *kind, int64_t offset, int64_t bytes, const char *format,
                     ...) LIKE_PRINTF(6, 7);

static void AddFault(Walker *walker, Chunk *chunk, const char *kind, int64_t offset, int64_t bytes, const char *format,
                     ...)
{
    Fault fault;
    va_list arguments;
    memset(&fault, 0, sizeof(fault));
    fault.kind = kind;
    fault.offset = offset;
    fault.bytes = bytes;
    va_start(arguments, format);
    KeepFault(chunk, &fault, format, arguments);
    va_end(arguments);
    walker->faults++;
    if (walker->sink->fault != NULL)
        walker->sink->fault(walker->sink, chunk, &fault);
}

static void NotifyLeave(const Walker *walker, Chunk *chunk)
{
    if (walker->sink->leave != NULL)
        walker->sink->leave(walker->sink, chunk);
}

/* ---- leaving a chunk */

/* Checks the pad byte after an odd size. Returns the offset of the next chunk. */
static int64_t FindPad(Walker *walker, Chunk *chunk)
{
    const char *why = WhyNoPad(walker->input, chunk);
    if (why == NULL)
        return chunk->end + 1;
    if (walker->reported_end != chunk->end)
        AddFault(walker, chunk, "no-pad", chunk->end, 0, "%s", why);
    walker->reported_end = chunk->end;
    return chunk->end;
}

/* Moves to the end of a chunk. Returns the offset of the next one. */
static int64_t Leave(Walker *walker, Chunk *chunk)
{
    int64_t arrived = GoTo(walker->input, chunk->end), missing = chunk->end - arrived;
    bool is_odd = (chunk->length & 1) != 0 && chunk->data + chunk->length == chunk->end;
    chunk->next = arrived;
    if (walker->input->error != MMSYSERR_NOERROR) {
        /* Nothing is known about the rest. */
    } else if (chunk->end == NO_END || (chunk->is_streamed && missing > 0)) {
        chunk->end = arrived;
    } else if (missing > 0) {
        if (walker->reported_end != arrived)
            AddFault(walker, chunk, "truncated", arrived, 0, "the file ends here, %lld byte%s before the chunk does",
                     (long long)missing, Plural(missing));
        walker->reported_end = arrived;
    } else {
        chunk->is_streamed = false; /* the file has that many bytes: the size is real */
        if (is_odd)
            chunk->next = FindPad(walker, chunk);
    }
    NotifyLeave(walker, chunk);
    return GoTo(walker->input, chunk->next);
}

/* ---- entering a chunk */

/* Passes a chunk to the sink, with the faults of its header. */
static void Enter(Walker *walker, Chunk *chunk)
{
    Reading reading;
    DWORD least = ReadChunk(walker->input, chunk, &walker->context, &reading);
    walker->is_done = !walker->sink->enter(walker->sink, chunk, &reading);
    if (walker->is_done)
        return;
    if (chunk->is_outside)
        AddFault(walker, chunk, "outside", chunk->offset, 0, "the chunk lies behind the end of the RIFF chunk");
    if (!IsPrintableCode(chunk->id) || (chunk->has_type && !IsPrintableCode(chunk->type)))
        AddFault(walker, chunk, "code", chunk->offset, 0,
                 "the code or the type has a byte that is not printable ASCII");
    if (chunk->excess > 0)
        AddFault(walker, chunk, "past-parent", chunk->offset, 0,
                 "the size goes %lld byte%s past the end of the parent", (long long)chunk->excess,
                 Plural(chunk->excess));
    if (IsUnfilled(chunk))
        AddFault(walker, chunk, "no-size", chunk->offset, 0,
                 "the size was never filled in; the chunk is taken to extend to the end");
    else if (IsList(chunk->id) && chunk->size < TYPE)
        AddFault(walker, chunk, "no-type", chunk->offset, 0, "the size leaves no room for the %s type",
                 chunk->id == FOURCC_LIST ? "list" : "form");
    if (least > chunk->length)
        AddFault(walker, chunk, "too-short", chunk->offset, 0, "such a chunk has at least %u byte%s", (unsigned)least,
                 Plural(least));
}

static void WalkChildren(Walker *walker, Chunk *parent);

/* Moves the end of a RIFF behind the chunk that begins here, if its size is wrong. */
static void MoveEnd(Walker *walker, Chunk *riff)
{
    int64_t end = TrueEnd(walker->input, riff, Position(walker->input)), less = end - riff->end;
    if (end == riff->end)
        return;
    if (end == NO_END)
        AddFault(walker, riff, "no-size", riff->offset, 0,
                 "the size was never filled in: it ends before the samples; the chunk is taken to extend to the end");
    else
        AddFault(walker, riff, "short", riff->offset, 0, "the size is %lld byte%s less than that of the chunks in it",
                 (long long)less, Plural(less));
    riff->end = end;
}

/* Walks the chunk at the current position. Returns the offset of the next one. */
static int64_t WalkChunk(Walker *walker, Chunk *parent)
{
    Chunk chunk;
    MoveEnd(walker, parent);
    TakeHeader(walker->input, &chunk, parent, &walker->sizes);
    if (chunk.depth == 1 && IsForm(chunk.id)) {
        memset(&walker->context, 0, sizeof(walker->context));
        parent->type = chunk.type;
        parent->is_big_endian = chunk.is_big_endian;
    }
    GoTo(walker->input, chunk.data);
    Enter(walker, &chunk);
    if (walker->is_done)
        return chunk.offset;
    if (chunk.inner > 0 && chunk.depth >= MAX_DEPTH && chunk.end > chunk.data + chunk.inner) {
        AddFault(walker, &chunk, "too-deep", chunk.data, 0,
                 "chunks are nested %d deep: the contents of this one are not read", MAX_DEPTH);
    } else if (chunk.inner > 0) {
        GoTo(walker->input, chunk.data + chunk.inner);
        WalkChildren(walker, &chunk);
    }
    return walker->is_done ? chunk.offset : Leave(walker, &chunk);
}

/* Reports the bytes at the end of a parent that cannot be a chunk. */
static void FindTrailing(Walker *walker, Chunk *parent)
{
    int64_t at = Position(walker->input), count = GoTo(walker->input, parent->end) - at;
    if (count > 0)
        AddFault(walker, parent, "trailing", at, count, "%lld byte%s that %s not a chunk", (long long)count,
                 Plural(count), count == 1 ? "is" : "are");
}

static void Skip(Walker *walker, Chunk *parent, int64_t next)
{
    int64_t at = Position(walker->input);
    AddFault(walker, parent, "skipped", at, next - at, "%lld byte%s that %s not a chunk; the next chunk is at %lld",
             (long long)(next - at), Plural(next - at), next - at == 1 ? "is" : "are", (long long)next);
    GoTo(walker->input, next);
}

static void WalkChildren(Walker *walker, Chunk *parent)
{
    Input *input = walker->input;
    int64_t at = Position(input), next;
    while (at < parent->end && !walker->is_done && input->error == MMSYSERR_NOERROR) {
        unsigned char bytes[HEADER];
        LONG count = Peek(input, bytes, HEADER);
        Verdict verdict;
        ShowProgress(at);
        if (count == 0)
            return;
        if (parent->end - at < HEADER)
            MoveEnd(walker, parent);
        verdict = Judge(input, parent, &next);
        if (verdict == AT_STRAY_BYTES) {
            Skip(walker, parent, next);
            at = next;
        } else if (verdict == AT_CHUNK) {
            at = WalkChunk(walker, parent);
        } else {
            /* If the file ends inside a header, Leave reports it for the parent. */
            if (parent->end - at < HEADER || count == HEADER || parent->end == NO_END)
                FindTrailing(walker, parent);
            return;
        }
    }
}

/* ---- the file */

/* Goes to the first chunk. Returns whether the file is walked: it begins with RIFF, with an ID3 tag and a RIFF, or with
 * LIST. The last two are reported. */
static bool FindBeginning(Walker *walker, Chunk *file)
{
    Input *input = walker->input;
    unsigned char bytes[FIRST_BYTES];
    LONG count = Peek(input, bytes, sizeof(bytes));
    int64_t riff = file->offset;
    FOURCC id;
    char why[100];
    if (input->error != MMSYSERR_NOERROR)
        return false;
    id = count >= 4 ? NumberAt(bytes, 4, false) : 0;
    if (count == 0)
        AddFault(walker, file, "not-riff", file->offset, 0, "the file is empty");
    else if (IsForm(id) && count < HEADER)
        AddFault(walker, file, "truncated", file->offset + count, 0, "the file ends here, in its first header");
    else if (!IsForm(id)) {
        riff = DescribeOther(input, bytes, count, why, sizeof(why));
        AddFault(walker, file, IsWave64(bytes, count) ? "wave64" : "not-riff", file->offset, 0, "%s", why);
    }
    input->is_riff = IsForm(id) || riff > file->offset || (id == FOURCC_LIST && count >= HEADER);
    return input->is_riff && count >= HEADER && GoTo(input, riff) == riff;
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
    input->budget = BUDGET;
    memset(&input->search, 0, sizeof(input->search));
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
