/* The files that the workloads use. */
#include "bench.h"

HMMIO open_file(DWORD flags, LONG buffer)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    file = mmioOpen((LPSTR)FILE_NAME, &info, flags);
    MUST(file != NULL);
    return file;
}

/* With a buffer of the caller's, because glibc otherwise ignores the size and uses 4096 bytes. */
FILE *fopen_buffered(const char *mode, size_t buffer)
{
    static char memory[BUFFER_MOST];
    FILE *file = fopen(FILE_NAME, mode);
    MUST(file != NULL && buffer <= sizeof memory);
    MUST(setvbuf(file, memory, _IOFBF, buffer) == 0);
    return file;
}

HMMIO open_memory(void *bytes, LONG count)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = count;
    return mmioOpen(NULL, &info, MMIO_READ);
}

void make_file(size_t bytes)
{
    static char piece[64 * KIB];
    FILE *file = fopen(FILE_NAME, "wb");
    size_t i;
    MUST(file != NULL && bytes % sizeof piece == 0);
    for (i = 0; i < sizeof piece; i++)
        piece[i] = (char)(i * 31 % 251);
    for (i = 0; i < bytes; i += sizeof piece)
        MUST(fwrite(piece, 1, sizeof piece, file) == sizeof piece);
    MUST(fclose(file) == 0);
}

void remove_file(void)
{
    remove(FILE_NAME);
}
