//! Open and rename: the functions that take names, in three encodings.

use super::open_params::{MEMBERS_FOR_RENAME, OpenParams};
use super::{set_error, status, text};
use crate::abi::{
    self, DWORD, HMMIO, LPCMMIOINFO, LPCSTR, LPMMIOINFO, LPSTR, MMIOINFO, MMRESULT, MMSYSTEM_CHAR16,
    MMSYSTEM_CHAR32,
};
use crate::error::Error;
use crate::file::{self, OpenRequest};
use crate::fork;
use crate::fourcc::FourCc;
use crate::handles;
use crate::memory::Block;
use crate::name::{Encoding, Name, Unit};
use crate::path;
use crate::procs::Kind;
use crate::procs::backing::Backing;
use crate::procs::call::Procedure;
use crate::procs::message::Message;
use crate::sys;
use crate::trace;
use crate::trace::Shown;
use crate::trace::Value::{self, Flags};
use alloc::boxed::Box;
use core::cell::Cell;
use core::ptr;

/// The result of `MMIO_PARSE`, `MMIO_EXIST` and `MMIO_DELETE` if they succeed.
const TRUE: HMMIO = ptr::without_provenance_mut(1);

/// Opens or deletes a file. `backing` is in place of a procedure.
///
/// # Safety
/// - As for [`mmioOpenA`].
#[inline(always)]
unsafe fn open(
    info: LPCMMIOINFO,
    name: Option<&Name>,
    encoding: Encoding,
    flags: DWORD,
    backing: Option<Box<Backing>>,
) -> Result<HMMIO, Error> {
    fork::register_handlers()?;
    // SAFETY: the caller's promise.
    let params = unsafe { OpenParams::read(info, flags) }.unwrap_or(OpenParams::NONE);
    let (code, procedure) = match backing {
        Some(_) => (FourCc(params.code), Procedure::NONE),
        // SAFETY: the caller's promise about pIOProc.
        None => unsafe { params.choose(name, encoding) }?,
    };
    if flags & abi::MMIO_DELETE != 0 {
        let message = Message::Open(Some(name.ok_or(Error::InvalidParam)?));
        let request = params.request(code, procedure, flags, Block::NONE);
        return file::send_name_message(request, &message).map(|()| TRUE);
    }
    // An empty structure is a mistake, not a request for descriptor 0 (ours).
    let [descriptor, ..] = params.words;
    let is_empty_request = name.is_none() && descriptor == 0 && params.code != FourCc::DOS.0;
    if is_empty_request && procedure.kind() == Kind::Dos {
        return Err(Error::FileNotFound);
    }
    let Ok(size) = usize::try_from(params.size) else { return Err(Error::InvalidParam) };
    let allocate = flags & abi::MMIO_ALLOCBUF != 0;
    // SAFETY: the caller's promise about pchBuffer.
    let block = unsafe { Block::for_request(params.buffer.cast(), size, allocate) };
    let Some(block) = block else { return Err(Error::OutOfMemory) };
    handles::open(OpenRequest { backing, ..params.request(code, procedure, flags, block) }, name)
}

/// Opens or deletes a file, and stores the error in the caller's structure.
///
/// # Safety
/// - As for [`mmioOpenA`].
#[inline(never)]
pub(super) unsafe fn open_reporting(
    info: LPMMIOINFO,
    name: Option<&Name>,
    encoding: Encoding,
    flags: DWORD,
    backing: Option<Box<Backing>>,
) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { report(info, open(info, name, encoding, flags, backing)) }
}

/// Stores the error in the caller's structure, and returns the handle.
///
/// # Safety
/// - `info` must be NULL or point to an `MMIOINFO`.
#[inline(always)]
pub(super) unsafe fn report(info: LPMMIOINFO, opened: Result<HMMIO, Error>) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { set_error(info, opened.err()) };
    opened.unwrap_or(ptr::null_mut())
}

/// Writes the absolute name of a file to the buffer.
///
/// # Safety
/// - As for [`mmioOpenA`] with `MMIO_PARSE` or `MMIO_EXIST`.
unsafe fn resolve_name<U: Unit>(buffer: *mut U, name: Option<Name>, flags: DWORD) -> Result<HMMIO, Error> {
    let full = absolute(name, flags)?;
    // SAFETY: the caller promises 128 characters of room.
    unsafe { text::put_name(buffer, &full) }.map(|()| TRUE)
}

