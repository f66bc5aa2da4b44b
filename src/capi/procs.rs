//! Four-character codes, and the I/O procedures installed under them.

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

/// [`string_to_fourcc`] with its trace, for each encoding.
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

/// Converts a string to a four-character code.
///
/// # Safety
/// - As for [`mmioStringToFOURCCA`].
#[inline(never)]
unsafe fn string_to_fourcc<U: Unit>(text: *const U, flags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    let (units, count) = unsafe { text::first_units::<U, 4>(text) };
    let units = units.get(..count).unwrap_or_default();
    FourCc::from_units(units.iter().map(|&unit| unit.into()), flags & MMIO_TOUPPER != 0).0
}

/// [`install`] with its trace, for each encoding.
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

/// Converts a string to a four-character code.
///
/// Four-character codes name the kinds of chunks, and I/O procedures (see mmioInstallIOProc). The first
/// character is the lowest byte of the code, and so the first byte in a file. mmioFOURCC makes a code of
/// characters that are known when the program is compiled.
///
/// sz: up to four characters; NUL ends a shorter string, which is padded with spaces. NULL is the empty string.
///
/// uFlags: 0, or MMIO_TOUPPER to convert letters to upper case.
///
/// Returns the code. There are no errors.
///
/// Source: Microsoft's documentation. MMIO_TOUPPER converts ASCII letters only, so that the code of a file does
/// not depend on the locale.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCCA(sz: LPCSTR, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz.cast::<u8>(), uFlags) }
}

/// mmioStringToFOURCCA under its name in 16-bit Windows, for programs that load functions by name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCC(sz: LPCSTR, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz.cast::<u8>(), uFlags) }
}

/// mmioStringToFOURCCA for a string in UTF-16. Of a character above 255 only the lowest byte is used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCCW(sz: *const MMSYSTEM_CHAR16, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz, uFlags) }
}

/// mmioStringToFOURCCA for a string in UTF-32, the encoding of wchar_t on Linux and macOS. Windows has no such
/// function. Of a character above 255 only the lowest byte is used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioStringToFOURCCU32(sz: *const MMSYSTEM_CHAR32, uFlags: UINT) -> FOURCC {
    // SAFETY: the caller's promise.
    unsafe { traced_string_to_fourcc(sz, uFlags) }
}

/// Installs, removes or finds an I/O procedure.
///
/// An I/O procedure does the input and output of a kind of file, in place of the operating system: see
/// LPMMIOPROC. mmioOpen uses the procedure installed under the code EXT for names of the form
/// `NAME.EXT+ELEMENT`; it also takes a code or a procedure in a structure.
///
/// If several procedures have the same code, the one installed last is used, and is removed first. A procedure
/// that was installed twice must be removed twice. The built-in procedures, FOURCC_DOS for disk files and
/// FOURCC_MEM for memory files, can be overridden but not removed. Files that are open with a procedure keep it
/// when it is removed.
///
/// fccIOProc: the code, for instance a file name extension in upper case, padded with spaces.
///
/// pIOProc: with MMIO_INSTALLPROC the procedure; it must be callable as long as it is installed or a file is
/// open with it. With MMIO_REMOVEPROC and the code 0 the procedure to remove, whatever its code. Otherwise it
/// is ignored.
///
/// dwFlags: one of MMIO_INSTALLPROC, MMIO_REMOVEPROC and MMIO_FINDPROC. With MMIO_INSTALLPROC also
/// MMIO_GLOBALPROC (it is searched after all procedures that were installed without) and MMIO_UNICODEPROC (it
/// receives names in UTF-16).
///
/// Returns the procedure that was installed, removed or found. Returns NULL if there is none, if fccIOProc or
/// pIOProc is 0 where one is needed, if there is no memory, or if dwFlags has not exactly one of the three
/// flags.
///
/// Source: Microsoft's documentation, which does not say that open files keep a procedure.
///
/// Example: A procedure whose files all contain the same text.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
/// #include <string.h>
///
/// static const char text[] = "Hello from an I/O procedure.\n";
///
/// static LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg,
///                                LPARAM lParam1, LPARAM lParam2)
/// {
///     LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
///     LONG size = (LONG)strlen(text), count;
///     switch (uMsg) {
///     case MMIOM_READ:
///         count = size - info->lDiskOffset;
///         if (count > lParam2)
///             count = (LONG)lParam2;
///         memcpy((void *)lParam1, text + info->lDiskOffset,
///                (size_t)count);
///         info->lDiskOffset += count;
///         return count;
///     case MMIOM_SEEK:
///         if (lParam2 != SEEK_SET || lParam1 < 0 || lParam1 > size)
///             return -1;
///         return info->lDiskOffset = (LONG)lParam1;
///     case MMIOM_WRITE:
///     case MMIOM_WRITEFLUSH:
///         return -1;
///     }
///     return 0;
/// }
///
/// int main(void)
/// {
///     FOURCC code = mmioFOURCC('H', 'E', 'Y', ' ');
///     char name[] = "any.hey+", bytes[100];
///     LONG count;
///     HMMIO file;
///     if (mmioInstallIOProc(code, IOProc, MMIO_INSTALLPROC) == NULL)
///         return 1;
///     file = mmioOpen(name, NULL, MMIO_READ);
///     count = mmioRead(file, bytes, sizeof(bytes));
///     if (count > 0)
///         fwrite(bytes, 1, (size_t)count, stdout);
///     mmioClose(file, 0);
///     mmioInstallIOProc(code, NULL, MMIO_REMOVEPROC);
///     return count > 0 ? 0 : 1;
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProcA(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Bytes) }
}

/// mmioInstallIOProcA under its name in 16-bit Windows, for programs that load functions by name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProc(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Bytes) }
}

/// mmioInstallIOProcA for a procedure that receives names in UTF-16, whatever encoding the caller of mmioOpen
/// uses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProcW(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Utf16) }
}

/// mmioInstallIOProcA for a procedure that receives names in UTF-32, the encoding of wchar_t on Linux and
/// macOS. Windows has no such function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioInstallIOProcU32(
    fccIOProc: FOURCC,
    pIOProc: LPMMIOPROC,
    dwFlags: DWORD,
) -> LPMMIOPROC {
    // SAFETY: the caller's promise.
    unsafe { traced_install(fccIOProc, pIOProc, dwFlags, Encoding::Utf32) }
}
