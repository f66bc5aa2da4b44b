//! The errors of the library, and their numbers in C.
#![forbid(unsafe_code)]

pub mod text;

use crate::abi;
use std::collections::TryReserveError;

/// Every failure of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    InvalidHandle,
    InvalidParam,
    /// During a message its I/O procedure changed the file, or sent it too many messages.
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
    /// The number that an I/O procedure returned, or one that has no variant here.
    Other(u32),
}

impl Error {
    /// The `MMSYSERR_*` or `MMIOERR_*` number.
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

    /// Converts the return value of a procedure for a message that returns 0 or an error (`MMIOM_OPEN`, `CLOSE`,
    /// `RENAME`). A value that cannot be an error number becomes `fallback`.
    pub fn from_lresult(result: isize, fallback: Error) -> Result<(), Error> {
        match u32::try_from(result) {
            Ok(0) => Ok(()),
            Ok(code) => Err(Error::Other(code)),
            Err(_) => Err(fallback),
        }
    }

    /// Converts a result to the return value of a procedure for such a message.
    pub fn to_lresult(result: Result<(), Error>) -> isize {
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
