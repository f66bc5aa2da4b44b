//! The chunk `ds64`: sizes of 64 bits, as they are in a file.
#![forbid(unsafe_code)]

use crate::fourcc::FourCc;

/// The size of the data of a `ds64` without a table: three sizes, and the number of entries.
pub const MIN_SIZE: usize = 28;
/// The index of the size of `data`, before the number of samples.
pub const DATA_AT: usize = 8;
/// The size of an entry of the table: a code and a size.
pub const ENTRY_SIZE: usize = 12;
/// The largest number of entries that are read.
pub const MAX_ENTRIES: usize = 16;
/// A chunk's code and size.
const HEADER: usize = 8;

/// The number of entries for which `MMSYS_RF64` reserves space.
pub const RESERVED_ENTRIES: usize = 4;
/// The size of the largest space that is reserved.
const MAX_RESERVED: usize = HEADER + MIN_SIZE + RESERVED_ENTRIES * ENTRY_SIZE;
/// The size of the header of a RIFF, with its form type.
pub const RIFF_HEADER: usize = 12;

/// An entry of the table: the code of a chunk other than `data`, and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub code: u32,
    pub size: i64,
}

/// The contents of a `ds64`. A negative size is ignored.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    pub riff: i64,
    pub data: i64,
    pub samples: i64,
    pub table: [Entry; MAX_ENTRIES],
    pub entries: usize,
}

impl Sizes {
    pub const NONE: Sizes = Sizes {
        riff: -1,
        data: -1,
        samples: 0,
        table: [const { Entry { code: 0, size: -1 } }; MAX_ENTRIES],
        entries: 0,
    };

    /// Parses the data before the table. `size` is the size of the chunk, which limits the number of entries.
    pub fn parse(bytes: [u8; MIN_SIZE], size: u32) -> Sizes {
        let [numbers @ .., a, b, c, d] = bytes;
        let mut numbers = numbers.chunks_exact(8).map(number);
        let mut next = || numbers.next().unwrap_or(-1);
        let (riff, data, samples) = (next(), next(), next());
        let count = u32::from_le_bytes([a, b, c, d]) as usize;
        let fit = (size as usize).saturating_sub(MIN_SIZE) / ENTRY_SIZE;
        let needed = i64::try_from(MIN_SIZE + HEADER + 4).unwrap_or(0);
        let riff = if riff < needed { -1 } else { riff };
        let data = if riff < 0 && data == 0 { -1 } else { data };
        Sizes { riff, data, samples, entries: count.min(fit).min(MAX_ENTRIES), ..Sizes::NONE }
    }

    pub fn set_entry(&mut self, index: usize, bytes: [u8; ENTRY_SIZE]) {
        let [a, b, c, d, size @ ..] = bytes;
        if let Some(entry) = self.table.get_mut(index) {
            *entry = Entry { code: u32::from_le_bytes([a, b, c, d]), size: i64::from_le_bytes(size) };
        }
    }

    /// Whether another `ds64` has the same sizes.
    pub fn has_sizes_of(&self, other: &Sizes) -> bool {
        (self.riff, self.data, self.used()) == (other.riff, other.data, other.used())
    }

    fn used(&self) -> &[Entry] {
        self.table.get(..self.entries).unwrap_or_default()
    }

    /// Returns the size of a chunk with this code; negative if there is none.
    pub fn of(&self, code: u32) -> i64 {
        if code == FourCc::DATA.0 {
            return self.data;
        }
        self.used().iter().find(|entry| entry.code == code).map_or(-1, |entry| entry.size)
    }

    /// Returns the index of the entry for a code.
    pub fn index_of(&self, code: u32) -> Option<usize> {
        self.used().iter().position(|entry| entry.code == code)
    }

    /// Adds an entry, or corrects its size. Returns false if the table already has `capacity` entries.
    pub fn put(&mut self, code: u32, size: i64, capacity: usize) -> bool {
        let index = self.index_of(code).unwrap_or(self.entries);
        let Some(entry) = self.table.get_mut(index).filter(|_| index < capacity) else { return false };
        *entry = Entry { code, size };
        self.entries = self.entries.max(index.saturating_add(1));
        true
    }

    /// Returns the chunk with its header. The unused part of the reserved table becomes a `JUNK` chunk.
    pub fn to_bytes(self, capacity: usize) -> Reserved {
        let mut out = Reserved::default();
        let table_size = |entries: usize| u32::try_from(entries.saturating_mul(ENTRY_SIZE)).unwrap_or(0);
        let least = u32::try_from(MIN_SIZE).unwrap_or(0);
        out.put_header(FourCc::DS64, least.saturating_add(table_size(self.entries)));
        for size in [self.riff, self.data.max(0), self.samples] {
            out.put(&size.to_le_bytes());
        }
        out.put(&u32::try_from(self.entries).unwrap_or(0).to_le_bytes());
        for entry in self.used() {
            out.put(&entry.code.to_le_bytes());
            out.put(&entry.size.to_le_bytes());
        }
        match table_size(capacity.saturating_sub(self.entries)) {
            0 => {}
            left => out.put_header(FourCc::JUNK, left.saturating_sub(8)),
        }
        Reserved { len: space(capacity), ..out }
    }
}

/// The size of the space for a `ds64` whose table has `capacity` entries.
pub fn space(capacity: usize) -> usize {
    HEADER.saturating_add(MIN_SIZE).saturating_add(capacity.saturating_mul(ENTRY_SIZE))
}

fn number(bytes: &[u8]) -> i64 {
    bytes.try_into().map_or(-1, i64::from_le_bytes)
}

/// The bytes of the space that is reserved for a `ds64`: a `JUNK` chunk, after the header of its RIFF, or the `ds64` itself.
#[derive(Clone, Copy, Debug)]
pub struct Reserved {
    bytes: [u8; RIFF_HEADER + MAX_RESERVED],
    len: usize,
}

impl Default for Reserved {
    fn default() -> Reserved {
        Reserved { bytes: [0; RIFF_HEADER + MAX_RESERVED], len: 0 }
    }
}

impl Reserved {
    /// The header of a RIFF, and a `JUNK` chunk of zeros.
    pub fn junk_after(header: &[u8; RIFF_HEADER], capacity: usize) -> Reserved {
        let mut out = Reserved::default();
        out.put(header);
        let size = MIN_SIZE.saturating_add(capacity.saturating_mul(ENTRY_SIZE));
        out.put_header(FourCc::JUNK, u32::try_from(size).unwrap_or(0));
        Reserved { len: RIFF_HEADER.saturating_add(space(capacity)), ..out }
    }

    fn put(&mut self, bytes: &[u8]) {
        let rest = self.bytes.get_mut(self.len..).unwrap_or_default();
        for (place, &byte) in rest.iter_mut().zip(bytes) {
            *place = byte;
        }
        self.len = self.len.saturating_add(bytes.len());
    }

    fn put_header(&mut self, code: FourCc, size: u32) {
        self.put(&code.0.to_le_bytes());
        self.put(&size.to_le_bytes());
    }

    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&self.bytes)
    }
}
