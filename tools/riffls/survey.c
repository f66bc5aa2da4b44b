/* survey.c: walks a file for a sink, makes the checks of --check, and counts the faults. */
#include "check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct Surveyor {
    Sink sink;
    Sink *inner;
    Finding finding;
    Check *check; /* or NULL */
} Surveyor;

static void Count(Surveyor *surveyor, const Fault *fault)
{
    if (fault->is_doubtful)
        surveyor->finding.doubtful++;
    else
        surveyor->finding.wrong++;
}

static void Watch(void *watcher, const Reading *item, int64_t number)
{
    WatchRecord((Check *)watcher, item, number);
}

static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    Surveyor *surveyor = (Surveyor *)self;
    Reading item;
    bool goes_on;
    if (chunk->depth == 0)
        return surveyor->inner->enter(surveyor->inner, chunk, reading);
    if (surveyor->check != NULL) {
        BeginChunk(surveyor->check, chunk);
        reading->watch = Watch;
        reading->watcher = surveyor->check;
    }
    Summarise(reading);
    goes_on = surveyor->inner->enter(surveyor->inner, chunk, reading);
    while (NextItem(reading, &item)) {
    }
    if (surveyor->check != NULL && goes_on)
        CheckChunk(surveyor->check, chunk, reading);
    return goes_on;
}

static void PassFault(Sink *self, const Chunk *chunk, const Fault *fault)
{
    Surveyor *surveyor = (Surveyor *)self;
    Count(surveyor, fault);
    if (surveyor->inner->fault != NULL)
        surveyor->inner->fault(surveyor->inner, chunk, fault);
}

static void Leave(Sink *self, Chunk *chunk)
{
    Surveyor *surveyor = (Surveyor *)self;
    if (surveyor->check != NULL)
        CheckEnd(surveyor->check, chunk);
    if (surveyor->inner->leave != NULL)
        surveyor->inner->leave(surveyor->inner, chunk);
}

void Report(Check *check, Chunk *chunk, bool is_doubtful, const char *kind, int64_t offset, const char *format, ...)
{
    Fault fault;
    va_list arguments;
    memset(&fault, 0, sizeof(fault));
    fault.kind = kind;
    fault.offset = offset;
    fault.is_doubtful = is_doubtful;
    va_start(arguments, format);
    KeepFault(chunk, &fault, format, arguments);
    va_end(arguments);
    PassFault(check->sink, chunk, &fault);
}

static int StatusOf(const Input *input, const Finding *finding)
{
    return !input->is_riff ? FAILED : finding->wrong > 0 ? HAS_FAULTS : finding->doubtful > 0 ? HAS_DOUBTS : NO_FAULTS;
}

Finding Survey(Input *input, Sink *sink, bool is_checked)
{
    Surveyor surveyor;
    memset(&surveyor, 0, sizeof(surveyor));
    surveyor.sink.enter = Enter;
    surveyor.sink.fault = PassFault;
    surveyor.sink.leave = Leave;
    surveyor.inner = sink;
    if (is_checked && (surveyor.check = (Check *)calloc(1, sizeof(Check))) == NULL) {
        input->error = MMIOERR_OUTOFMEMORY;
        surveyor.finding.status = FAILED;
        return surveyor.finding;
    }
    if (surveyor.check != NULL) {
        surveyor.check->sink = &surveyor.sink;
        surveyor.check->input = input;
    }
    Walk(input, &surveyor.sink);
    if (surveyor.check != NULL && surveyor.check->has_no_memory)
        input->error = MMIOERR_OUTOFMEMORY;
    if (surveyor.check != NULL)
        free(surveyor.check->places);
    free(surveyor.check);
    surveyor.finding.status = StatusOf(input, &surveyor.finding);
    return surveyor.finding;
}
