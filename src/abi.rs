//! The C types, constants and structures of `mmsystem.h`, as the library and its callers share them.
//!
//! cbindgen reads this file for the header; the layout assertions below hold for the header too, which
//! repeats them in C.
#![forbid(unsafe_code)]
#![allow(non_camel_case_types, non_snake_case, missing_docs, clippy::upper_case_acronyms)]

use core::ffi::{c_char, c_int};
use core::ptr;

mod common;
mod ext;
mod messages;
mod results;
mod time;
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

/// An open file: a token, never an address.
#[repr(C)]
#[derive(Debug)]
pub struct HMMIO__ {
    unused: c_int,
}
pub type HMMIO = *mut HMMIO__;

/// A task, as 16-bit Windows had them; carried along, not used.
#[repr(C)]
#[derive(Debug)]
pub struct HTASK__ {
    unused: c_int,
}
pub type HTASK = *mut HTASK__;

/// An I/O procedure: receives every message about the files that are open with it.
///
/// lpmmioinfo: the file's MMIOINFO, live, and at one address as long as the file is open. The procedure keeps
/// its position in lDiskOffset, and what it likes in adwInfo; all else is there to be read.
///
/// uMsg: MMIOM_OPEN, MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH, MMIOM_SEEK, MMIOM_CLOSE, MMIOM_RENAME, or a
/// number from MMIOM_USER up. Each has a page of the manual, which says when it is sent and what is to be
/// done.
///
/// lParam1, lParam2: by message: a name, 0 (MMIOM_OPEN); memory, count in bytes (MMIOM_READ, MMIOM_WRITE,
/// MMIOM_WRITEFLUSH); offset, origin (MMIOM_SEEK); flags, 0 (MMIOM_CLOSE); the old name, the new one
/// (MMIOM_RENAME); any (MMIOM_USER and above).
///
/// Returns, by message: 0 or an error (MMIOM_OPEN, MMIOM_CLOSE, MMIOM_RENAME); how many bytes, or -1
/// (MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH); the new position, or -1 (MMIOM_SEEK); 0 to what it does not
/// know.
///
/// It may call any function, on the same file too; messages about one file go no more than 64 deep. Messages
/// about different files come from any thread. While it runs its file is locked for other threads: two
/// procedures that each use the other's file from two threads wait for each other for ever. It must return:
/// a longjmp, an exception or the end of the thread out of it leaves the file locked.
///
/// A procedure may keep bytes that it was given in buffers of its own, and empty them when MMIOM_WRITEFLUSH
/// comes. When mmioFlush, mmioSetBuffer or mmioClose has returned 0, that was the last write message.
///
/// Example: A procedure whose files are streams of stdio, which buffer. The page of each message has the case
/// for it.
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

/// The state of an open file (mmioGetInfo), and what to open (mmioOpen).
#[repr(C, packed)]
#[derive(Clone, Copy, Debug)]
pub struct _MMIOINFO {
    /// MMIO_* open flags, and MMIO_DIRTY.
    pub dwFlags: DWORD,
    /// The code of the I/O procedure.
    pub fccIOProc: FOURCC,
    /// The I/O procedure.
    pub pIOProc: LPMMIOPROC,
    /// The last error: MMSYSERR_* or MMIOERR_*.
    pub wErrorRet: UINT,
    /// Not used.
    pub htask: HTASK,
    /// The size of the I/O buffer, in bytes.
    pub cchBuffer: LONG,
    /// The start of the I/O buffer; NULL when the file is unbuffered.
    pub pchBuffer: HPSTR,
    /// The next byte to read or write.
    pub pchNext: HPSTR,
    /// The end of what the buffer holds of the file.
    pub pchEndRead: HPSTR,
    /// The end of the buffer.
    pub pchEndWrite: HPSTR,
    /// The position in the file of the start of the buffer.
    pub lBufOffset: LONG,
    /// The position of the I/O procedure in the file.
    pub lDiskOffset: LONG,
    /// The I/O procedure's own.
    pub adwInfo: [DWORD; 3],
    /// The caller's and the procedure's.
    pub dwReserved1: DWORD,
    /// The caller's and the procedure's.
    pub dwReserved2: DWORD,
    /// The file.
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
