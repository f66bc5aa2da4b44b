//! The types that all parts of winmm share (`mmsyscom.h`).
#![allow(non_camel_case_types, non_snake_case, missing_docs, clippy::upper_case_acronyms)]

use super::{BYTE, DWORD, UINT};

pub const TIMERR_BASE: UINT = 96;

pub const TIME_MS: UINT = 0x0001;
pub const TIME_SAMPLES: UINT = 0x0002;
pub const TIME_BYTES: UINT = 0x0004;
pub const TIME_SMPTE: UINT = 0x0008;
pub const TIME_MIDI: UINT = 0x0010;
pub const TIME_TICKS: UINT = 0x0020;

/// A time in hours, minutes, seconds and frames.
#[repr(C, packed)]
#[derive(Clone, Copy, Debug)]
pub struct _MMTIME_SMPTE {
    pub hour: BYTE,
    pub min: BYTE,
    pub sec: BYTE,
    pub frame: BYTE,
    pub fps: BYTE,
    pub dummy: BYTE,
    pub pad: [BYTE; 2],
}

/// A position in a MIDI song.
#[repr(C, packed)]
#[derive(Clone, Copy, Debug)]
pub struct _MMTIME_MIDI {
    pub songptrpos: DWORD,
}

/// The value of an MMTIME, in the format that its wType names.
#[repr(C, packed)]
#[derive(Clone, Copy)]
pub union _MMTIME_U {
    pub ms: DWORD,
    pub sample: DWORD,
    pub cb: DWORD,
    pub ticks: DWORD,
    pub smpte: _MMTIME_SMPTE,
    pub midi: _MMTIME_MIDI,
}

/// A time in one of several formats.
///
/// timeGetSystemTime returns one in milliseconds. The other formats are there for programs that exchange times
/// among themselves.
#[repr(C, packed)]
#[derive(Clone, Copy)]
pub struct _MMTIME {
    /// The format: TIME_MS, TIME_SAMPLES, TIME_BYTES, TIME_SMPTE, TIME_MIDI or TIME_TICKS.
    pub wType: UINT,
    /// The time: u.ms in milliseconds (TIME_MS), u.sample (TIME_SAMPLES), u.cb in bytes (TIME_BYTES),
    /// u.smpte, u.midi or u.ticks.
    pub u: _MMTIME_U,
}
pub type MMTIME = _MMTIME;
pub type PMMTIME = *mut _MMTIME;
pub type NPMMTIME = *mut _MMTIME;
pub type LPMMTIME = *mut _MMTIME;

const _: () = assert!(size_of::<MMTIME>() == 12);
