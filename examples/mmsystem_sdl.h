/* mmsystem_sdl.h: SDL 2 and mmio. Copy this header into your project; its licence is that of the library (MIT or
 * Apache-2.0), and you may also use it as if it were in the public domain.
 *
 * mmsystem_sdl_rwops makes an SDL_RWops of an HMMIO: SDL_LoadWAV_RW and other functions of SDL then read through mmio.
 * mmsystem_sdl_open makes an HMMIO of an SDL_RWops, with a buffer, chunks and the other functions of mmio. */
#ifndef MMSYSTEM_SDL_H
#define MMSYSTEM_SDL_H

#ifndef SDL_h_ /* a program may have it as <SDL2/SDL.h> */
#include <SDL.h>
#endif
#include <mmsystem_ext.h>

/* Offsets from the end are negative in SDL, and count backwards in mmio. */
static inline Sint64 SDLCALL mmsystem_sdl_seek(SDL_RWops *rw, Sint64 offset, int whence)
{
    Sint64 at = -1;
    if (whence != RW_SEEK_END)
        at = mmsys_seek64((HMMIO)rw->hidden.unknown.data1, offset, whence);
    else if (offset >= -SDL_MAX_SINT64)
        at = mmsys_seek64((HMMIO)rw->hidden.unknown.data1, -offset, whence);
    return at < 0 ? SDL_SetError("mmio: cannot seek") : at;
}

/* A file whose end is not known, as that of a stream, has the size -1. */
static inline Sint64 SDLCALL mmsystem_sdl_size(SDL_RWops *rw)
{
    HMMIO file = (HMMIO)rw->hidden.unknown.data1;
    Sint64 at = mmsys_tell64(file), size = mmsys_seek64(file, 0, SEEK_END);
    return size < 0 || mmsys_seek64(file, at, SEEK_SET) != at ? SDL_SetError("mmio: the size is not known") : size;
}

/* The largest transfer that a LONG can count. */
#define MMSYSTEM_SDL_MOST 0x40000000

static inline size_t SDLCALL mmsystem_sdl_read(SDL_RWops *rw, void *data, size_t size, size_t count)
{
    size_t done = 0;
    while (size != 0 && done < size * count) {
        size_t left = size * count - done;
        LONG got = mmioRead((HMMIO)rw->hidden.unknown.data1, (HPSTR)data + done,
                            left < MMSYSTEM_SDL_MOST ? (LONG)left : MMSYSTEM_SDL_MOST);
        if (got < 0)
            SDL_SetError("mmio: cannot read");
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return size == 0 ? 0 : done / size;
}

static inline size_t SDLCALL mmsystem_sdl_write(SDL_RWops *rw, const void *data, size_t size, size_t count)
{
    size_t done = 0;
    while (size != 0 && done < size * count) {
        size_t left = size * count - done;
        LONG got = mmioWrite((HMMIO)rw->hidden.unknown.data1, (HPCSTR)data + done,
                             left < MMSYSTEM_SDL_MOST ? (LONG)left : MMSYSTEM_SDL_MOST);
        if (got <= 0) {
            SDL_SetError("mmio: cannot write");
            break;
        }
        done += (size_t)got;
    }
    return size == 0 ? 0 : done / size;
}

/* A file that cannot be flushed is discarded: the caller has no handle to try again. */
static inline int SDLCALL mmsystem_sdl_close(SDL_RWops *rw)
{
    HMMIO file = (HMMIO)rw->hidden.unknown.data1;
    MMRESULT error = mmioClose(file, 0);
    if (error == MMIOERR_CANNOTWRITE)
        mmsys_discard(file);
    SDL_FreeRW(rw);
    return error == MMSYSERR_NOERROR ? 0 : SDL_SetError("mmio: %s", mmsys_error_text(error));
}

/* Makes an SDL_RWops of a file, which it closes. On failure it returns NULL, and the file stays open. */
static inline SDL_RWops *mmsystem_sdl_rwops(HMMIO file)
{
    SDL_RWops *rw = SDL_AllocRW();
    if (rw != NULL) {
        rw->type = SDL_RWOPS_UNKNOWN;
        rw->size = mmsystem_sdl_size;
        rw->seek = mmsystem_sdl_seek;
        rw->read = mmsystem_sdl_read;
        rw->write = mmsystem_sdl_write;
        rw->close = mmsystem_sdl_close;
        rw->hidden.unknown.data1 = (void *)file;
    }
    return rw;
}

/* SDL returns 0 at the end of a file, and also if a read fails: then there is an error message. */
static inline int64_t mmsystem_sdl_read_from(void *context, void *data, size_t count)
{
    size_t done;
    SDL_ClearError();
    done = SDL_RWread((SDL_RWops *)context, data, 1, count);
    return done == 0 && *SDL_GetError() != '\0' ? -1 : (int64_t)done;
}

static inline int64_t mmsystem_sdl_write_to(void *context, const void *data, size_t count)
{
    size_t done = SDL_RWwrite((SDL_RWops *)context, data, 1, count);
    return done == 0 && count != 0 ? -1 : (int64_t)done;
}

static inline int64_t mmsystem_sdl_seek_in(void *context, int64_t offset, int whence)
{
    return SDL_RWseek((SDL_RWops *)context, offset, whence);
}

static inline int mmsystem_sdl_close_it(void *context)
{
    return SDL_RWclose((SDL_RWops *)context) == 0 ? 0 : -1;
}

/* Opens a file on an SDL_RWops, which mmioClose closes. info and flags are those of mmsys_open_callbacks. On failure it
 * returns NULL, and the SDL_RWops stays open. */
static inline HMMIO mmsystem_sdl_open(SDL_RWops *rw, LPMMIOINFO info, DWORD flags)
{
    MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), NULL, NULL, NULL, NULL, NULL};
    callbacks.read = mmsystem_sdl_read_from;
    callbacks.write = (flags & MMIO_RWMODE) == MMIO_READ ? NULL : mmsystem_sdl_write_to;
    callbacks.seek = mmsystem_sdl_seek_in;
    callbacks.close = mmsystem_sdl_close_it;
    return rw == NULL ? NULL : mmsys_open_callbacks(&callbacks, rw, info, flags);
}

#endif /* MMSYSTEM_SDL_H */
