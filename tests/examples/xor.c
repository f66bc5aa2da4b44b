/* The procedure of examples/xor.c, on top of the built-in one: every kind of call on its files. */
#define main example_main
#include "../../examples/xor.c"
#undef main

#include "check.h"

static char song[] = "tune.xor+";

static HMMIO open_song(DWORD flags)
{
    HMMIO file = mmioOpen(song, NULL, flags);
    CHECK(file != NULL);
    return file;
}

/* Reads the file from the disk, and unscrambles it. */
static size_t plain_song(char *bytes, size_t room)
{
    size_t count = get_file("tune.xor", bytes, room);
    Scramble(bytes, (LRESULT)count);
    return count;
}

/* More bytes than the procedure processes at once, from the program's own memory. */
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

static void reads_writes_and_seeks_mix(LONG buffer)
{
    char bytes[64];
    HMMIO file = open_song(MMIO_CREATE | MMIO_READWRITE);
    CHECK_EQ(mmioSetBuffer(file, NULL, buffer, 0), 0);
    CHECK_EQ(mmioWrite(file, "0123456789abcdef", 16), 16);
    CHECK_EQ(mmioSeek(file, 4, SEEK_SET), 4);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "456", 3);
    CHECK_EQ(mmioWrite(file, "XY", 2), 2);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "9ab", 3);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(plain_song(bytes, sizeof bytes), 16);
    CHECK_BYTES(bytes, "0123456XY9abcdef", 16);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 16);
    CHECK_EQ(mmioWrite(file, "!", 1), 1);
    CHECK_EQ(mmioSeek(file, 1, SEEK_END), 16);
    CHECK_EQ(mmioRead(file, bytes, 9), 1);
    CHECK_EQ(bytes[0], '!');
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(plain_song(bytes, sizeof bytes), 17);
    CHECK_BYTES(bytes, "0123456XY9abcdef!", 17);
}

static void direct_access_works(void)
{
    MMIOINFO info;
    char bytes[32];
    HMMIO file = open_song(MMIO_CREATE | MMIO_READWRITE);
    int number;
    CHECK_EQ(mmioSetBuffer(file, NULL, 4, 0), 0);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    for (number = 0; number < 10; number++) {
        if (info.pchNext == info.pchEndWrite) {
            info.dwFlags |= MMIO_DIRTY;
            CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), 0);
        }
        *info.pchNext++ = (char)('a' + number);
    }
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    for (number = 0; number < 10; number++) {
        if (info.pchNext == info.pchEndRead) {
            CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
            CHECK(info.pchNext < info.pchEndRead);
        }
        CHECK_EQ(*info.pchNext++, 'a' + number);
    }
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(plain_song(bytes, sizeof bytes), 10);
    CHECK_BYTES(bytes, "abcdefghij", 10);
}

static void a_form_is_written(DWORD buffering)
{
    static const char expected[] = "RIFF\x18\0\0\0TESTdata\x03\0\0\0abc\0" "more\0\0\0";
    MMCKINFO form, chunk;
    char bytes[64];
    HMMIO file = open_song(MMIO_CREATE | MMIO_READWRITE | buffering);
    memset(&form, 0, sizeof form);
    memset(&chunk, 0, sizeof chunk);
    form.fccType = mmioFOURCC('T', 'E', 'S', 'T');
    CHECK_EQ(mmioCreateChunk(file, &form, MMIO_CREATERIFF), 0);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    chunk.ckid = mmioFOURCC('m', 'o', 'r', 'e');
    chunk.cksize = 0;
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioAscend(file, &form, 0), 0);
    CHECK_EQ(form.cksize, 24);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(plain_song(bytes, sizeof bytes), 32);
    CHECK_BYTES(bytes, expected, sizeof expected);
}

