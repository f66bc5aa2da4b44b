//! Fork handlers: how a fork treats the locks of the library, in the same way for all of them.
//!
//! Before the fork, other threads are kept out of the locks, and threads that are inside one are waited for. They leave
//! it within a microsecond, except during a message or a system call: such a lock is paused, and the value that it
//! guards is consistent ([`crate::lock`]). After the fork the threads go on in the parent. In the child, where they do
//! not exist, their locks are freed. The wait ends after one second (a thread may be inside in a signal handler, for
//! example); what an unfinished thread was changing is lost to the child.

use crate::error::Error;
use crate::procs::registry;
use crate::{handles, path, sys, timer, trace};

/// Registers the fork handlers, once per process.
#[inline]
pub fn register_handlers() -> Result<(), Error> {
    Ok(sys::register_fork_handlers(prepare, parent, child)?)
}

extern "C" fn prepare() {
    sys::preserving_errno(|| {
        sys::quiesce(|timeout| {
            handles::wait_until_idle(timeout)
                && registry::wait_until_idle(timeout)
                && path::wait_until_idle(timeout)
                && trace::wait_until_idle(timeout)
                && timer::wait_until_idle(timeout)
        });
    });
}

extern "C" fn parent() {
    sys::preserving_errno(sys::resume);
}

extern "C" fn child() {
    let was_quiesced = sys::begin_child();
    handles::reclaim(was_quiesced);
    registry::reclaim(was_quiesced);
    path::reclaim(was_quiesced);
    trace::reclaim(was_quiesced);
    // SAFETY: a forked child has one thread.
    unsafe { timer::reset_in_child() };
}
