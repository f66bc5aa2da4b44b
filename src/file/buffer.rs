//! The law of the buffer: whatever mix of calls a program makes, bytes, position and final file are those of
//! the same calls on an unbuffered file.
//!
//! `[0, end)` of the buffer is what the file holds from `offset` on, bytes written but not sent on included.
//! The next byte is `next`; a caller's direct access may put it beyond `end`, and then nothing is held there.
//! For a memory file the buffer is the file, `offset` is 0 and `end` is where the file ends.
#![forbid(unsafe_code)]

use super::flush::WriteKind;
use super::{BufferState, File};
use crate::error::Error;
use crate::fallible;
use crate::memory::{Block, Direction, Lease, Source, Target};
use crate::procs::{Kind, dos};

/// Beyond this position nothing is written into the buffer: most file systems end somewhere there, and a write that can
/// never be sent on is to fail at once. (A FAT ends at 4 GiB - 1, but there a whole recording would go unbuffered.)
const MAX_BUFFERED_POSITION: i64 = 1 << 40;

impl File {
    /// Leases what the next reads or writes may do without a call on this file, as they would do it: reads, what
    /// the buffer holds from the position on; writes, what it has room for (full it is sent on). After bytes
    /// were written it is for writing.
    #[inline(always)]
    pub fn renew_lease(&self, lease: &Lease) {
        if self.buffer.len() > 0 {
            self.lease_buffer(lease);
        }
    }

    #[cold]
    #[inline(never)]
    fn lease_buffer(&self, lease: &Lease) {
        let state = self.buffer_state.get();
        if self.depth.get() > 0 || state.next > state.end || state.offset > MAX_BUFFERED_POSITION {
            return;
        }
        // (The buffer does not begin beyond the largest position.)
        let position = state.offset.wrapping_add_unsigned(state.next as u64);
        if position <= self.start.get() || self.rf64.get().is_some() {
            return self.lease_without_position(lease);
        }
        self.lease_from(lease, state, position);
    }

    /// At the beginning of a file, where the header of an RF64 may be, and in a file that is or may become one, chunks take the
    /// slow path. (Nobody looks at the bytes here: they may be unset.)
    #[cold]
    #[inline(never)]
    fn lease_without_position(&self, lease: &Lease) {
        self.lease_from(lease, self.buffer_state.get(), i64::MAX);
    }

    #[inline(always)]
    fn lease_from(&self, lease: &Lease, state: BufferState, position: i64) {
        let is_for_writing = self.last_direction.get() == Direction::Write;
        if !is_for_writing && self.readable.get() {
            self.buffer.lease(lease, Direction::Read, state.next, state.end, position);
        } else if is_for_writing
            && self.writable.get()
            && !self.write_through.get()
            && self.can_buffer()
            && self.accepts_buffered_writes(state)
        {
            let room = if self.kind == Kind::Mem { 0 } else { 1 };
            let to = self.buffer.len().saturating_sub(room);
            self.buffer.lease(lease, Direction::Write, state.next, to, position);
        }
    }

    /// Revokes a lease, and takes over what was done under it.
    #[inline(always)]
    pub fn revoke_lease(&self, lease: &Lease) {
        if let Some((direction, used)) = lease.revoke() {
            self.apply_lease(direction, used);
        }
    }

    #[cold]
    #[inline(never)]
    fn apply_lease(&self, direction: Direction, used: usize) {
        let state = self.buffer_state.get();
        match direction {
            Direction::Read => {
                self.buffer_state.set(BufferState { next: state.next.saturating_add(used), ..state })
            }
            Direction::Write if used > 0 => self.buffer_written(state, used),
            Direction::Write => {}
        }
    }

    /// Reads; fewer bytes than asked mean the end of the file, or an error noted for `wErrorRet`.
    pub fn read(&self, target: Target<'_>) -> Result<usize, Error> {
        if target.is_empty() {
            return Ok(0);
        }
        self.continue_read(target, self.start_reading(target)?)
    }

    /// Takes what the buffer holds, if the file may be read.
    #[inline]
    pub(super) fn start_reading(&self, target: Target<'_>) -> Result<usize, Error> {
        self.last_direction.set(Direction::Read);
        if self.readable.get() { Ok(self.take(target)) } else { Err(Error::CannotRead) }
    }

