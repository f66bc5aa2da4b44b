/* Chunks of an RF64 that was read are corrected: ds64 has the new sizes, and the size fields stay as they are.
 *
 * Shows docs/rf64.md, Writing: "In an RF64 or BW64 that is edited".
 * Shows docs/rf64.md, Reading: "another chunk was created at the beginning of the file". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600
#endif

#include "callbacks.h"
#include "rf64.h"

static char bytes[512];

static size_t get_edited(void)
{
    memset(bytes, 0, sizeof bytes);
    return get_file("edited.wav", bytes, sizeof bytes);
}

static HMMIO open_edited(const struct file *made, LONG buffer)
{
    put_file("edited.wav", made->bytes, made->size);
    return open_with("edited.wav", MMIO_READWRITE, NULL, buffer);
}

/* A program that only uses RIFF appends samples. */
static void samples_are_added(const char *code, DWORD size, uint64_t samples, LONG buffer)
{
    struct file made = small_rf64(code, 8, 0);
    HMMIO file;
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), data = chunk_of(CODE("data"), 0, 0);
    DWORD end = made.data + size + size % 2;
    made.size -= 12;
    put_number64(made.bytes + 20, made.size - 8);
    file = open_edited(&made, buffer);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(mmioWrite(file, LETTERS, (LONG)size - 8), (LONG)size - 8);
    data.dwFlags = riff.dwFlags = MMIO_DIRTY;
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(data.cksize, size);
    CHECK_EQ(position_of(file), (LONG)end);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(riff.cksize, end - 8);
    CHECK_EQ(mmioSeek(file, (LONG)made.data, SEEK_SET), (LONG)made.data);
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(position_of(file), (LONG)end);
    CHECK_EQ(mmioClose(file, 0), 0);
    put_number64(made.bytes + 20, end - 8);
    put_number64(made.bytes + 28, size);
    put_number64(made.bytes + 36, samples);
    CHECK_EQ(get_edited(), end);
    CHECK_BYTES(bytes, made.bytes, made.size);
    CHECK_BYTES(bytes + made.size, LETTERS, size - 8);
}

