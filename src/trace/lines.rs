//! The lines of one thread: calls and messages that are active, and lines that are pending.
#![forbid(unsafe_code)]

use super::repeats::{self, count_line};
use super::state::{self, Category};
use super::text::{THREAD_COLUMNS, Text, add, append, insert, pad};
use super::value::{ALL_MEMBERS, Shown, Transferred, Value};
use crate::abi::{self, MMCKINFO};
use crate::fallible;
use crate::memory::{self, Chunk};
use crate::path;
use crate::sys::{self, OnThreadExit, ThreadLocal};
use core::ffi::CStr;
use core::fmt::{self, Display, Formatter, Write};

/// How many bytes of lines may be pending until a call returns.
const MAX_PENDING: usize = 64 * 1024;

/// In place of the code of a procedure if there is none.
pub const NO_PROCEDURE: u32 = u32::MAX;

/// What a line shows.
#[derive(Clone, Copy, Debug)]
pub enum Title {
    Call(&'static str),
    /// The code of a procedure, and a message to it.
    Message(u32, u32),
}

impl Display for Title {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Title::Call(name) => out.write_str(name),
            // A procedure that was given in pIOProc has no code.
            Title::Message(0, message) => write!(out, "pIOProc {}", Value::Message(message)),
            Title::Message(NO_PROCEDURE, message) => Value::Message(message).fmt(out),
            Title::Message(code, message) => write!(out, "{} {}", Value::Code(code), Value::Message(message)),
        }
    }
}

pub static LINES: ThreadLocal<Lines> = ThreadLocal::new();

/// The lines of one thread.
pub struct Lines {
    process_id: u32,
    thread: u64,
    /// Complete lines, in order.
    pending: Vec<u8>,
    /// The offset of the last pending line if no line is below it, its indentation, and how often it was repeated.
    last: Option<usize>,
    last_indent: usize,
    repeats: u64,
    /// The active calls and messages, each made during the one before.
    pub active: Vec<Active>,
}

/// A call or a message that has begun and not returned.
pub struct Active {
    title: Title,
    /// Its address on the stack.
    frame: usize,
    /// Its title and parameters, as they are shown.
    text: Vec<u8>,
    /// Its category is wanted, or a message below it is shown.
    is_shown: bool,
    /// The bytes that it writes.
    transferred: Transferred,
    /// Where its line is to be inserted in `pending`.
    offset: usize,
    /// It was written without its result.
    is_written: bool,
    /// The error of the call, which its result may not show.
    pub error: Option<u32>,
    /// The last chunk that it read while it searched for another.
    pub chunk: Option<MMCKINFO>,
    /// The names that were passed to the system.
    pub files: [Option<Vec<u8>>; 2],
    /// A call below it, at any depth, failed.
    has_failures: bool,
}

impl OnThreadExit for Lines {
    fn on_thread_exit(mut self) {
        self.flush_pending();
    }
}

impl Lines {
    #[cold]
    #[inline(never)]
    pub fn of_this_thread() -> Option<Box<Lines>> {
        let (process_id, thread) = (sys::process_id(), sys::system_thread_id());
        let (pending, active) = (Vec::new(), Vec::new());
        memory::boxed(Lines { process_id, thread, pending, last: None, last_indent: 0, repeats: 0, active })
            .ok()
    }

    /// In a forked child: drops pending lines, which the parent writes.
    pub fn detect_fork(&mut self) {
        let process_id = sys::process_id();
        if process_id != self.process_id {
            (self.process_id, self.thread) = (process_id, sys::system_thread_id());
            self.clear_pending();
            for active in &mut self.active {
                (active.offset, active.is_written) = (0, true);
            }
        }
    }

    /// The indentation of a line below the first `outer` active ones.
    fn indent(&self, outer: usize) -> usize {
        self.active.iter().take(outer).filter(|active| active.is_shown).count().saturating_mul(2)
    }

    /// The beginning of a line below the first `outer` active ones: the thread's number, and the indentation.
    #[cold]
    #[inline(never)]
    fn margin(&self, outer: usize) -> Vec<u8> {
        let mut line = Vec::new();
        let _ = write!(Text(&mut line), "{:>THREAD_COLUMNS$} ", self.thread);
        add(&mut line, self.indent(outer), b' ');
        line
    }

