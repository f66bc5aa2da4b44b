//! The lock of a file, and of the few lists that all files share: re-entrant, and one word.
//!
//! A library that reads four bytes at a time spends most of its time on the lock. In a process with one thread
//! nobody else can look at the word, so it is set with plain stores; the C library tells when that ends, and a
//! thread that is started in the middle of a call finds the lock held as it would any other.
//!
//! The states of `word`, `T` being the number of a thread (its lowest bit is 0):
//!
//! | word | held | others wait |
//! |---|---|---|
//! | 0 | no | no |
//! | `T` | by `T` | no |
//! | `T + 1` | by `T` | yes: whoever unlocks wakes them |

use crate::sys;
use crate::sys::atomic::{AtomicUsize, Ordering};
use core::cell::Cell;
use core::marker::PhantomData;

/// The bit that says that others wait.
const WAITED_FOR: usize = 1;

/// How often to look again before going to sleep: most calls are short.
const PATIENCE: u32 = if cfg!(loom) { 1 } else { 64 };

/// A value for one thread at a time; the same thread may lock it again.
#[derive(Debug)]
pub struct Lock<T> {
    word: AtomicUsize,
    /// How many times it is locked; only its holder looks.
    depth: Cell<u32>,
    value: T,
}

// SAFETY: the value and the depth are only reached through a guard, which one thread at a time has: the word
// goes from 0 to a thread's number in one step, acquiring what the last holder released.
unsafe impl<T: Send> Sync for Lock<T> {}

impl<T> Lock<T> {
    #[cfg(not(loom))]
    pub const fn new(value: T) -> Lock<T> {
        Lock { word: AtomicUsize::new(0), depth: Cell::new(0), value }
    }

    /// (For `models/`, whose atomics are none of a constant's.)
    #[cfg(loom)]
    pub fn new(value: T) -> Lock<T> {
        Lock { word: AtomicUsize::new(0), depth: Cell::new(0), value }
    }

    /// Where those who wait for this lock wait.
    fn address(&self) -> usize {
        core::ptr::from_ref(self).addr()
    }

