/* RIFF files whose sizes are unknown, wrong or truncated: where each search ends.
 *
 * Shows docs/contract.md, 6. RIFF: "Wrong sizes", "A parent of size 0xFFFFFFFF", "it never loops and never wraps".
 * Shows docs/contract.md, 6. RIFF: "RIFF size of 0".
 * Shows docs/differences.md, RIFF: "A procedure that does not reach". */
#include "back_ends.h"

static void a_streamed_parent_extends_to_the_end_of_the_file(int back_end)
{
    static const char streamed[] = "RIFF\xff\xff\xff\xffWAVE" "fmt \2\0\0\0ab" "data\4\0\0\0abcd";
    HMMIO file = open_on(back_end, streamed, sizeof streamed - 1);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = chunk_of(CODE("data"), 0, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 0xffffffffu, CODE("WAVE"), 8, 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("data"), 4, 0, 30, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    chunk.ckid = CODE("none");
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(position_of(file), 34);
    TAKE_IS(back_end, file, streamed, (LONG)sizeof streamed - 1);
}

static void a_riff_size_of_zero_needs_no_parent(int back_end)
{
    static const char unfinished[] = "RIFF\0\0\0\0WAVE" "fmt \2\0\0\0ab" "data\4\0\0\0abcd";
    HMMIO file = open_on(back_end, unfinished, sizeof unfinished - 1);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), chunk = chunk_of(CODE("data"), 0, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK_IS(riff, FOURCC_RIFF, 0, CODE("WAVE"), 8, 0);
    CHECK_EQ(position_of(file), 12);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(position_of(file), 12);
    chunk.ckid = CODE("data");
    CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("data"), 4, 0, 30, 0);
    TAKE_IS(back_end, file, unfinished, (LONG)sizeof unfinished - 1);
}

static void a_size_past_the_parent_ends_the_search(int back_end)
{
    static const char too_long[] = "RIFF\x1c\0\0\0LONG" "aaaa\2\0\0\0AA" "long\x06\0\0\0" "xx" "next\4\0\0\0ABCD";
    HMMIO file = open_on(back_end, too_long, sizeof too_long - 1);
    MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(CODE("next"), 0, 0);
    /* The RIFF ends after "ne", the chunk with the wrong size after "next": the header of next is in neither. */
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    riff.cksize = 24;
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHUNK_IS(chunk, CODE("long"), 6, 0, 30, 0);
    CHECK_EQ(position_of(file), 12);
    /* Its own header is inside, so it can be found. */
    chunk.ckid = CODE("long");
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("long"), 6, 0, 30, 0);
    TAKE_IS(back_end, file, too_long, (LONG)sizeof too_long - 1);
}

/* Files whose RIFF size is a few bytes too small are common, and their data is complete: a search by name finds a
 * chunk whose header begins in the parent. Without a name, stray bytes at the end are not a chunk. */
