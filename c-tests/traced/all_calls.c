/* At least one call of each function, on files of each kind. Its trace must be all_calls.txt.
 *
 * Shows docs/contract.md, 8. Tracing: "MMSYSTEM_TRACE=1", "arguments by name, flags and FOURCCs spelled out".
 * Shows docs/tracing.md, How to read a trace: "A line is a call". */
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <stdio.h>
#include <string.h>

static LPMMIOPROC disk;

/* A procedure on top of the one for disk files. In a message of the program's it makes a call. */
static LRESULT CALLBACK Own(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    if (uMsg == MMIOM_OPEN)
        return disk(lpmmioinfo, uMsg, (LPARAM) "own file", lParam2);
    if (uMsg == MMIOM_USER + 7)
        return mmioSeek(((LPMMIOINFO)lpmmioinfo)->hmmio, 3, SEEK_SET) + lParam1;
    if (uMsg == MMIOM_READ)
        return lParam2 + 1; /* More than the count: the library trusts no number. */
    return disk(lpmmioinfo, uMsg, lParam1, lParam2);
}

static void Disk(void)
{
    static char name[128] = "no\\such", bytes[20];
    MMCKINFO riff, chunk;
    MMSYS_CKINFO64 wide;
    static MMIOINFO info;
    HMMIO file;
    memset(&riff, 0, sizeof riff);
    memset(&chunk, 0, sizeof chunk);
    riff.fccType = mmioStringToFOURCC("wave", MMIO_TOUPPER);
    file = mmioOpen((LPSTR) "a.wav", NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF | MMIO_EXCLUSIVE);
    mmioCreateChunk(file, &riff, MMIO_CREATERIFF);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    mmioCreateChunk(file, &chunk, 0);
    mmioWrite(file, "one, two\n\x7f\"three\", four", 24);
    mmioWrite(file, "!", 1);
    mmioAscend(file, &chunk, 0);
    mmioAscend(file, &riff, 0);
    mmioFlush(file, MMIO_EMPTYBUF);
    mmioSeek(file, 4, SEEK_END);
    mmioSeek(file, -1, SEEK_SET);
    mmioSeek(file, 0, SEEK_SET);
    mmioDescend(file, &riff, NULL, MMIO_FINDRIFF);
    chunk.ckid = mmioFOURCC('f', 'm', 't', ' ');
    mmioDescend(file, &chunk, &riff, MMIO_FINDCHUNK);
    mmioDescend(file, &chunk, &riff, 0);
    mmioRead(file, bytes, 12);
    mmioRead(file, bytes, 0);
    mmioRead(file, NULL, 1);
    mmioRead(file, bytes, -1);
    mmioGetInfo(file, &info, 0);
    info.pchNext += 2;
    mmioSetInfo(file, &info, 0);
    mmioAdvance(file, &info, MMIO_READ);
    mmioSetBuffer(file, NULL, 0, 0);
    mmioAdvance(file, NULL, MMIO_READ);
    mmioSendMessage(file, MMIOM_SEEK, 20, SEEK_SET);
    mmsys_set_durable(file, 0);
    mmsys_set_write_through(file, 1);
    mmsys_seek64(file, 1000000, SEEK_SET);
    mmsys_tell64(file);
    mmsys_seek64(file, 0, SEEK_SET);
    memset(&wide, 0, sizeof wide);
    wide.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    mmsys_create_chunk64(file, &wide, MMIO_CREATERIFF | MMSYS_RF64);
    mmsys_ascend64(file, &wide, 0);
    mmsys_create_chunk64(file, &wide, MMIO_CREATERIFF | MMSYS_RF64);
    mmsys_seek64(file, 0, SEEK_SET);
    mmsys_descend64(file, &wide, NULL, MMIO_FINDRIFF);
    mmioClose(file, 0);
    mmioClose(file, MMIO_FHOPEN);
    mmioRead(file, bytes, 4);
    mmioOpen(name, NULL, MMIO_READ);
    mmioOpen(name, NULL, MMIO_PARSE);
    strcpy(name, "a.wav");
    mmioOpen(name, NULL, MMIO_EXIST);
    mmioRename("a.wav", "b.wav", NULL, 0);
    mmioRename("a.wav", "c.wav", NULL, 0);
    mmioOpen((LPSTR) "b.wav", NULL, MMIO_DELETE);
    mmioOpen((LPSTR) "quote\" line\n\x01 \xff", NULL, MMIO_WRITE | MMIO_READWRITE | 0x8000);
}

