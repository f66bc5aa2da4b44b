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
use crate::file::{File, Request};
#[cfg(not(shuttle))]
use crate::lock::Left;
use crate::lock::{Guard, Lock};
use crate::memory::{self, Lease};
use crate::name::Name;
#[cfg(not(shuttle))]
use crate::sys::Patience;
use crate::sys::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use crate::trace;
use alloc::boxed::Box;
use core::cell::Cell;
use core::mem::MaybeUninit;
use core::ptr;

/// A handle is 31 bits of a number, as on Windows: programs keep handles in `adwInfo`, and cast them to `LONG` and
/// back. The low ones say which place, the high ones which generation of it. (Places beyond those, of which few
/// programs will hear, have the rest of their number above, where a handle has more than 32 bits.)
const PLACE_BITS: u32 = 22;
const PLACE_MASK: usize = (1 << PLACE_BITS) - 1;
const LAST_GENERATION: u32 = 0x7fff_ffff >> PLACE_BITS;
const BEYOND_BITS: u32 = usize::BITS / 2;
const PLACES: usize = if cfg!(miri) { 1 << 12 } else { 1 << if usize::BITS == 64 { 28 } else { PLACE_BITS } };

/// Place 0 is nobody's: NULL names it.
const FIRST: u32 = 1;

/// How many places wait before they may be used again: the number of a handle that was closed comes back only after as
/// many times the generations.
const WAITING: usize = 256;

/// The places in a segment.
const SEGMENT: usize = if cfg!(miri) { 1 << 6 } else { 1 << 10 };
const SEGMENTS: usize = PLACES / SEGMENT;

/// A place in the table. It has a cache line of its own: what one thread does with a file is no matter to
/// another's. All zeros is one that was never used.
#[repr(align(64))]
pub struct Slot {
    /// The handle of the file that is here, 0 for none. It changes under the lock; whoever has another handle
    /// need not wait for that.
    handle: AtomicUsize,
    /// Changes under the lock too.
    generation: AtomicU32,
    /// While the place is free and has waited: the next such one, 0 for none. Only under the lock of the free places.
    next: AtomicU32,
    place: Lock<Place>,
}

// (A model's atomics are larger.)
const _: () = assert!(cfg!(shuttle) || size_of::<Slot>() == 64);

impl Slot {
    #[inline]
    fn is(&self, handle: HMMIO) -> bool {
        self.handle.load(Ordering::Relaxed) == handle.addr()
    }
}

struct Place {
    file: Cell<*mut File>,
    /// What may be read or written without entering the file. While a call on it runs there is none.
    lease: Lease,
}

// SAFETY: the file is owned by its place, and everything in it may go from thread to thread.
unsafe impl Send for Place {}

impl Slot {
    const fn unused() -> Slot {
        Slot {
            handle: AtomicUsize::new(0),
            generation: AtomicU32::new(0),
            next: AtomicU32::new(0),
            place: Lock::new(Place { file: Cell::new(ptr::null_mut()), lease: Lease::none() }),
        }
    }
}

/// The first segment: few programs use another, so it is found without a look at the table.
static FIRST_SEGMENT: [Slot; SEGMENT] = [const { Slot::unused() }; SEGMENT];

static TABLE: [AtomicPtr<Slot>; SEGMENTS] = [const { AtomicPtr::new(ptr::null_mut()) }; SEGMENTS];

/// The places from here on were never used. It changes under the lock of the free places.
static UNUSED: AtomicU32 = AtomicU32::new(FIRST);

/// The places that are free.
struct Free {
    /// A ring of those that wait, 0 for none; the oldest is at `oldest`.
    waiting: [Cell<u32>; WAITING],
    oldest: Cell<u8>,
    /// Those that have waited, of the first segment and of the others: one, 0 for none, which the rest follow by `next`.
    /// The one that came last is used first: it is still in the processor's cache.
    rested: [Cell<u32>; 2],
    /// The memory of the file that was closed last: a program that opens and closes one after the other uses the same.
    spare: Cell<Option<Box<MaybeUninit<File>>>>,
}

impl Free {
    const fn new() -> Free {
        Free {
            waiting: [const { Cell::new(0) }; WAITING],
            oldest: Cell::new(0),
            rested: [const { Cell::new(0) }; 2],
            spare: Cell::new(None),
        }
    }

    fn take(&self) -> Option<(u32, &'static Slot)> {
        for rested in &self.rested {
            if let (place @ 1.., Some(slot)) = (rested.get(), slot(rested.get() as usize)) {
                rested.set(slot.next.load(Ordering::Relaxed));
                return Some((place, slot));
            }
        }
        let place = self.take_unused()?;
        Some((place, slot(place as usize)?))
    }

    #[cold]
    fn take_unused(&self) -> Option<u32> {
        let place = UNUSED.load(Ordering::Relaxed);
        if (place as usize) < PLACES && make_segment(place as usize).is_some() {
            UNUSED.store(place.wrapping_add(1), Ordering::Release);
            return Some(place);
        }
        // There is no other, so it waits less.
        (0..WAITING).map(|_| self.rotate(0)).find(|&place| place != 0)
    }

