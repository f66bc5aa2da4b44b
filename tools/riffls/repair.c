/* repair.c: writes a copy of a file with correct sizes. */
#include "riffls.h"

#include <stdlib.h>
#include <string.h>

static bool Continue(Sink *self, Chunk *chunk, Reading *reading)
{
    (void)self;
    (void)chunk;
    (void)reading;
    return true;
}

/* The number of faults of a file that was written; -1 if it cannot be read. */
static int64_t FaultsOf(const char *name)
{
    Sink sink = {Continue, NULL, NULL};
    Input input;
    int64_t faults;
    if (!OpenInput(&input, name, 0))
        return -1;
    faults = Walk(&input, &sink);
    CloseInput(&input);
    return input.error == MMSYSERR_NOERROR ? faults : -1;
}

static bool Write(Input *input, const char *out_name, const Edits *edits)
{
    Output output;
    if (!OpenOutput(&output, out_name))
        return false;
    GoTo(input, input->start);
    CopyBytes(&output, input, input->size, edits);
    return CloseOutput(&output) && input->error == MMSYSERR_NOERROR;
}

static void PrintChanges(const Edits *edits, int64_t unwritable, FILE *out)
{
    bool is_changed = false;
    size_t i;
    for (i = 0; i < edits->count; i++)
        if (edits->all[i].text[0] != '\0') {
            fprintf(out, "%10lld  %s\n", (long long)edits->all[i].offset, edits->all[i].text);
            is_changed = true;
        }
    if (!is_changed && unwritable == 0)
        fprintf(out, "nothing to repair: the copy is the same\n");
}

/* Returns an exit status. */
static int RepairWith(Input *input, const char *out_name, int64_t unwritable, const Edits *edits)
{
    bool is_standard = strcmp(out_name, "-") == 0;
    int64_t left = unwritable;
    /* Before so much is copied. */
    if (unwritable > 0)
        PrintError(input->name, "a chunk of 4 GiB or more has no room for its size");
    if (!Write(input, out_name, edits))
        return FAILED;
    HideProgress();
    PrintChanges(edits, unwritable, is_standard ? stderr : stdout);
    if (unwritable == 0 && !is_standard)
        left = FaultsOf(out_name);
    if (unwritable == 0 && left > 0)
        PrintError(out_name, "%lld fault%s left", (long long)left, left == 1 ? " is" : "s are");
    return left < 0 ? FAILED : left > 0 ? HAS_FAULTS : NO_FAULTS;
}

int Repair(Input *input, const char *out_name)
{
    Edits edits;
    int64_t unwritable;
    int status = FAILED;
    if (input->size == NO_END) {
        PrintError(input->name, "a repair needs the size in advance, which a pipe does not have");
        return FAILED;
    }
    if (!IsOtherFile(input, out_name))
        return FAILED;
    unwritable = PlanEdits(input, WHOLE_FILE, &edits);
    if (edits.has_failed)
        PrintError(input->name, "%s", mmsys_error_text(MMIOERR_OUTOFMEMORY));
    else if (input->error == MMSYSERR_NOERROR && !edits.has_chunks)
        PrintError(input->name, "not-riff: there is no RIFF chunk to repair");
    else if (input->error == MMSYSERR_NOERROR)
        status = RepairWith(input, out_name, unwritable, &edits);
    free(edits.all);
    return status;
}
