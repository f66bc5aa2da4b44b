//! Share modes as locks: who uses a file, and who denies others its use.
//!
//! The locks are on bytes far beyond the end of any file, and belong to the open file description. So they do not
//! affect the contents; the locks of the program itself are of another kind and on other bytes; and the kernel releases
//! the library's when the process dies. `share/protocol.rs` determines which bytes are locked in which order; this file
//! makes the system calls.
#![forbid(unsafe_code)]

mod protocol;

#[cfg(test)]
mod tests;

use crate::abi;
use crate::error::Error;
use crate::sys::{self, Fd, LockType, io};
use protocol::{Attempt, Call, ClaimSteps, Conflict};

/// How long to retry against openers that are in the middle of an open. An opener that takes longer is stopped, and
/// counts as one that holds the file.
const RETRY_NANOSECONDS: u64 = 50 * sys::MILLISECOND;
/// Minimum number of tries: this process itself may have been without a processor for that long.
const MIN_TRIES: u32 = 24;
/// Number of bytes to try where an opener needs a byte of its own.
const BYTES_TRIED: u32 = 4_096;
/// Upper limit of the first delay, and of all delays, in microseconds.
const FIRST_DELAY: u16 = 64;
const MAX_DELAY: u16 = 4096;

/// What an opener does with a file, and what it denies others.
#[derive(Clone, Copy, Debug)]
pub struct Claim(ClaimSteps);

impl Claim {
    /// Returns the claim of `mmioOpen`'s flags. `MMIO_COMPAT` and invalid share modes deny nothing.
    pub fn new(flags: u32, reads: bool, writes: bool) -> Claim {
        let (no_reading, no_writing) = match flags & abi::MMIO_SHAREMODE {
            abi::MMIO_EXCLUSIVE => (true, true),
            abi::MMIO_DENYWRITE => (false, true),
            abi::MMIO_DENYREAD => (true, false),
            _ => (false, false),
        };
        Claim(ClaimSteps::new(reads, writes, no_reading, no_writing))
    }

    /// Enforces the claim until the descriptor is closed. On a file system without locks every claim is granted.
    pub fn enforce(&self, fd: Fd) -> Result<(), Error> {
        match self.negotiate(fd) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::SharingViolation),
            Err(_) => {
                // The locks taken before the failure must not keep others out.
                release(fd);
                Ok(())
            }
        }
    }

    /// Whether the claim was granted. If not, nothing is locked.
    fn negotiate(&self, fd: Fd) -> io::Result<bool> {
        let start = sys::monotonic();
        let mut tries: u32 = 1;
        let mut delay = FIRST_DELAY;
        let mut attempt = Attempt::first(self.0, pseudo_random(), BYTES_TRIED);
        while let Some(call) = attempt.call() {
            let again = match attempt.after_call(perform(fd, call)?) {
                Ok(next) => {
                    attempt = next;
                    continue;
                }
                Err(Conflict::Refused) => return Ok(false),
                Err(Conflict::Wait(next)) => Some(next),
                Err(Conflict::Restart) => None,
            };
            let is_over = tries >= MIN_TRIES && sys::monotonic().saturating_sub(start) >= RETRY_NANOSECONDS;
            if is_over || again.is_none() {
                release(fd);
            }
            if is_over {
                return Ok(false);
            }
            tries = tries.saturating_add(1);
            sys::sleep_micros(jittered(delay));
            delay = delay.saturating_mul(2).min(MAX_DELAY);
            attempt = again.unwrap_or_else(|| Attempt::restart(self.0, pseudo_random(), BYTES_TRIED));
        }
        Ok(true)
    }
}

/// Makes a call. Returns true if no other opener conflicts.
fn perform(fd: Fd, call: Call) -> io::Result<bool> {
    match call {
        Call::Test(lock, start, count) => sys::could_lock(fd, lock, start, count),
        Call::Lock(lock, start, count) => sys::lock(fd, lock, start, count),
    }
}

/// Releases the claim of a descriptor. Closing the descriptor does not suffice: a child that was forked meanwhile, if
/// only to run a command, still has the open file description.
pub fn release(fd: Fd) {
    // Fails only where the file system has no locks. Unlocks all bytes, like a close: then the kernel need not allocate
    // memory for the remainder of a split lock.
    let _ = sys::lock(fd, LockType::None, 0, 0);
}

/// Returns a number that two simultaneous openers almost never share.
fn pseudo_random() -> u32 {
    sys::subsecond_nanos().wrapping_mul(0x9e37_79b1)
}

/// Returns a random time between half of this one and all of it.
fn jittered(delay: u16) -> u16 {
    let half = delay.checked_div(2).unwrap_or(0);
    let [.., a, b] = pseudo_random().to_le_bytes();
    half.saturating_add(u16::from_le_bytes([a, b]).checked_rem(half.max(1)).unwrap_or(0))
}
