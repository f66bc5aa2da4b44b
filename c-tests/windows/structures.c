/* The structures of windows.h, wingdi.h, vfw.h, aviriff.h and mmreg.h in use. mmsystem_*.h check their layout.
 *
 * Shows docs/contract.md, 1. ABI: "Structures are packed to 1 byte, as in the Windows headers". */
#include <windows.h>

#include <aviriff.h>
#include <mmreg.h>
#include <vfw.h>

#include "check.h"

static void a_large_integer_has_halves(void)
{
    LARGE_INTEGER large;
    ULARGE_INTEGER without_sign;
    large.QuadPart = -2;
    CHECK_EQ(large.LowPart, 0xfffffffe);
    CHECK_EQ(large.HighPart, -1);
    CHECK_EQ(large.u.LowPart, 0xfffffffe);
    CHECK_EQ(large.u.HighPart, -1);
    without_sign.LowPart = 5;
    without_sign.HighPart = 0x80000000;
    CHECK(without_sign.QuadPart == ((ULONGLONG)0x80000000 << 32 | 5));
    CHECK(without_sign.u.HighPart == 0x80000000);
}

static void structures_have_their_members(void)
{
    RECT rc = {1, 2, 3, 4};
    LPCRECT lprc = &rc;
    POINT pt = {5, 6};
    SIZE size = {7, 8};
    SYSTEMTIME st = {1995, 8, 4, 24, 0, 0, 0, 0};
    FILETIME ft = {1, 2};
    CRITICAL_SECTION cs;
    LPCRITICAL_SECTION lpcs = &cs;
    SECURITY_ATTRIBUTES sa = {sizeof(SECURITY_ATTRIBUTES), NULL, TRUE};
    OVERLAPPED overlapped;
    LPOVERLAPPED lpo = &overlapped;
    CHECK_EQ(lprc->right - lprc->left + lprc->bottom - lprc->top, 4);
    CHECK_EQ(pt.x + pt.y + size.cx + size.cy, 26);
    CHECK_EQ(st.wYear, 1995);
    CHECK_EQ(st.wDay, 24);
    CHECK_EQ(ft.dwHighDateTime, 2);
    lpcs->RecursionCount = 1;
    CHECK_EQ(cs.RecursionCount, 1);
    lpo->Offset = 1, lpo->OffsetHigh = 2;
    CHECK_EQ(overlapped.Offset + overlapped.OffsetHigh, 3);
    CHECK(sa.nLength == sizeof sa && sa.lpSecurityDescriptor == NULL && sa.bInheritHandle);
}

static void identifiers_are_compared(void)
{
    WAVEFORMATEXTENSIBLE wfx;
    const GUID pcm = {DEFINE_WAVEFORMATEX_GUID(WAVE_FORMAT_PCM)};
    LPGUID lpGuid = &wfx.SubFormat;
    wfx.SubFormat = KSDATAFORMAT_SUBTYPE_IEEE_FLOAT;
    CHECK_EQ(lpGuid->Data1, WAVE_FORMAT_IEEE_FLOAT);
#ifdef __cplusplus
    {
        REFGUID rguid = wfx.SubFormat;
        CHECK(IsEqualGUID(pcm, KSDATAFORMAT_SUBTYPE_PCM));
        CHECK(!IsEqualGUID(rguid, KSDATAFORMAT_SUBTYPE_PCM));
        CHECK(pcm == KSDATAFORMAT_SUBTYPE_PCM && pcm != rguid);
    }
#else
    {
        REFGUID rguid = &wfx.SubFormat;
        CHECK(IsEqualGUID(&pcm, &KSDATAFORMAT_SUBTYPE_PCM));
        CHECK(!IsEqualGUID(rguid, &KSDATAFORMAT_SUBTYPE_PCM));
    }
#endif
}

/* As stored in files. */
static void structures_of_files_are_read_as_they_are(void)
{
    static const unsigned char bmp[14] = {'B', 'M', 1, 2, 3, 4, 0, 0, 0, 0, 54};
    static const unsigned char pal[8] = {0, 3, 1, 0, 10, 20, 30};
    static const unsigned char index[16] = {'0', '1', 'w', 'b', 0x10, 0, 0, 0, 4, 0, 0, 0, 0, 1};
    BITMAPFILEHEADER bf;
    BITMAPINFO bmi;
    LOGPALETTE lp;
    AVIINDEXENTRY entry;
    memcpy(&bf, bmp, sizeof bf);
    memcpy(&lp, pal, sizeof lp);
    memcpy(&entry, index, sizeof entry);
    CHECK_BYTES(&bf.bfType, "BM", 2);
    CHECK_EQ(lp.palPalEntry[0].peBlue, 30);
    CHECK_BYTES(&entry.ckid, "01wb", 4);
    if (*(const WORD *)(const void *)(pal + 2) == 1) { /* Little-endian, as files are. */
        CHECK_EQ(bf.bfSize, 0x04030201);
        CHECK_EQ(bf.bfOffBits, 54);
        CHECK_EQ(lp.palVersion, 0x300);
        CHECK_EQ(entry.dwFlags, AVIIF_KEYFRAME);
        CHECK_EQ(entry.dwChunkLength, 256);
    }
    bmi.bmiHeader.biCompression = BI_RGB;
    bmi.bmiColors[0].rgbRed = GetRValue(RGB(1, 2, 3));
    CHECK_EQ(bmi.bmiColors[0].rgbRed, 1);
    CHECK_EQ(GetGValue(RGB(1, 2, 3)) * 10 + GetBValue(RGB(1, 2, 3)), 23);
    CHECK_EQ(RGB(1, 2, 255), 0xff0201);
}

