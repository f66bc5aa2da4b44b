//! Directories: what is there under a name, their names, and what tells whether they are still the same.

use super::{Fd, c_path, check, io, status};
use core::ffi::{CStr, c_char};
use core::mem::offset_of;

#[cfg(target_os = "macos")]
use libc::{dirent, readdir, stat};
#[cfg(target_os = "linux")]
use libc::{dirent64 as dirent, readdir64 as readdir, stat64 as stat};

/// Seconds, and nanoseconds.
pub type Time = (i64, i64);

/// Which directory or file it is, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId {
    pub device: u64,
    pub inode: u64,
}

/// Which directory or file it is, and when what is in it changed last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub id: FileId,
    pub modified: Time,
    pub changed: Time,
}

/// The fields are of another type on each system.
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

/// What is there under a name: of a link, the link itself, or what it `follow_links` to. The rights that count are those of opening.
#[inline(never)]
fn stat_path(name: &[u8], follow_links: bool) -> io::Result<stat> {
    #[cfg(target_os = "macos")]
    use libc::{lstat, stat as follow};
    #[cfg(target_os = "linux")]
    use libc::{lstat64 as lstat, stat64 as follow};
    let name = c_path(name)?;
    // SAFETY: all of stat is numbers, for which zero is a value.
    let mut status: stat = unsafe { core::mem::zeroed() };
    let look = if follow_links { follow } else { lstat };
    // SAFETY: the name is a C string, and `status` is valid for writing.
    check(unsafe { look(name.as_ptr(), &mut status) })?;
    Ok(status)
}

/// Whether there is something of this name, be it a link that leads nowhere.
pub fn exists(name: &[u8]) -> io::Result<()> {
    stat_path(name, false).map(|_| ())
}

/// Whether there is something of this name, where a link of this name leads to.
pub fn target_exists(name: &[u8]) -> io::Result<()> {
    stat_path(name, true).map(|_| ())
}

/// What there is under a name.
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

/// Whether two names are those of one file, directory or link.
pub fn is_same(one: &[u8], other: &[u8]) -> io::Result<bool> {
    let (one, other) = (stat_path(one, false)?, stat_path(other, false)?);
    Ok(one.st_dev == other.st_dev && one.st_ino == other.st_ino)
}

/// The stamp of the directory with this name; `ENOTDIR` for anything else.
pub fn stamp(dir: &[u8]) -> io::Result<Stamp> {
    stamp_of_dir(&stat_path(dir, true)?)
}

/// The time by which the system stamps directories.
#[allow(clippy::useless_conversion)]
pub fn now() -> Time {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `now` is valid for writing.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut now) };
    (now.tv_sec.into(), now.tv_nsec.into())
}

/// A directory that is open, to be read once.
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

    /// Whether its stamp changes with each change of its names, whoever makes it: so it is on file systems of this
    /// machine, and not on those of a network, or behind a program (FUSE), nor on FAT.
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
        // SAFETY: all of statfs is numbers, for which zero is a value.
        let mut system: libc::statfs64 = unsafe { core::mem::zeroed() };
        // SAFETY: `system` is valid for writing.
        let answer = unsafe { libc::fstatfs64(self.fd(), &mut system) };
        let known = [EXT, XFS, BTRFS, F2FS, BCACHEFS, ZFS, TMPFS, OVERLAYFS];
        answer == 0 && known.contains(&(system.f_type as u32))
    }

    /// (Not looked into on macOS.)
    #[cfg(target_os = "macos")]
    pub fn has_reliable_stamps(&self) -> bool {
        false
    }

    /// Shows the names in it, but for `.` and `..`.
    pub fn names(&mut self, mut show: impl FnMut(&[u8])) -> io::Result<()> {
        loop {
            io::Error::from_errno(0).set_errno();
            // SAFETY: it is open.
            let entry = unsafe { readdir(self.0) };
            if entry.is_null() {
                let error = io::Error::last();
                return if error.errno() == 0 { Ok(()) } else { Err(error) };
            }
            // An entry is only as long as its name, so there may be no reference to it.
            let name = entry.cast::<c_char>().wrapping_add(offset_of!(dirent, d_name));
            // SAFETY: the name in an entry is a C string, and stays until the next entry is asked for.
            let name = unsafe { CStr::from_ptr(name) }.to_bytes();
            if !matches!(name, b"." | b"..") {
                show(name);
            }
        }
    }
}

impl Drop for DirReader {
    fn drop(&mut self) {
        // SAFETY: it is open. (Closing fails only for what is none.)
        unsafe { libc::closedir(self.0) };
    }
}
