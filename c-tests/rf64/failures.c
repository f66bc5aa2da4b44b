/* An RF64 is created and read while a message to its procedure fails, each message in turn: the call returns the
 * documented error, the position does not change, the repeated call succeeds, and the file is the same in the end.
 *
 * Shows docs/rf64.md, Writing: "Errors". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600
#endif
#define _FILE_OFFSET_BITS 64

#include "rf64.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

static char name[] = "failing.wav";

/* The number of messages up to the one that fails; 0: none fails. */
static int countdown;
static int64_t position;
static int fd = -1;

/* A procedure with positions of 64 bits. */
static LRESULT CALLBACK serve_failing(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    ssize_t count = 0;
    (void)lpmmioinfo;
    if (uMsg != MMIOM_OPEN && uMsg != MMIOM_CLOSE && --countdown == 0)
        return -1;
    switch (uMsg) {
    case MMIOM_SEEK:
        return (LRESULT)(position = lParam1);
    case MMIOM_READ:
        count = pread(fd, (void *)lParam1, (size_t)lParam2, (off_t)position);
        break;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        count = pwrite(fd, (const void *)lParam1, (size_t)lParam2, (off_t)position);
        break;
    }
    if (count > 0)
        position += count;
    return count;
}

static HMMIO open_failing(LONG buffer)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pIOProc = serve_failing;
    info.cchBuffer = buffer;
    position = 0;
    file = mmioOpen(name, &info, MMIO_READWRITE);
    CHECK(file != NULL);
    return file;
}

/* Makes a call, and repeats it if it fails. Only one message fails, so that the second call succeeds. */
#define MUST(file, call, error)                                                                                        \
    do {                                                                                                               \
        int64_t before = mmsys_tell64(file);                                                                           \
        MMRESULT first_error = (call);                                                                                \
        if (first_error != 0) {                                                                                       \
            CHECK(is_one_of(first_error, error));                                                                     \
            CHECK_EQ(mmsys_tell64(file), before);                                                                      \
            CHECK_EQ(call, 0);                                                                                         \
        }                                                                                                              \
    } while (0)

static int is_one_of(MMRESULT error, MMRESULT expected)
{
    return error == expected || error == MMIOERR_CANNOTSEEK || error == MMIOERR_CANNOTWRITE;
}

static void write_all(HMMIO file, const char *bytes, LONG count)
{
    int tries;
    LONG done = 0;
    for (tries = 0; done < count && tries < 3; tries++) {
        LONG more = mmioWrite(file, bytes + done, count - done);
        done += more > 0 ? more : 0;
    }
    CHECK_EQ(done, count);
}

static void seek(HMMIO file, int64_t target)
{
    if (mmsys_seek64(file, target, SEEK_SET) != target)
        CHECK_EQ(mmsys_seek64(file, target, SEEK_SET), target);
}

