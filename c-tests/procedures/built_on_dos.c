/* A procedure on top of the built-in one: every byte on the disk is XORed with a key, programs see plain ones. */
#include "check.h"
#include <mmsystem_ext.h>

#define KEY 0x5a
#define XOR_CODE mmioFOURCC('X', 'O', 'R', ' ')

static LPMMIOPROC dos;

static void scramble(char *bytes, size_t count)
{
    size_t number;
    for (number = 0; number < count; number++) {
        bytes[number] = (char)(bytes[number] ^ KEY);
    }
}

/* The name of the file without the element: "song.xor+" is "song.xor" on the disk. */
static LRESULT with_plain_names(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    char old[256], fresh[256];
    char *plus;
    strcpy(old, (const char *)first);
    plus = strrchr(old, CFSEPCHAR);
    if (plus != NULL) {
        *plus = 0;
    }
    if (message == MMIOM_OPEN) {
        return dos(info, message, (LPARAM)old, second);
    }
    strcpy(fresh, (const char *)second);
    plus = strrchr(fresh, CFSEPCHAR);
    if (plus != NULL) {
        *plus = 0;
    }
    return dos(info, message, (LPARAM)old, (LPARAM)fresh);
}

static LRESULT write_scrambled(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    char *copy = (char *)malloc((size_t)second);
    LRESULT written;
    memcpy(copy, (const char *)first, (size_t)second);
    scramble(copy, (size_t)second);
    written = dos(info, message, (LPARAM)copy, second);
    free(copy);
    return written;
}

static LRESULT CALLBACK xor_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    LRESULT answer;
    switch (message) {
    case MMIOM_OPEN:
    case MMIOM_RENAME:
        return with_plain_names(info, message, first, second);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return write_scrambled(info, message, first, second);
    case MMIOM_READ:
        answer = dos(info, message, first, second);
        if (answer > 0) {
            scramble((char *)first, (size_t)answer);
        }
        return answer;
    default:
        return dos(info, message, first, second);
    }
}

static HMMIO open_song(DWORD flags)
{
    HMMIO file = mmioOpenA((LPSTR) "song.xor+", NULL, flags);
    CHECK(file != NULL);
    return file;
}

/* What is on the disk, unscrambled. */
static size_t plain_song(char *bytes, size_t room)
{
    size_t count = get_file("song.xor", bytes, room);
    scramble(bytes, count);
    return count;
}

static void bytes_on_the_disk_are_scrambled(DWORD buffering)
{
    char bytes[64];
    HMMIO file = open_song(MMIO_CREATE | MMIO_READWRITE | buffering);
    CHECK_EQ(mmioWrite(file, "Hello, world!", 13), 13);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file("song.xor", bytes, sizeof bytes), 13);
    CHECK_EQ(bytes[0], 'H' ^ KEY);
    scramble(bytes, 13);
    CHECK_BYTES(bytes, "Hello, world!", 13);
    file = open_song(MMIO_READ | buffering);
    CHECK_EQ(mmioRead(file, bytes, 5), 5);
    CHECK_BYTES(bytes, "Hello", 5);
    CHECK_EQ(mmioSeek(file, 2, SEEK_CUR), 7);
    CHECK_EQ(mmioRead(file, bytes, 20), 6);
    CHECK_BYTES(bytes, "world!", 6);
    CHECK_EQ(mmioRead(file, bytes, 20), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
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

static void messages_by_hand_work(void)
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

static void renaming_and_deleting_work(void)
{
    char bytes[8];
    CHECK_EQ(mmioRenameA("song.xor+", "tune.xor+", NULL, 0), 0);
    CHECK_EQ(get_file("tune.xor", bytes, sizeof bytes), 4);
    CHECK_EQ(mmioRenameA("song.xor+", "tune.xor+", NULL, 0), MMIOERR_FILENOTFOUND);
    CHECK(mmioOpenA((LPSTR) "tune.xor+", NULL, MMIO_DELETE) == (HMMIO)1);
    CHECK(mmioOpenA((LPSTR) "tune.xor+", NULL, MMIO_DELETE) == NULL);
    CHECK(fopen("tune.xor", "rb") == NULL);
}

static void many_such_files_are_closed_for_good(void)
{
    int number;
    for (number = 0; number < 3000; number++) {
        HMMIO file = mmioOpenA((LPSTR) "many.xor+", NULL, MMIO_CREATE | MMIO_READWRITE);
        if (file == NULL || mmioWrite(file, "x", 1) != 1 || mmioClose(file, 0) != 0) {
            break;
        }
    }
    CHECK_EQ(number, 3000);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 4, 5, 16, 100};
    size_t number;
    dos = mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC);
    CHECK(dos != NULL);
    CHECK(mmioInstallIOProcA(XOR_CODE, xor_proc, MMIO_INSTALLPROC) == xor_proc);
    bytes_on_the_disk_are_scrambled(0);
    bytes_on_the_disk_are_scrambled(MMIO_ALLOCBUF);
    for (number = 0; number < sizeof buffers / sizeof buffers[0]; number++) {
        reads_writes_and_seeks_mix(buffers[number]);
    }
    direct_access_works();
    a_form_is_written(0);
    a_form_is_read(0);
    a_form_is_written(MMIO_ALLOCBUF);
    a_form_is_read(MMIO_ALLOCBUF);
    errors_come_through();
    messages_by_hand_work();
    renaming_and_deleting_work();
    many_such_files_are_closed_for_good();
    return report();
}
