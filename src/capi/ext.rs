//! What the library has beyond Windows: `mmsystem_ext.h`. All of it is ours.

use super::{position_on, status, status_on, text as names};
use crate::abi::{self, DWORD, HMMIO, LPCMMIOINFO, LPCSTR, LPSTR, MMRESULT};
use crate::error::{Error, text};
use crate::handles;
use crate::memory::Info;
use crate::path;
use crate::procs::dos;
use crate::sys;
use crate::trace;
use crate::trace::Value::{Address, Handle, Name, Number, Origin};
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
    traced!(Ext ("mmsys_version")() -> Number, mmsys_version());
    VERSION
}

/// Names an error, and says what it is in one sentence: `MMIOERR_FILENOTFOUND: there is no file of that name.`
///
/// error: any number; what mmioClose and the others return, or wErrorRet of an MMIOINFO.
///
/// Returns a string that stays; for a number that is none of this library's it says so.
#[unsafe(no_mangle)]
pub extern "C" fn mmsys_error_text(error: MMRESULT) -> LPCSTR {
    traced!(
        Ext ("mmsys_error_text")(error: Number(error.into())),
        mmsys_error_text(error),
        move |shown, _| shown.result(Name(Some(text::text(error).to_bytes())))
    );
    text::text(error).as_ptr()
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
    traced!(Ext mmsys_seek64(hmmio: Handle(hmmio), offset: Number(offset), origin: Origin(origin)) -> Count);
    position_on(hmmio, &|file| file.seek(offset, origin, i64::MAX))
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
    traced!(Ext mmsys_tell64(hmmio: Handle(hmmio)) -> Count);
    position_on(hmmio, &|file| Ok(file.position()))
}

/// Closes a file without writing what is still in its buffer: the way out where mmioClose goes on returning
/// MMIOERR_CANNOTWRITE.
///
/// The I/O procedure is sent MMIOM_CLOSE, and no MMIOM_WRITEFLUSH before it: what is still in its own buffers
/// is for the procedure to write or to give up.
///
/// hmmio: the file.
///
/// Returns 0; MMSYSERR_INVALHANDLE: hmmio is not an open file; what else the I/O procedure returns to
/// MMIOM_CLOSE: the file is closed then.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_discard(hmmio: HMMIO) -> MMRESULT {
    traced!(Ext mmsys_discard(hmmio: Handle(hmmio)) -> Status);
    status_on(hmmio, &|file| file.discard())
}

/// Switches write-through: each mmioWrite is then sent as MMIOM_WRITEFLUSH, and nothing stays in the file's
/// buffer.
///
/// Where a procedure takes the bytes as MMIOM_WRITE only, a MMIOM_WRITEFLUSH of 0 bytes follows. If that
/// fails, mmioWrite has accepted the bytes all the same, the error is in wErrorRet, and the next flush tries
/// again. Switching it on flushes, as mmioFlush does with MMIO_EMPTYBUF.
///
/// hmmio: the file. A memory file has nothing to write through to: nothing changes.
///
/// on: 0 for off, any other number for on.
///
/// Returns 0; MMIOERR_CANNOTWRITE: the flush failed, and nothing has changed; MMSYSERR_INVALHANDLE: hmmio is
/// not an open file.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_write_through(hmmio: HMMIO, on: c_int) -> MMRESULT {
    traced!(Ext mmsys_set_write_through(hmmio: Handle(hmmio), on: Number(on.into())) -> Status);
    status_on(hmmio, &|file| file.set_write_through(on != 0))
}

/// Switches durability: what mmioFlush, mmioSetBuffer, mmioClose or a MMIOM_WRITEFLUSH wrote is then on the
/// disk when the call returns, and not only with the operating system. MMSYSTEM_DURABLE=1 in the environment
/// switches it on for every disk file.
///
/// A flush forces all bytes of the file to the disk that went to the operating system since they were last
/// forced, whatever message carried them, and whether or not durability was on then. If there are none, it does
/// nothing.
///
/// hmmio: the file.
///
/// on: 0 for off, any other number for on. Switching it on forces nothing yet.
///
/// Returns 0; MMSYSERR_NOTSUPPORTED: a memory file, or a program's own procedure, which is to see to it
/// itself when MMIOM_WRITEFLUSH comes; MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_set_durable(hmmio: HMMIO, on: c_int) -> MMRESULT {
    traced!(Ext mmsys_set_durable(hmmio: Handle(hmmio), on: Number(on.into())) -> Status);
    status_on(hmmio, &|file| file.set_durable(on != 0))
}

