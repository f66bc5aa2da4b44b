/* mmioFlush, and mmioSetBuffer between other calls: the position and the bytes do not change.
 *
 * Shows docs/contract.md, 3. The buffer: "Flush", "MMIO_EMPTYBUF", "SetBuffer", "MMIOERR_OUTOFMEMORY". */
#include "state.h"

static char read_into[64];

static void a_flush_keeps_the_buffer(void)
{
    HMMIO file = open_with("flush", MMIO_CREATE, NULL, 8);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioFlush(file, 0), 0);
    STATE(file, 3, 3, 0, 3);
    CHECK(!is_dirty(file));
    FILE_IS("flush", "abc", 3);
    CHECK_EQ(mmioWrite(file, "de", 2), 2);
    STATE(file, 5, 5, 0, 3);
    CHECK(is_dirty(file));
    CHECK_EQ(mmioSeek(file, 1, SEEK_SET), 1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    STATE(file, 1, 5, 0, 5);
    FILE_IS("flush", "abcde", 5);
    CHECK_EQ(mmioRead(file, read_into, 8), 4);
    CHECK_BYTES(read_into, "bcde", 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("flush", "abcde", 5);
}

static void emptybuf_leaves_the_buffer_empty_at_the_position(void)
{
    HMMIO file = open_letters("empty", 8);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    CHECK_EQ(mmioFlush(file, 0), 0);
    STATE(file, 3, 8, 0, 8);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    /* Nothing is sent, so lDiskOffset does not change. */
    STATE(file, 0, 0, 3, 8);
    /* Bytes that another program writes are read after it. */
    put_file("empty", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_BYTES(read_into, "DE", 2);
    STATE(file, 2, 8, 3, 11);
    CHECK_EQ(mmioWrite(file, "..", 2), 2);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    WINDOW(file, 0, 0, 7);
    CHECK(!is_dirty(file));
    FILE_IS("empty", "ABCDE..HIJKLMNOPQRSTUVWXYZ", 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void flushing_an_unbuffered_file_does_nothing(void)
{
    HMMIO file = open_letters("nothing", 0);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    STATE(file, 0, 0, 3, 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void flushing_a_memory_file_does_nothing(void)
{
    char memory[26];
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    memcpy(memory, LETTERS, 26);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = memory;
    info.cchBuffer = 26;
    file = mmioOpen(NULL, &info, MMIO_READWRITE);
    CHECK_EQ(mmioWrite(file, "AB", 2), 2);
    CHECK_EQ(mmioFlush(file, 0), 0);
    STATE(file, 2, 26, 0, 0);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    STATE(file, 2, 26, 0, 0);
    CHECK_EQ(mmioRead(file, read_into, 30), 24);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(memory, "ABcdefghijklmnopqrstuvwxyz", 26);
}

static void set_buffer_sets_the_pointers_as_opening_does(void)
{
    char given[8];
    HMMIO file = open_letters("pointers", 16);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    CHECK_EQ(mmioSetBuffer(file, given, 8, 0), 0);
    CHECK(info_of(file).pchBuffer == given);
    CHECK_EQ(info_of(file).cchBuffer, 8);
    CHECK(!is_allocated(file));
    WINDOW(file, 0, 0, 3);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    STATE(file, 2, 8, 3, 11);
    CHECK_BYTES(given, "defghijk", 8);
    CHECK_EQ(mmioSetBuffer(file, NULL, 4, 0), 0);
    CHECK(info_of(file).pchBuffer != given);
    CHECK_EQ(info_of(file).cchBuffer, 4);
    CHECK(is_allocated(file));
    WINDOW(file, 0, 0, 5);
    CHECK_EQ(mmioSetBuffer(file, given, 0, 0), 0);
    CHECK(info_of(file).pchBuffer == given);
    CHECK_EQ(info_of(file).cchBuffer, 0);
    CHECK(!is_allocated(file));
    WINDOW(file, 0, 0, 5);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    STATE(file, 0, 0, 6, 6);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), 0);
    CHECK(info_of(file).pchBuffer == NULL && info_of(file).pchNext == NULL);
    CHECK(info_of(file).pchEndRead == NULL && info_of(file).pchEndWrite == NULL);
    CHECK(!is_allocated(file));
    STATE(file, 0, 0, 6, 6);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("pointers", LETTERS, 26);
}

static void set_buffer_ignores_its_flags(void)
{
    char given[4];
    HMMIO file = open_letters("flags", 16);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, MMIO_ALLOCBUF), 0);
    CHECK_EQ(info_of(file).cchBuffer, 0);
    CHECK(info_of(file).pchBuffer == NULL);
    CHECK(!is_allocated(file));
    CHECK_EQ(mmioSetBuffer(file, given, 4, MMIO_ALLOCBUF | 0xffff), 0);
    CHECK(info_of(file).pchBuffer == given);
    CHECK(!is_allocated(file));
    CHECK_EQ(mmioSetBuffer(file, NULL, 4, 0xffffffffu), 0);
    CHECK_EQ(info_of(file).cchBuffer, 4);
    CHECK(is_allocated(file));
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_negative_size_keeps_the_buffer(void)
{
    char given[4];
    HMMIO file = open_with("negative", MMIO_CREATE, NULL, 16);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioSetBuffer(file, NULL, -1, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSetBuffer(file, given, INT32_MIN, 0), MMSYSERR_INVALPARAM);
    STATE(file, 3, 3, 0, 0);
    CHECK(is_dirty(file));
    CHECK_EQ(info_of(file).cchBuffer, 16);
    CHECK_EQ(last_error(file), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("negative", "abc", 3);
}

static void the_same_buffer_may_be_given_again(void)
{
    char given[8];
    HMMIO file = open_with("again", MMIO_CREATE, given, 8);
    CHECK_EQ(mmioWrite(file, "abcde", 5), 5);
    CHECK_EQ(mmioSetBuffer(file, given, 8, 0), 0);
    WINDOW(file, 0, 0, 5);
    CHECK_EQ(mmioWrite(file, "fg", 2), 2);
    CHECK_EQ(mmioSetBuffer(file, given, 4, 0), 0);
    CHECK_EQ(mmioWrite(file, "hij", 3), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("again", LETTERS, 10);
}

static char given[64];

/* The buffers to change between: the size, and whether it is the caller's. */
static const LONG sizes[] = {0, 1, 3, 8, 40, 5, 64, 0};
static const int callers[] = {0, 0, 0, 0, 0, 1, 1, 1};
enum { KINDS = 8 };

static void change(HMMIO file, int kind, LONG expected_position)
{
    CHECK_EQ(mmioSetBuffer(file, callers[kind] ? given : NULL, sizes[kind], 0), 0);
    CHECK_EQ(position_of(file), expected_position);
    CHECK(!is_dirty(file));
}

/* Reads up to `at`, writes three bytes, changes to another buffer and back. */
static void change_at(LONG at, int from, int to)
{
    char expected[32];
    HMMIO file = open_letters("change", 0);
    memcpy(expected, LETTERS, 26);
    memcpy(expected + at, "XYZ", 3);
    memcpy(expected + at + 5, "!", 1);
    change(file, from, 0);
    CHECK_EQ(mmioRead(file, read_into, at), at);
    CHECK_EQ(mmioWrite(file, "XYZ", 3), 3);
    change(file, to, at + 3);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_BYTES(read_into, &LETTERS[at + 3], 2);
    CHECK_EQ(mmioWrite(file, "!", 1), 1);
    change(file, from, at + 6);
    CHECK_EQ(mmioRead(file, read_into, 40), 20 - at);
    CHECK_BYTES(read_into, &LETTERS[at + 6], (size_t)(20 - at));
    CHECK_EQ(mmioSeek(file, at + 1, SEEK_SET), at + 1);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_BYTES(read_into, "YZ", 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("change", expected, 26);
}

static void a_new_buffer_anywhere_keeps_position_and_bytes(void)
{
    LONG at;
    int from, to;
    for (at = 0; at <= 20; at++) {
        for (from = 0; from < KINDS; from++) {
            for (to = 0; to < KINDS; to++) {
                change_at(at, from, to);
            }
        }
    }
}

int main(void)
{
    a_flush_keeps_the_buffer();
    emptybuf_leaves_the_buffer_empty_at_the_position();
    flushing_an_unbuffered_file_does_nothing();
    flushing_a_memory_file_does_nothing();
    set_buffer_sets_the_pointers_as_opening_does();
    set_buffer_ignores_its_flags();
    a_negative_size_keeps_the_buffer();
    the_same_buffer_may_be_given_again();
    a_new_buffer_anywhere_keeps_position_and_bytes();
    return report();
}
