//! All system calls. The functions here retry interrupted calls, continue short transfers, and hide the differences
//! between Linux and macOS.

mod attributes;
mod barrier;
mod clock;
mod dir;
mod dirfd;
mod env;
mod forks;
pub mod io;
mod monitor;
mod mutex;
mod output;
mod threads;

pub use attributes::*;
pub use barrier::*;
pub use clock::*;
pub use dir::*;
pub use dirfd::*;
pub use env::*;
pub use forks::*;
pub use monitor::*;
pub use mutex::*;
pub use output::*;
pub use threads::*;

use crate::fallible;
use crate::memory::{Source, Target};
use core::ffi::{c_char, c_int};
/// Reexported so that the models of the lock can replace it.
pub use core::sync::atomic;

// Positions have 64 bits on every machine; 32-bit Linux has separate functions for that.
#[cfg(target_os = "macos")]
use libc::{fstat, ftruncate, lseek, open as open_file, pread, pwrite, stat};
#[cfg(target_os = "linux")]
use libc::{
    fstat64 as fstat, ftruncate64 as ftruncate, lseek64 as lseek, open64 as open_file, pread64 as pread,
    pwrite64 as pwrite, stat64 as stat,
};

/// A file descriptor, not owned: the I/O procedures keep it in `adwInfo`.
pub type Fd = c_int;

/// What a descriptor can do.
#[derive(Clone, Copy, Debug)]
pub struct Abilities {
    pub readable: bool,
    pub writable: bool,
    pub seekable: bool,
    /// Every write appends.
    pub appends: bool,
    /// The position of the descriptor, 0 if it has none.
    pub position: i64,
}

/// Size of the inline buffer of a [`CPath`], with the NUL.
const INLINE_SIZE: usize = 128;

/// A file name with a terminating NUL.
#[derive(Debug)]
struct CPath {
    inline: [u8; INLINE_SIZE],
    /// The name if it is too long for `inline`; otherwise empty.
    heap: Vec<u8>,
}

impl CPath {
    fn as_ptr(&self) -> *const c_char {
        if self.heap.is_empty() { self.inline.as_ptr().cast() } else { self.heap.as_ptr().cast() }
    }
}

fn c_path(name: &[u8]) -> io::Result<CPath> {
    if name.contains(&0) {
        return Err(io::Error::from_errno(libc::EINVAL));
    }
    let mut path = CPath { inline: [0; INLINE_SIZE], heap: Vec::new() };
    match path.inline.get_mut(..name.len()) {
        // The byte after it stays 0.
        Some(inline) if name.len() < INLINE_SIZE => inline.copy_from_slice(name),
        _ => path.heap = fallible::concat(&[name, b"\0"])?,
    }
    Ok(path)
}

/// Repeats a call while it is interrupted. A negative result is an error, in `errno`.
fn retry<T: Copy + Into<i64>>(mut call: impl FnMut() -> T) -> io::Result<T> {
    loop {
        let result = call();
        if result.into() >= 0 {
            return Ok(result);
        }
        let error = io::Error::last();
        if error.errno() != libc::EINTR {
            return Err(error);
        }
    }
}

fn check<T: Into<i64>>(result: T) -> io::Result<()> {
    if result.into() >= 0 { Ok(()) } else { Err(io::Error::last()) }
}

fn count(result: i64) -> usize {
    usize::try_from(result).unwrap_or(0)
}

fn retry_transfer(mut call: impl FnMut() -> isize) -> io::Result<usize> {
    retry(|| i64::try_from(call()).unwrap_or(-1)).map(count)
}

/// Opens `name` with the given `O_*` flags. A new file has mode 0666 less the umask.
pub fn open(name: &[u8], flags: c_int) -> io::Result<Fd> {
    let name = c_path(name)?;
    // SAFETY: the name is a C string.
    retry(|| unsafe { open_file(name.as_ptr(), flags | libc::O_CLOEXEC, 0o666) })
}

/// Creates a file with mode 0600. Returns false if the name exists.
pub fn create_private(name: &[u8]) -> io::Result<bool> {
    let name = c_path(name)?;
    let flags = libc::O_RDWR | libc::O_CREAT | libc::O_EXCL | libc::O_CLOEXEC;
    // SAFETY: the name is a C string.
    match retry(|| unsafe { open_file(name.as_ptr(), flags, 0o600) }) {
        Ok(fd) => close(fd).map(|()| true),
        Err(error) if error.errno() == libc::EEXIST => Ok(false),
        Err(error) => Err(error),
    }
}

/// A descriptor that is closed on drop.
#[derive(Debug)]
pub struct OwnedFd(Fd);

impl OwnedFd {
    pub fn new(name: &[u8], flags: c_int) -> io::Result<OwnedFd> {
        open(name, flags).map(OwnedFd)
    }

    pub fn fd(&self) -> Fd {
        self.0
    }
}

impl Drop for OwnedFd {
    fn drop(&mut self) {
        // The failure cannot be reported.
        let _ = close(self.0);
    }
}

