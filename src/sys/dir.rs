//! Directories: existence and types of names, listings, and the stamps that show whether a directory has changed.

use super::{Fd, Time, c_path, check, io, status};
use core::ffi::{CStr, c_char};
use core::mem::offset_of;

#[cfg(target_os = "macos")]
use libc::{dirent, readdir, stat};
#[cfg(target_os = "linux")]
use libc::{dirent64 as dirent, readdir64 as readdir, stat64 as stat};

/// The identity of a file or directory, independent of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId {
    pub device: u64,
    pub inode: u64,
}

/// The identity of a file or directory, and the times of its last changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub id: FileId,
    pub modified: Time,
    pub changed: Time,
}

/// The types of the fields depend on the system.
#[allow(clippy::unnecessary_cast, clippy::useless_conversion, clippy::cast_sign_loss)]
pub(super) fn stamp_of(status: &stat) -> Stamp {
    Stamp {
        id: FileId { device: status.st_dev as u64, inode: status.st_ino.into() },
        modified: (status.st_mtime.into(), status.st_mtime_nsec.into()),
        changed: (status.st_ctime.into(), status.st_ctime_nsec.into()),
    }
}

fn stamp_of_dir(status: &stat) -> io::Result<Stamp> {
    if status.st_mode & libc::S_IFMT != libc::S_IFDIR {
        return Err(io::Error::from_errno(libc::ENOTDIR));
    }
    Ok(stamp_of(status))
}

/// Returns the status of a name: of the target of a link if `follow_links`, else of the link itself. Permissions are
/// checked as for opening.
#[inline(never)]
fn stat_path(name: &[u8], follow_links: bool) -> io::Result<stat> {
    #[cfg(target_os = "macos")]
    use libc::{lstat, stat as follow};
    #[cfg(target_os = "linux")]
    use libc::{lstat64 as lstat, stat64 as follow};
    let name = c_path(name)?;
    // SAFETY: stat consists of integers, for which 0 is valid.
    let mut status: stat = unsafe { core::mem::zeroed() };
    let look = if follow_links { follow } else { lstat };
    // SAFETY: the name is a C string, and `status` is valid for writing.
    check(unsafe { look(name.as_ptr(), &mut status) })?;
    Ok(status)
}

/// Fails if the name does not exist. A dangling link exists.
pub fn exists(name: &[u8]) -> io::Result<()> {
    stat_path(name, false).map(|_| ())
}

/// Fails if the name does not exist, or is a dangling link.
pub fn target_exists(name: &[u8]) -> io::Result<()> {
    stat_path(name, true).map(|_| ())
}

/// The type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileType {
    Directory,
    Link,
    Other,
}

pub fn file_type(name: &[u8]) -> io::Result<FileType> {
    Ok(match stat_path(name, false)?.st_mode & libc::S_IFMT {
        libc::S_IFDIR => FileType::Directory,
        libc::S_IFLNK => FileType::Link,
        _ => FileType::Other,
    })
}

/// Whether two names refer to the same file, directory or link.
pub fn is_same(one: &[u8], other: &[u8]) -> io::Result<bool> {
    Ok(stamp_of(&stat_path(one, false)?).id == stamp_of(&stat_path(other, false)?).id)
}

/// Returns the stamp of a directory; anything else is `ENOTDIR`.
pub fn stamp(dir: &[u8]) -> io::Result<Stamp> {
    stamp_of_dir(&stat_path(dir, true)?)
}

/// An open directory, to be read once.
#[derive(Debug)]
pub struct DirReader(*mut libc::DIR);

impl DirReader {
    pub fn open(name: &[u8]) -> io::Result<DirReader> {
        let name = c_path(name)?;
        // SAFETY: the name is a C string.
        let dir = unsafe { libc::opendir(name.as_ptr()) };
        if dir.is_null() { Err(io::Error::last()) } else { Ok(DirReader(dir)) }
    }

    fn fd(&self) -> Fd {
        // SAFETY: it is open.
        unsafe { libc::dirfd(self.0) }
    }

    pub fn stamp(&self) -> io::Result<Stamp> {
        stamp_of_dir(&status(self.fd())?)
    }

    /// Whether every change of the directory's entries, whoever makes it, changes its stamp. This holds on local file
    /// systems, but not on network file systems, FUSE and FAT.
    #[cfg(target_os = "linux")]
    #[allow(clippy::unnecessary_cast, clippy::cast_sign_loss, clippy::cast_possible_truncation)]
    pub fn has_reliable_stamps(&self) -> bool {
        const EXT: u32 = 0xef53;
        const XFS: u32 = 0x5846_5342;
        const BTRFS: u32 = 0x9123_683e;
        const F2FS: u32 = 0xf2f5_2010;
        const BCACHEFS: u32 = 0xca45_1a4e;
        const ZFS: u32 = 0x2fc1_2fc1;
        const TMPFS: u32 = 0x0102_1994;
        const OVERLAYFS: u32 = 0x794c_7630;
        // SAFETY: statfs consists of integers, for which 0 is valid.
        let mut system: libc::statfs64 = unsafe { core::mem::zeroed() };
        // SAFETY: `system` is valid for writing.
        let result = unsafe { libc::fstatfs64(self.fd(), &mut system) };
        let known = [EXT, XFS, BTRFS, F2FS, BCACHEFS, ZFS, TMPFS, OVERLAYFS];
        result == 0 && known.contains(&(system.f_type as u32))
    }

    /// Unknown on macOS.
    #[cfg(target_os = "macos")]
    pub fn has_reliable_stamps(&self) -> bool {
        false
    }

    /// Calls `show` for each name except `.` and `..`.
    pub fn names(&mut self, mut show: impl FnMut(&[u8])) -> io::Result<()> {
        loop {
            io::Error::from_errno(0).set_errno();
            // SAFETY: it is open.
            let entry = unsafe { readdir(self.0) };
            if entry.is_null() {
                let error = io::Error::last();
                return if error.errno() == 0 { Ok(()) } else { Err(error) };
            }
            // An entry is only as long as its name, so it must not be accessed by a reference to the whole structure.
            let name = entry.cast::<c_char>().wrapping_add(offset_of!(dirent, d_name));
            // SAFETY: the name in an entry is a C string, valid until the next call of readdir.
            let name = unsafe { CStr::from_ptr(name) }.to_bytes();
            if !matches!(name, b"." | b"..") {
                show(name);
            }
        }
    }
}

impl Drop for DirReader {
    fn drop(&mut self) {
        // SAFETY: the directory is open.
        unsafe { libc::closedir(self.0) };
    }
}
