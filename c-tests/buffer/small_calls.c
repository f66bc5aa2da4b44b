/* Any mix of small and other calls has the same results as on an unbuffered file. Small reads, writes and chunks use
 * the fast path on the bytes that were last leased from the buffer; every other call has to end the lease.
 *
 * Shows docs/contract.md, 3. The buffer: "No mix of reads, writes, seeks".
 * Shows docs/contract.md, 3. The buffer: "beyond 1 TiB nothing is written into a buffer". */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include "back_ends.h"
#include "random.h"

#include <mmsystem_ext.h>

enum { ROOM = 4000, STEPS = 3000 };

/* The expected contents of the file. */
static char model[ROOM];
static LONG size, position;

static void put_model(const void *bytes, LONG count)
{
    memcpy(model + position, bytes, (size_t)count);
    position += count;
    size = size < position ? position : size;
}

static DWORD number_at(const char *at)
{
    DWORD number = 0;
    int i;
    for (i = 3; i >= 0; i--) {
        number = number << 8 | (BYTE)at[i];
    }
    return number;
}

static void some_read(HMMIO file)
{
    char bytes[64];
    LONG count = below(24), left = size - position;
    CHECK_EQ(mmioRead(file, bytes, count), count < left ? count : left);
    count = count < left ? count : left;
    CHECK_BYTES(bytes, model + position, (size_t)count);
    position += count;
}

static void some_write(HMMIO file)
{
    char bytes[64];
    LONG count = below(24), i;
    for (i = 0; i < count; i++) {
        bytes[i] = (char)('a' + below(26));
    }
    CHECK_EQ(mmioWrite(file, bytes, count), count);
    put_model(bytes, count);
}

static void some_seek(HMMIO file)
{
    position = below(size + 1);
    CHECK_EQ(mmioSeek(file, position, SEEK_SET), position);
}

/* Creates a chunk of a random size, writes it and ascends. */
static void some_chunk(HMMIO file)
{
    static const char zero = 0;
    char bytes[8];
    MMCKINFO chunk;
    LONG count = below(12), data;
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('c', 'k', 'a' + below(26), ' ');
    chunk.cksize = (DWORD)below(2) * (DWORD)count;
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), MMSYSERR_NOERROR);
    put_number(bytes, chunk.ckid);
    put_number(bytes + 4, chunk.cksize);
    put_model(bytes, 8);
    data = position;
    CHECK_EQ(chunk.dwDataOffset, data);
    CHECK_EQ(mmioWrite(file, "0123456789ab", count), count);
    put_model("0123456789ab", count);
    if (below(4) == 0) {
        CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), position);
    }
    CHECK_EQ(mmioAscend(file, &chunk, 0), MMSYSERR_NOERROR);
    CHECK_EQ(chunk.cksize, count);
    if (count % 2 != 0) {
        put_model(&zero, 1);
    }
    put_number(model + data - 4, chunk.cksize);
}

/* Descends into the bytes at the position, whether or not they are a chunk, and ascends again if possible. */
static void some_descent(HMMIO file)
{
    MMCKINFO chunk, should_be;
    DWORD end;
    memset(&chunk, 0, sizeof chunk);
    memset(&should_be, 0, sizeof should_be);
    if (position + 8 > size) {
        CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMIOERR_CHUNKNOTFOUND);
        return;
    }
    should_be.ckid = number_at(model + position);
    should_be.cksize = number_at(model + position + 4);
    should_be.dwDataOffset = (DWORD)position + 8;
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMSYSERR_NOERROR);
    CHECK_BYTES(&chunk, &should_be, sizeof chunk);
    position += 8;
    if (below(3) == 0) {
        some_seek(file);
    }
    end = chunk.dwDataOffset + chunk.cksize + (chunk.cksize & 1);
    if (chunk.cksize < ROOM && end <= (DWORD)size) {
        CHECK_EQ(mmioAscend(file, &chunk, 0), MMSYSERR_NOERROR);
        position = (LONG)end;
    }
}

/* A call that has no fast path, or transfers no bytes. A memory file keeps its buffer, which is the file. */
static void some_other_call(HMMIO file, int back_end)
{
    MMIOINFO info;
    char bytes[300];
    switch (below(is_in_memory(back_end) ? 4 : 8)) {
    case 0:
        CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
        CHECK_EQ(info.lBufOffset + (info.pchNext - info.pchBuffer), position);
        CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_NOERROR);
        return;
    case 1:
        CHECK_EQ(mmioFlush(file, below(2) ? MMIO_EMPTYBUF : 0), MMSYSERR_NOERROR);
        return;
    case 2:
        memset(bytes, 'L', sizeof bytes);
        CHECK_EQ(mmioWrite(file, bytes, sizeof bytes), (LONG)sizeof bytes);
        put_model(bytes, sizeof bytes);
        return;
    case 3:
        CHECK_EQ(mmsys_tell64(file), position);
        return;
    case 4:
    case 5:
        CHECK_EQ(mmioSetBuffer(file, NULL, below(3) ? below(64) : 0, 0), MMSYSERR_NOERROR);
        return;
    case 6:
        CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "message", 7), 7);
        put_model("message", 7);
        return;
    default:
        CHECK_EQ(mmsys_set_write_through(file, (int)below(2)), MMSYSERR_NOERROR);
    }
}

