/* A trace that cannot be written any more, because its pipe has no reader or its file has reached the size limit:
 * the program continues, and handles only its own SIGPIPE.
 *
 * Shows docs/differences.md, The trace: "Lines that cannot be written are lost". */
#include <mmsystem_ext.h>

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

static volatile sig_atomic_t signals;

static void Count(int signal)
{
    (void)signal;
    signals++;
}

int main(void)
{
    struct rlimit limit;
    int ends[2], i;
    limit.rlim_cur = limit.rlim_max = 4096;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || signal(SIGPIPE, Count) == SIG_ERR || pipe(ends) != 0)
        return 1;
    for (i = 0; i < 200; i++)
        mmsys_version();
    close(ends[0]);
    if (write(ends[1], "", 1) != -1 || signals != 1)
        return 1;
    printf("done\n");
    return 0;
}
