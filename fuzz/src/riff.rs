//! Walks through arbitrary bytes as a RIFF file, on each kind of storage and with many buffers. All must behave like
//! the model.

use crate::backends::disk_name;
use crate::calls::{Handle, empty_info, lend};
use crate::input::{count, one_of, plan};
use crate::model::{Model, StorageKind};
use crate::store::{Behaviour, FaultMode, Writes, procedure, put_store};
use arbitrary::{Arbitrary, Result, Unstructured};
use mmsystem::abi::*;
use mmsystem::capi::mmsys_tell64;
use std::fs;

const MAX_MOVES: usize = 60;

/// Maximum size of a file.
const MAX_SIZE: usize = 4096;

/// Last position at which something is written, as the model would become that large.
const MAX_WRITE_POSITION: usize = 100_000;

#[derive(Debug)]
pub struct Riff {
    /// Bit set of the moves after which the position is checked.
    checked: u64,
    /// The size of a buffer, besides the fixed ones.
    buffer: usize,
    /// How the procedures shorten transfers.
    plan: Vec<u8>,
    moves: Vec<Move>,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
enum Parent {
    None,
    /// The innermost chunk.
    Inner,
    /// The outermost chunk.
    Outer,
    /// A chunk that no search has returned.
    Arbitrary(MMCKINFO),
}

#[derive(Clone, Copy, Debug)]
enum Move {
    Descend { flags: u32, code: u32, form: u32, parent: Parent },
    Ascend,
    AscendFrom(MMCKINFO),
    Seek(i32),
    Read(usize),
}

impl<'a> Arbitrary<'a> for Riff {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Riff> {
        let (checked, buffer, plan) = (u.arbitrary()?, count(u)?, plan(u, 20)?);
        let moves = (0..u.arbitrary::<u8>()? as usize % (MAX_MOVES + 1))
            .map(|_| one_move(u))
            .collect::<Result<_>>()?;
        let bytes = u.bytes(u.len().min(MAX_SIZE))?.to_vec();
        Ok(Riff { checked, buffer, plan, moves, bytes })
    }
}

fn code(u: &mut Unstructured<'_>) -> Result<u32> {
    match u.arbitrary::<u8>()? {
        255 => u.arbitrary(),
        n @ 240..=244 => {
            let codes = [*b"RF64", *b"BW64", *b"ds64", *b"JUNK", *b"big "];
            Ok(u32::from_le_bytes(codes[usize::from(n) - 240]))
        }
        n => {
            let codes = [*b"\0\0\0\0", *b"RIFF", *b"LIST", *b"WAVE", *b"INFO", *b"fmt ", *b"data", *b"junk"];
            Ok(u32::from_le_bytes(codes[usize::from(n) % codes.len()]))
        }
    }
}

fn arbitrary_chunk(u: &mut Unstructured<'_>) -> Result<MMCKINFO> {
    let size = match u.arbitrary::<u8>()? {
        255 => u32::MAX,
        250.. => u.arbitrary()?,
        small => small.into(),
    };
    let data = match u.arbitrary::<u8>()? {
        250.. => u.arbitrary()?,
        small => small.into(),
    };
    Ok(MMCKINFO { ckid: code(u)?, cksize: size, fccType: code(u)?, dwDataOffset: data, dwFlags: 0 })
}

fn one_move(u: &mut Unstructured<'_>) -> Result<Move> {
    Ok(match u.arbitrary::<u8>()? % 16 {
        0..8 => Move::Descend {
            flags: one_of(
                u,
                [0, 0, MMIO_FINDCHUNK, MMIO_FINDRIFF, MMIO_FINDLIST, MMIO_FINDCHUNK | 0x8001, 0x30, 0x70],
            )?,
            code: code(u)?,
            form: code(u)?,
            parent: match u.arbitrary::<u8>()? % 5 {
                0 | 1 => Parent::Inner,
                2 => Parent::None,
                3 => Parent::Outer,
                _ => Parent::Arbitrary(arbitrary_chunk(u)?),
            },
        },
        8..12 => Move::Ascend,
        12 => {
            let mut chunk = arbitrary_chunk(u)?;
            if u.arbitrary()? {
                // As if `mmioCreateChunk` had made it, so that its size field is in the file.
                (chunk.dwFlags, chunk.dwDataOffset) = (MMIO_DIRTY, chunk.dwDataOffset.max(4));
            }
            Move::AscendFrom(chunk)
        }
        13 => Move::Seek(u.arbitrary::<i16>()?.into()),
        _ => Move::Read(count(u)?),
    })
}

/// A file, and the model of it.
struct Walker {
    what: String,
    file: Handle,
    model: Model,
    chunks: Vec<MMCKINFO>,
    lent: *mut libc::c_char,
}

impl Walker {
    fn new(what: String, file: Handle, kind: StorageKind, bytes: &[u8]) -> Walker {
        let model = Model::new(kind, bytes.to_vec());
        Walker { what, file, model, chunks: Vec::new(), lent: std::ptr::null_mut() }
    }

    fn on_disk(buffer: usize, bytes: &[u8]) -> Walker {
        let mut info = empty_info();
        info.cchBuffer = buffer as LONG;
        let file = Handle::open(disk_name().to_str(), &mut info, MMIO_READ);
        Walker::new(format!("on disk, buffer {buffer}"), file, StorageKind::Disk, bytes)
    }

