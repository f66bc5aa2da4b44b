//! Forks: other threads are kept out of the locks meanwhile, and each child is counted.

use super::{RawMutex, begin_forking, end_forking, io, is_forking, pause, thread_number, uncancelled};
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

/// Counted up in each child.
static FORKS: AtomicU32 = AtomicU32::new(0);
static IS_WATCHING: AtomicBool = AtomicBool::new(false);

/// Locked while a fork is under way, by this thread (0 for none).
static FORK: RawMutex = RawMutex::new();
static FORKER: AtomicUsize = AtomicUsize::new(0);

/// What runs before each fork, and after it in the parent and in the child.
pub type Handler = unsafe extern "C" fn();

/// Has these run at each fork, once. Fails where there is no memory for that. (The C library forgets them when the library
/// is unloaded.)
pub fn watch_forks(before: Handler, in_parent: Handler, in_child: Handler) -> io::Result<()> {
    if IS_WATCHING.load(Ordering::Relaxed) || IS_WATCHING.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    // (Miri does not fork.)
    #[cfg(miri)]
    let number = {
        let _ = (before, in_parent, in_child);
        0
    };
    #[cfg(not(miri))]
    // SAFETY: the handlers use atomics and what no other thread is in the middle of.
    let number = unsafe { libc::pthread_atfork(Some(before), Some(in_parent), Some(in_child)) };
    if number != 0 {
        IS_WATCHING.store(false, Ordering::Relaxed);
        return Err(io::Error::from_number(number));
    }
    Ok(())
}

/// How many forks, since the library was loaded, led from process to process to this one. Other than the process's number
/// it costs no system call. Fails where they are not counted.
pub fn forks() -> io::Result<u32> {
    if !IS_WATCHING.load(Ordering::Relaxed) {
        return Err(io::Error::from_number(libc::ENOMEM));
    }
    Ok(FORKS.load(Ordering::Relaxed))
}

/// How long a fork waits for threads that are in the middle of something.
pub struct Patience(u32);

impl Patience {
    /// Looks without a pause, and then a second with pauses of so many microseconds.
    const SPINS: u32 = 1000;
    const PAUSE: u16 = 100;
    const LOOKS: u32 = Patience::SPINS + 1_000_000 / Patience::PAUSE as u32;

    /// Waits while it is so; false if that takes too long.
    pub fn outlasts(&mut self, is_so: impl Fn() -> bool) -> bool {
        while is_so() {
            if self.0 >= Patience::LOOKS {
                return false;
            }
            self.0 = self.0.saturating_add(1);
            if self.0 < Patience::SPINS {
                core::hint::spin_loop();
            } else {
                pause(Patience::PAUSE);
            }
        }
        true
    }
}

/// Before a fork: keeps other threads from entering any lock, and has `wait` wait until none is inside. It is to answer
/// whether that came to be: if not, they are not kept out any more.
pub fn keep_threads_out(wait: impl FnOnce(&mut Patience) -> bool) {
    if !FORK.try_lock() {
        uncancelled(|| FORK.lock());
    }
    FORKER.store(thread_number(), Ordering::Relaxed);
    begin_forking();
    if !wait(&mut Patience(0)) {
        end_forking();
    }
}

/// After a fork, in the parent.
pub fn let_threads_in() {
    if FORKER.load(Ordering::Relaxed) == thread_number() {
        end_forking();
        FORKER.store(0, Ordering::Relaxed);
        // SAFETY: this thread locked it, before the fork.
        unsafe { FORK.unlock() };
    }
}

/// In the child. Answers whether the other threads of the parent were kept out until the fork.
pub fn begin_as_child() -> bool {
    FORKS.fetch_add(1, Ordering::Relaxed);
    let were_kept_out = is_forking();
    end_forking();
    FORKER.store(0, Ordering::Relaxed);
    FORK.forget();
    were_kept_out
}

/// Waits until no fork is under way. The thread that forks may come here in a handler of the program's own: then the others
/// are not kept out any more.
#[cold]
pub fn wait_for_fork() {
    if FORKER.load(Ordering::Relaxed) == thread_number() {
        return end_forking();
    }
    uncancelled(|| FORK.lock());
    // SAFETY: this thread has just locked it.
    unsafe { FORK.unlock() };
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn a_child_has_another_number() {
        crate::fork::watch().unwrap();
        let before = forks().unwrap();
        // SAFETY: the child looks at a number and ends.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let differs = forks() != Ok(before);
            // SAFETY: no precondition.
            unsafe { libc::_exit(if differs { 7 } else { 0 }) };
        }
        let mut status = 0;
        // SAFETY: `status` is valid for writing.
        assert_eq!(unsafe { libc::waitpid(child, &mut status, 0) }, child);
        assert_eq!(libc::WEXITSTATUS(status), 7);
        assert_eq!(forks(), Ok(before));
    }
}