    /// Begins a call or message. False if there is no memory for it.
    pub fn begin(&mut self, category: Category, title: Title, frame: usize, parameters: &Shown) -> bool {
        // Calls at the same address of the stack or below were left by longjmp, and never return.
        if let Some(left) = self.active.iter().position(|active| active.frame <= frame) {
            self.flush_pending();
            self.active.truncate(left);
        }
        let is_shown = category.is_wanted();
        if is_shown && !category.is_call() {
            // A message is shown below its call.
            self.active.iter_mut().for_each(|outer| outer.is_shown = true);
        }
        let mut text = Vec::new();
        if category.may_be_shown() {
            let _ = write!(Text(&mut text), "{title}({})", parameters.text());
        }
        let (transferred, offset) = (parameters.transferred(), self.pending.len());
        let active = Active { text, is_shown, transferred, offset, ..Active::new(title, frame) };
        if fallible::push(&mut self.active, active).is_err() {
            return false;
        }
        if state::is_live() {
            self.flush_pending();
        }
        true
    }

    /// Ends the call or message that began at this address of the stack. Those in between, which longjmp left, are
    /// dropped. One that `begin` dropped wrongly, as it is on another stack, ends without its beginning.
    pub fn end(&mut self, category: Category, title: Title, frame: usize, result: &mut Shown) {
        let index = self.active.iter().rposition(|active| active.frame == frame);
        let active = index.and_then(|index| {
            self.active.truncate(index.saturating_add(1));
            self.active.pop()
        });
        let mut active = active.unwrap_or_else(|| Active::without_beginning(category, title, frame));
        let failed = result.is_failure || active.error.is_some_and(|error| error != 0);
        let has_failures = active.has_failures || category.is_call() && failed;
        let files = core::mem::take(&mut active.files);
        // A call during one that fails is shown below it, whatever its own result.
        let is_outermost = category.is_call() && self.active.is_empty();
        if is_outermost && state::is_for_failures() && !has_failures && !active.is_written {
            self.drop_from(active.offset);
        } else if active.is_shown {
            self.add(&active, &files, result);
        }
        if let Some(outer) = self.active.last_mut() {
            outer.has_failures |= has_failures;
            if !category.is_call() && matches!(outer.title, Title::Call(_)) {
                // Only a message passes the names on, to its call: a call does not to the message that it was made in.
                outer.files = files;
            }
        }
        if state::is_live() {
            self.flush_pending();
        } else if self.pending.len() > MAX_PENDING {
            self.make_room();
        }
    }

    /// Adds the line of a call or message that has ended.
    #[cold]
    #[inline(never)]
    fn add(&mut self, active: &Active, files: &[Option<Vec<u8>>; 2], result: &mut Shown) {
        let mut line = self.margin(self.active.len());
        if active.is_written {
            let _ = write!(Text(&mut line), "... {}", active.title);
        } else {
            append(&mut line, &active.text);
        }
        pad(&mut line);
        let error = result.status.or(active.error).filter(|&error| error != 0);
        if let Some(error) = error.filter(|_| result.status.is_none()) {
            result.with("error", Value::Status(error));
        }
        let requested = core::mem::take(&mut result.requested);
        for (name, (file, requested)) in ["file", "newfile"].iter().zip(files.iter().zip(&requested)) {
            if file.is_some() && file != requested {
                result.with(name, Value::Name(file.as_deref()));
            }
        }
        if matches!(error, Some(abi::MMIOERR_FILENOTFOUND | abi::MMIOERR_PATHNOTFOUND)) {
            for variable in requested.iter().flatten().filter_map(|requested| path::missing_drive(requested))
            {
                let name = CStr::from_bytes_until_nul(&variable).unwrap_or_default();
                result.with(name.to_str().unwrap_or_default(), Value::Text("(not set)"));
            }
        }
        if let Some(mut chunk) = active.chunk.filter(|_| result.is_failure) {
            result.with("pmmcki", Value::Chunk(Some(Chunk::from(&mut chunk)), ALL_MEMBERS));
        }
        append(&mut line, b" = ");
        append(&mut line, result.text().as_bytes());
        for transferred in [active.transferred.first(result.count()), result.transferred()] {
            if transferred.count > 0 {
                let _ = write!(Text(&mut line), "  {transferred}");
            }
        }
        append(&mut line, b"\n");
        self.put(if active.is_written { self.pending.len() } else { active.offset }, &line);
    }

