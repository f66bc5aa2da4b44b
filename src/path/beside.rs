//! The search for a file that is asked for by a bare name: in the current directory, then beside the executable (win).
//! (ours: never in `PATH`.)
#![forbid(unsafe_code)]

use super::lookup::{Search, is_there, search};
use super::parts::{folder_of, join};
use super::spelling::windows_paths;
use super::{as_it_is, result_of};
use crate::error::Error;
use crate::fallible;
use crate::listing::{self, Look};
use crate::lock::Lock;
use crate::name::Name;
use crate::sys::{self, Timeout, Which};
use core::cell::Cell;

/// The directory of the file that the process runs.
#[derive(Default)]
struct Folder {
    /// Empty until it is known.
    name: Vec<u8>,
    /// Which one it is, once it was looked into.
    which: Option<Which>,
}

static PROGRAMS_FOLDER: Lock<Cell<Folder>> = Lock::new(Cell::new(Folder { name: Vec::new(), which: None }));

/// Tries an existing file in the places where it is looked for, in order.
pub fn first_found<T>(name: &Name, attempt: impl Fn(&Name) -> Result<T, Error>) -> Result<T, Error> {
    match attempt(name) {
        Err(error @ (Error::FileNotFound | Error::PathNotFound)) => as_it_is(&next(name, error)?, attempt),
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
        found => return result_of(found, name, error),
    };
    let Some(beside) = beside_the_program(&name.0, here)? else { return Err(error) };
    if windows_paths {
        let (look, which) = listing::look(folder_of(&beside.0), &name.0)?;
        PROGRAMS_FOLDER.with(|folder| folder.which = which);
        if look == Look::Nobody {
            return Err(error);
        }
    }
    Ok(beside)
}

/// The name of a file in the directory of the one that the process runs, which is asked for once. None if that is not
/// known, or is the directory `but`.
fn beside_the_program(file: &[u8], but: Option<Which>) -> Result<Option<Name>, Error> {
    PROGRAMS_FOLDER.with(|folder| {
        if folder.name.is_empty() {
            let program = match sys::program() {
                Err(error) if error.number() == libc::ENOMEM => return Err(Error::OutOfMemory),
                Err(_) => return Ok(None),
                Ok(program) => program,
            };
            folder.name = fallible::concat(&[folder_of(&program)])?;
        }
        if but.is_some() && folder.which == but {
            return Ok(None);
        }
        join(&folder.name, file).map(|beside| Some(Name(beside)))
    })
}

/// Before a fork: as `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| PROGRAMS_FOLDER.is_busy()) && listing::wait_until_idle(timeout)
}

/// In a forked child: frees what is remembered from the parent's other threads.
pub fn reclaim(was_quiesced: bool) {
    PROGRAMS_FOLDER.reclaim_or_reset(was_quiesced);
    listing::reclaim(was_quiesced);
}

/// Gives back what is remembered.
#[cfg(target_os = "linux")]
pub fn forget() {
    PROGRAMS_FOLDER.try_with(core::mem::take);
    listing::forget();
}
