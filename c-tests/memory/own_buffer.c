/* Transfers between a file and its own buffer.
 *
 * Shows docs/contract.md, 4. Memory files: "The pointers may move", "the contents stay".
 * Shows docs/contract.md, 5. I/O procedures and messages: "SendMessage". */
#include "memory_open.h"

/* If the memory has to move, the bytes to be written move with it. */
static void a_file_may_be_written_from_its_own_memory(void)
{
    int i;
    LONG size = 64;
    HMMIO file = open_memory(NULL, 64, 1, MMIO_READWRITE | MMIO_CREATE);
    for (i = 0; i < 64; i++) {
        CHECK_EQ(mmioWrite(file, &LETTERS[i % 26], 1), 1);
    }
    for (i = 0; i < 12; i++) {
        MMIOINFO info = info_of(file);
        CHECK_EQ(mmioWrite(file, info.pchBuffer, size), size);
        info = info_of(file);
        CHECK_BYTES(info.pchBuffer, info.pchBuffer + size, (size_t)size);
        size *= 2;
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_sent_message_may_write_it_too(void)
{
    int i;
    LONG size = 64;
    char *memory = allocated(64);
    MMIOINFO info;
    HMMIO file = open_memory(memory, 64, 64, MMIO_READWRITE);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 64);
    for (i = 0; i < 12; i++) {
        info = info_of(file);
        CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)info.pchBuffer, size), size);
        size *= 2;
    }
    info = info_of(file);
    CHECK_EQ(info.pchEndRead - info.pchBuffer, size);
    for (i = 0; i < size && info.pchBuffer[i] == '.'; i++) {
    }
    CHECK_EQ(i, size);
    CHECK_EQ(mmioClose(file, 0), 0);
    free(info.pchBuffer);
}

static void parts_of_a_file_are_copied_onto_others(void)
{
    MMIOINFO info;
    HMMIO file = open_memory(NULL, 26, 0, MMIO_READWRITE | MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
    info = info_of(file);
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioWrite(file, info.pchBuffer, 10), 10);
    MEMORY_IS(file, "ababcdefghijmnopqrstuvwxyz", 26);
    CHECK_EQ(mmioSeek(file, 14, SEEK_SET), 14);
    CHECK_EQ(mmioRead(file, info.pchBuffer + 12, 12), 12);
    MEMORY_IS(file, "ababcdefghijopqrstuvwxyzyz", 26);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Memory right after the buffer, or before it, is not the file's. */
static void memory_beside_the_buffer_is_not_the_files(void)
{
    char memory[48];
    HMMIO file;
    memset(memory, '.', 16);
    memcpy(memory + 16, LETTERS, 16);
    memcpy(memory + 32, "0123456789ABCDEF", 16);
    file = open_memory(memory + 16, 16, 0, MMIO_READWRITE);
    CHECK_EQ(mmioWrite(file, memory + 32, 8), 8);
    CHECK_EQ(mmioWrite(file, memory, 4), 4);
    CHECK_EQ(mmioWrite(file, memory + 28, 16), 4);
    MEMORY_IS(file, "01234567....mnop", 16);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_disk_file_is_written_from_its_own_buffer(void)
{
    MMIOINFO info;
    HMMIO file = open_letters("own", 8);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), 0);
    info = info_of(file);
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioWrite(file, info.pchBuffer, 4), 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("own", "ababcdghijklmnopqrstuvwxyz", 26);
}

int main(void)
{
    parts_of_a_file_are_copied_onto_others();
    memory_beside_the_buffer_is_not_the_files();
    a_disk_file_is_written_from_its_own_buffer();
    a_file_may_be_written_from_its_own_memory();
    a_sent_message_may_write_it_too();
    return report();
}
