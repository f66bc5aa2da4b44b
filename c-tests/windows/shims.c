/* A project with shims of its own, under the usual guards, before the library's headers and after.
 *
 * Shows docs/porting.md, Porting a Windows program: "a name that is already a macro". */
#define BOOL signed char
#define HRESULT long
#define LPWAVEFORMATEX void *
#define HANDLE int
#define TEXT(quote) (quote)
#define MAX_PATH 4096
#define WAVE_FORMAT_PCM 0x0001
#define GlobalAlloc(flags, bytes) project_alloc(bytes)
typedef float HWND_of_the_project;
#define HWND HWND_of_the_project

#ifndef _WAVEFORMATEX_
#define _WAVEFORMATEX_
#pragma pack(push, 1)
typedef struct tWAVEFORMATEX {
    unsigned short wFormatTag, nChannels;
    unsigned int nSamplesPerSec, nAvgBytesPerSec;
    unsigned short nBlockAlign, wBitsPerSample, cbSize;
} WAVEFORMATEX;
#pragma pack(pop)
#endif

#define NONEWWAVE
#include <windows.h>
#include <windowsx.h>
#include <mmreg.h>
#include <mmsystem.h>

typedef struct {
    WAVEFORMATEX wfx;
    unsigned short wSamplesPerBlock, wNumCoef;
    short aCoeff[7][2];
} ADPCMWAVEFORMAT;
#define MPEGLAYER3_WFX_EXTRA_BYTES (12)

#ifndef S_OK
#define S_OK 17
#endif
#ifndef ZeroMemory
#error ZeroMemory
#endif

#include "check.h"

static int allocated;

static void *project_alloc(size_t bytes)
{
    allocated++;
    return malloc(bytes);
}

int main(void)
{
    HWND window = 0.5f;
    BOOL truth = TRUE;
    WAVEFORMATEXTENSIBLE format;
    HGLOBAL memory = GlobalAlloc(GHND, 10);
    GlobalFree(memory);
    CHECK_EQ(allocated, 1);
    CHECK_EQ(sizeof(truth), 1);
    CHECK(window > 0.4f && window < 0.6f);
    CHECK_EQ(sizeof(TEXT("a")), 2);
    CHECK_EQ(MAX_PATH, 4096);
    CHECK_EQ(sizeof(ADPCMWAVEFORMAT), 50);
    CHECK_EQ(MPEGLAYER3_WFX_EXTRA_BYTES, 12);
    CHECK_EQ(S_OK, 0);
    CHECK(FAILED(E_FAIL) && E_FAIL < 0 && FAILED(HRESULT_FROM_WIN32(2)) && SUCCEEDED(S_FALSE));
    format.Format.cbSize = 22;
    CHECK_EQ(format.Format.cbSize, 22);
    CHECK_EQ(WAVE_FORMAT_PCM, 1);
    return report();
}
