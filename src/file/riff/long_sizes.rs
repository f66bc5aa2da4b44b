//! The 64-bit sizes of a file: those read from its `ds64`, and those to be written there (docs/rf64.md).
#![forbid(unsafe_code)]

use super::ds64::{DATA_AT, ENTRY_SIZE, MIN_SIZE, RESERVED_ENTRIES, Sizes};
use super::extent::{Extent, Found};
use super::scan::{HEADER, STREAMED};
use crate::error::Error;
use crate::fourcc::FourCc;
use core::cell::Cell;

/// The number of chunks whose 64-bit sizes are remembered.
const KNOWN: usize = 8;

/// The offset of `ds64` from the header of its RIFF.
pub const DS64_AT: i64 = 12;

/// Stands for an unknown position; no chunk can be there.
pub const NOWHERE: i64 = i64::MAX;

/// The state of a file that is read or written as an RF64.
pub struct LongSizes {
    /// The position of the RIFF header before the `ds64` that was read.
    base: Cell<i64>,
    sizes: Cell<Sizes>,
    /// The data positions of chunks, and their true sizes.
    known: [Cell<(i64, i64)>; KNOWN],
    next_known: Cell<usize>,
    /// The RIFF that was created with space for a `ds64`.
    pub(super) writing: Cell<Option<Writing>>,
    /// The position of a RIFF that was not created, because only some bytes of its header and its `JUNK` were written.
    pub(super) begun: Cell<i64>,
}

impl LongSizes {
    pub fn new() -> LongSizes {
        LongSizes {
            base: Cell::new(NOWHERE),
            sizes: Cell::new(Sizes::NONE),
            known: [const { Cell::new((NOWHERE, 0)) }; KNOWN],
            next_known: Cell::new(0),
            writing: Cell::new(None),
            begun: Cell::new(NOWHERE),
        }
    }

    /// Stores the `ds64` of the RIFF at `base`. Discards the remembered sizes, unless the RIFF is only entered again, or
    /// was written here.
    pub fn enter(&self, base: i64, sizes: Sizes) {
        let is_written = self.base.get() == NOWHERE;
        if !is_written && (self.base.get() != base || !self.sizes.get().has_sizes_of(&sizes)) {
            self.clear();
        }
        self.base.set(base);
        self.sizes.set(sizes);
    }

    /// Discards the `ds64` and the remembered sizes.
    pub fn clear(&self) {
        self.base.set(NOWHERE);
        self.sizes.set(Sizes::NONE);
        self.known.iter().for_each(|known| known.set((NOWHERE, 0)));
    }

    /// Returns the size that `ds64` has for a chunk whose size field is 0xFFFFFFFF.
    pub fn size_of(&self, found: &Found) -> Option<i64> {
        let (sizes, base, start) = (self.sizes.get(), self.base.get(), found.start());
        let riff_end = base.saturating_add(HEADER).saturating_add(sizes.riff);
        if start == base {
            return Some(sizes.riff).filter(|&size| size >= 0 && riff_end < NOWHERE);
        }
        let size = sizes.of(found.code);
        let end = found.extent.data.checked_add(size)?;
        let is_inside = sizes.riff < 0 || end <= riff_end;
        (start > base && size >= 0 && is_inside).then_some(size)
    }

    /// Returns where the size of a chunk that was read is stored: the position of `ds64`, and the index in its data.
    /// None if the size is in the header of the chunk.
    pub fn place_of(&self, data: i64, code: &dyn Fn() -> u32) -> Option<(i64, usize)> {
        self.known.iter().find(|known| known.get().0 == data && data != NOWHERE)?;
        let base = self.base.get();
        let index = match code() {
            _ if data == base.saturating_add(HEADER) => 0,
            code if code == FourCc::DATA.0 => DATA_AT,
            code => self.sizes.get().index_of(code)?.saturating_mul(ENTRY_SIZE).saturating_add(MIN_SIZE + 4),
        };
        Some((base.saturating_add(DS64_AT), index))
    }

    /// Corrects a size that was read from `ds64`. Returns the number of samples; 0, which stands for unknown, unless
    /// both the old and the new size of `data` are whole numbers of samples.
    pub fn correct(&self, chunk: &Completed, index: usize) -> i64 {
        let mut sizes = self.sizes.get();
        match index {
            0 => sizes.riff = chunk.size,
            DATA_AT => {
                let is_whole = |size: i64, by: i64| size.checked_rem(by) == Some(0);
                let block_size = sizes.data.checked_div(sizes.samples).unwrap_or(0);
                let is_known =
                    block_size > 0 && is_whole(sizes.data, sizes.samples) && is_whole(chunk.size, block_size);
                sizes.samples = if is_known { chunk.size.checked_div(block_size).unwrap_or(0) } else { 0 };
                sizes.data = chunk.size;
            }
            _ => {
                sizes.put(chunk.code, chunk.size, sizes.entries);
            }
        }
        self.sizes.set(sizes);
        self.remember(chunk.data, chunk.size);
        sizes.samples
    }