    fn give_back(&self, place: u32) {
        let place = self.rotate(place);
        let [near, far] = &self.rested;
        let rested = if (place as usize) < SEGMENT { near } else { far };
        if let (1.., Some(slot)) = (place, slot(place as usize)) {
            slot.next.store(rested.replace(place), Ordering::Relaxed);
        }
    }

    /// Lets a place wait, and answers the one that has waited longest.
    fn rotate(&self, place: u32) -> u32 {
        let oldest = self.oldest.get();
        self.oldest.set(oldest.wrapping_add(1));
        self.waiting.get(usize::from(oldest)).map_or(0, |waiting| waiting.replace(place))
    }
}

// SAFETY: the memory in it is nobody's.
unsafe impl Send for Free {}

static FREE: Lock<Free> = Lock::new(Free::new());

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

fn token(place: u32, generation: u32) -> HMMIO {
    let place = place as usize;
    let beyond = if usize::BITS == 64 { (place >> PLACE_BITS).wrapping_shl(BEYOND_BITS) } else { 0 };
    ptr::without_provenance_mut(beyond | generation.wrapping_shl(PLACE_BITS) as usize | (place & PLACE_MASK))
}

/// The place that a handle names. For what is no handle, any place, which has another handle.
#[inline]
pub fn place_of(handle: HMMIO) -> usize {
    let number = handle.addr();
    let beyond = if usize::BITS == 64 { (number >> BEYOND_BITS).wrapping_shl(PLACE_BITS) } else { 0 };
    (number & PLACE_MASK) | beyond
}

impl Lock<Free> {
    fn with<R>(&self, f: impl Fn(&Free) -> R) -> R {
        self.briefly(|free| Some(f(free))).unwrap_or_else(|| f(&self.lock()))
    }
}

/// Gives a file a handle and opens it; on failure there is neither.
#[inline]
pub fn open(request: Request, name: Option<&Name>) -> Result<HMMIO, Error> {
    let (taken, spare) = FREE.with(|free| (free.take(), free.spare.take()));
    let Some((place, slot)) = taken else { return Err(Error::OutOfMemory) };
    // Made where it stays: it is large.
    let memory = spare.or_else(|| memory::boxed(MaybeUninit::uninit()).ok());
    let Some(memory) = memory else {
        FREE.with(|free| free.give_back(place));
        return Err(Error::OutOfMemory);
    };
    let visit = Visit { slot, here: slot.place.lock() };
    let before = slot.generation.load(Ordering::Relaxed);
    let generation = if before == LAST_GENERATION { 1 } else { before.wrapping_add(1) };
    let handle = token(place, generation);
    let file = Box::into_raw(memory).cast::<File>();
    // SAFETY: the memory is for a file.
    unsafe { file.write(File::new(request, slot.place.pauses())) };
    slot.generation.store(generation, Ordering::Relaxed);
    visit.here.file.set(file);
    slot.handle.store(handle.addr(), Ordering::Relaxed);
    let file = visit.look();
    file.set_handle(handle);
    match file.open(name) {
        Ok(()) => Ok(handle),
        Err(error) => {
            visit.remove();
            Err(error)
        }
    }
}

/// Frees the memory that is kept for the next file, unless another thread is using the list.
#[cfg(target_os = "linux")]
pub fn give_back_the_spare() {
    drop(FREE.try_lock().and_then(|free| free.spare.take()));
}

/// The places that were ever used.
#[cfg(not(shuttle))]
fn slots() -> impl Iterator<Item = &'static Slot> {
    (FIRST..UNUSED.load(Ordering::Acquire)).filter_map(|place| slot(place as usize))
}

/// Before a fork, with other threads kept out: waits until none is in the middle of something; false if that takes too long.
#[cfg(not(shuttle))]
pub fn settle(patience: &mut Patience) -> bool {
    slots().all(|slot| patience.outlasts(|| slot.place.is_busy())) && patience.outlasts(|| FREE.is_busy())
}

/// In a forked child: frees the files, and the list of free places, from the parent's other threads.
#[cfg(not(shuttle))]
pub fn reclaim(were_kept_out: bool) {
    for slot in slots() {
        let (place, is_file) = match slot.place.reclaim(were_kept_out) {
            Left::Whole => continue,
            Left::Paused(place) => {
                // SAFETY: the file is there: a message about it was under way, or a system call.
                let file = unsafe { place.file.get().as_ref() };
                (place, file.is_some_and(File::forget_message))
            }
            Left::HalfDone(place) => (place, false),
        };
        if !is_file {
            // Whatever it was, it is nobody's any more, and neither is its place.
            slot.handle.store(0, Ordering::Relaxed);
            place.file.set(ptr::null_mut());
        }
    }
    if let Left::HalfDone(free) = FREE.reclaim(were_kept_out) {
        // Those that were in the list are lost.
        free.waiting.iter().chain(&free.rested).for_each(|place| place.set(0));
        core::mem::forget(free.spare.take());
    }
}

