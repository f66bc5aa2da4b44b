/* Files of callbacks, and parts of disk files. */
#include "bench.h"

#include <fcntl.h>
#include <unistd.h>

#define LARGE (64 * MIB)
#define BUFFER (64 * KIB)
/* The bytes that a run of the unbuffered workloads transfers. */
#define BULK (256 * MIB)

static char block[BUFFER];
static int descriptor;

static int64_t read_bytes(void *context, void *data, size_t count)
{
    return read(*(int *)context, data, count);
}

static int64_t seek_to(void *context, int64_t offset, int whence)
{
    return lseek(*(int *)context, offset, whence);
}

/* volatile, so that the compiler cannot inline the call. */
static int64_t (*volatile bare_read)(void *context, void *data, size_t count) = read_bytes;

static void open_descriptor(void)
{
    make_file(LARGE);
    descriptor = open(FILE_NAME, O_RDONLY);
    MUST(descriptor >= 0);
}

static void close_descriptor(void)
{
    close(descriptor);
    remove_file();
}

static HMMIO open_callbacks(LONG buffer)
{
    static const MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), read_bytes, NULL, seek_to, NULL, NULL};
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    lseek(descriptor, 0, SEEK_SET);
    file = mmsys_open_callbacks(&callbacks, &descriptor, &info, MMIO_READ);
    MUST(file != NULL);
    return file;
}

static HMMIO open_range(LONG buffer)
{
    HMMIO file = mmsys_open_range(descriptor, 0, LARGE, MMIO_READ);
    MUST(file != NULL);
    MUST(mmioSetBuffer(file, NULL, buffer, 0) == 0);
    return file;
}

/* 4 bytes at a time. */

static void small_reads_of_callbacks(void) { small_reads(open_callbacks(BUFFER)); }
static void small_reads_of_a_range(void) { small_reads(open_range(BUFFER)); }

/* Large transfers. */

static void bulk_reads(HMMIO file)
{
    LONG done;
    for (done = 0; done < BULK; done += BUFFER) {
        if (done % LARGE == 0)
            mmioSeek(file, 0, SEEK_SET);
        MUST(mmioRead(file, block, BUFFER) == BUFFER);
    }
    mmioClose(file, 0);
}

static void bulk_reads_of_callbacks(void) { bulk_reads(open_callbacks(0)); }
static void bulk_reads_of_a_range(void) { bulk_reads(open_range(0)); }

static void bulk_reads_bare(void)
{
    LONG done;
    for (done = 0; done < BULK; done += BUFFER) {
        if (done % LARGE == 0)
            lseek(descriptor, 0, SEEK_SET);
        MUST(bare_read(&descriptor, block, BUFFER) == BUFFER);
    }
}

static void bulk_reads_pread(void)
{
    LONG done;
    for (done = 0; done < BULK; done += BUFFER)
        MUST(pread(descriptor, block, BUFFER, done % LARGE) == BUFFER);
}

const Workload callbacks[] = {
    {.name = "4-byte mmioRead of callbacks, 64 KiB buffer", .peer = "fread", .limit = 0.30,
     .prepare = open_descriptor, .ours = small_reads_of_callbacks, .theirs = small_reads_theirs,
     .clean = close_descriptor},
    {.name = "4-byte mmioRead of a range, 64 KiB buffer", .peer = "fread", .limit = 0.30, .prepare = open_descriptor,
     .ours = small_reads_of_a_range, .theirs = small_reads_theirs, .clean = close_descriptor},
    {.name = "64 KiB mmioRead of callbacks, unbuffered", .peer = "the bare callback", .limit = 1.02,
     .prepare = open_descriptor, .ours = bulk_reads_of_callbacks, .theirs = bulk_reads_bare,
     .clean = close_descriptor},
    {.name = "64 KiB mmioRead of a range, unbuffered", .peer = "pread", .limit = 1.05, .prepare = open_descriptor,
     .ours = bulk_reads_of_a_range, .theirs = bulk_reads_pread, .clean = close_descriptor},
    {.name = NULL},
};
