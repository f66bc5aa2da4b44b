//! The locking protocol: which locks each claim takes, and in which order. It is a function from the state of an opener
//! and the result of its last call to its next call. It makes no call itself, so that the test that explores all
//! interleavings of several openers (`share/tests.rs`) runs the code that ships.
//!
//! Most conflicts are detected by the kernel: a claim locks bytes of four areas, and two claims conflict if and only if
//! their locks do. S locks all bytes of an area shared, X all bytes exclusively, and 1 one byte exclusively, a
//! different one for each opener. (A descriptor that only reads can have shared locks only, one that only writes
//! exclusive locks only.)
//!
//! | claim               | A | B | C | D |
//! |---------------------|---|---|---|---|
//! | R                   | S |   |   |   |
//! | R, denies writing   | S | S | S | S |
//! | R, denies reading   | S | S |   |   |
//! | R, denies both      | S | S | S | S |
//! | W                   |   |   |   | 1 |
//! | W, denies writing   |   |   | X | X |
//! | W, denies reading   | 1 |   | 1 |   |
//! | W, denies both      | X | X | X | X |
//! | RW                  |   | 1 | S |   |
//! | RW, denies writing  |   | X | X | X |
//! | RW, denies reading  | X | X | X |   |
//! | RW, denies both     | X | X | X | X |
//!
//! Adjacent areas are locked in one call. So nearly every claim is granted by one call, or is refused without having
//! blocked another opener.
//!
//! *Readers that deny reading* conflict with other readers, yet both can have shared locks only. So each of them
//! declares itself, by locking a byte, before it tests for the other; at least one of the two sees the other. A reader
//! declares itself with its lock of A, and waits until the other opener has given way or holds the file. A reader that
//! denies reading has one byte to declare itself, and locks another one when it holds the file. If it sees a reader it
//! gives way, and restarts.
//!
//! *A refused opener blocks nobody.* An opener that meets a conflict at its first step holds nothing, and is refused.
//! An opener that takes several steps first tests whether a later one would be refused, unless what it holds until then
//! blocks no opener that could be granted (a reader that denies nothing, and holds A). So an opener that meets a
//! conflict while it holds something has met another one that arrived at the same moment: it releases its locks, and
//! restarts after a delay. Where the conflict may be with an opener that is about to release its locks, a further test
//! decides (`RefuseIf`, `RefuseUnless`).
//!
//! *An opener that is stopped* between two of its steps counts as one that holds the file, and ends with its process.
//! When it began, it conflicted with nobody. There is one case in which it will not get the file and nothing shows
//! that: an opener that conflicts with it got the file between two of its calls, and it was stopped before the next
//! call. An opener that is compatible with the holder is then refused, until the stopped one goes on or is killed. One
//! of the three must deny reading, and not both read and write; among all others the case cannot occur, as
//! `share/tests.rs` shows.
#![forbid(unsafe_code)]

use crate::sys::LockType::{self, Exclusive, Shared};
use Step::{RefuseIf, RefuseUnless, Take, TakeOne, Test, WaitUnless};

/// A range of bytes, relative to `BASE`: the first byte, and the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bytes(i64, i64);

/// Near the largest possible position.
pub const BASE: i64 = 0x7f00_0000_0100_0000;
/// The size of an area in bytes. Nobody locks its first byte alone: an opener that has it has the whole area.
const AREA: i64 = 1 << 20;

/// The bytes with which a reader that denies both, and one that denies reading, declares itself; and the byte that both
/// lock when they hold the file.
const DENIER_OF_BOTH: Bytes = Bytes(0, 1);
const DENIER_OF_READING: Bytes = Bytes(1, 2);
const HOLDING_DENIER: Bytes = Bytes(2, 3);
const DENIERS: Bytes = Bytes(0, 3);
const A: Bytes = Bytes(3, 3 + AREA);
const B: Bytes = Bytes(A.1, A.1 + AREA);
const C: Bytes = Bytes(B.1, B.1 + AREA);
const D: Bytes = Bytes(C.1, C.1 + AREA);
const FIRST_OF_A: Bytes = Bytes(A.0, A.0 + 1);
const FIRST_OF_C: Bytes = Bytes(C.0, C.0 + 1);
const A_B: Bytes = A.to(B);
const A_TO_C: Bytes = A.to(C);
const A_TO_D: Bytes = A.to(D);
const B_TO_D: Bytes = B.to(D);
const C_D: Bytes = C.to(D);
const DENIERS_AND_A: Bytes = DENIERS.to(A);
const HOLDING_TO_B: Bytes = HOLDING_DENIER.to(B);
const HOLDING_TO_D: Bytes = HOLDING_DENIER.to(D);

