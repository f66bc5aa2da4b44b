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

use crate::abi::HMMIO;
use crate::error::Error;
use crate::file::File;
use crate::lock::{Guard, Lock};
use crate::memory::{self, Grant};
use crate::name::Name;
use crate::sys;
use alloc::boxed::Box;
use alloc::collections::VecDeque;
use core::cell::{Cell, RefCell};
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// A handle is 31 bits of a number, as on Windows: programs keep handles in `adwInfo`, and cast them to `LONG` and
/// back. The low ones say which place, the high ones which generation of it. (Places beyond those, of which few
/// programs will hear, have the rest of their number above, where a handle has more than 32 bits.)
const PLACE_BITS: u32 = 22;
const PLACE_MASK: usize = (1 << PLACE_BITS) - 1;
const LAST_GENERATION: u32 = 0x7fff_ffff >> PLACE_BITS;
const BEYOND_BITS: u32 = usize::BITS / 2;
const PLACES: usize = if cfg!(miri) { 1 << 12 } else { 1 << if usize::BITS == 64 { 28 } else { PLACE_BITS } };

/// Place 0 is nobody's: NULL names it.
const FIRST: usize = 1;

/// How many places wait to be used again: the number of a handle that was closed comes back only after as many
/// times the generations.
const WAITING: usize = 256;

/// The places in a segment.
const SEGMENT: usize = if cfg!(miri) { 1 << 6 } else { 1 << 10 };
const SEGMENTS: usize = PLACES / SEGMENT;

/// A place in the table. It has a cache line of its own: what one thread does with a file is no matter to
/// another's. All zeros is one that was never used.
#[derive(Debug)]
#[repr(align(64))]
struct Slot {
    /// The handle of the file that is here, 0 for none. It changes under the lock; whoever has another handle
    /// need not wait for that.
    handle: AtomicUsize,
    place: Lock<Place>,
}

impl Slot {
    #[inline]
    fn is(&self, handle: HMMIO) -> bool {
        self.handle.load(Ordering::Relaxed) == handle.addr()
    }
}

#[derive(Debug)]
struct Place {
    generation: Cell<u32>,
    file: Cell<*mut File>,
    /// What may be read or written without asking the file. While a call on it runs there is none.
    grant: Grant,
}

// SAFETY: the file is owned by its place, and everything in it may go from thread to thread.
unsafe impl Send for Place {}

impl Slot {
    const fn unused() -> Slot {
        let place =
            Place { generation: Cell::new(0), file: Cell::new(ptr::null_mut()), grant: Grant::none() };
        Slot { handle: AtomicUsize::new(0), place: Lock::new(place) }
    }
}

/// The first segment: few programs use another, so it is found without a look at the table.
static FIRST_SEGMENT: [Slot; SEGMENT] = [const { Slot::unused() }; SEGMENT];

static TABLE: [AtomicPtr<Slot>; SEGMENTS] = [const { AtomicPtr::new(ptr::null_mut()) }; SEGMENTS];

#[derive(Debug)]
struct Free {
    /// Reused oldest first.
    places: VecDeque<usize>,
    /// The places from here on were never used.
    unused: usize,
}

static FREE: Lock<RefCell<Free>> = Lock::new(RefCell::new(Free { places: VecDeque::new(), unused: FIRST }));

#[inline]
fn slot(place: usize) -> Option<&'static Slot> {
    match FIRST_SEGMENT.get(place) {
        Some(slot) => Some(slot),
        None => later_slot(place),
    }
}

#[inline]
fn later_slot(place: usize) -> Option<&'static Slot> {
    let segment = TABLE.get(place / SEGMENT)?.load(Ordering::Acquire);
    if segment.is_null() {
        return None;
    }
    // SAFETY: a segment has SEGMENT slots, and is never freed.
    Some(unsafe { &*segment.add(place % SEGMENT) })
}

/// Makes the segment that a place is in, if it is not there. Only under the lock of the free places.
fn make_segment(place: usize) -> Option<()> {
    let segment = TABLE.get(place / SEGMENT)?;
    if place >= SEGMENT && segment.load(Ordering::Relaxed).is_null() {
        // SAFETY: all zeros is a slot that was never used.
        let slots = unsafe { memory::zeroed::<Slot>(SEGMENT) }.ok()?;
        segment.store(slots.as_ptr(), Ordering::Release);
    }
    Some(())
}

fn token(place: usize, generation: u32) -> HMMIO {
    let beyond = if usize::BITS == 64 { (place >> PLACE_BITS).wrapping_shl(BEYOND_BITS) } else { 0 };
    ptr::without_provenance_mut(beyond | generation.wrapping_shl(PLACE_BITS) as usize | (place & PLACE_MASK))
}

