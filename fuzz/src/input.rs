//! Bytes as a file and what is done to it: what `tests/law/script.rs` generates at random.

use crate::backends::{Backend, Storage};
use crate::steps::{Buffer, Finish, Step};
use crate::store::{Behaviour, FaultMode, Writes};
use arbitrary::{Arbitrary, Result, Unstructured};
use mmsystem::abi::*;

const LONGEST: usize = 60;

/// A script, and after which of its steps the state is compared: asking for it takes back what the file granted, so
/// that the shorter ways need steps in a row.
#[derive(Debug)]
pub struct Script {
    pub alone: bool,
    pub looks: u64,
    pub steps: Vec<Step>,
}

impl<'a> Arbitrary<'a> for Script {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Script> {
        let alone = u.arbitrary()?;
        let looks = match u.arbitrary::<u8>()? % 4 {
            0 => 0,
            1 => u64::MAX,
            _ => u.arbitrary()?,
        };
        let mut steps = Vec::new();
        while !u.is_empty() && steps.len() < LONGEST {
            steps.push(step(u)?);
        }
        Ok(Script { alone, looks, steps })
    }
}

impl<'a> Arbitrary<'a> for Backend {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Backend> {
        let storage = match u.arbitrary::<u8>()? % 6 {
            0 => Storage::Disk,
            1 => Storage::Memory { step: 0, created: u.arbitrary()? },
            2 => Storage::Memory { step: one_of(u, [1, 3, 16, 4096])?, created: u.arbitrary()? },
            3 => Storage::Procedure(Behaviour {
                fault_mode: FaultMode::Obedient,
                writes: writes(u)?,
                plan: Vec::new(),
            }),
            4 => Storage::Procedure(Behaviour {
                fault_mode: FaultMode::Short,
                writes: writes(u)?,
                plan: plan(u, 20)?,
            }),
            _ => Storage::Procedure(Behaviour {
                fault_mode: FaultMode::Failing,
                writes: writes(u)?,
                plan: plan(u, 20)?,
            }),
        };
        Ok(Backend { storage, buffer: buffer(u)?, size: count(u)? })
    }
}

fn writes(u: &mut Unstructured<'_>) -> Result<Writes> {
    Ok(match u.arbitrary::<u8>()? % 6 {
        0 | 1 => Writes::Direct,
        2 => Writes::Cached(-1),
        3 => Writes::Cached(MMIOERR_CANNOTWRITE as LRESULT),
        4 => Writes::Only(MMIOM_WRITE, one_of(u, [0, -1])?),
        _ => Writes::Only(MMIOM_WRITEFLUSH, one_of(u, [0, -1])?),
    })
}

pub fn plan(u: &mut Unstructured<'_>, longest: u8) -> Result<Vec<u8>> {
    let length = u.arbitrary::<u8>()? % (longest + 1);
    (0..length).map(|_| u.arbitrary()).collect()
}

pub fn one_of<T: Copy, const N: usize>(u: &mut Unstructured<'_>, values: [T; N]) -> Result<T> {
    Ok(values[usize::from(u.arbitrary::<u8>()?) % N])
}

/// Small in one byte, large in three.
pub fn count(u: &mut Unstructured<'_>) -> Result<usize> {
    Ok(match u.arbitrary::<u8>()? {
        large @ 200.. => usize::from(u.arbitrary::<u16>()?) % if large < 240 { 300 } else { 9001 },
        small => usize::from(small),
    })
}

fn offset(u: &mut Unstructured<'_>) -> Result<i32> {
    Ok(match u.arbitrary::<i8>()? {
        126.. => i32::from(u.arbitrary::<i16>()?) % 9001,
        small => i32::from(small),
    })
}

fn origin(u: &mut Unstructured<'_>) -> Result<i32> {
    one_of(u, [libc::SEEK_SET, libc::SEEK_CUR, libc::SEEK_END])
}

pub fn buffer(u: &mut Unstructured<'_>) -> Result<Buffer> {
    let size = match u.arbitrary::<u8>()? {
        callers @ 128.. => return Ok(Buffer::Callers(buffer_size(u, callers)?)),
        0 => return Ok(Buffer::None),
        ours => buffer_size(u, ours)?,
    };
    Ok(Buffer::Ours(size))
}

fn buffer_size(u: &mut Unstructured<'_>, byte: u8) -> Result<usize> {
    Ok(match byte & 127 {
        small @ ..100 => usize::from(small),
        100..120 => one_of(u, [128, 256, 1024, 8192])?,
        _ => usize::from(u.arbitrary::<u16>()?) % 9001,
    })
}

fn finish(u: &mut Unstructured<'_>) -> Result<Finish> {
    one_of(u, [Finish::SetInfo, Finish::Advance(MMIO_READ), Finish::Advance(MMIO_WRITE)])
}

pub fn code(u: &mut Unstructured<'_>) -> Result<u32> {
    one_of(u, [*b"fmt ", *b"data", [0; 4], *b"LIST", *b"RIFF"]).map(u32::from_le_bytes)
}

fn step(u: &mut Unstructured<'_>) -> Result<Step> {
    Ok(match u.arbitrary::<u8>()? % 24 {
        0 | 1 => Step::Read(count(u)?),
        2 | 3 => Step::Write(count(u)?),
        4 | 5 => Step::Seek(offset(u)?, origin(u)?),
        6 => Step::Seek(i32::MIN, i32::from(u.arbitrary::<u8>()? % 6) - 1),
        7 => Step::Flush(one_of(u, [0, MMIO_EMPTYBUF])?),
        8 => Step::SetBuffer(buffer(u)?),
        9 => Step::HandRead(count(u)?, finish(u)?),
        10 => {
            let at = if u.arbitrary()? { Some(count(u)?) } else { None };
            Step::HandWrite { at, count: count(u)?, stay: u.arbitrary()?, finish: finish(u)? }
        }
        11 => Step::HandMove(count(u)?, finish(u)?),
        12 => Step::HandForget(count(u)?),
        13 => Step::HandStray(u.arbitrary()?),
        14 => Step::Advance(one_of(u, [MMIO_READ, MMIO_WRITE])?),
        15 => Step::SendRead(count(u)?),
        16 => Step::SendWrite(one_of(u, [MMIOM_WRITE, MMIOM_WRITEFLUSH])?, count(u)?),
        17 => Step::SendSeek(offset(u)?, origin(u)?),
        18 | 19 => Step::Create {
            flags: one_of(u, [0, MMIO_CREATERIFF, MMIO_CREATELIST])?,
            code: code(u)?,
            form: code(u)?,
            size: u32::from(u.arbitrary::<u8>()? % 13),
        },
        20 | 21 => Step::Ascend,
        22 => Step::Descend {
            flags: one_of(u, [0, MMIO_FINDCHUNK, MMIO_FINDRIFF, MMIO_FINDLIST])?,
            code: code(u)?,
            form: code(u)?,
            in_parent: u.arbitrary()?,
        },
        _ => Step::Rewind,
    })
}
