/* RF64 files are written. Files beyond 4 GiB are sparse, and take little space.
 *
 * Shows docs/rf64.md, Writing: "MMSYSTEM_RF64=auto", "MMSYS_RF64", "Ascend from a chunk of 4 GiB - 1 or more".
 * Shows docs/rf64.md, Writing: "The number of samples", "A smaller file stays a RIFF", "Without the variable and the flag".
 * Shows docs/rf64.md, Writing: "A chunk that begins beyond 4 GiB - 9", "Chunks that are completed again", "a second data". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600
#endif
#define _FILE_OFFSET_BITS 64

#include "callbacks.h"
#include "rf64.h"

#include <sys/types.h>
#include <unistd.h>

static const char format[] = "\1\0\2\0\x80\xbb\0\0\0\xee\2\0\4\0\x10\0";

/* Records as a program that only uses RIFF does, up to Ascend from `data`, whose result it returns. The data ends at
 * `end`, with "last". */
static MMRESULT record(HMMIO file, int64_t end, MMCKINFO *riff, MMCKINFO *data)
{
    MMCKINFO fmt = chunk_of(CODE("fmt "), 16, 0);
    *riff = chunk_of(0, 0, CODE("WAVE"));
    *data = chunk_of(CODE("data"), 0, 0);
    CHECK_EQ(mmioCreateChunk(file, riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(mmioCreateChunk(file, &fmt, 0), 0);
    CHECK_EQ(mmioWrite(file, format, 16), 16);
    CHECK_EQ(mmioAscend(file, &fmt, 0), 0);
    CHECK_EQ(mmioCreateChunk(file, data, 0), 0);
    CHECK_EQ(mmioWrite(file, "first", 5), 5);
    CHECK_EQ(mmsys_seek64(file, end - 4, SEEK_SET), end - 4);
    CHECK_EQ(mmioWrite(file, "last", 4), 4);
    return mmioAscend(file, data, 0);
}

#define bytes_are(at, bytes, count) check_bytes_at(at, bytes, count, __LINE__)

static void check_bytes_at(int64_t at, const char *bytes, size_t count, int line)
{
    static char found[512];
    FILE *file = fopen("large.wav", "rb");
    CHECK(file != NULL && fseeko(file, (off_t)at, SEEK_SET) == 0);
    CHECK_EQ(fread(found, 1, count, file), count);
    check_that(memcmp(found, bytes, count) == 0, "bytes of the file", __FILE__, line);
    CHECK_EQ(fclose(file), 0);
}

static int64_t size_of_file(void)
{
    int64_t size;
    FILE *file = fopen("large.wav", "rb");
    CHECK(file != NULL && fseeko(file, 0, SEEK_END) == 0);
    size = ftello(file);
    CHECK_EQ(fclose(file), 0);
    return size;
}

static void a_ds64_is(uint64_t riff, uint64_t data, uint64_t samples)
{
    char expected[48] = "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0";
    put_number64(expected + 20, riff);
    put_number64(expected + 28, data);
    put_number64(expected + 36, samples);
    bytes_are(0, expected, 48);
}

/* Sizes of data around the limit, odd and even, with any buffer. */
static void a_recording_of(int64_t size, LONG buffer)
{
    int64_t end = 80 + size, padded = end + size % 2;
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, buffer);
    MMCKINFO riff, data;
    int is_large = size >= (int64_t)ALL_ONES;
    CHECK_EQ(record(file, end, &riff, &data), 0);
    CHECK_EQ(data.dwDataOffset, 80);
    CHECK_EQ(data.cksize, is_large ? ALL_ONES : (DWORD)size);
    CHECK_EQ(data.dwFlags, 0);
    CHECK_EQ(mmsys_tell64(file), padded);
    /* A second Ascend goes to the true end. */
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(mmsys_tell64(file), padded);
    if (is_large) {
        /* The file is complete already. */
        CHECK_EQ(mmioFlush(file, 0), 0);
        a_ds64_is((uint64_t)padded - 8, (uint64_t)size, (uint64_t)size / 4);
    }
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(riff.cksize, padded - 8 >= (int64_t)ALL_ONES ? ALL_ONES : (DWORD)(padded - 8));
    CHECK_EQ(mmsys_tell64(file), padded);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(size_of_file(), padded);
    bytes_are(end - 4, "last\0", size % 2 != 0 ? 5 : 4);
    bytes_are(48, "fmt \x10\0\0\0", 8);
    if (padded - 8 >= (int64_t)ALL_ONES) {
        a_ds64_is((uint64_t)padded - 8, (uint64_t)size, (uint64_t)size / 4);
        bytes_are(72, is_large ? "data\xff\xff\xff\xff" "first" : "data", is_large ? 13 : 4);
    } else {
        bytes_are(0, "RIFF", 4);
        bytes_are(8, "WAVEJUNK\x1c\0\0\0", 12);
    }
}

/* The file that was recorded is read by a program that only uses RIFF. */
static void the_recording_is_read_by_an_unchanged_program(int64_t size, LONG buffer)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_READ, NULL, buffer);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = chunk_of(CODE("data"), 0, 0), last = chunk_of(CODE("none"), 0, 0);
    char bytes[8];
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, ALL_ONES, CODE("WAVE"), 8, 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("data"), size >= (int64_t)ALL_ONES ? ALL_ONES : (DWORD)size, 0, 80, 0);
    CHECK_EQ(mmioRead(file, bytes, 5), 5);
    CHECK_BYTES(bytes, "first", 5);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 80 + size + size % 2);
    CHECK_EQ(mmioDescend(file, &last, &riff, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmsys_tell64(file), 80 + size + size % 2);
    CHECK_EQ(mmsys_seek64(file, 80 + size - 4, SEEK_SET), 80 + size - 4);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_BYTES(bytes, "last", 4);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 80 + size + size % 2);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void recordings_of_all_sizes(void)
{
    static const LONG buffers[] = {0, 1, 7, 64, 8192};
    static const int64_t sizes[] = {8, 9, GIB, 4 * GIB - 100, 4 * GIB - 73, 4 * GIB - 2, 4 * GIB - 1, 4 * GIB, 4 * GIB + 1,
                                    5 * GIB + 3, 9 * GIB};
    size_t i, j;
    for (i = 0; i < sizeof buffers / sizeof *buffers; i++)
        for (j = 0; j < sizeof sizes / sizeof *sizes; j++) {
            a_recording_of(sizes[j], buffers[i]);
            if (sizes[j] + sizes[j] % 2 + 72 >= (int64_t)ALL_ONES)
                the_recording_is_read_by_an_unchanged_program(sizes[j], buffers[i]);
        }
}

