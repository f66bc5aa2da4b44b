/* How long a share mode lasts if processes fork. A process, the opener, opens a file and forks a child, which does
 * something. Then the opener ends or is killed.
 *
 * Shows docs/sharing.md, After a fork: "A share mode belongs to the open file", "posix_spawn".
 * Shows docs/sharing.md, After a fork: "a child cannot end the share mode".
 * Shows docs/contract.md, 2. Names and opening: "A forked child that still has the file when the opener ends". */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* environ, MAP_ANONYMOUS */
#endif
#include "check.h"

#include <mmsystem_ext.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char name[] = "forked";

/* In memory that all processes share. */
static pid_t *grandchild;

static int is_refused(void)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    file = mmioOpen(name, &info, MMIO_READ);
    if (file != NULL)
        mmioClose(file, 0);
    return info.wErrorRet == MMIOERR_SHARINGVIOLATION;
}

/* A killed process may take a moment to end. */
static int is_granted_soon(void)
{
    int i;
    for (i = 0; i < 10000 && is_refused(); i++)
        usleep(1000);
    return i < 10000;
}

static int does_nothing(HMMIO file)
{
    (void)file;
    return 0;
}

static int closes(HMMIO file)
{
    return mmioClose(file, 0) != 0;
}

static int discards(HMMIO file)
{
    return mmsys_discard(file) != 0;
}

static int executes(HMMIO file)
{
    (void)file;
    execlp("sleep", "sleep", "300", (char *)NULL);
    return 1;
}

static int uses_it(HMMIO file)
{
    char bytes[5];
    return mmioRead(file, bytes, 5) != 5 || memcmp(bytes, "bytes", 5) != 0;
}

/* Uses the file, forks a child that continues to run, and closes the file. */
static int closes_after_a_fork(HMMIO file)
{
    pid_t child = fork();
    if (child == 0) {
        alarm(300);
        for (;;)
            pause();
    }
    *grandchild = child;
    return uses_it(file) || closes(file);
}

/* The opener, which waits until it is killed, and its child. */
struct family {
    pid_t opener, child;
};

/* Starts them. Returns when the child has done what it does, or executes another program. */
static struct family start(int (*action)(HMMIO))
{
    struct family family = {0, 0};
    int pids[2], done[2];
    char byte = 0;
    CHECK_EQ(pipe(pids), 0);
    CHECK_EQ(pipe(done), 0);
    CHECK_EQ(fcntl(done[1], F_SETFD, FD_CLOEXEC), 0);
    fflush(stdout);
    family.opener = fork();
    if (family.opener == 0) {
        HMMIO file = mmioOpen(name, NULL, MMIO_READWRITE | MMIO_EXCLUSIVE);
        pid_t child = fork();
        if (child == 0) {
            byte = (char)(file == NULL || action(file));
            if (write(done[1], &byte, 1) == 1)
                alarm(300);
            close(done[1]);
            for (;;)
                pause();
        }
        close(done[1]);
        if (write(pids[1], &child, sizeof child) == (ssize_t)sizeof child)
            alarm(300);
        for (;;)
            pause();
    }
    close(done[1]);
    CHECK_EQ(read(pids[0], &family.child, sizeof family.child), sizeof family.child);
    CHECK(read(done[0], &byte, 1) >= 0);
    CHECK_EQ(byte, 0);
    close(done[0]);
    close(pids[0]);
    close(pids[1]);
    return family;
}

static void kill_opener(struct family family)
{
    int status;
    CHECK_EQ(kill(family.opener, SIGKILL), 0);
    CHECK_EQ(waitpid(family.opener, &status, 0), family.opener);
}

static void while_the_opener_runs_its_child_changes_nothing(void)
{
    int (*const actions[])(HMMIO) = {does_nothing, closes, discards, executes, uses_it};
    size_t i;
    for (i = 0; i < sizeof actions / sizeof *actions; i++) {
        struct family family = start(actions[i]);
        CHECK(is_refused());
        CHECK_EQ(kill(family.child, SIGKILL), 0);
        CHECK(is_refused());
        kill_opener(family);
        CHECK(is_granted_soon());
    }
}

static void a_child_that_has_the_file_keeps_the_share_mode_of_a_killed_opener(void)
{
    int (*const actions[])(HMMIO) = {does_nothing, uses_it};
    size_t i;
    for (i = 0; i < sizeof actions / sizeof *actions; i++) {
        struct family family = start(actions[i]);
        kill_opener(family);
        CHECK(is_refused());
        CHECK_EQ(kill(family.child, SIGKILL), 0);
        CHECK(is_granted_soon());
    }
}

static void a_child_that_closed_discarded_or_executes_does_not_keep_it(void)
{
    int (*const actions[])(HMMIO) = {closes, discards, executes};
    size_t i;
    for (i = 0; i < sizeof actions / sizeof *actions; i++) {
        struct family family = start(actions[i]);
        kill_opener(family);
        CHECK(!is_refused());
        CHECK_EQ(kill(family.child, 0), 0); /* It is running. */
        CHECK_EQ(kill(family.child, SIGKILL), 0);
    }
}

static void a_program_that_was_started_does_not_keep_it(void)
{
    static char sleep_name[] = "sleep", time[] = "300";
    char *const arguments[] = {sleep_name, time, NULL};
    pid_t child;
    int status;
    HMMIO file = mmioOpen(name, NULL, MMIO_READWRITE | MMIO_EXCLUSIVE);
    CHECK(file != NULL);
    CHECK_EQ(posix_spawnp(&child, "sleep", NULL, NULL, arguments, environ), 0);
    CHECK(is_refused());
    /* Closes the descriptor without the library, as if the process had ended. */
    {
        MMIOINFO info;
        CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
        CHECK_EQ(close((int)info.adwInfo[0]), 0);
    }
    /* Not at once: an emulator has no vfork, and the child may not have executed the program yet. */
    CHECK(is_granted_soon());
    CHECK_EQ(mmsys_discard(file), MMIOERR_CANNOTCLOSE);
    CHECK_EQ(kill(child, SIGKILL), 0);
    CHECK_EQ(waitpid(child, &status, 0), child);
}

/* A child that continues with the file is not its opener: its own children keep the share mode after it has closed
 * the file. */
static void a_child_of_the_child_keeps_it_too(void)
{
    struct family family = start(closes_after_a_fork);
    kill_opener(family);
    CHECK(is_refused());
    CHECK_EQ(kill(family.child, SIGKILL), 0);
    CHECK(is_refused());
    CHECK_EQ(kill(*grandchild, SIGKILL), 0);
    CHECK(is_granted_soon());
}

int main(void)
{
    put_file(name, "bytes", 5);
    grandchild = (pid_t *)mmap(NULL, sizeof *grandchild, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(grandchild != MAP_FAILED);
    while_the_opener_runs_its_child_changes_nothing();
    a_child_that_has_the_file_keeps_the_share_mode_of_a_killed_opener();
    a_child_that_closed_discarded_or_executes_does_not_keep_it();
    a_program_that_was_started_does_not_keep_it();
    a_child_of_the_child_keeps_it_too();
    return report();
}
