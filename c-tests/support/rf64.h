/* rf64.h: small RF64 files, checks of an MMSYS_CKINFO64, and sizes beyond 4 GiB. */
#ifndef RF64_H
#define RF64_H

#include "back_ends.h"

#include <mmsystem_ext.h>

#define GIB ((int64_t)1 << 30)
/* A size field that stands for a size in ds64. */
#define ALL_ONES 0xffffffffu

struct file {
    char bytes[512];
    size_t size;
    DWORD data; /* the data position of `data` */
};

static inline void put_number64(char *at, uint64_t number)
{
    put_number(at, (DWORD)number);
    put_number(at + 4, (DWORD)(number >> 32));
}

static inline void put_chunk(struct file *file, const char *code, DWORD size, const char *data, size_t count)
{
    memcpy(file->bytes + file->size, code, 4);
    put_number(file->bytes + file->size + 4, size);
    memcpy(file->bytes + file->size + 8, data, count);
    file->size += 8 + count;
}

/* Returns an RF64 with fmt, data of `data_size` bytes, a chunk `peak` of 5 bytes if requested, and a chunk `last`.
 * The first chunk has the code `ds64_code` and `ds64_size` bytes; its table counts `entries`, of which the first is
 * that of `peak`. */
static inline struct file rf64_with(const char *ds64_code, DWORD ds64_size, DWORD data_size, int entries, int has_peak)
{
    static const char fmt[] = "\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10";
    struct file file;
    char table[64] = "";
    memset(&file, 0, sizeof file);
    put_chunk(&file, "RF64", ALL_ONES, "WAVE", 4);
    put_number64(table + 8, data_size);
    put_number64(table + 16, data_size / 2);
    put_number(table + 24, (DWORD)entries);
    memcpy(table + 28, "peak", 4);
    put_number64(table + 32, 5);
    put_chunk(&file, ds64_code, ds64_size, table, ds64_size);
    put_chunk(&file, "fmt ", 16, fmt, 16);
    file.data = (DWORD)file.size + 8;
    put_chunk(&file, "data", ALL_ONES, "first samples", data_size + data_size % 2);
    if (has_peak)
        put_chunk(&file, "peak", ALL_ONES, "12345", 6);
    put_chunk(&file, "last", 4, "abcd", 4);
    if (ds64_size >= 8)
        put_number64(file.bytes + 20, file.size - 8);
    return file;
}

static inline struct file small_rf64(const char *code, DWORD data_size, int has_table)
{
    struct file file = rf64_with("ds64", has_table ? 40 : 28, data_size, has_table, has_table);
    memcpy(file.bytes, code, 4);
    return file;
}

#define CHUNK64_IS(chunk, code, size, type, data, flags)                                          \
    check_chunk64(&chunk, code, size, type, data, flags, __FILE__, __LINE__)

static inline void check_chunk64(const MMSYS_CKINFO64 *chunk, FOURCC code, uint64_t size, FOURCC type,
                                 uint64_t data, DWORD flags, const char *name, int line)
{
    check_equal(chunk->ckid, code, "ckid", name, line);
    check_equal((long long)chunk->cksize, (long long)size, "cksize", name, line);
    check_equal(chunk->fccType, type, "fccType", name, line);
    check_equal((long long)chunk->dataOffset, (long long)data, "dataOffset", name, line);
    check_equal(chunk->dwFlags, flags, "dwFlags", name, line);
    check_equal(chunk->reserved, 0, "reserved", name, line);
}

#endif /* RF64_H */
