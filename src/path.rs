//! Name resolution: Windows paths, case-insensitive look-up, the search beside the executable, absolute names, and
//! names for temporary files.
//!
//! A program written for Windows uses `\` in its names, drive letters, and letters of any case. A file with exactly the
//! given name always takes precedence. `MMSYSTEM_PATHS=posix` turns all of this off.
#![forbid(unsafe_code)]

mod absolute;
mod lookup;
mod new_name;
mod parts;
mod program_dir;
mod temporary;
mod windows;

pub use absolute::{absolute, existing};
pub use lookup::is_there;
pub use new_name::{creation_error, is_name_taken, name_for_new, rename_target};
#[cfg(target_os = "linux")]
pub use program_dir::clear;
pub use program_dir::{first_found, reclaim, wait_until_idle};
pub use temporary::temporary;
pub use windows::{missing_drive, native};

use crate::error::Error;
use crate::fallible;
use crate::name::Name;
use crate::sys;
use lookup::{Search, ignoring_case, search, target_exists};
use parts::{parent_of, trim_dir_suffix, windows_paths};

/// Calls `attempt` with the name of an existing file: first as given, then with the name found by ignoring case.
/// `attempt` reports only that the file was not found; whether the file or its directory is missing is determined here
/// (doc).
pub fn with_case_fallback<T>(name: &Name, attempt: impl Fn(&Name) -> Result<T, Error>) -> Result<T, Error> {
    match attempt(name) {
        Err(error @ (Error::FileNotFound | Error::PathNotFound)) => {
            let found = find_other_case(name, error)?;
            attempt(&found).map_err(|error| refined_error(error, &found))
        }
        result => result,
    }
}

/// Like `with_case_fallback`, for a file or a directory. The name may end as that of a directory.
pub fn path_with_case_fallback<T>(
    name: &Name,
    attempt: impl Fn(&Name) -> Result<T, Error>,
) -> Result<T, Error> {
    let (stem, end) = name.0.split_at(trim_dir_suffix(&name.0).len());
    with_case_fallback(&Name::from_bytes(stem)?, |stem| attempt(&Name(fallible::concat(&[&stem.0, end])?)))
}

/// Translates a Windows name to the system's name of an existing file or, if `makes`, of one that may have to be
/// created.
pub fn system_name(name: &Name, makes: bool) -> Result<Name, Error> {
    let native_name = native(name)?;
    let name = native_name.as_ref().unwrap_or(name);
    match with_case_fallback(name, found) {
        Err(Error::FileNotFound) if makes => name_for_new(name),
        found => found,
    }
}

fn found(name: &Name) -> Result<Name, Error> {
    sys::exists(&name.0)?;
    Name::from_bytes(&name.0)
}

/// Looks for a name that was not found as given. `error` is the error of that attempt.
fn find_other_case(name: &Name, error: Error) -> Result<Name, Error> {
    search_result(if windows_paths() { search(name)? } else { Search::Unknown }, name, error)
}

fn search_result(found: Search, name: &Name, error: Error) -> Result<Name, Error> {
    match found {
        Search::Found(found) => Ok(found),
        Search::NoFile(_) => Err(error),
        Search::NoDirectory => Err(Error::PathNotFound),
        Search::Unknown => Err(refined_error(error, name)),
    }
}

/// Refines `FileNotFound`: it is `PathNotFound` if the directory does not exist either (doc).
fn refined_error(error: Error, name: &Name) -> Error {
    let dir = parent_of(&name.0);
    let found = || {
        let is_there = dir.is_empty() || target_exists(dir)?;
        Ok(is_there || windows_paths() && ignoring_case(&Name::from_bytes(dir)?)?.is_some())
    };
    match if error == Error::FileNotFound { found() } else { Ok(true) } {
        Ok(true) => error,
        Ok(false) => Error::PathNotFound,
        Err(error) => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt;
    use std::path::PathBuf;

    pub fn name(text: &str) -> Name {
        Name(text.into())
    }

    pub fn to_name(path: PathBuf) -> Name {
        Name(path.into_os_string().into_vec())
    }
}
