//! The trace: a line for each call of a program, and below it one for each message that the call sends
//! (`MMSYSTEM_TRACE` in the environment).
//!
//! The line of a call is written when the call returns, with its result. The lines below it are kept until then: each
//! thread has its own pending lines. With the filter `live`, or if too many lines are pending, the line is written
//! earlier, without the result, so that a call that never returns is visible.
//!
//! If there is no memory for a line, the line is truncated or left out. If there is none to begin a call, the trace
//! ends.
#![forbid(unsafe_code)]

mod file_names;
mod lines;
pub mod names;
mod repeats;
mod setting;
mod state;
mod text;
mod value;

pub use file_names::closed;
pub use lines::{NO_PROCEDURE, Title};
pub use setting::{is_on, may_be_on};
pub use state::Category;
pub use value::{ALL_MEMBERS, CREATED_MEMBERS, Member, Shown, Value};

use crate::abi::{HMMIO, MMCKINFO, MMIOINFO};
use crate::error::Error;
use crate::fallible;
use crate::fourcc::FourCc;
use crate::name::Name;
#[cfg(target_os = "linux")]
use crate::sys::OnThreadExit;
use crate::sys::Timeout;
use core::fmt::Write;
use lines::{Active, LINES, Lines};
use text::Text;

/// Before a fork: see `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    file_names::wait_until_idle(timeout) && repeats::wait_until_idle(timeout)
}

/// In a forked child: takes the locks of the trace from the other threads of the parent. If one of them was starting
/// the trace, this thread starts it.
pub fn reclaim(was_quiesced: bool) {
    file_names::reclaim(was_quiesced);
    repeats::reclaim(was_quiesced);
    setting::reclaim();
}

/// Traces a call of the program, or a message: `begin` shows its parameters, `run` makes it, `end` shows its result.
#[cold]
#[inline(never)]
pub fn record<R>(
    category: Category,
    title: Title,
    begin: &dyn Fn(&mut Shown),
    run: &dyn Fn() -> R,
    end: &dyn Fn(&mut Shown, &R),
) -> R {
    if !setting::is_on_now() {
        return run();
    }
    // Nothing is allocated here: longjmp may leave `run`.
    let here = 0_u8;
    let frame = core::ptr::from_ref(&here).addr();
    begin_line(category, title, frame, begin);
    let result = run();
    end_line(category, title, frame, &|shown| end(shown, &result));
    result
}

#[cold]
#[inline(never)]
fn begin_line(category: Category, title: Title, frame: usize, begin: &dyn Fn(&mut Shown)) {
    let mut parameters = Shown::default();
    if category.may_be_shown() {
        begin(&mut parameters);
    }
    let mut has_begun = true;
    with_lines(&mut |lines| has_begun = lines.begin(category, title, frame, &parameters));
    if !has_begun {
        setting::switch_off();
    }
}

#[cold]
#[inline(never)]
fn end_line(category: Category, title: Title, frame: usize, end: &dyn Fn(&mut Shown)) {
    let mut result = Shown::default();
    end(&mut result);
    with_lines(&mut |lines| lines.end(category, title, frame, &mut result));
}

/// Notes the error of the current call, whose result may only say that there was one.
#[inline(always)]
pub fn note(error: Error) {
    if may_be_on() {
        note_error(error);
    }
}

#[cold]
#[inline(never)]
fn note_error(error: Error) {
    with_active(&|active| active.error = Some(error.code()));
}

/// Notes the last chunk that the current call read. It is shown if the search fails.
#[inline(always)]
pub fn note_chunk(chunk: &MMCKINFO) {
    if may_be_on() {
        with_active(&|active| active.chunk = Some(*chunk));
    }
}

/// Notes the name that the system is asked for during the current call, and for a rename the new one.
#[inline(always)]
pub fn note_file(file: &Name, new: Option<&Name>) {
    if may_be_on() {
        let copied = |name: &Name| fallible::concat(&[&name.0]).ok();
        with_active(&|active| active.files = [copied(file), new.and_then(copied)]);
    }
}

#[cold]
#[inline(never)]
fn with_active(note: &dyn Fn(&mut Active)) {
    if is_on() {
        with_lines(&mut |lines| lines.active.last_mut().map_or((), note));
    }
}

/// Writes the pending lines of this thread and releases the resources of the trace.
#[cfg(target_os = "linux")]
pub fn end() {
    if let Some(lines) = LINES.take() {
        lines.on_thread_exit();
    }
    LINES.delete_key();
    repeats::end();
    file_names::try_clear();
    setting::end();
}

#[inline(never)]
fn with_lines(f: &mut dyn FnMut(&mut Lines)) {
    let Some(mut lines) = LINES.take().or_else(Lines::of_this_thread) else { return setting::switch_off() };
    lines.detect_fork();
    f(&mut lines);
    if lines.active.is_empty() {
        lines.write();
    } else if !LINES.put(lines) {
        // The active calls are lost with `lines`, so later lines could not be placed below them.
        setting::switch_off();
    }
}

/// Remembers the name of a file that was opened. A file without a name is shown by what it was opened with.
pub fn opened(handle: HMMIO, name: Option<&[u8]>, info: &MMIOINFO) {
    let MMIOINFO { fccIOProc: code, pIOProc: procedure, adwInfo: [first, ..], .. } = *info;
    let value = match (name, procedure) {
        (Some(_), _) => Value::Name(name),
        (None, Some(_)) => Value::Text("pIOProc"),
        (None, None) if code == FourCc::MEM.0 => Value::Text("memory"),
        (None, None) if code == 0 || code == FourCc::DOS.0 => Value::Descriptor(first),
        (None, None) => Value::Code(code),
    };
    opened_as(handle, value);
}

/// Remembers what a file was opened with.
pub fn opened_as(handle: HMMIO, value: Value<'_>) {
    let mut text = Vec::new();
    if write!(Text(&mut text), "{value}").is_ok() {
        file_names::opened(handle, text);
    }
}
