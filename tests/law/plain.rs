//! A buffered file and the operating system's own, side by side.

use crate::backends::disk_name;
use crate::calls::{Handle, nothing_asked, pattern};
use crate::judge::Verdict;
use crate::script::{LONGEST, buffer_size};
use mmsystem::abi::{MMIO_CREATE, MMIO_READWRITE};
use proptest::collection::vec;
use proptest::prelude::*;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};

#[derive(Clone, Debug)]
enum Step {
    Read(usize),
    Write(usize),
    Set(i32),
    Move(i32),
    /// So far from the end.
    End(i32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..=100_usize).prop_map(Step::Read),
        (0..=100_usize).prop_map(Step::Write),
        (0..=300_i32).prop_map(Step::Set),
        (-60..=60_i32).prop_map(Step::Move),
        (-20..=100_i32).prop_map(Step::End),
    ];
    vec(step, 0..=LONGEST)
}

/// Reads until `count` bytes are there or the file ends.
fn read(file: &mut File, count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.take(count as u64).read_to_end(&mut bytes).unwrap();
    bytes
}

fn seek(file: &mut File, from: SeekFrom) -> i64 {
    file.seek(from).map_or(-1, |position| position as i64)
}

fn same<T: PartialEq + std::fmt::Debug>(step: &impl std::fmt::Debug, ours: T, plain: T) -> Verdict {
    if ours == plain { Ok(()) } else { Err(format!("{step:?}: {ours:?}, not {plain:?}")) }
}

fn compare(buffer: usize, steps: &[Step]) -> Verdict {
    let (name, plain_name) = (disk_name(), disk_name().with_extension("plain"));
    let mut info = nothing_asked();
    info.cchBuffer = buffer as i32;
    let ours = Handle::open(name.to_str(), &mut info, MMIO_CREATE | MMIO_READWRITE);
    let mut plain =
        File::options().read(true).write(true).create(true).truncate(true).open(&plain_name).unwrap();
    for (seed, step) in steps.iter().enumerate() {
        match *step {
            Step::Read(count) => {
                let mut bytes = vec![0; count];
                let count_read = ours.read(&mut bytes);
                bytes.truncate(count_read.max(0) as usize);
                same(step, bytes, read(&mut plain, count))?;
            }
            Step::Write(count) => {
                plain.write_all(&pattern(seed, count)).unwrap();
                same(step, ours.write(&pattern(seed, count)), count as i32)?;
            }
            Step::Set(to) => {
                same(
                    step,
                    ours.seek(to, libc::SEEK_SET).into(),
                    seek(&mut plain, SeekFrom::Start(to as u64)),
                )?;
            }
            Step::Move(by) => {
                same(
                    step,
                    ours.seek(by, libc::SEEK_CUR).into(),
                    seek(&mut plain, SeekFrom::Current(by.into())),
                )?;
            }
            Step::End(back) => {
                let from = SeekFrom::End(-i64::from(back));
                same(step, ours.seek(back, libc::SEEK_END).into(), seek(&mut plain, from))?;
            }
        }
    }
    same(&"close", ours.close(), 0)?;
    same(&"the file", fs::read(name).unwrap(), fs::read(plain_name).unwrap())
}

#[test]
fn a_buffered_file_is_a_plain_file() {
    let scripts = crate::sequences().div_ceil(20);
    let values = (buffer_size(), steps());
    crate::judge(scripts, values, |(buffer, steps)| compare(*buffer, steps), |value| format!("{value:?}"));
}
