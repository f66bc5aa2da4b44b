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
pub fn watch() -> Result<(), Error> {
    Ok(sys::watch_forks(before, in_the_parent, in_the_child)?)
}

extern "C" fn before() {
    sys::aside(|| {
        let is_seen_to = sys::keep_threads_out(|patience| {
            handles::settle(patience)
                && registry::settle(patience)
                && path::settle(patience)
                && trace::settle(patience)
        });
        if is_seen_to {
            timer::hold();
        }
    });
}

extern "C" fn in_the_parent() {
    sys::aside(|| sys::let_threads_in(timer::release));
}

extern "C" fn in_the_child() {
    let were_kept_out = sys::begin_as_child();
    handles::reclaim(were_kept_out);
    registry::reclaim(were_kept_out);
    path::reclaim(were_kept_out);
    trace::reclaim(were_kept_out);
    // SAFETY: a child has one thread.
    unsafe { timer::forget_in_the_child() };
}