    fn in_memory(bytes: &[u8]) -> Walker {
        let mut info = empty_info();
        info.fccIOProc = u32::from_le_bytes(*b"MEM ");
        info.cchBuffer = bytes.len() as LONG;
        info.pchBuffer = lend(bytes);
        let file = Handle::open(None, &mut info, MMIO_READWRITE);
        let kind = StorageKind::Memory { room: bytes.len(), step: 0 };
        Walker { lent: info.pchBuffer, ..Walker::new("in memory".into(), file, kind, bytes) }
    }

    fn by_procedure(buffer: usize, plan: &[u8], bytes: &[u8]) -> Walker {
        let mut info = empty_info();
        info.pIOProc = Some(procedure);
        info.cchBuffer = buffer as LONG;
        info.adwInfo[0] = buffer as u32;
        let behaviour =
            Behaviour { fault_mode: FaultMode::Short, writes: Writes::Direct, plan: plan.to_vec() };
        put_store(info.adwInfo[0], bytes.to_vec(), behaviour);
        let file = Handle::open(Some("riff"), &mut info, MMIO_READWRITE);
        Walker::new(format!("by a procedure, buffer {buffer}"), file, StorageKind::Procedure, bytes)
    }

    fn step(&mut self, to: Move) {
        match to {
            Move::Descend { flags, code, form, parent } => self.descend(flags, code, form, parent),
            Move::Ascend => {
                if let Some(chunk) = self.chunks.pop() {
                    self.ascend(chunk);
                }
            }
            // Several walkers share the disk file: it is not changed.
            Move::AscendFrom(chunk) if chunk.dwFlags != 0 && self.model.kind == StorageKind::Disk => {}
            Move::AscendFrom(chunk) if chunk.dwFlags != 0 && self.model.position > MAX_WRITE_POSITION => {}
            Move::AscendFrom(chunk) => self.ascend(chunk),
            Move::Seek(to) => {
                let target = self.model.target(to, libc::SEEK_SET);
                self.model.position = target.unwrap_or(self.model.position);
                assert_eq!(
                    self.file.seek(to, libc::SEEK_SET),
                    target.map_or(-1, |at| at as i32),
                    "{}",
                    self.what
                );
            }
            Move::Read(count) => {
                let mut bytes = vec![0; count];
                let read = self.file.read(&mut bytes);
                assert!((0..=count as i32).contains(&read), "{}", self.what);
                assert_eq!(&bytes[..read as usize], self.model.peek(count), "{}", self.what);
                self.model.position += read as usize;
            }
        }
    }

    fn descend(&mut self, flags: u32, code: u32, form: u32, parent: Parent) {
        let parent = match parent {
            Parent::None => None,
            Parent::Inner => self.chunks.last().copied(),
            Parent::Outer => self.chunks.first().copied(),
            Parent::Arbitrary(parent) => Some(parent),
        };
        let mut actual = MMCKINFO { ckid: code, fccType: form, ..MMCKINFO::default() };
        let (mut expected, before) = (actual, self.model.position);
        let find = flags & (MMIO_FINDCHUNK | MMIO_FINDRIFF | MMIO_FINDLIST);
        let expected_result = match find.count_ones() {
            2.. => MMSYSERR_INVALPARAM,
            _ => self.model.descend(&mut expected, parent.as_ref(), find),
        };
        let result = self.file.descend(&mut actual, parent.as_ref(), flags);
        self.check_same(result, expected_result, actual, expected);
        if result == 0 {
            assert!(self.model.position >= before + 8, "{}: no progress", self.what);
            self.chunks.push(actual);
        }
    }

    fn ascend(&mut self, chunk: MMCKINFO) {
        let (mut actual, mut expected) = (chunk, chunk);
        let expected_result = self.model.ascend(&mut expected);
        let result = self.file.ascend(&mut actual);
        self.check_same(result, expected_result, actual, expected);
    }

    fn check_same(&self, result: u32, expected_result: u32, actual: MMCKINFO, expected: MMCKINFO) {
        assert_eq!(result, expected_result, "{}, at {}", self.what, self.model.position);
        let all = |c: MMCKINFO| (c.ckid, c.cksize, c.fccType, c.dwDataOffset, c.dwFlags);
        assert_eq!(all(actual), all(expected), "{}, at {}", self.what, self.model.position);
    }

    fn look(&self) {
        // SAFETY: no pointers.
        let position = unsafe { mmsys_tell64(self.file.0) };
        assert_eq!(position, self.model.position as i64, "{}", self.what);
    }
}

/// Makes each move on all kinds of storage.
pub fn walk(riff: &Riff) {
    let Riff { checked, buffer, plan, moves, bytes } = riff;
    fs::write(disk_name(), bytes).expect("the temporary directory can be written to");
    let mut walkers = vec![Walker::in_memory(bytes)];
    walkers.extend([0, 1, 8, 11, 12, 64, 8192, *buffer].map(|size| Walker::on_disk(size, bytes)));
    walkers.extend([0, 9, 20, 4096].map(|size| Walker::by_procedure(size, plan, bytes)));
    for (i, &to) in moves.iter().enumerate() {
        for walker in &mut walkers {
            walker.step(to);
            if checked >> (i % 64) & 1 != 0 {
                walker.look();
            }
        }
    }
    for walker in walkers {
        walker.look();
        assert_eq!(walker.file.close(), 0, "{}", walker.what);
        // SAFETY: NULL, or memory of `lend` whose file is closed.
        unsafe { libc::free(walker.lent.cast()) };
    }
}
