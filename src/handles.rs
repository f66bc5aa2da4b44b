//! The handle table: from HMMIO to file.
//!
//! A handle consists of the index of a slot and a generation. A handle that was closed, forged or never issued is an
//! error, and looking it up reads nothing but the table. The table grows in segments that never move and are never
//! freed, so a look-up takes no lock but the file's own. That lock is in the slot and not in the file: a thread that
//! waits for it while the file is closed finds the slot empty.
//!
//! Lock order: the lock of a file, then one of the others, of which no two are held together.
//!
//! - The lock of a file is re-entrant, and held during a call, also while an I/O procedure runs. It guards the slot's
//!   entry and everything in the file; `handle` and `generation` are written under it. A procedure that uses a second
//!   file takes that file's lock while it holds its own.
//! - The lock of the free slots (`FREE_SLOTS`) is held for a push or a pop.
//! - Those of the registry of procedures, the cached listings, the directory of the executable, the timers and the
//!   trace are described in their files. None is held while a procedure or a callback runs.

#[path = "handles/number.rs"]
pub mod number;

use crate::abi::HMMIO;
use crate::error::Error;
use crate::file::{File, OpenRequest};
#[cfg(not(shuttle))]
use crate::lock::ValueState;
use crate::lock::{Guard, Lock};
use crate::memory::{self, Lease};
use crate::name::Name;
#[cfg(not(shuttle))]
use crate::sys::Timeout;
use crate::sys::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use crate::trace;
use alloc::boxed::Box;
use core::cell::Cell;
use core::mem::MaybeUninit;
use core::ptr;
use number::{FIRST_INDEX, LAST_GENERATION, MAX_SLOTS, make_handle, slot_index};

/// Quarantine length before a slot is reused. The value of a closed handle recurs after this number times the number of
/// generations.
const QUARANTINE: usize = 1 << u8::BITS;

/// Slots per segment.
const SEGMENT_SIZE: usize = if cfg!(miri) { 1 << 6 } else { 1 << 10 };
const SEGMENT_COUNT: usize = MAX_SLOTS / SEGMENT_SIZE;

/// A slot of the table. It fills a cache line, so that threads that use different files do not share one. A slot that
/// was never used is all zeros.
#[repr(align(64))]
pub struct Slot {
    /// The handle of the file in this slot, 0 if there is none. Written under the lock; read without it, as a reader
    /// compares it with its own handle only.
    handle: AtomicUsize,
    /// Written under the lock.
    generation: AtomicU32,
    /// The next slot in the free list, 0 at its end. Guarded by the lock of the free slots.
    next: AtomicU32,
    entry: Lock<Entry>,
}

// The atomics of shuttle are larger.
const _: () = assert!(cfg!(shuttle) || size_of::<Slot>() == 64);

/// What the lock of a slot guards.
struct Entry {
    file: Cell<*mut File>,
    /// Transfers that need not enter the file. There is no lease while a call on the file runs.
    lease: Lease,
}

// SAFETY: the slot owns the file, and everything in a file may be sent to another thread.
unsafe impl Send for Entry {}

impl Slot {
    const fn unused() -> Slot {
        Slot {
            handle: AtomicUsize::new(0),
            generation: AtomicU32::new(0),
            next: AtomicU32::new(0),
            entry: Lock::new(Entry { file: Cell::new(ptr::null_mut()), lease: Lease::none() }),
        }
    }

    #[inline]
    fn is(&self, handle: HMMIO) -> bool {
        self.handle.load(Ordering::Relaxed) == handle.addr()
    }
}

/// The first segment. Few programs need another one, so it is found without a look at the table.
static FIRST_SEGMENT: [Slot; SEGMENT_SIZE] = [const { Slot::unused() }; SEGMENT_SIZE];

static SEGMENTS: [AtomicPtr<Slot>; SEGMENT_COUNT] =
    [const { AtomicPtr::new(ptr::null_mut()) }; SEGMENT_COUNT];

/// Index of the first slot that was never used. Written under the lock of the free slots.
static FIRST_UNUSED: AtomicU32 = AtomicU32::new(FIRST_INDEX);

