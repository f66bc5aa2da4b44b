/* xor.c: an I/O procedure on top of the built-in one.
 *
 * Every byte of a `.xor` file is XORed with a key on its way to the disk and back: the file is scrambled, and a
 * program that opens `NAME.xor+` sees plain bytes, with buffers, chunks and all.
 *
 *   xor FILE.xor        writes a small RIFF file through the procedure, and shows both sides of it */
#include <mmsystem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY 0x5a

/* The built-in procedure for disk files. It keeps its state in the MMIOINFO that it is handed, ours. */
static LPMMIOPROC DiskProc;

static void Scramble(char *pch, LONG cch)
{
    while (cch-- > 0)
        *pch++ ^= KEY;
}

/* The bytes to write belong to the caller: they are scrambled in pieces, in a buffer of our own. */
static LRESULT WriteScrambled(LPSTR lpmmioinfo, UINT uMsg, const char *pch, LONG cch)
{
    char piece[4096];
    LONG done = 0;
    do {
        LONG count = cch - done < (LONG)sizeof(piece) ? cch - done : (LONG)sizeof(piece);
        LRESULT written;
        memcpy(piece, pch + done, (size_t)count);
        Scramble(piece, count);
        written = DiskProc(lpmmioinfo, uMsg, (LPARAM)piece, count);
        if (written < 0)
            return done > 0 ? done : -1;
        done += (LONG)written;
        if (written < count)
            break;
    } while (done < cch);
    return done;
}

/* Opens the file that the name says before its `+`. */
static LRESULT OpenBare(LPSTR lpmmioinfo, const char *name)
{
    LRESULT result = MMIOERR_OUTOFMEMORY;
    const char *plus = strrchr(name, CFSEPCHAR);
    size_t length = plus == NULL ? strlen(name) : (size_t)(plus - name);
    char *bare = (char *)malloc(length + 1);
    if (bare != NULL) {
        memcpy(bare, name, length);
        bare[length] = '\0';
        result = DiskProc(lpmmioinfo, MMIOM_OPEN, (LPARAM)bare, 0);
        free(bare);
    }
    return result;
}

static LRESULT CALLBACK XorProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LRESULT count;
    switch (uMsg) {
    case MMIOM_OPEN:
        return OpenBare(lpmmioinfo, (const char *)lParam1);
    case MMIOM_READ:
        count = DiskProc(lpmmioinfo, uMsg, lParam1, lParam2);
        Scramble((char *)lParam1, (LONG)count);
        return count;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return WriteScrambled(lpmmioinfo, uMsg, (const char *)lParam1, (LONG)lParam2);
    default:
        return DiskProc(lpmmioinfo, uMsg, lParam1, lParam2);
    }
}

static MMRESULT WriteSong(char *name)
{
    static char text[] = "plain to the program";
    MMCKINFO ckRIFF = {0}, ck = {0};
    MMRESULT error;
    HMMIO hmmio = mmioOpen(name, NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return MMIOERR_CANNOTOPEN;
    ckRIFF.fccType = mmioFOURCC('S', 'O', 'N', 'G');
    ck.ckid = mmioFOURCC('t', 'e', 'x', 't');
    error = mmioCreateChunk(hmmio, &ckRIFF, MMIO_CREATERIFF);
    if (error == MMSYSERR_NOERROR)
        error = mmioCreateChunk(hmmio, &ck, 0);
    if (error == MMSYSERR_NOERROR && mmioWrite(hmmio, text, sizeof(text)) != sizeof(text))
        error = MMIOERR_CANNOTWRITE;
    if (error == MMSYSERR_NOERROR)
        error = mmioAscend(hmmio, &ck, 0);
    if (error == MMSYSERR_NOERROR)
        error = mmioAscend(hmmio, &ckRIFF, 0);
    if (error == MMSYSERR_NOERROR)
        return mmioClose(hmmio, 0);
    mmioClose(hmmio, 0);
    return error;
}

static MMRESULT ReadSong(char *name)
{
    char text[64] = "";
    MMCKINFO ckRIFF = {0}, ck = {0};
    MMRESULT error;
    HMMIO hmmio = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return MMIOERR_CANNOTOPEN;
    ckRIFF.fccType = mmioFOURCC('S', 'O', 'N', 'G');
    ck.ckid = mmioFOURCC('t', 'e', 'x', 't');
    error = mmioDescend(hmmio, &ckRIFF, NULL, MMIO_FINDRIFF);
    if (error == MMSYSERR_NOERROR)
        error = mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK);
    if (error == MMSYSERR_NOERROR && mmioRead(hmmio, text, sizeof(text) - 1) <= 0)
        error = MMIOERR_CANNOTREAD;
    mmioClose(hmmio, 0);
    if (error == MMSYSERR_NOERROR)
        printf("%-10s reads:  %s\n", name, text);
    return error;
}

static void ShowDisk(const char *name)
{
    int byte, count;
    FILE *file = fopen(name, "rb");
    if (file == NULL)
        return;
    printf("%-10s holds: ", name);
    for (count = 0; count < 16 && (byte = getc(file)) != EOF; count++)
        printf(" %02x", byte);
    printf(" ...\n");
    fclose(file);
}

int main(int argc, char **argv)
{
    char name[1024];
    MMRESULT error;
    if (argc != 2 || strlen(argv[1]) > sizeof(name) - 2) {
        fprintf(stderr, "usage: xor FILE.xor\n");
        return 2;
    }
    sprintf(name, "%s+", argv[1]);
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('X', 'O', 'R', ' '), XorProc, MMIO_INSTALLPROC);
    error = WriteSong(name);
    if (error == MMSYSERR_NOERROR)
        error = ReadSong(name);
    if (error != MMSYSERR_NOERROR) {
        fprintf(stderr, "xor: %s: error %u\n", name, error);
        return 1;
    }
    ShowDisk(argv[1]);
    return 0;
}
