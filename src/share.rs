//! Share modes as locks: who uses a file, and who denies others its use.
//!
//! For each of reading and writing there are two groups, its users and its deniers. Members of one group get
//! along, a user and a denier of the same thing do not. Membership is a lock on a byte far behind any file's
//! end, of the kind that belongs to the open file description: the file's content is not touched, the program's
//! own locks are of another kind and on other bytes, and the kernel takes ours back when the process dies.
//!
//! Two openers who arrive together must see each other, and one who is refused must never have stood in a
//! third one's way. So an opener first declares its intent; it is refused by what is settled, and only waits
//! for what is intended:
//!
//! ```text
//! declare intent, look for contrary intents, then for what is settled
//!     something settled is contrary:  withdraw, SHARINGVIOLATION
//!     only an intent is:              withdraw, wait a moment, again
//!     nothing is:                     settle, withdraw the intent
//! ```
//!
//! Of two whose claims conflict, the later to declare sees the other's intent, or, if that is withdrawn by
//! then, what it settled before: so intents are looked for first.
#![forbid(unsafe_code)]

use crate::abi;
use crate::error::Error;
use crate::sys::{self, Fd, Lock, io};

/// Where the bytes are that stand for membership: at the far end of what a position can be.
const BASE: i64 = 0x7f00_0000_0000_0000;
/// A group's bytes. One that can read locks the first, shared; a descriptor that can only write can have no
/// shared lock, and takes one of the others for itself.
const SPAN: i64 = 1 << 20;

/// How often to look again while others make up their minds, which takes them microseconds.
const TRIES: u32 = 2_000;
/// How many bytes a write-only opener tries, from a random one on, to find a free one.
const BYTES_TRIED: i64 = 4_096;
/// All bytes of all groups.
const EVERYTHING: i64 = 8 * SPAN;

#[derive(Clone, Copy, Debug)]
enum Stage {
    Intended,
    Settled,
}

#[derive(Clone, Copy, Debug)]
enum Side {
    Users,
    Deniers,
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Users => Side::Deniers,
            Side::Deniers => Side::Users,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum What {
    Reading,
    Writing,
}

/// The first byte of a group.
fn start(stage: Stage, side: Side, what: What) -> i64 {
    let group = (stage as i64).wrapping_mul(4) | (side as i64).wrapping_mul(2) | what as i64;
    BASE.wrapping_add(group.wrapping_mul(SPAN))
}

/// What an opener does, and what it denies others.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    groups: [Option<(Side, What)>; 4],
    /// Whether its descriptor can read, which decides how it can lock.
    shared: bool,
}

impl Claim {
    /// The claim of `mmioOpen`'s flags; `MMIO_COMPAT` and what is no share mode deny nothing.
    pub fn new(flags: u32, reads: bool, writes: bool) -> Claim {
        let (no_reading, no_writing) = match flags & abi::MMIO_SHAREMODE {
            abi::MMIO_EXCLUSIVE => (true, true),
            abi::MMIO_DENYWRITE => (false, true),
            abi::MMIO_DENYREAD => (true, false),
            _ => (false, false),
        };
        let groups = [
            reads.then_some((Side::Users, What::Reading)),
            writes.then_some((Side::Users, What::Writing)),
            no_reading.then_some((Side::Deniers, What::Reading)),
            no_writing.then_some((Side::Deniers, What::Writing)),
        ];
        Claim { groups, shared: reads }
    }

    fn groups(&self) -> impl Iterator<Item = (Side, What)> {
        self.groups.iter().flatten().copied()
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

    fn negotiate(&self, fd: Fd) -> io::Result<bool> {
        for _ in 0..TRIES {
            let declared = self.join(fd, Stage::Intended)?;
            let contested = self.is_opposed(fd, Stage::Intended)?;
            if self.is_opposed(fd, Stage::Settled)? {
                self.withdraw(fd)?;
                return Ok(false);
            }
            if declared && !contested {
                let settled = self.join(fd, Stage::Settled)?;
                self.withdraw(fd)?;
                return Ok(settled);
            }
            self.withdraw(fd)?;
            sys::pause(a_moment());
        }
        Ok(false)
    }

    /// Joins every group of the claim; false if a byte could not be had.
    fn join(&self, fd: Fd, stage: Stage) -> io::Result<bool> {
        for (side, what) in self.groups() {
            let first = start(stage, side, what);
            let joined =
                if self.shared { sys::lock(fd, Lock::Shared, first, 1)? } else { join_alone(fd, first)? };
            if !joined {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether somebody else is on the other side of any group.
    fn is_opposed(&self, fd: Fd, stage: Stage) -> io::Result<bool> {
        for (side, what) in self.groups() {
            if sys::is_locked_by_others(fd, start(stage, side.other(), what), SPAN)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn withdraw(&self, fd: Fd) -> io::Result<()> {
        let first = start(Stage::Intended, Side::Users, What::Reading);
        sys::lock(fd, Lock::None, first, SPAN.wrapping_mul(4)).map(|_| ())
    }
}

/// Takes a byte that nobody has.
fn join_alone(fd: Fd, first: i64) -> io::Result<bool> {
    let random = i64::from(sys::chance());
    for byte in random..random.wrapping_add(BYTES_TRIED) {
        // The first byte is the one that others share.
        let place = byte.rem_euclid(SPAN - 1).wrapping_add(1);
        if sys::lock(fd, Lock::Exclusive, first.wrapping_add(place), 1)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives up what a descriptor claims. Closing it is not enough: a child that was forked meanwhile, if only to
/// run a command, still has the open file description.
pub fn release(fd: Fd) {
    // Where the file system has no locks there is nothing to give up.
    let _ = sys::lock(fd, Lock::None, BASE, EVERYTHING);
}

/// A short time in microseconds, not the same for two who wait for each other.
fn a_moment() -> u16 {
    let [now, ..] = sys::nanoseconds().to_le_bytes();
    u16::from(now).wrapping_add(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_bytes_of_their_own() {
        let mut starts = Vec::new();
        for stage in [Stage::Intended, Stage::Settled] {
            for side in [Side::Users, Side::Deniers] {
                for what in [What::Reading, What::Writing] {
                    starts.push(start(stage, side, what));
                }
            }
        }
        assert!(starts.windows(2).all(|pair| pair[0] + SPAN == pair[1]), "{starts:?}");
    }
}
