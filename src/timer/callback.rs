//! The one place that calls a program's timer callback.

use crate::abi::LPTIMECALLBACK;

/// A program's function, and what it is called with.
#[derive(Clone, Copy, Debug)]
pub struct Callback {
    function: LPTIMECALLBACK,
    user: usize,
}

impl Callback {
    /// # Safety
    /// - The function must be none, or one that may be called in any thread until its timer was killed or has ended.
    pub unsafe fn new(function: LPTIMECALLBACK, user: usize) -> Callback {
        Callback { function, user }
    }

    pub fn call(self, id: u32) {
        if let Some(function) = self.function {
            // SAFETY: whoever made this promised it.
            unsafe { function(id, 0, self.user, 0, 0) };
        }
    }
}
