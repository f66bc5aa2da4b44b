/* xor.c: an I/O procedure on top of the built-in one.
 *
 *   xor song.wav song.xor+      copies a file into a scrambled one
 *   xor song.xor+ song.wav      and back
 *
 * Each byte is XORed with a key on its way to the disk and back. For any program that installs XorProc a `.xor` file
 * is a file like others, with buffers, chunks and seeks. */
#include <mmsystem.h>

#include <stdio.h>
#include <string.h>

#define KEY 0x5a

/* The built-in procedure for disk files. It keeps what it needs in the MMIOINFO that it is handed, ours. */
static LPMMIOPROC DiskProc;

static int Fail(const char *what, UINT error)
{
    fprintf(stderr, "xor: %s: error %u\n", what, error);
    return 1;
}

static void Scramble(char *pch, LRESULT cch)
{
    while (cch-- > 0)
        *pch++ ^= KEY;
}

/* Opens the file that the name says before its `+`. */
static LRESULT OpenBare(LPSTR lpmmioinfo, const char *name)
{
    char bare[FILENAME_MAX];
    const char *plus = name == NULL ? NULL : strrchr(name, CFSEPCHAR);
    if (plus == NULL)
        return DiskProc(lpmmioinfo, MMIOM_OPEN, (LPARAM)name, 0);
    if (plus - name >= (int)sizeof(bare))
        return MMIOERR_INVALIDFILE;
    snprintf(bare, sizeof(bare), "%.*s", (int)(plus - name), name);
    return DiskProc(lpmmioinfo, MMIOM_OPEN, (LPARAM)bare, 0);
}

/* The bytes are the caller's: a copy is scrambled. Of many bytes the first are taken; the rest comes in another
 * message, as with any short answer. */
static LRESULT WriteScrambled(LPSTR lpmmioinfo, UINT uMsg, const char *pch, LPARAM cch)
{
    char piece[4096];
    cch = cch < (LPARAM)sizeof(piece) ? cch : (LPARAM)sizeof(piece);
    memcpy(piece, pch, (size_t)cch);
    Scramble(piece, cch);
    return DiskProc(lpmmioinfo, uMsg, (LPARAM)piece, cch);
}

static LRESULT CALLBACK XorProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LRESULT count;
    switch (uMsg) {
    case MMIOM_OPEN:
        return OpenBare(lpmmioinfo, (const char *)lParam1);
    case MMIOM_READ:
        count = DiskProc(lpmmioinfo, uMsg, lParam1, lParam2);
        Scramble((char *)lParam1, count);
        return count;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return WriteScrambled(lpmmioinfo, uMsg, (const char *)lParam1, lParam2);
    default:
        return DiskProc(lpmmioinfo, uMsg, lParam1, lParam2);
    }
}

static MMRESULT Copy(HMMIO from, HMMIO to)
{
    char piece[10000];
    LONG count;
    while ((count = mmioRead(from, piece, sizeof(piece))) > 0)
        if (mmioWrite(to, piece, count) != count)
            return MMIOERR_CANNOTWRITE;
    return count == 0 ? MMSYSERR_NOERROR : MMIOERR_CANNOTREAD;
}

int main(int argc, char **argv)
{
    MMIOINFO from, to;
    MMRESULT error, closed;
    if (argc != 3) {
        fprintf(stderr, "usage: xor FROM TO\n");
        return 2;
    }
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('X', 'O', 'R', ' '), XorProc, MMIO_INSTALLPROC);
    memset(&from, 0, sizeof(from));
    memset(&to, 0, sizeof(to));
    /* Nobody may write to it: a copy to itself is refused, before it is emptied. */
    from.hmmio = mmioOpen(argv[1], &from, MMIO_READ | MMIO_DENYWRITE | MMIO_ALLOCBUF);
    if (from.hmmio == NULL)
        return Fail(argv[1], from.wErrorRet);
    to.hmmio = mmioOpen(argv[2], &to, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    if (to.hmmio == NULL)
        return Fail(argv[2], to.wErrorRet);
    error = Copy(from.hmmio, to.hmmio);
    mmioClose(from.hmmio, 0);
    closed = mmioClose(to.hmmio, 0);
    if (error == MMSYSERR_NOERROR)
        error = closed;
    return error == MMSYSERR_NOERROR ? 0 : Fail(argv[error == MMIOERR_CANNOTREAD ? 1 : 2], error);
}
