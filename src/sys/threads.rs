//! Threads: which one this is, and how one waits for another.

use super::sleep_micros;
use alloc::boxed::Box;
#[cfg(all(
    target_os = "linux",
    not(miri),
    any(target_arch = "aarch64", all(target_arch = "x86_64", target_pointer_width = "64"))
))]
use core::arch::asm;
use core::ffi::{c_int, c_void};
use core::marker::PhantomData;
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

/// A number that no other thread has, not 0, whose two lowest bits are 0.
#[inline(always)]
#[cfg(not(miri))]
pub fn thread_id() -> usize {
    // Where a thread's own data is: a register has it, and that takes a quarter of the time of a call.
    #[cfg(all(target_os = "linux", target_arch = "x86_64", target_pointer_width = "64"))]
    {
        let number;
        // SAFETY: the ABI has it that this word holds its own address.
        unsafe {
            asm!("mov {}, qword ptr fs:[0]", out(reg) number, options(pure, readonly, nostack, preserves_flags))
        };
        number
    }
    #[cfg(all(target_os = "linux", target_arch = "aarch64"))]
    {
        let number;
        // SAFETY: it reads a register.
        unsafe { asm!("mrs {}, tpidr_el0", out(reg) number, options(pure, nomem, nostack, preserves_flags)) };
        number
    }
    #[cfg(not(all(
        target_os = "linux",
        any(target_arch = "aarch64", all(target_arch = "x86_64", target_pointer_width = "64"))
    )))]
    {
        // SAFETY: pthread_self has no precondition.
        let number = unsafe { libc::pthread_self() };
        // The address of a structure, whatever type it is given.
        #[allow(clippy::cast_possible_truncation)]
        return number as usize;
    }
}

/// Miri counts its threads from 0.
#[cfg(miri)]
pub fn thread_id() -> usize {
    std::thread_local!(static ADDRESS: u64 = const { 0 });
    ADDRESS.with(|address| std::ptr::from_ref(address).addr())
}

/// What other threads look up about a thread that owns locks. It has a cache line of its own.
#[derive(Debug)]
#[repr(align(64))]
pub struct Record {
    /// The thread whose record it is, 0 for none. It stays when the thread has ended.
    thread: AtomicUsize,
    /// The lock that the thread enters as its owner, by its address; 0 for none.
    pub entering: AtomicUsize,
}

const RECORDS_BITS: u32 = if cfg!(miri) { 8 } else { 14 };
const RECORDS: usize = 1 << RECORDS_BITS;

static TABLE: [Record; RECORDS] =
    [const { Record { thread: AtomicUsize::new(0), entering: AtomicUsize::new(0) } }; RECORDS];

/// The record for a thread's number. Several threads may have the same: it belongs to the one that claimed it.
#[inline(always)]
pub fn record(thread: usize) -> &'static Record {
    /// The golden ratio times 2^64: numbers at equal distances are spread out.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let hash = (thread as u64).wrapping_mul(FACTOR).wrapping_shr(u64::BITS.wrapping_sub(RECORDS_BITS));
    let index = usize::try_from(hash).unwrap_or(0);
    let [first, ..] = &TABLE;
    TABLE.get(index).unwrap_or(first)
}

impl Record {
    /// Makes it the record of this thread, unless it is another's. A thread without one owns no lock.
    pub fn claim(&self, thread: usize) -> bool {
        let is_own = match self.thread.compare_exchange(0, thread, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => true,
            Err(owner) => owner == thread,
        };
        if is_own {
            // (In a forked child one of the same number may have left something here, in the middle of entering a lock.)
            self.entering.store(0, Ordering::Relaxed);
        }
        is_own
    }
}

/// The number by which the system, a debugger and `ps` know this thread.
pub fn system_thread_id() -> u64 {
    #[cfg(target_os = "linux")]
    {
        // By number: the C library's own function is younger than the systems we run on.
        // SAFETY: no precondition.
        u64::try_from(unsafe { libc::syscall(libc::SYS_gettid) }).unwrap_or(0)
    }
    #[cfg(target_os = "macos")]
    {
        let mut number = 0;
        // SAFETY: `number` is valid for writing, and 0 is this thread.
        unsafe { libc::pthread_threadid_np(0, &mut number) };
        number
    }
}

/// What may be in a [`ThreadLocal`].
pub trait OnThreadExit {
    /// Called when a thread ends that still has it.
    fn on_thread_exit(self);
}

/// A value of each thread's own: a `pthread_key_t`.
pub struct ThreadLocal<T> {
    /// The key that the C library gave, and 1; 0 before.
    key: AtomicUsize,
    kind: PhantomData<fn(T) -> T>,
}

