//! Arbitrary bytes as a RIFF file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mmsystem_fuzz::riff::{self, Riff};

fuzz_target!(|walk: Riff| riff::walk(&walk));
