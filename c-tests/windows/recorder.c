/* A recorder, as in games and sequencers: a timer that makes a block of sound every 10 ms, and a loop that writes
 * the blocks. It prints the same on Windows.
 *
 * Shows docs/contract.md, 9. Time: "Callbacks", "a late callback is not skipped".
 * Shows docs/contract.md, 10. Functions beside mmio: "Locks", "QueryPerformanceCounter". */
#include <windows.h>

#include <mmsystem.h>
#include <stdio.h>

#include "check.h"

#define BLOCKS 20
#define SAMPLES 80

typedef struct {
    CRITICAL_SECTION cs;
    UINT uTimerID;
    UINT uPeriod;
    int nMade;
    int nWritten;
    short aBlocks[BLOCKS][SAMPLES];
} RECORDER;

static RECORDER Recorder;

static void CALLBACK TimerProc(UINT uTimerID, UINT uMsg, DWORD_PTR dwUser, DWORD_PTR dw1, DWORD_PTR dw2)
{
    RECORDER *pRecorder = (RECORDER *)dwUser;
    int i;
    (void)uTimerID, (void)uMsg, (void)dw1, (void)dw2;
    EnterCriticalSection(&pRecorder->cs);
    if (pRecorder->nMade < BLOCKS) {
        for (i = 0; i < SAMPLES; i++)
            pRecorder->aBlocks[pRecorder->nMade][i] = (short)(i < SAMPLES / 2 ? pRecorder->nMade : -pRecorder->nMade);
        pRecorder->nMade++;
    }
    LeaveCriticalSection(&pRecorder->cs);
}

static BOOL Start(RECORDER *pRecorder)
{
    TIMECAPS tc;
    if (timeGetDevCaps(&tc, sizeof(tc)) != TIMERR_NOERROR)
        return FALSE;
    pRecorder->uPeriod = tc.wPeriodMin;
    timeBeginPeriod(pRecorder->uPeriod);
    InitializeCriticalSection(&pRecorder->cs);
    pRecorder->uTimerID = timeSetEvent(10, pRecorder->uPeriod, TimerProc, (DWORD_PTR)pRecorder,
                                       TIME_PERIODIC | TIME_CALLBACK_FUNCTION);
    return pRecorder->uTimerID != 0;
}

static void Stop(RECORDER *pRecorder)
{
    CHECK_EQ(timeKillEvent(pRecorder->uTimerID), TIMERR_NOERROR);
    CHECK_EQ(timeEndPeriod(pRecorder->uPeriod), TIMERR_NOERROR);
    /* A callback may still be running. */
    Sleep(50);
    DeleteCriticalSection(&pRecorder->cs);
}

/* Writes the blocks that are ready. Returns TRUE after the last one. */
static BOOL WriteWhatIsThere(RECORDER *pRecorder, HMMIO hmmio)
{
    int nMade;
    EnterCriticalSection(&pRecorder->cs);
    nMade = pRecorder->nMade;
    LeaveCriticalSection(&pRecorder->cs);
    for (; pRecorder->nWritten < nMade; pRecorder->nWritten++) {
        LONG cb = sizeof(pRecorder->aBlocks[0]);
        CHECK_EQ(mmioWrite(hmmio, (HPSTR)pRecorder->aBlocks[pRecorder->nWritten], cb), cb);
    }
    return nMade == BLOCKS;
}

int main(void)
{
    TCHAR szName[] = TEXT("recorder.wav");
    MMCKINFO ckRiff, ckData;
    LARGE_INTEGER liFrequency, liBegin, liEnd;
    DWORD dwBegin;
    MMTIME mmt;
    short nSample;
    HMMIO hmmio = mmioOpen(szName, NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);

    ZeroMemory(&ckRiff, sizeof(ckRiff));
    ZeroMemory(&ckData, sizeof(ckData));
    ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    ckData.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioCreateChunk(hmmio, &ckRiff, MMIO_CREATERIFF), MMSYSERR_NOERROR);
    CHECK_EQ(mmioCreateChunk(hmmio, &ckData, 0), MMSYSERR_NOERROR);

    QueryPerformanceFrequency(&liFrequency);
    QueryPerformanceCounter(&liBegin);
    dwBegin = timeGetTime();
    CHECK(Start(&Recorder));
    while (!WriteWhatIsThere(&Recorder, hmmio))
        Sleep(5);
    QueryPerformanceCounter(&liEnd);
    /* The last callback is due after this time. */
    CHECK(timeGetTime() - dwBegin >= 10 * BLOCKS - 20);
    CHECK(MulDiv((int)(liEnd.QuadPart - liBegin.QuadPart), 1000, (int)liFrequency.QuadPart) >= 10 * BLOCKS - 20);
    ZeroMemory(&mmt, sizeof(mmt));
    CHECK_EQ(timeGetSystemTime(&mmt, sizeof(mmt)), TIMERR_NOERROR);
    CHECK(mmt.wType == TIME_MS && mmt.u.ms - dwBegin >= 10 * BLOCKS - 20);
    Stop(&Recorder);

    CHECK_EQ(mmioAscend(hmmio, &ckData, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioAscend(hmmio, &ckRiff, 0), MMSYSERR_NOERROR);
    printf("%d blocks, data of %u bytes in a RIFF of %u\n", Recorder.nWritten, (unsigned)ckData.cksize,
           (unsigned)ckRiff.cksize);
    CHECK_EQ(ckData.cksize, sizeof(Recorder.aBlocks));
    CHECK_EQ(mmioSeek(hmmio, (LONG)(ckData.dwDataOffset + ckData.cksize - 2), SEEK_SET),
             (LONG)(ckData.dwDataOffset + ckData.cksize - 2));
    CHECK_EQ(mmioRead(hmmio, (HPSTR)&nSample, 2), 2);
    CHECK_EQ(nSample, -(BLOCKS - 1));
    CHECK_EQ(mmioClose(hmmio, 0), MMSYSERR_NOERROR);
    CHECK(timeKillEvent(Recorder.uTimerID) != TIMERR_NOERROR);
    return report();
}
