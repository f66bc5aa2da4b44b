//! Another Rust library for C programs.

use std::{panic, thread};

/// Returns the length of these numbers as text.
#[unsafe(no_mangle)]
pub extern "C" fn other_length(number: i32) -> usize {
    thread::spawn(move || format!("{:?}", vec![number; 3])).join().map_or(0, |text| text.len())
}

/// Returns 1 if it catches its own panic.
#[unsafe(no_mangle)]
pub extern "C" fn other_catches() -> i32 {
    panic::set_hook(Box::new(|_| {}));
    panic::catch_unwind(|| panic!()).is_err().into()
}
