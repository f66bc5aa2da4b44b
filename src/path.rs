//! Where a name leads: Windows paths, the search beside the executable, absolute names, names for temporary
//! files.
//!
//! A program written for Windows has `\` in its names, drive letters, and letters of any case. Whatever it
//! asks for, a file of exactly that name comes first. `MMSYSTEM_PATHS=posix` turns all of this off.
#![forbid(unsafe_code)]

mod absolute;
mod beside;
mod lookup;
mod new;
mod parts;
mod spelling;
mod temporary;

pub use absolute::{absolute, existing};
pub use beside::first_found;
#[cfg(target_os = "linux")]
pub use beside::forget;
pub use lookup::is_there;
pub use new::{for_new, is_taken, not_made, of_new};
pub use spelling::native;
pub use temporary::temporary;

use crate::error::Error;
use crate::memory::{Source, Target};
use crate::name::Name;
use crate::sys::{self, Fd, Opened, io};
use lookup::{Search, ignoring_case, leads_somewhere, search};
use parts::folder_of;
use spelling::windows_paths;

/// Tries an existing file by its name as it is, then once more ignoring case. What `attempt` does not find is the file; here
/// it is told from its directory (doc).
pub fn as_it_is<T>(name: &Name, attempt: impl Fn(&Name) -> Result<T, Error>) -> Result<T, Error> {
    match attempt(name) {
        Err(error @ (Error::FileNotFound | Error::PathNotFound)) => {
            let found = other_case(name, error)?;
            attempt(&found).map_err(|error| refined(error, &found))
        }
        result => result,
    }
}

/// What a name that was not found as it is, for this reason, is called.
fn other_case(name: &Name, error: Error) -> Result<Name, Error> {
    result_of(if windows_paths() { search(name)? } else { Search::Unknown }, name, error)
}

fn result_of(found: Search, name: &Name, error: Error) -> Result<Name, Error> {
    match found {
        Search::Found(found) => Ok(found),
        Search::NoFile(_) => Err(error),
        Search::NoFolder => Err(Error::PathNotFound),
        Search::Unknown => Err(refined(error, name)),
    }
}

/// The error of an attempt at a file: if it is not there, is it the file or its directory (doc)?
fn refined(error: Error, name: &Name) -> Error {
    let folder = folder_of(&name.0);
    let found = || {
        let is_there = folder.is_empty() || leads_somewhere(folder)?;
        Ok(is_there || windows_paths() && ignoring_case(&Name::of_bytes(folder)?)?.is_some())
    };
    match if error == Error::FileNotFound { found() } else { Ok(true) } {
        Ok(true) => error,
        Ok(false) => Error::PathNotFound,
        Err(error) => error,
    }
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
    use std::fs;
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;

    pub fn name(text: &str) -> Name {
        Name(text.into())
    }

    pub fn to_name(path: PathBuf) -> Name {
        Name(path.into_os_string().into_vec())
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
}
