/* A RIFF file of a million chunks. */
#include "bench.h"

#define CHUNKS 1000000
#define SIZE 16
/* Large, so that the time of the system, which is the same for both sides, matters little. */
#define BUFFER (256 * KIB)

static const char data[SIZE + 1] = "sixteen bytes...";

static void put_header(char *header, FOURCC code, uint32_t size)
{
    memcpy(header, &code, 4);
    memcpy(header + 4, &size, 4);
}

/* All chunks are 'item', except the last one, which is 'last'. */
static FOURCC code_of(int chunk)
{
    return chunk == CHUNKS - 1 ? mmioFOURCC('l', 'a', 's', 't') : mmioFOURCC('i', 't', 'e', 'm');
}

static void build_theirs(void)
{
    FILE *file = fopen_buffered("wb", BUFFER);
    char header[12];
    int i;
    put_header(header, FOURCC_RIFF, 4 + CHUNKS * (8 + SIZE));
    memcpy(header + 8, "TEST", 4);
    fwrite(header, 1, 12, file);
    for (i = 0; i < CHUNKS; i++) {
        put_header(header, code_of(i), SIZE);
        MUST(fwrite(header, 1, 8, file) == 8);
        MUST(fwrite(data, 1, SIZE, file) == SIZE);
    }
    MUST(fclose(file) == 0);
}

/* The sizes are not given in advance: each mmioAscend corrects one. */
static void build_ours(void)
{
    HMMIO file = open_file(MMIO_CREATE | MMIO_WRITE, BUFFER);
    MMCKINFO riff, chunk;
    int i;
    memset(&riff, 0, sizeof riff);
    memset(&chunk, 0, sizeof chunk);
    riff.fccType = mmioFOURCC('T', 'E', 'S', 'T');
    MUST(mmioCreateChunk(file, &riff, MMIO_CREATERIFF) == 0);
    for (i = 0; i < CHUNKS; i++) {
        chunk.ckid = code_of(i);
        chunk.cksize = 0;
        MUST(mmioCreateChunk(file, &chunk, 0) == 0);
        MUST(mmioWrite(file, data, SIZE) == SIZE);
        MUST(mmioAscend(file, &chunk, 0) == 0);
    }
    MUST(mmioAscend(file, &riff, 0) == 0);
    MUST(mmioClose(file, 0) == 0);
}

/* Writes the file again in one piece: how fast the system reads it depends on how it was written. */
static void settle(void)
{
    size_t size = 12 + (size_t)CHUNKS * (8 + SIZE);
    char *bytes = malloc(size);
    FILE *file = fopen_buffered("rb", BUFFER);
    MUST(bytes != NULL && fread(bytes, 1, size, file) == size && fclose(file) == 0);
    remove_file();
    file = fopen(FILE_NAME, "wb");
    MUST(file != NULL && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
    free(bytes);
}

static void make_chunks(void)
{
    build_theirs();
    settle();
}

static HMMIO enter(MMCKINFO *riff)
{
    HMMIO file = open_file(MMIO_READ, BUFFER);
    memset(riff, 0, sizeof *riff);
    MUST(mmioDescend(file, riff, NULL, MMIO_FINDRIFF) == 0);
    return file;
}

static void walk_ours(void)
{
    MMCKINFO riff, chunk;
    HMMIO file = enter(&riff);
    uint32_t count = 0;
    while (mmioDescend(file, &chunk, &riff, 0) == 0) {
        count++;
        result += chunk.ckid;
        mmioAscend(file, &chunk, 0);
    }
    MUST(count == CHUNKS);
    mmioClose(file, 0);
}

/* As a program without the library does it: the data is small, so it is read and not skipped. */
static void walk_theirs(void)
{
    FILE *file = fopen_buffered("rb", BUFFER);
    char header[12], skipped[SIZE];
    uint32_t code, size, count = 0;
    MUST(fread(header, 1, 12, file) == 12);
    while (fread(header, 1, 8, file) == 8) {
        memcpy(&code, header, 4);
        memcpy(&size, header + 4, 4);
        count++;
        result += code;
        MUST(fread(skipped, 1, size, file) == size);
    }
    MUST(count == CHUNKS);
    fclose(file);
}

static void find_ours(void)
{
    MMCKINFO riff, chunk;
    HMMIO file = enter(&riff);
    chunk.ckid = code_of(CHUNKS - 1);
    MUST(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK) == 0);
    MUST(chunk.dwDataOffset == 12 + CHUNKS * (8 + SIZE) - SIZE);
    mmioClose(file, 0);
}

const Workload chunks[] = {
    {.name = "building a RIFF of 1,000,000 chunks, sizes not known", .peer = "fwrite, sizes known", .limit = 0.70,
     .prepare = build_theirs, .ours = build_ours, .theirs = build_theirs, .clean = remove_file},
    {.name = "mmioDescend, mmioAscend over 1,000,000 chunks", .peer = "a walker on fread", .limit = 0.50,
     .limit_beside = 0.40, .prepare = make_chunks, .ours = walk_ours, .theirs = walk_theirs, .clean = remove_file},
    {.name = "mmioDescend for the last of 1,000,000 chunks", .peer = "the same walker", .limit = 0.20,
     .limit_beside = 0.15, .prepare = make_chunks, .ours = find_ours, .theirs = walk_theirs, .clean = remove_file},
    {.name = NULL},
};
