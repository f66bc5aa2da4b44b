/* Memory files. */
#include "bench.h"

#define AREA (16 * MIB)
#define LARGE (256 * MIB)
#define PIECE 512
#define STEP 4096
#define FILES 100000
#define SMALL 64
#define READS 4000000
#define CYCLES 200000

static char *area;
static HMMIO *many;

static void make_area(void)
{
    int i;
    area = malloc(AREA);
    for (i = 0; i < AREA; i++)
        area[i] = (char)i;
}

static void free_area(void)
{
    free(area);
}

static void reads_ours(void)
{
    HMMIO file = open_memory(area, AREA);
    uint32_t word, sum = 0, count = 0;
    while (mmioRead(file, (HPSTR)&word, 4) == 4) {
        sum += word;
        count++;
    }
    MUST(count == AREA / 4);
    mmioClose(file, 0);
    result += sum;
}

static void reads_theirs(void)
{
    FILE *file = fmemopen(area, AREA, "rb");
    uint32_t word, sum = 0, count = 0;
    while (fread(&word, 1, 4, file) == 4) {
        sum += word;
        count++;
    }
    MUST(count == AREA / 4);
    fclose(file);
    result += sum;
}

static void grow_ours(void)
{
    MMIOINFO info;
    HMMIO file;
    char piece[PIECE];
    int i;
    memset(piece, 1, sizeof piece);
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.adwInfo[0] = STEP;
    file = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    MUST(file != NULL);
    for (i = 0; i < LARGE / PIECE; i++)
        MUST(mmioWrite(file, piece, PIECE) == PIECE);
    mmioClose(file, 0);
}

static void grow_theirs(void)
{
    char piece[PIECE], *bytes = NULL;
    size_t size = 0, room = 0;
    int i;
    memset(piece, 1, sizeof piece);
    for (i = 0; i < LARGE / PIECE; i++) {
        if (size + PIECE > room) {
            room = room ? room * 2 : STEP;
            bytes = realloc(bytes, room);
            MUST(bytes != NULL);
        }
        memcpy(bytes + size, piece, PIECE);
        size += PIECE;
    }
    result += (unsigned char)bytes[size - 1];
    free(bytes);
}

static void cycles_ours(void)
{
    int i;
    for (i = 0; i < CYCLES; i++) {
        HMMIO file = open_memory(area, KIB);
        MUST(file != NULL);
        mmioClose(file, 0);
    }
}

static void cycles_theirs(void)
{
    int i;
    for (i = 0; i < CYCLES; i++) {
        FILE *file = fmemopen(area, KIB, "rb");
        MUST(file != NULL);
        fclose(file);
    }
}

static void open_many(void)
{
    int i;
    many = malloc(FILES * sizeof *many);
    area = malloc((size_t)FILES * SMALL);
    memset(area, 1, (size_t)FILES * SMALL);
    for (i = 0; i < FILES; i++) {
        many[i] = open_memory(area + (size_t)i * SMALL, SMALL);
        MUST(many[i] != NULL);
    }
}

static void close_many(void)
{
    int i;
    for (i = 0; i < FILES; i++)
        mmioClose(many[i], 0);
    free(many);
    free(area);
}

/* Four bytes of each file in turn. */
static void spread_ours(void)
{
    uint32_t word, sum = 0;
    int i, at = 0;
    for (i = 0; i < READS; i++) {
        HMMIO file = many[at];
        if (mmioRead(file, (HPSTR)&word, 4) != 4) {
            mmioSeek(file, 0, SEEK_SET);
            MUST(mmioRead(file, (HPSTR)&word, 4) == 4);
        }
        sum += word;
        at = at + 1 < FILES ? at + 1 : 0;
    }
    result += sum;
}

static void spread_theirs(void)
{
    uint32_t word, sum = 0;
    int i;
    for (i = 0; i < READS; i++) {
        HMMIO file = many[0];
        if (mmioRead(file, (HPSTR)&word, 4) != 4) {
            mmioSeek(file, 0, SEEK_SET);
            MUST(mmioRead(file, (HPSTR)&word, 4) == 4);
        }
        sum += word;
    }
    result += sum;
}

const Workload memory[] = {
    {.name = "4-byte reads of a memory file", .peer = "fread on fmemopen", .limit = 0.45, .prepare = make_area,
     .ours = reads_ours, .theirs = reads_theirs, .clean = free_area},
    {.name = "opening and closing a memory file", .peer = "fmemopen, fclose", .limit = 0.50, .prepare = make_area,
     .ours = cycles_ours, .theirs = cycles_theirs, .clean = free_area},
    {.name = "growing a memory file to 256 MiB by 512 bytes, step 4096", .peer = "doubling realloc, memcpy",
     .limit = 1.30, .ours = grow_ours, .theirs = grow_theirs},
    {.name = "4-byte reads spread over 100,000 open memory files of 64 bytes", .peer = "over one file", .limit = 2.0,
     .prepare = open_many, .ours = spread_ours, .theirs = spread_theirs, .clean = close_many},
    {.name = NULL},
};
