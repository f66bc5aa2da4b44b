/* The procedure of examples/gzip.c: seeks that zlib can do, damaged files, a disk that is full for some time. */
#define _XOPEN_SOURCE 700
#include "buffered.h"

#define main example_main
#define calloc allocate
#include "../../examples/gzip.c"
#undef calloc
#undef main

enum { ROOM = 600000 };

static char name[] = "packed.gz+", file_name[] = "packed.gz";
static char model[ROOM], bytes[ROOM + 1];

static HMMIO open_packed(DWORD flags, LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    info.hmmio = mmioOpen(name, &info, flags);
    CHECK(info.hmmio != NULL);
    return info.hmmio;
}

static MMRESULT error_of(char *file, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = mmioFOURCC('G', 'Z', ' ', ' ');
    CHECK(mmioOpen(file, &info, flags) == NULL);
    return info.wErrorRet;
}

/* Half of the bytes cannot be compressed. */
static void fill_model(uint32_t seed)
{
    int number;
    random_state = seed;
    for (number = 0; number < ROOM; number++)
        model[number] = (char)(number & 0x1000 ? number >> 8 : (int)random_number(256));
}

/* Read by zlib alone, the file has this many bytes of the model. A file that is still open has no trailer. */
static void zlib_reads(LONG count, int is_whole)
{
    gzFile gz = gzopen(file_name, "rb");
    int error;
    CHECK_EQ(gzread(gz, bytes, sizeof bytes), count);
    CHECK_BYTES(bytes, model, (size_t)count);
    gzerror(gz, &error);
    CHECK_EQ(error, is_whole ? Z_OK : Z_BUF_ERROR);
    gzclose(gz);
}

static void write_model(LONG count)
{
    HMMIO file = open_packed(MMIO_CREATE | MMIO_WRITE, 0);
    CHECK_EQ(mmioWrite(file, model, count), count);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_flush_writes_what_zlib_holds(LONG buffer)
{
    LONG at = 0, count;
    HMMIO file = open_packed(MMIO_CREATE | MMIO_WRITE, buffer);
    fill_model(1);
    while (at < ROOM) {
        count = (LONG)(1 + random_number(random_number(20) == 0 ? 50000 : 2000));
        count = count < ROOM - at ? count : ROOM - at;
        CHECK_EQ(mmioWrite(file, model + at, count), count);
        at += count;
        if (random_number(50) == 0) {
            CHECK_EQ(mmioFlush(file, 0), 0);
            zlib_reads(at, 0);
        }
    }
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, 0), 0);
    zlib_reads(at, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    zlib_reads(ROOM, 1);
}

static void positions_are_where_zlib_can_go(LONG buffer)
{
    int step;
    LONG at, count;
    HMMIO file = open_packed(MMIO_CREATE | MMIO_READWRITE, buffer);
    fill_model(2);
    CHECK_EQ(mmioWrite(file, model, 100000), 100000);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 99999, SEEK_SET), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 100000, SEEK_CUR), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, -1, SEEK_SET), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, INTPTR_MAX, SEEK_SET), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 10), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 100000);
    /* Forward it writes zeros. */
    CHECK_EQ(mmioSeek(file, 150000, SEEK_SET), 150000);
    memset(model + 100000, 0, 50000);
    CHECK_EQ(mmioWrite(file, model + 150000, ROOM - 150000), ROOM - 150000);
    CHECK_EQ(mmioClose(file, 0), 0);
    zlib_reads(ROOM, 1);

    file = open_packed(MMIO_READ, buffer);
    for (step = 0; step < 60; step++) {
        at = (LONG)random_number(ROOM);
        count = (LONG)random_number(20000);
        count = count < ROOM - at ? count : ROOM - at;
        CHECK_EQ(mmioSeek(file, at, SEEK_SET), at);
        CHECK_EQ(mmioRead(file, bytes, count), count);
        CHECK_BYTES(bytes, model + at, (size_t)count);
    }
    CHECK_EQ(mmioWrite(file, "x", 1) < 1 || mmioFlush(file, 0) != 0, 1);
    mmsys_discard(file);
}

