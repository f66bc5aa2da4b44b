/* json.c: prints one JSON document, an array with an object for each file.
 *
 * Codes are four characters, one for each byte. Other strings are UTF-8 if they are valid; else each byte is the
 * character with that code (ISO 8859-1). */
#include "riffls.h"

#include <string.h>

typedef struct Json {
    Sink sink;
    const Input *input;
    FILE *out;
    bool has_members; /* whether the open array has an element */
} Json;

static void WriteCharacter(FILE *out, int code)
{
    if (code == '"' || code == '\\')
        fprintf(out, "\\%c", code);
    else if (code < 0x20 || (code >= 0x7F && code < 0x100))
        fprintf(out, "\\u%04X", (unsigned)code);
    else
        fputc(code, out);
}

static void WriteString(FILE *out, const void *text, size_t length)
{
    const unsigned char *next = (const unsigned char *)text;
    bool is_utf8 = IsUtf8(next, length);
    size_t i;
    fputc('"', out);
    for (i = 0; i < length; i++)
        if (is_utf8 && next[i] >= 0x80)
            fputc(next[i], out);
        else
            WriteCharacter(out, next[i]);
    fputc('"', out);
}

static void WriteCode(FILE *out, FOURCC code)
{
    int i;
    fputc('"', out);
    for (i = 0; i < 4; i++)
        WriteCharacter(out, (int)(code >> 8 * i & 0xFF));
    fputc('"', out);
}

static void WriteReading(FILE *out, const Reading *reading)
{
    int i;
    fprintf(out, ", \"reading\": {");
    for (i = 0; i < reading->count; i++) {
        const Field *field = &reading->fields[i];
        fprintf(out, "%s\"%s\": ", i > 0 ? ", " : "", field->name);
        if (field->kind == FIELD_NUMBER)
            fprintf(out, "%lld", (long long)field->number);
        else if (field->kind == FIELD_REAL)
            fprintf(out, "%.9g", field->real);
        else
            WriteString(out, field->text, field->length);
    }
    fputc('}', out);
}

static void WriteFaults(FILE *out, const Chunk *chunk)
{
    int i;
    if (chunk->fault_count > 0 || chunk->depth == 0)
        fprintf(out, ", \"faults\": [");
    for (i = 0; i < chunk->fault_count; i++) {
        const Fault *fault = &chunk->faults[i];
        fprintf(out, "%s{\"kind\": \"%s\", \"offset\": %lld, \"text\": \"%s\"}", i > 0 ? ", " : "", fault->kind,
                (long long)fault->offset, fault->text);
    }
    if (chunk->fault_count > 0 || chunk->depth == 0)
        fputc(']', out);
}

/* A line for each chunk, and for the end of each that has children. */
static void BeginLine(Json *json, int depth)
{
    HideProgressForOutput();
    fprintf(json->out, "\n%*s", 2 * depth, "");
}

static bool Enter(Sink *self, const Chunk *chunk, Reading *reading)
{
    Json *json = (Json *)self;
    FILE *out = json->out;
    if (chunk->depth == 0) {
        fprintf(out, "{\"path\": ");
        WriteString(out, json->input->name, strlen(json->input->name));
    } else {
        fputs(json->has_members ? "," : "", out);
        BeginLine(json, chunk->depth);
        fprintf(out, "{\"id\": ");
        WriteCode(out, chunk->id);
        if (chunk->has_type) {
            fprintf(out, ", \"type\": ");
            WriteCode(out, chunk->type);
        }
        fprintf(out, ", \"offset\": %lld, \"size\": %u", (long long)chunk->offset, (unsigned)chunk->size);
        if (reading->count > 0)
            WriteReading(out, reading);
    }
    if (chunk->has_type || chunk->depth == 0)
        fprintf(out, ", \"chunks\": [");
    json->has_members = false;
    return true;
}

static void Leave(Sink *self, const Chunk *chunk)
{
    Json *json = (Json *)self;
    if (chunk->has_type || chunk->depth == 0) {
        if (json->has_members)
            BeginLine(json, chunk->depth);
        fputc(']', json->out);
    }
    if (chunk->is_streamed)
        fprintf(json->out, ", \"streamed\": true");
    if (chunk->end != NO_END)
        fprintf(json->out, ", \"%s\": %lld", chunk->depth == 0 ? "size" : "end", (long long)chunk->end);
    WriteFaults(json->out, chunk);
    if (chunk->depth > 0)
        fputc('}', json->out);
    json->has_members = true;
}

static void WriteError(FILE *out, const Input *input)
{
    const char *text = ErrorText(input);
    if (input->error != MMSYSERR_NOERROR) {
        fprintf(out, ", \"error\": ");
        WriteString(out, text, strlen(text));
    }
    fputc('}', out);
}

int JsonFile(Input *input, FILE *out, bool is_first)
{
    Json json;
    int64_t faults;
    memset(&json, 0, sizeof(json));
    json.sink.enter = Enter;
    json.sink.leave = Leave;
    json.input = input;
    json.out = out;
    fputs(is_first ? "" : ",\n", out);
    faults = Walk(input, &json.sink);
    WriteError(out, input);
    return faults > 0 ? HAS_FAULTS : NO_FAULTS;
}

void JsonFailure(const Input *input, FILE *out, bool is_first)
{
    fprintf(out, "%s{\"path\": ", is_first ? "" : ",\n");
    WriteString(out, input->name, strlen(input->name));
    WriteError(out, input);
}
