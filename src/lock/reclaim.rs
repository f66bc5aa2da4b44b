//! A lock in a forked child, in which the other threads of the parent are not; and a value in one that may be lost there.
#![forbid(unsafe_code)]

use super::{Bias, HELD, Lock, REVOKING};
use crate::sys;
use crate::sys::atomic::Ordering;
use core::cell::Cell;

/// The state in which a forked child finds the value of a lock.
pub enum ValueState<'a, T> {
    /// No other thread was inside.
    Consistent,
    /// All guards of another thread were paused.
    Paused(&'a T),
    /// Another thread was in the middle of something, and may have left it inconsistent.
    Inconsistent(&'a T),
}

impl<T> Lock<T> {
    /// In a forked child: takes from the threads of the parent what they have of the lock. What this thread holds it keeps.
    /// `was_quiesced`: whether they were kept from entering until the fork.
    pub fn reclaim(&self, was_quiesced: bool) -> ValueState<'_, T> {
        match self.bias.reclaim(was_quiesced) {
            OtherThread::Outside => ValueState::Consistent,
            OtherThread::Paused => ValueState::Paused(&self.value),
            OtherThread::Busy => ValueState::Inconsistent(&self.value),
        }
    }
}

/// Where the threads of the parent were that are not in the child.
enum OtherThread {
    Outside,
    Paused,
    Busy,
}

impl Bias {
    #[inline(never)]
    fn reclaim(&self, was_quiesced: bool) -> OtherThread {
        let owner = self.owner.load(Ordering::Relaxed);
        let thread = owner & !(REVOKING | HELD);
        let depth = self.depth.load(Ordering::Relaxed);
        if thread == sys::thread_id() {
            // Another may have the mutex, and be about to revoke the ownership.
            if self.mutex.is_locked() && (owner & HELD == 0 || depth == 0) {
                self.owner.store(owner & !REVOKING, Ordering::Relaxed);
                self.mutex.reset();
            }
            return OtherThread::Outside;
        }
        let is_busy = !was_quiesced && self.is_busy();
        if thread != 0 {
            // It may have been about to enter, and to find that it may not: whoever revokes its ownership would wait for it.
            let entering = &sys::record(thread).entering;
            if entering.load(Ordering::Relaxed) == self.address() {
                entering.store(0, Ordering::Relaxed);
            }
        }
        if depth == 0 && owner & (REVOKING | HELD) == 0 && !is_busy && !self.mutex.is_locked() {
            // (Most are: they are not written to, so that their memory stays the parent's too.)
            return OtherThread::Outside;
        }
        self.owner.store(0, Ordering::Relaxed);
        self.depth.store(0, Ordering::Relaxed);
        self.pauses.reset();
        self.mutex.reset();
        // (Who is inside and not busy is paused, or is about to go on from there, or to enter, and to find that it may not.)
        match (is_busy, depth) {
            (true, _) => OtherThread::Busy,
            (false, 0) => OtherThread::Outside,
            (false, _) => OtherThread::Paused,
        }
    }
}

fn update<T: Default, R>(held: &Cell<T>, f: impl FnOnce(&mut T) -> R) -> R {
    let mut value = held.take();
    let result = f(&mut value);
    held.set(value);
    result
}

impl<T: Default> Lock<Cell<T>> {
    /// Locks it for as long as `f` runs, which must not use this lock.
    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        update(&self.lock(), f)
    }

    /// The same, if no other thread is inside.
    pub fn try_with<R>(&self, f: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.try_lock().map(|held| update(&held, f))
    }

    /// [`Lock::reclaim`]; a value that may be inconsistent is replaced by the default, and lost. False if so.
    pub fn reclaim_or_reset(&self, was_quiesced: bool) -> bool {
        let ValueState::Inconsistent(value) = self.reclaim(was_quiesced) else { return true };
        core::mem::forget(value.take());
        false
    }
}
