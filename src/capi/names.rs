//! Functions that take a name: open and rename, in each of the three encodings.

use super::{set_error, status, text};
use crate::abi::{
    self, DWORD, FOURCC, HMMIO, HPSTR, HTASK, LONG, LPCMMIOINFO, LPCSTR, LPMMIOINFO, LPMMIOPROC, LPSTR,
    MMIOINFO, MMRESULT, MMSYSTEM_CHAR16, MMSYSTEM_CHAR32,
};
use crate::error::Error;
use crate::file::{self, OpenRequest};
use crate::fork;
use crate::fourcc::FourCc;
use crate::handles;
use crate::memory::Block;
use crate::name::{Encoding, Name, Unit};
use crate::path;
use crate::procs::call::Procedure;
use crate::procs::message::Message;
use crate::procs::{Kind, choose};
use crate::sys;
use crate::trace;
use crate::trace::Shown;
use crate::trace::Value::{self, Flags};
use core::cell::Cell;
use core::ptr;

/// What `MMIO_PARSE`, `MMIO_EXIST` and `MMIO_DELETE` return for success.
const TRUE: HMMIO = ptr::without_provenance_mut(1);

/// Renaming looks at what deleting does: a name is all that it is about, and there is no buffer.
const ABOUT_NAMES: DWORD = abi::MMIO_DELETE;

/// What a caller asks for in its structure.
#[derive(Clone, Copy)]
struct OpenParams {
    code: FOURCC,
    procedure: LPMMIOPROC,
    htask: HTASK,
    size: LONG,
    buffer: HPSTR,
    words: [DWORD; 3],
    reserved: [DWORD; 2],
}

impl OpenParams {
    const NOTHING: OpenParams = OpenParams {
        code: 0,
        procedure: None,
        htask: ptr::null_mut(),
        size: 0,
        buffer: ptr::null_mut(),
        words: [0; 3],
        reserved: [0; 2],
    };

    /// What an `mmioOpen` with these flags looks at; nothing else need be set.
    ///
    /// # Safety
    /// - `info` must be NULL or point to an `MMIOINFO`.
    #[inline]
    unsafe fn read(info: LPCMMIOINFO, flags: DWORD) -> Option<OpenParams> {
        if info.is_null() {
            return None;
        }
        if flags & (abi::MMIO_PARSE | abi::MMIO_EXIST | abi::MMIO_GETTEMP) != 0 {
            return Some(OpenParams::NOTHING);
        }
        let has_buffer = flags & abi::MMIO_DELETE == 0;
        // Member by member, as callers just wrote them: see `Chunk`.
        // SAFETY: the caller's promise; the structure is packed, and any address is aligned.
        unsafe {
            Some(OpenParams {
                code: (&raw const (*info).fccIOProc).read_unaligned(),
                procedure: (&raw const (*info).pIOProc).read_unaligned(),
                htask: (&raw const (*info).htask).read_unaligned(),
                size: if has_buffer { (&raw const (*info).cchBuffer).read_unaligned() } else { 0 },
                buffer: match has_buffer {
                    true => (&raw const (*info).pchBuffer).read_unaligned(),
                    false => ptr::null_mut(),
                },
                words: (&raw const (*info).adwInfo).read_unaligned(),
                reserved: [
                    (&raw const (*info).dwReserved1).read_unaligned(),
                    (&raw const (*info).dwReserved2).read_unaligned(),
                ],
            })
        }
    }

    /// The same, for the trace.
    ///
    /// # Safety
    /// - As for [`OpenParams::read`].
    #[cold]
    #[inline(never)]
    unsafe fn for_trace(info: LPCMMIOINFO, flags: DWORD) -> Option<MMIOINFO> {
        // SAFETY: the caller's promise.
        let OpenParams { code, procedure, size, buffer, words, .. } =
            unsafe { OpenParams::read(info, flags) }?;
        let named = MMIOINFO { fccIOProc: code, pIOProc: procedure, adwInfo: words, ..MMIOINFO::EMPTY };
        Some(MMIOINFO { cchBuffer: size, pchBuffer: buffer, ..named })
    }

