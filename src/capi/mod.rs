//! The exported functions, one file a family: each checks its arguments, makes one call into the house and
//! converts what comes back.
//!
//! Sources of behaviour: `doc` is Microsoft's public documentation, `win` was verified on Windows, `ours`
//! was decided here.
#![allow(non_snake_case)]

mod direct;
mod ext;
mod names;
mod procs;
mod riff;
mod text;
mod transfer;

pub use direct::*;
pub use ext::*;
pub use names::*;
pub use procs::*;
pub use riff::*;
pub use transfer::*;

use crate::abi::{LONG, MMIOINFO, MMRESULT, MMSYSERR_NOERROR};
use crate::error::Error;

/// The answer of a function that returns an error code.
fn status(result: Result<(), Error>) -> MMRESULT {
    result.map_or_else(Error::code, |()| MMSYSERR_NOERROR)
}

/// The answer of a function that returns a count or a position, or -1.
fn long<N: TryInto<LONG>>(result: Result<N, Error>) -> LONG {
    result.ok().and_then(|number| number.try_into().ok()).unwrap_or(-1)
}

/// Copies a structure in.
///
/// # Safety
/// - `from` must be NULL or point to a `T`.
unsafe fn copy_in<T: Copy>(from: *const T) -> Option<T> {
    if from.is_null() {
        return None;
    }
    // SAFETY: not NULL, so it points to a T; the structures of C are packed, and any address is aligned.
    Some(unsafe { from.read_unaligned() })
}

/// Copies a structure out.
///
/// # Safety
/// - `to` must be NULL or point to memory for a `T`.
unsafe fn copy_out<T: Copy>(to: *mut T, value: T) {
    if !to.is_null() {
        // SAFETY: as in `copy_in`.
        unsafe { to.write_unaligned(value) };
    }
}

/// Sets `wErrorRet` in the caller's structure, which changes in nothing else (win).
///
/// # Safety
/// - `info` must be NULL or point to an `MMIOINFO`.
unsafe fn set_error(info: *mut MMIOINFO, code: MMRESULT) {
    if !info.is_null() {
        // SAFETY: the caller's promise; the structure is packed, and any address is aligned.
        unsafe { (&raw mut (*info).wErrorRet).write_unaligned(code) };
    }
}
