/* Reads, writes and seeks: the pointers of a buffered file, and the position of an unbuffered one.
 *
 * Shows docs/contract.md, 3. The buffer: "Read", "Write", "Seek", "end - lOffset", "End of file".
 * Shows docs/contract.md, 3. The buffer: "fills the gap with zeros".
 * Shows docs/contract.md, 2. Names and opening: "Access". */
#include "state.h"

static char read_into[64];

static void small_reads_refill_and_keep_the_rest(void)
{
    HMMIO file = open_letters("small", 8);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    STATE(file, 3, 8, 0, 8);
    CHECK_EQ(mmioRead(file, read_into + 3, 5), 5);
    STATE(file, 8, 8, 0, 8);
    CHECK_EQ(mmioRead(file, read_into + 8, 1), 1);
    STATE(file, 1, 8, 8, 16);
    /* The first seven are in the buffer, the other three need a refill. */
    CHECK_EQ(mmioRead(file, read_into + 9, 10), 10);
    STATE(file, 3, 8, 16, 24);
    CHECK_BYTES(read_into, LETTERS, 19);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void large_reads_bypass_the_buffer_and_leave_it_empty(void)
{
    HMMIO file = open_letters("large", 8);
    CHECK_EQ(mmioRead(file, read_into, 8), 8);
    STATE(file, 0, 0, 8, 8);
    CHECK_EQ(mmioRead(file, read_into + 8, 11), 11);
    STATE(file, 0, 0, 19, 19);
    CHECK_EQ(mmioRead(file, read_into + 19, 2), 2);
    STATE(file, 2, 7, 19, 26);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, read_into + 30, 3), 3);
    /* Five are in the buffer, the other eight bypass it. */
    CHECK_EQ(mmioRead(file, read_into + 33, 13), 13);
    STATE(file, 0, 0, 16, 16);
    CHECK_BYTES(read_into, LETTERS, 21);
    CHECK_BYTES(read_into + 30, LETTERS, 16);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void reads_at_the_end_of_the_file_return_0(void)
{
    LONG cch;
    for (cch = 0; cch <= 64; cch += 8) {
        HMMIO file = open_letters("end", cch);
        CHECK_EQ(mmioRead(file, read_into, 64), 26);
        CHECK_BYTES(read_into, LETTERS, 26);
        CHECK_EQ(mmioRead(file, read_into, 64), 0);
        CHECK_EQ(mmioRead(file, read_into, 1), 0);
        CHECK_EQ(position_of(file), 26);
        CHECK_EQ(last_error(file), 0);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

static void a_file_that_grew_is_read_further(void)
{
    HMMIO file = open_letters("grew", 64);
    CHECK_EQ(mmioRead(file, read_into, 60), 26);
    put_file("grew", LETTERS "0123", 30);
    CHECK_EQ(mmioRead(file, read_into, 60), 4);
    CHECK_BYTES(read_into, "0123", 4);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void writes_stay_in_the_buffer_until_it_is_full(void)
{
    HMMIO file = open_with("writes", MMIO_CREATE, NULL, 8);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    STATE(file, 3, 3, 0, 0);
    CHECK(is_dirty(file));
    FILE_IS("writes", "", 0);
    CHECK_EQ(mmioWrite(file, "defgh", 5), 5);
    STATE(file, 0, 0, 8, 8);
    CHECK(!is_dirty(file));
    FILE_IS("writes", LETTERS, 8);
    CHECK_EQ(mmioWrite(file, "ijklmnop", 8), 8);
    STATE(file, 0, 0, 16, 16);
    CHECK_EQ(mmioWrite(file, "qrs", 3), 3);
    STATE(file, 3, 3, 16, 16);
    CHECK_EQ(mmioWrite(file, "tuvwxyz", 7), 7);
    STATE(file, 2, 2, 24, 24);
    FILE_IS("writes", LETTERS, 24);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("writes", LETTERS, 26);
}

static void large_writes_bypass_the_buffer(void)
{
    HMMIO file = open_with("bypass", MMIO_CREATE, NULL, 8);
    CHECK_EQ(mmioWrite(file, LETTERS, 20), 20);
    STATE(file, 0, 0, 20, 20);
    CHECK(!is_dirty(file));
    FILE_IS("bypass", LETTERS, 20);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void the_end_follows_a_write_only_when_it_passes_it(void)
{
    HMMIO file = open_letters("follows", 8);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_EQ(mmioWrite(file, "CD", 2), 2);
    STATE(file, 4, 8, 0, 8);
    CHECK(is_dirty(file));
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    CHECK_BYTES(read_into, "efg", 3);
    STATE(file, 7, 8, 0, 8);
    CHECK(is_dirty(file));
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_BYTES(read_into, "hi", 2);
    STATE(file, 1, 8, 8, 16);
    CHECK(!is_dirty(file));
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("follows", "abCDefghijklmnopqrstuvwxyz", 26);
}

static void a_seek_inside_the_buffer_changes_only_pchnext(void)
{
    HMMIO file = open_letters("inside", 8);
    CHECK_EQ(mmioSeek(file, 10, SEEK_SET), 10);
    STATE(file, 0, 0, 10, 10);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    STATE(file, 1, 8, 10, 18);
    CHECK_EQ(mmioSeek(file, 17, SEEK_SET), 17);
    STATE(file, 7, 8, 10, 18);
    CHECK_EQ(mmioSeek(file, -7, SEEK_CUR), 10);
    STATE(file, 0, 8, 10, 18);
    CHECK_EQ(mmioSeek(file, 12, SEEK_END), 14);
    STATE(file, 4, 8, 10, 18);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_BYTES(read_into, "op", 2);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_seek_outside_the_buffer_empties_it(void)
{
    HMMIO file = open_letters("outside", 8);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    CHECK_EQ(mmioSeek(file, 9, SEEK_SET), 9);
    STATE(file, 0, 0, 9, 9);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    STATE(file, 1, 8, 9, 17);
    CHECK_EQ(mmioSeek(file, -2, SEEK_CUR), 8);
    STATE(file, 0, 0, 8, 8);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 26);
    STATE(file, 0, 0, 26, 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_seek_outside_writes_what_is_dirty(void)
{
    HMMIO file = open_letters("dirty", 8);
    CHECK_EQ(mmioSeek(file, 4, SEEK_SET), 4);
    CHECK_EQ(mmioWrite(file, "EF", 2), 2);
    STATE(file, 2, 2, 4, 4);
    CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
    STATE(file, 1, 2, 4, 4);
    CHECK(is_dirty(file));
    FILE_IS("dirty", LETTERS, 26);
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
    STATE(file, 0, 0, 20, 20);
    CHECK(!is_dirty(file));
    FILE_IS("dirty", "abcdEFghijklmnopqrstuvwxyz", 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void seek_end_counts_backwards(void)
{
    LONG cch;
    for (cch = 0; cch <= 32; cch += 8) {
        HMMIO file = open_letters("backwards", cch);
        CHECK_EQ(mmioSeek(file, 5, SEEK_END), 21);
        CHECK_EQ(mmioRead(file, read_into, 5), 5);
        CHECK_BYTES(read_into, "vwxyz", 5);
        CHECK_EQ(mmioSeek(file, 26, SEEK_END), 0);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), 26);
        CHECK_EQ(mmioSeek(file, -4, SEEK_END), 30);
        CHECK_EQ(mmioSeek(file, 27, SEEK_END), -1);
        CHECK_EQ(position_of(file), 30);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("backwards", LETTERS, 26);
    }
}

static void seek_end_counts_dirty_bytes(void)
{
    HMMIO file = open_letters("counts", 16);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 26);
    CHECK_EQ(mmioWrite(file, "0123", 4), 4);
    STATE(file, 4, 4, 26, 26);
    CHECK_EQ(mmioSeek(file, 3, SEEK_END), 27);
    STATE(file, 1, 4, 26, 26);
    CHECK_EQ(mmioRead(file, read_into, 9), 3);
    CHECK_BYTES(read_into, "123", 3);
    CHECK_EQ(mmioSeek(file, 30, SEEK_END), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 30);
    /* Bytes that overwrite others do not make the file longer. */
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioWrite(file, "CD", 2), 2);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 30);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("counts", "abCDefghijklmnopqrstuvwxyz0123", 30);
}

static void a_file_positioned_past_its_end_is_filled_with_zeros(void)
{
    LONG cch;
    for (cch = 0; cch <= 48; cch += 3) {
        HMMIO file = open_letters("past", cch);
        CHECK_EQ(mmioSeek(file, 30, SEEK_SET), 30);
        CHECK_EQ(mmioRead(file, read_into, 5), 0);
        CHECK_EQ(position_of(file), 30);
        CHECK_EQ(mmioWrite(file, "!", 1), 1);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), 31);
        CHECK_EQ(mmioSeek(file, 24, SEEK_SET), 24);
        CHECK_EQ(mmioRead(file, read_into, 20), 7);
        CHECK_BYTES(read_into, "yz\0\0\0\0!", 7);
        /* Nothing is written there, so the file does not grow. */
        CHECK_EQ(mmioSeek(file, 40, SEEK_SET), 40);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("past", LETTERS "\0\0\0\0!", 31);
    }
}

static void impossible_seeks_keep_the_position(void)
{
    LONG cch;
    for (cch = 0; cch <= 8; cch += 8) {
        HMMIO file = open_letters("cannot", cch);
        CHECK_EQ(mmioRead(file, read_into, 5), 5);
        CHECK_EQ(mmioSeek(file, -1, SEEK_SET), -1);
        CHECK_EQ(mmioSeek(file, -6, SEEK_CUR), -1);
        CHECK_EQ(mmioSeek(file, 27, SEEK_END), -1);
        CHECK_EQ(mmioSeek(file, INT32_MIN, SEEK_CUR), -1);
        CHECK_EQ(mmioSeek(file, INT32_MIN, SEEK_END), -1);
        CHECK_EQ(mmioSeek(file, 1, 3), -1);
        CHECK_EQ(mmioSeek(file, 1, -1), -1);
        if (cch == 0) {
            STATE(file, 0, 0, 5, 5);
        } else {
            STATE(file, 5, 8, 0, 8);
        }
        CHECK_EQ(mmioSeek(file, 0x7fffffff, SEEK_SET), 0x7fffffff);
        CHECK_EQ(mmioRead(file, read_into, 1), 0);
        CHECK_EQ(mmioSeek(file, 1, SEEK_CUR), -1);
        CHECK_EQ(position_of(file), 0x7fffffff);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("cannot", LETTERS, 26);
    }
}

static void a_count_of_zero_changes_no_position(void)
{
    HMMIO file = open_letters("zero", 8);
    CHECK_EQ(mmioRead(file, read_into, 0), 0);
    CHECK_EQ(mmioWrite(file, "x", 0), 0);
    STATE(file, 0, 0, 0, 0);
    CHECK_EQ(mmioRead(file, NULL, 0), 0);
    CHECK_EQ(mmioWrite(file, NULL, 0), 0);
    CHECK_EQ(mmioRead(file, read_into, 8), 8);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    CHECK_EQ(mmioWrite(file, "J", 1), 1);
    STATE(file, 2, 8, 8, 16);
    CHECK_EQ(mmioRead(file, read_into, 0), 0);
    CHECK_EQ(mmioWrite(file, "x", 0), 0);
    STATE(file, 2, 8, 8, 16);
    CHECK(is_dirty(file));
    CHECK_EQ(last_error(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void an_access_that_the_descriptor_does_not_permit_is_refused_at_once(void)
{
    LONG cch;
    for (cch = 0; cch <= 64; cch += 32) {
        HMMIO file;
        put_file("access", LETTERS, 26);
        file = open_with("access", MMIO_READ, NULL, cch);
        CHECK_EQ(mmioWrite(file, "x", 1), -1);
        CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmioRead(file, read_into, 3), 3);
        CHECK_EQ(mmioWrite(file, "x", 1), -1);
        CHECK_EQ(mmioClose(file, 0), 0);
        file = open_with("access", MMIO_WRITE, NULL, cch);
        CHECK_EQ(mmioRead(file, read_into, 1), -1);
        CHECK_EQ(last_error(file), MMIOERR_CANNOTREAD);
        CHECK_EQ(mmioWrite(file, "AB", 2), 2);
        CHECK_EQ(mmioRead(file, read_into, 1), -1);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("access", "ABcdefghijklmnopqrstuvwxyz", 26);
    }
}

int main(void)
{
    small_reads_refill_and_keep_the_rest();
    large_reads_bypass_the_buffer_and_leave_it_empty();
    reads_at_the_end_of_the_file_return_0();
    a_file_that_grew_is_read_further();
    writes_stay_in_the_buffer_until_it_is_full();
    large_writes_bypass_the_buffer();
    the_end_follows_a_write_only_when_it_passes_it();
    a_seek_inside_the_buffer_changes_only_pchnext();
    a_seek_outside_the_buffer_empties_it();
    a_seek_outside_writes_what_is_dirty();
    seek_end_counts_backwards();
    seek_end_counts_dirty_bytes();
    a_file_positioned_past_its_end_is_filled_with_zeros();
    impossible_seeks_keep_the_position();
    a_count_of_zero_changes_no_position();
    an_access_that_the_descriptor_does_not_permit_is_refused_at_once();
    return report();
}