impl Bytes {
    /// The range from the start of this one to the end of `last`.
    const fn to(self, last: Bytes) -> Bytes {
        Bytes(self.0, last.1)
    }

    fn at(self, index: i64) -> (i64, i64) {
        (BASE.wrapping_add(self.0).wrapping_add(index), 1)
    }

    fn all(self) -> (i64, i64) {
        (BASE.wrapping_add(self.0), self.1.wrapping_sub(self.0))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Continues if no lock conflicts with this one, without taking it.
    Test(LockType, Bytes),
    /// Takes this lock, and continues.
    Take(LockType, Bytes),
    /// Takes an exclusive lock of one byte of an area, and continues.
    TakeOne(Bytes),
    /// Only after a conflict in the previous step, with nothing locked: refuses if a lock conflicts with this one;
    /// otherwise the opener that conflicted may be about to give up, and it restarts.
    RefuseIf(LockType, Bytes),
    /// Like `RefuseIf`, with the opposite outcomes.
    RefuseUnless(LockType, Bytes),
    /// Only after a conflict in the previous step: restarts if a lock conflicts with this one; otherwise keeps its
    /// locks, and repeats the previous step after a delay.
    WaitUnless(LockType, Bytes),
}

/// The steps of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClaimSteps {
    pub steps: &'static [Step],
    /// The first step of the first attempt: a claim that blocks nobody skips the test.
    pub first: usize,
}

impl ClaimSteps {
    pub fn new(reads: bool, writes: bool, no_reading: bool, no_writing: bool) -> ClaimSteps {
        let steps: &'static [Step] = match (reads, writes, no_reading, no_writing) {
            (true, false, false, false) => &[
                Test(Exclusive, HOLDING_DENIER),
                Take(Shared, A),
                RefuseIf(Shared, FIRST_OF_A),
                Test(Exclusive, DENIERS),
                WaitUnless(Exclusive, HOLDING_DENIER),
            ],
            (true, false, false, true) => &[
                Test(Exclusive, HOLDING_DENIER),
                Take(Shared, A_TO_D),
                Test(Exclusive, DENIERS),
                WaitUnless(Exclusive, HOLDING_DENIER),
            ],
            (true, false, true, false) => &[
                Test(Exclusive, A_B),
                RefuseIf(Exclusive, FIRST_OF_A),
                Take(Shared, DENIER_OF_READING),
                Test(Exclusive, DENIERS_AND_A),
                Take(Shared, HOLDING_TO_B),
            ],
            (true, false, true, true) => &[
                Test(Exclusive, A_TO_D),
                Take(Shared, DENIER_OF_BOTH),
                Test(Exclusive, DENIERS_AND_A),
                Take(Shared, HOLDING_TO_D),
            ],
            (false, true, false, false) => &[TakeOne(D), RefuseUnless(Exclusive, DENIER_OF_READING)],
            (false, true, false, true) => &[Take(Exclusive, C_D), RefuseUnless(Exclusive, DENIER_OF_READING)],
            (false, true, true, false) => &[Test(Exclusive, FIRST_OF_C), TakeOne(A), TakeOne(C)],
            (true, true, false, false) => &[Test(Shared, C), TakeOne(B), Take(Shared, C)],
            (true, true, false, true) => &[Take(Exclusive, B_TO_D)],
            (true, true, true, false) => &[Take(Exclusive, A_TO_C)],
            (_, true, true, true) => &[Take(Exclusive, A_TO_D)],
            (false, false, ..) => &[],
        };
        // A reader that is refused because of one that denies reading blocks no opener that the other one admits.
        let first = usize::from((reads, writes, no_reading, no_writing) == (true, false, false, false));
        ClaimSteps { steps, first }
    }
}

