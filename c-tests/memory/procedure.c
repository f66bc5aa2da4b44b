/* The built-in memory procedure, called with a structure of the caller's own: it uses only that structure.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Built-in procedures can be called".
 * Shows docs/contract.md, 5. I/O procedures and messages: "They use only that structure".
 * Shows docs/procedures.md, On top of a built-in procedure: "FOURCC_MEM". */
#include "check.h"

static LPMMIOPROC mem;

static MMIOINFO own_file(LONG size, DWORD step, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = (HPSTR)malloc((size_t)size);
    info.cchBuffer = size;
    info.adwInfo[0] = step;
    info.dwFlags = flags;
    memset(info.pchBuffer, '.', (size_t)size);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_OPEN, 0, 0), 0);
    CHECK_EQ(info.lDiskOffset, 0);
    return info;
}

static void a_fixed_file_takes_what_fits(void)
{
    char bytes[16];
    MMIOINFO info = own_file(8, 0, MMIO_CREATE | MMIO_READWRITE);
    HPSTR start = info.pchBuffer;
    CHECK_EQ(mem((LPSTR)&info, MMIOM_WRITE, (LPARAM) "01234", 5), 5);
    CHECK_EQ(info.lDiskOffset, 5);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_WRITEFLUSH, (LPARAM) "56789", 5), 3);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_WRITE, (LPARAM) "x", 1), 0);
    CHECK(info.pchBuffer == start && info.pchEndRead == start + 8);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_SEEK, 2, SEEK_SET), 2);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_SEEK, 1, SEEK_CUR), 3);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_READ, (LPARAM)bytes, 16), 5);
    CHECK_BYTES(bytes, "34567", 5);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_SEEK, 3, SEEK_END), 5);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_SEEK, 9, SEEK_SET), -1);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_SEEK, -1, SEEK_SET), -1);
    CHECK_EQ(info.lDiskOffset, 5);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_CLOSE, 0, 0), 0);
    CHECK_BYTES(start, "01234567", 8);
    free(start);
}

static void a_growing_file_changes_its_pointers(void)
{
    MMIOINFO info = own_file(4, 4, MMIO_CREATE | MMIO_READWRITE);
    int number;
    for (number = 0; number < 1000; number++) {
        CHECK_EQ(mem((LPSTR)&info, MMIOM_WRITE, (LPARAM) "0123456", 7), 7);
    }
    CHECK_EQ(info.cchBuffer, 7000);
    CHECK(info.pchEndRead == info.pchBuffer + 7000);
    CHECK(info.pchEndWrite == info.pchBuffer + info.cchBuffer);
    CHECK_BYTES(info.pchBuffer + 6993, "0123456", 7);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_CLOSE, 0, 0), 0);
    free(info.pchBuffer);
}

static void a_file_that_is_not_created_is_full_from_the_start(void)
{
    char bytes[4];
    MMIOINFO info = own_file(4, 0, MMIO_READ);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_READ, (LPARAM)bytes, 4), 4);
    CHECK_BYTES(bytes, "....", 4);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_CLOSE, 0, 0), 0);
    free(info.pchBuffer);
}

static void bad_parameters_are_errors(void)
{
    char bytes[4];
    MMIOINFO info = own_file(4, 0, MMIO_READWRITE);
    HPSTR start = info.pchBuffer;
    CHECK_EQ(mem((LPSTR)&info, MMIOM_READ, 0, 4), -1);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_READ, (LPARAM)bytes, -1), -1);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_WRITE, 0, 4), -1);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_SEEK, 0, 3), -1);
    CHECK(mem(NULL, MMIOM_OPEN, 0, 0) != 0);
    CHECK(mem((LPSTR)&info, MMIOM_RENAME, 0, 0) != 0);
    CHECK(mem((LPSTR)&info, MMIOM_RENAME, (LPARAM) "a", (LPARAM) "b") != 0);
    info.lDiskOffset = 1000;
    CHECK(mem((LPSTR)&info, MMIOM_READ, (LPARAM)bytes, 4) <= 0);
    CHECK(mem((LPSTR)&info, MMIOM_WRITE, (LPARAM) "abcd", 4) <= 0);
    info.lDiskOffset = -5;
    CHECK_EQ(mem((LPSTR)&info, MMIOM_READ, (LPARAM)bytes, 4), -1);
    CHECK_EQ(mem((LPSTR)&info, MMIOM_WRITE, (LPARAM) "abcd", 4), -1);
    info.lDiskOffset = 0;
    info.cchBuffer = -1;
    CHECK_EQ(mem((LPSTR)&info, MMIOM_READ, (LPARAM)bytes, 4), -1);
    free(start);
}

/* The one memory file behind all files that are open with the procedure. */
static MMIOINFO behind;

static LRESULT CALLBACK forwarding_proc(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LRESULT result = message == MMIOM_OPEN ? 0 : mem((LPSTR)&behind, message, first, second);
    info->lDiskOffset = behind.lDiskOffset;
    return result;
}

static void a_procedure_on_top_of_memory_is_a_file(LONG buffer)
{
    MMIOINFO info;
    char bytes[16];
    HMMIO file;
    behind = own_file(4, 16, MMIO_CREATE | MMIO_READWRITE);
    memset(&info, 0, sizeof info);
    info.pIOProc = forwarding_proc;
    info.cchBuffer = buffer;
    file = mmioOpenA((LPSTR) "x", &info, MMIO_READWRITE);
    CHECK_EQ(mmioWrite(file, "0123456789", 10), 10);
    CHECK_EQ(mmioSeek(file, 3, SEEK_SET), 3);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_BYTES(bytes, "3456", 4);
    CHECK_EQ(mmioWrite(file, "X", 1), 1);
    CHECK_EQ(mmioSeek(file, 2, SEEK_END), 8);
    CHECK_EQ(mmioRead(file, bytes, 9), 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(behind.pchEndRead - behind.pchBuffer, 10);
    CHECK_BYTES(behind.pchBuffer, "0123456X89", 10);
    free(behind.pchBuffer);
}

int main(void)
{
    mem = mmioInstallIOProcA(FOURCC_MEM, NULL, MMIO_FINDPROC);
    CHECK(mem != NULL);
    a_fixed_file_takes_what_fits();
    a_growing_file_changes_its_pointers();
    a_file_that_is_not_created_is_full_from_the_start();
    bad_parameters_are_errors();
    a_procedure_on_top_of_memory_is_a_file(0);
    a_procedure_on_top_of_memory_is_a_file(4);
    a_procedure_on_top_of_memory_is_a_file(64);
    return report();
}
