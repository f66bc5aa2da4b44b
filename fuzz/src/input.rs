//! Decodes the input to a file and a script: what `tests/law/script.rs` generates at random.

use crate::backends::{Backend, Storage};
use crate::steps::{Buffer, Finish, Step};
use crate::store::{Behaviour, FaultMode, Writes};
use arbitrary::{Arbitrary, Result, Unstructured};
use mmsystem::abi::*;

const MAX_STEPS: usize = 60;

/// A script, and the steps after which the state is compared. A comparison revokes the lease, so the fast paths need
/// consecutive steps without one.
#[derive(Debug)]
pub struct Script {
    pub checked: u64,
    pub steps: Vec<Step>,
}

impl<'a> Arbitrary<'a> for Script {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Script> {
        let checked = match u.arbitrary::<u8>()? % 4 {
            0 => 0,
            1 => u64::MAX,
            _ => u.arbitrary()?,
        };
        let mut steps = Vec::new();
        while !u.is_empty() && steps.len() < MAX_STEPS {
            steps.push(step(u)?);
        }
        Ok(Script { checked, steps })
    }
}

impl<'a> Arbitrary<'a> for Backend {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Backend> {
        let storage = match u.arbitrary::<u8>()? % 8 {
            0 => Storage::Disk,
            1 => Storage::Memory { step: 0, created: u.arbitrary()? },
            2 => Storage::Memory { step: one_of(u, [1, 3, 16, 4096])?, created: u.arbitrary()? },
            6 => {
                let fault_mode = one_of(u, [FaultMode::Normal, FaultMode::Short, FaultMode::Failing])?;
                let cached = Writes::Cached(MMIOERR_CANNOTWRITE as LRESULT);
                let writes = one_of(u, [Writes::Direct, cached])?;
                Storage::Callbacks(Behaviour { fault_mode, writes, plan: plan(u, 20)? })
            }
            7 => match u.arbitrary::<u8>()? % 10 {
                0 => Storage::Part { before: 3, room: count(u)?, after: 0 },
                after => Storage::Part { before: 3, room: 0, after: usize::from(after) },
            },
            procedure => {
                let fault_mode = match procedure {
                    3 => FaultMode::Normal,
                    4 => FaultMode::Short,
                    _ => FaultMode::Failing,
                };
                let writes = writes(u)?;
                let plan = if procedure == 3 { Vec::new() } else { plan(u, 20)? };
                Storage::Procedure(Behaviour { fault_mode, writes, plan })
            }
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

/// One byte encodes a small count, three bytes encode a large one.
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
        9 => Step::DirectRead(count(u)?, finish(u)?),
        10 => {
            let at = if u.arbitrary()? { Some(count(u)?) } else { None };
            Step::DirectWrite { at, count: count(u)?, stay: u.arbitrary()?, finish: finish(u)? }
        }
        11 => Step::DirectMove(count(u)?, finish(u)?),
        12 => Step::DirectForget(count(u)?),
        13 => Step::DirectStray(u.arbitrary()?),
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
