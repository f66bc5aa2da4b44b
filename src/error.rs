//! What can go wrong, and the one number C gets for it.
#![forbid(unsafe_code)]

pub mod text;

use crate::abi;
use std::collections::TryReserveError;

/// Every failure of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    InvalidHandle,
    InvalidParam,
    /// A procedure changed, during a message about it, the very file that the message was about.
    Busy,
    FileNotFound,
    OutOfMemory,
    CannotOpen,
    CannotClose,
    CannotRead,
    CannotWrite,
    CannotSeek,
    CannotExpand,
    ChunkNotFound,
    Unbuffered,
    PathNotFound,
    AccessDenied,
    SharingViolation,
    Network,
    TooManyOpenFiles,
    InvalidFile,
    /// An I/O procedure's own answer.
    Other(u32),
}

impl Error {
    /// The `MMSYSERR_*` or `MMIOERR_*` of C.
    pub fn code(self) -> abi::MMRESULT {
        match self {
            Error::InvalidHandle => abi::MMSYSERR_INVALHANDLE,
            Error::InvalidParam => abi::MMSYSERR_INVALPARAM,
            Error::Busy => abi::MMSYSERR_HANDLEBUSY,
            Error::FileNotFound => abi::MMIOERR_FILENOTFOUND,
            Error::OutOfMemory => abi::MMIOERR_OUTOFMEMORY,
            Error::CannotOpen => abi::MMIOERR_CANNOTOPEN,
            Error::CannotClose => abi::MMIOERR_CANNOTCLOSE,
            Error::CannotRead => abi::MMIOERR_CANNOTREAD,
            Error::CannotWrite => abi::MMIOERR_CANNOTWRITE,
            Error::CannotSeek => abi::MMIOERR_CANNOTSEEK,
            Error::CannotExpand => abi::MMIOERR_CANNOTEXPAND,
            Error::ChunkNotFound => abi::MMIOERR_CHUNKNOTFOUND,
            Error::Unbuffered => abi::MMIOERR_UNBUFFERED,
            Error::PathNotFound => abi::MMIOERR_PATHNOTFOUND,
            Error::AccessDenied => abi::MMIOERR_ACCESSDENIED,
            Error::SharingViolation => abi::MMIOERR_SHARINGVIOLATION,
            Error::Network => abi::MMIOERR_NETWORKERROR,
            Error::TooManyOpenFiles => abi::MMIOERR_TOOMANYOPENFILES,
            Error::InvalidFile => abi::MMIOERR_INVALIDFILE,
            Error::Other(code) => code,
        }
    }

    /// A procedure's answer to a message that answers 0 for success (`MMIOM_OPEN`, `CLOSE`, `RENAME`); an
    /// answer that cannot be an error number becomes `fallback`.
    pub fn from_answer(answer: isize, fallback: Error) -> Result<(), Error> {
        match u32::try_from(answer) {
            Ok(0) => Ok(()),
            Ok(code) => Err(Error::Other(code)),
            Err(_) => Err(fallback),
        }
    }

    /// This error as a procedure's answer to such a message.
    pub fn answer(result: Result<(), Error>) -> isize {
        match result {
            Ok(()) => 0,
            Err(error) => isize::try_from(error.code()).unwrap_or(1),
        }
    }
}

impl From<TryReserveError> for Error {
    fn from(_: TryReserveError) -> Error {
        Error::OutOfMemory
    }
}
