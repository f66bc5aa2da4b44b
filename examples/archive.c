/* archive.c: reads a member of a tar file in place, through callbacks.
 *
 *   archive sounds.tar+menu/click.wav >click.wav
 *
 * The member is a file like any other, with buffers, chunks and seeks; so a tar in a tar can be read too. */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_open_callbacks, mmsys_seek64, mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LENGTH = 124, TYPE = 156, MAGIC = 257, PREFIX = 345, BLOCK = 512 }; /* offsets in the header block of a member */

typedef struct {
    HMMIO tar;
    int64_t start, size, at;
} Member;

static int64_t ReadMember(void *context, void *data, size_t count)
{
    Member *member = (Member *)context;
    int64_t left = member->size - member->at;
    LONG got = 0;
    if (left > 0 && count > 0) {
        count = (int64_t)count < left ? count : (size_t)left;
        if (mmsys_seek64(member->tar, member->start + member->at, SEEK_SET) < 0)
            return -1;
        got = mmioRead(member->tar, (HPSTR)data, (LONG)count);
        member->at += got > 0 ? got : 0;
    }
    return got;
}

static int64_t SeekMember(void *context, int64_t offset, int whence)
{
    Member *member = (Member *)context;
    offset += whence == SEEK_SET ? 0 : whence == SEEK_CUR ? member->at : member->size;
    return offset < 0 ? -1 : (member->at = offset);
}

static int CloseMember(void *context)
{
    MMRESULT error = mmioClose(((Member *)context)->tar, 0);
    free(context);
    return (int)error;
}

/* Walks the headers. A size that does not fit into the tar file is an error. */
static MMRESULT FindMember(Member *member, const char *wanted)
{
    char header[BLOCK + 1] = "", name[300];
    unsigned long long size;
    int64_t at = 0, end = mmsys_seek64(member->tar, 0, SEEK_END);
    for (; mmsys_seek64(member->tar, at, SEEK_SET) == at && mmioRead(member->tar, header, BLOCK) == BLOCK && header[0];
         at += (int64_t)(BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK)) {
        if (memcmp(header + MAGIC, "ustar", 5) != 0 || strspn(header + LENGTH, "01234567") < 11 ||
            sscanf(header + LENGTH, "%12llo", &size) != 1 || (int64_t)size > end - at - BLOCK)
            return MMIOERR_INVALIDFILE;
        member->start = at + BLOCK;
        member->size = (int64_t)size;
        snprintf(name, sizeof(name), "%.155s%s%.100s", header + PREFIX, header[PREFIX] ? "/" : "", header);
        if ((header[TYPE] == '0' || header[TYPE] == '\0') && strcmp(name, wanted) == 0)
            return MMSYSERR_NOERROR;
    }
    return header[0] == '\0' ? MMIOERR_FILENOTFOUND : MMIOERR_CANNOTREAD; /* without an end mark the file is truncated */
}

/* Opens a disk file, or `TAR+MEMBER`, where the tar may be a member too. */
static HMMIO OpenMember(const char *name, MMIOINFO *info, DWORD flags)
{
    static const MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), ReadMember, NULL, SeekMember, NULL, CloseMember};
    char archive[FILENAME_MAX], *element;
    MMIOINFO tar;
    HMMIO file = NULL;
    Member *member = NULL;
    info->wErrorRet = strlen(name) < sizeof(archive) ? MMSYSERR_NOERROR : MMIOERR_INVALIDFILE;
    if (info->wErrorRet != MMSYSERR_NOERROR)
        return NULL;
    element = strrchr(strcpy(archive, name), CFSEPCHAR);
    if (element == NULL)
        return mmioOpen(archive, info, flags);
    *element++ = '\0';
    memset(&tar, 0, sizeof(tar));
    if (flags & (MMIO_RWMODE | MMIO_CREATE | MMIO_DELETE))
        tar.wErrorRet = MMIOERR_ACCESSDENIED;
    else if ((member = (Member *)calloc(1, sizeof(*member))) == NULL)
        tar.wErrorRet = MMIOERR_OUTOFMEMORY;
    else if ((member->tar = OpenMember(archive, &tar, MMIO_READ | (flags & MMIO_SHAREMODE))) != NULL) {
        tar.wErrorRet = FindMember(member, element);
        if (tar.wErrorRet == MMSYSERR_NOERROR)
            file = mmsys_open_callbacks(&callbacks, member, info, flags);
        if (file != NULL)
            return file;
        mmioClose(member->tar, 0);
    }
    free(member); /* it is still the caller's if mmsys_open_callbacks fails */
    if (tar.wErrorRet != MMSYSERR_NOERROR)
        info->wErrorRet = tar.wErrorRet;
    return NULL;
}

int main(int argc, char **argv)
{
    char piece[4096];
    MMIOINFO info;
    MMRESULT error;
    LONG count;
    HMMIO file;
    if (argc != 2) {
        fprintf(stderr, "usage: archive FILE.tar+MEMBER\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    file = OpenMember(argv[1], &info, MMIO_READ);
    error = info.wErrorRet;
    if (file != NULL) {
        while ((count = mmioRead(file, piece, sizeof(piece))) > 0)
            fwrite(piece, 1, (size_t)count, stdout);
        mmioClose(file, 0);
        fflush(stdout);
        error = count < 0 ? MMIOERR_CANNOTREAD : ferror(stdout) ? MMIOERR_CANNOTWRITE : MMSYSERR_NOERROR;
    }
    if (error != MMSYSERR_NOERROR)
        fprintf(stderr, "archive: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