    #[inline]
    pub fn lock(&self) -> Guard<'_, T> {
        let me = sys::thread_number();
        let word = self.word.load(Ordering::Relaxed);
        if word == 0 && self.claim(me) {
            self.depth.set(1);
        } else if word & !WAITED_FOR == me {
            self.depth.set(self.depth.get().saturating_add(1));
        } else {
            self.wait(me);
            self.depth.set(1);
        }
        Guard { lock: self, life: PhantomData }
    }

    /// Locks it, if it is free.
    #[cfg(target_os = "linux")]
    pub fn try_lock(&self) -> Option<Guard<'_, T>> {
        if self.word.load(Ordering::Relaxed) != 0 || !self.claim(sys::thread_number()) {
            return None;
        }
        self.depth.set(1);
        Some(Guard { lock: self, life: PhantomData })
    }

    /// Whether nobody can take notice of the lock now: it is free, and there is one thread.
    #[inline]
    pub fn is_alone(&self) -> bool {
        self.word.load(Ordering::Relaxed) == 0 && sys::is_single_threaded()
    }

    /// Looks at the value without locking it.
    ///
    /// # Safety
    /// - It `is_alone`, and nothing was called since that might start a thread or lock it; nor does `look`.
    #[inline]
    pub unsafe fn look_alone<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.value)
    }

    /// Does something with the value that is over at once.
    ///
    /// # Safety
    /// - `act` must not start a thread, nor lock it again.
    #[inline]
    pub unsafe fn quickly<R>(&self, act: impl FnOnce(&T) -> R) -> R {
        if self.is_alone() {
            return act(&self.value);
        }
        act(&self.lock())
    }

    /// Locks it without a look at who has it.
    ///
    /// # Safety
    /// - It `is_alone`, and nothing was called since that might start a thread or lock it.
    #[inline]
    pub unsafe fn lock_alone(&self) -> Guard<'_, T> {
        self.word.store(sys::thread_number(), Ordering::Relaxed);
        self.depth.set(1);
        Guard { lock: self, life: PhantomData }
    }

    /// Takes the lock, which was free a moment ago.
    #[inline]
    fn claim(&self, me: usize) -> bool {
        if sys::is_single_threaded() {
            self.word.store(me, Ordering::Relaxed);
            return true;
        }
        self.word.compare_exchange(0, me, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[cold]
    fn wait(&self, me: usize) {
        for _ in 0..PATIENCE {
            if self.word.load(Ordering::Relaxed) == 0 && self.claim(me) {
                return;
            }
            core::hint::spin_loop();
        }
        // Whoever comes out of here may not be the last who waited, and so leaves the mark.
        let try_once = || {
            let before = self.word.load(Ordering::Relaxed);
            let after = if before == 0 { me | WAITED_FOR } else { before | WAITED_FOR };
            let set = self.word.compare_exchange(before, after, Ordering::Acquire, Ordering::Relaxed);
            // Asleep only with the mark in place: then the holder wakes us.
            match set {
                Ok(0) => sys::Attempt::Done,
                Ok(_) => sys::Attempt::Sleep,
                Err(_) => sys::Attempt::Again,
            }
        };
        sys::sleep_until(self.address(), try_once);
    }

    #[inline]
    fn unlock(&self) {
        // A guard is one of them.
        let depth = self.depth.get().wrapping_sub(1);
        self.depth.set(depth);
        if depth > 0 {
            return;
        }
        if sys::is_single_threaded() {
            self.word.store(0, Ordering::Relaxed);
            return;
        }
        let me = self.word.load(Ordering::Relaxed) & !WAITED_FOR;
        if self.word.compare_exchange(me, 0, Ordering::Release, Ordering::Relaxed).is_err() {
            self.wake();
        }
    }

    #[cold]
    fn wake(&self) {
        sys::wake_all(self.address(), || self.word.store(0, Ordering::Release));
    }
}

/// A lock that is held. It stays with its thread, whose the lock is.
#[derive(Debug)]
pub struct Guard<'a, T> {
    lock: &'a Lock<T>,
    life: PhantomData<*const ()>,
}

impl<T> Guard<'_, T> {
    /// Whether this thread holds the lock once only.
    #[inline]
    pub fn is_outermost(&self) -> bool {
        self.lock.depth.get() == 1
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
        self.lock.unlock();
    }
}

#[cfg(all(test, not(any(loom, shuttle))))]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn one_thread_at_a_time_and_all_get_their_turn() {
        const TURNS: u32 = if cfg!(miri) { 100 } else { 10_000 };
        static COUNT: Lock<Cell<u32>> = Lock::new(Cell::new(0));
        let threads: Vec<_> = (0..4)
            .map(|_| {
                thread::spawn(|| {
                    for turn in 0..TURNS {
                        let outer = COUNT.lock();
                        let before = outer.get();
                        if turn % 64 == 0 {
                            thread::yield_now();
                        }
                        COUNT.lock().set(before + 1);
                    }
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(COUNT.lock().get(), 4 * TURNS);
    }

    #[test]
    fn the_same_thread_may_lock_it_again() {
        let lock = Lock::new(());
        let outer = lock.lock();
        assert!(outer.is_outermost());
        let inner = lock.lock();
        assert!(!outer.is_outermost());
        drop(inner);
        assert!(outer.is_outermost());
    }

    #[test]
    fn a_thread_started_while_it_is_held_waits() {
        static LOCK: Lock<Cell<bool>> = Lock::new(Cell::new(false));
        let held = LOCK.lock();
        let other = thread::spawn(|| LOCK.lock().get());
        thread::sleep(std::time::Duration::from_millis(50));
        held.set(true);
        drop(held);
        assert!(other.join().unwrap());
    }
}
