//! What a fork does to the locks of the library: one way for all of them.
//!
//! Before it, other threads are kept from entering, and those that are inside are waited for: they are there for less than a
//! microsecond, but for those in a message or a system call, which leave things whole ([`crate::lock`]). Afterwards they go
//! on; in the child, where they are not, their locks are free. One that is inside for a second (in the handler of a signal,
//! say) is not waited for any longer: what it was in the middle of is lost to the child.

use crate::error::Error;
use crate::procs::registry;
use crate::{handles, path, sys, timer, trace};

/// Sees to forks from now on.
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
    // SAFETY: a child has one thread.
    unsafe { timer::reset_in_child() };
}
