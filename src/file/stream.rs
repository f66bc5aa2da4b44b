//! Files that are written at their end only: streams (a pipe, a socket, a terminal), and descriptors that append.
//!
//! On a stream reading and writing are independent directions. Its buffer holds either bytes that were read ahead, at
//! `[next, end)`, or bytes to be written, up to `end == next`, and never both: while there are bytes read ahead a write
//! goes past the buffer, and what is dirty is sent before more is read; where that fails, what is read goes past the buffer.
//! The procedure is at the position less what is dirty, or behind what was read ahead: at `end_position`.
#![forbid(unsafe_code)]

use super::write_history::WriteKind;
use super::{BufferState, File};
use crate::error::Error;
use crate::memory::Target;
use crate::procs::{Kind, dos};

impl File {
    /// Whether the file only goes forward.
    pub(super) fn is_stream(&self) -> bool {
        self.kind == Kind::Dos && dos::is_stream(self.shared_info.info().words())
    }

    /// Whether every write goes to the end of the file, wherever it is meant to go.
    pub(super) fn appends(&self) -> bool {
        self.kind == Kind::Dos && dos::appends(self.shared_info.info().words())
    }

    /// Whether the buffer holds bytes that were read ahead of a stream, and are nowhere else.
    pub(super) fn has_read_ahead(&self, state: BufferState) -> bool {
        state.next < state.end && self.is_stream()
    }

    /// Whether writes at the position may go into the buffer without a further look.
    pub(super) fn accepts_buffered_writes(&self, state: BufferState) -> bool {
        if self.appends() {
            return state.has_dirty_bytes() && state.next == state.dirty_to;
        }
        !self.has_read_ahead(state)
    }

    /// The state after everything dirty was sent: what was written to a stream cannot be read there.
    pub(super) fn state_after_sending(&self, state: BufferState) -> BufferState {
        if self.is_stream() && state.next >= state.end {
            return BufferState::empty_at(state.position());
        }
        state.clean()
    }

    /// Goes forward on a stream, past the end of what the buffer holds. What is passed is gone, also where the stream ends
    /// before it is there.
    pub(super) fn skip_to(&self, target: i64) -> Result<(), Error> {
        if target < self.position() {
            return Err(Error::CannotSeek);
        }
        if let Err(error) = self.write_out(WriteKind::Write) {
            let before = self.unsent_state(error)?;
            let unsent = before.dirty_to.saturating_sub(before.dirty_from);
            let skipped = self.ensure_procedure_at(target.saturating_sub_unsigned(unsent as u64));
            self.shift_unsent(before);
            return skipped;
        }
        let skipped = self.ensure_procedure_at(target);
        self.buffer_state.set(BufferState::empty_at(self.disk_offset.get()));
        skipped
    }

    /// Reads on after dirty bytes could not be sent: they stay, and the next flush tells of it.
    #[cold]
    pub(super) fn read_past_unsent(&self, target: Target<'_>, error: Error) -> Result<usize, Error> {
        let before = self.unsent_state(error)?;
        let count = self.exchange(|| self.send_read(target))?;
        self.shift_unsent(before);
        Ok(count)
    }

    /// The state with what could not be sent, if that is no reason not to read.
    fn unsent_state(&self, error: Error) -> Result<BufferState, Error> {
        let state = self.buffer_state.get();
        if self.is_stream() && state.has_dirty_bytes() && error == Error::CannotWrite {
            Ok(state)
        } else {
            Err(error)
        }
    }

    /// The position counts what was read, and so the bytes that wait are not at the positions any more that they had.
    fn shift_unsent(&self, before: BufferState) {
        let offset = self.disk_offset.get().saturating_sub_unsigned(before.dirty_from as u64);
        self.buffer_state.set(BufferState { offset, ..before });
        if offset > before.offset {
            self.unsent_until.set(self.position());
        }
    }

    /// Whether bytes that wait to be sent are still where they were written, from this position on.
    pub(super) fn is_unsent_at(&self, position: i64) -> bool {
        position >= self.unsent_until.get()
    }

    /// The buffer state of a stream after direct access. The caller may have written where bytes read ahead were, and only
    /// what `pchNext` was moved over can be told from what was read.
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

    /// Takes bytes back that were to be written to a stream from this position on, as far as they are still here.
    pub(super) fn discard_unsent(&self, position: i64) {
        let state = self.buffer_state.get();
        let index = position.checked_sub(state.offset).and_then(|index| usize::try_from(index).ok());
        let index = index.filter(|index| {
            self.is_unsent_at(position) && (state.dirty_from..state.dirty_to).contains(index)
        });
        if let Some(index) = index {
            self.buffer_state.set(BufferState { next: index, end: index, dirty_to: index, ..state });
        }
    }

    /// Whether bytes written at the position land there, though the system puts them at the end.
    pub(super) fn check_append(&self) -> Result<(), Error> {
        let state = self.buffer_state.get();
        let at = |index: usize| state.offset.saturating_add_unsigned(index as u64);
        let (from, to) = match state.has_dirty_bytes() {
            true => (at(state.dirty_from), at(state.dirty_to)),
            false => (state.position(), state.position()),
        };
        let is_right =
            to == state.position() && from == self.pauses.during(|| dos::end(self.shared_info.info()))?;
        if is_right { Ok(()) } else { Err(Error::CannotWrite) }
    }

    /// From where on the buffer counts as written after direct access, where only the end can be written.
    pub(super) fn direct_append_start(&self, next: usize) -> Result<usize, Error> {
        self.check_append()?;
        let from = self.buffer_state.get().next;
        if next < from { Err(Error::CannotWrite) } else { Ok(from) }
    }
}
