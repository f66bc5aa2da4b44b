/* Copies of MMIOINFO that are stale, forged, or kept as long as the file is open.
 *
 * Shows docs/contract.md, 3. The buffer: "SetInfo", "a stale or hostile copy must not move the buffer".
 * Shows docs/differences.md, Writing: "set MMIO_DIRTY and never clear it", "A file that is open for reading only". */
#include "procedure.h"

static char given[16], other[16], read_into[64];

/* One copy as long as the file is open, updated only by mmioAdvance, as old programs do. */
static void one_copy_serves_as_long_as_the_file_is_open(void)
{
    MMIOINFO info;
    HMMIO file;
    int i;
    put_file("life", LETTERS, 26);
    file = open_with("life", MMIO_READWRITE, given, 8);
    info = info_of(file);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
    for (i = 0; i < 26; i++) {
        if (info.pchNext == info.pchEndRead) {
            CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
        }
        if (i % 2 == 0) {
            *info.pchNext = (char)(*info.pchNext - 'a' + 'A');
            info.dwFlags |= MMIO_DIRTY;
        }
        info.pchNext++;
    }
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("life", "AbCdEfGhIjKlMnOpQrStUvWxYz", 26);
}

/* The copy is older than a write: its MMIO_DIRTY bit and its pchEndRead do not include that write. */
static void a_stale_copy_discards_no_bytes(void)
{
    MMIOINFO stale;
    HMMIO file = open_with("stale", MMIO_CREATE, given, 16);
    stale = info_of(file);
    CHECK_EQ(mmioWrite(file, "abcde", 5), 5);
    CHECK_EQ(mmioSetInfo(file, &stale, 0), 0);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 5);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, read_into, 9), 5);
    CHECK_BYTES(read_into, "abcde", 5);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("stale", "abcde", 5);
}

/* The buffer has moved: the pointer is still taken as an offset in the buffer, not as a position in the file. */
static void a_stale_copy_does_not_move_the_buffer(void)
{
    MMIOINFO stale;
    HMMIO file;
    put_file("moved", LETTERS, 26);
    file = open_with("moved", MMIO_READ, given, 8);
    stale = info_of(file);
    CHECK_EQ(mmioSeek(file, 10, SEEK_SET), 10);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    STATE(file, 3, 8, 10, 18);
    CHECK_EQ(mmioSetInfo(file, &stale, 0), 0);
    CHECK_EQ(info_of(file).lBufOffset, 10);
    CHECK_EQ(info_of(file).lDiskOffset, 18);
    CHECK_EQ(position_of(file), 10);
    CHECK_EQ(mmioRead(file, read_into, 5), 5);
    CHECK_BYTES(read_into, "klmno", 5);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_copy_from_another_buffer_is_refused(void)
{
    MMIOINFO stale;
    HMMIO file = open_with("other", MMIO_CREATE, given, 16);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    stale = info_of(file);
    CHECK_EQ(mmioSetBuffer(file, other, 16, 0), 0);
    CHECK_EQ(mmioWrite(file, "cd", 2), 2);
    CHECK_EQ(mmioSetInfo(file, &stale, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioAdvance(file, &stale, MMIO_WRITE), MMSYSERR_INVALPARAM);
    WINDOW(file, 2, 2, 2);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), 0);
    CHECK_EQ(mmioSetInfo(file, &stale, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(position_of(file), 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("other", "abcd", 4);
}

/* A pointer that need not point into any object. */
static char *moved(char *pointer, intptr_t by)
{
    return (char *)((uintptr_t)pointer + (uintptr_t)by);
}

/* Forges one member of a copy. Returns 0 when there is no other to forge. */
static int forge(MMIOINFO *info, int which)
{
    switch (which) {
    case 0: info->pchNext = moved(info->pchEndWrite, 1); return 1;
    case 1: info->pchNext = moved(info->pchBuffer, -1); return 1;
    case 2: info->pchEndRead = moved(info->pchEndWrite, 1); return 1;
    case 3: info->pchEndRead = moved(info->pchBuffer, -1); return 1;
    case 4: info->pchNext = NULL; return 1;
    case 5: info->pchEndRead = NULL; return 1;
    case 6: info->pchNext = (char *)(intptr_t)-1; return 1;
    case 7: info->pchNext = info->pchEndRead = other; return 1;
    case 8: info->pchBuffer = info->pchNext = info->pchEndRead = other; return 1;
    case 9: info->pchNext = info->pchEndRead = info->pchEndWrite = given + 12; info->cchBuffer = 12; return 1;
    }
    return 0;
}

static void pointers_outside_the_buffer_are_refused(void)
{
    int which;
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    for (which = 0; forge(&info, which); which++) {
        HMMIO file;
        MMIOINFO before;
        serve_bytes(LETTERS, 26);
        file = open_served(given, 8);
        CHECK_EQ(mmioRead(file, read_into, 3), 3);
        CHECK_EQ(mmioWrite(file, "D", 1), 1);
        before = info = info_of(file);
        CHECK_EQ(forge(&info, which), 1);
        info.dwFlags |= MMIO_DIRTY;
        info.adwInfo[1] = 77;
        CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_INVALPARAM);
        CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), MMSYSERR_INVALPARAM);
        CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMSYSERR_INVALPARAM);
        CHECK_EQ(last_error(file), MMSYSERR_INVALPARAM);
        info = info_of(file);
        info.wErrorRet = before.wErrorRet;
        CHECK_BYTES(&info, &before, sizeof info);
        CHECK_EQ(mmioClose(file, 0), 0);
        SERVED_IS("abcDefghijklmnopqrstuvwxyz", 26);
    }
}

