/* Small RF64 and BW64 files are read by programs that only use RIFF; every truncation of one; ds64 chunks that are wrong.
 *
 * Shows docs/contract.md, 6. RIFF: "Beyond 4 GiB".
 * Shows docs/rf64.md, Reading: "The beginning of a file", "A chunk RF64 or BW64 there is a RIFF", "A size field of 0xFFFFFFFF".
 * Shows docs/rf64.md, Reading: "cksize of an MMCKINFO", "ds64 is read when the header of its RIFF is read".
 * Shows docs/rf64.md, Reading: "ds64 is ignored", "The length of the file is not checked", "A stream", "MMSYSTEM_RF64=off". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600
#endif

#include "rf64.h"

#include <unistd.h>

/* A program finds the form, the format and the samples. */
static void a_program_finds_its_samples(int back_end, const struct file *made, DWORD riff_size, DWORD data_size)
{
    HMMIO file = open_on(back_end, made->bytes, (LONG)made->size);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = chunk_of(CODE("fmt "), 0, 0);
    char bytes[8] = "";
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, riff_size, CODE("WAVE"), 8, 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(chunk.cksize, 16);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    chunk.ckid = CODE("data");
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(chunk.cksize, data_size);
    CHECK_EQ(chunk.dwDataOffset, made->data);
    CHECK_EQ(mmioRead(file, bytes, 5), 5);
    CHECK_BYTES(bytes, "first", 5);
    close_on(back_end, file);
}

/* All chunks, one by one; ds64 is a chunk like others. */
static void all_chunks_are_walked(int back_end, const char *code)
{
    struct file made = small_rf64(code, 7, 1);
    HMMIO file = open_on(back_end, made.bytes, (LONG)made.size);
    MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(0, 0, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
    CHUNK_IS(riff, FOURCC_RIFF, (DWORD)made.size - 8, CODE("WAVE"), 8, 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), 0);
    CHUNK_IS(chunk, CODE("ds64"), 40, 0, 20, 0);
    CHECK_EQ(position_of(file), 20);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), 0);
    CHUNK_IS(chunk, CODE("fmt "), 16, 0, 68, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    /* The size is odd, and in ds64: its pad byte is skipped. */
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), 0);
    CHUNK_IS(chunk, CODE("data"), 7, 0, made.data, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(position_of(file), (LONG)made.data + 8);
    /* The size is in the table. */
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), 0);
    CHUNK_IS(chunk, CODE("peak"), 5, 0, made.data + 16, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), 0);
    CHUNK_IS(chunk, CODE("last"), 4, 0, made.data + 30, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(position_of(file), (LONG)made.size);
    /* By name, past the others. */
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    chunk.ckid = CODE("last");
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(chunk.dwDataOffset, made.data + 30);
    close_on(back_end, file);
}

static void rf64_and_bw64_are_walked(int back_end)
{
    struct file made = small_rf64("RF64", 7, 1);
    all_chunks_are_walked(back_end, "RF64");
    all_chunks_are_walked(back_end, "BW64");
    a_program_finds_its_samples(back_end, &made, (DWORD)made.size - 8, 7);
}

/* The same with the functions of 64 bits. */
static void functions_of_64_bits_see_the_same(int back_end)
{
    struct file made = small_rf64("RF64", 7, 1);
    HMMIO file = open_on(back_end, made.bytes, (LONG)made.size);
    MMSYS_CKINFO64 riff, chunk;
    memset(&riff, 0x55, sizeof riff);
    riff.fccType = CODE("WAVE");
    CHECK_EQ(mmsys_descend64(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK64_IS(riff, FOURCC_RIFF, made.size - 8, CODE("WAVE"), 8, 0);
    memset(&chunk, 0x55, sizeof chunk);
    chunk.ckid = CODE("data");
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK64_IS(chunk, CODE("data"), 7, 0, made.data, 0);
    CHECK_EQ(mmsys_ascend64(file, &chunk, 0), 0);
    CHECK_EQ(mmsys_tell64(file), made.data + 8);
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, 0), 0);
    CHUNK64_IS(chunk, CODE("peak"), 5, 0, made.data + 16, 0);
    CHECK_EQ(mmsys_ascend64(file, &riff, 0), 0);
    CHECK_EQ(mmsys_tell64(file), (int64_t)made.size);
    close_on(back_end, file);
}

