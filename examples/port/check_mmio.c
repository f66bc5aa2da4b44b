/* check_mmio.c: checks the rules that private versions of mmio often break, and prints a line for each. Build it with a
 * private version, and again with this library. A line that differs shows where the program may have to change.
 *
 *     cc check_mmio.c -Ishim shim/mmio.c -o check_mmio && ./check_mmio
 *     cc check_mmio.c $(pkg-config --cflags --libs mmsystem) -o check_mmio && ./check_mmio
 */
#include <mmsystem.h>
#include <stdio.h>
#include <string.h>

#define FILE_NAME "check.wav"

static int wrong;

static void line(const char *what, int is_right)
{
    printf("%-5s %s\n", is_right ? "right" : "WRONG", what);
    wrong += !is_right;
}

/* A RIFF file with a LIST, a chunk of odd size, and 4 samples. */
static const char bytes[] = "RIFF\100\0\0\0WAVE"
                            "LIST\020\0\0\0INFOINAM\3\0\0\0abc\0"
                            "fmt \020\0\0\0\1\0\1\0\100\037\0\0\100\037\0\0\1\0\010\0"
                            "data\4\0\0\0\1\2\3\4";

static HMMIO open_file(DWORD flags)
{
    static char name[] = FILE_NAME;
    FILE *file = fopen(name, "wb");
    if (file != NULL) {
        fwrite(bytes, 1, sizeof(bytes) - 1, file);
        fclose(file);
    }
    return mmioOpen(name, NULL, flags);
}

static void structures(void)
{
    line("MMIOINFO has 72 bytes, 100 with 64-bit pointers", sizeof(MMIOINFO) == (sizeof(void *) == 8 ? 100 : 72));
    line("MMCKINFO has 20 bytes", sizeof(MMCKINFO) == 20);
    line("MMIO_FINDRIFF is 0x20, and not 0", MMIO_FINDRIFF == 0x20);
    line("MMIOERR_CHUNKNOTFOUND is 265", MMIOERR_CHUNKNOTFOUND == 265);
    line("the first character of a code is its lowest byte", mmioFOURCC('R', 'I', 'F', 'F') == 0x46464952);
}

static void chunks(void)
{
    HMMIO file = open_file(MMIO_READ);
    MMCKINFO riff, list, data;
    memset(&riff, 0, sizeof(riff));
    memset(&list, 0, sizeof(list));
    memset(&data, 0, sizeof(data));
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    mmioDescend(file, &riff, NULL, MMIO_FINDRIFF);
    line("dwDataOffset of a RIFF chunk is 8, the offset of its form type", riff.dwDataOffset == 8);
    line("cksize of a RIFF chunk includes its form type", riff.cksize == sizeof(bytes) - 1 - 8);
    line("after mmioDescend into a RIFF chunk the position is 12", mmioSeek(file, 0, SEEK_CUR) == 12);
    list.fccType = mmioFOURCC('I', 'N', 'F', 'O');
    line("MMIO_FINDLIST finds a list by its type",
         mmioDescend(file, &list, &riff, MMIO_FINDLIST) == 0 && list.dwDataOffset == 20);
    line("mmioAscend moves to the end of the chunk, past its pad byte",
         mmioAscend(file, &list, 0) == 0 && mmioSeek(file, 0, SEEK_CUR) == 36);
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    line("MMIO_FINDCHUNK skips chunks with other codes",
         mmioDescend(file, &data, &riff, MMIO_FINDCHUNK) == 0 && data.dwDataOffset == 68);
    mmioAscend(file, &data, 0);
    data.ckid = mmioFOURCC('n', 'o', 'n', 'e');
    line("a missing chunk is MMIOERR_CHUNKNOTFOUND",
         mmioDescend(file, &data, &riff, MMIO_FINDCHUNK) == MMIOERR_CHUNKNOTFOUND);
    mmioClose(file, 0);
}

static void positions(void)
{
    HMMIO file = open_file(MMIO_READ);
    char four[4] = {0, 0, 0, 0};
    line("SEEK_END counts backwards from the end", mmioSeek(file, 4, SEEK_END) == (LONG)sizeof(bytes) - 1 - 4);
    line("mmioRead returns the number of bytes read", mmioRead(file, four, 4) == 4 && four[3] == 4);
    line("mmioRead returns 0 at the end", mmioRead(file, four, 4) == 0);
    mmioClose(file, 0);
}

static void buffers(void)
{
    HMMIO file = open_file(MMIO_READ | MMIO_ALLOCBUF);
    MMIOINFO info;
    memset(&info, 0, sizeof(info));
    line("MMIO_ALLOCBUF allocates a buffer of 8192 bytes",
         mmioGetInfo(file, &info, 0) == 0 && info.pchBuffer != NULL && info.cchBuffer == 8192);
    line("mmioAdvance fills it, from pchNext to pchEndRead",
         mmioAdvance(file, &info, MMIO_READ) == 0 && info.pchNext != NULL &&
             info.pchEndRead - info.pchNext == (long)sizeof(bytes) - 1 && memcmp(info.pchNext, bytes, 4) == 0);
    if (info.pchNext != NULL)
        info.pchNext += 8;
    mmioSetInfo(file, &info, 0);
    line("mmioSetInfo moves the position to pchNext", mmioSeek(file, 0, SEEK_CUR) == 8);
    mmioClose(file, 0);
}

static void writing(void)
{
    static char name[] = FILE_NAME;
    HMMIO file = mmioOpen(name, NULL, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    MMCKINFO riff, odd;
    char back[32] = "";
    FILE *stream;
    memset(&riff, 0, sizeof(riff));
    memset(&odd, 0, sizeof(odd));
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    mmioCreateChunk(file, &riff, MMIO_CREATERIFF);
    odd.ckid = mmioFOURCC('d', 'a', 't', 'a');
    mmioCreateChunk(file, &odd, 0);
    mmioWrite(file, "abc", 3);
    mmioAscend(file, &odd, 0);
    mmioAscend(file, &riff, 0);
    mmioClose(file, 0);
    stream = fopen(name, "rb");
    if (stream != NULL) {
        line("mmioAscend writes sizes and pad bytes",
             fread(back, 1, 32, stream) == 24 && memcmp(back, "RIFF\020\0\0\0WAVEdata\3\0\0\0abc\0", 24) == 0);
        fclose(stream);
    }
    remove(name);
}

int main(void)
{
    structures();
    chunks();
    positions();
    buffers();
    writing();
    printf("%d wrong\n", wrong);
    return wrong != 0;
}