/// Runs a call on an open file, under the file's lock.
pub fn with<R>(handle: HMMIO, call: impl FnOnce(&File) -> Result<R, Error>) -> Result<R, Error> {
    let visit = Visit::new(handle).ok_or(Error::InvalidHandle)?;
    let result = visit.file().during(call);
    visit.end();
    result
}

/// Uses the lease of an open file, and if that is not enough, runs a call on the file; under the file's lock. Returns None
/// if there is no such file. `fast` is tried first if this thread owns the lock, and must be short, as for
/// [`Lock::briefly`]; `locked` is tried in any case.
#[inline(always)]
pub fn with_lease<R>(
    handle: HMMIO,
    fast: impl FnOnce(&Lease) -> Option<R>,
    locked: impl FnOnce(&Lease) -> Option<R>,
    slow: impl FnOnce(&File) -> R,
) -> Option<R> {
    // (Free slots have NULL instead of a handle. They have no lease.)
    let slot = slot(place_of(handle)).filter(|slot| slot.is(handle))?;
    match slot.place.briefly(|place| fast(&place.lease)) {
        None => with_file(handle, locked, slow),
        done => done,
    }
}

/// Out of line, so that the fast path of the caller is compact.
#[inline(never)]
fn with_file<R>(
    handle: HMMIO,
    locked: impl FnOnce(&Lease) -> Option<R>,
    slow: impl FnOnce(&File) -> R,
) -> Option<R> {
    let visit = Visit::new(handle)?;
    let done = locked(&visit.here.lease);
    if done.is_some() {
        return done;
    }
    let result = slow(visit.file());
    visit.end();
    Some(result)
}

/// A call's time with an open file, whose lock it has.
struct Visit {
    slot: &'static Slot,
    here: Guard<'static, Place>,
}

impl Visit {
    /// None if there is no such file.
    #[inline(always)]
    fn new(handle: HMMIO) -> Option<Visit> {
        let slot = slot(place_of(handle)).filter(|slot| slot.is(handle) && !handle.is_null())?;
        let visit = Visit { slot, here: slot.place.lock() };
        // It may have been closed while this thread waited.
        if slot.is(handle) && !visit.look().is_closed() { Some(visit) } else { None }
    }

    #[inline(always)]
    fn look(&self) -> &File {
        // SAFETY: where there is a handle there is its file; it is freed by `remove` alone, by the outermost call
        // under this lock.
        unsafe { &*self.here.file.get() }
    }

    /// The file, to run one call on; then `end` it.
    #[inline(always)]
    fn file(&self) -> &File {
        let file = self.look();
        file.revoke_lease(&self.here.lease);
        file
    }

    #[inline(always)]
    fn end(self) {
        let file = self.look();
        if file.is_closed() {
            self.remove();
        } else if self.here.is_outermost() {
            file.renew_lease(&self.here.lease);
        }
    }

    /// Empties the slot, whose file is done with. Not while an outer call still uses the file: that one does it.
    fn remove(self) {
        let Visit { slot, here } = self;
        if !here.is_outermost() {
            return;
        }
        let handle: HMMIO = ptr::without_provenance_mut(slot.handle.load(Ordering::Relaxed));
        slot.handle.store(0, Ordering::Relaxed);
        let file = here.file.replace(ptr::null_mut());
        // SAFETY: this call is the only one that still knows the file.
        unsafe { ptr::drop_in_place(file) };
        // SAFETY: it came from a Box, and its value is gone.
        let memory = unsafe { Box::from_raw(file.cast::<MaybeUninit<File>>()) };
        drop(here);
        if !FREE.is_mine() {
            // Other threads open files too: the next to get this slot need not revoke the ownership of its lock.
            slot.place.disown();
        }
        if trace::is_on() {
            trace::closed(handle);
        }
        let place = u32::try_from(place_of(handle)).unwrap_or(0);
        let memory = Cell::new(Some(memory));
        drop(FREE.with(|free| {
            free.give_back(place);
            free.spare.replace(memory.take())
        }));
    }
}

#[cfg(all(test, not(shuttle)))]
mod tests {
    use super::*;

    #[test]
    fn no_handle_is_null_or_true_and_all_survive_a_long() {
        for place in [1, 2, 1000, PLACE_MASK.min(PLACES - 1)] {
            for generation in [1, 2, LAST_GENERATION] {
                let handle = token(u32::try_from(place).unwrap(), generation);
                assert!(handle.addr() > 1);
                assert!(i32::try_from(handle.addr()).is_ok());
                assert_eq!(place_of(handle), place);
            }
        }
        for place in [PLACE_MASK + 1, PLACES - 1].into_iter().filter(|&place| place < PLACES) {
            assert_eq!(place_of(token(u32::try_from(place).unwrap(), 1)), place);
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
