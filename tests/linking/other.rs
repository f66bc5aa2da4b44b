//! Another Rust library for C programs.

use std::{panic, thread};

/// How long the text is of three such numbers.
#[unsafe(no_mangle)]
pub extern "C" fn other_length(number: i32) -> usize {
    thread::spawn(move || format!("{:?}", vec![number; 3])).join().map_or(0, |text| text.len())
}

/// 1 if a panic can be caught.
#[unsafe(no_mangle)]
pub extern "C" fn other_catches() -> i32 {
    panic::set_hook(Box::new(|_| {}));
    panic::catch_unwind(|| panic!()).is_err().into()
}
