//! HMMIO to file: slot indexes, generations, and the lock of each file.
//!
//! A handle is the index of a slot in the table and a generation: a handle that was closed, forged or never given out
//! names no file, and looking that up touches nothing but the table. The table grows by segments that never
//! move and are never freed, so a look-up takes no lock but the file's own, which lives in the table and not
//! in the file: whoever waits for it while the file is closed finds the slot empty.
//!
//! Locks, in the order in which one may be taken while another is held: a file's (re-entrant, held during a
//! call, so also while a procedure runs), then the list of free slots (held for a push or a pop), and,
//! never together with that one, the registry of procedures (held for a look-up). A procedure that uses a
//! second file takes that file's lock under its own.

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

/// Quarantine length before a slot is reused: the number of a handle that was closed comes back only after as many times the
/// generations.
const QUARANTINE: usize = 256;

/// The slots in a segment.
const SEGMENT_SIZE: usize = if cfg!(miri) { 1 << 6 } else { 1 << 10 };
const SEGMENTS: usize = MAX_SLOTS / SEGMENT_SIZE;

/// A slot of the table. It has a cache line of its own: what one thread does with a file is no matter to
/// another's. All zeros is one that was never used.
#[repr(align(64))]
pub struct Slot {
    /// The handle of the file that is here, 0 for none. It changes under the lock; whoever has another handle
    /// need not wait for that.
    handle: AtomicUsize,
    /// Changes under the lock too.
    generation: AtomicU32,
    /// While the slot is in a free list: the next one there, 0 for none. Only under the lock of the free slots.
    next: AtomicU32,
    entry: Lock<Entry>,
}

// (A model's atomics are larger.)
const _: () = assert!(cfg!(shuttle) || size_of::<Slot>() == 64);

impl Slot {
    #[inline]
    fn is(&self, handle: HMMIO) -> bool {
        self.handle.load(Ordering::Relaxed) == handle.addr()
    }
}

struct Entry {
    file: Cell<*mut File>,
    /// What may be read or written without entering the file. While a call on it runs there is none.
    lease: Lease,
}

// SAFETY: the file is owned by its slot, and everything in it may go from thread to thread.
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
}

/// The first segment: few programs use another, so it is found without a look at the table.
static FIRST_SEGMENT: [Slot; SEGMENT_SIZE] = [const { Slot::unused() }; SEGMENT_SIZE];

static TABLE: [AtomicPtr<Slot>; SEGMENTS] = [const { AtomicPtr::new(ptr::null_mut()) }; SEGMENTS];

/// The slots from here on were never used. It changes under the lock of the free slots.
static FIRST_UNUSED: AtomicU32 = AtomicU32::new(FIRST_INDEX);

/// The free slots.
struct FreeSlots {
    /// A ring of those in quarantine, 0 for none; the oldest is at `oldest`.
    quarantine: [Cell<u32>; QUARANTINE],
    oldest: Cell<u8>,
    /// Heads of the two free lists, of the first segment and of the others, 0 for an empty one; linked by `next`.
    /// The one that came last is used first: it is still in the processor's cache.
    free_lists: [Cell<u32>; 2],
    /// The allocation of the file that was closed last: a program that opens and closes one after the other uses the same.
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
        // There is no other: the quarantine is cut short.
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

    /// Puts a slot in quarantine, and returns the one that leaves it.
    fn rotate_quarantine(&self, index: u32) -> u32 {
        let oldest = self.oldest.get();
        self.oldest.set(oldest.wrapping_add(1));
        self.quarantine.get(usize::from(oldest)).map_or(0, |oldest| oldest.replace(index))
    }
}

// SAFETY: the memory in it is nobody's.
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
    let segment = TABLE.get(index / SEGMENT_SIZE)?.load(Ordering::Acquire);
    if segment.is_null() {
        return None;
    }
    // SAFETY: a segment has SEGMENT_SIZE slots, and is never freed.
    Some(unsafe { &*segment.add(index % SEGMENT_SIZE) })
}

