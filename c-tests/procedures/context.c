/* mmsys_set_context and mmsys_context: an I/O procedure keeps one pointer for each open file.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Context pointers", "mmsys_set_context".
 * Shows docs/contract.md, 5. I/O procedures and messages: "mmsys_context". */
#include "check.h"

#include <mmsystem_ext.h>

#define FILES 50

struct state {
    char last;
    int closed;
};

static struct state states[FILES];
static int opened;

static LRESULT CALLBACK keep_last_byte(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
    struct state *state = (struct state *)mmsys_context(info);
    switch (message) {
    case MMIOM_OPEN:
        CHECK(state == NULL);
        if (info->dwFlags & MMIO_DELETE) {
            CHECK_EQ(mmsys_set_context(info, states), MMSYSERR_INVALHANDLE);
            return 0;
        }
        return (LRESULT)mmsys_set_context(info, &states[opened++]);
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        state->last = ((const char *)first)[second - 1];
        info->lDiskOffset += (LONG)second;
        return second;
    case MMIOM_SEEK:
        info->lDiskOffset = (LONG)first;
        return first;
    case MMIOM_CLOSE:
        state->closed = 1;
        return 0;
    case MMIOM_RENAME:
        CHECK(state == NULL);
        CHECK_EQ(mmsys_set_context(info, states), MMSYSERR_INVALHANDLE);
        return 0;
    default:
        return 0;
    }
}

static void each_file_has_its_own(void)
{
    HMMIO files[FILES];
    MMIOINFO info;
    int i;
    memset(&info, 0, sizeof info);
    info.pIOProc = keep_last_byte;
    for (i = 0; i < FILES; i++) {
        files[i] = mmioOpen((LPSTR) "x", &info, MMIO_WRITE);
        CHECK(files[i] != NULL);
    }
    for (i = 0; i < FILES; i++) {
        char byte = (char)('0' + i);
        CHECK_EQ(mmioWrite(files[i], &byte, 1), 1);
    }
    for (i = 0; i < FILES; i++) {
        MMIOINFO copy;
        CHECK_EQ(states[i].last, '0' + i);
        /* The program can get it too, with the file's structure. */
        CHECK_EQ(mmioGetInfo(files[i], &copy, 0), 0);
        CHECK(mmsys_context(&copy) == &states[i]);
        CHECK_EQ(mmioClose(files[i], 0), 0);
        CHECK_EQ(states[i].closed, 1);
        CHECK(mmsys_context(&copy) == NULL);
        CHECK_EQ(mmsys_set_context(&copy, states), MMSYSERR_INVALHANDLE);
    }
}

static void without_a_file_there_is_no_context(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    CHECK(mmsys_context(NULL) == NULL);
    CHECK(mmsys_context(&info) == NULL);
    CHECK_EQ(mmsys_set_context(NULL, states), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_set_context(&info, states), MMSYSERR_INVALHANDLE);
    info.pIOProc = keep_last_byte;
    CHECK(mmioOpen((LPSTR) "x", &info, MMIO_DELETE) == (HMMIO)1);
    CHECK_EQ(mmioRenameA("x", "y", &info, 0), 0);
}

int main(void)
{
    each_file_has_its_own();
    without_a_file_there_is_no_context();
    return report();
}
