//! A lock in a forked child, where the other threads of the parent do not exist; and locked values that may be lost
//! there.
#![forbid(unsafe_code)]

use super::{Bias, HELD, Lock, REVOKING};
use crate::sys;
use crate::sys::atomic::Ordering;
use core::cell::Cell;

/// The state in which a forked child finds the value of a lock.
pub enum ValueState<'a, T> {
    /// No other thread was inside the lock.
    Consistent,
    /// Another thread was inside, and all its guards were paused.
    Paused(&'a T),
    /// Another thread may have been changing the value.
    Inconsistent(&'a T),
}

impl<T> Lock<T> {
    /// In a forked child: takes the lock from the other threads of the parent. This thread keeps what it holds.
    /// `was_quiesced`: whether the other threads were kept out until the fork.
    pub fn reclaim(&self, was_quiesced: bool) -> ValueState<'_, T> {
        match self.bias.reclaim(was_quiesced) {
            OtherThread::Outside => ValueState::Consistent,
            OtherThread::Paused => ValueState::Paused(&self.value),
            OtherThread::Busy => ValueState::Inconsistent(&self.value),
        }
    }
}

/// Where the other threads of the parent were.
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
            // Another thread may have held the mutex, to revoke the ownership.
            if self.mutex.is_locked() && (owner & HELD == 0 || depth == 0) {
                self.owner.store(owner & !REVOKING, Ordering::Relaxed);
                self.mutex.reset();
            }
            return OtherThread::Outside;
        }
        let is_busy = !was_quiesced && self.is_busy();
        if thread != 0 {
            // The thread may have been entering when it saw the fork. A revoker would wait for it for ever.
            let entering = &sys::record(thread).entering;
            if entering.load(Ordering::Relaxed) == self.address() {
                entering.store(0, Ordering::Relaxed);
            }
        }
        if depth == 0 && owner & (REVOKING | HELD) == 0 && !is_busy && !self.mutex.is_locked() {
            // The common case. The memory is not written to, so that parent and child keep sharing it.
            return OtherThread::Outside;
        }
        self.owner.store(0, Ordering::Relaxed);
        self.depth.store(0, Ordering::Relaxed);
        self.pauses.reset();
        self.mutex.reset();
        // A thread that is inside and not busy is paused, or it has just entered or ended its pause, and was about to
        // leave because of the fork.
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
    /// Runs `f` on the value, locked. `f` must not use this lock.
    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        update(&self.lock(), f)
    }

    /// Like `with`, if no other thread is inside; otherwise returns None.
    pub fn try_with<R>(&self, f: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.try_lock().map(|held| update(&held, f))
    }

    /// Like [`Lock::reclaim`]. A value that may be inconsistent is leaked and replaced by the default; false in that
    /// case.
    pub fn reclaim_or_reset(&self, was_quiesced: bool) -> bool {
        let ValueState::Inconsistent(value) = self.reclaim(was_quiesced) else { return true };
        core::mem::forget(value.take());
        false
    }
}