/// The slots that are free, guarded by the lock of [`FREE_SLOTS`].
struct FreeSlots {
    /// Ring buffer of the slots in quarantine, 0 for none. The oldest is at `oldest`, which wraps around at its end.
    quarantine: [Cell<u32>; QUARANTINE],
    oldest: Cell<u8>,
    /// Heads of two free lists, of the first segment and of the other segments; 0 for an empty list. They are linked by
    /// `next`. The slot that was freed last is reused first, as it is still in the processor's cache.
    free_lists: [Cell<u32>; 2],
    /// The allocation of the file that was closed last, which the next file reuses.
    cached_allocation: Cell<Option<Box<MaybeUninit<File>>>>,
}

impl FreeSlots {
    const fn new() -> FreeSlots {
        FreeSlots {
            quarantine: [const { Cell::new(0) }; QUARANTINE],
            oldest: Cell::new(0),
            free_lists: [const { Cell::new(0) }; 2],
            cached_allocation: Cell::new(None),
        }
    }

    fn pop(&self) -> Option<(u32, &'static Slot)> {
        for head in &self.free_lists {
            if let (index @ 1.., Some(slot)) = (head.get(), slot(head.get() as usize)) {
                head.set(slot.next.load(Ordering::Relaxed));
                return Some((index, slot));
            }
        }
        let index = self.pop_unused()?;
        Some((index, slot(index as usize)?))
    }

    #[cold]
    fn pop_unused(&self) -> Option<u32> {
        let index = FIRST_UNUSED.load(Ordering::Relaxed);
        if (index as usize) < MAX_SLOTS && make_segment(index as usize).is_some() {
            FIRST_UNUSED.store(index.wrapping_add(1), Ordering::Release);
            return Some(index);
        }
        // The table is full: reuse a slot from the quarantine early.
        (0..QUARANTINE).map(|_| self.rotate_quarantine(0)).find(|&index| index != 0)
    }

    fn push(&self, index: u32) {
        let index = self.rotate_quarantine(index);
        let [in_first_segment, in_others] = &self.free_lists;
        let head = if (index as usize) < SEGMENT_SIZE { in_first_segment } else { in_others };
        if let (1.., Some(slot)) = (index, slot(index as usize)) {
            slot.next.store(head.replace(index), Ordering::Relaxed);
        }
    }

    /// Puts a slot in quarantine, and returns the slot that leaves it.
    fn rotate_quarantine(&self, index: u32) -> u32 {
        let oldest = self.oldest.get();
        self.oldest.set(oldest.wrapping_add(1));
        self.quarantine.get(usize::from(oldest)).map_or(0, |slot| slot.replace(index))
    }
}

// SAFETY: the cached allocation belongs to no file.
unsafe impl Send for FreeSlots {}

static FREE_SLOTS: Lock<FreeSlots> = Lock::new(FreeSlots::new());

#[inline]
fn slot(index: usize) -> Option<&'static Slot> {
    match FIRST_SEGMENT.get(index) {
        Some(slot) => Some(slot),
        None => later_slot(index),
    }
}

#[inline]
fn later_slot(index: usize) -> Option<&'static Slot> {
    let segment = SEGMENTS.get(index / SEGMENT_SIZE)?.load(Ordering::Acquire);
    if segment.is_null() {
        return None;
    }
    // SAFETY: a segment has SEGMENT_SIZE slots, and is never freed.
    Some(unsafe { &*segment.add(index % SEGMENT_SIZE) })
}

/// Allocates the segment that contains a slot, unless it exists. The caller holds the lock of the free slots.
fn make_segment(index: usize) -> Option<()> {
    let segment = SEGMENTS.get(index / SEGMENT_SIZE)?;
    if index >= SEGMENT_SIZE && segment.load(Ordering::Relaxed).is_null() {
        // SAFETY: all zeros is a slot that was never used.
        let slots = unsafe { memory::zeroed::<Slot>(SEGMENT_SIZE) }.ok()?;
        segment.store(slots.as_ptr(), Ordering::Release);
    }
    Some(())
}

impl Lock<FreeSlots> {
    fn with<R>(&self, f: impl Fn(&FreeSlots) -> R) -> R {
        self.with_if_owner(|free| Some(f(free))).unwrap_or_else(|| f(&self.lock()))
    }
}

