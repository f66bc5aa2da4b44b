/* Openers that are refused all the time, and one that is stopped or killed during an open, do not disturb others: an
 * open that is compatible with all that have the file open succeeds at once, and any other is refused.
 *
 * Shows docs/sharing.md, Simultaneous openers: "Two compatible opens both succeed", "A process that is stopped".
 * Shows docs/contract.md, 2. Names and opening: "A process stopped during an open that would succeed counts as a holder". */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#endif
#include "check.h"
#include "runner.h"
#include "ways.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define HAMMERERS 4

static char name[] = "hammered";

/* Shared by the processes. */
static struct shared {
    int tries;
    int is_over;
} * shared;

/* Opens the file in all ways that conflict with `held`, in turn, until the test is over or the process is killed.
 * Returns how often it was not refused. */
static int hammer(int held, int first)
{
    int way = first, granted = 0;
    alarm(300); /* Ends the process if the test has crashed. */
    while (!__atomic_load_n(&shared->is_over, __ATOMIC_SEQ_CST)) {
        UINT error;
        way = (way + 1) % WAYS;
        if (!conflict(held, way))
            continue;
        if (open_way(name, way, &error) != NULL || error != MMIOERR_SHARINGVIOLATION)
            granted++;
        __atomic_add_fetch(&shared->tries, 1, __ATOMIC_SEQ_CST);
    }
    return granted;
}

static pid_t start(int held, int first)
{
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(hammer(held, first) != 0);
    CHECK(child > 0);
    return child;
}

static void wait_for_tries(int number)
{
    int before = __atomic_load_n(&shared->tries, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&shared->tries, __ATOMIC_SEQ_CST) < before + number)
        usleep(200);
}

/* Opens as the second, `times` times or until the result is wrong. */
static void second(int first, int way, int times)
{
    int i, wrong = 0;
    for (i = 0; i < times && wrong == 0; i++) {
        UINT error;
        HMMIO file = open_way(name, way, &error);
        wrong += (file == NULL) != conflict(first, way);
        if (file == NULL)
            wrong += error != MMIOERR_SHARINGVIOLATION;
        else
            wrong += mmioClose(file, 0) != 0;
    }
    if (wrong != 0)
        printf("way %d after way %d: wrong at try %d\n", way, first, i);
    CHECK_EQ(wrong, 0);
}

static void the_matrix_holds_while_others_are_refused(int tries)
{
    int first, way, i, status;
    for (first = 0; first < WAYS; first++) {
        pid_t children[HAMMERERS];
        UINT error;
        HMMIO file = open_way(name, first, &error);
        CHECK(file != NULL);
        shared->is_over = 0;
        for (i = 0; i < HAMMERERS; i++)
            children[i] = start(first, i * WAYS / HAMMERERS);
        wait_for_tries(HAMMERERS);
        for (way = 0; way < WAYS; way++)
            second(first, way, conflict(first, way) ? 1 : tries);
        __atomic_store_n(&shared->is_over, 1, __ATOMIC_SEQ_CST);
        for (i = 0; i < HAMMERERS; i++) {
            CHECK_EQ(waitpid(children[i], &status, 0), children[i]);
            CHECK_EQ(status, 0);
        }
        CHECK_EQ(mmioClose(file, 0), 0);
    }
}

/* The holder reads and denies nothing. The other process is stopped at any point of an open, and killed. */
static void a_stopped_opener_disturbs_nobody(int stops)
{
    int first = 4, way, i, status;
    UINT error;
    HMMIO file = open_way(name, first, &error);
    CHECK(file != NULL);
    shared->is_over = 0;
    for (i = 0; i < stops; i++) {
        pid_t child = start(first, i % WAYS);
        wait_for_tries(3 + i % 5);
        CHECK_EQ(kill(child, SIGSTOP), 0);
        CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
        for (way = 0; way < WAYS; way++) {
            if (!conflict(first, way))
                second(first, way, 1);
        }
        CHECK_EQ(kill(child, SIGKILL), 0);
        CHECK_EQ(waitpid(child, &status, 0), child);
        for (way = 0; way < WAYS; way++) {
            if (!conflict(first, way))
                second(first, way, 1);
        }
    }
    CHECK_EQ(mmioClose(file, 0), 0);
}

int main(void)
{
    int slowly = has_runner();
    put_file(name, "bytes", 5);
    shared = (struct shared *)mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(shared != MAP_FAILED);
    the_matrix_holds_while_others_are_refused(slowly ? 2 : 30);
    a_stopped_opener_disturbs_nobody(slowly ? 5 : 60);
    return report();
}
