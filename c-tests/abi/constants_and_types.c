/* Every macro, type and structure member of mmsystem.h has its size, offset and value.
 *
 * Shows docs/contract.md, 1. ABI: "Structures are packed to 1 byte", "MMIOINFO is 100 bytes", "Constants".
 * Shows docs/contract.md, 1. ABI: "WAVEFORMATEX". */
#include "check.h"

static void constants_of_open(void)
{
    CHECK_EQ(MMIO_READ, 0);
    CHECK_EQ(MMIO_WRITE, 1);
    CHECK_EQ(MMIO_READWRITE, 2);
    CHECK_EQ(MMIO_RWMODE, 3);
    CHECK_EQ(MMIO_COMPAT, 0);
    CHECK_EQ(MMIO_EXCLUSIVE, 0x10);
    CHECK_EQ(MMIO_DENYWRITE, 0x20);
    CHECK_EQ(MMIO_DENYREAD, 0x30);
    CHECK_EQ(MMIO_DENYNONE, 0x40);
    CHECK_EQ(MMIO_SHAREMODE, 0x70);
    CHECK_EQ(MMIO_PARSE, 0x100);
    CHECK_EQ(MMIO_DELETE, 0x200);
    CHECK_EQ(MMIO_CREATE, 0x1000);
    CHECK_EQ(MMIO_EXIST, 0x4000);
    CHECK_EQ(MMIO_ALLOCBUF, 0x10000);
    CHECK_EQ(MMIO_GETTEMP, 0x20000);
    CHECK_EQ(MMIO_DIRTY, 0x10000000);
    CHECK_EQ(MMIO_DEFAULTBUFFER, 8192);
}

static void constants_of_the_other_calls(void)
{
    CHECK_EQ(MMIO_FHOPEN, 0x10);
    CHECK_EQ(MMIO_EMPTYBUF, 0x10);
    CHECK_EQ(MMIO_TOUPPER, 0x10);
    CHECK_EQ(MMIO_INSTALLPROC, 0x10000);
    CHECK_EQ(MMIO_REMOVEPROC, 0x20000);
    CHECK_EQ(MMIO_FINDPROC, 0x40000);
    CHECK_EQ(MMIO_UNICODEPROC, 0x1000000);
    CHECK_EQ(MMIO_GLOBALPROC, 0x10000000);
    CHECK_EQ(MMIO_FINDCHUNK, 0x10);
    CHECK_EQ(MMIO_FINDRIFF, 0x20);
    CHECK_EQ(MMIO_FINDLIST, 0x40);
    CHECK_EQ(MMIO_CREATERIFF, 0x20);
    CHECK_EQ(MMIO_CREATELIST, 0x40);
    CHECK_EQ(MMIOM_READ, 0);
    CHECK_EQ(MMIOM_WRITE, 1);
    CHECK_EQ(MMIOM_SEEK, 2);
    CHECK_EQ(MMIOM_OPEN, 3);
    CHECK_EQ(MMIOM_CLOSE, 4);
    CHECK_EQ(MMIOM_WRITEFLUSH, 5);
    CHECK_EQ(MMIOM_RENAME, 6);
    CHECK_EQ(MMIOM_USER, 0x8000);
    CHECK_EQ(SEEK_SET, 0);
    CHECK_EQ(SEEK_CUR, 1);
    CHECK_EQ(SEEK_END, 2);
    CHECK_EQ(WAVE_FORMAT_PCM, 1);
}

static void errors_of_the_system(void)
{
    static const unsigned in_order[] = {
        MMSYSERR_NOERROR,     MMSYSERR_ERROR,       MMSYSERR_BADDEVICEID, MMSYSERR_NOTENABLED,
        MMSYSERR_ALLOCATED,   MMSYSERR_INVALHANDLE, MMSYSERR_NODRIVER,    MMSYSERR_NOMEM,
        MMSYSERR_NOTSUPPORTED, MMSYSERR_BADERRNUM,  MMSYSERR_INVALFLAG,   MMSYSERR_INVALPARAM,
        MMSYSERR_HANDLEBUSY,  MMSYSERR_INVALIDALIAS, MMSYSERR_BADDB,      MMSYSERR_KEYNOTFOUND,
        MMSYSERR_READERROR,   MMSYSERR_WRITEERROR,  MMSYSERR_DELETEERROR, MMSYSERR_VALNOTFOUND,
        MMSYSERR_NODRIVERCB,  MMSYSERR_MOREDATA};
    unsigned number;
    CHECK_EQ(sizeof in_order / sizeof in_order[0], 22);
    for (number = 0; number < sizeof in_order / sizeof in_order[0]; number++) {
        CHECK_EQ(in_order[number], number);
    }
    CHECK_EQ(MMSYSERR_BASE, 0);
    CHECK_EQ(MMSYSERR_LASTERROR, 21);
}