/// Allocates a handle and a file, and opens the file. On failure both are freed.
#[inline]
pub fn open(request: OpenRequest, name: Option<&Name>) -> Result<HMMIO, Error> {
    let (popped, cached_allocation) = FREE_SLOTS.with(|free| (free.pop(), free.cached_allocation.take()));
    let Some((index, slot)) = popped else { return Err(Error::OutOfMemory) };
    // Constructed in place: a file is large.
    let memory = cached_allocation.or_else(|| memory::boxed(MaybeUninit::uninit()).ok());
    let Some(memory) = memory else {
        FREE_SLOTS.with(|free| free.push(index));
        return Err(Error::OutOfMemory);
    };
    let guard = FileGuard { slot, entry: slot.entry.lock() };
    let before = slot.generation.load(Ordering::Relaxed);
    let generation = if before == LAST_GENERATION { 1 } else { before.wrapping_add(1) };
    let handle = make_handle(index, generation);
    let file = Box::into_raw(memory).cast::<File>();
    // SAFETY: the memory has the size and the alignment of a file.
    unsafe { file.write(File::new(request, slot.entry.pauses())) };
    slot.generation.store(generation, Ordering::Relaxed);
    guard.entry.file.set(file);
    slot.handle.store(handle.addr(), Ordering::Relaxed);
    let file = guard.file();
    file.set_handle(handle);
    match file.open(name) {
        Ok(()) => Ok(handle),
        Err(error) => {
            guard.remove();
            Err(error)
        }
    }
}

/// Frees the cached allocation, unless another thread holds the lock of the free slots.
#[cfg(target_os = "linux")]
pub fn free_cached_allocation() {
    drop(FREE_SLOTS.try_lock().and_then(|free| free.cached_allocation.take()));
}

/// Iterates over the slots that were ever used.
#[cfg(not(shuttle))]
fn slots() -> impl Iterator<Item = &'static Slot> {
    (FIRST_INDEX..FIRST_UNUSED.load(Ordering::Acquire)).filter_map(|index| slot(index as usize))
}

/// Before a fork, with other threads kept out: waits until no thread is inside a lock of the table, except in a pause.
/// Returns false on timeout.
#[cfg(not(shuttle))]
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    slots().all(|slot| timeout.wait_while(|| slot.entry.is_busy()))
        && timeout.wait_while(|| FREE_SLOTS.is_busy())
}

/// In a forked child: takes the locks of the files and of the free slots from the other threads of the parent.
#[cfg(not(shuttle))]
pub fn reclaim(was_quiesced: bool) {
    for slot in slots() {
        let (entry, is_file) = match slot.entry.reclaim(was_quiesced) {
            ValueState::Consistent => continue,
            ValueState::Paused(entry) => {
                // SAFETY: the file exists: the other thread was in a message about it, or in a system call.
                let file = unsafe { entry.file.get().as_ref() };
                (entry, file.is_some_and(File::abandon_message))
            }
            ValueState::Inconsistent(entry) => (entry, false),
        };
        if !is_file {
            // The file is lost, and with it its slot.
            slot.handle.store(0, Ordering::Relaxed);
            entry.file.set(ptr::null_mut());
        }
    }
    if let ValueState::Inconsistent(free) = FREE_SLOTS.reclaim(was_quiesced) {
        // The slots that were free are lost.
        free.quarantine.iter().chain(&free.free_lists).for_each(|head| head.set(0));
        core::mem::forget(free.cached_allocation.take());
    }
}

/// Runs a call on an open file, under the file's lock.
pub fn with<R>(handle: HMMIO, call: impl FnOnce(&File) -> Result<R, Error>) -> Result<R, Error> {
    let guard = FileGuard::new(handle).ok_or(Error::InvalidHandle)?;
    let result = guard.begin_call().run(call);
    guard.end_call();
    result
}

