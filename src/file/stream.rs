//! Files that can be written only at their end: streams (pipes, sockets, terminals), and descriptors with `O_APPEND`.
//!
//! On a stream reading and writing are independent directions. The buffer holds either bytes that were read ahead, in
//! `[next, end)`, or dirty bytes, up to `end == next`, never both: while there are bytes read ahead, writes bypass the
//! buffer; dirty bytes are sent before a read, and if that fails, the read bypasses the buffer. The procedure is at
//! `end_position`: after the bytes read ahead, or at the position less the dirty bytes.
#![forbid(unsafe_code)]

use super::write_history::WriteKind;
use super::{BufferState, File};
use crate::error::Error;
use crate::memory::Target;
use crate::procs::{Kind, dos};

impl File {
    /// Whether the file cannot seek.
    pub(super) fn is_stream(&self) -> bool {
        self.is_stream.get()
    }

    /// Whether the system puts every write at the end of the file (`O_APPEND`).
    pub(super) fn appends(&self) -> bool {
        self.kind == Kind::Dos && dos::appends(self.shared_info.info().words())
    }

    /// Whether the buffer holds bytes that were read ahead from a stream, and cannot be read again.
    pub(super) fn has_read_ahead(&self, state: BufferState) -> bool {
        state.next < state.end && self.is_stream()
    }

    /// Whether writes at the position may go into the buffer without further checks.
    pub(super) fn accepts_buffered_writes(&self, state: BufferState) -> bool {
        if self.appends() {
            return state.has_dirty_bytes() && state.next == state.dirty_to;
        }
        !self.has_read_ahead(state)
    }

    /// The state after all dirty bytes were sent. On a stream the buffer is empty: bytes written cannot be read.
    pub(super) fn state_after_sending(&self, state: BufferState) -> BufferState {
        if self.is_stream() && state.next >= state.end {
            return BufferState::empty_at(state.position());
        }
        state.clean()
    }

    /// Moves forward on a stream, beyond the buffer. The bytes between are lost, even if the stream ends before
    /// `target`.
    pub(super) fn skip_to(&self, target: i64) -> Result<(), Error> {
        if target < self.position() {
            return Err(Error::CannotSeek);
        }
        if let Err(error) = self.write_out(WriteKind::Write) {
            let before = self.unsent_state(error)?;
            let unsent = before.dirty_to.saturating_sub(before.dirty_from);
            let skipped = self.skip_procedure_to(target.saturating_sub_unsigned(unsent as u64))?;
            self.shift_unsent(before);
            return skipped;
        }
        let skipped = self.skip_procedure_to(target)?;
        self.buffer_state.set(BufferState::empty_at(self.disk_offset.get()));
        skipped
    }

    /// Skips bytes. It fails if a callback changed the buffer meanwhile; the inner result is that of the skip. What a
    /// callback writes bypasses the buffer, whose position is that of the file before.
    fn skip_procedure_to(&self, target: i64) -> Result<Result<(), Error>, Error> {
        let _loan = self.buffer.lend();
        self.exchange(|| Ok(self.ensure_procedure_at(target)))
    }

    /// Reads although dirty bytes could not be sent: they stay, and the next flush returns the error.
    #[cold]
    pub(super) fn read_past_unsent(&self, target: Target<'_>, error: Error) -> Result<usize, Error> {
        let before = self.unsent_state(error)?;
        let count = self.exchange(|| self.send_read(target))?;
        self.shift_unsent(before);
        Ok(count)
    }

    /// The state with the unsent bytes, if the read may continue; otherwise the error.
    fn unsent_state(&self, error: Error) -> Result<BufferState, Error> {
        let state = self.buffer_state.get();
        if self.is_stream() && state.has_dirty_bytes() && error == Error::CannotWrite {
            Ok(state)
        } else {
            Err(error)
        }
    }

    /// Moves the buffer on by the bytes that were transferred: the position counts both directions, and so the unsent
    /// bytes are no longer at the positions where they were written.
    pub(super) fn shift_unsent(&self, before: BufferState) {
        let index = if before.has_dirty_bytes() { before.dirty_from } else { before.end };
        let offset = self.disk_offset.get().saturating_sub_unsigned(index as u64);
        self.buffer_state.set(BufferState { offset, ..before });
        if offset > before.offset {
            self.unsent_until.set(self.position());
        }
    }

    /// Whether unsent bytes from this position on are still where they were written.
    pub(super) fn is_unsent_at(&self, position: i64) -> bool {
        position >= self.unsent_until.get()
    }

    /// The buffer state of a stream after direct access. Only the bytes that `pchNext` was moved over count as written:
    /// others cannot be distinguished from bytes that were read.
    pub(super) fn apply_direct_access_on_stream(
        &self,
        next: usize,
        is_dirty: bool,
    ) -> Result<BufferState, Error> {
        let state = self.buffer_state.get();
        if is_dirty {
            if next < state.next || state.next < state.end {
                return Err(Error::CannotWrite);
            }
            return Ok(BufferState { next, end: next, ..state.with_dirty(state.next, next) });
        }
        let may_move = if state.has_dirty_bytes() { next == state.next } else { next <= state.end };
        if may_move { Ok(BufferState { next, ..state }) } else { Err(Error::CannotSeek) }
    }

    /// Discards unsent bytes of a stream from this position on, if they are still in the buffer.
    pub(super) fn discard_unsent(&self, position: i64) {
        let state = self.buffer_state.get();
        let index = state.index_of(position).filter(|index| {
            self.is_unsent_at(position) && (state.dirty_from..state.dirty_to).contains(index)
        });
        if let Some(index) = index {
            self.buffer_state.set(BufferState { next: index, end: index, dirty_to: index, ..state });
        }
    }

    /// Checks that the position is the end of the file, where `O_APPEND` puts the bytes, dirty bytes included.
    pub(super) fn check_append(&self) -> Result<(), Error> {
        let state = self.buffer_state.get();
        let (from, to) = match state.has_dirty_bytes() {
            true => (state.position_of(state.dirty_from), state.position_of(state.dirty_to)),
            false => (state.position(), state.position()),
        };
        let is_right =
            to == state.position() && from == self.pauses.during(|| dos::end(self.shared_info.info()))?;
        if is_right { Ok(()) } else { Err(Error::CannotWrite) }
    }

    /// The start of the bytes that count as written after direct access to a file with `O_APPEND`.
    pub(super) fn direct_append_start(&self, next: usize) -> Result<usize, Error> {
        self.check_append()?;
        let from = self.buffer_state.get().next;
        if next < from { Err(Error::CannotWrite) } else { Ok(from) }
    }
}
