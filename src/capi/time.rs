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

/// Tells the time, in milliseconds, on a clock that never goes back and is never set.
///
/// Returns the milliseconds since a time that stays the same until the system is started anew. After 2^32 ms, 49.7
/// days, it begins at 0 again: a difference of two times is right all the same, in 32 bits.
///
/// Source: doc; what the clock counts from is the system's.
#[unsafe(no_mangle)]
pub extern "C" fn timeGetTime() -> DWORD {
    sys::milliseconds()
}

/// Tells the time of timeGetTime in a structure.
///
/// pmmt: receives TIME_MS in wType, and the time in u.ms.
///
/// cbmmt: the size of the structure, in bytes: sizeof(MMTIME), which is 12, or more.
///
/// Returns 0 (TIMERR_NOERROR); TIMERR_STRUCT: cbmmt is too small; MMSYSERR_INVALPARAM: pmmt is NULL.
///
/// Source: doc; the errors are ours.
///
/// # Safety
/// - pmmt: NULL, or valid for writing cbmmt bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn timeGetSystemTime(pmmt: LPMMTIME, cbmmt: UINT) -> MMRESULT {
    if pmmt.is_null() {
        return MMSYSERR_INVALPARAM;
    }
    if (cbmmt as usize) < size_of::<MMTIME>() {
        return TIMERR_STRUCT;
    }
    // (The rest of the union is not touched.)
    // SAFETY: the caller's promise; the structure is packed, and any address is aligned.
    unsafe {
        (&raw mut (*pmmt).wType).write_unaligned(TIME_MS);
        (&raw mut (*pmmt).u.ms).write_unaligned(sys::milliseconds());
    }
    TIMERR_NOERROR
}

/// Tells what the timers can do.
///
/// ptc: receives the shortest period and the longest, in milliseconds: 1 and 1000000.
///
/// cbtc: the size of the structure, in bytes: sizeof(TIMECAPS), which is 8, or more.
///
/// Returns 0 (MMSYSERR_NOERROR); TIMERR_NOCANDO: ptc is NULL, or cbtc is too small.
///
/// Source: doc; the numbers are ours.
///
/// # Safety
/// - ptc: NULL, or valid for writing cbtc bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn timeGetDevCaps(ptc: LPTIMECAPS, cbtc: UINT) -> MMRESULT {
    if ptc.is_null() || (cbtc as usize) < size_of::<TIMECAPS>() {
        return TIMERR_NOCANDO;
    }
    // SAFETY: the caller's promise.
    unsafe { ptc.write_unaligned(TIMECAPS { wPeriodMin: MIN_PERIOD, wPeriodMax: MAX_PERIOD }) };
    TIMERR_NOERROR
}

/// What the functions about the resolution of the timers return.
fn in_range(period: UINT) -> MMRESULT {
    if (MIN_PERIOD..=MAX_PERIOD).contains(&period) { TIMERR_NOERROR } else { TIMERR_NOCANDO }
}

/// Asks for a resolution of the timers. Here it is always the best that the system has: nothing changes.
///
/// uPeriod: the resolution, in milliseconds, 1 to 1000000.
///
/// Returns 0 (TIMERR_NOERROR); TIMERR_NOCANDO: uPeriod is out of range.
///
/// Source: doc; that nothing changes is ours.
#[unsafe(no_mangle)]
pub extern "C" fn timeBeginPeriod(uPeriod: UINT) -> MMRESULT {
    in_range(uPeriod)
}

/// Takes back what timeBeginPeriod asked for.
///
/// uPeriod: the same number.
///
/// Returns 0 (TIMERR_NOERROR); TIMERR_NOCANDO: uPeriod is out of range.
///
/// Source: doc; that one without a timeBeginPeriod before it is no error is ours.
#[unsafe(no_mangle)]
pub extern "C" fn timeEndPeriod(uPeriod: UINT) -> MMRESULT {
    in_range(uPeriod)
}

/// Sets a timer, which calls a function once, or again and again.
///
/// uDelay: the time to the call, and from one call to the next, in milliseconds, 1 to 1000000. The calls of a periodic
/// timer are due at whole multiples of it from when it was set: one that is late does not make the next late, and none
/// is left out.
///
/// uResolution: any; the timers are as exact as the system can.
///
/// fptc: the function, which is called in a thread of the library: see LPTIMECALLBACK.
///
/// dwUser: what it is called with.
///
/// fuEvent: TIME_ONESHOT, which is 0, or TIME_PERIODIC; and TIME_CALLBACK_FUNCTION, which is 0.
/// TIME_KILL_SYNCHRONOUS: timeKillEvent waits for a call that it finds running. TIME_CALLBACK_EVENT_SET and
/// TIME_CALLBACK_EVENT_PULSE are refused: there are no events of Windows.
///
/// The thread is started with the first timer. In a child that the process forks no timers run; the child may set some.
/// Unless it is the process that exits, kill timers before what they call is unloaded.
///
/// Returns the timer, for timeKillEvent; 0 if uDelay is out of range, fptc is NULL, an event is asked for, or there is
/// no memory or no thread to be had.
///
/// Source: doc; forks, and that no call is left out, are ours.
///
/// # Safety
/// - fptc: NULL, or a function that may be called until the timer was killed, or its one call is over.
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

/// Kills a timer: its function is not called any more. A call that runs in the meantime goes on; with
/// TIME_KILL_SYNCHRONOUS this returns when it is over. A function may kill its own timer.
///
/// uTimerID: the timer.
///
/// Returns 0 (TIMERR_NOERROR); MMSYSERR_INVALPARAM: there is no such timer, or not any more.
///
/// Source: doc.
#[unsafe(no_mangle)]
pub extern "C" fn timeKillEvent(uTimerID: UINT) -> MMRESULT {
    if sys::uncancelled(|| timer::kill(uTimerID)) { TIMERR_NOERROR } else { MMSYSERR_INVALPARAM }
}
