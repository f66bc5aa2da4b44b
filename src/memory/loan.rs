//! Loans of a buffer to an I/O procedure.

use super::{Buffer, Source, Target};
use core::marker::PhantomData;

impl Buffer {
    /// Lends the buffer to an I/O procedure for one message.
    pub fn lend(&self) -> Loan<'_> {
        self.loans.set(self.loans.get().saturating_add(1));
        Loan { buffer: self, base: self.base.get(), len: self.len() }
    }
}

/// The memory of a buffer. It is valid until the loan is dropped, even if the buffer is replaced.
pub struct Loan<'a> {
    buffer: &'a Buffer,
    base: *mut u8,
    len: usize,
}

impl Loan<'_> {
    /// The bytes from `from` to `to`.
    pub fn target(&self, from: usize, to: usize) -> Target<'_> {
        let to = to.min(self.len);
        let from = from.min(to);
        Target { at: self.base.wrapping_add(from), len: to.saturating_sub(from), marker: PhantomData }
    }

    /// The bytes from `from` to `to`.
    pub fn source(&self, from: usize, to: usize) -> Source<'_> {
        let Target { at, len, .. } = self.target(from, to);
        Source { at, len, marker: PhantomData }
    }
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        let left = self.buffer.loans.get().saturating_sub(1);
        self.buffer.loans.set(left);
        if left == 0 {
            self.buffer.free_retired();
        }
    }
}
