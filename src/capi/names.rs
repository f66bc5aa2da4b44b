//! Functions that take a name: open and rename, in each of the three encodings.

use super::{copy_in, set_error, status, text};
use crate::abi::{
    self, DWORD, HMMIO, LPCMMIOINFO, LPCSTR, LPMMIOINFO, LPSTR, MMIOINFO, MMRESULT, MMSYSERR_NOERROR,
    MMSYSTEM_CHAR16, MMSYSTEM_CHAR32,
};
use crate::error::Error;
use crate::file::{self, File, Request};
use crate::fourcc::FourCc;
use crate::handles;
use crate::memory::Block;
use crate::name::{Name, Unit};
use crate::path;
use crate::procs::call::{Message, Procedure};
use crate::procs::choose;
use core::ptr;

/// What `MMIO_PARSE`, `MMIO_EXIST` and `MMIO_DELETE` return for success.
const TRUE: HMMIO = ptr::without_provenance_mut(1);

/// What opening or renaming is about, with the procedure for it.
///
/// # Safety
/// - `pIOProc` in `info` must be NULL or an I/O procedure.
unsafe fn request<U: Unit>(info: MMIOINFO, name: Option<&Name>, flags: DWORD) -> Result<Request, Error> {
    // SAFETY: the caller's promise.
    let given = info.pIOProc.map(|address| unsafe { Procedure::new(address, U::FORM) });
    let (code, procedure) = choose(given, FourCc(info.fccIOProc), name)?;
    Ok(Request { code, procedure, flags, block: Block::NONE, info })
}

/// Opens a file.
///
/// # Safety
/// - As for [`mmioOpenA`].
unsafe fn open<U: Unit>(buffer: *mut U, info: MMIOINFO, flags: DWORD) -> Result<HMMIO, Error> {
    // SAFETY: the caller's promise.
    let name = unsafe { text::name(buffer) }?;
    let named = || name.as_ref().ok_or(Error::InvalidParam);
    if flags & (abi::MMIO_PARSE | abi::MMIO_EXIST) != 0 {
        let full = match flags & abi::MMIO_EXIST {
            0 => path::absolute(named()?)?,
            _ => path::existing(named()?)?,
        };
        // SAFETY: the caller promises 128 characters of room.
        unsafe { text::put_name(buffer, &full) }?;
        return Ok(TRUE);
    }
    // SAFETY: the caller's promise about pIOProc.
    let mut request = unsafe { request::<U>(info, name.as_ref(), flags) }?;
    if flags & abi::MMIO_DELETE != 0 {
        file::send_about_name(request, &Message::Open(Some(named()?)))?;
        return Ok(TRUE);
    }
    let size = usize::try_from(info.cchBuffer).map_err(|_| Error::InvalidParam)?;
    // SAFETY: the caller's promise about pchBuffer.
    request.block = unsafe { Block::as_asked(info.pchBuffer.cast(), size, flags & abi::MMIO_ALLOCBUF != 0) }?;
    handles::open(File::new(request), name.as_ref())
}

/// Makes a temporary file and writes its name to the buffer.
///
/// # Safety
/// - As for [`mmioOpenA`] with `MMIO_GETTEMP`.
unsafe fn temporary<U: Unit>(buffer: *mut U) -> Result<(), Error> {
    // SAFETY: the caller's promise.
    let name = unsafe { text::name(buffer) }?.ok_or(Error::InvalidParam)?;
    let made = path::temporary(&name, |made| text::fits::<U>(made))?;
    // SAFETY: the caller promises 128 characters of room; it fits.
    unsafe { text::put_name(buffer, &made) }
}

/// Opens a file, and says in the caller's structure how that went.
///
/// # Safety
/// - As for [`mmioOpenA`].
unsafe fn open_reporting<U: Unit>(name: *mut U, info: LPMMIOINFO, flags: DWORD) -> HMMIO {
    if flags & abi::MMIO_GETTEMP != 0 {
        // SAFETY: the caller's promise.
        let made = unsafe { temporary(name) };
        // SAFETY: the caller's promise.
        unsafe { set_error(info, status(made)) };
        // doc: the error is the handle, and success is 0.
        let failed = abi::MMIOERR_FILENOTFOUND as usize;
        return made.map_or(ptr::without_provenance_mut(failed), |()| ptr::null_mut());
    }
    // SAFETY: the caller's promise.
    let asked = unsafe { copy_in(info) };
    if asked.is_none() && name.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: the caller's promise.
    let opened = unsafe { open(name, asked.unwrap_or(NOTHING_ASKED), flags) };
    // SAFETY: the caller's promise.
    unsafe { set_error(info, opened.err().map_or(MMSYSERR_NOERROR, Error::code)) };
    opened.unwrap_or(ptr::null_mut())
}

