/* mmsystem.h: the part of it that a project has of its own, which plays. */
#ifndef PROJECT_MMSYSTEM_H
#define PROJECT_MMSYSTEM_H

#include <windows.h>

#define MMSYSERR_NOERROR 0
#define WAVE_FORMAT_PCM 1
#define TIME_MS 1

typedef struct tWAVEFORMATEX {
    WORD wFormatTag, nChannels;
    DWORD nSamplesPerSec;
} WAVEFORMATEX;

typedef struct _MMTIME {
    UINT wType;
} MMTIME;

static inline DWORD timeGetTime(void)
{
    return 42;
}

#endif
