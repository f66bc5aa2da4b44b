//! Results of system calls.

use core::ffi::c_int;
use std::collections::TryReserveError;

/// An error of the system: its `errno`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error(c_int);

pub type Result<T> = core::result::Result<T, Error>;

#[cfg(target_os = "linux")]
use libc::__errno_location as errno_location;
#[cfg(target_os = "macos")]
use libc::__error as errno_location;

impl Error {
    pub const fn from_errno(errno: c_int) -> Error {
        Error(errno)
    }

    /// Returns the error of the last failed call in this thread.
    pub fn last() -> Error {
        // SAFETY: it points to the thread's own errno.
        Error(unsafe { *errno_location() })
    }

    /// Sets `errno` to this error.
    pub fn set_errno(self) {
        // SAFETY: as above.
        unsafe { *errno_location() = self.0 };
    }

    pub fn errno(self) -> c_int {
        self.0
    }
}

/// A failed allocation is `ENOMEM`, as in the C library.
impl From<TryReserveError> for Error {
    fn from(_: TryReserveError) -> Error {
        Error(libc::ENOMEM)
    }
}

/// The `MMIOERR_*` of opening, naming and deleting files (doc).
impl From<Error> for crate::error::Error {
    /// Out of line: the table exists once.
    #[inline(never)]
    fn from(error: Error) -> Self {
        match error.errno() {
            libc::ENOENT => Self::FileNotFound,
            libc::ENOTDIR => Self::PathNotFound,
            libc::EACCES | libc::EPERM | libc::EROFS | libc::EISDIR | libc::EEXIST | libc::ETXTBSY => {
                Self::AccessDenied
            }
            libc::EMFILE | libc::ENFILE => Self::TooManyOpenFiles,
            libc::ENOMEM => Self::OutOfMemory,
            libc::ENETDOWN
            | libc::ENETUNREACH
            | libc::ENETRESET
            | libc::ECONNABORTED
            | libc::ECONNRESET
            | libc::ETIMEDOUT
            | libc::EHOSTDOWN
            | libc::EHOSTUNREACH
            | libc::ESTALE => Self::Network,
            _ => Self::InvalidFile,
        }
    }
}
