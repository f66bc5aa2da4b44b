//! What is around the process: its environment, where it is and where it came from, and the time.

use super::{io, path};
use alloc::vec;
use alloc::vec::Vec;
#[cfg(target_os = "macos")]
use core::ffi::c_int;
use core::ffi::{CStr, c_char, c_long};

#[cfg(all(target_os = "linux", not(miri)))]
unsafe extern "C" {
    /// None, in a program with more rights than whoever started it.
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
    // SAFETY: no precondition; the caller's promise.
    unsafe { if issetugid() == 0 { libc::getenv(name) } else { core::ptr::null_mut() } }
}

#[cfg(miri)]
use libc::getenv as trusted_getenv;

/// The value of a variable of the environment. A program that has more rights than whoever started it does not let that
/// one say where files are.
pub fn variable(name: &[u8]) -> Option<Vec<u8>> {
    let name = path(name).ok()?;
    // SAFETY: the name is a C string.
    let value = unsafe { trusted_getenv(name.as_ptr()) };
    if value.is_null() {
        return None;
    }
    // SAFETY: a C string, until somebody changes the environment: C leaves it to the program not to do that now.
    Some(unsafe { CStr::from_ptr(value) }.to_bytes().to_vec())
}

/// Whether a variable of the environment has this value.
pub fn variable_is(name: &[u8], value: &[u8]) -> bool {
    let Ok(name) = path(name) else { return false };
    // SAFETY: the name is a C string.
    let found = unsafe { trusted_getenv(name.as_ptr()) };
    // SAFETY: not NULL; as above.
    !found.is_null() && unsafe { CStr::from_ptr(found) }.to_bytes() == value
}

/// What `fill` puts in memory that grows until it is enough; it answers how many bytes that are.
fn filled(mut fill: impl FnMut(&mut [u8]) -> io::Result<Option<usize>>) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; 256];
    loop {
        if let Some(length) = fill(&mut bytes)? {
            bytes.truncate(length);
            return Ok(bytes);
        }
        bytes.resize(bytes.len().saturating_mul(2), 0);
    }
}

fn before_nul(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == 0)
}

pub fn current_folder() -> io::Result<Vec<u8>> {
    filled(|bytes| {
        // SAFETY: `bytes` is valid for writing its length.
        if unsafe { libc::getcwd(bytes.as_mut_ptr().cast(), bytes.len()) }.is_null() {
            let error = io::Error::last();
            return if error.number() == libc::ERANGE { Ok(None) } else { Err(error) };
        }
        Ok(before_nul(bytes))
    })
}

/// The file that the process runs.
#[cfg(target_os = "linux")]
pub fn program() -> io::Result<Vec<u8>> {
    filled(|bytes| {
        let link = c"/proc/self/exe";
        // SAFETY: a C string, and `bytes` is valid for writing its length.
        let length = unsafe { libc::readlink(link.as_ptr(), bytes.as_mut_ptr().cast(), bytes.len()) };
        let length = usize::try_from(length).map_err(|_| io::Error::last())?;
        // What fills it may have been cut off.
        Ok((length < bytes.len()).then_some(length))
    })
}

#[cfg(target_os = "macos")]
unsafe extern "C" {
    fn _NSGetExecutablePath(path: *mut c_char, size: *mut u32) -> c_int;
}

#[cfg(target_os = "macos")]
pub fn program() -> io::Result<Vec<u8>> {
    filled(|bytes| {
        let mut size = u32::try_from(bytes.len()).map_err(|_| io::Error::from_number(libc::ENOMEM))?;
        // SAFETY: `bytes` is valid for writing its length.
        let answer = unsafe { _NSGetExecutablePath(bytes.as_mut_ptr().cast(), &mut size) };
        Ok(if answer == 0 { before_nul(bytes) } else { None })
    })
}

/// Where temporary files go that nobody gave a place.
pub fn temporary_folder() -> Vec<u8> {
    variable(b"TMPDIR").unwrap_or_else(|| default_temporary_folder().unwrap_or_else(|| b"/tmp".to_vec()))
}

#[cfg(target_os = "linux")]
fn default_temporary_folder() -> Option<Vec<u8>> {
    None
}

/// Each user has one.
#[cfg(target_os = "macos")]
fn default_temporary_folder() -> Option<Vec<u8>> {
    let folder = filled(|bytes| {
        let name = libc::_CS_DARWIN_USER_TEMP_DIR;
        // SAFETY: `bytes` is valid for writing its length.
        match unsafe { libc::confstr(name, bytes.as_mut_ptr().cast(), bytes.len()) } {
            0 => Err(io::Error::last()),
            needed => Ok((needed <= bytes.len()).then_some(needed.saturating_sub(1))),
        }
    });
    folder.ok()
}

/// The number of this process.
pub fn process() -> u32 {
    // SAFETY: no precondition.
    unsafe { libc::getpid() }.unsigned_abs()
}

/// The nanoseconds of the second that it is.
pub fn nanoseconds() -> u32 {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `now` is valid for writing.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut now) };
    u32::try_from(now.tv_nsec).unwrap_or(0)
}

/// Does nothing for so many microseconds, less than a second.
pub fn pause(microseconds: u16) {
    let nanoseconds = c_long::from(microseconds).saturating_mul(1000);
    let mut left = libc::timespec { tv_sec: 0, tv_nsec: nanoseconds };
    let rest = &raw mut left;
    // SAFETY: `left` is valid for reading and writing; after an interruption it is what remains.
    while unsafe { libc::nanosleep(rest, rest) } != 0 && io::Error::last().number() == libc::EINTR {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn it_is_what_std_says() {
        let folder = std::env::current_dir().unwrap();
        assert_eq!(current_folder().unwrap(), folder.as_os_str().as_bytes());
        let program_there = std::env::current_exe().unwrap();
        assert_eq!(program().unwrap(), program_there.as_os_str().as_bytes());
        let temporary = std::env::temp_dir();
        assert_eq!(temporary_folder(), temporary.as_os_str().as_bytes());
        assert_eq!(process(), std::process::id());
        for name in ["PATH", "no such variable", "", "A\0B", "="] {
            let value = if name.contains('\0') { None } else { std::env::var_os(name) };
            assert_eq!(variable(name.as_bytes()).as_deref(), value.as_deref().map(OsStrExt::as_bytes));
            let value = value.as_deref().map_or(b"?".as_slice(), OsStrExt::as_bytes);
            assert_eq!(variable_is(name.as_bytes(), value), variable(name.as_bytes()).is_some());
            assert!(!variable_is(name.as_bytes(), b"?"));
        }
    }

    #[test]
    fn memory_grows_until_it_is_enough() {
        let long = filled(|bytes| Ok((bytes.len() > 1000).then_some(1000))).unwrap();
        assert_eq!(long.len(), 1000);
    }

    #[test]
    fn a_pause_takes_its_time() {
        let start = std::time::Instant::now();
        pause(500);
        assert!(start.elapsed().as_micros() >= 500);
        assert!(nanoseconds() < 1_000_000_000);
    }
}
