//! Chunks where they are: in bytes that a buffer holds. Nothing here goes to the file; what cannot be done with
//! these bytes alone is not done, and left to `riff.rs`.
#![forbid(unsafe_code)]

use crate::abi::{self, MMCKINFO};
use crate::fourcc::FourCc;
use crate::memory::{Chunk, Lease, Lookahead};

/// The size of a chunk's code and size.
pub const HEADER: i64 = 8;
/// The same, and the form or list type that may follow.
const HEADER_AND_TYPE: usize = 12;
const HEADER_ALONE: usize = 8;
/// A chunk of this size was streamed: nobody came back to write its size.
pub const STREAMED: u32 = u32::MAX;

/// What to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// The chunk at the current position, whatever it is.
    Any,
    /// A chunk by its code.
    Chunk,
    /// A RIFF chunk by its form type.
    Riff,
    /// A LIST chunk by its list type.
    List,
}

/// What to look for, with the code or the type; 0 is any (win).
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub find: Find,
    pub code: u32,
    pub form: u32,
}

impl Wanted {
    /// Of the chunk that a caller fills in, what is not looked for need not be set.
    pub fn new(find: Find, code: impl FnOnce() -> u32, form: impl FnOnce() -> u32) -> Wanted {
        let (code, form) = match find {
            Find::Any => (0, 0),
            Find::Chunk => (code(), 0),
            Find::Riff | Find::List => (0, form()),
        };
        Wanted { find, code, form }
    }

    /// The only code that it can have, if there is one.
    fn only_code(self) -> Option<u32> {
        match self.find {
            Find::Any => None,
            Find::Chunk => Some(self.code).filter(|&code| code != 0),
            Find::Riff => Some(FourCc::RIFF.0),
            Find::List => Some(FourCc::LIST.0),
        }
    }

    /// How many bytes of a header must be before the end of the search: a search by name goes on to a chunk that only begins
    /// there, as the size of what encloses it is often a few bytes short; other bytes at the end are no chunk.
    #[inline]
    pub fn min_header(self) -> i64 {
        if self.only_code().is_some() { 1 } else { HEADER }
    }

    #[inline]
    pub fn is(self, code: u32, form: u32) -> bool {
        let anything = |wanted: u32, is: u32| wanted == 0 || wanted == is;
        match self.find {
            Find::Any => true,
            Find::Chunk => anything(self.code, code),
            Find::Riff => code == FourCc::RIFF.0 && anything(self.form, form),
            Find::List => code == FourCc::LIST.0 && anything(self.form, form),
        }
    }
}

#[inline]
pub fn has_type(code: u32) -> bool {
    code == FourCc::RIFF.0 || code == FourCc::LIST.0
}

/// A chunk at the start of some bytes, and the size of its header; none if the bytes may not be all of that.
#[inline]
fn chunk_at(lookahead: Lookahead<'_>, index: usize, position: i64) -> Option<(MMCKINFO, usize)> {
    let data = u32::try_from(position.wrapping_add(HEADER)).ok()?;
    let [a, b, c, d, e, f, g, h] = lookahead.array_with_room::<HEADER_ALONE>(index, HEADER_AND_TYPE)?;
    let ckid = u32::from_le_bytes([a, b, c, d]);
    let cksize = u32::from_le_bytes([e, f, g, h]);
    let (form, size) = match has_type(ckid) {
        true => (u32::from_le_bytes(lookahead.array(index.wrapping_add(HEADER_ALONE))?), HEADER_AND_TYPE),
        false => (0, HEADER_ALONE),
    };
    Some((MMCKINFO { ckid, cksize, fccType: form, dwDataOffset: data, dwFlags: 0 }, size))
}

/// Looks among siblings, from `position` on where the bytes begin. Answers how many bytes were passed, and the
/// chunk, if it was found: its header is passed then. Otherwise the search goes on with the chunk where this ended.
pub fn scan(
    lookahead: Lookahead<'_>,
    position: i64,
    limit: i64,
    wanted: Wanted,
) -> (usize, Option<MMCKINFO>) {
    // The last index where a header may be, a whole one with positions of 32 bits.
    let limit = limit.saturating_sub(wanted.min_header()).min(i64::from(u32::MAX).saturating_sub(HEADER));
    let in_bytes = lookahead.len().checked_sub(HEADER_AND_TYPE);
    let in_limit = usize::try_from(limit.saturating_sub(position));
    let (Some(in_bytes), Ok(in_limit)) = (in_bytes, in_limit) else { return (0, None) };
    let last = in_bytes.min(in_limit);
    let mut index = 0;
    loop {
        if let Some(code) = wanted.only_code() {
            index = skip_others(lookahead, index, last, code);
        }
        let here = position.wrapping_add_unsigned(index as u64);
        let Some((chunk, size)) = chunk_at(lookahead, index, here) else { break };
        if wanted.is(chunk.ckid, chunk.fccType) {
            return (index.wrapping_add(size), Some(chunk));
        }
        match index.checked_add(total_size(chunk.cksize)).filter(|&after| after <= last) {
            Some(after) => index = after,
            None => break,
        }
    }
    (index, None)
}

