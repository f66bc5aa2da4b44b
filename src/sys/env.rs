//! The environment of the process: variables, directories, the path of the executable, and random numbers.
//!
//! `std::env` is not used: it ignores the privileges of the process, and aborts when memory is exhausted.

use super::{io, subsecond_nanos};
use crate::fallible;
use core::ffi::CStr;
#[cfg(any(not(miri), target_os = "macos"))]
use core::ffi::c_char;
#[cfg(target_os = "macos")]
use core::ffi::c_int;
pub use std::process::id as process_id;

#[cfg(all(target_os = "linux", not(miri)))]
unsafe extern "C" {
    /// Returns NULL in a process that runs with raised rights.
    #[link_name = "secure_getenv"]
    fn trusted_getenv(name: *const c_char) -> *mut c_char;
}

#[cfg(all(target_os = "macos", not(miri)))]
unsafe extern "C" {
    fn issetugid() -> c_int;
}

/// # Safety
/// - `name` must be a C string.
#[cfg(all(target_os = "macos", not(miri)))]
unsafe fn trusted_getenv(name: *const c_char) -> *mut c_char {
    // SAFETY: the caller's promise.
    unsafe { if issetugid() == 0 { libc::getenv(name) } else { core::ptr::null_mut() } }
}

#[cfg(miri)]
use libc::getenv as trusted_getenv;

/// Calls `look` with the value of an environment variable. A process with raised rights reads no variables, as its user
/// must not choose where its files are.
fn with_env_variable<R>(name: &CStr, look: impl FnOnce(&[u8]) -> R) -> Option<R> {
    // SAFETY: the name is a C string.
    let value = unsafe { trusted_getenv(name.as_ptr()) };
    if value.is_null() {
        return None;
    }
    // SAFETY: a C string, valid until the environment changes; in C it is the program's duty not to change it now.
    Some(look(unsafe { CStr::from_ptr(value) }.to_bytes()))
}

/// Returns the value of a variable.
pub fn env_variable(name: &CStr) -> io::Result<Option<Vec<u8>>> {
    Ok(with_env_variable(name, |value| fallible::concat(&[value])).transpose()?)
}

/// Whether a variable has this value.
pub fn is_set_to(name: &CStr, value: &[u8]) -> bool {
    with_env_variable(name, |its| its == value).unwrap_or(false)
}

/// Returns the bytes that `fill` writes to a buffer. `fill` returns their number, or None if the buffer is too small
/// and must grow.
pub(super) fn read_growing(
    mut fill: impl FnMut(&mut [u8]) -> io::Result<Option<usize>>,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut size: usize = 256;
    loop {
        bytes.try_reserve_exact(size.saturating_sub(bytes.len()))?;
        bytes.resize(size, 0);
        if let Some(length) = fill(&mut bytes)? {
            bytes.truncate(length);
            return Ok(bytes);
        }
        size = size.saturating_mul(2);
    }
}

fn before_nul(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == 0)
}

pub fn current_dir() -> io::Result<Vec<u8>> {
    read_growing(|bytes| {
        // SAFETY: `bytes` is valid for writing its length.
        if unsafe { libc::getcwd(bytes.as_mut_ptr().cast(), bytes.len()) }.is_null() {
            let error = io::Error::last();
            return if error.errno() == libc::ERANGE { Ok(None) } else { Err(error) };
        }
        Ok(before_nul(bytes))
    })
}

/// Returns the path of the executable.
#[cfg(target_os = "linux")]
pub fn program() -> io::Result<Vec<u8>> {
    read_growing(|bytes| {
        let link = c"/proc/self/exe";
        // SAFETY: the link is a C string, and `bytes` is valid for writing its length.
        let length = unsafe { libc::readlink(link.as_ptr(), bytes.as_mut_ptr().cast(), bytes.len()) };
        let length = usize::try_from(length).map_err(|_| io::Error::last())?;
        // A result that fills the buffer may be truncated.
        Ok((length < bytes.len()).then_some(length))
    })
}

