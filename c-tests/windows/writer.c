/* A writer of WAV files, as in programs that open the file themselves: CreateFile, mmio on its handle, and the
 * handle again after it. It prints the same on Windows.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "adwInfo[0] adopts them", "CreateFile".
 * Shows docs/contract.md, 5. I/O procedures and messages: "MMIO_FHOPEN". */
#include <windows.h>

#include <mmsystem.h>
#include <stdio.h>
#include <tchar.h>

#include "check.h"

typedef struct {
    TCHAR szPath[MAX_PATH];
    HANDLE hFile;
    HMMIO hmmio;
    MMCKINFO ckRiff;
    MMCKINFO ckData;
    DWORD dwSamples;
} WAVEWRITER, *LPWAVEWRITER;

static void ShowError(LPCTSTR pszWhat)
{
    TCHAR szText[MAX_PATH];
    lstrcpy(szText, pszWhat);
    lstrcat(szText, TEXT(" failed"));
    OutputDebugString(szText);
}

static BOOL WriterOpen(LPWAVEWRITER pWriter, LPCTSTR pszName)
{
    PCMWAVEFORMAT pcm;
    MMCKINFO ckFmt;
    MMIOINFO mmioinfo;

    ZeroMemory(pWriter, sizeof(*pWriter));
    pWriter->hFile = INVALID_HANDLE_VALUE;
    if (GetTempPath(MAX_PATH - 40, pWriter->szPath) == 0)
        return FALSE;
    lstrcat(pWriter->szPath, pszName);

    pWriter->hFile = CreateFile(pWriter->szPath, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, CREATE_ALWAYS,
                                FILE_ATTRIBUTE_NORMAL | FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (pWriter->hFile == INVALID_HANDLE_VALUE) {
        ShowError(TEXT("CreateFile"));
        return FALSE;
    }

    ZeroMemory(&mmioinfo, sizeof(mmioinfo));
    mmioinfo.adwInfo[0] = (DWORD)(DWORD_PTR)pWriter->hFile;
    pWriter->hmmio = mmioOpen(NULL, &mmioinfo, MMIO_READWRITE | MMIO_ALLOCBUF);
    if (pWriter->hmmio == NULL) {
        ShowError(TEXT("mmioOpen"));
        CloseHandle(pWriter->hFile);
        return FALSE;
    }

    pWriter->ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    if (mmioCreateChunk(pWriter->hmmio, &pWriter->ckRiff, MMIO_CREATERIFF) != MMSYSERR_NOERROR)
        return FALSE;
    ZeroMemory(&ckFmt, sizeof(ckFmt));
    ckFmt.ckid = mmioFOURCC('f', 'm', 't', ' ');
    if (mmioCreateChunk(pWriter->hmmio, &ckFmt, 0) != MMSYSERR_NOERROR)
        return FALSE;
    ZeroMemory(&pcm, sizeof(pcm));
    pcm.wf.wFormatTag = WAVE_FORMAT_PCM;
    pcm.wf.nChannels = 1;
    pcm.wf.nSamplesPerSec = 8000;
    pcm.wf.nAvgBytesPerSec = 16000;
    pcm.wf.nBlockAlign = 2;
    pcm.wBitsPerSample = 16;
    if (mmioWrite(pWriter->hmmio, (HPSTR)&pcm, sizeof(pcm)) != sizeof(pcm))
        return FALSE;
    mmioAscend(pWriter->hmmio, &ckFmt, 0);
    pWriter->ckData.ckid = mmioFOURCC('d', 'a', 't', 'a');
    return mmioCreateChunk(pWriter->hmmio, &pWriter->ckData, 0) == MMSYSERR_NOERROR;
}

static BOOL WriterWrite(LPWAVEWRITER pWriter, const short *pSamples, DWORD dwSamples)
{
    LONG cb = (LONG)(dwSamples * sizeof(short));
    if (mmioWrite(pWriter->hmmio, (HPSTR)pSamples, cb) != cb)
        return FALSE;
    pWriter->dwSamples += dwSamples;
    return TRUE;
}

/* Completes the chunks. What the program adds after them is not known to mmio. */
static BOOL WriterClose(LPWAVEWRITER pWriter, LPCSTR pszNote)
{
    DWORD dwWritten = 0, dwSize;
    mmioAscend(pWriter->hmmio, &pWriter->ckData, 0);
    mmioAscend(pWriter->hmmio, &pWriter->ckRiff, 0);
    if (mmioClose(pWriter->hmmio, MMIO_FHOPEN) != MMSYSERR_NOERROR)
        return FALSE;
    if (SetFilePointer(pWriter->hFile, 0, NULL, FILE_END) == INVALID_SET_FILE_POINTER && GetLastError() != NO_ERROR)
        return FALSE;
    dwSize = GetFileSize(pWriter->hFile, NULL);
    printf("%u samples in %u bytes\n", (unsigned)pWriter->dwSamples, (unsigned)dwSize);
    if (!WriteFile(pWriter->hFile, pszNote, (DWORD)lstrlenA(pszNote), &dwWritten, NULL))
        return FALSE;
    return CloseHandle(pWriter->hFile) && dwWritten == (DWORD)lstrlenA(pszNote);
}

/* Reads the file by its name in another case. */
static void ReadBack(LPWAVEWRITER pWriter)
{
    MMCKINFO ckRiff, ckData;
    short nSample;
    HMMIO hmmio = mmioOpen(pWriter->szPath, NULL, MMIO_READ | MMIO_ALLOCBUF);
    CHECK(hmmio != NULL);
    ZeroMemory(&ckRiff, sizeof(ckRiff));
    ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    CHECK_EQ(mmioDescend(hmmio, &ckRiff, NULL, MMIO_FINDRIFF), MMSYSERR_NOERROR);
    ZeroMemory(&ckData, sizeof(ckData));
    ckData.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioDescend(hmmio, &ckData, &ckRiff, MMIO_FINDCHUNK), MMSYSERR_NOERROR);
    CHECK_EQ(ckData.cksize, pWriter->dwSamples * 2);
    printf("RIFF of %u bytes, data of %u at %u\n", (unsigned)ckRiff.cksize, (unsigned)ckData.cksize,
           (unsigned)ckData.dwDataOffset);
    mmioSeek(hmmio, 2 * 1999, SEEK_CUR);
    CHECK_EQ(mmioRead(hmmio, (HPSTR)&nSample, 2), 2);
    CHECK_EQ(nSample, 1999);
    mmioClose(hmmio, 0);
}