/// Keeps a pointer for an I/O procedure, one for each open file: one word of adwInfo is too small for one.
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
    traced!(
        Ext mmsys_set_context(lpmmioinfo: Address(lpmmioinfo.addr()), context: Address(context.addr())) -> Status
    );
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let Some(info) = (unsafe { Info::new(lpmmioinfo) }) else { return Error::InvalidParam.code() };
    status_on(info.handle(), &|file| {
        file.set_context(context.expose_provenance());
        Ok(())
    })
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
    traced!(
        Ext mmsys_context(lpmmioinfo: Address(lpmmioinfo.addr())),
        move |shown, answer| shown.result(Address(answer.addr()))
    );
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let info = unsafe { Info::new(lpmmioinfo) }.ok_or(Error::InvalidParam);
    let context = info.and_then(|info| handles::with(info.handle(), |file| Ok(file.context())));
    if let Err(error) = context {
        trace::note(error.code());
    }
    context.map_or(ptr::null_mut(), ptr::with_exposed_provenance_mut)
}

/// Tells the system's own name of a file that is named as on Windows, for a program that opens it itself:
/// `\` separates, drives are directories, and a path that is not found is looked for once more ignoring
/// case. No directory but the one that is named, or the current one, is looked into.
///
/// pszFileName: the name.
///
/// fdwOpen: 0 for a file or a directory that is there; MMIO_CREATE for a file that may have to be made: if it is
/// not there, the name is that of a new file in the directory that is meant.
///
/// pszPath: receives the name, and a NUL.
///
/// cbPath: the room there, in bytes. 4096 are enough for every name that Linux opens.
///
/// Returns 0; MMIOERR_FILENOTFOUND: there is no such file, and fdwOpen is 0; MMIOERR_PATHNOTFOUND: there is no
/// such directory or drive; MMIOERR_ACCESSDENIED: a directory on the way may not be looked into;
/// MMIOERR_OUTOFMEMORY: no memory, or the name is longer than cbPath allows, and nothing was written;
/// MMIOERR_INVALIDFILE: another error of the system; MMSYSERR_INVALPARAM: a pointer is NULL.
///
/// # Safety
/// - pszFileName: NULL, or a string that ends with NUL.
/// - pszPath: NULL, or valid for writing cbPath bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_path(
    pszFileName: LPCSTR,
    fdwOpen: DWORD,
    pszPath: LPSTR,
    cbPath: DWORD,
) -> MMRESULT {
    let found = || {
        // SAFETY: the caller's promise.
        let name = unsafe { names::name(pszFileName.cast::<u8>()) }?.ok_or(Error::InvalidParam)?;
        if pszPath.is_null() {
            return Err(Error::InvalidParam);
        }
        let makes_file = fdwOpen & abi::MMIO_CREATE != 0;
        let found = sys::uncancelled(|| path::system_name(&name, makes_file))?;
        // SAFETY: the caller's promise.
        unsafe { names::put_bytes(pszPath.cast::<u8>(), cbPath as usize, &found) }
    };
    status(found())
}

/// Has a file that the program itself opened take part in the share modes of mmioOpen, until its descriptor is closed:
/// others that open the file with mmioOpen, or are let in by this function, keep out of each other's way.
///
/// fd: the descriptor. What it permits, reading or writing, is what it does to the file.
///
/// fdwOpen: MMIO_EXCLUSIVE, MMIO_DENYWRITE, MMIO_DENYREAD or MMIO_DENYNONE.
///
/// Returns 0, also for what is no regular file, or where the file system has no locks; MMIOERR_SHARINGVIOLATION: another
/// share mode, or this one, denies it; MMSYSERR_INVALPARAM: fd is no descriptor.
#[unsafe(no_mangle)]
pub extern "C" fn mmsys_share(fd: c_int, fdwOpen: DWORD) -> MMRESULT {
    status(sys::uncancelled(|| dos::share(fd, fdwOpen)))
}
