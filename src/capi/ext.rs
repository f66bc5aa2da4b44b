//! What the library has beyond Windows: `mmsystem_ext.h`. All of it is ours.

use super::{copy_in, status};
use crate::abi::{DWORD, HMMIO, LPCMMIOINFO, MMRESULT};
use crate::error::Error;
use crate::handles;
use core::ffi::{c_int, c_void};
use core::ptr;

/// A number of the crate's version.
const fn number(digits: &str) -> DWORD {
    match DWORD::from_str_radix(digits, 10) {
        Ok(number) => number,
        Err(_) => 0,
    }
}

const VERSION: DWORD = number(env!("CARGO_PKG_VERSION_MAJOR")) << 16
    | number(env!("CARGO_PKG_VERSION_MINOR")) << 8
    | number(env!("CARGO_PKG_VERSION_PATCH"));

/// Tells the version of the library. At run time it may be newer than the header that a program was
/// compiled with.
///
/// Returns it in the form of MMSYSTEM_VERSION: major << 16 | minor << 8 | patch.
#[unsafe(no_mangle)]
pub extern "C" fn mmsys_version() -> DWORD {
    VERSION
}

/// Moves the position in a file, without the limit of mmioSeek.
///
/// hmmio: the file.
///
/// offset: in bytes, as lOffset of mmioSeek, in 64 bits: SEEK_END counts backwards.
///
/// origin: SEEK_SET, SEEK_CUR or SEEK_END.
///
/// Returns the new position, or -1 as mmioSeek does; the position is then what it was.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_seek64(hmmio: HMMIO, offset: i64, origin: c_int) -> i64 {
    handles::with(hmmio, |file| file.seek(offset, origin, i64::MAX)).unwrap_or(-1)
}

/// Tells the position in a file, without the limit of mmioSeek.
///
/// hmmio: the file.
///
/// Returns the position of the next byte to be read or written; -1 for a bad handle.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_tell64(hmmio: HMMIO) -> i64 {
    handles::with(hmmio, |file| Ok(file.position())).unwrap_or(-1)
}

/// Closes a file without writing what is still in its buffer: the way out where mmioClose goes on returning
/// MMIOERR_CANNOTWRITE.
///
/// hmmio: the file.
///
/// Returns 0; MMSYSERR_INVALHANDLE: hmmio is not an open file; what else the I/O procedure answers to
/// MMIOM_CLOSE: the file is closed then.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_discard(hmmio: HMMIO) -> MMRESULT {
    status(handles::with(hmmio, |file| file.discard()))
}

/// Switches write-through: each mmioWrite is then one MMIOM_WRITEFLUSH, and nothing stays buffered.
///
/// hmmio: the file. A memory file has nothing to write through to: nothing changes.
///
/// on: 0 for off, any other number for on.
///
/// Returns 0; MMIOERR_CANNOTWRITE: what is in the buffer could not be written, and nothing has changed;
/// MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_write_through(hmmio: HMMIO, on: c_int) -> MMRESULT {
    status(handles::with(hmmio, |file| file.set_write_through(on != 0)))
}

/// Switches durability: what mmioFlush, mmioClose or a MMIOM_WRITEFLUSH wrote is then on the disk when the
/// call returns, and not only with the operating system. MMSYSTEM_DURABLE=1 in the environment switches it on
/// for every disk file.
///
/// hmmio: the file.
///
/// on: 0 for off, any other number for on.
///
/// Returns 0; MMSYSERR_NOTSUPPORTED: a memory file, or a program's own procedure; MMSYSERR_INVALHANDLE: hmmio
/// is not an open file.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_durable(hmmio: HMMIO, on: c_int) -> MMRESULT {
    status(handles::with(hmmio, |file| file.set_durable(on != 0)))
}

/// Keeps a pointer for an I/O procedure, one for each open file: adwInfo is too small for one.
///
/// lpmmioinfo: the structure that the procedure was called with, for a file that is open or being opened.
///
/// context: the pointer; the library does nothing with it.
///
/// Returns 0; MMSYSERR_INVALPARAM: lpmmioinfo is NULL; MMSYSERR_INVALHANDLE: the message is about no open
/// file (MMIOM_RENAME, or MMIOM_OPEN with MMIO_DELETE).
///
/// # Safety
/// - lpmmioinfo: NULL, or an MMIOINFO.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_context(lpmmioinfo: LPCMMIOINFO, context: *mut c_void) -> MMRESULT {
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let info = unsafe { copy_in(lpmmioinfo) }.ok_or(Error::InvalidParam);
    status(info.and_then(|info| {
        handles::with(info.hmmio, |file| {
            file.set_context(context.expose_provenance());
            Ok(())
        })
    }))
}

/// Gives an I/O procedure back the pointer that it kept with mmsys_set_context.
///
/// lpmmioinfo: the structure that the procedure was called with.
///
/// Returns the pointer; NULL where none was kept, or the message is about no open file.
///
/// # Safety
/// - lpmmioinfo: NULL, or an MMIOINFO.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_context(lpmmioinfo: LPCMMIOINFO) -> *mut c_void {
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let info = unsafe { copy_in(lpmmioinfo) };
    let context = info.and_then(|info| handles::with(info.hmmio, |file| Ok(file.context())).ok());
    context.map_or(ptr::null_mut(), ptr::with_exposed_provenance_mut)
}
