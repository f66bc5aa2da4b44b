//! The types and constants of the time functions (`timeapi.h`).
#![allow(non_camel_case_types, non_snake_case, missing_docs, clippy::upper_case_acronyms)]

use super::UINT;

pub const TIMERR_NOERROR: UINT = 0;
pub const TIMERR_NOCANDO: UINT = 97;
pub const TIMERR_STRUCT: UINT = 129;

pub const TIME_ONESHOT: UINT = 0x0000;
pub const TIME_PERIODIC: UINT = 0x0001;
pub const TIME_CALLBACK_FUNCTION: UINT = 0x0000;
pub const TIME_CALLBACK_EVENT_SET: UINT = 0x0010;
pub const TIME_CALLBACK_EVENT_PULSE: UINT = 0x0020;
pub const TIME_KILL_SYNCHRONOUS: UINT = 0x0100;

/// The limits of the timers.
///
/// timeGetDevCaps fills it in.
#[repr(C, packed)]
#[derive(Clone, Copy, Debug)]
pub struct _TIMECAPS {
    /// The shortest period: 1 millisecond.
    pub wPeriodMin: UINT,
    /// The longest period: 1000000 milliseconds.
    pub wPeriodMax: UINT,
}
pub type TIMECAPS = _TIMECAPS;
pub type PTIMECAPS = *mut _TIMECAPS;
pub type NPTIMECAPS = *mut _TIMECAPS;
pub type LPTIMECAPS = *mut _TIMECAPS;

/// The type of the function that a timer calls.
///
/// timeSetEvent sets such a timer. The function is called in a thread of the library, one call at a time for
/// all timers: a call that takes long delays the others. It may call any function, also timeSetEvent and
/// timeKillEvent. Signals are blocked in that thread, except those of faults such as SIGSEGV. The function must
/// return: an exception, a longjmp or the end of the thread stops all timers.
///
/// uTimerID: the timer, as timeSetEvent returned it.
///
/// uMsg, dw1, dw2: 0; Windows reserves them.
///
/// dwUser: the number given to timeSetEvent.
///
/// Source: Microsoft's documentation, which does not describe the thread.
pub type LPTIMECALLBACK =
    Option<unsafe extern "C" fn(uTimerID: UINT, uMsg: UINT, dwUser: usize, dw1: usize, dw2: usize)>;

const _: () = assert!(size_of::<TIMECAPS>() == 8);