static void create_file(LONG buffer)
{
    HMMIO file = open_failing(buffer);
    MMSYS_CKINFO64 riff, fmt, data, big, last;
    memset(&riff, 0, sizeof riff);
    fmt = data = big = last = riff;
    riff.fccType = CODE("TEST");
    fmt.ckid = CODE("fmt ");
    data.ckid = CODE("data");
    big.ckid = CODE("bigc");
    big.cksize = (uint64_t)(5 * GIB);
    last.ckid = CODE("last");
    MUST(file, mmsys_create_chunk64(file, &riff, MMIO_CREATERIFF | MMSYS_RF64), MMIOERR_CANNOTWRITE);
    MUST(file, mmsys_create_chunk64(file, &fmt, 0), MMIOERR_CANNOTWRITE);
    write_all(file, "\1\0\2\0\x80\xbb\0\0\0\xee\2\0\4\0\x10\0", 16);
    MUST(file, mmsys_ascend64(file, &fmt, 0), MMIOERR_CANNOTWRITE);
    MUST(file, mmsys_create_chunk64(file, &data, 0), MMIOERR_CANNOTWRITE);
    write_all(file, "first", 5);
    seek(file, 5 * GIB);
    write_all(file, "x", 1);
    MUST(file, mmsys_ascend64(file, &data, 0), MMIOERR_CANNOTWRITE);
    MUST(file, mmsys_create_chunk64(file, &big, 0), MMIOERR_CANNOTWRITE);
    seek(file, 11 * GIB);
    MUST(file, mmsys_ascend64(file, &big, 0), MMIOERR_CANNOTWRITE);
    MUST(file, mmsys_create_chunk64(file, &last, 0), MMIOERR_CANNOTWRITE);
    write_all(file, "end", 3);
    MUST(file, mmsys_ascend64(file, &last, 0), MMIOERR_CANNOTWRITE);
    MUST(file, mmsys_ascend64(file, &riff, 0), MMIOERR_CANNOTWRITE);
    MUST(file, mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void find_chunks(LONG buffer)
{
    HMMIO file = open_failing(buffer);
    MMSYS_CKINFO64 riff, chunk;
    memset(&riff, 0, sizeof riff);
    chunk = riff;
    MUST(file, mmsys_descend64(file, &riff, NULL, MMIO_FINDRIFF), MMIOERR_CANNOTREAD);
    CHUNK64_IS(riff, FOURCC_RIFF, 11 * GIB + 12 - 8, CODE("TEST"), 8, 0);
    chunk.ckid = CODE("last");
    /* A search in which a message fails finds nothing. */
    if (mmsys_descend64(file, &chunk, &riff, MMIO_FINDCHUNK) != 0) {
        CHECK_EQ(mmsys_tell64(file), 12);
        chunk.ckid = CODE("last");
        CHECK_EQ(mmsys_descend64(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    }
    CHUNK64_IS(chunk, CODE("last"), 3, 0, 11 * GIB + 8, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Appends samples to a small RF64. Returns the size of the file, whose bytes are copied to `bytes`. */
static size_t edit_file(LONG buffer, char *bytes, size_t capacity)
{
    struct file made = small_rf64("RF64", 8, 0);
    MMSYS_CKINFO64 riff, data;
    HMMIO file;
    memset(&riff, 0, sizeof riff);
    data = riff;
    CHECK_EQ(ftruncate(fd, 0), 0);
    CHECK_EQ(pwrite(fd, made.bytes, made.size - 12, 0), (long)made.size - 12);
    file = open_failing(buffer);
    MUST(file, mmsys_descend64(file, &riff, NULL, MMIO_FINDRIFF), MMIOERR_CANNOTREAD);
    seek(file, made.data - 8);
    MUST(file, mmsys_descend64(file, &data, NULL, 0), MMIOERR_CANNOTREAD);
    seek(file, made.data + 100);
    write_all(file, "12345678", 8);
    data.dwFlags = riff.dwFlags = MMIO_DIRTY;
    MUST(file, mmsys_ascend64(file, &data, 0), MMIOERR_CANNOTWRITE);
    MUST(file, mmsys_ascend64(file, &riff, 0), MMIOERR_CANNOTWRITE);
    MUST(file, mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), 0);
    return (size_t)pread(fd, bytes, capacity, 0);
}

static void an_edited_file_is_the_same_after_a_failure(LONG buffer)
{
    char bytes[512], expected[512];
    size_t size;
    int n;
    countdown = 0;
    size = edit_file(buffer, expected, sizeof expected);
    for (n = 1; n < 1000; n++) {
        countdown = n;
        CHECK_EQ(edit_file(buffer, bytes, sizeof bytes), size);
        CHECK_BYTES(bytes, expected, size);
        if (countdown > 0)
            break;
    }
    CHECK(n > 10 && n < 1000);
    CHECK_EQ((unsigned char)expected[28], 108);
}

static void get_ends_of_file(char *begin, char *end, int64_t *size)
{
    *size = lseek(fd, 0, SEEK_END);
    CHECK_EQ(pread(fd, begin, 200, 0), 200);
    CHECK_EQ(pread(fd, end, 20, (off_t)(*size - 20)), 20);
}

static void a_new_file_is_the_same_after_a_failure(LONG buffer)
{
    char begin[200], end[20], new_begin[200], new_end[20];
    int64_t size, new_size;
    int n;
    countdown = 0;
    CHECK_EQ(ftruncate(fd, 0), 0);
    create_file(buffer);
    get_ends_of_file(begin, end, &size);
    CHECK_EQ(size, 11 * GIB + 12);
    for (n = 1; n < 1000; n++) {
        CHECK_EQ(ftruncate(fd, 0), 0);
        countdown = n;
        create_file(buffer);
        if (countdown > 0)
            break;
        get_ends_of_file(new_begin, new_end, &new_size);
        CHECK_EQ(new_size, size);
        CHECK_BYTES(new_begin, begin, 200);
        CHECK_BYTES(new_end, end, 20);
    }
    CHECK(n > 20 && n < 1000);
    for (n = 1; n < 1000; n++) {
        countdown = n;
        find_chunks(buffer);
        if (countdown > 0)
            break;
    }
    CHECK(n > 5 && n < 1000);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 7, 64, 8192};
    size_t i;
    if (sizeof(LPARAM) < 8) {
        printf("skipped: positions of 64 bits, which no procedure has here\n");
        return 0;
    }
    fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0666);
    CHECK(fd >= 0);
    for (i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        a_new_file_is_the_same_after_a_failure(buffers[i]);
        an_edited_file_is_the_same_after_a_failure(buffers[i]);
    }
    CHECK_EQ(close(fd), 0);
    CHECK_EQ(remove(name), 0);
    return report();
}
