/* json.c: prints an object for each file: in an array, over several lines, or on a line of its own.
 *
 * Codes are four characters, one for each byte. Other strings are UTF-8 if they are valid. If not, each byte of a
 * path is a character of ISO 8859-1, and each byte of a text one of Windows-1252. */
#include "riffls.h"

#include <string.h>

typedef struct Json {
    Sink sink;
    const Input *input;
    FILE *out;
    bool has_members; /* whether the open array has an element */
    bool in_lines;
} Json;

static void WriteCharacter(FILE *out, int code)
{
    unsigned char bytes[4];
    if (code == '"' || code == '\\')
        fprintf(out, "\\%c", code);
    else if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029)
        fprintf(out, "\\u%04X", (unsigned)code);
    else
        fwrite(bytes, 1, EncodeCharacter(code, bytes), out);
}

static int Latin1(unsigned char byte)
{
    return byte;
}

/* `decode` returns the character of a byte, for text that is not UTF-8. */
static void WriteString(FILE *out, const void *text, size_t length, int (*decode)(unsigned char byte))
{
    const unsigned char *next = (const unsigned char *)text, *end = next + length;
    bool is_utf8 = IsUtf8(next, length);
    size_t bytes = 1;
    fputc('"', out);
    for (; next < end; next += bytes)
        WriteCharacter(out, is_utf8 ? DecodeCharacter(next, (size_t)(end - next), &bytes) : decode(*next));
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

static void WriteFields(FILE *out, const Reading *reading)
{
    int i;
    for (i = 0; i < reading->count; i++) {
        const Field *field = &reading->fields[i];
        fprintf(out, "%s\"%s\": ", i > 0 ? ", " : "", field->name);
        if (field->kind == FIELD_NUMBER)
            fprintf(out, "%lld", (long long)field->number);
        else if (field->kind == FIELD_REAL)
            fprintf(out, "%.9g", field->real);
        else
            WriteString(out, field->text, field->length, Windows1252);
    }
}

static void WriteReading(FILE *out, Reading *reading)
{
    Reading item;
    bool has_items = false;
    fprintf(out, ", \"reading\": {");
    WriteFields(out, reading);
    while (NextItem(reading, &item)) {
        fprintf(out, has_items ? ", {" : reading->count > 0 ? ", \"items\": [{" : "\"items\": [{");
        WriteFields(out, &item);
        fputc('}', out);
        has_items = true;
    }
    fputs(has_items ? "]}" : "}", out);
}

static void WriteFaults(FILE *out, const Chunk *chunk)
{
    int i;
    if (chunk->fault_count > 0 || chunk->depth == 0)
        fprintf(out, ", \"faults\": [");
    for (i = 0; i < chunk->fault_count; i++) {
        const Fault *fault = &chunk->faults[i];
        fprintf(out, "%s{\"kind\": \"%s\", \"offset\": %lld, ", i > 0 ? ", " : "", fault->kind,
                (long long)fault->offset);
        if (fault->bytes > 0)
            fprintf(out, "\"bytes\": %lld, ", (long long)fault->bytes);
        if (fault->is_doubtful)
            fprintf(out, "\"doubtful\": true, ");
        fprintf(out, "\"text\": ");
        WriteString(out, fault->text, strlen(fault->text), Latin1);
        fputc('}', out);
    }
    if (chunk->fault_count > 0 || chunk->depth == 0)
        fputc(']', out);
    if (chunk->more_faults > 0)
        fprintf(out, ", \"more_faults\": %lld", (long long)chunk->more_faults);
}

/* Begins a line for a chunk, or for the end of a chunk with children. */
static void BeginLine(const Json *json, int depth)
{
    HideProgressForOutput();
    if (!json->in_lines)
        fprintf(json->out, "\n%*s", 2 * depth, "");
}

static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    Json *json = (Json *)self;
    FILE *out = json->out;
    if (chunk->depth == 0) {
        fprintf(out, "{\"path\": ");
        WriteString(out, json->input->name, strlen(json->input->name), Latin1);
    } else {
        fputs(!json->has_members ? "" : json->in_lines ? ", " : ",", out);
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
    if (chunk->inner > 0 || chunk->depth == 0)
        fprintf(out, ", \"chunks\": [");
    json->has_members = false;
    return true;
}

static void Leave(Sink *self, Chunk *chunk)
{
    Json *json = (Json *)self;
    if (chunk->inner > 0 || chunk->depth == 0) {
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
        WriteString(out, text, strlen(text), Latin1);
    }
    fputc('}', out);
}

int JsonFile(Input *input, FILE *out, bool in_lines, bool is_checked)
{
    Json json;
    Finding finding;
    memset(&json, 0, sizeof(json));
    json.sink.enter = Enter;
    json.sink.leave = Leave;
    json.input = input;
    json.out = out;
    json.in_lines = in_lines;
    fputs(in_lines ? "" : "[", out);
    finding = Survey(input, &json.sink, is_checked);
    WriteError(out, input);
    fputs(in_lines ? "\n" : "]\n", out);
    return finding.status;
}

void JsonFailure(const Input *input, FILE *out, bool in_lines)
{
    fprintf(out, in_lines ? "{\"path\": " : "[{\"path\": ");
    WriteString(out, input->name, strlen(input->name), Latin1);
    WriteError(out, input);
    fputs(in_lines ? "\n" : "]\n", out);
}
