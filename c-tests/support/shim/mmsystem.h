/* mmsystem.h: a private version of mmio, with the usual mistakes of such shims. */
#include <stdint.h>
#include <stdio.h>

typedef uint32_t DWORD, FOURCC, UINT, MMRESULT;
typedef int32_t LONG;
typedef char *HPSTR, *LPSTR;
typedef FILE *HMMIO;
typedef struct {
    DWORD dwFlags;
    LONG cchBuffer;
    HPSTR pchBuffer, pchNext, pchEndRead, pchEndWrite;
} MMIOINFO;
typedef struct {
    FOURCC ckid;
    DWORD cksize;
    FOURCC fccType;
    DWORD dwDataOffset, dwFlags;
} MMCKINFO;

#define MMIO_READ 0
#define MMIO_WRITE 1
#define MMIO_CREATE 0x1000
#define MMIO_ALLOCBUF 0x10000
#define MMIO_FINDRIFF 0
#define MMIO_FINDCHUNK 0x10
#define MMIO_FINDLIST 0x40
#define MMIO_CREATERIFF 0x20
#define MMIOERR_CHUNKNOTFOUND 1
#define mmioFOURCC(a, b, c, d) ((FOURCC)(a) | (FOURCC)(b) << 8 | (FOURCC)(c) << 16 | (FOURCC)(d) << 24)

static inline HMMIO mmioOpen(LPSTR name, MMIOINFO *info, DWORD flags)
{
    (void)info;
    return fopen(name, flags & MMIO_CREATE ? "wb" : "rb");
}

static inline UINT mmioClose(HMMIO file, UINT flags)
{
    (void)flags;
    return (UINT)fclose(file);
}

static inline LONG mmioRead(HMMIO file, HPSTR bytes, LONG count)
{
    return (LONG)fread(bytes, 1, (size_t)count, file);
}

static inline LONG mmioWrite(HMMIO file, const char *bytes, LONG count)
{
    return (LONG)fwrite(bytes, 1, (size_t)count, file);
}

static inline LONG mmioSeek(HMMIO file, LONG offset, int origin)
{
    return fseek(file, offset, origin) == 0 ? (LONG)ftell(file) : -1;
}

static inline UINT mmioDescend(HMMIO file, MMCKINFO *chunk, const MMCKINFO *parent, UINT flags)
{
    FOURCC wanted = flags == MMIO_FINDCHUNK ? chunk->ckid : 0;
    DWORD header[2];
    (void)parent;
    while (fread(header, 4, 2, file) == 2) {
        chunk->ckid = header[0];
        chunk->cksize = header[1];
        if (flags == MMIO_FINDRIFF && fread(&chunk->fccType, 4, 1, file) != 1)
            break;
        chunk->dwDataOffset = (DWORD)ftell(file);
        if (wanted == 0 || wanted == header[0])
            return 0;
        fseek(file, (long)header[1], SEEK_CUR);
    }
    return MMIOERR_CHUNKNOTFOUND;
}

static inline UINT mmioAscend(HMMIO file, MMCKINFO *chunk, UINT flags)
{
    (void)flags;
    return (UINT)fseek(file, (long)(chunk->dwDataOffset + chunk->cksize), SEEK_SET);
}

static inline UINT mmioCreateChunk(HMMIO file, MMCKINFO *chunk, UINT flags)
{
    fwrite(chunk, 4, 2, file);
    if (flags & MMIO_CREATERIFF)
        fwrite(&chunk->fccType, 4, 1, file);
    return 0;
}

/* There is no buffer. */
static inline UINT mmioGetInfo(HMMIO file, MMIOINFO *info, UINT flags)
{
    (void)file, (void)flags;
    info->pchBuffer = info->pchNext = info->pchEndRead = NULL;
    return 0;
}

static inline UINT mmioSetInfo(HMMIO file, MMIOINFO *info, UINT flags)
{
    (void)file, (void)info, (void)flags;
    return 0;
}

static inline UINT mmioAdvance(HMMIO file, MMIOINFO *info, UINT flags)
{
    (void)file, (void)info, (void)flags;
    return 0;
}