int main(void)
{
    WAVEWRITER Writer;
    short samples[1000];
    HANDLE hOther;
    char note[8];
    DWORD dwRead = 0;
    int nBlock, i;

    CHECK(WriterOpen(&Writer, TEXT("mmsystem-writer.wav")));
    for (nBlock = 0; nBlock < 4; nBlock++) {
        for (i = 0; i < 1000; i++)
            samples[i] = (short)(nBlock * 1000 + i);
        CHECK(WriterWrite(&Writer, samples, 1000));
    }
    /* Others may read it, but not write to it. */
    hOther = CreateFile(Writer.szPath, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(hOther == INVALID_HANDLE_VALUE);
    CHECK_EQ(GetLastError(), ERROR_SHARING_VIOLATION);
    CHECK(WriterClose(&Writer, "the end"));

    hOther = CreateFile(Writer.szPath, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(hOther != INVALID_HANDLE_VALUE);
    CHECK_EQ(SetFilePointer(hOther, -7, NULL, FILE_END), 44 + 8000);
    CHECK(ReadFile(hOther, note, sizeof(note), &dwRead, NULL));
    CHECK_EQ(dwRead, 7);
    CHECK_BYTES(note, "the end", 7);
    CHECK(CloseHandle(hOther));

    ReadBack(&Writer);
    CHECK(DeleteFile(Writer.szPath));
    CHECK(!DeleteFile(Writer.szPath));
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
    return report();
}