    /// The procedure for a file of this name.
    ///
    /// # Safety
    /// - The procedure that is asked for must be none or an I/O procedure.
    #[inline]
    unsafe fn choose(&self, name: Option<&Name>, encoding: Encoding) -> Result<(FourCc, Procedure), Error> {
        // SAFETY: the caller's promise.
        let given = self.procedure.map(|address| unsafe { Procedure::new(address, encoding) });
        choose(given, FourCc(self.code), name, encoding)
    }

    #[inline]
    fn request(&self, code: FourCc, procedure: Procedure, flags: DWORD, block: Block) -> OpenRequest {
        let OpenParams { htask, words, reserved, .. } = *self;
        OpenRequest { code, procedure, flags, block, htask, words, reserved }
    }
}

/// Opens or deletes a file.
///
/// # Safety
/// - As for [`mmioOpenA`].
#[inline(always)]
unsafe fn open(
    info: LPCMMIOINFO,
    name: Option<&Name>,
    encoding: Encoding,
    flags: DWORD,
) -> Result<HMMIO, Error> {
    fork::register_handlers()?;
    // SAFETY: the caller's promise.
    let params = unsafe { OpenParams::read(info, flags) }.unwrap_or(OpenParams::NOTHING);
    // SAFETY: the caller's promise about pIOProc.
    let (code, procedure) = unsafe { params.choose(name, encoding) }?;
    if flags & abi::MMIO_DELETE != 0 {
        let message = Message::Open(Some(name.ok_or(Error::InvalidParam)?));
        let request = params.request(code, procedure, flags, Block::NONE);
        return file::send_name_message(request, &message).map(|()| TRUE);
    }
    // Whoever forgot to fill the structure in does not mean the standard input, descriptor 0.
    let [descriptor, ..] = params.words;
    let forgot = name.is_none() && descriptor == 0 && params.code != FourCc::DOS.0;
    if forgot && procedure.kind() == Kind::Dos {
        return Err(Error::FileNotFound);
    }
    let Ok(size) = usize::try_from(params.size) else { return Err(Error::InvalidParam) };
    let allocate = flags & abi::MMIO_ALLOCBUF != 0;
    // SAFETY: the caller's promise about pchBuffer.
    let block = unsafe { Block::for_request(params.buffer.cast(), size, allocate) };
    let Some(block) = block else { return Err(Error::OutOfMemory) };
    handles::open(params.request(code, procedure, flags, block), name)
}

/// The same, and says in the caller's structure how that went.
///
/// # Safety
/// - As for [`mmioOpenA`].
#[inline(never)]
unsafe fn open_reporting(info: LPMMIOINFO, name: Option<&Name>, encoding: Encoding, flags: DWORD) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { report(info, open(info, name, encoding, flags)) }
}

/// Says in the caller's structure how opening went, and makes it the answer.
///
/// # Safety
/// - `info` must be NULL or point to an `MMIOINFO`.
#[inline(always)]
unsafe fn report(info: LPMMIOINFO, opened: Result<HMMIO, Error>) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { set_error(info, opened.err()) };
    opened.unwrap_or(ptr::null_mut())
}

/// Answers where a file is, or would be.
///
/// # Safety
/// - As for [`mmioOpenA`] with `MMIO_PARSE` or `MMIO_EXIST`.
unsafe fn resolve_name<U: Unit>(buffer: *mut U, name: Option<Name>, flags: DWORD) -> Result<HMMIO, Error> {
    let name = name.ok_or(Error::InvalidParam)?;
    let look = || if flags & abi::MMIO_EXIST == 0 { path::absolute(&name) } else { path::existing(&name) };
    let full = sys::uncancelled(look);
    // SAFETY: the caller promises 128 characters of room.
    unsafe { text::put_name(buffer, &full?) }.map(|()| TRUE)
}