/// What a caller without a structure asks for.
const NOTHING_ASKED: MMIOINFO = MMIOINFO {
    dwFlags: 0,
    fccIOProc: 0,
    pIOProc: None,
    wErrorRet: 0,
    htask: ptr::null_mut(),
    cchBuffer: 0,
    pchBuffer: ptr::null_mut(),
    pchNext: ptr::null_mut(),
    pchEndRead: ptr::null_mut(),
    pchEndWrite: ptr::null_mut(),
    lBufOffset: 0,
    lDiskOffset: 0,
    adwInfo: [0; 3],
    dwReserved1: 0,
    dwReserved2: 0,
    hmmio: ptr::null_mut(),
};

/// Renames a file.
///
/// # Safety
/// - As for [`mmioRenameA`].
unsafe fn rename<U: Unit>(old: *const U, new: *const U, info: LPCMMIOINFO) -> Result<(), Error> {
    // SAFETY: the caller's promise.
    let old = unsafe { text::name(old) }?.ok_or(Error::InvalidParam)?;
    // SAFETY: the caller's promise.
    let new = unsafe { text::name(new) }?.ok_or(Error::InvalidParam)?;
    // SAFETY: the caller's promise.
    let info = unsafe { copy_in(info) }.unwrap_or(NOTHING_ASKED);
    // SAFETY: the caller's promise about pIOProc.
    let request = unsafe { request::<U>(info, Some(&old), 0) }?;
    file::send_about_name(request, &Message::Rename(&old, &new))
}

/// Opens, creates, deletes, names or looks for a file.
///
/// pszFileName: the name; NULL for a memory file (FOURCC_MEM) or to adopt the open file descriptor in
/// adwInfo[0]. `NAME.EXT+ELEMENT` is opened by the I/O procedure installed under the code `EXT `. With
/// MMIO_PARSE, MMIO_EXIST and MMIO_GETTEMP it is a buffer of 128 characters that receives a name; otherwise
/// it is not written to.
///
/// pmmioinfo: NULL, or further wishes: pIOProc or fccIOProc (the I/O procedure), pchBuffer and cchBuffer (the
/// buffer, in bytes, 0 to 2147483647), adwInfo (the procedure's; for a memory file adwInfo[0] is the step in
/// bytes by which it grows, 0 for one that does not). All else must be 0. Receives the error in wErrorRet.
///
/// fdwOpen: one of MMIO_READ, MMIO_WRITE, MMIO_READWRITE; with MMIO_CREATE (makes or empties the file, always
/// for reading and writing), MMIO_ALLOCBUF (with a buffer of MMIO_DEFAULTBUFFER bytes), a share mode; or
/// MMIO_DELETE, MMIO_EXIST, MMIO_PARSE, MMIO_GETTEMP, which open nothing.
///
/// Returns the handle, for mmioClose; NULL on failure. MMIO_DELETE, MMIO_EXIST and MMIO_PARSE return 1 or
/// NULL. MMIO_GETTEMP returns NULL on success and MMIOERR_FILENOTFOUND on failure.
///
/// Errors, in wErrorRet: MMIOERR_FILENOTFOUND, MMIOERR_PATHNOTFOUND, MMIOERR_ACCESSDENIED,
/// MMIOERR_TOOMANYOPENFILES, MMIOERR_NETWORKERROR, MMIOERR_OUTOFMEMORY, MMIOERR_INVALIDFILE (also: no
/// procedure has the code fccIOProc), MMSYSERR_INVALPARAM, or what the I/O procedure answers.
///
/// Source: doc; the state after opening and the table of buffers are win.
///
/// # Safety
/// - pszFileName: NULL, or a string that ends with NUL, with the room said above where it is written to.
/// - pmmioinfo: NULL, or a valid MMIOINFO whose pIOProc is NULL or an I/O procedure and whose pchBuffer is
///   NULL or valid for cchBuffer bytes (MMIO_DEFAULTBUFFER if that is 0 and MMIO_ALLOCBUF set) while the
///   file is open; for a memory file that may grow, from malloc.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpenA(pszFileName: LPSTR, pmmioinfo: LPMMIOINFO, fdwOpen: DWORD) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { open_reporting(pszFileName.cast::<u8>(), pmmioinfo, fdwOpen) }
}

