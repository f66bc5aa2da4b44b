/* The time functions: what they return, which callbacks are made and in which order, and that none is made after a
 * timer was killed, in a forked child, or at the end. Nothing depends on the speed of the machine.
 *
 * Shows docs/contract.md, 9. Time: "Clock", "Range", "timeSetEvent", "Callbacks", "timeKillEvent", "Processes".
 * Shows docs/differences.md, Time: "A timer loses no callback". */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "pause.h"
#include "runner.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int calls[8];
static char order[64];
static int order_count;

static int calls_of(int which)
{
    int count;
    pthread_mutex_lock(&mutex);
    count = calls[which];
    pthread_mutex_unlock(&mutex);
    return count;
}

static void wait_for_calls(int which, int count)
{
    while (calls_of(which) < count) {
        pause_for(1);
    }
}

static void reset(void)
{
    pthread_mutex_lock(&mutex);
    memset(calls, 0, sizeof calls);
    order_count = 0;
    pthread_mutex_unlock(&mutex);
}

static void CALLBACK count_call(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    pthread_mutex_lock(&mutex);
    calls[user]++;
    if (order_count < (int)sizeof order - 1) {
        order[order_count++] = (char)('0' + user);
    }
    /* The checks are not safe in this thread: the count becomes one that no test expects. */
    if (timer == 0 || message != 0 || first != 0 || second != 0) {
        calls[user] += 1000000;
    }
    pthread_mutex_unlock(&mutex);
}

static void the_clock_is_monotonic(void)
{
    MMTIME time;
    DWORD before = timeGetTime(), last = before, after;
    int i;
    for (i = 0; i < 1000; i++) {
        after = timeGetTime();
        CHECK((int32_t)(after - last) >= 0);
        last = after;
    }
    pause_for(3);
    after = timeGetTime();
    CHECK(after - before >= 3 && after - before < 1000000);

    memset(&time, 0xee, sizeof time);
    before = timeGetTime();
    CHECK_EQ(timeGetSystemTime(&time, sizeof time), TIMERR_NOERROR);
    CHECK_EQ(time.wType, TIME_MS);
    CHECK(time.u.ms - before < 1000000);
    CHECK_EQ(timeGetSystemTime(&time, sizeof time + 4), TIMERR_NOERROR);
    memset(&time, 0xee, sizeof time);
    CHECK_EQ(timeGetSystemTime(&time, sizeof time - 1), TIMERR_STRUCT);
    CHECK_EQ(timeGetSystemTime(&time, 0), TIMERR_STRUCT);
    CHECK_EQ(time.wType, 0xeeeeeeee);
    CHECK_EQ(timeGetSystemTime(NULL, sizeof time), MMSYSERR_INVALPARAM);
}

static void periods_have_a_range(void)
{
    TIMECAPS caps;
    memset(&caps, 0xee, sizeof caps);
    CHECK_EQ(timeGetDevCaps(&caps, sizeof caps - 1), TIMERR_NOCANDO);
    CHECK_EQ(timeGetDevCaps(NULL, sizeof caps), TIMERR_NOCANDO);
    CHECK_EQ(caps.wPeriodMin, 0xeeeeeeee);
    CHECK_EQ(timeGetDevCaps(&caps, sizeof caps), MMSYSERR_NOERROR);
    CHECK_EQ(caps.wPeriodMin, 1);
    CHECK_EQ(caps.wPeriodMax, 1000000);
    CHECK_EQ(timeBeginPeriod(caps.wPeriodMin), TIMERR_NOERROR);
    CHECK_EQ(timeEndPeriod(caps.wPeriodMin), TIMERR_NOERROR);
    CHECK_EQ(timeBeginPeriod(caps.wPeriodMax), TIMERR_NOERROR);
    CHECK_EQ(timeEndPeriod(caps.wPeriodMax), TIMERR_NOERROR);
    CHECK_EQ(timeBeginPeriod(caps.wPeriodMin - 1), TIMERR_NOCANDO);
    CHECK_EQ(timeEndPeriod(caps.wPeriodMin - 1), TIMERR_NOCANDO);
    CHECK_EQ(timeBeginPeriod(caps.wPeriodMax + 1), TIMERR_NOCANDO);
    CHECK_EQ(timeEndPeriod(0xffffffff), TIMERR_NOCANDO);
}

