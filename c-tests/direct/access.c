/* Direct access to the buffer: mmioGetInfo, reads and writes through the pointers, mmioSetInfo and mmioAdvance.
 *
 * Shows docs/contract.md, 3. The buffer: "Direct access", "GetInfo", "SetInfo", "Advance", "MMIOERR_UNBUFFERED".
 * Shows docs/contract.md, 3. The buffer: "lBufOffset 44". */
#include "state.h"

static char read_into[64];

/* Writes bytes at pchNext and sets MMIO_DIRTY. */
static void write_directly(MMIOINFO *info, const char *bytes, size_t count)
{
    CHECK(info->pchEndWrite - info->pchNext >= (ptrdiff_t)count);
    memcpy(info->pchNext, bytes, count);
    info->pchNext += count;
    info->dwFlags |= MMIO_DIRTY;
}

static void a_file_is_read_by_direct_access_to_its_end(void)
{
    LONG cch;
    for (cch = 1; cch <= 32; cch++) {
        char all[32];
        int count = 0;
        HMMIO file = open_letters("direct", cch);
        MMIOINFO info = info_of(file);
        for (;;) {
            if (info.pchNext == info.pchEndRead) {
                CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
                if (info.pchNext == info.pchEndRead) {
                    break;
                }
            }
            all[count++] = *info.pchNext++;
        }
        CHECK_EQ(count, 26);
        CHECK_BYTES(all, LETTERS, 26);
        CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
        CHECK_EQ(position_of(file), 26);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

static void a_file_is_written_by_direct_access(void)
{
    LONG cch;
    for (cch = 1; cch <= 32; cch++) {
        int i;
        HMMIO file = open_with("direct", MMIO_CREATE, NULL, cch);
        MMIOINFO info = info_of(file);
        for (i = 0; i < 26; i++) {
            if (info.pchNext == info.pchEndWrite) {
                CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
                CHECK((info.dwFlags & MMIO_DIRTY) == 0);
            }
            write_directly(&info, &LETTERS[i], 1);
        }
        CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
        CHECK_EQ(position_of(file), 26);
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), 26);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("direct", LETTERS, 26);
    }
}

