//! The functions of `mmsystem_ext.h`, which Windows does not have.

use super::{position_on, status, status_on, text};
use crate::abi::{self, DWORD, HMMIO, LPCMMIOINFO, LPCSTR, LPSTR, MMRESULT};
use crate::error::{self, Error};
use crate::handles;
use crate::memory::Info;
use crate::path;
use crate::procs::dos;
use crate::sys;
use crate::trace;
use crate::trace::Value::{Address, Handle, Name, Number, Origin};
use core::ffi::{c_int, c_void};
use core::ptr;

/// Parses a part of the crate's version, at compile time.
const fn number(digits: &str) -> DWORD {
    match DWORD::from_str_radix(digits, 10) {
        Ok(number) => number,
        Err(_) => 0,
    }
}

const VERSION: DWORD = number(env!("CARGO_PKG_VERSION_MAJOR")) << 16
    | number(env!("CARGO_PKG_VERSION_MINOR")) << 8
    | number(env!("CARGO_PKG_VERSION_PATCH"));

/// Returns the version of the library.
///
/// A program can be run with a newer library than it was compiled with. MMSYSTEM_VERSION is the version of the
/// header.
///
/// Returns the version in the form of MMSYSTEM_VERSION: major << 16 | minor << 8 | patch.
#[unsafe(no_mangle)]
pub extern "C" fn mmsys_version() -> DWORD {
    traced!(Ext, mmsys_version(), Number, VERSION)
}

/// Describes an error in one sentence that begins with its name: `MMIOERR_FILENOTFOUND: file not found.`
///
/// It describes the results of mmioClose, mmioDescend and others, and wErrorRet of MMIOINFO.
///
/// error: any number.
///
/// Returns a string that is valid as long as the library is loaded, and must not be freed. For a number that is
/// not an error of this library the string says so.
#[unsafe(no_mangle)]
pub extern "C" fn mmsys_error_text(error: MMRESULT) -> LPCSTR {
    traced!(
        Ext,
        mmsys_error_text(error = Number(error.into())),
        move |shown, _| shown.result(Name(Some(error::text::text(error).to_bytes()))),
        error::text::text(error).as_ptr()
    )
}

/// Moves the position of a file, with 64-bit offsets.
///
/// It does what mmioSeek does, without the limit of a LONG, which is 2147483647.
///
/// hmmio: the file.
///
/// offset: the offset in bytes, as lOffset of mmioSeek. SEEK_END counts backwards.
///
/// origin: SEEK_SET, SEEK_CUR or SEEK_END.
///
/// Returns the new position, or -1 as mmioSeek does.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_seek64(hmmio: HMMIO, offset: i64, origin: c_int) -> i64 {
    traced!(
        Ext,
        mmsys_seek64(hmmio = Handle(hmmio), offset = Number(offset), origin = Origin(origin)),
        Count,
        position_on(hmmio, &|file| file.seek(offset, origin, i64::MAX))
    )
}

/// Returns the position of a file, with 64 bits.
///
/// mmioSeek with SEEK_CUR and 0 does the same for positions up to 2147483647.
///
/// hmmio: the file.
///
/// Returns the position of the next byte to read or write; -1 if hmmio is not an open file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_tell64(hmmio: HMMIO) -> i64 {
    traced!(Ext, mmsys_tell64(hmmio = Handle(hmmio)), Count, position_on(hmmio, &|file| Ok(file.position())))
}

/// Closes a file without writing the bytes that are still in its buffer.
///
/// It is for a file that mmioClose cannot close, since each flush fails with MMIOERR_CANNOTWRITE. The I/O
/// procedure is sent MMIOM_CLOSE, and no MMIOM_WRITEFLUSH before it. A procedure that has bytes in buffers of
/// its own may write or discard them.
///
/// hmmio: the file.
///
/// Returns 0, or on failure:
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
/// - Any other number is the result of the I/O procedure for MMIOM_CLOSE, and the file is closed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_discard(hmmio: HMMIO) -> MMRESULT {
    traced!(Ext, mmsys_discard(hmmio = Handle(hmmio)), Status, status_on(hmmio, &|file| file.discard()))
}

/// Switches write-through on or off.
///
/// With write-through each mmioWrite sends its bytes as MMIOM_WRITEFLUSH, and nothing stays in the buffer. If a
/// procedure takes them as MMIOM_WRITE only, a MMIOM_WRITEFLUSH of 0 bytes follows. If that fails, mmioWrite
/// has accepted the bytes nevertheless: the error is in wErrorRet, and the next flush is retried. Switching it
/// on flushes the file, as mmioFlush does with MMIO_EMPTYBUF. It has no effect on a memory file.
///
/// hmmio: the file.
///
/// on: 0 for off, any other number for on.
///
/// Returns 0, or on failure:
/// - MMIOERR_CANNOTWRITE: the flush failed, and nothing has changed.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_write_through(hmmio: HMMIO, on: c_int) -> MMRESULT {
    traced!(
        Ext,
        mmsys_set_write_through(hmmio = Handle(hmmio), on = Number(on.into())),
        Status,
        status_on(hmmio, &|file| file.set_write_through(on != 0))
    )
}

