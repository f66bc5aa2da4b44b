//! The messages that the library sends for a call, and those that a program sends.
#![forbid(unsafe_code)]

use super::write_history::WriteKind;
use super::{BufferState, File};
use crate::abi;
use crate::error::Error;
use crate::memory::Target;
use crate::procs::message::Message;
use crate::procs::{Kind, dos};
use core::ffi::c_char;

impl File {
    /// Runs one exchange with the procedure. It fails if the procedure used the file and changed the buffer meanwhile:
    /// the caller's view of the buffer is then out of date.
    pub(super) fn exchange<R>(&self, f: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
        let calls = self.nested_calls.get();
        let before = self.snapshot();
        let result = f();
        // Only a nested call can have changed the buffer.
        if calls == self.nested_calls.get() {
            return result;
        }
        match self.changed_since(&before) {
            Some(error) => Err(error),
            None => result,
        }
    }

    /// The error of an exchange during which the procedure changed the buffer.
    #[cold]
    #[inline(never)]
    fn changed_since(&self, before: &(BufferState, *mut c_char, usize)) -> Option<Error> {
        (*before != self.snapshot()).then(|| self.changed())
    }

    /// The error of a call during which the procedure changed the buffer.
    #[cold]
    #[inline(never)]
    pub(super) fn changed(&self) -> Error {
        if self.is_closed() {
            return Error::InvalidHandle;
        }
        if self.is_stream() {
            // What was transferred cannot be undone: the position counts it.
            self.shift_unsent(self.buffer_state.get());
        }
        Error::Busy
    }

    /// The state, address and size of the buffer, to compare.
    pub(super) fn snapshot(&self) -> (BufferState, *mut c_char, usize) {
        (self.buffer_state.get(), self.buffer.pointer(0), self.buffer.len())
    }

    /// Moves the procedure to `target`, if it is elsewhere.
    pub(super) fn ensure_procedure_at(&self, target: i64) -> Result<(), Error> {
        if self.disk_offset.get() == target {
            return Ok(());
        }
        self.send_seek(target, libc::SEEK_SET)?;
        if self.disk_offset.get() == target { Ok(()) } else { Err(Error::CannotSeek) }
    }

    /// Sends a seek, and returns the result.
    pub(super) fn send_seek(&self, offset: i64, origin: i32) -> Result<isize, Error> {
        let from = self.disk_offset.get();
        let target = match origin {
            libc::SEEK_SET => Some(offset),
            libc::SEEK_CUR => from.checked_add(offset),
            _ => None,
        };
        if let (Kind::Dos, Some(target), Err(_), false) =
            (self.kind, target, isize::try_from(offset), self.is_stream())
        {
            // A parameter of 32 bits cannot hold the offset: the structure alone positions a disk file.
            self.disk_offset.set(target);
            return Ok(isize::MAX);
        }
        let result = self.send(&Message::Seek(offset, origin))?;
        // Some procedures set lDiskOffset and return any number; some return the position and do not set lDiskOffset.
        let reached = i64::try_from(result).unwrap_or(-1);
        let is_believed = match target {
            Some(target) => reached == target,
            // From SEEK_END: only a procedure with 64-bit positions can be or arrive beyond 32 bits.
            None => self.kind == Kind::Custom && reached.max(from) >= i64::from(u32::MAX),
        };
        if is_believed && reached >= 0 && self.disk_offset.get() == from && self.has_64_bits(from, reached)? {
            self.disk_offset.set(reached);
        }
        Ok(result)
    }

    /// Whether a procedure that returned a position beyond 32 bits, and left `lDiskOffset` unchanged, really has 64 bits. If
    /// `lDiskOffset` equals the low half of the target, a procedure of 32 bits may have stored that there. It is therefore sent
    /// to the position beside the target, and back.
    fn has_64_bits(&self, from: i64, target: i64) -> Result<bool, Error> {
        let is_certain = self.kind != Kind::Custom
            || target < i64::from(u32::MAX)
            || dos::split(from).0 != dos::split(target).0;
        if is_certain || from == target {
            return Ok(true);
        }
        let beside = target ^ 1;
        let result = self.send(&Message::Seek(beside, libc::SEEK_SET))?;
        if i64::try_from(result) != Ok(beside) || self.disk_offset.get() != from {
            return Ok(false);
        }
        Ok(i64::try_from(self.send(&Message::Seek(target, libc::SEEK_SET))?) == Ok(target))
    }

    /// Advances the position of a procedure that transferred bytes and did not change `lDiskOffset`.
    #[inline(always)]
    pub(super) fn advance_if_unmoved(&self, from: i64, count: usize) {
        if self.disk_offset.get() == from {
            self.disk_offset.set(from.saturating_add_unsigned(count as u64));
        }
    }

    pub(super) fn send_read(&self, target: Target<'_>) -> Result<usize, Error> {
        let from = self.disk_offset.get();
        let count = self.send(&Message::Read(target))?.unsigned_abs();
        if count > 0 {
            self.advance_if_unmoved(from, count);
        }
        Ok(count)
    }

