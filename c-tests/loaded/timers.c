/* Timers in a library that is loaded at run time: unloaded with or without timers, it leaves no thread and makes no
 * further callback. The argument is the file of the library.
 *
 * Shows docs/contract.md, 9. Time: "or the library is unloaded, no further callback begins". */
#define _XOPEN_SOURCE 700
#include "check.h"
#include "pause.h"

#include <dlfcn.h>
#include <stdint.h>

#define ROUNDS 100

static volatile int calls;

static void CALLBACK count_call(UINT timer, UINT message, uintptr_t user, uintptr_t first, uintptr_t second)
{
    (void)timer, (void)message, (void)user, (void)first, (void)second;
    calls = calls + 1;
}

int main(int argc, char **argv)
{
    int round, before;
    CHECK_EQ(argc, 2);
    for (round = 0; round < ROUNDS; round++) {
        MMRESULT(WINAPI *set)(UINT, UINT, LPTIMECALLBACK, uintptr_t, UINT);
        MMRESULT(WINAPI *stop)(UINT);
        void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL), *found;
        UINT timer;
        CHECK(library != NULL);
        found = dlsym(library, "timeSetEvent");
        memcpy(&set, &found, sizeof found);
        found = dlsym(library, "timeKillEvent");
        memcpy(&stop, &found, sizeof found);
        before = calls;
        timer = set(1, 0, count_call, 0, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
        CHECK(timer != 0);
        /* In every other round at once, when the thread may just have begun. */
        while (round % 2 == 0 && calls < before + 2) {
            pause_for(1);
        }
        if (round % 3 == 0) {
            CHECK_EQ(stop(timer), TIMERR_NOERROR);
        }
        CHECK_EQ(dlclose(library), 0);
        CHECK(dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD) == NULL);
        before = calls;
        if (round % 10 == 0) {
            pause_for(3);
        }
        CHECK_EQ(calls, before);
    }
    return report();
}
