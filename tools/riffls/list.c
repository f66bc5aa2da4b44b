/* list.c: prints a line for each chunk, and one for each record in it. */
#include "riffls.h"

#include <string.h>

#define COLUMN 20  /* the column of the contents, counted from the end of the size */
#define NUMBERS 23 /* the width of offset and size */

typedef struct List {
    Sink sink;
    FILE *out;
    bool in_hex;
} List;

static void PrintNumber(const List *list, int64_t number)
{
    fprintf(list->out, list->in_hex ? "0x%08llX" : "%10llu", (unsigned long long)number);
}

static void PrintItems(FILE *out, Reading *reading)
{
    Reading item;
    char line[LINE];
    while (NextItem(reading, &item)) {
        FormatReading(&item, line, sizeof(line));
        fprintf(out, "%*s%s\n", NUMBERS + COLUMN + 2, "", line);
    }
}

static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    const List *list = (const List *)self;
    FILE *out = list->out;
    char code[SAFE_CODE], type[SAFE_CODE], line[LINE];
    int used;
    HideProgressForOutput();
    if (chunk->depth == 0) {
        fprintf(out, "%s    offset       size  chunk%s\n", Colour(COLOUR_HEAD), Colour(COLOUR_OFF));
        return true;
    }
    SafeCode(chunk->id, code);
    SafeCode(chunk->type, type);
    PrintNumber(list, chunk->offset);
    fprintf(out, " ");
    PrintNumber(list, chunk->size);
    fprintf(out, "  %*s%s%s%s", 2 * (chunk->depth - 1), "", Colour(COLOUR_CODE), code, Colour(COLOUR_OFF));
    used = 2 + 2 * (chunk->depth - 1) + (int)strlen(code);
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
    PrintItems(out, reading);
    return true;
}

static void ListFault(Sink *self, const Chunk *chunk, const Fault *fault)
{
    const List *list = (const List *)self;
    FILE *out = list->out;
    HideProgressForOutput();
    PrintNumber(list, fault->offset);
    fprintf(out, "         %s%s  %*s%s: %s%s\n", Colour(fault->is_doubtful ? COLOUR_DOUBT : COLOUR_FAULT),
            fault->is_doubtful ? "??" : "!!", 2 * chunk->depth, "", fault->kind, fault->text, Colour(COLOUR_OFF));
}

int ListFile(Input *input, FILE *out, bool in_hex, bool is_checked)
{
    List list;
    memset(&list, 0, sizeof(list));
    list.sink.enter = Enter;
    list.sink.fault = ListFault;
    list.in_hex = in_hex;
    list.out = out;
    return Survey(input, &list.sink, is_checked).status;
}
