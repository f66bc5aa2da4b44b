//! The search for a bare name: in the current directory, then beside the executable (win), never in `PATH` (ours).
//!
//! `PROGRAM_DIR` guards the directory of the executable.
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

/// The directory of the executable.
#[derive(Default)]
struct ProgramDir {
    /// Empty until it is known.
    name: Vec<u8>,
    /// Its identity, known once it was searched.
    id: Option<FileId>,
}

static PROGRAM_DIR: Lock<Cell<ProgramDir>> = Lock::new(Cell::new(ProgramDir { name: Vec::new(), id: None }));

/// Calls `attempt` for an existing file with each name that the search finds, in order.
pub fn first_found<T>(name: &Name, attempt: impl Fn(&Name) -> Result<T, Error>) -> Result<T, Error> {
    match attempt(name) {
        Err(error @ (Error::FileNotFound | Error::PathNotFound)) => {
            with_case_fallback(&next(name, error)?, attempt)
        }
        result => result,
    }
}

/// Returns the next candidate for a name that was not found as given. `error` is the error of that attempt.
fn next(name: &Name, error: Error) -> Result<Name, Error> {
    let windows_paths = windows_paths();
    let is_bare = !name.0.contains(&b'/') && !name.0.is_empty();
    let found = match windows_paths {
        true => search(name)?,
        // A dangling link exists.
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

/// Returns the name of a file in the directory of the executable, which is determined once. None if that directory is
/// not known, or is `except`.
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

/// See `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| PROGRAM_DIR.is_busy()) && listing::wait_until_idle(timeout)
}

/// In a forked child: takes the locks from the other threads of the parent.
pub fn reclaim(was_quiesced: bool) {
    PROGRAM_DIR.reclaim_or_reset(was_quiesced);
    listing::reclaim(was_quiesced);
}

/// Frees the name of the directory, and the cached listings.
#[cfg(target_os = "linux")]
pub fn clear() {
    PROGRAM_DIR.try_with(core::mem::take);
    listing::clear();
}
