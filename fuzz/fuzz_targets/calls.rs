//! Sequences of calls.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mmsystem_fuzz::sequences::{self, Calls};

fuzz_target!(|calls: Calls| sequences::play(&calls));
