/* mmsystem_wave.h: the structures of the "fmt " chunk of a WAV file. Included by mmsystem.h and mmreg.h.
 *
 * A project can keep its own structures: a name that is already a macro is not defined, and _WAVEFORMATEX_ leaves
 * WAVEFORMATEX to the project, as with the headers of Windows. */
#ifndef MMSYSTEM_WAVE_H
#define MMSYSTEM_WAVE_H

#include "mmsystem_types.h"

#include "mmsystem_assert.h"

#pragma pack(push, 1)

#ifndef WAVE_FORMAT_PCM
#define WAVE_FORMAT_PCM 1
#endif

/* The oldest form, for any format; it lacks the size of a sample. */
#ifndef WAVEFORMAT
typedef struct waveformat_tag {
    WORD wFormatTag;       /* WAVE_FORMAT_* */
    WORD nChannels;        /* 1: mono, 2: stereo */
    DWORD nSamplesPerSec;  /* sample rate in hertz */
    DWORD nAvgBytesPerSec; /* bytes per second of sound */
    WORD nBlockAlign;      /* bytes per sample of all channels */
} WAVEFORMAT;
#endif
#ifndef PWAVEFORMAT
typedef WAVEFORMAT *PWAVEFORMAT;
#endif
#ifndef NPWAVEFORMAT
typedef WAVEFORMAT *NPWAVEFORMAT;
#endif
#ifndef LPWAVEFORMAT
typedef WAVEFORMAT *LPWAVEFORMAT;
#endif
MMSYSTEM_SIZE(WAVEFORMAT, 14);

/* The form of a PCM file. */
#ifndef PCMWAVEFORMAT
typedef struct pcmwaveformat_tag {
    WAVEFORMAT wf;
    WORD wBitsPerSample; /* bits per sample of one channel */
} PCMWAVEFORMAT;
#endif
#ifndef PPCMWAVEFORMAT
typedef PCMWAVEFORMAT *PPCMWAVEFORMAT;
#endif
#ifndef NPPCMWAVEFORMAT
typedef PCMWAVEFORMAT *NPPCMWAVEFORMAT;
#endif
#ifndef LPPCMWAVEFORMAT
typedef PCMWAVEFORMAT *LPPCMWAVEFORMAT;
#endif
MMSYSTEM_SIZE(PCMWAVEFORMAT, 16);
MMSYSTEM_OFFSET(PCMWAVEFORMAT, wBitsPerSample, 14);

/* The form for any format. cbSize bytes follow it. */
#if !defined(WAVEFORMATEX) && !defined(_WAVEFORMATEX_)
#define _WAVEFORMATEX_
typedef struct tWAVEFORMATEX {
    WORD wFormatTag;
    WORD nChannels;
    DWORD nSamplesPerSec;
    DWORD nAvgBytesPerSec;
    WORD nBlockAlign;
    WORD wBitsPerSample;
    WORD cbSize; /* bytes that follow; 0 for PCM, for which some files omit this member */
} WAVEFORMATEX;
#endif
#ifndef PWAVEFORMATEX
typedef WAVEFORMATEX *PWAVEFORMATEX;
#endif
#ifndef NPWAVEFORMATEX
typedef WAVEFORMATEX *NPWAVEFORMATEX;
#endif
#ifndef LPWAVEFORMATEX
typedef WAVEFORMATEX *LPWAVEFORMATEX;
#endif
#ifndef LPCWAVEFORMATEX
typedef const WAVEFORMATEX *LPCWAVEFORMATEX;
#endif
MMSYSTEM_SIZE(WAVEFORMATEX, 18);
MMSYSTEM_OFFSET(WAVEFORMATEX, nChannels, 2);
MMSYSTEM_OFFSET(WAVEFORMATEX, nSamplesPerSec, 4);
MMSYSTEM_OFFSET(WAVEFORMATEX, nAvgBytesPerSec, 8);
MMSYSTEM_OFFSET(WAVEFORMATEX, nBlockAlign, 12);
MMSYSTEM_OFFSET(WAVEFORMATEX, wBitsPerSample, 14);
MMSYSTEM_OFFSET(WAVEFORMATEX, cbSize, 16);

#pragma pack(pop)

#endif /* MMSYSTEM_WAVE_H */