static void Memory(void)
{
    static char bytes[8];
    HMMIO file;
    static MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 4;
    info.adwInfo[0] = 16;
    file = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    mmioWrite(file, "eight by", 8);
    mmioSeek(file, 0, SEEK_SET);
    mmioRead(file, bytes, 8);
    mmioClose(file, 0);
    info.adwInfo[0] = 0;
    file = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    mmioWrite(file, "too much", 8);
    mmioSendMessage(file, MMIOM_CLOSE, 0, 0);
    mmioClose(file, 0);
    mmioSendMessage(file, MMIOM_USER, 0, 0);
    info.fccIOProc = mmioFOURCC('?', '\1', '\'', ' ');
    mmioOpen(NULL, &info, 0);
}

static void Procedure(void)
{
    static char byte;
    HMMIO file;
    disk = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), Own, MMIO_INSTALLPROC);
    file = mmioOpen((LPSTR) "x.own+part", NULL, MMIO_CREATE | MMIO_READWRITE);
    mmioWrite(file, "w", 1);
    mmioSendMessage(file, MMIOM_USER + 7, 100, 0);
    mmioRead(file, &byte, 1);
    mmioClose(file, 0);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), NULL, MMIO_REMOVEPROC);
    mmioInstallIOProc(mmioFOURCC('O', 'W', 'N', ' '), NULL, MMIO_FINDPROC);
}

/* Names with 16 and 32 bits, whatever the size of wchar_t. */
static void Wide(void)
{
    MMSYSTEM_CHAR16 utf16[] = {0x44f, '.', 'w', 'a', 'v', 0}, half[] = {0xd800, 'x', 0};
    MMSYSTEM_CHAR32 utf32[] = {0x1f3b5, '.', 'w', 'a', 'v', 0};
#undef mmioOpenW
    mmioOpenW(utf16, NULL, MMIO_READ);
    mmioOpenW(half, NULL, MMIO_READ);
    mmioOpenU32(utf32, NULL, MMIO_READ);
}

static int64_t ReadZeros(void *context, void *data, size_t count)
{
    (void)context;
    memset(data, 0, count);
    return (int64_t)count;
}

static int64_t SeekAnywhere(void *context, int64_t offset, int whence)
{
    (void)context;
    return whence == SEEK_SET ? offset : 0;
}

/* Files that have callbacks, or a part of a disk file, in place of a procedure. */
static void Backed(void)
{
    MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), ReadZeros, NULL, SeekAnywhere, NULL, NULL};
    char bytes[4];
    static MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = 8;
    file = mmsys_open_callbacks(&callbacks, NULL, &info, MMIO_READ);
    mmsys_seek64(file, 2000000000, SEEK_SET);
    mmioRead(file, bytes, 4);
    mmioClose(file, 0);
    mmsys_open_callbacks(NULL, NULL, NULL, MMIO_PARSE);
    mmioClose(mmioOpen((LPSTR) "part.wav", NULL, MMIO_CREATE), 0);
    file = mmsys_open_part("PART.WAV", 4, 6, MMIO_READWRITE);
    mmioRead(file, bytes, 4);
    mmioWrite(file, "past", 4);
    mmioClose(file, 0);
    mmioOpen((LPSTR) "part.wav", NULL, MMIO_DELETE);
    mmsys_open_part(NULL, 0, 0, MMIO_READ);
    mmsys_open_range(-1, 0, 1, MMIO_READ);
}

int main(void)
{
    Disk();
    Memory();
    Procedure();
    Wide();
    Backed();
    mmsys_error_text(MMIOERR_CHUNKNOTFOUND);
    mmsys_version();
    printf("done\n");
    return 0;
}
