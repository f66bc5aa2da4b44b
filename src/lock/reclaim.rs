//! A lock in a forked child, in which the other threads of the parent are not; and a value in one that may be lost there.
#![forbid(unsafe_code)]

use super::{Bias, HELD, Lock, REVOKING};
use crate::sys;
use crate::sys::atomic::Ordering;
use core::cell::Cell;

/// What a forked child finds of the value of a lock.
pub enum Left<'a, T> {
    /// No other thread was inside.
    Whole,
    /// All guards of another thread were paused.
    Paused(&'a T),
    /// Another thread was in the middle of something, and may have left it half done.
    HalfDone(&'a T),
}

impl<T> Lock<T> {
    /// In a forked child: takes from the threads of the parent what they have of the lock. What this thread holds it keeps.
    /// `were_kept_out`: whether they were kept from entering until the fork.
    pub fn reclaim(&self, were_kept_out: bool) -> Left<'_, T> {
        match self.bias.reclaim(were_kept_out) {
            Before::Outside => Left::Whole,
            Before::Paused => Left::Paused(&self.value),
            Before::Busy => Left::HalfDone(&self.value),
        }
    }
}

/// Where the threads of the parent were that are not in the child.
enum Before {
    Outside,
    Paused,
    Busy,
}

impl Bias {
    #[inline(never)]
    fn reclaim(&self, were_kept_out: bool) -> Before {
        let owner = self.owner.load(Ordering::Relaxed);
        let thread = owner & !(REVOKING | HELD);
        let depth = self.depth.load(Ordering::Relaxed);
        if thread == sys::thread_number() {
            // Another may have the mutex, and be about to revoke the ownership.
            if self.mutex.is_locked() && (owner & HELD == 0 || depth == 0) {
                self.owner.store(owner & !REVOKING, Ordering::Relaxed);
                self.mutex.forget();
            }
            return Before::Outside;
        }
        let is_busy = !were_kept_out && self.is_busy();
        if thread != 0 {
            // It may have been about to enter, and to find that it may not: whoever revokes its ownership would wait for it.
            let entering = &sys::record(thread).entering;
            if entering.load(Ordering::Relaxed) == self.address() {
                entering.store(0, Ordering::Relaxed);
            }
        }
        if depth == 0 && owner & (REVOKING | HELD) == 0 && !is_busy && !self.mutex.is_locked() {
            // (Most are: they are not written to, so that their memory stays the parent's too.)
            return Before::Outside;
        }
        self.owner.store(0, Ordering::Relaxed);
        self.depth.store(0, Ordering::Relaxed);
        self.pauses.forget();
        self.mutex.forget();
        // (Who is inside and not busy is paused, or is about to go on from there, or to enter, and to find that it may not.)
        match (is_busy, depth) {
            (true, _) => Before::Busy,
            (false, 0) => Before::Outside,
            (false, _) => Before::Paused,
        }
    }
}

impl<T: Default> Lock<Cell<T>> {
    /// Locks it for as long as `act` runs, which must not use this lock.
    pub fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        let held = self.lock();
        let mut value = held.take();
        let result = act(&mut value);
        held.set(value);
        result
    }

    /// The same, if no other thread is inside.
    pub fn try_with<R>(&self, act: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.try_lock().map(|held| {
            let mut value = held.take();
            let result = act(&mut value);
            held.set(value);
            result
        })
    }

    /// [`Lock::reclaim`]; a value that was left half done is lost, and the default takes its place. False if that is so.
    pub fn reclaim_or_lose(&self, were_kept_out: bool) -> bool {
        let Left::HalfDone(value) = self.reclaim(were_kept_out) else { return true };
        core::mem::forget(value.take());
        false
    }
}
