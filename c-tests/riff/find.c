/* mmioDescend: what it finds, the structure and the position if it finds nothing, and mmioAscend after it.
 *
 * Shows docs/contract.md, 6. RIFF: "Descend", "FINDCHUNK", "FINDRIFF", "FINDLIST", "MMIOERR_CHUNKNOTFOUND".
 * Shows docs/contract.md, 6. RIFF: "reads one header for each sibling".
 * Shows docs/contract.md, 1. ABI: "FINDRIFF 20". */
#include "back_ends.h"

/* Positions: RIFF 0, fmt 12, LIST 30, INAM 42, IART 56, data 68, LIST 84, end 96. */
static const char wave[] = "RIFF\x60\0\0\0WAVE"
                           "fmt \x0a\0\0\0" "0123456789"
                           "LIST\x1e\0\0\0INFO"
                           "INAM\5\0\0\0hello\0"
                           "IART\3\0\0\0you\0"
                           "data\7\0\0\0samples\0"
                           "LIST\x0c\0\0\0adtl"
                           "end.\0\0\0\0";
enum { WAVE_SIZE = sizeof wave - 1 };

static HMMIO open_wave(int back_end)
{
    return open_on(back_end, wave, WAVE_SIZE);
}

static void close_wave(int back_end, HMMIO file)
{
    TAKE_IS(back_end, file, wave, WAVE_SIZE);
}

static MMCKINFO anything(void)
{
    MMCKINFO chunk;
    memset(&chunk, 0x5a, sizeof chunk);
    return chunk;
}

static void without_a_flag_it_is_the_chunk_at_the_position(int back_end)
{
    HMMIO file = open_wave(back_end);
    MMCKINFO riff = anything(), chunk = anything(), list = anything();
    char read[4];
    CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 96, CODE("WAVE"), 8, 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), 0);
    CHUNK_IS(chunk, CODE("fmt "), 10, 0, 20, 0);
    CHECK_EQ(position_of(file), 20);
    CHECK_EQ(mmioRead(file, read, 4), 4);
    CHECK_BYTES(read, "0123", 4);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(position_of(file), 30);
    CHECK_EQ(mmioDescend(file, &list, &riff, 0), 0);
    CHUNK_IS(list, FOURCC_LIST, 30, CODE("INFO"), 38, 0);
    CHECK_EQ(position_of(file), 42);
    close_wave(back_end, file);
}

static void chunks_are_found_by_their_code(int back_end)
{
    HMMIO file = open_wave(back_end);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = anything();
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 96, CODE("WAVE"), 8, 0);
    chunk.ckid = CODE("data");
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("data"), 7, 0, 76, 0);
    CHECK_EQ(position_of(file), 76);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(position_of(file), 84);
    chunk.ckid = FOURCC_LIST;
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, FOURCC_LIST, 12, CODE("adtl"), 92, 0);
    CHECK_EQ(position_of(file), 96);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(position_of(file), WAVE_SIZE);
    close_wave(back_end, file);
}

