//! mmsystem: the Windows multimedia file I/O API as a C library for Linux and macOS.
//!
//! The exported functions are in [`capi`], the C types in [`abi`]. docs/architecture.md describes the modules and the
//! layers that a call passes through.

#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_possible_wrap,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic
    )
)]

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
compile_error!("mmsystem supports Linux and macOS only");

extern crate alloc;

pub mod abi;
pub mod capi;
mod error;
mod fallible;
mod file;
mod fork;
mod fourcc;
mod handles;
mod listing;
#[cfg(target_os = "linux")]
mod load;
mod lock;
mod memory;
mod name;
mod path;
mod procs;
mod share;
mod sys;
mod timer;
mod trace;