static void errors_of_files(void)
{
    static const unsigned in_order[] = {
        MMIOERR_BASE,           MMIOERR_FILENOTFOUND, MMIOERR_OUTOFMEMORY,      MMIOERR_CANNOTOPEN,
        MMIOERR_CANNOTCLOSE,    MMIOERR_CANNOTREAD,   MMIOERR_CANNOTWRITE,      MMIOERR_CANNOTSEEK,
        MMIOERR_CANNOTEXPAND,   MMIOERR_CHUNKNOTFOUND, MMIOERR_UNBUFFERED,      MMIOERR_PATHNOTFOUND,
        MMIOERR_ACCESSDENIED,   MMIOERR_SHARINGVIOLATION, MMIOERR_NETWORKERROR, MMIOERR_TOOMANYOPENFILES,
        MMIOERR_INVALIDFILE};
    unsigned number;
    CHECK_EQ(sizeof in_order / sizeof in_order[0], 17);
    for (number = 0; number < sizeof in_order / sizeof in_order[0]; number++) {
        CHECK_EQ(in_order[number], 256 + number);
    }
}

static void codes_have_their_first_character_first_in_memory(void)
{
    static const BYTE riff[] = {'R', 'I', 'F', 'F'};
    FOURCC code = FOURCC_RIFF;
    DWORD high = mmioFOURCC(0xff, 0x80, 0x7f, 0xff);
    CHECK_EQ(code, 0x46464952);
    CHECK_EQ(FOURCC_LIST, 0x5453494c);
    CHECK_EQ(FOURCC_DOS, 0x20534f44);
    CHECK_EQ(FOURCC_MEM, 0x204d454d);
    CHECK_EQ(MAKEFOURCC('a', 'b', 'c', 'd'), 0x64636261);
    CHECK_EQ(mmioFOURCC('a', 'b', 'c', 'd'), MAKEFOURCC('a', 'b', 'c', 'd'));
    CHECK_EQ(high, 0xff7f80ff);
    CHECK_EQ(mmioFOURCC('\xff', '\xfe', '\xfd', '\xfc'), 0xfcfdfeff);
    CHECK_EQ(sizeof(mmioFOURCC('a', 'b', 'c', 'd')), 4);
    if (*(const BYTE *)&high == 0xff && *(const WORD *)(const void *)"\1\0" == 1) {
        CHECK_BYTES(&code, riff, 4);
    }
    switch (code) {
    case FOURCC_RIFF:
        break;
    case FOURCC_LIST:
    case FOURCC_DOS:
    case FOURCC_MEM:
    default:
        CHECK(!"codes are constants, all different");
    }
    CHECK_EQ(CFSEPCHAR, '+');
}

static void numbers_have_their_size_and_sign(void)
{
    CHECK_EQ(sizeof(BYTE), 1);
    CHECK_EQ(sizeof(WORD), 2);
    CHECK_EQ(sizeof(DWORD), 4);
    CHECK_EQ(sizeof(LONG), 4);
    CHECK_EQ(sizeof(UINT), 4);
    CHECK_EQ(sizeof(FOURCC), 4);
    CHECK_EQ(sizeof(MMRESULT), 4);
    CHECK_EQ(sizeof(LPARAM), sizeof(void *));
    CHECK_EQ(sizeof(LRESULT), sizeof(void *));
    CHECK_EQ(sizeof(LONG_PTR), sizeof(void *));
    CHECK_EQ(sizeof(WCHAR), sizeof(wchar_t));
    CHECK_EQ(sizeof(MMSYSTEM_CHAR16), 2);
    CHECK_EQ(sizeof(MMSYSTEM_CHAR32), 4);
    CHECK((BYTE)-1 > 0 && (WORD)-1 > 0 && (DWORD)-1 > 0 && (UINT)-1 > 0);
    CHECK((FOURCC)-1 > 0 && (MMRESULT)-1 > 0);
    CHECK((LONG)-1 < 0 && (LPARAM)-1 < 0 && (LRESULT)-1 < 0 && (LONG_PTR)-1 < 0);
}

