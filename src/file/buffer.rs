//! The law of the buffer: whatever mix of calls a program makes, bytes, position and final file are those of
//! the same calls on an unbuffered file.
//!
//! `[0, end)` of the buffer is what the file holds from `offset` on, bytes written but not sent on included.
//! The next byte is `next`; a caller's direct access may put it beyond `end`, and then nothing is held there.
//! For a memory file the buffer is the file, `offset` is 0 and `end` is where the file ends.
#![forbid(unsafe_code)]

use super::flush::How;
use super::{File, Window};
use crate::error::Error;
use crate::fallible;
use crate::memory::{Block, Direction, Lease, Source, Target};
use crate::procs::{Kind, dos};

/// Beyond this position nothing is written into the buffer: most file systems end somewhere there, and a write that can
/// never be sent on is to fail at once. (A FAT ends at 4 GiB - 1, but there a whole recording would go unbuffered.)
const FARTHEST: i64 = 1 << 40;

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
        let window = self.window.get();
        if self.depth.get() > 0 || window.next > window.end || window.offset > FARTHEST {
            return;
        }
        let is_for_writing = self.last_direction.get() == Direction::Write;
        if !is_for_writing && self.readable.get() {
            self.buffer.lease(lease, Direction::Read, window.next, window.end, window.position());
        } else if is_for_writing
            && self.writable.get()
            && !self.write_through.get()
            && self.can_buffer()
            && self.is_open_to_writes(window)
        {
            let room = if self.kind == Kind::Mem { 0 } else { 1 };
            let to = self.buffer.len().saturating_sub(room);
            self.buffer.lease(lease, Direction::Write, window.next, to, window.position());
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
        let window = self.window.get();
        match direction {
            Direction::Read => self.window.set(Window { next: window.next.saturating_add(used), ..window }),
            Direction::Write if used > 0 => self.written(window, used),
            Direction::Write => {}
        }
    }

    /// Reads; fewer bytes than asked mean the end of the file, or an error noted for `wErrorRet`.
    pub fn read(&self, target: Target<'_>) -> Result<usize, Error> {
        if target.is_empty() {
            return Ok(0);
        }
        self.read_on(target, self.start_reading(target)?)
    }

    /// Takes what the buffer holds, if the file may be read.
    #[inline]
    pub(super) fn start_reading(&self, target: Target<'_>) -> Result<usize, Error> {
        self.last_direction.set(Direction::Read);
        if self.readable.get() { Ok(self.take(target)) } else { Err(Error::CannotRead) }
    }

    /// Reads on after so many bytes.
    pub(super) fn read_on(&self, target: Target<'_>, done: usize) -> Result<usize, Error> {
        let mut done = done;
        while done < target.len() {
            match self.read_more(target.skip(done)) {
                Ok(0) => break,
                Ok(more) => done = done.saturating_add(more),
                Err(error) => return self.so_far(done, error),
            }
        }
        Ok(done)
    }

    /// What a transfer answers that failed after some bytes: those. The next call meets the failure again.
    fn so_far(&self, done: usize, error: Error) -> Result<usize, Error> {
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
        let window = self.window.get();
        let held = window.end.saturating_sub(window.next);
        let count = self.buffer.copy_out(window.next, target.first(held));
        self.window.set(Window { next: window.next.saturating_add(count), ..window });
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
        self.write_out(How::Write)?;
        self.empty_clean();
        Ok(())
    }

    /// Empties the buffer, which has nothing dirty.
    pub(super) fn empty_clean(&self) {
        let window = self.window.get();
        let empty = Window::empty_at(window.position());
        // What was read ahead of a stream cannot be read again: it stays, at the start of the buffer.
        let kept = if self.is_stream() { self.buffer.move_to_start(window.next, window.end) } else { 0 };
        self.window.set(Window { end: kept, ..empty });
    }

    /// Straight to the caller's memory.
    fn read_through(&self, target: Target<'_>) -> Result<usize, Error> {
        let position = self.position();
        let count = self.exchange(|| {
            self.place_procedure(position)?;
            self.send_read(target)
        })?;
        self.moved_on(position, count);
        Ok(count)
    }

    /// After a transfer past the buffer: the position is what the procedure says.
    fn moved_on(&self, position: i64, count: usize) {
        if count > 0 {
            let disk = self.disk.get();
            let reckoned = position.saturating_add_unsigned(count as u64);
            self.window.set(Window::empty_at(if disk < 0 { reckoned } else { disk }));
        }
    }

    /// Reads on behind what the empty or partly filled buffer holds.
    pub(super) fn fill(&self) -> Result<usize, Error> {
        let window = self.window.get();
        let loan = self.buffer.lend();
        let count = self.exchange(|| {
            self.place_procedure(window.end_position())?;
            self.send_read(loan.target(window.end, self.buffer.len()))
        })?;
        self.window.set(Window { end: window.end.saturating_add(count), ..window });
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
        self.write_on(source, 0)
    }

    /// Writes on after so many bytes.
    pub(super) fn write_on(&self, source: Source<'_>, done: usize) -> Result<usize, Error> {
        let mut done = done;
        while done < source.len() {
            match self.write_more(source.skip(done)) {
                Ok(more) => done = done.saturating_add(more),
                Err(error) => return self.so_far(done, error),
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
        let window = self.window.get();
        let [step, ..] = self.live.words();
        let count = self.buffer.put(window.next, source, step);
        self.written(window, count);
        count
    }

    fn is_full(&self) -> bool {
        self.buffer.len() > 0 && self.window.get().next == self.buffer.len()
    }

    /// Writes some bytes; never none.
    fn write_more(&self, source: Source<'_>) -> Result<usize, Error> {
        let window = self.window.get();
        let past_buffer = self.write_through.get()
            || !self.can_buffer()
            || window.offset > FARTHEST
            || self.has_read_ahead(window);
        if self.is_full() || window.next > window.end || past_buffer {
            self.empty()?;
        }
        let window = self.window.get();
        if past_buffer || (window.end == 0 && source.len() >= self.buffer.len()) {
            return self.write_past_buffer(source);
        }
        let count = self.buffer.copy_in(window.next, source);
        self.written(window, count);
        Ok(count)
    }

    /// The buffer took `count` bytes at the position.
    fn written(&self, window: Window, count: usize) {
        let next = window.next.saturating_add(count);
        let window = self.soil(window, window.next, next);
        self.window.set(Window { next, end: window.end.max(next), ..window });
    }

    /// The window with `[from, to)` to be written. What is in a memory file has nowhere else to go.
    pub(super) fn soil(&self, window: Window, from: usize, to: usize) -> Window {
        if self.kind == Kind::Mem { Window { dirty: true, ..window } } else { window.soiled(from, to) }
    }

    /// Straight from the caller's memory.
    fn write_past_buffer(&self, source: Source<'_>) -> Result<usize, Error> {
        let (position, before) = (self.position(), self.window.get());
        let count = self.exchange(|| {
            self.place_procedure(before.end_position())?;
            self.send_write(self.how_to_write(), source)
        })?;
        self.moved_on(position, count);
        if before.end > 0 {
            // What was read ahead of a stream stays, and is read next.
            let offset = position.saturating_add_unsigned(count as u64);
            self.window.set(Window { offset, ..before });
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
        self.arrived(before, limit)
    }

    /// Where a procedure went; a place beyond `limit` cannot be answered, and the position is what it was.
    #[inline]
    fn arrived(&self, before: i64, limit: i64) -> Result<i64, Error> {
        let position = self.position();
        if position > limit {
            self.window.set(Window::empty_at(before));
            return Err(Error::CannotSeek);
        }
        Ok(position)
    }

    /// Where the file ends, bytes not yet sent on included.
    fn end_of_file(&self) -> Result<i64, Error> {
        let window = self.window.get();
        let at = |place: usize| window.offset.saturating_add_unsigned(place as u64);
        match self.kind {
            Kind::Dos => {
                let end = self.pauses.during(|| dos::end(self.live.info()))?;
                Ok(if window.is_unwritten() { end.max(at(window.dirty_to)) } else { end })
            }
            Kind::Mem | Kind::Custom => Ok(at(window.end)),
        }
    }

    /// Moves the position to `target`. Where the buffer holds it, only `pchNext` moves (win).
    pub(super) fn seek_to(&self, target: i64) -> Result<(), Error> {
        let window = self.window.get();
        let held = target.checked_sub(window.offset).and_then(|place| usize::try_from(place).ok());
        // What was written to a stream cannot be read or changed there.
        let is_there = |next: usize| next <= window.end && !(window.is_unwritten() && self.is_stream());
        // Where the position is already nothing moves, though direct access may have put it behind the end.
        if let Some(next) = held.filter(|&next| next == window.next || is_there(next)) {
            self.window.set(Window { next, ..window });
            return Ok(());
        }
        self.seek_away(target)
    }

    /// Moves the position to where the buffer does not reach.
    #[inline(never)]
    fn seek_away(&self, target: i64) -> Result<(), Error> {
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
        self.arrived(before, limit)
    }

    fn seek_procedure(&self, offset: i64, origin: i32) -> Result<(), Error> {
        self.write_out(How::Write)?;
        self.exchange(|| self.send_seek(offset, origin))?;
        let disk = self.disk.get();
        if disk < 0 {
            return Err(Error::CannotSeek);
        }
        self.window.set(Window::empty_at(disk));
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
    fn carry_over(&self, block: Block) -> Result<(), Error> {
        let mut held = fallible::collect(core::iter::repeat_n(0, self.window.get().end))?;
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
            self.window.set(Window::default());
            return Ok(());
        }
        self.flush(true)?;
        self.carry_over(block)
    }
}