/* The buffer already holds the header, or the bytes after it. */
static void a_header_that_is_in_the_buffer(int back_end)
{
    static const LONG places[] = {0, 12};
    struct file made = small_rf64("RF64", 7, 1);
    size_t i;
    for (i = 0; i < 2; i++) {
        HMMIO file = open_on(back_end, made.bytes, (LONG)made.size);
        MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(CODE("data"), 0, 0);
        char bytes[4];
        CHECK_EQ(mmioSeek(file, places[i], SEEK_SET), places[i]);
        CHECK_EQ(mmioRead(file, bytes, 4), 4);
        CHECK_BYTES(bytes, i == 0 ? "RF64" : "ds64", 4);
        CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
        CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
        CHUNK_IS(riff, FOURCC_RIFF, (DWORD)made.size - 8, CODE("WAVE"), 8, 0);
        CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
        CHECK_EQ(chunk.cksize, 7);
        close_on(back_end, file);
    }
}

/* The size of a streamed chunk is all ones in 64 bits, too. */
static void a_streamed_chunk_extends_to_the_end_in_64_bits(int back_end)
{
    static const char streamed[] = "RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" "samples";
    HMMIO file = open_on(back_end, streamed, 27);
    MMSYS_CKINFO64 riff, chunk;
    memset(&riff, 0, sizeof riff);
    memset(&chunk, 0, sizeof chunk);
    CHECK_EQ(mmsys_descend64(file, &riff, NULL, 0), 0);
    CHUNK64_IS(riff, FOURCC_RIFF, UINT64_MAX, CODE("WAVE"), 8, 0);
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, 0), 0);
    CHUNK64_IS(chunk, CODE("data"), UINT64_MAX, 0, 20, 0);
    if (back_end == SERVED || back_end == SERVED_9) {
        CHECK_EQ(mmsys_ascend64(file, &chunk, 0), MMIOERR_CANNOTSEEK);
        CHECK_EQ(mmsys_tell64(file), 20);
    } else {
        CHECK_EQ(mmsys_ascend64(file, &chunk, 0), 0);
        CHECK_EQ(mmsys_tell64(file), 27);
    }
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    chunk.ckid = CODE("none");
    CHECK_EQ(mmsys_descend64(file, &chunk, NULL, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmsys_tell64(file), 12);
    close_on(back_end, file);
}

/* The size fields are used as they are. */
static void a_ds64_that_is_ignored(int back_end)
{
    struct file made;
    made = small_rf64("RF64", 7, 1);
    memcpy(made.bytes + 12, "ds65", 4);
    a_program_finds_its_samples(back_end, &made, ALL_ONES, ALL_ONES);
    /* Too short. */
    made = rf64_with("ds64", 20, 7, 0, 0);
    a_program_finds_its_samples(back_end, &made, ALL_ONES, ALL_ONES);
    made = rf64_with("JUNK", 28, 7, 1, 0);
    a_program_finds_its_samples(back_end, &made, ALL_ONES, ALL_ONES);
    /* After another chunk. */
    made = small_rf64("RF64", 7, 0);
    memmove(made.bytes + 36, made.bytes + 12, 36);
    memcpy(made.bytes + 12, "fmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0", 24);
    a_program_finds_its_samples(back_end, &made, ALL_ONES, ALL_ONES);
}

static void a_size_in_ds64_that_is_impossible(int back_end)
{
    static const struct {
        uint64_t riff, data;
        int has_riff, has_data;
    } sizes[] = {
        {0, 0, 0, 0},
        {0, 7, 0, 1},
        {39, 7, 0, 1},
        {UINT64_MAX, 7, 0, 1},
        {(uint64_t)1 << 63, 7, 0, 1},
        {INT64_MAX, 7, 0, 1},
        {1000, UINT64_MAX, 1, 0},
        {1000, (uint64_t)INT64_MAX, 1, 0},
        {1000, 1001, 1, 0},
        {1000, 8, 1, 1},
        {40, 1, 1, 0},
    };
    size_t i;
    for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct file made = small_rf64("BW64", 7, 1);
        put_number64(made.bytes + 20, sizes[i].riff);
        put_number64(made.bytes + 28, sizes[i].data);
        if (sizes[i].riff == 40) {
            /* By name, beyond the end of the RIFF, nothing is found. */
            HMMIO file = open_on(back_end, made.bytes, (LONG)made.size);
            MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(CODE("data"), 0, 0);
            CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
            CHECK_EQ(riff.cksize, 40);
            CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
            CHECK_EQ(position_of(file), 12);
            close_on(back_end, file);
            continue;
        }
        a_program_finds_its_samples(back_end, &made, sizes[i].has_riff ? (DWORD)sizes[i].riff : ALL_ONES,
                                    sizes[i].has_data ? (DWORD)sizes[i].data : ALL_ONES);
    }
}

