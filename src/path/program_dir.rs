//! The search for a file that is asked for by a bare name: in the current directory, then beside the executable (win).
//! (ours: never in `PATH`.)
#![forbid(unsafe_code)]

use super::lookup::{Search, is_there, search};
use super::parts::{join, parent_of, windows_paths};
use super::{search_result, with_case_fallback};
use crate::error::Error;
use crate::fallible;
use crate::listing::{self, Lookup};
use crate::lock::Lock;
use crate::name::Name;
use crate::sys::{self, FileId, Timeout};
use core::cell::Cell;

/// The directory of the file that the process runs.
#[derive(Default)]
struct ProgramDir {
    /// Empty until it is known.
    name: Vec<u8>,
    /// Which one it is, once it was looked into.
    id: Option<FileId>,
}

static PROGRAM_DIR: Lock<Cell<ProgramDir>> = Lock::new(Cell::new(ProgramDir { name: Vec::new(), id: None }));

/// Tries an existing file in the places where it is looked for, in order.
pub fn first_found<T>(name: &Name, attempt: impl Fn(&Name) -> Result<T, Error>) -> Result<T, Error> {
    match attempt(name) {
        Err(error @ (Error::FileNotFound | Error::PathNotFound)) => {
            with_case_fallback(&next(name, error)?, attempt)
        }
        result => result,
    }
}

/// Where to look for a name that was not found as it is, for this reason.
fn next(name: &Name, error: Error) -> Result<Name, Error> {
    let windows_paths = windows_paths();
    let is_bare = !name.0.contains(&b'/') && !name.0.is_empty();
    let found = match windows_paths {
        true => search(name)?,
        // A link that leads nowhere is there.
        false if is_bare && !is_there(&name.0)? => Search::NoFile(None),
        false => Search::Unknown,
    };
    let here = match found {
        Search::NoFile(here) if is_bare => here,
        found => return search_result(found, name, error),
    };
    let Some(candidate) = in_program_dir(&name.0, here)? else { return Err(error) };
    if windows_paths {
        let (lookup, id) = listing::lookup(parent_of(&candidate.0), &name.0)?;
        PROGRAM_DIR.with(|dir| dir.id = id);
        if lookup == Lookup::NotFound {
            return Err(error);
        }
    }
    Ok(candidate)
}

/// The name of a file in the directory of the one that the process runs, which is asked for once. None if that is not
/// known, or is the directory `except`.
fn in_program_dir(file: &[u8], except: Option<FileId>) -> Result<Option<Name>, Error> {
    PROGRAM_DIR.with(|dir| {
        if dir.name.is_empty() {
            let program = match sys::program() {
                Err(error) if error.errno() == libc::ENOMEM => return Err(Error::OutOfMemory),
                Err(_) => return Ok(None),
                Ok(program) => program,
            };
            dir.name = fallible::concat(&[parent_of(&program)])?;
        }
        if except.is_some() && dir.id == except {
            return Ok(None);
        }
        join(&dir.name, file).map(|path| Some(Name(path)))
    })
}

/// Before a fork: as `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| PROGRAM_DIR.is_busy()) && listing::wait_until_idle(timeout)
}

/// In a forked child: frees what is remembered from the parent's other threads.
pub fn reclaim(was_quiesced: bool) {
    PROGRAM_DIR.reclaim_or_reset(was_quiesced);
    listing::reclaim(was_quiesced);
}

/// Gives back what is remembered.
#[cfg(target_os = "linux")]
pub fn forget() {
    PROGRAM_DIR.try_with(core::mem::take);
    listing::clear();
}
