/* Two files whose procedures use each other: a message about one reads, writes, seeks, flushes or closes the other, whose
 * procedure uses the first. From one thread nothing waits for itself, and both files go on. */
#include "check.h"

#include <mmsystem_ext.h>

#define SIZE 256

typedef enum Deed { READS, WRITES, SEEKS, FLUSHES, ADVANCES, CLOSES, DEEDS, SENDS } Deed;

/* One of the two: its bytes, and what its procedure does to the other. */
typedef struct Side {
    HMMIO file;
    char bytes[SIZE];
    Deed deed;
    int messages, depth, deepest, closes;
} Side;

static Side sides[2];

/* How often the procedures still use the other file: each message may cause several, 64 deep. */
static int deeds_left;

static void act_on(Side *side, Deed deed)
{
    char bytes[3] = {'x', 'y', 'z'};
    switch (deed) {
    case READS:
        mmioRead(side->file, bytes, 3);
        break;
    case WRITES:
        mmioWrite(side->file, bytes, 3);
        break;
    case SEEKS:
        mmioSeek(side->file, 5, SEEK_SET);
        break;
    case FLUSHES:
        mmioFlush(side->file, MMIO_EMPTYBUF);
        break;
    case ADVANCES:
        mmioAdvance(side->file, NULL, MMIO_READ);
        break;
    case SENDS:
        mmioSendMessage(side->file, MMIOM_USER, 0, 0);
        break;
    default:
        mmioClose(side->file, 0);
        break;
    }
}

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    Side *own = &sides[info->adwInfo[0]];
    LONG at = info->lDiskOffset, count = (LONG)lParam2;
    own->messages++;
    own->depth++;
    own->deepest = own->deepest < own->depth ? own->depth : own->deepest;
    if (uMsg != MMIOM_OPEN && deeds_left-- > 0)
        act_on(&sides[1 - info->adwInfo[0]], own->deed);
    own->depth--;
    switch (uMsg) {
    case MMIOM_READ:
        count = at < SIZE ? (count < SIZE - at ? count : SIZE - at) : 0;
        memcpy((char *)lParam1, own->bytes + at, (size_t)count);
        info->lDiskOffset = at + count;
        return count;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        count = at < SIZE ? (count < SIZE - at ? count : SIZE - at) : 0;
        memcpy(own->bytes + at, (const char *)lParam1, (size_t)count);
        info->lDiskOffset = at + count;
        return count;
    case MMIOM_SEEK:
        return info->lDiskOffset = (LONG)lParam1;
    case MMIOM_CLOSE:
        own->closes++;
        return 0;
    default:
        return 0;
    }
}

static void open_side(int number, Deed deed, LONG buffer)
{
    MMIOINFO info;
    memset(&sides[number], 0, sizeof sides[number]);
    memset(sides[number].bytes, 'a' + number, SIZE);
    sides[number].deed = deed;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.cchBuffer = buffer;
    info.adwInfo[0] = (DWORD)number;
    sides[number].file = mmioOpen((LPSTR) "pair", &info, MMIO_READWRITE);
    CHECK(sides[number].file != NULL);
}

/* A program's calls on both; whatever comes of them, each file was closed once, and its end is known. */
static void play(Deed first, Deed second, LONG buffer)
{
    int number, deed;
    deeds_left = 300;
    open_side(0, first, buffer);
    open_side(1, second, buffer);
    for (deed = READS; deed < CLOSES; deed++)
        for (number = 0; number < 2; number++)
            act_on(&sides[number], (Deed)deed);
    for (number = 0; number < 2; number++) {
        mmioClose(sides[number].file, 0);
        mmsys_discard(sides[number].file);
    }
    for (number = 0; number < 2; number++) {
        CHECK_EQ(mmioClose(sides[number].file, 0), MMSYSERR_INVALHANDLE);
        CHECK_EQ(sides[number].closes, 1);
        CHECK_EQ(sides[number].depth, 0);
        CHECK(sides[number].messages > 0 && sides[number].deepest <= 64);
    }
}

/* Procedures that only talk to each other, as deep as messages go, disturb no transfer. */
static void talkers_get_their_bytes(LONG buffer)
{
    char bytes[8];
    deeds_left = 1000;
    open_side(0, SENDS, buffer);
    open_side(1, SENDS, buffer);
    CHECK_EQ(mmioRead(sides[0].file, bytes, 8), 8);
    CHECK_BYTES(bytes, "aaaaaaaa", 8);
    CHECK(sides[0].deepest > 10 && sides[1].deepest > 10);
    CHECK_EQ(mmioRead(sides[1].file, bytes, 8), 8);
    CHECK_BYTES(bytes, "bbbbbbbb", 8);
    CHECK_EQ(mmioClose(sides[0].file, 0), 0);
    CHECK_EQ(mmioClose(sides[1].file, 0), 0);
}

int main(void)
{
    static const LONG buffers[] = {0, 4, 64};
    int first, second, i;
    for (i = 0; i < 3; i++)
        talkers_get_their_bytes(buffers[i]);
    for (i = 0; i < 3; i++)
        for (first = READS; first < DEEDS; first++)
            for (second = READS; second < DEEDS; second++)
                play((Deed)first, (Deed)second, buffers[i]);
    return report();
}