/* Without MMSYSTEM_RF64 a RIFF has no JUNK, and Ascend from 4 GiB fails. */
static void without_the_variable_nothing_changes(void)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 64);
    MMCKINFO riff, data;
    CHECK_EQ(record(file, 44 + 4 * GIB, &riff, &data), MMIOERR_CANNOTWRITE);
    CHECK_EQ(data.dwFlags, MMIO_DIRTY);
    CHECK_EQ(mmsys_tell64(file), 44 + 4 * GIB);
    CHECK_EQ(mmioAscend(file, &riff, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), 0);
    bytes_are(0, "RIFF\0\0\0\0WAVEfmt \x10\0\0\0", 20);
    bytes_are(36, "data\0\0\0\0first", 13);
}

/* A RIFF gets a JUNK, too, if its code is in ckid and no flag is set. */
static void the_code_may_be_in_ckid(void)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 8192);
    MMCKINFO riff = chunk_of(FOURCC_RIFF, 0, CODE("WAVE"));
    char expected[48];
    CHECK_EQ(mmioCreateChunk(file, &riff, 0), 0);
    CHECK_EQ(position_of(file), 48);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    memset(expected, 0, sizeof expected);
    memcpy(expected, "RIFF\x28\0\0\0WAVEJUNK\x1c", 17);
    bytes_are(0, expected, 48);
}

/* Other forms, other places, memory files and streams. */
static void other_files_have_no_junk(void)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 64);
    MMCKINFO riff = chunk_of(0, 0, CODE("AVI "));
    MMIOINFO info;
    int ends[2];
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), 12);
    riff = chunk_of(0, 0, CODE("WAVE"));
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), 24);
    CHECK_EQ(mmioClose(file, 0), 0);
    file = open_memory(NULL, 0, 64, MMIO_CREATE | MMIO_READWRITE);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(pipe(ends), 0);
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_DOS;
    info.adwInfo[0] = (DWORD)ends[1];
    file = mmioOpen(NULL, &info, MMIO_WRITE);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(close(ends[0]), 0);
}

