//! Where a name leads: Windows paths, the search beside the executable, absolute names, names for temporary
//! files.
//!
//! A program written for Windows has `\` in its names, drive letters, and letters of any case. Whatever it
//! asks for, a file of exactly that name comes first. `MMSYSTEM_PATHS=posix` turns all of this off.
#![forbid(unsafe_code)]

use crate::error::Error;
use crate::fallible;
use crate::listing::{self, Look};
use crate::memory::{Source, Target};
use crate::name::Name;
use crate::sys::{self, Fd, Opened, Which, io};
use core::ffi::CStr;
use core::sync::atomic::{AtomicU32, Ordering};
use parking_lot::Mutex;

/// In the environment: `posix` for names that are the system's own.
const PATHS_VARIABLE: &CStr = c"MMSYSTEM_PATHS";
/// In the environment, with a drive letter at its end: the directory that the drive is.
const DRIVE_VARIABLE: [u8; 17] = *b"MMSYSTEM_DRIVE_?\0";

/// The directory of the file that the process runs.
struct Folder {
    /// Empty until it is known.
    name: Vec<u8>,
    /// Which one it is, once it was looked into.
    which: Option<Which>,
}

static PROGRAMS_FOLDER: Mutex<Folder> = Mutex::new(Folder::UNKNOWN);

impl Folder {
    const UNKNOWN: Folder = Folder { name: Vec::new(), which: None };
}

/// The names of temporary files tried before giving up.
const TRIES: u32 = 10_000;

fn windows_paths() -> bool {
    !sys::is_set_to(PATHS_VARIABLE, b"posix")
}

/// The system's spelling of a name, where that is another one: drives are directories, and `\` separates.
pub fn native(name: &Name) -> Result<Option<Name>, Error> {
    if !is_foreign(name) || !windows_paths() || is_there(&name.0)? {
        return Ok(None);
    }
    let (folder, rest) = match name.0.as_slice() {
        [letter, b':', rest @ ..] if letter.is_ascii_alphabetic() => (drive(*letter)?, rest),
        rest => (Vec::new(), rest),
    };
    let rest = if folder.is_empty() { rest } else { without_root(rest) };
    let mut path = join(&folder, rest)?;
    for byte in path.iter_mut().skip(folder.len()).filter(|byte| **byte == b'\\') {
        *byte = b'/';
    }
    Ok(Some(Name(path)))
}

/// An answer of the system, or None if that is an error; but one for want of memory says nothing of the file.
fn unless_out_of_memory<T>(answer: io::Result<T>) -> Result<Option<T>, Error> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.number() == libc::ENOMEM => Err(Error::OutOfMemory),
        Err(_) => Ok(None),
    }
}

/// Whether there is something of this name.
pub fn is_there(name: &[u8]) -> Result<bool, Error> {
    Ok(unless_out_of_memory(sys::exists(name))?.is_some())
}

