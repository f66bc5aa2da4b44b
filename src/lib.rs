//! mmsystem: the Windows multimedia file I/O API as a C library for Linux and macOS.
//!
//! This is a library for C and C++, and not an API for Rust. A program in C includes `mmsystem.h` and links with
//! `libmmsystem`, which the makefile of the repository builds and installs, with a file for pkg-config; so does
//! `cargo cinstall` of cargo-c:
//!
//! ```sh
//! cargo cinstall --release --prefix=/usr/local
//! cc program.c $(pkg-config --cflags --libs mmsystem) -o program
//! ```
//!
//! A build script that compiles C code which calls the library can have it from cargo: a crate that depends on this one, and
//! refers to it by `use mmsystem as _;`, contains the functions, and the C code finds them when the program is linked. The
//! headers are in `include/` of this crate.
//!
//! The exported functions are in [`capi`], the C types in [`abi`]. docs/architecture.md of the repository describes the
//! modules and the layers that a call passes through.

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