/// Makes a temporary file and writes its name to the buffer.
///
/// # Safety
/// - As for [`mmioOpenA`] with `MMIO_GETTEMP`.
unsafe fn temporary<U: Unit>(buffer: *mut U) -> Result<(), Error> {
    // SAFETY: the caller's promise.
    let name = unsafe { text::name(buffer) }?.ok_or(Error::InvalidParam)?;
    // (Once the file is made nothing may fail: nobody would know of it.)
    let units = Cell::new(None);
    let fits = |made: &Name| {
        units.set(Some(text::fitting::<U>(made)?));
        Ok(())
    };
    sys::uncancelled(|| path::temporary(&name, fits))?;
    // SAFETY: the caller promises 128 characters of room; it fits.
    unsafe { text::put_units(buffer, &units.take().unwrap_or_default()) }
}

/// Shows what came of `mmioOpen`, and notes what the file is called. The name is the one that is there afterwards.
#[cold]
#[inline(never)]
fn show_opened(
    shown: &mut Shown,
    answer: HMMIO,
    name: Option<Vec<u8>>,
    params: &dyn Fn() -> Option<MMIOINFO>,
    flags: DWORD,
) {
    let makes_file = flags & abi::MMIO_GETTEMP != 0;
    shown.requested(name.as_deref(), None);
    shown.result(match u32::try_from(answer.addr()) {
        // The error is the handle.
        Ok(error) if makes_file => Value::Status(error),
        _ => Value::Opened(answer),
    });
    let is_resolved = flags & (abi::MMIO_PARSE | abi::MMIO_EXIST) != 0 && answer == TRUE;
    if makes_file && answer.is_null() || is_resolved {
        shown.with("pszFileName", Value::Name(name.as_deref()));
    }
    if !makes_file && answer.addr() > TRUE.addr() {
        trace::opened(answer, name.as_deref(), &params().unwrap_or(MMIOINFO::EMPTY));
    }
}

/// Shows what came of `mmioRename`.
#[cold]
#[inline(never)]
fn show_renamed(shown: &mut Shown, answer: MMRESULT, old: Option<Vec<u8>>, new: Option<Vec<u8>>) {
    shown.result(Value::Status(answer));
    shown.requested(old.as_deref(), new.as_deref());
}

/// [`open_or_resolve`], in the trace of each of its exported functions.
///
/// # Safety
/// - As for [`mmioOpenA`].
#[inline(always)]
unsafe fn traced_open<U: Unit>(pszFileName: *mut U, pmmioinfo: LPMMIOINFO, fdwOpen: DWORD) -> HMMIO {
    // SAFETY: the caller's promise; what it is about ends with a NUL before and after.
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

/// Opens, or does what else `mmioOpen` does with a name.
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
        return unsafe { open_reporting(info, None, U::ENCODING, flags) };
    }
    // SAFETY: the caller's promise.
    match unsafe { text::name(buffer) } {
        // SAFETY: the caller's promise.
        Ok(name) if resolves => unsafe { report(info, resolve_name(buffer, name, flags)) },
        // SAFETY: the caller's promise.
        Ok(name) => unsafe { open_reporting(info, name.as_ref(), U::ENCODING, flags) },
        // SAFETY: the caller's promise.
        Err(error) => unsafe { report(info, Err(error)) },
    }
}

/// [`rename`], in the trace of each of its exported functions.
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
    let params = move || unsafe { OpenParams::for_trace(pmmioinfo, ABOUT_NAMES) };
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
        let params = unsafe { OpenParams::read(info, ABOUT_NAMES) }.unwrap_or(OpenParams::NOTHING);
        // SAFETY: the caller's promise about pIOProc.
        let (code, procedure) = unsafe { params.choose(Some(&old), U::ENCODING) }?;
        let request = params.request(code, procedure, 0, Block::NONE);
        file::send_name_message(request, &Message::Rename(&old, &new))
    };
    status(send())
}

