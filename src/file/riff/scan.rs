//! Chunk operations on bytes that a buffer holds, without entering the file. All other cases are left to
//! `riff.rs`.
#![forbid(unsafe_code)]

use crate::abi::{self, MMCKINFO};
use crate::fourcc::FourCc;
use crate::memory::{Chunk, Lease, Lookahead};

/// The size of a header without a type: the code and the size.
pub const HEADER: i64 = 8;
/// The size of a header with a form or list type.
const HEADER_AND_TYPE: usize = 12;
pub const HEADER_ALONE: usize = 8;
/// The size of a chunk that was written to a stream, where the size cannot be corrected.
pub const STREAMED: u32 = u32::MAX;

/// What to search for.
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

/// What to search for, with the code or the type; 0 matches any (win).
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub find: Find,
    pub code: u32,
    pub form: u32,
}

impl Wanted {
    /// Reads the members of the caller's chunk that the search uses; the others may be uninitialised.
    pub fn new(find: Find, code: impl FnOnce() -> u32, form: impl FnOnce() -> u32) -> Wanted {
        let (code, form) = match find {
            Find::Any => (0, 0),
            Find::Chunk => (code(), 0),
            Find::Riff | Find::List => (0, form()),
        };
        Wanted { find, code, form }
    }

    /// The only code that matches, if there is one.
    fn only_code(self) -> Option<u32> {
        match self.find {
            Find::Any => None,
            Find::Chunk => Some(self.code).filter(|&code| code != 0),
            Find::Riff => Some(FourCc::RIFF.0),
            Find::List => Some(FourCc::LIST.0),
        }
    }

    /// The number of bytes of a header that must be inside the parent. One suffices for a search by code or type, since
    /// the size of a parent is often a few bytes too small. Without a code the whole header must be inside, since stray
    /// bytes at the end are not a chunk.
    #[inline]
    pub fn min_header(self) -> i64 {
        if self.only_code().is_some() { 1 } else { HEADER }
    }

    #[inline]
    pub fn is(self, code: u32, form: u32) -> bool {
        let matches = |wanted: u32, is: u32| wanted == 0 || wanted == is;
        match self.find {
            Find::Any => true,
            Find::Chunk => matches(self.code, code),
            Find::Riff => code == FourCc::RIFF.0 && matches(self.form, form),
            Find::List => code == FourCc::LIST.0 && matches(self.form, form),
        }
    }
}

#[inline]
pub fn has_type(code: u32) -> bool {
    code == FourCc::RIFF.0 || code == FourCc::LIST.0
}

/// The chunk at an index, and the size of its header; none if the bytes may end inside it.
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

/// Searches siblings in bytes that begin at `position`. Returns the number of bytes passed, and the chunk if it was
/// found, whose header is then passed too. Otherwise the search continues with the chunk after the passed bytes.
pub fn scan(
    lookahead: Lookahead<'_>,
    position: i64,
    limit: i64,
    wanted: Wanted,
) -> (usize, Option<MMCKINFO>) {
    // The last index of a header; the position of its data must fit 32 bits.
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

/// Passes chunks with another code that begin at `last` or before, and returns the index after them.
#[inline(never)]
fn skip_others(lookahead: Lookahead<'_>, from: usize, last: usize, code: u32) -> usize {
    let mut index = from;
    // Siblings often have the same header: the index of the next one is then known before this one is decoded.
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

/// The size of a chunk with its header and its pad byte. Not inlined, so that it is computed only if a header differs
/// from the previous one.
#[inline(never)]
fn total_size(size: u32) -> usize {
    (size as usize).saturating_add(HEADER_ALONE).saturating_add(size as usize & 1)
}

/// `mmioDescend` without a search, if the header is in the bytes leased for reading.
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

/// `mmioAscend`, if the end of the chunk is in the leased bytes.
#[inline]
pub fn ascend(lease: &Lease, chunk: Chunk<'_>) -> bool {
    if chunk.flags() & abi::MMIO_DIRTY != 0 {
        return complete(lease, chunk);
    }
    // The end of a streamed chunk is beyond all positions of 32 bits, and so never in the lease.
    let size = i64::from(chunk.size());
    lease.skip_to(i64::from(chunk.data()).wrapping_add(size).wrapping_add(size & 1))
}

/// Completes a new chunk, if its size was written under the same lease.
#[inline]
fn complete(lease: &Lease, chunk: Chunk<'_>) -> bool {
    let size = lease.write_position().and_then(|position| position.checked_sub(chunk.data()));
    let Some(size) = size else { return false };
    if size != chunk.size() {
        // The size field is directly before the data.
        if !lease.patch((size as usize).wrapping_add(4), size.to_le_bytes()) {
            return false;
        }
        chunk.set_size(size);
    }
    // There is space for a byte, since there is a write position.
    if size & 1 != 0 && !lease.put([0]) {
        return false;
    }
    chunk.set_flags(chunk.flags() & !abi::MMIO_DIRTY);
    true
}

/// `mmioCreateChunk`, if the lease for writing has space for the header. Not for a RIFF, which may become an RF64.
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

/// The header of a chunk, as it is in a file.
#[inline]
pub fn header_of(code: u32, size: u32) -> [u8; HEADER_ALONE] {
    (u64::from(size).wrapping_shl(u32::BITS) | u64::from(code)).to_le_bytes()
}

/// The header of a RIFF or LIST chunk with its type.
#[inline]
pub fn with_type([a, b, c, d, e, f, g, h]: [u8; HEADER_ALONE], form: u32) -> [u8; HEADER_AND_TYPE] {
    let [i, j, k, l] = form.to_le_bytes();
    [a, b, c, d, e, f, g, h, i, j, k, l]
}
