/* list.c: lists the chunks of a RIFF file (WAV, AVI, SF2, ...), nested ones included.
 *
 *   list FILE */
#include <mmsystem.h>
#include <mmsystem_ext.h> /* mmsys_error_text; the rest is the Windows API */

#include <stdio.h>
#include <string.h>

#define DEEPEST 16 /* deeper chunks, of a damaged file, are not entered */

/* A code's first character is its lowest byte, on every machine. */
static void PrintCode(FOURCC fcc)
{
    for (int i = 0; i < 4; i++, fcc >>= 8) {
        int ch = (int)(fcc & 0xff);
        putchar(ch >= ' ' && ch <= '~' ? ch : '?');
    }
}

/* Lists the chunks from the current position to the end of the parent, or of the file. */
static MMRESULT ListChunks(HMMIO hmmio, const MMCKINFO *parent, int depth)
{
    MMCKINFO ck;
    MMRESULT error;
    while ((error = mmioDescend(hmmio, &ck, parent, 0)) == MMSYSERR_NOERROR) {
        int is_list = ck.ckid == FOURCC_RIFF || ck.ckid == FOURCC_LIST;
        if (parent == NULL && ck.ckid != FOURCC_RIFF)
            return MMIOERR_INVALIDFILE; /* any bytes can look like a chunk */
        printf("%10u %10u  %*s", (unsigned)ck.dwDataOffset - 8, (unsigned)ck.cksize, depth * 2, "");
        PrintCode(ck.ckid);
        if (is_list) {
            printf(" '");
            PrintCode(ck.fccType);
            printf("'");
        }
        printf("\n");
        if (is_list && depth < DEEPEST)
            error = ListChunks(hmmio, &ck, depth + 1);
        if (error == MMSYSERR_NOERROR)
            error = mmioAscend(hmmio, &ck, 0);
        if (error != MMSYSERR_NOERROR)
            return error;
    }
    return error == MMIOERR_CHUNKNOTFOUND ? MMSYSERR_NOERROR : error;
}

int main(int argc, char **argv)
{
    MMIOINFO info;
    MMRESULT error;
    if (argc != 2) {
        fprintf(stderr, "usage: list FILE\n");
        return 2;
    }
    memset(&info, 0, sizeof(info));
    info.hmmio = mmioOpen(argv[1], &info, MMIO_READ | MMIO_ALLOCBUF);
    error = info.wErrorRet;
    if (info.hmmio != NULL) {
        printf("    offset       size  chunk\n");
        error = ListChunks(info.hmmio, NULL, 0);
        mmioClose(info.hmmio, 0);
    }
    if (error != MMSYSERR_NOERROR)
        fprintf(stderr, "list: %s: %s\n", argv[1], mmsys_error_text(error));
    return error != MMSYSERR_NOERROR;
}
