//! The lines of one thread.
#![forbid(unsafe_code)]

use super::repeats::{self, count_line};
use super::setting::{self, Kind};
use super::text::{Text, add, append, insert, pad};
use super::value::{ALL, Shown, Transferred, Value};
use super::{THREADS, Title};
use crate::abi::{self, MMCKINFO};
use crate::fallible;
use crate::memory::{self, Chunk};
use crate::path;
use crate::sys::{self, OnThreadExit};
use core::ffi::CStr;
use core::fmt::Write;

/// How much waits for the end of a call.
const PATIENCE: usize = 64 * 1024;

/// The lines of one thread.
pub struct Lines {
    process_id: u32,
    thread: u64,
    /// Whole lines that wait, in order.
    waiting: Vec<u8>,
    /// Where the last of them begins, if nothing is below it, how far in it is, and how often it came again.
    last: Option<usize>,
    last_indent: usize,
    repeats: u64,
    /// Set while a traced call re-enters itself.
    pub passes: bool,
    /// The calls and messages that are under way, each made by the one before.
    pub open: Vec<Open>,
}

/// A call or a message that is under way.
pub struct Open {
    title: Title,
    /// Where it is on the stack.
    at: usize,
    /// Its name and its parameters.
    text: Vec<u8>,
    /// It is of a kind that is wanted, or it is a call with such a message below it.
    is_shown: bool,
    /// What it writes.
    transferred: Transferred,
    /// Where it belongs among those that wait.
    place: usize,
    /// It was written already, without a result.
    is_written: bool,
    /// An error that the call met, whatever it answers.
    pub error: Option<u32>,
    /// A chunk that it read, and did not look for.
    pub chunk: Option<MMCKINFO>,
    /// What the system was asked for, under the names that it knows.
    pub files: [Option<Vec<u8>>; 2],
    /// Something in the middle of it failed.
    has_failures: bool,
}

impl OnThreadExit for Lines {
    fn on_thread_exit(mut self) {
        self.write_what_is_open();
    }
}

impl Lines {
    #[cold]
    #[inline(never)]
    pub fn of_this_thread() -> Option<Box<Lines>> {
        let (process_id, thread) = (sys::process_id(), sys::system_thread());
        let (waiting, open, passes) = (Vec::new(), Vec::new(), false);
        memory::boxed(Lines {
            process_id,
            thread,
            waiting,
            last: None,
            last_indent: 0,
            repeats: 0,
            passes,
            open,
        })
        .ok()
    }

    /// In a child, what waits is its parent's to write.
    pub fn look_for_a_fork(&mut self) {
        let process_id = sys::process_id();
        if process_id != self.process_id {
            (self.process_id, self.thread) = (process_id, sys::system_thread());
            self.forget_waiting();
            for open in &mut self.open {
                (open.place, open.is_written) = (0, true);
            }
        }
    }

    /// How far in a line is, below the first so many of those that are under way.
    fn indent(&self, outer: usize) -> usize {
        self.open.iter().take(outer).filter(|open| open.is_shown).count().saturating_mul(2)
    }

    /// What a line begins with, below the first so many of those that are under way.
    #[cold]
    #[inline(never)]
    fn margin(&self, outer: usize) -> Vec<u8> {
        let mut line = Vec::new();
        let _ = write!(Text(&mut line), "{:>THREADS$} ", self.thread);
        add(&mut line, self.indent(outer), b' ');
        line
    }

    pub fn begin(&mut self, kind: Kind, title: Title, at: usize, parameters: &Shown) {
        // What is further down the stack was left by a jump, and does not end any more.
        if let Some(left) = self.open.iter().position(|open| open.at <= at) {
            self.write_what_is_open();
            self.open.truncate(left);
        }
        self.passes = kind.is_call();
        let is_shown = kind.is_wanted();
        if is_shown && !kind.is_call() {
            // No message without its call.
            self.open.iter_mut().for_each(|outer| outer.is_shown = true);
        }
        let mut text = Vec::new();
        if kind.may_be_shown() {
            let _ = write!(Text(&mut text), "{title}({})", parameters.text());
        }
        let (transferred, place) = (parameters.transferred(), self.waiting.len());
        let open = Open { text, is_shown, transferred, place, ..Open::new(title, at) };
        if fallible::push(&mut self.open, open).is_err() {
            return setting::switch_off();
        }
        if setting::is_live() {
            self.write_what_is_open();
        }
    }

    /// Ends what began there. (A jump may have left more that is under way; and one on another stack may have been taken
    /// for that, and ends all the same.)
    pub fn end(&mut self, kind: Kind, title: Title, at: usize, result: &mut Shown) {
        let place = self.open.iter().rposition(|open| open.at == at);
        let open = place.and_then(|place| {
            self.open.truncate(place.saturating_add(1));
            self.open.pop()
        });
        let mut open = open.unwrap_or_else(|| Open::forgotten(kind, title, at));
        let failed = result.is_failure || open.error.is_some_and(|error| error != 0);
        let has_failures = open.has_failures || kind.is_call() && failed;
        let files = core::mem::take(&mut open.files);
        // (A call in the middle of one that fails is below it, whatever comes of it.)
        let is_outermost = kind.is_call() && self.open.is_empty();
        if is_outermost && setting::is_for_failures() && !has_failures && !open.is_written {
            self.drop_from(open.place);
        } else if open.is_shown {
            self.add(&open, &files, result);
        }
        if let Some(outer) = self.open.last_mut() {
            outer.has_failures |= has_failures;
            if !kind.is_call() && matches!(outer.title, Title::Call(_)) {
                // What a procedure asked for by itself is not what its caller did.
                outer.files = files;
            }
        }
        if setting::is_live() {
            self.write_what_is_open();
        } else if self.waiting.len() > PATIENCE {
            self.make_room();
        }
    }

