/* Memory files that do not grow: reads, writes, seeks, direct access, new buffers, messages.
 *
 * Shows docs/contract.md, 4. Memory files: "FOURCC_MEM", "A file that cannot grow", "MMIOERR_CANNOTEXPAND".
 * Shows docs/contract.md, 4. Memory files: "0 for a fixed file".
 * Shows docs/contract.md, 3. The buffer: "A memory file may not: -1".
 * Shows docs/contract.md, 3. The buffer: "For a memory file the new buffer is the new, empty, file". */
#include "memory_open.h"

static char memory[64], read_into[64];

static HMMIO open_letters_in_memory(DWORD flags)
{
    memset(memory, '.', sizeof memory);
    memcpy(memory, LETTERS, 26);
    return open_memory(memory, 26, 0, flags);
}

static void a_file_is_what_its_buffer_holds(void)
{
    HMMIO file = open_letters_in_memory(MMIO_READ);
    STATE(file, 0, 26, 0, 0);
    CHECK_EQ(mmioRead(file, read_into, 5), 5);
    STATE(file, 5, 26, 0, 0);
    CHECK_EQ(mmioRead(file, read_into + 5, 40), 21);
    CHECK_BYTES(read_into, LETTERS, 26);
    STATE(file, 26, 26, 0, 0);
    CHECK_EQ(mmioRead(file, read_into, 1), 0);
    CHECK_EQ(last_error(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void writes_go_into_the_callers_memory(void)
{
    HMMIO file = open_letters_in_memory(MMIO_READWRITE);
    CHECK_EQ(mmioSeek(file, 3, SEEK_SET), 3);
    CHECK_EQ(mmioWrite(file, "DEF", 3), 3);
    CHECK_BYTES(memory, "abcDEFg", 7);
    STATE(file, 6, 26, 0, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(memory, "abcDEFghijklmnopqrstuvwxyz.", 27);
}

static void the_flags_deny_nothing(void)
{
    HMMIO file = open_letters_in_memory(MMIO_READ);
    CHECK_EQ(mmioWrite(file, "A", 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    file = open_letters_in_memory(MMIO_WRITE);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_BYTES(read_into, "ab", 2);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_full_file_takes_what_fits_and_then_nothing(void)
{
    HMMIO file = open_letters_in_memory(MMIO_READWRITE);
    CHECK_EQ(mmioSeek(file, 2, SEEK_END), 24);
    CHECK_EQ(mmioWrite(file, "YZ!!!", 5), 2);
    CHECK_EQ(mmioWrite(file, "!!!", 3), 0);
    CHECK_EQ(mmioWrite(file, "!", 1), 0);
    STATE(file, 26, 26, 0, 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioWrite(file, LETTERS LETTERS, 52), 26);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(memory, LETTERS "....", 30);
}

static void a_full_file_cannot_advance_to_write(void)
{
    MMIOINFO info;
    HMMIO file = open_letters_in_memory(MMIO_READWRITE);
    info = info_of(file);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
    STATE(file, 0, 26, 0, 0);
    info.pchNext = info.pchEndWrite;
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMIOERR_CANNOTEXPAND);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTEXPAND);
    STATE(file, 26, 26, 0, 0);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), MMIOERR_CANNOTEXPAND);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
    CHECK(info.pchNext == info.pchEndRead);
    STATE(file, 26, 26, 0, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_created_file_is_empty(void)
{
    HMMIO file = open_memory(memory, 26, 0, MMIO_READWRITE | MMIO_CREATE);
    STATE(file, 0, 0, 0, 0);
    CHECK_EQ(mmioRead(file, read_into, 5), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 0);
    CHECK_EQ(mmioSeek(file, 1, SEEK_SET), -1);
    CHECK_EQ(mmioWrite(file, LETTERS, 10), 10);
    STATE(file, 10, 10, 0, 0);
    CHECK_EQ(mmioSeek(file, 4, SEEK_END), 6);
    CHECK_EQ(mmioRead(file, read_into, 20), 4);
    CHECK_BYTES(read_into, "ghij", 4);
    CHECK_EQ(mmioWrite(file, &LETTERS[10], 20), 16);
    MEMORY_IS(file, LETTERS, 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void memory_of_the_library_is_empty(void)
{
    MMIOINFO info;
    HMMIO file = open_memory(NULL, 20, 0, MMIO_READWRITE);
    CHECK(is_allocated(file));
    STATE(file, 0, 20, 0, 0);
    memset(read_into, 'x', sizeof read_into);
    CHECK_EQ(mmioRead(file, read_into, 30), 20);
    CHECK_BYTES(read_into, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0x", 21);
    CHECK_EQ(mmioClose(file, 0), 0);
    file = open_memory(NULL, 20, 0, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 20);
    info = info_of(file);
    CHECK_BYTES(info.pchBuffer, LETTERS, 20);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_file_without_memory_takes_nothing(void)
{
    HMMIO file = open_memory(NULL, 0, 0, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioRead(file, read_into, 1), 0);
    CHECK_EQ(mmioWrite(file, "x", 1), 0);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void seeks_stay_inside_the_file(void)
{
    HMMIO file = open_letters_in_memory(MMIO_READ);
    CHECK_EQ(mmioSeek(file, 26, SEEK_SET), 26);
    CHECK_EQ(mmioSeek(file, -20, SEEK_CUR), 6);
    CHECK_EQ(mmioSeek(file, 26, SEEK_END), 0);
    CHECK_EQ(mmioSeek(file, 4, SEEK_END), 22);
    CHECK_EQ(mmioSeek(file, 27, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, -1, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 5, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(file, -23, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(file, -1, SEEK_END), -1);
    CHECK_EQ(mmioSeek(file, 27, SEEK_END), -1);
    CHECK_EQ(mmioSeek(file, 0x7fffffff, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(file, 0, 3), -1);
    STATE(file, 22, 26, 0, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void direct_access_writes_and_lengthens_the_file(void)
{
    MMIOINFO info;
    HMMIO file = open_memory(memory, 26, 0, MMIO_READWRITE | MMIO_CREATE);
    info = info_of(file);
    memcpy(info.pchNext, "abcdef", 6);
    info.pchNext += 6;
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    STATE(file, 6, 6, 0, 0);
    CHECK_EQ(mmioWrite(file, "gh", 2), 2);
    info = info_of(file);
    memcpy(info.pchNext, "ij", 2);
    info.pchNext += 2;
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
    STATE(file, 10, 10, 0, 0);
    CHECK(info.pchNext == memory + 10 && info.pchEndRead == memory + 10);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 10);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(memory, LETTERS, 10);
}

static void hostile_copies_are_refused(void)
{
    MMIOINFO info;
    HMMIO file = open_letters_in_memory(MMIO_READWRITE);
    info = info_of(file);
    info.pchEndRead = info.pchEndWrite + 1;
    info.pchEndWrite = info.pchEndWrite + 10;
    info.cchBuffer = 100;
    CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMSYSERR_INVALPARAM);
    STATE(file, 0, 26, 0, 0);
    /* A fixed file stays fixed: adwInfo is taken over for custom procedures only. */
    info = info_of(file);
    info.adwInfo[0] = 100;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 26);
    CHECK_EQ(mmioWrite(file, "!", 1), 0);
    CHECK_EQ(info_of(file).adwInfo[0], 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void another_buffer_is_a_new_empty_file(void)
{
    char new_memory[10];
    MMIOINFO info;
    HMMIO file = open_letters_in_memory(MMIO_READWRITE);
    CHECK_EQ(mmioSeek(file, 7, SEEK_SET), 7);
    CHECK_EQ(mmioSetBuffer(file, new_memory, 10, 0), 0);
    info = info_of(file);
    CHECK(info.pchBuffer == new_memory);
    CHECK_EQ(info.cchBuffer, 10);
    STATE(file, 0, 0, 0, 0);
    CHECK_EQ(mmioRead(file, read_into, 1), 0);
    CHECK_EQ(mmioWrite(file, "0123456789ab", 12), 10);
    CHECK_BYTES(new_memory, "0123456789", 10);
    CHECK_BYTES(memory, LETTERS, 26);
    CHECK_EQ(mmioSetBuffer(file, NULL, 5, 0), 0);
    CHECK(is_allocated(file));
    STATE(file, 0, 0, 0, 0);
    CHECK_EQ(mmioWrite(file, "abcdefg", 7), 5);
    MEMORY_IS(file, LETTERS, 5);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), 0);
    CHECK(!is_allocated(file));
    CHECK(info_of(file).pchBuffer == NULL && info_of(file).pchEndWrite == NULL);
    CHECK_EQ(mmioWrite(file, "a", 1), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static LRESULT send(HMMIO file, UINT message, const void *memory_of, LONG count)
{
    return mmioSendMessage(file, message, (LPARAM)memory_of, count);
}

static void sent_messages_act_at_the_position(void)
{
    HMMIO file = open_letters_in_memory(MMIO_READWRITE);
    CHECK_EQ(mmioRead(file, read_into, 3), 3);
    CHECK_EQ(send(file, MMIOM_READ, read_into, 4), 4);
    CHECK_BYTES(read_into, "defg", 4);
    CHECK_EQ(position_of(file), 7);
    CHECK_EQ(send(file, MMIOM_WRITE, "HI", 2), 2);
    CHECK_EQ(position_of(file), 9);
    CHECK_EQ(send(file, MMIOM_WRITEFLUSH, "J", 1), 1);
    CHECK_EQ(mmioRead(file, read_into, 2), 2);
    CHECK_BYTES(read_into, "kl", 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 5, SEEK_SET), 5);
    CHECK_EQ(position_of(file), 5);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 3, SEEK_CUR), 8);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 4, SEEK_END), 22);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 27, SEEK_SET), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, -1, SEEK_SET), -1);
    CHECK_EQ(position_of(file), 22);
    CHECK_EQ(send(file, MMIOM_READ, read_into, 30), 4);
    CHECK_EQ(send(file, MMIOM_READ, read_into, 30), 0);
    CHECK_EQ(mmioSeek(file, 24, SEEK_SET), 24);
    CHECK_EQ(send(file, MMIOM_WRITE, "YZ!!", 4), 2);
    CHECK_EQ(send(file, MMIOM_WRITE, "!!", 2), 0);
    CHECK_EQ(position_of(file), 26);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(memory, "abcdefgHIJklmnopqrstuvwxYZ....", 30);
}

static void set_info_moves_the_end_of_the_file(void)
{
    MMIOINFO info;
    HMMIO file = open_letters_in_memory(MMIO_READWRITE);
    info = info_of(file);
    info.pchEndRead = info.pchBuffer + 10;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 10);
    CHECK_EQ(mmioRead(file, read_into, 5), 0);
    CHECK_EQ(mmioSeek(file, 2, SEEK_END), 8);
    CHECK_EQ(mmioRead(file, read_into, 5), 2);
    CHECK_EQ(mmioWrite(file, "K", 1), 1);
    MEMORY_IS(file, "abcdefghijK", 11);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Nor can direct access set it there, as mmioSeek cannot: it does not change. */
static void the_position_is_never_after_the_end(void)
{
    MMIOINFO info;
    HMMIO file = open_memory(memory, 32, 0, MMIO_CREATE | MMIO_READWRITE);
    LONG place;
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    for (place = 5; place <= 32; place += 9) {
        info = info_of(file);
        info.pchNext = info.pchBuffer + place;
        info.dwFlags &= ~(DWORD)MMIO_DIRTY;
        CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_INVALPARAM);
        CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), MMSYSERR_INVALPARAM);
        /* Nor after an end that is moved back. */
        info.pchNext = info.pchBuffer + 3;
        info.pchEndRead = info.pchBuffer + 2;
        CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_INVALPARAM);
        WINDOW(file, 4, 4, 0);
        CHECK_EQ(mmioSeek(file, place, SEEK_SET), -1);
        CHECK_EQ(mmioRead(file, read_into, 2), 0);
        CHECK_EQ(send(file, MMIOM_READ, read_into, 2), 0);
    }
    CHECK_EQ(send(file, MMIOM_WRITE, "ef", 2), 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 2, SEEK_SET), 2);
    MEMORY_IS(file, "abcdef", 6);
    memset(memory + 6, '.', 2);
    /* What counts as written is in the file. */
    info = info_of(file);
    info.pchNext = info.pchBuffer + 8;
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    MEMORY_IS(file, "abcdef..", 8);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    the_position_is_never_after_the_end();
    a_file_is_what_its_buffer_holds();
    writes_go_into_the_callers_memory();
    the_flags_deny_nothing();
    a_full_file_takes_what_fits_and_then_nothing();
    a_full_file_cannot_advance_to_write();
    a_created_file_is_empty();
    memory_of_the_library_is_empty();
    a_file_without_memory_takes_nothing();
    seeks_stay_inside_the_file();
    direct_access_writes_and_lengthens_the_file();
    hostile_copies_are_refused();
    another_buffer_is_a_new_empty_file();
    sent_messages_act_at_the_position();
    set_info_moves_the_end_of_the_file();
    return report();
}
