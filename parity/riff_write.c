/* Parity: mmioCreateChunk and mmioAscend: the files that result. */
#include "observe.h"

#define CODE(a, b, c, d) mmioFOURCC(a, b, c, d)

static HMMIO fresh(void)
{
    return open_bytes(kind, "", 0, kind == MEMORY ? 0 : buffer_size, MMIO_CREATE | MMIO_READWRITE);
}

static void create(HMMIO file, MMCKINFO *chunk, FOURCC code, DWORD size, FOURCC form, UINT flags)
{
    begin_step("mmioCreateChunk 0x%x", (unsigned)flags);
    memset(chunk, 0, sizeof *chunk);
    chunk->ckid = code;
    chunk->cksize = size;
    chunk->fccType = form;
    observe("", mmioCreateChunk(file, chunk, flags));
    observe_chunk("chunk", chunk);
    observe_state(file);
}

static void ascend(HMMIO file, MMCKINFO *chunk)
{
    begin_step("mmioAscend");
    observe("", mmioAscend(file, chunk, 0));
    observe_chunk("chunk", chunk);
    observe_state(file);
}

static void ends(HMMIO file)
{
    if (kind == GROWING)
        observe_content(file);
    do_close(file, kind);
}

static void sizes_not_known(void)
{
    MMCKINFO riff, list, chunk;
    HMMIO file = fresh();
    create(file, &riff, 0, 0, CODE('T', 'E', 'S', 'T'), MMIO_CREATERIFF);
    create(file, &list, 0, 0, CODE('I', 'N', 'F', 'O'), MMIO_CREATELIST);
    create(file, &chunk, CODE('o', 'd', 'd', ' '), 0, 0, 0);
    do_write(file, "abc", 3);
    ascend(file, &chunk);
    create(file, &chunk, CODE('e', 'v', 'e', 'n'), 0, 0, 0);
    do_write(file, "abcd", 4);
    ascend(file, &chunk);
    ascend(file, &list);
    ascend(file, &riff);
    ascend(file, &riff);
    ends(file);
}

static void sizes_known(void)
{
    MMCKINFO riff, chunk;
    HMMIO file = fresh();
    create(file, &riff, 0, 24, CODE('T', 'E', 'S', 'T'), MMIO_CREATERIFF);
    create(file, &chunk, CODE('o', 'd', 'd', ' '), 3, 0, 0);
    do_write(file, "abc", 3);
    ascend(file, &chunk);
    create(file, &chunk, CODE('o', 'n', 'e', ' '), 1, 0, 0);
    do_write(file, "a", 1);
    ascend(file, &chunk);
    ascend(file, &riff);
    ends(file);
}

static void codes_by_the_caller(void)
{
    MMCKINFO riff, list, plain;
    HMMIO file = fresh();
    create(file, &riff, FOURCC_RIFF, 0, CODE('T', 'E', 'S', 'T'), 0);
    create(file, &list, FOURCC_LIST, 0, CODE('I', 'N', 'F', 'O'), 0);
    ascend(file, &list);
    create(file, &plain, CODE('p', 'l', 'a', 'n'), 0, CODE('n', 'o', 'n', 'e'), 0);
    ascend(file, &plain);
    ascend(file, &riff);
    ends(file);
}

static void patched(void)
{
    MMCKINFO chunk;
    HMMIO file = fresh();
    create(file, &chunk, CODE('d', 'a', 't', 'a'), 0, 0, 0);
    do_write(file, "0123456789", 10);
    do_seek(file, 10, SEEK_SET);
    do_write(file, "XY", 2);
    do_seek(file, 18, SEEK_SET);
    ascend(file, &chunk);
    do_seek(file, 0, SEEK_SET);
    memset(&chunk, 0, sizeof chunk);
    begin_step("mmioDescend");
    observe("", mmioDescend(file, &chunk, NULL, 0));
    observe_chunk("chunk", &chunk);
    do_read(file, 10);
    ends(file);
}

static void wrong_calls(void)
{
    MMCKINFO chunk;
    HMMIO file = fresh();
    create(file, &chunk, 0, 0, CODE('T', 'E', 'S', 'T'), MMIO_CREATERIFF | MMIO_CREATELIST);
    begin_step("mmioCreateChunk of NULL");
    observe("", mmioCreateChunk(file, NULL, 0));
    begin_step("mmioAscend from NULL");
    observe("", mmioAscend(file, NULL, 0));
    ends(file);
}

int main(int argc, char **argv)
{
    begin("riff_write", argc, argv);
    on_each_kind(sizes_not_known, "unknown");
    on_each_kind(sizes_known, "known");
    on_each_kind(codes_by_the_caller, "codes");
    on_each_kind(patched, "patched");
    on_each_kind(wrong_calls, "wrong-calls");
    return 0;
}