static void a_header_that_straddles_the_end_of_the_parent_is_found_by_name(int back_end)
{
    static const char two[] = "aaaa\0\0\0\0" "bbbb\0\0\0\0";
    DWORD inside;
    HMMIO file = open_on(back_end, two, sizeof two - 1);
    for (inside = 0; inside < 8; inside++) {
        MMCKINFO parent = chunk_of(CODE("prnt"), 8 + inside, 0), chunk = chunk_of(CODE("bbbb"), 0, 0);
        parent.dwDataOffset = 0;
        CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
        CHECK_EQ(mmioDescend(file, &chunk, &parent, MMIO_FINDCHUNK), inside > 0 ? 0 : MMIOERR_CHUNKNOTFOUND);
        CHUNK_IS(chunk, inside > 0 ? CODE("bbbb") : CODE("aaaa"), 0, 0, inside > 0 ? 16 : 8, 0);
        CHECK_EQ(position_of(file), inside > 0 ? 16 : 0);
        /* Without a name. */
        CHECK_EQ(mmioSeek(file, 8, SEEK_SET), 8);
        chunk = chunk_of(0, 0, 0);
        CHECK_EQ(mmioDescend(file, &chunk, &parent, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
        CHECK_EQ(mmioDescend(file, &chunk, &parent, 0), MMIOERR_CHUNKNOTFOUND);
        CHECK_EQ(position_of(file), 8);
    }
    TAKE_IS(back_end, file, two, (LONG)sizeof two - 1);
}

/* The size of the RIFF is `less` bytes too small. The header of the data begins 12 bytes before the end. */
static void a_riff_with_a_small_size_gives_its_data(int back_end)
{
    char bytes[] = "RIFF\x30\0\0\0WAVE" "fmt \2\0\0\0ab" "LIST\x0e\0\0\0wavl" "silc\2\0\0\0ab" "data\4\0\0\0abcd";
    int less;
    for (less = 0; less < 16; less++) {
        MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), list = chunk_of(0, 0, CODE("wavl"));
        MMCKINFO data = chunk_of(CODE("data"), 0, 0);
        char sound[4];
        HMMIO file;
        bytes[4] = (char)(48 - less);
        file = open_on(back_end, bytes, sizeof bytes - 1);
        CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
        CHECK_EQ(mmioDescend(file, &list, &riff, MMIO_FINDLIST), 0);
        CHECK_EQ(mmioAscend(file, &list, 0), 0);
        CHECK_EQ(mmioSeek(file, 12, SEEK_SET), 12);
        if (less < 12) {
            CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), 0);
            CHUNK_IS(data, CODE("data"), 4, 0, 52, 0);
            CHECK_EQ(mmioRead(file, sound, 4), 4);
            CHECK_BYTES(sound, "abcd", 4);
        } else {
            CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
            CHUNK_IS(data, FOURCC_LIST, 14, CODE("wavl"), 30, 0);
            CHECK_EQ(position_of(file), 12);
        }
        TAKE_IS(back_end, file, bytes, (LONG)sizeof bytes - 1);
    }
}

/* A list and a RIFF that begin in their parents are found too, also nested. What begins after them is not. */
static void lists_that_end_outside_are_found(int back_end)
{
    static const char lists[] = "RIFF\x05\0\0\0ABCD" "LIST\x1c\0\0\0efgh" "LIST\x0c\0\0\0ijkl" "wxyz\0\0\0\0";
    HMMIO file = open_on(back_end, lists, sizeof lists - 1);
    MMCKINFO riff = chunk_of(0, 0, CODE("ABCD")), outer = chunk_of(0, 0, CODE("efgh")), inner = chunk_of(0, 0, CODE("ijkl"));
    MMCKINFO parent = chunk_of(CODE("prnt"), 3, 0), none = chunk_of(CODE("none"), 0, 0);
    parent.dwDataOffset = 0;
    CHECK_EQ(mmioDescend(file, &riff, &parent, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &outer, &riff, MMIO_FINDLIST), 0);
    CHUNK_IS(outer, FOURCC_LIST, 28, CODE("efgh"), 20, 0);
    outer.cksize = 5;
    CHECK_EQ(mmioDescend(file, &inner, &outer, MMIO_FINDLIST), 0);
    CHUNK_IS(inner, FOURCC_LIST, 12, CODE("ijkl"), 32, 0);
    CHECK_EQ(position_of(file), 36);
    CHECK_EQ(mmioDescend(file, &none, &inner, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHUNK_IS(none, CODE("wxyz"), 0, 0, 44, 0);
    CHECK_EQ(position_of(file), 36);
    TAKE_IS(back_end, file, lists, (LONG)sizeof lists - 1);
}

static void truncated_headers_are_no_chunks(int back_end)
{
    static const char cut[] = "data\4\0\0\0abcd" "more\4\0\0\0";
    LONG size;
    for (size = 0; size < (LONG)sizeof cut - 1; size++) {
        HMMIO file = open_on(back_end, cut, size);
        MMCKINFO chunk = chunk_of(CODE("more"), 99, 0);
        CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
        if (size < 8) {
            CHUNK_IS(chunk, CODE("more"), 99, 0, 0, 0);
        } else {
            CHUNK_IS(chunk, CODE("data"), 4, 0, 8, 0);
        }
        CHECK_EQ(position_of(file), 0);
        TAKE_IS(back_end, file, cut, size);
    }
}

static void data_that_is_cut_off_is_still_a_chunk(int back_end)
{
    static const char cut[] = "data\x64\0\0\0abcd";
    char read[200];
    HMMIO file = open_on(back_end, cut, sizeof cut - 1);
    MMCKINFO chunk = chunk_of(CODE("data"), 0, 0);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("data"), 100, 0, 8, 0);
    CHECK_EQ(mmioRead(file, read, 100), 4);
    /* A memory file cannot be positioned past its end, all others can. */
    CHECK_EQ(mmioAscend(file, &chunk, 0), is_in_memory(back_end) ? MMIOERR_CANNOTSEEK : 0);
    CHECK_EQ(position_of(file), is_in_memory(back_end) ? 12 : 108);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMIOERR_CHUNKNOTFOUND);
    TAKE_IS(back_end, file, cut, (LONG)sizeof cut - 1);
}