    /// Adds the line of something that is over.
    #[cold]
    #[inline(never)]
    fn add(&mut self, open: &Open, files: &[Option<Vec<u8>>; 2], result: &mut Shown) {
        let mut line = self.margin(self.open.len());
        if open.is_written {
            let _ = write!(Text(&mut line), "... {}", open.title);
        } else {
            append(&mut line, &open.text);
        }
        pad(&mut line);
        let error = result.status.or(open.error).filter(|&error| error != 0);
        if let Some(error) = error.filter(|_| result.status.is_none()) {
            result.with("error", Value::Status(error));
        }
        let asked = core::mem::take(&mut result.asked);
        for (name, (file, asked)) in ["file", "newfile"].iter().zip(files.iter().zip(&asked)) {
            if file.is_some() && file != asked {
                result.with(name, Value::Name(file.as_deref()));
            }
        }
        if matches!(error, Some(abi::MMIOERR_FILENOTFOUND | abi::MMIOERR_PATHNOTFOUND)) {
            for env_variable in asked.iter().flatten().filter_map(|asked| path::missing_drive(asked)) {
                let name = CStr::from_bytes_until_nul(&env_variable).unwrap_or_default();
                result.with(name.to_str().unwrap_or_default(), Value::Text("(not set)"));
            }
        }
        if let Some(mut chunk) = open.chunk.filter(|_| result.is_failure) {
            result.with("pmmcki", Value::Chunk(Some(Chunk::from(&mut chunk)), ALL));
        }
        append(&mut line, b" = ");
        append(&mut line, result.text().as_bytes());
        for transferred in [open.transferred.first(result.count()), result.transferred()] {
            if transferred.count > 0 {
                let _ = write!(Text(&mut line), "  {transferred}");
            }
        }
        append(&mut line, b"\n");
        self.put(if open.is_written { self.waiting.len() } else { open.place }, &line);
    }

    /// Puts a line among those that wait, or counts it.
    #[cold]
    #[inline(never)]
    fn put(&mut self, place: usize, line: &[u8]) {
        let end = self.waiting.len();
        let last = self.last.and_then(|last| self.waiting.get(last..));
        if place == end && last == Some(line) && !setting::is_live() {
            self.repeats = self.repeats.saturating_add(1);
            return;
        }
        self.put_count();
        let place = if place == end { self.waiting.len() } else { place };
        self.last = (place == self.waiting.len()).then_some(place);
        self.last_indent = self.indent(self.open.len());
        insert(&mut self.waiting, place, line);
    }

    /// Adds how often the last line came again. What began since then is below that.
    #[cold]
    #[inline(never)]
    fn put_count(&mut self) {
        let repeats = core::mem::take(&mut self.repeats);
        if repeats > 0 {
            let end = self.waiting.len();
            let line = count_line(self.thread, self.last_indent, repeats, "more");
            let added = insert(&mut self.waiting, end, &line);
            for open in self.open.iter_mut().filter(|open| open.place == end) {
                open.place = end.saturating_add(added);
            }
            self.last = None;
        }
    }

    /// Gives up what waits from there on.
    fn drop_from(&mut self, place: usize) {
        if place < self.waiting.len() {
            self.waiting.truncate(place);
            (self.last, self.repeats) = (None, 0);
        }
    }

    fn forget_waiting(&mut self) {
        self.waiting.clear();
        (self.last, self.repeats) = (None, 0);
    }

    /// Too much waits. Who wants calls that fail alone may want none of it.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self) {
        if !setting::is_for_failures() {
            return self.write_what_is_open();
        }
        self.forget_waiting();
        let line = self.margin(self.open.len());
        insert(&mut self.waiting, 0, &line);
        append(&mut self.waiting, b"(lines left out)\n");
        for (place, open) in self.open.iter_mut().enumerate() {
            open.place = if place == 0 { 0 } else { self.waiting.len() };
        }
    }

    /// Writes all that waits, and what is under way without a result.
    #[cold]
    #[inline(never)]
    pub fn write_what_is_open(&mut self) {
        self.put_count();
        let mut added: usize = 0;
        for outer in 0..self.open.len() {
            let mut line = self.margin(outer);
            let Some(open) = self.open.get_mut(outer).filter(|open| !open.is_written && open.is_shown) else {
                continue;
            };
            append(&mut line, &open.text);
            pad(&mut line);
            append(&mut line, b" ...\n");
            let place = open.place.saturating_add(added).min(self.waiting.len());
            added = added.saturating_add(insert(&mut self.waiting, place, &line));
            open.is_written = true;
        }
        self.write();
        for open in &mut self.open {
            open.place = 0;
        }
    }

    #[cold]
    #[inline(never)]
    pub fn write(&mut self) {
        self.put_count();
        repeats::write(self.process_id, self.thread, &self.waiting);
        self.forget_waiting();
    }
}

impl Open {
    fn new(title: Title, at: usize) -> Open {
        Open {
            title,
            at,
            text: Vec::new(),
            is_shown: false,
            transferred: Transferred::NONE,
            place: 0,
            is_written: false,
            error: None,
            chunk: None,
            files: [None, None],
            has_failures: false,
        }
    }

    /// What ends and is not known to have begun.
    fn forgotten(kind: Kind, title: Title, at: usize) -> Open {
        Open { is_shown: kind.is_wanted(), is_written: true, ..Open::new(title, at) }
    }
}
