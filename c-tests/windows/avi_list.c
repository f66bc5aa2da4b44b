/* A lister of AVI files, as in typical tools, with the structures of vfw.h; and the file that it lists.
 *
 * Shows docs/contract.md, 6. RIFF: "Descend", "FINDLIST", "CreateChunk".
 * Shows docs/differences.md, Headers: "AVIOLDINDEX". */
#include <windows.h>

#include <vfw.h>

#include "check.h"

#define FRAMES 3

static TCHAR szAvi[] = TEXT("clip.avi");

/* Writes a structure as it is in memory, which is its form in a file on a little-endian machine. Only such machines
 * had this. */
static void Chunk(HMMIO hmmio, FOURCC ckid, LPCVOID lpData, LONG cb)
{
    MMCKINFO ck;
    ck.ckid = ckid;
    ck.cksize = (DWORD)cb;
    CHECK_EQ(mmioCreateChunk(hmmio, &ck, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioWrite(hmmio, (HPSTR)lpData, cb), cb);
    CHECK_EQ(mmioAscend(hmmio, &ck, 0), MMSYSERR_NOERROR);
}

static void List(HMMIO hmmio, MMCKINFO *lpck, FOURCC fccType, UINT wFlags)
{
    lpck->fccType = fccType;
    lpck->cksize = 0;
    CHECK_EQ(mmioCreateChunk(hmmio, lpck, wFlags), MMSYSERR_NOERROR);
}

static void WriteAvi(void)
{
    MMCKINFO ckRiff, ckHdrl, ckStrl, ckMovi;
    MainAVIHeader avih;
    AVIStreamHeader strh;
    BITMAPINFOHEADER bi;
    AVIINDEXENTRY idx[FRAMES];
    BYTE frame[10];
    DWORD i, offset = 4;
    HMMIO hmmio = mmioOpen(szAvi, NULL, MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF);
    CHECK(hmmio != NULL);
    ZeroMemory(&avih, sizeof(avih));
    avih.dwMicroSecPerFrame = 40000;
    avih.dwFlags = AVIF_HASINDEX;
    avih.dwTotalFrames = FRAMES;
    avih.dwStreams = 1;
    avih.dwWidth = 2;
    avih.dwHeight = 1;
    ZeroMemory(&strh, sizeof(strh));
    strh.fccType = streamtypeVIDEO;
    strh.fccHandler = comptypeDIB;
    strh.dwScale = 1;
    strh.dwRate = 25;
    strh.dwLength = FRAMES;
    ZeroMemory(&bi, sizeof(bi));
    bi.biSize = sizeof(bi);
    bi.biWidth = 2;
    bi.biHeight = -1;
    bi.biPlanes = 1;
    bi.biBitCount = 24;
    bi.biCompression = BI_RGB;
    List(hmmio, &ckRiff, formtypeAVI, MMIO_CREATERIFF);
    List(hmmio, &ckHdrl, listtypeAVIHEADER, MMIO_CREATELIST);
    Chunk(hmmio, ckidAVIMAINHDR, &avih, sizeof(avih));
    List(hmmio, &ckStrl, listtypeSTREAMHEADER, MMIO_CREATELIST);
    Chunk(hmmio, ckidSTREAMHEADER, &strh, 56);
    Chunk(hmmio, ckidSTREAMFORMAT, &bi, sizeof(bi));
    CHECK_EQ(mmioAscend(hmmio, &ckStrl, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioAscend(hmmio, &ckHdrl, 0), MMSYSERR_NOERROR);
    List(hmmio, &ckMovi, listtypeAVIMOVIE, MMIO_CREATELIST);
    for (i = 0; i < FRAMES; i++) {
        idx[i].ckid = MAKEAVICKID(cktypeDIBbits, 0);
        idx[i].dwFlags = i == 0 ? AVIIF_KEYFRAME : 0;
        idx[i].dwChunkOffset = offset;
        idx[i].dwChunkLength = 6 + 2 * i;
        FillMemory(frame, sizeof(frame), (BYTE)i);
        Chunk(hmmio, idx[i].ckid, frame, (LONG)idx[i].dwChunkLength);
        offset += 8 + idx[i].dwChunkLength;
    }
    CHECK_EQ(mmioAscend(hmmio, &ckMovi, 0), MMSYSERR_NOERROR);
    Chunk(hmmio, ckidAVINEWINDEX, idx, sizeof(idx));
    CHECK_EQ(mmioAscend(hmmio, &ckRiff, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioClose(hmmio, 0), MMSYSERR_NOERROR);
}

static BOOL Find(HMMIO hmmio, MMCKINFO *lpck, const MMCKINFO *lpckParent, FOURCC fcc, UINT wFlags)
{
    if (wFlags == MMIO_FINDCHUNK)
        lpck->ckid = fcc;
    else
        lpck->fccType = fcc;
    return mmioDescend(hmmio, lpck, lpckParent, wFlags) == MMSYSERR_NOERROR;
}

static void ListAvi(void)
{
    MMCKINFO ckRiff, ckHdrl, ckStrl, ckMovi, ck;
    MainAVIHeader avih;
    AVIStreamHeader strh;
    BITMAPINFOHEADER bi;
    AVIINDEXENTRY idx;
    BYTE frame[10];
    int i;
    HMMIO hmmio = mmioOpen(szAvi, NULL, MMIO_READ | MMIO_ALLOCBUF);
    CHECK(hmmio != NULL);
    CHECK(Find(hmmio, &ckRiff, NULL, formtypeAVI, MMIO_FINDRIFF));
    CHECK(Find(hmmio, &ckHdrl, &ckRiff, listtypeAVIHEADER, MMIO_FINDLIST));
    CHECK(Find(hmmio, &ck, &ckHdrl, ckidAVIMAINHDR, MMIO_FINDCHUNK));
    CHECK_EQ(mmioRead(hmmio, (HPSTR)&avih, sizeof(avih)), sizeof(avih));
    printf("%d frames of %d x %d, %d us each\n", (int)avih.dwTotalFrames, (int)avih.dwWidth, (int)avih.dwHeight,
           (int)avih.dwMicroSecPerFrame);
    mmioAscend(hmmio, &ck, 0);
    CHECK(Find(hmmio, &ckStrl, &ckHdrl, listtypeSTREAMHEADER, MMIO_FINDLIST));
    CHECK(Find(hmmio, &ck, &ckStrl, ckidSTREAMHEADER, MMIO_FINDCHUNK));
    CHECK_EQ(ck.cksize, 56);
    CHECK_EQ(mmioRead(hmmio, (HPSTR)&strh, 56), 56);
    printf("stream: %.4s, %d / %d\n", (const char *)&strh.fccType, (int)strh.dwRate, (int)strh.dwScale);
    mmioAscend(hmmio, &ck, 0);
    CHECK(Find(hmmio, &ck, &ckStrl, ckidSTREAMFORMAT, MMIO_FINDCHUNK));
    CHECK_EQ(mmioRead(hmmio, (HPSTR)&bi, sizeof(bi)), sizeof(bi));
    printf("picture: %d bytes, %d x %d, %d bits\n", (int)bi.biSize, (int)bi.biWidth, (int)bi.biHeight, bi.biBitCount);
    mmioAscend(hmmio, &ck, 0);
    mmioAscend(hmmio, &ckStrl, 0);
    mmioAscend(hmmio, &ckHdrl, 0);
    CHECK(Find(hmmio, &ckMovi, &ckRiff, listtypeAVIMOVIE, MMIO_FINDLIST));
    mmioAscend(hmmio, &ckMovi, 0);
    CHECK(Find(hmmio, &ck, &ckRiff, ckidAVINEWINDEX, MMIO_FINDCHUNK));
    CHECK_EQ(ck.cksize / sizeof(idx), FRAMES);
    for (i = 0; i < FRAMES; i++) {
        CHECK_EQ(mmioSeek(hmmio, (LONG)(ck.dwDataOffset + i * sizeof(idx)), SEEK_SET), ck.dwDataOffset + i * sizeof(idx));
        CHECK_EQ(mmioRead(hmmio, (HPSTR)&idx, sizeof(idx)), sizeof(idx));
        CHECK_EQ(StreamFromFOURCC(idx.ckid), 0);
        CHECK_EQ(TWOCCFromFOURCC(idx.ckid), cktypeDIBbits);
        CHECK(mmioSeek(hmmio, (LONG)(ckMovi.dwDataOffset + idx.dwChunkOffset + 8), SEEK_SET) > 0);
        CHECK_EQ(mmioRead(hmmio, (HPSTR)frame, (LONG)idx.dwChunkLength), idx.dwChunkLength);
        printf("frame %d: %d bytes of %d%s\n", i, (int)idx.dwChunkLength, frame[idx.dwChunkLength - 1],
               idx.dwFlags & AVIIF_KEYFRAME ? ", key" : "");
    }
    CHECK_EQ(mmioClose(hmmio, 0), MMSYSERR_NOERROR);
}

int main(void)
{
    WriteAvi();
    ListAvi();
    return report();
}