fn is_foreign(name: &Name) -> bool {
    name.0.contains(&b'\\') || matches!(name.0.as_slice(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// What follows the drive, whether or not it is said to start at the drive's root.
fn without_root(path: &[u8]) -> &[u8] {
    let first = path.iter().position(|&byte| byte != b'\\' && byte != b'/');
    first.and_then(|first| path.get(first..)).unwrap_or_default()
}

fn drive(letter: u8) -> Result<Vec<u8>, Error> {
    let letter = letter.to_ascii_uppercase();
    let mut name = DRIVE_VARIABLE;
    let [.., last, _] = &mut name;
    *last = letter;
    match sys::variable(CStr::from_bytes_until_nul(&name).unwrap_or_default())? {
        Some(folder) if !folder.is_empty() => Ok(folder),
        _ if letter == b'Z' => Ok(fallible::concat(&[b"/"])?),
        _ => Err(Error::PathNotFound),
    }
}

/// Tries an existing file by its name as it is, then once more ignoring case. What `attempt` does not find is the file; here
/// it is told from its directory (doc).
pub fn as_it_is<T>(name: &Name, attempt: impl Fn(&Name) -> Result<T, Error>) -> Result<T, Error> {
    match attempt(name) {
        Err(error @ (Error::FileNotFound | Error::PathNotFound)) => {
            again(name, error, windows_paths(), attempt).0
        }
        result => result,
    }
}

/// Tries a file that was not found by its name as it is. Answers too which directory it is not in, where that is known.
fn again<T>(
    name: &Name,
    error: Error,
    windows_paths: bool,
    attempt: impl Fn(&Name) -> Result<T, Error>,
) -> (Result<T, Error>, Option<Which>) {
    let found = if windows_paths { search(name) } else { Ok(Search::Unknown) };
    let result = match found {
        Ok(Search::Found(found)) => attempt(&found).map_err(|error| refined(error, &found)),
        Ok(Search::NoFile(folder)) => return (Err(error), folder),
        Ok(Search::NoFolder) => Err(Error::PathNotFound),
        Ok(Search::Unknown) => Err(refined(error, name)),
        Err(error) => Err(error),
    };
    (result, None)
}

/// Tries an existing file in the places where it is looked for, in order (win): a bare name also beside the
/// executable. (ours: never in `PATH`.)
pub fn first_found<T>(name: &Name, attempt: impl Fn(&Name) -> Result<T, Error>) -> Result<T, Error> {
    let error = match attempt(name) {
        Err(error @ (Error::FileNotFound | Error::PathNotFound)) => error,
        result => return result,
    };
    let windows_paths = windows_paths();
    let (result, here) = again(name, error, windows_paths, &attempt);
    let error = match result {
        Err(error @ Error::FileNotFound) if !name.0.contains(&b'/') && !name.0.is_empty() => error,
        result => return result,
    };
    let Some(beside) = beside_the_program(&name.0, here)? else { return Err(error) };
    if windows_paths {
        let (look, which) = listing::look(folder_of(&beside.0), &name.0)?;
        if let Some(mut folder) = PROGRAMS_FOLDER.try_lock() {
            folder.which = which;
        }
        if look == Look::Nobody {
            return Err(error);
        }
    }
    as_it_is(&beside, attempt)
}

/// The name of a file in the directory of the one that the process runs, which is asked for once. None if that is not
/// known, or is the directory `but`.
fn beside_the_program(file: &[u8], but: Option<Which>) -> Result<Option<Name>, Error> {
    // (It is never waited for: in a forked child there may be nobody to unlock it.)
    let (mut own, mut remembered) = (Folder::UNKNOWN, PROGRAMS_FOLDER.try_lock());
    let folder = remembered.as_deref_mut().unwrap_or(&mut own);
    if folder.name.is_empty() {
        let Some(program) = unless_out_of_memory(sys::program())? else { return Ok(None) };
        folder.name = fallible::concat(&[folder_of(&program)])?;
    }
    if but.is_some() && folder.which == but {
        return Ok(None);
    }
    join(&folder.name, file).map(|beside| Some(Name(beside)))
}

/// Gives back what is remembered.
#[cfg(target_os = "linux")]
pub fn forget() {
    if let Some(mut folder) = PROGRAMS_FOLDER.try_lock() {
        *folder = Folder::UNKNOWN;
    }
    listing::forget();
}

/// The name under which a file is to be made: an existing one, or its directory, is found ignoring case.
pub fn for_new(name: &Name) -> Result<Name, Error> {
    if !windows_paths() || is_there(&name.0)? {
        return Name::of_bytes(&name.0);
    }
    match ignoring_case(name)? {
        Some(found) => Ok(found),
        None => in_its_folder(&name.0),
    }
}

/// The name with its directory as that is called, ignoring case, and its last component as it is given.
fn in_its_folder(name: &[u8]) -> Result<Name, Error> {
    let slash = name.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
    let (folder, file) = name.split_at(slash);
    if !windows_paths() || folder.is_empty() || is_there(folder)? {
        return Name::of_bytes(name);
    }
    match ignoring_case(&Name::of_bytes(folder)?)? {
        Some(Name(found)) => Ok(Name(fallible::concat(&[&found, file])?)),
        None => Name::of_bytes(name),
    }
}

/// The same for the new name of a file or a directory, which may say at its end that it is one.
pub fn of_new(name: &Name) -> Result<Name, Error> {
    let (stem, end) = name.0.split_at(without_end(&name.0).len());
    let Name(found) = in_its_folder(stem)?;
    Ok(Name(fallible::concat(&[&found, end])?))
}

/// Whether there is a file of this name, or a directory that may be spelled as one, ignoring case, other than `but`.
pub fn is_taken(name: &Name, but: &Name) -> Result<bool, Error> {
    let name = Name::of_bytes(without_end(&name.0))?;
    if !windows_paths() {
        return Ok(false);
    }
    let is_there = !takes_back(&name) && is_there(&name.0)?;
    match if is_there { Some(name) } else { ignoring_case(&name)? } {
        Some(found) => Ok(folded_path(&found)? != folded_path(but)?),
        None => Ok(false),
    }
}

/// What came of looking for a name whose case is not known.
#[derive(Debug, PartialEq, Eq)]
enum Search {
    /// The existing file whose name is this one but for the case of letters, in each component.
    Found(Name),
    /// There is its directory (this one, where that is known), and no such file in it.
    NoFile(Option<Which>),
    /// There is no such directory either.
    NoFolder,
    /// None is found; why is not known.
    Unknown,
}

/// Whether there is a `..` in a name.
fn takes_back(name: &Name) -> bool {
    name.0.split(|&byte| byte == b'/').any(|component| component == b"..")
}

fn ignoring_case(name: &Name) -> Result<Option<Name>, Error> {
    match search(name)? {
        Search::Found(found) => Ok(Some(found)),
        _ => Ok(None),
    }
}

/// Looks for a name that does not exist as it is (or did not, a moment ago).
fn search(name: &Name) -> Result<Search, Error> {
    if name.0.is_empty() || name.0.ends_with(b"/") || name.0.ends_with(b"/.") {
        // Such a name is a directory's or nobody's, and is not to find a file.
        return Ok(Search::Unknown);
    }
    let (folder, file) = match name.0.iter().rposition(|&byte| byte == b'/') {
        Some(slash) => (folder_of(&name.0), name.0.get(slash.saturating_add(1)..).unwrap_or_default()),
        None => (b"".as_slice(), name.0.as_slice()),
    };
    if takes_back(name) {
        return search_folded(name);
    }
    let (look, which) = sibling(folder, file)?;
    Ok(match look {
        Look::Somebody(_) if is_there(&name.0)? => Search::Found(Name::of_bytes(&name.0)?),
        Look::Somebody(found) => Search::Found(Name(join(folder, &found)?)),
        Look::Nobody | Look::Unreadable => Search::NoFile(which),
        Look::NoFolder if folder.is_empty() => Search::Unknown,
        Look::NoFolder => {
            // Its directory may have another case.
            let Some(Name(folder)) = ignoring_case(&Name::of_bytes(folder)?)? else {
                return Ok(Search::NoFolder);
            };
            let exact = join(&folder, file)?;
            if is_there(&exact)? {
                return Ok(Search::Found(Name(exact)));
            }
            match sibling(&folder, file)? {
                (Look::Somebody(found), _) => Search::Found(Name(join(&folder, &found)?)),
                (_, which) => Search::NoFile(which),
            }
        }
    })
}

/// Looks for a name with `..` in it. As on Windows, that takes back the component before it, whether that exists or not.
fn search_folded(name: &Name) -> Result<Search, Error> {
    let name = match folded_path(name) {
        Err(error @ Error::OutOfMemory) => return Err(error),
        Err(_) => return Ok(Search::Unknown),
        Ok(name) => name,
    };
    let mut found = fallible::concat(&[b"/"])?;
    for component in name.0.split(|&byte| byte == b'/').filter(|name| !name.is_empty()) {
        let exact = join(&found, component)?;
        found = if is_there(&exact)? {
            exact
        } else {
            let (Look::Somebody(other), _) = sibling(&found, component)? else { return Ok(Search::Unknown) };
            join(&found, &other)?
        };
    }
    Ok(Search::Found(Name(found)))
}

/// The entry of a directory with this name but for case; of several, the first in the order of bytes.
fn sibling(folder: &[u8], name: &[u8]) -> Result<(Look, Option<Which>), Error> {
    listing::look(if folder.is_empty() { b"." } else { folder }, name)
}

/// The absolute form of a name: current directory, `.` and `..` folded, nothing looked up.
pub fn absolute(name: &Name) -> Result<Name, Error> {
    folded_path(native(name)?.as_ref().unwrap_or(name))
}

fn folded_path(name: &Name) -> Result<Name, Error> {
    let mut full = if name.0.first() == Some(&b'/') { Vec::new() } else { sys::current_folder()? };
    for component in name.0.split(|&byte| byte == b'/') {
        match component {
            b"" | b"." => {}
            b".." => full.truncate(full.iter().rposition(|&byte| byte == b'/').unwrap_or(0)),
            component => {
                full.try_reserve(component.len().saturating_add(1))?;
                if full.last() != Some(&b'/') {
                    full.push(b'/');
                }
                full.extend_from_slice(component);
            }
        }
    }
    if full.is_empty() {
        fallible::push(&mut full, b'/')?;
    }
    Ok(Name(full))
}

/// The absolute form of an existing file's name, in the case that it has.
pub fn existing(name: &Name) -> Result<Name, Error> {
    as_it_is(&absolute(name)?, found)
        .map_err(|error| if error == Error::OutOfMemory { error } else { Error::FileNotFound })
}

/// The system's name of a file that is named as on Windows: one that is there, or (`makes`) may have to be made.
pub fn of_named(name: &Name, makes: bool) -> Result<Name, Error> {
    let spelled = native(name)?;
    let name = spelled.as_ref().unwrap_or(name);
    match as_it_is(name, found) {
        Err(Error::FileNotFound) if makes => for_new(name),
        found => found,
    }
}

fn found(name: &Name) -> Result<Name, Error> {
    sys::exists(&name.0)?;
    Name::of_bytes(&name.0)
}

/// The error of an attempt at a file: if it is not there, is it the file or its directory (doc)?
pub fn refined(error: Error, name: &Name) -> Error {
    let folder = folder_of(&name.0);
    let found = || {
        let is_there = folder.is_empty() || is_there(folder)?;
        Ok(is_there || windows_paths() && ignoring_case(&Name::of_bytes(folder)?)?.is_some())
    };
    match if error == Error::FileNotFound { found() } else { Ok(true) } {
        Ok(true) => error,
        Ok(false) => Error::PathNotFound,
        Err(error) => error,
    }
}

/// The directory that a name is in; empty for the current one, and where there is none.
fn folder_of(name: &[u8]) -> &[u8] {
    let name = without_end(name);
    match name.iter().rposition(|&byte| byte == b'/').map(|slash| name.split_at(slash)) {
        None => b"",
        Some((folder, _)) => match without_end(folder) {
            b"" => b"/",
            folder => folder,
        },
    }
}

/// A name without what says, at its end, that it is a directory's.
fn without_end(mut name: &[u8]) -> &[u8] {
    while let Some(rest) = name.strip_suffix(b"/").or(name.strip_suffix(b"/.")) {
        name = rest;
    }
    name
}

fn join(folder: &[u8], file: &[u8]) -> Result<Vec<u8>, Error> {
    let between: &[u8] = if folder.last().is_some_and(|&last| last != b'/') { b"/" } else { b"" };
    Ok(fallible::concat(&[folder, between, file])?)
}

/// Makes an empty file that did not exist, in the name's directory or the temporary one, its name starting
/// with the base name given, and such that the caller can be told (`fits`).
pub fn temporary(name: &Name, fits: impl Fn(&Name) -> bool) -> Result<Name, Error> {
    /// Different for each file of this process; what makes names unique is that the file must not exist.
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let spelled = native(name)?;
    let name = spelled.as_ref().unwrap_or(name);
    let stem = if name.0.contains(&b'/') {
        in_its_folder(&name.0)?
    } else {
        Name(join(&sys::temporary_folder()?, &name.0)?)
    };
    for _ in 0..TRIES {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let digits = digits(sys::process()).chain([b'-']).chain(digits(number));
        let candidate = Name(fallible::concat(&[&stem.0, &fallible::collect(digits)?, b".tmp"])?);
        if !fits(&candidate) {
            return Err(Error::OutOfMemory);
        }
        if sys::create_private(&candidate.0)? {
            return Ok(candidate);
        }
    }
    Err(Error::CannotOpen)
}

/// A number's hexadecimal digits.
fn digits(number: u32) -> impl Iterator<Item = u8> {
    let places = number.checked_ilog(16).unwrap_or(0);
    let digit = move |place: u32| number.wrapping_shr(place.wrapping_mul(4)) % 16;
    (0..=places).rev().filter_map(move |place| char::from_digit(digit(place), 16)).map(|digit| digit as u8)
}

/// How much is copied at once.
const PIECE: usize = 1 << 16;

/// Copies a file, with its permissions, to a name that must not exist; takes a failed copy away again.
pub fn copy_to_new(old: &Name, new: &Name) -> Result<(), Error> {
    if !sys::is_file(&old.0)? {
        // A link would become a copy of what it leads to, and a pipe or a device has no end.
        return Err(Error::AccessDenied);
    }
    let from = Opened::new(&old.0, libc::O_RDONLY)?;
    let to = Opened::new(&new.0, libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL)?;
    let copied = copy_bytes(from.fd(), to.fd())
        .and_then(|()| sys::copy_permissions(from.fd(), to.fd()))
        .and_then(|()| sys::force_all_to_disk(to.fd()));
    copied.map_err(|error| {
        let _ = sys::delete(&new.0);
        error.into()
    })
}

fn copy_bytes(from: Fd, to: Fd) -> io::Result<()> {
    let mut piece = Vec::new();
    piece.try_reserve_exact(PIECE)?;
    piece.resize(PIECE, 0);
    loop {
        let count = sys::read_stream(from, Target::from(&mut piece[..]))?;
        if count == 0 {
            return Ok(());
        }
        let all = Source::from(piece.get(..count).unwrap_or_default());
        let mut done: usize = 0;
        while done < count {
            // A short answer: the next one is the reason.
            match sys::write_stream(to, all.skip(done))? {
                0 => return Err(io::Error::from_number(libc::EIO)),
                more => done = done.saturating_add(more),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::{Path, PathBuf};
    use std::{env, fs};

    fn name(text: &str) -> Name {
        Name(text.into())
    }

    fn to_name(path: PathBuf) -> Name {
        Name(path.into_os_string().into_vec())
    }

    #[test]
    fn the_folder_of_a_name_is_its_parent() {
        for name in
            ["a", "a/b", "/a", "//a", "a/", "a//b", "a/./b", "a/b/.", "./a", ".", "./", "a/..", "/a/b/./", ""]
        {
            let parent = Path::new(name).parent().unwrap_or(Path::new(""));
            assert_eq!(folder_of(name.as_bytes()), parent.as_os_str().as_bytes(), "{name}");
        }
    }

    #[test]
    fn digits_are_hexadecimal() {
        for number in [0, 1, 15, 16, 0xabc, 0x1000_0000, u32::MAX] {
            assert_eq!(digits(number).collect::<Vec<_>>(), format!("{number:x}").into_bytes());
        }
    }

    #[test]
    fn a_copy_has_all_bytes_and_the_permissions() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let at = |name: &str| to_name(path(name));
        let bytes: Vec<u8> = (0..PIECE * 2 + 5).map(|place| place as u8).collect();
        fs::write(path("old"), &bytes).unwrap();
        fs::set_permissions(path("old"), fs::Permissions::from_mode(0o604)).unwrap();
        assert_eq!(copy_to_new(&at("old"), &at("new")), Ok(()));
        assert_eq!(fs::read(path("new")).unwrap(), bytes);
        assert_eq!(fs::metadata(path("new")).unwrap().permissions().mode() & 0o7777, 0o604);

        fs::write(path("other"), "other").unwrap();
        assert_eq!(copy_to_new(&at("old"), &at("other")), Err(Error::AccessDenied));
        assert_eq!(fs::read(path("other")).unwrap(), b"other");
        symlink("old", path("link")).unwrap();
        assert_eq!(copy_to_new(&at("link"), &at("third")), Err(Error::AccessDenied));
        assert_eq!(copy_to_new(&at("nothing"), &at("third")), Err(Error::FileNotFound));
        assert_eq!(copy_to_new(&at("old"), &at("nowhere/third")), Err(Error::FileNotFound));
        assert!(!path("third").exists());
    }

    #[test]
    fn dots_are_folded_without_looking() {
        for (given, full) in [
            ("/a/./b//../c/", "/a/c"),
            ("/../..", "/"),
            ("/no such folder/../x", "/x"),
            ("Z:\\a\\..\\b", "/b"),
        ] {
            assert_eq!(absolute(&name(given)), Ok(name(full)));
        }
    }

    #[test]
    fn a_relative_name_starts_at_the_current_directory() {
        let here = env::current_dir().unwrap();
        assert_eq!(absolute(&name("x.wav")), Ok(to_name(here.join("x.wav"))));
        assert_eq!(absolute(&name("..")), Ok(to_name(here.parent().unwrap().to_path_buf())));
    }

    #[test]
    fn z_is_the_root_and_other_drives_are_unknown() {
        assert_eq!(native(&name("z:\\tmp\\x.wav")), Ok(Some(name("/tmp/x.wav"))));
        assert_eq!(native(&name("Z:x")), Ok(Some(name("/x"))));
        assert_eq!(native(&name("Z:")), Ok(Some(name("/"))));
        assert_eq!(native(&name("Q:\\x.wav")), Err(Error::PathNotFound));
        assert_eq!(native(&name("a\\b/c")), Ok(Some(name("a/b/c"))));
    }

    /// As in a forked child: whoever has locked it may not be there.
    #[test]
    #[cfg(target_os = "linux")]
    fn what_another_thread_has_locked_is_not_waited_for() {
        let _held = PROGRAMS_FOLDER.lock();
        forget();
        assert!(beside_the_program(b"x", None).unwrap().is_some());
    }

    #[test]
    fn case_is_ignored_in_every_component_but_an_exact_name_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| to_name(folder.path().join(path));
        fs::create_dir_all(folder.path().join("Sounds/menu")).unwrap();
        fs::write(folder.path().join("Sounds/menu/click.wav"), "").unwrap();
        fs::write(folder.path().join("Sounds/menu/CLICK.wav"), "").unwrap();
        assert_eq!(ignoring_case(&at("sounds/MENU/click.wav")), Ok(Some(at("Sounds/menu/click.wav"))));
        assert_eq!(ignoring_case(&at("SOUNDS/menu/Click.WAV")), Ok(Some(at("Sounds/menu/CLICK.wav"))));
        assert_eq!(ignoring_case(&at("sounds/menu/other.wav")), Ok(None));
        assert_eq!(for_new(&at("sounds/MENU/New.wav")), Ok(at("Sounds/menu/New.wav")));
        assert_eq!(for_new(&at("nowhere/New.wav")), Ok(at("nowhere/New.wav")));
    }
}
