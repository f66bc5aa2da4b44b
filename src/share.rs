//! Share modes as locks: who uses a file, and who denies others its use.
//!
//! For each of reading and writing there are two groups, its users and its deniers. Members of one group are
//! compatible; a user and a denier of the same thing conflict. Membership is a lock on a byte far behind any file's
//! end, of the kind that belongs to the open file description: the file's content is not touched, the program's
//! own locks are of another kind and on other bytes, and the kernel releases ours when the process dies.
//!
//! Two openers that arrive together must see each other, and one that is refused must never have stood in a
//! third one's way. So there are two stages, each with bytes of its own for every group, and an opener passes
//! through these states:
//!
//! | state    | locks            | next                                                                          |
//! |----------|------------------|-------------------------------------------------------------------------------|
//! | outside  | none             | lock the intent bytes of all its groups: declared                             |
//! | declared | intents          | no contrary intent: lock the settled bytes, and be settled                    |
//! |          |                  | a contrary intent, and a contrary settled byte: unlock, `SHARINGVIOLATION`    |
//! |          |                  | a contrary intent only: unlock, wait a moment, outside again                  |
//! | settled  | intents, settled | close: unlock all bytes in one call                                           |
//!
//! *Never two that conflict.* Whoever is settled still has its intents, and both go in one call. An opener looks for
//! contrary intents after it has declared all of its own. Of two that conflict, the one that looks later therefore
//! sees the other, which is declared or settled, and does not settle.
//!
//! *Nobody is refused because of one that is refused.* Only a settled byte refuses, and one that is refused never had
//! any. For an intent others only wait.
//!
//! Nor can one stage do, with the kernel to refuse whoever comes second: a descriptor that only reads can have shared
//! locks only, which keep no other reader out, so a reader has to look who denies reading. It looks after it has locked
//! a byte; and until it has unlocked that again, one that is to be refused has what one that holds the file has. To tell
//! the two apart takes the third call.
#![forbid(unsafe_code)]

use crate::abi;
use crate::error::Error;
use crate::sys::{self, Fd, Lock, io};

/// How often to look again while others are between two states, which takes them microseconds.
const TRIES: u32 = 2_000;
/// How many bytes a write-only opener tries, from a random one on, to find a free one.
const BYTES_TRIED: i64 = 4_096;

/// Between the two stages: their bytes lie mirrored on both sides, at the far end of what a position can be.
const MIDDLE: i64 = 0x7f00_0000_0100_0000;
/// The bytes for those that cannot share one.
const SPAN: i64 = 1 << 20;

#[derive(Clone, Copy, Debug)]
enum Stage {
    Intended,
    Settled,
}

/// A set of cells, which are the ranges of bytes that a stage consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cells(u32);

// One that can read locks its group's single byte, shared. A write-only descriptor can have no shared lock, and takes
// a byte for itself in the span of its group; users of reading need none. The single bytes lie in an order in which
// most claims are one range: reading, with writing denied too, with everything denied; reading and writing, with
// reading or everything denied. (So readers that write too have another byte.) The bytes of the most common claims come
// first: there the two stages are neighbours, and the kernel makes one lock of both.
const READ: Cells = Cells(1);
const WRITE_DENIED: Cells = Cells(1 << 1);
const READ_DENIED: Cells = Cells(1 << 2);
const WRITE: Cells = Cells(1 << 3);
const READ_AND_WRITE: Cells = Cells(1 << 4);
const WRITE_ALONE: Cells = Cells(1 << 5);
const READ_DENIED_ALONE: Cells = Cells(1 << 6);
const WRITE_DENIED_ALONE: Cells = Cells(1 << 7);

/// Where the cells begin, counted from the middle, and where the last one ends.
const BOUNDARIES: [i64; 9] = [0, 1, 2, 3, 4, 5, 5 + SPAN, 5 + 2 * SPAN, ALL];
const ALL: i64 = 5 + 3 * SPAN;

impl Cells {
    const NONE: Cells = Cells(0);

    const fn and(self, other: Cells) -> Cells {
        Cells(self.0 | other.0)
    }

