//! An asymmetric memory barrier: cheap in a thread that passes it often, expensive in the one that passes it rarely.

use super::sleep_micros;
use core::ffi::c_int;
use core::sync::atomic::{AtomicU8, Ordering, compiler_fence, fence};

/// What the system has of a process-wide barrier: a full memory barrier in every thread of the process. And whether a fork
/// is under way, so that whoever passes the cheap half need look at one word only.
static PROCESS_BARRIER: AtomicU8 = AtomicU8::new(UNKNOWN);

const UNKNOWN: u8 = 0;
const PRESENT: u8 = 1;
const ABSENT: u8 = 2;
/// A bit beside these.
const FORKING: u8 = 4;

/// The cheap half of an asymmetric barrier; [`process_barrier`] in another thread is the other half: of two threads that
/// each store, pass their half, and load what the other stores, one at least sees the other's store. It is a barrier for the
/// compiler alone, if the system has a process-wide one. (To Miri, which knows none, it is a full one.)
///
/// False while a fork is under way: whoever enters a lock then goes out again, and waits until it is over.
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

/// What [`light_barrier`] answers, for who has entered otherwise.
#[inline]
pub fn may_stay() -> bool {
    light_barrier()
}

/// Has [`light_barrier`] answer that a fork is under way: in threads that pass it from now on. What others stored before
/// they passed it is seen.
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
    if PROCESS_BARRIER.load(Ordering::Relaxed) & ABSENT != 0 || membarrier(PRIVATE_EXPEDITED) {
        return;
    }
    // A process that was forked may have to register again.
    if membarrier(REGISTER_PRIVATE_EXPEDITED) && membarrier(PRIVATE_EXPEDITED) {
        return;
    }
    // The process was forbidden the call after it had registered. From now on the light barrier is a full one; what other
    // threads have stored before is in memory long before this is over.
    PROCESS_BARRIER.fetch_or(ABSENT, Ordering::SeqCst);
    sleep_micros(10_000);
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
