/* Parity: mmioWrite, mixed with all calls that change the position. */
#include "observe.h"

static HMMIO fresh(void)
{
    return open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READWRITE);
}

static void ends(HMMIO file)
{
    if (kind == GROWING)
        observe_content(file);
    do_close(file, kind);
}

static void writes(void)
{
    HMMIO file = fresh();
    do_write(file, "ABC", 3);
    do_write(file, "DEFG", 4);
    do_write(file, "", 0);
    do_write(file, "HIJKLMNOPQ", 10);
    do_write(file, "0123456789abcdefghij", 20);
    ends(file);
}

static void in_what_was_read(void)
{
    HMMIO file = fresh();
    do_read(file, 3);
    do_write(file, "XY", 2);
    do_read(file, 2);
    do_write(file, "Z", 1);
    ends(file);
}

static void back_and_forth(void)
{
    HMMIO file = fresh();
    do_read(file, 6);
    do_seek(file, 2, SEEK_SET);
    do_write(file, "12", 2);
    do_seek(file, 0, SEEK_SET);
    do_read(file, 6);
    do_seek(file, 20, SEEK_SET);
    do_write(file, "34", 2);
    do_seek(file, 18, SEEK_SET);
    do_read(file, 6);
    ends(file);
}

static void at_the_end(void)
{
    HMMIO file = fresh();
    do_seek(file, 0, SEEK_END);
    do_write(file, "123", 3);
    do_seek(file, 0, SEEK_END);
    do_seek(file, 26, SEEK_SET);
    do_read(file, 5);
    do_write(file, "4567890", 7);
    ends(file);
}

static void past_the_end(void)
{
    HMMIO file = fresh();
    do_seek(file, 30, SEEK_SET);
    do_write(file, "!", 1);
    ends(file);
}

static void flushes(void)
{
    HMMIO file = fresh();
    do_flush(file, 0);
    do_write(file, "ABC", 3);
    do_flush(file, 0);
    do_write(file, "DE", 2);
    do_flush(file, MMIO_EMPTYBUF);
    do_read(file, 3);
    do_flush(file, MMIO_EMPTYBUF);
    do_write(file, "F", 1);
    ends(file);
}

static void only_for_reading(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_write(file, "AB", 2);
    do_seek(file, 0, SEEK_SET);
    do_read(file, 2);
    ends(file);
}

static void only_for_writing(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_WRITE);
    do_write(file, "AB", 2);
    do_seek(file, 10, SEEK_SET);
    do_write(file, "C", 1);
    do_read(file, 2);
    ends(file);
}

static void empties_it(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_CREATE | MMIO_WRITE);
    observe_state(file);
    do_write(file, "AB", 2);
    do_seek(file, 0, SEEK_SET);
    do_read(file, 2);
    ends(file);
}

static void sets_the_buffer(void)
{
    static char other[40];
    HMMIO file = fresh();
    do_write(file, "ABC", 3);
    do_set_buffer(file, other, sizeof other);
    do_write(file, "DE", 2);
    do_read(file, 2);
    do_set_buffer(file, NULL, 4);
    do_read(file, 2);
    do_write(file, "F", 1);
    do_set_buffer(file, NULL, 0);
    do_read(file, 1);
    do_write(file, "G", 1);
    ends(file);
}

static void negative_counts(void)
{
    HMMIO file = fresh();
    do_write(file, "AB", -1);
    ends(file);
}

int main(int argc, char **argv)
{
    begin("writing", argc, argv);
    on_each_kind(writes, "writes");
    on_each_kind(in_what_was_read, "in-what-was-read");
    on_each_kind(back_and_forth, "back-and-forth");
    on_each_kind(at_the_end, "at-the-end");
    on_each_kind(past_the_end, "past-the-end");
    on_each_kind(flushes, "flushes");
    on_each_kind(only_for_reading, "only-for-reading");
    on_each_kind(only_for_writing, "only-for-writing");
    on_each_kind(empties_it, "empties-it");
    on_each_kind(sets_the_buffer, "sets-the-buffer");
    on_two_kinds(negative_counts, "negative-counts");
    return 0;
}
