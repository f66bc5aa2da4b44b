//! The trace: a line for each call of a program, and below it one for each message that the call sends
//! (`MMSYSTEM_TRACE` in the environment).
//!
//! The line of a call is written when the call is over, with its result, and so the lines below it wait with it: each
//! thread has its own that wait. It is written earlier, without a result, if too many would wait, or if it is asked for
//! (`live`): a call that never ends is seen then.
#![forbid(unsafe_code)]

pub mod names;
mod setting;
mod value;

pub use setting::{Kind, is_on};
pub use value::{Parts, Shown, Value};

use crate::sys::{self, Own};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt::Write;

/// How much waits for the end of a call.
const PATIENCE: usize = 64 * 1024;

/// Where results stand, unless a line is longer.
const RESULTS: usize = 88;

/// Where the last digit of a thread's number stands.
const THREADS: usize = 6;

/// What a line is about.
#[derive(Clone, Copy, Debug)]
enum Title {
    Call(&'static str),
    /// A message to the procedure of this code.
    Message(u32, u32),
}

/// The lines of one thread.
struct Lines {
    thread: u64,
    /// Whole lines that wait, in order.
    waiting: Vec<u8>,
    /// The call that this thread makes next is that of the last line.
    passes: bool,
    /// The calls and messages that are under way, each made by the one before.
    open: Vec<Open>,
}

/// A call or a message that is under way.
struct Open {
    title: Title,
    kind: Kind,
    /// The line as far as it is known; empty if none is to be written.
    line: Vec<u8>,
    /// What it writes.
    transferred: Vec<u8>,
    /// Where it belongs among those that wait.
    place: usize,
    /// It was written already, without a result.
    is_written: bool,
    /// An error that the call met, whatever it answers.
    error: Option<u32>,
    /// Something in the middle of it failed.
    has_failures: bool,
}

static OWN: Own<Lines> = Own::new();

/// Traces a call of the program. `begin` shows the parameters, `end` the result; `run` makes the same call once more, which
/// finds then that it `is_passed`.
#[cold]
#[inline(never)]
pub fn call<R>(
    kind: Kind,
    name: &'static str,
    begin: &dyn Fn(&mut Shown),
    run: &dyn Fn() -> R,
    end: &dyn Fn(&mut Shown, &R),
) -> R {
    traced(kind, Title::Call(name), begin, run, end)
}

/// Whether the call that begins is one that is traced already.
#[cold]
#[inline(never)]
pub fn is_passed() -> bool {
    let Some(mut lines) = OWN.take() else { return false };
    let is_passed = core::mem::take(&mut lines.passes);
    keep(lines);
    is_passed
}

/// Traces a message that `run` sends.
#[cold]
#[inline(never)]
pub fn message<R>(
    kind: Kind,
    code: u32,
    message: u32,
    begin: impl FnOnce(&mut Shown),
    run: impl FnOnce() -> R,
    end: impl FnOnce(&mut Shown, &R),
) -> R {
    traced(kind, Title::Message(code, message), begin, run, end)
}

#[inline(always)]
fn traced<R>(
    kind: Kind,
    title: Title,
    begin: impl FnOnce(&mut Shown),
    run: impl FnOnce() -> R,
    end: impl FnOnce(&mut Shown, &R),
) -> R {
    let mut parameters = Shown::default();
    if kind.is_wanted() {
        begin(&mut parameters);
    }
    begin_line(kind, title, parameters);
    let answer = run();
    let mut result = Shown::default();
    end(&mut result, &answer);
    end_line(result);
    answer
}

#[inline(never)]
fn begin_line(kind: Kind, title: Title, parameters: Shown) {
    change(|lines| lines.begin(kind, title, parameters));
}

#[inline(never)]
fn end_line(result: Shown) {
    change(|lines| lines.end(result));
}

/// Notes an error that the call under way met: its answer may only say that there was one.
#[inline(always)]
pub fn note(code: u32) {
    if is_on() {
        note_in_line(code);
    }
}

#[cold]
#[inline(never)]
fn note_in_line(code: u32) {
    change(|lines| {
        if let Some(open) = lines.open.last_mut() {
            open.error = Some(code);
        }
    });
}

/// Gives up what the threads need to have a trace.
#[cfg(all(panic = "abort", target_os = "linux"))]
pub fn end() {
    OWN.end();
}

fn change(change: impl FnOnce(&mut Lines)) {
    let mut lines = OWN.take().unwrap_or_else(Lines::of_this_thread);
    change(&mut lines);
    if lines.open.is_empty() {
        lines.write();
    } else {
        keep(lines);
    }
}

fn keep(lines: Box<Lines>) {
    if !OWN.put(lines) {
        // A call that does not know that it is traced already would be for ever.
        setting::switch_off();
    }
}

impl Lines {
    fn of_this_thread() -> Box<Lines> {
        Box::new(Lines { thread: sys::system_thread(), waiting: Vec::new(), passes: false, open: Vec::new() })
    }

