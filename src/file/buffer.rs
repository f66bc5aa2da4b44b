//! Buffered reads, writes and seeks. The law: no mix of calls differs, in bytes, position or final file, from the same
//! calls on an unbuffered file.
//!
//! `[0, end)` of the buffer holds the file from `offset` on, including dirty bytes. `next` is the index of the next
//! byte; direct access may set it beyond `end`, where the buffer holds nothing. For a memory file the buffer is the
//! file: `offset` is 0, and `end` is the end of the file.
#![forbid(unsafe_code)]

use super::write_history::WriteKind;
use super::{BufferState, File};
use crate::error::Error;
use crate::fallible;
use crate::memory::{Block, Direction, Lease, Source, Target};
use crate::procs::{Kind, dos};

/// Beyond this position writes bypass the buffer, so that one beyond the limit of the file system fails at once. FAT
/// ends at 4 GiB - 1, but that limit would make whole recordings unbuffered.
const MAX_BUFFERED_POSITION: i64 = 1 << 40;

impl File {
    /// Leases the part of the buffer that the next reads or writes can use without entering the file. For reads, after
    /// a read, it is what the buffer holds from the position on; for writes, after a write, it is the room that is
    /// left, less one byte, since a full buffer is sent.
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
        let position = state.offset.wrapping_add_unsigned(state.next as u64);
        if position <= self.start.get() || self.long_sizes.get().is_some() {
            return self.lease_without_position(lease);
        }
        self.lease_from(lease, state, position);
    }

    /// Leases the buffer with a position that disables the fast paths of chunks: at the beginning of a file, where the header
    /// of an RF64 may be, and in a file that is or may become an RF64.
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
            // A full buffer is sent at once.
            let reserved = if self.kind == Kind::Mem { 0 } else { 1 };
            let to = self.buffer.len().saturating_sub(reserved).min(self.writable_end(state));
            self.buffer.lease(lease, Direction::Write, state.next, to, position);
        }
    }

    /// Revokes a lease, and applies what was done under it.
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

    /// Reads bytes. A short count means the end of the file, or an error, which is noted for `wErrorRet`.
    pub fn read(&self, target: Target<'_>) -> Result<usize, Error> {
        if target.is_empty() {
            return Ok(0);
        }
        self.continue_read(target, self.start_reading(target)?)
    }

    /// Takes the bytes that the buffer holds, if the file may be read.
    #[inline]
    pub(super) fn start_reading(&self, target: Target<'_>) -> Result<usize, Error> {
        self.last_direction.set(Direction::Read);
        if self.readable.get() { Ok(self.take(target)) } else { Err(Error::CannotRead) }
    }

    /// Continues a read after `done` bytes.
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

    /// The result of a transfer that failed after `done` bytes: their number, if there are any. The next call meets the
    /// failure again.
    fn short_count_or_error(&self, done: usize, error: Error) -> Result<usize, Error> {
        match self.note(Err(error)) {
            Err(_) if done > 0 && !self.is_closed() => Ok(done),
            result => result,
        }
    }

    /// Copies the next bytes, as far as the buffer holds them.
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

    /// Reads bytes that the buffer does not hold.
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

    /// Sends the dirty bytes, and empties the buffer at the current position.
    pub(super) fn empty(&self) -> Result<(), Error> {
        self.write_out(WriteKind::Write)?;
        self.empty_clean();
        Ok(())
    }

    /// Empties the buffer, in which nothing is dirty.
    pub(super) fn empty_clean(&self) {
        let state = self.buffer_state.get();
        let empty = BufferState::empty_at(state.position());
        // Bytes that were read ahead from a stream cannot be read again: they stay, at the start of the buffer.
        let kept = if self.is_stream() { self.buffer.move_to_start(state.next, state.end) } else { 0 };
        self.buffer_state.set(BufferState { end: kept, ..empty });
    }

    /// Reads into the caller's memory, bypassing the buffer.
    fn read_through(&self, target: Target<'_>) -> Result<usize, Error> {
        let position = self.position();
        let count = self.exchange(|| {
            self.ensure_procedure_at(position)?;
            self.send_read(target)
        })?;
        self.set_position_after(position, count);
        Ok(count)
    }

    /// Sets the position after a transfer that bypassed the buffer: the procedure's, if it is known.
    fn set_position_after(&self, position: i64, count: usize) {
        if count > 0 {
            let disk_offset = self.disk_offset.get();
            let computed = position.saturating_add_unsigned(count as u64);
            let offset = if disk_offset < 0 { computed } else { disk_offset };
            self.buffer_state.set(BufferState::empty_at(offset));
        }
    }

    /// Reads into the free end of the buffer.
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

    /// Writes bytes. If fewer are accepted, the error is noted for `wErrorRet`.
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
        let room = self.limit.get().saturating_sub(self.position()).max(0);
        let accepted = source.first(usize::try_from(room).unwrap_or(usize::MAX));
        if accepted.is_empty() {
            return Err(Error::CannotWrite);
        }
        if self.appends() {
            self.check_append()?;
        }
        let count = self.continue_write(accepted, 0)?;
        if accepted.len() < source.len() {
            self.short_count_or_error(count, Error::CannotWrite)
        } else {
            Ok(count)
        }
    }

    /// Continues a write after `done` bytes.
    pub(super) fn continue_write(&self, source: Source<'_>, done: usize) -> Result<usize, Error> {
        let mut done = done;
        while done < source.len() {
            match self.write_more(source.skip(done)) {
                Ok(more) => done = done.saturating_add(more),
                Err(error) => return self.short_count_or_error(done, error),
            }
        }
        if self.is_full() {
            // All bytes are accepted. If the buffer cannot be sent, the next call returns the error.
            let _ = self.note(self.empty());
        }
        if self.write_through.get() {
            // The procedure may have taken the bytes as MMIOM_WRITE. They are accepted even if the flush fails.
            let _ = self.note(self.send_owed_flush());
        }
        Ok(done)
    }

    /// Writes to a memory file the bytes that fit.
    fn write_memory(&self, source: Source<'_>) -> usize {
        let state = self.buffer_state.get();
        let [step, ..] = self.shared_info.info().words();
        let count = self.buffer.put(state.next, source, step);
        self.buffer_written(state, count);
        count
    }

    fn is_full(&self) -> bool {
        self.buffer.len() > 0 && self.buffer_state.get().next == self.buffer.len()
    }

    /// Whether writes bypass the buffer.
    #[inline]
    pub(super) fn writes_past_buffer(&self, state: BufferState) -> bool {
        self.write_through.get()
            || !self.can_buffer()
            || state.offset > MAX_BUFFERED_POSITION
            || self.has_read_ahead(state)
    }

    /// Writes at least one byte, or returns an error.
    fn write_more(&self, source: Source<'_>) -> Result<usize, Error> {
        let state = self.buffer_state.get();
        let past_buffer = self.writes_past_buffer(state);
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

    /// Updates the state after `count` bytes were put into the buffer at the position.
    fn buffer_written(&self, state: BufferState, count: usize) {
        let next = state.next.saturating_add(count);
        let state = self.mark_dirty(state, state.next, next);
        self.buffer_state.set(BufferState { next, end: state.end.max(next), ..state });
    }

    /// The state with `[from, to)` dirty. A memory file only has the flag: its bytes are never sent.
    pub(super) fn mark_dirty(&self, state: BufferState, from: usize, to: usize) -> BufferState {
        if self.kind == Kind::Mem { BufferState { dirty: true, ..state } } else { state.with_dirty(from, to) }
    }

    /// Writes from the caller's memory, bypassing the buffer.
    fn write_past_buffer(&self, source: Source<'_>) -> Result<usize, Error> {
        let (position, before) = (self.position(), self.buffer_state.get());
        let count = self.exchange(|| {
            self.ensure_procedure_at(before.end_position())?;
            self.send_write(self.default_write_kind(), source)
        })?;
        self.set_position_after(position, count);
        if before.end > 0 {
            // Bytes that were read ahead from a stream stay, and are read next.
            let offset = position.saturating_add_unsigned(count as u64);
            self.buffer_state.set(BufferState { offset, ..before });
        }
        if count == 0 { Err(Error::CannotWrite) } else { Ok(count) }
    }

    /// Moves the position, to at most `limit`, and returns it.
    pub fn seek(&self, offset: i64, origin: i32, limit: i64) -> Result<i64, Error> {
        let before = self.position();
        let target = match origin {
            libc::SEEK_SET => Some(offset),
            libc::SEEK_CUR => before.checked_add(offset),
            libc::SEEK_END if matches!(self.kind, Kind::Custom | Kind::Backed) => {
                return self.seek_from_end(offset, limit);
            }
            // win: SEEK_END counts backwards.
            libc::SEEK_END => self.end_of_file()?.checked_sub(offset),
            _ => return Err(Error::InvalidParam),
        };
        let target = target.filter(|target| (0..=limit).contains(target)).ok_or(Error::CannotSeek)?;
        self.seek_to(target)?;
        self.position_within(before, limit)
    }

    /// The position after a seek. If it is beyond `limit`, the position is set back to `before`, and the seek fails.
    #[inline]
    fn position_within(&self, before: i64, limit: i64) -> Result<i64, Error> {
        let position = self.position();
        if position > limit {
            self.buffer_state.set(BufferState::empty_at(before));
            return Err(Error::CannotSeek);
        }
        Ok(position)
    }

    /// The end of the file, including dirty bytes.
    pub(super) fn end_of_file(&self) -> Result<i64, Error> {
        let state = self.buffer_state.get();
        match self.kind {
            Kind::Dos => {
                let end = self.pauses.during(|| dos::end(self.shared_info.info()))?;
                Ok(if state.has_dirty_bytes() { end.max(state.position_of(state.dirty_to)) } else { end })
            }
            Kind::Mem | Kind::Custom | Kind::Backed => Ok(state.end_position()),
        }
    }

    /// Moves the position to `target`. If the buffer holds it, only `pchNext` moves (win).
    pub(super) fn seek_to(&self, target: i64) -> Result<(), Error> {
        let state = self.buffer_state.get();
        // `index_of`, written out: this saves two instructions.
        let held = target.checked_sub(state.offset).and_then(|index| usize::try_from(index).ok());
        // Dirty bytes of a stream can be neither read nor changed.
        let is_there = |next: usize| next <= state.end && !(state.has_dirty_bytes() && self.is_stream());
        // The current position is always valid, though direct access may have set it after `end`.
        if let Some(next) = held.filter(|&next| next == state.next || is_there(next)) {
            self.buffer_state.set(BufferState { next, ..state });
            return Ok(());
        }
        self.seek_outside_buffer(target)
    }

    /// Moves the position to one that the buffer does not hold.
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

    /// Passes `SEEK_END` on: only a custom procedure knows where its file ends.
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

    /// Flushes the file, and empties the buffer (`MMIO_EMPTYBUF`) except that of a memory file, which is the file.
    pub fn flush(&self, empty: bool) -> Result<(), Error> {
        self.flush_out()?;
        if empty && self.kind != Kind::Mem {
            self.empty_clean();
        }
        Ok(())
    }

    /// Replaces the buffer, and keeps the bytes in it that were read ahead from a stream.
    // Inlined in the exported function: a call would cost instructions.
    #[inline(always)]
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

    /// Switches write-through: each write is sent at once, as `MMIOM_WRITEFLUSH`.
    // Inlined in the exported function: a call would cost instructions.
    #[inline(always)]
    pub fn set_write_through(&self, on: bool) -> Result<(), Error> {
        if on && self.kind != Kind::Mem {
            self.flush(true)?;
        }
        self.write_through.set(on);
        Ok(())
    }

    /// Gives the file another buffer; a memory file becomes a new, empty file.
    // Inlined in the exported function: a call would cost instructions.
    #[inline(always)]
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