/* The contents of a file are not overwritten. */
static void an_existing_file_gets_no_junk(void)
{
    HMMIO file;
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
    put_file("large.wav", "RIFF\x30\0\0\0WAVEkept" LETTERS, 42);
    file = open_with("large.wav", MMIO_READWRITE, NULL, 64);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioClose(file, 0), 0);
    bytes_are(12, "kept" LETTERS, 30);
}

/* Nor are bytes that were written to a new file of a procedure. */
static void bytes_written_before_are_kept(LONG buffer)
{
    static const char before[] = "............fmt \4\0\0\0kept";
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
    MMIOINFO info;
    HMMIO file;
    serve_bytes("", 0);
    memset(&info, 0, sizeof info);
    info.pIOProc = serve;
    info.cchBuffer = buffer;
    file = mmioOpen((char *)"served", &info, MMIO_CREATE | MMIO_READWRITE);
    CHECK_EQ(mmioWrite(file, before, 24), 24);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(served.bytes + 12, before + 12, 12);
}

static LONG space;

/* A full disk: it takes all bytes of a write, or none. */
static LRESULT CALLBACK serve_space(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    int is_write = uMsg == MMIOM_WRITE || uMsg == MMIOM_WRITEFLUSH;
    if (is_write && ((LPMMIOINFO)(void *)lpmmioinfo)->lDiskOffset + (LONG)lParam2 > space)
        return -1;
    return serve(lpmmioinfo, uMsg, lParam1, lParam2);
}

static int64_t seek_without_an_end(void *context, int64_t offset, int whence)
{
    return whence == SEEK_END ? -1 : called_seek(context, offset, whence);
}

static void callbacks_get_a_junk_if_their_file_is_empty(const char *before, int has_end, LONG position, LONG buffer)
{
    MMSYS_CALLBACKS callbacks = all_callbacks;
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
    HMMIO file;
    if (!has_end)
        callbacks.seek = seek_without_an_end;
    call_for(before, strlen(before));
    file = open_called(&callbacks, buffer);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), position);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(called.bytes, "RIFF\0\0\0\0WAVE", 12);
    CHECK_EQ(called.size, position);
}

static HMMIO current;

static void use_file(void)
{
    CHECK_EQ(mmioWrite(current, "other", 5), 5);
}

static void close_file(void)
{
    CHECK_EQ(mmioClose(current, 0), 0);
}

/* While the end of a file is sought, its seek uses the file. */
static void a_seek_uses_the_file_that_gets_a_junk(LONG buffer)
{
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
    call_for("", 0);
    current = open_called(&all_callbacks, buffer);
    called.nested = use_file;
    called.nested_in = CALL_SEEK;
    CHECK_EQ(mmioCreateChunk(current, &riff, MMIO_CREATERIFF), MMSYSERR_HANDLEBUSY);
    CHECK_EQ(position_of(current), 5);
    called.nested = close_file;
    CHECK_EQ(mmioSeek(current, 0, SEEK_SET), 0);
    CHECK_EQ(mmioCreateChunk(current, &riff, MMIO_CREATERIFF), MMSYSERR_INVALHANDLE);
    CHECK_BYTES(called.bytes, "other", 5);
    CHECK_EQ(called.size, 5);
}