/* The table counts fewer entries than its chunk holds, or more. */
static void a_table_with_a_wrong_count(int back_end)
{
    static const DWORD counts[] = {0, 1, 2, 17, 0x7fffffff, 0xffffffffu};
    size_t i;
    for (i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct file made = small_rf64("RF64", 7, 1);
        HMMIO file;
        MMCKINFO chunk = chunk_of(CODE("peak"), 0, 0), riff = chunk_of(0, 0, 0);
        put_number(made.bytes + 44, counts[i]);
        file = open_on(back_end, made.bytes, (LONG)made.size);
        CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
        CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
        CHECK_EQ(chunk.cksize, i == 0 ? ALL_ONES : 5);
        close_on(back_end, file);
    }
}

/* RF64 is a RIFF at the beginning of a file only. */
static void elsewhere_rf64_is_a_code_like_others(int back_end)
{
    struct file made = small_rf64("RF64", 7, 1), moved;
    HMMIO file;
    MMCKINFO chunk = chunk_of(0, 0, CODE("WAVE"));
    memcpy(moved.bytes, "head\4\0\0\0abcd", 12);
    memcpy(moved.bytes + 12, made.bytes, made.size);
    file = open_on(back_end, moved.bytes, (LONG)made.size + 12);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), 0);
    CHUNK_IS(chunk, CODE("RF64"), ALL_ONES, 0, 20, 0);
    CHECK_EQ(position_of(file), 20);
    close_on(back_end, file);
}

static void off_shows_the_file_as_it_is(int back_end)
{
    struct file made = small_rf64("RF64", 7, 1);
    HMMIO file = open_on(back_end, made.bytes, (LONG)made.size);
    MMCKINFO chunk = chunk_of(0, 0, CODE("WAVE"));
    char form[4];
    CHECK_EQ(setenv("MMSYSTEM_RF64", "off", 1), 0);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDRIFF), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), 0);
    CHUNK_IS(chunk, CODE("RF64"), ALL_ONES, 0, 8, 0);
    CHECK_EQ(mmioRead(file, form, 4), 4);
    CHECK_BYTES(form, "WAVE", 4);
    CHECK_EQ(mmioSeek(file, (LONG)made.data - 8, SEEK_SET), (LONG)made.data - 8);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), 0);
    CHUNK_IS(chunk, CODE("data"), ALL_ONES, 0, made.data, 0);
    CHECK_EQ(unsetenv("MMSYSTEM_RF64"), 0);
    close_on(back_end, file);
}

/* The size field of a BW64 may hold the size itself. */
static void a_size_field_that_is_not_all_ones_is_used(int back_end)
{
    struct file made = small_rf64("BW64", 7, 1);
    HMMIO file;
    MMCKINFO riff = chunk_of(0, 0, 0);
    put_number(made.bytes + 4, 300);
    file = open_on(back_end, made.bytes, (LONG)made.size);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 300, CODE("WAVE"), 8, 0);
    close_on(back_end, file);
}

/* Walks the chunks, and writes the result of each call to `log`. */
static void walk(HMMIO file, char *log, size_t capacity)
{
    MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(0, 0, 0);
    MMRESULT error = mmioDescend(file, &riff, NULL, 0);
    size_t at = (size_t)snprintf(log, capacity, "%u %x %u %x %ld;", error, riff.ckid, riff.cksize, riff.fccType,
                                 (long)position_of(file));
    int i;
    for (i = 0; i < 9 && at < capacity; i++) {
        error = mmioDescend(file, &chunk, error == 0 ? &riff : NULL, 0);
        at += (size_t)snprintf(log + at, capacity - at, "%u %x %u %u %ld", error, chunk.ckid, chunk.cksize,
                               chunk.dwDataOffset, (long)position_of(file));
        if (error == 0)
            error = mmioAscend(file, &chunk, 0);
        at += (size_t)snprintf(log + at, capacity - at, ",%u %ld;", error, (long)position_of(file));
        error = 0;
    }
}

