/* mmsys_descend64, mmsys_ascend64 and mmsys_create_chunk64 on sparse files, plain RIFF, OpenDML, and with procedures whose
 * positions have 64 or 32 bits.
 *
 * Shows docs/rf64.md, Functions of 64 bits: "cksize is the true size", "Create with a cksize of 2^63 or more", "OpenDML".
 * Shows docs/rf64.md, Functions of 64 bits: "Members that must be initialised".
 * Shows docs/rf64.md, Procedures: "leaves lDiskOffset alone", "A procedure that moves lDiskOffset has 32 bits". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600
#endif
#define _FILE_OFFSET_BITS 64

#include "callbacks.h"
#include "rf64.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

static char name[] = "wide.wav";

/* The state of a procedure. */
struct place {
    int fd;
    int64_t position;
};

/* A procedure with positions of 64 bits, on a disk file: it leaves lDiskOffset alone. */
static LRESULT CALLBACK serve_wide(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LPMMIOINFO info = (LPMMIOINFO)(void *)lpmmioinfo;
    struct place *place = (struct place *)mmsys_context(info);
    ssize_t count = 0;
    switch (uMsg) {
    case MMIOM_OPEN:
        place = (struct place *)calloc(1, sizeof *place);
        place->fd = open(name, O_RDWR | O_CREAT, 0666);
        return mmsys_set_context(info, place) == 0 && place->fd >= 0 ? 0 : MMIOERR_CANNOTOPEN;
    case MMIOM_CLOSE:
        close(place->fd);
        free(place);
        return 0;
    case MMIOM_SEEK:
        place->position = lParam2 == SEEK_SET ? lParam1 : lParam2 == SEEK_CUR ? place->position + lParam1
                                                                              : lseek(place->fd, 0, SEEK_END) - lParam1;
        return (LRESULT)place->position;
    case MMIOM_READ:
        count = pread(place->fd, (void *)lParam1, (size_t)lParam2, (off_t)place->position);
        break;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        count = pwrite(place->fd, (const void *)lParam1, (size_t)lParam2, (off_t)place->position);
        break;
    }
    if (count > 0)
        place->position += count;
    return count;
}

/* The same with 32 bits: it keeps its position in lDiskOffset, and returns the requested position from a seek. */
static LRESULT CALLBACK serve_narrow(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    LPMMIOINFO info = (LPMMIOINFO)(void *)lpmmioinfo;
    struct place *place = (struct place *)mmsys_context(info);
    LRESULT result;
    if (uMsg == MMIOM_SEEK) {
        info->lDiskOffset = (LONG)lParam1;
        return lParam1;
    }
    if (place != NULL)
        place->position = (DWORD)info->lDiskOffset;
    result = serve_wide(lpmmioinfo, uMsg, lParam1, lParam2);
    if (result > 0 && uMsg != MMIOM_OPEN)
        info->lDiskOffset += (LONG)result;
    return result;
}

static const LONG buffers[] = {0, 1, 7, 64, 8192};
enum { BUFFERS = sizeof buffers / sizeof *buffers };

static HMMIO open_wide(LPMMIOPROC procedure, LONG buffer, DWORD flags)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.cchBuffer = buffer;
    file = mmioOpen(name, &info, flags);
    CHECK(file != NULL);
    return file;
}

static HMMIO create_wide(LPMMIOPROC procedure, LONG buffer)
{
    remove(name);
    return open_wide(procedure, buffer, MMIO_CREATE | MMIO_READWRITE);
}

static MMSYS_CKINFO64 wide_chunk(const char *code, uint64_t size, const char *type)
{
    MMSYS_CKINFO64 chunk;
    memset(&chunk, 0x55, sizeof chunk);
    chunk.ckid = CODE(code);
    chunk.cksize = size;
    chunk.fccType = CODE(type);
    return chunk;
}