static void every_other_field_of_a_copy_is_ignored(void)
{
    MMIOINFO info, before;
    HMMIO file = open_with("fields", MMIO_CREATE, given, 8);
    CHECK_EQ(mmioWrite(file, "abcde", 5), 5);
    before = info = info_of(file);
    info.dwFlags = MMIO_DIRTY | MMIO_ALLOCBUF | 0x77;
    info.fccIOProc = FOURCC_MEM;
    info.pIOProc = NULL;
    info.wErrorRet = 99;
    info.htask = NULL;
    info.pchBuffer = other;
    info.cchBuffer = 0x7fffffff;
    info.pchEndWrite = other;
    info.lBufOffset = 1000;
    info.lDiskOffset = -5;
    info.adwInfo[0] = 99;
    info.adwInfo[1] = 98;
    info.adwInfo[2] = 97;
    info.hmmio = NULL;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    info = info_of(file);
    CHECK_BYTES(&info, &before, sizeof info);
    info.lBufOffset = 1000;
    info.lDiskOffset = 1000;
    info.pchBuffer = other;
    info.cchBuffer = 1;
    info.hmmio = NULL;
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
    CHECK(info.pchBuffer == given && info.hmmio == file);
    CHECK_EQ(info.cchBuffer, 8);
    CHECK_EQ(info.lBufOffset, 5);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("fields", "abcde", 5);
}