/// Closes a descriptor. After an interruption it is closed all the same; a retry could close another one of the same
/// number.
pub fn close(fd: Fd) -> io::Result<()> {
    // SAFETY: no pointers.
    match check(unsafe { libc::close(fd) }) {
        Err(error) if error.errno() == libc::EINTR => Ok(()),
        result => result,
    }
}

pub fn abilities(fd: Fd) -> io::Result<Abilities> {
    // SAFETY: F_GETFL takes no pointer.
    let flags = retry(|| unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    let mode = flags & libc::O_ACCMODE;
    let position = position(fd);
    Ok(Abilities {
        readable: mode != libc::O_WRONLY,
        writable: mode != libc::O_RDONLY,
        seekable: position.is_some(),
        appends: flags & libc::O_APPEND != 0,
        position: position.unwrap_or(0),
    })
}

/// Returns the position of a descriptor, or None if it cannot seek.
pub fn position(fd: Fd) -> Option<i64> {
    // SAFETY: no pointers.
    retry(|| unsafe { lseek(fd, 0, libc::SEEK_CUR) }).ok()
}

fn status(fd: Fd) -> io::Result<stat> {
    // SAFETY: stat consists of integers, for which 0 is valid.
    let mut status: stat = unsafe { core::mem::zeroed() };
    // SAFETY: `status` is valid for writing.
    check(unsafe { fstat(fd, &mut status) })?;
    Ok(status)
}

/// The type of file that a descriptor refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FdType {
    /// A regular file that is not empty.
    File,
    /// A regular file of size 0: perhaps one of the kernel's, which cannot seek.
    Empty,
    Directory,
    /// A device, pipe or similar.
    Other,
}

pub fn fd_type(fd: Fd) -> io::Result<FdType> {
    let status = status(fd)?;
    Ok(match status.st_mode & libc::S_IFMT {
        libc::S_IFREG if status.st_size == 0 => FdType::Empty,
        libc::S_IFREG => FdType::File,
        libc::S_IFDIR => FdType::Directory,
        _ => FdType::Other,
    })
}

/// A type of lock on bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LockType {
    None,
    Shared,
    Exclusive,
}

// Locks that belong to an open file description, not to the process: closing another descriptor of the file does not
// release them.
#[cfg(target_os = "linux")]
use libc::{F_OFD_GETLK, F_OFD_SETLK};
#[cfg(target_os = "macos")]
const F_OFD_SETLK: c_int = 90;
#[cfg(target_os = "macos")]
const F_OFD_GETLK: c_int = 92;

#[cfg(target_os = "macos")]
use libc::flock;
#[cfg(target_os = "linux")]
use libc::flock64 as flock;

/// The type of the constants depends on the system; their values are 0 to 3.
#[allow(clippy::cast_possible_truncation, clippy::unnecessary_cast)]
fn lock_type(lock: LockType) -> i16 {
    match lock {
        LockType::None => libc::F_UNLCK as i16,
        LockType::Shared => libc::F_RDLCK as i16,
        LockType::Exclusive => libc::F_WRLCK as i16,
    }
}

fn range(lock: LockType, start: i64, len: i64) -> flock {
    // SAFETY: flock consists of integers, for which 0 is valid.
    let mut range: flock = unsafe { core::mem::zeroed() };
    // `l_whence` stays 0, which is SEEK_SET.
    range.l_type = lock_type(lock);
    range.l_start = start;
    range.l_len = len;
    range
}

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
use libc::SYS_fcntl;
#[cfg(all(target_os = "linux", target_pointer_width = "32"))]
use libc::SYS_fcntl64 as SYS_fcntl;

/// `fcntl` with a lock of 64-bit positions. On Linux it is called by number: the C library's function takes 32-bit
/// positions on 32-bit systems, and on 64-bit systems its layers cost a tenth of the call.
fn fcntl(fd: Fd, command: c_int, range: &mut flock) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    // SAFETY: the command reads and writes the structure.
    let call = || unsafe { libc::syscall(SYS_fcntl, fd, command, core::ptr::from_mut(range)) };
    #[cfg(not(target_os = "linux"))]
    // SAFETY: as above.
    let call = || unsafe { libc::fcntl(fd, command, core::ptr::from_mut(range)) };
    retry(call).map(|_| ())
}

/// Locks or unlocks bytes for an open file description. Returns false if the lock of another one conflicts.
pub fn lock(fd: Fd, lock: LockType, start: i64, len: i64) -> io::Result<bool> {
    match fcntl(fd, F_OFD_SETLK, &mut range(lock, start, len)) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.errno(), libc::EAGAIN | libc::EACCES) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether no lock of another open file description conflicts with this lock. This one need not be able to have the
/// lock.
pub fn could_lock(fd: Fd, lock: LockType, start: i64, len: i64) -> io::Result<bool> {
    let mut range = range(lock, start, len);
    fcntl(fd, F_OFD_GETLK, &mut range)?;
    Ok(range.l_type == lock_type(LockType::None))
}

