//! Direct access: a program reads and writes the buffer itself, between `mmioGetInfo` and `mmioSetInfo` or
//! `mmioAdvance`.
#![forbid(unsafe_code)]

use super::write_history::WriteKind;
use super::{BufferState, File};
use crate::abi;
use crate::error::Error;
use crate::memory::{Direction, Info};
use crate::procs::Kind;
use core::ffi::c_char;

impl File {
    /// Whether `pointer` is in a buffer that the library allocated.
    pub fn owns(&self, pointer: *mut c_char) -> bool {
        !pointer.is_null() && self.buffer.owns(pointer)
    }

    /// Takes over `pchNext`, `pchEndRead`, `MMIO_DIRTY` and a custom procedure's `adwInfo`. It ignores all else (ours:
    /// a stale or hostile copy must not move the buffer). Dirty bytes stay dirty, whatever the copy says.
    pub fn set_info(&self, info: Info<'_>) -> Result<(), Error> {
        if self.buffer.is_lent() {
            // During the message the procedure uses the buffer.
            return Err(Error::Busy);
        }
        let writable_end = self.writable_end(self.buffer_state.get());
        let next = self.buffer.index_of(info.next()).filter(|&next| next <= writable_end);
        let end = self.buffer.index_of(info.end_read()).filter(|&end| end <= writable_end);
        let (Some(next), Some(end)) = (next, end) else { return Err(Error::InvalidParam) };
        self.buffer_state.set(self.apply_direct_access(next, end, info.flags() & abi::MMIO_DIRTY != 0)?);
        if self.kind == Kind::Custom {
            self.shared_info.info().copy_words(info);
        }
        Ok(())
    }

    /// The buffer state after direct access.
    fn apply_direct_access(&self, next: usize, end: usize, is_dirty: bool) -> Result<BufferState, Error> {
        let state = self.buffer_state.get();
        if is_dirty && !self.writable.get() {
            return Err(Error::CannotWrite);
        }
        if self.is_stream() {
            return self.apply_direct_access_on_stream(next, is_dirty);
        }
        let end = end.max(state.dirty_to);
        if is_dirty {
            // With MMIO_DIRTY every byte up to `end` counts as written.
            let end = end.max(next);
            let from = if self.appends() { self.direct_append_start(next)? } else { 0 };
            return Ok(BufferState { next, end, ..self.mark_dirty(state, from, end) });
        }
        if self.kind == Kind::Mem && next > end {
            // A memory file may not be positioned past its end.
            return Err(Error::InvalidParam);
        }
        Ok(BufferState { next, end, ..state })
    }

    /// Moves the buffer to the current position, and fills it for reading.
    // Inlined in the exported function: a call would cost instructions.
    #[inline(always)]
    pub fn advance(&self, info: Option<Info<'_>>, direction: Direction) -> Result<(), Error> {
        if self.buffer.len() == 0 && self.kind != Kind::Mem {
            return Err(Error::Unbuffered);
        }
        if direction == Direction::Read && !self.readable.get() {
            return Err(Error::CannotRead);
        }
        if direction == Direction::Write && !self.writable.get() {
            return Err(Error::CannotWrite);
        }
        if self.buffer.is_lent() {
            return Err(Error::Busy);
        }
        if let Some(info) = info {
            self.set_info(info)?;
        }
        if self.kind == Kind::Mem {
            return self.advance_memory(direction);
        }
        self.empty()?;
        let state = self.buffer_state.get();
        if direction == Direction::Write && (self.has_read_ahead(state) || self.writable_end(state) == 0) {
            return Err(Error::CannotWrite);
        }
        if direction == Direction::Read {
            // A short read is continued, so that a caller that reads blocks gets whole ones. A stream that has sent
            // something is not waited for.
            let goes_on = |end: usize| end < self.buffer.len() && !(end > 0 && self.is_stream());
            while goes_on(self.buffer_state.get().end) && self.fill().map_err(read_error)? > 0 {}
        }
        Ok(())
    }

    /// Grows a memory file that is full, for writing.
    fn advance_memory(&self, direction: Direction) -> Result<(), Error> {
        self.write_out(WriteKind::Write)?;
        let next = self.buffer_state.get().next;
        if direction == Direction::Read || next < self.buffer.len() {
            return Ok(());
        }
        let [step, ..] = self.shared_info.info().words();
        let least = next.checked_add(1).ok_or(Error::CannotExpand)?;
        self.buffer.grow(least, step)
    }
}

fn read_error(error: Error) -> Error {
    match error {
        Error::InvalidHandle | Error::Busy => error,
        _ => Error::CannotRead,
    }
}
