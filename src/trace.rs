//! The trace: a line for each call of a program, and below it one for each message that the call sends
//! (`MMSYSTEM_TRACE` in the environment).
//!
//! The line of a call is written when the call is over, with its result, and so the lines below it wait with it: each
//! thread has its own that wait. It is written earlier, without a result, if too many would wait, or if it is asked for
//! (`live`): a call that never ends is seen then.
//!
//! Where there is no memory for a line, the line is cut short or left out; for the call itself, the trace ends.
#![forbid(unsafe_code)]

pub mod names;
mod setting;
mod value;

pub use setting::{Kind, is_on, reclaim};
pub use value::{ALL, CREATED, Parts, Shown, Transferred, Value};

use crate::abi::MMCKINFO;
use crate::fallible;
use crate::memory::{self, Chunk};
use crate::sys::{self, Forsaken, Own};
use core::fmt::Write;

/// How much waits for the end of a call.
const PATIENCE: usize = 64 * 1024;

/// Where results stand, unless a line is longer.
const RESULTS: usize = 88;

/// The columns of a thread's number.
const THREADS: usize = 7;

/// What a line is about.
#[derive(Clone, Copy, Debug)]
enum Title {
    Call(&'static str),
    /// A message to the procedure of this code.
    Message(u32, u32),
}

/// The lines of one thread.
struct Lines {
    process: u32,
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
    /// Where it is on the stack.
    at: usize,
    /// The line as far as it is known; empty if none is to be written.
    line: Vec<u8>,
    /// What it writes.
    transferred: Transferred,
    /// Where it belongs among those that wait.
    place: usize,
    /// It was written already, without a result.
    is_written: bool,
    /// An error that the call met, whatever it answers.
    error: Option<u32>,
    /// A chunk that it read, and did not look for.
    chunk: Option<MMCKINFO>,
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
    // (Nothing is kept here that would be lost if `run` never came back.)
    let here = 0_u8;
    let at = core::ptr::from_ref(&here).addr();
    begin_line(kind, title, at, parameters);
    let answer = run();
    let mut result = Shown::default();
    end(&mut result, &answer);
    end_line(kind, title, at, result);
    answer
}

#[inline(never)]
fn begin_line(kind: Kind, title: Title, at: usize, parameters: Shown) {
    change(|lines| lines.begin(kind, title, at, &parameters));
}

#[inline(never)]
fn end_line(kind: Kind, title: Title, at: usize, result: Shown) {
    change(|lines| lines.end(kind, title, at, &result));
}

/// Notes an error that the call under way met: its answer may only say that there was one.
#[inline(always)]
pub fn note(code: u32) {
    if is_on() {
        change_last(|open| open.error = Some(code));
    }
}

/// Notes a chunk that the call under way read: if it does not find what it looks for, that is what it was at last.
#[inline(always)]
pub fn note_chunk(chunk: &MMCKINFO) {
    if is_on() {
        change_last(|open| open.chunk = Some(*chunk));
    }
}

#[cold]
#[inline(never)]
fn change_last(note: impl FnOnce(&mut Open)) {
    change(|lines| lines.open.last_mut().map_or((), note));
}

/// Writes what waits in this thread, and gives up what the trace has of the system.
#[cfg(target_os = "linux")]
pub fn end() {
    if let Some(lines) = OWN.take() {
        lines.forsaken();
    }
    OWN.end();
    setting::end();
}

impl Forsaken for Lines {
    fn forsaken(mut self) {
        self.write_what_is_open();
    }
}

fn change(change: impl FnOnce(&mut Lines)) {
    let Some(mut lines) = OWN.take().or_else(Lines::of_this_thread) else { return setting::switch_off() };
    lines.look_for_a_fork();
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
    fn of_this_thread() -> Option<Box<Lines>> {
        let (process, thread) = (sys::process(), sys::system_thread());
        memory::boxed(Lines { process, thread, waiting: Vec::new(), passes: false, open: Vec::new() }).ok()
    }

    /// In a child, what waits is its parent's to write.
    fn look_for_a_fork(&mut self) {
        let process = sys::process();
        if process != self.process {
            (self.process, self.thread) = (process, sys::system_thread());
            self.waiting.clear();
            for open in &mut self.open {
                (open.place, open.is_written) = (0, true);
            }
        }
    }

    /// How far in a line is, below those that it belongs to.
    fn depth(&self) -> usize {
        self.open.iter().filter(|open| !open.line.is_empty()).count()
    }

    /// What every line begins with.
    fn margin(&self) -> Vec<u8> {
        let mut line = Vec::new();
        let _ = write!(Text(&mut line), "{:>THREADS$} ", self.thread);
        add_blanks(&mut line, self.depth().saturating_mul(2));
        line
    }

    fn begin(&mut self, kind: Kind, title: Title, at: usize, parameters: &Shown) {
        // What is further down the stack was left by a jump, and does not end any more.
        if let Some(left) = self.open.iter().position(|open| open.at <= at) {
            self.write_what_is_open();
            self.open.truncate(left);
        }
        self.passes = kind.is_call();
        let mut line = Vec::new();
        if kind.is_wanted() {
            line = self.margin();
            let _ = write!(Text(&mut line), "{title}({})", parameters.text());
        }
        let (transferred, place) = (parameters.transferred(), self.waiting.len());
        if fallible::push(&mut self.open, Open { line, transferred, place, ..Open::new(title, at) }).is_err()
        {
            return setting::switch_off();
        }
        if setting::is_live() {
            self.write_what_is_open();
        }
    }

    /// Ends what began there. (A jump may have left more that is under way; and one on another stack may have been taken
    /// for that, and ends all the same.)
    fn end(&mut self, kind: Kind, title: Title, at: usize, result: &Shown) {
        let place = self.open.iter().rposition(|open| open.at == at);
        let open = place.and_then(|place| {
            self.open.truncate(place.saturating_add(1));
            self.open.pop()
        });
        let open = open.unwrap_or_else(|| Open::forgotten(kind, title, at));
        let failed = result.is_failure || open.error.is_some_and(|error| error != 0);
        let has_failures = open.has_failures || kind.is_call() && failed;
        if let Some(outer) = self.open.last_mut() {
            outer.has_failures |= has_failures;
        }
        if kind.is_call() && setting::is_for_failures() && !has_failures && !open.is_written {
            self.waiting.truncate(open.place);
        } else if !open.line.is_empty() {
            self.add(open, result);
        }
        if setting::is_live() {
            self.write_what_is_open();
        } else if self.waiting.len() > PATIENCE {
            self.make_room();
        }
    }

    /// Adds the line of something that is over.
    fn add(&mut self, open: Open, result: &Shown) {
        let Open { title, mut line, transferred, place, is_written, error, chunk, .. } = open;
        if is_written {
            line = self.margin();
            let _ = write!(Text(&mut line), "... {title}");
        }
        pad(&mut line);
        let _ = write!(Text(&mut line), " = {}", result.text());
        if let Some(error) = error.filter(|&error| error != 0 && !result.has_status) {
            let _ = write!(Text(&mut line), ", error={}", Value::Status(error));
        }
        if let Some(mut chunk) = chunk.filter(|_| result.is_failure) {
            let _ = write!(Text(&mut line), ", pmmcki={}", Value::Chunk(Some(Chunk::from(&mut chunk)), ALL));
        }
        for transferred in [transferred.first(result.count()), result.transferred()] {
            if transferred.count > 0 {
                let _ = write!(Text(&mut line), "  {transferred}");
            }
        }
        let _ = writeln!(Text(&mut line));
        let place = if is_written { self.waiting.len() } else { place };
        insert(&mut self.waiting, place, &line);
    }

    /// Too much waits. Who wants calls that fail alone may want none of it.
    fn make_room(&mut self) {
        if !setting::is_for_failures() {
            return self.write_what_is_open();
        }
        self.waiting.clear();
        let line = self.margin();
        insert(&mut self.waiting, 0, &line);
        let _ = writeln!(Text(&mut self.waiting), "(lines left out)");
        for (place, open) in self.open.iter_mut().enumerate() {
            open.place = if place == 0 { 0 } else { self.waiting.len() };
        }
    }

    /// Writes all that waits, and what is under way without a result.
    fn write_what_is_open(&mut self) {
        let mut added: usize = 0;
        for open in self.open.iter_mut().filter(|open| !open.is_written && !open.line.is_empty()) {
            let mut line = fallible::concat(&[&open.line]).unwrap_or_default();
            pad(&mut line);
            let _ = writeln!(Text(&mut line), " ...");
            let place = open.place.saturating_add(added).min(self.waiting.len());
            added = added.saturating_add(insert(&mut self.waiting, place, &line));
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

impl Open {
    fn new(title: Title, at: usize) -> Open {
        Open {
            title,
            at,
            line: Vec::new(),
            transferred: Transferred::NONE,
            place: 0,
            is_written: false,
            error: None,
            chunk: None,
            has_failures: false,
        }
    }

    /// What ends and is not known to have begun.
    fn forgotten(kind: Kind, title: Title, at: usize) -> Open {
        let line = if kind.is_wanted() { fallible::concat(&[b"?"]).unwrap_or_default() } else { Vec::new() };
        Open { line, is_written: true, ..Open::new(title, at) }
    }
}

/// Brings a line to where results stand.
fn pad(line: &mut Vec<u8>) {
    // Of a character of several bytes, as UTF-8 has them, one counts.
    let columns = line.iter().filter(|&byte| byte & 0xc0 != 0x80).count();
    add_blanks(line, RESULTS.saturating_sub(columns));
}

fn add_blanks(line: &mut Vec<u8>, count: usize) {
    if line.try_reserve(count).is_ok() {
        line.resize(line.len().saturating_add(count), b' ');
    }
}

/// Inserts a line, and answers how many bytes that were.
fn insert(lines: &mut Vec<u8>, place: usize, line: &[u8]) -> usize {
    if lines.try_reserve(line.len()).is_err() {
        return 0;
    }
    lines.splice(place..place, line.iter().copied());
    line.len()
}

/// Bytes, for formatted text. (Of std, `Vec` is a writer too; but it ends the program where there is no memory.)
struct Text<'a>(&'a mut Vec<u8>);

impl Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0.try_reserve(text.len()).map_err(|_| core::fmt::Error)?;
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