/* The end of the disk file decides, and a part of less than 4 GiB cannot become an RF64. */
static void a_part_gets_a_junk_if_it_is_empty(LONG offset, int64_t length, LONG position, LONG buffer)
{
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
    HMMIO file;
    put_file("large.wav", LETTERS, 26);
    file = mmsys_open_part("large.wav", offset, length, MMIO_READWRITE);
    CHECK_EQ(mmioSetBuffer(file, NULL, buffer, 0), 0);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(position_of(file), position);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A recording in a part at the end of a pack. */
static void a_part_becomes_an_rf64(LONG buffer)
{
    MMCKINFO riff, data;
    char ds64[32];
    HMMIO file;
    put_file("large.wav", LETTERS, 26);
    file = mmsys_open_part("large.wav", 26, 6 * GIB, MMIO_READWRITE);
    CHECK_EQ(mmioSetBuffer(file, NULL, buffer, 0), 0);
    CHECK_EQ(record(file, 80 + 5 * GIB, &riff, &data), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    memcpy(ds64, "ds64\x1c\0\0", 8);
    put_number64(ds64 + 8, (uint64_t)(5 * GIB + 72));
    put_number64(ds64 + 16, (uint64_t)(5 * GIB));
    put_number64(ds64 + 24, (uint64_t)(5 * GIB / 4));
    bytes_are(0, LETTERS "RF64\xff\xff\xff\xff" "WAVE", 38);
    bytes_are(38, ds64, 32);
}

static void files_of_callbacks_and_parts(LONG buffer)
{
    callbacks_get_a_junk_if_their_file_is_empty("", 1, 48, buffer);
    callbacks_get_a_junk_if_their_file_is_empty("another", 1, 12, buffer);
    callbacks_get_a_junk_if_their_file_is_empty("", 0, 12, buffer);
    a_seek_uses_the_file_that_gets_a_junk(buffer);
    a_part_gets_a_junk_if_it_is_empty(26, 4 * GIB, 48, buffer);
    a_part_gets_a_junk_if_it_is_empty(100, 4 * GIB, 48, buffer);
    a_part_gets_a_junk_if_it_is_empty(26, 4 * GIB - 1, 12, buffer);
    a_part_gets_a_junk_if_it_is_empty(26, 12, 12, buffer);
    a_part_gets_a_junk_if_it_is_empty(25, 4 * GIB, 12, buffer);
    a_part_becomes_an_rf64(buffer);
}

/* If a RIFF could not be created, the call can be repeated, and the RIFF has its JUNK then. */
static void a_riff_that_is_created_again_after_a_failure(LONG buffer)
{
    for (space = 0; space <= 48; space += 12) {
        MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
        MMIOINFO info;
        MMRESULT error;
        HMMIO file;
        LONG full = space;
        serve_bytes("", 0);
        memset(&info, 0, sizeof info);
        info.pIOProc = serve_space;
        info.cchBuffer = buffer;
        file = mmioOpen((char *)"served", &info, MMIO_CREATE | MMIO_READWRITE);
        error = mmioCreateChunk(file, &riff, MMIO_CREATERIFF);
        CHECK_EQ(error, buffer == 0 && space < 48 ? MMIOERR_CANNOTWRITE : 0);
        space = 4096;
        if (error != 0) {
            CHECK_EQ(position_of(file), 0);
            CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
        }
        CHECK_EQ(position_of(file), 48);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_BYTES(served.bytes, "RIFF\0\0\0\0WAVEJUNK\x1c", 17);
        space = full;
    }
}

/* The same, if some of its bytes were written. */
static void a_riff_that_is_created_again_after_a_part(LONG buffer)
{
    size_t part;
    for (part = 1; part < 48; part++) {
        MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
        MMRESULT error;
        HMMIO file;
        call_for("", 0);
        file = open_called(&all_callbacks, buffer);
        called.most = part;
        called.fails_from[CALL_WRITE] = 2;
        error = mmioCreateChunk(file, &riff, MMIO_CREATERIFF);
        /* A rest that is smaller than the buffer stays in it. */
        CHECK_EQ(error, 48 - (LONG)part >= buffer ? MMIOERR_CANNOTWRITE : 0);
        called.most = 0;
        called.fails_from[CALL_WRITE] = 0;
        if (error != 0) {
            CHECK_EQ(position_of(file), 0);
            CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
        }
        CHECK_EQ(position_of(file), 48);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_BYTES(called.bytes, "RIFF\0\0\0\0WAVEJUNK\x1c", 17);
        CHECK_EQ(called.size, 48);
    }
}

/* Headers that are created again get the same positions. */
static void headers_that_are_written_again(void)
{
    HMMIO file = open_with("large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 64);
    MMCKINFO riff, data;
    CHECK_EQ(record(file, 80 + 5 * GIB, &riff, &data), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(record(file, 80 + 5 * GIB, &riff, &data), 0);
    CHECK_EQ(data.dwDataOffset, 80);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    a_ds64_is(5 * GIB + 72, 5 * GIB, 5 * GIB / 4);
    CHECK_EQ(size_of_file(), 80 + 5 * GIB);
}

/* The structures that Ascend left are used again, after the RIFF was entered. */
static void a_recording_is_entered_again(LONG buffer)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, buffer);
    MMCKINFO riff, data, entered = chunk_of(0, 0, CODE("WAVE"));
    MMSYS_CKINFO64 second;
    memset(&second, 0, sizeof second);
    second.ckid = CODE("last");
    CHECK_EQ(record(file, 80 + 5 * GIB, &riff, &data), 0);
    CHECK_EQ(mmsys_create_chunk64(file, &second, 0), 0);
    CHECK_EQ(mmsys_ascend64(file, &second, 0), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioDescend(file, &entered, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 80 + 5 * GIB);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A recorder completes its headers from time to time, so that little is lost if it is interrupted. */
static void headers_that_are_completed_in_between(LONG buffer)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, buffer);
    MMCKINFO riff, data;
    int64_t end;
    CHECK_EQ(record(file, GIB, &riff, &data), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    for (end = 3 * GIB; end <= 9 * GIB; end += 2 * GIB) {
        data.dwFlags = riff.dwFlags = MMIO_DIRTY;
        CHECK_EQ(mmsys_seek64(file, end - 4, SEEK_SET), end - 4);
        CHECK_EQ(mmioWrite(file, "last", 4), 4);
        CHECK_EQ(mmioAscend(file, &data, 0), 0);
        CHECK_EQ(mmioAscend(file, &riff, 0), 0);
        CHECK_EQ(mmioFlush(file, 0), 0);
        if (end < 4 * GIB)
            bytes_are(0, "RIFF\xf8\xff\xff\xbfWAVEJUNK", 16);
        else
            a_ds64_is((uint64_t)end - 8, (uint64_t)end - 80, (uint64_t)(end - 80) / 4);
    }
    /* A chunk after the end of the RIFF is not in it. */
    riff = chunk_of(FOURCC_RIFF, 0, CODE("WAVE"));
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioCreateChunk(file, &riff, 0), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    data = chunk_of(CODE("data"), 0, 0);
    CHECK_EQ(mmioCreateChunk(file, &data, 0), 0);
    CHECK_EQ(mmsys_seek64(file, 5 * GIB, SEEK_SET), 5 * GIB);
    CHECK_EQ(mmioAscend(file, &data, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* ds64 stores the size of one `data`: that of a second one does not replace it. */
static void a_second_data_does_not_replace_the_first(int64_t size)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 64);
    MMCKINFO riff, data;
    MMSYS_CKINFO64 second;
    int64_t end = 5 * GIB + 8 + size;
    memset(&second, 0, sizeof second);
    second.ckid = CODE("data");
    CHECK_EQ(record(file, 5 * GIB, &riff, &data), 0);
    CHECK_EQ(mmsys_create_chunk64(file, &second, 0), 0);
    CHECK_EQ(mmsys_seek64(file, end - 4, SEEK_SET), end - 4);
    CHECK_EQ(mmioWrite(file, "last", 4), 4);
    CHECK_EQ(mmsys_ascend64(file, &second, 0), size < 4 * GIB ? 0 : MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    a_ds64_is((uint64_t)end - 8, 5 * GIB - 80, (5 * GIB - 80) / 4);
}

/* In a RIFF of 4 GiB a smaller `data` has its size in its size field and in ds64. */
static void a_riff_alone_may_be_large(void)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 64);
    MMCKINFO riff, data, list = chunk_of(CODE("smpl"), 0, 0);
    CHECK_EQ(record(file, 80 + 3 * GIB, &riff, &data), 0);
    CHECK_EQ(mmioCreateChunk(file, &list, 0), 0);
    CHECK_EQ(mmsys_seek64(file, 5 * GIB, SEEK_SET), 5 * GIB);
    CHECK_EQ(mmioWrite(file, "x", 1), 1);
    CHECK_EQ(mmioAscend(file, &list, 0), 0);
    CHECK_EQ(list.cksize, 2 * GIB - 88 + 1);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    a_ds64_is(5 * GIB + 2 - 8, 3 * GIB, 3 * GIB / 4);
    bytes_are(72, "data\0\0\0\xc0", 8);
}

/* A ds64 of 28 bytes has no table. */
static void another_chunk_that_is_too_large_is_refused(void)
{
    HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 64);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), other = chunk_of(CODE("othr"), 0, 0);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(mmioCreateChunk(file, &other, 0), 0);
    CHECK_EQ(mmsys_seek64(file, 5 * GIB, SEEK_SET), 5 * GIB);
    CHECK_EQ(mmioAscend(file, &other, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB);
    CHECK_EQ(other.dwFlags, MMIO_DIRTY);
    /* Beyond 4 GiB a chunk has no dwDataOffset. */
    CHECK_EQ(mmioCreateChunk(file, &other, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void formats_without_a_block_size_have_no_samples(void)
{
    static const struct {
        const char *format;
        size_t size;
        int64_t block_size;
    } formats[] = {
        {"\3\0\2\0\x80\xbb\0\0\0\xdc\5\0\x8\0\x20\0", 16, 8},
        {"\2\0\2\0\x80\xbb\0\0\0\xdc\5\0\x8\0\x20\0", 16, 0},
        {"\1\0\2\0\x80\xbb\0\0\0\xdc\5\0\0\0\x20\0", 16, 0},
        {"\xfe\xff\2\0\x80\xbb\0\0\0\xdc\5\0\6\0\x18\0\x16\0\x18\0\0\0\0\0\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71", 40, 6},
        {"\xfe\xff\2\0\x80\xbb\0\0\0\xdc\5\0\6\0\x18\0\x16\0\x18\0\0\0\0\0\2\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71", 40, 0},
    };
    size_t i;
    for (i = 0; i < sizeof formats / sizeof *formats; i++) {
        HMMIO file = open_with((char *)"large.wav", MMIO_CREATE | MMIO_READWRITE, NULL, 64);
        MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), fmt = chunk_of(CODE("fmt "), 0, 0), data = chunk_of(CODE("data"), 0, 0);
        int64_t size = 24 * GIB;
        char samples[8];
        CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
        CHECK_EQ(mmioCreateChunk(file, &fmt, 0), 0);
        CHECK_EQ(mmioWrite(file, formats[i].format, (LONG)formats[i].size), (LONG)formats[i].size);
        CHECK_EQ(mmioAscend(file, &fmt, 0), 0);
        CHECK_EQ(mmioCreateChunk(file, &data, 0), 0);
        CHECK(mmsys_seek64(file, size, SEEK_CUR) > size);
        CHECK_EQ(mmioAscend(file, &data, 0), 0);
        CHECK_EQ(mmioClose(file, 0), 0);
        put_number64(samples, formats[i].block_size == 0 ? 0 : (uint64_t)(size / formats[i].block_size));
        bytes_are(36, samples, 8);
    }
}

/* fmt cannot be read, and the number of samples is 0. */
static void a_write_only_file_becomes_an_rf64(void)
{
    HMMIO file;
    MMCKINFO riff, data;
    put_file("large.wav", "", 0);
    file = open_with((char *)"large.wav", MMIO_WRITE, NULL, 64);
    CHECK_EQ(record(file, 80 + 5 * GIB, &riff, &data), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    a_ds64_is(5 * GIB + 72, 5 * GIB, 0);
}

int main(void)
{
    CHECK_EQ(unsetenv("MMSYSTEM_RF64"), 0);
    without_the_variable_nothing_changes();
    CHECK_EQ(setenv("MMSYSTEM_RF64", "auto", 1), 0);
    recordings_of_all_sizes();
    the_code_may_be_in_ckid();
    other_files_have_no_junk();
    an_existing_file_gets_no_junk();
    bytes_written_before_are_kept(0);
    bytes_written_before_are_kept(64);
    files_of_callbacks_and_parts(0);
    files_of_callbacks_and_parts(64);
    a_riff_that_is_created_again_after_a_failure(0);
    a_riff_that_is_created_again_after_a_failure(64);
    a_riff_that_is_created_again_after_a_part(0);
    a_riff_that_is_created_again_after_a_part(16);
    a_riff_that_is_created_again_after_a_part(64);
    headers_that_are_written_again();
    a_recording_is_entered_again(0);
    a_recording_is_entered_again(8192);
    headers_that_are_completed_in_between(0);
    headers_that_are_completed_in_between(8192);
    a_second_data_does_not_replace_the_first(12);
    a_second_data_does_not_replace_the_first(6 * GIB);
    a_riff_alone_may_be_large();
    another_chunk_that_is_too_large_is_refused();
    formats_without_a_block_size_have_no_samples();
    a_write_only_file_becomes_an_rf64();
    CHECK_EQ(remove("large.wav"), 0);
    return report();
}
