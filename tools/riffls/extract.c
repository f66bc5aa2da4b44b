/* extract.c: writes the chunk at an offset to a file. */
#include "riffls.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE 65536

typedef struct Extraction {
    Sink sink;
    Input *input;
    const char *name; /* of the output */
    int64_t offset;
    bool is_found, is_short;
    int64_t excess;
    MMRESULT error;
} Extraction;

static HMMIO OpenOutput(Extraction *extraction)
{
    bool is_standard = strcmp(extraction->name, "-") == 0;
    HMMIO out;
    MMIOINFO info;
    memset(&info, 0, sizeof(info));
    info.cchBuffer = PIECE;
    if (is_standard)
        info.adwInfo[0] = STDOUT_FILENO;
    out = mmioOpen(is_standard ? NULL : (LPSTR)extraction->name, &info,
                   is_standard ? MMIO_WRITE : MMIO_CREATE | MMIO_WRITE);
    extraction->error = info.wErrorRet;
    /* The shell's >> appends. */
    if (is_standard && out != NULL && (fcntl(STDOUT_FILENO, F_GETFL) & O_APPEND) != 0)
        mmsys_seek64(out, 0, SEEK_END);
    return out;
}

/* Copies the data from `from` on. */
static MMRESULT Copy(Extraction *extraction, HMMIO out, const Chunk *chunk, int64_t from)
{
    static char piece[PIECE];
    Input *input = extraction->input;
    int64_t left = chunk->end - GoTo(input, from);
    while (left > 0) {
        LONG count = ReadBytes(input, piece, left < PIECE ? (LONG)left : PIECE);
        if (input->error != MMSYSERR_NOERROR)
            return input->error;
        if (count == 0)
            break;
        if (mmioWrite(out, piece, count) != count)
            return MMIOERR_CANNOTWRITE;
        left -= count;
        ShowProgress(Position(input));
    }
    extraction->is_short = left > 0 && chunk->end != NO_END && !chunk->is_streamed;
    return MMSYSERR_NOERROR;
}

/* The size of the data, as far as it is known: it is written first, and a pipe cannot seek back to correct it. */
static int64_t SizeOf(const Input *input, const Chunk *chunk)
{
    int64_t end = chunk->end < input->size ? chunk->end : input->size;
    return end == NO_END ? chunk->size : end - chunk->data;
}

/* A RIFF or LIST chunk is written as a file: with its header, its actual size, and a pad byte. The header of RF64 is
 * copied: its size is in ds64, and mmioCreateChunk treats its type as data. */
static MMRESULT Write(Extraction *extraction, HMMIO out, const Chunk *chunk)
{
    bool is_riff = chunk->id == FOURCC_RIFF || chunk->id == FOURCC_LIST;
    int64_t size = is_riff ? SizeOf(extraction->input, chunk) : chunk->size;
    MMCKINFO ck;
    MMRESULT error;
    if (!chunk->has_type)
        return Copy(extraction, out, chunk, chunk->data);
    memset(&ck, 0, sizeof(ck));
    ck.ckid = chunk->id;
    ck.fccType = chunk->type;
    ck.cksize = size > UINT32_MAX ? UINT32_MAX : (DWORD)size; /* the placeholder for an unknown size */
    error = mmioCreateChunk(out, &ck, 0);
    if (error == MMSYSERR_NOERROR)
        error = Copy(extraction, out, chunk, chunk->data + (is_riff ? 4 : 0));
    if (error == MMSYSERR_NOERROR && is_riff && size <= UINT32_MAX)
        error = mmioAscend(out, &ck, 0);
    /* From a stream to a stream the placeholder stays. */
    return error == MMIOERR_CANNOTSEEK && chunk->is_streamed && ck.cksize == chunk->size ? MMSYSERR_NOERROR : error;
}

static bool Enter(Sink *self, const Chunk *chunk, const Reading *reading)
{
    Extraction *extraction = (Extraction *)self;
    HMMIO out;
    MMRESULT error;
    (void)reading;
    if (chunk->depth == 0 || chunk->offset != extraction->offset)
        return chunk->depth == 0 || chunk->offset < extraction->offset;
    extraction->is_found = true;
    extraction->excess = chunk->excess;
    out = OpenOutput(extraction);
    if (out == NULL)
        return false;
    extraction->error = Write(extraction, out, chunk);
    error = mmioClose(out, MMIO_FHOPEN);
    if (error != MMSYSERR_NOERROR)
        mmsys_discard(out);
    if (extraction->error == MMSYSERR_NOERROR)
        extraction->error = error;
    return false;
}

int Extract(Input *input, int64_t offset, const char *out_name)
{
    Extraction extraction;
    memset(&extraction, 0, sizeof(extraction));
    extraction.sink.enter = Enter;
    extraction.input = input;
    extraction.name = out_name;
    extraction.offset = offset;
    /* The output is a copy, whatever the user wants of recordings. */
    setenv("MMSYSTEM_RF64", "off", 1);
    if (IsSameFile(input, out_name)) {
        PrintOutputError(out_name, "is the file that is read");
        return FAILED;
    }
    Walk(input, &extraction.sink);
    if (input->error != MMSYSERR_NOERROR)
        return FAILED;
    if (extraction.error != MMSYSERR_NOERROR) {
        PrintOutputError(out_name, mmsys_error_text(extraction.error));
        return FAILED;
    }
    if (!extraction.is_found) {
        PrintError(input->name, "no chunk begins at offset %lld", (long long)offset);
        return FAILED;
    }
    if (extraction.is_short)
        PrintError(input->name, "truncated: the file ends before the chunk does");
    else if (extraction.excess > 0)
        PrintError(input->name, "past-parent: %lld byte%s of the size are past the end of the parent",
                 (long long)extraction.excess, Plural(extraction.excess));
    return extraction.is_short || extraction.excess > 0 ? HAS_FAULTS : NO_FAULTS;
}
