/* Openers at the same moment. In each round several processes open one file, each in its own way, and those that
 * succeed hold the file until all have a result. Then no two holders conflict, and an opener that was refused
 * conflicts with a holder: none is refused because of an opener that was itself refused.
 *
 * Shows docs/sharing.md, Simultaneous openers: "Two compatible opens both succeed", "they never both succeed".
 * Shows docs/contract.md, 2. Names and opening: "Two compatible opens always succeed". */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MAP_ANONYMOUS, sched_setaffinity */
#endif
#include "check.h"
#include "runner.h"
#include "ways.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define OPENERS 4
#define GROUPS 8

static char name[] = "raced0";

/* Shared by the processes of a group. */
static struct shared {
    int arrived; /* Never reset, so that rounds cannot mix. */
    pthread_mutex_t lock; /* Guards results. */
    pthread_cond_t has_result;
    int results;
    int way[OPENERS]; /* The way in this round, -1 for none. */
    UINT error[OPENERS];
} * shared;

/* Binds the process to a processor of its own, as far as there are enough: on one they would take turns. */
static void go_to_processor(int number)
{
#ifdef __linux__
    static cpu_set_t usable;
    static int is_known;
    cpu_set_t one;
    int place;
    if (!is_known)
        is_known = sched_getaffinity(0, sizeof usable, &usable) == 0;
    if (!is_known || CPU_COUNT(&usable) == 0)
        return;
    number %= CPU_COUNT(&usable);
    for (place = 0; place < CPU_SETSIZE; place++) {
        if (CPU_ISSET(place, &usable) && number-- == 0) {
            CPU_ZERO(&one);
            CPU_SET(place, &one);
            sched_setaffinity(0, sizeof one, &one);
            return;
        }
    }
#else
    (void)number;
#endif
}

/* Waits until this many processes have arrived. All continue at the same moment. */
static void meet(int all)
{
    int turns = 0;
    __atomic_add_fetch(&shared->arrived, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&shared->arrived, __ATOMIC_SEQ_CST) < all) {
        if (++turns > 2000)
            sched_yield();
    }
}

/* Waits until so many have a result, and leaves the processor to others: an open may take milliseconds. */
static void wait_for_results(int all)
{
    pthread_mutex_lock(&shared->lock);
    if (++shared->results == all)
        pthread_cond_broadcast(&shared->has_result);
    while (shared->results < all)
        pthread_cond_wait(&shared->has_result, &shared->lock);
    pthread_mutex_unlock(&shared->lock);
}

static uint32_t next_number(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Chooses the ways of a round, the same in every process. Two openers get ways that conflict. */
static void choose(int openers, uint32_t *state, int *ways)
{
    do {
        int i;
        for (i = 0; i < openers; i++)
            ways[i] = (int)(next_number(state) % WAYS);
    } while (openers == 2 && !conflict(ways[0], ways[1]));
}

/* Checks a round. Returns the number of errors. */
static int check_round(int openers)
{
    int i, k, wrong = 0;
    for (i = 0; i < openers; i++) {
        int reason = 0;
        for (k = 0; k < openers; k++) {
            if (k == i || shared->error[k] != 0 || !conflict(shared->way[i], shared->way[k]))
                continue;
            reason = 1;
            if (shared->error[i] == 0 && k > i) {
                printf("two that conflict hold the file: ways %d and %d\n", shared->way[i], shared->way[k]);
                wrong++;
            }
        }
        if (shared->error[i] != 0 && !reason) {
            printf("refused though no holder conflicts: way %d, error %u\n", shared->way[i], shared->error[i]);
            wrong++;
        }
    }
    return wrong;
}

/* Runs one process in all rounds. The first process also checks. Returns the number of errors. */
static int take_part(int group, int me, int openers, int rounds)
{
    uint32_t state = 1998u + (uint32_t)group;
    int round, ways[OPENERS], wrong = 0;
    go_to_processor(group + me);
    alarm(300); /* Ends the process if another one has crashed. */
    for (round = 1; round <= rounds; round++) {
        MMIOINFO info;
        HMMIO file;
        choose(openers, &state, ways);
        memset(&info, 0, sizeof info);
        meet((2 * round - 1) * openers);
        file = mmioOpen(name, &info, flags_of(ways[me]));
        shared->way[me] = ways[me];
        shared->error[me] = file == NULL ? info.wErrorRet : 0;
        if (file == NULL && info.wErrorRet == 0)
            wrong++;
        wait_for_results(round * openers);
        if (me == 0 && wrong < 10)
            wrong += check_round(openers);
        if (file != NULL && mmioClose(file, 0) != 0)
            wrong++;
        /* No process opens before all have closed. */
        meet(2 * round * openers);
    }
    return wrong;
}

static void prepare(void)
{
    pthread_mutexattr_t shared_lock;
    pthread_condattr_t shared_condition;
    memset(shared, 0, sizeof *shared);
    CHECK_EQ(pthread_mutexattr_init(&shared_lock), 0);
    CHECK_EQ(pthread_mutexattr_setpshared(&shared_lock, PTHREAD_PROCESS_SHARED), 0);
    CHECK_EQ(pthread_mutex_init(&shared->lock, &shared_lock), 0);
    CHECK_EQ(pthread_condattr_init(&shared_condition), 0);
    CHECK_EQ(pthread_condattr_setpshared(&shared_condition, PTHREAD_PROCESS_SHARED), 0);
    CHECK_EQ(pthread_cond_init(&shared->has_result, &shared_condition), 0);
}

/* Several groups of processes, each with its own file: an opener mostly waits. */
static void no_two_holders_conflict_and_no_refusal_lacks_a_holder(int openers, int rounds)
{
    struct shared *all = shared;
    int i, group, count = 0, status;
    pid_t children[GROUPS * OPENERS];
    rounds /= GROUPS;
    if (has_runner())
        rounds = rounds / 50 + 1;
    for (group = 0; group < GROUPS; group++, shared++) {
        prepare();
        name[5] = (char)('0' + group);
        put_file(name, "bytes", 5);
        fflush(stdout);
        for (i = 0; i < openers; i++) {
            pid_t child = fork();
            CHECK(child != -1);
            if (child == 0) {
                status = take_part(group, i, openers, rounds) != 0;
                fflush(stdout);
                _exit(status);
            }
            children[count++] = child;
        }
    }
    shared = all;
    for (i = 0; i < count; i++) {
        CHECK_EQ(waitpid(children[i], &status, 0), children[i]);
        CHECK_EQ(status, 0);
    }
}

int main(void)
{
    size_t size = GROUPS * sizeof *shared;
    shared = (struct shared *)mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(shared != MAP_FAILED);
    no_two_holders_conflict_and_no_refusal_lacks_a_holder(2, 6000);
    no_two_holders_conflict_and_no_refusal_lacks_a_holder(OPENERS, 1000);
    return report();
}