    /// Reads on after so many bytes.
    pub(super) fn continue_read(&self, target: Target<'_>, done: usize) -> Result<usize, Error> {
        let mut done = done;
        while done < target.len() {
            match self.read_more(target.skip(done)) {
                Ok(0) => break,
                Ok(more) => done = done.saturating_add(more),
                Err(error) => return self.short_count_or_error(done, error),
            }
        }
        Ok(done)
    }

    /// The result of a transfer that failed: the bytes before that, if there are any. The next call meets the failure again.
    fn short_count_or_error(&self, done: usize, error: Error) -> Result<usize, Error> {
        match self.note(Err(error)) {
            Err(_) if done > 0 && !self.is_closed() => Ok(done),
            result => result,
        }
    }

    /// Takes what the buffer holds of the next bytes.
    #[inline]
    fn take(&self, target: Target<'_>) -> usize {
        if self.buffer.len() == 0 {
            return 0;
        }
        let state = self.buffer_state.get();
        let held = state.end.saturating_sub(state.next);
        let count = self.buffer.copy_out(state.next, target.first(held));
        self.buffer_state.set(BufferState { next: state.next.saturating_add(count), ..state });
        count
    }

    /// Reads on where the buffer holds nothing more.
    pub(super) fn read_more(&self, target: Target<'_>) -> Result<usize, Error> {
        if self.kind == Kind::Mem {
            return Ok(0);
        }
        if let Err(error) = self.empty() {
            return self.read_past_unsent(target, error);
        }
        if target.len() >= self.buffer.len() || !self.can_buffer() {
            return self.read_through(target);
        }
        self.fill()?;
        Ok(self.take(target))
    }

    /// Sends what is dirty, and empties the buffer at the current position.
    pub(super) fn empty(&self) -> Result<(), Error> {
        self.write_out(WriteKind::Write)?;
        self.empty_clean();
        Ok(())
    }

    /// Empties the buffer, which has nothing dirty.
    pub(super) fn empty_clean(&self) {
        let state = self.buffer_state.get();
        let empty = BufferState::empty_at(state.position());
        // What was read ahead of a stream cannot be read again: it stays, at the start of the buffer.
        let kept = if self.is_stream() { self.buffer.move_to_start(state.next, state.end) } else { 0 };
        self.buffer_state.set(BufferState { end: kept, ..empty });
    }

    /// Reads into the caller's memory, past the buffer.
    fn read_through(&self, target: Target<'_>) -> Result<usize, Error> {
        let position = self.position();
        let count = self.exchange(|| {
            self.ensure_procedure_at(position)?;
            self.send_read(target)
        })?;
        self.set_position_after(position, count);
        Ok(count)
    }

    /// After a transfer past the buffer: the position is what the procedure says.
    fn set_position_after(&self, position: i64, count: usize) {
        if count > 0 {
            let disk_offset = self.disk_offset.get();
            let computed = position.saturating_add_unsigned(count as u64);
            let offset = if disk_offset < 0 { computed } else { disk_offset };
            self.buffer_state.set(BufferState::empty_at(offset));
        }
    }

    /// Reads on behind what the empty or partly filled buffer holds.
    pub(super) fn fill(&self) -> Result<usize, Error> {
        let state = self.buffer_state.get();
        let loan = self.buffer.lend();
        let count = self.exchange(|| {
            self.ensure_procedure_at(state.end_position())?;
            self.send_read(loan.target(state.end, self.buffer.len()))
        })?;
        self.buffer_state.set(BufferState { end: state.end.saturating_add(count), ..state });
        Ok(count)
    }

    /// Writes; fewer bytes than asked were accepted where an error is noted for `wErrorRet`.
    pub fn write(&self, source: Source<'_>) -> Result<usize, Error> {
        self.last_direction.set(Direction::Write);
        if source.is_empty() {
            return Ok(0);
        }
        if !self.writable.get() {
            return Err(Error::CannotWrite);
        }
        if self.kind == Kind::Mem {
            return Ok(self.write_memory(source));
        }
        if self.position() > i64::MAX.saturating_sub_unsigned(source.len() as u64) {
            return Err(Error::CannotWrite);
        }
        if self.appends() {
            self.check_append()?;
        }
        self.continue_write(source, 0)
    }