/// The absolute name of a file. Out of line: one copy serves names of each encoding.
#[inline(never)]
fn absolute(name: Option<Name>, flags: DWORD) -> Result<Name, Error> {
    let name = name.ok_or(Error::InvalidParam)?;
    let look = || if flags & abi::MMIO_EXIST == 0 { path::absolute(&name) } else { path::existing(&name) };
    sys::uncancelled(look)
}

/// Creates a temporary file and writes its name to the buffer.
///
/// # Safety
/// - As for [`mmioOpenA`] with `MMIO_GETTEMP`.
unsafe fn temporary<U: Unit>(buffer: *mut U) -> Result<(), Error> {
    // SAFETY: the caller's promise.
    let name = unsafe { text::name(buffer) }?.ok_or(Error::InvalidParam)?;
    // Nothing may fail once the file exists: the caller would not know its name.
    let units = Cell::new(None);
    let fits = |made: &Name| {
        units.set(Some(text::fitting::<U>(made)?));
        Ok(())
    };
    sys::uncancelled(|| path::temporary(&name, &fits))?;
    // SAFETY: the caller promises 128 characters of room; it fits.
    unsafe { text::put_units(buffer, &units.take().unwrap_or_default()) }
}

/// Traces the result of `mmioOpen`, and remembers the name of the file. `name` is the one in the buffer after the call.
#[cold]
#[inline(never)]
fn show_opened(
    shown: &mut Shown,
    handle: HMMIO,
    name: Option<Vec<u8>>,
    params: &dyn Fn() -> Option<MMIOINFO>,
    flags: DWORD,
) {
    let makes_file = flags & abi::MMIO_GETTEMP != 0;
    shown.requested(name.as_deref(), None);
    shown.result(match u32::try_from(handle.addr()) {
        // The error is the handle.
        Ok(error) if makes_file => Value::Status(error),
        _ => Value::Opened(handle),
    });
    let is_resolved = flags & (abi::MMIO_PARSE | abi::MMIO_EXIST) != 0 && handle == TRUE;
    if makes_file && handle.is_null() || is_resolved {
        shown.with("pszFileName", Value::Name(name.as_deref()));
    }
    if !makes_file && handle.addr() > TRUE.addr() {
        trace::opened(handle, name.as_deref(), &params().unwrap_or(MMIOINFO::EMPTY));
    }
}

/// Traces the result of `mmioRename`.
#[cold]
#[inline(never)]
fn show_renamed(shown: &mut Shown, status: MMRESULT, old: Option<Vec<u8>>, new: Option<Vec<u8>>) {
    shown.result(Value::Status(status));
    shown.requested(old.as_deref(), new.as_deref());
}

/// `mmioOpen` with its trace, for each encoding.
///
/// # Safety
/// - As for [`mmioOpenA`].
#[inline(always)]
unsafe fn traced_open<U: Unit>(pszFileName: *mut U, pmmioinfo: LPMMIOINFO, fdwOpen: DWORD) -> HMMIO {
    // SAFETY: the caller's promise; the name ends with a NUL before and after the call.
    let name = move || unsafe { text::shown_name(pszFileName) };
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let params = move || unsafe { OpenParams::for_trace(pmmioinfo, fdwOpen) };
    traced!(
        File,
        (of_family!(U::ENCODING, mmioOpenA mmioOpenW mmioOpenU32))(
            pszFileName = Value::Name(name().as_deref()),
            pmmioinfo = Value::OpenParams(params().as_ref()),
            fdwOpen = Flags(trace::names::of_open(fdwOpen), fdwOpen)
        ),
        move |shown, &handle| show_opened(shown, handle, name(), &params, fdwOpen),
        // SAFETY: the caller's promise.
        unsafe { open_or_resolve(pszFileName, pmmioinfo, fdwOpen) }
    )
}

