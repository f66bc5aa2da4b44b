//! The C types, constants and structures of `mmsystem.h`, which cbindgen generates from this file.
//!
//! The layout assertions below are repeated in C in `mmsystem_macros.h`.
#![forbid(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case, missing_docs, clippy::upper_case_acronyms)]

use core::ffi::{c_char, c_int};
use core::ptr;

mod callbacks;
mod common;
mod ext;
mod messages;
mod results;
mod time;
pub use callbacks::*;
pub use common::*;
pub use ext::*;
pub use messages::*;
pub use results::*;
pub use time::*;

pub type BYTE = u8;
pub type WORD = u16;
pub type DWORD = u32;
pub type LONG = i32;
pub type UINT = u32;
pub type LPARAM = isize;
pub type LRESULT = isize;
pub type FOURCC = u32;
pub type MMRESULT = u32;
pub type HPSTR = *mut c_char;
pub type HPCSTR = *const c_char;
pub type LPSTR = *mut c_char;
pub type LPCSTR = *const c_char;
/// A UTF-16 code unit.
pub type MMSYSTEM_CHAR16 = u16;
/// A UTF-32 code unit.
pub type MMSYSTEM_CHAR32 = u32;

/// A handle to an open file. It is a number, not an address.
#[repr(C)]
#[derive(Debug)]
pub struct HMMIO__ {
    unused: c_int,
}
pub type HMMIO = *mut HMMIO__;

/// A task of 16-bit Windows. The library does not use it.
#[repr(C)]
#[derive(Debug)]
pub struct HTASK__ {
    unused: c_int,
}
pub type HTASK = *mut HTASK__;

/// The type of an I/O procedure, which does the input and output of a kind of file.
///
/// The library calls the procedure with a message for each operation on a file: mmioOpen sends MMIOM_OPEN,
/// mmioRead sends MMIOM_READ when the buffer is empty, and so on. Each message has a page of the manual, which
/// says when it is sent and what the procedure must do. A program installs its procedure with
/// mmioInstallIOProc, or passes it to mmioOpen in pIOProc.
///
/// The procedure may call any function, also on the same file; messages about one file may be nested 64 deep.
/// Messages about different files come from any thread. While the procedure runs, its file is locked for other
/// threads: two procedures that each use the file of the other, in two threads, deadlock.
/// The procedure must return: after a longjmp, an exception or the end of the thread the file stays locked.
///
/// A procedure may keep bytes in buffers of its own, and empty them when it receives MMIOM_WRITEFLUSH. When
/// mmioFlush, mmioSetBuffer or mmioClose has returned 0, that was the last write message.
///
/// lpmmioinfo: the MMIOINFO of the file, at the same address as long as the file is open. The procedure keeps
/// its position in lDiskOffset, and may use adwInfo, dwReserved1 and dwReserved2. Changes of other members are
/// ignored.
///
/// uMsg: MMIOM_OPEN, MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH, MMIOM_SEEK, MMIOM_CLOSE, MMIOM_RENAME, or a
/// number from MMIOM_USER up.
///
/// lParam1, lParam2: depend on the message: a name and 0 (MMIOM_OPEN); memory and its size in bytes
/// (MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH); an offset and an origin (MMIOM_SEEK); flags and 0
/// (MMIOM_CLOSE); the old and the new name (MMIOM_RENAME); what the program agreed on with its procedure
/// (MMIOM_USER and above).
///
/// Returns 0 or an error (MMIOM_OPEN, MMIOM_CLOSE, MMIOM_RENAME); a number of bytes, or -1 (MMIOM_READ,
/// MMIOM_WRITE, MMIOM_WRITEFLUSH); the new position, or -1 (MMIOM_SEEK); 0 for a message that it does not know.
///
/// Example: A procedure whose files are streams of stdio, which have buffers. The page of each message has the
/// case for it.
/// ```c
/// #include <mmsystem_ext.h>
/// #include <stdio.h>
///
/// LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg,
///                         LPARAM lParam1, LPARAM lParam2)
/// {
///     LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
///     FILE *file = (FILE *)mmsys_context(info);
///     switch (uMsg) {
///     // A case for each message: see its page.
///     }
///     return 0;
/// }
/// ```
pub type LPMMIOPROC =
    Option<unsafe extern "C" fn(lpmmioinfo: LPSTR, uMsg: UINT, lParam1: LPARAM, lParam2: LPARAM) -> LRESULT>;

