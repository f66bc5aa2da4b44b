/* timeapi.h: the time functions of winmm. mmsystem.h includes it, unless MMNOTIMER is defined.
 *
 * Made of the Rust source by cbindgen: change that, and run `make header`. */

#ifndef TIMEAPI_H
#define TIMEAPI_H

#include "mmsyscom.h"

#pragma pack(push, 1)
#define MMSYSTEM_PACKED_TIME

/**
 * What the timers can do (timeGetDevCaps).
 */
#ifndef _TIMECAPS
struct MMSYSTEM_PACKED_TIME _TIMECAPS {
  /**
   * The shortest period, in milliseconds: 1.
   */
  UINT wPeriodMin;
  /**
   * The longest period, in milliseconds: 1000000.
   */
  UINT wPeriodMax;
};
#endif

#ifndef LPTIMECAPS
typedef struct _TIMECAPS *LPTIMECAPS;
#endif

/**
 * A timer's callback (timeSetEvent).
 *
 * uTimerID: the timer, as timeSetEvent returned it.
 *
 * uMsg, dw1, dw2: 0; Windows reserves them.
 *
 * dwUser: what timeSetEvent was given.
 *
 * It is called in a thread of the library, one call at a time, whatever the timer: one that takes long
 * delays the others. It may call any function, timeSetEvent and timeKillEvent too. Signals are blocked in
 * that thread, but for those of faults (SIGSEGV and its like). It must return: an exception, a longjmp or
 * the end of the thread out of it stops all timers.
 *
 * Source: doc; the thread and its signals are ours.
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
 * Tells the time, in milliseconds, on a clock that never goes back and is never set.
 *
 * Returns the milliseconds since a time that stays the same until the system is started anew. After 2^32 ms, 49.7
 * days, it begins at 0 again: a difference of two times is right all the same, in 32 bits.
 *
 * Source: doc; what the clock counts from is the system's.
 */
#ifndef timeGetTime
MMSYSTEM_API
DWORD timeGetTime(void);
#endif

/**
 * Tells the time of timeGetTime in a structure.
 *
 * pmmt: receives TIME_MS in wType, and the time in u.ms.
 *
 * cbmmt: the size of the structure, in bytes: sizeof(MMTIME), which is 12, or more.
 *
 * Returns 0 (TIMERR_NOERROR); TIMERR_STRUCT: cbmmt is too small; MMSYSERR_INVALPARAM: pmmt is NULL.
 *
 * Source: doc; the errors are ours.
 *
 * # Safety
 * - pmmt: NULL, or valid for writing cbmmt bytes.
 */
#ifndef timeGetSystemTime
MMSYSTEM_API MMRESULT timeGetSystemTime(LPMMTIME pmmt, UINT cbmmt);
#endif

/**
 * Tells what the timers can do.
 *
 * ptc: receives the shortest period and the longest, in milliseconds: 1 and 1000000.
 *
 * cbtc: the size of the structure, in bytes: sizeof(TIMECAPS), which is 8, or more.
 *
 * Returns 0 (MMSYSERR_NOERROR); TIMERR_NOCANDO: ptc is NULL, or cbtc is too small.
 *
 * Source: doc; the numbers are ours.
 *
 * # Safety
 * - ptc: NULL, or valid for writing cbtc bytes.
 */
#ifndef timeGetDevCaps
MMSYSTEM_API MMRESULT timeGetDevCaps(LPTIMECAPS ptc, UINT cbtc);
#endif

/**
 * Asks for a resolution of the timers. Here it is always the best that the system has: nothing changes.
 *
 * uPeriod: the resolution, in milliseconds, 1 to 1000000.
 *
 * Returns 0 (TIMERR_NOERROR); TIMERR_NOCANDO: uPeriod is out of range.
 *
 * Source: doc; that nothing changes is ours.
 */
#ifndef timeBeginPeriod
MMSYSTEM_API
MMRESULT timeBeginPeriod(UINT uPeriod);
#endif

/**
 * Takes back what timeBeginPeriod asked for.
 *
 * uPeriod: the same number.
 *
 * Returns 0 (TIMERR_NOERROR); TIMERR_NOCANDO: uPeriod is out of range.
 *
 * Source: doc; that one without a timeBeginPeriod before it is no error is ours.
 */
#ifndef timeEndPeriod
MMSYSTEM_API MMRESULT timeEndPeriod(UINT uPeriod);
#endif

/**
 * Sets a timer, which calls a function once, or again and again.
 *
 * uDelay: the time to the call, and from one call to the next, in milliseconds, 1 to 1000000. The calls of a periodic
 * timer are due at whole multiples of it from when it was set: one that is late does not make the next late, and none
 * is left out.
 *
 * uResolution: any; the timers are as exact as the system can.
 *
 * fptc: the function, which is called in a thread of the library: see LPTIMECALLBACK.
 *
 * dwUser: what it is called with.
 *
 * fuEvent: TIME_ONESHOT, which is 0, or TIME_PERIODIC; and TIME_CALLBACK_FUNCTION, which is 0.
 * TIME_KILL_SYNCHRONOUS: timeKillEvent waits for a call that it finds running. TIME_CALLBACK_EVENT_SET and
 * TIME_CALLBACK_EVENT_PULSE are refused: there are no events of Windows.
 *
 * The thread is started with the first timer. In a child that the process forks no timers run; the child may set some.
 * Unless it is the process that exits, kill timers before what they call is unloaded.
 *
 * Returns the timer, for timeKillEvent; 0 if uDelay is out of range, fptc is NULL, an event is asked for, or there is
 * no memory or no thread to be had.
 *
 * Source: doc; forks, and that no call is left out, are ours.
 *
 * # Safety
 * - fptc: NULL, or a function that may be called until the timer was killed, or its one call is over.
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
 * Kills a timer: its function is not called any more. A call that runs in the meantime goes on; with
 * TIME_KILL_SYNCHRONOUS this returns when it is over. A function may kill its own timer.
 *
 * uTimerID: the timer.
 *
 * Returns 0 (TIMERR_NOERROR); MMSYSERR_INVALPARAM: there is no such timer, or not any more.
 *
 * Source: doc.
 */
#ifndef timeKillEvent
MMSYSTEM_API
MMRESULT timeKillEvent(UINT uTimerID);
#endif

#ifdef __cplusplus
}
#endif

#endif  /* TIMEAPI_H */

#ifdef MMSYSTEM_PACKED_TIME
#undef MMSYSTEM_PACKED_TIME
#pragma pack(pop)
#include "mmsystem_assert.h"
/* LPTIMECALLBACK without the pointer: the type of the function itself, to declare one. */
#ifndef TIMECALLBACK
typedef void(CALLBACK TIMECALLBACK)(UINT uTimerID, UINT uMsg, uintptr_t dwUser, uintptr_t dw1, uintptr_t dw2);
#endif
MMSYSTEM_SIZE(TIMECAPS, 8);
#endif
