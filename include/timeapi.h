/* timeapi.h: the time functions of winmm. mmsystem.h includes it, unless MMNOTIMER is defined.
 *
 * Generated from the Rust source by cbindgen: change that, and run `make header`. */

#ifndef TIMEAPI_H
#define TIMEAPI_H

#include "mmsyscom.h"

#pragma pack(push, 1)
#define MMSYSTEM_PACKED_TIME

/**
 * The limits of the timers.
 *
 * timeGetDevCaps fills it in.
 */
#ifndef _TIMECAPS
struct MMSYSTEM_PACKED_TIME _TIMECAPS {
  /**
   * The shortest period: 1 millisecond.
   */
  UINT wPeriodMin;
  /**
   * The longest period: 1000000 milliseconds.
   */
  UINT wPeriodMax;
};
#endif

#ifndef LPTIMECAPS
typedef struct _TIMECAPS *LPTIMECAPS;
#endif

/**
 * The type of the function that a timer calls.
 *
 * timeSetEvent sets such a timer. The function is called in a thread of the library, one call at a time for
 * all timers: a call that takes long delays the others. It may call any function, also timeSetEvent and
 * timeKillEvent. Signals are blocked in that thread, except those of faults such as SIGSEGV. The function must
 * return: an exception, a longjmp or the end of the thread stops all timers.
 *
 * uTimerID: the timer, as timeSetEvent returned it.
 *
 * uMsg, dw1, dw2: 0; Windows reserves them.
 *
 * dwUser: the number given to timeSetEvent.
 *
 * Source: Microsoft's documentation, which does not describe the thread.
 */
#ifndef LPTIMECALLBACK
typedef void (*LPTIMECALLBACK)(UINT uTimerID,
                               UINT uMsg,
                               uintptr_t dwUser,
                               uintptr_t dw1,
                               uintptr_t dw2);
#endif

#ifndef TIMECAPS
typedef struct _TIMECAPS TIMECAPS;
#endif

#ifndef PTIMECAPS
typedef struct _TIMECAPS *PTIMECAPS;
#endif

#ifndef NPTIMECAPS
typedef struct _TIMECAPS *NPTIMECAPS;
#endif

#ifndef TIMERR_NOERROR
#define TIMERR_NOERROR 0
#endif

#ifndef TIMERR_NOCANDO
#define TIMERR_NOCANDO 97
#endif

#ifndef TIMERR_STRUCT
#define TIMERR_STRUCT 129
#endif

#ifndef TIME_ONESHOT
#define TIME_ONESHOT 0x00000000
#endif

#ifndef TIME_PERIODIC
#define TIME_PERIODIC 0x00000001
#endif

#ifndef TIME_CALLBACK_FUNCTION
#define TIME_CALLBACK_FUNCTION 0x00000000
#endif

#ifndef TIME_CALLBACK_EVENT_SET
#define TIME_CALLBACK_EVENT_SET 0x00000010
#endif

#ifndef TIME_CALLBACK_EVENT_PULSE
#define TIME_CALLBACK_EVENT_PULSE 0x00000020
#endif

#ifndef TIME_KILL_SYNCHRONOUS
#define TIME_KILL_SYNCHRONOUS 0x00000100
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Returns the time in milliseconds, on a clock that is never set and never goes back.
 *
 * The difference of two times, computed in 32 bits, is the time between them, even though the clock starts
 * again at 0 every 49.7 days (2^32 milliseconds).
 *
 * Returns the milliseconds since a moment that does not change until the system is restarted.
 *
 * Source: Microsoft's documentation. On Windows the clock starts with the system; here the
 * system chooses where it starts.
 */
#ifndef timeGetTime
MMSYSTEM_API
DWORD timeGetTime(void);
#endif

/**
 * Gets the time of timeGetTime in a structure.
 *
 * It is for programs that keep times of several formats in MMTIME.
 *
 * pmmt: receives TIME_MS in wType, and the time in u.ms.
 *
 * cbmmt: the size of the structure in bytes, sizeof(MMTIME), which is 12, or more.
 *
 * Returns 0 (TIMERR_NOERROR), or on failure:
 * - TIMERR_STRUCT: cbmmt is too small.
 * - MMSYSERR_INVALPARAM: pmmt is NULL.
 *
 * Source: Microsoft's documentation, which has no rule for these errors.
 */
#ifndef timeGetSystemTime
MMSYSTEM_API MMRESULT timeGetSystemTime(LPMMTIME pmmt, UINT cbmmt);
#endif

/**
 * Gets the shortest and the longest period of the timers.
 *
 * They are limits of uDelay of timeSetEvent, and of the periods of timeBeginPeriod.
 *
 * ptc: receives the shortest period and the longest, in milliseconds: 1 and 1000000.
 *
 * cbtc: the size of the structure in bytes, sizeof(TIMECAPS), which is 8, or more.
 *
 * Returns 0 (MMSYSERR_NOERROR), or on failure:
 * - TIMERR_NOCANDO: ptc is NULL, or cbtc is too small.
 *
 * Source: Microsoft's documentation, which leaves the limits to the system.
 */
#ifndef timeGetDevCaps
MMSYSTEM_API MMRESULT timeGetDevCaps(LPTIMECAPS ptc, UINT cbtc);
#endif

