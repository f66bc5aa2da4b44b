//! The built-in `DOS ` procedure: disk files.
//!
//! Its whole state is in the `MMIOINFO`: the descriptor in `adwInfo[0]`, the position in `lDiskOffset` with its high
//! half in `adwInfo[1]`, and flags in `adwInfo[2]`. It reads and writes with `pread` and `pwrite` where it can, so that
//! a forked child, or another user of the descriptor, does not change the position.
#![forbid(unsafe_code)]

use super::cross_device;
use super::message::Message;
use crate::abi;
use crate::error::Error;
use crate::memory::{Info, Source, Target};
use crate::name::Name;
use crate::path;
use crate::share::{self, Claim};
use crate::sys::{self, Abilities, Fd, FdType, io};
use crate::trace;
use core::ffi::CStr;

/// `adwInfo[2]`: the descriptor was adopted, and `MMIO_FHOPEN` leaves it open.
const ADOPTED: u32 = 1;

/// `adwInfo[2]`: the descriptor is a stream, which cannot seek.
const STREAM: u32 = 2;

/// `adwInfo[2]`: `MMIOM_WRITEFLUSH` forces bytes to the disk.
const DURABLE: u32 = 4;

/// `adwInfo[2]`: the system appends every write, whatever the position (`O_APPEND`).
const APPEND: u32 = 8;

/// `adwInfo[2]`: the descriptor can be read; it can be written.
const READABLE: u32 = 16;
const WRITABLE: u32 = 32;

/// `adwInfo[2]`, from this bit on: the fork count of the process that opened the file and claimed its share mode.
const OPENER_SHIFT: u32 = 8;

/// In the environment: `1` makes every file durable.
const DURABLE_VARIABLE: &CStr = c"MMSYSTEM_DURABLE";

/// How many bytes of a stream are read at once to skip them.
const SKIP_BUFFER: usize = 4096;

/// The state of a disk file, from the structure.
#[derive(Clone, Copy, Debug)]
struct Disk {
    fd: Fd,
    position: i64,
    fd_flags: u32,
}

impl Disk {
    fn load(info: Info<'_>) -> Disk {
        let [fd, high, fd_flags] = info.words();
        Disk { fd: Fd::from_ne_bytes(fd.to_ne_bytes()), position: join(info.position(), high), fd_flags }
    }

    fn store(self, info: Info<'_>) {
        let (low, high) = split(self.position);
        info.set_position(low);
        info.set_words([u32::from_ne_bytes(self.fd.to_ne_bytes()), high, self.fd_flags]);
    }

    fn is_stream(self) -> bool {
        self.fd_flags & STREAM != 0
    }

    fn advance(&mut self, count: usize) -> isize {
        let moved = i64::try_from(count).ok().and_then(|count| self.position.checked_add(count));
        self.position = moved.unwrap_or(self.position);
        isize::try_from(count).unwrap_or(-1)
    }
}

