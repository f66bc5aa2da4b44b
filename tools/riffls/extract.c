/* extract.c: writes a chunk to a file. */
#include "riffls.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const Edits no_edits = {NULL, 0, 0, 0, false, false};

typedef struct Extraction {
    Sink sink;
    Input *input;
    const char *name; /* of the output */
    const Selector *selector;
    Chunk chunk; /* the selected chunk; its `parent` is not valid after the walk */
    bool is_found, has_failed;
    bool is_list_of_file; /* a list, in a file and not in a stream */
    bool is_filled_in;    /* a list from a stream, whose sizes are filled in after the output is closed */
    int64_t missing, excess;
} Extraction;

/* The number of bytes that the file lacks; 0 for a chunk whose size is unknown. */
static int64_t MissingOf(const Chunk *chunk, int64_t missing)
{
    return chunk->end == NO_END || chunk->is_streamed ? 0 : missing;
}

/* A RIFF or LIST chunk of a file is written as a file: with its header, its actual size, the unknown sizes in it, and
 * a pad byte. */
static void WriteList(Extraction *extraction, Output *output, const Chunk *chunk, const Edits *edits)
{
    Input *input = extraction->input;
    int64_t end = EndInFile(input, chunk);
    GoTo(input, chunk->offset);
    extraction->missing = MissingOf(chunk, CopyBytes(output, input, chunk->end, edits));
    if (((end - chunk->offset) & 1) != 0)
        WriteBytes(output, "", 1);
}

/* Corrects the size of a truncated list. An unknown size stays unknown, like those of the chunks inside: a file whose
 * sizes are all unknown can be repaired later. */
static void CorrectSize(Output *output, int64_t start, const Chunk *chunk, int64_t length)
{
    unsigned char size[4];
    if (length == chunk->length || chunk->is_streamed || IsUnfilled(chunk) || output->error != MMSYSERR_NOERROR)
        return;
    PutNumber(size, 4, length, chunk->is_big_endian);
    if (mmsys_seek64(output->hmmio, start + 4, SEEK_SET) == start + 4)
        WriteBytes(output, size, 4);
    else
        output->error = MMIOERR_CANNOTSEEK;
}

/* Unknown sizes in a stream become known when it ends. FillIn writes them, if the output is a file. */
static void WriteStreamedList(Extraction *extraction, Output *output, const Chunk *chunk)
{
    Input *input = extraction->input;
    unsigned char header[HEADER];
    int64_t start = mmsys_tell64(output->hmmio), length;
    bool is_unknown;
    PutNumber(header, 4, chunk->id, false);
    PutNumber(header + 4, 4, chunk->size, chunk->is_big_endian);
    WriteBytes(output, header, HEADER);
    extraction->missing = MissingOf(chunk, CopyBytes(output, input, chunk->end, &no_edits));
    length = Position(input) - chunk->data;
    is_unknown = IsUnfilled(chunk) || (chunk->is_streamed && length != chunk->length);
    /* Without a size a pad byte would be one of the data. */
    if ((length & 1) != 0 && !is_unknown)
        WriteBytes(output, "", 1);
    if (!extraction->is_filled_in)
        CorrectSize(output, start, chunk, length);
}

/* Fills in the sizes of a file that was written from a stream, and adds the pad byte. */
static MMRESULT FillIn(const char *name)
{
    Input input;
    Edits edits;
    MMRESULT error;
    HMMIO file;
    int64_t size;
    size_t i;
    if (!OpenInput(&input, name, 0))
        return input.error;
    PlanEdits(&input, input.start, &edits);
    error = edits.has_failed ? MMIOERR_OUTOFMEMORY : input.error;
    size = input.size;
    CloseInput(&input);
    file = error != MMSYSERR_NOERROR || edits.count == 0 ? NULL : mmioOpen((LPSTR)name, NULL, MMIO_READWRITE);
    for (i = 0; i < edits.count && file != NULL; i++) {
        const Edit *edit = &edits.all[i];
        if (edit->count > 0 && (mmsys_seek64(file, edit->offset, SEEK_SET) != edit->offset ||
                                mmioWrite(file, (const char *)edit->bytes, edit->count) != edit->count))
            error = MMIOERR_CANNOTWRITE;
    }
    if (file != NULL && (size & 1) != 0 &&
        (mmsys_seek64(file, size, SEEK_SET) != size || mmioWrite(file, "", 1) != 1))
        error = MMIOERR_CANNOTWRITE;
    if (file != NULL && mmioClose(file, 0) != MMSYSERR_NOERROR)
        error = MMIOERR_CANNOTWRITE;
    free(edits.all);
    return error;
}