static void lists_are_found_by_their_type_and_searched_inside(int back_end)
{
    HMMIO file = open_wave(back_end);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), list = anything(), chunk = anything();
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    list.fccType = CODE("adtl");
    CHECK_EQ(mmioDescend(file, &list, &riff, MMIO_FINDLIST), 0);
    CHUNK_IS(list, FOURCC_LIST, 12, CODE("adtl"), 92, 0);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    list.fccType = CODE("INFO");
    CHECK_EQ(mmioDescend(file, &list, &riff, MMIO_FINDLIST), 0);
    CHUNK_IS(list, FOURCC_LIST, 30, CODE("INFO"), 38, 0);
    CHECK_EQ(position_of(file), 42);
    chunk.ckid = CODE("IART");
    CHECK_EQ(mmioDescend(file, &chunk, &list, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("IART"), 3, 0, 64, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(position_of(file), 68);
    /* The list ends here, and so does the search: data is outside. */
    chunk.ckid = CODE("data");
    CHECK_EQ(mmioDescend(file, &chunk, &list, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmioAscend(file, &list, 0), 0);
    CHECK_EQ(position_of(file), 68);
    close_wave(back_end, file);
}

static void zero_matches_anything(int back_end)
{
    HMMIO file = open_wave(back_end);
    MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(0, 0, 0), list = chunk_of(0, 0, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 96, CODE("WAVE"), 8, 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("fmt "), 10, 0, 20, 0);
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    CHECK_EQ(mmioDescend(file, &list, &riff, MMIO_FINDLIST), 0);
    CHUNK_IS(list, FOURCC_LIST, 30, CODE("INFO"), 38, 0);
    /* There is no RIFF among the siblings. */
    CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
    list = chunk_of(0, 0, 0);
    CHECK_EQ(mmioDescend(file, &list, &riff, MMIO_FINDRIFF), MMIOERR_CHUNKNOTFOUND);
    close_wave(back_end, file);
}

static void not_found_leaves_the_last_header_and_the_position(int back_end)
{
    HMMIO file = open_wave(back_end);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = chunk_of(CODE("none"), 0, 0);
    MMCKINFO form = chunk_of(0, 0, CODE("AVI "));
    CHECK_EQ(mmioDescend(file, &form, NULL, MMIO_FINDRIFF), MMIOERR_CHUNKNOTFOUND);
    CHUNK_IS(form, FOURCC_RIFF, 96, CODE("WAVE"), 8, 0);
    CHECK_EQ(last_error(file), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHUNK_IS(chunk, FOURCC_LIST, 12, CODE("adtl"), 92, 0);
    CHECK_EQ(position_of(file), 12);
    /* A search goes forward: chunks before the position are not found. */
    CHECK_EQ(mmioSeek(file, 30, SEEK_SET), 30);
    chunk.ckid = CODE("fmt ");
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(position_of(file), 30);
    /* Only siblings are searched: chunks inside others are not found. */
    chunk.ckid = CODE("INAM");
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(position_of(file), 30);
    close_wave(back_end, file);
}

static void without_a_parent_the_search_goes_to_the_end(int back_end)
{
    static const char two[] = "RIFF\x0c\0\0\0ONE " "aaaa\0\0\0\0" "RIFF\x10\0\0\0TWO " "bbbb\4\0\0\0BBBB";
    HMMIO file = open_on(back_end, two, sizeof two - 1);
    MMCKINFO one = chunk_of(0, 0, CODE("ONE ")), two_in = chunk_of(0, 0, CODE("TWO ")), chunk;
    CHECK_EQ(mmioDescend(file, &one, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &two_in, &one, MMIO_FINDRIFF), MMIOERR_CHUNKNOTFOUND);
    CHUNK_IS(two_in, CODE("aaaa"), 0, 0, 20, 0);
    two_in = chunk_of(0, 0, CODE("TWO "));
    CHECK_EQ(mmioDescend(file, &two_in, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(two_in, FOURCC_RIFF, 16, CODE("TWO "), 28, 0);
    chunk = chunk_of(CODE("bbbb"), 0, 0);
    CHECK_EQ(mmioDescend(file, &chunk, &two_in, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("bbbb"), 4, 0, 40, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(position_of(file), (LONG)sizeof two - 1);
    TAKE_IS(back_end, file, two, (LONG)sizeof two - 1);
}

static void the_position_has_to_be_inside_the_parent(int back_end)
{
    static const LONG positions[] = {0, 7, 68, 69, 84, WAVE_SIZE};
    HMMIO file = open_wave(back_end);
    MMCKINFO list, chunk, before;
    int i;
    CHECK_EQ(mmioSeek(file, 30, SEEK_SET), 30);
    CHECK_EQ(mmioDescend(file, &list, NULL, 0), 0);
    for (i = 0; i < 6; i++) {
        chunk = before = chunk_of(0, 123, 0);
        CHECK_EQ(mmioSeek(file, positions[i], SEEK_SET), positions[i]);
        CHECK_EQ(mmioDescend(file, &chunk, &list, 0), MMIOERR_CHUNKNOTFOUND);
        CHECK_EQ(mmioDescend(file, &chunk, &list, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
        CHECK_BYTES(&chunk, &before, sizeof chunk);
        CHECK_EQ(position_of(file), positions[i]);
    }
    close_wave(back_end, file);
}

static void any_chunk_may_be_a_parent(int back_end)
{
    static const char nest[] = "outr\x14\0\0\0" "innr\3\0\0\0abc\0" "last\0\0\0\0" "next\0\0\0\0";
    HMMIO file = open_on(back_end, nest, sizeof nest - 1);
    MMCKINFO outer = anything(), chunk = chunk_of(CODE("last"), 0, 0);
    CHECK_EQ(mmioDescend(file, &outer, NULL, 0), 0);
    CHECK_EQ(mmioDescend(file, &chunk, &outer, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("last"), 0, 0, 28, 0);
    CHECK_EQ(mmioSeek(file, 8, SEEK_SET), 8);
    chunk.ckid = CODE("next");
    CHECK_EQ(mmioDescend(file, &chunk, &outer, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHUNK_IS(chunk, CODE("last"), 0, 0, 28, 0);
    CHECK_EQ(mmioAscend(file, &outer, 0), 0);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), 0);
    CHECK_EQ(chunk.ckid, CODE("next"));
    TAKE_IS(back_end, file, nest, (LONG)sizeof nest - 1);
}

static void the_parent_may_be_the_structure_itself(int back_end)
{
    HMMIO file = open_wave(back_end);
    MMCKINFO chunk = chunk_of(0, 0, CODE("WAVE"));
    CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &chunk, &chunk, 0), 0);
    CHUNK_IS(chunk, CODE("fmt "), 10, 0, 20, 0);
    close_wave(back_end, file);
}

/* A buffer of 8192 bytes would hide how much is read. */
static void a_search_reads_one_header_for_each_sibling(void)
{
    char many[100 * 28];
    LONG bytes = 0;
    int i;
    HMMIO file;
    MMCKINFO chunk = chunk_of(CODE("none"), 0, 0);
    memset(many, 'x', sizeof many);
    for (i = 0; i < 100; i++) {
        memcpy(many + 28 * i, "some\x14\0\0\0", 8);
    }
    serve_bytes(many, sizeof many);
    file = open_served(NULL, 0);
    forget_messages();
    CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    for (i = 0; i < served.messages; i++) {
        bytes += served.log[i].message == MMIOM_READ ? served.log[i].second : 0;
    }
    CHECK(bytes <= 8 * 101);
    CHECK(count_sent(MMIOM_SEEK) <= 101);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_write_only_file_cannot_be_searched(void)
{
    HMMIO file;
    MMCKINFO chunk = chunk_of(0, 0, 0);
    put_file("write-only", wave, WAVE_SIZE);
    file = open_with("write-only", MMIO_WRITE, NULL, 64);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMIOERR_CANNOTREAD);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    FILE_IS("write-only", wave, WAVE_SIZE);
}

int main(void)
{
    on_every_back_end(without_a_flag_it_is_the_chunk_at_the_position);
    on_every_back_end(chunks_are_found_by_their_code);
    on_every_back_end(lists_are_found_by_their_type_and_searched_inside);
    on_every_back_end(zero_matches_anything);
    on_every_back_end(not_found_leaves_the_last_header_and_the_position);
    on_every_back_end(without_a_parent_the_search_goes_to_the_end);
    on_every_back_end(the_position_has_to_be_inside_the_parent);
    on_every_back_end(any_chunk_may_be_a_parent);
    on_every_back_end(the_parent_may_be_the_structure_itself);
    a_search_reads_one_header_for_each_sibling();
    a_write_only_file_cannot_be_searched();
    return report();
}
