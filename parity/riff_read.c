/* Parity: mmioDescend and mmioAscend over existing bytes. */
#include "observe.h"

#define CODE(a, b, c, d) mmioFOURCC(a, b, c, d)

/* A RIFF with a chunk, a LIST of two chunks, and a chunk of odd size. */
static const char plain[] = "RIFF\x40\0\0\0TESTfmt \4\0\0\0abcd"
                            "LIST\x1c\0\0\0INFOIONE\3\0\0\0one\0ITWO\4\0\0\0two.data\3\0\0\0xyz\0";

#define PLAIN ((LONG)sizeof plain - 1)

static void descend(HMMIO file, MMCKINFO *chunk, const char *what, const MMCKINFO *parent, UINT flags)
{
    begin_step("mmioDescend %s", what);
    observe("", mmioDescend(file, chunk, parent, flags));
    observe_chunk("chunk", chunk);
    observe_state(file);
}

static void ascend(HMMIO file, MMCKINFO *chunk, const char *what)
{
    begin_step("mmioAscend %s", what);
    observe("", mmioAscend(file, chunk, 0));
    observe_chunk("chunk", chunk);
    observe_state(file);
}

static MMCKINFO wanted(FOURCC code, FOURCC form)
{
    MMCKINFO chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = code;
    chunk.fccType = form;
    return chunk;
}

static void finds(void)
{
    HMMIO file = open_bytes(kind, plain, PLAIN, buffer_size, MMIO_READ);
    MMCKINFO riff = wanted(0, CODE('T', 'E', 'S', 'T')), list = wanted(0, CODE('I', 'N', 'F', 'O')),
             chunk = wanted(CODE('I', 'T', 'W', 'O'), 0);
    descend(file, &riff, "the RIFF", NULL, MMIO_FINDRIFF);
    descend(file, &list, "the LIST", &riff, MMIO_FINDLIST);
    descend(file, &chunk, "ITWO", &list, MMIO_FINDCHUNK);
    do_read(file, 2);
    ascend(file, &chunk, "from ITWO");
    ascend(file, &list, "from the LIST");
    chunk = wanted(CODE('d', 'a', 't', 'a'), 0);
    descend(file, &chunk, "data", &riff, MMIO_FINDCHUNK);
    do_read(file, 10);
    ascend(file, &chunk, "from data");
    ascend(file, &riff, "from the RIFF");
    do_close(file, kind);
}

static void each_in_turn(void)
{
    HMMIO file = open_bytes(kind, plain, PLAIN, buffer_size, MMIO_READ);
    MMCKINFO riff = wanted(0, 0), chunk = wanted(0, 0);
    int i;
    descend(file, &riff, "any", NULL, 0);
    for (i = 0; i < 3; i++) {
        chunk = wanted(0, 0);
        descend(file, &chunk, "the next", &riff, 0);
        ascend(file, &chunk, "from it");
    }
    descend(file, &chunk, "one too many", &riff, 0);
    do_close(file, kind);
}

static void not_there(void)
{
    HMMIO file = open_bytes(kind, plain, PLAIN, buffer_size, MMIO_READ);
    MMCKINFO riff = wanted(0, CODE('O', 'T', 'H', 'R')), chunk = wanted(CODE('n', 'o', 'n', 'e'), 0);
    descend(file, &riff, "another form", NULL, MMIO_FINDRIFF);
    do_seek(file, 0, SEEK_SET);
    descend(file, &chunk, "no such chunk", NULL, MMIO_FINDCHUNK);
    do_seek(file, 0, SEEK_SET);
    riff = wanted(0, 0);
    descend(file, &riff, "the RIFF", NULL, MMIO_FINDRIFF);
    chunk = wanted(CODE('n', 'o', 'n', 'e'), 0);
    descend(file, &chunk, "no such chunk in it", &riff, MMIO_FINDCHUNK);
    do_seek(file, 12, SEEK_SET);
    chunk = wanted(0, CODE('n', 'o', 'n', 'e'));
    descend(file, &chunk, "no such LIST in it", &riff, MMIO_FINDLIST);
    do_close(file, kind);
}

