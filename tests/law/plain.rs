//! A buffered file and the system calls, compared.

use crate::backends::{Backend, Storage, disk_name};
use crate::calls::{Handle, empty_info, pattern};
use crate::compare::{Outcome, as_c};
use crate::script::{buffer_size, plain_script};
use crate::steps::{Buffer, Step};
use mmsystem::abi::{MMIO_CREATE, MMIO_READWRITE};
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};

/// Reads `count` bytes, or up to the end of the file.
fn read(file: &mut File, count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.take(count as u64).read_to_end(&mut bytes).unwrap();
    bytes
}

fn seek(file: &mut File, offset: i32, origin: i32) -> i64 {
    let offset = i64::from(offset);
    let from = match origin {
        libc::SEEK_SET => SeekFrom::Start(offset as u64),
        libc::SEEK_CUR => SeekFrom::Current(offset),
        // win: mmioSeek counts backwards from the end.
        _ => SeekFrom::End(-offset),
    };
    file.seek(from).map_or(-1, |position| position as i64)
}

fn same<T: PartialEq + Debug>(what: &impl Debug, ours: T, plain: T) -> Outcome {
    if ours == plain { Ok(()) } else { Err(format!("{what:?}: {ours:?}, not {plain:?}")) }
}

fn play(step: &Step, seed: usize, ours: &Handle, plain: &mut File) -> Outcome {
    match *step {
        Step::Read(count) => {
            let mut bytes = vec![0; count];
            let result = ours.read(&mut bytes);
            bytes.truncate(result.max(0) as usize);
            same(step, bytes, read(plain, count))
        }
        Step::Write(count) => {
            let bytes = pattern(seed, count);
            plain.write_all(&bytes).unwrap();
            same(step, ours.write(&bytes), count as i32)
        }
        Step::Seek(offset, origin) => {
            same(step, ours.seek(offset, origin).into(), seek(plain, offset, origin))
        }
        _ => unreachable!("a plain file knows no {step:?}"),
    }
}

fn compare(buffer: usize, script: &[Step]) -> Outcome {
    let (name, plain_name) = (disk_name(), disk_name().with_extension("plain"));
    let mut info = empty_info();
    info.cchBuffer = buffer as i32;
    let ours = Handle::open(name.to_str(), &mut info, MMIO_CREATE | MMIO_READWRITE);
    let mut plain =
        File::options().read(true).write(true).create(true).truncate(true).open(&plain_name).unwrap();
    for (seed, step) in script.iter().enumerate() {
        play(step, seed, &ours, &mut plain)?;
    }
    same(&"close", ours.close(), 0)?;
    same(&"the file", fs::read(name).unwrap(), fs::read(plain_name).unwrap())
}

#[test]
fn a_buffered_file_is_a_plain_file() {
    let scripts = crate::sequences().div_ceil(20);
    let in_c = |(buffer, script): &(usize, Vec<Step>)| {
        as_c(&Backend { storage: Storage::Disk, buffer: Buffer::Ours(*buffer), size: 0 }, script, u64::MAX)
    };
    let check = |(buffer, script): &(usize, Vec<Step>)| compare(*buffer, script);
    crate::check_values(scripts, (buffer_size(), plain_script()), check, in_c);
}
