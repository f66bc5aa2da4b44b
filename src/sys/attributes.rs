//! Attributes of a file: owner, group, permissions, times and extended attributes.

#[cfg(target_os = "linux")]
use super::read_growing;
use super::{Fd, Metadata, io, retry, status};
#[cfg(target_os = "linux")]
use core::ffi::CStr;
use core::ffi::c_int;

/// The permissions to execute a file as somebody else.
const SET_ID_BITS: libc::mode_t = libc::S_ISUID | libc::S_ISGID;

/// The permissions that can be set. (macOS has no sticky files.)
const PERMISSIONS: libc::mode_t = if cfg!(target_os = "macos") { 0o6777 } else { 0o7777 };

/// Copies the attributes of a file to the file `to`, as far as the file system supports them and the process is
/// permitted. A failure to copy one never gives anybody but the owner more rights.
pub fn copy_attributes(from: Fd, metadata: &Metadata, to: Fd) -> io::Result<()> {
    let (owner, group) = copy_owner(metadata, to)?;
    // After the owner, as a change of the owner removes capabilities.
    let list = copy_extended_attributes(from, to)?;
    let mut mode = metadata.0.st_mode & PERMISSIONS;
    if !owner || !group {
        mode &= !SET_ID_BITS;
    }
    if !group || !list {
        // The members of the group and the others differ there: both get the rights that both had.
        let both = mode >> 3 & mode & 0o7;
        mode = mode & !0o77 | both << 3 | both;
    }
    // SAFETY: no pointers.
    if_supported(retry(|| unsafe { libc::fchmod(to, mode) }))?;
    copy_times(metadata, to)
}

/// Errors that do not mean "unsupported" or "not permitted".
const FAILURES: [c_int; 6] = [libc::EIO, libc::ENOMEM, libc::ENOSPC, libc::EDQUOT, libc::E2BIG, libc::ERANGE];

/// Returns whether the operation succeeded. A failure is an error only if it is one of `FAILURES`.
fn if_supported<T>(result: io::Result<T>) -> io::Result<bool> {
    match result {
        Err(error) if FAILURES.contains(&error.errno()) => Err(error),
        result => Ok(result.is_ok()),
    }
}

/// Returns whether the file then has the owner, and the group.
fn copy_owner(metadata: &Metadata, to: Fd) -> io::Result<(bool, bool)> {
    let (owner, group) = (metadata.0.st_uid, metadata.0.st_gid);
    let has = || status(to).map(|now| (now.st_uid == owner, now.st_gid == group));
    if has()? != (true, true) {
        // SAFETY: no pointers.
        let change = |owner| if_supported(retry(|| unsafe { libc::fchown(to, owner, group) }));
        if !change(owner)? {
            // This number leaves the owner unchanged.
            change(libc::uid_t::MAX)?;
        }
    }
    has()
}

fn copy_times(metadata: &Metadata, to: Fd) -> io::Result<()> {
    let metadata = &metadata.0;
    let times = [
        libc::timespec { tv_sec: metadata.st_atime, tv_nsec: metadata.st_atime_nsec },
        libc::timespec { tv_sec: metadata.st_mtime, tv_nsec: metadata.st_mtime_nsec },
    ];
    // SAFETY: `times` has two elements, valid for reading.
    if_supported(retry(|| unsafe { libc::futimens(to, times.as_ptr()) })).map(|_| ())
}

/// Copies the extended attributes. Returns whether the access control list was copied.
#[cfg(target_os = "linux")]
fn copy_extended_attributes(from: Fd, to: Fd) -> io::Result<bool> {
    const LIST: &CStr = c"system.posix_acl_access";
    let names = read_growing(|names| {
        // SAFETY: `names` is valid for writing its length.
        length_unless_short(unsafe { libc::flistxattr(from, names.as_mut_ptr().cast(), names.len()) })
    });
    let (mut has_list, mut same_list) = (false, true);
    for name in if_readable(names)?.unwrap_or_default().split_inclusive(|&byte| byte == 0) {
        let Ok(name) = CStr::from_bytes_with_nul(name) else { continue };
        let value = read_growing(|value| {
            // SAFETY: the name is a C string, and `value` is valid for writing its length.
            length_unless_short(unsafe {
                libc::fgetxattr(from, name.as_ptr(), value.as_mut_ptr().cast(), value.len())
            })
        });
        let set = |value: Vec<u8>| {
            // SAFETY: the name is a C string, and `value` is valid for reading its length.
            retry(|| unsafe { libc::fsetxattr(to, name.as_ptr(), value.as_ptr().cast(), value.len(), 0) })
        };
        let is_kept = match if_readable(value)? {
            Some(value) => if_supported(set(value))?,
            None => false,
        };
        if name == LIST {
            (has_list, same_list) = (true, is_kept);
        }
    }
    if has_list {
        return Ok(same_list);
    }
    // The file may have inherited a list from its directory.
    // SAFETY: the name is a C string.
    match retry(|| unsafe { libc::fremovexattr(to, LIST.as_ptr()) }) {
        Err(error) if matches!(error.errno(), libc::ENODATA | libc::ENOTSUP | libc::ENOSYS) => Ok(true),
        result => if_supported(result),
    }
}

/// Returns the length, or None if the buffer is too small.
#[cfg(target_os = "linux")]
fn length_unless_short(length: isize) -> io::Result<Option<usize>> {
    match usize::try_from(length) {
        Ok(length) => Ok(Some(length)),
        Err(_) if io::Error::last().errno() == libc::ERANGE => Ok(None),
        Err(_) => Err(io::Error::last()),
    }
}

/// Returns the bytes, or None if the file system does not support or does not permit the read.
#[cfg(target_os = "linux")]
fn if_readable(bytes: io::Result<Vec<u8>>) -> io::Result<Option<Vec<u8>>> {
    if let Err(error) = bytes {
        if_supported::<()>(Err(error))?;
    }
    Ok(bytes.ok())
}

/// Copies the extended attributes (one is the resource fork) and the access control list. Returns whether that
/// succeeded.
#[cfg(target_os = "macos")]
fn copy_extended_attributes(from: Fd, to: Fd) -> io::Result<bool> {
    let flags = libc::COPYFILE_ACL | libc::COPYFILE_XATTR;
    // SAFETY: no state is passed.
    if_supported(retry(|| unsafe { libc::fcopyfile(from, to, core::ptr::null_mut(), flags) }))
}
