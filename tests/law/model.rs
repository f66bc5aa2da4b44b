//! The model of a file: bytes and a position.

use crate::long_sizes::{LongSizes, is_rf64};
use mmsystem::abi::{MMCKINFO, MMIO_DIRTY, MMIO_FINDCHUNK, MMIO_FINDLIST, MMIO_FINDRIFF};
use mmsystem::abi::{MMIOERR_CANNOTSEEK, MMIOERR_CANNOTWRITE, MMIOERR_CHUNKNOTFOUND};

/// The kind of file, on which its rules depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageKind {
    Disk,
    /// Grows by `step`. If that is 0, holds at most `room` bytes.
    Memory {
        room: usize,
        step: u32,
    },
    Procedure,
    /// Holds at most `length` bytes.
    Part {
        length: usize,
    },
}

#[derive(Clone, Debug)]
pub struct Model {
    pub kind: StorageKind,
    pub bytes: Vec<u8>,
    pub position: usize,
    long_sizes: LongSizes,
}

/// The largest position that a `LONG` holds.
const LARGEST: i64 = i32::MAX as i64;

impl Model {
    pub fn new(kind: StorageKind, bytes: Vec<u8>) -> Model {
        Model { kind, bytes, position: 0, long_sizes: LongSizes::default() }
    }

    pub fn is_memory(&self) -> bool {
        matches!(self.kind, StorageKind::Memory { .. })
    }

    /// The bytes that a read of `count` bytes returns.
    pub fn peek(&self, count: usize) -> &[u8] {
        self.range(self.position, count)
    }

    /// The bytes from `from` on: `count`, or as many as there are.
    pub fn range(&self, from: usize, count: usize) -> &[u8] {
        let end = self.bytes.len();
        &self.bytes[from.min(end)..from.saturating_add(count).min(end)]
    }

    /// The number of bytes that a write of `count` bytes accepts.
    pub fn room_for(&self, count: usize) -> usize {
        match self.kind {
            StorageKind::Memory { room, step: 0 } | StorageKind::Part { length: room } => {
                count.min(room - self.position.min(room))
            }
            _ => count,
        }
    }

    /// Writes the bytes that fit. A gap before them is filled with zeros.
    pub fn write(&mut self, bytes: &[u8]) -> usize {
        let count = self.room_for(bytes.len());
        if count > 0 {
            let end = self.position + count;
            self.bytes.resize(self.bytes.len().max(end), 0);
            self.bytes[self.position..end].copy_from_slice(&bytes[..count]);
            self.position = end;
        }
        count
    }

    /// The position after a seek, if the seek is allowed.
    pub fn target(&self, offset: i32, origin: i32) -> Option<usize> {
        let (offset, end) = (i64::from(offset), self.bytes.len() as i64);
        let target = match (origin, self.kind) {
            (libc::SEEK_SET, _) => offset,
            (libc::SEEK_CUR, _) => self.position as i64 + offset,
            // The procedure of these tests adds the offset to the end, as most do.
            (libc::SEEK_END, StorageKind::Procedure) => end + offset,
            (libc::SEEK_END, _) => end - offset,
            _ => return None,
        };
        self.permitted(target)
    }

    fn permitted(&self, target: i64) -> Option<usize> {
        let limit = match self.kind {
            StorageKind::Memory { .. } => self.bytes.len() as i64,
            StorageKind::Part { length } => length as i64,
            _ => LARGEST,
        };
        (0..=limit).contains(&target).then_some(target as usize)
    }

    /// For a memory file a new buffer is a new, empty file.
    pub fn set_buffer(&mut self, size: usize) {
        if let StorageKind::Memory { room, .. } = &mut self.kind {
            *room = size;
            self.bytes.clear();
            self.position = 0;
        }
    }

    pub fn create_chunk(&mut self, chunk: &mut MMCKINFO) -> u32 {
        let start = self.position;
        let mut header = [chunk.ckid.to_le_bytes(), chunk.cksize.to_le_bytes()].concat();
        if has_type(chunk.ckid) {
            header.extend(chunk.fccType.to_le_bytes());
        }
        if self.write(&header) < header.len() {
            self.position = start;
            return MMIOERR_CANNOTWRITE;
        }
        chunk.dwDataOffset = start as u32 + 8;
        chunk.dwFlags = MMIO_DIRTY;
        0
    }

    pub fn ascend(&mut self, chunk: &mut MMCKINFO) -> u32 {
        if chunk.dwFlags & MMIO_DIRTY == 0 {
            return self.leave(chunk);
        }
        let (data, end) = (chunk.dwDataOffset as usize, self.position);
        let Some(size) = end.checked_sub(data) else { return MMIOERR_CANNOTSEEK };
        let pad = size & 1;
        if self.write(&vec![0; pad]) < pad {
            return MMIOERR_CANNOTWRITE;
        }
        if size != chunk.cksize as usize {
            self.position = data - 4;
            assert_eq!(self.write(&(size as u32).to_le_bytes()), 4);
        }
        self.position = end + pad;
        chunk.cksize = size as u32;
        chunk.dwFlags &= !MMIO_DIRTY;
        0
    }

