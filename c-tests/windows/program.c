/* A program as it was written for Windows, with its headers and its names for types and text. Only the checks are
 * added. It is built unchanged, with UNICODE and without.
 *
 * Shows docs/porting.md, Porting a Windows program: "The calls themselves should not need to change". */
#include <windows.h>
#include <windowsx.h>
#include <mmsystem.h>
#include <mmreg.h>
#include <tchar.h>

#include "check.h"

#define RATE 22050
#define SAMPLES 1000

static TCHAR szFile[MAX_PATH] = TEXT("sound.wav");

static HRESULT WriteFormat(HMMIO hmmio)
{
    WAVEFORMATEXTENSIBLE wfx;
    const GUID pcm = {DEFINE_WAVEFORMATEX_GUID(WAVE_FORMAT_PCM)};
    ZeroMemory(&wfx, sizeof(wfx));
    wfx.Format.wFormatTag = WAVE_FORMAT_EXTENSIBLE;
    wfx.Format.nChannels = 2;
    wfx.Format.nSamplesPerSec = RATE;
    wfx.Format.wBitsPerSample = 16;
    wfx.Format.nBlockAlign = (WORD)(wfx.Format.nChannels * wfx.Format.wBitsPerSample / 8);
    wfx.Format.nAvgBytesPerSec = wfx.Format.nBlockAlign * wfx.Format.nSamplesPerSec;
    wfx.Format.cbSize = sizeof(wfx) - sizeof(WAVEFORMATEX);
    wfx.Samples.wValidBitsPerSample = 16;
    wfx.dwChannelMask = SPEAKER_FRONT_LEFT | SPEAKER_FRONT_RIGHT;
    wfx.SubFormat = pcm;
    if (mmioWrite(hmmio, (HPSTR)&wfx, sizeof(wfx)) != sizeof(wfx))
        return E_FAIL;
    return S_OK;
}

static HRESULT WriteSamples(HMMIO hmmio, HGLOBAL hData, LONG cbData)
{
    LPVOID lpData = GlobalLock(hData);
    LONG cbWritten;
    if (lpData == NULL)
        return E_OUTOFMEMORY;
    cbWritten = mmioWrite(hmmio, (HPSTR)lpData, cbData);
    GlobalUnlock(hData);
    return cbWritten == cbData ? S_OK : E_FAIL;
}

static HRESULT WriteFile_(LPTSTR lpszFile, HGLOBAL hData, LONG cbData)
{
    MMCKINFO ckRiff, ck;
    HRESULT hr;
    HMMIO hmmio = mmioOpen(lpszFile, NULL, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return E_INVALIDARG;
    ckRiff.fccType = mmioStringToFOURCC(TEXT("WAVE"), 0);
    ckRiff.cksize = 0;
    mmioCreateChunk(hmmio, &ckRiff, MMIO_CREATERIFF);
    ck.ckid = mmioStringToFOURCC(TEXT("fmt"), 0);
    ck.cksize = 0;
    mmioCreateChunk(hmmio, &ck, 0);
    hr = WriteFormat(hmmio);
    mmioAscend(hmmio, &ck, 0);
    ck.ckid = MAKEFOURCC('d', 'a', 't', 'a');
    mmioCreateChunk(hmmio, &ck, 0);
    if (SUCCEEDED(hr))
        hr = WriteSamples(hmmio, hData, cbData);
    mmioAscend(hmmio, &ck, 0);
    mmioAscend(hmmio, &ckRiff, 0);
    mmioClose(hmmio, 0);
    return hr;
}

static BOOL ReadFile_(LPCTSTR lpszFile, WAVEFORMATEXTENSIBLE *lpwfx, short _huge **lplpData, DWORD *lpcbData)
{
    TCHAR szName[MAX_PATH];
    MMCKINFO ckRiff, ck;
    HMMIO hmmio;
    BOOL fOk = FALSE;
    DWORD i;
    for (i = 0; i + 1 < MAX_PATH && lpszFile[i] != TEXT('\0'); i++)
        szName[i] = lpszFile[i];
    szName[i] = TEXT('\0');
    hmmio = mmioOpen(szName, NULL, MMIO_READ | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return FALSE;
    ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    if (mmioDescend(hmmio, &ckRiff, NULL, MMIO_FINDRIFF) == MMSYSERR_NOERROR) {
        ck.ckid = mmioFOURCC('f', 'm', 't', ' ');
        mmioDescend(hmmio, &ck, &ckRiff, MMIO_FINDCHUNK);
        mmioRead(hmmio, (HPSTR)lpwfx, min((LONG)ck.cksize, (LONG)sizeof(*lpwfx)));
        mmioAscend(hmmio, &ck, 0);
        ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
        mmioDescend(hmmio, &ck, &ckRiff, MMIO_FINDCHUNK);
        *lplpData = (short *)GlobalAllocPtr(GMEM_MOVEABLE | GMEM_SHARE, ck.cksize);
        *lpcbData = ck.cksize;
        fOk = *lplpData != NULL && mmioRead(hmmio, (HPSTR)*lplpData, ck.cksize) == (LONG)ck.cksize;
    }
    mmioClose(hmmio, 0);
    return fOk;
}

int main(void)
{
    HGLOBAL hData = GlobalAlloc(GHND, SAMPLES * 2 * sizeof(short));
    short *lpData = (short *)GlobalLock(hData);
    WAVEFORMATEXTENSIBLE wfx;
    short *lpRead = NULL;
    DWORD cbRead = 0;
    int i;
    for (i = 0; i < SAMPLES * 2; i++)
        lpData[i] = (short)(i * 37);
    CHECK(SUCCEEDED(WriteFile_(szFile, hData, SAMPLES * 2 * sizeof(short))));
    CHECK(FAILED(WriteFile_((LPTSTR)TEXT("no such folder/sound.wav"), hData, 4)));
    CHECK(ReadFile_(szFile, &wfx, &lpRead, &cbRead));
    CHECK_EQ(cbRead, SAMPLES * 2 * sizeof(short));
    CHECK_BYTES(lpRead, lpData, SAMPLES * 2 * sizeof(short));
    CHECK_EQ(wfx.Format.nSamplesPerSec, RATE);
    CHECK_EQ(wfx.SubFormat.Data1, WAVE_FORMAT_PCM);
    CHECK(!ReadFile_(TEXT("none.wav"), &wfx, &lpRead, &cbRead));
    CHECK(mmioOpen(szFile, NULL, MMIO_DELETE) != NULL);
    CHECK(!ReadFile_(szFile, &wfx, &lpRead, &cbRead));
    GlobalFreePtr(lpRead);
    CHECK(GlobalFree(hData) == NULL);
    return report();
}