/* Returns how many threads the process has, where the system reports it. */
static int threads(void)
{
#ifdef __linux__
    char line[128];
    int count = -1;
    FILE *file = fopen("/proc/self/status", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "Threads: %d", &count);
    }
    if (file != NULL) {
        fclose(file);
    }
    return count;
#else
    return -1;
#endif
}

static void timers_that_cannot_be_set(void)
{
    static const UINT delays[] = {0, 1000001, 0xffffffff};
    int before = threads();
    size_t i;
    for (i = 0; i < sizeof delays / sizeof *delays; i++) {
        CHECK_EQ(timeSetEvent(delays[i], 0, count_call, 0, TIME_ONESHOT), 0);
        CHECK_EQ(timeSetEvent(delays[i], 0, count_call, 0, TIME_PERIODIC), 0);
    }
    CHECK_EQ(timeSetEvent(1, 0, NULL, 0, TIME_ONESHOT), 0);
    CHECK_EQ(timeSetEvent(1, 0, count_call, 0, TIME_CALLBACK_EVENT_SET), 0);
    CHECK_EQ(timeSetEvent(1, 0, count_call, 0, TIME_PERIODIC | TIME_CALLBACK_EVENT_PULSE), 0);
    CHECK_EQ(timeKillEvent(0), MMSYSERR_INVALPARAM);
    CHECK_EQ(timeKillEvent(1), MMSYSERR_INVALPARAM);
    CHECK_EQ(timeKillEvent(0xffffffff), MMSYSERR_INVALPARAM);
    /* There is no thread before the first timer. */
    CHECK_EQ(threads(), before);
}

static void a_one_shot_timer_calls_once(void)
{
    UINT timer;
    reset();
    timer = timeSetEvent(1, 0, count_call, 1, TIME_ONESHOT | TIME_CALLBACK_FUNCTION);
    CHECK(timer != 0);
    wait_for_calls(1, 1);
    /* A moment later the timer does not exist any more. */
    timeKillEvent(timer);
    CHECK_EQ(timeKillEvent(timer), MMSYSERR_INVALPARAM);
    pause_for(10);
    CHECK_EQ(calls_of(1), 1);
}

