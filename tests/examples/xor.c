/* The procedure of examples/xor.c: what it must not change, and all that may be done with its files. */
#define main example_main
#include "../../examples/xor.c"
#undef main

#include "check.h"

static char song[] = "tune.xor+";

/* What is on the disk, unscrambled. */
static size_t plain_song(char *bytes, size_t room)
{
    size_t count = get_file("tune.xor", bytes, room);
    Scramble(bytes, (LRESULT)count);
    return count;
}

/* More than the procedure takes at once; from a program's own memory when there is no buffer, or a smaller one. */
static void what_is_written_is_left_alone(DWORD buffering)
{
    static char bytes[20000], same[20000], read[20001];
    int number;
    HMMIO file = mmioOpen(song, NULL, MMIO_CREATE | MMIO_READWRITE | buffering);
    for (number = 0; number < 20000; number++) {
        bytes[number] = same[number] = (char)(number * 7);
    }
    CHECK_EQ(mmioWrite(file, bytes, 20000), 20000);
    CHECK_BYTES(bytes, same, 20000);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, read, 20001), 20000);
    CHECK_BYTES(read, same, 20000);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)bytes, 100), 100);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, 100), 100);
    CHECK_BYTES(bytes, same, 20000);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file("tune.xor", read, 20001), 20001);
    CHECK_EQ(plain_song(read, 20001), 20001);
    CHECK_BYTES(read, same, 20000);
    CHECK_EQ(read[20000], same[0]);
}

static void reads_writes_and_seeks_mix(DWORD buffering)
{
    char bytes[64];
    HMMIO file = mmioOpen(song, NULL, MMIO_CREATE | MMIO_READWRITE | buffering);
    CHECK_EQ(mmioWrite(file, "0123456789abcdef", 16), 16);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSeek(file, 4, SEEK_SET), 4);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "456", 3);
    CHECK_EQ(mmioWrite(file, "XY", 2), 2);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "9ab", 3);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(plain_song(bytes, sizeof bytes), 16);
    CHECK_BYTES(bytes, "0123456XY9abcdef", 16);
}

static void deleting_deletes_it(void)
{
    CHECK(mmioOpen(song, NULL, MMIO_DELETE) != NULL);
    CHECK(fopen("tune.xor", "rb") == NULL);
    CHECK(mmioOpen(song, NULL, MMIO_DELETE) == NULL);
}

/* By its code the procedure gets what the program says: a name without `+`, and none. */
static void names_need_no_plus(void)
{
    static char bare[] = "tune.xor";
    MMIOINFO info;
    char byte;
    put_file(bare, "\x1b", 1);
    memset(&info, 0, sizeof info);
    info.fccIOProc = mmioFOURCC('X', 'O', 'R', ' ');
    info.hmmio = mmioOpen(bare, &info, MMIO_READ);
    CHECK_EQ(mmioRead(info.hmmio, &byte, 1), 1);
    CHECK_EQ(byte, 'A');
    CHECK_EQ(mmioClose(info.hmmio, 0), 0);
    memset(&info, 0, sizeof info);
    info.fccIOProc = mmioFOURCC('X', 'O', 'R', ' ');
    CHECK(mmioOpen(NULL, &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_INVALIDFILE);
}

int main(void)
{
    static const DWORD buffering[] = {0, MMIO_ALLOCBUF};
    int number;
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('X', 'O', 'R', ' '), XorProc, MMIO_INSTALLPROC);
    for (number = 0; number < 2; number++) {
        what_is_written_is_left_alone(buffering[number]);
        reads_writes_and_seeks_mix(buffering[number]);
    }
    deleting_deletes_it();
    names_need_no_plus();
    return report();
}