    /// Writes on after so many bytes.
    pub(super) fn continue_write(&self, source: Source<'_>, done: usize) -> Result<usize, Error> {
        let mut done = done;
        while done < source.len() {
            match self.write_more(source.skip(done)) {
                Ok(more) => done = done.saturating_add(more),
                Err(error) => return self.short_count_or_error(done, error),
            }
        }
        if self.is_full() {
            // All bytes are in the buffer: that it cannot be sent on now is for the next call to say.
            let _ = self.note(self.empty());
        }
        if self.write_through.get() {
            // The procedure may have taken the bytes as MMIOM_WRITE only. They are accepted all the same.
            let _ = self.note(self.send_owed_flush());
        }
        Ok(done)
    }

    /// What does not fit a fixed memory file is not taken.
    fn write_memory(&self, source: Source<'_>) -> usize {
        let state = self.buffer_state.get();
        let [step, ..] = self.shared_info.words();
        let count = self.buffer.put(state.next, source, step);
        self.buffer_written(state, count);
        count
    }

    fn is_full(&self) -> bool {
        self.buffer.len() > 0 && self.buffer_state.get().next == self.buffer.len()
    }

    /// Writes some bytes; never none.
    fn write_more(&self, source: Source<'_>) -> Result<usize, Error> {
        let state = self.buffer_state.get();
        let past_buffer = self.write_through.get()
            || !self.can_buffer()
            || state.offset > MAX_BUFFERED_POSITION
            || self.has_read_ahead(state);
        if self.is_full() || state.next > state.end || past_buffer {
            self.empty()?;
        }
        let state = self.buffer_state.get();
        if past_buffer || (state.end == 0 && source.len() >= self.buffer.len()) {
            return self.write_past_buffer(source);
        }
        let count = self.buffer.copy_in(state.next, source);
        self.buffer_written(state, count);
        Ok(count)
    }

    /// The buffer took `count` bytes at the position.
    fn buffer_written(&self, state: BufferState, count: usize) {
        let next = state.next.saturating_add(count);
        let state = self.mark_dirty(state, state.next, next);
        self.buffer_state.set(BufferState { next, end: state.end.max(next), ..state });
    }

    /// The state with `[from, to)` dirty. What is in a memory file has nowhere else to go.
    pub(super) fn mark_dirty(&self, state: BufferState, from: usize, to: usize) -> BufferState {
        if self.kind == Kind::Mem { BufferState { dirty: true, ..state } } else { state.with_dirty(from, to) }
    }

    /// Writes from the caller's memory, past the buffer.
    fn write_past_buffer(&self, source: Source<'_>) -> Result<usize, Error> {
        let (position, before) = (self.position(), self.buffer_state.get());
        let count = self.exchange(|| {
            self.ensure_procedure_at(before.end_position())?;
            self.send_write(self.default_write_kind(), source)
        })?;
        self.set_position_after(position, count);
        if before.end > 0 {
            // What was read ahead of a stream stays, and is read next.
            let offset = position.saturating_add_unsigned(count as u64);
            self.buffer_state.set(BufferState { offset, ..before });
        }
        if count == 0 { Err(Error::CannotWrite) } else { Ok(count) }
    }

    /// Moves the position; not to one beyond `limit`. Answers where it is then.
    pub fn seek(&self, offset: i64, origin: i32, limit: i64) -> Result<i64, Error> {
        let before = self.position();
        let target = match origin {
            libc::SEEK_SET => Some(offset),
            libc::SEEK_CUR => before.checked_add(offset),
            libc::SEEK_END if self.kind == Kind::Custom => return self.seek_from_end(offset, limit),
            // win: SEEK_END counts backwards.
            libc::SEEK_END => self.end_of_file()?.checked_sub(offset),
            _ => return Err(Error::InvalidParam),
        };
        let target = target.filter(|target| (0..=limit).contains(target)).ok_or(Error::CannotSeek)?;
        self.seek_to(target)?;
        self.position_within(before, limit)
    }

