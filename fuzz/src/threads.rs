//! Whether the library takes the process for one of a single thread, where it has shorter ways.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// What glibc keeps of it; nothing where it keeps nothing.
fn single() -> Option<&'static AtomicU8> {
    static FOUND: OnceLock<usize> = OnceLock::new();
    let found = *FOUND.get_or_init(|| {
        // SAFETY: a lookup by a name with its NUL.
        unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"__libc_single_threaded".as_ptr()) as usize }
    });
    // SAFETY: NULL, or a byte of the C library that stays.
    unsafe { (found as *const AtomicU8).as_ref() }
}

/// Tells the library that it is alone, or that it is not. (libFuzzer has a thread that watches the memory; it does
/// nothing that the C library's own use of this would matter to.)
pub fn pretend_single(alone: bool) {
    if let Some(single) = single() {
        single.store(alone.into(), Ordering::Relaxed);
    }
}