static void a_periodic_timer_calls_until_it_is_killed(void)
{
    UINT timer, other;
    int count;
    reset();
    timer = timeSetEvent(1, 0, count_call, 1, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
    other = timeSetEvent(2, 0, count_call, 2, TIME_PERIODIC);
    CHECK(timer != 0 && other != 0 && timer != other);
    wait_for_calls(1, 20);
    wait_for_calls(2, 5);
    CHECK_EQ(timeKillEvent(timer), TIMERR_NOERROR);
    /* It was the last callback. */
    count = calls_of(1);
    CHECK_EQ(timeKillEvent(timer), MMSYSERR_INVALPARAM);
    wait_for_calls(2, calls_of(2) + 5);
    CHECK_EQ(calls_of(1), count);
    CHECK_EQ(timeKillEvent(other), TIMERR_NOERROR);
}

/* No callback is skipped, however late, and all are made in the order in which they are due: a callback that takes
 * ten periods does not change that. */
static void CALLBACK take_long(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    count_call(timer, message, user, first, second);
    if (calls_of((int)user) == 3) {
        pause_for(50);
    }
}

static void a_late_callback_is_not_skipped(void)
{
    UINT timers[2];
    DWORD began;
    int i;
    do {
        reset();
        began = timeGetTime();
        timers[0] = timeSetEvent(5, 0, take_long, 1, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
        timers[1] = timeSetEvent(5, 0, count_call, 2, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
        CHECK(timeSetEvent(61, 0, count_call, 3, TIME_ONESHOT) != 0);
        /* Repeated if this thread was delayed in between. */
        began = timeGetTime() - began;
        wait_for_calls(3, 1);
        CHECK_EQ(timeKillEvent(timers[0]), TIMERR_NOERROR);
        CHECK_EQ(timeKillEvent(timers[1]), TIMERR_NOERROR);
    } while (began > 1);
    /* Twelve callbacks of each are due before it. */
    for (i = 0; i < 24; i++) {
        CHECK_EQ(order[i], i % 2 == 0 ? '1' : '2');
    }
    CHECK_EQ(order[24], '3');
}

static void timers_call_in_the_order_of_their_times(void)
{
    DWORD began;
    do {
        reset();
        began = timeGetTime();
        CHECK(timeSetEvent(60, 0, count_call, 3, TIME_ONESHOT) != 0);
        CHECK(timeSetEvent(20, 0, count_call, 1, TIME_ONESHOT) != 0);
        CHECK(timeSetEvent(40, 0, count_call, 2, TIME_ONESHOT) != 0);
        /* Repeated if this thread was delayed in between. */
        began = timeGetTime() - began;
        wait_for_calls(1, 1);
        wait_for_calls(2, 1);
        wait_for_calls(3, 1);
    } while (began > 10);
    order[order_count] = 0;
    CHECK(strcmp(order, "123") == 0);
}

static UINT own_timer;
static MMRESULT own_results[3];

static void CALLBACK kill_itself(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    own_results[0] = timeKillEvent(timer);
    own_results[1] = timeKillEvent(timer);
    /* A timer that a callback sets is like any other. */
    own_timer = timeSetEvent(1, 0, count_call, user + 1, TIME_ONESHOT);
    count_call(timer, message, user, first, second);
}

static void a_callback_may_kill_its_own_timer(void)
{
    static const UINT kinds[] = {TIME_ONESHOT, TIME_PERIODIC, TIME_ONESHOT | TIME_KILL_SYNCHRONOUS,
                                 TIME_PERIODIC | TIME_KILL_SYNCHRONOUS};
    size_t i;
    for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        reset();
        own_results[0] = own_results[1] = 99;
        CHECK(timeSetEvent(1, 0, kill_itself, 1, kinds[i]) != 0);
        wait_for_calls(2, 1);
        pause_for(5);
        CHECK_EQ(calls_of(1), 1);
        CHECK_EQ(own_results[0], TIMERR_NOERROR);
        CHECK_EQ(own_results[1], MMSYSERR_INVALPARAM);
    }
}

static void CALLBACK mark_both_ends(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    count_call(timer, message, user, first, second);
    pause_for(30);
    count_call(timer, message, user + 1, first, second);
}

/* With TIME_KILL_SYNCHRONOUS timeKillEvent waits for a running callback. */
static void a_synchronous_kill_waits(void)
{
    UINT timer;
    reset();
    timer = timeSetEvent(1, 0, mark_both_ends, 1, TIME_ONESHOT | TIME_KILL_SYNCHRONOUS);
    wait_for_calls(1, 1);
    CHECK_EQ(timeKillEvent(timer), TIMERR_NOERROR);
    CHECK_EQ(calls_of(2), 1);
    reset();
    timer = timeSetEvent(1, 0, mark_both_ends, 1, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
    wait_for_calls(1, 2);
    CHECK_EQ(timeKillEvent(timer), TIMERR_NOERROR);
    CHECK_EQ(calls_of(2), calls_of(1));
}

static void many_timers(void)
{
    enum { MANY = 2000 };
    static UINT timers[MANY];
    int i;
    reset();
    for (i = 0; i < MANY; i++) {
        timers[i] = timeSetEvent(i % 2 ? 1000000 : 1 + (UINT)i % 50, 0, count_call, 1, TIME_ONESHOT);
        CHECK(timers[i] != 0);
    }
    wait_for_calls(1, MANY / 2);
    for (i = 1; i < MANY; i += 2) {
        CHECK_EQ(timeKillEvent(timers[i]), TIMERR_NOERROR);
    }
    CHECK_EQ(calls_of(1), MANY / 2);
}

static volatile sig_atomic_t handled_elsewhere;
static pthread_t main_thread;

static void handle(int number)
{
    (void)number;
    if (!pthread_equal(pthread_self(), main_thread)) {
        handled_elsewhere = 1;
    }
}

static void no_signal_is_handled_in_the_thread(void)
{
    UINT timer;
    struct sigaction action;
    int i;
    main_thread = pthread_self();
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    sigaction(SIGUSR1, &action, NULL);
    reset();
    timer = timeSetEvent(1, 0, count_call, 1, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
    for (i = 0; i < 50; i++) {
        kill(getpid(), SIGUSR1);
        pause_for(1);
    }
    CHECK_EQ(timeKillEvent(timer), TIMERR_NOERROR);
    CHECK(!handled_elsewhere);
}

/* Ends a forked child by executing another program: valgrind reports the threads of the parent as lost memory at an
 * exit. */
static void leave(int status)
{
    execl("/bin/sh", "sh", "-c", status == 0 ? "exit 0" : status == 7 ? "exit 7" : "exit 1", (char *)NULL);
    _exit(1);
}

static void in_a_forked_child_no_timers_run(void)
{
    UINT timer;
    int status, before, i;
    pid_t child;
    reset();
    timer = timeSetEvent(1, 0, count_call, 1, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
    wait_for_calls(1, 3);
    /* This thread holds the mutex during the fork, so that it is held in the child too. */
    for (i = 0; i < 20; i++) {
        pthread_mutex_lock(&mutex);
        child = fork();
        pthread_mutex_unlock(&mutex);
        if (child == 0) {
            int wrong = 0;
            before = calls_of(1);
            pause_for(5);
            wrong |= calls_of(1) != before;
            wrong |= timeKillEvent(timer) != MMSYSERR_INVALPARAM;
            /* The child may set its own. */
            wrong |= timeSetEvent(1, 0, count_call, 2, TIME_ONESHOT) == 0;
            wait_for_calls(2, 1);
            leave(wrong);
        }
        CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    before = calls_of(1);
    wait_for_calls(1, before + 3);
    CHECK_EQ(timeKillEvent(timer), TIMERR_NOERROR);
}

static void CALLBACK fork_here(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        UINT own = timeSetEvent(1000000, 0, count_call, 5, TIME_PERIODIC);
        leave(own != 0 && timeKillEvent(own) == TIMERR_NOERROR && timeKillEvent(timer) == MMSYSERR_INVALPARAM ? 7 : 1);
    }
    if (waitpid(child, &status, 0) == child && WEXITSTATUS(status) == 7) {
        count_call(timer, message, user, first, second);
    } else {
        count_call(timer, 1, user, first, second);
    }
}

static void a_callback_may_fork(void)
{
    reset();
    CHECK(timeSetEvent(1, 0, fork_here, 1, TIME_ONESHOT) != 0);
    wait_for_calls(1, 1);
    CHECK_EQ(calls_of(1), 1);
}

static void CALLBACK exit_here(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    (void)timer, (void)message, (void)first, (void)second;
    exit((int)user);
}

static void CALLBACK set_again(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    count_call(timer, message, user, first, second);
    pause_for(20);
    timeSetEvent(1, 0, set_again, user, TIME_ONESHOT);
}

/* Timers may exist when a process exits, and a callback may call exit or set the next timer. */
static void a_process_may_exit_with_timers(void)
{
    int status, i;
    for (i = 0; i < 4; i++) {
        pid_t child = fork();
        if (child == 0) {
            reset();
            alarm(20);
            timeSetEvent(1, 0, i == 0 ? exit_here : i == 3 ? set_again : count_call, 7,
                         i == 3 ? TIME_ONESHOT : TIME_PERIODIC);
            if (i == 0) {
                pause();
            }
            if (i == 3) {
                wait_for_calls(7, 1);
            } else {
                pause_for(i * 3);
            }
            exit(7);
        }
        CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status));
        /* 99 is valgrind's, which reports the thread that exits as lost memory. */
        CHECK(WEXITSTATUS(status) == 7 || (i == 0 && WEXITSTATUS(status) == 99));
    }
}

int main(void)
{
    the_clock_is_monotonic();
    periods_have_a_range();
    timers_that_cannot_be_set();
    a_one_shot_timer_calls_once();
    a_periodic_timer_calls_until_it_is_killed();
    a_late_callback_is_not_skipped();
    timers_call_in_the_order_of_their_times();
    a_callback_may_kill_its_own_timer();
    a_synchronous_kill_waits();
    many_timers();
    no_signal_is_handled_in_the_thread();
    if (children_have_threads()) {
        in_a_forked_child_no_timers_run();
        a_callback_may_fork();
        a_process_may_exit_with_timers();
    } else {
        printf("skipped: timers in a forked child, which cannot start a thread in this emulator\n");
    }
    return report();
}
