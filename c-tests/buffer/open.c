/* What mmioGetInfo returns right after opening: each row of the table of buffers, the positions and the flags.
 *
 * Shows docs/contract.md, 2. Names and opening: "State after opening", "pchEndRead", "MMIO_DEFAULTBUFFER".
 * Shows docs/contract.md, 2. Names and opening: "wErrorRet".
 * Shows docs/contract.md, 1. ABI: "dwReserved1". */
#define _XOPEN_SOURCE 700
#include "state.h"

#include <fcntl.h>
#include <unistd.h>

enum owner { NOBODY, CALLER, LIBRARY };

struct row {
    int gives_memory;
    LONG count;
    DWORD flag;
    enum owner owner;
    LONG size;
};

static const struct row rows[] = {
    {1, 100, 0, CALLER, 100},
    {1, 100, MMIO_ALLOCBUF, CALLER, 100},
    {1, 1, 0, CALLER, 1},
    {1, 0, 0, CALLER, 0},
    {1, 0, MMIO_ALLOCBUF, CALLER, MMIO_DEFAULTBUFFER},
    {0, 100, 0, LIBRARY, 100},
    {0, 100, MMIO_ALLOCBUF, LIBRARY, 100},
    {0, 0, MMIO_ALLOCBUF, LIBRARY, MMIO_DEFAULTBUFFER},
    {0, 0, 0, NOBODY, 0},
};
enum { ROWS = sizeof rows / sizeof rows[0] };

static char memory[MMIO_DEFAULTBUFFER];

/* The structure as the caller fills it. After opening it must be the same. */
static MMIOINFO structure_for(const struct row *row, FOURCC procedure)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = procedure;
    info.pchBuffer = row->gives_memory ? memory : NULL;
    info.cchBuffer = row->count;
    return info;
}

static void check_row(HMMIO file, const struct row *row, LONG end_read, DWORD flags)
{
    MMIOINFO info = check_window(file, 0, end_read, 0, __FILE__, __LINE__);
    CHECK_EQ(info.lDiskOffset, 0);
    CHECK_EQ(info.cchBuffer, row->size);
    CHECK_EQ(info.dwFlags, flags | (row->owner == LIBRARY ? MMIO_ALLOCBUF : 0));
    CHECK_EQ(info.wErrorRet, 0);
    CHECK(info.hmmio == file);
    switch (row->owner) {
    case NOBODY:
        CHECK(info.pchBuffer == NULL && info.pchNext == NULL);
        CHECK(info.pchEndRead == NULL && info.pchEndWrite == NULL);
        break;
    case CALLER:
        CHECK(info.pchBuffer == memory);
        break;
    case LIBRARY:
        CHECK(info.pchBuffer != NULL && info.pchBuffer != memory);
        /* Writes the last byte: a sanitizer or valgrind reports it if it is not in the buffer. */
        info.pchBuffer[info.cchBuffer - 1] = 1;
    }
}

static HMMIO open_row(const struct row *row, const char *name, FOURCC procedure, DWORD flags)
{
    MMIOINFO before = structure_for(row, procedure), after = before;
    HMMIO file;
    after.wErrorRet = 0x5555;
    file = mmioOpen((LPSTR)name, &after, flags | row->flag);
    CHECK(file != NULL);
    CHECK_EQ(after.wErrorRet, 0);
    CHECK_BYTES(&before, &after, sizeof before);
    return file;
}

static void disk_files_get_the_buffer_of_the_table(void)
{
    static const DWORD modes[] = {MMIO_READ, MMIO_WRITE, MMIO_READWRITE, MMIO_READWRITE | MMIO_CREATE};
    int row, mode;
    put_file("letters", LETTERS, 26);
    for (row = 0; row < ROWS; row++) {
        for (mode = 0; mode < 4; mode++) {
            HMMIO file = open_row(&rows[row], "letters", 0, modes[mode]);
            MMIOINFO info = info_of(file);
            check_row(file, &rows[row], 0, modes[mode]);
            CHECK_EQ(info.fccIOProc, FOURCC_DOS);
            CHECK(info.pIOProc == mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC));
            CHECK_EQ(mmioClose(file, 0), 0);
        }
    }
}

