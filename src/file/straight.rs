//! Fast path of a transfer by a program's own procedure, on a file without a buffer: one message, and what comes of it.
//! There is nothing to write out, to fill, or to seek before. (It is here because it pays: docs/architecture.md.)
#![forbid(unsafe_code)]

use super::flush::How;
use super::{File, State, Window};
use crate::error::Error;
use crate::memory::{Source, Target};
use crate::procs::Kind;
use crate::procs::call::{self, Message};
use crate::trace;

impl File {
    /// Reads, and notes an error; answers as `mmioRead` does.
    #[inline(always)]
    pub fn read_and_note(&self, target: Target<'_>) -> isize {
        if target.is_empty() || !self.is_straight() {
            return self.counted(self.read(target));
        }
        self.have_read(target, self.transfer(&Message::Read(target)))
    }

    /// What comes of a message that read so many bytes.
    #[inline(always)]
    fn have_read(&self, target: Target<'_>, count: Option<usize>) -> isize {
        match count {
            Some(count) if count == target.len() => signed(count),
            // What is missing may come with the next message.
            Some(count) if count > 0 => self.counted(self.read_on(target, count)),
            Some(_) => 0,
            None => -1,
        }
    }

    /// Writes in the same way, with a message that the procedure is known to understand.
    #[inline(always)]
    pub fn write_and_note(&self, source: Source<'_>) -> isize {
        let how = self.how_to_write();
        if source.is_empty() || how != How::Write || !self.writes.took(how) || !self.is_straight() {
            return self.counted(self.write(source));
        }
        self.have_written(source, self.transfer(&how.message(source)))
    }

    /// What comes of a message that wrote so many bytes.
    #[inline(always)]
    fn have_written(&self, source: Source<'_>, count: Option<usize>) -> isize {
        let Some(count) = count else { return -1 };
        match count {
            0 => self.counted(Err(Error::CannotWrite)),
            count if count < source.len() => self.counted(self.write_on(source, count)),
            count => signed(count),
        }
    }

    #[inline(never)]
    fn counted(&self, count: Result<usize, Error>) -> isize {
        self.note(count).map_or(-1, signed)
    }

    #[inline(always)]
    fn is_straight(&self) -> bool {
        // A message that goes straight has no line in the trace.
        if trace::is_on() {
            return false;
        }
        // (Without a buffer the window has nothing but a position; but a caller may have said that it is dirty.)
        self.buffer.len() == 0
            && self.kind == Kind::Custom
            && self.state.get() == State::Open
            && self.depth.get() == 0
            && self.window.get().offset == self.disk.get()
            && !self.window.get().dirty
    }

    /// Sends a message that transfers; answers how many bytes it did, or notes the error. (No `Result` leaves this: it
    /// would go by way of memory, in parts.)
    #[inline(always)]
    fn transfer(&self, message: &Message<'_>) -> Option<usize> {
        let position = self.disk.get();
        let (calls, base) = (self.inner_calls.get(), self.buffer.pointer(0));
        let answer = match self.send_here(message, Kind::Custom) {
            Ok(answer) => answer,
            Err(error) => return self.fail(error),
        };
        let checked = call::check(message, answer);
        if let Message::Write(source) = message {
            self.record(How::Write, source.len(), checked.ok().map(isize::unsigned_abs));
        }
        let count = match checked {
            Ok(count) => count.unsigned_abs(),
            Err(error) => return self.fail(error),
        };
        if count > 0 {
            self.count_on(position, count);
        }
        if calls != self.inner_calls.get() {
            let is_same = self.buffer.len() == 0 && self.buffer.pointer(0) == base;
            if !is_same || !self.window.get().is_empty_at(position) {
                return self.fail(Error::Busy);
            }
        }
        if count > 0 {
            let disk = self.disk.get();
            let reckoned = position.wrapping_add_unsigned(count as u64);
            self.window.set(Window { offset: if disk < 0 { reckoned } else { disk }, ..self.window.get() });
        }
        Some(count)
    }

    #[cold]
    fn fail(&self, error: Error) -> Option<usize> {
        self.note(Err(error)).ok()
    }
}

#[inline(always)]
fn signed(count: usize) -> isize {
    isize::try_from(count).unwrap_or(-1)
}
