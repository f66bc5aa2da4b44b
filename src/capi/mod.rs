//! The exported functions, one file a family: each checks its arguments, makes one call into the house and
//! converts what comes back.
//!
//! Sources of behaviour: `doc` is Microsoft's public documentation, `win` was verified on Windows, `ours`
//! was decided here.
#![allow(non_snake_case)]

/// At the start of an exported function: with a trace, makes the same call once more, which comes past this then, and
/// traces it. It is given the kind and the name of the call, its parameters with how each is shown (and, behind `;`, the
/// bytes that it writes), how its result is (a `Value`, or what shows more), and the call, if it is another function's.
macro_rules! traced {
    ($category:ident $function:ident($($name:ident: $value:expr),* $(,)?) -> $result:ident) => {
        traced!($category $function($($name: $value),*), move |shown, &answer| {
            shown.result(crate::trace::Value::$result(answer.into()));
        })
    };
    (
        $category:ident ($title:expr)($($name:ident: $value:expr),* $(; $bytes:expr)? $(,)?) -> $result:ident,
        $again:expr
    ) => {
        traced!($category ($title)($($name: $value),* $(; $bytes)?), $again, move |shown, &answer| {
            shown.result(crate::trace::Value::$result(answer.into()));
        })
    };
    ($category:ident $function:ident($($name:ident: $value:expr),* $(,)?), $end:expr) => {
        traced!(
            $category (stringify!($function))($($name: $value),*),
            // SAFETY: what the caller promised for the same call.
            unsafe { $function($($name),*) },
            $end
        )
    };
    (
        $category:ident ($title:expr)($($name:ident: $value:expr),* $(; $bytes:expr)? $(,)?),
        $again:expr, $end:expr
    ) => {
        if crate::trace::is_on() && !crate::trace::is_reentry() {
            return crate::trace::call(
                crate::trace::Category::$category,
                $title,
                &move |_shown| {
                    $(_shown.with(stringify!($name), $value);)*
                    $(_shown.bytes($bytes);)?
                },
                &move || $again,
                &$end,
            );
        }
    };
}

/// The name of the function of a family that takes names in an encoding.
macro_rules! of_family {
    ($encoding:expr, $bytes:ident $utf16:ident $utf32:ident) => {
        match $encoding {
            crate::name::Encoding::Bytes => stringify!($bytes),
            crate::name::Encoding::Utf16 => stringify!($utf16),
            crate::name::Encoding::Utf32 => stringify!($utf32),
        }
    };
}

mod direct;
mod ext;
mod names;
mod procs;
mod riff;
mod riff64;
mod text;
mod time;
mod transfer;

pub use direct::*;
pub use ext::*;
pub use names::*;
pub use procs::*;
pub use riff::*;
pub use riff64::*;
pub use time::*;
pub use transfer::*;

use crate::abi::{HMMIO, MMIOINFO, MMRESULT, MMSYSERR_NOERROR};
use crate::error::Error;
use crate::file::File;
use crate::handles;
use crate::trace;

/// The answer of a function that returns an error code.
fn status(result: Result<(), Error>) -> MMRESULT {
    result.map_or_else(Error::code, |()| MMSYSERR_NOERROR)
}

/// Runs a call on a file. Not inlined: functions that are not called often share one copy.
#[inline(never)]
fn on_file(hmmio: HMMIO, call: &dyn Fn(&File) -> Result<i64, Error>) -> Result<i64, Error> {
    handles::with(hmmio, call)
}

/// The same, for a function that returns an error code.
#[inline(never)]
fn status_on(hmmio: HMMIO, call: &dyn Fn(&File) -> Result<(), Error>) -> MMRESULT {
    status(on_file(hmmio, &|file| call(file).map(|()| 0)).map(|_| ()))
}

/// The same, for a function that returns a position.
fn position_on(hmmio: HMMIO, call: &dyn Fn(&File) -> Result<i64, Error>) -> i64 {
    or_minus_one(on_file(hmmio, call))
}

/// The answer of a function that returns a count or a position, or -1.
fn or_minus_one<N: TryInto<L>, L: From<i8>>(result: Result<N, Error>) -> L {
    if let Err(error) = result {
        trace::note(error.code());
    }
    result.ok().and_then(|number| number.try_into().ok()).unwrap_or(L::from(-1))
}

/// Sets `wErrorRet` in the caller's structure, which changes in nothing else (win).
///
/// # Safety
/// - `info` must be NULL or point to an `MMIOINFO`.
unsafe fn set_error(info: *mut MMIOINFO, code: MMRESULT) {
    trace::note(code);
    if !info.is_null() {
        // SAFETY: the caller's promise; the structure is packed, and any address is aligned.
        unsafe { (&raw mut (*info).wErrorRet).write_unaligned(code) };
    }
}
