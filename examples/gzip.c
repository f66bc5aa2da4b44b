/* gzip.c: an I/O procedure that buffers: gzip files, with zlib (Debian: zlib1g-dev).
 *
 *   gzip song.wav song.gz+      compresses a file
 *   gzip song.gz+ song.wav      expands it
 *
 * zlib may hold the bytes of MMIOM_WRITE until the file is closed. On MMIOM_WRITEFLUSH, which is sent before mmioFlush
 * returns 0, it writes out everything: up to there the file can be read, whatever happens next. */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_context, mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define FARTHEST 0x7fffffff /* a position is a LONG */
#define PIECE 4096          /* less than zlib's buffer, so that zlib copies the bytes */

typedef struct {
    gzFile gz;
    uLong sum;     /* CRC of the bytes that zlib has taken and lDiskOffset does not count */
    MMIOINFO disk; /* for the built-in procedure, which opens the file and handles names, share modes and errors */
} Gzip;

static LPMMIOPROC DiskProc;

/* Copies the name up to the `+`. */
static const char *Bare(char bare[FILENAME_MAX], LPARAM name)
{
    char *plus;
    if (name == 0 || strlen((const char *)name) >= FILENAME_MAX)
        return NULL;
    plus = strrchr(strcpy(bare, (const char *)name), CFSEPCHAR);
    if (plus != NULL)
        *plus = '\0';
    return bare;
}

/* A file is read, or created and written. The built-in procedure has a descriptor of it, and zlib a duplicate. */
static LRESULT Open(MMIOINFO *info, LPARAM name)
{
    int writes = (info->dwFlags & MMIO_CREATE) != 0, fd;
    char bare[FILENAME_MAX];
    LRESULT error;
    Gzip *gzip;
    if (Bare(bare, name) == NULL)
        return MMIOERR_INVALIDFILE;
    if (info->dwFlags & MMIO_DELETE)
        return DiskProc((LPSTR)info, MMIOM_OPEN, (LPARAM)bare, 0);
    if (!writes && (info->dwFlags & MMIO_RWMODE) != MMIO_READ)
        return MMIOERR_ACCESSDENIED;
    gzip = (Gzip *)calloc(1, sizeof(*gzip));
    if (gzip == NULL)
        return MMIOERR_OUTOFMEMORY;
    gzip->disk.dwFlags = info->dwFlags;
    error = DiskProc((LPSTR)&gzip->disk, MMIOM_OPEN, (LPARAM)bare, 0);
    if (error == MMSYSERR_NOERROR) {
        fd = dup((int)gzip->disk.adwInfo[0]);
        gzip->gz = fd < 0 ? NULL : gzdopen(fd, writes ? "wb" : "rb");
        if (gzip->gz != NULL && (writes || !gzdirect(gzip->gz)))
            return mmsys_set_context(info, gzip);
        error = gzip->gz != NULL ? MMIOERR_INVALIDFILE : fd < 0 ? MMIOERR_TOOMANYOPENFILES : MMIOERR_OUTOFMEMORY;
        if (gzip->gz != NULL)
            gzclose(gzip->gz);
        else if (fd >= 0)
            close(fd);
        DiskProc((LPSTR)&gzip->disk, MMIOM_CLOSE, 0, 0);
    }
    free(gzip);
    return error;
}

/* At the end of a truncated file gzread returns 0; only gzerror reports the error. */
static LRESULT Read(MMIOINFO *info, Gzip *gzip, char *pch, unsigned cch)
{
    int count = gzread(gzip->gz, pch, cch), error = Z_OK;
    if (count == 0 && cch > 0)
        gzerror(gzip->gz, &error);
    info->lDiskOffset += count > 0 ? count : 0;
    return error == Z_OK ? count : -1;
}

/* Bytes cannot be taken back from zlib. If they cannot be written out the message fails, and the library sends it again
 * with the same bytes, which `sum` recognises. */
static LRESULT Write(MMIOINFO *info, Gzip *gzip, UINT uMsg, const char *pch, LPARAM cch)
{
    LPARAM done = (LPARAM)gztell(gzip->gz) - info->lDiskOffset;
    int count = 1;
    if (done > 0 && cch > 0 && (done > cch || crc32(0, (const Bytef *)pch, (uInt)done) != gzip->sum))
        return -1;
    if (done < 0 && gzseek(gzip->gz, info->lDiskOffset, SEEK_SET) < 0) /* zeros that could not be written before */
        return -1;
    for (done = done < 0 ? 0 : done; count > 0 && done < cch; done = (LPARAM)gztell(gzip->gz) - info->lDiskOffset)
        count = gzwrite(gzip->gz, pch + done, (unsigned)(cch - done < PIECE ? cch - done : PIECE));
    if (uMsg == MMIOM_WRITEFLUSH && done >= cch &&
        (gzflush(gzip->gz, Z_SYNC_FLUSH) != Z_OK ||
         DiskProc((LPSTR)&gzip->disk, MMIOM_WRITEFLUSH, (LPARAM)gzip, 0) < 0)) {
        if (cch == 0)
            return MMIOERR_CANNOTWRITE;
        gzip->sum = crc32(0, (const Bytef *)pch, (uInt)cch);
        return -1;
    }
    if (done <= 0 && cch > 0)
        return -1;
    count = (int)(done < cch ? done : cch);
    info->lDiskOffset += count;
    return count;
}

