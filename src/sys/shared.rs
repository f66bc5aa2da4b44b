//! A value that the threads of a process use one at a time, whatever was under way when the process was forked.

use super::{aside, pause, process};
use crate::memory;
use alloc::boxed::Box;
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

/// How often to look whether another thread has put the value back, first without a pause; then for a tenth of a second.
const SPINS: u32 = if cfg!(miri) { 1 } else { 100 };
const LOOKS: u32 = SPINS.saturating_add(1000);
const PAUSE: u16 = 100;

/// Whoever uses the value takes it out meanwhile. A child that was forked while another thread had it does not find it, and
/// makes a new one; nobody is waited for who is not there.
pub struct Shared<T> {
    value: AtomicPtr<T>,
    /// The process that made it, or has used it since; 0 if there is none.
    process: AtomicU32,
}

impl<T: Default + Send> Shared<T> {
    pub const fn new() -> Shared<T> {
        Shared { value: AtomicPtr::new(ptr::null_mut()), process: AtomicU32::new(0) }
    }

    /// Uses the value, for a short time. None if there is no memory for it, or another thread keeps it too long.
    pub fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> Option<R> {
        let mut value = self.take_soon()?;
        let result = act(&mut value);
        self.put(value);
        Some(result)
    }

    #[inline(never)]
    fn take_soon(&self) -> Option<Box<T>> {
        self.take().or_else(|| self.wait())
    }

    fn take(&self) -> Option<Box<T>> {
        let value = self.value.swap(ptr::null_mut(), Ordering::Acquire);
        if !value.is_null() {
            self.process.store(process(), Ordering::Relaxed);
            // SAFETY: it came from a box, in `put` alone, and is nowhere else.
            return Some(unsafe { Box::from_raw(value) });
        }
        let (before, here) = (self.process.load(Ordering::Relaxed), process());
        let is_new = before != here
            && self.process.compare_exchange(before, here, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if !is_new {
            return None;
        }
        let made = memory::boxed(T::default()).ok();
        if made.is_none() {
            self.process.store(0, Ordering::Relaxed);
        }
        made
    }

    #[cold]
    fn wait(&self) -> Option<Box<T>> {
        for look in 0..LOOKS {
            if self.process.load(Ordering::Relaxed) == 0 {
                // There is no memory for it.
                return None;
            }
            match look {
                ..SPINS => core::hint::spin_loop(),
                _ => aside(|| pause(PAUSE)),
            }
            if let Some(value) = self.take() {
                return Some(value);
            }
        }
        None
    }

    /// Puts it back, in the place of another that was made meanwhile.
    fn put(&self, value: Box<T>) {
        self.replace(Box::into_raw(value));
    }

    /// Gives the value up. (A thread that has it at this moment puts it back.)
    pub fn end(&self) {
        self.process.store(0, Ordering::Relaxed);
        self.replace(ptr::null_mut());
    }

    #[inline(never)]
    fn replace(&self, value: *mut T) {
        let before = self.value.swap(value, Ordering::AcqRel);
        if !before.is_null() {
            // SAFETY: as in `take`.
            drop(unsafe { Box::from_raw(before) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    static COUNT: Shared<u32> = Shared::new();
    const TIMES: u32 = if cfg!(miri) { 10 } else { 1000 };

    #[test]
    fn threads_use_it_one_at_a_time() {
        let counts = || (0..TIMES).all(|_| COUNT.with(|count| *count += 1).is_some());
        thread::scope(|scope| {
            let (first, second) = (scope.spawn(counts), scope.spawn(counts));
            assert!(first.join().unwrap() && second.join().unwrap());
        });
        assert_eq!(COUNT.with(|count| *count), Some(2 * TIMES));
    }

    #[test]
    fn what_is_out_in_a_child_is_made_anew() {
        static VALUE: Shared<u32> = Shared::new();
        VALUE.with(|value| *value = 7);
        let out = VALUE.take().unwrap();
        // (As a child finds it: taken out by a process of another number.)
        VALUE.process.store(process().wrapping_add(1), Ordering::Relaxed);
        assert_eq!(VALUE.with(|value| *value), Some(0));
        drop(out);
    }
}
