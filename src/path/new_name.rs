//! Names of files that are to be created, by opening or by renaming.
#![forbid(unsafe_code)]

use super::lookup::{ignoring_case, is_there};
use super::parts::{trim_dir_suffix, windows_paths};
use crate::error::Error;
use crate::fallible;
use crate::name::Name;
use crate::sys;

/// Returns the name under which a file is created: an existing file, or its directory, is found ignoring case.
pub fn name_for_new(name: &Name) -> Result<Name, Error> {
    if !windows_paths() || is_there(&name.0)? {
        return Name::from_bytes(&name.0);
    }
    match ignoring_case(name)? {
        Some(found) => Ok(found),
        None => with_existing_dir(&name.0),
    }
}

/// Returns the name with the case of its existing directory, and with its last component as given.
pub fn with_existing_dir(name: &[u8]) -> Result<Name, Error> {
    let slash = name.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
    let (dir, file) = name.split_at(slash);
    if !windows_paths() || dir.is_empty() || is_there(dir)? {
        return Name::from_bytes(name);
    }
    match ignoring_case(&Name::from_bytes(trim_dir_suffix(dir))?)? {
        Some(Name(found)) => Ok(Name(fallible::concat(&[&found, file])?)),
        None => Name::from_bytes(name),
    }
}

/// Like `with_existing_dir`, for the new name of a file or a directory. The name may end as that of a directory.
pub fn rename_target(name: &Name) -> Result<Name, Error> {
    let (stem, end) = name.0.split_at(trim_dir_suffix(&name.0).len());
    let Name(found) = with_existing_dir(stem)?;
    Ok(Name(fallible::concat(&[&found, end])?))
}

/// Refines the error of an attempt to create a file: a missing file means that the directory is missing.
pub fn creation_error(error: Error, name: &Name) -> Error {
    if error == Error::FileNotFound && !name.0.is_empty() { Error::PathNotFound } else { error }
}

/// Whether a file or directory other than `but` has this name, ignoring case. The name may end as that of a directory.
pub fn is_name_taken(name: &Name, but: &Name) -> Result<bool, Error> {
    if !windows_paths() {
        // The system itself refuses an existing name.
        return Ok(false);
    }
    match ignoring_case(&Name::from_bytes(trim_dir_suffix(&name.0))?)? {
        Some(found) => Ok(!sys::is_same(&found.0, &but.0)?),
        None => Ok(false),
    }
}
