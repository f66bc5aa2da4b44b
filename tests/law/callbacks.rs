//! Files whose bytes callbacks supply, and files that are parts of disk files.

use crate::backends::disk_name;
use crate::calls::{Handle, pattern};
use crate::store::{STORE, call};
use mmsystem::abi::*;
use mmsystem::capi::{mmsys_open_callbacks, mmsys_open_part};
use std::ffi::{CString, c_int, c_void};
use std::fs;

const CALLBACKS: MMSYS_CALLBACKS = MMSYS_CALLBACKS {
    size: size_of::<MMSYS_CALLBACKS>() as DWORD,
    read: Some(read),
    write: Some(write),
    seek: Some(seek),
    flush: Some(flush),
    close: Some(close),
};

unsafe extern "C" fn read(_: *mut c_void, data: *mut c_void, count: usize) -> i64 {
    call(STORE, |store, at| {
        let bytes = store.read(*at, count)?;
        // SAFETY: the library gives memory for `count` bytes, and these are no more.
        unsafe { bytes.as_ptr().copy_to_nonoverlapping(data.cast(), bytes.len()) };
        *at += bytes.len();
        Some(bytes.len())
    })
}

unsafe extern "C" fn write(_: *mut c_void, data: *const c_void, count: usize) -> i64 {
    // SAFETY: the library gives `count` bytes.
    let bytes = unsafe { std::slice::from_raw_parts(data.cast::<u8>(), count) };
    call(STORE, |store, at| {
        let count = store.write(MMIOM_WRITE, *at, bytes)?;
        *at += count;
        Some(count)
    })
}

unsafe extern "C" fn seek(_: *mut c_void, offset: i64, whence: c_int) -> i64 {
    call(STORE, |store, at| {
        *at = store.seek(*at, offset as isize, whence as isize)?;
        Some(*at)
    })
}

unsafe extern "C" fn flush(_: *mut c_void) -> c_int {
    call(STORE, |store, at| store.write(MMIOM_WRITEFLUSH, *at, &[])) as c_int
}

unsafe extern "C" fn close(_: *mut c_void) -> c_int {
    call(STORE, |store, _| {
        store.empty_cache();
        Some(0)
    }) as c_int
}

pub fn open(info: &mut MMIOINFO) -> Handle {
    // SAFETY: the callbacks are sound for any context, and `info` is a structure.
    let file = unsafe { mmsys_open_callbacks(&CALLBACKS, std::ptr::null_mut(), info, MMIO_READWRITE) };
    assert!(!file.is_null());
    Handle(file)
}

/// Opens a part of a disk file with `before` bytes before it and `after` bytes after it.
pub fn open_part(content: &[u8], before: usize, length: usize, after: usize) -> Handle {
    let bytes = [pattern(1, before), content.to_vec(), pattern(2, after)].concat();
    fs::write(disk_name(), bytes).unwrap();
    let name = CString::new(disk_name().into_os_string().into_encoded_bytes()).unwrap();
    // SAFETY: a C string.
    let file = unsafe { mmsys_open_part(name.as_ptr(), before as i64, length as i64, MMIO_READWRITE) };
    assert!(!file.is_null());
    Handle(file)
}

/// The bytes of the part, if those before and after it are as they were.
pub fn bytes_of_part(before: usize, after: usize) -> Result<Vec<u8>, String> {
    let all = fs::read(disk_name()).unwrap();
    if all.len() < before + after || all[..before] != pattern(1, before) || !all.ends_with(&pattern(2, after))
    {
        return Err("bytes outside the part have changed".to_owned());
    }
    Ok(all[before..all.len() - after].to_vec())
}