/* A flush may be the first message of a file. */
static void a_file_may_be_empty(void)
{
    HMMIO file = open_packed(MMIO_CREATE | MMIO_WRITE, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    zlib_reads(0, 1);
    file = open_packed(MMIO_CREATE | MMIO_WRITE, 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    zlib_reads(0, 1);
    file = open_packed(MMIO_READ, 0);
    CHECK_EQ(mmioRead(file, bytes, 10), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Reads up to an error; returns how many bytes came before. All of them are right. */
static LONG read_until_it_fails(void)
{
    LONG at = 0, count;
    HMMIO file = open_packed(MMIO_READ, 0);
    while ((count = mmioRead(file, bytes, 1000)) > 0) {
        CHECK_BYTES(bytes, model + at, (size_t)count);
        at += count;
    }
    CHECK_EQ(count, -1);
    CHECK_EQ(mmioRead(file, bytes, 1000), -1);
    mmioClose(file, 0);
    return at;
}

static void a_file_that_is_not_whole_is_an_error(void)
{
    static char whole[ROOM];
    size_t length, cut;
    fill_model(3);
    write_model(50000);
    length = get_file(file_name, whole, sizeof whole);
    for (cut = 2; cut < length; cut += cut < 40 || cut + 40 > length ? 1 : 997) {
        put_file(file_name, whole, cut);
        CHECK(read_until_it_fails() <= 50000);
    }
    /* A wrong checksum. */
    whole[length - 5] ^= 1;
    put_file(file_name, whole, length);
    read_until_it_fails();
    put_file(file_name, whole, 0);
    CHECK_EQ(error_of(name, MMIO_READ), MMIOERR_INVALIDFILE);
    put_file(file_name, "plain text", 10);
    CHECK_EQ(error_of(name, MMIO_READ), MMIOERR_INVALIDFILE);
}

/* A failed call can be repeated: zlib has lost nothing, and accepts nothing twice. */
static void a_disk_that_was_full_gets_all(LONG buffer, LONG piece)
{
    LONG at = 0, taken = 0, count;
    HMMIO file = open_packed(MMIO_CREATE | MMIO_WRITE, buffer);
    int round, failures = 0;
    fill_model(4);
    for (round = 0; round < 20; round++) {
        limit_files((rlim_t)get_file(file_name, bytes, sizeof bytes) + (rlim_t)round * 100);
        while (at < (round + 1) * 20000) {
            count = piece < ROOM - at ? piece : ROOM - at;
            memcpy(bytes, model + at, (size_t)count);
            taken = mmioWrite(file, bytes, count);
            memset(bytes, 0, (size_t)count); /* nothing uses it any more */
            at += taken > 0 ? taken : 0;
            if (taken < count)
                break;
        }
        failures += taken < piece;
        if (mmioFlush(file, 0) != 0) {
            failures++;
            CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
            CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
        }
        limit_files(RLIM_INFINITY);
        CHECK_EQ(mmioFlush(file, 0), 0);
        zlib_reads(at, 0);
    }
    CHECK(failures > 2);
    CHECK_EQ(mmioWrite(file, model + at, ROOM - at), ROOM - at);
    CHECK_EQ(mmioClose(file, 0), 0);
    zlib_reads(ROOM, 1);
}

/* Zeros that could not be written are written later, and in the right number. There are many, as zlib buffers a few. */
static void a_gap_that_met_a_full_disk_is_filled(void)
{
    const LONG gap = 20000000;
    LONG at;
    int is_zero = 1;
    gzFile gz;
    HMMIO file = open_packed(MMIO_CREATE | MMIO_WRITE, 0);
    fill_model(5);
    CHECK_EQ(mmioSeek(file, gap, SEEK_SET), gap);
    limit_files(100);
    CHECK_EQ(mmioWrite(file, model, 1000), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), gap);
    limit_files(RLIM_INFINITY);
    CHECK_EQ(mmioWrite(file, model, 1000), 1000);
    CHECK_EQ(mmioClose(file, 0), 0);
    gz = gzopen(file_name, "rb");
    for (at = 0; at < gap && gzread(gz, bytes, 100000) == 100000; at += 100000)
        is_zero = is_zero && bytes[0] == 0 && memcmp(bytes, bytes + 1, 99999) == 0;
    CHECK(at == gap && is_zero);
    CHECK_EQ(gzread(gz, bytes, sizeof bytes), 1000);
    CHECK_BYTES(bytes, model, 1000);
    gzclose(gz);
}

/* Bytes that zlib has accepted cannot be changed: other bytes in their place are refused, the same ones count once. */
static void bytes_of_a_flush_that_failed_come_again(void)
{
    HMMIO file = open_packed(MMIO_CREATE | MMIO_WRITE, 0);
    fill_model(6);
    limit_files(0);
    /* This error code shows that the procedure knows the message. */
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)model, 0), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)model, 1000), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)model, 0), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 0);
    limit_files(RLIM_INFINITY);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)(model + 1), 1000), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)model, 999), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)model, 0), 0);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)model, 1500), 1500);
    CHECK_EQ(mmioClose(file, 0), 0);
    zlib_reads(1500, 1);
}

