/* There is no memory for the sizes of ds64: the call returns MMIOERR_OUTOFMEMORY, the position does not change, and a
 * later call succeeds. Under valgrind, which replaces malloc, no allocation fails.
 *
 * Shows docs/rf64.md, Reading: "MMIOERR_OUTOFMEMORY". */
#include <stdio.h>

#if defined(__GLIBC__) && !defined(__cplusplus) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include "rf64.h"

#include <errno.h>

extern void *__libc_malloc(size_t size);

static int fails;

void *malloc(size_t size)
{
    if (fails)
        errno = ENOMEM;
    return fails ? NULL : __libc_malloc(size);
}

static void descend_fails_and_then_succeeds(int back_end)
{
    struct file made = small_rf64("RF64", 7, 1);
    HMMIO file = open_on(back_end, made.bytes, (LONG)made.size);
    MMCKINFO riff = chunk_of(0, 0, CODE("WAVE"));
    MMRESULT error;
    fails = 1;
    error = mmioDescend(file, &riff, NULL, MMIO_FINDRIFF);
    fails = 0;
    if (error != 0) {
        CHECK_EQ(error, MMIOERR_OUTOFMEMORY);
        CHECK_EQ(position_of(file), 0);
        riff.fccType = CODE("WAVE");
        CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    }
    CHUNK_IS(riff, FOURCC_RIFF, (DWORD)made.size - 8, CODE("WAVE"), 8, 0);
    close_on(back_end, file);
}

static void create_fails_and_then_succeeds(int back_end)
{
    HMMIO file = create_on(back_end);
    MMSYS_CKINFO64 riff;
    MMRESULT error;
    memset(&riff, 0, sizeof riff);
    fails = 1;
    error = mmsys_create_chunk64(file, &riff, MMIO_CREATERIFF | MMSYS_RF64);
    fails = 0;
    if (error != 0) {
        CHECK(error == MMIOERR_OUTOFMEMORY || error == MMIOERR_CANNOTWRITE);
        CHECK_EQ(position_of(file), 0);
        CHECK_EQ(mmsys_create_chunk64(file, &riff, MMIO_CREATERIFF | MMSYS_RF64), 0);
    }
    CHECK_EQ(position_of(file), 96);
    CHECK_EQ(mmsys_ascend64(file, &riff, 0), 0);
    CHECK_EQ(riff.cksize, 88);
    close_on(back_end, file);
}

int main(void)
{
    on_every_back_end(descend_fails_and_then_succeeds);
    on_every_back_end(create_fails_and_then_succeeds);
    return report();
}
#else
int main(void)
{
    puts("skipped: allocations that fail, which need malloc of glibc, in C and without a sanitizer");
    return 0;
}
#endif
