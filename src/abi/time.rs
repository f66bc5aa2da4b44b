//! The types and numbers of the time functions (`timeapi.h`).
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

/// What the timers can do (timeGetDevCaps).
#[repr(C, packed)]
#[derive(Clone, Copy, Debug)]
pub struct _TIMECAPS {
    /// The shortest period, in milliseconds: 1.
    pub wPeriodMin: UINT,
    /// The longest period, in milliseconds: 1000000.
    pub wPeriodMax: UINT,
}
pub type TIMECAPS = _TIMECAPS;
pub type PTIMECAPS = *mut _TIMECAPS;
pub type NPTIMECAPS = *mut _TIMECAPS;
pub type LPTIMECAPS = *mut _TIMECAPS;

/// A timer's callback (timeSetEvent).
///
/// uTimerID: the timer, as timeSetEvent returned it.
///
/// uMsg, dw1, dw2: 0; Windows reserves them.
///
/// dwUser: what timeSetEvent was given.
///
/// It is called in a thread of the library, one call at a time, whatever the timer: one that takes long
/// delays the others. It may call any function, timeSetEvent and timeKillEvent too. Signals are blocked in
/// that thread, but for those of faults (SIGSEGV and its like). It must return: an exception, a longjmp or
/// the end of the thread out of it stops all timers.
///
/// Source: doc; the thread and its signals are ours.
pub type LPTIMECALLBACK =
    Option<unsafe extern "C" fn(uTimerID: UINT, uMsg: UINT, dwUser: usize, dw1: usize, dw2: usize)>;

const _: () = assert!(size_of::<TIMECAPS>() == 8);
