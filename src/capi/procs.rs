//! Codes, and the I/O procedures installed under them.

use super::text;
use crate::abi::{
    DWORD, FOURCC, LPCSTR, LPMMIOPROC, MMIO_FINDPROC, MMIO_GLOBALPROC, MMIO_INSTALLPROC, MMIO_REMOVEPROC,
    MMIO_TOUPPER, MMIO_UNICODEPROC, MMSYSERR_NODRIVER, MMSYSTEM_CHAR16, MMSYSTEM_CHAR32, UINT,
};
use crate::error::Error;
use crate::fork;
use crate::fourcc::FourCc;
use crate::name::{Encoding, Unit};
use crate::procs::call::Procedure;
use crate::procs::registry;
use crate::trace::Value::{self, Code, Flags, Name};
use crate::trace::{self, names};

/// [`string_to_fourcc`], in the trace of each of its exported functions.
///
/// # Safety
/// - As for [`mmioStringToFOURCCA`].
#[inline(always)]
unsafe fn traced_string_to_fourcc<U: Unit>(sz: *const U, uFlags: UINT) -> FOURCC {
    traced!(
        Proc,
        (of_family!(U::ENCODING, mmioStringToFOURCCA mmioStringToFOURCCW mmioStringToFOURCCU32))(
            // SAFETY: the caller's promise.
            sz = Name(unsafe { text::shown_start::<U, 4>(sz) }.as_deref()),
            uFlags = Flags(names::FOURCC, uFlags)
        ),
        Code,
        // SAFETY: the caller's promise.
        unsafe { string_to_fourcc(sz, uFlags) }
    )
}

/// # Safety
/// - As for [`mmioStringToFOURCCA`].
#[inline(never)]
unsafe fn string_to_fourcc<U: Unit>(text: *const U, flags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    let (units, count) = unsafe { text::first_units::<U, 4>(text) };
    let units = units.get(..count).unwrap_or_default();
    FourCc::from_units(units.iter().map(|&unit| unit.into()), flags & MMIO_TOUPPER != 0).0
}

/// [`install`], in the trace of each of its exported functions.
///
/// # Safety
/// - As for [`mmioInstallIOProcA`].
#[inline(always)]
unsafe fn traced_install(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
    encoding: Encoding,
) -> LPMMIOPROC {
    traced!(
        Proc,
        (of_family!(encoding, mmioInstallIOProcA mmioInstallIOProcW mmioInstallIOProcU32))(
            fccIOProc = Code(fccIOProc),
            pIOProc = Value::Procedure(pIOProc),
            dwFlags = Flags(names::INSTALL, dwFlags)
        ),
        move |shown, &procedure| shown.result(Value::Procedure(procedure)),
        // SAFETY: the caller's promise.
        unsafe { install(FourCc(fccIOProc), pIOProc, dwFlags, encoding) }
    )
}

/// Installs, removes or finds a procedure.
///
/// # Safety
/// - As for [`mmioInstallIOProcA`].
#[inline(never)]
unsafe fn install(code: FourCc, address: LPMMIOPROC, flags: DWORD, encoding: Encoding) -> LPMMIOPROC {
    let encoding =
        if flags & MMIO_UNICODEPROC != 0 && encoding == Encoding::Bytes { Encoding::Utf16 } else { encoding };
    // SAFETY: the caller's promise.
    let given = address.map(|address| unsafe { Procedure::new(address, encoding) });
    let given = given.ok_or(Error::InvalidParam);
    let none = Error::Other(MMSYSERR_NODRIVER);
    let procedure = match flags & (MMIO_INSTALLPROC | MMIO_REMOVEPROC | MMIO_FINDPROC) {
        MMIO_INSTALLPROC if code.0 != 0 => given.and_then(|procedure| {
            fork::register_handlers()?;
            registry::install(code, procedure, flags & MMIO_GLOBALPROC != 0).map(|()| procedure)
        }),
        MMIO_REMOVEPROC if code.0 != 0 => registry::remove(code).ok_or(none),
        MMIO_REMOVEPROC => given.and_then(|given| registry::remove_procedure(given).ok_or(none)),
        MMIO_FINDPROC => registry::find(code).ok_or(none),
        _ => Err(Error::InvalidParam),
    };
    // The caller gets NULL for each error; the trace shows which one it was.
    procedure.inspect_err(|&error| trace::note(error)).ok().map(Procedure::address)
}

/// Makes a four-character code of a string.
///
/// sz: up to four characters; a shorter string is padded with spaces, NULL is four of them.
///
/// uFlags: 0, or MMIO_TOUPPER to fold the ASCII letters to capitals.
///
/// Returns the code; there is no error.
///
/// Source: doc; ASCII only: ours.
///
/// # Safety
/// - sz: NULL, or a string that ends with NUL or has four characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCCA(sz: LPCSTR, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz.cast::<u8>(), uFlags) }
}

/// mmioStringToFOURCCA under the name that 16-bit Windows had for it.
///
/// # Safety
/// - As for mmioStringToFOURCCA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCC(sz: LPCSTR, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz.cast::<u8>(), uFlags) }
}

/// mmioStringToFOURCCA for a string in UTF-16; a character beyond a byte gives its low byte.
///
/// # Safety
/// - As for mmioStringToFOURCCA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCCW(sz: *const MMSYSTEM_CHAR16, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz, uFlags) }
}

/// mmioStringToFOURCCA for a string in UTF-32 (ours); a character beyond a byte gives its low byte.
///
/// # Safety
/// - As for mmioStringToFOURCCA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCCU32(sz: *const MMSYSTEM_CHAR32, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz, uFlags) }
}

/// Installs, removes or finds an I/O procedure.
///
/// fccIOProc: the code: three letters of a file name's extension and a space, or any other. The built-in ones
/// are FOURCC_DOS and FOURCC_MEM: they can be overridden, and are there again after the removal.
///
/// pIOProc: the procedure to install. With MMIO_REMOVEPROC and the code 0, the procedure to remove, whatever
/// its code. Else not used.
///
/// dwFlags: one of MMIO_INSTALLPROC, MMIO_REMOVEPROC and MMIO_FINDPROC; with MMIO_INSTALLPROC also
/// MMIO_GLOBALPROC (found after all local ones) and MMIO_UNICODEPROC (gets names in UTF-16).
///
/// Returns the procedure installed, removed or found: the newest install of a code comes first. NULL if there
/// is none, or the flags are not exactly one of the three. Files that are open with a procedure keep it.
///
/// Source: doc; that open files keep it: ours.
///
/// # Safety
/// - pIOProc: NULL, or an I/O procedure that can be called as long as it is installed or a file is open with
///   it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProcA(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Bytes) }
}

/// mmioInstallIOProcA under the name that 16-bit Windows had for it.
///
/// # Safety
/// - As for mmioInstallIOProcA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProc(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Bytes) }
}

/// mmioInstallIOProcA for a procedure that gets names in UTF-16, whatever the callers use.
///
/// # Safety
/// - As for mmioInstallIOProcA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProcW(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Utf16) }
}

/// mmioInstallIOProcA for a procedure that gets names in UTF-32, whatever the callers use (ours).
///
/// # Safety
/// - As for mmioInstallIOProcA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProcU32(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Utf32) }
}