/// The state of an open file, and the options for opening one.
///
/// mmioOpen reads options from it, mmioGetInfo copies the state of a file into it, and each message to an I/O
/// procedure comes with that of its file. The three pointers into the buffer are for direct access: see
/// mmioAdvance.
#[repr(C, packed)]
#[derive(Clone, Copy, Debug)]
pub struct _MMIOINFO {
    /// The flags given to mmioOpen, and MMIO_DIRTY.
    pub dwFlags: DWORD,
    /// The code of the I/O procedure.
    pub fccIOProc: FOURCC,
    /// The I/O procedure.
    pub pIOProc: LPMMIOPROC,
    /// The last error: 0, MMSYSERR_* or MMIOERR_*.
    pub wErrorRet: UINT,
    /// Not used.
    pub htask: HTASK,
    /// The size of the I/O buffer, in bytes.
    pub cchBuffer: LONG,
    /// The start of the I/O buffer; NULL if the file is unbuffered.
    pub pchBuffer: HPSTR,
    /// The next byte to read or write.
    pub pchNext: HPSTR,
    /// The end of the bytes of the file in the buffer.
    pub pchEndRead: HPSTR,
    /// The end of the buffer.
    pub pchEndWrite: HPSTR,
    /// The position in the file of the start of the buffer, in bytes.
    pub lBufOffset: LONG,
    /// The position of the I/O procedure in the file, in bytes.
    pub lDiskOffset: LONG,
    /// For the I/O procedure.
    pub adwInfo: [DWORD; 3],
    /// For the program and the I/O procedure.
    pub dwReserved1: DWORD,
    /// For the program and the I/O procedure.
    pub dwReserved2: DWORD,
    /// The handle of the file.
    pub hmmio: HMMIO,
}
pub type MMIOINFO = _MMIOINFO;

impl MMIOINFO {
    pub(crate) const EMPTY: MMIOINFO = MMIOINFO {
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
}
pub type PMMIOINFO = *mut _MMIOINFO;
pub type NPMMIOINFO = *mut _MMIOINFO;
pub type LPMMIOINFO = *mut _MMIOINFO;
pub type LPCMMIOINFO = *const _MMIOINFO;

/// A chunk of a RIFF file.
///
/// mmioDescend and mmioCreateChunk fill it in; mmioAscend uses it to find the end of the chunk.
#[repr(C, packed)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct _MMCKINFO {
    /// The chunk's code.
    pub ckid: FOURCC,
    /// The size of its data in bytes, the form or list type included, the pad byte not.
    pub cksize: DWORD,
    /// The form type of a RIFF chunk, the list type of a LIST chunk.
    pub fccType: FOURCC,
    /// The position in the file of the data, in bytes.
    pub dwDataOffset: DWORD,
    /// MMIO_DIRTY between mmioCreateChunk and mmioAscend.
    pub dwFlags: DWORD,
}
pub type MMCKINFO = _MMCKINFO;
pub type PMMCKINFO = *mut _MMCKINFO;
pub type NPMMCKINFO = *mut _MMCKINFO;
pub type LPMMCKINFO = *mut _MMCKINFO;
pub type LPCMMCKINFO = *const _MMCKINFO;

pub const MMIO_READ: DWORD = 0x0000_0000;
pub const MMIO_WRITE: DWORD = 0x0000_0001;
pub const MMIO_READWRITE: DWORD = 0x0000_0002;
pub const MMIO_RWMODE: DWORD = 0x0000_0003;
pub const MMIO_COMPAT: DWORD = 0x0000_0000;
pub const MMIO_EXCLUSIVE: DWORD = 0x0000_0010;
pub const MMIO_DENYWRITE: DWORD = 0x0000_0020;
pub const MMIO_DENYREAD: DWORD = 0x0000_0030;
pub const MMIO_DENYNONE: DWORD = 0x0000_0040;
pub const MMIO_SHAREMODE: DWORD = 0x0000_0070;
pub const MMIO_PARSE: DWORD = 0x0000_0100;
pub const MMIO_DELETE: DWORD = 0x0000_0200;
pub const MMIO_CREATE: DWORD = 0x0000_1000;
pub const MMIO_EXIST: DWORD = 0x0000_4000;
pub const MMIO_ALLOCBUF: DWORD = 0x0001_0000;
pub const MMIO_GETTEMP: DWORD = 0x0002_0000;
pub const MMIO_DIRTY: DWORD = 0x1000_0000;

