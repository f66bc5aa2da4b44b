//! The lock of a file, and of the few lists that all files share: re-entrant, and biased towards one thread, its owner.
//!
//! Most files are used by one thread only. That thread owns the lock: it enters and leaves with plain stores, without
//! an atomic read-modify-write. Any other thread must first revoke the ownership. Revocation is a Dekker handshake in
//! which the revoker pays for the expensive half:
//!
//! ```text
//! owner                                    revoker, with the mutex locked
//!     owner == T?  else: mutex                 owner = T | REVOKING
//!     entering = this lock                     process-wide barrier (membarrier(2))
//!     (compiler barrier)                       entering == this lock?  wait
//!     owner == T?  else: mutex                 depth > 0?  wait
//!     depth = depth + 1
//!     entering = none
//! ```
//!
//! After the barrier, either the revoker sees that the owner is entering, or the owner sees that it is being revoked.
//! `entering` belongs to the thread ([`sys::Record`]) and not to the lock: a thread that is preempted between its first
//! look at `owner` and its store may resume when the lock has another owner, whose word it must not overwrite.
//!
//! After a revocation the lock is an ordinary mutex, until one thread has locked it many times in succession and
//! becomes the owner. Where the system has no such barrier (macOS), the owner executes a full one. docs/architecture.md
//! has the measurements.
//!
//! The states of `owner`, where `T` is the id of a thread, whose two lowest bits are 0:
//!
//! | `owner` | meaning | set |
//! |---|---|---|
//! | 0 | no owner yet, or the owner gave the lock up | by the owner, while outside |
//! | `T` | `T` owns the lock | by `T`, with the mutex locked, which it then unlocks; also restored by a thread whose `try_lock` found `T` inside |
//! | `T \| REVOKING` | `T` is being revoked, and cannot enter | by the revoker, with the mutex locked |
//! | `T \| HELD` | `T` was the last to lock the mutex | by `T`, with the mutex locked |
//!
//! `depth` is the number of guards. They all belong to one thread: the owner, or the thread that holds the mutex.
//!
//! # Forks
//!
//! A forked child has one thread. A lock held by another thread would never be released there, and its value would stay
//! half changed. So before a fork (`src/fork.rs`) the forking thread keeps all others out: a thread that enters checks,
//! after its half of the handshake, whether a fork is under way, and if so leaves again and waits. Threads that are
//! inside are waited for, except a thread whose guards are all paused ([`Pauses`]): it is in a message or a system
//! call, which may take any time, and the value is consistent. In the child such a guard is void, and the lock is free.

use crate::sys::atomic::{AtomicU8, AtomicUsize, Ordering};
use crate::sys::{self, RawMutex};
use core::cell::Cell;
use core::marker::PhantomData;

#[path = "lock/pauses.rs"]
mod pauses;
#[cfg(not(any(loom, shuttle)))]
#[path = "lock/reclaim.rs"]
mod reclaim;
#[cfg(all(test, not(any(loom, shuttle))))]
#[path = "lock/tests.rs"]
mod tests;

pub use pauses::Pauses;
#[cfg(not(any(loom, shuttle)))]
pub use reclaim::ValueState;

const REVOKING: usize = 1;
const HELD: usize = 2;

/// Number of successive locks after which the lock is biased towards a thread again. The next revocation costs
/// microseconds, about as much as this number of calls.
const REBIAS_THRESHOLD: u16 = if cfg!(any(loom, shuttle)) { 2 } else { 256 };

/// A value that one thread may use at a time. The same thread may lock it again.
// `bias` is first, so that it has the address of the lock: this saves an instruction on entry.
#[repr(C)]
pub struct Lock<T> {
    bias: Bias,
    value: T,
}

/// The lock without its value.
struct Bias {
    owner: AtomicUsize,
    depth: AtomicU8,
    pauses: Pauses,
    mutex: RawMutex,
    /// Number of times in succession that the same thread took the mutex. Guarded by the mutex.
    consecutive_locks: Cell<u16>,
}

// SAFETY: one thread at a time reaches the value: the owner, between its entry and its exit, or the holder of the
// mutex, which enters after the owner has left, and acquires what the owner released. The mutex guards the cell.
unsafe impl<T: Send> Sync for Lock<T> {}

fn is_owned(owner: usize) -> bool {
    owner != 0 && owner & (REVOKING | HELD) == 0
}

