//! The callbacks of `mmsys_open_callbacks`.

use super::DWORD;
use core::ffi::{c_int, c_void};

/// The functions that do the input and output of a file of mmsys_open_callbacks.
///
/// Each is called with the context that was given to mmsys_open_callbacks, for one operation at a time, by the
/// thread that called the library. It may call any function of the library, also on the same file, and must
/// return. A callback that is not needed is NULL, but not both read and write.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct _MMSYS_CALLBACKS {
    /// sizeof(MMSYS_CALLBACKS).
    pub size: DWORD,
    /// Reads up to count bytes at the position. Returns their number, which may be less; 0 at the end of the
    /// file; -1 on failure. NULL: the file cannot be read.
    pub read: Option<unsafe extern "C" fn(context: *mut c_void, data: *mut c_void, count: usize) -> i64>,
    /// Writes up to count bytes at the position. Returns their number, which may be less; -1 on failure, also
    /// if none can be written. NULL: the file cannot be written.
    pub write: Option<unsafe extern "C" fn(context: *mut c_void, data: *const c_void, count: usize) -> i64>,
    /// Moves the position to offset (SEEK_SET), or to the end plus offset (SEEK_END), or returns it (SEEK_CUR
    /// with 0). Returns the new position, or -1 on failure. NULL: the file is a stream.
    pub seek: Option<unsafe extern "C" fn(context: *mut c_void, offset: i64, whence: c_int) -> i64>,
    /// Makes all bytes that were written reach their destination. Returns 0, or an error. NULL: nothing is
    /// needed for that.
    pub flush: Option<unsafe extern "C" fn(context: *mut c_void) -> c_int>,
    /// Frees the context, also if it returns an error. Returns 0, or an error for mmioClose to return. NULL:
    /// there is nothing to free.
    pub close: Option<unsafe extern "C" fn(context: *mut c_void) -> c_int>,
}
pub type MMSYS_CALLBACKS = _MMSYS_CALLBACKS;