/// mmioOpenA under the name that 16-bit Windows had for it.
///
/// # Safety
/// - As for mmioOpenA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpen(pszFileName: LPSTR, pmmioinfo: LPMMIOINFO, fdwOpen: DWORD) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { open_reporting(pszFileName.cast::<u8>(), pmmioinfo, fdwOpen) }
}

/// mmioOpenA for a name in UTF-16. One that is not valid is MMIOERR_INVALIDFILE (ours).
///
/// # Safety
/// - As for mmioOpenA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpenW(
    pszFileName: *mut MMSYSTEM_CHAR16,
    pmmioinfo: LPMMIOINFO,
    fdwOpen: DWORD,
) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { open_reporting(pszFileName, pmmioinfo, fdwOpen) }
}

/// mmioOpenA for a name in UTF-32, which wchar_t is (ours).
///
/// # Safety
/// - As for mmioOpenA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpenU32(
    pszFileName: *mut MMSYSTEM_CHAR32,
    pmmioinfo: LPMMIOINFO,
    fdwOpen: DWORD,
) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { open_reporting(pszFileName, pmmioinfo, fdwOpen) }
}

/// Renames a file, through the I/O procedure that would open it. A disk file never overwrites another, and
/// may move to another file system.
///
/// pszFileName: the file's name.
///
/// pszNewFileName: its new name.
///
/// pmmioinfo: NULL, or pIOProc or fccIOProc, as for mmioOpenA.
///
/// fdwRename: 0.
///
/// Returns 0, or the error: MMIOERR_FILENOTFOUND, MMIOERR_PATHNOTFOUND, MMIOERR_ACCESSDENIED (also: the new
/// name exists), MMIOERR_INVALIDFILE, MMSYSERR_INVALPARAM (a name is NULL), or what the procedure answers.
///
/// Source: doc; that it never overwrites: win.
///
/// # Safety
/// - pszFileName, pszNewFileName: NULL, or strings that end with NUL.
/// - pmmioinfo: NULL, or a valid MMIOINFO whose pIOProc is NULL or an I/O procedure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRenameA(
    pszFileName: LPCSTR,
    pszNewFileName: LPCSTR,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    let _ = fdwRename;
    // SAFETY: the caller's promise.
    status(unsafe { rename(pszFileName.cast::<u8>(), pszNewFileName.cast::<u8>(), pmmioinfo) })
}

/// mmioRenameA under the name that 16-bit Windows had for it.
///
/// # Safety
/// - As for mmioRenameA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRename(
    pszFileName: LPCSTR,
    pszNewFileName: LPCSTR,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    let _ = fdwRename;
    // SAFETY: the caller's promise.
    status(unsafe { rename(pszFileName.cast::<u8>(), pszNewFileName.cast::<u8>(), pmmioinfo) })
}

/// mmioRenameA for names in UTF-16.
///
/// # Safety
/// - As for mmioRenameA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRenameW(
    pszFileName: *const MMSYSTEM_CHAR16,
    pszNewFileName: *const MMSYSTEM_CHAR16,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    let _ = fdwRename;
    // SAFETY: the caller's promise.
    status(unsafe { rename(pszFileName, pszNewFileName, pmmioinfo) })
}

/// mmioRenameA for names in UTF-32 (ours).
///
/// # Safety
/// - As for mmioRenameA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRenameU32(
    pszFileName: *const MMSYSTEM_CHAR32,
    pszNewFileName: *const MMSYSTEM_CHAR32,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    let _ = fdwRename;
    // SAFETY: the caller's promise.
    status(unsafe { rename(pszFileName, pszNewFileName, pmmioinfo) })
}