/// Opens, creates, deletes, names or looks for a file.
///
/// pszFileName: the name; NULL for a memory file (FOURCC_MEM) or to adopt the open file descriptor in
/// adwInfo[0] (which may be 0 with FOURCC_DOS only; else that is MMIOERR_FILENOTFOUND). `NAME.EXT+ELEMENT` is opened by the I/O procedure installed under the code EXT and
/// a space. With MMIO_PARSE, MMIO_EXIST and MMIO_GETTEMP it is a buffer of 128 characters that receives a
/// name; otherwise it is not written to. An existing file that is named without a directory is looked for in
/// the current one, and then beside the program. A name that is not there as it is may be there in another case, or with
/// the separators and drives of Windows.
///
/// pmmioinfo: NULL, or options: pIOProc or fccIOProc (the I/O procedure), pchBuffer and cchBuffer (the
/// buffer, in bytes, 0 to 2147483647), adwInfo (the procedure's; for a memory file adwInfo[0] is the step in
/// bytes by which it grows, 0 for one that does not). All else must be 0. Receives the error in wErrorRet.
///
/// fdwOpen: one of MMIO_READ, MMIO_WRITE, MMIO_READWRITE; with MMIO_CREATE (makes or empties the file, always
/// for reading and writing), MMIO_ALLOCBUF (with a buffer of MMIO_DEFAULTBUFFER bytes), and a share mode:
/// MMIO_EXCLUSIVE (others may not open the file), MMIO_DENYWRITE, MMIO_DENYREAD (not for that), MMIO_DENYNONE, or
/// MMIO_COMPAT, which is 0, and denies nothing too; or MMIO_DELETE (deletes the file), MMIO_EXIST (whether it is there, and
/// its full name), MMIO_PARSE (its full name), MMIO_GETTEMP (makes a temporary file, and gives its name), which open nothing.
///
/// Returns the handle, for mmioClose; NULL on failure. MMIO_DELETE, MMIO_EXIST and MMIO_PARSE return 1 or
/// NULL. MMIO_GETTEMP returns NULL on success and MMIOERR_FILENOTFOUND on failure.
///
/// Errors, in wErrorRet of pmmioinfo: MMIOERR_FILENOTFOUND: there is no such file; MMIOERR_PATHNOTFOUND: there is no such
/// directory or drive; MMIOERR_ACCESSDENIED: no permission, or it is a directory; MMIOERR_SHARINGVIOLATION: a
/// share mode, of this open or an earlier one, denies it; MMIOERR_TOOMANYOPENFILES: the system has no
/// descriptor left; MMIOERR_NETWORKERROR: the file's network fails; MMIOERR_OUTOFMEMORY: no memory, or a name
/// longer than its buffer; MMIOERR_INVALIDFILE: a name of more than 32767 characters, any other error of the
/// system, or no procedure has the code fccIOProc; MMSYSERR_INVALPARAM: a name is missing, or a size
/// negative; what else the I/O procedure answers.
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
    unsafe { traced_open(pszFileName.cast::<u8>(), pmmioinfo, fdwOpen) }
}

/// mmioOpenA under the name that 16-bit Windows had for it.
///
/// # Safety
/// - As for mmioOpenA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioOpen(pszFileName: LPSTR, pmmioinfo: LPMMIOINFO, fdwOpen: DWORD) -> HMMIO {
    // SAFETY: the caller's promise.
    unsafe { traced_open(pszFileName.cast::<u8>(), pmmioinfo, fdwOpen) }
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
    unsafe { traced_open(pszFileName, pmmioinfo, fdwOpen) }
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
    unsafe { traced_open(pszFileName, pmmioinfo, fdwOpen) }
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
/// Returns 0; MMIOERR_FILENOTFOUND: there is no such file; MMIOERR_PATHNOTFOUND: there is no such directory
/// or drive; MMIOERR_ACCESSDENIED: no permission, or the new name exists; MMIOERR_SHARINGVIOLATION: the file
/// was changed or replaced while it moved to another file system; MMIOERR_INVALIDFILE: a name of more than
/// 32767 characters, another error of the system, or no procedure has the code fccIOProc;
/// MMSYSERR_INVALPARAM: a name is NULL; what else the I/O procedure answers.
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
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName.cast::<u8>(), pszNewFileName.cast::<u8>(), pmmioinfo, fdwRename) }
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
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName.cast::<u8>(), pszNewFileName.cast::<u8>(), pmmioinfo, fdwRename) }
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
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName, pszNewFileName, pmmioinfo, fdwRename) }
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
    // SAFETY: the caller's promise.
    unsafe { traced_rename(pszFileName, pszNewFileName, pmmioinfo, fdwRename) }
}