static void aliases_name_the_same_types(void)
{
    char text[] = "text";
    const char *constant = text;
    WCHAR wide[2] = {'w', 0};
    LPSTR a = text;
    HPSTR b = a;
    LPCSTR c = constant;
    HPCSTR d = c;
    LPWSTR e = wide;
    LPCWSTR f = e;
    MMIOINFO info;
    struct _MMIOINFO *tagged = &info;
    PMMIOINFO p = tagged;
    NPMMIOINFO np = p;
    LPMMIOINFO lp = np;
    LPCMMIOINFO lpc = lp;
    MMCKINFO chunk;
    struct _MMCKINFO *tagged_chunk = &chunk;
    PMMCKINFO pc = tagged_chunk;
    NPMMCKINFO npc = pc;
    LPMMCKINFO lpk = npc;
    LPCMMCKINFO lpck = lpk;
    HMMIO file = (struct HMMIO__ *)NULL;
    HTASK task = (struct HTASK__ *)NULL;
    CHECK(b == text && d == text && f == wide && lpc == &info && lpck == &chunk);
    CHECK(file == NULL && task == NULL);
    info.hmmio = file;
    info.htask = task;
    CHECK(info.hmmio == NULL && info.htask == NULL);
}

static void wave_formats_are_packed(void)
{
    WAVEFORMATEX format;
    PCMWAVEFORMAT pcm;
    WAVEFORMAT old;
    PWAVEFORMATEX p = &format;
    NPWAVEFORMATEX np = p;
    LPWAVEFORMATEX lp = np;
    LPCWAVEFORMATEX lpc = lp;
    PPCMWAVEFORMAT pp = &pcm;
    NPPCMWAVEFORMAT npp = pp;
    LPPCMWAVEFORMAT lpp = npp;
    PWAVEFORMAT po = &old;
    NPWAVEFORMAT npo = po;
    LPWAVEFORMAT lpo = npo;
    CHECK(lpc == &format && lpp == &pcm && lpo == &old);
    CHECK_EQ(sizeof(WAVEFORMATEX), 18);
    CHECK_EQ(sizeof(PCMWAVEFORMAT), 16);
    CHECK_EQ(sizeof(WAVEFORMAT), 14);
    CHECK_EQ(offsetof(WAVEFORMATEX, wFormatTag), 0);
    CHECK_EQ(offsetof(WAVEFORMATEX, nChannels), 2);
    CHECK_EQ(offsetof(WAVEFORMATEX, nSamplesPerSec), 4);
    CHECK_EQ(offsetof(WAVEFORMATEX, nAvgBytesPerSec), 8);
    CHECK_EQ(offsetof(WAVEFORMATEX, nBlockAlign), 12);
    CHECK_EQ(offsetof(WAVEFORMATEX, wBitsPerSample), 14);
    CHECK_EQ(offsetof(WAVEFORMATEX, cbSize), 16);
    CHECK_EQ(offsetof(PCMWAVEFORMAT, wBitsPerSample), 14);
    CHECK_EQ(offsetof(PCMWAVEFORMAT, wf), 0);
    CHECK_EQ(offsetof(WAVEFORMAT, nBlockAlign), 12);
}

#define WIDE (sizeof(void *) == 8)

static void the_file_structure_is_packed(void)
{
    CHECK_EQ(sizeof(MMIOINFO), WIDE ? 100 : 72);
    CHECK_EQ(offsetof(MMIOINFO, dwFlags), 0);
    CHECK_EQ(offsetof(MMIOINFO, fccIOProc), 4);
    CHECK_EQ(offsetof(MMIOINFO, pIOProc), 8);
    CHECK_EQ(offsetof(MMIOINFO, wErrorRet), WIDE ? 16 : 12);
    CHECK_EQ(offsetof(MMIOINFO, htask), WIDE ? 20 : 16);
    CHECK_EQ(offsetof(MMIOINFO, cchBuffer), WIDE ? 28 : 20);
    CHECK_EQ(offsetof(MMIOINFO, pchBuffer), WIDE ? 32 : 24);
    CHECK_EQ(offsetof(MMIOINFO, pchNext), WIDE ? 40 : 28);
    CHECK_EQ(offsetof(MMIOINFO, pchEndRead), WIDE ? 48 : 32);
    CHECK_EQ(offsetof(MMIOINFO, pchEndWrite), WIDE ? 56 : 36);
    CHECK_EQ(offsetof(MMIOINFO, lBufOffset), WIDE ? 64 : 40);
    CHECK_EQ(offsetof(MMIOINFO, lDiskOffset), WIDE ? 68 : 44);
    CHECK_EQ(offsetof(MMIOINFO, adwInfo), WIDE ? 72 : 48);
    CHECK_EQ(offsetof(MMIOINFO, dwReserved1), WIDE ? 84 : 60);
    CHECK_EQ(offsetof(MMIOINFO, dwReserved2), WIDE ? 88 : 64);
    CHECK_EQ(offsetof(MMIOINFO, hmmio), WIDE ? 92 : 68);
    CHECK_EQ(sizeof(((MMIOINFO *)NULL)->adwInfo), 12);
}

