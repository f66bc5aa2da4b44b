//! Threads: which one this is, whether it is the only one, and how one waits for another.

use alloc::boxed::Box;
#[cfg(all(
    target_os = "linux",
    not(miri),
    any(target_arch = "aarch64", all(target_arch = "x86_64", target_pointer_width = "64"))
))]
use core::arch::asm;
use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::marker::PhantomData;
use core::ptr;
#[cfg(target_os = "linux")]
use core::sync::atomic::AtomicBool;
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering};

/// A number that no other thread has, with a lowest bit of 0, and that is not 0.
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

/// Where there is no telling, there may be several threads.
static SEVERAL: AtomicU8 = AtomicU8::new(0);

/// What glibc keeps of it (since 2.32): 1 as long as there is one thread.
static SINGLE: AtomicPtr<AtomicU8> = AtomicPtr::new((&raw const SEVERAL).cast_mut());

/// Whether this is the only thread of the process. It is for the moment: this very thread may start another.
#[inline]
pub fn is_single_threaded() -> bool {
    let single = SINGLE.load(Ordering::Relaxed);
    // SAFETY: the address of a static, ours or the C library's, of one byte that is only changed by a thread
    // that is alone.
    unsafe { (*single).load(Ordering::Relaxed) != 0 }
}

/// Whether `look_for_threads` has nothing left to do.
#[cfg(target_os = "linux")]
static LOOKED: AtomicBool = AtomicBool::new(false);

/// Lets there be several threads for good, from a time on when nobody has looked: no call takes the ways then that are
/// for one thread alone.
pub fn do_not_look_for_threads() {
    #[cfg(target_os = "linux")]
    LOOKED.store(true, Ordering::Relaxed);
}

/// Looks for what the C library tells of threads, once. Until it was found there may be several.
pub fn look_for_threads() {
    #[cfg(target_os = "linux")]
    {
        if LOOKED.load(Ordering::Relaxed) || LOOKED.swap(true, Ordering::Relaxed) {
            return;
        }
        // SAFETY: a lookup by a name with its NUL.
        let found = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"__libc_single_threaded".as_ptr()) };
        if !found.is_null() {
            SINGLE.store(found.cast::<AtomicU8>(), Ordering::Relaxed);
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

/// What came of one attempt to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    Done,
    /// Something changed: at once.
    Again,
    /// When somebody calls `wake_all`.
    Sleep,
}

/// Where threads sleep: one place for many locks.
struct Bed {
    mutex: UnsafeCell<libc::pthread_mutex_t>,
    woken: UnsafeCell<libc::pthread_cond_t>,
}

// SAFETY: they are made for several threads.
unsafe impl Sync for Bed {}

const BEDS: usize = 16;

static DORMITORY: [Bed; BEDS] = [const {
    Bed {
        mutex: UnsafeCell::new(libc::PTHREAD_MUTEX_INITIALIZER),
        woken: UnsafeCell::new(libc::PTHREAD_COND_INITIALIZER),
    }
}; BEDS];

impl Bed {
    /// The one for an address; locks are apart by 64 bytes or more.
    fn of(address: usize) -> &'static Bed {
        let [first, ..] = &DORMITORY;
        DORMITORY.get((address / 64) % BEDS).unwrap_or(first)
    }

    fn holding<R>(&self, act: impl FnOnce() -> R) -> R {
        // SAFETY: a mutex that was initialised statically, and lives for ever.
        unsafe { libc::pthread_mutex_lock(self.mutex.get()) };
        let result = act();
        // SAFETY: as above; this thread holds it.
        unsafe { libc::pthread_mutex_unlock(self.mutex.get()) };
        result
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

/// Does what a cancelled thread would leave half done, with the file locked for ever: it ends when that is over. Nobody
/// cancels the only thread but itself, and one that a procedure starts in the middle of this.
#[inline(always)]
pub fn uncancelled<R>(act: impl FnOnce() -> R) -> R {
    if is_single_threaded() { act() } else { uncancelled_among_others(act) }
}

/// The same, for whoever knows that there are others.
#[inline(never)]
pub fn uncancelled_among_others<R>(act: impl FnOnce() -> R) -> R {
    let _held = NotCancelled::new();
    act()
}

/// Attempts, and sleeps in between, until done. An attempt and a waking at the same address are never at the same
/// time, so that nobody falls asleep after the waking was meant for it.
pub fn sleep_until(address: usize, attempt: impl Fn() -> Attempt) {
    let bed = Bed::of(address);
    let _held = NotCancelled::new();
    bed.holding(|| {
        loop {
            match attempt() {
                Attempt::Done => break,
                Attempt::Again => {}
                Attempt::Sleep => {
                    // SAFETY: both are initialised, and this thread holds the mutex.
                    unsafe { libc::pthread_cond_wait(bed.woken.get(), bed.mutex.get()) };
                }
            }
        }
    });
}

/// Does what others wait for, wakes them, and gives them a chance to be the next.
pub fn wake_all(address: usize, act: impl FnOnce()) {
    let bed = Bed::of(address);
    bed.holding(|| {
        act();
        // SAFETY: it is initialised, and lives for ever.
        unsafe { libc::pthread_cond_broadcast(bed.woken.get()) };
    });
    // SAFETY: no precondition.
    unsafe { libc::sched_yield() };
}
