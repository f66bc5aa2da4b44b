/* list.c: prints a line for each chunk. */
#include "riffls.h"

#include <string.h>

#define COLUMN 20 /* of the contents */

typedef struct List {
    Sink sink;
    FILE *out;
    bool in_hex;
} List;

static void PrintNumber(const List *list, int64_t number)
{
    fprintf(list->out, list->in_hex ? "0x%08llX" : "%10llu", (unsigned long long)number);
}

static bool Enter(Sink *self, const Chunk *chunk, Reading *reading)
{
    const List *list = (const List *)self;
    FILE *out = list->out;
    char code[SAFE_CODE], type[SAFE_CODE], line[1024];
    int used;
    HideProgressForOutput();
    if (chunk->depth == 0) {
        fprintf(out, "    offset       size  chunk\n");
        return true;
    }
    SafeCode(chunk->id, code);
    SafeCode(chunk->type, type);
    PrintNumber(list, chunk->offset);
    fprintf(out, " ");
    PrintNumber(list, chunk->size);
    used = fprintf(out, "  %*s%s", 2 * (chunk->depth - 1), "", code);
    if (chunk->has_type)
        used += fprintf(out, " '%s'", type);
    FormatReading(reading, line, sizeof(line));
    if (line[0] != '\0' || chunk->is_streamed)
        fprintf(out, "%*s%s", used < COLUMN ? COLUMN - used : 2, "", line);
    if (chunk->is_streamed)
        fprintf(out, "%s%s", line[0] != '\0' ? ", " : "",
                chunk->end == NO_END ? "streamed: no size, extends to the end"
                                     : "seemingly streamed: so large a size is rarely true");
    fprintf(out, "\n");
    return true;
}

static void ListFault(Sink *self, const Chunk *chunk, const Fault *fault)
{
    const List *list = (const List *)self;
    FILE *out = list->out;
    HideProgressForOutput();
    PrintNumber(list, fault->offset);
    fprintf(out, "         !!  %*s%s: %s\n", 2 * chunk->depth, "", fault->kind, fault->text);
}

int ListFile(Input *input, FILE *out, bool in_hex)
{
    List list;
    int64_t faults;
    memset(&list, 0, sizeof(list));
    list.sink.enter = Enter;
    list.sink.fault = ListFault;
    list.in_hex = in_hex;
    list.out = out;
    faults = Walk(input, &list.sink);
    return faults > 0 ? HAS_FAULTS : NO_FAULTS;
}
