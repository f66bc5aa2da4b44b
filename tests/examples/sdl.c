/* The functions of examples/mmsystem_sdl.h. */
#define main example_main
#include "../../examples/sdl.c"
#undef main

#include "check.h"

static void an_sdl_rwops_reads_and_writes_through_mmio(void)
{
    static char name[] = "through.bin";
    char bytes[16] = "";
    HMMIO file = mmioOpen(name, NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    SDL_RWops *rw = mmsystem_sdl_rwops(file);
    CHECK_EQ(SDL_RWwrite(rw, "0123456789", 2, 5), 5);
    CHECK_EQ(SDL_RWtell(rw), 10);
    CHECK_EQ(SDL_RWsize(rw), 10);
    CHECK_EQ(SDL_RWseek(rw, -4, RW_SEEK_END), 6);
    CHECK_EQ(SDL_RWread(rw, bytes, 3, 5), 1);
    CHECK_BYTES(bytes, "678", 3);
    CHECK_EQ(SDL_RWseek(rw, 1, RW_SEEK_SET), 1);
    CHECK_EQ(SDL_RWread(rw, bytes, 0, 5), 0);
    CHECK_EQ(SDL_RWread(rw, bytes, 1, 3), 3);
    CHECK_BYTES(bytes, "123", 3);
    CHECK_EQ(SDL_RWseek(rw, -1, RW_SEEK_SET), -1);
    CHECK_EQ(SDL_RWclose(rw), 0);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 10);
    CHECK_BYTES(bytes, "0123456789", 10);
}

static void an_hmmio_reads_and_writes_through_sdl(void)
{
    char memory[20] = "0123456789abcdefghi", bytes[20];
    SDL_RWops *rw = SDL_RWFromMem(memory, 20);
    HMMIO file = mmsystem_sdl_open(rw, NULL, MMIO_READWRITE | MMIO_ALLOCBUF);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "012", 3);
    CHECK_EQ(mmioSeek(file, 5, SEEK_END), 15);
    CHECK_EQ(mmioWrite(file, "XY", 2), 2);
    CHECK_EQ(mmioSeek(file, 14, SEEK_SET), 14);
    CHECK_EQ(mmioRead(file, bytes, 20), 6);
    CHECK_BYTES(bytes, "eXYhi", 6);
    /* SDL moves to the end instead. */
    CHECK_EQ(mmioSeek(file, 100, SEEK_SET), -1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_BYTES(memory, "0123456789abcdeXYhi", 20);

    file = mmsystem_sdl_open(SDL_RWFromConstMem("abc", 3), NULL, MMIO_READ);
    CHECK_EQ(mmioWrite(file, "x", 1), -1);
    CHECK_EQ(mmioRead(file, bytes, 20), 3);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK(mmsystem_sdl_open(NULL, NULL, MMIO_READ) == NULL);
}

int main(void)
{
    an_sdl_rwops_reads_and_writes_through_mmio();
    an_hmmio_reads_and_writes_through_sdl();
    return report();
}
