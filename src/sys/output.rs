//! Output for whoever runs the program: a descriptor that the library keeps for the lifetime of the process.

use super::{Fd, FdType, OwnedFd, close, fd_type, io, retry, stat, status, uncancelled};
use core::ffi::c_int;

/// Maximum size of one write. A pipe accepts this many bytes as a unit, whoever else writes to it.
const PIPE_BUF: usize = 4096;

/// Lowest numbers for a copied descriptor. A program does not expect numbers from 200 on as a result of `open`; if so
/// many are not allowed, any number but those of the standard descriptors.
const FIRST_HIGH_FD: c_int = 200;
const FIRST_FREE_FD: c_int = 3;

/// A descriptor, and the identity of its file when it was opened: the program may close a descriptor that it does not
/// know, and get the same number for a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    pub fd: Fd,
    pub identity: Identity,
}

/// The identity of the file of a descriptor: its device, inode and type, which a later file may share, and the
/// [`mark`]. It consists of words that fit atomics on every machine.
pub type Identity = [u32; 7];

impl Output {
    /// Copies a descriptor to a number above those that the program expects to get.
    fn of(fd: Fd) -> io::Result<Output> {
        let copied = |from: c_int| {
            // SAFETY: the command takes no pointer.
            retry(|| unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, from) })
        };
        let fd = copied(FIRST_HIGH_FD).or_else(|_| copied(FIRST_FREE_FD))?;
        Ok(Output { fd, identity: identity(fd)? })
    }

    /// Opens a file for appending; creates it if it does not exist.
    pub fn to_file(name: &[u8]) -> io::Result<Output> {
        // O_NONBLOCK: does not wait for a reader of a pipe.
        let flags = libc::O_WRONLY | libc::O_APPEND | libc::O_CREAT | libc::O_NOCTTY | libc::O_NONBLOCK;
        let opened = OwnedFd::new(name, flags)?;
        // SAFETY: the command takes no pointer.
        retry(|| unsafe { libc::fcntl(opened.fd(), libc::F_SETFL, libc::O_APPEND) })?;
        make_mark(opened.fd());
        Output::of(opened.fd())
    }

    /// Returns a copy of standard error as it is now.
    pub fn to_standard_error() -> io::Result<Output> {
        let fd = libc::STDERR_FILENO;
        // Regular files only. Others may send signals, whose number and recipient are the program's choice.
        if !cfg!(miri) && fd_type(fd).is_ok_and(|fd_type| matches!(fd_type, FdType::File | FdType::Empty)) {
            make_mark(fd);
        }
        Output::of(fd)
    }

    fn is_ours(self) -> bool {
        identity(self.fd) == Ok(self.identity)
    }

    /// Closes the descriptor, unless the program has reused it.
    pub fn close(self) {
        if self.is_ours() {
            // The failure cannot be reported.
            let _ = close(self.fd);
        }
    }

    /// Writes lines, in pieces that end with a whole line if possible. Lines that cannot be written are lost, without
    /// any other effect.
    pub fn write(self, lines: &[u8]) {
        preserving_errno(|| {
            if self.is_ours() {
                with_signals_blocked(|| self.write_all(lines));
            }
        });
    }

    fn write_all(self, mut lines: &[u8]) {
        while !lines.is_empty() {
            let most = lines.get(..PIPE_BUF).unwrap_or(lines);
            let whole =
                most.iter().rposition(|&byte| byte == b'\n').map_or(most.len(), |end| end.saturating_add(1));
            // SAFETY: `lines` is valid for reading that many bytes.
            let write = || unsafe { libc::write(self.fd, lines.as_ptr().cast(), whole) };
            match super::retry_transfer(write) {
                Ok(count @ 1..) => lines = lines.get(count..).unwrap_or_default(),
                _ => return,
            }
        }
    }
}

/// Runs `f` with cancellation off and `errno` preserved.
pub fn preserving_errno<R>(f: impl FnOnce() -> R) -> R {
    uncancelled(|| {
        let before = io::Error::last();
        let result = f();
        before.set_errno();
        result
    })
}