/// Switches durable flushes on or off.
///
/// A durable flush, by mmioFlush, mmioSetBuffer, mmioClose or a MMIOM_WRITEFLUSH, returns when the bytes are on
/// the disk, and not only with the operating system. It forces all bytes of the file to the disk that were
/// written since the last time, also those written while it was off. If there are none, it does nothing.
/// MMSYSTEM_DURABLE=1 in the environment switches it on for every disk file.
///
/// hmmio: the file.
///
/// on: 0 for off, any other number for on. Neither forces bytes to the disk by itself.
///
/// Returns 0, or on failure:
/// - MMSYSERR_NOTSUPPORTED: the file is a memory file, or is opened with a program's own procedure or callbacks,
///   which can force their bytes to the disk in MMIOM_WRITEFLUSH and flush.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_durable(hmmio: HMMIO, on: c_int) -> MMRESULT {
    traced!(
        Ext,
        mmsys_set_durable(hmmio = Handle(hmmio), on = Number(on.into())),
        Status,
        status_on(hmmio, &|file| file.set_durable(on != 0))
    )
}

/// Stores a pointer of an I/O procedure with an open file.
///
/// Each file has one such pointer, since adwInfo has only 32-bit words. mmsys_context returns it. The procedure
/// of LPMMIOPROC is an example.
///
/// lpmmioinfo: the structure that the procedure was called with, for a file that is open or being opened.
///
/// context: the pointer. The library does not use it.
///
/// Returns 0, or on failure:
/// - MMSYSERR_INVALPARAM: lpmmioinfo is NULL.
/// - MMSYSERR_INVALHANDLE: the message is not about an open file (MMIOM_RENAME, or MMIOM_OPEN with MMIO_DELETE).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_context(lpmmioinfo: LPCMMIOINFO, context: *mut c_void) -> MMRESULT {
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let info = unsafe { Info::new(lpmmioinfo) };
    traced!(
        Ext,
        mmsys_set_context(lpmmioinfo = Address(lpmmioinfo.addr()), context = Address(context.addr())),
        Status,
        match info {
            Some(info) => status_on(info.handle(), &|file| {
                file.set_context(context.expose_provenance());
                Ok(())
            }),
            None => Error::InvalidParam.code(),
        }
    )
}

/// Returns the pointer that an I/O procedure stored with mmsys_set_context.
///
/// The procedure of LPMMIOPROC is an example.
///
/// lpmmioinfo: the structure that the procedure was called with.
///
/// Returns the pointer; NULL if none was stored, or if the message is not about an open file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_context(lpmmioinfo: LPCMMIOINFO) -> *mut c_void {
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let info = unsafe { Info::new(lpmmioinfo) };
    traced!(
        Ext,
        mmsys_context(lpmmioinfo = Address(lpmmioinfo.addr())),
        move |shown, context| shown.result(Address(context.addr())),
        info.ok_or(Error::InvalidParam)
            .and_then(|info| handles::with(info.handle(), |file| Ok(file.context())))
            .inspect_err(|&error| trace::note(error))
            .map_or(ptr::null_mut(), ptr::with_exposed_provenance_mut)
    )
}

/// Converts a Windows file name to a name of this system.
///
/// It is for a program that opens files itself. `\` separates directories, drive letters stand for directories,
/// and a name that is not found is searched for again ignoring case. Unlike mmioOpen, it does not search in the
/// directory of the executable.
///
/// pszFileName: the name, a string that ends with NUL.
///
/// fdwOpen: 0 for a file or directory that exists. MMIO_CREATE for one that may have to be created: if it does
/// not exist, the result is a new name in an existing directory.
///
/// pszPath: the memory that receives the name and a NUL, of at least cbPath bytes.
///
/// cbPath: the size of pszPath in bytes. 4096 is enough for every name that Linux can open.
///
/// Returns 0, or on failure:
/// - MMIOERR_FILENOTFOUND: there is no such file, and fdwOpen is 0.
/// - MMIOERR_PATHNOTFOUND: there is no such directory or drive.
/// - MMIOERR_ACCESSDENIED: a directory of the name cannot be searched.
/// - MMIOERR_OUTOFMEMORY: there is no memory, or the name is longer than cbPath allows, and nothing was
///   written.
/// - MMIOERR_INVALIDFILE: the system reported another error.
/// - MMSYSERR_INVALPARAM: a pointer is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_path(
    pszFileName: LPCSTR,
    fdwOpen: DWORD,
    pszPath: LPSTR,
    cbPath: DWORD,
) -> MMRESULT {
    let found = || {
        // SAFETY: the caller's promise.
        let name = unsafe { text::name(pszFileName.cast::<u8>()) }?.ok_or(Error::InvalidParam)?;
        if pszPath.is_null() {
            return Err(Error::InvalidParam);
        }
        let makes_file = fdwOpen & abi::MMIO_CREATE != 0;
        let found = sys::uncancelled(|| path::system_name(&name, makes_file))?;
        // SAFETY: the caller's promise.
        unsafe { text::put_bytes(pszPath.cast::<u8>(), cbPath as usize, &found) }
    };
    status(found())
}

/// Applies a share mode of mmioOpen to a file that the program itself opened.
///
/// The share mode holds until the descriptor and all its copies are closed (those of dup, and of a fork). It is
/// in force between all users of this library: programs that open the file with mmioOpen, or call mmsys_share.
/// Whether the descriptor can read and write decides which share modes of others it conflicts with.
///
/// fd: the descriptor.
///
/// fdwOpen: MMIO_EXCLUSIVE, MMIO_DENYWRITE, MMIO_DENYREAD or MMIO_DENYNONE.
///
/// Returns 0, also if the file is not a regular file, or its file system has no locks; on failure:
/// - MMIOERR_SHARINGVIOLATION: this share mode, or that of another opener, denies it.
/// - MMSYSERR_INVALPARAM: the descriptor is not open.
#[unsafe(no_mangle)]
pub extern "C" fn mmsys_share(fd: c_int, fdwOpen: DWORD) -> MMRESULT {
    status(sys::uncancelled(|| dos::share(fd, fdwOpen)))
}
