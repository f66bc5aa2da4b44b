//! Random scripts: steps, and the kind of file that they are for.

use crate::steps::{Buffer, Finish, Step};
use mmsystem::abi::{
    MMIO_CREATELIST, MMIO_CREATERIFF, MMIO_FINDCHUNK, MMIO_FINDLIST, MMIO_FINDRIFF, MMIOM_WRITE,
    MMIOM_WRITEFLUSH,
};
use proptest::collection::vec;
use proptest::prelude::*;

const LONGEST: usize = 60;

pub fn count() -> impl Strategy<Value = usize> {
    prop_oneof![10 => 0..=9_usize, 5 => 0..=70_usize, 1 => 0..=9000_usize]
}

pub fn offset() -> impl Strategy<Value = i32> {
    prop_oneof![12 => -10..=60_i32, 4 => -100..=200_i32, 1 => -9000..=9000_i32]
}

pub fn origin() -> impl Strategy<Value = i32> {
    prop::sample::select(vec![libc::SEEK_SET, libc::SEEK_CUR, libc::SEEK_END])
}

pub fn buffer_size() -> impl Strategy<Value = usize> {
    prop::sample::select(vec![1_usize, 2, 3, 5, 7, 64, 8192])
}

fn buffer() -> impl Strategy<Value = Buffer> {
    let size = || prop_oneof![buffer_size(), 0..=40_usize];
    prop_oneof![
        1 => Just(Buffer::None),
        3 => size().prop_map(Buffer::Ours),
        3 => size().prop_map(Buffer::Callers),
    ]
}

fn finish() -> impl Strategy<Value = Finish> {
    prop_oneof![Just(Finish::SetInfo), (0..=1_u32).prop_map(Finish::Advance)]
}

fn code() -> impl Strategy<Value = u32> {
    prop::sample::select(vec![0, u32::from_le_bytes(*b"fmt "), u32::from_le_bytes(*b"data")])
}

/// Steps that the system calls have, too.
pub fn plain_script() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        count().prop_map(Step::Read),
        count().prop_map(Step::Write),
        (offset(), origin()).prop_map(|(offset, origin)| Step::Seek(offset, origin)),
    ];
    vec(step, 0..=LONGEST)
}

fn transfers() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => count().prop_map(Step::Read),
        6 => count().prop_map(Step::Write),
        6 => (offset(), origin()).prop_map(|(offset, origin)| Step::Seek(offset, origin)),
        1 => (-1..=4_i32).prop_map(|origin| Step::Seek(i32::MIN, origin)),
        2 => prop_oneof![Just(0), Just(0x10)].prop_map(Step::Flush),
        2 => buffer().prop_map(Step::SetBuffer),
    ]
}

fn direct_access() -> impl Strategy<Value = Step> {
    let direct_write = (prop::option::of(0..9000_usize), count(), any::<bool>(), finish());
    prop_oneof![
        3 => (count(), finish()).prop_map(|(count, finish)| Step::DirectRead(count, finish)),
        4 => direct_write.prop_map(|(at, count, stay, finish)| Step::DirectWrite { at, count, stay, finish }),
        2 => (0..9000_usize, finish()).prop_map(|(to, finish)| Step::DirectMove(to, finish)),
        1 => prop_oneof![Just(0), 0..9000_usize].prop_map(Step::DirectForget),
        1 => any::<bool>().prop_map(Step::DirectStray),
        3 => (0..=1_u32).prop_map(Step::Advance),
    ]
}

fn messages() -> impl Strategy<Value = Step> {
    let write = prop_oneof![Just(MMIOM_WRITE), Just(MMIOM_WRITEFLUSH)];
    prop_oneof![
        count().prop_map(Step::SendRead),
        (write, count()).prop_map(|(message, count)| Step::SendWrite(message, count)),
        (offset(), origin()).prop_map(|(offset, origin)| Step::SendSeek(offset, origin)),
    ]
}

fn chunks() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![2 => Just(0), 1 => Just(MMIO_CREATERIFF), 1 => Just(MMIO_CREATELIST)];
    let find = prop_oneof![Just(0), Just(MMIO_FINDCHUNK), Just(MMIO_FINDRIFF), Just(MMIO_FINDLIST)];
    prop_oneof![
        3 => (kind, code(), code(), 0..=12_u32)
            .prop_map(|(flags, code, form, size)| Step::Create { flags, code, form, size }),
        3 => Just(Step::Ascend),
        3 => (find, code(), code(), any::<bool>())
            .prop_map(|(flags, code, form, in_parent)| Step::Descend { flags, code, form, in_parent }),
        2 => Just(Step::Rewind),
    ]
}

pub fn script() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![6 => transfers(), 4 => direct_access(), 2 => messages(), 3 => chunks()];
    vec(step, 0..=LONGEST)
}
