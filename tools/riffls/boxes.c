/* boxes.c: collects the boxes of a drawing. Runs of small siblings are joined into one box during the walk, so that the
 * number of boxes is limited, whatever the number of chunks. */
#include "riffls.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_RUN 12 /* the longest run of small boxes, in columns, that is not joined */
#define SMALL 34       /* a chunk is small if it has less than 1/34 of the file's bytes */

typedef struct Collector {
    Sink sink;
    const Input *input;
    Box *file, *open; /* `open`: the box of the innermost open chunk */
    bool has_failed;
} Collector;

static Box *Append(Collector *collector, BoxKind kind)
{
    Box *box = (Box *)calloc(1, sizeof(Box)), *parent = collector->open;
    if (box == NULL) {
        collector->has_failed = true;
        return NULL;
    }
    box->kind = kind;
    box->parent = parent;
    if (parent != NULL) {
        box->depth = parent->depth + 1;
        box->previous = parent->last;
        *(parent->last != NULL ? &parent->last->next : &parent->first) = box;
        parent->last = box;
    }
    return box;
}

static void FreeChildren(Box *box)
{
    Box *child, *next;
    for (child = box->first; child != NULL; child = next) {
        next = child->next;
        FreeBox(child);
    }
    box->first = box->last = NULL;
}

void FreeBox(Box *box)
{
    FreeChildren(box);
    free(box);
}

int ColumnsOf(const Box *box)
{
    const Box *child;
    int columns = 0;
    for (child = box->first; child != NULL; child = child->next)
        columns += ColumnsOf(child);
    return columns > 0 ? columns : 1;
}

static int64_t FaultsIn(const Box *box)
{
    const Box *child;
    int64_t faults = box->fault_count + box->hidden_faults;
    for (child = box->first; child != NULL; child = child->next)
        faults += FaultsIn(child);
    return faults;
}

/* ---- joining */

/* Turns a box into a run of one chunk. */
static void BecomeRun(Box *box)
{
    box->hidden_faults = FaultsIn(box);
    FreeChildren(box);
    if (box->kind != BOX_JOINED) {
        box->kind = BOX_JOINED;
        box->count = 1;
        box->type = box->id;
    }
    box->has_type = false;
    box->reading[0] = '\0';
    box->fault_count = 0;
}

/* Adds the next sibling to a run, and frees it. */
static void Absorb(Box *run, Box *box)
{
    run->count += box->kind == BOX_JOINED ? box->count : 1;
    run->hidden_faults += FaultsIn(box);
    run->type = box->kind == BOX_JOINED ? box->type : box->id;
    run->end = box->end;
    run->next = box->next;
    *(box->next != NULL ? &box->next->previous : &run->parent->last) = run;
    FreeBox(box);
}

/* Joins these siblings into one box. */
static void Join(Box *first, Box *last)
{
    bool is_done = false;
    BecomeRun(first);
    while (!is_done) {
        is_done = first->next == last;
        Absorb(first, first->next);
    }
}

static bool IsSmall(const Box *box, int64_t all)
{
    return box->kind == BOX_JOINED || (box->kind == BOX_CHUNK && (box->end - box->offset) < all / SMALL);
}

/* Joins the run of small siblings that ends with this box if it is too long. Returns `last`, or the joined box. */
static Box *JoinRun(Box *last, int64_t all, int longest)
{
    Box *first = last;
    int columns = 0;
    bool has_joined = false;
    if (!IsSmall(last, all))
        return last;
    for (;; first = first->previous) {
        columns += ColumnsOf(first);
        has_joined |= first->kind == BOX_JOINED;
        if (first->previous == NULL || !IsSmall(first->previous, all))
            break;
    }
    if ((columns <= longest && !has_joined) || first == last)
        return last;
    Join(first, last);
    return first;
}

static void JoinAll(Box *box, int64_t all, int longest)
{
    Box *child;
    for (child = box->first; child != NULL; child = child->next) {
        JoinAll(child, all, longest);
        child = JoinRun(child, all, longest);
    }
}

/* ---- collecting */

static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    Collector *collector = (Collector *)self;
    char line[LINE];
    size_t used;
    Box *box = Append(collector, BOX_CHUNK);
    if (box == NULL)
        return false;
    box->id = chunk->id;
    box->type = chunk->type;
    box->has_type = chunk->has_type;
    box->size = chunk->size;
    box->offset = chunk->offset;
    FormatReading(reading, line, sizeof(line));
    used = strlen(line);
    if (chunk->is_streamed)
        snprintf(line + used, sizeof(line) - used, "%sstreamed: no size", used > 0 ? ", " : "");
    SafeText(line, strlen(line), 70, box->reading, sizeof(box->reading));
    if (chunk->depth == 0)
        collector->file = box;
    collector->open = box;
    return true;
}

/* Whether a fault belongs to a box of bytes: of those after the last chunk, or of a file without chunks. */
static bool IsOfBytes(const Fault *fault, const Box *box)
{
    return strcmp(fault->kind, "trailing") == 0 || (box->depth == 0 && box->first == NULL);
}

/* Adds a box of bytes that are not a chunk. */
static void AddBytes(Collector *collector, const Fault *fault, int64_t end)
{
    Box *box = Append(collector, BOX_BYTES);
    if (box == NULL)
        return;
    box->offset = fault->offset;
    box->end = end;
    box->faults[box->fault_count++] = *fault;
}

/* Bytes between two chunks get a box before that of the second chunk, if their fault is kept in the chunk. */
static void TakeSkipped(Sink *self, const Chunk *chunk, const Fault *fault)
{
    Collector *collector = (Collector *)self;
    if (!collector->has_failed && strcmp(fault->kind, "skipped") == 0 && chunk->more_faults == 0)
        AddBytes(collector, fault, fault->offset + fault->bytes);
}

static void TakeFault(Collector *collector, const Fault *fault)
{
    Box *box = collector->open;
    if (strcmp(fault->kind, "skipped") == 0)
        return;
    if (IsOfBytes(fault, box) && fault->offset < box->end)
        AddBytes(collector, fault, box->end);
    else
        box->faults[box->fault_count++] = *fault;
}

static void Leave(Sink *self, Chunk *chunk)
{
    Collector *collector = (Collector *)self;
    Box *box = collector->open;
    int i;
    if (collector->has_failed)
        return;
    box->end = EndInFile(collector->input, chunk);
    for (i = 0; i < chunk->fault_count; i++)
        TakeFault(collector, &chunk->faults[i]);
    collector->open = box->parent;
    if (box->parent != NULL)
        JoinRun(box, collector->input->size - collector->input->start, LONGEST_RUN);
}

Box *CollectBoxes(Input *input, bool is_checked, int *status)
{
    Collector collector;
    int longest = LONGEST_RUN;
    memset(&collector, 0, sizeof(collector));
    collector.sink.enter = Enter;
    collector.sink.fault = TakeSkipped;
    collector.sink.leave = Leave;
    collector.input = input;
    *status = Survey(input, &collector.sink, is_checked).status;
    if (collector.has_failed) {
        if (collector.file != NULL)
            FreeBox(collector.file);
        return NULL;
    }
    while (ColumnsOf(collector.file) > MAX_COLUMNS && longest > 1) {
        longest /= 2;
        JoinAll(collector.file, input->size - input->start, longest);
    }
    return collector.file;
}
