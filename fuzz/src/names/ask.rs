//! Calls with a name, and the procedure that some names are for.

use super::spelling::{Unit, code_of};
use crate::calls::empty_info;
use mmsystem::abi::*;
use mmsystem::capi::{mmioClose, mmioRead, mmioWrite};
use std::cell::{Cell, RefCell};

/// The size of the buffer that receives a name.
pub const ROOM: usize = 128;

/// The code of the procedure that is chosen by names.
pub const CODE: [u8; 4] = *b"ARC ";

thread_local! {
    /// The names that the procedure was sent in the last call, in its own encoding.
    static SENT: RefCell<Vec<Vec<u32>>> = RefCell::default();
    /// The size of a unit of that; 0 while it is not installed.
    pub static ENCODING: Cell<usize> = const { Cell::new(0) };
    /// What it answers.
    pub static ANSWER: Cell<u32> = const { Cell::new(0) };
}

/// What a call gave: the length of the file, or 1 where none is opened; or the error.
pub type Answer = Result<i32, u32>;

/// A copy that ends where it ends.
fn exact<U: Unit>(units: &[U], room: usize) -> Box<[U]> {
    let mut copy = units.to_vec();
    copy.push(U::default());
    copy.resize(copy.len().max(room), U::FILL);
    copy.into_boxed_slice()
}

/// Opens, and what is a file is read, or written to, so many bytes, and closed. Also answers what is in the name's
/// buffer then.
pub fn open<U: Unit>(units: &[U], flags: u32, write: usize) -> (Answer, Box<[U]>) {
    SENT.take();
    let tells = flags & (MMIO_PARSE | MMIO_EXIST | MMIO_GETTEMP) != 0;
    let mut name = exact(units, if tells { ROOM } else { 0 });
    let before = name.clone();
    let mut info = empty_info();
    // SAFETY: a string with its NUL, and the room that is needed; a structure.
    let file = unsafe { U::open(name.as_mut_ptr(), &mut info, flags) };
    assert!(tells || name == before, "the name was written to");
    let error = info.wErrorRet;
    let answer = match (flags & MMIO_GETTEMP != 0, file.addr()) {
        (true, 0) => Ok(1),
        (true, failed) => {
            assert_eq!(failed, MMIOERR_FILENOTFOUND as usize);
            Err(error)
        }
        (_, 0) => Err(error),
        (_, 1) => Ok(1),
        _ => Ok(use_and_close(file, write)),
    };
    assert_eq!(answer.is_ok(), error == 0, "{error}");
    (answer, name)
}

fn use_and_close(file: HMMIO, write: usize) -> i32 {
    let mut bytes = [b'n'; 1000];
    // SAFETY: the array is longer than what is written, and as long as what is read.
    unsafe {
        let count = match write {
            0 => mmioRead(file, bytes.as_mut_ptr().cast(), bytes.len() as i32),
            _ => mmioWrite(file, bytes.as_ptr().cast(), write as i32),
        };
        assert_eq!(mmioClose(file, 0), 0);
        count
    }
}

pub fn rename<U: Unit>(old: &[U], new: &[U]) -> u32 {
    SENT.take();
    let (old, new) = (exact(old, 0), exact(new, 0));
    // SAFETY: strings with their NULs.
    unsafe { U::rename(old.as_ptr(), new.as_ptr()) }
}

/// What the procedure makes of a call with these names; none if it is not its turn. Checks what it was sent.
pub fn procedures<U: Unit>(names: &[&[u8]]) -> Option<Result<(), u32>> {
    let is_its = ENCODING.get() > 0 && code_of::<U>(names[0]) == Some(CODE);
    let spelled: Option<Vec<_>> = names.iter().map(|name| spell(name)).collect();
    let spelled = spelled.filter(|_| is_its);
    assert_eq!(SENT.take(), spelled.clone().unwrap_or_default());
    is_its.then_some(match (spelled, ANSWER.get()) {
        (None, _) => Err(MMIOERR_INVALIDFILE),
        (Some(_), 0) => Ok(()),
        (Some(_), error) => Err(error),
    })
}

fn spell(name: &[u8]) -> Option<Vec<u32>> {
    match ENCODING.get() {
        2 => Some(u16::spell(name)?.into_iter().map(u32::from).collect()),
        4 => u32::spell(name),
        _ => Some(name.iter().copied().map(u32::from).collect()),
    }
}

/// The units of a name that the procedure was sent.
fn received(text: LPARAM) -> Vec<u32> {
    let unit = |place: usize| {
        // SAFETY: the library sends strings with their NULs in the encoding of the procedure; aligned as they are.
        unsafe {
            match ENCODING.get() {
                2 => (text as *const u16).add(place).read().into(),
                4 => (text as *const u32).add(place).read(),
                _ => (text as *const u8).add(place).read().into(),
            }
        }
    };
    (0..).map(unit).take_while(|&unit| unit != 0).collect()
}

pub unsafe extern "C" fn procedure(_: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let names = match message {
        MMIOM_OPEN => vec![received(first)],
        MMIOM_RENAME => vec![received(first), received(second)],
        MMIOM_WRITE | MMIOM_WRITEFLUSH => return second,
        _ => return 0,
    };
    SENT.set(names);
    ANSWER.get() as LRESULT
}