static void the_chunk_structure_is_packed(void)
{
    struct sandwich {
        char before;
        MMCKINFO chunk;
        char after;
    };
    CHECK_EQ(sizeof(MMCKINFO), 20);
    CHECK_EQ(offsetof(MMCKINFO, ckid), 0);
    CHECK_EQ(offsetof(MMCKINFO, cksize), 4);
    CHECK_EQ(offsetof(MMCKINFO, fccType), 8);
    CHECK_EQ(offsetof(MMCKINFO, dwDataOffset), 12);
    CHECK_EQ(offsetof(MMCKINFO, dwFlags), 16);
    CHECK_EQ(offsetof(struct sandwich, after), 21);
}

static void the_program_keeps_its_own_packing(void)
{
    struct plain {
        char before;
        void *pointer;
    };
    CHECK_EQ(offsetof(struct plain, pointer), sizeof(void *));
}

/* MMIOPROC declares a procedure; a pointer to it is an LPMMIOPROC. */
static MMIOPROC declared_proc;

static LRESULT CALLBACK declared_proc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    return lpmmioinfo != NULL && uMsg == MMIOM_USER ? lParam1 + lParam2 : 0;
}

static void a_declared_procedure_can_be_used(void)
{
    MMIOINFO info;
    MMIOPROC *pointer = declared_proc;
    LPMMIOPROC proc = pointer;
    HMMIO WINAPI file;
    memset(&info, 0, sizeof info);
    info.pIOProc = proc;
    file = mmioOpen((LPSTR) "x", &info, MMIO_READ);
    CHECK_EQ(mmioSendMessage(file, MMIOM_USER, 40, 2), 42);
    CHECK_EQ(mmioSendMessage(file, MMIOM_USER, INTPTR_MAX, 0), INTPTR_MAX);
    CHECK_EQ(mmioSendMessage(file, MMIOM_USER, INTPTR_MIN, 0), INTPTR_MIN);
    CHECK_EQ(mmioSendMessage(file, MMIOM_USER, -1, 0), -1);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

static void unsuffixed_names_are_the_ansi_ones(void)
{
    CHECK(mmioOpen == mmioOpenA);
    CHECK(mmioRename == mmioRenameA);
    CHECK(mmioInstallIOProc == mmioInstallIOProcA);
    CHECK(mmioStringToFOURCC == mmioStringToFOURCCA);
    CHECK_EQ(mmioStringToFOURCC("wav", MMIO_TOUPPER), mmioFOURCC('W', 'A', 'V', ' '));
    CHECK_EQ(mmioStringToFOURCCA("riff+", 0), mmioFOURCC('r', 'i', 'f', 'f'));
}

static void wide_names_take_wide_literals(void)
{
    CHECK(mmioOpenW == mmioOpenU32);
    CHECK(mmioRenameW == mmioRenameU32);
    CHECK(mmioInstallIOProcW == mmioInstallIOProcU32);
    CHECK_EQ(mmioStringToFOURCCW(L"wav", MMIO_TOUPPER), mmioFOURCC('W', 'A', 'V', ' '));
    CHECK(mmioOpenW((LPWSTR)L"none.wav", NULL, MMIO_READ) == NULL);
}

int main(void)
{
    constants_of_open();
    constants_of_the_other_calls();
    errors_of_the_system();
    errors_of_files();
    codes_have_their_first_character_first_in_memory();
    numbers_have_their_size_and_sign();
    aliases_name_the_same_types();
    wave_formats_are_packed();
    the_file_structure_is_packed();
    the_chunk_structure_is_packed();
    the_program_keeps_its_own_packing();
    a_declared_procedure_can_be_used();
    unsuffixed_names_are_the_ansi_ones();
    wide_names_take_wide_literals();
    return report();
}
