//! Moves a file to another file system, as a careful `mv` does.
//!
//! The copy is made under a temporary name beside the new one, with permissions for its owner only. It gets the
//! attributes of the file when its bytes are on the disk, and then the new name. When that is on the disk too, the old
//! name is removed. So after any interruption (an error, SIGKILL, a power failure) the old or the new name has the
//! whole file. An existing file is never overwritten.
#![forbid(unsafe_code)]

use crate::error::Error;
use crate::memory::{Source, Target};
use crate::name::Name;
use crate::sys::{self, DirFd, Entry, Fd, Metadata, OwnedFd, io};

/// How many bytes are copied at once.
const COPY_BUFFER: usize = 1 << 16;

/// How many names for the temporary file are tried.
const MAX_TRIES: u32 = 100;

/// Moves a file. The new name must not exist.
pub fn move_file(old: &Name, new: &Name) -> Result<(), Error> {
    let ((old_dir, old), (new_dir, new)) = (DirFd::of(&old.0)?, DirFd::of(&new.0)?);
    let (from, to) = (old_dir.entry(old)?, new_dir.entry(new)?);
    let seen = from.metadata()?;
    if !seen.is_file() {
        // A link would become a copy of its target, and a pipe or a device has no end.
        return Err(Error::AccessDenied);
    }
    match to.metadata() {
        Err(error) if error.errno() == libc::ENOENT => {}
        Err(error) => return Err(error.into()),
        Ok(_) => return Err(Error::AccessDenied),
    }
    // The name may lead to a pipe or a device by now: the flags keep `open` from waiting for it, and from changing it.
    let source = from
        .open(libc::O_RDONLY | libc::O_NONBLOCK | libc::O_NOCTTY)
        .map_err(|error| if error.errno() == libc::ELOOP { Error::SharingViolation } else { error.into() })?;
    let start = Metadata::of(source.fd())?;
    if !start.is_file() || !start.is_same_file(&seen) {
        return Err(Error::SharingViolation);
    }
    let (temporary, copy) = create_beside(&new_dir)?;
    let moved = fill(copy.fd(), source.fd(), &start)
        .and_then(|()| Ok(temporary.rename(&to)?))
        .and_then(|()| Ok(new_dir.sync_data(copy.fd())?))
        .and_then(|()| is_name_of(&to, copy.fd()))
        .and_then(|()| remove(&from, source.fd(), &start));
    moved.inspect_err(|&error| {
        // It is left if another process has replaced it.
        if is_name_of(&temporary, copy.fd()).is_ok() {
            let _ = temporary.remove();
        }
        // The new name is removed if the old one stays, and kept if the old one may be gone for an unknown reason.
        let is_ours = is_name_of(&to, copy.fd()).is_ok();
        if is_ours && (error == Error::SharingViolation || from.refers_to(&start)) {
            let _ = to.remove();
        }
    })
}

/// Creates an empty file, with permissions for its owner only and a name that is valid in every file system.
fn create_beside(dir: &DirFd) -> Result<(Entry<'_>, OwnedFd), Error> {
    for _ in 0..MAX_TRIES {
        let mut name = *b"mm??????.tmp";
        let mut number = sys::random();
        for digit in name.iter_mut().filter(|byte| **byte == b'?') {
            *digit = char::from_digit(number % 36, 36).map_or(b'0', |char| char as u8);
            number /= 36;
        }
        let entry = dir.entry(&name)?;
        match entry.open(libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL) {
            Err(error) if error.errno() == libc::EEXIST => {}
            opened => return Ok((entry, opened?)),
        }
    }
    Err(Error::AccessDenied)
}

/// Copies the bytes and attributes that the source had at the start.
fn fill(copy: Fd, source: Fd, start: &Metadata) -> Result<(), Error> {
    if copy_bytes(source, copy, start.size())? != start.size() {
        return Err(Error::SharingViolation);
    }
    sys::sync_data(copy)?;
    sys::copy_attributes(source, start, copy)?;
    Ok(sys::sync_all(copy)?)
}

