/* Every export with a NULL or bad handle, with NULL pointers and with negative counts: an error, never a crash. */
#include "check.h"
#include <limits.h>

/* The exports under their own names, not what the header maps them to. */
#undef mmioStringToFOURCC
#undef mmioStringToFOURCCW
#undef mmioInstallIOProc
#undef mmioInstallIOProcW
#undef mmioOpen
#undef mmioOpenW
#undef mmioRename
#undef mmioRenameW

#define BAD_HANDLES 10

static MMSYSTEM_CHAR16 no_name16[128];
static MMSYSTEM_CHAR32 no_name32[128];
static char no_name[128];
static MMSYSTEM_CHAR16 name16[128] = {'n', 'o', '.', 'w', 'a', 'v', 0};
static MMSYSTEM_CHAR32 name32[128] = {'n', 'o', '.', 'w', 'a', 'v', 0};
static char name[128] = "no.wav";

static HMMIO memory_file(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 64;
    return mmioOpenA(NULL, &info, MMIO_READWRITE | MMIO_CREATE);
}

static HMMIO disk_file(DWORD buffering)
{
    put_file("disk", "0123456789", 10);
    return mmioOpenA((LPSTR) "disk", NULL, MMIO_READWRITE | buffering);
}

static LRESULT CALLBACK plain_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    MMIOINFO *file = (MMIOINFO *)(void *)info;
    (void)first;
    switch (message) {
    case MMIOM_READ:
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        file->lDiskOffset += (LONG)second;
        return second;
    case MMIOM_SEEK:
        return file->lDiskOffset = (LONG)first;
    default:
        return 0;
    }
}

static HMMIO custom_file(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = plain_proc;
    info.cchBuffer = 16;
    return mmioOpenA((LPSTR) "any", &info, MMIO_READWRITE);
}

/* A live handle, and from it what a program might pass by mistake or malice. The first stays good. */
static HMMIO bad_handles(HMMIO *bad)
{
    static char memory[64];
    HMMIO live = memory_file(), closed = memory_file();
    uintptr_t number = (uintptr_t)live;
    CHECK(live != NULL && closed != NULL && live != closed);
    CHECK_EQ(mmioClose(closed, 0), MMSYSERR_NOERROR);
    bad[0] = NULL;
    bad[1] = (HMMIO)1;
    bad[2] = closed;
    bad[3] = (HMMIO)(intptr_t)-1;
    bad[4] = (HMMIO)(number + 1000000);
    bad[5] = (HMMIO)(number ^ ((uintptr_t)1 << (sizeof number * 8 - 1)));
    bad[6] = (HMMIO)(void *)memory;
    bad[7] = (HMMIO)(intptr_t)MMIOERR_FILENOTFOUND;
    bad[8] = (HMMIO)(uintptr_t)UINT_MAX;
    bad[9] = (HMMIO)(uintptr_t)2;
    return live;
}

