/* Parity: files that other software made, and some made by hand, read chunk by chunk. Their names are in the file
 * `corpus`. */
#include "observe.h"

#define DEEPEST 8
#define MOST 200

static char file_name[200];
static int chunks_seen;

/* Walks all chunks from here to the end of the parent, and those inside them. */
static void walk(HMMIO file, const MMCKINFO *parent, int depth)
{
    MMCKINFO chunk;
    MMRESULT error;
    for (;;) {
        memset(&chunk, 0, sizeof chunk);
        begin_step("chunk %d, depth %d", ++chunks_seen, depth);
        error = mmioDescend(file, &chunk, parent, 0);
        observe("mmioDescend", error);
        if (error != 0 || chunks_seen >= MOST)
            return;
        observe_chunk("chunk", &chunk);
        observe("position", mmioSeek(file, 0, SEEK_CUR));
        if ((chunk.ckid == FOURCC_RIFF || chunk.ckid == FOURCC_LIST) && depth < DEEPEST)
            walk(file, &chunk, depth + 1);
        begin_step("chunk %d, depth %d, left", chunks_seen, depth);
        error = mmioAscend(file, &chunk, 0);
        observe("mmioAscend", error);
        if (error != 0)
            return;
        observe("position", mmioSeek(file, 0, SEEK_CUR));
    }
}

static void walk_file(void)
{
    MMIOINFO info;
    MMCKINFO riff;
    HMMIO file;
    memset(&info, 0, sizeof info);
    begin_step("open");
    file = mmioOpenA(file_name, &info, MMIO_READ | MMIO_ALLOCBUF);
    observe_handle("", file);
    if (file == NULL)
        return;
    chunks_seen = 0;
    walk(file, NULL, 0);
    begin_step("find the RIFF");
    observe("mmioSeek", mmioSeek(file, 0, SEEK_SET));
    memset(&riff, 0, sizeof riff);
    observe("mmioDescend", mmioDescend(file, &riff, NULL, MMIO_FINDRIFF));
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
}

int main(int argc, char **argv)
{
    char line[100];
    FILE *names = fopen("corpus/names", "r");
    begin("walk", argc, argv);
    if (names == NULL)
        return EXIT_FAILURE;
    while (fgets(line, sizeof line, names) != NULL) {
        line[strcspn(line, "\r\n")] = 0;
        sprintf(file_name, "corpus/%s", line);
        run_case(walk_file, "%s", line);
    }
    fclose(names);
    return 0;
}
