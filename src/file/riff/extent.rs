//! Positions and sizes of chunks, in 64 bits.
#![forbid(unsafe_code)]

use super::scan::{HEADER, STREAMED};
use crate::abi::{MMCKINFO, MMSYS_CKINFO64};
use crate::memory::{Chunk, Chunk64};

/// The position and the size of a chunk's data.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub data: i64,
    pub size: i64,
    /// The size was never written: the chunk extends to the end of the file.
    pub is_streamed: bool,
}

impl Extent {
    /// The position after the data, without the pad byte.
    pub fn end(self) -> i64 {
        self.data.saturating_add(self.size)
    }

    /// The position after the data and the pad byte of an odd size.
    pub fn padded_end(self) -> i64 {
        self.end().saturating_add(self.size & 1)
    }

    /// The position at which a search in the chunk ends.
    pub fn limit(self) -> i64 {
        if self.is_streamed { i64::MAX } else { self.end() }
    }
}

impl From<Chunk<'_>> for Extent {
    fn from(chunk: Chunk<'_>) -> Extent {
        let size = chunk.size();
        Extent { data: chunk.data().into(), size: size.into(), is_streamed: size == STREAMED }
    }
}

/// Values of 2^63 and more become the largest position, where no chunk is.
impl From<Chunk64<'_>> for Extent {
    fn from(chunk: Chunk64<'_>) -> Extent {
        let in_range = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let size = in_range(chunk.size());
        Extent { data: in_range(chunk.data()), size, is_streamed: size == i64::MAX }
    }
}

/// A chunk that was read.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub code: u32,
    pub form: u32,
    pub extent: Extent,
}

impl Found {
    /// The position of its header.
    pub fn start(&self) -> i64 {
        self.extent.data.saturating_sub(HEADER)
    }

    /// The structure that the functions of 32 bits return.
    pub fn narrow(&self) -> MMCKINFO {
        MMCKINFO {
            ckid: self.code,
            cksize: u32::try_from(self.extent.size).unwrap_or(STREAMED),
            fccType: self.form,
            dwDataOffset: u32::try_from(self.extent.data).unwrap_or(u32::MAX),
            dwFlags: 0,
        }
    }

    /// The structure that the functions of 64 bits return.
    pub fn wide(&self) -> MMSYS_CKINFO64 {
        MMSYS_CKINFO64 {
            ckid: self.code,
            fccType: self.form,
            dwFlags: 0,
            reserved: 0,
            cksize: if self.extent.is_streamed { u64::MAX } else { self.extent.size.unsigned_abs() },
            dataOffset: self.extent.data.unsigned_abs(),
        }
    }
}

impl From<MMCKINFO> for Found {
    fn from(chunk: MMCKINFO) -> Found {
        let (data, size) = (chunk.dwDataOffset.into(), chunk.cksize.into());
        let extent = Extent { data, size, is_streamed: chunk.cksize == STREAMED };
        Found { code: chunk.ckid, form: chunk.fccType, extent }
    }
}