/* On disk the position can be beyond the end of the file, in memory it cannot; the back ends of one kind agree. */
static void back_ends_agree_about_every_truncation(void)
{
    struct file made = small_rf64("RF64", 7, 1);
    LONG size;
    for (size = 0; size <= (LONG)made.size; size++) {
        char first[3][4096], log[4096];
        int back_end;
        for (back_end = 0; back_end < BACK_ENDS; back_end++) {
            int kind = is_on_disk(back_end) ? 0 : is_in_memory(back_end) ? 1 : 2;
            int is_first = back_end == ON_DISK || back_end == IN_MEMORY || back_end == SERVED;
            HMMIO file = open_on(back_end, made.bytes, size);
            walk(file, is_first ? first[kind] : log, sizeof log);
            CHECK(is_first || strcmp(log, first[kind]) == 0);
            close_on(back_end, file);
        }
        CHECK(size < 28 || strstr(first[0], "0 46464952 ") == first[0]);
        /* The sizes are used as soon as ds64 is complete. */
        CHECK_EQ(strstr(first[0], "0 46464952 118 45564157 12;") == first[0], size >= 48);
    }
}

/* A stream cannot be read twice: the buffer must hold what is read ahead. */
static void a_stream_with_a_buffer_has_its_sizes(LONG buffer, DWORD expected)
{
    struct file made = small_rf64("RF64", 7, 1);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = chunk_of(CODE("last"), 0, 0);
    MMIOINFO info;
    HMMIO file;
    int ends[2];
    CHECK_EQ(pipe(ends), 0);
    CHECK_EQ(write(ends[1], made.bytes, made.size), (long)made.size);
    CHECK_EQ(close(ends[1]), 0);
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_DOS;
    info.adwInfo[0] = (DWORD)ends[0];
    info.cchBuffer = buffer;
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(riff.cksize, expected);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), expected == ALL_ONES ? MMIOERR_CHUNKNOTFOUND : 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* The member of an archive begins where its procedure says. */
static LRESULT CALLBACK serve_member(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    if (message == MMIOM_OPEN)
        ((LPMMIOINFO)lpmmioinfo)->lDiskOffset = 12;
    return message == MMIOM_OPEN ? 0 : serve(lpmmioinfo, message, first, second);
}

static void the_member_of_an_archive_has_a_beginning(LONG buffer)
{
    struct file made = small_rf64("RF64", 7, 1);
    char archive[512] = "head\4\0\0\0abcd";
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = chunk_of(CODE("last"), 0, 0);
    MMIOINFO info;
    HMMIO file;
    memcpy(archive + 12, made.bytes, made.size);
    serve_bytes(archive, (LONG)made.size + 12);
    memset(&info, 0, sizeof info);
    info.pIOProc = serve_member;
    info.cchBuffer = buffer;
    file = mmioOpen((LPSTR) "member", &info, MMIO_READ);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, (DWORD)made.size - 8, CODE("WAVE"), 20, 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(chunk.dwDataOffset, made.data + 12 + 30);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    CHECK_EQ(unsetenv("MMSYSTEM_RF64"), 0);
    on_every_back_end(rf64_and_bw64_are_walked);
    on_every_back_end(functions_of_64_bits_see_the_same);
    on_every_back_end(a_header_that_is_in_the_buffer);
    on_every_back_end(a_streamed_chunk_extends_to_the_end_in_64_bits);
    on_every_back_end(a_ds64_that_is_ignored);
    on_every_back_end(a_size_in_ds64_that_is_impossible);
    on_every_back_end(a_table_with_a_wrong_count);
    on_every_back_end(elsewhere_rf64_is_a_code_like_others);
    on_every_back_end(off_shows_the_file_as_it_is);
    on_every_back_end(a_size_field_that_is_not_all_ones_is_used);
    back_ends_agree_about_every_truncation();
    a_stream_with_a_buffer_has_its_sizes(8192, 118);
    a_stream_with_a_buffer_has_its_sizes(60, 118);
    a_stream_with_a_buffer_has_its_sizes(48, 118);
    a_stream_with_a_buffer_has_its_sizes(35, ALL_ONES);
    a_stream_with_a_buffer_has_its_sizes(0, ALL_ONES);
    the_member_of_an_archive_has_a_beginning(0);
    the_member_of_an_archive_has_a_beginning(64);
    return report();
}
