//! The time functions: the clock, and timers that call back.

use crate::abi::{
    DWORD, LPMMTIME, LPTIMECALLBACK, LPTIMECAPS, MMRESULT, MMSYSERR_INVALPARAM, MMTIME,
    TIME_CALLBACK_EVENT_PULSE, TIME_CALLBACK_EVENT_SET, TIME_KILL_SYNCHRONOUS, TIME_MS, TIME_PERIODIC,
    TIMECAPS, TIMERR_NOCANDO, TIMERR_NOERROR, TIMERR_STRUCT, UINT,
};
use crate::fork;
use crate::sys;
use crate::timer::{self, Callback};

/// The shortest delay and period of a timer, and the longest, in milliseconds.
const MIN_PERIOD: UINT = 1;
const MAX_PERIOD: UINT = 1_000_000;

/// Returns the time in milliseconds, on a clock that is never set and never goes back.
///
/// The difference of two times, computed in 32 bits, is the time between them, even though the clock starts
/// again at 0 every 49.7 days (2^32 milliseconds).
///
/// Returns the milliseconds since a moment that does not change until the system is restarted.
///
/// Source: Microsoft's documentation. On Windows the clock starts with the system; here the
/// system chooses where it starts.
#[unsafe(no_mangle)]
pub extern "C" fn timeGetTime() -> DWORD {
    sys::milliseconds()
}

/// Gets the time of timeGetTime in a structure.
///
/// It is for programs that keep times of several formats in MMTIME.
///
/// pmmt: receives TIME_MS in wType, and the time in u.ms.
///
/// cbmmt: the size of the structure in bytes, sizeof(MMTIME), which is 12, or more.
///
/// Returns 0 (TIMERR_NOERROR), or on failure:
/// - TIMERR_STRUCT: cbmmt is too small.
/// - MMSYSERR_INVALPARAM: pmmt is NULL.
///
/// Source: Microsoft's documentation, which has no rule for these errors.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn timeGetSystemTime(pmmt: LPMMTIME, cbmmt: UINT) -> MMRESULT {
    if pmmt.is_null() {
        return MMSYSERR_INVALPARAM;
    }
    if (cbmmt as usize) < size_of::<MMTIME>() {
        return TIMERR_STRUCT;
    }
    // The rest of the union does not change.
    // SAFETY: the caller's promise; the structure is packed, and any address is aligned.
    unsafe {
        (&raw mut (*pmmt).wType).write_unaligned(TIME_MS);
        (&raw mut (*pmmt).u.ms).write_unaligned(sys::milliseconds());
    }
    TIMERR_NOERROR
}

/// Gets the shortest and the longest period of the timers.
///
/// They are limits of uDelay of timeSetEvent, and of the periods of timeBeginPeriod.
///
/// ptc: receives the shortest period and the longest, in milliseconds: 1 and 1000000.
///
/// cbtc: the size of the structure in bytes, sizeof(TIMECAPS), which is 8, or more.
///
/// Returns 0 (MMSYSERR_NOERROR), or on failure:
/// - TIMERR_NOCANDO: ptc is NULL, or cbtc is too small.
///
/// Source: Microsoft's documentation, which leaves the limits to the system.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn timeGetDevCaps(ptc: LPTIMECAPS, cbtc: UINT) -> MMRESULT {
    if ptc.is_null() || (cbtc as usize) < size_of::<TIMECAPS>() {
        return TIMERR_NOCANDO;
    }
    // SAFETY: the caller's promise.
    unsafe { ptc.write_unaligned(TIMECAPS { wPeriodMin: MIN_PERIOD, wPeriodMax: MAX_PERIOD }) };
    TIMERR_NOERROR
}

/// The result for a period: an error if it is out of range.
fn in_range(period: UINT) -> MMRESULT {
    if (MIN_PERIOD..=MAX_PERIOD).contains(&period) { TIMERR_NOERROR } else { TIMERR_NOCANDO }
}

/// Requests a resolution of the timers.
///
/// The timers of this library always have the best resolution of the system: the function checks its argument,
/// and has no other effect.
///
/// uPeriod: the resolution in milliseconds, 1 to 1000000.
///
/// Returns 0 (TIMERR_NOERROR), or on failure:
/// - TIMERR_NOCANDO: uPeriod is out of range.
///
/// Source: Microsoft's documentation.
#[unsafe(no_mangle)]
pub extern "C" fn timeBeginPeriod(uPeriod: UINT) -> MMRESULT {
    in_range(uPeriod)
}

