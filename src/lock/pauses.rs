//! When a fork does not wait for a thread that is inside a lock.
#![forbid(unsafe_code)]

use crate::sys;
use crate::sys::atomic::{AtomicU8, Ordering};

/// How many of a lock's guards are paused: what their thread does now takes its time, and does not touch the value, which is
/// whole. A fork does not wait for it.
pub struct Pauses(AtomicU8);

impl Pauses {
    #[cfg(not(loom))]
    pub const fn none() -> Pauses {
        Pauses(AtomicU8::new(0))
    }

    /// (For `models/`.)
    #[cfg(loom)]
    pub fn none() -> Pauses {
        Pauses(AtomicU8::new(0))
    }

    /// Pauses the newest guard, which this thread has, and has not paused yet.
    #[inline(always)]
    pub fn begin(&self) {
        self.0.store(self.0.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
    }

    /// Ends that, after a fork that is under way.
    #[inline(always)]
    pub fn end(&self) {
        self.0.store(self.0.load(Ordering::Relaxed).wrapping_sub(1), Ordering::Relaxed);
        if !sys::light_barrier() {
            self.end_after_fork();
        }
    }

    #[cold]
    #[inline(never)]
    fn end_after_fork(&self) {
        self.begin();
        sys::wait_for_fork();
        self.end();
    }

    /// Runs `f` in a pause.
    pub fn during<R>(&self, f: impl FnOnce() -> R) -> R {
        self.begin();
        let result = f();
        self.end();
        result
    }

    pub(super) fn count(&self) -> u8 {
        self.0.load(Ordering::Acquire)
    }

    #[cfg(not(any(loom, shuttle)))]
    pub(super) fn reset(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}