static void a_form_is_read(DWORD buffering)
{
    MMCKINFO form, chunk;
    char bytes[8];
    HMMIO file = open_song(MMIO_READ | buffering);
    memset(&form, 0, sizeof form);
    memset(&chunk, 0, sizeof chunk);
    form.fccType = mmioFOURCC('T', 'E', 'S', 'T');
    CHECK_EQ(mmioDescend(file, &form, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(form.cksize, 24);
    chunk.ckid = mmioFOURCC('m', 'o', 'r', 'e');
    CHECK_EQ(mmioDescend(file, &chunk, &form, MMIO_FINDCHUNK), 0);
    CHECK_EQ(chunk.dwDataOffset, 32);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioDescend(file, &chunk, &form, MMIO_FINDCHUNK), 0);
    CHECK_EQ(mmioRead(file, bytes, (LONG)chunk.cksize), 3);
    CHECK_BYTES(bytes, "abc", 3);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 24);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void errors_come_through(void)
{
    MMIOINFO info;
    char bytes[4];
    HMMIO file;
    memset(&info, 0, sizeof info);
    CHECK(mmioOpenA((LPSTR) "none.xor+", &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
    CHECK(mmioOpenA((LPSTR) "no/dir.xor+", &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_PATHNOTFOUND);
    file = open_song(MMIO_READ | MMIO_ALLOCBUF);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_EQ(mmioWrite(file, "lost", 4), 4);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_discard(file), 0);
    file = open_song(MMIO_WRITE);
    CHECK_EQ(mmioRead(file, bytes, 4), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void messages_of_the_program_work(void)
{
    char bytes[8];
    HMMIO file = open_song(MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "cd", 2), 2);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 1, SEEK_SET), 1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 8), 3);
    CHECK_BYTES(bytes, "bcd", 3);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(plain_song(bytes, sizeof bytes), 4);
    CHECK_BYTES(bytes, "abcd", 4);
}

static void many_such_files_are_closed_for_good(void)
{
    int number;
    for (number = 0; number < 3000; number++) {
        HMMIO file = mmioOpenA(song, NULL, MMIO_CREATE | MMIO_READWRITE);
        if (file == NULL || mmioWrite(file, "x", 1) != 1 || mmioClose(file, 0) != 0) {
            break;
        }
    }
    CHECK_EQ(number, 3000);
}

static void renaming_renames_it(void)
{
    static char other[] = "other.xor";
    MMIOINFO info;
    char byte;
    memset(&info, 0, sizeof info);
    info.pIOProc = XorProc;
    CHECK_EQ(mmioRename("tune.xor", other, &info, 0), 0);
    CHECK_EQ(get_file(other, &byte, 1), 1);
    CHECK_EQ(mmioRename("tune.xor", other, &info, 0), MMIOERR_FILENOTFOUND);
    CHECK_EQ(mmioRename(other, "tune.xor", &info, 0), 0);
}

static void deleting_deletes_it(void)
{
    CHECK(mmioOpen(song, NULL, MMIO_DELETE) != NULL);
    CHECK(fopen("tune.xor", "rb") == NULL);
    CHECK(mmioOpen(song, NULL, MMIO_DELETE) == NULL);
}

/* A file opened by the code of the procedure may have a name without `+`, or none. */
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
    static const LONG buffers[] = {0, 1, 4, 5, 16, 100};
    size_t number;
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('X', 'O', 'R', ' '), XorProc, MMIO_INSTALLPROC);
    for (number = 0; number < 2; number++) {
        what_is_written_is_left_alone(buffering[number]);
        a_form_is_written(buffering[number]);
        a_form_is_read(buffering[number]);
    }
    for (number = 0; number < sizeof buffers / sizeof buffers[0]; number++)
        reads_writes_and_seeks_mix(buffers[number]);
    direct_access_works();
    errors_come_through();
    messages_of_the_program_work();
    many_such_files_are_closed_for_good();
    renaming_renames_it();
    deleting_deletes_it();
    names_need_no_plus();
    return report();
}