static void search_with_every_wrong_size(int back_end, const DWORD *sizes, int count)
{
    static const LONG size_fields[] = {4, 16, 28, 40, 52};
    int field, i, with_parent;
    for (field = 0; field < 5; field++) {
        for (i = 0; i < count; i++) {
            for (with_parent = 0; with_parent < 2; with_parent++) {
                char bytes[] = "RIFF\x38\0\0\0FORM" "aaaa\4\0\0\0AAAA" "LIST\4\0\0\0type"
                               "bbbb\4\0\0\0BBBB" "cccc\4\0\0\0CCCC";
                HMMIO file;
                MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(CODE("none"), 0, 0);
                put_number(bytes + size_fields[field], sizes[i]);
                file = open_on(back_end, bytes, sizeof bytes - 1);
                CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
                CHECK_EQ(mmioDescend(file, &chunk, with_parent ? &riff : NULL, MMIO_FINDCHUNK),
                         MMIOERR_CHUNKNOTFOUND);
                CHECK_EQ(position_of(file), 12);
                CHECK(served.messages < MOST_MESSAGES);
                TAKE_IS(back_end, file, bytes, (LONG)sizeof bytes - 1);
            }
        }
    }
}

static void wrong_sizes_end_the_search(int back_end)
{
    static const DWORD sizes[] = {0, 1, 2, 3, 5, 7, 8, 9, 16, 100, 0x7fffffe0, 0x7ffffff8, 0x7fffffff};
    search_with_every_wrong_size(back_end, sizes, 13);
}

static void sizes_beyond_a_long_end_the_search(int back_end)
{
    static const DWORD sizes[] = {0x80000000u, 0x80000001u, 0xfffffff0u, 0xfffffff8u, 0xfffffffeu, 0xffffffffu};
    search_with_every_wrong_size(back_end, sizes, 6);
}

/* Procedures written for Windows keep positions in a LONG: beyond 2 GiB they become wrong, even 0 again. */
static void a_procedure_that_wraps_positions_causes_no_loop(void)
{
    /* From the end of the header, the first four lead just beyond 4 GiB: in a LONG, to 0 and after. */
    static const DWORD sizes[] = {0xfffffff8u, 0xfffffffau, 0xfffffffcu, 0xffffffffu, 0xfffffff0u, 0x80000000u};
    int i;
    LONG cch;
    for (i = 0; i < 6; i++) {
        for (cch = 0; cch <= 64; cch += 8) {
            char bytes[] = "long\0\0\0\0" "next\0\0\0\0" "last\0\0\0\0";
            MMIOINFO info;
            HMMIO file;
            MMCKINFO chunk = chunk_of(CODE("none"), 0, 0);
            put_number(bytes + 4, sizes[i]);
            serve_bytes(bytes, sizeof bytes - 1);
            memset(&info, 0, sizeof info);
            info.pIOProc = serve;
            info.cchBuffer = cch;
            file = mmioOpen((LPSTR) "astray", &info, MMIO_READ);
            CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
            CHUNK_IS(chunk, CODE("long"), sizes[i], 0, 8, 0);
            CHECK(served.messages < MOST_MESSAGES);
            CHECK_EQ(position_of(file), 0);
            CHECK_EQ(mmioClose(file, 0), 0);
        }
    }
}

