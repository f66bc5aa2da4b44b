//! Where a name leads: absolute names, the search beside the executable, names for temporary files.
#![forbid(unsafe_code)]

use crate::error::Error;
use crate::name::Name;
use crate::sys;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The names of temporary files tried before giving up.
const TRIES: u32 = 10_000;

/// The absolute form of a name: current directory, `.` and `..` folded, nothing looked up.
pub fn absolute(name: &Name) -> Result<Name, Error> {
    let mut full = if name.0.first() == Some(&b'/') {
        Vec::new()
    } else {
        std::env::current_dir()?.into_os_string().into_vec()
    };
    for component in name.0.split(|&byte| byte == b'/') {
        match component {
            b"" | b"." => {}
            b".." => full.truncate(full.iter().rposition(|&byte| byte == b'/').unwrap_or(0)),
            component => {
                if full.last() != Some(&b'/') {
                    full.push(b'/');
                }
                full.extend_from_slice(component);
            }
        }
    }
    if full.is_empty() {
        full.push(b'/');
    }
    Ok(Name(full))
}

/// The places where an existing file of this name is looked for, in order (win): a bare name also beside
/// the executable. (ours: never in `PATH`.)
pub fn places(name: &Name) -> Vec<Vec<u8>> {
    let mut places = vec![name.0.clone()];
    if !name.0.contains(&b'/') && !name.0.is_empty() {
        let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_path_buf));
        places.extend(beside.map(|folder| folder.join(to_path(&name.0)).into_os_string().into_vec()));
    }
    places
}

/// A file that is not there: is it the file or its directory (doc)?
pub fn missing(name: &[u8]) -> Error {
    let folder = to_path(name).parent().map(Path::to_path_buf).unwrap_or_default();
    if folder.as_os_str().is_empty() || sys::exists(folder.as_os_str().as_bytes()).is_ok() {
        Error::FileNotFound
    } else {
        Error::PathNotFound
    }
}

pub fn exists(name: &Name) -> Result<(), Error> {
    sys::exists(&name.0).map_err(|_| Error::FileNotFound)
}

fn to_path(name: &[u8]) -> PathBuf {
    PathBuf::from(OsString::from_vec(name.to_vec()))
}

/// Makes an empty file that did not exist, in the name's directory or the temporary one, its name starting
/// with the base name given, and such that the caller can be told (`fits`).
pub fn temporary(name: &Name, fits: impl Fn(&Name) -> bool) -> Result<Name, Error> {
    let stem = if name.0.contains(&b'/') {
        name.0.clone()
    } else {
        std::env::temp_dir().join(to_path(&name.0)).into_os_string().into_vec()
    };
    // Names differ by process and try; what makes them unique is that the file must not exist.
    for number in 0..TRIES {
        let mut candidate = stem.clone();
        candidate.extend_from_slice(format!("{:x}-{number:x}.tmp", std::process::id()).as_bytes());
        let candidate = Name(candidate);
        if !fits(&candidate) {
            return Err(Error::OutOfMemory);
        }
        if sys::create_private(&candidate.0)? {
            return Ok(candidate);
        }
    }
    Err(Error::CannotOpen)
}

/// Copies a file, with its permissions, to a name that must not exist; takes a failed copy away again.
pub fn copy_to_new(old: &Name, new: &Name) -> Result<(), Error> {
    let (old, new) = (to_path(&old.0), to_path(&new.0));
    let mut from = fs::File::open(&old)?;
    let mut to = fs::File::create_new(&new)?;
    let copied = io::copy(&mut from, &mut to)
        .and_then(|_| to.set_permissions(from.metadata()?.permissions()))
        .and_then(|()| to.sync_all());
    copied.map_err(|error| {
        let _ = fs::remove_file(&new);
        error.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(name: &str) -> String {
        String::from_utf8(absolute(&Name(name.into())).unwrap().0).unwrap()
    }

    #[test]
    fn dots_are_folded_without_looking() {
        assert_eq!(folded("/a/./b//../c/"), "/a/c");
        assert_eq!(folded("/../.."), "/");
        assert_eq!(folded("/no such folder/../x"), "/x");
    }

    #[test]
    fn a_relative_name_starts_at_the_current_directory() {
        let here = std::env::current_dir().unwrap();
        assert_eq!(folded("x.wav"), here.join("x.wav").to_str().unwrap());
        assert_eq!(folded(".."), here.parent().unwrap().to_str().unwrap());
    }
}