impl<T> Lock<T> {
    #[cfg(not(loom))]
    pub const fn new(value: T) -> Lock<T> {
        let bias = Bias {
            owner: AtomicUsize::new(0),
            depth: AtomicU8::new(0),
            pauses: Pauses::none(),
            mutex: RawMutex::new(),
            consecutive_locks: Cell::new(0),
        };
        Lock { bias, value }
    }

    /// For `models/`: the atomics of loom have no constant constructor.
    #[cfg(loom)]
    pub fn new(value: T) -> Lock<T> {
        let bias = Bias {
            owner: AtomicUsize::new(0),
            depth: AtomicU8::new(0),
            pauses: Pauses::none(),
            mutex: RawMutex::new(),
            consecutive_locks: Cell::new(0),
        };
        Lock { bias, value }
    }

    /// Locks it. Waits while another thread is inside.
    #[inline]
    pub fn lock(&self) -> Guard<'_, T> {
        let me = sys::thread_id();
        if !self.bias.enter_as_owner(me) {
            self.bias.lock_slow(me);
        }
        Guard { lock: self, marker: PhantomData }
    }

    /// Runs `f` on the value if this thread owns the lock. Otherwise returns None without running it. `f` may run while
    /// this thread has a guard. It must be short, since a thread that waits for it polls, and must not use any lock.
    #[inline(always)]
    pub fn with_if_owner<R>(&self, f: impl FnOnce(&T) -> Option<R>) -> Option<R> {
        self.bias.as_owner(sys::thread_id(), || f(&self.value))
    }

    /// Locks it, if no other thread is inside, and no fork is under way.
    pub fn try_lock(&self) -> Option<Guard<'_, T>> {
        self.bias.try_lock(sys::thread_id()).then(|| Guard { lock: self, marker: PhantomData })
    }

    /// Whether this thread owns the lock now.
    pub fn is_mine(&self) -> bool {
        self.bias.owner.load(Ordering::Relaxed) == sys::thread_id()
    }

    /// Gives up the ownership, if this thread has it and is outside, so that the next thread need not revoke it.
    pub fn disown(&self) {
        let (me, bias) = (sys::thread_id(), &self.bias);
        if bias.depth.load(Ordering::Relaxed) == 0 {
            let _ = bias.owner.compare_exchange(me, 0, Ordering::Release, Ordering::Relaxed);
        }
    }

    /// The count of paused guards.
    pub fn pauses(&self) -> &Pauses {
        &self.bias.pauses
    }

    /// Reads the value without locking it.
    #[cfg(loom)]
    pub fn peek<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.value)
    }

    /// Whether another thread is inside and not paused. Unless threads are kept out, one may enter at any time.
    pub fn is_busy(&self) -> bool {
        self.bias.is_busy()
    }
}

impl Bias {
    /// Runs `f` as the owner, and keeps revokers out meanwhile. Returns None if this thread is not the owner, or not
    /// any more.
    #[inline(always)]
    fn as_owner<R>(&self, me: usize, f: impl FnOnce() -> Option<R>) -> Option<R> {
        if self.owner.load(Ordering::Relaxed) != me {
            return None;
        }
        // A thread that owns a lock has a record.
        let entering = &sys::record(me).entering;
        entering.store(self.address(), Ordering::Relaxed);
        let may_enter = sys::light_barrier();
        let result = if may_enter && self.owner.load(Ordering::Relaxed) == me { f() } else { None };
        entering.store(0, Ordering::Release);
        result
    }

    #[inline(always)]
    fn enter_as_owner(&self, me: usize) -> bool {
        let increment_depth = || {
            self.increment_depth();
            Some(())
        };
        self.as_owner(me, increment_depth).is_some()
    }

    /// The release store publishes `owner` to `wait_and_enter`.
    #[inline(always)]
    fn increment_depth(&self) {
        self.depth.store(self.depth.load(Ordering::Relaxed).saturating_add(1), Ordering::Release);
    }

    #[inline(always)]
    fn exit(&self, me: usize) {
        let depth = self.depth.load(Ordering::Relaxed).saturating_sub(1);
        self.depth.store(depth, Ordering::Release);
        if depth == 0 && self.owner.load(Ordering::Relaxed) == me | HELD {
            // SAFETY: this thread locked it, in `wait_and_enter` or `try_lock`.
            unsafe { self.mutex.unlock() };
        }
    }

    fn address(&self) -> usize {
        core::ptr::from_ref(self).addr()
    }

    #[cold]
    #[inline(never)]
    fn lock_slow(&self, me: usize) {
        loop {
            self.wait_and_enter(me);
            if sys::may_be_inside() {
                return;
            }
            self.exit(me);
            sys::wait_for_fork();
        }
    }

