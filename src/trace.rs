//! The trace: a line for each call of a program, and below it one for each message that the call sends
//! (`MMSYSTEM_TRACE` in the environment).
//!
//! The line of a call is written when the call is over, with its result, and so the lines below it wait with it: each
//! thread has its own pending lines. It is written earlier, without a result, if too many would be pending, or if it is asked for
//! (`live`): a call that never ends is seen then.
//!
//! Where there is no memory for a line, the line is cut short or left out; for the call itself, the trace ends.
#![forbid(unsafe_code)]

mod file_names;
mod lines;
pub mod names;
mod repeats;
mod setting;
mod text;
mod value;

pub use file_names::{closed, opened};
pub use setting::{Category, is_on};
pub use value::{ALL, CREATED, Member, Shown, Value};

use crate::abi::MMCKINFO;
use crate::fallible;
use crate::lock::Lock;
use crate::name::Name;
#[cfg(target_os = "linux")]
use crate::sys::OnThreadExit;
use crate::sys::{ThreadLocal, Timeout};
use core::cell::Cell;
use file_names::FileNames;
use lines::{Active, Lines};
use text::Text;

/// The columns of a thread's number.
const THREAD_COLUMNS: usize = 7;

/// What a line is about.
#[derive(Clone, Copy, Debug)]
enum Title {
    Call(&'static str),
    /// A message to the procedure of this code.
    Message(u32, u32),
}

static LINES: ThreadLocal<Lines> = ThreadLocal::new();

static FILE_NAMES: Lock<Cell<FileNames>> = Lock::new(Cell::new(FileNames::none()));

/// Uses them for a short time, unless the trace is over.
fn with_file_names<R>(f: impl FnOnce(&mut FileNames) -> R) -> Option<R> {
    setting::is_running().then(|| FILE_NAMES.with(f))
}

/// Before a fork: as `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| FILE_NAMES.is_busy()) && repeats::wait_until_idle(timeout)
}

/// In a forked child: frees what lines need from the parent's other threads, and has this one start a trace that one of them
/// was starting.
pub fn reclaim(was_quiesced: bool) {
    FILE_NAMES.reclaim_or_reset(was_quiesced);
    repeats::reclaim(was_quiesced);
    setting::reclaim();
}

/// Traces a call of the program. `begin` shows the parameters, `end` the result; `run` makes the same call once more, which
/// finds then that it `is_reentry`.
#[cold]
#[inline(never)]
pub fn call<R>(
    category: Category,
    name: &'static str,
    begin: &dyn Fn(&mut Shown),
    run: &dyn Fn() -> R,
    end: &dyn Fn(&mut Shown, &R),
) -> R {
    // (Nothing is kept here that would be lost if `run` never came back.)
    let here = 0_u8;
    let frame = core::ptr::from_ref(&here).addr();
    begin_line(category, Title::Call(name), frame, begin);
    let answer = run();
    end_line(category, Title::Call(name), frame, &|shown| end(shown, &answer));
    answer
}

/// Whether the call that begins is one that is traced already.
#[cold]
#[inline(never)]
pub fn is_reentry() -> bool {
    let Some(mut lines) = LINES.take() else { return false };
    let is_reentry = core::mem::take(&mut lines.is_reentry);
    put_back(lines);
    is_reentry
}

/// Traces a message that `run` sends.
#[inline(always)]
pub fn message<R>(
    category: Category,
    code: u32,
    message: u32,
    begin: &dyn Fn(&mut Shown),
    run: impl FnOnce() -> R,
    end: &dyn Fn(&mut Shown, &R),
) -> R {
    let here = 0_u8;
    let frame = core::ptr::from_ref(&here).addr();
    begin_line(category, Title::Message(code, message), frame, begin);
    let answer = run();
    end_line(category, Title::Message(code, message), frame, &|shown| end(shown, &answer));
    answer
}

#[cold]
#[inline(never)]
fn begin_line(category: Category, title: Title, frame: usize, begin: &dyn Fn(&mut Shown)) {
    let mut parameters = Shown::default();
    if category.may_be_shown() {
        begin(&mut parameters);
    }
    with_lines(&mut |lines| lines.begin(category, title, frame, &parameters));
}

#[cold]
#[inline(never)]
fn end_line(category: Category, title: Title, frame: usize, end: &dyn Fn(&mut Shown)) {
    let mut result = Shown::default();
    end(&mut result);
    with_lines(&mut |lines| lines.end(category, title, frame, &mut result));
}

/// Notes an error that the call under way met: its answer may only say that there was one.
#[inline(always)]
pub fn note(code: u32) {
    if is_on() {
        with_active(&|active| active.error = Some(code));
    }
}

/// Notes a chunk that the call under way read: if it does not find what it looks for, that is what it was at last.
#[inline(always)]
pub fn note_chunk(chunk: &MMCKINFO) {
    if is_on() {
        with_active(&|active| active.chunk = Some(*chunk));
    }
}

/// Notes the name under which the call under way asks the system for a file, and the new one that it is to get.
#[inline(always)]
pub fn note_file(file: &Name, new: Option<&Name>) {
    if is_on() {
        let copied = |name: &Name| fallible::concat(&[&name.0]).ok();
        with_active(&|active| active.files = [copied(file), new.and_then(copied)]);
    }
}

#[cold]
#[inline(never)]
fn with_active(note: &dyn Fn(&mut Active)) {
    with_lines(&mut |lines| lines.active.last_mut().map_or((), note));
}

/// Writes what is pending, and gives up what the trace has of the system.
#[cfg(target_os = "linux")]
pub fn end() {
    if let Some(lines) = LINES.take() {
        lines.on_thread_exit();
    }
    LINES.delete_key();
    repeats::end();
    FILE_NAMES.try_with(core::mem::take);
    setting::end();
}

#[inline(never)]
fn with_lines(f: &mut dyn FnMut(&mut Lines)) {
    let Some(mut lines) = LINES.take().or_else(Lines::of_this_thread) else { return setting::switch_off() };
    lines.detect_fork();
    f(&mut lines);
    if lines.active.is_empty() {
        lines.write();
    } else {
        put_back(lines);
    }
}

fn put_back(lines: Box<Lines>) {
    if !LINES.put(lines) {
        // A call that does not know that it is traced already would be for ever.
        setting::switch_off();
    }
}
