/* dump.c: the bytes of a chunk, in hexadecimal. */
#include "riffls.h"

#include <string.h>

#define ROW_BYTES 16

typedef struct Dump {
    Sink sink;
    Input *input;
    FILE *out;
    const Selector *selector;
    int depth; /* of the list to print, while it is open; 0: there is none */
    bool is_done, has_failed;
} Dump;

static void PrintRow(FILE *out, int64_t offset, const unsigned char *bytes, LONG count)
{
    LONG i;
    fprintf(out, "%08llx ", (unsigned long long)offset);
    for (i = 0; i < ROW_BYTES; i++) {
        fputs(i == ROW_BYTES / 2 ? "  " : " ", out);
        if (i < count)
            fprintf(out, "%02x", bytes[i]);
        else
            fputs("  ", out);
    }
    fputs("  |", out);
    for (i = 0; i < count; i++)
        fputc(bytes[i] >= 0x20 && bytes[i] < 0x7F ? bytes[i] : '.', out);
    fputs("|\n", out);
}

/* Prints the bytes from `offset` up to `end` or the end of the file. Fails if the position in a pipe is past
 * `offset`. */
static void Print(Dump *dump, int64_t offset, int64_t end)
{
    unsigned char bytes[ROW_BYTES];
    LONG count = ROW_BYTES;
    dump->is_done = true;
    HideProgressForOutput();
    if (GoTo(dump->input, offset) != offset) {
        dump->has_failed = true;
        return;
    }
    for (; offset < end && count == ROW_BYTES; offset += count) {
        count = end - offset < ROW_BYTES ? (LONG)(end - offset) : ROW_BYTES;
        count = ReadBytes(dump->input, bytes, count);
        if (count > 0)
            PrintRow(dump->out, offset, bytes, count);
    }
}

/* An offset in a chunk selects the bytes up to its end, or up to its first child; one between chunks, those up to the
 * next chunk. */
static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    Dump *dump = (Dump *)self;
    const Selector *selector = dump->selector;
    int64_t end = chunk->inner > 0 ? chunk->data + chunk->inner : chunk->end;
    (void)reading;
    if (chunk->depth == 0 || dump->depth > 0 || dump->is_done)
        return !dump->is_done;
    /* The end of a RIFF whose size is wrong follows from the chunks in it. A pipe cannot be read twice. */
    if (IsSelected(selector, chunk) && chunk->has_type && dump->input->size != NO_END)
        dump->depth = chunk->depth;
    else if (IsSelected(selector, chunk))
        Print(dump, chunk->offset, chunk->end);
    else if (selector->is_offset && chunk->offset > selector->offset)
        Print(dump, selector->offset, chunk->offset);
    else if (selector->is_offset && selector->offset < end)
        Print(dump, selector->offset, end);
    return !dump->is_done;
}

/* Prints a list, and bytes after the last chunk. */
static void Leave(Sink *self, Chunk *chunk)
{
    Dump *dump = (Dump *)self;
    if (chunk->depth > 0 && chunk->depth == dump->depth) {
        dump->depth = 0;
        Print(dump, chunk->offset, chunk->end);
    }
    if (chunk->depth == 0 && !dump->is_done && dump->selector->is_offset &&
        dump->selector->offset < Position(dump->input))
        Print(dump, dump->selector->offset, dump->input->size);
}

int DumpChunk(Input *input, const Selector *selector, FILE *out)
{
    Dump dump;
    memset(&dump, 0, sizeof(dump));
    dump.sink.enter = Enter;
    dump.sink.leave = Leave;
    dump.input = input;
    dump.out = out;
    dump.selector = selector;
    Walk(input, &dump.sink);
    if (input->error != MMSYSERR_NOERROR)
        return FAILED;
    if (!dump.is_done || dump.has_failed) {
        PrintMissing(input, selector);
        return FAILED;
    }
    return NO_FAULTS;
}
