//! A message to an I/O procedure, and what the procedure's return value means.

use crate::abi::{self, LPARAM, UINT};
use crate::error::Error;
use crate::memory::{Source, Target};
use crate::name::Name;

/// A message to an I/O procedure.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    Open(Option<&'a Name>),
    Close(u32),
    Read(Target<'a>),
    Write(Source<'a>),
    WriteFlush(Source<'a>),
    Seek(i64, i32),
    Rename(&'a Name, &'a Name),
    /// Any other message, with its parameters as the caller passed them.
    Other(UINT, LPARAM, LPARAM),
}

impl Message<'_> {
    /// Converts a message from C. `MMIOM_READ`, `MMIOM_WRITE`, `MMIOM_WRITEFLUSH` and `MMIOM_SEEK` are decoded; any
    /// other becomes [`Message::Other`].
    ///
    /// # Safety
    /// - For `MMIOM_READ`, `first` must be valid for writing `second` bytes; for `MMIOM_WRITE` and
    ///   `MMIOM_WRITEFLUSH` for reading them.
    pub unsafe fn from_raw<'a>(message: UINT, first: LPARAM, second: LPARAM) -> Result<Message<'a>, Error> {
        let counted = || match usize::try_from(second) {
            Ok(count) if first != 0 || count == 0 => Ok(count),
            _ => Err(Error::InvalidParam),
        };
        Ok(match message {
            // SAFETY: valid for the count by the caller's promise.
            abi::MMIOM_READ => Message::Read(unsafe { Target::new(first as *mut u8, counted()?) }),
            // SAFETY: as above.
            abi::MMIOM_WRITE => Message::Write(unsafe { Source::new(first as *const u8, counted()?) }),
            abi::MMIOM_WRITEFLUSH => {
                // SAFETY: as above.
                Message::WriteFlush(unsafe { Source::new(first as *const u8, counted()?) })
            }
            abi::MMIOM_SEEK => match (i64::try_from(first), i32::try_from(second)) {
                (Ok(offset), Ok(origin)) => Message::Seek(offset, origin),
                _ => return Err(Error::InvalidParam),
            },
            _ => Message::Other(message, first, second),
        })
    }

    /// The `MMIOM_*` number.
    #[inline(always)]
    pub fn number(&self) -> UINT {
        match self {
            Message::Open(_) => abi::MMIOM_OPEN,
            Message::Close(_) => abi::MMIOM_CLOSE,
            Message::Read(_) => abi::MMIOM_READ,
            Message::Write(_) => abi::MMIOM_WRITE,
            Message::WriteFlush(_) => abi::MMIOM_WRITEFLUSH,
            Message::Seek(..) => abi::MMIOM_SEEK,
            Message::Rename(..) => abi::MMIOM_RENAME,
            Message::Other(message, ..) => *message,
        }
    }
}

/// Checks the return value of a procedure. A count larger than the request is an error, and so is any value that is
/// neither a count nor success.
#[inline(always)]
pub fn check(message: &Message<'_>, result: isize) -> Result<isize, Error> {
    let count_to = |requested: usize, error: Error| match usize::try_from(result) {
        Ok(count) if count <= requested => Ok(result),
        _ => Err(error),
    };
    match message {
        Message::Open(_) => Error::from_lresult(result, Error::CannotOpen).map(|()| 0),
        Message::Close(_) => Error::from_lresult(result, Error::CannotClose).map(|()| 0),
        Message::Rename(..) => Error::from_lresult(result, Error::AccessDenied).map(|()| 0),
        Message::Read(target) => count_to(target.len(), Error::CannotRead),
        Message::Write(source) | Message::WriteFlush(source) => count_to(source.len(), Error::CannotWrite),
        // Existing procedures return various values for a seek: only -1 is a failure.
        Message::Seek(..) if result == -1 => Err(Error::CannotSeek),
        Message::Seek(..) | Message::Other(..) => Ok(result),
    }
}