static void transfers_refuse(HMMIO bad)
{
    char bytes[4] = {0};
    CHECK_EQ(mmioRead(bad, bytes, 4), -1);
    CHECK_EQ(mmioRead(bad, bytes, 0), -1);
    CHECK_EQ(mmioRead(bad, NULL, 4), -1);
    CHECK_EQ(mmioRead(bad, NULL, -1), -1);
    CHECK_EQ(mmioWrite(bad, "abcd", 4), -1);
    CHECK_EQ(mmioWrite(bad, "abcd", 0), -1);
    CHECK_EQ(mmioWrite(bad, NULL, 4), -1);
    CHECK_EQ(mmioSeek(bad, 0, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(bad, 0, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(bad, 0, 99), -1);
    CHECK_EQ(mmioClose(bad, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioClose(bad, MMIO_FHOPEN), MMSYSERR_INVALHANDLE);
}

static void buffer_calls_refuse(HMMIO bad)
{
    char bytes[16];
    MMIOINFO info;
    memset(&info, 0x5a, sizeof info);
    CHECK_EQ(mmioGetInfo(bad, &info, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(info.dwFlags, 0x5a5a5a5a);
    memset(&info, 0, sizeof info);
    CHECK_EQ(mmioGetInfo(bad, NULL, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSetInfo(bad, &info, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSetInfo(bad, NULL, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSetBuffer(bad, bytes, 16, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSetBuffer(bad, NULL, 0, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSetBuffer(bad, NULL, -1, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioFlush(bad, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioFlush(bad, MMIO_EMPTYBUF), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioAdvance(bad, &info, MMIO_READ), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioAdvance(bad, NULL, MMIO_WRITE), MMSYSERR_INVALHANDLE);
}

static void chunk_calls_and_messages_refuse(HMMIO bad)
{
    char bytes[4];
    MMCKINFO chunk;
    memset(&chunk, 0x5a, sizeof chunk);
    CHECK_EQ(mmioDescend(bad, &chunk, NULL, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioDescend(bad, &chunk, &chunk, MMIO_FINDCHUNK), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioDescend(bad, NULL, NULL, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioAscend(bad, &chunk, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioAscend(bad, NULL, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioCreateChunk(bad, &chunk, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioCreateChunk(bad, NULL, MMIO_CREATERIFF), MMSYSERR_INVALHANDLE);
    CHECK_EQ(chunk.ckid, 0x5a5a5a5a);
    CHECK_EQ(chunk.dwFlags, 0x5a5a5a5a);
    CHECK_EQ(mmioSendMessage(bad, MMIOM_USER, 1, 2), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSendMessage(bad, MMIOM_USER, 0, 0), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSendMessage(bad, MMIOM_READ, (LPARAM)bytes, 4), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSendMessage(bad, MMIOM_SEEK, 0, SEEK_SET), MMSYSERR_INVALHANDLE);
    CHECK_EQ(mmioSendMessage(bad, MMIOM_RENAME, 0, 0), MMSYSERR_INVALHANDLE);
}

static void bad_handles_get_the_documented_error(void)
{
    HMMIO bad[BAD_HANDLES];
    HMMIO live = bad_handles(bad);
    int number;
    for (number = 0; number < BAD_HANDLES; number++) {
        transfers_refuse(bad[number]);
        buffer_calls_refuse(bad[number]);
        chunk_calls_and_messages_refuse(bad[number]);
    }
    CHECK_EQ(mmioWrite(live, "good", 4), 4);
    CHECK_EQ(mmioClose(live, 0), MMSYSERR_NOERROR);
    transfers_refuse(live);
    buffer_calls_refuse(live);
    chunk_calls_and_messages_refuse(live);
}

static void closed_handles_stay_closed_when_others_open(void)
{
    HMMIO old = memory_file(), files[300];
    int number;
    CHECK_EQ(mmioClose(old, 0), MMSYSERR_NOERROR);
    for (number = 0; number < 300; number++) {
        files[number] = memory_file();
        CHECK(files[number] != NULL && files[number] != old && files[number] != (HMMIO)1);
    }
    CHECK_EQ(mmioWrite(old, "x", 1), -1);
    CHECK_EQ(mmioClose(old, 0), MMSYSERR_INVALHANDLE);
    for (number = 0; number < 300; number++) {
        CHECK_EQ(mmioClose(files[number], 0), MMSYSERR_NOERROR);
    }
}

static void null_memory_and_negative_counts_move_nothing(HMMIO file)
{
    char bytes[8];
    LONG position = mmioSeek(file, 0, SEEK_CUR);
    CHECK(position >= 0);
    CHECK_EQ(mmioRead(file, NULL, 1), -1);
    CHECK_EQ(mmioRead(file, NULL, INT_MAX), -1);
    CHECK_EQ(mmioRead(file, NULL, 0), 0);
    CHECK_EQ(mmioRead(file, bytes, 0), 0);
    CHECK_EQ(mmioRead(file, bytes, -1), -1);
    CHECK_EQ(mmioRead(file, bytes, INT_MIN), -1);
    CHECK_EQ(mmioRead(file, NULL, -1), -1);
    CHECK_EQ(mmioWrite(file, NULL, 1), -1);
    CHECK_EQ(mmioWrite(file, NULL, INT_MAX), -1);
    CHECK_EQ(mmioWrite(file, NULL, 0), 0);
    CHECK_EQ(mmioWrite(file, "x", 0), 0);
    CHECK_EQ(mmioWrite(file, "x", -1), -1);
    CHECK_EQ(mmioWrite(file, "x", INT_MIN), -1);
    CHECK_EQ(mmioSeek(file, -1, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, INT_MIN, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, INT_MIN, SEEK_CUR), -1);
    CHECK_EQ(mmioSeek(file, 0, 3), -1);
    CHECK_EQ(mmioSeek(file, 0, -1), -1);
    CHECK_EQ(mmioSeek(file, 0, INT_MIN), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), position);
}

static void null_structures_are_invalid_parameters(HMMIO file)
{
    LONG position = mmioSeek(file, 0, SEEK_CUR);
    MMCKINFO chunk;
    char bytes[16];
    memset(&chunk, 0, sizeof chunk);
    CHECK_EQ(mmioGetInfo(file, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSetInfo(file, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioDescend(file, NULL, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioDescend(file, NULL, &chunk, MMIO_FINDCHUNK), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioAscend(file, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioCreateChunk(file, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioCreateChunk(file, NULL, MMIO_CREATERIFF), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSetBuffer(file, bytes, -1, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSetBuffer(file, NULL, INT_MIN, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, 0, 4), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, -1), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, 0, 4), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM)bytes, -1), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, 0, 4), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, -5), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_OPEN, 0, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSendMessage(file, MMIOM_CLOSE, 0, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), position);
}

static void advance_needs_no_structure_but_good_flags(HMMIO file, MMRESULT expected)
{
    CHECK_EQ(mmioAdvance(file, NULL, 2), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioAdvance(file, NULL, 0x10000000), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_READ), expected);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), expected);
}

static void every_kind_of_file_refuses_nulls(void)
{
    HMMIO files[4];
    int number;
    files[0] = memory_file();
    files[1] = custom_file();
    files[2] = disk_file(0);
    files[3] = disk_file(MMIO_ALLOCBUF);
    CHECK_EQ(mmioWrite(files[0], "0123456789", 10), 10);
    for (number = 0; number < 4; number++) {
        CHECK_EQ(mmioSeek(files[number], 3, SEEK_SET), 3);
        null_memory_and_negative_counts_move_nothing(files[number]);
        null_structures_are_invalid_parameters(files[number]);
        advance_needs_no_structure_but_good_flags(files[number], number == 2 ? MMIOERR_UNBUFFERED : 0);
        CHECK_EQ(mmioClose(files[number], 0), MMSYSERR_NOERROR);
    }
}

static void renames_by_hand_without_names_fail_on_built_in_files(void)
{
    HMMIO disk = disk_file(0), memory = memory_file();
    CHECK(mmioSendMessage(disk, MMIOM_RENAME, 0, 0) != 0);
    CHECK(mmioSendMessage(disk, MMIOM_RENAME, (LPARAM) "disk", 0) != 0);
    CHECK(mmioSendMessage(memory, MMIOM_RENAME, 0, 0) != 0);
    CHECK_EQ(mmioClose(disk, 0), 0);
    CHECK_EQ(mmioClose(memory, 0), 0);
}

static MMIOINFO untouched(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = (DWORD)-1;
    return info;
}

static void opening_nothing_fails(void)
{
    MMIOINFO info = untouched();
    CHECK(mmioOpen(NULL, NULL, MMIO_READ) == NULL);
    CHECK(mmioOpenA(NULL, NULL, MMIO_ALLOCBUF) == NULL);
    CHECK(mmioOpenW(NULL, NULL, MMIO_READWRITE) == NULL);
    CHECK(mmioOpenU32(NULL, NULL, MMIO_CREATE) == NULL);
    CHECK(mmioOpen(NULL, &info, MMIO_READ) == NULL && info.wErrorRet != 0);
    info = untouched();
    CHECK(mmioOpenA(NULL, &info, MMIO_READ) == NULL && info.wErrorRet != 0);
    info = untouched();
    CHECK(mmioOpenW(NULL, &info, MMIO_READ) == NULL && info.wErrorRet != 0);
    info = untouched();
    CHECK(mmioOpenU32(NULL, &info, MMIO_READ) == NULL && info.wErrorRet != 0);
    info = untouched();
    CHECK(mmioOpenA(no_name, &info, MMIO_READ) == NULL && info.wErrorRet != 0);
    CHECK(mmioOpenW(no_name16, &info, MMIO_READ) == NULL && info.wErrorRet != 0);
    CHECK(mmioOpenU32(no_name32, &info, MMIO_READ) == NULL && info.wErrorRet != 0);
    info.cchBuffer = -1;
    CHECK(mmioOpenA(name, &info, MMIO_CREATE) == NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
}

static void names_are_needed_to_look_delete_and_parse(void)
{
    static const DWORD modes[] = {MMIO_PARSE, MMIO_EXIST, MMIO_DELETE};
    MMIOINFO info = untouched();
    int number;
    for (number = 0; number < 3; number++) {
        CHECK(mmioOpen(NULL, NULL, modes[number]) == NULL);
        CHECK(mmioOpenA(NULL, &info, modes[number]) == NULL);
        CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
        CHECK(mmioOpenW(NULL, &info, modes[number]) == NULL);
        CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
        CHECK(mmioOpenU32(NULL, &info, modes[number]) == NULL);
        CHECK_EQ(info.wErrorRet, MMSYSERR_INVALPARAM);
    }
    CHECK_EQ((intptr_t)mmioOpen(NULL, NULL, MMIO_GETTEMP), MMIOERR_FILENOTFOUND);
    CHECK_EQ((intptr_t)mmioOpenA(NULL, &info, MMIO_GETTEMP), MMIOERR_FILENOTFOUND);
    CHECK_EQ((intptr_t)mmioOpenW(NULL, &info, MMIO_GETTEMP), MMIOERR_FILENOTFOUND);
    CHECK_EQ((intptr_t)mmioOpenU32(NULL, &info, MMIO_GETTEMP), MMIOERR_FILENOTFOUND);
}

static void renaming_needs_both_names(void)
{
    CHECK_EQ(mmioRename(NULL, name, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRename(name, NULL, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameA(NULL, name, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameA(name, NULL, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameA(NULL, NULL, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameW(NULL, name16, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameW(name16, NULL, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameU32(NULL, name32, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameU32(name32, NULL, NULL, 0), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmioRenameA(name, "other", NULL, 0), MMIOERR_FILENOTFOUND);
}

static void no_text_is_four_spaces(void)
{
    CHECK_EQ(mmioStringToFOURCC(NULL, 0), 0x20202020);
    CHECK_EQ(mmioStringToFOURCCA(NULL, MMIO_TOUPPER), 0x20202020);
    CHECK_EQ(mmioStringToFOURCCW(NULL, 0), 0x20202020);
    CHECK_EQ(mmioStringToFOURCCU32(NULL, 0), 0x20202020);
    CHECK_EQ(mmioStringToFOURCC("", 0), 0x20202020);
    CHECK_EQ(mmioStringToFOURCCW(no_name16, 0), 0x20202020);
    CHECK_EQ(mmioStringToFOURCCU32(no_name32, 0), 0x20202020);
    CHECK_EQ(mmioStringToFOURCC(name, 0), MAKEFOURCC('n', 'o', '.', 'w'));
    CHECK_EQ(mmioStringToFOURCCW(name16, MMIO_TOUPPER), MAKEFOURCC('N', 'O', '.', 'W'));
    CHECK_EQ(mmioStringToFOURCCU32(name32, 0), MAKEFOURCC('n', 'o', '.', 'w'));
}

static void no_procedure_is_no_procedure(void)
{
    typedef LPMMIOPROC(WINAPI * installer)(FOURCC, LPMMIOPROC, DWORD);
    static const installer forms[] = {mmioInstallIOProc, mmioInstallIOProcA, mmioInstallIOProcW,
                                      mmioInstallIOProcU32};
    const FOURCC code = mmioFOURCC('N', 'U', 'L', 'L');
    int number;
    for (number = 0; number < 4; number++) {
        CHECK(forms[number](code, NULL, MMIO_INSTALLPROC) == NULL);
        CHECK(forms[number](code, NULL, MMIO_FINDPROC) == NULL);
        CHECK(forms[number](code, NULL, MMIO_REMOVEPROC) == NULL);
        CHECK(forms[number](0, NULL, MMIO_REMOVEPROC) == NULL);
        CHECK(forms[number](0, NULL, MMIO_FINDPROC) == NULL);
        CHECK(forms[number](0, NULL, 0) == NULL);
    }
}

int main(void)
{
    bad_handles_get_the_documented_error();
    closed_handles_stay_closed_when_others_open();
    every_kind_of_file_refuses_nulls();
    renames_by_hand_without_names_fail_on_built_in_files();
    opening_nothing_fails();
    names_are_needed_to_look_delete_and_parse();
    renaming_needs_both_names();
    no_text_is_four_spaces();
    no_procedure_is_no_procedure();
    return report();
}