/// Makes the segment that a slot is in, if it is not there. Only under the lock of the free slots.
fn make_segment(index: usize) -> Option<()> {
    let segment = TABLE.get(index / SEGMENT_SIZE)?;
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

/// Gives a file a handle and opens it; on failure there is neither.
#[inline]
pub fn open(request: OpenRequest, name: Option<&Name>) -> Result<HMMIO, Error> {
    let (popped, cached_allocation) = FREE_SLOTS.with(|free| (free.pop(), free.cached_allocation.take()));
    let Some((index, slot)) = popped else { return Err(Error::OutOfMemory) };
    // Made where it stays: it is large.
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
    // SAFETY: the memory is for a file.
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

/// Frees the allocation that is cached for the next file, unless another thread is using the list.
#[cfg(target_os = "linux")]
pub fn free_cached_allocation() {
    drop(FREE_SLOTS.try_lock().and_then(|free| free.cached_allocation.take()));
}

/// The slots that were ever used.
#[cfg(not(shuttle))]
fn slots() -> impl Iterator<Item = &'static Slot> {
    (FIRST_INDEX..FIRST_UNUSED.load(Ordering::Acquire)).filter_map(|index| slot(index as usize))
}

/// Before a fork, with other threads kept out: waits until none is in the middle of something; false after the timeout.
#[cfg(not(shuttle))]
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    slots().all(|slot| timeout.wait_while(|| slot.entry.is_busy()))
        && timeout.wait_while(|| FREE_SLOTS.is_busy())
}

/// In a forked child: frees the files, and the list of free slots, from the parent's other threads.
#[cfg(not(shuttle))]
pub fn reclaim(was_quiesced: bool) {
    for slot in slots() {
        let (entry, is_file) = match slot.entry.reclaim(was_quiesced) {
            ValueState::Consistent => continue,
            ValueState::Paused(entry) => {
                // SAFETY: the file is there: a message about it was under way, or a system call.
                let file = unsafe { entry.file.get().as_ref() };
                (entry, file.is_some_and(File::abandon_message))
            }
            ValueState::Inconsistent(entry) => (entry, false),
        };
        if !is_file {
            // Whatever it was, it is nobody's any more, and neither is its slot.
            slot.handle.store(0, Ordering::Relaxed);
            entry.file.set(ptr::null_mut());
        }
    }
    if let ValueState::Inconsistent(free) = FREE_SLOTS.reclaim(was_quiesced) {
        // Those that were in the list are lost.
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

/// Uses the lease of an open file, and if that is not enough, runs a call on the file; under the file's lock. Returns None
/// if there is no such file. `fast` is tried first if this thread owns the lock, and must be short, as for
/// [`Lock::with_if_owner`]; `locked` is tried in any case.
#[inline(always)]
pub fn with_lease<R>(
    handle: HMMIO,
    fast: impl FnOnce(&Lease) -> Option<R>,
    locked: impl FnOnce(&Lease) -> Option<R>,
    slow: impl FnOnce(&File) -> R,
) -> Option<R> {
    // (Free slots have NULL instead of a handle. They have no lease.)
    let slot = slot(slot_index(handle)).filter(|slot| slot.is(handle))?;
    match slot.entry.with_if_owner(|entry| fast(&entry.lease)) {
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
    let guard = FileGuard::new(handle)?;
    let done = locked(&guard.entry.lease);
    if done.is_some() {
        return done;
    }
    let result = slow(guard.begin_call());
    guard.end_call();
    Some(result)
}

/// An open file, and its lock, for the time of a call.
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
        // It may have been closed while this thread waited.
        if slot.is(handle) && !guard.file().is_closed() {
            return Some(guard);
        }
        guard.leave();
        None
    }

    /// Unlocks a slot whose file is gone.
    #[cold]
    #[inline(never)]
    fn leave(self) {
        drop(self);
    }

    #[inline(always)]
    fn file(&self) -> &File {
        // SAFETY: where there is a handle there is its file; it is freed by `remove` alone, by the outermost call
        // under this lock.
        unsafe { &*self.entry.file.get() }
    }

    /// The file, to run one call on; `end_call` comes after that.
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

    /// Empties the slot, whose file is done with. Not while an outer call still uses the file: that one does it.
    fn remove(self) {
        let FileGuard { slot, entry } = self;
        if !entry.is_outermost() {
            return;
        }
        let handle: HMMIO = ptr::without_provenance_mut(slot.handle.load(Ordering::Relaxed));
        slot.handle.store(0, Ordering::Relaxed);
        let file = entry.file.replace(ptr::null_mut());
        // SAFETY: this call is the only one that still knows the file.
        unsafe { ptr::drop_in_place(file) };
        // SAFETY: it came from a Box, and its value is gone.
        let memory = unsafe { Box::from_raw(file.cast::<MaybeUninit<File>>()) };
        drop(entry);
        if !FREE_SLOTS.is_mine() {
            // Other threads open files too: the next to get this slot need not revoke the ownership of its lock.
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
