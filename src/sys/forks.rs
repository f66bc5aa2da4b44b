//! Forks: keeps other threads out of the locks during a fork, and counts the forks that led to this process.

use super::{
    MILLISECOND, begin_forking, end_forking, io, is_forking, monotonic, sleep_micros, thread_id, uncancelled,
};
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

/// Incremented in each child.
static FORK_COUNT: AtomicU32 = AtomicU32::new(0);
static IS_REGISTERED: AtomicBool = AtomicBool::new(false);

/// The thread that forks; 0 for none, [`UNLOADED`] once the library is unloaded.
static FORKING_THREAD: AtomicUsize = AtomicUsize::new(0);
/// Number of forks of that thread during its first one. The C library may run a signal handler, which forks, before it
/// runs the fork handlers in the parent.
static NESTED_FORKS: AtomicU32 = AtomicU32::new(0);

/// Not the id of any thread.
const UNLOADED: usize = 1;

/// A fork handler.
pub type Handler = unsafe extern "C" fn();

/// Registers the fork handlers, once. Fails if memory is exhausted. The C library removes them when this library is
/// unloaded.
pub fn register_fork_handlers(before: Handler, in_parent: Handler, in_child: Handler) -> io::Result<()> {
    if IS_REGISTERED.load(Ordering::Relaxed) || IS_REGISTERED.swap(true, Ordering::Relaxed) {
        return Ok(());
    }
    // Miri does not fork.
    #[cfg(miri)]
    let number = {
        let _ = (before, in_parent, in_child);
        0
    };
    #[cfg(not(miri))]
    // SAFETY: the handlers use only atomics and data that no other thread is changing.
    let number = unsafe { libc::pthread_atfork(Some(before), Some(in_parent), Some(in_child)) };
    if number != 0 {
        IS_REGISTERED.store(false, Ordering::Relaxed);
        return Err(io::Error::from_errno(number));
    }
    Ok(())
}

/// Returns the number of forks that led to this process since the library was loaded. Unlike the process id it costs no
/// system call. Fails if the fork handlers are not registered.
pub fn fork_count() -> io::Result<u32> {
    if !IS_REGISTERED.load(Ordering::Relaxed) {
        return Err(io::Error::from_errno(libc::ENOMEM));
    }
    Ok(FORK_COUNT.load(Ordering::Relaxed))
}

/// A common limit for several waits.
pub struct Timeout {
    /// In nanoseconds.
    limit: u64,
    /// When the first sleep began; until then, the number of polls without one.
    since: Option<u64>,
    polls: u32,
}

impl Timeout {
    const SPINS: u32 = 1000;
    /// In microseconds.
    const POLL_INTERVAL: u16 = 100;

    pub fn from_millis(milliseconds: u64) -> Timeout {
        Timeout { limit: milliseconds.saturating_mul(MILLISECOND), since: None, polls: 0 }
    }

    /// Waits while the condition holds. Returns false on timeout.
    pub fn wait_while(&mut self, condition: impl Fn() -> bool) -> bool {
        while condition() {
            if self.polls < Timeout::SPINS {
                self.polls = self.polls.saturating_add(1);
                core::hint::spin_loop();
                continue;
            }
            let since = *self.since.get_or_insert_with(monotonic);
            if monotonic().saturating_sub(since) >= self.limit {
                return false;
            }
            sleep_micros(Timeout::POLL_INTERVAL);
        }
        true
    }
}

/// Before a fork: keeps other threads from entering any lock, and calls `wait` to wait until none is inside. If `wait`
/// returns false, the threads are no longer kept out.
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

/// Makes this thread the forking one, when no other is. Returns false on timeout, or if the library is unloaded.
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

/// After a fork, in the child. Returns whether the other threads of the parent were kept out until the fork.
pub fn begin_child() -> bool {
    FORK_COUNT.fetch_add(1, Ordering::Relaxed);
    let was_quiesced = is_forking();
    end_forking();
    NESTED_FORKS.store(0, Ordering::Relaxed);
    FORKING_THREAD.store(0, Ordering::Relaxed);
    was_quiesced
}

/// Before the library is unloaded: waits for a fork that is under way, and makes later ones do nothing. The C library
/// calls the handlers without a lock; a handler must not be running when its code is unmapped.
#[cfg(target_os = "linux")]
pub fn stop_fork_handling() {
    become_forking_thread(UNLOADED);
}

/// Waits until no fork is under way. In two cases it lets all threads in again instead of waiting: in the forking
/// thread itself, which is in a fork handler of the program; and after a quarter of a second, since the forking thread
/// may wait for this one in such a handler, which runs after the library's, or in the C library.
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
    fn a_child_has_another_fork_count() {
        crate::fork::register_handlers().unwrap();
        let before = fork_count().unwrap();
        // SAFETY: the child reads a number and exits.
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
