/* zip.c: an I/O procedure that reads the members of a zip file, with libzip (Debian: libzip-dev).
 *
 *   zip sounds.zip+menu/click.wav >click.wav
 *
 * The member is a file of callbacks; the procedure only passes messages on to it. A program that installs ZipProc opens
 * members of up to 2 GiB like any other file; OpenMember opens larger ones too. */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_open_callbacks, mmsys_path, mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

typedef struct {
    zip_t *zip;
    zip_file_t *file;
    zip_uint64_t index;
    int64_t size, at, wanted; /* at: the position of `file`, which moves to `wanted` with the next read */
} Member;

/* A member that may be compressed is read on to the position, if necessary from its beginning. */
static int MoveTo(Member *member, int64_t target)
{
    char piece[4096];
    if (target < member->at || member->file == NULL) {
        if (member->file != NULL)
            zip_fclose(member->file);
        member->file = zip_fopen_index(member->zip, member->index, 0);
        member->at = 0;
    }
    while (member->file != NULL && member->at < target) {
        int64_t left = target - member->at, size = (int64_t)sizeof(piece);
        int64_t count = zip_fread(member->file, piece, (zip_uint64_t)(left < size ? left : size));
        if (count <= 0)
            return 0;
        member->at += count;
    }
    return member->file != NULL;
}

static int64_t ReadMember(void *context, void *data, size_t count)
{
    Member *member = (Member *)context;
    int64_t got = 0;
    /* At the end libzip compares the checksum. */
    if (member->wanted <= member->size) {
        got = MoveTo(member, member->wanted) ? zip_fread(member->file, data, count) : -1;
        if (got > 0)
            member->wanted = member->at += got;
    }
    return got;
}

static int64_t SeekMember(void *context, int64_t offset, int whence)
{
    Member *member = (Member *)context;
    offset += whence == SEEK_SET ? 0 : whence == SEEK_CUR ? member->wanted : member->size;
    return offset < 0 ? -1 : (member->wanted = offset);
}

static int CloseMember(void *context)
{
    Member *member = (Member *)context;
    if (member->file != NULL)
        zip_fclose(member->file);
    zip_discard(member->zip);
    free(member);
    return 0;
}

static const MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), ReadMember, NULL, SeekMember, NULL, CloseMember};

/* Finds a member by its name, in the case that it has or in another. */
static MMRESULT FindMember(Member *member, const char *name)
{
    zip_stat_t about;
    zip_int64_t index = zip_name_locate(member->zip, name, 0);
    if (index < 0)
        index = zip_name_locate(member->zip, name, ZIP_FL_NOCASE);
    if (index < 0)
        return MMIOERR_FILENOTFOUND;
    if (zip_stat_index(member->zip, (zip_uint64_t)index, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE))
        return MMIOERR_INVALIDFILE;
    member->index = (zip_uint64_t)index;
    member->size = (int64_t)about.size;
    /* A method or an encryption that libzip cannot read is reported here. */
    return MoveTo(member, 0) ? MMSYSERR_NOERROR : MMIOERR_INVALIDFILE;
}

/* Opens `ZIP+MEMBER`. */
static MMRESULT OpenMember(const char *name, HMMIO *file)
{
    char archive[4096], path[4096], *element, *slash;
    Member *member;
    MMRESULT error;
    int code;
    if (name == NULL || strlen(name) >= sizeof(archive))
        return MMIOERR_INVALIDFILE;
    element = strrchr(strcpy(archive, name), CFSEPCHAR);
    if (element == NULL)
        return MMIOERR_INVALIDFILE;
    *element++ = '\0';
    while ((slash = strchr(element, '\\')) != NULL)
        *slash = '/';
    error = mmsys_path(archive, 0, path, sizeof(path));
    if (error != MMSYSERR_NOERROR)
        return error;
    member = (Member *)calloc(1, sizeof(*member));
    if (member == NULL)
        return MMIOERR_OUTOFMEMORY;
    member->zip = zip_open(path, ZIP_RDONLY, &code);
    if (member->zip == NULL) {
        free(member);
        return code == ZIP_ER_MEMORY ? MMIOERR_OUTOFMEMORY : MMIOERR_INVALIDFILE;
    }
    error = FindMember(member, element);
    *file = error == MMSYSERR_NOERROR ? mmsys_open_callbacks(&callbacks, member, NULL, MMIO_READ) : NULL;
    if (*file == NULL) {
        CloseMember(member);
        return error == MMSYSERR_NOERROR ? MMIOERR_OUTOFMEMORY : error;
    }
    return MMSYSERR_NOERROR;
}

static LRESULT CALLBACK ZipProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    HMMIO member = (HMMIO)(LONG_PTR)info->adwInfo[0];
    MMRESULT error;
    LONG result;
    switch (uMsg) {
    case MMIOM_OPEN:
        if ((info->dwFlags & (MMIO_RWMODE | MMIO_CREATE | MMIO_DELETE)) != MMIO_READ)
            return MMIOERR_ACCESSDENIED;
        error = OpenMember((const char *)lParam1, &member);
        info->adwInfo[0] = (DWORD)(LONG_PTR)member;
        return error;
    case MMIOM_READ:
        result = mmioRead(member, (HPSTR)lParam1, (LONG)lParam2);
        info->lDiskOffset += result > 0 ? result : 0;
        return result;
    case MMIOM_SEEK:
        result = mmioSeek(member, (LONG)lParam1, (int)lParam2);
        return result < 0 ? -1 : (info->lDiskOffset = result);
    case MMIOM_CLOSE:
        return mmioClose(member, 0);
    default: /* members are read-only */
        return uMsg == MMIOM_RENAME ? MMSYSERR_NOTSUPPORTED : uMsg < MMIOM_USER ? -1 : 0;
    }
}

int main(int argc, char **argv)
{
    char piece[4096];
    MMIOINFO info;
    MMRESULT error;
    LONG count;
    if (argc != 2) {
        fprintf(stderr, "usage: zip FILE.zip+MEMBER\n");
        return 2;
    }
    mmioInstallIOProc(mmioFOURCC('Z', 'I', 'P', ' '), ZipProc, MMIO_INSTALLPROC);
    memset(&info, 0, sizeof(info));
    info.hmmio = mmioOpen(argv[1], &info, MMIO_READ);
    error = info.wErrorRet;
    if (info.hmmio != NULL) {
        while ((count = mmioRead(info.hmmio, piece, sizeof(piece))) > 0)
            fwrite(piece, 1, (size_t)count, stdout);
        mmioClose(info.hmmio, 0);
        fflush(stdout);
        error = count < 0 ? MMIOERR_CANNOTREAD : ferror(stdout) ? MMIOERR_CANNOTWRITE : MMSYSERR_NOERROR;
    }
    if (error != MMSYSERR_NOERROR)
        fprintf(stderr, "zip: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
