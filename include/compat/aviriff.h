/* aviriff.h: the chunks of AVI files with their headers, as in Microsoft's newer header. A name that is already a macro
 * is not defined, and with MMSYSTEM_NO_TYPES no structure is. */
#ifndef MMSYSTEM_AVIRIFF_H
#define MMSYSTEM_AVIRIFF_H

#include "mmsystem_avi.h"

/* The code for a literal of four characters in single quotes, such as 'avih'. */
#ifndef FCC
#define FCC(ch4)                                                                                  \
    ((((DWORD)(ch4) & 0xff) << 24) | (((DWORD)(ch4) & 0xff00) << 8) |                             \
     (((DWORD)(ch4) & 0xff0000) >> 8) | (((DWORD)(ch4) & 0xff000000) >> 24))
#endif

/* The distance to the next chunk in bytes: the header, and the size rounded up to an even number. */
#ifndef RIFFROUND
#define RIFFROUND(cb) ((cb) + ((cb) & 1))
#endif
#ifndef RIFFNEXT
#define RIFFNEXT(chunk)                                                                           \
    ((LPRIFFCHUNK)(void *)((BYTE *)(chunk) + sizeof(RIFFCHUNK) +                                  \
                           RIFFROUND(((LPRIFFCHUNK)(void *)(chunk))->cb)))
#endif

#ifndef ckidMAINAVIHEADER
#define ckidMAINAVIHEADER mmioFOURCC('a', 'v', 'i', 'h')
#endif
#ifndef ckidAVIOLDINDEX
#define ckidAVIOLDINDEX mmioFOURCC('i', 'd', 'x', '1')
#endif
#ifndef ckidAVISUPERINDEX
#define ckidAVISUPERINDEX mmioFOURCC('i', 'n', 'd', 'x')
#endif
#ifndef ckidODML
#define ckidODML mmioFOURCC('o', 'd', 'm', 'l')
#endif
#ifndef ckidAVIEXTHEADER
#define ckidAVIEXTHEADER mmioFOURCC('d', 'm', 'l', 'h')
#endif
#ifndef ckidSTREAMLIST
#define ckidSTREAMLIST mmioFOURCC('s', 't', 'r', 'l')
#endif
#ifndef AVIF_TRUSTCKTYPE
#define AVIF_TRUSTCKTYPE 0x00000800
#endif
#ifndef AVIIF_COMPRESSOR
#define AVIIF_COMPRESSOR 0x0fff0000
#endif

#ifndef MMSYSTEM_NO_TYPES

#pragma pack(push, 2)

#ifndef RIFFCHUNK
typedef struct _riffchunk {
    FOURCC fcc;
    DWORD cb;
} RIFFCHUNK;
MMSYSTEM_SIZE(RIFFCHUNK, 8);
#endif
#ifndef LPRIFFCHUNK
typedef RIFFCHUNK *LPRIFFCHUNK;
#endif
#ifndef RIFFLIST
typedef struct _rifflist {
    FOURCC fcc;
    DWORD cb;
    FOURCC fccListType;
} RIFFLIST;
MMSYSTEM_SIZE(RIFFLIST, 12);
#endif
#ifndef LPRIFFLIST
typedef RIFFLIST *LPRIFFLIST;
#endif

/* The "avih" chunk. */
#ifndef AVIMAINHEADER
typedef struct _avimainheader {
    FOURCC fcc; /* ckidMAINAVIHEADER */
    DWORD cb;   /* bytes that follow: 56 */
    DWORD dwMicroSecPerFrame;
    DWORD dwMaxBytesPerSec;
    DWORD dwPaddingGranularity;
    DWORD dwFlags; /* AVIF_* */
    DWORD dwTotalFrames;
    DWORD dwInitialFrames;
    DWORD dwStreams;
    DWORD dwSuggestedBufferSize;
    DWORD dwWidth;
    DWORD dwHeight;
    DWORD dwReserved[4];
} AVIMAINHEADER;
MMSYSTEM_SIZE(AVIMAINHEADER, 64);
MMSYSTEM_OFFSET(AVIMAINHEADER, dwFlags, 20);
MMSYSTEM_OFFSET(AVIMAINHEADER, dwWidth, 40);
MMSYSTEM_OFFSET(AVIMAINHEADER, dwReserved, 48);
#endif

/* The "strh" chunk. */
#ifndef AVISTREAMHEADER
typedef struct _avistreamheader {
    FOURCC fcc;     /* ckidSTREAMHEADER */
    DWORD cb;       /* bytes that follow: 56 */
    FOURCC fccType; /* streamtype* */
    FOURCC fccHandler;
    DWORD dwFlags; /* AVISF_* */
    WORD wPriority;
    WORD wLanguage;
    DWORD dwInitialFrames;
    DWORD dwScale;
    DWORD dwRate; /* dwRate / dwScale: frames or samples per second */
    DWORD dwStart;
    DWORD dwLength;
    DWORD dwSuggestedBufferSize;
    DWORD dwQuality;
    DWORD dwSampleSize;
    struct {
        short int left;
        short int top;
        short int right;
        short int bottom;
    } rcFrame;
} AVISTREAMHEADER;
MMSYSTEM_SIZE(AVISTREAMHEADER, 64);
MMSYSTEM_OFFSET(AVISTREAMHEADER, wPriority, 20);
MMSYSTEM_OFFSET(AVISTREAMHEADER, dwLength, 40);
MMSYSTEM_OFFSET(AVISTREAMHEADER, rcFrame, 56);
#endif

/* The "idx1" chunk. */
#ifndef AVIOLDINDEX
typedef struct _avioldindex {
    FOURCC fcc; /* ckidAVIOLDINDEX */
    DWORD cb;
    struct _avioldindex_entry {
        DWORD dwChunkId;
        DWORD dwFlags;  /* AVIIF_* */
        DWORD dwOffset; /* from the code "movi" or from the start of the file */
        DWORD dwSize;
    } aIndex[1]; /* variable length */
} AVIOLDINDEX;
MMSYSTEM_SIZE(AVIOLDINDEX, 24);
MMSYSTEM_OFFSET(AVIOLDINDEX, aIndex, 8);
#endif

#pragma pack(pop)

#endif /* MMSYSTEM_NO_TYPES */

#endif /* MMSYSTEM_AVIRIFF_H */
