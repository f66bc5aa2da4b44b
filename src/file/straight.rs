//! The straight way of a transfer: by a program's own procedure on a file without a buffer, or with a disk file whose
//! buffer is empty and smaller, where the position is. It is one message, and what comes of it; there is nothing to
//! empty, to fill, or to put elsewhere before.
#![forbid(unsafe_code)]

use super::flush::How;
use super::{File, State};
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
            return self.read_otherwise(target);
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

    #[inline(never)]
    fn read_otherwise(&self, target: Target<'_>) -> isize {
        match self.is_straight_to_disk(target.len()) {
            true => self.have_read(target, self.transfer_with_disk(&Message::Read(target))),
            false => self.counted(self.read(target)),
        }
    }

    /// Writes in the same way, with a message that the procedure is known to understand.
    #[inline(always)]
    pub fn write_and_note(&self, source: Source<'_>) -> isize {
        let how = self.how_to_write();
        if source.is_empty() || how != How::Write || !self.writes.took(how) || !self.is_straight() {
            return self.write_otherwise(source);
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
    fn write_otherwise(&self, source: Source<'_>) -> isize {
        if !self.is_straight_to_disk(source.len()) {
            return self.counted(self.write(source));
        }
        self.have_written(source, self.transfer_with_disk(&self.how_to_write().message(source)))
    }

    /// Whether a transfer of so many bytes has nothing to do with the buffer of a disk file: it is empty, and smaller.
    #[inline]
    fn is_straight_to_disk(&self, count: usize) -> bool {
        self.kind == Kind::Dos
            && self.state.get() == State::Open
            && count > 0
            && count >= self.buffer.len()
            && self.window.is_empty_at(self.disk.get())
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
            && self.window.offset.get() == self.disk.get()
            && !self.window.is_dirty()
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
            if !is_same || !self.window.is_empty_at(position) {
                return self.fail(Error::Busy);
            }
        }
        if count > 0 {
            let disk = self.disk.get();
            let reckoned = position.wrapping_add_unsigned(count as u64);
            self.window.offset.set(if disk < 0 { reckoned } else { disk });
        }
        Some(count)
    }

    /// The same with a disk file.
    #[inline(never)]
    fn transfer_with_disk(&self, message: &Message<'_>) -> Option<usize> {
        match message {
            Message::Read(_) if !self.readable.get() => return self.fail(Error::CannotRead),
            Message::Write(_) | Message::WriteFlush(_) if !self.writable.get() => {
                return self.fail(Error::CannotWrite);
            }
            _ => {}
        }
        let count = self.send_to_disk(message).and_then(|answer| call::check(message, answer));
        let count = count.map(isize::unsigned_abs);
        match *message {
            Message::Write(source) => self.record(How::Write, source.len(), count.ok()),
            Message::WriteFlush(source) => self.record(How::Flush, source.len(), count.ok()),
            _ => {}
        }
        match count {
            Ok(count) => {
                self.window.offset.set(self.disk.get());
                Some(count)
            }
            Err(error) => self.fail(error),
        }
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