    /// Inserts a line into `pending`, or counts it as a repetition.
    #[cold]
    #[inline(never)]
    fn put(&mut self, offset: usize, line: &[u8]) {
        let end = self.pending.len();
        let last = self.last.and_then(|last| self.pending.get(last..));
        if offset == end && last == Some(line) && !state::is_live() {
            self.repeats = self.repeats.saturating_add(1);
            return;
        }
        self.put_count();
        let offset = if offset == end { self.pending.len() } else { offset };
        self.last = (offset == self.pending.len()).then_some(offset);
        self.last_indent = self.indent(self.active.len());
        insert(&mut self.pending, offset, line);
    }

    /// Adds a line with the number of repetitions. Calls that began since then are placed below it.
    #[cold]
    #[inline(never)]
    fn put_count(&mut self) {
        let repeats = core::mem::take(&mut self.repeats);
        if repeats > 0 {
            let end = self.pending.len();
            let line = count_line(self.thread, self.last_indent, repeats, "more");
            let added = insert(&mut self.pending, end, &line);
            for active in self.active.iter_mut().filter(|active| active.offset == end) {
                active.offset = end.saturating_add(added);
            }
            self.last = None;
        }
    }

    /// Drops the pending lines from an offset on.
    fn drop_from(&mut self, offset: usize) {
        if offset < self.pending.len() {
            self.pending.truncate(offset);
            (self.last, self.repeats) = (None, 0);
        }
    }

    fn clear_pending(&mut self) {
        self.pending.clear();
        (self.last, self.repeats) = (None, 0);
    }

    /// Too much is pending: writes it. If only calls that fail are wanted, it is dropped, as none may have failed.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self) {
        if !state::is_for_failures() {
            return self.flush_pending();
        }
        self.clear_pending();
        let line = self.margin(self.active.len());
        insert(&mut self.pending, 0, &line);
        append(&mut self.pending, b"(lines left out)\n");
        for (index, active) in self.active.iter_mut().enumerate() {
            active.offset = if index == 0 { 0 } else { self.pending.len() };
        }
    }

    /// Writes the pending lines, and those of active calls and messages without a result.
    #[cold]
    #[inline(never)]
    pub fn flush_pending(&mut self) {
        self.put_count();
        let mut added: usize = 0;
        for outer in 0..self.active.len() {
            let mut line = self.margin(outer);
            let Some(active) =
                self.active.get_mut(outer).filter(|active| !active.is_written && active.is_shown)
            else {
                continue;
            };
            append(&mut line, &active.text);
            pad(&mut line);
            append(&mut line, b" ...\n");
            let offset = active.offset.saturating_add(added).min(self.pending.len());
            added = added.saturating_add(insert(&mut self.pending, offset, &line));
            active.is_written = true;
        }
        self.write();
        for active in &mut self.active {
            active.offset = 0;
        }
    }

    #[cold]
    #[inline(never)]
    pub fn write(&mut self) {
        self.put_count();
        repeats::write(self.process_id, self.thread, &self.pending);
        self.clear_pending();
    }
}

impl Active {
    fn new(title: Title, frame: usize) -> Active {
        Active {
            title,
            frame,
            text: Vec::new(),
            is_shown: false,
            transferred: Transferred::NONE,
            offset: 0,
            is_written: false,
            error: None,
            chunk: None,
            files: [None, None],
            has_failures: false,
        }
    }

    /// One that ends and is not known to have begun.
    fn without_beginning(category: Category, title: Title, frame: usize) -> Active {
        Active { is_shown: category.is_wanted(), is_written: true, ..Active::new(title, frame) }
    }
}
