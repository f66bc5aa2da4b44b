//! Entries of open directories: operations on them are not affected when a directory is renamed, or the current
//! directory changes.

use super::{
    CPath, Fd, OwnedFd, Stamp, c_path, check, io, retry, stamp_of, status, sync_all, sync_file_system,
};
use core::ffi::c_int;

#[cfg(target_os = "macos")]
use libc::{fstatat, openat, stat};
#[cfg(target_os = "linux")]
use libc::{fstatat64 as fstatat, openat64 as openat, stat64 as stat};

/// Flags to open a directory for look-ups. On Linux that needs no permission to read it.
#[cfg(target_os = "linux")]
const LOOK_UP: c_int = libc::O_PATH | libc::O_DIRECTORY;
#[cfg(target_os = "macos")]
const LOOK_UP: c_int = libc::O_RDONLY | libc::O_DIRECTORY;

/// The metadata of a file.
#[derive(Clone, Copy, Debug)]
pub struct Metadata(pub(super) stat);

impl Metadata {
    pub fn of(fd: Fd) -> io::Result<Metadata> {
        status(fd).map(Metadata)
    }

    /// Whether it is a regular file.
    pub fn is_file(&self) -> bool {
        self.0.st_mode & libc::S_IFMT == libc::S_IFREG
    }

    pub fn size(&self) -> i64 {
        self.0.st_size
    }

    pub fn is_same_file(&self, other: &Metadata) -> bool {
        self.stamp().id == other.stamp().id
    }

    /// Whether it is the same file, unchanged since the other metadata was read.
    pub fn is_unchanged(&self, since: &Metadata) -> bool {
        self.stamp() == since.stamp() && self.size() == since.size()
    }

    fn stamp(&self) -> Stamp {
        stamp_of(&self.0)
    }
}

/// An open directory.
#[derive(Debug)]
pub struct DirFd(OwnedFd);

impl DirFd {
    /// Opens the directory of a name. Also returns the last component of the name.
    pub fn of(name: &[u8]) -> io::Result<(DirFd, &[u8])> {
        let start = name.iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash.saturating_add(1));
        let (dir, file) = name.split_at(start);
        if file.is_empty() {
            return Err(io::Error::from_errno(libc::ENOTDIR));
        }
        let dir = if dir.is_empty() { b"." } else { dir };
        Ok((DirFd(OwnedFd::new(dir, LOOK_UP)?), file))
    }

    #[inline(never)]
    pub fn entry(&self, name: &[u8]) -> io::Result<Entry<'_>> {
        Ok(Entry { directory: self, name: c_path(name)? })
    }

    /// Forces the entries of the directory, among them that of `file`, to the disk. If the directory may not be read,
    /// syncs the whole file system.
    pub fn sync_data(&self, file: Fd) -> io::Result<()> {
        match self.entry(b".")?.open(libc::O_RDONLY | libc::O_DIRECTORY) {
            Err(error) if error.errno() == libc::EACCES => sync_file_system(file),
            opened => sync_all(opened?.fd()),
        }
    }
}

/// A name in an open directory.
#[derive(Debug)]
pub struct Entry<'a> {
    directory: &'a DirFd,
    name: CPath,
}

impl Entry<'_> {
    fn dir(&self) -> Fd {
        self.directory.0.fd()
    }

    /// Opens the file with this name, but not a link. A new file has mode 0600.
    pub fn open(&self, flags: c_int) -> io::Result<OwnedFd> {
        open_at((self.dir(), &self.name), flags)
    }

    /// Returns the metadata of the file with this name, which may be a link.
    pub fn metadata(&self) -> io::Result<Metadata> {
        metadata_at((self.dir(), &self.name))
    }

    /// Whether this is a name of `file`; false if that cannot be determined.
    pub fn refers_to(&self, file: &Metadata) -> bool {
        self.metadata().is_ok_and(|metadata| metadata.is_same_file(file))
    }

    pub fn remove(&self) -> io::Result<()> {
        remove_at((self.dir(), &self.name), 0)
    }

    /// Like [`rename`].
    pub fn rename(&self, new: &Entry<'_>) -> io::Result<()> {
        rename_at((self.dir(), &self.name), (new.dir(), &new.name))
    }
}

/// A directory, and a name in it.
type At<'a> = (Fd, &'a CPath);

fn open_at((dir, name): At<'_>, flags: c_int) -> io::Result<OwnedFd> {
    let flags = flags | libc::O_NOFOLLOW | libc::O_CLOEXEC;
    // SAFETY: the name is a C string.
    retry(|| unsafe { openat(dir, name.as_ptr(), flags, 0o600) }).map(OwnedFd)
}

fn metadata_at((dir, name): At<'_>) -> io::Result<Metadata> {
    // SAFETY: stat consists of integers, for which 0 is valid.
    let mut status: stat = unsafe { core::mem::zeroed() };
    // SAFETY: the name is a C string, and `status` is valid for writing.
    retry(|| unsafe { fstatat(dir, name.as_ptr(), &mut status, libc::AT_SYMLINK_NOFOLLOW) })?;
    Ok(Metadata(status))
}