    /// The ranges of neighbours in it: the first cell, and the one after the last.
    fn runs(self) -> impl Iterator<Item = (u32, u32)> {
        let mut left = self.0;
        core::iter::from_fn(move || {
            let first = left.trailing_zeros();
            let length = left.checked_shr(first)?.trailing_ones();
            let end = first.saturating_add(length);
            left &= u32::MAX.checked_shl(end).unwrap_or(0);
            Some((first, end))
        })
    }

    /// The range from its first to its last cell.
    fn hull(self) -> (u32, u32) {
        (self.0.trailing_zeros(), u32::BITS.saturating_sub(self.0.leading_zeros()))
    }
}

/// The first byte of a range of cells, and how many bytes it has.
fn place(stage: Stage, (first, end): (u32, u32)) -> (i64, i64) {
    let boundary = |cell: u32| BOUNDARIES.get(cell as usize).copied().unwrap_or(ALL);
    let (first, end) = (boundary(first), boundary(end));
    let start = match stage {
        Stage::Intended => MIDDLE.wrapping_sub(end),
        Stage::Settled => MIDDLE.wrapping_add(first),
    };
    (start, end.wrapping_sub(first))
}

/// One group: the cell of those that can share, the one of those that cannot, and all cells of the contrary group.
struct Group {
    shared: Cells,
    alone: Cells,
    contrary: Cells,
}

const READERS: Group =
    Group { shared: READ, alone: Cells::NONE, contrary: READ_DENIED.and(READ_DENIED_ALONE) };
const READERS_THAT_WRITE: Group = Group { shared: READ_AND_WRITE, ..READERS };
const WRITERS: Group =
    Group { shared: WRITE, alone: WRITE_ALONE, contrary: WRITE_DENIED.and(WRITE_DENIED_ALONE) };
const READ_DENIERS: Group =
    Group { shared: READ_DENIED, alone: READ_DENIED_ALONE, contrary: READ.and(READ_AND_WRITE) };
const WRITE_DENIERS: Group =
    Group { shared: WRITE_DENIED, alone: WRITE_DENIED_ALONE, contrary: WRITE.and(WRITE_ALONE) };