/// Opens or deletes a file, or resolves or makes a name: `mmioOpen` without its trace.
///
/// # Safety
/// - As for [`mmioOpenA`].
#[inline(never)]
unsafe fn open_or_resolve<U: Unit>(buffer: *mut U, info: LPMMIOINFO, flags: DWORD) -> HMMIO {
    let resolves = flags & (abi::MMIO_PARSE | abi::MMIO_EXIST) != 0;
    if flags & abi::MMIO_GETTEMP != 0 {
        // SAFETY: the caller's promise.
        let made = unsafe { temporary(buffer) };
        // SAFETY: the caller's promise.
        unsafe { set_error(info, made.err()) };
        // doc: the error is the handle, and success is 0.
        let failed = abi::MMIOERR_FILENOTFOUND as usize;
        return made.map_or(ptr::without_provenance_mut(failed), |()| ptr::null_mut());
    }
    if info.is_null() && buffer.is_null() {
        trace::note(Error::InvalidParam);
        return ptr::null_mut();
    }
    if buffer.is_null() && !resolves {
        // SAFETY: the caller's promise.
        return unsafe { open_reporting(info, None, U::ENCODING, flags, None) };
    }
    // SAFETY: the caller's promise.
    match unsafe { text::name(buffer) } {
        // SAFETY: the caller's promise.
        Ok(name) if resolves => unsafe { report(info, resolve_name(buffer, name, flags)) },
        // SAFETY: the caller's promise.
        Ok(name) => unsafe { open_reporting(info, name.as_ref(), U::ENCODING, flags, None) },
        // SAFETY: the caller's promise.
        Err(error) => unsafe { report(info, Err(error)) },
    }
}

/// [`rename`] with its trace, for each encoding.
///
/// # Safety
/// - As for [`mmioRenameA`].
#[inline(always)]
unsafe fn traced_rename<U: Unit>(
    pszFileName: *const U,
    pszNewFileName: *const U,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    // SAFETY: NULL, or a name, the caller promises.
    let [old, new] = [pszFileName, pszNewFileName].map(|name| move || unsafe { text::shown_name(name) });
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let params = move || unsafe { OpenParams::for_trace(pmmioinfo, MEMBERS_FOR_RENAME) };
    traced!(
        File,
        (of_family!(U::ENCODING, mmioRenameA mmioRenameW mmioRenameU32))(
            pszFileName = Value::Name(old().as_deref()),
            pszNewFileName = Value::Name(new().as_deref()),
            pmmioinfo = Value::OpenParams(params().as_ref()),
            fdwRename = Flags(trace::names::NONE, fdwRename)
        ),
        move |shown, &status| show_renamed(shown, status, old(), new()),
        // SAFETY: the caller's promise.
        unsafe { rename(pszFileName, pszNewFileName, pmmioinfo) }
    )
}

/// Renames a file.
///
/// # Safety
/// - As for [`mmioRenameA`].
#[inline(never)]
unsafe fn rename<U: Unit>(old: *const U, new: *const U, info: LPCMMIOINFO) -> MMRESULT {
    let send = || {
        // SAFETY: the caller's promise.
        let old = unsafe { text::name(old) }?.ok_or(Error::InvalidParam)?;
        // SAFETY: the caller's promise.
        let new = unsafe { text::name(new) }?.ok_or(Error::InvalidParam)?;
        // SAFETY: the caller's promise.
        unsafe { send_rename(&old, &new, info, U::ENCODING) }
    };
    status(send())
}

/// Sends `MMIOM_RENAME`. Out of line: one copy serves names of each encoding.
///
/// # Safety
/// - As for [`mmioRenameA`].
#[inline(never)]
unsafe fn send_rename(old: &Name, new: &Name, info: LPCMMIOINFO, encoding: Encoding) -> Result<(), Error> {
    // SAFETY: the caller's promise.
    let params = unsafe { OpenParams::read(info, MEMBERS_FOR_RENAME) }.unwrap_or(OpenParams::NONE);
    // SAFETY: the caller's promise about pIOProc.
    let (code, procedure) = unsafe { params.choose(Some(old), encoding) }?;
    let request = params.request(code, procedure, 0, Block::NONE);
    file::send_name_message(request, &Message::Rename(old, new))
}

