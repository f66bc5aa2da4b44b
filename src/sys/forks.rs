//! Forks: other threads are kept out of the locks meanwhile, and each child is counted.

use super::{begin_forking, end_forking, instant, io, is_forking, sleep_micros, thread_id, uncancelled};
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Counted up in each child.
static FORK_COUNT: AtomicU32 = AtomicU32::new(0);
static IS_REGISTERED: AtomicBool = AtomicBool::new(false);

/// The thread that forks; 0 for none, [`UNLOADED`] for ever once the library is unloaded.
static FORKING_THREAD: AtomicUsize = AtomicUsize::new(0);
/// How many forks of that thread are under way in the middle of its first: the C library runs handlers of signals before the
/// handlers of a fork in the parent.
static NESTED_FORKS: AtomicU32 = AtomicU32::new(0);

/// No thread has this number.
const UNLOADED: usize = 1;

/// What runs before each fork, and after it in the parent and in the child.
pub type Handler = unsafe extern "C" fn();

/// Registers these to run at each fork, once. Fails where there is no memory for that. (The C library forgets them when the library
/// is unloaded.)
pub fn register_fork_handlers(before: Handler, in_parent: Handler, in_child: Handler) -> io::Result<()> {
    if IS_REGISTERED.load(Ordering::Relaxed) || IS_REGISTERED.swap(true, Ordering::Relaxed) {
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
        IS_REGISTERED.store(false, Ordering::Relaxed);
        return Err(io::Error::from_errno(number));
    }
    Ok(())
}

/// How many forks, since the library was loaded, led from process to process to this one. Other than the process's number
/// it costs no system call. Fails where they are not counted.
pub fn fork_count() -> io::Result<u32> {
    if !IS_REGISTERED.load(Ordering::Relaxed) {
        return Err(io::Error::from_errno(libc::ENOMEM));
    }
    Ok(FORK_COUNT.load(Ordering::Relaxed))
}

/// A limit for several waits together.
pub struct Timeout {
    limit: Duration,
    /// When the first wait with a pause began; before that, how often was polled without one.
    since: Option<Instant>,
    polls: u32,
}

impl Timeout {
    const SPINS: u32 = 1000;
    /// In microseconds.
    const PAUSE: u16 = 100;

    pub fn from_millis(milliseconds: u64) -> Timeout {
        Timeout { limit: Duration::from_millis(milliseconds), since: None, polls: 0 }
    }

    /// Waits while it is so; false if that takes too long.
    pub fn wait_while(&mut self, condition: impl Fn() -> bool) -> bool {
        while condition() {
            if self.polls < Timeout::SPINS {
                self.polls = self.polls.saturating_add(1);
                core::hint::spin_loop();
                continue;
            }
            if self.since.get_or_insert_with(instant).elapsed() >= self.limit {
                return false;
            }
            sleep_micros(Timeout::PAUSE);
        }
        true
    }
}

/// Before a fork: keeps other threads from entering any lock, and has `wait` wait until none is inside. It is to answer
/// whether that came to be: if not, they are not kept out any more.
pub fn quiesce(wait: impl FnOnce(&mut Timeout) -> bool) {
    let me = thread_id();
    if FORKING_THREAD.load(Ordering::Relaxed) == me {
        NESTED_FORKS.fetch_add(1, Ordering::Relaxed);
        return;
    }
    if !become_forking_thread(me) {
        return;
    }
    begin_forking();
    if !wait(&mut Timeout::from_millis(1000)) {
        end_forking();
    }
}

/// Makes this thread the one that forks, once no other is; false if that takes too long, or the library is unloaded.
fn become_forking_thread(me: usize) -> bool {
    let becomes = || FORKING_THREAD.compare_exchange(0, me, Ordering::Acquire, Ordering::Relaxed);
    let is_taken = || becomes().is_err_and(|forker| forker != UNLOADED);
    uncancelled(|| Timeout::from_millis(3000).wait_while(is_taken))
        && FORKING_THREAD.load(Ordering::Relaxed) == me
}

/// After a fork, in the parent.
pub fn resume() {
    if FORKING_THREAD.load(Ordering::Relaxed) != thread_id() {
        return;
    }
    if NESTED_FORKS.load(Ordering::Relaxed) > 0 {
        NESTED_FORKS.fetch_sub(1, Ordering::Relaxed);
        return;
    }
    end_forking();
    FORKING_THREAD.store(0, Ordering::Release);
}

/// In the child. Answers whether the other threads of the parent were kept out until the fork.
pub fn begin_child() -> bool {
    FORK_COUNT.fetch_add(1, Ordering::Relaxed);
    let was_quiesced = is_forking();
    end_forking();
    NESTED_FORKS.store(0, Ordering::Relaxed);
    FORKING_THREAD.store(0, Ordering::Relaxed);
    was_quiesced
}

/// Before the library is unloaded: waits for a fork that is under way, and sees to no other. (The C library calls the handlers
/// without a lock: one must not be in the middle when its code goes.)
#[cfg(target_os = "linux")]
pub fn stop_fork_handling() {
    become_forking_thread(UNLOADED);
}

/// Waits until no fork is under way. Who need not wait any longer has the others not kept out any more: the thread that forks,
/// in a handler of the program's own; and one that has waited for a quarter of a second, as that thread may wait for it, in
/// such a handler that runs after ours, or in the C library.
#[cold]
pub fn wait_for_fork() {
    let is_own = FORKING_THREAD.load(Ordering::Relaxed) == thread_id();
    if is_own || !uncancelled(|| Timeout::from_millis(250).wait_while(is_forking)) {
        end_forking();
    }
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn a_child_has_another_number() {
        crate::fork::register_handlers().unwrap();
        let before = fork_count().unwrap();
        // SAFETY: the child looks at a number and ends.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let differs = fork_count() != Ok(before);
            // SAFETY: no precondition.
            unsafe { libc::_exit(if differs { 7 } else { 0 }) };
        }
        let mut status = 0;
        // SAFETY: `status` is valid for writing.
        assert_eq!(unsafe { libc::waitpid(child, &mut status, 0) }, child);
        assert_eq!(libc::WEXITSTATUS(status), 7);
        assert_eq!(fork_count(), Ok(before));
    }
}