    /// Remembers the true size of a chunk, for callers whose structures have 32 bits for it.
    pub fn remember(&self, data: i64, size: i64) {
        let next = self.next_known.get();
        let index = self.known.iter().position(|known| known.get().0 == data).unwrap_or(next);
        if let Some(known) = self.known.get(index) {
            known.set((data, size));
        }
        if index == next {
            self.next_known.set(next.wrapping_add(1) % KNOWN);
        }
    }

    /// Returns the extent of a chunk with its true size, if that is remembered.
    pub fn recall(&self, extent: Extent) -> Option<Extent> {
        let mut known = self.known.iter().map(Cell::get);
        let (_, size) = known.find(|&(data, _)| data == extent.data && data != NOWHERE)?;
        Some(Extent { size, is_streamed: false, ..extent })
    }
}

/// A RIFF that was created with space for a `ds64`.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    /// The position of its header.
    pub base: i64,
    /// The number of table entries for which space is reserved.
    pub capacity: usize,
    /// Cleared by Ascend from the RIFF.
    pub is_open: bool,
    pub is_rf64: bool,
    pub sizes: Sizes,
    /// The data positions of the chunks in the table.
    entries_at: [i64; RESERVED_ENTRIES],
    /// The data positions of the last `data` and `fmt `.
    pub data_at: i64,
    pub fmt_at: i64,
    /// The size of a sample of all channels; -1 if `fmt ` has not been read.
    pub block_size: i64,
}

impl Writing {
    pub fn new(base: i64, capacity: usize) -> Writing {
        Writing {
            base,
            capacity,
            is_open: true,
            is_rf64: false,
            sizes: Sizes { riff: 0, data: 0, ..Sizes::NONE },
            entries_at: [NOWHERE; RESERVED_ENTRIES],
            data_at: NOWHERE,
            fmt_at: NOWHERE,
            block_size: -1,
        }
    }

    pub fn riff_data(&self) -> i64 {
        self.base.saturating_add(HEADER)
    }

    /// Returns the state with the RIFF open again, for a size that was given in advance.
    pub fn reopened(self) -> Writing {
        Writing { is_open: true, ..self }
    }

    /// Whether `ds64` may store the size of the chunk with this data position: the RIFF, or a chunk in it. A closed
    /// RIFF excludes chunks that begin at its end or later, whose data is at least 8 bytes past the end.
    pub fn may_grow(&self, data: i64) -> bool {
        let index = data.saturating_sub(self.riff_data());
        index == 0 || (index > 0 && (self.is_open || index <= self.sizes.riff))
    }

    /// Whether this is a second `data`, while `ds64` stores the size of a large one.
    pub fn is_second_data(&self, chunk: &Completed) -> bool {
        self.sizes.data >= i64::from(STREAMED) && chunk.data != self.data_at
    }

    /// Adds the size of a chunk to the table. Fails if the table has no space, or an entry for another chunk of that
    /// code: an entry applies to all chunks of its code.
    pub fn add_entry(&mut self, chunk: &Completed) -> Result<(), Error> {
        if !self.sizes.put(chunk.code, chunk.size, self.capacity) {
            return Err(Error::CannotWrite);
        }
        let index = self.sizes.index_of(chunk.code);
        match index.and_then(|index| self.entries_at.get_mut(index)) {
            Some(at) if *at == NOWHERE || *at == chunk.data => *at = chunk.data,
            _ => return Err(Error::CannotWrite),
        }
        Ok(())
    }
}

/// A chunk whose size has become known.
#[derive(Clone, Copy, Debug)]
pub struct Completed {
    /// May be 0 for a chunk that is not large.
    pub code: u32,
    pub data: i64,
    pub size: i64,
}

impl Completed {
    /// Whether the size field of the chunk cannot hold its size.
    pub fn is_large(&self) -> bool {
        self.size >= i64::from(STREAMED)
    }

    pub fn padded_end(&self) -> i64 {
        self.data.saturating_add(self.size).saturating_add(self.size & 1)
    }
}
