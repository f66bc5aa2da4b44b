//! The messages a file sends of its own accord, and those a caller sends by hand.
#![forbid(unsafe_code)]

use super::flush::How;
use super::{File, Window};
use crate::abi;
use crate::error::Error;
use crate::memory::Target;
use crate::procs::Kind;
use crate::procs::call::Message;
use core::ffi::c_char;

impl File {
    /// Runs one exchange with the procedure. A procedure may use the file it is asked about: if that moved
    /// the buffer, whoever sent the message cannot go on from what it knew.
    pub(super) fn exchange<R>(&self, talk: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
        let calls = self.inner_calls.get();
        let before = self.held();
        let result = talk()?;
        // Nothing else can have moved it.
        if calls == self.inner_calls.get() {
            return Ok(result);
        }
        if before == self.held() { Ok(result) } else { Err(Error::Busy) }
    }

    /// The buffer, what it holds, and where in the file that is.
    pub(super) fn held(&self) -> (Window, *mut c_char, usize) {
        (self.window.get(), self.buffer.pointer(0), self.buffer.len())
    }

    /// Puts the procedure at `target`, if it is elsewhere.
    pub(super) fn place_procedure(&self, target: i64) -> Result<(), Error> {
        if self.disk.get() == target {
            return Ok(());
        }
        self.send_seek(target, libc::SEEK_SET)?;
        if self.disk.get() == target { Ok(()) } else { Err(Error::CannotSeek) }
    }

    /// Sends a seek, and returns the answer.
    pub(super) fn send_seek(&self, offset: i64, origin: i32) -> Result<isize, Error> {
        let from = self.disk.get();
        let target = match origin {
            libc::SEEK_SET => Some(offset),
            libc::SEEK_CUR => from.checked_add(offset),
            _ => None,
        };
        if let (Kind::Dos, Some(target), Err(_), false) =
            (self.kind, target, isize::try_from(offset), self.is_stream())
        {
            // Where a parameter has 32 bits, a disk file is placed by its structure alone.
            self.disk.set(target);
            return Ok(isize::MAX);
        }
        let answer = self.send(&Message::Seek(offset, origin))?;
        // Some procedures answer anything and keep the truth in lDiskOffset; some answer the truth and keep
        // nothing there.
        if let Some(target) = target.filter(|&target| i64::try_from(answer) == Ok(target)) {
            if self.disk.get() == from {
                self.disk.set(target);
            }
        }
        Ok(answer)
    }

    /// A procedure that transferred bytes and left `lDiskOffset` alone is taken to have moved on.
    #[inline(always)]
    pub(super) fn count_on(&self, from: i64, count: usize) {
        if self.disk.get() == from {
            self.disk.set(from.saturating_add_unsigned(count as u64));
        }
    }

    pub(super) fn send_read(&self, target: Target<'_>) -> Result<usize, Error> {
        let from = self.disk.get();
        let count = self.send(&Message::Read(target))?.unsigned_abs();
        if count > 0 {
            self.count_on(from, count);
        }
        Ok(count)
    }

    /// Sends what is dirty, and keeps what the procedure did not take.
    #[inline]
    pub(super) fn write_out(&self, how: How) -> Result<(), Error> {
        if self.window.get().dirty { self.write_dirty(how) } else { Ok(()) }
    }

    #[inline(never)]
    fn write_dirty(&self, how: How) -> Result<(), Error> {
        let mut how = if how == How::Flush { how } else { self.how_to_write() };
        while self.window.get().dirty {
            let window = self.window.get();
            let Window { offset, dirty_from, dirty_to, .. } = window;
            if !window.is_unwritten() {
                self.window.set(self.sent(window));
                break;
            }
            let loan = self.buffer.lend();
            let taken = self
                .exchange(|| {
                    self.place_procedure(offset.saturating_add_unsigned(dirty_from as u64))?;
                    self.send_write(how, loan.source(dirty_from, dirty_to))
                })
                .map_err(write_error)?;
            if taken == 0 {
                return Err(Error::CannotWrite);
            }
            if self.kind == Kind::Custom && !self.writes.took(how) {
                // It was the other message that was taken: the rest goes as that.
                how = how.other();
            }
            self.window.set(Window { dirty_from: dirty_from.saturating_add(taken), ..window });
        }
        Ok(())
    }

    /// A message that a caller put together. One that transfers or seeks acts at the current position, and
    /// afterwards the position is what the procedure says.
    pub fn send_by_hand(&self, message: Message<'_>) -> Result<isize, Error> {
        match message {
            Message::Other(abi::MMIOM_OPEN | abi::MMIOM_CLOSE, ..) => return Err(Error::InvalidParam),
            Message::Other(..) => return self.send(&message),
            // There are no bytes that it could act on, wherever the procedure is.
            Message::WriteFlush(source) if source.is_empty() && self.kind != Kind::Mem => {
                self.write_out(How::Write)?;
                return self.exchange(|| self.act(message));
            }
            // Part of a stream may be in the buffer, and be nowhere else.
            Message::Read(target) if self.is_stream() => {
                return Ok(isize::try_from(self.read(target)?).unwrap_or(-1));
            }
            Message::Seek(offset, origin) if self.is_stream() => {
                return Ok(isize::try_from(self.seek(offset, origin, i64::MAX)?).unwrap_or(isize::MAX));
            }
            _ => {}
        }
        self.write_out(How::Write)?;
        if self.kind == Kind::Mem {
            self.place_procedure(self.position())?;
            let answer = self.act(message);
            let place = usize::try_from(self.disk.get()).unwrap_or(0);
            let window = self.window.get();
            self.window.set(Window { next: place.min(window.end), ..window });
            return answer;
        }
        self.empty_clean();
        let held = self.window.get();
        self.exchange(|| self.place_procedure(held.end_position()))?;
        let answer = self.exchange(|| Ok(self.act(message)))?;
        if let (Message::Seek(..), Err(Error::CannotSeek)) = (message, &answer) {
            // It moved nothing.
            return answer;
        }
        if self.disk.get() >= 0 {
            // (Of a stream that was read ahead the procedure is behind what the buffer holds.)
            let offset = self.disk.get().saturating_sub_unsigned(held.end as u64);
            self.window.set(Window { offset, ..held });
        }
        answer
    }

    /// Sends a caller's message where the procedure is.
    fn act(&self, message: Message<'_>) -> Result<isize, Error> {
        let count = match message {
            Message::Write(source) => self.send_write(How::Write, source)?,
            Message::WriteFlush(source) => self.send_write(How::Flush, source)?,
            Message::Read(target) => self.send_read(target)?,
            Message::Seek(offset, origin) => return self.send_seek(offset, origin),
            message => return self.send(&message),
        };
        Ok(isize::try_from(count).unwrap_or(-1))
    }
}

/// What a caller is told when bytes could not be sent on, for whatever reason: that they were not written.
pub(super) fn write_error(error: Error) -> Error {
    match error {
        Error::InvalidHandle | Error::Busy => error,
        _ => Error::CannotWrite,
    }
}
