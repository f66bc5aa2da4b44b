//! The installed I/O procedures.
//!
//! The lock is held for a look-up only, never while a procedure runs.
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

/// In the order of their installation.
static INSTALLED: Lock<Cell<Vec<Registration>>> = Lock::new(Cell::new(Vec::new()));

/// How many there are: mostly none, and then nobody need wait for the list.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The index of the newest entry that `wanted` accepts; local ones come before global ones (doc).
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

/// The procedure of a code: the newest install, else the built-in one.
#[inline]
pub fn find(code: FourCc) -> Option<Procedure> {
    find_installed(code).or(match code {
        FourCc::DOS => Some(Procedure::DOS),
        FourCc::MEM => Some(Procedure::MEM),
        _ => None,
    })
}

/// The newest install of a code.
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

/// Takes out the newest install of a code; built-in procedures stay.
pub fn remove(code: FourCc) -> Option<Procedure> {
    take(|entry| entry.code == code)
}

/// Takes out the newest install of the procedure at this address, whatever its code.
pub fn remove_procedure(procedure: Procedure) -> Option<Procedure> {
    take(|entry| entry.procedure.is(procedure))
}

fn take(wanted: impl Fn(&Registration) -> bool) -> Option<Procedure> {
    INSTALLED.with(|entries| {
        let index = newest(entries, wanted)?;
        let entry = entries.remove(index);
        if entries.is_empty() {
            // The library may be unloaded now.
            *entries = Vec::new();
        }
        COUNT.store(entries.len(), Ordering::Release);
        Some(entry.procedure)
    })
}

/// Before a fork: as `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| INSTALLED.is_busy())
}

/// In a forked child: frees the list from the parent's other threads. If one of them left it half done it is empty.
pub fn reclaim(was_quiesced: bool) {
    if !INSTALLED.reclaim_or_reset(was_quiesced) {
        COUNT.store(0, Ordering::Relaxed);
    }
}
