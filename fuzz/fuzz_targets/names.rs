//! Names in three encodings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mmsystem_fuzz::names;

fuzz_target!(|bytes: &[u8]| names::play(bytes));
