/* input.c: the file to read, by name or from standard input. */
#include "riffls.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP 65536 /* the bytes of a stream after which the progress is shown */

/* A pipe, a terminal or a socket, which cannot seek back. */
static bool IsStream(const struct stat *status)
{
    return S_ISFIFO(status->st_mode) || S_ISCHR(status->st_mode) || S_ISSOCK(status->st_mode);
}

/* Returns the errno of a file that cannot be read, which is more precise than the errors of the library. */
static int CheckAccess(const Input *input, struct stat *status)
{
    if ((input->is_standard ? fstat(STDIN_FILENO, status) : stat(input->name, status)) != 0)
        return errno;
    if (S_ISDIR(status->st_mode))
        return EISDIR;
    return input->is_standard || access(input->name, R_OK) == 0 ? 0 : errno;
}

static bool Fail(Input *input, int reason)
{
    input->error = MMIOERR_CANNOTOPEN;
    input->reason = reason;
    return false;
}

bool OpenInput(Input *input, const char *name, DWORD share)
{
    MMIOINFO info;
    struct stat status;
    bool is_standard = strcmp(name, "-") == 0, is_stream;
    int reason;
    memset(&info, 0, sizeof(info));
    memset(input, 0, sizeof(*input));
    input->is_standard = is_standard;
    input->name = is_standard ? "(standard input)" : name;
    /* Checked first, because the library would also search a bare name in the directory of the executable. */
    reason = CheckAccess(input, &status);
    if (reason != 0)
        return Fail(input, reason);
    is_stream = IsStream(&status);
    if (is_stream) {
        input->descriptor = is_standard ? STDIN_FILENO : open(name, O_RDONLY);
        if (input->descriptor < 0)
            return Fail(input, errno);
        info.pIOProc = StreamProc;
        info.adwInfo[0] = (DWORD)input->descriptor;
    } else if (is_standard) {
        info.fccIOProc = FOURCC_DOS;
        info.adwInfo[0] = STDIN_FILENO;
    }
    input->hmmio = mmioOpen(is_stream || is_standard ? NULL : (LPSTR)name, &info, MMIO_READ | MMIO_ALLOCBUF | share);
    input->error = info.wErrorRet;
    if (input->hmmio == NULL)
        return false;
    input->start = mmsys_tell64(input->hmmio);
    input->size = is_stream ? -1 : mmsys_seek64(input->hmmio, 0, SEEK_END);
    if (input->size < 0)
        input->size = NO_END;
    else
        mmsys_seek64(input->hmmio, input->start, SEEK_SET);
    return true;
}

void CloseInput(Input *input)
{
    mmioClose(input->hmmio, 0);
    if (input->descriptor > STDIN_FILENO)
        close(input->descriptor);
}

int64_t Position(const Input *input)
{
    return mmsys_tell64(input->hmmio);
}

static void SetError(Input *input, MMRESULT error)
{
    if (input->error == MMSYSERR_NOERROR)
        input->error = error;
}

int64_t GoTo(Input *input, int64_t target)
{
    int64_t at = Position(input), wanted, arrived;
    if (target > input->size)
        target = input->size;
    while (at != target && input->error == MMSYSERR_NOERROR) {
        /* Only a stream has no known size, and is read to the target in steps. */
        wanted = input->size == NO_END && target - at > STEP ? at + STEP : target;
        arrived = mmsys_seek64(input->hmmio, wanted, SEEK_SET);
        if (arrived < 0) {
            SetError(input, wanted >= UINT32_MAX ? MMSYSERR_NOTSUPPORTED : MMIOERR_CANNOTSEEK);
            break;
        }
        at = arrived;
        ShowProgress(at);
        if (arrived < wanted) {
            input->size = arrived;
            break;
        }
    }
    return at;
}

LONG ReadBytes(Input *input, void *bytes, LONG count)
{
    LONG done = 0, more = 1;
    while (done < count && more > 0 && input->error == MMSYSERR_NOERROR) {
        more = mmioRead(input->hmmio, (HPSTR)bytes + done, count - done);
        if (more < 0)
            SetError(input, MMIOERR_CANNOTREAD);
        else
            done += more;
    }
    if (done < count && input->error == MMSYSERR_NOERROR && input->size == NO_END)
        input->size = Position(input);
    return done;
}

LONG PeekAt(Input *input, int64_t offset, void *bytes, LONG count)
{
    int64_t at = Position(input);
    LONG done;
    if (input->size == NO_END && (offset < at || offset + count > at + LOOKAHEAD))
        return -1;
    if (GoTo(input, offset) != offset)
        done = 0; /* the file ends before the offset */
    else
        done = ReadBytes(input, bytes, count);
    if (input->error == MMSYSERR_NOERROR && mmsys_seek64(input->hmmio, at, SEEK_SET) != at)
        SetError(input, MMIOERR_CANNOTSEEK);
    return done;
}

LONG Peek(Input *input, void *bytes, LONG count)
{
    return PeekAt(input, Position(input), bytes, count);
}

const char *ErrorText(const Input *input)
{
    if (input->reason != 0)
        return strerror(input->reason);
    if (input->error == MMSYSERR_NOTSUPPORTED)
        return "a pipe cannot be read beyond 4 GiB";
    return mmsys_error_text(input->error);
}

static bool IsSameFile(const Input *input, const char *out)
{
    struct stat one, other;
    if ((input->is_standard ? fstat(STDIN_FILENO, &one) : stat(input->name, &one)) != 0 ||
        (strcmp(out, "-") == 0 ? fstat(STDOUT_FILENO, &other) : stat(out, &other)) != 0)
        return false;
    return S_ISREG(one.st_mode) && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool IsOtherFile(const Input *input, const char *out)
{
    bool is_same = IsSameFile(input, out);
    if (is_same)
        PrintOutputError(out, "is the file that is read");
    return !is_same;
}