static void advance_after_a_write_and_direct_access_is_after_both(void)
{
    static const UINT flags[] = {MMIO_WRITE, MMIO_READ};
    int i;
    for (i = 0; i < 2; i++) {
        MMIOINFO info;
        HMMIO file = open_with("44", MMIO_CREATE, NULL, 64);
        CHECK_EQ(mmioSeek(file, 28, SEEK_SET), 28);
        CHECK_EQ(mmioWrite(file, "written ", 8), 8);
        info = info_of(file);
        write_directly(&info, "direct. ", 8);
        CHECK_EQ(mmioAdvance(file, &info, flags[i]), 0);
        CHECK_EQ(info.lBufOffset, 44);
        CHECK_EQ(info.lDiskOffset, 44);
        CHECK(info.pchNext == info.pchBuffer && info.pchEndRead == info.pchBuffer);
        CHECK((info.dwFlags & MMIO_DIRTY) == 0);
        CHECK(info.hmmio == file);
        STATE(file, 0, 0, 44, 44);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("44", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0written direct. ", 44);
    }
}

static void advance_reads_from_the_position_on(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("position", 8);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    STATE(file, 0, 8, 0, 8);
    info = info_of(file);
    info.pchNext += 5;
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
    STATE(file, 0, 8, 5, 13);
    CHECK(info.pchNext == info.pchBuffer && info.pchEndRead == info.pchBuffer + 8);
    CHECK_EQ(info.lBufOffset, 5);
    CHECK_EQ(info.lDiskOffset, 13);
    CHECK_BYTES(info.pchBuffer, &LETTERS[5], 8);
    info.pchNext += 8;
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
    CHECK(info.pchNext == info.pchBuffer && info.pchEndRead == info.pchBuffer);
    WINDOW(file, 0, 0, 13);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    CHECK_BYTES(read_into, "nop", 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void advance_at_the_end_of_the_file_succeeds(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("at-end", 8);
    int i;
    CHECK_EQ(mmioSeek(file, 24, SEEK_SET), 24);
    info = info_of(file);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
    CHECK_EQ(info.pchEndRead - info.pchNext, 2);
    info.pchNext = info.pchEndRead;
    for (i = 0; i < 3; i++) {
        CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
        CHECK(info.pchNext == info.pchEndRead);
        CHECK_EQ(info.lBufOffset, 26);
        CHECK_EQ(last_error(file), 0);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void advance_is_refused_without_a_buffer(void)
{
    char given[4];
    MMIOINFO info, before;
    HMMIO file = open_letters("unbuffered", 0);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    info = before = info_of(file);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), MMIOERR_UNBUFFERED);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMIOERR_UNBUFFERED);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), MMIOERR_UNBUFFERED);
    CHECK_BYTES(&info, &before, sizeof info);
    CHECK_EQ(last_error(file), MMIOERR_UNBUFFERED);
    STATE(file, 0, 0, 3, 3);
    CHECK_EQ(mmioSetBuffer(file, given, 0, 0), 0);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), MMIOERR_UNBUFFERED);
    CHECK_EQ(mmioSetBuffer(file, given, 4, 0), 0);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    WINDOW(file, 0, 4, 3);
    CHECK_BYTES(given, "defg", 4);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void advance_takes_no_other_flags(void)
{
    static const UINT flags[] = {2, 3, 4, 0x10, MMIO_DIRTY, 0x80000000u, 0xffffffffu};
    int i;
    HMMIO file = open_with("flags", MMIO_CREATE, NULL, 8);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    for (i = 0; i < 7; i++) {
        MMIOINFO info = info_of(file), before = info;
        info.pchNext = info.pchBuffer;
        before.pchNext = before.pchBuffer;
        CHECK_EQ(mmioAdvance(file, &info, flags[i]), MMSYSERR_INVALPARAM);
        CHECK_BYTES(&info, &before, sizeof info);
        STATE(file, 3, 3, 0, 0);
        CHECK(is_dirty(file));
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("flags", "abc", 3);
}

static void direct_bytes_count_from_the_start_of_the_buffer(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("whole", 8);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    info = info_of(file);
    memcpy(info.pchBuffer, "AB", 2);
    memcpy(info.pchBuffer + 6, "GH", 2);
    info.pchNext += 4;
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK(is_dirty(file));
    CHECK_EQ(mmioRead(file, read_into, 6), 6);
    CHECK_BYTES(read_into, "efGHij", 6);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("whole", "ABcdefGHijklmnopqrstuvwxyz", 26);
}

static void direct_bytes_without_the_dirty_flag_are_not_written(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("clean", 8);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    info = info_of(file);
    memcpy(info.pchBuffer, "AB", 2);
    info.pchNext += 2;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK(!is_dirty(file));
    CHECK_EQ(position_of(file), 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("clean", LETTERS, 26);
}

static void direct_bytes_beyond_the_end_lengthen_the_file(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("lengthen", 16);
    CHECK_EQ(mmioSeek(file, 22, SEEK_SET), 22);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    info = info_of(file);
    CHECK_EQ(info.pchEndRead - info.pchBuffer, 4);
    write_directly(&info, "WXYZ0123", 8);
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    WINDOW(file, 8, 8, 22);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 30);
    CHECK_EQ(mmioSeek(file, 24, SEEK_SET), 24);
    CHECK_EQ(mmioRead(file, read_into, 20), 6);
    CHECK_BYTES(read_into, "YZ0123", 6);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("lengthen", "abcdefghijklmnopqrstuvWXYZ0123", 30);
}

static void other_calls_may_stand_between_direct_ones(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("between", 8);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    info = info_of(file);
    write_directly(&info, "CD", 2);
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioWrite(file, "EF", 2), 2);
    info = info_of(file);
    write_directly(&info, "GH", 2);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
    CHECK_EQ(*info.pchNext++, 'i');
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    CHECK_BYTES(read_into, "j", 1);
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
    info = info_of(file);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
    write_directly(&info, "UV", 2);
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioFlush(file, 0), 0);
    FILE_IS("between", "abCDEFGHijklmnopqrstUVwxyz", 26);
    CHECK_EQ(mmioSetBuffer(file, NULL, 3, 0), 0);
    info = info_of(file);
    write_directly(&info, "WXY", 3);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
    write_directly(&info, "Z!", 2);
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("between", "abCDEFGHijklmnopqrstUVWXYZ!", 27);
}

/* More than a hundred bytes, written alternately by direct access and mmioWrite, in runs shorter and longer than the
 * buffer. */
static void direct_access_and_calls_in_turn_give_one_file(void)
{
    LONG cch;
    for (cch = 1; cch < 20; cch++) {
        char content[120];
        int at = 0, run = 1, i;
        HMMIO file = open_with("turns", MMIO_CREATE, NULL, cch);
        for (i = 0; i < 120; i++) {
            content[i] = (char)('0' + i % 75);
        }
        while (at < 120) {
            MMIOINFO info;
            run = run * 5 % 23;
            run = at + run > 120 ? 120 - at : run;
            CHECK_EQ(mmioWrite(file, content + at, run), run);
            at += run;
            info = info_of(file);
            for (i = 0; i < 7 && at < 120; i++) {
                if (info.pchNext == info.pchEndWrite) {
                    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
                }
                write_directly(&info, content + at++, 1);
            }
            CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
            CHECK_EQ(position_of(file), at);
        }
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("turns", content, 120);
    }
}

int main(void)
{
    a_file_is_read_by_direct_access_to_its_end();
    a_file_is_written_by_direct_access();
    advance_after_a_write_and_direct_access_is_after_both();
    advance_reads_from_the_position_on();
    advance_at_the_end_of_the_file_succeeds();
    advance_is_refused_without_a_buffer();
    advance_takes_no_other_flags();
    direct_bytes_count_from_the_start_of_the_buffer();
    direct_bytes_without_the_dirty_flag_are_not_written();
    direct_bytes_beyond_the_end_lengthen_the_file();
    other_calls_may_stand_between_direct_ones();
    direct_access_and_calls_in_turn_give_one_file();
    return report();
}