/**
 * Requests a resolution of the timers.
 *
 * The timers of this library always have the best resolution of the system: the function checks its argument,
 * and has no other effect.
 *
 * uPeriod: the resolution in milliseconds, 1 to 1000000.
 *
 * Returns 0 (TIMERR_NOERROR), or on failure:
 * - TIMERR_NOCANDO: uPeriod is out of range.
 *
 * Source: Microsoft's documentation.
 */
#ifndef timeBeginPeriod
MMSYSTEM_API
MMRESULT timeBeginPeriod(UINT uPeriod);
#endif

/**
 * Ends a request for a resolution of the timers.
 *
 * The timers of this library always have the best resolution of the system: the function checks its argument,
 * and has no other effect. A call without an earlier timeBeginPeriod is not an error.
 *
 * uPeriod: the number given to timeBeginPeriod.
 *
 * Returns 0 (TIMERR_NOERROR), or on failure:
 * - TIMERR_NOCANDO: uPeriod is out of range.
 *
 * Source: Microsoft's documentation.
 */
#ifndef timeEndPeriod
MMSYSTEM_API
MMRESULT timeEndPeriod(UINT uPeriod);
#endif

/**
 * Sets a timer that calls a function once or periodically.
 *
 * The function is called in a thread of the library, which is started with the first timer: see
 * LPTIMECALLBACK. The calls of a periodic timer are due at whole multiples of uDelay from when it was set. A
 * late call does not delay the next one, and no call is left out.
 *
 * Kill a timer with timeKillEvent before the code of its function is unloaded. Timers do not run in a child
 * that the process forks; the child can set timers of its own.
 *
 * uDelay: the time to the call, and between calls, in milliseconds, 1 to 1000000.
 *
 * uResolution: ignored. The timers are as exact as the system permits.
 *
 * fptc: the function. It must be callable until its one call is over, or the timer is killed.
 *
 * dwUser: passed to the function.
 *
 * fuEvent: TIME_ONESHOT (which is 0) or TIME_PERIODIC, and TIME_CALLBACK_FUNCTION (which is 0). With
 * TIME_KILL_SYNCHRONOUS, timeKillEvent waits for a call that is running. TIME_CALLBACK_EVENT_SET and
 * TIME_CALLBACK_EVENT_PULSE fail, as there are no Windows events here.
 *
 * Returns the timer, for timeKillEvent. Returns 0 if uDelay is out of range, fptc is NULL, fuEvent asks for a
 * Windows event, or there is no memory or thread.
 *
 * Source: Microsoft's documentation, which has no rule for forks and for late calls.
 *
 * Example: Prints three ticks. The function writes to a pipe, and the program waits for it.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 * #include <unistd.h>
 *
 * static void CALLBACK Tick(UINT uTimerID, UINT uMsg,
 *                           uintptr_t dwUser, uintptr_t dw1,
 *                           uintptr_t dw2)
 * {
 *     (void)uTimerID, (void)uMsg, (void)dw1, (void)dw2;
 *     if (write((int)dwUser, "!", 1) != 1)
 *         perror("write");
 * }
 *
 * int main(void)
 * {
 *     int ends[2], i;
 *     char tick;
 *     UINT timer;
 *     if (pipe(ends) != 0)
 *         return 1;
 *     timer = timeSetEvent(10, 0, Tick, (uintptr_t)ends[1],
 *                          TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
 *     if (timer == 0)
 *         return 1;
 *     for (i = 1; i <= 3 && read(ends[0], &tick, 1) == 1; i++)
 *         printf("tick %d\n", i);
 *     return timeKillEvent(timer) == TIMERR_NOERROR ? 0 : 1;
 * }
 * ```
 */
#ifndef timeSetEvent
MMSYSTEM_API
MMRESULT timeSetEvent(UINT uDelay,
                      UINT uResolution,
                      LPTIMECALLBACK fptc,
                      uintptr_t dwUser,
                      UINT fuEvent);
#endif

/**
 * Kills a timer.
 *
 * Its function is not called again. A call that is running continues; with TIME_KILL_SYNCHRONOUS,
 * timeKillEvent returns when it is over. The function may kill its own timer.
 *
 * uTimerID: the timer, from timeSetEvent.
 *
 * Returns 0 (TIMERR_NOERROR), or on failure:
 * - MMSYSERR_INVALPARAM: there is no such timer, or it has already ended.
 *
 * Source: Microsoft's documentation.
 */
#ifndef timeKillEvent
MMSYSTEM_API MMRESULT timeKillEvent(UINT uTimerID);
#endif

#ifdef __cplusplus
}
#endif

#endif  /* TIMEAPI_H */

#ifdef MMSYSTEM_PACKED_TIME
#undef MMSYSTEM_PACKED_TIME
#pragma pack(pop)
#include "mmsystem_assert.h"
/* LPTIMECALLBACK without the pointer, for the declaration of a function. */
#ifndef TIMECALLBACK
typedef void(CALLBACK TIMECALLBACK)(UINT uTimerID, UINT uMsg, uintptr_t dwUser, uintptr_t dw1, uintptr_t dw2);
#endif
MMSYSTEM_SIZE(TIMECAPS, 8);
#endif