/// Removes a name. After an interruption the name may already have been removed.
fn remove_at((dir, name): At<'_>, flags: c_int) -> io::Result<()> {
    let mut interrupted = false;
    loop {
        // SAFETY: the name is a C string.
        match check(unsafe { libc::unlinkat(dir, name.as_ptr(), flags) }) {
            Err(error) if error.errno() == libc::EINTR => interrupted = true,
            Err(error) if error.errno() == libc::ENOENT && interrupted => return Ok(()),
            result => return result,
        }
    }
}

pub fn delete(name: &[u8]) -> io::Result<()> {
    remove_at((libc::AT_FDCWD, &c_path(name)?), 0)
}

/// Renames a file. An existing `new` is never overwritten, but is the error `EEXIST`.
pub fn rename(old: &[u8], new: &[u8]) -> io::Result<()> {
    rename_at((libc::AT_FDCWD, &c_path(old)?), (libc::AT_FDCWD, &c_path(new)?))
}

fn rename_at(old: At<'_>, new: At<'_>) -> io::Result<()> {
    match rename_exclusively(old, new) {
        Err(error) if matches!(error.errno(), libc::ENOSYS | libc::EINVAL | libc::ENOTSUP) => {}
        result => return result,
    }
    // A directory has no links.
    let is_directory = metadata_at(old)?.0.st_mode & libc::S_IFMT == libc::S_IFDIR;
    if !is_directory {
        match rename_by_link(old, new) {
            Err(error) if matches!(error.errno(), libc::ENOSYS | libc::EPERM | libc::ENOTSUP) => {}
            result => return result,
        }
    }
    rename_by_claim(old, new, is_directory)
}

#[cfg(target_os = "linux")]
fn rename_exclusively((old_dir, old): At<'_>, (new_dir, new): At<'_>) -> io::Result<()> {
    let (call, flags) = (libc::SYS_renameat2, libc::RENAME_NOREPLACE);
    // By number: the function of the C library is newer than the oldest supported systems.
    // SAFETY: both names are C strings.
    check(unsafe { libc::syscall(call, old_dir, old.as_ptr(), new_dir, new.as_ptr(), flags) })
}

#[cfg(target_os = "macos")]
fn rename_exclusively((old_dir, old): At<'_>, (new_dir, new): At<'_>) -> io::Result<()> {
    let flags = libc::RENAME_EXCL;
    // SAFETY: both names are C strings.
    check(unsafe { libc::renameatx_np(old_dir, old.as_ptr(), new_dir, new.as_ptr(), flags) })
}

/// For file systems that cannot rename exclusively: creating a hard link never overwrites either.
fn rename_by_link(old: At<'_>, new: At<'_>) -> io::Result<()> {
    let ((old_dir, old_name), (new_dir, new_name)) = (old, new);
    // SAFETY: both names are C strings.
    check(unsafe { libc::linkat(old_dir, old_name.as_ptr(), new_dir, new_name.as_ptr(), 0) })?;
    remove_at(old, 0).inspect_err(|_| {
        // The old name stays, so the new one must not, if it still refers to that file.
        let is_ours = metadata_at(old).and_then(|its| Ok(metadata_at(new)?.is_same_file(&its)));
        if is_ours == Ok(true) {
            let _ = remove_at(new, 0);
        }
    })
}

/// Creates an empty file or directory with the new name, and replaces it. (Nothing replaces a directory that has
/// entries.)
fn rename_by_claim(old: At<'_>, new: At<'_>, is_directory: bool) -> io::Result<()> {
    let ((old_dir, old_name), (new_dir, new_name)) = (old, new);
    let claim = if is_directory {
        // SAFETY: the name is a C string.
        check(unsafe { libc::mkdirat(new_dir, new_name.as_ptr(), 0o700) })?;
        open_at(new, libc::O_RDONLY | libc::O_DIRECTORY)?
    } else {
        open_at(new, libc::O_WRONLY | libc::O_CREAT | libc::O_EXCL)?
    };
    let is_ours = || Metadata::of(claim.fd()).and_then(|its| Ok(metadata_at(new)?.is_same_file(&its)));
    if !is_ours()? {
        return Err(io::Error::from_errno(libc::EEXIST));
    }
    // SAFETY: both names are C strings.
    check(unsafe { libc::renameat(old_dir, old_name.as_ptr(), new_dir, new_name.as_ptr()) }).inspect_err(
        |_| {
            if is_ours() == Ok(true) {
                let _ = remove_at(new, if is_directory { libc::AT_REMOVEDIR } else { 0 });
            }
        },
    )
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn a_claim_renames_a_directory_and_overwrites_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name);
        let named = |name| c_path(path(name).as_os_str().as_bytes()).unwrap();
        let rename = |old, new| {
            let (old, new) = (named(old), named(new));
            rename_by_claim((libc::AT_FDCWD, &old), (libc::AT_FDCWD, &new), true)
                .map_err(|error| error.errno())
        };
        fs::create_dir_all(path("old/inside")).unwrap();
        fs::create_dir(path("taken")).unwrap();
        assert_eq!(rename("old", "taken"), Err(libc::EEXIST));
        // The claim is removed again.
        assert_eq!(rename("old", "old/inside/new"), Err(libc::EINVAL));
        assert!(!path("old/inside/new").exists());
        assert_eq!(rename("old", "new"), Ok(()));
        assert!(path("new/inside").is_dir() && !path("old").exists());
    }
}
