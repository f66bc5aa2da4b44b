//! Share modes as locks: who uses a file, and who denies others its use.
//!
//! The locks are on bytes far behind any file's end, of the kind that belongs to the open file description: the file's
//! content is not touched, the program's own locks are of another kind and on other bytes, and the kernel releases
//! ours when the process dies. Which bytes, and in which order, is in `share/protocol.rs`; this file makes the calls.
#![forbid(unsafe_code)]

mod protocol;

#[cfg(test)]
mod tests;

use crate::abi;
use crate::error::Error;
use crate::sys::{self, Fd, LockType, io};
use protocol::{Attempt, Call, ClaimSteps, Conflict};

/// How long to try again, against openers that are in the middle of an open. One that takes longer is stopped, and
/// counts as one that holds the file.
const RETRY_MILLISECONDS: u128 = 50;
/// And how often at least: what took so long may have been this process, which had no processor.
const MIN_TRIES: u32 = 24;
/// How many bytes to try where one opener needs one for itself.
const BYTES_TRIED: u32 = 4_096;
/// How long the first pause is at the most, and the longest, in microseconds.
const FIRST_DELAY: u16 = 64;
const MAX_DELAY: u16 = 4096;

/// What an opener does, and what it denies others.
#[derive(Clone, Copy, Debug)]
pub struct Claim(ClaimSteps);

impl Claim {
    /// The claim of `mmioOpen`'s flags; `MMIO_COMPAT` and what is no share mode deny nothing.
    pub fn new(flags: u32, reads: bool, writes: bool) -> Claim {
        let (no_reading, no_writing) = match flags & abi::MMIO_SHAREMODE {
            abi::MMIO_EXCLUSIVE => (true, true),
            abi::MMIO_DENYWRITE => (false, true),
            abi::MMIO_DENYREAD => (true, false),
            _ => (false, false),
        };
        Claim(ClaimSteps::new(reads, writes, no_reading, no_writing))
    }

    /// Makes the claim good, until the descriptor is closed. Where the file system has no locks it is granted.
    pub fn enforce(&self, fd: Fd) -> Result<(), Error> {
        match self.negotiate(fd) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::SharingViolation),
            Err(_) => {
                // What was locked before the failure must not keep others out.
                release(fd);
                Ok(())
            }
        }
    }

    /// Whether it was granted. If not, nothing is locked.
    fn negotiate(&self, fd: Fd) -> io::Result<bool> {
        let start = sys::instant();
        let mut tries: u32 = 1;
        let mut delay = FIRST_DELAY;
        let mut attempt = Attempt::first(self.0, random(), BYTES_TRIED);
        while let Some(call) = attempt.call() {
            let again = match attempt.answer(perform(fd, call)?) {
                Ok(next) => {
                    attempt = next;
                    continue;
                }
                Err(Conflict::Refused) => return Ok(false),
                Err(Conflict::Wait(next)) => Some(next),
                Err(Conflict::Restart) => None,
            };
            let is_over = tries >= MIN_TRIES && start.elapsed().as_millis() >= RETRY_MILLISECONDS;
            if is_over || again.is_none() {
                release(fd);
            }
            if is_over {
                return Ok(false);
            }
            tries = tries.saturating_add(1);
            sys::sleep_micros(jittered(delay));
            delay = delay.saturating_mul(2).min(MAX_DELAY);
            attempt = again.unwrap_or_else(|| Attempt::restart(self.0, random(), BYTES_TRIED));
        }
        Ok(true)
    }
}

/// Makes a call; whether nobody was in its way.
fn perform(fd: Fd, call: Call) -> io::Result<bool> {
    match call {
        Call::Test(lock, start, count) => sys::could_lock(fd, lock, start, count),
        Call::Lock(lock, start, count) => sys::lock(fd, lock, start, count),
    }
}

/// Gives up what a descriptor claims. Closing it is not enough: a child that was forked meanwhile, if only to
/// run a command, still has the open file description.
pub fn release(fd: Fd) {
    // Where the file system has no locks there is nothing to give up. All bytes, as if to close: so the kernel need not
    // make room for what could be left of a lock.
    let _ = sys::lock(fd, LockType::None, 0, 0);
}

/// A number that two openers hardly ever have at the same time.
fn random() -> u32 {
    sys::subsecond_nanos().wrapping_mul(0x9e37_79b1)
}

/// A random time between half of this one and all of it.
fn jittered(delay: u16) -> u16 {
    let half = delay.checked_div(2).unwrap_or(0);
    let [.., a, b] = random().to_le_bytes();
    half.saturating_add(u16::from_le_bytes([a, b]).checked_rem(half.max(1)).unwrap_or(0))
}
