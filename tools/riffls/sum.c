/* sum.c: prints one line for a file: its path, its form, its duration, and its first fault. */
#include "riffls.h"

#include <string.h>

typedef struct Sum {
    Sink sink;
    FOURCC type;
    bool has_type, has_fault;
    Fault fault; /* the first that is certain, or else the first that is doubtful */
    char seconds[80];
} Sum;

static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    Sum *sum = (Sum *)self;
    Reading one;
    char line[LINE];
    if (chunk->depth == 1 && !sum->has_type && chunk->has_type) {
        sum->has_type = true;
        sum->type = chunk->type;
    }
    if (sum->seconds[0] == '\0' && reading->count == 1 && strcmp(reading->fields[0].name, "seconds") == 0) {
        one.count = 1;
        one.fields[0] = reading->fields[0];
        FormatReading(&one, line, sizeof(line));
        snprintf(sum->seconds, sizeof(sum->seconds), "%.79s", line);
    }
    return true;
}

static void TakeFault(Sink *self, const Chunk *chunk, const Fault *fault)
{
    Sum *sum = (Sum *)self;
    (void)chunk;
    if (!sum->has_fault || (sum->fault.is_doubtful && !fault->is_doubtful))
        sum->fault = *fault;
    sum->has_fault = true;
}

/* The length of a code without the blanks at its end. */
static int LengthOf(const char *code)
{
    size_t length = strlen(code);
    while (length > 0 && code[length - 1] == ' ')
        length--;
    return (int)length;
}

int SumUpFile(Input *input, FILE *out, bool is_checked)
{
    Sum sum;
    Finding finding;
    char path[1024], type[SAFE_CODE];
    memset(&sum, 0, sizeof(sum));
    sum.sink.enter = Enter;
    sum.sink.fault = TakeFault;
    finding = Survey(input, &sum.sink, is_checked);
    if (input->error != MMSYSERR_NOERROR)
        return FAILED;
    HideProgressForOutput();
    SafeText(input->name, strlen(input->name), sizeof(path), path, sizeof(path));
    SafeCode(sum.type, type);
    fprintf(out, "%s: ", path);
    if (sum.has_type)
        fprintf(out, "%.*s%s%s: ", LengthOf(type), type, sum.seconds[0] != '\0' ? ", " : "", sum.seconds);
    if (!sum.has_fault) {
        fprintf(out, "no fault\n");
        return finding.status;
    }
    fprintf(out, "%s%s at %lld: %s%s", Colour(sum.fault.is_doubtful ? COLOUR_DOUBT : COLOUR_FAULT), sum.fault.kind,
            (long long)sum.fault.offset, sum.fault.text, Colour(COLOUR_OFF));
    if (finding.wrong + finding.doubtful > 1)
        fprintf(out, " (and %lld more)", (long long)(finding.wrong + finding.doubtful - 1));
    fprintf(out, "\n");
    return finding.status;
}
