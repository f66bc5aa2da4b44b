// A class as in players that use DirectSound: it opens a sound, reads it by direct access to the buffer, and writes one.
// Errors go through DXTRACE_ERR.
//
// Shows docs/contract.md, 3. The buffer: "Direct access", "Advance".
// Shows docs/differences.md, Headers: "DXTRACE_*".
#include <windows.h>

#include <dxerr9.h>
#include <mmreg.h>
#include <mmsystem.h>

#include "check.h"

class CSoundFile
{
public:
    CSoundFile();
    ~CSoundFile();
    HRESULT Open(LPTSTR szFile);
    HRESULT Create(LPTSTR szFile, const WAVEFORMATEX *pwfx);
    HRESULT Read(BYTE *pBuffer, DWORD dwToRead, DWORD *pdwRead);
    HRESULT Write(const BYTE *pData, DWORD dwToWrite);
    HRESULT Rewind();
    HRESULT Close();
    DWORD GetSize() const { return m_ck.cksize; }
    const WAVEFORMATEX &GetFormat() const { return m_wfx; }

private:
    HRESULT ReadHeader();
    HMMIO m_hmmio;
    MMIOINFO m_mmioinfo;
    MMCKINFO m_ck, m_ckRiff;
    WAVEFORMATEX m_wfx;
    BOOL m_bWriting;
};

CSoundFile::CSoundFile() : m_hmmio(NULL), m_bWriting(FALSE)
{
    ZeroMemory(&m_ck, sizeof(m_ck));
    ZeroMemory(&m_wfx, sizeof(m_wfx));
}

CSoundFile::~CSoundFile()
{
    Close();
}

HRESULT CSoundFile::Open(LPTSTR szFile)
{
    HRESULT hr;
    m_hmmio = mmioOpen(szFile, NULL, MMIO_ALLOCBUF | MMIO_READ);
    if (m_hmmio == NULL)
        return DXTRACE_ERR(TEXT("mmioOpen"), E_FAIL);
    if (FAILED(hr = ReadHeader())) {
        Close();
        return DXTRACE_ERR(TEXT("ReadHeader"), hr);
    }
    return Rewind();
}

HRESULT CSoundFile::ReadHeader()
{
    MMCKINFO ckFmt;
    m_ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    if (0 != mmioDescend(m_hmmio, &m_ckRiff, NULL, MMIO_FINDRIFF))
        return DXTRACE_ERR(TEXT("mmioDescend"), E_FAIL);
    ckFmt.ckid = mmioFOURCC('f', 'm', 't', ' ');
    if (0 != mmioDescend(m_hmmio, &ckFmt, &m_ckRiff, MMIO_FINDCHUNK))
        return DXTRACE_ERR(TEXT("mmioDescend"), E_FAIL);
    if (ckFmt.cksize < sizeof(PCMWAVEFORMAT))
        return DXTRACE_ERR(TEXT("the format"), E_FAIL);
    LONG cb = ckFmt.cksize < sizeof(m_wfx) ? (LONG)ckFmt.cksize : (LONG)sizeof(m_wfx);
    if (mmioRead(m_hmmio, (HPSTR)&m_wfx, cb) != cb)
        return DXTRACE_ERR(TEXT("mmioRead"), E_FAIL);
    if (0 != mmioAscend(m_hmmio, &ckFmt, 0))
        return DXTRACE_ERR(TEXT("mmioAscend"), E_FAIL);
    return S_OK;
}

HRESULT CSoundFile::Rewind()
{
    if (-1 == mmioSeek(m_hmmio, (LONG)(m_ckRiff.dwDataOffset + sizeof(FOURCC)), SEEK_SET))
        return DXTRACE_ERR(TEXT("mmioSeek"), E_FAIL);
    m_ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    if (0 != mmioDescend(m_hmmio, &m_ck, &m_ckRiff, MMIO_FINDCHUNK))
        return DXTRACE_ERR(TEXT("mmioDescend"), E_FAIL);
    return S_OK;
}

HRESULT CSoundFile::Read(BYTE *pBuffer, DWORD dwToRead, DWORD *pdwRead)
{
    MMIOINFO info;
    *pdwRead = 0;
    if (m_hmmio == NULL)
        return CO_E_NOTINITIALIZED;
    if (0 != mmioGetInfo(m_hmmio, &info, 0))
        return DXTRACE_ERR(TEXT("mmioGetInfo"), E_FAIL);
    DWORD dwLeft = dwToRead < m_ck.cksize ? dwToRead : m_ck.cksize;
    m_ck.cksize -= dwLeft;
    for (; *pdwRead < dwLeft; (*pdwRead)++) {
        if (info.pchNext == info.pchEndRead) {
            if (0 != mmioAdvance(m_hmmio, &info, MMIO_READ))
                return DXTRACE_ERR(TEXT("mmioAdvance"), E_FAIL);
            if (info.pchNext == info.pchEndRead)
                return DXTRACE_ERR(TEXT("the end of the file"), E_FAIL);
        }
        pBuffer[*pdwRead] = *(BYTE *)info.pchNext++;
    }
    if (0 != mmioSetInfo(m_hmmio, &info, 0))
        return DXTRACE_ERR(TEXT("mmioSetInfo"), E_FAIL);
    return S_OK;
}

