/* A procedure that ends the program during a message.
 *
 * Shows docs/tracing.md, How to read a trace: "ends the thread or the program". */
#include <mmsystem.h>

#include <string.h>
#include <unistd.h>

static LRESULT CALLBACK Ends(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    (void)lpmmioinfo, (void)lParam1, (void)lParam2;
    if (uMsg == MMIOM_READ)
        _exit(0);
    return 0;
}

int main(void)
{
    char byte;
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = Ends;
    mmioRead(mmioOpen((LPSTR) "x", &info, MMIO_READ), &byte, 1);
    return 1;
}