/// A system call of an opener: the lock, the first byte, and the number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Tests whether the lock is available.
    Test(LockType, i64, i64),
    Lock(LockType, i64, i64),
}

/// What to do about a conflict with another opener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    Refused,
    /// Release all locks, wait, and restart.
    Restart,
    /// Keep all locks, wait, and continue from here.
    Wait(Attempt),
}

/// The state of an opener.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attempt {
    claim: ClaimSteps,
    step: usize,
    holds: bool,
    /// Number of further bytes that `TakeOne` tries, and the random number that selects them.
    bytes: u32,
    random: u32,
    /// Whether the next call tests if somebody has the whole area.
    tests_area: bool,
}

impl Attempt {
    /// Returns the first attempt of a claim. Where it needs a byte of its own it tries `bytes` of them, starting at a
    /// random one.
    pub fn first(claim: ClaimSteps, random: u32, bytes: u32) -> Attempt {
        Attempt { step: claim.first, ..Attempt::restart(claim, random, bytes) }
    }

    /// Returns an attempt after a conflict.
    pub fn restart(claim: ClaimSteps, random: u32, bytes: u32) -> Attempt {
        Attempt { claim, step: 0, holds: false, bytes, random, tests_area: false }
    }

    /// Returns the next call, or None when the claim is granted.
    pub fn call(&self) -> Option<Call> {
        let call = |make: fn(LockType, i64, i64) -> Call, lock, (start, count)| make(lock, start, count);
        Some(match *self.claim.steps.get(self.step)? {
            Test(lock, bytes)
            | RefuseIf(lock, bytes)
            | RefuseUnless(lock, bytes)
            | WaitUnless(lock, bytes) => call(Call::Test, lock, bytes.all()),
            Take(lock, bytes) => call(Call::Lock, lock, bytes.all()),
            TakeOne(area) if self.tests_area => call(Call::Test, Exclusive, area.at(0)),
            TakeOne(area) => {
                let index = i64::from(self.random.wrapping_add(self.bytes));
                let index = index.checked_rem(AREA.wrapping_sub(1)).unwrap_or(0);
                call(Call::Lock, Exclusive, area.at(index.wrapping_add(1)))
            }
        })
    }

    /// Returns the state after the call.
    pub fn after_call(self, is_free: bool) -> Result<Attempt, Conflict> {
        let step = self.claim.steps.get(self.step);
        let next = self.claim.steps.get(self.step.saturating_add(1));
        let go = |steps| Attempt { step: self.step.saturating_add(steps), tests_area: false, ..self };
        match (step, is_free) {
            (Some(RefuseIf(..)), true) | (Some(RefuseUnless(..) | WaitUnless(..)), false) => {
                return Err(Conflict::Restart);
            }
            (Some(RefuseIf(..)), false) | (Some(RefuseUnless(..)), true) => return Err(Conflict::Refused),
            (Some(WaitUnless(..)), true) => {
                return Err(Conflict::Wait(Attempt { step: self.step.saturating_sub(1), ..self }));
            }
            // The conflict may be with one opener's byte, or with a lock of the whole area.
            (Some(TakeOne(_)), false) if !self.tests_area => {
                let bytes = self.bytes.checked_sub(1).ok_or(Conflict::Restart)?;
                return Ok(Attempt { tests_area: true, bytes, ..self });
            }
            (Some(TakeOne(_)), true) if self.tests_area => return Ok(go(0)),
            _ => {}
        }
        let is_for_conflict = match next {
            Some(RefuseIf(..) | RefuseUnless(..)) => !self.holds,
            Some(WaitUnless(..)) => true,
            _ => false,
        };
        match (is_free, next) {
            (true, Some(RefuseIf(..) | RefuseUnless(..) | WaitUnless(..))) => Ok(go(2).after_step(step)),
            (true, _) => Ok(go(1).after_step(step)),
            (false, _) if is_for_conflict => Ok(go(1)),
            (false, _) if self.holds => Err(Conflict::Restart),
            (false, _) => Err(Conflict::Refused),
        }
    }

    /// The state after a completed step.
    fn after_step(self, step: Option<&Step>) -> Attempt {
        Attempt { holds: self.holds || !matches!(step, Some(Test(..))), ..self }
    }
}
