/* Memory files that grow, in memory of the library and of the caller.
 *
 * Shows docs/contract.md, 4. Memory files: "Growing", "by whole steps", "grown with realloc".
 * Shows docs/contract.md, 4. Memory files: "A caller's buffer is never freed", "linear". */
#include "memory_open.h"

static char read_into[4096];

static void growth_is_by_whole_steps(void)
{
    MMIOINFO info;
    HMMIO file = open_memory(NULL, 10, 4, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, LETTERS, 10), 10);
    CHECK_EQ(info_of(file).cchBuffer, 10);
    CHECK_EQ(mmioWrite(file, &LETTERS[10], 1), 1);
    CHECK_EQ(info_of(file).cchBuffer, 14);
    CHECK_EQ(mmioWrite(file, &LETTERS[11], 15), 15);
    CHECK_EQ(info_of(file).cchBuffer, 26);
    CHECK_EQ(mmioWrite(file, LETTERS LETTERS, 9), 9);
    info = info_of(file);
    CHECK_EQ(info.cchBuffer, 38);
    CHECK(info.pchEndWrite == info.pchBuffer + 38);
    CHECK(info.pchNext == info.pchBuffer + 35);
    CHECK_EQ(info.adwInfo[0], 4);
    STATE(file, 35, 35, 0, 0);
    MEMORY_IS(file, LETTERS "abcdefghi", 35);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_file_grows_from_nothing(void)
{
    HMMIO file = open_memory(NULL, 0, 16, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(info_of(file).cchBuffer, 0);
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
    CHECK_EQ(info_of(file).cchBuffer, 32);
    CHECK(is_allocated(file));
    STATE(file, 26, 26, 0, 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, read_into, 40), 26);
    CHECK_BYTES(read_into, LETTERS, 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_file_opened_full_grows_after_its_content(void)
{
    char *memory = allocated(26);
    MMIOINFO info;
    HMMIO file;
    memcpy(memory, LETTERS, 26);
    file = open_memory(memory, 26, 5, MMIO_READWRITE);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 26);
    CHECK_EQ(mmioWrite(file, "0123456", 7), 7);
    info = info_of(file);
    CHECK_EQ(info.cchBuffer, 36);
    CHECK(!is_allocated(file));
    MEMORY_IS(file, LETTERS "0123456", 33);
    CHECK_EQ(mmioSeek(file, 34, SEEK_SET), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
    /* The memory is still the caller's, wherever it is now. */
    CHECK_BYTES(info.pchBuffer, LETTERS "0123456", 33);
    free(info.pchBuffer);
}

static void the_callers_memory_moves_and_is_never_freed(void)
{
    char *memory = allocated(8);
    int i;
    MMIOINFO info;
    HMMIO file = open_memory(memory, 8, 8, MMIO_READWRITE | MMIO_CREATE);
    for (i = 0; i < 1000; i++) {
        CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
        CHECK(!is_allocated(file));
    }
    info = info_of(file);
    CHECK_EQ(info.pchEndRead - info.pchBuffer, 26000);
    CHECK_EQ(info.cchBuffer, 26000);
    CHECK_EQ(mmioClose(file, 0), 0);
    for (i = 0; i < 1000; i++) {
        CHECK_BYTES(info.pchBuffer + 26 * i, LETTERS, 26);
    }
    free(info.pchBuffer);
}

static void advance_grows_where_the_memory_ends(void)
{
    MMIOINFO info;
    HMMIO file = open_memory(NULL, 3, 5, MMIO_READWRITE | MMIO_CREATE);
    int i;
    info = info_of(file);
    for (i = 0; i < 26; i++) {
        if (info.pchNext == info.pchEndWrite) {
            CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
            CHECK_EQ(info.pchNext - info.pchBuffer, i);
            CHECK_EQ(info.pchEndRead - info.pchBuffer, i);
            CHECK_EQ(info.cchBuffer, 3 + (i + 2) / 5 * 5);
            CHECK(info.pchEndWrite == info.pchBuffer + info.cchBuffer);
            CHECK_EQ(info.lBufOffset, 0);
            CHECK_EQ(info.lDiskOffset, 0);
        }
        *info.pchNext++ = LETTERS[i];
        info.dwFlags |= MMIO_DIRTY;
    }
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    STATE(file, 26, 26, 0, 0);
    MEMORY_IS(file, LETTERS, 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void advance_does_not_grow_where_there_is_room(void)
{
    HMMIO file = open_memory(NULL, 8, 5, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    CHECK_EQ(info_of(file).cchBuffer, 8);
    STATE(file, 3, 3, 0, 0);
    CHECK_EQ(mmioWrite(file, "defgh", 5), 5);
    /* There is nothing more to read, and Advance for reading does not grow the file. */
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    CHECK_EQ(info_of(file).cchBuffer, 8);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    CHECK_EQ(info_of(file).cchBuffer, 13);
    STATE(file, 8, 8, 0, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_new_buffer_grows_by_the_same_step(void)
{
    char *memory = allocated(4);
    MMIOINFO info;
    HMMIO file = open_memory(NULL, 8, 6, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
    CHECK_EQ(mmioSetBuffer(file, memory, 4, 0), 0);
    STATE(file, 0, 0, 0, 0);
    CHECK_EQ(mmioWrite(file, "0123456", 7), 7);
    info = info_of(file);
    CHECK_EQ(info.cchBuffer, 10);
    CHECK(!is_allocated(file));
    MEMORY_IS(file, "0123456", 7);
    CHECK_EQ(mmioSetBuffer(file, NULL, 3, 0), 0);
    CHECK(is_allocated(file));
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
    CHECK_EQ(info_of(file).cchBuffer, 27);
    MEMORY_IS(file, LETTERS, 26);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(info.pchBuffer, "0123456", 7);
    free(info.pchBuffer);
}

static void sent_messages_grow_the_file(void)
{
    MMIOINFO info;
    HMMIO file = open_memory(NULL, 4, 4, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)"defghi", 6), 6);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)"jklm", 4), 4);
    info = info_of(file);
    CHECK_EQ(info.cchBuffer, 16);
    CHECK(info.pchEndWrite == info.pchBuffer + 16);
    CHECK(info.pchNext == info.pchBuffer + 13);
    MEMORY_IS(file, LETTERS, 13);
    CHECK_EQ(mmioWrite(file, "nopq", 4), 4);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 0, SEEK_SET), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)read_into, 100), 17);
    CHECK_BYTES(read_into, LETTERS, 17);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void small_steps_grow_in_linear_time(void)
{
    int i;
    MMIOINFO info;
    HMMIO file = open_memory(NULL, 0, 1, MMIO_READWRITE | MMIO_CREATE);
    for (i = 0; i < 1 << 18; i++) {
        char byte = (char)(i % 251);
        if (mmioWrite(file, &byte, 1) != 1) {
            break;
        }
    }
    CHECK_EQ(i, 1 << 18);
    info = info_of(file);
    CHECK_EQ(info.cchBuffer, 1 << 18);
    for (i = 0; i < 1 << 18 && info.pchBuffer[i] == (char)(i % 251); i++) {
    }
    CHECK_EQ(i, 1 << 18);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_large_file_grows_by_small_steps(void)
{
    enum { PIECE = 512, PIECES = 256 * 1024 * 1024 / PIECE };
    char piece[PIECE];
    int i;
    HMMIO file = open_memory(NULL, 4096, 4096, MMIO_READWRITE | MMIO_CREATE);
    memset(piece, '.', sizeof piece);
    for (i = 0; i < PIECES; i++) {
        memcpy(piece, &i, sizeof i);
        if (mmioWrite(file, piece, PIECE) != PIECE) {
            break;
        }
    }
    CHECK_EQ(i, PIECES);
    CHECK_EQ(info_of(file).cchBuffer, 256 * 1024 * 1024);
    STATE(file, 256 * 1024 * 1024, 256 * 1024 * 1024, 0, 0);
    for (i = 0; i < PIECES; i += 997) {
        CHECK_EQ(mmioSeek(file, i * PIECE, SEEK_SET), i * PIECE);
        CHECK_EQ(mmioRead(file, read_into, PIECE), PIECE);
        memcpy(piece, &i, sizeof i);
        CHECK_BYTES(read_into, piece, PIECE);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* If there is not enough memory for a step, the file grows by what is needed, and does not take all memory. */
static void a_step_that_is_too_large_takes_what_is_needed(void)
{
    int i;
    HMMIO file = open_memory(NULL, 16, 0xffffffff, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, LETTERS LETTERS, 40), 40);
    CHECK(info_of(file).cchBuffer >= 40 && info_of(file).cchBuffer < 1 << 16);
    for (i = 1; i < 1000; i++)
        CHECK_EQ(mmioWrite(file, LETTERS LETTERS, 40), 40);
    CHECK(info_of(file).cchBuffer >= 40000 && info_of(file).cchBuffer < 1 << 17);
    for (i = 0; i < 1000; i++)
        CHECK_BYTES(info_of(file).pchBuffer + 40 * i, LETTERS LETTERS, 40);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    file = open_memory(NULL, 0, 0x80000000, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), 0);
    CHECK(info_of(file).cchBuffer > 0 && info_of(file).cchBuffer < 1 << 16);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    growth_is_by_whole_steps();
    a_file_grows_from_nothing();
    a_file_opened_full_grows_after_its_content();
    the_callers_memory_moves_and_is_never_freed();
    advance_grows_where_the_memory_ends();
    advance_does_not_grow_where_there_is_room();
    a_new_buffer_grows_by_the_same_step();
    sent_messages_grow_the_file();
    small_steps_grow_in_linear_time();
    a_large_file_grows_by_small_steps();
    a_step_that_is_too_large_takes_what_is_needed();
    return report();
}
