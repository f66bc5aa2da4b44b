/* runner.h: the command that runs the programs, an emulator or a memory checker (MMSYSTEM_TEST_RUNNER). */
#ifndef RUNNER_H
#define RUNNER_H

#include <stdlib.h>
#include <string.h>

/* Returns the empty string if there is none. */
static inline const char *runner(void)
{
    const char *command = getenv("MMSYSTEM_TEST_RUNNER");
    return command == NULL ? "" : command;
}

/* Returns whether there is one. It is slow, and does not apply all limits of the system. */
static inline int has_runner(void)
{
    return runner()[0] != 0;
}

/* Under qemu-user a forked child of a process with threads cannot start a thread. */
static inline int children_have_threads(void)
{
    return strstr(runner(), "qemu") == NULL;
}

#endif /* RUNNER_H */
