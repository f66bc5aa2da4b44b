//! Whether the process is still the one that it was: how often a fork led to it.

use super::io;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Counted up in each child by the handler below.
static FORKS: AtomicU32 = AtomicU32::new(0);
static IS_COUNTING: AtomicBool = AtomicBool::new(false);

#[cfg_attr(miri, allow(dead_code))]
extern "C" fn in_the_child() {
    FORKS.fetch_add(1, Ordering::Relaxed);
}

/// How many forks, since the library was loaded, led from process to process to this one. Other than the process's number
/// it costs no system call. Fails where there is no memory for the handler.
pub fn forks() -> io::Result<u32> {
    // Two threads that come here first may both register it: a fork then counts twice, and the number is another one all
    // the same. The C library forgets the handler when the library is unloaded.
    if !IS_COUNTING.load(Ordering::Acquire) {
        // (Miri does not fork.)
        #[cfg(miri)]
        let number = 0;
        #[cfg(not(miri))]
        // SAFETY: the handler only touches an atomic, and may run in a child of a process with threads.
        let number = unsafe { libc::pthread_atfork(None, None, Some(in_the_child)) };
        if number != 0 {
            return Err(io::Error::from_number(number));
        }
        IS_COUNTING.store(true, Ordering::Release);
    }
    Ok(FORKS.load(Ordering::Relaxed))
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    #[test]
    fn a_child_has_another_number() {
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