static void a_mix_of_calls_is_as_unbuffered(int back_end, unsigned first_seed)
{
    static char bytes[SERVED_ROOM];
    HMMIO file = create_on(back_end);
    int step;
    seed = first_seed;
    size = position = 0;
    for (step = 0; step < STEPS; step++) {
        if (position > ROOM - 400) {
            some_seek(file);
            continue;
        }
        switch (below(8)) {
        case 0:
        case 1:
            some_read(file);
            break;
        case 2:
        case 3:
            some_write(file);
            break;
        case 4:
            some_seek(file);
            break;
        case 5:
            some_chunk(file);
            break;
        case 6:
            some_descent(file);
            break;
        default:
            some_other_call(file, back_end);
        }
    }
    CHECK_EQ(take_on(back_end, file, bytes, SERVED_ROOM), size);
    CHECK_BYTES(bytes, model, (size_t)size);
}

/* The end of the chunk is where the former buffer ended. */
static void a_lease_that_ended_is_not_used(void)
{
    MMCKINFO chunk;
    char byte;
    HMMIO file;
    put_file("ended", "ckid\4\0\0\0data", 12);
    file = open_with("ended", MMIO_READ, NULL, 64);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmsys_tell64(file), 8);
    CHECK_EQ(mmioAscend(file, &chunk, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmsys_tell64(file), 12);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

/* The first file of a slot, which has never leased anything. */
static void a_slot_without_a_lease_is_not_used(void)
{
    MMCKINFO chunk;
    MMIOINFO info;
    HMMIO file;
    FILE *plain = fopen("adopted", "w+b");
    memset(&info, 0, sizeof info);
    memset(&chunk, 0, sizeof chunk);
    fputs("0123456789", plain);
    fflush(plain);
    info.adwInfo[0] = (DWORD)fileno(plain);
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK_EQ(mmioAscend(file, &chunk, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmsys_tell64(file), 0);
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), MMSYSERR_NOERROR);
    fclose(plain);
}

/* A read there is past the end. A write that can never be sent is refused at once, with or without a buffer. */
static void writes_past_the_last_position_fail(LONG buffer)
{
    static const int64_t places[] = {INT64_MAX, INT64_MAX - 4, INT64_MAX - 63, INT64_MAX - 4096};
    HMMIO file = open_with("far", MMIO_READWRITE | MMIO_CREATE, NULL, buffer);
    char bytes[8];
    unsigned i;
    for (i = 0; i < sizeof places / sizeof places[0]; i++) {
        CHECK_EQ(mmsys_seek64(file, places[i], SEEK_SET), places[i]);
        CHECK_EQ(mmioRead(file, bytes, 8), 0);
        CHECK_EQ(mmioWrite(file, "12345678", 8), -1);
        CHECK_EQ(mmioWrite(file, "1", 1), -1);
        CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmsys_tell64(file), places[i]);
        CHECK_EQ(mmioFlush(file, 0), MMSYSERR_NOERROR);
    }
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

/* Direct access cannot set the position after the end: a chunk does not end there. */
static void a_chunk_does_not_end_after_the_file(void)
{
    MMCKINFO chunk;
    MMIOINFO info;
    HMMIO file = open_memory(fixed_memory, 64, 0, MMIO_READWRITE | MMIO_CREATE);
    memset(&chunk, 0, sizeof chunk);
    chunk.cksize = 77;
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioWrite(file, "data", 4), 4);
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    info.pchNext += 10;
    info.dwFlags &= ~MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioAscend(file, &chunk, 0), MMSYSERR_NOERROR);
    CHECK_EQ(chunk.cksize, 4);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

int main(void)
{
    int back_end;
    a_slot_without_a_lease_is_not_used();
    unsigned i;
    for (back_end = 0; back_end < BACK_ENDS; back_end++) {
        for (i = 1; i <= 20; i++) {
            a_mix_of_calls_is_as_unbuffered(back_end, i);
        }
    }
    a_lease_that_ended_is_not_used();
    writes_past_the_last_position_fail(0);
    writes_past_the_last_position_fail(64);
    a_chunk_does_not_end_after_the_file();
    return report();
}
