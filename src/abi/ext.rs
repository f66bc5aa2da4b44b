//! The types and constants of `mmsystem_ext.h`.

use super::{DWORD, FOURCC, UINT};

/// A chunk with a position and a size of 64 bits.
///
/// A function reads only the members that its page names; the others need not be set.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _MMSYS_CKINFO64 {
    /// The chunk's code.
    pub ckid: FOURCC,
    /// The form type of a RIFF chunk, the list type of a LIST chunk.
    pub fccType: FOURCC,
    /// MMIO_DIRTY, or 0.
    pub dwFlags: DWORD,
    /// Set to 0, and not read.
    pub reserved: DWORD,
    /// The size of the data in bytes. 2^63 or more is an unknown size: the data extends to the end of the file.
    pub cksize: u64,
    /// The position of the data, which begins with the form or list type if the chunk has one.
    pub dataOffset: u64,
}

/// See _MMSYS_CKINFO64.
pub type MMSYS_CKINFO64 = _MMSYS_CKINFO64;

// mmsys_create_chunk64 describes it. A doc comment here would become a page of the manual.
pub const MMSYS_RF64: UINT = 0x0001_0000;
