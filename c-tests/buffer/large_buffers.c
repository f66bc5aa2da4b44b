/* Buffers of all sizes up to several MiB, fixed or growing, the library's or the program's: small ones that are
 * cleared when they are allocated, and large ones that the system clears when they are first touched.
 *
 * Shows docs/contract.md, 2. Names and opening: "ours, n bytes; flag set".
 * Shows docs/contract.md, 4. Memory files: "The end of the file is pchEndRead". */
#include "check.h"

#include <stdint.h>

#define FILE_NAME "large.bin"
#define LARGEST (3 * 1024 * 1024)

static const LONG sizes[] = {1, 63, 64, 4096, 65536, 131071, 131072, 131073, 200000, 1048576};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

/* With space for a read of more than there is. */
static unsigned char pattern[LARGEST], got[LARGEST + 65536];

static HMMIO open_file(const char *name, FOURCC procedure, LONG size, DWORD step, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = procedure;
    info.cchBuffer = size;
    info.adwInfo[0] = step;
    return mmioOpen((LPSTR)name, &info, flags);
}

/* Writes in pieces that divide no size evenly. */
static void write_all(HMMIO file, LONG count)
{
    LONG done, piece;
    for (done = 0; done < count; done += piece) {
        piece = count - done < 70001 ? count - done : 70001;
        CHECK_EQ(mmioWrite(file, (HPSTR)pattern + done, piece), piece);
    }
}

static void check_all(HMMIO file, LONG count)
{
    LONG done = 0, more;
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    while ((more = mmioRead(file, (HPSTR)got + done, 50021)) > 0)
        done += more;
    CHECK_EQ(more, 0);
    CHECK_EQ(done, count);
    CHECK_BYTES(got, pattern, (size_t)count);
}

/* A buffer of the library's contains zeros, and exactly its size may be written. */
static void check_buffer(HMMIO file, LONG size)
{
    MMIOINFO info;
    LONG i, other = 0;
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    CHECK_EQ(info.cchBuffer, size);
    CHECK_EQ(info.pchEndWrite - info.pchBuffer, size);
    for (i = 0; i < size; i++)
        other += info.pchBuffer[i] != 0;
    CHECK_EQ(other, 0);
    memset(info.pchBuffer, 0, (size_t)size);
}

static void check_memory_file(LONG size)
{
    HMMIO file = open_file(NULL, FOURCC_MEM, size, 100000, MMIO_CREATE | MMIO_READWRITE);
    CHECK(file != NULL);
    check_buffer(file, size);
    write_all(file, LARGEST);
    check_all(file, LARGEST);
    /* A new buffer is a new, empty file. */
    CHECK_EQ(mmioSetBuffer(file, NULL, size, 0), MMSYSERR_NOERROR);
    check_buffer(file, size);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

static void check_disk_file(LONG size)
{
    static char own[4096];
    HMMIO file = open_file(FILE_NAME, 0, size, 0, MMIO_CREATE | MMIO_READWRITE);
    int next;
    CHECK(file != NULL);
    check_buffer(file, size);
    write_all(file, LARGEST);
    check_all(file, LARGEST);
    for (next = 0; next < SIZES; next++) {
        CHECK_EQ(mmioSeek(file, sizes[next], SEEK_SET), sizes[next]);
        CHECK_EQ(mmioRead(file, (HPSTR)got, 1), 1);
        CHECK_EQ(got[0], pattern[sizes[next]]);
        CHECK_EQ(mmioSetBuffer(file, NULL, sizes[next], 0), MMSYSERR_NOERROR);
        CHECK_EQ(mmioWrite(file, (HPSTR)pattern + sizes[next] + 1, 3), 3);
        CHECK_EQ(mmioSetBuffer(file, own, sizeof own, 0), MMSYSERR_NOERROR);
        CHECK_EQ(mmioWrite(file, (HPSTR)pattern + sizes[next] + 4, 3), 3);
    }
    check_all(file, LARGEST);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

int main(void)
{
    uint32_t i, number = 1;
    int size;
    for (i = 0; i < LARGEST; i++) {
        number = number * 1664525 + 1013904223;
        pattern[i] = (unsigned char)(number >> 24);
    }
    for (size = 0; size < SIZES; size++) {
        check_memory_file(sizes[size]);
        check_disk_file(sizes[size]);
    }
    remove(FILE_NAME);
    return report();
}