static void memory_files_get_the_buffer_of_the_table(void)
{
    int row;
    for (row = 0; row < ROWS; row++) {
        HMMIO file = open_row(&rows[row], NULL, FOURCC_MEM, MMIO_READWRITE);
        MMIOINFO info = info_of(file);
        check_row(file, &rows[row], rows[row].size, MMIO_READWRITE);
        CHECK_EQ(info.fccIOProc, FOURCC_MEM);
        CHECK(info.pIOProc == mmioInstallIOProc(FOURCC_MEM, NULL, MMIO_FINDPROC));
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

static void created_memory_files_are_empty(void)
{
    int row;
    for (row = 0; row < ROWS; row++) {
        HMMIO file = open_row(&rows[row], NULL, FOURCC_MEM, MMIO_READWRITE | MMIO_CREATE);
        check_row(file, &rows[row], 0, MMIO_READWRITE | MMIO_CREATE);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

static void a_negative_size_is_refused(void)
{
    MMIOINFO info;
    put_file("letters", LETTERS, 26);
    memset(&info, 0, sizeof info);
    info.cchBuffer = -1;
    CHECK(mmioOpen((LPSTR) "letters", &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    info.pchBuffer = memory;
    CHECK(mmioOpen((LPSTR) "letters", &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
}

static void without_a_structure_only_the_flag_gives_a_buffer(void)
{
    HMMIO file;
    put_file("letters", LETTERS, 26);
    file = mmioOpen((LPSTR) "letters", NULL, MMIO_READ | MMIO_ALLOCBUF);
    CHECK_EQ(info_of(file).cchBuffer, MMIO_DEFAULTBUFFER);
    CHECK(is_allocated(file));
    STATE(file, 0, 0, 0, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    file = mmioOpen((LPSTR) "letters", NULL, MMIO_READ);
    CHECK_EQ(info_of(file).cchBuffer, 0);
    CHECK(!is_allocated(file));
    STATE(file, 0, 0, 0, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void an_adopted_descriptor_keeps_its_position(void)
{
    LONG cch;
    for (cch = 0; cch <= 8; cch += 4) {
        MMIOINFO info;
        HMMIO file;
        char read[3];
        int fd;
        put_file("letters", LETTERS, 26);
        fd = open("letters", O_RDWR);
        CHECK_EQ(lseek(fd, 10, SEEK_SET), 10);
        memset(&info, 0, sizeof info);
        info.adwInfo[0] = (DWORD)fd;
        info.cchBuffer = cch;
        file = mmioOpen(NULL, &info, MMIO_READ);
        CHECK(file != NULL);
        STATE(file, 0, 0, 10, 10);
        CHECK_EQ(mmioRead(file, read, 3), 3);
        CHECK_BYTES(read, "klm", 3);
        /* The open flags do not restrict access to an adopted descriptor. */
        CHECK_EQ(mmioWrite(file, "NOP", 3), 3);
        CHECK_EQ(mmioClose(file, MMIO_FHOPEN), 0);
        CHECK_EQ(lseek(fd, 0, SEEK_CUR), 16);
        CHECK_EQ(close(fd), 0);
        FILE_IS("letters", "abcdefghijklmNOPqrstuvwxyz", 26);
    }
}

static void the_reserved_words_are_the_callers(void)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.dwReserved1 = 0x12345678;
    info.dwReserved2 = 0x9abcdef0;
    file = mmioOpen((LPSTR) "reserved", &info, MMIO_CREATE | MMIO_ALLOCBUF);
    CHECK_EQ(mmioWrite(file, LETTERS, 26), 26);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(info_of(file).dwReserved1, 0x12345678);
    CHECK_EQ(info_of(file).dwReserved2, 0x9abcdef0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    disk_files_get_the_buffer_of_the_table();
    memory_files_get_the_buffer_of_the_table();
    created_memory_files_are_empty();
    a_negative_size_is_refused();
    without_a_structure_only_the_flag_gives_a_buffer();
    an_adopted_descriptor_keeps_its_position();
    the_reserved_words_are_the_callers();
    return report();
}
