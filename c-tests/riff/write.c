/* mmioCreateChunk and mmioAscend: a RIFF file is the same on disk, in memory and through a custom procedure.
 *
 * Shows docs/contract.md, 6. RIFF: "CreateChunk", "MMIO_DIRTY", "Ascend", "zero pad byte".
 * Shows docs/contract.md, 6. RIFF: "the size field is corrected". */
#include "back_ends.h"

static void a_chunk_is_created_and_completed(int back_end)
{
    HMMIO file = create_on(back_end);
    MMCKINFO chunk = chunk_of(CODE("data"), 0, CODE("none"));
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHUNK_IS(chunk, CODE("data"), 0, CODE("none"), 8, MMIO_DIRTY);
    CHECK_EQ(position_of(file), 8);
    CHECK_EQ(mmioWrite(file, "abcdef", 6), 6);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHUNK_IS(chunk, CODE("data"), 6, CODE("none"), 8, 0);
    CHECK_EQ(position_of(file), 14);
    TAKE_IS(back_end, file, "data\6\0\0\0abcdef", 14);
}

static void an_empty_chunk_has_size_zero(int back_end)
{
    HMMIO file = create_on(back_end);
    MMCKINFO chunk = chunk_of(CODE("data"), 77, 0);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(chunk.cksize, 77);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHUNK_IS(chunk, CODE("data"), 0, 0, 8, 0);
    CHECK_EQ(position_of(file), 8);
    TAKE_IS(back_end, file, "data\0\0\0\0", 8);
}

static void an_odd_size_gets_a_pad_byte(int back_end, DWORD size)
{
    HMMIO file = create_on(back_end);
    MMCKINFO chunk = chunk_of(CODE("odd "), size, 0);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHUNK_IS(chunk, CODE("odd "), 3, 0, 8, 0);
    CHECK_EQ(position_of(file), 12);
    TAKE_IS(back_end, file, "odd \3\0\0\0abc\0", 12);
}

static void a_corrected_odd_size_gets_a_pad_byte(int back_end)
{
    an_odd_size_gets_a_pad_byte(back_end, 0);
}

static void an_odd_size_that_was_right_gets_a_pad_byte_too(int back_end)
{
    an_odd_size_gets_a_pad_byte(back_end, 3);
}

static void a_second_ascend_only_seeks(int back_end)
{
    HMMIO file = create_on(back_end);
    MMCKINFO first = chunk_of(CODE("frst"), 0, 0), second = chunk_of(CODE("scnd"), 0, 0);
    CHECK_EQ(mmioCreateChunk(file, &first, 0), 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioAscend(file, &first, 0), 0);
    CHECK_EQ(mmioCreateChunk(file, &second, 0), 0);
    CHECK_EQ(mmioWrite(file, "d", 1), 1);
    CHECK_EQ(mmioAscend(file, &first, 0), 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioSeek(file, 21, SEEK_SET), 21);
    CHECK_EQ(mmioAscend(file, &second, 0), 0);
    CHECK_EQ(position_of(file), 22);
    CHECK_EQ(mmioAscend(file, &second, 0), 0);
    CHECK_EQ(position_of(file), 22);
    CHUNK_IS(first, CODE("frst"), 3, 0, 8, 0);
    TAKE_IS(back_end, file, "frst\3\0\0\0abc\0scnd\1\0\0\0d\0", 22);
}

static const char wave[] = "RIFF\x62\0\0\0WAVE"
                           "fmt \x10\0\0\0" "0123456789abcdef"
                           "LIST\x26\0\0\0INFO"
                           "INAM\5\0\0\0hello\0"
                           "IART\3\0\0\0you\0"
                           "IEMP\0\0\0\0"
                           "data\7\0\0\0samples\0"
                           "end.\0\0\0\0";
enum { WAVE_SIZE = sizeof wave - 1 };

static void write_chunk(HMMIO file, const char *code, DWORD guess, const char *data)
{
    MMCKINFO chunk = chunk_of(CODE(code), guess, 0);
    LONG size = (LONG)strlen(data), start = position_of(file);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHUNK_IS(chunk, CODE(code), guess, 0, (DWORD)start + 8, MMIO_DIRTY);
    CHECK_EQ(mmioWrite(file, data, size), size);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHUNK_IS(chunk, CODE(code), (DWORD)size, 0, (DWORD)start + 8, 0);
    CHECK_EQ(position_of(file), start + 8 + size + size % 2);
}

static void write_wave(HMMIO file)
{
    MMCKINFO riff = chunk_of(0, 0xffffffffu, CODE("WAVE")), list = chunk_of(0, 0, CODE("INFO"));
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 0xffffffffu, CODE("WAVE"), 8, MMIO_DIRTY);
    CHECK_EQ(position_of(file), 12);
    write_chunk(file, "fmt ", 16, "0123456789abcdef");
    CHECK_EQ(mmioCreateChunk(file, &list, MMIO_CREATELIST), 0);
    CHUNK_IS(list, FOURCC_LIST, 0, CODE("INFO"), 44, MMIO_DIRTY);
    CHECK_EQ(position_of(file), 48);
    write_chunk(file, "INAM", 0, "hello");
    write_chunk(file, "IART", 3, "you");
    write_chunk(file, "IEMP", 0, "");
    CHECK_EQ(mmioAscend(file, &list, 0), 0);
    CHUNK_IS(list, FOURCC_LIST, 38, CODE("INFO"), 44, 0);
    write_chunk(file, "data", 100, "samples");
    write_chunk(file, "end.", 1, "");
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHUNK_IS(riff, FOURCC_RIFF, WAVE_SIZE - 8, CODE("WAVE"), 8, 0);
    CHECK_EQ(position_of(file), WAVE_SIZE);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), WAVE_SIZE);
}