/// Splits a position into the halves that are kept in `lDiskOffset` and `adwInfo[1]`.
pub fn split(position: i64) -> (i32, u32) {
    let [a, b, c, d, e, f, g, h] = position.to_le_bytes();
    (i32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
}

pub fn join(low: i32, high: u32) -> i64 {
    let ([a, b, c, d], [e, f, g, h]) = (low.to_le_bytes(), high.to_le_bytes());
    i64::from_le_bytes([a, b, c, d, e, f, g, h])
}

pub fn with_durability(words: [u32; 3], on: bool) -> [u32; 3] {
    let [fd, high, fd_flags] = words;
    [fd, high, if on { fd_flags | DURABLE } else { fd_flags & !DURABLE }]
}

pub fn is_stream(words: [u32; 3]) -> bool {
    let [_, _, fd_flags] = words;
    fd_flags & STREAM != 0
}

/// Whether the system appends every write.
pub fn appends(words: [u32; 3]) -> bool {
    let [_, _, fd_flags] = words;
    fd_flags & APPEND != 0
}

pub fn is_durable(words: [u32; 3]) -> bool {
    let [_, _, fd_flags] = words;
    fd_flags & DURABLE != 0
}

/// Whether the descriptor of an open file can be read, and whether it can be written.
pub fn access(words: [u32; 3]) -> (bool, bool) {
    let [_, _, fd_flags] = words;
    (fd_flags & READABLE != 0, fd_flags & WRITABLE != 0)
}

/// The position of an open file, from the structure.
pub fn position(info: Info<'_>) -> i64 {
    Disk::load(info).position
}

pub fn set_position(info: Info<'_>, position: i64) {
    Disk { position, ..Disk::load(info) }.store(info);
}

/// The size of an open file.
pub fn end(info: Info<'_>) -> Result<i64, Error> {
    let disk = Disk::load(info);
    if disk.is_stream() {
        return Err(Error::CannotSeek);
    }
    sys::size(disk.fd).map_err(|_| Error::CannotSeek)
}

/// Handles a message, and returns the result of the procedure.
pub fn message(info: Info<'_>, message: Message<'_>) -> isize {
    match message {
        Message::Open(name) => return Error::to_lresult(open(info, name)),
        Message::Close(flags) => return Error::to_lresult(close(info, flags)),
        Message::Rename(old, new) => return Error::to_lresult(rename(old, new)),
        Message::Other(..) => return 0,
        _ => {}
    }
    let mut disk = Disk::load(info);
    let result = match message {
        Message::Seek(offset, origin) => match seek(&mut disk, offset, origin) {
            Ok(()) => isize::try_from(disk.position).unwrap_or(isize::MAX),
            Err(_) => -1,
        },
        message => transfer(&mut disk, message),
    };
    disk.store(info);
    result
}

/// Handles a message that transfers, for an open file with these words and this position. Returns the result of the
/// procedure, and the new words and position.
pub fn transfer_at(words: [u32; 3], position: i64, message: Message<'_>) -> (isize, [u32; 3], i64) {
    let [fd, _, fd_flags] = words;
    let mut disk = Disk { fd: Fd::from_ne_bytes(fd.to_ne_bytes()), position, fd_flags };
    let result = transfer(&mut disk, message);
    let (_, high) = split(disk.position);
    (result, [fd, high, fd_flags], disk.position)
}

#[inline]
fn transfer(disk: &mut Disk, message: Message<'_>) -> isize {
    match message {
        Message::Read(target) => read(disk, target),
        Message::Write(source) => write(disk, source, false),
        Message::WriteFlush(source) => write(disk, source, disk.fd_flags & DURABLE != 0),
        _ => return 0,
    }
    .unwrap_or(-1)
}

fn read(disk: &mut Disk, target: Target<'_>) -> io::Result<isize> {
    let count = if disk.is_stream() {
        sys::read_stream(disk.fd, target)?
    } else {
        // The system refuses a read that would end beyond the largest position.
        let room = usize::try_from(i64::MAX.saturating_sub(disk.position)).unwrap_or(usize::MAX);
        sys::read_at(disk.fd, target.first(room), disk.position)?
    };
    Ok(disk.advance(count))
}

/// Writes. A durable write that cannot be forced to the disk fails without moving the position, and can be repeated.
fn write(disk: &mut Disk, source: Source<'_>, durable: bool) -> io::Result<isize> {
    let count = if disk.is_stream() {
        sys::write_stream(disk.fd, source)?
    } else if source.is_empty() {
        0
    } else if disk.fd_flags & APPEND != 0 && sys::size(disk.fd)? != disk.position {
        // The bytes would be appended, and not be where the program put them.
        return Err(io::Error::from_errno(libc::EACCES));
    } else {
        sys::write_at(disk.fd, source, disk.position)?
    };
    if durable {
        sys::sync_data(disk.fd)?;
    }
    Ok(disk.advance(count))
}

fn seek(disk: &mut Disk, offset: i64, origin: i32) -> Result<(), Error> {
    let target = match origin {
        libc::SEEK_SET => Some(offset),
        libc::SEEK_CUR => disk.position.checked_add(offset),
        // win: SEEK_END counts backwards.
        libc::SEEK_END if !disk.is_stream() => sys::size(disk.fd)?.checked_sub(offset),
        _ => None,
    };
    let target = target.filter(|&target| target >= 0).ok_or(Error::CannotSeek)?;
    if disk.is_stream() {
        return skip(disk, target);
    }
    disk.position = target;
    Ok(())
}

/// Moves forward on a stream by reading.
fn skip(disk: &mut Disk, target: i64) -> Result<(), Error> {
    let mut scratch = [0; SKIP_BUFFER];
    while disk.position < target {
        let left = usize::try_from(target.saturating_sub(disk.position)).unwrap_or(SKIP_BUFFER);
        if read(disk, Target::from(&mut scratch[..]).first(left))? == 0 {
            break;
        }
    }
    if disk.position == target { Ok(()) } else { Err(Error::CannotSeek) }
}

/// Opens or deletes a file, or adopts the descriptor in `adwInfo[0]`.
fn open(info: Info<'_>, name: Option<&Name>) -> Result<(), Error> {
    let flags = info.flags();
    if flags & abi::MMIO_DELETE != 0 {
        return delete(name.ok_or(Error::InvalidParam)?);
    }
    let opener = sys::fork_count()?.wrapping_shl(OPENER_SHIFT);
    let (fd, adopted, abilities) = match name {
        Some(name) => {
            let (fd, abilities) = open_by_name(name, flags)?;
            (fd, false, abilities)
        }
        None => {
            let fd = Fd::from_ne_bytes(info.first_word().to_ne_bytes());
            (fd, true, sys::abilities(fd)?)
        }
    };
    // A file that cannot be written need not be durable.
    let durable = abilities.writable && sys::is_set_to(DURABLE_VARIABLE, b"1");
    // Only a file has an end to append to.
    let appends = abilities.appends && sys::fd_type(fd)? != FdType::Other;
    let flag_if = |flag: u32, is_set: bool| if is_set { flag } else { 0 };
    let fd_flags = opener
        | flag_if(ADOPTED, adopted)
        | flag_if(STREAM, !abilities.seekable)
        | flag_if(DURABLE, durable)
        | flag_if(APPEND, appends)
        | flag_if(READABLE, abilities.readable)
        | flag_if(WRITABLE, abilities.writable);
    Disk { fd, position: abilities.position, fd_flags }.store(info);
    Ok(())
}

/// How a file is to be opened.
#[derive(Clone, Copy, Debug)]
struct OpenMode {
    os_flags: i32,
    create: bool,
    reads: bool,
    writes: bool,
    claim: Claim,
}

impl OpenMode {
    fn new(flags: u32) -> Result<OpenMode, Error> {
        // A file that is created is opened for reading and writing, whatever the flags (doc).
        let create = flags & abi::MMIO_CREATE != 0;
        let (os_flags, reads, writes) = match flags & abi::MMIO_RWMODE {
            _ if create => (libc::O_RDWR | libc::O_CREAT, true, true),
            abi::MMIO_READ => (libc::O_RDONLY, true, false),
            abi::MMIO_WRITE => (libc::O_WRONLY, false, true),
            abi::MMIO_READWRITE => (libc::O_RDWR, true, true),
            _ => return Err(Error::InvalidParam),
        };
        Ok(OpenMode { os_flags, create, reads, writes, claim: Claim::new(flags, reads, writes) })
    }
}

fn open_by_name(name: &Name, flags: u32) -> Result<(Fd, Abilities), Error> {
    let mode = OpenMode::new(flags)?;
    let native_name = path::native(name)?;
    let name = native_name.as_ref().unwrap_or(name);
    if mode.create {
        let name = path::name_for_new(name)?;
        return open_at(&name, mode).map_err(|error| path::creation_error(error, &name));
    }
    path::first_found(name, |name| open_at(name, mode))
}

fn open_at(name: &Name, mode: OpenMode) -> Result<(Fd, Abilities), Error> {
    trace::note_file(name, None);
    let fd = sys::open(&name.0, mode.os_flags | libc::O_NOCTTY)?;
    let fd_type = claim(fd, mode).inspect_err(|_| {
        // The first error is reported.
        let _ = sys::close(fd);
    })?;
    // A file that is not empty starts at 0. Others may have no position: devices, and files of /proc, whose size is 0.
    let position = if fd_type == FdType::File { Some(0) } else { sys::position(fd) };
    let abilities = Abilities {
        readable: mode.reads,
        writable: mode.writes,
        seekable: position.is_some(),
        appends: false,
        position: position.unwrap_or(0),
    };
    Ok((fd, abilities))
}

/// Claims the share mode, and only then truncates a file that is to be created. Returns what the descriptor is.
fn claim(fd: Fd, mode: OpenMode) -> Result<FdType, Error> {
    let fd_type = sys::fd_type(fd)?;
    match fd_type {
        FdType::Directory => return Err(Error::AccessDenied),
        FdType::File | FdType::Empty => mode.claim.enforce(fd)?,
        FdType::Other => {}
    }
    if mode.create {
        sys::truncate(fd)?;
    }
    Ok(fd_type)
}

/// Claims the share mode in `flags` for a descriptor of the program, until it is closed.
pub fn share(fd: Fd, flags: u32) -> Result<(), Error> {
    let Abilities { readable, writable, .. } = sys::abilities(fd).map_err(|_| Error::InvalidParam)?;
    match sys::fd_type(fd)? {
        FdType::File | FdType::Empty => Claim::new(flags, readable, writable).enforce(fd),
        FdType::Directory | FdType::Other => Ok(()),
    }
}

fn delete(name: &Name) -> Result<(), Error> {
    let native_name = path::native(name)?;
    path::with_case_fallback(native_name.as_ref().unwrap_or(name), |name| {
        trace::note_file(name, None);
        Ok(sys::delete(&name.0)?)
    })
}

fn close(info: Info<'_>, flags: u32) -> Result<(), Error> {
    let mut disk = Disk::load(info);
    if flags & abi::MMIO_FHOPEN != 0 && disk.fd_flags & ADOPTED != 0 {
        // The program continues at the current position.
        return if disk.is_stream() {
            Ok(())
        } else {
            sys::set_position(disk.fd, disk.position).map_err(|_| Error::CannotSeek)
        };
    }
    // A forked child that closes its copy does not release the share mode of its parent.
    let is_opener = sys::fork_count().is_ok_and(|fork_count| {
        disk.fd_flags >> OPENER_SHIFT == fork_count.wrapping_shl(OPENER_SHIFT) >> OPENER_SHIFT
    });
    if disk.fd_flags & ADOPTED == 0 && is_opener {
        share::release(disk.fd);
    }
    let closed = sys::close(disk.fd).map_err(|_| Error::CannotClose);
    disk.fd = -1;
    disk.store(info);
    closed
}

/// Renames a file. It never overwrites (win), and copies to another file system.
fn rename(old: &Name, new: &Name) -> Result<(), Error> {
    let (native_name, new_native_name) = (path::native(old)?, path::native(new)?);
    let new = path::rename_target(new_native_name.as_ref().unwrap_or(new))?;
    path::path_with_case_fallback(native_name.as_ref().unwrap_or(old), |old| {
        trace::note_file(old, Some(&new));
        if path::is_there(&old.0)? && path::is_name_taken(&new, old)? {
            Err(Error::AccessDenied)
        } else {
            rename_file(old, &new)
        }
    })
}

fn rename_file(old: &Name, new: &Name) -> Result<(), Error> {
    match sys::rename(&old.0, &new.0) {
        Err(error) if error.errno() == libc::EXDEV => cross_device::move_file(old, new),
        // If the old name exists, it is the directory of the new one that does not.
        Err(error) if error.errno() == libc::ENOENT && sys::exists(&old.0).is_ok() => {
            Err(Error::PathNotFound)
        }
        result => Ok(result?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_being_split() {
        for position in [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000, i64::MAX] {
            let (low, high) = split(position);
            assert_eq!(join(low, high), position);
        }
    }
}
