/* output.c: writes a copy of a file, or of a part of it. */
#include "riffls.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define PIECE 65536

bool OpenOutput(Output *output, const char *name)
{
    bool is_standard = strcmp(name, "-") == 0;
    MMIOINFO info;
    memset(&info, 0, sizeof(info));
    memset(output, 0, sizeof(*output));
    output->name = name;
    info.cchBuffer = PIECE;
    if (is_standard)
        info.adwInfo[0] = STDOUT_FILENO;
    output->hmmio = mmioOpen(is_standard ? NULL : (LPSTR)name, &info,
                             is_standard ? MMIO_WRITE : MMIO_CREATE | MMIO_WRITE);
    output->error = info.wErrorRet;
    /* The shell's >> appends. */
    if (is_standard && output->hmmio != NULL && (fcntl(STDOUT_FILENO, F_GETFL) & O_APPEND) != 0)
        mmsys_seek64(output->hmmio, 0, SEEK_END);
    if (output->hmmio == NULL)
        PrintOutputError(name, mmsys_error_text(output->error));
    return output->hmmio != NULL;
}

void WriteBytes(Output *output, const void *bytes, LONG count)
{
    if (output->error == MMSYSERR_NOERROR && mmioWrite(output->hmmio, (const char *)bytes, count) != count)
        output->error = MMIOERR_CANNOTWRITE;
}

/* Copies without changes. */
static int64_t CopyPlain(Output *output, Input *input, int64_t end)
{
    static char piece[PIECE];
    int64_t left = end - Position(input);
    while (left > 0 && output->error == MMSYSERR_NOERROR) {
        LONG count = ReadBytes(input, piece, left < PIECE ? (LONG)left : PIECE);
        if (count == 0)
            break;
        WriteBytes(output, piece, count);
        left -= count;
        ShowProgress(Position(input));
    }
    return left > 0 ? left : 0;
}

int64_t CopyBytes(Output *output, Input *input, int64_t end, const Edits *edits)
{
    size_t i;
    for (i = 0; i < edits->count; i++) {
        const Edit *edit = &edits->all[i];
        if (edit->offset < Position(input) || edit->offset > end)
            continue;
        CopyPlain(output, input, edit->offset);
        WriteBytes(output, edit->bytes, edit->count);
        GoTo(input, edit->offset + edit->removed);
    }
    return CopyPlain(output, input, end);
}

bool CloseOutput(Output *output)
{
    MMRESULT error = mmioClose(output->hmmio, MMIO_FHOPEN);
    if (error != MMSYSERR_NOERROR)
        mmsys_discard(output->hmmio);
    if (output->error == MMSYSERR_NOERROR)
        output->error = error;
    if (output->error != MMSYSERR_NOERROR)
        PrintOutputError(output->name, mmsys_error_text(output->error));
    return output->error == MMSYSERR_NOERROR;
}