/// Copies all bytes, but stops after more than `size`. Returns how many were copied.
fn copy_bytes(from: Fd, to: Fd, size: i64) -> io::Result<i64> {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(COPY_BUFFER)?;
    buffer.resize(COPY_BUFFER, 0);
    let mut all: i64 = 0;
    while all <= size {
        let count = sys::read_stream(from, Target::from(&mut buffer[..]))?;
        if count == 0 {
            break;
        }
        let bytes = Source::from(buffer.get(..count).unwrap_or_default());
        let mut done: usize = 0;
        while done < count {
            // After a short count the next write gives the reason.
            match sys::write_stream(to, bytes.skip(done))? {
                0 => return Err(io::Error::from_errno(libc::EIO)),
                more => done = done.saturating_add(more),
            }
        }
        all = all.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
    }
    Ok(all)
}

/// Fails if the name is not that of the copy: another process has replaced it.
fn is_name_of(name: &Entry<'_>, copy: Fd) -> Result<(), Error> {
    if name.refers_to(&Metadata::of(copy)?) { Ok(()) } else { Err(Error::SharingViolation) }
}

/// Removes the old name, if it still leads to the file and the file has not changed.
fn remove(from: &Entry<'_>, source: Fd, start: &Metadata) -> Result<(), Error> {
    let is_there = |result: io::Result<Metadata>| match result {
        Err(error) if error.errno() == libc::ENOENT => Ok(false),
        metadata => metadata.map(|metadata| metadata.is_same_file(start)),
    };
    if !is_there(from.metadata())? || !Metadata::of(source)?.is_unchanged(start) {
        return Err(Error::SharingViolation);
    }
    // Another process may have moved or deleted it in the meantime.
    from.remove().map_err(
        |error| {
            if error.errno() == libc::ENOENT { Error::SharingViolation } else { error.into() }
        },
    )
}

#[cfg(test)]
#[cfg(not(miri))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::path::Path;
    use std::time::{Duration, UNIX_EPOCH};

    fn moved(old: &Path, new: &Path) -> Result<(), Error> {
        let name = |path: &Path| Name(path.as_os_str().as_bytes().into());
        move_file(&name(old), &name(new))
    }

    fn names(dir: &Path) -> usize {
        fs::read_dir(dir).unwrap().count()
    }

    #[test]
    fn a_moved_file_has_all_bytes_the_permissions_and_the_times() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (dir.path().join("old"), dir.path().join("new"));
        for size in [0, 1, COPY_BUFFER, COPY_BUFFER * 2 + 5] {
            let bytes: Vec<u8> = (0..size).map(|index| index as u8).collect();
            fs::write(&old, &bytes).unwrap();
            fs::set_permissions(&old, fs::Permissions::from_mode(0o604)).unwrap();
            let times =
                fs::FileTimes::new().set_modified(UNIX_EPOCH + Duration::new(1_000_000_000, 123_456_789));
            fs::File::options().write(true).open(&old).unwrap().set_times(times).unwrap();
            assert_eq!(moved(&old, &new), Ok(()));
            assert_eq!(fs::read(&new).unwrap(), bytes);
            let metadata = fs::metadata(&new).unwrap();
            assert_eq!(metadata.mode() & 0o7777, 0o604);
            assert_eq!((metadata.mtime(), metadata.mtime_nsec()), (1_000_000_000, 123_456_789));
            assert_eq!(names(dir.path()), 1);
            fs::remove_file(&new).unwrap();
        }
    }

    #[test]
    fn nothing_is_overwritten_and_only_files_move() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        for name in ["old", "other"] {
            fs::write(path(name), name).unwrap();
        }
        symlink("nothing", path("dangling")).unwrap();
        fs::create_dir(path("folder")).unwrap();
        let all = names(dir.path());
        for new in ["other", "dangling", "folder", "old"] {
            assert_eq!(moved(&path("old"), &path(new)), Err(Error::AccessDenied), "{new}");
        }
        for old in ["dangling", "folder", "."] {
            assert_eq!(moved(&path(old), &path("new")), Err(Error::AccessDenied), "{old}");
        }
        assert_eq!(moved(&path("nothing"), &path("new")), Err(Error::FileNotFound));
        assert_eq!(moved(&path("old"), &path("nowhere/new")), Err(Error::FileNotFound));
        assert_eq!(moved(&path("old"), &path("new/")), Err(Error::PathNotFound));
        assert_eq!(fs::read(path("old")).unwrap(), b"old");
        assert_eq!(names(dir.path()), all);
    }
}