static void put(HMMIO file, const char *code, const char *bytes, int64_t at)
{
    MMSYS_CKINFO64 chunk = wide_chunk(code, 0, "    ");
    LONG count = (LONG)strlen(bytes);
    CHECK_EQ(mmsys_tell64(file), at - 8);
    CHECK_EQ(mmsys_create_chunk64(file, &chunk, 0), 0);
    CHECK_EQ(chunk.dataOffset, (uint64_t)at);
    CHECK_EQ(chunk.reserved, 0);
    CHECK_EQ(chunk.dwFlags, MMIO_DIRTY);
    CHECK_EQ(mmioWrite(file, bytes, count), count);
    CHECK_EQ(mmsys_ascend64(file, &chunk, 0), 0);
    CHECK_EQ(chunk.cksize, (uint64_t)count);
    CHECK_EQ(chunk.dwFlags, 0);
    CHECK_EQ(mmsys_tell64(file), at + count + count % 2);
}

static void extend(HMMIO file, int64_t to)
{
    CHECK_EQ(mmsys_seek64(file, to - 1, SEEK_SET), to - 1);
    CHECK_EQ(mmioWrite(file, "!", 1), 1);
}

/* Two large chunks, the second in a LIST, and small chunks after each. */
static void a_program_writes_an_rf64(LPMMIOPROC procedure, LONG buffer)
{
    HMMIO file = create_wide(procedure, buffer);
    MMSYS_CKINFO64 riff = wide_chunk("xxxx", 0, "TEST"), data = wide_chunk("data", 0, "    "),
                   list = wide_chunk("xxxx", 7, "wavl"), big = wide_chunk("bigc", 0, "    ");
    CHECK_EQ(mmsys_create_chunk64(file, &riff, MMIO_CREATERIFF | MMSYS_RF64), 0);
    CHUNK64_IS(riff, FOURCC_RIFF, 0, CODE("TEST"), 8, MMIO_DIRTY);
    CHECK_EQ(mmsys_tell64(file), 96);
    CHECK_EQ(mmsys_create_chunk64(file, &data, 0), 0);
    extend(file, 5 * GIB + 1);
    CHECK_EQ(mmsys_ascend64(file, &data, 0), 0);
    CHUNK64_IS(data, CODE("data"), 5 * GIB + 1 - 104, CODE("    "), 104, 0);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB + 2);
    put(file, "smal", "abc", 5 * GIB + 10);
    CHECK_EQ(mmsys_create_chunk64(file, &list, MMIO_CREATELIST), 0);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB + 14 + 12);
    CHECK_EQ(mmsys_create_chunk64(file, &big, 0), 0);
    extend(file, 11 * GIB);
    CHECK_EQ(mmsys_ascend64(file, &big, 0), 0);
    CHECK_EQ(big.cksize, (uint64_t)(6 * GIB - 34));
    put(file, "in l", "ist", 11 * GIB + 8);
    CHECK_EQ(mmsys_ascend64(file, &list, 0), 0);
    put(file, "last", "end", 11 * GIB + 20);
    CHECK_EQ(mmsys_ascend64(file, &riff, 0), 0);
    CHECK_EQ(riff.cksize, (uint64_t)(11 * GIB + 24 - 8));
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void the_rf64_is_read_back(LPMMIOPROC procedure, LONG buffer)
{
    HMMIO file = open_wide(procedure, buffer, MMIO_READ);
    MMSYS_CKINFO64 riff = wide_chunk("xxxx", 0, "TEST"), chunk = wide_chunk("data", 0, "    "), list;
    char bytes[3];
    CHECK_EQ(mmsys_descend64(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHUNK64_IS(riff, FOURCC_RIFF, 11 * GIB + 16, CODE("TEST"), 8, 0);
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK64_IS(chunk, CODE("data"), 5 * GIB + 1 - 104, 0, 104, 0);
    CHECK_EQ(mmsys_ascend64(file, &chunk, 0), 0);
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, 0), 0);
    CHUNK64_IS(chunk, CODE("smal"), 3, 0, 5 * GIB + 10, 0);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "abc", 3);
    CHECK_EQ(mmsys_ascend64(file, &chunk, 0), 0);
    list = wide_chunk("xxxx", 0, "wavl");
    CHECK_EQ(mmsys_descend64(file, &list, &riff, MMIO_FINDLIST), 0);
    CHUNK64_IS(list, FOURCC_LIST, 6 * GIB - 10, CODE("wavl"), 5 * GIB + 22, 0);
    chunk.ckid = CODE("in l");
    CHECK_EQ(mmsys_descend64(file, &chunk, &list, MMIO_FINDCHUNK), 0);
    CHUNK64_IS(chunk, CODE("in l"), 3, 0, 11 * GIB + 8, 0);
    chunk.ckid = CODE("last");
    CHECK_EQ(mmsys_descend64(file, &chunk, &list, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmsys_ascend64(file, &list, 0), 0);
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, 0), 0);
    CHUNK64_IS(chunk, CODE("last"), 3, 0, 11 * GIB + 20, 0);
    CHECK_EQ(mmsys_ascend64(file, &chunk, 0), 0);
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmsys_seek64(file, 12, SEEK_SET), 12);
    chunk.ckid = CODE("last");
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(chunk.dataOffset, 11 * GIB + 20);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* The functions of 32 bits find the chunks that have a dwDataOffset. */
static void functions_of_32_bits_read_the_rf64(LONG buffer)
{
    HMMIO file = open_wide(NULL, buffer, MMIO_READ);
    MMCKINFO riff = chunk_of(0, 0, 0), chunk = chunk_of(CODE("data"), 0, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
    CHUNK_IS(chunk, CODE("data"), ALL_ONES, 0, 104, 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB + 2);
    CHECK_EQ(mmioDescend(file, &chunk, &riff, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmsys_tell64(file), 5 * GIB + 2);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 11 * GIB + 24);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Sizes that are given in advance are stored before the data is written. */
static void sizes_given_in_advance(LONG buffer)
{
    char begin[104];
    HMMIO file = create_wide(NULL, buffer);
    MMSYS_CKINFO64 riff = wide_chunk("RIFF", 6 * GIB, "WAVE"), data = wide_chunk("data", 5 * GIB, "    "),
                   unknown = wide_chunk("unkn", UINT64_MAX, "    ");
    CHECK_EQ(mmsys_create_chunk64(file, &riff, MMSYS_RF64), 0);
    CHECK_EQ(mmsys_create_chunk64(file, &data, 0), 0);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(get_file(name, begin, sizeof begin), 104);
    CHECK_BYTES(begin, "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0\0\0\0\x80\1\0\0\0\0\0\0\x40\1\0\0\0", 36);
    CHECK_BYTES(begin + 48, "JUNK\x28\0\0\0", 8);
    CHECK_BYTES(begin + 96, "data\xff\xff\xff\xff", 8);
    /* The data ends earlier. */
    extend(file, 104 + 5);
    CHECK_EQ(mmsys_ascend64(file, &data, 0), 0);
    CHECK_EQ(data.cksize, 5);
    CHECK_EQ(mmsys_create_chunk64(file, &unknown, 0), 0);
    CHECK_EQ(mmsys_ascend64(file, &unknown, 0), 0);
    CHECK_EQ(unknown.cksize, 0);
    CHECK_EQ(mmsys_ascend64(file, &riff, 0), 0);
    CHECK_EQ(riff.cksize, 110);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file(name, begin, sizeof begin), 104);
    CHECK_BYTES(begin, "RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0\x6e\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0", 36);
    CHECK_BYTES(begin + 96, "data\5\0\0\0", 8);
}

/* Creates chunks whose sizes are given in advance, in a file that is written only at its end. */
static void large_chunks_are_appended(HMMIO file, LONG buffer, int is_flushed, MMRESULT refusal)
{
    MMSYS_CKINFO64 riff = wide_chunk("RIFF", 6 * GIB, "WAVE"), data = wide_chunk("data", 5 * GIB, "    ");
    int fits = buffer > 96;
    CHECK_EQ(mmsys_create_chunk64(file, &riff, MMSYS_RF64), fits ? 0 : refusal);
    CHECK_EQ(mmsys_tell64(file), fits ? 96 : 0);
    if (!fits) {
        riff.cksize = UINT64_MAX;
        CHECK_EQ(mmsys_create_chunk64(file, &riff, MMSYS_RF64), 0);
    }
    if (is_flushed)
        CHECK_EQ(mmioFlush(file, 0), 0);
    fits = buffer > 104 && !is_flushed;
    CHECK_EQ(mmsys_create_chunk64(file, &data, 0), fits ? 0 : refusal);
    CHECK_EQ(mmsys_tell64(file), fits ? 104 : 96);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Nothing is written if ds64 cannot be. */
static void sizes_given_in_advance_of_what_is_sent(void)
{
    static const LONG sizes[] = {0, 16, 96, 97, 104, 105, 8192};
    size_t i;
    int is_flushed;
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (is_flushed = 0; is_flushed < 2; is_flushed++) {
            MMSYS_CALLBACKS stream = all_callbacks;
            size_t size = sizes[i] > 104 && !is_flushed ? 104 : 96;
            char bytes[128];
            MMIOINFO info;
            stream.seek = NULL;
            call_for("", 0);
            large_chunks_are_appended(open_called(&stream, sizes[i]), sizes[i], is_flushed, MMIOERR_CANNOTSEEK);
            CHECK_EQ(called.size, size);
            CHECK_BYTES(called.bytes, sizes[i] > 96 ? "RF64\xff\xff\xff\xffWAVEds64" : "RIFF\xff\xff\xff\xffWAVEJUNK", 16);
            memset(&info, 0, sizeof info);
            info.fccIOProc = FOURCC_DOS;
            info.cchBuffer = sizes[i];
            info.adwInfo[0] = (DWORD)open(name, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0666);
            large_chunks_are_appended(mmioOpen(NULL, &info, MMIO_READWRITE), sizes[i], is_flushed, MMIOERR_CANNOTWRITE);
            CHECK_EQ(get_file(name, bytes, sizeof bytes), size);
            CHECK_BYTES(bytes, called.bytes, size);
        }
    }
}

/* Sizes that do not fit into a size field, without an RF64. */
static void plain_riff_has_32_bits(LONG buffer)
{
    HMMIO file = create_wide(NULL, buffer);
    MMSYS_CKINFO64 riff = wide_chunk("RIFF", 0, "WAVE"), data = wide_chunk("data", 4 * GIB, "    "), far;
    CHECK_EQ(mmsys_create_chunk64(file, &riff, 0), 0);
    CHECK_EQ(mmsys_tell64(file), 12);
    CHECK_EQ(mmsys_create_chunk64(file, &data, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_tell64(file), 12);
    data.cksize = ALL_ONES;
    CHECK_EQ(mmsys_create_chunk64(file, &data, 0), 0);
    extend(file, 20 + 4 * GIB);
    CHECK_EQ(mmsys_ascend64(file, &data, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmsys_tell64(file), 20 + 4 * GIB);
    CHECK_EQ(data.dwFlags, MMIO_DIRTY);
    /* A chunk may begin beyond 4 GiB. */
    far = wide_chunk("far ", 0, "    ");
    CHECK_EQ(mmsys_create_chunk64(file, &far, 0), 0);
    CHECK_EQ(far.dataOffset, 28 + 4 * GIB);
    CHECK_EQ(mmsys_ascend64(file, &far, 0), 0);
    /* MMSYS_RF64 requires a RIFF at the beginning of a file. */
    CHECK_EQ(mmsys_create_chunk64(file, &riff, MMIO_CREATERIFF | MMSYS_RF64), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_seek64(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmsys_create_chunk64(file, &far, MMSYS_RF64), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_create_chunk64(file, &far, MMIO_CREATELIST | MMSYS_RF64), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_create_chunk64(file, &far, MMIO_CREATERIFF | MMIO_CREATELIST), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_descend64(file, &far, NULL, MMIO_FINDRIFF | MMIO_FINDLIST), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_create_chunk64(file, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_descend64(file, NULL, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_ascend64(file, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(mmsys_create_chunk64(file, &far, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmsys_descend64(file, &far, NULL, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmsys_ascend64(file, &far, 0), MMSYSERR_INVALHANDLE);
}

/* The table of ds64 has space for four entries; an entry applies to all chunks of its code. */
static void a_table_that_is_full(void)
{
    HMMIO file = create_wide(NULL, 64);
    MMSYS_CKINFO64 riff = wide_chunk("RIFF", 0, "TEST"), chunk;
    int i;
    CHECK_EQ(mmsys_create_chunk64(file, &riff, MMSYS_RF64), 0);
    for (i = 0; i < 5; i++) {
        char code[5] = "big0";
        int64_t start = mmsys_tell64(file);
        code[3] = (char)('0' + i);
        chunk = wide_chunk(code, i == 4 ? (uint64_t)(4 * GIB) : 0, "    ");
        if (i == 4) {
            CHECK_EQ(mmsys_create_chunk64(file, &chunk, 0), MMIOERR_CANNOTWRITE);
            CHECK_EQ(mmsys_tell64(file), start);
            chunk.cksize = 0;
        }
        CHECK_EQ(mmsys_create_chunk64(file, &chunk, 0), 0);
        extend(file, start + 5 * GIB);
        CHECK_EQ(mmsys_ascend64(file, &chunk, 0), i < 4 ? 0 : MMIOERR_CANNOTWRITE);
    }
    CHECK_EQ(chunk.dwFlags, MMIO_DIRTY);
    chunk.ckid = CODE("big0");
    CHECK_EQ(mmsys_ascend64(file, &chunk, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), 0);
    file = open_wide(NULL, 64, MMIO_READ);
    CHECK_EQ(mmsys_descend64(file, &riff, NULL, 0), 0);
    for (i = 0; i < 4; i++) {
        char code[5] = "big0";
        code[3] = (char)('0' + i);
        chunk.ckid = CODE(code);
        CHECK_EQ(mmsys_descend64(file, &chunk, &riff, MMIO_FINDCHUNK), 0);
        CHECK_EQ(chunk.cksize, (uint64_t)(5 * GIB - 8));
        CHECK_EQ(mmsys_ascend64(file, &chunk, 0), 0);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* An AVI file beyond 4 GiB consists of several RIFF chunks, each of less than 4 GiB. */
static void opendml_is_written_and_walked(LPMMIOPROC procedure, LONG buffer)
{
    HMMIO file = create_wide(procedure, buffer);
    int i;
    for (i = 0; i < 4; i++) {
        MMSYS_CKINFO64 riff = wide_chunk("xxxx", 0, i == 0 ? "AVI " : "AVIX");
        CHECK_EQ(mmsys_create_chunk64(file, &riff, MMIO_CREATERIFF), 0);
        CHECK_EQ(riff.dataOffset, (uint64_t)(3 * GIB * i + 8));
        put(file, "movi", "film", 3 * GIB * i + 20);
        CHECK_EQ(mmsys_seek64(file, 3 * GIB * (i + 1), SEEK_SET), 3 * GIB * (i + 1));
        CHECK_EQ(mmsys_ascend64(file, &riff, 0), 0);
        CHECK_EQ(riff.cksize, (uint64_t)(3 * GIB - 8));
    }
    CHECK_EQ(mmsys_seek64(file, 0, SEEK_SET), 0);
    for (i = 0; i < 4; i++) {
        MMSYS_CKINFO64 riff = wide_chunk("xxxx", 0, i == 0 ? "AVI " : "AVIX"), movi = wide_chunk("movi", 0, "    ");
        CHECK_EQ(mmsys_descend64(file, &riff, NULL, MMIO_FINDRIFF), 0);
        CHUNK64_IS(riff, FOURCC_RIFF, 3 * GIB - 8, i == 0 ? CODE("AVI ") : CODE("AVIX"), 3 * GIB * i + 8, 0);
        CHECK_EQ(mmsys_descend64(file, &movi, &riff, MMIO_FINDCHUNK), 0);
        CHUNK64_IS(movi, CODE("movi"), 4, 0, 3 * GIB * i + 20, 0);
        CHECK_EQ(mmsys_ascend64(file, &riff, 0), 0);
    }
    CHECK_EQ(mmsys_seek64(file, 0, SEEK_SET), 0);
    {
        MMSYS_CKINFO64 none = wide_chunk("xxxx", 0, "none");
        CHECK_EQ(mmsys_descend64(file, &none, NULL, MMIO_FINDRIFF), MMIOERR_CHUNKNOTFOUND);
        CHECK_EQ(none.dataOffset, (uint64_t)(9 * GIB + 8));
        CHECK_EQ(mmsys_tell64(file), 0);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Calls fail if a procedure of 32 bits would need a larger position. */
static void positions_beyond_32_bits_fail(LONG buffer)
{
    HMMIO file = open_wide(serve_narrow, buffer, MMIO_READWRITE);
    MMSYS_CKINFO64 riff, chunk = wide_chunk("last", 0, "    ");
    CHECK_EQ(mmsys_descend64(file, &riff, NULL, 0), 0);
    CHECK_EQ(riff.cksize, (uint64_t)(11 * GIB + 16));
    CHECK_EQ(mmsys_descend64(file, &chunk, &riff, MMIO_FINDCHUNK), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmsys_tell64(file), 12);
    CHECK_EQ(mmsys_ascend64(file, &riff, 0), MMIOERR_CANNOTSEEK);
    CHECK_EQ(mmsys_tell64(file), 12);
    /* Also where the low 32 bits are the same. */
    riff.dataOffset = 4 * GIB;
    riff.cksize = 12;
    CHECK_EQ(mmsys_ascend64(file, &riff, 0), MMIOERR_CANNOTSEEK);
    CHECK_EQ(mmsys_tell64(file), 12);
    chunk = wide_chunk("data", 0, "    ");
    chunk.dwFlags = MMIO_DIRTY;
    chunk.dataOffset = 4 * GIB;
    CHECK_EQ(mmsys_ascend64(file, &chunk, 0), MMIOERR_CANNOTSEEK);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Reads, writes and seeks of a procedure of 64 bits, on both sides of 4 GiB. */
static void positions_of_64_bits_are_used(LONG buffer)
{
    static const int64_t places[] = {4 * GIB - 9, 4 * GIB - 2, 4 * GIB - 1, 4 * GIB, 8 * GIB - 3, 5, 5 * GIB, GIB};
    HMMIO file = create_wide(serve_wide, buffer);
    char bytes[16];
    size_t i;
    LONG j;
    for (i = 0; i < sizeof places / sizeof *places; i++) {
        CHECK_EQ(mmsys_seek64(file, places[i], SEEK_SET), places[i]);
        for (j = 0; j < 8; j++) {
            CHECK_EQ(mmioWrite(file, &"abcdefgh"[j], 1), 1);
            CHECK_EQ(mmsys_tell64(file), places[i] + j + 1);
        }
        CHECK_EQ(mmsys_seek64(file, places[i], SEEK_SET), places[i]);
        CHECK_EQ(mmioRead(file, bytes, 3), 3);
        CHECK_EQ(mmsys_tell64(file), places[i] + 3);
        CHECK_EQ(mmioRead(file, bytes + 3, 5), 5);
        CHECK_BYTES(bytes, "abcdefgh", 8);
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
        CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 0), 0);
        CHECK_EQ(mmioSendMessage(file, MMIOM_USER, 0, 0), 0);
        CHECK_EQ(mmsys_tell64(file), places[i] + 8);
        CHECK_EQ(mmioWrite(file, "i", 1), 1);
        CHECK_EQ(mmsys_seek64(file, -1, SEEK_CUR), places[i] + 8);
        CHECK_EQ(mmioRead(file, bytes, 1), 1);
        CHECK_BYTES(bytes, "i", 1);
    }
    CHECK_EQ(mmsys_seek64(file, 0, SEEK_END), 8 * GIB + 6);
    CHECK_EQ(mmioRead(file, bytes, 1), 0);
    CHECK_EQ(mmsys_tell64(file), 8 * GIB + 6);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 4), 0);
    CHECK_EQ(mmsys_tell64(file), 8 * GIB + 6);
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    int i;
    CHECK_EQ(sizeof(MMSYS_CKINFO64), 32);
    CHECK_EQ(unsetenv("MMSYSTEM_RF64"), 0);
    for (i = 0; i < BUFFERS; i++) {
        sizes_given_in_advance(buffers[i]);
        plain_riff_has_32_bits(buffers[i]);
        opendml_is_written_and_walked(NULL, buffers[i]);
        a_program_writes_an_rf64(NULL, buffers[i]);
        the_rf64_is_read_back(NULL, buffers[BUFFERS - 1 - i]);
        functions_of_32_bits_read_the_rf64(buffers[i]);
        positions_beyond_32_bits_fail(buffers[i]);
        if (sizeof(LPARAM) < 8)
            continue;
        opendml_is_written_and_walked(serve_wide, buffers[i]);
        a_program_writes_an_rf64(serve_wide, buffers[i]);
        the_rf64_is_read_back(serve_wide, buffers[BUFFERS - 1 - i]);
        the_rf64_is_read_back(NULL, buffers[i]);
        positions_of_64_bits_are_used(buffers[i]);
    }
    a_table_that_is_full();
    sizes_given_in_advance_of_what_is_sent();
    CHECK_EQ(remove(name), 0);
    return report();
}
