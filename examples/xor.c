/* xor.c: an I/O procedure on top of the built-in one, which XORs each byte of the file.
 *
 *   xor song.wav song.xor+      scrambles a file
 *   xor song.xor+ song.wav      restores it
 *
 * A program that installs this procedure uses a `.xor` file like any other, with buffers, chunks and seeks. */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <string.h>

/* The built-in procedure for disk files. It keeps its state in the MMIOINFO that it is passed. */
static LPMMIOPROC DiskProc;

static void Scramble(char *pch, LRESULT cch)
{
    while (cch-- > 0)
        *pch++ ^= 0x5a;
}

/* Opens the file whose name precedes the `+`. */
static LRESULT OpenBare(LPSTR lpmmioinfo, const char *name)
{
    char bare[FILENAME_MAX], *plus;
    if (name == NULL || strlen(name) >= sizeof(bare))
        return MMIOERR_INVALIDFILE;
    plus = strrchr(strcpy(bare, name), CFSEPCHAR);
    if (plus != NULL)
        *plus = '\0';
    return DiskProc(lpmmioinfo, MMIOM_OPEN, (LPARAM)bare, 0);
}

/* Scrambles a copy, in pieces: the bytes belong to the caller. */
static LRESULT WriteScrambled(LPSTR lpmmioinfo, UINT uMsg, const char *pch, LPARAM cch)
{
    char piece[4096];
    LPARAM done = 0, count;
    LRESULT written;
    do {
        count = cch - done < (LPARAM)sizeof(piece) ? cch - done : (LPARAM)sizeof(piece);
        Scramble((char *)memcpy(piece, pch + done, (size_t)count), count);
        written = DiskProc(lpmmioinfo, uMsg, (LPARAM)piece, count);
        done += written > 0 ? written : 0;
    } while (written > 0 && done < cch);
    return done > 0 ? done : written;
}

static LRESULT CALLBACK XorProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LRESULT result;
    if (uMsg == MMIOM_OPEN)
        return OpenBare(lpmmioinfo, (const char *)lParam1);
    if (uMsg == MMIOM_WRITE || uMsg == MMIOM_WRITEFLUSH)
        return WriteScrambled(lpmmioinfo, uMsg, (const char *)lParam1, lParam2);
    result = DiskProc(lpmmioinfo, uMsg, lParam1, lParam2);
    if (uMsg == MMIOM_READ)
        Scramble((char *)lParam1, result);
    return result;
}

static int Fail(const char *name, MMRESULT error)
{
    fprintf(stderr, "xor: %s: %s\n", name, mmsys_error_text(error));
    return 1;
}

int main(int argc, char **argv)
{
    char piece[4096];
    MMIOINFO from, to;
    MMRESULT error;
    LONG count;
    if (argc != 3) {
        fprintf(stderr, "usage: xor FROM TO\n");
        return 2;
    }
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('X', 'O', 'R', ' '), XorProc, MMIO_INSTALLPROC);
    memset(&from, 0, sizeof(from));
    memset(&to, 0, sizeof(to));
    /* MMIO_DENYWRITE refuses to copy a file to itself, before it is truncated. */
    from.hmmio = mmioOpen(argv[1], &from, MMIO_READ | MMIO_DENYWRITE);
    if (from.hmmio == NULL)
        return Fail(argv[1], from.wErrorRet);
    to.hmmio = mmioOpen(argv[2], &to, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    if (to.hmmio == NULL) {
        mmioClose(from.hmmio, 0);
        return Fail(argv[2], to.wErrorRet);
    }
    do {
        count = mmioRead(from.hmmio, piece, sizeof(piece));
    } while (count > 0 && mmioWrite(to.hmmio, piece, count) == count);
    mmioClose(from.hmmio, 0);
    error = mmioClose(to.hmmio, 0);
    if (count < 0)
        return Fail(argv[1], MMIOERR_CANNOTREAD);
    if (count > 0)
        error = MMIOERR_CANNOTWRITE;
    return error == MMSYSERR_NOERROR ? 0 : Fail(argv[2], error);
}
