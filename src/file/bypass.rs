//! Fast path of a transfer on an unbuffered file with a custom procedure or callbacks, which are at the right position:
//! one message, and nothing to write or fill before. docs/architecture.md shows what it saves.
#![forbid(unsafe_code)]

use super::write_history::WriteKind;
use super::{BufferState, File, Phase};
use crate::error::Error;
use crate::memory::{Source, Target};
use crate::procs::Kind;
use crate::procs::message::{self, Message};
use crate::trace;
use core::ffi::c_char;

impl File {
    /// Reads, notes an error, and returns the result of `mmioRead`.
    #[inline(always)]
    pub fn read_and_note(&self, target: Target<'_>) -> isize {
        if target.is_empty() || !self.can_bypass() {
            return self.note_count(self.read(target));
        }
        self.finish_read(target, self.transfer(&Message::Read(target)))
    }

    /// Continues after a message that read `count` bytes, or failed.
    #[inline(always)]
    fn finish_read(&self, target: Target<'_>, count: Option<usize>) -> isize {
        match count {
            Some(count) if count == target.len() => signed(count),
            // The rest may come with the next message.
            Some(count) if count > 0 => self.note_count(self.continue_read(target, count)),
            Some(_) => 0,
            None => -1,
        }
    }

    /// Writes in the same way, if the procedure has accepted the message before.
    #[inline(always)]
    pub fn write_and_note(&self, source: Source<'_>) -> isize {
        let write_kind = self.default_write_kind();
        if source.is_empty()
            || write_kind != WriteKind::Write
            || !self.write_history.has_accepted(write_kind)
            || !self.can_bypass()
        {
            return self.note_count(self.write(source));
        }
        self.finish_write(source, self.transfer(&write_kind.message(source)))
    }

    /// Continues after a message that wrote `count` bytes, or failed.
    #[inline(always)]
    fn finish_write(&self, source: Source<'_>, count: Option<usize>) -> isize {
        let Some(count) = count else { return -1 };
        match count {
            0 => self.note_count(Err(Error::CannotWrite)),
            count if count < source.len() => self.note_count(self.continue_write(source, count)),
            count => signed(count),
        }
    }

    #[inline(never)]
    fn note_count(&self, count: Result<usize, Error>) -> isize {
        self.note(count).map_or(-1, signed)
    }

    #[inline(always)]
    fn can_bypass(&self) -> bool {
        // The fast path does not trace its message.
        if trace::is_on() {
            return false;
        }
        // Without a buffer the state is a position, unless a caller has set MMIO_DIRTY.
        self.buffer.len() == 0
            && matches!(self.kind, Kind::Custom | Kind::Backed)
            && self.phase.get() == Phase::Open
            && self.depth.get() == 0
            && self.buffer_state.get().offset == self.disk_offset.get()
            && !self.buffer_state.get().dirty
    }

    /// Sends a transfer, and returns the number of bytes, or notes the error. It returns no `Result`, which would be
    /// passed through memory.
    #[inline(always)]
    fn transfer(&self, message: &Message<'_>) -> Option<usize> {
        let position = self.disk_offset.get();
        let (calls, base) = (self.nested_calls.get(), self.buffer.pointer(0));
        let sent = match self.kind {
            Kind::Custom => self.send_untraced(message, Kind::Custom),
            _ => self.send_backed(message),
        };
        let returned = match sent {
            Ok(returned) => returned,
            Err(error) => return self.fail(error),
        };
        let checked = message::check(message, returned);
        if let Message::Write(source) = message {
            self.record_write(WriteKind::Write, source.len(), checked.ok().map(isize::unsigned_abs));
        }
        let count = match checked {
            Ok(count) => count.unsigned_abs(),
            Err(error) if calls == self.nested_calls.get() => return self.fail(error),
            Err(error) => {
                return self.fail(if self.is_at(position, base) { error } else { self.changed() });
            }
        };
        if calls != self.nested_calls.get() {
            if count > 0 {
                self.advance_if_unmoved(position, count);
            }
            if !self.is_at(position, base) {
                return self.fail(self.changed());
            }
        }
        if count > 0 {
            self.advance_if_unmoved(position, count);
            let disk_offset = self.disk_offset.get();
            let computed = position.wrapping_add_unsigned(count as u64);
            let offset = if disk_offset < 0 { computed } else { disk_offset };
            self.buffer_state.set(BufferState { offset, ..self.buffer_state.get() });
        }
        Some(count)
    }

    /// Whether the file has no buffer, as before, and the same position.
    #[cold]
    #[inline(never)]
    fn is_at(&self, position: i64, base: *mut c_char) -> bool {
        let is_same = self.buffer.len() == 0 && self.buffer.pointer(0) == base;
        is_same && self.buffer_state.get().is_empty_at(position)
    }

    #[inline(never)]
    fn send_backed(&self, message: &Message<'_>) -> Result<isize, Error> {
        self.send_untraced(message, Kind::Backed)
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