static void outside_the_parent(void)
{
    HMMIO file = open_bytes(kind, plain, PLAIN, buffer_size, MMIO_READ);
    MMCKINFO parent = wanted(CODE('R', 'I', 'F', 'F'), 0), chunk = wanted(0, 0);
    parent.dwDataOffset = 40;
    parent.cksize = 10;
    descend(file, &chunk, "before the parent", &parent, 0);
    do_seek(file, 60, SEEK_SET);
    descend(file, &chunk, "behind the parent", &parent, 0);
    do_close(file, kind);
}

static void two_flags(void)
{
    HMMIO file = open_bytes(kind, plain, PLAIN, buffer_size, MMIO_READ);
    MMCKINFO chunk = wanted(CODE('f', 'm', 't', ' '), CODE('T', 'E', 'S', 'T'));
    descend(file, &chunk, "RIFF and LIST", NULL, MMIO_FINDRIFF | MMIO_FINDLIST);
    do_seek(file, 0, SEEK_SET);
    chunk = wanted(CODE('f', 'm', 't', ' '), CODE('T', 'E', 'S', 'T'));
    descend(file, &chunk, "chunk and RIFF", NULL, MMIO_FINDCHUNK | MMIO_FINDRIFF);
    do_seek(file, 0, SEEK_SET);
    begin_step("mmioDescend into NULL");
    observe("", mmioDescend(file, NULL, NULL, 0));
    do_close(file, kind);
}

/* Bytes whose sizes are wrong. */
static const char *wrong_bytes;
static LONG wrong_size;

static void wrong_files(void)
{
    HMMIO file = open_bytes(kind, wrong_bytes, wrong_size, buffer_size, MMIO_READ);
    MMCKINFO riff = wanted(0, 0), chunk;
    int i;
    descend(file, &riff, "the RIFF", NULL, MMIO_FINDRIFF);
    for (i = 0; i < 3; i++) {
        chunk = wanted(0, 0);
        descend(file, &chunk, "the next", &riff, 0);
        ascend(file, &chunk, "from it");
    }
    do_seek(file, 12, SEEK_SET);
    chunk = wanted(CODE('d', 'a', 't', 'a'), 0);
    descend(file, &chunk, "data", &riff, MMIO_FINDCHUNK);
    do_close(file, kind);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name, *bytes;
        LONG size;
    } all_wrong[] = {
        {"empty", "", 0},
        {"short-header", "RIFF\4\0", 6},
        {"no-form", "RIFF\4\0\0\0", 8},
        {"size-0", "RIFF\0\0\0\0TESTdata\2\0\0\0abjunk\2\0\0\0cd", 32},
        {"size-past-the-end", "RIFF\x77\0\0\0TESTdata\x55\0\0\0ab", 22},
        {"size-ffffffff", "RIFF\xff\xff\xff\xffTESTjunk\2\0\0\0abdata\2\0\0\0cd", 32},
        {"chunk-past-the-parent", "RIFF\x0e\0\0\0TESTjunk\x20\0\0\0abdata\2\0\0\0cd", 32},
        {"chunk-of-ffffffff", "RIFF\x18\0\0\0TESTjunk\xff\xff\xff\xff" "abdata\2\0\0\0cd", 32},
        {"chunk-of-7fffffff", "RIFF\x18\0\0\0TESTjunk\xff\xff\xff\x7f" "abdata\2\0\0\0cd", 32},
        {"no-pad-byte", "RIFF\x1b\0\0\0TESTjunk\3\0\0\0abcdata\2\0\0\0cd", 33},
        {"rifx", "RIFX\0\0\0\x18TESTdata\0\0\0\2ab", 22},
    };
    size_t i;
    char name[40];
    begin("riff_read", argc, argv);
    on_each_kind(finds, "finds");
    on_each_kind(each_in_turn, "each");
    on_each_kind(not_there, "not-there");
    on_each_kind(outside_the_parent, "outside");
    on_each_kind(two_flags, "two-flags");
    for (i = 0; i < COUNT(all_wrong); i++) {
        wrong_bytes = all_wrong[i].bytes;
        wrong_size = all_wrong[i].size;
        sprintf(name, "lie-%s", all_wrong[i].name);
        on_each_kind(wrong_files, name);
    }
    return 0;
}
