/* The same calls on a buffered and on an unbuffered file give the same bytes. */
#include "check.h"

static void play(const char *name, DWORD buffering, char *read, LONG *position)
{
    char file_name[16];
    HMMIO file;
    strcpy(file_name, name);
    file = mmioOpen(file_name, NULL, MMIO_CREATE | MMIO_READWRITE | buffering);
    CHECK(file != NULL);
    CHECK_EQ(mmioWrite(file, "0123456789", 10), 10);
    CHECK_EQ(mmioSeek(file, 4, SEEK_SET), 4);
    CHECK_EQ(mmioRead(file, read, 3), 3);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    CHECK_EQ(mmioRead(file, read + 3, 5), 1);
    *position = mmioSeek(file, 0, SEEK_CUR);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    char buffered[16], unbuffered[16], file[16];
    LONG where_buffered, where_unbuffered;
    play("buffered", MMIO_ALLOCBUF, buffered, &where_buffered);
    play("unbuffered", 0, unbuffered, &where_unbuffered);
    CHECK_BYTES(buffered, "4569", 4);
    CHECK_BYTES(unbuffered, "4569", 4);
    CHECK_EQ(where_buffered, 10);
    CHECK_EQ(where_unbuffered, 10);
    CHECK_EQ(get_file("buffered", file, sizeof file), 10);
    CHECK_BYTES(file, "0123456ab9", 10);
    CHECK_EQ(get_file("unbuffered", file, sizeof file), 10);
    CHECK_BYTES(file, "0123456ab9", 10);
    return report();
}