/// Opens or creates a file, or deletes, finds or names one.
///
/// The I/O procedure for the file is pIOProc of pmmioinfo, or else the one installed under the code fccIOProc.
/// If both are 0, the name decides: `NAME.EXT+ELEMENT` is opened by the procedure that a program has installed
/// under the code EXT, padded with spaces (see mmioInstallIOProc), every other name by the built-in procedure
/// for disk files. The procedure is given the whole name.
///
/// A disk file that exists and is named without a directory is searched for in the current directory, and then
/// in the directory of the executable. If there is no file of that name, the name is read as on Windows: `\`
/// separates directories, drive letters stand for directories, and case is ignored.
///
/// pszFileName: the name, a string that ends with NUL. NULL opens a memory file (FOURCC_MEM), or adopts the
/// open file descriptor in adwInfo[0]; descriptor 0 is adopted only if fccIOProc is FOURCC_DOS. With
/// MMIO_PARSE, MMIO_EXIST and MMIO_GETTEMP the string is in a buffer of 128 characters, which receives a name.
/// Otherwise it is not written to.
///
/// pmmioinfo: NULL, or options, with all other members 0. pIOProc or fccIOProc selects the I/O procedure.
/// pchBuffer and cchBuffer (0 to 2147483647 bytes) give the file a buffer: memory that stays valid while the
/// file is open, or NULL and the size of a buffer that the library allocates. adwInfo is passed to the I/O
/// procedure; for a memory file adwInfo[0] is the number of bytes by which it grows, or 0 if it cannot grow.
/// Memory that may grow must come from malloc. Receives the error, or 0, in wErrorRet.
///
/// fdwOpen: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE. MMIO_CREATE creates the file, or truncates it,
/// always for reading and writing. MMIO_ALLOCBUF gives the file a buffer of MMIO_DEFAULTBUFFER bytes if
/// cchBuffer is 0. A share mode holds until the file is closed: MMIO_EXCLUSIVE denies the file to others,
/// MMIO_DENYWRITE denies writing, MMIO_DENYREAD denies reading, MMIO_DENYNONE and MMIO_COMPAT (which is 0) deny
/// nothing. The following open no file: MMIO_DELETE deletes the file, MMIO_PARSE writes its absolute name to
/// pszFileName, MMIO_EXIST does so if the file exists, and MMIO_GETTEMP creates an empty file whose name begins
/// with the given one and writes its name to pszFileName.
///
/// Returns a handle for mmioClose, or NULL on failure. MMIO_DELETE, MMIO_EXIST and MMIO_PARSE return 1, or NULL
/// on failure. MMIO_GETTEMP returns NULL, or MMIOERR_FILENOTFOUND on failure.
///
/// Errors, in wErrorRet of pmmioinfo:
/// - MMIOERR_FILENOTFOUND: there is no such file.
/// - MMIOERR_PATHNOTFOUND: there is no such directory or drive.
/// - MMIOERR_ACCESSDENIED: permission is denied, or the name is that of a directory.
/// - MMIOERR_SHARINGVIOLATION: the share mode of this open or of an earlier one denies it.
/// - MMIOERR_TOOMANYOPENFILES: the process or the system has no descriptor left.
/// - MMIOERR_NETWORKERROR: the network that the file is on failed.
/// - MMIOERR_OUTOFMEMORY: there is no memory, or the resulting name is longer than its buffer.
/// - MMIOERR_INVALIDFILE: the name has more than 32767 characters, no procedure is installed under fccIOProc,
///   or the system reported another error.
/// - MMSYSERR_INVALPARAM: a name is missing, or cchBuffer is negative.
/// - Any other number is the result of the I/O procedure for MMIOM_OPEN.
///
/// Source: Microsoft's documentation. The choice of the buffer and the state of a new file were verified on
/// Windows.
///
/// Example: Reads the first bytes of a file.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
/// #include <string.h>
///
/// int main(void)
/// {
///     char name[] = "sound.wav", bytes[12];
///     MMIOINFO info;
///     HMMIO file;
///     memset(&info, 0, sizeof(info));
///     file = mmioOpen(name, &info, MMIO_READ | MMIO_ALLOCBUF);
///     if (file == NULL) {
///         printf("%s: error %u\n", name, (unsigned)info.wErrorRet);
///         return 1;
///     }
///     if (mmioRead(file, bytes, sizeof(bytes)) == 12)
///         printf("%.4s, %.4s\n", bytes, bytes + 8);
///     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
/// }
/// ```
#[allow(rustdoc::broken_intra_doc_links)] // adwInfo[0] is not a link.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpenA(pszFileName: LPSTR, pmmioinfo: LPMMIOINFO, fdwOpen: DWORD) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { traced_open(pszFileName.cast::<u8>(), pmmioinfo, fdwOpen) }
}

