//! Forks: other threads are kept out of the locks meanwhile, and each child is counted.

use super::{begin_forking, end_forking, instant, io, is_forking, pause, thread_number, uncancelled};
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Counted up in each child.
static FORKS: AtomicU32 = AtomicU32::new(0);
static IS_WATCHING: AtomicBool = AtomicBool::new(false);

/// The thread that forks; 0 for none, [`NOBODY`] for ever once the library is unloaded.
static FORKER: AtomicUsize = AtomicUsize::new(0);
/// How many forks of that thread are under way in the middle of its first: the C library runs handlers of signals before the
/// handlers of a fork in the parent.
static INNER: AtomicU32 = AtomicU32::new(0);

/// No thread has this number.
const NOBODY: usize = 1;

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

/// How long to wait, in all.
pub struct Patience {
    limit: Duration,
    /// Since when it is waited with pauses; before that, how often was looked without one.
    since: Option<Instant>,
    looks: u32,
}

impl Patience {
    const SPINS: u32 = 1000;
    /// In microseconds.
    const PAUSE: u16 = 100;

    pub fn of(milliseconds: u64) -> Patience {
        Patience { limit: Duration::from_millis(milliseconds), since: None, looks: 0 }
    }

    /// Waits while it is so; false if that takes too long.
    pub fn outlasts(&mut self, is_so: impl Fn() -> bool) -> bool {
        while is_so() {
            if self.looks < Patience::SPINS {
                self.looks = self.looks.saturating_add(1);
                core::hint::spin_loop();
                continue;
            }
            if self.since.get_or_insert_with(instant).elapsed() >= self.limit {
                return false;
            }
            pause(Patience::PAUSE);
        }
        true
    }
}

/// Before a fork: keeps other threads from entering any lock, and has `wait` wait until none is inside. It is to answer
/// whether that came to be: if not, they are not kept out any more. Returns whether the fork is seen to, and not one in the
/// middle of another.
pub fn keep_threads_out(wait: impl FnOnce(&mut Patience) -> bool) -> bool {
    let me = thread_number();
    if FORKER.load(Ordering::Relaxed) == me {
        INNER.fetch_add(1, Ordering::Relaxed);
        return false;
    }
    if !begin(me) {
        return false;
    }
    begin_forking();
    if !wait(&mut Patience::of(1000)) {
        end_forking();
    }
    true
}

/// Makes this thread the one that forks, when no other is; false if that takes too long, or the library is unloaded.
fn begin(me: usize) -> bool {
    let begins = || FORKER.compare_exchange(0, me, Ordering::Acquire, Ordering::Relaxed);
    let is_taken = || begins().is_err_and(|forker| forker != NOBODY);
    uncancelled(|| Patience::of(3000).outlasts(is_taken)) && FORKER.load(Ordering::Relaxed) == me
}

/// After a fork, in the parent. Has `release` run if the fork was seen to.
pub fn let_threads_in(release: impl FnOnce()) {
    if FORKER.load(Ordering::Relaxed) != thread_number() {
        return;
    }
    if INNER.load(Ordering::Relaxed) > 0 {
        INNER.fetch_sub(1, Ordering::Relaxed);
        return;
    }
    release();
    end_forking();
    FORKER.store(0, Ordering::Release);
}

/// In the child. Answers whether the other threads of the parent were kept out until the fork.
pub fn begin_as_child() -> bool {
    FORKS.fetch_add(1, Ordering::Relaxed);
    let were_kept_out = is_forking();
    end_forking();
    INNER.store(0, Ordering::Relaxed);
    FORKER.store(0, Ordering::Relaxed);
    were_kept_out
}

/// Before the library is unloaded: waits for a fork that is under way, and sees to no other. (The C library calls the handlers
/// without a lock: one must not be in the middle when its code goes.)
#[cfg(target_os = "linux")]
pub fn end_forks() {
    begin(NOBODY);
}

/// Waits until no fork is under way. Who need not wait any longer has the others not kept out any more: the thread that forks,
/// in a handler of the program's own; and one that has waited for a quarter of a second, as that thread may wait for it, in
/// such a handler that runs after ours, or in the C library.
#[cold]
pub fn wait_for_fork() {
    let is_own = FORKER.load(Ordering::Relaxed) == thread_number();
    if is_own || !uncancelled(|| Patience::of(250).outlasts(is_forking)) {
        end_forking();
    }
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