/* A program enters the RIFF again, for another chunk, before it completes `data`. */
static void the_riff_is_entered_again(LONG buffer)
{
    struct file made = small_rf64("RF64", 8, 0);
    HMMIO file;
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), data = chunk_of(CODE("data"), 0, 0), fmt = chunk_of(CODE("fmt "), 0, 0);
    made.size -= 12;
    put_number64(made.bytes + 20, made.size - 8);
    file = open_edited(&made, buffer);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &fmt, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(mmioAscend(file, &fmt, 0), 0);
    CHECK_EQ(mmioSeek(file, (LONG)made.data + 8, SEEK_SET), (LONG)made.data + 8);
    CHECK_EQ(mmioWrite(file, "more", 4), 4);
    data.dwFlags = riff.dwFlags = MMIO_DIRTY;
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(mmioAscend(file, &riff, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    put_number64(made.bytes + 20, made.size - 4);
    put_number64(made.bytes + 28, 12);
    put_number64(made.bytes + 36, 6);
    CHECK_EQ(get_edited(), made.size + 4);
    CHECK_BYTES(bytes, made.bytes, made.size);
}

/* The same; ds64 cannot be read when the RIFF is entered again. */
static void the_riff_cannot_be_entered_again(void)
{
    struct file made = small_rf64("RF64", 8, 0);
    HMMIO file;
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), data = chunk_of(CODE("data"), 0, 0), again = riff;
    made.size -= 12;
    put_number64(made.bytes + 20, made.size - 8);
    call_for(made.bytes, made.size);
    file = open_called(&all_callbacks, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    /* After the three numbers of the header. */
    called.fails_from[CALL_READ] = called.calls[CALL_READ] + 4;
    CHECK_EQ(mmioDescend(file, &again, NULL, MMIO_FINDRIFF), MMIOERR_CANNOTREAD);
    called.fails_from[CALL_READ] = 0;
    CHECK_EQ(mmioSeek(file, (LONG)made.data + 8, SEEK_SET), (LONG)made.data + 8);
    CHECK_EQ(mmioWrite(file, "more", 4), 4);
    data.dwFlags = MMIO_DIRTY;
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    put_number64(made.bytes + 28, 12);
    put_number64(made.bytes + 36, 6);
    CHECK_BYTES(called.bytes, made.bytes, made.size);
}

/* The functions of 64 bits shorten a chunk whose size is in the table. */
static void a_chunk_of_the_table_is_shortened(LONG buffer)
{
    struct file made = small_rf64("RF64", 7, 1);
    HMMIO file = open_edited(&made, buffer);
    MMSYS_CKINFO64 riff, peak;
    memset(&riff, 0, sizeof riff);
    memset(&peak, 0, sizeof peak);
    peak.ckid = CODE("peak");
    CHECK_EQ(mmsys_descend64(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmsys_descend64(file, &peak, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(mmsys_seek64(file, 2, SEEK_CUR), (int64_t)peak.dataOffset + 2);
    peak.dwFlags = MMIO_DIRTY;
    CHECK_EQ(mmsys_ascend64(file, &peak, 0), 0);
    CHECK_EQ(peak.cksize, 2);
    CHECK_EQ(mmsys_tell64(file), (int64_t)peak.dataOffset + 2);
    CHECK_EQ(mmioClose(file, 0), 0);
    put_number64(made.bytes + 52, 2);
    CHECK_EQ(get_edited(), made.size);
    CHECK_BYTES(bytes, made.bytes, made.size);
}

/* The program overwrote ds64: Ascend fails, and writes nothing there. */
static void a_ds64_that_was_overwritten(LONG buffer)
{
    struct file made = small_rf64("RF64", 8, 0);
    HMMIO file = open_edited(&made, buffer);
    MMCKINFO riff = chunk_of(0, 0, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, 0), 0);
    CHECK_EQ(mmioWrite(file, "gone", 4), 4);
    riff.dwFlags = MMIO_DIRTY;
    CHECK_EQ(mmioAscend(file, &riff, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(position_of(file), 16);
    CHECK_EQ(riff.dwFlags, MMIO_DIRTY);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_edited(), made.size);
    CHECK_BYTES(bytes + 16, made.bytes + 16, made.size - 16);
}

static void another_chunk_at_the_beginning_discards_the_sizes(LONG buffer)
{
    struct file made = small_rf64("RF64", 8, 0);
    HMMIO file = open_edited(&made, buffer);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE")), data = chunk_of(0, 0, 0);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioCreateChunk(file, &riff, MMIO_CREATERIFF), 0);
    CHECK_EQ(mmioSeek(file, (LONG)made.data - 8, SEEK_SET), (LONG)made.data - 8);
    CHECK_EQ(mmioDescend(file, &data, NULL, 0), 0);
    CHUNK_IS(data, CODE("data"), ALL_ONES, 0, made.data, 0);
    CHECK_EQ(mmioSeek(file, 4, SEEK_CUR), (LONG)made.data + 4);
    data.dwFlags = MMIO_DIRTY;
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(data.cksize, 4);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_edited(), made.size);
    CHECK_BYTES(bytes, "RIFF", 4);
    CHECK_BYTES(bytes + 12, made.bytes + 12, made.data - 16);
    CHECK_BYTES(bytes + made.data - 4, "\4\0\0\0first", 9);
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 7, 64, 8192};
    size_t i;
    CHECK_EQ(unsetenv("MMSYSTEM_RF64"), 0);
    for (i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        samples_are_added("RF64", 16, 8, buffers[i]);
        samples_are_added("BW64", 11, 0, buffers[i]);
        a_chunk_of_the_table_is_shortened(buffers[i]);
        the_riff_is_entered_again(buffers[i]);
        a_ds64_that_was_overwritten(buffers[i]);
        another_chunk_at_the_beginning_discards_the_sizes(buffers[i]);
    }
    the_riff_cannot_be_entered_again();
    CHECK_EQ(remove("edited.wav"), 0);
    return report();
}