/// Signals of a write that has no reader, or exceeds the permitted size of a file.
const WRITE_SIGNALS: [c_int; 2] = [libc::SIGPIPE, libc::SIGXFSZ];

/// Runs `f` with the signals of a write blocked, and consumes those that it causes, which would end the program. (Miri
/// has no signals.)
fn with_signals_blocked(f: impl FnOnce()) {
    if cfg!(miri) {
        return f();
    }
    let mut before = signal_set(&[]);
    // SAFETY: the first set is valid for reading, the second for writing.
    unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &signal_set(&WRITE_SIGNALS), &mut before) };
    let waited = WRITE_SIGNALS.map(is_pending);
    f();
    for (signal, waited) in WRITE_SIGNALS.into_iter().zip(waited) {
        if !waited && is_pending(signal) {
            consume_signal(signal);
        }
    }
    // SAFETY: the set was written above.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &before, core::ptr::null_mut()) };
}

fn signal_set(signals: &[c_int]) -> libc::sigset_t {
    // SAFETY: a signal set consists of integers, for which 0 is valid.
    let mut set: libc::sigset_t = unsafe { core::mem::zeroed() };
    // SAFETY: the set is valid for writing.
    unsafe { libc::sigemptyset(&mut set) };
    for &signal in signals {
        // SAFETY: as above, and the signal exists.
        unsafe { libc::sigaddset(&mut set, signal) };
    }
    set
}

/// Whether a signal is pending for the thread.
fn is_pending(signal: c_int) -> bool {
    let mut pending = signal_set(&[]);
    // SAFETY: the set is valid for writing, and then for reading.
    unsafe { libc::sigpending(&mut pending) == 0 && libc::sigismember(&pending, signal) == 1 }
}

/// Consumes a pending signal.
fn consume_signal(signal: c_int) {
    let mut taken = 0;
    // SAFETY: the set is valid for reading, the number for writing. The signal is pending, so this does not wait.
    unsafe { libc::sigwait(&signal_set(&[signal]), &mut taken) };
}

/// Returns the identity of a descriptor's file. (Miri cannot read it.)
#[allow(clippy::unnecessary_cast, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Types differ by system.
fn identity(fd: Fd) -> io::Result<Identity> {
    if cfg!(miri) {
        return Ok([0; 7]);
    }
    let status = status(fd)?;
    let halves = |number: u64| [number as u32, number.wrapping_shr(32) as u32];
    let ([a, b], [c, d]) = (halves(status.st_dev as u64), halves(status.st_ino as u64));
    let [e, f] = halves(mark(fd, &status) as u64);
    Ok([a, b, c, d, e, f, (status.st_mode & libc::S_IFMT) as u32])
}

#[cfg(target_os = "linux")]
const F_SETSIG: c_int = 10;
#[cfg(target_os = "linux")]
const F_GETSIG: c_int = 11;

/// Marks an open file description. Device and inode do not suffice as an identity: after a file is deleted, a new one
/// may get its inode at once, even within the same clock tick. The mark is the signal that the description would send,
/// if it were asked to; a newly opened file has 0 there. If it cannot be set, the rest of the identity has to suffice.
#[cfg(target_os = "linux")]
fn make_mark(fd: Fd) {
    if !cfg!(miri) {
        let signal = libc::c_long::from(libc::SIGWINCH);
        // SAFETY: the command takes no pointer.
        let _ = retry(|| unsafe { libc::fcntl(fd, F_SETSIG, signal) });
    }
}

/// Returns the mark of an open file description, 0 for none.
#[cfg(target_os = "linux")]
fn mark(fd: Fd, _: &stat) -> i64 {
    // SAFETY: the command takes no pointer.
    retry(|| unsafe { libc::fcntl(fd, F_GETSIG) }).map_or(0, i64::from)
}

/// On macOS inodes are not reused, and files have a time of birth.
#[cfg(target_os = "macos")]
fn make_mark(_: Fd) {}

#[cfg(target_os = "macos")]
fn mark(_: Fd, status: &stat) -> i64 {
    status.st_birthtime.wrapping_mul(1_000_000_000).wrapping_add(status.st_birthtime_nsec)
}
