/* Makes one kind of call so many times, for valgrind to count the instructions:
 *
 *   instructions read|write|descend COUNT */
#include <mmsystem.h>

#include <stdlib.h>
#include <string.h>

/* So many chunks, of no data, and so much of a buffer. */
#define CHUNKS 1024
#define ROOM (CHUNKS * 8 + 64)

static HMMIO open_memory(char *bytes, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = ROOM;
    return mmioOpen(NULL, &info, flags);
}

/* Every call but the first of a round is one that the buffer serves; the rounds are the same for every COUNT. */
int main(int argc, char **argv)
{
    static char bytes[ROOM];
    long count = argc > 2 ? atol(argv[2]) : 0, done;
    char kind = argc > 1 ? argv[1][0] : 0;
    HMMIO file = open_memory(bytes, MMIO_READWRITE);
    MMCKINFO chunk;
    char word[4] = "abc";
    int held = 1;
    for (done = 0; done < count && held; done++) {
        if (done % CHUNKS == 0)
            mmioSeek(file, 0, SEEK_SET);
        if (kind == 'r')
            held = mmioRead(file, word, 4) == 4;
        else if (kind == 'w')
            held = mmioWrite(file, word, 4) == 4;
        else
            held = mmioDescend(file, &chunk, NULL, 0) == MMSYSERR_NOERROR;
    }
    if (!held)
        return 1;
    return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
}
