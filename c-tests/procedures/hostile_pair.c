/* Two files whose procedures use each other: during a message for one, the procedure reads, writes, seeks, flushes
 * or closes the other, whose procedure uses the first. One thread never deadlocks with itself, and both files stay
 * usable.
 *
 * Shows docs/differences.md, Threads and processes: "Lock order", "One thread never deadlocks with itself".
 * Shows docs/contract.md, 7. Threads, processes, panics: "the library holds no lock except that of its file". */
#include "check.h"

#include <mmsystem_ext.h>

#define SIZE 256

typedef enum Action { READS, WRITES, SEEKS, FLUSHES, ADVANCES, CLOSES, ACTIONS, SENDS } Action;

/* One of the two: its bytes, and what its procedure does to the other. */
typedef struct Side {
    HMMIO file;
    char bytes[SIZE];
    Action action;
    int messages, depth, deepest, closes;
} Side;

static Side sides[2];

/* How often the procedures may still use the other file: each message may cause several, 64 deep. */
static int actions_left;

static void act_on(Side *side, Action action)
{
    char bytes[3] = {'x', 'y', 'z'};
    switch (action) {
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
    if (uMsg != MMIOM_OPEN && actions_left-- > 0)
        act_on(&sides[1 - info->adwInfo[0]], own->action);
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

static void open_side(int number, Action action, LONG buffer)
{
    MMIOINFO info;
    memset(&sides[number], 0, sizeof sides[number]);
    memset(sides[number].bytes, 'a' + number, SIZE);
    sides[number].action = action;
    memset(&info, 0, sizeof info);
    info.pIOProc = procedure;
    info.cchBuffer = buffer;
    info.adwInfo[0] = (DWORD)number;
    sides[number].file = mmioOpen((LPSTR) "pair", &info, MMIO_READWRITE);
    CHECK(sides[number].file != NULL);
}

/* Makes a program's calls on both. Whatever they return, each file is closed once, and its end is known. */
static void play(Action first, Action second, LONG buffer)
{
    int number, action;
    actions_left = 300;
    open_side(0, first, buffer);
    open_side(1, second, buffer);
    for (action = READS; action < CLOSES; action++)
        for (number = 0; number < 2; number++)
            act_on(&sides[number], (Action)action);
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

/* Procedures that only send each other messages, as deep as messages nest, do not disturb a transfer. */
static void procedures_that_send_messages_get_their_bytes(LONG buffer)
{
    char bytes[8];
    actions_left = 1000;
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
        procedures_that_send_messages_get_their_bytes(buffers[i]);
    for (i = 0; i < 3; i++)
        for (first = READS; first < ACTIONS; first++)
            for (second = READS; second < ACTIONS; second++)
                play((Action)first, (Action)second, buffers[i]);
    return report();
}
