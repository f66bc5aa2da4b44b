/* sdl.c: SDL 2 reads a WAV through mmio, and mmio reads one through SDL (Debian: libsdl2-dev).
 *
 *   sdl song.wav
 *
 * mmsystem_sdl.h, which a project may copy, has the functions. Both ways must find the same samples, unless SDL converts them. */
#define SDL_MAIN_HANDLED
#include <SDL2/SDL.h>
#include "mmsystem_sdl.h"

#include <stdio.h>
#include <string.h>

/* SDL_LoadWAV_RW, whose bytes come from mmio. */
static int LoadWithSdl(char *name, Uint8 **samples, Uint32 *size)
{
    SDL_AudioSpec spec;
    SDL_RWops *rw;
    HMMIO file = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
    if (file == NULL)
        return SDL_SetError("cannot open the file");
    rw = mmsystem_sdl_rwops(file);
    if (rw == NULL) {
        mmioClose(file, 0);
        return -1;
    }
    if (SDL_LoadWAV_RW(rw, 1, &spec, samples, size) == NULL)
        return -1;
    printf("SDL: %d Hz, %d channels, %u bytes\n", spec.freq, spec.channels, (unsigned)*size);
    return 0;
}

/* The size of the data chunk, with mmio on top of SDL, and whether it has these bytes. */
static int CompareWithMmio(const char *name, const Uint8 *samples, Uint32 size)
{
    MMCKINFO riff, data;
    char piece[4096];
    Uint32 done = 0;
    LONG count = 0;
    SDL_RWops *rw = SDL_RWFromFile(name, "rb");
    HMMIO file = mmsystem_sdl_open(rw, NULL, MMIO_READ | MMIO_ALLOCBUF);
    if (file == NULL) {
        if (rw != NULL)
            SDL_RWclose(rw);
        return -1;
    }
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (mmioDescend(file, &riff, NULL, MMIO_FINDRIFF) == MMSYSERR_NOERROR &&
        mmioDescend(file, &data, &riff, MMIO_FINDCHUNK) == MMSYSERR_NOERROR) {
        printf("mmio: %u bytes\n", (unsigned)data.cksize);
        /* SDL expands samples of 24 bits, and compressed ones. */
        if (data.cksize != size)
            done = size;
        while (done < size && (count = mmioRead(file, piece, sizeof(piece))) > 0) {
            if ((Uint32)count > size - done)
                count = (LONG)(size - done);
            if (memcmp(piece, samples + done, (size_t)count) != 0)
                break;
            done += (Uint32)count;
        }
    }
    mmioClose(file, 0);
    return done == size ? 0 : SDL_SetError("mmio and SDL read different samples");
}

int main(int argc, char **argv)
{
    Uint8 *samples = NULL;
    Uint32 size = 0;
    int failed;
    if (argc != 2) {
        fprintf(stderr, "usage: sdl FILE.wav\n");
        return 2;
    }
    failed = LoadWithSdl(argv[1], &samples, &size) != 0 || CompareWithMmio(argv[1], samples, size) != 0;
    if (failed)
        fprintf(stderr, "sdl: %s: %s\n", argv[1], SDL_GetError());
    SDL_FreeWAV(samples);
    return failed;
}
