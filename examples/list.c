/* list.c: the chunks of a RIFF file (WAV, AVI, SF2, ...), and those inside of them.
 *
 *   list FILE */
#include <mmsystem.h>

#include <stdio.h>
#include <string.h>

#define DEEPEST 16 /* what a damaged file nests deeper is not entered */

static int Fail(const char *what, UINT error)
{
    fprintf(stderr, "list: %s: error %u\n", what, error);
    return 1;
}

/* A code's first character is its lowest byte, on every machine. */
static void PrintCode(FOURCC fcc)
{
    int i;
    for (i = 0; i < 4; i++, fcc >>= 8) {
        int ch = (int)(fcc & 0xff);
        putchar(ch >= ' ' && ch <= '~' ? ch : '?');
    }
}

/* The chunks from the position on, to the end of the parent or, without one, of the file. */
static MMRESULT ListChunks(HMMIO hmmio, const MMCKINFO *parent, int depth)
{
    MMCKINFO ck;
    MMRESULT error;
    while ((error = mmioDescend(hmmio, &ck, parent, 0)) == MMSYSERR_NOERROR) {
        printf("%10u %10u  %*s", (unsigned)ck.dwDataOffset - 8, (unsigned)ck.cksize, depth * 2, "");
        PrintCode(ck.ckid);
        if (ck.ckid == FOURCC_RIFF || ck.ckid == FOURCC_LIST) {
            printf(" '");
            PrintCode(ck.fccType);
            printf("'");
        }
        printf("\n");
        if ((ck.ckid == FOURCC_RIFF || ck.ckid == FOURCC_LIST) && depth < DEEPEST)
            error = ListChunks(hmmio, &ck, depth + 1);
        if (error == MMSYSERR_NOERROR)
            error = mmioAscend(hmmio, &ck, 0);
        if (error != MMSYSERR_NOERROR)
            return error;
    }
    return error == MMIOERR_CHUNKNOTFOUND ? MMSYSERR_NOERROR : error;
}

/* Text, say, has something like chunks too. */
static MMRESULT ExpectRIFF(HMMIO hmmio)
{
    MMCKINFO ck;
    MMRESULT error = mmioDescend(hmmio, &ck, NULL, 0);
    if (error == MMSYSERR_NOERROR && ck.ckid != FOURCC_RIFF)
        error = MMIOERR_INVALIDFILE;
    if (error == MMSYSERR_NOERROR && mmioSeek(hmmio, 0, SEEK_SET) != 0)
        error = MMIOERR_CANNOTSEEK;
    return error;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error;
    HMMIO hmmio;

    if (argc != 2) {
        fprintf(stderr, "usage: list FILE\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    hmmio = mmioOpen(argv[1], &info, MMIO_READ | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return Fail(argv[1], info.wErrorRet);
    error = ExpectRIFF(hmmio);
    if (error == MMSYSERR_NOERROR) {
        printf("%s\n    offset       size  chunk\n", argv[1]);
        error = ListChunks(hmmio, NULL, 0);
    }
    mmioClose(hmmio, 0);
    return error == MMSYSERR_NOERROR ? 0 : Fail(argv[1], error);
}
