//! The exported functions, one file for each family. Each checks its arguments, makes one call, and converts the
//! result. (The file is `mod.rs`, as cbindgen looks for the files of a module only beside it.)
//!
//! The comment of an exported function is a page of the C manual: the text of a parameter says what a pointer must
//! point to, in place of a section "Safety".
#![allow(non_snake_case, clippy::missing_safety_doc)]

/// The body of an exported function: evaluates an expression, and traces the call if the trace is on. Its arguments are
/// the category and the name of the call, each parameter with the value to show, how to show the result (a variant of
/// `Value`, or a closure), and the expression.
macro_rules! traced {
    ($category:ident, $function:ident($($parameters:tt)*), $($rest:tt)*) => {
        traced!($category, (stringify!($function))($($parameters)*), $($rest)*)
    };
    ($category:ident, ($title:expr)($($parameters:tt)*), $result:ident, $call:expr $(,)?) => {
        traced!(
            $category,
            ($title)($($parameters)*),
            move |shown, &result| shown.result(crate::trace::Value::$result(result.into())),
            $call
        )
    };
    ($category:ident, ($title:expr)($($name:ident = $value:expr),* $(,)?), $end:expr, $call:expr $(,)?) => {
        if crate::trace::may_be_on() {
            crate::trace::record(
                crate::trace::Category::$category,
                crate::trace::Title::Call($title),
                &move |_shown| {
                    $(_shown.with(stringify!($name), $value);)*
                },
                &move || $call,
                &$end,
            )
        } else {
            $call
        }
    };
}

/// The name of the exported function that takes names in this encoding.
macro_rules! of_family {
    ($encoding:expr, $bytes:ident $utf16:ident $utf32:ident) => {
        match $encoding {
            crate::name::Encoding::Bytes => stringify!($bytes),
            crate::name::Encoding::Utf16 => stringify!($utf16),
            crate::name::Encoding::Utf32 => stringify!($utf32),
        }
    };
}

mod callbacks;
mod direct;
mod ext;
mod names;
mod open_params;
mod procs;
mod riff;
mod riff64;
mod text;
mod time;
mod transfer;

pub use callbacks::*;
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

/// The result of a function that returns an error code.
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

/// The result of a function that returns a count or a position, or -1.
fn or_minus_one<N: TryInto<L>, L: From<i8>>(result: Result<N, Error>) -> L {
    if let Err(error) = result {
        trace::note(error);
    }
    result.ok().and_then(|number| number.try_into().ok()).unwrap_or(L::from(-1))
}

/// Sets `wErrorRet` in the caller's structure; no other member changes (win).
///
/// # Safety
/// - `info` must be NULL or point to an `MMIOINFO`.
unsafe fn set_error(info: *mut MMIOINFO, error: Option<Error>) {
    let code = error.map_or(MMSYSERR_NOERROR, |error| {
        trace::note(error);
        error.code()
    });
    if !info.is_null() {
        // SAFETY: the caller's promise; the structure is packed, and any address is aligned.
        unsafe { (&raw mut (*info).wErrorRet).write_unaligned(code) };
    }
}