/// Passes chunks that have another code, as far as they begin at `last` or before; answers where that ended.
#[inline(never)]
fn skip_others(lookahead: Lookahead<'_>, from: usize, last: usize, code: u32) -> usize {
    let mut index = from;
    // Siblings often have the same header. Where the next is, if this is one of those, is known before it is read.
    let (mut same, mut stride) = (0, HEADER_ALONE);
    while let Some(header) = lookahead.array(index).map(u64::from_le_bytes) {
        if header != same {
            let [a, b, c, d, e, f, g, h] = header.to_le_bytes();
            if u32::from_le_bytes([a, b, c, d]) == code {
                break;
            }
            (same, stride) = (header, total_size(u32::from_le_bytes([e, f, g, h])));
        }
        let after = index.wrapping_add(stride);
        if after > last || after < stride {
            break;
        }
        index = after;
    }
    index
}

/// The size of a chunk with its header and its pad byte. Not inlined: the compiler would compute it where it is
/// known already.
#[inline(never)]
fn total_size(size: u32) -> usize {
    (size as usize).saturating_add(HEADER_ALONE).saturating_add(size as usize & 1)
}

/// `mmioDescend` to whatever chunk is next, if its header is in what was leased for reading.
#[inline]
pub fn descend(lease: &Lease, chunk: Chunk<'_>, parent: Option<Chunk<'_>>) -> bool {
    let Some((lookahead, position)) = lease.lookahead() else { return false };
    if let Some(parent) = parent {
        let inside = position.checked_sub(parent.data()).map(|index| i64::from(index).wrapping_add(HEADER));
        if inside.is_none_or(|to| to > i64::from(parent.size())) {
            return false;
        }
    }
    let Some((found, size)) = chunk_at(lookahead, 0, i64::from(position)) else { return false };
    if !lease.skip(size) {
        return false;
    }
    chunk.set(found);
    true
}

/// `mmioAscend`, if the end of the chunk is in what was leased.
#[inline]
pub fn ascend(lease: &Lease, chunk: Chunk<'_>) -> bool {
    if chunk.flags() & abi::MMIO_DIRTY != 0 {
        return complete(lease, chunk);
    }
    // (A chunk that was streamed ends beyond all positions of 32 bits.)
    let size = i64::from(chunk.size());
    lease.skip_to(i64::from(chunk.data()).wrapping_add(size).wrapping_add(size & 1))
}

/// Completes a chunk, if what is to change was written under the same lease.
#[inline]
fn complete(lease: &Lease, chunk: Chunk<'_>) -> bool {
    let size = lease.write_position().and_then(|position| position.checked_sub(chunk.data()));
    let Some(size) = size else { return false };
    if size != chunk.size() {
        // The size is right before the data.
        if !lease.patch((size as usize).wrapping_add(4), size.to_le_bytes()) {
            return false;
        }
        chunk.set_size(size);
    }
    // There is room: there is a write position.
    if size & 1 != 0 && !lease.put([0]) {
        return false;
    }
    chunk.set_flags(chunk.flags() & !abi::MMIO_DIRTY);
    true
}

/// `mmioCreateChunk`, if what was leased for writing has room for the header. Not for a RIFF, which may become an RF64.
#[inline]
pub fn create(lease: &Lease, chunk: Chunk<'_>) -> bool {
    if chunk.code() == FourCc::RIFF.0 {
        return false;
    }
    let data = lease.write_position().map(|position| i64::from(position).wrapping_add(HEADER));
    let Some(data) = data.and_then(|data| u32::try_from(data).ok()) else { return false };
    let header = header_of(chunk.code(), chunk.size());
    let is_written = match has_type(chunk.code()) {
        true => lease.put(with_type(header, chunk.form())),
        false => lease.put(header),
    };
    if is_written {
        chunk.set_data(data);
        chunk.set_flags(abi::MMIO_DIRTY);
    }
    is_written
}

/// A chunk's header as it is in a file.
#[inline]
pub fn header_of(code: u32, size: u32) -> [u8; HEADER_ALONE] {
    (u64::from(size).wrapping_shl(u32::BITS) | u64::from(code)).to_le_bytes()
}

/// The same of a RIFF or LIST chunk, with the type that follows.
#[inline]
pub fn with_type([a, b, c, d, e, f, g, h]: [u8; HEADER_ALONE], form: u32) -> [u8; HEADER_AND_TYPE] {
    let [i, j, k, l] = form.to_le_bytes();
    [a, b, c, d, e, f, g, h, i, j, k, l]
}
