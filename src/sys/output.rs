//! Where lines go that are for whoever runs the program: a descriptor that is ours for as long as the process lives.

use super::{Fd, Node, OwnedFd, close, io, node, retry, stat, status, uncancelled};
use core::ffi::c_int;

/// What is written at once: a pipe takes as much in one piece, whoever else writes to it.
const PIPE_BUF: usize = 4096;

/// Where the numbers begin that a program does not expect of `open`, if so many are allowed; and those that are not the
/// standard ones.
const FIRST_HIGH_FD: c_int = 200;
const FIRST_FREE_FD: c_int = 3;

/// A descriptor, and what it led to when it was opened: a program may close what it does not know, and get the same
/// number for a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    pub fd: Fd,
    pub identity: Identity,
}

/// What a descriptor leads to: the device, the inode and the type of a file, all of which another may have later, and the
/// [`mark`]; in words that fit atomics everywhere.
pub type Identity = [u32; 7];

impl Output {
    /// A descriptor's copy, behind those that a program counts on getting.
    fn of(fd: Fd) -> io::Result<Output> {
        let copied = |from: c_int| {
            // SAFETY: the command takes no pointer.
            retry(|| unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, from) })
        };
        let fd = copied(FIRST_HIGH_FD).or_else(|_| copied(FIRST_FREE_FD))?;
        Ok(Output { fd, identity: identity(fd)? })
    }

    /// A file, made if it is not there, and written to at its end.
    pub fn to_file(name: &[u8]) -> io::Result<Output> {
        // (A pipe that nobody reads from is not waited for.)
        let flags = libc::O_WRONLY | libc::O_APPEND | libc::O_CREAT | libc::O_NOCTTY | libc::O_NONBLOCK;
        let opened = OwnedFd::new(name, flags)?;
        // SAFETY: the command takes no pointer.
        retry(|| unsafe { libc::fcntl(opened.fd(), libc::F_SETFL, libc::O_APPEND) })?;
        make_mark(opened.fd());
        Output::of(opened.fd())
    }

    /// Standard error as it is now.
    pub fn to_standard_error() -> io::Result<Output> {
        let fd = libc::STDERR_FILENO;
        // (What is no regular file may send signals: to whom and which is the program's to say.)
        if !cfg!(miri) && node(fd).is_ok_and(|node| matches!(node, Node::File | Node::Empty)) {
            make_mark(fd);
        }
        Output::of(fd)
    }

    fn is_ours(self) -> bool {
        identity(self.fd) == Ok(self.identity)
    }

    /// Closes it, unless it became another's.
    pub fn close(self) {
        if self.is_ours() {
            // Nobody is there to hear of a failure.
            let _ = close(self.fd);
        }
    }

    /// Writes lines, in pieces that end with one where that can be. What cannot be written is lost; nothing else comes
    /// of that.
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
            // SAFETY: valid for that many bytes.
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

/// The signals of a thread that writes what nobody reads, or more than a file may have.
const WRITE_SIGNALS: [c_int; 2] = [libc::SIGPIPE, libc::SIGXFSZ];

/// Does something whose signals would end the program, and takes them off. (Miri has no signals.)
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
    // SAFETY: all of a set is numbers, for which zero is a value.
    let mut set: libc::sigset_t = unsafe { core::mem::zeroed() };
    // SAFETY: the set is valid for writing.
    unsafe { libc::sigemptyset(&mut set) };
    for &signal in signals {
        // SAFETY: as above; the signal is one.
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

/// Consumes a signal that is pending.
fn consume_signal(signal: c_int) {
    let mut taken = 0;
    // SAFETY: the set is valid for reading, the number for writing; the signal is pending, so that this does not wait.
    unsafe { libc::sigwait(&signal_set(&[signal]), &mut taken) };
}

/// What a descriptor leads to. (Miri has no such thing.)
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

/// Marks an open file description, in which a file that is deleted may have its number come back at once, even within the
/// same tick of the clock. The mark is the signal that the description would send, if it were asked to send any: a file that
/// is opened anew has 0 there. Where it cannot be made there is none, and the rest of the identity must do.
#[cfg(target_os = "linux")]
fn make_mark(fd: Fd) {
    if !cfg!(miri) {
        let signal = libc::c_long::from(libc::SIGWINCH);
        // SAFETY: the command takes no pointer.
        let _ = retry(|| unsafe { libc::fcntl(fd, F_SETSIG, signal) });
    }
}

/// The mark of an open file description, 0 for none.
#[cfg(target_os = "linux")]
fn mark(fd: Fd, _: &stat) -> i64 {
    // SAFETY: the command takes no pointer.
    retry(|| unsafe { libc::fcntl(fd, F_GETSIG) }).map_or(0, i64::from)
}

/// Here files have numbers that do not come back, and a time of birth.
#[cfg(target_os = "macos")]
fn make_mark(_: Fd) {}

#[cfg(target_os = "macos")]
fn mark(_: Fd, status: &stat) -> i64 {
    status.st_birthtime.wrapping_mul(1_000_000_000).wrapping_add(status.st_birthtime_nsec)
}
