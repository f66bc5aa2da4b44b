//! The library's own threads, and a monitor to synchronise them.

#[cfg(target_os = "macos")]
use super::monotonic;
use super::{io, is_forking, timespec, wait_for_fork};
use core::cell::UnsafeCell;
#[cfg(not(miri))]
use core::ffi::c_int;
use core::ffi::c_void;
use core::ops::{Deref, DerefMut};
use core::ptr;

/// A value with the mutex that guards it and a condition variable. It is for statics that outlive the threads.
pub struct Monitor<T> {
    mutex: UnsafeCell<libc::pthread_mutex_t>,
    condition: UnsafeCell<libc::pthread_cond_t>,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached through the guard only, which one thread has at a time.
unsafe impl<T: Send> Sync for Monitor<T> {}

impl<T> Monitor<T> {
    pub const fn new(value: T) -> Monitor<T> {
        Monitor {
            mutex: UnsafeCell::new(libc::PTHREAD_MUTEX_INITIALIZER),
            condition: UnsafeCell::new(libc::PTHREAD_COND_INITIALIZER),
            value: UnsafeCell::new(value),
        }
    }

    pub fn lock(&'static self) -> MonitorGuard<T> {
        self.enter();
        MonitorGuard(self)
    }

    /// Locks it. During a fork it waits until the fork is over, unless the fork may be waiting for this thread.
    fn enter(&self) {
        loop {
            // SAFETY: the mutex is initialised, and does not move.
            unsafe { libc::pthread_mutex_lock(self.mutex.get()) };
            if !is_forking() {
                return;
            }
            self.unlock();
            wait_for_fork();
        }
    }

    fn try_lock(&self) -> bool {
        // SAFETY: as in `enter`.
        unsafe { libc::pthread_mutex_trylock(self.mutex.get()) == 0 }
    }

    fn unlock(&self) {
        // SAFETY: as in `enter`.
        unsafe { libc::pthread_mutex_unlock(self.mutex.get()) };
    }

    /// Before a fork, with other threads kept out: returns whether one of them, or a signal handler, is inside.
    pub fn is_busy(&self) -> bool {
        let is_free = self.try_lock();
        if is_free {
            self.unlock();
        }
        !is_free
    }

    /// In a forked child: reinitialises the mutex and the condition, as the threads that held or waited for them do not
    /// exist, and changes the value. `change` gets whether the value is whole: a thread that held the mutex may have
    /// left it half changed.
    ///
    /// # Safety
    /// - This thread must be the only one, and must not use a guard that it has.
    pub unsafe fn reset(&self, change: impl FnOnce(&mut T, bool)) {
        let is_whole = self.try_lock();
        // SAFETY: the caller promises that no other thread uses it.
        unsafe {
            *self.mutex.get() = libc::PTHREAD_MUTEX_INITIALIZER;
            *self.condition.get() = libc::PTHREAD_COND_INITIALIZER;
            change(&mut *self.value.get(), is_whole);
        }
    }
}

/// Keeps the monitor locked while it lives.
pub struct MonitorGuard<T: 'static>(&'static Monitor<T>);

impl<T> MonitorGuard<T> {
    /// Makes waits use the monotonic clock. Must be called before the first wait.
    pub fn use_monotonic_clock(&mut self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        {
            // SAFETY: it consists of bytes, and the next statement initialises it.
            let mut attributes: libc::pthread_condattr_t = unsafe { core::mem::zeroed() };
            // SAFETY: the attributes are valid for writing, and nobody waits for the condition.
            let outcome = unsafe {
                libc::pthread_condattr_init(&mut attributes);
                libc::pthread_condattr_setclock(&mut attributes, libc::CLOCK_MONOTONIC);
                libc::pthread_cond_init(self.0.condition.get(), &attributes)
            };
            if outcome != 0 {
                return Err(io::Error::from_errno(outcome));
            }
        }
        Ok(())
    }

    /// Unlocks the monitor and waits until another thread calls `notify_all` or the time `until` has come, then locks
    /// it again. May return early.
    pub fn wait(&mut self, until: Option<u64>) {
        self.wait_for_notice(until);
        if is_forking() {
            self.0.unlock();
            self.0.enter();
        }
    }

    fn wait_for_notice(&mut self, until: Option<u64>) {
        let (condition, mutex) = (self.0.condition.get(), self.0.mutex.get());
        let Some(until) = until else {
            // SAFETY: both are initialised, and this thread has locked the mutex.
            unsafe { libc::pthread_cond_wait(condition, mutex) };
            return;
        };
        #[cfg(target_os = "linux")]
        {
            let time = timespec(until);
            // SAFETY: as above.
            unsafe { libc::pthread_cond_timedwait(condition, mutex, &time) };
        }
        #[cfg(target_os = "macos")]
        {
            let time = timespec(until.saturating_sub(monotonic()));
            // SAFETY: as above.
            unsafe { pthread_cond_timedwait_relative_np(condition, mutex, &time) };
        }
    }