    /// The size of a chunk that a caller passes back, and whether it was streamed.
    fn size_of(&self, chunk: &MMCKINFO) -> (i64, bool) {
        match chunk.cksize {
            u32::MAX => match self.long_sizes.known(chunk.dwDataOffset.into()) {
                Some(size) => (size, false),
                None => (u32::MAX.into(), true),
            },
            size => (size.into(), false),
        }
    }

    fn leave(&mut self, chunk: &MMCKINFO) -> u32 {
        let (size, is_streamed) = self.size_of(chunk);
        if is_streamed && self.kind != StorageKind::Procedure {
            // The size is not known.
            self.position = self.bytes.len();
            return 0;
        }
        let end = i64::from(chunk.dwDataOffset).saturating_add(size);
        let padded = end.saturating_add(size & 1);
        let limit = match self.kind {
            StorageKind::Disk => i64::MAX,
            StorageKind::Part { length } => length as i64,
            StorageKind::Memory { .. } => self.bytes.len() as i64,
            // A position of all ones would be -1.
            StorageKind::Procedure => i64::from(u32::MAX) - 1,
        };
        // The pad byte of the last chunk may be missing.
        match [padded, end].into_iter().find(|&index| index <= limit) {
            Some(target) => self.position = target as usize,
            None => return MMIOERR_CANNOTSEEK,
        }
        0
    }

    /// Searches for a chunk. `chunk` is the search pattern, and receives the last header that was read.
    pub fn descend(&mut self, chunk: &mut MMCKINFO, parent: Option<&MMCKINFO>, flags: u32) -> u32 {
        let (code, form) = (chunk.ckid, chunk.fccType);
        let mut at = self.position as u64;
        let end = parent.map_or(u64::MAX, |p| match self.size_of(p) {
            (_, true) => u64::MAX,
            (size, _) => i64::from(p.dwDataOffset).saturating_add(size) as u64,
        });
        if parent.is_some_and(|p| at < u64::from(p.dwDataOffset)) {
            return MMIOERR_CHUNKNOTFOUND;
        }
        // A search by name also accepts a chunk that only begins in the parent.
        let is_named =
            matches!(flags, MMIO_FINDRIFF | MMIO_FINDLIST) || (flags == MMIO_FINDCHUNK && code != 0);
        while at + if is_named { 1 } else { 8 } <= end {
            let Some((read, size)) = self.header(at) else { break };
            *chunk = read;
            let is = |wanted: u32, found: u32| wanted == 0 || wanted == found;
            let found = match flags {
                MMIO_FINDCHUNK => is(code, chunk.ckid),
                MMIO_FINDRIFF => chunk.ckid == RIFF && is(form, chunk.fccType),
                MMIO_FINDLIST => chunk.ckid == LIST && is(form, chunk.fccType),
                _ => true,
            };
            if found {
                let data = at as usize + 8;
                self.position = if has_type(chunk.ckid) { (data + 4).min(self.bytes.len()) } else { data };
                return 0;
            }
            at += 8 + size as u64 + (size & 1) as u64;
        }
        MMIOERR_CHUNKNOTFOUND
    }

    /// The chunk there, and its true size.
    fn header(&mut self, at: u64) -> Option<(MMCKINFO, i64)> {
        let at = usize::try_from(at).ok()?;
        let number = |at| Some(u32::from_le_bytes(self.range(at, 4).try_into().ok()?));
        let (ckid, cksize) = (number(at)?, number(at + 4)?);
        let is_rf64 = at == 0 && is_rf64(ckid);
        let ckid = if is_rf64 { RIFF } else { ckid };
        let form = if has_type(ckid) { number(at + 8) } else { None };
        let data = u32::try_from(at + 8).ok()?;
        let mut chunk = MMCKINFO { ckid, cksize, fccType: form.unwrap_or(0), dwDataOffset: data, dwFlags: 0 };
        if has_type(ckid) && form.is_none() {
            return Some((chunk, cksize.into()));
        }
        if at == 0 {
            let mut sizes = self.long_sizes.clone();
            sizes.begin(is_rf64, |at, count| self.range(at as usize, count).to_vec());
            self.long_sizes = sizes;
        }
        let long_size = if cksize == u32::MAX { self.long_sizes.find(ckid, at as i64) } else { None };
        if let Some(size) = long_size {
            chunk.cksize = u32::try_from(size).unwrap_or(u32::MAX);
        }
        Some((chunk, long_size.unwrap_or(cksize.into())))
    }
}

const RIFF: u32 = u32::from_le_bytes(*b"RIFF");
const LIST: u32 = u32::from_le_bytes(*b"LIST");

fn has_type(code: u32) -> bool {
    code == RIFF || code == LIST
}
