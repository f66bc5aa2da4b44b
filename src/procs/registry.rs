//! The installed I/O procedures.
//!
//! The lock is held during a look-up only, never while a procedure runs.
#![forbid(unsafe_code)]

use super::call::Procedure;
use crate::error::Error;
use crate::fallible;
use crate::fourcc::FourCc;
use crate::lock::Lock;
use crate::sys::Timeout;
use core::cell::Cell;
use core::sync::atomic::{AtomicUsize, Ordering};

#[derive(Clone, Copy, Debug)]
struct Registration {
    code: FourCc,
    procedure: Procedure,
    global: bool,
}

/// In the order of installation.
static INSTALLED: Lock<Cell<Vec<Registration>>> = Lock::new(Cell::new(Vec::new()));

/// The number of installed procedures. Mostly it is 0, and a look-up then takes no lock.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The index of the newest entry that `wanted` accepts. Local entries come before global ones (doc).
fn newest(entries: &[Registration], wanted: impl Fn(&Registration) -> bool) -> Option<usize> {
    entries
        .iter()
        .rposition(|entry| !entry.global && wanted(entry))
        .or_else(|| entries.iter().rposition(|entry| entry.global && wanted(entry)))
}

pub fn install(code: FourCc, procedure: Procedure, global: bool) -> Result<(), Error> {
    INSTALLED.with(|entries| {
        fallible::push(entries, Registration { code, procedure, global })?;
        COUNT.store(entries.len(), Ordering::Release);
        Ok(())
    })
}

/// Finds the procedure of a code: the one installed last, else the built-in one.
#[inline]
pub fn find(code: FourCc) -> Option<Procedure> {
    find_installed(code).or(match code {
        FourCc::DOS => Some(Procedure::DOS),
        FourCc::MEM => Some(Procedure::MEM),
        _ => None,
    })
}

/// Finds the procedure that was installed last under a code.
#[inline]
pub fn find_installed(code: FourCc) -> Option<Procedure> {
    if COUNT.load(Ordering::Acquire) == 0 { None } else { look_for(code) }
}

#[inline(never)]
fn look_for(code: FourCc) -> Option<Procedure> {
    INSTALLED.with(|entries| {
        let index = newest(entries, |entry| entry.code == code)?;
        entries.get(index).map(|entry| entry.procedure)
    })
}

/// Removes the procedure that was installed last under a code. Built-in procedures cannot be removed.
pub fn remove(code: FourCc) -> Option<Procedure> {
    take(|entry| entry.code == code)
}

/// Removes the last installation of a procedure, under whatever code.
pub fn remove_procedure(procedure: Procedure) -> Option<Procedure> {
    take(|entry| entry.procedure.is(procedure))
}

fn take(wanted: impl Fn(&Registration) -> bool) -> Option<Procedure> {
    INSTALLED.with(|entries| {
        let index = newest(entries, wanted)?;
        let entry = entries.remove(index);
        if entries.is_empty() {
            // Frees the list: the library may be unloaded.
            *entries = Vec::new();
        }
        COUNT.store(entries.len(), Ordering::Release);
        Some(entry.procedure)
    })
}

/// Before a fork: see `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| INSTALLED.is_busy())
}

/// In a forked child: takes the lock from the other threads of the parent. If one of them was changing the list, the
/// list is emptied.
pub fn reclaim(was_quiesced: bool) {
    if !INSTALLED.reclaim_or_reset(was_quiesced) {
        COUNT.store(0, Ordering::Relaxed);
    }
}
