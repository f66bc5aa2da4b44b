//! Threads: ids, records, thread-local values, waits, and cancellation.

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

/// Returns the id of this thread: unique among the threads of the process, not 0, with the two lowest bits 0.
#[inline(always)]
#[cfg(not(miri))]
pub fn thread_id() -> usize {
    // The address of the thread's own data, which is in a register: this takes a quarter of the time of a call.
    #[cfg(all(target_os = "linux", target_arch = "x86_64", target_pointer_width = "64"))]
    {
        let number;
        // SAFETY: the ABI guarantees that this word contains its own address.
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
        // The address of a structure, whatever its type is declared as.
        #[allow(clippy::cast_possible_truncation)]
        return number as usize;
    }
}

/// In Miri, `pthread_self` counts from 0.
#[cfg(miri)]
pub fn thread_id() -> usize {
    std::thread_local!(static ADDRESS: u64 = const { 0 });
    ADDRESS.with(|address| std::ptr::from_ref(address).addr())
}

/// What other threads need to know about a thread that owns locks. It fills a cache line.
#[derive(Debug)]
#[repr(align(64))]
pub struct Record {
    /// The thread that claimed the record, 0 for none. It remains set after the thread has ended.
    thread: AtomicUsize,
    /// The address of the lock that the thread is entering as its owner; 0 for none.
    pub entering: AtomicUsize,
}

const RECORDS_BITS: u32 = if cfg!(miri) { 8 } else { 14 };
const RECORD_COUNT: usize = 1 << RECORDS_BITS;

static RECORDS: [Record; RECORD_COUNT] =
    [const { Record { thread: AtomicUsize::new(0), entering: AtomicUsize::new(0) } }; RECORD_COUNT];

/// Returns the record of a thread id. Several ids may share a record: it belongs to the thread that claimed it.
#[inline(always)]
pub fn record(thread: usize) -> &'static Record {
    /// 2^64 divided by the golden ratio: spreads out ids at equal distances.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let hash = (thread as u64).wrapping_mul(FACTOR).wrapping_shr(u64::BITS.wrapping_sub(RECORDS_BITS));
    let index = usize::try_from(hash).unwrap_or(0);
    let [first, ..] = &RECORDS;
    RECORDS.get(index).unwrap_or(first)
}

impl Record {
    /// Claims the record for a thread. Returns false if another thread has it: a thread without a record owns no lock.
    pub fn claim(&self, thread: usize) -> bool {
        let is_own = match self.thread.compare_exchange(0, thread, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => true,
            Err(owner) => owner == thread,
        };
        if is_own {
            // In a forked child a thread of the parent with the same id may have been entering a lock.
            self.entering.store(0, Ordering::Relaxed);
        }
        is_own
    }
}

/// Returns the id by which the system, a debugger and `ps` know this thread.
pub fn system_thread_id() -> u64 {
    #[cfg(target_os = "linux")]
    {
        // By number: the function of the C library is newer than the oldest supported systems.
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

/// A value that a [`ThreadLocal`] may have.
pub trait OnThreadExit {
    /// Called at the end of a thread that has a value.
    fn on_thread_exit(self);
}

/// A thread-local value, with a `pthread_key_t`.
pub struct ThreadLocal<T> {
    /// The key of the C library plus 1; 0 if there is none.
    key: AtomicUsize,
    kind: PhantomData<fn(T) -> T>,
}

/// # Safety
/// - The value must come from a box of a `T` that nothing else owns.
unsafe extern "C" fn run_on_thread_exit<T: OnThreadExit>(value: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { Box::from_raw(value.cast::<T>()) }.on_thread_exit();
}

impl<T: OnThreadExit> ThreadLocal<T> {
    pub const fn new() -> ThreadLocal<T> {
        ThreadLocal { key: AtomicUsize::new(0), kind: PhantomData }
    }

    /// Creates the key. Called once, before any other use. Returns false if no key is left.
    pub fn create_key(&self) -> bool {
        let mut key = 0;
        // SAFETY: `key` is valid for writing, and every value comes from `put`.
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

    /// Takes this thread's value, if it has one.
    pub fn take(&self) -> Option<Box<T>> {
        let key = self.key()?;
        // SAFETY: the key was created.
        let value = unsafe { libc::pthread_getspecific(key) }.cast::<T>();
        if value.is_null() {
            return None;
        }
        // SAFETY: as above.
        unsafe { libc::pthread_setspecific(key, ptr::null()) };
        // SAFETY: it came from a box, in `put`, and nothing else owns it.
        Some(unsafe { Box::from_raw(value) })
    }

    /// Stores a value for this thread, which must have none. On failure the value is dropped.
    pub fn put(&self, value: Box<T>) -> bool {
        let Some(key) = self.key() else { return false };
        let value = Box::into_raw(value);
        // SAFETY: the key was created.
        if unsafe { libc::pthread_setspecific(key, value.cast_const().cast()) } != 0 {
            // SAFETY: it came from the box above.
            drop(unsafe { Box::from_raw(value) });
            return false;
        }
        true
    }
}

/// Waits for another thread, which usually takes nanoseconds. After some spins it sleeps between polls, an eighth
/// longer each time, so that it waits at most an eighth too long.
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

/// Disables cancellation (`pthread_cancel`) of this thread while it lives.
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

/// Runs `f` with cancellation (`pthread_cancel`) disabled: a thread cancelled inside would leave data half changed and
/// a file locked for ever. It is cancelled at the next cancellation point of the program instead.
pub fn uncancelled<R>(f: impl FnOnce() -> R) -> R {
    let _held = NotCancelled::new();
    f()
}