#[cfg(target_os = "macos")]
unsafe extern "C" {
    fn _NSGetExecutablePath(path: *mut c_char, size: *mut u32) -> c_int;
}

#[cfg(target_os = "macos")]
pub fn program() -> io::Result<Vec<u8>> {
    read_growing(|bytes| {
        let mut size = u32::try_from(bytes.len()).map_err(|_| io::Error::from_errno(libc::ENOMEM))?;
        // SAFETY: `bytes` is valid for writing its length.
        let result = unsafe { _NSGetExecutablePath(bytes.as_mut_ptr().cast(), &mut size) };
        Ok(if result == 0 { before_nul(bytes) } else { None })
    })
}

/// Returns the directory for temporary files.
pub fn temp_dir() -> io::Result<Vec<u8>> {
    match env_variable(c"TMPDIR")? {
        Some(dir) if !dir.is_empty() => Ok(dir),
        _ => default_temp_dir(),
    }
}

#[cfg(target_os = "linux")]
fn default_temp_dir() -> io::Result<Vec<u8>> {
    Ok(fallible::concat(&[b"/tmp"])?)
}

/// On macOS each user has a directory of their own.
#[cfg(target_os = "macos")]
fn default_temp_dir() -> io::Result<Vec<u8>> {
    let dir = read_growing(|bytes| {
        let name = libc::_CS_DARWIN_USER_TEMP_DIR;
        // SAFETY: `bytes` is valid for writing its length.
        match unsafe { libc::confstr(name, bytes.as_mut_ptr().cast(), bytes.len()) } {
            0 => Err(io::Error::last()),
            needed => Ok((needed <= bytes.len()).then_some(needed.saturating_sub(1))),
        }
    });
    dir.or_else(|_| Ok(fallible::concat(&[b"/tmp"])?))
}

/// Registers a function to run when the process exits.
#[cfg(target_os = "macos")]
pub fn at_exit(f: extern "C" fn()) {
    // SAFETY: the function takes no arguments.
    unsafe { libc::atexit(f) };
}

/// Returns a number that other processes cannot guess, if the system has a source of such numbers.
pub fn random() -> u32 {
    let mut bytes = [0; 4];
    // By number: the function of the C library is newer than the oldest supported systems.
    #[cfg(target_os = "linux")]
    // SAFETY: `bytes` is valid for writing its length.
    let got =
        unsafe { libc::syscall(libc::SYS_getrandom, bytes.as_mut_ptr(), bytes.len(), libc::GRND_NONBLOCK) };
    #[cfg(target_os = "macos")]
    // SAFETY: as above.
    let got = if unsafe { libc::getentropy(bytes.as_mut_ptr().cast(), bytes.len()) } == 0 { 4 } else { 0 };
    if got == 4 { u32::from_ne_bytes(bytes) } else { subsecond_nanos() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn values_agree_with_std() {
        let dir = std::env::current_dir().unwrap();
        assert_eq!(current_dir().unwrap(), dir.as_os_str().as_bytes());
        let program_there = std::env::current_exe().unwrap();
        assert_eq!(program().unwrap(), program_there.as_os_str().as_bytes());
        let temporary = std::env::temp_dir();
        assert_eq!(temp_dir().unwrap(), temporary.as_os_str().as_bytes());
        for name in [c"PATH", c"no such variable", c"", c"="] {
            let value = std::env::var_os(name.to_str().unwrap());
            let value = value.as_deref().map(OsStrExt::as_bytes);
            assert_eq!(env_variable(name).unwrap().as_deref(), value);
            assert_eq!(is_set_to(name, value.unwrap_or_default()), value.is_some());
            assert!(!is_set_to(name, b"no such value"));
        }
    }

    #[test]
    fn the_buffer_grows_until_the_value_fits() {
        let long = read_growing(|bytes| Ok((bytes.len() > 1000).then_some(1000))).unwrap();
        assert_eq!(long.len(), 1000);
    }

    #[test]
    fn random_numbers_differ() {
        assert!((0..8).any(|_| random() != random()));
    }
}
