//! An asymmetric memory barrier: cheap in the thread that executes it often, expensive in the one that executes it
//! rarely.

use super::sleep_micros;
use core::ffi::c_int;
use core::sync::atomic::{AtomicU8, Ordering, compiler_fence, fence};

/// Whether the system has a process-wide barrier, that is, a full memory barrier in every thread of the process; and
/// whether a fork is under way. Both are in one word, so that the cheap half reads only one.
static PROCESS_BARRIER: AtomicU8 = AtomicU8::new(UNKNOWN);

const UNKNOWN: u8 = 0;
const PRESENT: u8 = 1;
const ABSENT: u8 = 2;
/// Flag, combined with the values above.
const FORKING: u8 = 4;

/// The cheap half of an asymmetric barrier; [`process_barrier`] in another thread is the other half. Of two threads
/// that each store, execute their half, and load what the other one stores, at least one sees the other's store. If the
/// system has a process-wide barrier, this half is a compiler barrier; otherwise, and under Miri, a full one.
///
/// Returns false while a fork is under way: a thread that enters a lock must then leave it, and wait for the end of the
/// fork.
#[inline(always)]
pub fn light_barrier() -> bool {
    compiler_fence(Ordering::SeqCst);
    if !cfg!(miri) && PROCESS_BARRIER.load(Ordering::Relaxed) == PRESENT {
        compiler_fence(Ordering::SeqCst);
        return true;
    }
    fence(Ordering::SeqCst);
    !is_forking()
}

/// Whether a thread that entered a lock on the slow path may stay inside: false while a fork is under way. It is
/// [`light_barrier`] under a name of its own, which `models/` replaces by a weaker operation.
#[inline]
pub fn may_be_inside() -> bool {
    light_barrier()
}

/// Makes [`light_barrier`] return false, in threads that execute it from now on. What other threads stored before they
/// executed it is visible afterwards.
pub fn begin_forking() {
    prepare_barrier();
    PROCESS_BARRIER.fetch_or(FORKING, Ordering::SeqCst);
    process_barrier();
}

pub fn end_forking() {
    PROCESS_BARRIER.fetch_and(!FORKING, Ordering::SeqCst);
}

pub fn is_forking() -> bool {
    PROCESS_BARRIER.load(Ordering::Relaxed) & FORKING != 0
}

/// Determines whether the system has a process-wide barrier, if that is unknown. In a process with several threads the
/// system call takes milliseconds.
pub extern "C" fn prepare_barrier() {
    if PROCESS_BARRIER.load(Ordering::Relaxed) == UNKNOWN {
        let state = if membarrier(REGISTER_PRIVATE_EXPEDITED) { PRESENT } else { ABSENT };
        // Another thread may have recorded meanwhile that the call is forbidden.
        let _ = PROCESS_BARRIER.compare_exchange(UNKNOWN, state, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// The expensive half of [`light_barrier`].
pub fn process_barrier() {
    prepare_barrier();
    fence(Ordering::SeqCst);
    if PROCESS_BARRIER.load(Ordering::Relaxed) & ABSENT != 0 || membarrier(PRIVATE_EXPEDITED) {
        return;
    }
    // A forked process may have to register again.
    if membarrier(REGISTER_PRIVATE_EXPEDITED) && membarrier(PRIVATE_EXPEDITED) {
        return;
    }
    // The call was forbidden after the process had registered. From now on the light barrier is a full one. Earlier
    // stores of other threads are visible long before the sleep ends.
    PROCESS_BARRIER.fetch_or(ABSENT, Ordering::SeqCst);
    sleep_micros(10_000);
}

const PRIVATE_EXPEDITED: c_int = 1 << 3;
const REGISTER_PRIVATE_EXPEDITED: c_int = 1 << 4;

/// Calls membarrier(2). Returns false if it fails.
fn membarrier(command: c_int) -> bool {
    #[cfg(all(target_os = "linux", not(miri)))]
    // SAFETY: no pointers.
    return unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) == 0 };
    #[cfg(any(target_os = "macos", miri))]
    return command == 0;
}
