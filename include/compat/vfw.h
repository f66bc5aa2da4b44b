/* vfw.h: the structures, codes and flags of AVI files; the rest of Video for Windows is missing. A name that is already a
 * macro is not defined, and with MMSYSTEM_NO_TYPES no structure is. */
#ifndef MMSYSTEM_VFW_H
#define MMSYSTEM_VFW_H

#include "mmsystem_avi.h"

/* Not included by windows.h with NOGDI. */
#include "wingdi.h"

#ifndef AVIIF_TWOCC
#define AVIIF_TWOCC 0x00000002
#endif
#ifndef AVIIF_FIRSTPART
#define AVIIF_FIRSTPART 0x00000020
#endif
#ifndef AVIIF_LASTPART
#define AVIIF_LASTPART 0x00000040
#endif
#ifndef AVIIF_MIDPART
#define AVIIF_MIDPART (AVIIF_LASTPART | AVIIF_FIRSTPART)
#endif
#ifndef AVIIF_NOTIME
#define AVIIF_NOTIME 0x00000100
#endif
#ifndef AVIIF_COMPUSE
#define AVIIF_COMPUSE 0x0fff0000
#endif
#ifndef AVI_HEADERSIZE
#define AVI_HEADERSIZE 2048
#endif
#ifndef comptypeDIB
#define comptypeDIB mmioFOURCC('D', 'I', 'B', ' ')
#endif

#ifndef MMSYSTEM_NO_TYPES

/* The "avih" chunk. */
#ifndef MainAVIHeader
typedef struct {
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
} MainAVIHeader;
MMSYSTEM_SIZE(MainAVIHeader, 56);
MMSYSTEM_OFFSET(MainAVIHeader, dwFlags, 12);
MMSYSTEM_OFFSET(MainAVIHeader, dwTotalFrames, 16);
MMSYSTEM_OFFSET(MainAVIHeader, dwStreams, 24);
MMSYSTEM_OFFSET(MainAVIHeader, dwWidth, 32);
MMSYSTEM_OFFSET(MainAVIHeader, dwReserved, 40);
#endif

/* The "strh" chunk. It has 56 bytes, and this structure 64: in a file the members of rcFrame have 16 bits each. */
#ifndef AVIStreamHeader
typedef struct {
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
    RECT rcFrame;
} AVIStreamHeader;
MMSYSTEM_SIZE(AVIStreamHeader, 64);
MMSYSTEM_OFFSET(AVIStreamHeader, wPriority, 12);
MMSYSTEM_OFFSET(AVIStreamHeader, dwInitialFrames, 16);
MMSYSTEM_OFFSET(AVIStreamHeader, dwLength, 32);
MMSYSTEM_OFFSET(AVIStreamHeader, rcFrame, 48);
#endif

/* An entry of the "idx1" chunk. */
#ifndef AVIINDEXENTRY
typedef struct {
    DWORD ckid;
    DWORD dwFlags;       /* AVIIF_* */
    DWORD dwChunkOffset; /* from the code "movi" or from the start of the file */
    DWORD dwChunkLength;
} AVIINDEXENTRY;
MMSYSTEM_SIZE(AVIINDEXENTRY, 16);
MMSYSTEM_OFFSET(AVIINDEXENTRY, dwFlags, 4);
MMSYSTEM_OFFSET(AVIINDEXENTRY, dwChunkOffset, 8);
MMSYSTEM_OFFSET(AVIINDEXENTRY, dwChunkLength, 12);
#endif

#endif /* MMSYSTEM_NO_TYPES */

#endif /* MMSYSTEM_VFW_H */