HRESULT CSoundFile::Create(LPTSTR szFile, const WAVEFORMATEX *pwfx)
{
    MMCKINFO ckFmt;
    m_hmmio = mmioOpen(szFile, NULL, MMIO_ALLOCBUF | MMIO_READWRITE | MMIO_CREATE);
    if (m_hmmio == NULL)
        return DXTRACE_ERR(TEXT("mmioOpen"), E_FAIL);
    m_bWriting = TRUE;
    m_ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    m_ckRiff.cksize = 0;
    if (0 != mmioCreateChunk(m_hmmio, &m_ckRiff, MMIO_CREATERIFF))
        return DXTRACE_ERR(TEXT("mmioCreateChunk"), E_FAIL);
    ckFmt.ckid = mmioFOURCC('f', 'm', 't', ' ');
    ckFmt.cksize = 0;
    if (0 != mmioCreateChunk(m_hmmio, &ckFmt, 0))
        return DXTRACE_ERR(TEXT("mmioCreateChunk"), E_FAIL);
    if (mmioWrite(m_hmmio, (HPSTR)pwfx, sizeof(PCMWAVEFORMAT)) != sizeof(PCMWAVEFORMAT))
        return DXTRACE_ERR(TEXT("mmioWrite"), E_FAIL);
    if (0 != mmioAscend(m_hmmio, &ckFmt, 0))
        return DXTRACE_ERR(TEXT("mmioAscend"), E_FAIL);
    m_ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    m_ck.cksize = 0;
    if (0 != mmioCreateChunk(m_hmmio, &m_ck, 0))
        return DXTRACE_ERR(TEXT("mmioCreateChunk"), E_FAIL);
    if (0 != mmioGetInfo(m_hmmio, &m_mmioinfo, 0))
        return DXTRACE_ERR(TEXT("mmioGetInfo"), E_FAIL);
    return S_OK;
}

HRESULT CSoundFile::Write(const BYTE *pData, DWORD dwToWrite)
{
    if (m_hmmio == NULL)
        return CO_E_NOTINITIALIZED;
    for (DWORD i = 0; i < dwToWrite; i++) {
        if (m_mmioinfo.pchNext == m_mmioinfo.pchEndWrite) {
            m_mmioinfo.dwFlags |= MMIO_DIRTY;
            if (0 != mmioAdvance(m_hmmio, &m_mmioinfo, MMIO_WRITE))
                return DXTRACE_ERR(TEXT("mmioAdvance"), E_FAIL);
        }
        *((BYTE *)m_mmioinfo.pchNext++) = pData[i];
    }
    return S_OK;
}

HRESULT CSoundFile::Close()
{
    HRESULT hr = S_OK;
    if (m_hmmio == NULL)
        return S_FALSE;
    if (m_bWriting) {
        m_mmioinfo.dwFlags |= MMIO_DIRTY;
        if (0 != mmioSetInfo(m_hmmio, &m_mmioinfo, 0) || 0 != mmioAscend(m_hmmio, &m_ck, 0) ||
            0 != mmioAscend(m_hmmio, &m_ckRiff, 0))
            hr = DXTRACE_ERR_NOMSGBOX(TEXT("closing"), E_FAIL);
    }
    mmioClose(m_hmmio, 0);
    m_hmmio = NULL;
    m_bWriting = FALSE;
    return hr;
}

static TCHAR szFile[] = TEXT("sound.wav");
static TCHAR szNone[] = TEXT("none.wav");
static BYTE samples[20001], again[20001];

int main()
{
    WAVEFORMATEX wfx = {WAVE_FORMAT_PCM, 1, 8000, 8000, 1, 8, 0};
    DWORD dwRead = 0, i;
    for (i = 0; i < sizeof(samples); i++)
        samples[i] = (BYTE)(i * 7 + i / 256);
    {
        CSoundFile file;
        CHECK_EQ(file.Open(szNone), E_FAIL);
        CHECK_EQ(file.Write(samples, 1), CO_E_NOTINITIALIZED);
        CHECK_EQ(file.Close(), S_FALSE);
        CHECK_EQ(file.Create(szFile, &wfx), S_OK);
        for (i = 0; i < sizeof(samples); i += 59 * 3)
            CHECK_EQ(file.Write(samples + i, 59 * 3), S_OK);
        CHECK_EQ(file.Close(), S_OK);
    }
    CSoundFile file;
    CHECK_EQ(file.Open(szFile), S_OK);
    printf("%d Hz, %d bytes\n", (int)file.GetFormat().nSamplesPerSec, (int)file.GetSize());
    CHECK_EQ(file.GetSize(), sizeof(samples));
    CHECK_EQ(file.Read(again, 5000, &dwRead), S_OK);
    CHECK_EQ(dwRead, 5000);
    CHECK_EQ(file.Read(again + 5000, sizeof(again), &dwRead), S_OK);
    CHECK_EQ(dwRead, sizeof(again) - 5000);
    CHECK_BYTES(again, samples, sizeof(samples));
    CHECK_EQ(file.Read(again, 1, &dwRead), S_OK);
    CHECK_EQ(dwRead, 0);
    CHECK_EQ(file.Rewind(), S_OK);
    CHECK_EQ(file.Read(again, 1, &dwRead), S_OK);
    CHECK_EQ(dwRead, 1);
    return report();
}
