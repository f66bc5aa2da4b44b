//! The one place that calls a program's timer callback.

use crate::abi::LPTIMECALLBACK;

/// A callback function of the program, and its argument.
#[derive(Clone, Copy, Debug)]
pub struct Callback {
    function: LPTIMECALLBACK,
    user: usize,
}

impl Callback {
    /// # Safety
    /// - The function must be NULL, or callable in any thread until its timer was killed or has ended.
    pub unsafe fn new(function: LPTIMECALLBACK, user: usize) -> Callback {
        Callback { function, user }
    }

    pub fn call(self, id: u32) {
        if let Some(function) = self.function {
            // SAFETY: the caller of `new` promised it.
            unsafe { function(id, 0, self.user, 0, 0) };
        }
    }
}