/// Ends a request for a resolution of the timers.
///
/// The timers of this library always have the best resolution of the system: the function checks its argument,
/// and has no other effect. A call without an earlier timeBeginPeriod is not an error.
///
/// uPeriod: the number given to timeBeginPeriod.
///
/// Returns 0 (TIMERR_NOERROR), or on failure:
/// - TIMERR_NOCANDO: uPeriod is out of range.
///
/// Source: Microsoft's documentation.
#[unsafe(no_mangle)]
pub extern "C" fn timeEndPeriod(uPeriod: UINT) -> MMRESULT {
    in_range(uPeriod)
}

/// Sets a timer that calls a function once or periodically.
///
/// The function is called in a thread of the library, which is started with the first timer: see
/// LPTIMECALLBACK. The calls of a periodic timer are due at whole multiples of uDelay from when it was set. A
/// late call does not delay the next one, and no call is left out.
///
/// Kill a timer with timeKillEvent before the code of its function is unloaded. Timers do not run in a child
/// that the process forks; the child can set timers of its own.
///
/// uDelay: the time to the call, and between calls, in milliseconds, 1 to 1000000.
///
/// uResolution: ignored. The timers are as exact as the system permits.
///
/// fptc: the function. It must be callable until its one call is over, or the timer is killed.
///
/// dwUser: passed to the function.
///
/// fuEvent: TIME_ONESHOT (which is 0) or TIME_PERIODIC, and TIME_CALLBACK_FUNCTION (which is 0). With
/// TIME_KILL_SYNCHRONOUS, timeKillEvent waits for a call that is running. TIME_CALLBACK_EVENT_SET and
/// TIME_CALLBACK_EVENT_PULSE fail, as there are no Windows events here.
///
/// Returns the timer, for timeKillEvent. Returns 0 if uDelay is out of range, fptc is NULL, fuEvent asks for a
/// Windows event, or there is no memory or thread.
///
/// Source: Microsoft's documentation, which has no rule for forks and for late calls.
///
/// Example: Prints three ticks. The function writes to a pipe, and the program waits for it.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
/// #include <unistd.h>
///
/// static void CALLBACK Tick(UINT uTimerID, UINT uMsg,
///                           uintptr_t dwUser, uintptr_t dw1,
///                           uintptr_t dw2)
/// {
///     (void)uTimerID, (void)uMsg, (void)dw1, (void)dw2;
///     if (write((int)dwUser, "!", 1) != 1)
///         perror("write");
/// }
///
/// int main(void)
/// {
///     int ends[2], i;
///     char tick;
///     UINT timer;
///     if (pipe(ends) != 0)
///         return 1;
///     timer = timeSetEvent(10, 0, Tick, (uintptr_t)ends[1],
///                          TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
///     if (timer == 0)
///         return 1;
///     for (i = 1; i <= 3 && read(ends[0], &tick, 1) == 1; i++)
///         printf("tick %d\n", i);
///     return timeKillEvent(timer) == TIMERR_NOERROR ? 0 : 1;
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn timeSetEvent(
    uDelay: UINT,
    uResolution: UINT,
    fptc: LPTIMECALLBACK,
    dwUser: usize,
    fuEvent: UINT,
) -> MMRESULT {
    let _ = uResolution;
    const EVENTS: UINT = TIME_CALLBACK_EVENT_SET | TIME_CALLBACK_EVENT_PULSE;
    if in_range(uDelay) != TIMERR_NOERROR || fptc.is_none() || fuEvent & EVENTS != 0 {
        return 0;
    }
    // SAFETY: the caller's promise.
    let callback = unsafe { Callback::new(fptc, dwUser) };
    let (is_periodic, is_synchronous) = (fuEvent & TIME_PERIODIC != 0, fuEvent & TIME_KILL_SYNCHRONOUS != 0);
    sys::uncancelled(|| {
        fork::register_handlers()?;
        timer::set(uDelay, is_periodic, is_synchronous, callback)
    })
    .unwrap_or(0)
}

/// Kills a timer.
///
/// Its function is not called again. A call that is running continues; with TIME_KILL_SYNCHRONOUS,
/// timeKillEvent returns when it is over. The function may kill its own timer.
///
/// uTimerID: the timer, from timeSetEvent.
///
/// Returns 0 (TIMERR_NOERROR), or on failure:
/// - MMSYSERR_INVALPARAM: there is no such timer, or it has already ended.
///
/// Source: Microsoft's documentation.
#[unsafe(no_mangle)]
pub extern "C" fn timeKillEvent(uTimerID: UINT) -> MMRESULT {
    if sys::uncancelled(|| timer::kill(uTimerID)) { TIMERR_NOERROR } else { MMSYSERR_INVALPARAM }
}