/* Returns the same header for every read: only the sizes can end the search, and they are right. */
static int reads_left;

static LRESULT CALLBACK repeat_a_header(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
    LONG i;
    if (message == MMIOM_SEEK) {
        info->lDiskOffset = (LONG)first;
        return first;
    }
    if (message != MMIOM_READ) {
        return 0;
    }
    if (reads_left-- <= 0) {
        return 0;
    }
    for (i = 0; i < (LONG)second; i++) {
        ((char *)first)[i] = "same\xf8\xff\xff\x0f"[(DWORD)(info->lDiskOffset + i) % 8];
    }
    info->lDiskOffset += (LONG)second;
    return second;
}

static void an_endless_file_ends_at_the_last_position(void)
{
    MMIOINFO info;
    HMMIO file;
    MMCKINFO chunk = chunk_of(CODE("none"), 0, 0);
    memset(&info, 0, sizeof info);
    info.pIOProc = repeat_a_header;
    file = mmioOpen((LPSTR) "endless", &info, MMIO_READ);
    /* Each chunk has 256 MiB: sixteen reach 4 GiB. */
    reads_left = 1000;
    CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK(reads_left > 900);
    CHECK_EQ(chunk.cksize, 0x0ffffff8);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* A procedure over some bytes that counts the reads after their end. */
static const char *cut_bytes;
static LONG cut_size;
static int reads_at_end;

static LRESULT CALLBACK count_the_ends(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG left = cut_size - info->lDiskOffset, count = lParam2 < left ? (LONG)lParam2 : left;
    if (uMsg == MMIOM_SEEK)
        return info->lDiskOffset = (LONG)lParam1;
    if (uMsg != MMIOM_READ)
        return 0;
    if (count <= 0) {
        reads_at_end++;
        return 0;
    }
    memcpy((char *)lParam1, cut_bytes + info->lDiskOffset, (size_t)count);
    info->lDiskOffset += count;
    return count;
}

/* Wherever the file ends: in a header, in a list without a type, after a chunk. */
static void the_end_is_read_once(LONG buffer)
{
    static const char cut[] = "data\2\0\0\0ab" "LIST\4\0\0\0abcd" "LIST\2\0\0\0xy";
    cut_bytes = cut;
    for (cut_size = 0; cut_size < (LONG)sizeof cut; cut_size++) {
        MMIOINFO info;
        HMMIO file;
        MMCKINFO chunk = chunk_of(CODE("none"), 0, 0);
        memset(&info, 0, sizeof info);
        info.pIOProc = count_the_ends;
        info.cchBuffer = buffer;
        file = mmioOpen((LPSTR) "cut", &info, MMIO_READ);
        reads_at_end = 0;
        CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
        CHECK_EQ(reads_at_end, 1);
        CHECK_EQ(position_of(file), 0);
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

int main(void)
{
    on_every_back_end(a_streamed_parent_extends_to_the_end_of_the_file);
    on_every_back_end(a_riff_size_of_zero_needs_no_parent);
    on_every_back_end(a_size_past_the_parent_ends_the_search);
    on_every_back_end(a_header_that_straddles_the_end_of_the_parent_is_found_by_name);
    on_every_back_end(a_riff_with_a_small_size_gives_its_data);
    on_every_back_end(lists_that_end_outside_are_found);
    on_every_back_end(truncated_headers_are_no_chunks);
    on_every_back_end(data_that_is_cut_off_is_still_a_chunk);
    on_every_back_end(wrong_sizes_end_the_search);
    a_procedure_that_wraps_positions_causes_no_loop();
    an_endless_file_ends_at_the_last_position();
    the_end_is_read_once(0);
    the_end_is_read_once(5);
    the_end_is_read_once(64);
    on_every_back_end(sizes_beyond_a_long_end_the_search);
    return report();
}