/// The place that a handle names. For what is no handle, any place, which has another handle.
#[inline]
fn place_of(handle: HMMIO) -> usize {
    let number = handle.addr();
    let beyond = if usize::BITS == 64 { (number >> BEYOND_BITS).wrapping_shl(PLACE_BITS) } else { 0 };
    (number & PLACE_MASK) | beyond
}

fn take_place() -> Option<usize> {
    // Not under the lock: it may wait for whoever loads a library, and that one for a place.
    sys::look_for_threads();
    let free = FREE.lock();
    let mut free = free.try_borrow_mut().ok()?;
    if free.places.len() >= WAITING || free.unused == PLACES {
        return free.places.pop_front();
    }
    let place = free.unused;
    if make_segment(place).is_none() {
        return free.places.pop_front();
    }
    free.unused = place.checked_add(1)?;
    Some(place)
}

/// Gives a file a handle and opens it; on failure there is neither.
pub fn open(file: File, name: Option<&Name>) -> Result<HMMIO, Error> {
    let place = take_place().ok_or(Error::OutOfMemory)?;
    let slot = slot(place).ok_or(Error::OutOfMemory)?;
    let here = slot.place.lock();
    let generation =
        if here.generation.get() == LAST_GENERATION { 1 } else { here.generation.get().wrapping_add(1) };
    let handle = token(place, generation);
    file.set_handle(handle);
    let file = Box::into_raw(Box::new(file));
    here.generation.set(generation);
    here.file.set(file);
    slot.handle.store(handle.addr(), Ordering::Relaxed);
    // SAFETY: it is freed by `remove` alone, under this lock.
    let file = unsafe { &*file };
    match file.open(name) {
        Ok(()) => {
            file.give(&here.grant);
            Ok(handle)
        }
        Err(error) => {
            remove(place, slot, &here);
            Err(error)
        }
    }
}

/// Empties a place whose file is done with. Not while an outer call still uses the file: that one does it.
fn remove(place: usize, slot: &Slot, here: &Guard<'_, Place>) {
    if !here.is_outermost() {
        return;
    }
    slot.handle.store(0, Ordering::Relaxed);
    let file = here.file.replace(ptr::null_mut());
    // SAFETY: it came from a Box, and this call is the only one that still knows it.
    drop(unsafe { Box::from_raw(file) });
    if let Ok(mut free) = FREE.lock().try_borrow_mut() {
        free.places.push_back(place);
    }
}

/// Runs a call on an open file, under the file's lock.
pub fn with<R>(handle: HMMIO, call: impl FnOnce(&File) -> Result<R, Error>) -> Result<R, Error> {
    with_grant(handle, |_| None, call)
}

/// Uses what an open file granted, and if that is not enough, runs a call on it; under the file's lock.
#[inline]
pub fn with_grant<R>(
    handle: HMMIO,
    act: impl FnOnce(&Grant) -> Option<R>,
    call: impl FnOnce(&File) -> Result<R, Error>,
) -> Result<R, Error> {
    let place = place_of(handle);
    let named = slot(place).filter(|slot| !handle.is_null() && slot.is(handle));
    let slot = named.ok_or(Error::InvalidHandle)?;
    let here = slot.place.lock();
    // It may have been closed while this thread waited.
    if !slot.is(handle) {
        return Err(Error::InvalidHandle);
    }
    // SAFETY: where there is a handle there is its file; it is freed by `remove` alone, by the outermost call
    // under this lock.
    let file = unsafe { &*here.file.get() };
    if file.is_closed() {
        return Err(Error::InvalidHandle);
    }
    if let Some(result) = act(&here.grant) {
        return Ok(result);
    }
    file.take_back(&here.grant);
    let result = file.during(call);
    if file.is_closed() {
        remove(place, slot, &here);
    } else if here.is_outermost() {
        file.give(&here.grant);
    }
    result
}

/// Uses what an open file granted, without its lock: in a process with one thread. Answers whether that was enough;
/// otherwise nothing happened.
#[inline]
pub fn quickly(handle: HMMIO, act: impl FnOnce(&Grant) -> bool) -> bool {
    // For a place beyond `PLACE_BITS` this is another, which has another handle. (And NULL is granted nothing.)
    let Some(slot) = slot(handle.addr() & PLACE_MASK) else { return false };
    // SAFETY: whoever uses a grant copies bytes.
    slot.is(handle) && unsafe { slot.place.alone(|place| act(&place.grant)) }.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_handle_is_null_or_true_and_all_survive_a_long() {
        for place in [FIRST, 2, 1000, PLACE_MASK.min(PLACES - 1)] {
            for generation in [1, 2, LAST_GENERATION] {
                let handle = token(place, generation);
                assert!(handle.addr() > 1);
                assert!(i32::try_from(handle.addr()).is_ok());
                assert_eq!(place_of(handle), place);
            }
        }
        for place in [PLACE_MASK + 1, PLACES - 1].into_iter().filter(|&place| place < PLACES) {
            assert_eq!(place_of(token(place, 1)), place);
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