static LRESULT Close(Gzip *gzip, LPARAM flags)
{
    int failed = gzclose(gzip->gz) != Z_OK || DiskProc((LPSTR)&gzip->disk, MMIOM_WRITEFLUSH, (LPARAM)gzip, 0) < 0;
    LRESULT error = DiskProc((LPSTR)&gzip->disk, MMIOM_CLOSE, flags, 0);
    if (failed)
        error = gzip->disk.dwFlags & MMIO_CREATE ? MMIOERR_CANNOTWRITE : MMIOERR_CANNOTREAD;
    free(gzip);
    return error;
}

static LRESULT CALLBACK GzipProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)lpmmioinfo;
    Gzip *gzip = (Gzip *)mmsys_context(info);
    char from[FILENAME_MAX], to[FILENAME_MAX];
    int writes = (info->dwFlags & MMIO_CREATE) != 0;
    LPARAM room = FARTHEST - info->lDiskOffset, cch = lParam2 < room ? lParam2 : room;
    if (gzip != NULL && writes)
        gzclearerr(gzip->gz); /* retry: a full disk may have space again */
    switch (uMsg) {
    case MMIOM_OPEN:
        return Open(info, lParam1);
    case MMIOM_READ:
        return writes || room == 0 ? -1 : Read(info, gzip, (char *)lParam1, (unsigned)cch);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return writes ? Write(info, gzip, uMsg, (const char *)lParam1, cch) : -1;
    case MMIOM_SEEK: /* zlib cannot seek back in a file that is written, nor find the end */
        if (lParam2 != SEEK_SET || lParam1 < 0 || lParam1 > FARTHEST ||
            gzseek(gzip->gz, (z_off_t)lParam1, SEEK_SET) < 0)
            return -1;
        return info->lDiskOffset = (LONG)lParam1;
    case MMIOM_CLOSE:
        return Close(gzip, lParam1);
    case MMIOM_RENAME:
        if (Bare(from, lParam1) == NULL || Bare(to, lParam2) == NULL)
            return MMIOERR_INVALIDFILE;
        return DiskProc(lpmmioinfo, uMsg, (LPARAM)from, (LPARAM)to);
    default:
        return 0;
    }
}

static int Fail(const char *name, MMRESULT error)
{
    fprintf(stderr, "gzip: %s: %s\n", name, mmsys_error_text(error));
    return 1;
}

int main(int argc, char **argv)
{
    char piece[4096];
    MMIOINFO from, to;
    MMRESULT error;
    LONG count;
    if (argc != 3) {
        fprintf(stderr, "usage: gzip FROM TO\n");
        return 2;
    }
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('G', 'Z', ' ', ' '), GzipProc, MMIO_INSTALLPROC);
    memset(&from, 0, sizeof(from));
    memset(&to, 0, sizeof(to));
    /* MMIO_DENYWRITE refuses to copy a file to itself, before it is truncated. */
    from.hmmio = mmioOpen(argv[1], &from, MMIO_READ | MMIO_DENYWRITE);
    if (from.hmmio == NULL)
        return Fail(argv[1], from.wErrorRet);
    to.hmmio = mmioOpen(argv[2], &to, MMIO_CREATE | MMIO_WRITE);
    if (to.hmmio == NULL) {
        mmioClose(from.hmmio, 0);
        return Fail(argv[2], to.wErrorRet);
    }
    do {
        count = mmioRead(from.hmmio, piece, sizeof(piece));
    } while (count > 0 && mmioWrite(to.hmmio, piece, count) == count);
    mmioClose(from.hmmio, 0);
    error = mmioClose(to.hmmio, 0);
    if (error != MMSYSERR_NOERROR)
        mmsys_discard(to.hmmio);
    if (count < 0)
        return Fail(argv[1], MMIOERR_CANNOTREAD);
    if (count > 0)
        error = MMIOERR_CANNOTWRITE;
    return error == MMSYSERR_NOERROR ? 0 : Fail(argv[2], error);
}
