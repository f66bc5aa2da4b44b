//! A Rust program that is linked with the static library.

use std::ffi::{c_char, c_void};
use std::{panic, ptr, thread};

#[link(name = "mmsystem", kind = "static")]
unsafe extern "C" {
    fn mmioOpenA(name: *const c_char, info: *mut c_void, flags: u32) -> *mut c_void;
    fn mmioWrite(file: *mut c_void, bytes: *const u8, count: i32) -> i32;
    fn mmioClose(file: *mut c_void, flags: u32) -> u32;
}

const MMIO_CREATE: u32 = 0x1000;
const MMIO_WRITE: u32 = 1;

fn main() {
    // SAFETY: a C string, no structure, and bytes that are there.
    unsafe {
        let file = mmioOpenA(c"program.bin".as_ptr(), ptr::null_mut(), MMIO_CREATE | MMIO_WRITE);
        assert!(!file.is_null());
        assert_eq!(mmioWrite(file, b"bytes".as_ptr(), 5), 5);
        assert_eq!(mmioClose(file, 0), 0);
    }
    assert_eq!(std::fs::read("program.bin").unwrap(), b"bytes");
    assert_eq!(thread::spawn(|| format!("{:?}", vec![1, 2])).join().unwrap(), "[1, 2]");
    if cfg!(panic = "unwind") {
        panic::set_hook(Box::new(|_| {}));
        assert!(panic::catch_unwind(|| panic!()).is_err());
    }
    println!("done");
}
