//! The mutex on which the lock of a file (src/lock.rs) is built.

#[cfg(target_os = "linux")]
use core::ffi::c_int;
#[cfg(target_os = "linux")]
use core::ptr;
#[cfg(target_os = "linux")]
use core::sync::atomic::{AtomicU32, Ordering};

/// A mutex that may be locked and unlocked by different functions. It needs no memory, no thread-local data and no
/// process-wide table. So a wait cannot fail, an unloaded library leaves nothing behind, and a forked child finds every
/// mutex that no other thread had locked unchanged.
#[cfg(target_os = "linux")]
pub struct RawMutex(AtomicU32);

#[cfg(target_os = "linux")]
impl RawMutex {
    const FREE: u32 = 0;
    const LOCKED: u32 = 1;
    /// Locked, and threads may be asleep: `unlock` wakes one.
    const CONTENDED: u32 = 2;

    pub const fn new() -> RawMutex {
        RawMutex(AtomicU32::new(RawMutex::FREE))
    }

    #[inline]
    pub fn try_lock(&self) -> bool {
        let exchange = (RawMutex::FREE, RawMutex::LOCKED);
        self.0.compare_exchange(exchange.0, exchange.1, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[cold]
    pub fn lock(&self) {
        /// Number of looks before sleeping, and of spins before each look. The spins leave the cache line to the
        /// holder: a call costs least when few threads take turns and each makes many calls in its turn.
        const SPIN_ROUNDS: u32 = if cfg!(miri) { 1 } else { 4 };
        const SPINS: u32 = if cfg!(miri) { 1 } else { 64 };
        for _ in 0..SPIN_ROUNDS {
            for _ in 0..SPINS {
                core::hint::spin_loop();
            }
            if self.0.load(Ordering::Relaxed) == RawMutex::FREE && self.try_lock() {
                return;
            }
        }
        while self.0.swap(RawMutex::CONTENDED, Ordering::Acquire) != RawMutex::FREE {
            self.futex(libc::FUTEX_WAIT, RawMutex::CONTENDED);
        }
    }

    /// # Safety
    /// - This thread locked it.
    #[inline]
    pub unsafe fn unlock(&self) {
        if self.0.swap(RawMutex::FREE, Ordering::Release) == RawMutex::CONTENDED {
            self.futex(libc::FUTEX_WAKE, 1);
        }
    }

    pub fn is_locked(&self) -> bool {
        self.0.load(Ordering::Relaxed) != RawMutex::FREE
    }

    /// In a forked child: unlocks it. The threads that locked it or wait for it do not exist.
    pub fn reset(&self) {
        self.0.store(RawMutex::FREE, Ordering::Relaxed);
    }

    /// Calls futex(2). The result is ignored: after a failed wait the caller tries again.
    #[cold]
    #[inline(never)]
    fn futex(&self, operation: c_int, value: u32) {
        let no_timeout = ptr::null::<libc::timespec>();
        // SAFETY: the word outlives the call.
        unsafe {
            libc::syscall(
                libc::SYS_futex,
                self.0.as_ptr(),
                operation | libc::FUTEX_PRIVATE_FLAG,
                value,
                no_timeout,
            )
        };
    }
}

/// The same for macOS, which has no futex.
#[cfg(target_os = "macos")]
pub struct RawMutex(parking_lot::RawMutex);

#[cfg(target_os = "macos")]
impl RawMutex {
    pub const fn new() -> RawMutex {
        RawMutex(<parking_lot::RawMutex as parking_lot::lock_api::RawMutex>::INIT)
    }

    pub fn try_lock(&self) -> bool {
        parking_lot::lock_api::RawMutex::try_lock(&self.0)
    }

    pub fn lock(&self) {
        parking_lot::lock_api::RawMutex::lock(&self.0);
    }

    /// # Safety
    /// - This thread locked it.
    pub unsafe fn unlock(&self) {
        // SAFETY: the caller's promise.
        unsafe { parking_lot::lock_api::RawMutex::unlock(&self.0) };
    }

    pub fn is_locked(&self) -> bool {
        parking_lot::lock_api::RawMutex::is_locked(&self.0)
    }

    /// In a forked child: unlocks it. The threads that locked it or wait for it do not exist.
    pub fn reset(&self) {
        let mutex = core::ptr::from_ref(&self.0).cast_mut();
        // SAFETY: it consists of an atomic, and there is only one thread.
        unsafe { mutex.write(<parking_lot::RawMutex as parking_lot::lock_api::RawMutex>::INIT) };
    }
}
