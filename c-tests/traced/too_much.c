/* A trace that can be written no more, as nobody reads it or as it is larger than a file may be: the program goes on, and
 * its own SIGPIPE is its own. */
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
