//! The types of `mmsystem_ext.h`. All of them are ours.

use super::{DWORD, FOURCC, UINT};

/// A chunk with a position and a size of 64 bits.
///
/// Members that are not named for a function need not be set. `reserved` becomes 0 and is not read.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct _MMSYS_CKINFO64 {
    /// The chunk's code.
    pub ckid: FOURCC,
    /// The form type of a RIFF chunk, the list type of a LIST chunk.
    pub fccType: FOURCC,
    /// MMIO_DIRTY, or 0.
    pub dwFlags: DWORD,
    /// 0.
    pub reserved: DWORD,
    /// The size of the data; 2^63 or more: it extends to the end of the file.
    pub cksize: u64,
    /// The position of the data.
    pub dataOffset: u64,
}

/// See _MMSYS_CKINFO64.
pub type MMSYS_CKINFO64 = _MMSYS_CKINFO64;

// A flag of mmsys_create_chunk64, which describes it. (A comment for the header would be a page of the manual.)
pub const MMSYS_RF64: UINT = 0x0001_0000;
