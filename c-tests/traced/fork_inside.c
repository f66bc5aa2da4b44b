/* A procedure that forks during a message. Parent and child both continue the call.
 *
 * Shows docs/tracing.md, How to read a trace: "as with a forked child". */
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

static LRESULT CALLBACK Forks(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    (void)lpmmioinfo, (void)lParam1, (void)lParam2;
    if (uMsg != MMIOM_READ)
        return 0;
    mmsys_version();
    child = fork();
    if (child != 0)
        waitpid(child, NULL, 0);
    return 0;
}

int main(void)
{
    char byte;
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.pIOProc = Forks;
    mmioRead(mmioOpen((LPSTR) "x", &info, MMIO_READ), &byte, 1);
    return child >= 0 ? 0 : 1;
}
