//! Threads: which one this is, and how one waits for another.

use super::pause;
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
#[cfg(target_os = "linux")]
use core::sync::atomic::AtomicU32;
use core::sync::atomic::{AtomicU8, AtomicUsize, Ordering, compiler_fence, fence};

/// A number that no other thread has, not 0, whose two lowest bits are 0.
#[inline(always)]
#[cfg(not(miri))]
pub fn thread_number() -> usize {
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
pub fn thread_number() -> usize {
    std::thread_local!(static OWN: u64 = const { 0 });
    OWN.with(|own| std::ptr::from_ref(own).addr())
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
    let spread = (thread as u64).wrapping_mul(FACTOR).wrapping_shr(u64::BITS.wrapping_sub(RECORDS_BITS));
    let place = usize::try_from(spread).unwrap_or(0);
    let [first, ..] = &TABLE;
    TABLE.get(place).unwrap_or(first)
}

impl Record {
    /// Makes it the record of a thread, unless it is another's. A thread without one owns no lock.
    pub fn claim(&self, thread: usize) -> bool {
        match self.thread.compare_exchange(0, thread, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => true,
            Err(owner) => owner == thread,
        }
    }
}

/// The number by which the system, a debugger and `ps` know this thread.
pub fn system_thread() -> u64 {
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

/// What may be a thread's own.
pub trait Forsaken {
    /// The thread ends, and has it still.
    fn forsaken(self);
}

/// A place for a value of each thread's own.
pub struct Own<T> {
    /// The key that the C library gave, and 1; 0 before.
    key: AtomicUsize,
    kind: PhantomData<fn(T) -> T>,
}

/// # Safety
/// - The value must come from a box of a `T`, and be nowhere else.
unsafe extern "C" fn forsake<T: Forsaken>(value: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { Box::from_raw(value.cast::<T>()) }.forsaken();
}

impl<T: Forsaken> Own<T> {
    pub const fn new() -> Own<T> {
        Own { key: AtomicUsize::new(0), kind: PhantomData }
    }

    /// Makes the place, once, before any other use of it; or there is none to be had.
    pub fn make(&self) -> bool {
        let mut key = 0;
        // SAFETY: `key` is valid for writing; what is there comes from `put`.
        if unsafe { libc::pthread_key_create(&mut key, Some(forsake::<T>)) } == 0 {
            let key = usize::try_from(key).ok().and_then(|key| key.checked_add(1));
            self.key.store(key.unwrap_or(0), Ordering::Release);
        }
        self.key().is_some()
    }

    /// Gives the place up. What other threads have there is lost.
    #[cfg(target_os = "linux")]
    pub fn end(&self) {
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

/// What the system has of a process-wide barrier: a full memory barrier in every thread of the process.
static PROCESS_BARRIER: AtomicU8 = AtomicU8::new(UNKNOWN);

const UNKNOWN: u8 = 0;
const PRESENT: u8 = 1;
const ABSENT: u8 = 2;

/// The cheap half of an asymmetric barrier; [`process_barrier`] in another thread is the other half: of two threads that
/// each store, pass their half, and load what the other stores, one at least sees the other's store. It is a barrier for the
/// compiler alone, if the system has a process-wide one. (To Miri, which knows none, it is a full one.)
#[inline(always)]
pub fn light_barrier() {
    if !cfg!(miri) && PROCESS_BARRIER.load(Ordering::Relaxed) == PRESENT {
        compiler_fence(Ordering::SeqCst);
    } else {
        fence(Ordering::SeqCst);
    }
}

/// Finds out whether the system has a process-wide barrier, if that is not known yet. In a process with several threads it
/// takes the system milliseconds.
pub extern "C" fn prepare_barrier() {
    if PROCESS_BARRIER.load(Ordering::Relaxed) == UNKNOWN {
        let state = if membarrier(REGISTER_PRIVATE_EXPEDITED) { PRESENT } else { ABSENT };
        // (Another thread may have found out that it is forbidden meanwhile.)
        let _ = PROCESS_BARRIER.compare_exchange(UNKNOWN, state, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// The other half of [`light_barrier`].
pub fn process_barrier() {
    prepare_barrier();
    fence(Ordering::SeqCst);
    if PROCESS_BARRIER.load(Ordering::Relaxed) == ABSENT || membarrier(PRIVATE_EXPEDITED) {
        return;
    }
    // A process that was forked may have to register again.
    if membarrier(REGISTER_PRIVATE_EXPEDITED) && membarrier(PRIVATE_EXPEDITED) {
        return;
    }
    // The process was forbidden the call after it had registered. From now on the light barrier is a full one; what other
    // threads have stored before is in memory long before this is over.
    PROCESS_BARRIER.store(ABSENT, Ordering::SeqCst);
    pause(10_000);
}

const PRIVATE_EXPEDITED: c_int = 1 << 3;
const REGISTER_PRIVATE_EXPEDITED: c_int = 1 << 4;

/// membarrier(2); false where it is not to be had.
fn membarrier(command: c_int) -> bool {
    #[cfg(all(target_os = "linux", not(miri)))]
    // SAFETY: no pointers.
    return unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) == 0 };
    #[cfg(any(target_os = "macos", miri))]
    return command == 0;
}

/// Waits for what another thread does, mostly within nanoseconds. If it lasts, this looks again after a pause, an eighth
/// longer each time, so that it waits an eighth too long at the most.
pub fn wait_while(is_so: impl Fn() -> bool) {
    const SPINS: u32 = if cfg!(miri) { 1 } else { 100 };
    const SHORTEST: u16 = 50;
    const LONGEST: u16 = 10_000;
    let (mut looks, mut microseconds): (u32, u16) = (0, SHORTEST);
    while is_so() {
        if looks < SPINS {
            looks = looks.saturating_add(1);
            core::hint::spin_loop();
        } else {
            pause(microseconds);
            microseconds = microseconds.saturating_add(microseconds / 8).min(LONGEST);
        }
    }
}

/// A mutex that may be locked and unlocked by different functions. It needs no memory, no thread-local data and no
/// process-wide table, so that a wait fails for no reason, a library that is unloaded leaves nothing, and a forked child
/// finds as it was whatever no other thread had locked.
#[cfg(target_os = "linux")]
pub struct RawMutex(AtomicU32);

#[cfg(target_os = "linux")]
impl RawMutex {
    const FREE: u32 = 0;
    const LOCKED: u32 = 1;
    /// Locked, and threads may sleep: `unlock` wakes one.
    const WAITED_FOR: u32 = 2;

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
        /// How often to look before sleeping, and for how long to leave the cache line to the holder in between: the fewer the
        /// threads that take turns, and the more calls each makes in its turn, the less they cost.
        const LOOKS: u32 = if cfg!(miri) { 1 } else { 4 };
        const SPINS: u32 = if cfg!(miri) { 1 } else { 64 };
        for _ in 0..LOOKS {
            for _ in 0..SPINS {
                core::hint::spin_loop();
            }
            if self.0.load(Ordering::Relaxed) == RawMutex::FREE && self.try_lock() {
                return;
            }
        }
        while self.0.swap(RawMutex::WAITED_FOR, Ordering::Acquire) != RawMutex::FREE {
            self.futex(libc::FUTEX_WAIT, RawMutex::WAITED_FOR);
        }
    }

    /// # Safety
    /// - This thread locked it.
    #[inline]
    pub unsafe fn unlock(&self) {
        if self.0.swap(RawMutex::FREE, Ordering::Release) == RawMutex::WAITED_FOR {
            self.futex(libc::FUTEX_WAKE, 1);
        }
    }

    /// futex(2). (A wait that fails was no wait.)
    #[cold]
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

/// The same where the system has no such call.
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

/// Runs `act`, in which a thread is not cancelled (`pthread_cancel`): a cancelled one would leave something half done, and
/// a file locked for ever. It ends when it comes to a cancellation point of the program's own.
pub fn uncancelled<R>(act: impl FnOnce() -> R) -> R {
    let _held = NotCancelled::new();
    act()
}
