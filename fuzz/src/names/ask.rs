//! Calls with a name, and the I/O procedure that some names select.

use super::spelling::{Unit, code_of};
use crate::calls::empty_info;
use mmsystem::abi::*;
use mmsystem::capi::{mmioClose, mmioRead, mmioWrite};
use std::cell::{Cell, RefCell};

/// The size of a buffer for a name.
pub const ROOM: usize = 128;

/// The code of the procedure.
pub const CODE: [u8; 4] = *b"ARC ";

thread_local! {
    /// The names in the last message that the procedure received, in its own encoding.
    static SENT: RefCell<Vec<Vec<u32>>> = RefCell::default();
    /// The size of a unit in that encoding; 0 while the procedure is not installed.
    pub static ENCODING: Cell<usize> = const { Cell::new(0) };
    /// The result of the procedure.
    pub static PROC_RESULT: Cell<u32> = const { Cell::new(0) };
}

/// The result of a call: the length of the file, or 1 if none is opened; or the error.
pub type CallResult = Result<i32, u32>;

/// Copies a name to an allocation of exactly its size with the NUL, or of at least `room` units.
fn exact<U: Unit>(units: &[U], room: usize) -> Box<[U]> {
    let mut copy = units.to_vec();
    copy.push(U::default());
    copy.resize(copy.len().max(room), U::FILL);
    copy.into_boxed_slice()
}

/// Opens a name. An opened file is read, or `write` bytes are written to it, and closed. Also returns the contents of
/// the name's buffer.
pub fn open<U: Unit>(units: &[U], flags: u32, write: usize) -> (CallResult, Box<[U]>) {
    SENT.take();
    let returns_name = flags & (MMIO_PARSE | MMIO_EXIST | MMIO_GETTEMP) != 0;
    let mut name = exact(units, if returns_name { ROOM } else { 0 });
    let before = name.clone();
    let mut info = empty_info();
    // SAFETY: a string with its NUL, with the room that is needed; and a structure.
    let file = unsafe { U::open(name.as_mut_ptr(), &mut info, flags) };
    assert!(returns_name || name == before, "the name was written to");
    let error = info.wErrorRet;
    let result = match (flags & MMIO_GETTEMP != 0, file.addr()) {
        (true, 0) => Ok(1),
        (true, failed) => {
            assert_eq!(failed, MMIOERR_FILENOTFOUND as usize);
            Err(error)
        }
        (_, 0) => Err(error),
        (_, 1) => Ok(1),
        _ => Ok(use_and_close(file, write)),
    };
    assert_eq!(result.is_ok(), error == 0, "{error}");
    (result, name)
}

fn use_and_close(file: HMMIO, write: usize) -> i32 {
    let mut bytes = [b'n'; 1000];
    // SAFETY: the array is longer than `write`, and as long as what is read.
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

/// Returns the expected result of a call with these names, or None if they do not select the procedure. Checks what the
/// procedure received.
pub fn expected_of_procedure<U: Unit>(names: &[&[u8]]) -> Option<Result<(), u32>> {
    let is_selected = ENCODING.get() > 0 && code_of::<U>(names[0]) == Some(CODE);
    let spelled: Option<Vec<_>> = names.iter().map(|name| spell(name)).collect();
    let spelled = spelled.filter(|_| is_selected);
    assert_eq!(SENT.take(), spelled.clone().unwrap_or_default());
    is_selected.then_some(match (spelled, PROC_RESULT.get()) {
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

/// Returns the units of a name in a message.
fn received(text: LPARAM) -> Vec<u32> {
    let unit = |place: usize| {
        // SAFETY: the library sends aligned strings with a NUL, in the encoding of the procedure.
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
    PROC_RESULT.get() as LRESULT
}
