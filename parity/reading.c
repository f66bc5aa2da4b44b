/* Parity: mmioRead and mmioSeek. */
#include "observe.h"

static void reads(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    observe_state(file);
    do_read(file, 0);
    do_read(file, 3);
    do_read(file, 4);
    do_read(file, 9);
    do_read(file, 1);
    do_read(file, 20);
    do_read(file, 1);
    do_close(file, kind);
}

static void whole_buffers(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_read(file, 8);
    do_read(file, 16);
    do_read(file, 8);
    do_close(file, kind);
}

static void seeks(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_read(file, 3);
    do_seek(file, 1, SEEK_SET);
    do_read(file, 2);
    do_seek(file, 2, SEEK_CUR);
    do_read(file, 2);
    do_seek(file, -3, SEEK_CUR);
    do_read(file, 2);
    do_seek(file, 20, SEEK_SET);
    do_read(file, 2);
    do_seek(file, 0, SEEK_SET);
    do_read(file, 2);
    do_seek(file, 26, SEEK_SET);
    do_read(file, 2);
    do_close(file, kind);
}

static void seeks_from_the_end(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_seek(file, 0, SEEK_END);
    do_seek(file, 6, SEEK_END);
    do_read(file, 2);
    do_close(file, kind);
}

static void wrong_seeks(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_read(file, 4);
    do_seek(file, -1, SEEK_SET);
    do_seek(file, -9, SEEK_CUR);
    do_seek(file, 1, 77);
    do_read(file, 2);
    do_close(file, kind);
}

static void seeks_past_the_end(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_seek(file, 30, SEEK_SET);
    do_read(file, 2);
    do_seek(file, 24, SEEK_SET);
    do_read(file, 5);
    do_close(file, kind);
}

static void negative_counts(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_read(file, -1);
    do_close(file, kind);
}

int main(int argc, char **argv)
{
    begin("reading", argc, argv);
    on_each_kind(reads, "reads");
    on_each_kind(whole_buffers, "whole-buffers");
    on_each_kind(seeks, "seeks");
    on_each_kind(seeks_from_the_end, "from-the-end");
    on_each_kind(wrong_seeks, "wrong-seeks");
    on_each_kind(seeks_past_the_end, "past-the-end");
    on_two_kinds(negative_counts, "negative-counts");
    return 0;
}