pub const MMIO_FHOPEN: UINT = 0x0010;
pub const MMIO_EMPTYBUF: UINT = 0x0010;
pub const MMIO_TOUPPER: UINT = 0x0010;

pub const MMIO_INSTALLPROC: DWORD = 0x0001_0000;
pub const MMIO_REMOVEPROC: DWORD = 0x0002_0000;
pub const MMIO_FINDPROC: DWORD = 0x0004_0000;
pub const MMIO_UNICODEPROC: DWORD = 0x0100_0000;
pub const MMIO_GLOBALPROC: DWORD = 0x1000_0000;

pub const MMIO_FINDCHUNK: UINT = 0x0010;
pub const MMIO_FINDRIFF: UINT = 0x0020;
pub const MMIO_FINDLIST: UINT = 0x0040;
pub const MMIO_CREATERIFF: UINT = 0x0020;
pub const MMIO_CREATELIST: UINT = 0x0040;

pub const MMIO_DEFAULTBUFFER: LONG = 8192;

pub const MMIOERR_BASE: UINT = 256;
pub const MMIOERR_FILENOTFOUND: UINT = 257;
pub const MMIOERR_OUTOFMEMORY: UINT = 258;
pub const MMIOERR_CANNOTOPEN: UINT = 259;
pub const MMIOERR_CANNOTCLOSE: UINT = 260;
pub const MMIOERR_CANNOTREAD: UINT = 261;
pub const MMIOERR_CANNOTWRITE: UINT = 262;
pub const MMIOERR_CANNOTSEEK: UINT = 263;
pub const MMIOERR_CANNOTEXPAND: UINT = 264;
pub const MMIOERR_CHUNKNOTFOUND: UINT = 265;
pub const MMIOERR_UNBUFFERED: UINT = 266;
pub const MMIOERR_PATHNOTFOUND: UINT = 267;
pub const MMIOERR_ACCESSDENIED: UINT = 268;
pub const MMIOERR_SHARINGVIOLATION: UINT = 269;
pub const MMIOERR_NETWORKERROR: UINT = 270;
pub const MMIOERR_TOOMANYOPENFILES: UINT = 271;
pub const MMIOERR_INVALIDFILE: UINT = 272;

/// The layout that Windows programs were compiled against (docs/contract.md, part 1).
mod layout {
    use super::{MMCKINFO, MMIOINFO};
    use core::mem::{offset_of, size_of};

    macro_rules! offsets {
        ($type:ty: $($field:ident $at64:literal $at32:literal),*) => {
            $(const _: () = assert!(
                offset_of!($type, $field) == if cfg!(target_pointer_width = "64") { $at64 } else { $at32 }
            );)*
        };
    }

    const _: () = assert!(size_of::<MMIOINFO>() == if cfg!(target_pointer_width = "64") { 100 } else { 72 });
    const _: () = assert!(size_of::<MMCKINFO>() == 20);
    offsets!(MMIOINFO: dwFlags 0 0, fccIOProc 4 4, pIOProc 8 8, wErrorRet 16 12, htask 20 16,
        cchBuffer 28 20, pchBuffer 32 24, pchNext 40 28, pchEndRead 48 32, pchEndWrite 56 36,
        lBufOffset 64 40, lDiskOffset 68 44, adwInfo 72 48, dwReserved1 84 60, dwReserved2 88 64, hmmio 92 68);
    offsets!(MMCKINFO: ckid 0 0, cksize 4 4, fccType 8 8, dwDataOffset 12 12, dwFlags 16 16);
}
