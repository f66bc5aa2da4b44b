//! HMMIO to file: tokens, generations, and the lock of each file.
//!
//! A handle is a place in the table and a generation: a handle that was closed, forged or never given out
//! names no file, and looking that up touches nothing but the table. The table grows by segments that never
//! move and are never freed, so a look-up takes no lock but the file's own, which lives in the table and not
//! in the file: whoever waits for it while the file is closed finds the place empty.
//!
//! Locks, in the order in which one may be taken while another is held: a file's (re-entrant, held during a
//! call, so also while a procedure runs), then the list of free places (held for a push or a pop), and,
//! never together with that one, the registry of procedures (held for a look-up). A procedure that uses a
//! second file takes that file's lock under its own.
#![forbid(unsafe_code)]

use crate::abi::HMMIO;
use crate::error::Error;
use crate::file::File;
use crate::name::Name;
use parking_lot::{Mutex, ReentrantMutex};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ptr;
use std::sync::OnceLock;

/// Of a handle's bits, those that say which place; the others say which generation.
const PLACE_BITS: u32 = if usize::BITS == 64 { 32 } else { 22 };
const PLACE_MASK: usize = (1 << PLACE_BITS) - 1;
const LAST_GENERATION: usize = usize::MAX >> PLACE_BITS;

/// The first place's number: the low half of a handle, all that is left in a program that keeps handles in
/// 32 bits for a test, is never 0 and never 1 (which EXIST and DELETE return for TRUE).
const FIRST: usize = 16;

/// The places in the first segment; each next one has twice as many.
const SMALLEST: usize = 64;
const SEGMENTS: usize = 26;

#[derive(Debug)]
struct Place {
    /// 0: never used.
    generation: Cell<usize>,
    file: RefCell<Option<Box<File>>>,
}

type Slot = ReentrantMutex<Place>;

static TABLE: [OnceLock<Box<[Slot]>>; SEGMENTS] = [const { OnceLock::new() }; SEGMENTS];

#[derive(Debug)]
struct Free {
    /// Reused oldest first, so that a closed handle's number comes back late.
    places: VecDeque<usize>,
    /// The places from here on were never used.
    unused: usize,
}

static FREE: Mutex<Free> = Mutex::new(Free { places: VecDeque::new(), unused: 0 });

/// Which segment a place is in, where in it, and how long the segment is.
fn locate(place: usize) -> Option<(usize, usize, usize)> {
    let number = place.checked_add(SMALLEST)?;
    let power = number.ilog2();
    let length = 1_usize.checked_shl(power)?;
    let segment = power.checked_sub(SMALLEST.ilog2())?;
    Some((usize::try_from(segment).ok()?, number.checked_sub(length)?, length))
}

fn slot(place: usize) -> Option<&'static Slot> {
    let (segment, at, _) = locate(place)?;
    TABLE.get(segment)?.get()?.get(at)
}

/// As `slot`, but makes the segment if it is not there.
fn slot_made(place: usize) -> Option<&'static Slot> {
    let (segment, at, length) = locate(place)?;
    let make = || {
        let place = || Place { generation: Cell::new(0), file: RefCell::new(None) };
        (0..length).map(|_| ReentrantMutex::new(place())).collect()
    };
    TABLE.get(segment)?.get_or_init(make).get(at)
}

fn token(place: usize, generation: usize) -> HMMIO {
    let low = place.wrapping_add(FIRST) & PLACE_MASK;
    ptr::without_provenance_mut(generation.wrapping_shl(PLACE_BITS) | low)
}

/// The place and the generation that a handle names.
fn parse(handle: HMMIO) -> Option<(usize, usize)> {
    let number = handle.addr();
    Some(((number & PLACE_MASK).checked_sub(FIRST)?, number >> PLACE_BITS))
}

fn take_place() -> Option<usize> {
    let mut free = FREE.lock();
    if let Some(place) = free.places.pop_front() {
        return Some(place);
    }
    let place = free.unused;
    free.unused = place.checked_add(1)?;
    (free.unused.checked_add(FIRST)? <= PLACE_MASK).then_some(place)
}

/// Gives a file a handle and opens it; on failure there is neither.
pub fn open(file: File, name: Option<&Name>) -> Result<HMMIO, Error> {
    let place = take_place().ok_or(Error::OutOfMemory)?;
    let slot = slot_made(place).ok_or(Error::OutOfMemory)?;
    let guard = slot.lock();
    let generation =
        if guard.generation.get() == LAST_GENERATION { 1 } else { guard.generation.get().wrapping_add(1) };
    let handle = token(place, generation);
    file.set_handle(handle);
    guard.generation.set(generation);
    guard.file.replace(Some(Box::new(file)));
    let opened = match guard.file.borrow().as_deref() {
        Some(file) => file.open(name),
        None => Err(Error::InvalidHandle),
    };
    match opened {
        Ok(()) => Ok(handle),
        Err(error) => {
            remove(place, &guard);
            Err(error)
        }
    }
}

/// Empties a place whose file is done with. Not while an outer call still uses the file: that one does it.
fn remove(place: usize, here: &Place) {
    let Ok(mut file) = here.file.try_borrow_mut() else { return };
    if file.take().is_some() {
        FREE.lock().places.push_back(place);
    }
}

/// Runs a call on an open file, under the file's lock.
pub fn with<R>(handle: HMMIO, call: impl FnOnce(&File) -> Result<R, Error>) -> Result<R, Error> {
    let (place, generation) = parse(handle).ok_or(Error::InvalidHandle)?;
    let guard = slot(place).ok_or(Error::InvalidHandle)?.lock();
    if guard.generation.get() != generation {
        return Err(Error::InvalidHandle);
    }
    let (result, closed) = match guard.file.borrow().as_deref() {
        Some(file) if !file.is_closed() => (file.during(call), file.is_closed()),
        _ => return Err(Error::InvalidHandle),
    };
    if closed {
        remove(place, &guard);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_fill_the_segments_without_gaps() {
        let mut expected = (0, 0);
        for place in 0..100_000 {
            let (segment, at, length) = locate(place).unwrap();
            assert_eq!((segment, at), expected);
            expected = if at + 1 == length { (segment + 1, 0) } else { (segment, at + 1) };
        }
    }

    #[test]
    fn no_handle_is_null_or_true() {
        for place in [0, 1, 1000] {
            for generation in [1, 2, LAST_GENERATION] {
                let handle = token(place, generation);
                assert!(handle.addr() > 1);
                assert!(u32::try_from(handle.addr() & 0xffff_ffff).unwrap() > 1);
                assert_eq!(parse(handle), Some((place, generation)));
            }
        }
    }

    #[test]
    fn forged_handles_name_no_file() {
        for number in (0..64).map(|bit| 1_usize.wrapping_shl(bit)).chain([0, 1, usize::MAX, !PLACE_MASK]) {
            let handle = ptr::without_provenance_mut(number);
            assert_eq!(with(handle, |_| Ok(())), Err(Error::InvalidHandle));
        }
    }
}