/// mmioOpenA under its name in 16-bit Windows, for programs that load functions by name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpen(pszFileName: LPSTR, pmmioinfo: LPMMIOINFO, fdwOpen: DWORD) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { traced_open(pszFileName.cast::<u8>(), pmmioinfo, fdwOpen) }
}

/// mmioOpenA for a name in UTF-16. A name that is not valid UTF-16 fails with MMIOERR_INVALIDFILE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpenW(
    pszFileName: *mut MMSYSTEM_CHAR16,
    pmmioinfo: LPMMIOINFO,
    fdwOpen: DWORD,
) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { traced_open(pszFileName, pmmioinfo, fdwOpen) }
}

/// mmioOpenA for a name in UTF-32, the encoding of wchar_t on Linux and macOS. Windows has no such function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpenU32(
    pszFileName: *mut MMSYSTEM_CHAR32,
    pmmioinfo: LPMMIOINFO,
    fdwOpen: DWORD,
) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { traced_open(pszFileName, pmmioinfo, fdwOpen) }
}

/// Renames a file.
///
/// The file is renamed by the I/O procedure that would open it (see mmioOpen). The built-in procedure for disk
/// files never overwrites a file. It moves a regular file to another file system by copying it; if that fails,
/// the file keeps its old name.
///
/// pszFileName: the name of the file, a string that ends with NUL.
///
/// pszNewFileName: the new name, a string that ends with NUL.
///
/// pmmioinfo: NULL, or a structure whose pIOProc or fccIOProc selects the I/O procedure, as for mmioOpen.
///
/// fdwRename: 0.
///
/// Returns 0, or on failure:
/// - MMIOERR_FILENOTFOUND: there is no such file.
/// - MMIOERR_PATHNOTFOUND: there is no such directory or drive.
/// - MMIOERR_ACCESSDENIED: permission is denied, or the new name exists.
/// - MMIOERR_SHARINGVIOLATION: another program changed or replaced the file while it was moved to another file
///   system.
/// - MMIOERR_OUTOFMEMORY: there is no memory.
/// - MMIOERR_INVALIDFILE: a name has more than 32767 characters, no procedure is installed under fccIOProc, or
///   the system reported another error.
/// - MMSYSERR_INVALPARAM: a name is NULL.
/// - Any other number is the result of the I/O procedure for MMIOM_RENAME.
///
/// Source: Microsoft's documentation. That no file is overwritten was verified on Windows.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRenameA(
    pszFileName: LPCSTR,
    pszNewFileName: LPCSTR,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName.cast::<u8>(), pszNewFileName.cast::<u8>(), pmmioinfo, fdwRename) }
}

/// mmioRenameA under its name in 16-bit Windows, for programs that load functions by name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRename(
    pszFileName: LPCSTR,
    pszNewFileName: LPCSTR,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName.cast::<u8>(), pszNewFileName.cast::<u8>(), pmmioinfo, fdwRename) }
}

/// mmioRenameA for names in UTF-16.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRenameW(
    pszFileName: *const MMSYSTEM_CHAR16,
    pszNewFileName: *const MMSYSTEM_CHAR16,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName, pszNewFileName, pmmioinfo, fdwRename) }
}

/// mmioRenameA for names in UTF-32, the encoding of wchar_t on Linux and macOS. Windows has no such function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRenameU32(
    pszFileName: *const MMSYSTEM_CHAR32,
    pszNewFileName: *const MMSYSTEM_CHAR32,
    pmmioinfo: LPCMMIOINFO,
    fdwRename: DWORD,
) -> MMRESULT {
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName, pszNewFileName, pmmioinfo, fdwRename) }
}
