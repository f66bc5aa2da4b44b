//! Where lines go that are for whoever runs the program: a descriptor that is ours for as long as the process lives.

use super::{Fd, io, open, retry, status, uncancelled_among_others};
use core::ffi::c_int;

/// What is written at once: a pipe takes as much in one piece, whoever else writes to it.
const PIECE: usize = 4096;

/// A descriptor, and what it led to when it was opened: a program may close what it does not know, and get the same
/// number for a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    pub fd: Fd,
    pub mark: usize,
}

impl Output {
    fn of(fd: Fd) -> io::Result<Output> {
        Ok(Output { fd, mark: mark(fd)? })
    }

    /// A file, made if it is not there, and written to at its end.
    pub fn to_file(name: &[u8]) -> io::Result<Output> {
        Output::of(open(name, libc::O_WRONLY | libc::O_APPEND | libc::O_CREAT | libc::O_NOCTTY)?)
    }

    /// Standard error as it is now, under a number that nobody else closes by habit.
    pub fn to_standard_error() -> io::Result<Output> {
        const BEHIND_THE_STANDARD: c_int = 3;
        // SAFETY: the command takes no pointer.
        let copied =
            || unsafe { libc::fcntl(libc::STDERR_FILENO, libc::F_DUPFD_CLOEXEC, BEHIND_THE_STANDARD) };
        Output::of(retry(copied)?)
    }

    /// Writes lines, in pieces that end with one where that can be. What cannot be written is lost; `errno` stays.
    pub fn write(self, lines: &[u8]) {
        uncancelled_among_others(|| {
            let before = io::Error::last();
            if mark(self.fd) == Ok(self.mark) {
                self.write_here(lines);
            }
            before.put_back();
        });
    }

    fn write_here(self, mut lines: &[u8]) {
        while !lines.is_empty() {
            let most = lines.get(..PIECE).unwrap_or(lines);
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

/// A number for what a descriptor leads to. (Miri has no such thing.)
#[allow(clippy::unnecessary_cast, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Types differ by system.
fn mark(fd: Fd) -> io::Result<usize> {
    if cfg!(miri) {
        return Ok(0);
    }
    let status = status(fd)?;
    Ok((status.st_ino as usize).wrapping_mul(31).wrapping_add(status.st_dev as usize))
}
