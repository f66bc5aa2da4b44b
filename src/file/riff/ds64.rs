//! The chunk `ds64`: sizes of 64 bits, as they are in a file.
#![forbid(unsafe_code)]

use crate::fourcc::FourCc;

/// The data of a `ds64` without a table: three sizes, and the number of entries.
pub const LEAST: usize = 28;
/// The index of the size of `data`, before the number of samples.
pub const DATA_AT: usize = 8;
/// An entry of the table: a code and a size.
pub const ENTRY: usize = 12;
/// How many entries of a table are read.
pub const MOST: usize = 16;
/// A chunk's code and size.
const HEADER: usize = 8;

/// The entries for which `MMSYS_RF64` makes room.
pub const ROOM: usize = 4;
/// The largest chunk that is written.
const LARGEST: usize = HEADER + LEAST + ROOM * ENTRY;

/// A chunk other than `data`, and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub code: u32,
    pub size: i64,
}

/// What a `ds64` says. A size of -1 does not count.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    pub riff: i64,
    pub data: i64,
    pub samples: i64,
    pub table: [Entry; MOST],
    pub entries: usize,
}

impl Sizes {
    pub const NONE: Sizes = Sizes {
        riff: -1,
        data: -1,
        samples: 0,
        table: [const { Entry { code: 0, size: -1 } }; MOST],
        entries: 0,
    };

    /// Those in the first bytes of the chunk's data; `size` is that of the chunk.
    pub fn parse(bytes: [u8; LEAST], size: u32) -> Sizes {
        let [numbers @ .., a, b, c, d] = bytes;
        let mut numbers = numbers.chunks_exact(8).map(number);
        let mut next = || numbers.next().unwrap_or(-1);
        let (riff, data, samples) = (next(), next(), next());
        let count = u32::from_le_bytes([a, b, c, d]) as usize;
        let room = (size as usize).saturating_sub(LEAST) / ENTRY;
        let needed = i64::try_from(LEAST + HEADER + 4).unwrap_or(0);
        let riff = if riff < needed { -1 } else { riff };
        let data = if riff < 0 && data == 0 { -1 } else { data };
        Sizes { riff, data, samples, entries: count.min(room).min(MOST), ..Sizes::NONE }
    }

    pub fn set_entry(&mut self, index: usize, bytes: [u8; ENTRY]) {
        let [a, b, c, d, size @ ..] = bytes;
        if let Some(entry) = self.table.get_mut(index) {
            *entry = Entry { code: u32::from_le_bytes([a, b, c, d]), size: i64::from_le_bytes(size) };
        }
    }

    fn used(&self) -> &[Entry] {
        self.table.get(..self.entries).unwrap_or_default()
    }

    /// The size of a chunk of this code; negative if there is none that counts.
    pub fn of(&self, code: u32) -> i64 {
        if code == FourCc::DATA.0 {
            return self.data;
        }
        self.used().iter().find(|entry| entry.code == code).map_or(-1, |entry| entry.size)
    }

    /// Where the entry of a code is.
    pub fn index_of(&self, code: u32) -> Option<usize> {
        self.used().iter().position(|entry| entry.code == code)
    }

    /// Adds a size, or corrects it. False if there is no room.
    pub fn put(&mut self, code: u32, size: i64, room: usize) -> bool {
        let index = self.index_of(code).unwrap_or(self.entries);
        let Some(entry) = self.table.get_mut(index).filter(|_| index < room) else { return false };
        *entry = Entry { code, size };
        self.entries = self.entries.max(index.saturating_add(1));
        true
    }

    /// The chunk, with its header. What is left of the room for its table is another chunk, `JUNK`.
    pub fn to_bytes(self, room: usize) -> Reserved {
        let mut out = Reserved::default();
        let table_size = |entries: usize| u32::try_from(entries.saturating_mul(ENTRY)).unwrap_or(0);
        let least = u32::try_from(LEAST).unwrap_or(0);
        out.put_header(FourCc::DS64, least.saturating_add(table_size(self.entries)));
        for size in [self.riff, self.data.max(0), self.samples] {
            out.put(&size.to_le_bytes());
        }
        out.put(&u32::try_from(self.entries).unwrap_or(0).to_le_bytes());
        for entry in self.used() {
            out.put(&entry.code.to_le_bytes());
            out.put(&entry.size.to_le_bytes());
        }
        match table_size(room.saturating_sub(self.entries)) {
            0 => {}
            left => out.put_header(FourCc::JUNK, left.saturating_sub(8)),
        }
        out.with_room(room)
    }
}

fn number(bytes: &[u8]) -> i64 {
    bytes.try_into().map_or(-1, i64::from_le_bytes)
}

/// What is reserved for a `ds64`: a `JUNK`, or that chunk.
#[derive(Clone, Copy, Debug)]
pub struct Reserved {
    bytes: [u8; LARGEST],
    len: usize,
}

impl Default for Reserved {
    fn default() -> Reserved {
        Reserved { bytes: [0; LARGEST], len: 0 }
    }
}

impl Reserved {
    /// A chunk of zeros.
    pub fn junk(room: usize) -> Reserved {
        let mut out = Reserved::default();
        let size = LEAST.saturating_add(room.saturating_mul(ENTRY));
        out.put_header(FourCc::JUNK, u32::try_from(size).unwrap_or(0));
        out.with_room(room)
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

    fn with_room(self, room: usize) -> Reserved {
        Reserved { len: HEADER.saturating_add(LEAST).saturating_add(room.saturating_mul(ENTRY)), ..self }
    }

    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&self.bytes)
    }
}
