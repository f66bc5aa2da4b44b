/* Unbuffered transfers, which are one message each. The procedure gets a correct structure, whatever it wrote over
 * it before. If it moves its own file during the message, the transfer does not continue as if nothing had happened.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Read, unbuffered", "Write, unbuffered".
 * Shows docs/differences.md, Procedures: "The structure that a procedure sees".
 * Shows docs/differences.md, Procedures: "A procedure may use the file that it is called for". */
#include "check.h"

static struct {
    int scribbles, moves;
    MMIOINFO seen;
} now;

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo, kept;
    if (uMsg != MMIOM_READ && uMsg != MMIOM_WRITE && uMsg != MMIOM_WRITEFLUSH) {
        if (uMsg == MMIOM_SEEK)
            info->lDiskOffset = (LONG)lParam1;
        return uMsg == MMIOM_SEEK ? lParam1 : 0;
    }
    now.seen = *info;
    if (now.moves)
        CHECK_EQ(mmioSeek(info->hmmio, 100, SEEK_SET), 100);
    if (uMsg == MMIOM_READ)
        memset((void *)lParam1, 'x', (size_t)lParam2);
    info->lDiskOffset += (LONG)lParam2;
    if (now.scribbles) {
        /* All except the members that a procedure may change. */
        kept = *info;
        memset(info, 0xa5, sizeof *info);
        info->lDiskOffset = kept.lDiskOffset;
        memcpy(info->adwInfo, kept.adwInfo, sizeof kept.adwInfo);
        info->dwReserved1 = kept.dwReserved1;
        info->dwReserved2 = kept.dwReserved2;
    }
    return lParam2;
}

static HMMIO open_file(LONG buffer)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    memset(&now, 0, sizeof now);
    info.pIOProc = procedure;
    info.cchBuffer = buffer;
    info.adwInfo[0] = 11;
    info.adwInfo[1] = 22;
    info.adwInfo[2] = 33;
    return mmioOpen((LPSTR) "any", &info, MMIO_READWRITE);
}

static void check_seen(const MMIOINFO *is)
{
    CHECK_EQ(now.seen.dwFlags, is->dwFlags);
    CHECK_EQ(now.seen.fccIOProc, is->fccIOProc);
    CHECK(now.seen.pIOProc == is->pIOProc);
    CHECK_EQ(now.seen.wErrorRet, is->wErrorRet);
    CHECK(now.seen.htask == is->htask);
    CHECK_EQ(now.seen.cchBuffer, is->cchBuffer);
    CHECK(now.seen.pchBuffer == is->pchBuffer && now.seen.pchNext == is->pchNext);
    CHECK(now.seen.pchEndRead == is->pchEndRead && now.seen.pchEndWrite == is->pchEndWrite);
    CHECK_EQ(now.seen.lBufOffset, is->lBufOffset);
    CHECK_EQ(now.seen.lDiskOffset, is->lDiskOffset);
    CHECK_BYTES(now.seen.adwInfo, is->adwInfo, sizeof is->adwInfo);
    CHECK(now.seen.hmmio == is->hmmio);
}

static void check_structure(HMMIO file, int scribbles)
{
    MMIOINFO before, after;
    char bytes[8] = "abcdefg";
    int i;
    now.scribbles = scribbles;
    for (i = 0; i < 3; i++) {
        CHECK_EQ(mmioGetInfo(file, &before, 0), MMSYSERR_NOERROR);
        CHECK_EQ(mmioRead(file, bytes, sizeof bytes), sizeof bytes);
        check_seen(&before);
        CHECK_EQ(mmioGetInfo(file, &before, 0), MMSYSERR_NOERROR);
        CHECK_EQ(mmioWrite(file, bytes, sizeof bytes), sizeof bytes);
        check_seen(&before);
        CHECK_EQ(mmioGetInfo(file, &after, 0), MMSYSERR_NOERROR);
        CHECK_EQ(after.lBufOffset, before.lBufOffset + (LONG)sizeof bytes);
        CHECK_EQ(after.adwInfo[0], 11);
        CHECK_EQ(after.adwInfo[2], 33);
    }
}

/* The call fails, and the position is where the procedure moved it. */
static void check_moved(HMMIO file)
{
    MMIOINFO info;
    char bytes[8] = "abcdefg";
    int writes;
    for (writes = 0; writes <= 1; writes++) {
        now.moves = 1;
        CHECK_EQ(writes ? mmioWrite(file, bytes, sizeof bytes) : mmioRead(file, bytes, sizeof bytes), -1);
        CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
        CHECK_EQ(info.wErrorRet, MMSYSERR_HANDLEBUSY);
        now.moves = 0;
        CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 100);
        CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
        CHECK_EQ(mmioRead(file, bytes, sizeof bytes), sizeof bytes);
    }
}

/* A program may claim with MMIO_DIRTY that a buffer which does not exist holds bytes to write. */
static void check_dirty(HMMIO file)
{
    MMIOINFO info;
    char byte;
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    info.dwFlags |= MMIO_DIRTY;
    CHECK_EQ(mmioSetInfo(file, &info, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioGetInfo(file, &info, 0), MMSYSERR_NOERROR);
    CHECK_EQ(info.dwFlags & MMIO_DIRTY, 0);
}

static LONG place;

/* Keeps its position to itself, and gives its file a buffer during the first READ. */
static LRESULT CALLBACK secretive(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LPARAM i;
    if (uMsg == MMIOM_SEEK)
        return place = (LONG)lParam1;
    if (uMsg != MMIOM_READ)
        return 0;
    if (now.moves) {
        now.moves = 0;
        CHECK_EQ(mmioSetBuffer(info->hmmio, NULL, 16, 0), MMSYSERR_NOERROR);
    }
    for (i = 0; i < lParam2; i++)
        ((char *)lParam1)[i] = (char)place++;
    return lParam2;
}

/* The READ failed, but the procedure moved: it is positioned again before the next one. */
static void check_put_back(void)
{
    MMIOINFO info;
    HMMIO file;
    char bytes[4];
    memset(&info, 0, sizeof info);
    info.pIOProc = secretive;
    file = mmioOpen((LPSTR) "any", &info, MMIO_READ);
    CHECK(file != NULL);
    now.moves = 1;
    CHECK_EQ(mmioRead(file, bytes, 4), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 0);
    CHECK_EQ(mmioRead(file, bytes, 4), 4);
    CHECK_BYTES(bytes, "\0\1\2\3", 4);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

int main(void)
{
    LONG buffer;
    /* Without a buffer, and with one that is smaller than the transfers. */
    for (buffer = 0; buffer <= 4; buffer += 4) {
        HMMIO file = open_file(buffer);
        CHECK(file != NULL);
        check_structure(file, 0);
        check_structure(file, 1);
        check_moved(file);
        check_dirty(file);
        CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    }
    check_put_back();
    return report();
}
