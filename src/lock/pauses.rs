//! Pauses: during these a fork does not wait for a thread that is inside a lock.
#![forbid(unsafe_code)]

use crate::sys;
use crate::sys::atomic::{AtomicU8, Ordering};

/// The number of paused guards of a lock. During a pause the thread does something that may take long and does not
/// touch the value, which is consistent; a fork does not wait for that thread. Changed by the thread that is inside,
/// read by any.
pub struct Pauses(AtomicU8);

impl Pauses {
    #[cfg(not(loom))]
    pub const fn none() -> Pauses {
        Pauses(AtomicU8::new(0))
    }

    /// For `models/`: the atomics of loom have no constant constructor.
    #[cfg(loom)]
    pub fn none() -> Pauses {
        Pauses(AtomicU8::new(0))
    }

    /// Pauses the newest guard. This thread must have it, and must not have paused it yet.
    #[inline(always)]
    pub fn begin(&self) {
        self.0.store(self.0.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
    }

    /// Ends the pause. Waits for the end of a fork that is under way.
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

    /// Runs `f` during a pause.
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
