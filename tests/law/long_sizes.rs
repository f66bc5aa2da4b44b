//! A model of docs/rf64.md: the 64-bit sizes of an RF64 that is read.

const DATA: u32 = u32::from_le_bytes(*b"data");

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sizes {
    riff: i64,
    data: i64,
    table: Vec<(u32, i64)>,
}

#[derive(Clone, Debug, Default)]
pub struct LongSizes {
    sizes: Option<Sizes>,
    /// The data positions and sizes of the last eight chunks with a size from `ds64`.
    known: Vec<(i64, i64)>,
    /// The index in `known` that is replaced next.
    next: usize,
}

/// Whether a chunk of this code at the beginning of a file is a RIFF with a `ds64`.
pub fn is_rf64(code: u32) -> bool {
    [*b"RF64", *b"BW64"].contains(&code.to_le_bytes())
}

/// Reads the `ds64` after a form type at 8. `read` returns up to the given number of bytes at a position.
fn ds64(read: impl Fn(i64, usize) -> Vec<u8>) -> Option<Sizes> {
    let number = |at| Some(u32::from_le_bytes(read(at, 4).try_into().ok()?));
    let long = |at| Some(i64::from_le_bytes(read(at, 8).try_into().ok()?));
    let (code, size) = (number(12)?, number(16)?);
    if code != u32::from_le_bytes(*b"ds64") || size < 28 {
        return None;
    }
    let (riff, data, _, count) = (long(20)?, long(28)?, long(36)?, number(44)?);
    let count = count.min((size - 28) / 12).min(16);
    let entry = |i: i64| Some((number(48 + 12 * i)?, long(52 + 12 * i)?));
    let riff = if riff < 40 { -1 } else { riff };
    let data = if riff < 0 && data == 0 { -1 } else { data };
    Some(Sizes { riff, data, table: (0..i64::from(count)).map_while(entry).collect() })
}

impl LongSizes {
    /// Called when the header at the beginning of the file is read.
    pub fn begin(&mut self, is_rf64: bool, read: impl Fn(i64, usize) -> Vec<u8>) {
        let sizes = if is_rf64 { ds64(read) } else { None };
        // If the RIFF is only entered again, the sizes stay.
        if sizes.is_none() || sizes != self.sizes {
            *self = LongSizes { sizes, ..LongSizes::default() };
        }
    }

    /// Returns the size of a chunk whose size field is all ones, and remembers it.
    pub fn find(&mut self, code: u32, start: i64) -> Option<i64> {
        let size = self.true_size(code, start)?;
        self.remember(start + 8, size);
        Some(size)
    }

    fn true_size(&self, code: u32, start: i64) -> Option<i64> {
        let sizes = self.sizes.as_ref()?;
        if start == 0 {
            return Some(sizes.riff).filter(|size| (0..i64::MAX - 8).contains(size));
        }
        let entry = sizes.table.iter().find(|entry| entry.0 == code);
        let size = if code == DATA { sizes.data } else { entry?.1 };
        let end = (start + 8).checked_add(size)?;
        (size >= 0 && (sizes.riff < 0 || end <= sizes.riff.saturating_add(8))).then_some(size)
    }

    pub fn remember(&mut self, data: i64, size: i64) {
        if let Some(known) = self.known.iter_mut().find(|known| known.0 == data) {
            known.1 = size;
        } else if self.known.len() < 8 {
            self.known.push((data, size));
            self.next = self.known.len() % 8;
        } else {
            self.known[self.next] = (data, size);
            self.next = (self.next + 1) % 8;
        }
    }

    /// Returns the size of a chunk that a caller passes back.
    pub fn known(&self, data: i64) -> Option<i64> {
        self.known.iter().find(|known| known.0 == data).map(|known| known.1)
    }
}