static void nested_chunks_are_completed(int back_end)
{
    HMMIO file = create_on(back_end);
    write_wave(file);
    TAKE_IS(back_end, file, wave, WAVE_SIZE);
}

static void a_write_only_file_is_completed(void)
{
    LONG cch;
    for (cch = 0; cch <= 100; cch++) {
        HMMIO file;
        put_file("write-only", "", 0);
        file = open_with("write-only", MMIO_WRITE, NULL, cch);
        write_wave(file);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("write-only", wave, WAVE_SIZE);
    }
}

static void nothing_is_read_to_complete_a_chunk(void)
{
    LONG cch;
    for (cch = 0; cch <= 100; cch++) {
        HMMIO file;
        serve_bytes("", 0);
        file = open_served(NULL, cch);
        write_wave(file);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(count_sent(MMIOM_READ), 0);
        SERVED_IS(wave, WAVE_SIZE);
    }
}

static void an_ascend_that_corrects_nothing_writes_nothing(void)
{
    HMMIO file;
    MMCKINFO chunk = chunk_of(CODE("data"), 4, 0);
    serve_bytes("", 0);
    file = open_served(NULL, 0);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "abcd", 4), 4);
    forget_messages();
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(served.messages, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    SERVED_IS("data\4\0\0\0abcd", 12);
}

static void the_callers_riff_and_list_codes_have_types(int back_end)
{
    HMMIO file = create_on(back_end);
    MMCKINFO riff = chunk_of(FOURCC_RIFF, 4, CODE("RMID")), list = chunk_of(FOURCC_LIST, 4, CODE("adtl"));
    CHECK_EQ(mmioWrite(file, "xyz", 3), 3);
    CHECK_EQ(mmioCreateChunk(file, &riff, 0), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 4, CODE("RMID"), 11, MMIO_DIRTY);
    CHECK_EQ(mmioCreateChunk(file, &list, 0), 0);
    CHUNK_IS(list, FOURCC_LIST, 4, CODE("adtl"), 23, MMIO_DIRTY);
    CHECK_EQ(mmioAscend(file, &list, 0), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 16, CODE("RMID"), 11, 0);
    TAKE_IS(back_end, file, "xyzRIFF\x10\0\0\0RMIDLIST\4\0\0\0adtl", 27);
}

static void the_flag_overrides_the_callers_code(int back_end)
{
    HMMIO file = create_on(back_end);
    MMCKINFO chunk = chunk_of(CODE("data"), 4, CODE("AVI "));
    CHECK_EQ(mmioCreateChunk(file, &chunk, MMIO_CREATERIFF), 0);
    CHUNK_IS(chunk, FOURCC_RIFF, 4, CODE("AVI "), 8, MMIO_DIRTY);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    TAKE_IS(back_end, file, "RIFF\4\0\0\0AVI ", 12);
}

/* A chunk may be made shorter: the bytes after the current position stay in the file after it. */
static void the_current_position_ends_the_data(int back_end)
{
    HMMIO file = create_on(back_end);
    MMCKINFO chunk = chunk_of(CODE("data"), 0, 0);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "abcdefgh", 8), 8);
    CHECK_EQ(mmioSeek(file, 11, SEEK_SET), 11);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(chunk.cksize, 3);
    CHECK_EQ(position_of(file), 12);
    TAKE_IS(back_end, file, "data\3\0\0\0abc\0efgh", 16);
}

static void a_read_only_file_takes_no_chunk(void)
{
    LONG cch;
    for (cch = 0; cch <= 64; cch += 32) {
        HMMIO file;
        MMCKINFO chunk = chunk_of(CODE("data"), 0, 0);
        put_file("read-only", LETTERS, 26);
        file = open_with("read-only", MMIO_READ, NULL, cch);
        CHECK_EQ(mmioCreateChunk(file, &chunk, 0), MMIOERR_CANNOTWRITE);
        CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
        CHECK_EQ(position_of(file), 0);
        CHECK_EQ(mmioClose(file, 0), 0);
        FILE_IS("read-only", LETTERS, 26);
    }
}

static void a_full_memory_file_refuses_chunks(void)
{
    char memory[16];
    HMMIO file = open_memory(memory, 11, 0, MMIO_READWRITE | MMIO_CREATE);
    MMCKINFO chunk = chunk_of(CODE("data"), 0, 0), next = chunk_of(CODE("next"), 0, 0);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    /* There is no space for the pad byte. */
    CHECK_EQ(mmioAscend(file, &chunk, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(position_of(file), 11);
    CHECK_EQ(chunk.dwFlags, MMIO_DIRTY);
    CHECK_EQ(mmioSeek(file, 10, SEEK_SET), 10);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioCreateChunk(file, &next, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(position_of(file), 10);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_BYTES(memory, "data\2\0\0\0ab", 10);
}

int main(void)
{
    on_every_back_end(a_chunk_is_created_and_completed);
    on_every_back_end(an_empty_chunk_has_size_zero);
    on_every_back_end(a_corrected_odd_size_gets_a_pad_byte);
    on_every_back_end(an_odd_size_that_was_right_gets_a_pad_byte_too);
    on_every_back_end(a_second_ascend_only_seeks);
    on_every_back_end(nested_chunks_are_completed);
    on_every_back_end(the_callers_riff_and_list_codes_have_types);
    on_every_back_end(the_flag_overrides_the_callers_code);
    on_every_back_end(the_current_position_ends_the_data);
    a_write_only_file_is_completed();
    nothing_is_read_to_complete_a_chunk();
    an_ascend_that_corrects_nothing_writes_nothing();
    a_read_only_file_takes_no_chunk();
    a_full_memory_file_refuses_chunks();
    return report();
}
