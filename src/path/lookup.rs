//! Look-up of a name: whether it exists, and the name that exists in its place where only the case differs.
//!
//! The system's own reading of a name takes precedence. The look-up must not override it: a dangling link exists, `..`
//! after a link leads where the system says, and what may not be examined is assumed to exist.
#![forbid(unsafe_code)]

use super::parts::{file_name_of, has_dot_dot, join, parent_of, windows_paths};
use crate::error::Error;
use crate::fallible;
use crate::listing::{self, Lookup};
use crate::name::Name;
use crate::sys::{self, FileId, FileType, io};

/// Whether a name exists; a dangling link does. A name that may not be examined counts as existing: the system reports
/// the reason when it is used, and no other name takes its place.
pub fn is_there(name: &[u8]) -> Result<bool, Error> {
    unless_missing(sys::exists(name))
}

/// Like `is_there`, but a dangling link does not exist.
pub fn target_exists(name: &[u8]) -> Result<bool, Error> {
    unless_missing(sys::target_exists(name))
}

fn unless_missing(result: io::Result<()>) -> Result<bool, Error> {
    match result {
        Err(error) if is_missing(error) => Ok(false),
        Err(error) if error.errno() == libc::ENOMEM => Err(Error::OutOfMemory),
        _ => Ok(true),
    }
}

/// Whether an error means that the name does not exist. A name that is too long cannot exist.
fn is_missing(error: io::Error) -> bool {
    matches!(error.errno(), libc::ENOENT | libc::ENOTDIR | libc::ENAMETOOLONG)
}

/// The result of a look-up that ignores case.
#[derive(Debug, PartialEq, Eq)]
pub enum Search {
    /// An existing name that is equal to the given one, or differs only in case, in each component.
    Found(Name),
    /// The directory exists (its identity, if known), but has no such file.
    NoFile(Option<FileId>),
    /// The directory does not exist either.
    NoDirectory,
    /// Not found, for an unknown reason.
    Unknown,
}

pub fn ignoring_case(name: &Name) -> Result<Option<Name>, Error> {
    match search(name)? {
        Search::Found(found) => Ok(Some(found)),
        _ => Ok(None),
    }
}

/// Looks for a name that does not exist as given, or did not a moment ago.
pub fn search(name: &Name) -> Result<Search, Error> {
    if name.0.is_empty() || name.0.ends_with(b"/") || name.0.ends_with(b"/.") {
        // Such a name is that of a directory or of nothing, and must not find a file.
        return Ok(Search::Unknown);
    }
    if !has_dot_dot(&name.0) {
        return search_normalized(&name.0);
    }
    let name = normalize(Vec::new(), &name.0)?;
    if is_there(&name)? { Ok(Search::Found(Name(name))) } else { search_normalized(&name) }
}

/// Like `search`, for a name in which `..` occurs only after links.
fn search_normalized(name: &[u8]) -> Result<Search, Error> {
    let (dir, file) = (parent_of(name), file_name_of(name));
    let (lookup, id) = sibling(dir, file)?;
    Ok(match lookup {
        Lookup::Found(_) if is_there(name)? => Search::Found(Name::from_bytes(name)?),
        Lookup::Found(found) => Search::Found(Name(join(dir, &found)?)),
        Lookup::NotFound | Lookup::Unreadable => Search::NoFile(id),
        Lookup::NoDirectory if dir.is_empty() => Search::Unknown,
        Lookup::NoDirectory => {
            // The directory may have another case.
            let Search::Found(Name(dir)) = search_normalized(dir)? else { return Ok(Search::NoDirectory) };
            let exact = join(&dir, file)?;
            if is_there(&exact)? {
                return Ok(Search::Found(Name(exact)));
            }
            match sibling(&dir, file)? {
                (Lookup::Found(found), _) => Search::Found(Name(join(&dir, &found)?)),
                (Lookup::NoDirectory, _) => Search::NoDirectory,
                (_, id) => Search::NoFile(id),
            }
        }
    })
}

/// Looks up the entry of a directory whose name differs at most in case; of several, the first in byte order.
fn sibling(dir: &[u8], name: &[u8]) -> Result<(Lookup, Option<FileId>), Error> {
    listing::lookup(if dir.is_empty() { b"." } else { dir }, name)
}

/// Removes `.` from a name, and `..` together with the component before it, whether that exists (as on Windows) or not.
/// `..` stays after a link, whose target is in another directory, and after a directory that may not be searched. With
/// POSIX names it stays after everything but a directory.
///
/// A relative name is appended to `full`, which is empty or a path without links.
pub fn normalize(mut full: Vec<u8>, name: &[u8]) -> Result<Vec<u8>, Error> {
    let is_relative = full.is_empty() && name.first() != Some(&b'/');
    // The length of the part that has no links.
    let mut without_links = full.len();
    for component in name.split(|&byte| byte == b'/') {
        match component {
            b"" | b"." => {}
            b".." if !is_relative && matches!(full.as_slice(), b"" | b"/") => {}
            b".." if full.len() <= without_links && !full.is_empty() || can_fold_dot_dot(&full)? => {
                full.truncate(full.iter().rposition(|&byte| byte == b'/').unwrap_or(0));
                without_links = without_links.min(full.len());
            }
            component => {
                full.try_reserve(component.len().saturating_add(1))?;
                if full.last().map_or(!is_relative, |&last| last != b'/') {
                    full.push(b'/');
                }
                full.extend_from_slice(component);
            }
        }
    }
    if full.is_empty() {
        fallible::push(&mut full, if is_relative { b'.' } else { b'/' })?;
    }
    Ok(full)
}

