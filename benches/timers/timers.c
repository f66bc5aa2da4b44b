/* The accuracy of a timer, and the time of a call of timeGetTime: a periodic timer of 10 ms for 10 s (or as many
 * seconds as the argument says), and timeGetTime compared with clock_gettime. Exits with status 1 if a limit is
 * exceeded: a callback is lost, half of the callbacks are late by 1 ms or more, or timeGetTime takes 3 ns more than
 * clock_gettime. */
#define _POSIX_C_SOURCE 200809L
#include <mmsystem.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PERIOD 10
#define MOST 100000
#define ROUNDS 15
#define CALLS 1000000

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long times[MOST];
static volatile int count;

static void CALLBACK note_time(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    (void)timer, (void)message, (void)user, (void)first, (void)second;
    if (count < MOST) {
        times[count] = now();
        count = count + 1;
    }
}

static int by_size(const void *one, const void *other)
{
    long long a = *(const long long *)one, b = *(const long long *)other;
    return (a > b) - (a < b);
}

/* Returns the time of a call in nanoseconds. */
static double cost(void (*call)(void))
{
    long long before = now();
    int i;
    for (i = 0; i < CALLS; i++) {
        call();
    }
    return (double)(now() - before) / CALLS;
}

static volatile DWORD sink;

static void get_time(void)
{
    sink = timeGetTime();
}

static void get_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    sink = (DWORD)time.tv_nsec;
}

int main(int argc, char **argv)
{
    int seconds = argc > 1 ? atoi(argv[1]) : 10, expected, i;
    struct timespec pause;
    long long began;
    double of_library = 1e9, of_system = 1e9;
    UINT timer;
    pause.tv_sec = seconds;
    pause.tv_nsec = PERIOD * 500000L;
    began = now();
    timer = timeSetEvent(PERIOD, 0, note_time, 0, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
    nanosleep(&pause, NULL);
    if (timer == 0 || timeKillEvent(timer) != TIMERR_NOERROR) {
        puts("no timer");
        return 1;
    }
    expected = seconds * 1000 / PERIOD;
    for (i = 0; i < count; i++) {
        times[i] -= began + (i + 1) * PERIOD * 1000000LL;
    }
    qsort(times, (size_t)count, sizeof *times, by_size);
    printf("a periodic timer of %d ms over %d s: %d calls of %d\n", PERIOD, seconds, count, expected);
    if (count < expected) {
        return 1;
    }
    printf("late, in microseconds: %.0f at the least, %.0f at the median, %.0f of 99 %%, %.0f at the most\n",
           (double)times[0] / 1e3, (double)times[count / 2] / 1e3, (double)times[count * 99 / 100] / 1e3,
           (double)times[count - 1] / 1e3);
    /* The best of several rounds, alternately. */
    for (i = 0; i < ROUNDS; i++) {
        double one = cost(get_time), other = cost(get_clock);
        of_library = one < of_library ? one : of_library;
        of_system = other < of_system ? other : of_system;
    }
    printf("timeGetTime: %.1f ns; clock_gettime: %.1f ns\n", of_library, of_system);
    return times[count / 2] >= 1000000 || of_library > of_system + 3;
}
