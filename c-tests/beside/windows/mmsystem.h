/* mmsystem.h: a project's own replacement, for the part that plays sound. */
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
