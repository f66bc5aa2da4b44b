//! Where chunks are and how large, in 64 bits.
#![forbid(unsafe_code)]

use super::scan::{HEADER, STREAMED};
use crate::abi::{MMCKINFO, MMSYS_CKINFO64};
use crate::memory::{Chunk, Chunk64};

/// Where a chunk's data is.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub data: i64,
    pub size: i64,
    /// Nobody came back to write its size: it extends to the end of the file.
    pub is_streamed: bool,
}

impl Extent {
    /// The position behind the data, the pad byte not included.
    pub fn end(self) -> i64 {
        self.data.saturating_add(self.size)
    }

    /// The same, the pad byte of an odd size included.
    pub fn padded_end(self) -> i64 {
        self.end().saturating_add(self.size & 1)
    }

    /// How far a search in it goes.
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

/// Numbers of 2^63 and more become the largest position, where no chunk is.
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

    /// As the functions of 32 bits return it.
    pub fn narrow(&self) -> MMCKINFO {
        MMCKINFO {
            ckid: self.code,
            cksize: u32::try_from(self.extent.size).unwrap_or(STREAMED),
            fccType: self.form,
            dwDataOffset: u32::try_from(self.extent.data).unwrap_or(u32::MAX),
            dwFlags: 0,
        }
    }

    /// As those of 64 bits do.
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