static void chunks_of_streams_have_codes(void)
{
    DWORD id = MAKEAVICKID(cktypeWAVEbytes, 0x1b);
    RIFFCHUNK chunks[4];
    CHECK_EQ(id, mmioFOURCC('1', 'B', 'w', 'b'));
    CHECK_EQ(StreamFromFOURCC(id), 0x1b);
    CHECK_EQ(TWOCCFromFOURCC(id), cktypeWAVEbytes);
    CHECK_EQ(ckidMAINAVIHEADER, ckidAVIMAINHDR);
    CHECK_EQ(ckidAVIOLDINDEX, ckidAVINEWINDEX);
    chunks[0].cb = 15;
    CHECK(RIFFNEXT(chunks) == &chunks[3]);
    CHECK(RIFFNEXT((LPBYTE)(void *)chunks) == &chunks[3]);
}

#include <pshpack1.h>
typedef struct {
    char code;
    DWORD size;
#include <pshpack2.h>
    struct {
        char number;
        DWORD offset;
    } entry;
#include <poppack.h>
} PACKED;
#include <poppack.h>
typedef struct {
    char code;
    DWORD size;
} NATURAL;

static void structures_can_be_packed(void)
{
    CHECK_EQ(FIELD_OFFSET(PACKED, size), 1);
    CHECK_EQ(FIELD_OFFSET(PACKED, entry.offset), 7);
    CHECK_EQ(sizeof(PACKED), 11);
    CHECK_EQ(sizeof(NATURAL), 8);
}

/* The `fmt ` chunks of compressed formats, as other software writes them. */
static void formats_have_members_of_their_own(void)
{
    static const unsigned char adpcm[50] = {2, 0, 1, 0, 0x11, 0x2b, 0, 0, 0xda, 0x15, 0,    0, 0,    1, 4, 0, 32,
                                            0, 0xf4, 1, 7, 0, 0,    1, 0, 0,    0,    2, 0, 0xff};
    static const unsigned char mp3[30] = {0x55, 0, 2, 0, 0x44, 0xac, 0, 0, 0x80, 0x3e, 0, 0, 1, 0, 0,
                                          0,    12, 0, 1, 0, 2, 0, 0, 0, 0xa1, 1, 1, 0, 0x71, 5};
    union {
        ADPCMWAVEFORMAT format;
        unsigned char bytes[50];
    } wave;
    MPEGLAYER3WAVEFORMAT layer3;
    LPMPEGLAYER3WAVEFORMAT lpLayer3 = &layer3;
    LPADPCMCOEFSET lpCoef = wave.format.aCoef;
    PADPCMCOEFSET pCoef = lpCoef;
    NPADPCMWAVEFORMAT npFormat = &wave.format;
    memcpy(wave.bytes, adpcm, sizeof adpcm);
    memcpy(&layer3, mp3, sizeof mp3);
    CHECK_EQ(FIELD_OFFSET(ADPCMWAVEFORMAT, aCoef[7]), sizeof adpcm);
    CHECK_EQ(sizeof(layer3) - sizeof(WAVEFORMATEX), MPEGLAYER3_WFX_EXTRA_BYTES);
    if (*(const WORD *)(const void *)adpcm == WAVE_FORMAT_ADPCM) {
        CHECK_EQ(wave.format.wfx.cbSize, 4 + 4 * wave.format.wNumCoef);
        CHECK_EQ(wave.format.wSamplesPerBlock, 500);
        CHECK_EQ(pCoef[0].iCoef1, 256);
        CHECK_EQ(npFormat->wNumCoef, 7);
        CHECK_EQ(lpCoef[1].iCoef2, -256);
        CHECK_EQ(lpLayer3->wfx.cbSize, MPEGLAYER3_WFX_EXTRA_BYTES);
        CHECK_EQ(lpLayer3->fdwFlags, MPEGLAYER3_FLAG_PADDING_OFF);
        CHECK_EQ(lpLayer3->nBlockSize, 417);
        CHECK_EQ(lpLayer3->nCodecDelay, 1393);
    }
}

int main(void)
{
    structures_can_be_packed();
    formats_have_members_of_their_own();
    a_large_integer_has_halves();
    structures_have_their_members();
    identifiers_are_compared();
    structures_of_files_are_read_as_they_are();
    chunks_of_streams_have_codes();
    return report();
}