static bool IsFile(const char *name)
{
    struct stat status;
    return strcmp(name, "-") != 0 && stat(name, &status) == 0 && S_ISREG(status.st_mode);
}

/* Writes the data of a chunk, and a list from a stream. A list of a file is written after the walk, since its sizes
 * must be found first. */
static bool Enter(Sink *self, Chunk *chunk, Reading *reading)
{
    Extraction *extraction = (Extraction *)self;
    Output output;
    (void)reading;
    if (!IsSelected(extraction->selector, chunk))
        return !IsPassed(extraction->selector, chunk);
    extraction->is_found = true;
    extraction->excess = chunk->excess;
    extraction->chunk = *chunk;
    extraction->is_list_of_file = chunk->has_type && extraction->input->size != NO_END;
    if (extraction->is_list_of_file)
        return false;
    if (!OpenOutput(&output, extraction->name)) {
        extraction->has_failed = true;
        return false;
    }
    /* A list of RIFX would be read as little-endian. */
    extraction->is_filled_in = chunk->has_type && (IsForm(chunk->id) || !chunk->is_big_endian) &&
                               IsFile(extraction->name);
    if (chunk->has_type)
        WriteStreamedList(extraction, &output, chunk);
    else
        extraction->missing = MissingOf(chunk, CopyBytes(&output, extraction->input, chunk->end, &no_edits));
    extraction->has_failed = !CloseOutput(&output);
    return false;
}

static void WriteListOfFile(Extraction *extraction)
{
    Edits edits;
    Output output;
    PlanEdits(extraction->input, extraction->chunk.offset, &edits);
    extraction->chunk.end = edits.end;
    if (edits.has_failed)
        PrintOutputError(extraction->name, mmsys_error_text(MMIOERR_OUTOFMEMORY));
    extraction->has_failed = true;
    if (!edits.has_failed && extraction->input->error == MMSYSERR_NOERROR && OpenOutput(&output, extraction->name)) {
        WriteList(extraction, &output, &extraction->chunk, &edits);
        extraction->has_failed = !CloseOutput(&output);
    }
    free(edits.all);
}

/* Returns whether all existing bytes were written. */
static bool WriteChunk(Extraction *extraction)
{
    Input *input = extraction->input;
    MMRESULT error;
    Walk(input, &extraction->sink);
    if (extraction->is_list_of_file)
        WriteListOfFile(extraction);
    if (input->error != MMSYSERR_NOERROR || extraction->has_failed)
        return false;
    if (!extraction->is_found) {
        PrintMissing(input, extraction->selector);
        return false;
    }
    if (!extraction->is_filled_in)
        return true;
    error = FillIn(extraction->name);
    if (error != MMSYSERR_NOERROR)
        PrintOutputError(extraction->name, mmsys_error_text(error));
    return error == MMSYSERR_NOERROR;
}

int Extract(Input *input, const Selector *selector, const char *out_name)
{
    Extraction extraction;
    memset(&extraction, 0, sizeof(extraction));
    extraction.sink.enter = Enter;
    extraction.input = input;
    extraction.name = out_name;
    extraction.selector = selector;
    if (!IsOtherFile(input, out_name))
        return FAILED;
    if (!WriteChunk(&extraction))
        return FAILED;
    if (extraction.missing > 0)
        PrintError(input->name, "truncated: the file ends before the chunk does");
    else if (extraction.excess > 0)
        PrintError(input->name, "past-parent: %lld byte%s of the size are past the end of the parent",
                   (long long)extraction.excess, Plural(extraction.excess));
    return extraction.missing > 0 || extraction.excess > 0 ? HAS_FAULTS : NO_FAULTS;
}
