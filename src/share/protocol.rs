//! Which locks each claim takes, and in which order: a function from where an opener is, and the answer to its last
//! call, to its next call. It makes no call itself, so that the test that tries all orders of the calls of several openers
//! (`share/tests.rs`) runs what ships.
//!
//! Most conflicts are the kernel's: a claim locks bytes of four areas, and two conflict if and only if their locks do.
//! S is all bytes shared, X all bytes exclusively, 1 one byte exclusively, which every one that has it chooses for itself.
//! (A descriptor that only reads can have shared locks only, one that only writes exclusive ones.)
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
//! Neighbours are locked in one call. So nearly every claim is had with one call, or is refused without having been in
//! anybody's way.
//!
//! *Readers that deny reading* conflict with other readers, and both can have shared locks only. So each declares itself, by
//! locking a byte, before it looks for the other, and of two at least one sees the other. What declares a reader is
//! its lock of A; it waits until the other has given way or has the file. One that denies reading has a byte for this, and
//! another one once it has the file. Seeing a reader it gives way, and begins again.
//!
//! *A refused opener is in nobody's way.* Who is opposed at its first step holds nothing, and is refused. Who takes more than
//! one looks first whether it would be refused at a later one, unless what it holds until then is in the way of none
//! that could be granted (a reader that denies nothing, and holds A). So only who met another one that came in the same moment
//! holds something when it is opposed: it gives that up, and begins again after a pause. And where what refuses an
//! opener may be one that is about to give up, a further look tells whether it is (`RefuseIf`, `RefuseUnless`).
//!
//! *One that is stopped* between two of its steps counts as one that has the file, and like that one ends with its process.
//! It had found nobody in its way when it began. It cannot be told from one that will get the file even if another one
//! that it conflicts with got the file between two of its calls, and it was stopped before the next one. Who gets along with
//! that other one is then refused, until the stopped one goes on or is killed. This takes one that denies reading and does not
//! read and write, as the test that tries all orders shows (`share/tests.rs`): among all others it cannot happen.
#![forbid(unsafe_code)]

use crate::sys::LockType::{self, Exclusive, Shared};
use Step::{RefuseIf, RefuseUnless, Take, TakeOne, Test, WaitUnless};

/// Bytes, counted from `BASE`: the first one, and the one behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bytes(i64, i64);

/// At the far end of what a position can be.
pub const BASE: i64 = 0x7f00_0000_0100_0000;
/// The bytes of an area. Nobody takes the first one alone: whoever has it has the whole area.
const AREA: i64 = 1 << 20;

/// What declares those that read and deny both, and those that deny reading alone; what both have once they hold the file.
const DENIER_OF_BOTH: Bytes = Bytes(0, 1);
const DENIER_OF_READING: Bytes = Bytes(1, 2);
const SETTLED_DENIER: Bytes = Bytes(2, 3);
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
const SETTLED_TO_B: Bytes = SETTLED_DENIER.to(B);
const SETTLED_TO_D: Bytes = SETTLED_DENIER.to(D);

impl Bytes {
    /// These, the other ones, and what is between.
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
    /// Goes on if nobody has a lock that is in the way of this one.
    Test(LockType, Bytes),
    /// Goes on with this lock.
    Take(LockType, Bytes),
    /// Goes on with an exclusive lock of one byte of an area.
    TakeOne(Bytes),
    /// Only if somebody was in the way of the step before this one, and nothing is locked yet: refuses if somebody has a
    /// lock that is in the way of this one; else who was in the way may be about to give up, and it begins again.
    RefuseIf(LockType, Bytes),
    /// The same the other way round.
    RefuseUnless(LockType, Bytes),
    /// Only if somebody was in the way of the step before this one: begins again if somebody has a lock that is in the way of
    /// this one; else keeps what it has, and makes that step again after a moment.
    WaitUnless(LockType, Bytes),
}

/// The steps of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClaimSteps {
    pub steps: &'static [Step],
    /// With which one to begin at first: one that is in nobody's way need not look.
    pub first: usize,
}

impl ClaimSteps {
    pub fn new(reads: bool, writes: bool, no_reading: bool, no_writing: bool) -> ClaimSteps {
        let steps: &'static [Step] = match (reads, writes, no_reading, no_writing) {
            (true, false, false, false) => &[
                Test(Exclusive, SETTLED_DENIER),
                Take(Shared, A),
                RefuseIf(Shared, FIRST_OF_A),
                Test(Exclusive, DENIERS),
                WaitUnless(Exclusive, SETTLED_DENIER),
            ],
            (true, false, false, true) => &[
                Test(Exclusive, SETTLED_DENIER),
                Take(Shared, A_TO_D),
                Test(Exclusive, DENIERS),
                WaitUnless(Exclusive, SETTLED_DENIER),
            ],
            (true, false, true, false) => &[
                Test(Exclusive, A_B),
                RefuseIf(Exclusive, FIRST_OF_A),
                Take(Shared, DENIER_OF_READING),
                Test(Exclusive, DENIERS_AND_A),
                Take(Shared, SETTLED_TO_B),
            ],
            (true, false, true, true) => &[
                Test(Exclusive, A_TO_D),
                Take(Shared, DENIER_OF_BOTH),
                Test(Exclusive, DENIERS_AND_A),
                Take(Shared, SETTLED_TO_D),
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
        // A reader that is refused for one that denies reading is in the way of nobody whom that one admits.
        let first = usize::from((reads, writes, no_reading, no_writing) == (true, false, false, false));
        ClaimSteps { steps, first }
    }
}

/// A call that an opener makes: the lock, the first byte, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Whether it could be had.
    Test(LockType, i64, i64),
    Lock(LockType, i64, i64),
}

/// Another opener was in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    Refused,
    /// It gives up what it has locked, waits a moment, and begins again.
    Restart,
    /// It keeps what it has locked, waits a moment, and goes on from here.
    Wait(Attempt),
}

/// Where an opener is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attempt {
    claim: ClaimSteps,
    step: usize,
    holds: bool,
    /// How many more bytes `TakeOne` tries, and from where it goes back to try them.
    bytes: u32,
    random: u32,
    /// Whether its next call is to find out whether somebody has the whole area.
    tests_area: bool,
}

impl Attempt {
    /// The first one of a claim. Tries so many bytes, from a random one on, where it needs one for itself.
    pub fn first(claim: ClaimSteps, random: u32, bytes: u32) -> Attempt {
        Attempt { step: claim.first, ..Attempt::restart(claim, random, bytes) }
    }

    /// One after one that was opposed.
    pub fn restart(claim: ClaimSteps, random: u32, bytes: u32) -> Attempt {
        Attempt { claim, step: 0, holds: false, bytes, random, tests_area: false }
    }

    /// The next call; None once the claim is granted.
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

    /// After the call: where it is then.
    pub fn answer(self, is_free: bool) -> Result<Attempt, Conflict> {
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
            // A byte that is taken may be one opener's, or be taken with all of them.
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
            (true, Some(RefuseIf(..) | RefuseUnless(..) | WaitUnless(..))) => Ok(go(2).after(step)),
            (true, _) => Ok(go(1).after(step)),
            (false, _) if is_for_conflict => Ok(go(1)),
            (false, _) if self.holds => Err(Conflict::Restart),
            (false, _) => Err(Conflict::Refused),
        }
    }

    /// Done with a step.
    fn after(self, step: Option<&Step>) -> Attempt {
        Attempt { holds: self.holds || !matches!(step, Some(Test(..))), ..self }
    }
}