    /// Wakes all waiting threads.
    pub fn notify_all(&self) {
        // SAFETY: it is initialised.
        unsafe { libc::pthread_cond_broadcast(self.0.condition.get()) };
    }
}

#[cfg(target_os = "macos")]
unsafe extern "C" {
    fn pthread_cond_timedwait_relative_np(
        condition: *mut libc::pthread_cond_t,
        mutex: *mut libc::pthread_mutex_t,
        time: *const libc::timespec,
    ) -> c_int;
}

impl<T> Deref for MonitorGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: this thread has locked it.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> DerefMut for MonitorGuard<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`.
        unsafe { &mut *self.0.value.get() }
    }
}

impl<T> Drop for MonitorGuard<T> {
    fn drop(&mut self) {
        self.0.unlock();
    }
}

/// A thread of the library.
#[derive(Clone, Copy)]
pub struct Thread(libc::pthread_t);

// SAFETY: it is a number, or an address that is never dereferenced.
unsafe impl Send for Thread {}

/// Signals of faults, which are delivered to the thread that caused the fault: the program may have a handler that
/// reports them.
#[cfg(not(miri))]
const FAULTS: [c_int; 6] =
    [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP, libc::SIGSYS];

/// Blocks all signals except the faults in this thread, and returns the previous mask. (Miri has no signals.)
fn block_signals() -> libc::sigset_t {
    // SAFETY: signal sets consist of integers, for which 0 is valid; they are valid for writing.
    unsafe {
        let before: libc::sigset_t = core::mem::zeroed();
        #[cfg(not(miri))]
        let before = {
            let (mut all, mut before) = (before, before);
            libc::sigfillset(&mut all);
            for fault in FAULTS {
                libc::sigdelset(&mut all, fault);
            }
            libc::pthread_sigmask(libc::SIG_SETMASK, &all, &mut before);
            before
        };
        before
    }
}

fn restore_signals(before: &libc::sigset_t) {
    let _ = before;
    #[cfg(not(miri))]
    // SAFETY: it is initialised.
    unsafe {
        libc::pthread_sigmask(libc::SIG_SETMASK, before, ptr::null_mut())
    };
}

extern "C" fn begin(run: *mut c_void) -> *mut c_void {
    // SAFETY: `start` passes the address of such a function.
    let run = unsafe { core::mem::transmute::<*mut c_void, fn()>(run) };
    run();
    ptr::null_mut()
}

impl Thread {
    /// Starts a thread in which signals are blocked, as the program does not expect its handlers to run there.
    pub fn start(run: fn()) -> io::Result<Thread> {
        // SAFETY: `thread` is an integer or an address, for which 0 is valid, and it is valid for writing.
        unsafe {
            let mut thread: libc::pthread_t = core::mem::zeroed();
            let before = block_signals();
            let outcome = libc::pthread_create(&mut thread, ptr::null(), begin, run as *mut c_void);
            restore_signals(&before);
            if outcome == 0 { Ok(Thread(thread)) } else { Err(io::Error::from_errno(outcome)) }
        }
    }

    /// Whether it is the calling thread.
    pub fn is_current(self) -> bool {
        // SAFETY: no precondition.
        unsafe { libc::pthread_self() == self.0 }
    }

    /// Waits until it has ended.
    #[cfg(target_os = "linux")]
    pub fn join(self) {
        // SAFETY: it was started, and is joined once.
        unsafe { libc::pthread_join(self.0, ptr::null_mut()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sys::{MILLISECOND, monotonic};

    static NUMBER: Monitor<u32> = Monitor::new(0);

    #[test]
    fn a_wait_ends_when_notified_or_at_its_time() {
        NUMBER.lock().use_monotonic_clock().unwrap();
        let thread = Thread::start(|| {
            let mut number = NUMBER.lock();
            *number += 1;
            number.notify_all();
        });
        let mut number = NUMBER.lock();
        while *number == 0 {
            number.wait(None);
        }
        let until = monotonic() + MILLISECOND;
        while monotonic() < until {
            number.wait(Some(until));
        }
        drop(number);
        let thread = thread.unwrap();
        assert!(!thread.is_current());
        #[cfg(target_os = "linux")]
        thread.join();
    }
}