    /// Where a procedure went; a place beyond `limit` cannot be answered, and the position is what it was.
    #[inline]
    fn position_within(&self, before: i64, limit: i64) -> Result<i64, Error> {
        let position = self.position();
        if position > limit {
            self.buffer_state.set(BufferState::empty_at(before));
            return Err(Error::CannotSeek);
        }
        Ok(position)
    }

    /// Where the file ends, bytes not yet sent on included.
    pub(super) fn end_of_file(&self) -> Result<i64, Error> {
        let state = self.buffer_state.get();
        let at = |index: usize| state.offset.saturating_add_unsigned(index as u64);
        match self.kind {
            Kind::Dos => {
                let end = self.pauses.during(|| dos::end(self.shared_info.info()))?;
                Ok(if state.has_dirty_bytes() { end.max(at(state.dirty_to)) } else { end })
            }
            Kind::Mem | Kind::Custom => Ok(at(state.end)),
        }
    }

    /// Moves the position to `target`. Where the buffer holds it, only `pchNext` moves (win).
    pub(super) fn seek_to(&self, target: i64) -> Result<(), Error> {
        let state = self.buffer_state.get();
        let held = target.checked_sub(state.offset).and_then(|index| usize::try_from(index).ok());
        // What was written to a stream cannot be read or changed there.
        let is_there = |next: usize| next <= state.end && !(state.has_dirty_bytes() && self.is_stream());
        // Where the position is already nothing moves, though direct access may have put it behind the end.
        if let Some(next) = held.filter(|&next| next == state.next || is_there(next)) {
            self.buffer_state.set(BufferState { next, ..state });
            return Ok(());
        }
        self.seek_outside_buffer(target)
    }

    /// Moves the position to where the buffer does not reach.
    #[inline(never)]
    fn seek_outside_buffer(&self, target: i64) -> Result<(), Error> {
        if self.is_stream() {
            return self.skip_to(target);
        }
        if self.kind == Kind::Mem {
            return Err(Error::CannotSeek);
        }
        self.seek_procedure(target, libc::SEEK_SET)
    }

    /// The end of a custom procedure's file is its own to know: `SEEK_END` goes there as it was given.
    fn seek_from_end(&self, offset: i64, limit: i64) -> Result<i64, Error> {
        let before = self.position();
        self.seek_procedure(offset, libc::SEEK_END)?;
        self.position_within(before, limit)
    }

    fn seek_procedure(&self, offset: i64, origin: i32) -> Result<(), Error> {
        self.write_out(WriteKind::Write)?;
        self.exchange(|| self.send_seek(offset, origin))?;
        let disk_offset = self.disk_offset.get();
        if disk_offset < 0 {
            return Err(Error::CannotSeek);
        }
        self.buffer_state.set(BufferState::empty_at(disk_offset));
        Ok(())
    }

    /// `MMIO_EMPTYBUF`: `empty`. A memory file has nowhere to flush to.
    pub fn flush(&self, empty: bool) -> Result<(), Error> {
        self.flush_out()?;
        if empty && self.kind != Kind::Mem {
            self.empty_clean();
        }
        Ok(())
    }

    /// Replaces the buffer, and takes along what it still holds of a stream.
    fn move_to_buffer(&self, block: Block) -> Result<(), Error> {
        let mut held = fallible::collect(core::iter::repeat_n(0, self.buffer_state.get().end))?;
        if held.len() > block.len() {
            return Err(Error::CannotSeek);
        }
        self.buffer.copy_out(0, Target::from(&mut held[..]));
        self.buffer.replace(block)?;
        self.buffer.copy_in(0, Source::from(&held[..]));
        Ok(())
    }

    /// Each write goes on at once, as `MMIOM_WRITEFLUSH`.
    pub fn set_write_through(&self, on: bool) -> Result<(), Error> {
        if on && self.kind != Kind::Mem {
            self.flush(true)?;
        }
        self.write_through.set(on);
        Ok(())
    }

    /// Gives the file another buffer; for a memory file that is a new, empty file.
    pub fn set_buffer(&self, block: Block) -> Result<(), Error> {
        if self.kind == Kind::Mem {
            self.buffer.replace(block)?;
            self.buffer_state.set(BufferState::default());
            return Ok(());
        }
        self.flush(true)?;
        self.move_to_buffer(block)
    }
}