    /// How far in a line is, below those that it belongs to.
    fn depth(&self) -> usize {
        self.open.iter().filter(|open| !open.line.is_empty()).count()
    }

    /// What every line begins with.
    fn margin(&self) -> Vec<u8> {
        let mut line = Vec::new();
        let digits = self.thread.checked_ilog10().unwrap_or(0) as usize;
        line.resize(THREADS.saturating_sub(digits), b' ');
        let _ = write!(Text(&mut line), "{} ", self.thread);
        line.resize(line.len().saturating_add(self.depth().saturating_mul(2)), b' ');
        line
    }

    fn begin(&mut self, kind: Kind, title: Title, parameters: Shown) {
        self.passes = kind.is_call();
        let mut line = Vec::new();
        if kind.is_wanted() {
            line = self.margin();
            let _ = write!(Text(&mut line), "{title}({})", parameters.text());
        }
        let (transferred, place) = (parameters.transferred().to_vec(), self.waiting.len());
        let (error, is_written, has_failures) = (None, false, false);
        self.open.push(Open { title, kind, line, transferred, place, is_written, error, has_failures });
        if setting::is_live() {
            self.write_what_is_open();
        }
    }

    fn end(&mut self, result: Shown) {
        let Some(open) = self.open.pop() else { return };
        let has_failures = open.has_failures || result.is_failure && open.kind.is_call();
        if let Some(outer) = self.open.last_mut() {
            outer.has_failures |= has_failures;
        }
        if open.kind.is_call() && setting::is_for_failures() && !has_failures && !open.is_written {
            self.waiting.truncate(open.place);
        } else if !open.line.is_empty() {
            self.add(open, &result);
        }
        if self.waiting.len() > PATIENCE || setting::is_live() {
            self.write_what_is_open();
        }
    }

    /// Adds the line of something that is over.
    fn add(&mut self, open: Open, result: &Shown) {
        let Open { title, mut line, transferred, place, is_written, error, .. } = open;
        if is_written {
            line = self.margin();
            let _ = write!(Text(&mut line), "... {title}");
        }
        pad(&mut line);
        let _ = write!(Text(&mut line), " = {}", result.text());
        if let Some(error) = error.filter(|_| result.is_failure && !result.has_status) {
            let _ = write!(Text(&mut line), ", error={}", Value::Status(error));
        }
        line.extend_from_slice(&transferred);
        line.extend_from_slice(result.transferred());
        line.push(b'\n');
        let place = if is_written { self.waiting.len() } else { place };
        self.waiting.splice(place..place, line);
    }

    /// Writes all that waits, and what is under way without a result.
    fn write_what_is_open(&mut self) {
        let mut added: usize = 0;
        for open in self.open.iter_mut().filter(|open| !open.is_written && !open.line.is_empty()) {
            let mut line = open.line.clone();
            pad(&mut line);
            line.extend_from_slice(b" ...\n");
            let place = open.place.saturating_add(added).min(self.waiting.len());
            added = added.saturating_add(line.len());
            self.waiting.splice(place..place, line);
            open.is_written = true;
        }
        self.write();
        for open in &mut self.open {
            open.place = 0;
        }
    }

    fn write(&mut self) {
        setting::write(&self.waiting);
        self.waiting.clear();
    }
}

/// Brings a line to where results stand.
fn pad(line: &mut Vec<u8>) {
    // Of a character of several bytes, as UTF-8 has them, one counts.
    let columns = line.iter().filter(|&byte| byte & 0xc0 != 0x80).count();
    let missing = RESULTS.saturating_sub(columns);
    line.resize(line.len().saturating_add(missing), b' ');
}

/// Bytes, for formatted text.
struct Text<'a>(&'a mut Vec<u8>);

impl Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
