/* A loader of sounds, as in games: the sound is a resource of the program, or else a file. In both cases it is read
 * from memory.
 *
 * Shows docs/differences.md, Headers: "Resources".
 * Shows docs/contract.md, 4. Memory files: "FOURCC_MEM". */
#include <windows.h>

#include <mmreg.h>
#include <mmsystem.h>

#include "check.h"

typedef struct tagSOUND {
    WAVEFORMATEX wfx;
    DWORD cbSamples;
    LPBYTE lpSamples;
} SOUND, FAR *LPSOUND;

static HINSTANCE g_hInst;

/* Finds the chunks with mmio, wherever the bytes are. */
static BOOL ReadSound(HMMIO hmmio, LPSOUND lpSound)
{
    MMCKINFO ckRiff, ck;
    PCMWAVEFORMAT pcm;
    ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    if (mmioDescend(hmmio, &ckRiff, NULL, MMIO_FINDRIFF) != MMSYSERR_NOERROR)
        return FALSE;
    ck.ckid = mmioFOURCC('f', 'm', 't', ' ');
    if (mmioDescend(hmmio, &ck, &ckRiff, MMIO_FINDCHUNK) != MMSYSERR_NOERROR || ck.cksize < sizeof(pcm))
        return FALSE;
    if (mmioRead(hmmio, (HPSTR)&pcm, sizeof(pcm)) != sizeof(pcm))
        return FALSE;
    CopyMemory(&lpSound->wfx, &pcm, sizeof(pcm));
    lpSound->wfx.cbSize = 0;
    mmioAscend(hmmio, &ck, 0);
    ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (mmioDescend(hmmio, &ck, &ckRiff, MMIO_FINDCHUNK) != MMSYSERR_NOERROR)
        return FALSE;
    lpSound->lpSamples = (LPBYTE)GlobalAlloc(GPTR, ck.cksize);
    lpSound->cbSamples = ck.cksize;
    return lpSound->lpSamples != NULL &&
           mmioRead(hmmio, (HPSTR)lpSound->lpSamples, (LONG)ck.cksize) == (LONG)ck.cksize;
}

static BOOL ReadSoundFromMemory(LPVOID lpData, DWORD cbData, LPSOUND lpSound)
{
    MMIOINFO mmioinfo;
    HMMIO hmmio;
    BOOL fOk;
    ZeroMemory(&mmioinfo, sizeof(mmioinfo));
    mmioinfo.fccIOProc = FOURCC_MEM;
    mmioinfo.pchBuffer = (HPSTR)lpData;
    mmioinfo.cchBuffer = (LONG)cbData;
    hmmio = mmioOpen(NULL, &mmioinfo, MMIO_READ);
    if (hmmio == NULL)
        return FALSE;
    fOk = ReadSound(hmmio, lpSound);
    mmioClose(hmmio, 0);
    return fOk;
}

static BOOL LoadSoundResource(LPCTSTR lpszName, LPSOUND lpSound)
{
    HRSRC hrsrc = FindResource(g_hInst, lpszName, TEXT("WAVE"));
    HGLOBAL hglb;
    LPVOID lpData;
    BOOL fOk;
    if (hrsrc == NULL)
        return FALSE;
    hglb = LoadResource(g_hInst, hrsrc);
    if (hglb == NULL || (lpData = LockResource(hglb)) == NULL)
        return FALSE;
    fOk = ReadSoundFromMemory(lpData, SizeofResource(g_hInst, hrsrc), lpSound);
    FreeResource(hglb);
    return fOk;
}

static BOOL LoadSoundFile(LPCTSTR lpszName, LPSOUND lpSound)
{
    TCHAR szFile[_MAX_PATH];
    HMMIO hmmio;
    BOOL fOk;
    int cch;
    for (cch = 0; lpszName[cch] != TEXT('\0') && cch < _MAX_PATH - 5; cch++)
        szFile[cch] = lpszName[cch];
    CopyMemory(szFile + cch, TEXT(".wav"), sizeof(TEXT(".wav")));
    hmmio = mmioOpen(szFile, NULL, MMIO_READ | MMIO_ALLOCBUF | MMIO_DENYWRITE);
    if (hmmio == NULL)
        return FALSE;
    fOk = ReadSound(hmmio, lpSound);
    mmioClose(hmmio, 0);
    return fOk;
}

static BOOL LoadSound(LPCTSTR lpszName, LPSOUND lpSound)
{
    ZeroMemory(lpSound, sizeof(*lpSound));
    return LoadSoundResource(lpszName, lpSound) || LoadSoundFile(lpszName, lpSound);
}

static char click[] = "RIFF\x2e\0\0\0WAVEfmt \x10\0\0\0................"
                      "data\x9\0\0\0\x80\x90\xa0\xb0\xa0\x90\x80\x70\x60";

int main(void)
{
    SOUND sound;
    const PCMWAVEFORMAT pcm = {{WAVE_FORMAT_PCM, 1, 11025, 11025, 1}, 8};
    CopyMemory(click + 20, &pcm, sizeof(pcm));
    put_file("click.wav", click, 54);
    CHECK(FindResource(g_hInst, MAKEINTRESOURCE(101), RT_RCDATA) == NULL);
    CHECK(!LoadSoundResource(TEXT("click"), &sound));
    CHECK(LoadSound(TEXT("click"), &sound));
    printf("%d channel, %d Hz, %d bits, %d bytes\n", sound.wfx.nChannels, (int)sound.wfx.nSamplesPerSec,
           sound.wfx.wBitsPerSample, (int)sound.cbSamples);
    CHECK_EQ(sound.wfx.nSamplesPerSec, 11025);
    CHECK_EQ(sound.cbSamples, 9);
    CHECK_BYTES(sound.lpSamples, click + 44, 9);
    GlobalFree((HGLOBAL)sound.lpSamples);
    CHECK(!LoadSound(TEXT("clack"), &sound));
    CHECK(sound.lpSamples == NULL);
    CHECK(ReadSoundFromMemory((LPVOID)click, sizeof(click) - 1, &sound));
    CHECK_BYTES(sound.lpSamples, click + 44, 9);
    GlobalFree((HGLOBAL)sound.lpSamples);
    CHECK(!ReadSoundFromMemory((LPVOID)click, 40, &sound));
    return report();
}