/// Uses the lease of an open file; if the lease does not suffice, runs `slow` on the file. Both run under the file's
/// lock. Returns None if there is no such file. `fast` is tried first, if this thread owns the lock; it must be short,
/// as for [`Lock::with_if_owner`]. `locked` is tried next, with the lock held.
#[inline(always)]
pub fn with_lease<R>(
    handle: HMMIO,
    fast: impl FnOnce(&Lease) -> Option<R>,
    locked: impl FnOnce(&Lease) -> Option<R>,
    slow: impl FnOnce(&File) -> R,
) -> Option<R> {
    // A free slot has the handle NULL, but no lease.
    let slot = slot(slot_index(handle)).filter(|slot| slot.is(handle))?;
    match slot.entry.with_if_owner(|entry| fast(&entry.lease)) {
        None => with_file(handle, locked, slow),
        done => done,
    }
}

/// Slow path, out of line to keep the fast path of the caller compact.
#[inline(never)]
fn with_file<R>(
    handle: HMMIO,
    locked: impl FnOnce(&Lease) -> Option<R>,
    slow: impl FnOnce(&File) -> R,
) -> Option<R> {
    let guard = FileGuard::new(handle)?;
    let done = locked(&guard.entry.lease);
    if done.is_some() {
        return done;
    }
    let result = slow(guard.begin_call());
    guard.end_call();
    Some(result)
}

/// An open file, locked for the duration of a call.
struct FileGuard {
    slot: &'static Slot,
    entry: Guard<'static, Entry>,
}

impl FileGuard {
    /// None if there is no such file.
    #[inline(always)]
    fn new(handle: HMMIO) -> Option<FileGuard> {
        let slot = slot(slot_index(handle)).filter(|slot| slot.is(handle) && !handle.is_null())?;
        let guard = FileGuard { slot, entry: slot.entry.lock() };
        // The file may have been closed while this thread waited.
        if slot.is(handle) && !guard.file().is_closed() {
            return Some(guard);
        }
        guard.leave();
        None
    }

    /// Unlocks a slot whose file was closed meanwhile. Out of line, as it is rare.
    #[cold]
    #[inline(never)]
    fn leave(self) {
        drop(self);
    }

    #[inline(always)]
    fn file(&self) -> &File {
        // SAFETY: a slot with a handle has its file. Only `remove` frees it, in the outermost call under this lock.
        unsafe { &*self.entry.file.get() }
    }

    /// Returns the file for one call, with its lease revoked. `end_call` must follow.
    #[inline(always)]
    fn begin_call(&self) -> &File {
        let file = self.file();
        file.revoke_lease(&self.entry.lease);
        file
    }

    #[inline(always)]
    fn end_call(self) {
        let file = self.file();
        if file.is_closed() {
            self.remove();
        } else if self.entry.is_outermost() {
            file.renew_lease(&self.entry.lease);
        }
    }

    /// Frees the file and its slot, unless an outer call still uses the file: then the outer call does it.
    fn remove(self) {
        let FileGuard { slot, entry } = self;
        if !entry.is_outermost() {
            return;
        }
        let handle: HMMIO = ptr::without_provenance_mut(slot.handle.load(Ordering::Relaxed));
        slot.handle.store(0, Ordering::Relaxed);
        let file = entry.file.replace(ptr::null_mut());
        // SAFETY: the slot has no pointer to the file any more, and this is the outermost call.
        unsafe { ptr::drop_in_place(file) };
        // SAFETY: the memory came from a Box, and its value was dropped.
        let memory = unsafe { Box::from_raw(file.cast::<MaybeUninit<File>>()) };
        drop(entry);
        if !FREE_SLOTS.is_mine() {
            // Other threads open files too: save the next user of this slot a revocation.
            slot.entry.disown();
        }
        if trace::is_on() {
            trace::closed(handle);
        }
        let index = u32::try_from(slot_index(handle)).unwrap_or(0);
        let memory = Cell::new(Some(memory));
        drop(FREE_SLOTS.with(|free| {
            free.push(index);
            free.cached_allocation.replace(memory.take())
        }));
    }
}

#[cfg(all(test, not(shuttle)))]
mod tests {
    use super::*;

    #[test]
    fn forged_handles_name_no_file() {
        for number in
            (0..64).map(|bit| 1_usize.wrapping_shl(bit)).chain([0, 1, usize::MAX, !number::INDEX_MASK])
        {
            let handle = ptr::without_provenance_mut(number);
            assert_eq!(with(handle, |_| Ok(())), Err(Error::InvalidHandle));
        }
    }
}