/// Whether this path followed by `..` is the path without its last component.
fn can_fold_dot_dot(path: &[u8]) -> Result<bool, Error> {
    if matches!(file_name_of(path), b"" | b"..") {
        return Ok(false);
    }
    Ok(match file_type(path)? {
        Some(FileType::Directory) => true,
        Some(FileType::Link) => false,
        Some(FileType::Other) | None => windows_paths(),
    })
}

/// Returns the type of a file, ignoring case. What may not be examined may be a link, and is reported as one.
pub fn file_type(path: &[u8]) -> Result<Option<FileType>, Error> {
    match exact_file_type(path)? {
        None if windows_paths() => match search_normalized(path) {
            Ok(Search::Found(found)) => exact_file_type(&found.0),
            Ok(_) => Ok(None),
            Err(error @ Error::OutOfMemory) => Err(error),
            Err(_) => Ok(Some(FileType::Link)),
        },
        kind => Ok(kind),
    }
}

fn exact_file_type(path: &[u8]) -> Result<Option<FileType>, Error> {
    match sys::file_type(path) {
        Ok(FileType::Directory) if sys::exists(&join(path, b".")?).is_err() => Ok(Some(FileType::Link)),
        Ok(kind) => Ok(Some(kind)),
        Err(error) if is_missing(error) => Ok(None),
        Err(error) if error.errno() == libc::ENOMEM => Err(Error::OutOfMemory),
        Err(_) => Ok(Some(FileType::Link)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::name_for_new;
    use crate::path::tests::{name, to_name};
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn case_is_ignored_in_every_component_but_an_exact_name_comes_first() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| to_name(dir.path().join(path));
        fs::create_dir_all(dir.path().join("Sounds/menu")).unwrap();
        fs::write(dir.path().join("Sounds/menu/click.wav"), "").unwrap();
        fs::write(dir.path().join("Sounds/menu/CLICK.wav"), "").unwrap();
        assert_eq!(ignoring_case(&at("sounds/MENU/click.wav")), Ok(Some(at("Sounds/menu/click.wav"))));
        assert_eq!(ignoring_case(&at("SOUNDS/menu/Click.WAV")), Ok(Some(at("Sounds/menu/CLICK.wav"))));
        assert_eq!(ignoring_case(&at("sounds/menu/other.wav")), Ok(None));
        assert_eq!(name_for_new(&at("sounds/MENU/New.wav")), Ok(at("Sounds/menu/New.wav")));
        assert_eq!(name_for_new(&at("nowhere/New.wav")), Ok(at("nowhere/New.wav")));
    }

    #[test]
    fn dot_dot_removes_the_component_before_it_unless_that_is_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| format!("{}/{path}", dir.path().display());
        fs::create_dir_all(at("a/b")).unwrap();
        fs::write(at("file"), "").unwrap();
        symlink("a/b", at("link")).unwrap();
        symlink("nowhere", at("dangling")).unwrap();
        symlink("loop", at("loop")).unwrap();
        for (given, normalized) in [
            ("a/../x", "x"),
            ("file/../x", "x"),
            ("missing/../x", "x"),
            ("missing/./more//../../a/b/../../x", "x"),
            ("link/../x", "link/../x"),
            ("link/../../x", "link/../../x"),
            ("link/../b/../x", "link/../x"),
            ("LINK/../x", "LINK/../x"),
            ("A/../x", "x"),
            ("dangling/../x", "dangling/../x"),
            ("dangling/more/../../x", "dangling/../x"),
            ("loop/more/../x", "loop/more/../x"),
        ] {
            let normalized = at(normalized);
            assert_eq!(normalize(Vec::new(), at(given).as_bytes()), Ok(normalized.into_bytes()), "{given}");
        }
    }

    #[test]
    fn relative_names_stay_relative() {
        for (given, normalized) in [
            ("../x", "../x"),
            ("../../x/..", "../.."),
            ("missing/../../x", "../x"),
            ("missing/..", "."),
            ("./x", "x"),
            ("", "."),
            ("..", ".."),
        ] {
            assert_eq!(normalize(Vec::new(), given.as_bytes()), Ok(normalized.into()), "{given}");
        }
    }

    #[test]
    fn a_dangling_link_exists() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| to_name(dir.path().join(path));
        symlink("nowhere", dir.path().join("name")).unwrap();
        fs::write(dir.path().join("NAME"), "").unwrap();
        assert_eq!(search(&at("name")), Ok(Search::Found(at("name"))));
        assert_eq!(search(&at("Name")), Ok(Search::Found(at("NAME"))));
        assert_eq!(search(&at("name/x")), Ok(Search::NoDirectory));
        assert_eq!(is_there(&at("name").0), Ok(true));
        assert_eq!(target_exists(&at("name").0), Ok(false));
    }

    #[test]
    fn a_name_that_is_too_long_does_not_exist() {
        assert_eq!(is_there(&[b'x'; 300]), Ok(false));
        assert_eq!(
            search(&name(&"x".repeat(300))).unwrap(),
            Search::NoFile(sys::stamp(b".").ok().map(|stamp| stamp.id))
        );
    }
}