    fn wait_and_enter(&self, me: usize) {
        // Acquire: a thread that makes `depth` more than 0 has stored `owner` before.
        if self.depth.load(Ordering::Acquire) > 0 {
            let owner = self.owner.load(Ordering::Relaxed);
            // This thread may be inside as the owner, too, if another thread's `try_lock` has restored the ownership.
            if owner & !(REVOKING | HELD) == me {
                return self.increment_depth();
            }
        }
        if !self.mutex.try_lock() {
            sys::uncancelled(|| self.mutex.lock());
        }
        self.enter_with_mutex(me, true);
    }

    /// Locks it, if no other thread is inside, and no fork is under way.
    fn try_lock(&self, me: usize) -> bool {
        let is_inside =
            self.enter_as_owner(me) || (self.mutex.try_lock() && self.enter_with_mutex(me, false));
        if is_inside && !sys::may_be_inside() {
            self.exit(me);
            return false;
        }
        is_inside
    }

    /// Enters, with the mutex locked. The mutex stays locked unless this thread becomes the owner. Returns false, with
    /// the mutex unlocked, if the owner is inside and `may_wait` is false.
    fn enter_with_mutex(&self, me: usize, may_wait: bool) -> bool {
        let before = self.owner.load(Ordering::Acquire);
        if is_owned(before) && before != me && !self.revoke(before, may_wait) {
            // SAFETY: the caller locked it.
            unsafe { self.mutex.unlock() };
            return false;
        }
        if before == me || self.becomes_owner(me, before) {
            sys::prepare_barrier();
            self.owner.store(me, Ordering::Relaxed);
            self.increment_depth();
            // SAFETY: as above.
            unsafe { self.mutex.unlock() };
        } else {
            self.owner.store(me | HELD, Ordering::Relaxed);
            self.increment_depth();
        }
        true
    }

    /// Whether this thread, which has the mutex, becomes the owner.
    fn becomes_owner(&self, me: usize, before: usize) -> bool {
        if before != 0 && before != me | HELD {
            self.consecutive_locks.set(0);
            return false;
        }
        let consecutive_locks = self.consecutive_locks.get().saturating_add(1);
        self.consecutive_locks.set(consecutive_locks);
        (before == 0 || consecutive_locks >= REBIAS_THRESHOLD) && sys::record(me).claim(me)
    }

    /// Revokes the ownership of another thread, with the mutex locked. Returns false, and changes nothing, if that
    /// thread is inside and `may_wait` is false.
    fn revoke(&self, owner: usize, may_wait: bool) -> bool {
        let revoking = owner | REVOKING;
        if self.owner.compare_exchange(owner, revoking, Ordering::Acquire, Ordering::Acquire).is_err() {
            // The owner has just given it up.
            return true;
        }
        // Acquire what the owner did inside. `entering` is polled first: a thread that is entering may be inside
        // afterwards.
        let is_entering = || sys::record(owner).entering.load(Ordering::Acquire) == self.address();
        let is_inside = || self.depth.load(Ordering::Acquire) > 0;
        sys::uncancelled(sys::process_barrier);
        if !may_wait && (is_entering() || is_inside()) {
            self.owner.store(owner, Ordering::Relaxed);
            return false;
        }
        sys::uncancelled(|| {
            sys::wait_while(is_entering);
            sys::wait_while(is_inside);
        });
        self.consecutive_locks.set(0);
        true
    }

    /// Whether another thread is inside and not paused.
    #[inline(never)]
    fn is_busy(&self) -> bool {
        let thread = self.owner.load(Ordering::Acquire) & !(REVOKING | HELD);
        if thread == 0 || thread == sys::thread_id() {
            return false;
        }
        // `entering` is read first: a thread that is entering may be inside afterwards. Then `depth`, which does not
        // change during a pause.
        sys::record(thread).entering.load(Ordering::Acquire) == self.address()
            || self.depth.load(Ordering::Acquire) > self.pauses.count()
    }
}

/// A held lock. It is not `Send`: the lock belongs to the thread that locked it.
pub struct Guard<'a, T> {
    lock: &'a Lock<T>,
    marker: PhantomData<*const ()>,
}

impl<T> Guard<'_, T> {
    /// Whether this thread holds the lock once only.
    #[inline]
    pub fn is_outermost(&self) -> bool {
        self.lock.bias.depth.load(Ordering::Relaxed) == 1
    }
}

impl<T> core::ops::Deref for Guard<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.lock.value
    }
}

impl<T> Drop for Guard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.lock.bias.exit(sys::thread_id());
    }
}
