/* archive.c: an I/O procedure that reads a member of a tar file (of up to 2 GiB) in place.
 *
 *   archive sounds.tar+menu/click.wav >click.wav */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <string.h>

enum { LENGTH = 124, TYPE = 156, MAGIC = 257, PREFIX = 345, BLOCK = 512 }; /* offsets in the header block of a member */
enum { TAR, START, SIZE }; /* in adwInfo: the tar file; offset and size of the member */
#define TarOf(info) ((HMMIO)(LONG_PTR)(info)->adwInfo[TAR])

/* Walks the headers. A size that does not fit into the tar file is an error. */
static MMRESULT FindMember(MMIOINFO *info, HMMIO tar, const char *wanted)
{
    char header[BLOCK + 1] = "", name[300];
    unsigned long long size;
    long long at = 0, end = mmioSeek(tar, 0, SEEK_END);
    for (; mmioSeek(tar, (LONG)at, SEEK_SET) == at && mmioRead(tar, header, BLOCK) == BLOCK && header[0];
         at += (long long)(BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK)) {
        if (memcmp(header + MAGIC, "ustar", 5) != 0 || strspn(header + LENGTH, "01234567") < 11 ||
            sscanf(header + LENGTH, "%12llo", &size) != 1 || (long long)size > end - at - BLOCK)
            return MMIOERR_INVALIDFILE;
        info->adwInfo[START] = (DWORD)at + BLOCK;
        info->adwInfo[SIZE] = (DWORD)size;
        snprintf(name, sizeof(name), "%.155s%s%.100s", header + PREFIX, header[PREFIX] ? "/" : "", header);
        if ((header[TYPE] == '0' || header[TYPE] == '\0') && strcmp(name, wanted) == 0)
            return MMSYSERR_NOERROR;
    }
    return header[0] == '\0' ? MMIOERR_FILENOTFOUND : MMIOERR_CANNOTREAD; /* without an end mark the file is truncated */
}

static LRESULT OpenMember(MMIOINFO *info, const char *name)
{
    const char *plus = name == NULL ? NULL : strrchr(name, CFSEPCHAR);
    char archive[FILENAME_MAX];
    MMIOINFO tar;
    MMRESULT error;
    if (plus == NULL || plus - name >= (int)sizeof(archive))
        return MMIOERR_INVALIDFILE;
    if ((info->dwFlags & (MMIO_RWMODE | MMIO_CREATE | MMIO_DELETE)) != MMIO_READ)
        return MMIOERR_ACCESSDENIED;
    snprintf(archive, sizeof(archive), "%.*s", (int)(plus - name), name);
    memset(&tar, 0, sizeof(tar));
    tar.hmmio = mmioOpen(archive, &tar, MMIO_READ | (info->dwFlags & MMIO_SHAREMODE));
    if (tar.hmmio == NULL)
        return tar.wErrorRet;
    info->adwInfo[TAR] = (DWORD)(LONG_PTR)tar.hmmio;
    error = FindMember(info, tar.hmmio, plus + 1);
    if (error != MMSYSERR_NOERROR)
        mmioClose(tar.hmmio, 0);
    return error;
}

static LRESULT ReadMember(MMIOINFO *info, HPSTR pch, LONG cch)
{
    LONG left = (LONG)info->adwInfo[SIZE] - info->lDiskOffset;
    if (left > 0 && mmioSeek(TarOf(info), (LONG)info->adwInfo[START] + info->lDiskOffset, SEEK_SET) < 0)
        return -1;
    cch = left > 0 ? mmioRead(TarOf(info), pch, cch < left ? cch : left) : 0;
    info->lDiskOffset += cch > 0 ? cch : 0;
    return cch;
}

static LRESULT CALLBACK TarProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    long long to = lParam2 == SEEK_END ? (long long)info->adwInfo[SIZE] - lParam1 : lParam1; /* backwards, as in a disk file */
    switch (uMsg) {
    case MMIOM_OPEN:
        return OpenMember(info, (const char *)lParam1);
    case MMIOM_READ:
        return ReadMember(info, (HPSTR)lParam1, (LONG)lParam2);
    case MMIOM_SEEK:
        return lParam2 == SEEK_CUR || to < 0 || to > 0x7fffffff ? -1 : (info->lDiskOffset = (LONG)to);
    case MMIOM_CLOSE:
        return mmioClose(TarOf(info), 0);
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
        fprintf(stderr, "usage: archive FILE.tar+MEMBER\n");
        return 2;
    }
    mmioInstallIOProc(mmioFOURCC('T', 'A', 'R', ' '), TarProc, MMIO_INSTALLPROC);
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
        fprintf(stderr, "archive: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