/// # Safety
/// - The value must come from a box of a `T`, and be nowhere else.
unsafe extern "C" fn run_on_thread_exit<T: OnThreadExit>(value: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { Box::from_raw(value.cast::<T>()) }.on_thread_exit();
}

impl<T: OnThreadExit> ThreadLocal<T> {
    pub const fn new() -> ThreadLocal<T> {
        ThreadLocal { key: AtomicUsize::new(0), kind: PhantomData }
    }

    /// Creates the key, once, before any other use; false if none is left.
    pub fn create_key(&self) -> bool {
        let mut key = 0;
        // SAFETY: `key` is valid for writing; what is there comes from `put`.
        if unsafe { libc::pthread_key_create(&mut key, Some(run_on_thread_exit::<T>)) } == 0 {
            let key = usize::try_from(key).ok().and_then(|key| key.checked_add(1));
            self.key.store(key.unwrap_or(0), Ordering::Release);
        }
        self.key().is_some()
    }

    /// Deletes the key. The values of other threads are lost.
    #[cfg(target_os = "linux")]
    pub fn delete_key(&self) {
        if let Some(key) = self.key() {
            self.key.store(0, Ordering::Relaxed);
            // SAFETY: it was created, and is not used from now on.
            unsafe { libc::pthread_key_delete(key) };
        }
    }

    fn key(&self) -> Option<libc::pthread_key_t> {
        self.key.load(Ordering::Acquire).checked_sub(1)?.try_into().ok()
    }

    /// Takes this thread's value out, if it has one.
    pub fn take(&self) -> Option<Box<T>> {
        let key = self.key()?;
        // SAFETY: the key was created.
        let value = unsafe { libc::pthread_getspecific(key) }.cast::<T>();
        if value.is_null() {
            return None;
        }
        // SAFETY: as above.
        unsafe { libc::pthread_setspecific(key, ptr::null()) };
        // SAFETY: it came from a box, in `put` alone, and is nowhere else.
        Some(unsafe { Box::from_raw(value) })
    }

    /// Puts a value where this thread finds it again, and there is none; or it is lost.
    pub fn put(&self, value: Box<T>) -> bool {
        let Some(key) = self.key() else { return false };
        let value = Box::into_raw(value);
        // SAFETY: the key was created.
        if unsafe { libc::pthread_setspecific(key, value.cast_const().cast()) } != 0 {
            // SAFETY: it came from a box right now.
            drop(unsafe { Box::from_raw(value) });
            return false;
        }
        true
    }
}

/// Waits for what another thread does, mostly within nanoseconds. If it lasts, this looks again after a pause, an eighth
/// longer each time, so that it waits an eighth too long at the most.
pub fn wait_while(condition: impl Fn() -> bool) {
    const SPINS: u32 = if cfg!(miri) { 1 } else { 100 };
    const MIN_SLEEP: u16 = 50;
    const MAX_SLEEP: u16 = 10_000;
    let (mut polls, mut microseconds): (u32, u16) = (0, MIN_SLEEP);
    while condition() {
        if polls < SPINS {
            polls = polls.saturating_add(1);
            core::hint::spin_loop();
        } else {
            sleep_micros(microseconds);
            microseconds = microseconds.saturating_add(microseconds / 8).min(MAX_SLEEP);
        }
    }
}

/// A thread that is not cancelled (`pthread_cancel`) for as long as this lives.
struct NotCancelled(c_int);

#[cfg(not(miri))]
unsafe extern "C" {
    fn pthread_setcancelstate(state: c_int, before: *mut c_int) -> c_int;
}

/// Miri cancels no threads.
///
/// # Safety
/// - None.
#[cfg(miri)]
unsafe fn pthread_setcancelstate(_: c_int, _: *mut c_int) -> c_int {
    0
}

impl NotCancelled {
    const DISABLE: c_int = if cfg!(target_os = "macos") { 0 } else { 1 };

    fn new() -> NotCancelled {
        let mut before = 0;
        // SAFETY: the second parameter points to an int.
        unsafe { pthread_setcancelstate(NotCancelled::DISABLE, &raw mut before) };
        NotCancelled(before)
    }
}

impl Drop for NotCancelled {
    fn drop(&mut self) {
        let mut ours = 0;
        // SAFETY: as in `new`.
        unsafe { pthread_setcancelstate(self.0, &raw mut ours) };
    }
}

/// Runs `f`, in which a thread is not cancelled (`pthread_cancel`): a cancelled one would leave something half done, and
/// a file locked for ever. It ends when it comes to a cancellation point of the program's own.
pub fn uncancelled<R>(f: impl FnOnce() -> R) -> R {
    let _held = NotCancelled::new();
    f()
}