static void adwinfo_of_a_custom_procedure_is_taken(void)
{
    MMIOINFO info;
    HMMIO file;
    serve_bytes(LETTERS, 26);
    file = open_served(given, 8);
    info = info_of(file);
    info.adwInfo[0] = 1;
    info.adwInfo[1] = 2;
    info.adwInfo[2] = 3;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    info = info_of(file);
    CHECK_EQ(info.adwInfo[0], 1);
    CHECK_EQ(info.adwInfo[1], 2);
    CHECK_EQ(info.adwInfo[2], 3);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    CHECK_EQ(info_of(file).adwInfo[2], 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* pchNext before pchEndRead, or after it without MMIO_DIRTY: only the position changes. */
static void pchnext_may_be_anywhere_in_the_buffer(void)
{
    LONG at;
    for (at = 0; at <= 16; at++) {
        MMIOINFO info;
        HMMIO file;
        put_file("next", LETTERS, 26);
        file = open_with("next", MMIO_READWRITE, given, 16);
        CHECK_EQ(mmioSeek(file, 4, SEEK_SET), 4);
        info = info_of(file);
        /* The buffer is empty, but the pointer may be moved in it. */
        info.pchNext += at;
        CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
        CHECK_EQ(position_of(file), 4 + at);
        CHECK_EQ(mmioRead(file, read_into, 2), 2);
        CHECK_BYTES(read_into, &LETTERS[4 + at], 2);
        CHECK_EQ(mmioWrite(file, "!", 1), 1);
        CHECK_EQ(position_of(file), 7 + at);
        CHECK_EQ(mmioSeek(file, -1, SEEK_CUR), 6 + at);
        CHECK_EQ(mmioRead(file, read_into, 1), 1);
        CHECK_BYTES(read_into, "!", 1);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

static void a_write_with_an_empty_buffer_goes_to_pchnext(void)
{
    LONG at;
    for (at = 0; at <= 16; at++) {
        char expected[26];
        MMIOINFO info;
        HMMIO file;
        put_file("there", LETTERS, 26);
        memcpy(expected, LETTERS, 26);
        memcpy(expected + 4 + at, "12345", 5);
        file = open_with("there", MMIO_READWRITE, given, 16);
        CHECK_EQ(mmioSeek(file, 4, SEEK_SET), 4);
        info = info_of(file);
        info.pchNext += at;
        CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
        CHECK_EQ(mmioWrite(file, "12345", 5), 5);
        CHECK_EQ(position_of(file), 9 + at);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("there", expected, 26);
    }
}

static void a_read_only_file_is_not_made_dirty(void)
{
    static const UINT flags[] = {MMIO_READ, MMIO_WRITE};
    int i;
    for (i = 0; i < 2; i++) {
        MMIOINFO info;
        HMMIO file;
        put_file("read-only", LETTERS, 26);
        file = open_with("read-only", MMIO_READ, given, 8);
        CHECK_EQ(mmioRead(file, read_into, 3), 3);
        info = info_of(file);
        info.pchNext++;
        info.dwFlags |= MMIO_DIRTY;
        CHECK_EQ(mmioSetInfo(file, &info, 0), MMIOERR_CANNOTWRITE);
        CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmioAdvance(file, &info, flags[i]), MMIOERR_CANNOTWRITE);
        STATE(file, 3, 8, 0, 8);
        CHECK(!is_dirty(file));
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("read-only", LETTERS, 26);
    }
}

static void the_flag_alone_writes_what_the_buffer_holds(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("alone", 8);
    CHECK_EQ(mmioRead(file, read_into, 1), 1);
    info = info_of(file);
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    put_file("alone", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26);
    CHECK_EQ(mmioFlush(file, 0), 0);
    FILE_IS("alone", "abcdefghIJKLMNOPQRSTUVWXYZ", 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void the_flag_on_an_empty_buffer_writes_nothing(void)
{
    LONG cch;
    for (cch = 0; cch <= 8; cch += 8) {
        MMIOINFO info;
        HMMIO file;
        serve_bytes(LETTERS, 26);
        file = open_served(cch > 0 ? given : NULL, cch);
        forget_messages();
        info = info_of(file);
        info.dwFlags |= MMIO_DIRTY;
        CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
        CHECK_EQ(mmioFlush(file, 0), 0);
        CHECK_EQ(served.messages, 0);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(served.messages, 1);
        SERVED_IS(LETTERS, 26);
    }
}

int main(void)
{
    one_copy_serves_as_long_as_the_file_is_open();
    a_stale_copy_discards_no_bytes();
    a_stale_copy_does_not_move_the_buffer();
    a_copy_from_another_buffer_is_refused();
    pointers_outside_the_buffer_are_refused();
    every_other_field_of_a_copy_is_ignored();
    adwinfo_of_a_custom_procedure_is_taken();
    pchnext_may_be_anywhere_in_the_buffer();
    a_write_with_an_empty_buffer_goes_to_pchnext();
    a_read_only_file_is_not_made_dirty();
    the_flag_alone_writes_what_the_buffer_holds();
    the_flag_on_an_empty_buffer_writes_nothing();
    return report();
}