/// Returns the size of a file, 0 if it has none.
pub fn size(fd: Fd) -> io::Result<i64> {
    let status = status(fd)?;
    if status.st_mode & libc::S_IFMT == libc::S_IFBLK {
        // The size of a device is the position of its end. The position of the descriptor need not be kept.
        // SAFETY: no pointers.
        return retry(|| unsafe { lseek(fd, 0, libc::SEEK_END) });
    }
    Ok(status.st_size)
}

/// Truncates a file to 0 bytes. What cannot be truncated (a device, a pipe) is left as it is.
pub fn truncate(fd: Fd) -> io::Result<()> {
    // SAFETY: no pointers.
    match retry(|| unsafe { ftruncate(fd, 0) }) {
        Err(error) if error.errno() == libc::EINVAL => Ok(()),
        result => result.map(|_| ()),
    }
}

/// Reads at a position until `target` is full or the file ends.
pub fn read_at(fd: Fd, target: Target<'_>, position: i64) -> io::Result<usize> {
    transfer(target.len(), |done| {
        let rest = target.skip(done);
        let at = offset_after(position, done)?;
        // SAFETY: `rest` is valid for writing its length.
        retry_transfer(|| unsafe { pread(fd, rest.address().cast(), rest.len(), at) })
    })
}

/// Writes at a position until all of `source` is written or the system accepts no more.
pub fn write_at(fd: Fd, source: Source<'_>, position: i64) -> io::Result<usize> {
    transfer(source.len(), |done| {
        let rest = source.skip(done);
        let at = offset_after(position, done)?;
        // SAFETY: `rest` is valid for reading its length.
        retry_transfer(|| unsafe { pwrite(fd, rest.address().cast(), rest.len(), at) })
    })
}

/// Reads from a pipe or similar as much as is available, at most `target`. Returns 0 at its end.
pub fn read_stream(fd: Fd, target: Target<'_>) -> io::Result<usize> {
    // SAFETY: `target` is valid for writing its length.
    retry_transfer(|| unsafe { libc::read(fd, target.address().cast(), target.len()) })
}

/// Writes all of `source` to a pipe or similar.
pub fn write_stream(fd: Fd, source: Source<'_>) -> io::Result<usize> {
    transfer(source.len(), |done| {
        let rest = source.skip(done);
        // SAFETY: `rest` is valid for reading its length.
        retry_transfer(|| unsafe { libc::write(fd, rest.address().cast(), rest.len()) })
    })
}

/// Forces written data to the disk. Succeeds on what has no disk (a pipe).
pub fn sync_data(fd: Fd) -> io::Result<()> {
    ignore_if_unsupported(data_sync(fd))
}

fn ignore_if_unsupported(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if matches!(error.errno(), libc::EINVAL | libc::ENOTSUP | libc::EROFS) => Ok(()),
        result => result,
    }
}

/// Forces a file and its metadata, or the entries of a directory, to the disk.
pub fn sync_all(fd: Fd) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    // SAFETY: no pointers.
    return ignore_if_unsupported(retry(|| unsafe { libc::fsync(fd) }).map(|_| ()));
    #[cfg(target_os = "macos")]
    return sync_data(fd);
}

/// Forces the whole file system of a file to the disk or, where the system has no call for that, the file.
fn sync_file_system(fd: Fd) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    // By number: an old C library has no function for this call.
    // SAFETY: no pointers.
    match retry(|| unsafe { libc::syscall(libc::SYS_syncfs, fd) }).map(|_| ()) {
        Err(error) if error.errno() == libc::ENOSYS => {}
        result => return ignore_if_unsupported(result),
    }
    sync_all(fd)
}

#[cfg(target_os = "linux")]
fn data_sync(fd: Fd) -> io::Result<()> {
    // SAFETY: no pointers.
    retry(|| unsafe { libc::fdatasync(fd) }).map(|_| ())
}

#[cfg(target_os = "macos")]
fn data_sync(fd: Fd) -> io::Result<()> {
    // fsync leaves the data in the drive's cache. Some file systems support nothing stronger.
    // SAFETY: no pointers.
    retry(|| unsafe { libc::fcntl(fd, libc::F_FULLFSYNC) })
        // SAFETY: no pointers.
        .or_else(|_| retry(|| unsafe { libc::fsync(fd) }))
        .map(|_| ())
}

/// Repeats `step` until everything is transferred or it transfers nothing. An error after a partial transfer is not
/// reported.
fn transfer(all: usize, mut step: impl FnMut(usize) -> io::Result<usize>) -> io::Result<usize> {
    let mut done: usize = 0;
    while done < all {
        match step(done) {
            Ok(0) => break,
            Ok(more) => done = done.saturating_add(more),
            Err(error) if done == 0 => return Err(error),
            Err(_) => break,
        }
    }
    Ok(done)
}

fn offset_after(position: i64, done: usize) -> io::Result<i64> {
    i64::try_from(done)
        .ok()
        .and_then(|done| position.checked_add(done))
        .ok_or_else(|| io::Error::from_errno(libc::EFBIG))
}

/// Sets the position of the descriptor itself.
pub fn set_position(fd: Fd, position: i64) -> io::Result<()> {
    // SAFETY: no pointers.
    retry(|| unsafe { lseek(fd, position, libc::SEEK_SET) }).map(|_| ())
}