/* The disk is full when mmioClose writes the end of the file. */
static void the_end_may_not_fit(void)
{
    HMMIO file = open_packed(MMIO_CREATE | MMIO_WRITE, 0);
    CHECK_EQ(mmioWrite(file, model, 1000), 1000);
    CHECK_EQ(mmioFlush(file, 0), 0);
    limit_files((rlim_t)get_file(file_name, bytes, sizeof bytes));
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
    /* It is discarded, and closed all the same. */
    file = open_packed(MMIO_CREATE | MMIO_WRITE, 0);
    limit_files(0);
    CHECK_EQ(mmioWrite(file, model, 1000), 1000);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_discard(file), MMIOERR_CANNOTWRITE);
    limit_files(RLIM_INFINITY);
}

static void opening_does_what_it_does_on_a_disk(void)
{
    static char other[] = "renamed.gz+", missing[] = "missing/file.gz+";
    HMMIO file;
    write_model(1000);
    no_memory = 1;
    CHECK_EQ(error_of(name, MMIO_CREATE), MMIOERR_OUTOFMEMORY);
    no_memory = 0;
    CHECK_EQ(error_of(NULL, MMIO_READ), MMIOERR_INVALIDFILE);
    CHECK_EQ(error_of(missing, MMIO_CREATE), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(name, MMIO_WRITE), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(name, MMIO_READWRITE), MMIOERR_ACCESSDENIED);
    file = open_packed(MMIO_READ | MMIO_DENYWRITE, 0);
    CHECK_EQ(error_of(name, MMIO_CREATE), MMIOERR_SHARINGVIOLATION);
    CHECK_EQ(mmioClose(file, 0), 0);
    zlib_reads(1000, 1);
    CHECK_EQ(mmioRename(name, other, NULL, 0), 0);
    CHECK_EQ(error_of(name, MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK(mmioOpen(other, NULL, MMIO_DELETE) != NULL);
    CHECK_EQ(error_of(other, MMIO_DELETE), MMIOERR_FILENOTFOUND);
}

int main(int argc, char **argv)
{
    static const LONG buffers[] = {0, 64, 65536};
    int number;
    DiskProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    if (argc > 1)
        return write_until_killed(argv + 1, GzipProc);
    mmioInstallIOProc(mmioFOURCC('G', 'Z', ' ', ' '), GzipProc, MMIO_INSTALLPROC);
    for (number = 0; number < 3; number++) {
        a_flush_writes_what_zlib_holds(buffers[number]);
        positions_are_where_zlib_can_go(buffers[number]);
        a_disk_that_was_full_gets_all(buffers[number], 100);
        a_disk_that_was_full_gets_all(buffers[number], 10001);
        a_disk_that_was_full_gets_all(buffers[number], 100000);
    }
    a_file_may_be_empty();
    a_file_that_is_not_whole_is_an_error();
    a_gap_that_met_a_full_disk_is_filled();
    bytes_of_a_flush_that_failed_come_again();
    the_end_may_not_fit();
    opening_does_what_it_does_on_a_disk();
    return report();
}