/// What an opener does, and what it denies others.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    own: Cells,
    contrary: Cells,
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
        let readers = if writes { READERS_THAT_WRITE } else { READERS };
        let groups =
            [(reads, readers), (writes, WRITERS), (no_reading, READ_DENIERS), (no_writing, WRITE_DENIERS)];
        let mut claim = Claim { own: Cells::NONE, contrary: Cells::NONE, shared: reads };
        for (_, group) in groups.iter().filter(|(is_member, _)| *is_member) {
            claim.own = claim.own.and(if reads { group.shared } else { group.alone });
            claim.contrary = claim.contrary.and(group.contrary);
        }
        claim
    }

    /// Makes the claim good, until the descriptor is closed. Where the file system has no locks it is granted.
    pub fn enforce(&self, fd: Fd) -> Result<(), Error> {
        let outcome = self.negotiate(fd);
        if !matches!(outcome, Ok(true)) {
            // What was locked before a refusal or a failure must not keep others out.
            release(fd);
        }
        match outcome {
            Ok(false) => Err(Error::SharingViolation),
            _ => Ok(()),
        }
    }

    /// Whether it came to be settled; if not, some of its locks may be left.
    fn negotiate(&self, fd: Fd) -> io::Result<bool> {
        for _ in 0..TRIES {
            let declared = self.join(fd, Stage::Intended)?;
            let contested = self.is_opposed(fd, Stage::Intended)?;
            if declared && !contested {
                return self.join(fd, Stage::Settled);
            }
            if self.is_opposed(fd, Stage::Settled)? {
                return Ok(false);
            }
            release(fd);
            sys::pause(a_moment());
        }
        Ok(false)
    }

    /// Joins every group of the claim; false if a byte could not be had.
    fn join(&self, fd: Fd, stage: Stage) -> io::Result<bool> {
        for (first, end) in self.own.runs() {
            if self.shared {
                let (start, count) = place(stage, (first, end));
                if !sys::lock(fd, Lock::Shared, start, count)? {
                    return Ok(false);
                }
                continue;
            }
            for cell in first..end {
                let (start, count) = place(stage, (cell, cell.saturating_add(1)));
                if !join_alone(fd, start, count)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Whether somebody else is in any of the contrary groups.
    fn is_opposed(&self, fd: Fd, stage: Stage) -> io::Result<bool> {
        let is_locked = |cells| {
            let (start, count) = place(stage, cells);
            sys::is_locked_by_others(fd, start, count)
        };
        // One look is enough where there is nobody at all.
        if self.contrary.runs().count() > 1 && !is_locked(self.contrary.hull())? {
            return Ok(false);
        }
        for run in self.contrary.runs() {
            if is_locked(run)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Takes a byte that nobody has.
fn join_alone(fd: Fd, start: i64, count: i64) -> io::Result<bool> {
    // Those that open at the same time begin in different places, and whoever finds a byte taken takes the next.
    let random = i64::from(sys::nanoseconds().wrapping_mul(0x9e37_79b1));
    for byte in random..random.wrapping_add(BYTES_TRIED) {
        let place = byte.checked_rem_euclid(count).unwrap_or(0);
        if sys::lock(fd, Lock::Exclusive, start.wrapping_add(place), 1)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives up what a descriptor claims. Closing it is not enough: a child that was forked meanwhile, if only to
/// run a command, still has the open file description.
pub fn release(fd: Fd) {
    // Where the file system has no locks there is nothing to give up. All bytes, as if to close: so the kernel need not
    // make room for what could be left of a lock.
    let _ = sys::lock(fd, Lock::None, 0, 0);
}

/// A short time in microseconds, not the same for two that wait for each other.
fn a_moment() -> u16 {
    let [now, ..] = sys::nanoseconds().to_le_bytes();
    u16::from(now).wrapping_add(20)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: u32 = 8;

    /// A claim by its access, 1 for reading and 2 for writing, and a share mode.
    fn claims() -> impl Iterator<Item = (u32, u32, Claim)> {
        let modes = (0..5).map(|mode| mode << 4);
        modes.flat_map(|mode| {
            (1..4).map(move |access| (access, mode, Claim::new(mode, access & 1 != 0, access & 2 != 0)))
        })
    }

    #[test]
    fn cells_do_not_overlap() {
        let mut bytes = Vec::new();
        for stage in [Stage::Intended, Stage::Settled] {
            bytes.extend((0..CELLS).map(|cell| place(stage, (cell, cell + 1))));
        }
        bytes.sort_unstable();
        assert!(bytes.windows(2).all(|pair| pair[0].0 + pair[0].1 == pair[1].0), "{bytes:?}");
        assert_eq!(bytes[0].0, MIDDLE - ALL);
        assert_eq!(bytes.last().map(|(start, count)| start + count), Some(MIDDLE + ALL));
    }

    #[test]
    fn runs_are_the_neighbours_in_a_set() {
        for set in 0..1_u32 << CELLS {
            let runs: Vec<_> = Cells(set).runs().collect();
            let cells = runs.iter().flat_map(|&(first, end)| first..end).fold(0, |set, cell| set | 1 << cell);
            assert_eq!(cells, set);
            assert!(runs.windows(2).all(|pair| pair[0].1 < pair[1].0), "{runs:?}");
            if let (Some(first), Some(last)) = (runs.first(), runs.last()) {
                assert_eq!(Cells(set).hull(), (first.0, last.1));
            }
        }
        assert_eq!(Cells(1 << 31).runs().collect::<Vec<_>>(), [(31, 32)]);
    }

    /// What conflicts: one denies what the other does.
    #[test]
    fn those_that_conflict_and_only_those_see_each_other() {
        for (access, mode, claim) in claims() {
            for (other_access, other_mode, other) in claims() {
                let denies = |mode: u32| [0, 3, 2, 1, 0][(mode >> 4) as usize];
                let conflict = denies(mode) & other_access | denies(other_mode) & access;
                assert_eq!(claim.contrary.0 & other.own.0 != 0, conflict != 0, "{claim:?} {other:?}");
            }
        }
    }

    #[test]
    fn the_common_claims_are_one_range() {
        for (access, mode, claim) in claims().filter(|(access, ..)| access & 1 != 0) {
            let is_two = matches!((access, mode), (1, abi::MMIO_DENYREAD) | (3, abi::MMIO_DENYWRITE));
            let expected = if is_two { 2 } else { 1 };
            assert_eq!(claim.own.runs().count(), expected, "{access} {mode:#x}");
        }
    }
}
