/* What loading the library adds to a process: two programs that do nothing, one linked with it and one not. */
#include "bench.h"

#include <spawn.h>
#include <sys/wait.h>

#define PROCESSES 100

static void run(const char *program)
{
    char *arguments[] = {(char *)program, NULL};
    int i, status;
    pid_t process;
    for (i = 0; i < PROCESSES; i++) {
        MUST(posix_spawn(&process, program, NULL, NULL, arguments, NULL) == 0);
        MUST(waitpid(process, &status, 0) == process && status == 0);
    }
}

static void with_it(void) { run("./nothing-with-it"); }
static void without_it(void) { run("./nothing"); }

const Workload loading[] = {
    {.name = "loading the library", .peer = "a process without it", .limit = 300000, .ours = with_it,
     .theirs = without_it, .units = PROCESSES},
    {.name = NULL},
};
