/* A procedure that sends itself messages without end is stopped before the stack overflows.
 *
 * Shows docs/differences.md, Procedures: "Messages for one file nest at most 64 deep".
 * Shows docs/contract.md, 5. I/O procedures and messages: "may call any mmio function". */
#include "check.h"

#include <mmsystem_ext.h>

#define CODE_DEEP mmioFOURCC('D', 'E', 'E', 'P')

static int messages;

static LRESULT CALLBACK send_again(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
    char byte;
    if (message == MMIOM_OPEN || message == MMIOM_CLOSE)
        return 0;
    messages++;
    if (message == MMIOM_READ) {
        mmioRead(info->hmmio, &byte, 1);
        memset((void *)first, 'x', (size_t)second);
    } else if (message != MMIOM_SEEK) {
        mmioSendMessage(info->hmmio, message, first, second);
    }
    info->lDiskOffset += message == MMIOM_SEEK ? 0 : (LONG)second;
    return second;
}

static void every_message_ends(LONG buffer)
{
    char bytes[4] = "abc";
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.pIOProc = send_again;
    info.cchBuffer = buffer;
    file = mmioOpen((LPSTR) "deep", &info, MMIO_READWRITE);
    CHECK(file != NULL);
    messages = 0;
    mmioRead(file, bytes, 1);
    mmioWrite(file, bytes, 3);
    mmioFlush(file, 0);
    mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM)bytes, 3);
    mmioSendMessage(file, MMIOM_USER, (LPARAM)bytes, 3);
    CHECK(messages >= 64);
    CHECK(messages < 100000);
    mmsys_discard(file);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_INVALHANDLE);
}

int main(void)
{
    every_message_ends(0);
    every_message_ends(16);
    every_message_ends(8192);
    return report();
}