    /// Sends the dirty bytes, and keeps those that the procedure did not take.
    #[inline]
    pub(super) fn write_out(&self, write_kind: WriteKind) -> Result<(), Error> {
        if self.buffer_state.get().dirty { self.write_dirty(write_kind) } else { Ok(()) }
    }

    #[inline(never)]
    fn write_dirty(&self, write_kind: WriteKind) -> Result<(), Error> {
        if self.is_stream() && self.buffer.is_lent() {
            // A callback that is sent these bytes uses its file: they would be sent twice.
            return Err(Error::Busy);
        }
        let mut write_kind =
            if write_kind == WriteKind::Flush { write_kind } else { self.default_write_kind() };
        while self.buffer_state.get().dirty {
            let state = self.buffer_state.get();
            let BufferState { dirty_from, dirty_to, .. } = state;
            if !state.has_dirty_bytes() {
                self.buffer_state.set(self.state_after_sending(state));
                break;
            }
            let loan = self.buffer.lend();
            let taken = self
                .exchange(|| {
                    self.ensure_procedure_at(state.position_of(dirty_from))?;
                    self.send_write(write_kind, loan.source(dirty_from, dirty_to))
                })
                .map_err(write_error)?;
            if taken == 0 {
                return Err(Error::CannotWrite);
            }
            if self.kind == Kind::Custom && !self.write_history.has_accepted(write_kind) {
                // The other message was accepted: the rest is sent as that one.
                write_kind = write_kind.other();
            }
            self.buffer_state.set(BufferState { dirty_from: dirty_from.saturating_add(taken), ..state });
        }
        Ok(())
    }

    /// Sends a message for `mmioSendMessage`. A transfer or a seek acts at the current position, and afterwards the
    /// position is that of the procedure.
    pub fn send_user_message(&self, message: Message<'_>) -> Result<isize, Error> {
        match message {
            Message::Other(abi::MMIOM_OPEN | abi::MMIOM_CLOSE, ..) => return Err(Error::InvalidParam),
            Message::Other(..) => return self.send_unchecked(&message),
            // Without bytes the position of the procedure does not matter.
            Message::WriteFlush(source) if source.is_empty() && self.kind != Kind::Mem => {
                self.write_out(WriteKind::Write)?;
                return self.exchange(|| self.send_at_position(message));
            }
            // The buffer may hold bytes that were read ahead from a stream.
            Message::Read(target) if self.is_stream() => {
                return Ok(isize::try_from(self.read(target)?).unwrap_or(-1));
            }
            Message::Seek(offset, origin) if self.is_stream() => {
                return Ok(isize::try_from(self.seek(offset, origin, i64::MAX)?).unwrap_or(isize::MAX));
            }
            _ => {}
        }
        self.write_out(WriteKind::Write)?;
        if self.kind == Kind::Mem {
            self.ensure_procedure_at(self.position())?;
            let result = self.send_at_position(message);
            let index = usize::try_from(self.disk_offset.get()).unwrap_or(0);
            let state = self.buffer_state.get();
            self.buffer_state.set(BufferState { next: index.min(state.end), ..state });
            return result;
        }
        self.empty_clean();
        let state = self.buffer_state.get();
        self.exchange(|| self.ensure_procedure_at(state.end_position()))?;
        let result = self.exchange(|| Ok(self.send_at_position(message)))?;
        if let (Message::Seek(..), Err(Error::CannotSeek)) = (message, &result) {
            // The seek was refused: the position does not change.
            return result;
        }
        if self.disk_offset.get() >= 0 {
            // The procedure is after the bytes that were read ahead from a stream, if there are any.
            let offset = self.disk_offset.get().saturating_sub_unsigned(state.end as u64);
            self.buffer_state.set(BufferState { offset, ..state });
        }
        result
    }

    /// Sends a program's message at the position of the procedure.
    fn send_at_position(&self, message: Message<'_>) -> Result<isize, Error> {
        let count = match message {
            Message::Write(source) => self.send_write(WriteKind::Write, source)?,
            Message::WriteFlush(source) => {
                let count = self.send_write(WriteKind::Flush, source)?;
                if self.kind == Kind::Backed {
                    // The bytes were taken as MMIOM_WRITE, even if the flush fails.
                    let _ = self.note(self.send_owed_flush());
                }
                count
            }
            Message::Read(target) => self.send_read(target)?,
            Message::Seek(offset, origin) => return self.send_seek(offset, origin),
            message => return self.send(&message),
        };
        Ok(isize::try_from(count).unwrap_or(-1))
    }
}

/// The caller's error if bytes could not be sent: `CannotWrite`, whatever the procedure returned.
pub(super) fn write_error(error: Error) -> Error {
    match error {
        Error::InvalidHandle | Error::Busy => error,
        _ => Error::CannotWrite,
    }
}
