/* archive.c: an I/O procedure for the members of a tar file, which are read where they lie.
 *
 *   archive sounds.tar+menu/click.wav >click.wav
 *
 * For any program that installs TarProc a member is a file like others, with buffers, chunks and seeks. The tar is
 * what `tar --format=ustar` makes, of up to 2 GiB; of members of one name the last counts, as for tar. */
#include <mmsystem.h>

#include <stdio.h>
#include <string.h>

#define BLOCK 512

/* The block in front of a member, in characters all of it. */
typedef struct {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], chksum[8], typeflag[1], linkname[100], magic[6];
    char version[2], uname[32], gname[32], devmajor[8], devminor[8], prefix[155], unused[12];
} HEADER;

/* What adwInfo holds: the tar file, and where in it the member is. */
enum { TAR, START, SIZE };

#define TarOf(info) ((HMMIO)(LONG_PTR)(info)->adwInfo[TAR])

/* A number in octal digits; what is none, or too large, is larger than any file. */
static DWORD Octal(const char *field, int length)
{
    DWORD number = 0;
    for (; length > 0 && *field >= '0' && *field <= '7' && number <= 0x1fffffff; length--)
        number = number << 3 | (DWORD)(*field++ - '0');
    return length == 0 || *field == '\0' || *field == ' ' ? number : 0xffffffff;
}

/* (A tar of `.` has names that begin with that.) */
static int IsNamed(const HEADER *header, const char *wanted)
{
    char name[300];
    snprintf(name, sizeof(name), "%.155s%s%.100s", header->prefix, header->prefix[0] == '\0' ? "" : "/", header->name);
    return strcmp(strncmp(name, "./", 2) == 0 ? name + 2 : name, wanted) == 0;
}

/* Goes from header to header, and believes no size that does not fit. */
static MMRESULT FindMember(MMIOINFO *info, const char *wanted)
{
    MMRESULT result = MMIOERR_FILENOTFOUND;
    LONG end = mmioSeek(TarOf(info), 0, SEEK_END);
    DWORD at, size;
    if (end < 0)
        return MMIOERR_CANNOTSEEK;
    for (at = 0; at + BLOCK <= (DWORD)end; at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK) {
        HEADER header;
        char type;
        if (mmioSeek(TarOf(info), (LONG)at, SEEK_SET) < 0 || mmioRead(TarOf(info), (HPSTR)&header, BLOCK) != BLOCK)
            return MMIOERR_CANNOTREAD;
        if (header.name[0] == '\0')
            break; /* the end mark */
        type = header.typeflag[0];
        size = type >= '1' && type <= '6' ? 0 : Octal(header.size, sizeof(header.size)); /* links and folders: 0 */
        if (memcmp(header.magic, "ustar", 6) != 0 || size > (DWORD)end - at - BLOCK)
            return MMIOERR_INVALIDFILE;
        if ((type == '0' || type == '\0') && IsNamed(&header, wanted)) {
            info->adwInfo[START] = at + BLOCK;
            info->adwInfo[SIZE] = size;
            result = MMSYSERR_NOERROR;
        }
    }
    return result;
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
    error = FindMember(info, plus + 1);
    if (error != MMSYSERR_NOERROR)
        mmioClose(tar.hmmio, 0);
    return error;
}

static LRESULT ReadMember(MMIOINFO *info, HPSTR pch, LONG cch)
{
    LONG left = (LONG)info->adwInfo[SIZE] - info->lDiskOffset;
    if (left <= 0)
        return 0;
    if (mmioSeek(TarOf(info), (LONG)info->adwInfo[START] + info->lDiskOffset, SEEK_SET) < 0)
        return -1;
    cch = mmioRead(TarOf(info), pch, cch < left ? cch : left);
    info->lDiskOffset += cch > 0 ? cch : 0;
    return cch;
}

static LRESULT CALLBACK TarProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    LONG from;
    switch (uMsg) {
    case MMIOM_OPEN:
        return OpenMember(info, (const char *)lParam1);
    case MMIOM_READ:
        return ReadMember(info, (HPSTR)lParam1, (LONG)lParam2);
    case MMIOM_SEEK:
        from = lParam2 == SEEK_END ? (LONG)info->adwInfo[SIZE] : lParam2 == SEEK_CUR ? info->lDiskOffset : 0;
        if (lParam1 < -from || lParam1 > 0x7fffffff - from)
            return -1;
        return info->lDiskOffset = from + (LONG)lParam1;
    case MMIOM_CLOSE:
        return mmioClose(TarOf(info), 0);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return -1;
    case MMIOM_RENAME:
        return MMSYSERR_NOTSUPPORTED;
    default:
        return 0;
    }
}

int main(int argc, char **argv)
{
    char piece[4096];
    MMIOINFO info;
    LONG count;
    if (argc != 2) {
        fprintf(stderr, "usage: archive FILE.tar+MEMBER\n");
        return 2;
    }
    mmioInstallIOProc(mmioFOURCC('T', 'A', 'R', ' '), TarProc, MMIO_INSTALLPROC);
    memset(&info, 0, sizeof(info));
    info.hmmio = mmioOpen(argv[1], &info, MMIO_READ);
    if (info.hmmio == NULL) {
        fprintf(stderr, "archive: %s: error %u\n", argv[1], info.wErrorRet);
        return 1;
    }
    while ((count = mmioRead(info.hmmio, piece, sizeof(piece))) > 0)
        fwrite(piece, 1, (size_t)count, stdout);
    mmioClose(info.hmmio, 0);
    if (count < 0 || fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "archive: %s: cannot %s\n", argv[1], count < 0 ? "be read" : "be written");
        return 1;
    }
    return 0;
}
