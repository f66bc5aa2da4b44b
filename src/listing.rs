//! A cache of directory listings, for look-ups that ignore case.
//!
//! A name that does not exist costs a read of its whole directory, as the directory may have the name in another case.
//! A listing is cached, and stays valid for as long as the directory has the same stamp (the times of its last
//! modification and change). This is sound if
//!
//! - the file system stamps every change, whoever makes it ([`sys::DirReader::has_reliable_stamps`]);
//! - the stamp was already old when the read began ([`MIN_STAMP_AGE`]): any later change then gives the directory
//!   another stamp, however coarse the clock of the file system is;
//! - and the stamp was the same when the read ended.
//!
//! The listing of any other directory is not cached. The lock of the cache guards the cached listings. It is not held
//! during system calls.
#![forbid(unsafe_code)]

use crate::error::Error;
use crate::fallible;
use crate::lock::Lock;
use crate::name::Name;
use crate::sys::{self, FileId, Stamp, Time, Timeout, io};
use alloc::collections::BinaryHeap;
use core::cell::Cell;

/// Twice the coarsest resolution of a file system's clock, in seconds.
const MIN_STAMP_AGE: i64 = 2;
/// Limits of the cache: directories, and names and bytes in each. A larger directory is not cached.
const MAX_DIRS: usize = 8;
const MAX_NAMES: usize = 1 << 14;
const MAX_BYTES: usize = 1 << 20;

static CACHE: Cache = Cache::new();

/// The result of a look-up in a directory.
#[derive(Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The directory does not exist.
    NoDirectory,
    /// It is not a directory, or it may be searched but not read.
    Unreadable,
    NotFound,
    /// The entry whose name differs at most in case; of several, the first in byte order.
    Found(Vec<u8>),
}

/// Looks up a name in a directory, ignoring case. Also returns the identity of the directory, if it exists.
pub fn lookup(dir: &[u8], name: &[u8]) -> Result<(Lookup, Option<FileId>), Error> {
    let dir = RealDirectory::new(dir);
    let lookup = CACHE.lookup(&dir, name)?;
    Ok((lookup, dir.id.get()))
}

/// See `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| CACHE.0.is_busy())
}

/// In a forked child: takes the lock from the other threads of the parent. If one of them was using the cache, the
/// cache is emptied.
pub fn reclaim(was_quiesced: bool) {
    CACHE.0.reclaim_or_reset(was_quiesced);
}

/// Frees the cache.
#[cfg(target_os = "linux")]
pub fn clear() {
    CACHE.clear();
}

/// Folds a name to lower case. A final sigma is folded to the other sigma. In a name that is not UTF-8 only ASCII
/// letters are folded.
pub fn fold_case(name: &[u8]) -> Result<Vec<u8>, Error> {
    if !name.is_ascii() {
        if let Ok(text) = core::str::from_utf8(name) {
            let plain = |letter| if letter == 'ς' { 'σ' } else { letter };
            // `str::to_lowercase` would choose between the two.
            let folded = text.chars().flat_map(char::to_lowercase).map(plain);
            return Ok(Name::from_chars(folded.map(Some))?.0);
        }
    }
    let mut folded = fallible::concat(&[name])?;
    folded.make_ascii_lowercase();
    Ok(folded)
}

/// A directory and the clock: the system's, or those of the model in the tests.
trait Directory {
    type OpenDirectory: OpenDirectory;
    fn stamp(&self) -> io::Result<Stamp>;
    fn open(&self) -> io::Result<Self::OpenDirectory>;
}

trait OpenDirectory {
    fn stamp(&self) -> io::Result<Stamp>;
    fn has_reliable_stamps(&self) -> bool;
    fn now(&self) -> Time;
    fn names(&mut self, f: impl FnMut(&[u8])) -> io::Result<()>;
}

/// A directory of the system, by its name.
struct RealDirectory<'a> {
    name: &'a [u8],
    /// Its identity, known once `stamp` was called.
    id: Cell<Option<FileId>>,
}

impl RealDirectory<'_> {
    fn new(name: &[u8]) -> RealDirectory<'_> {
        RealDirectory { name, id: Cell::new(None) }
    }
}

impl Directory for RealDirectory<'_> {
    type OpenDirectory = sys::DirReader;

    fn stamp(&self) -> io::Result<Stamp> {
        let stamp = sys::stamp(self.name)?;
        self.id.set(Some(stamp.id));
        Ok(stamp)
    }

    fn open(&self) -> io::Result<sys::DirReader> {
        sys::DirReader::open(self.name)
    }
}

impl OpenDirectory for sys::DirReader {
    fn stamp(&self) -> io::Result<Stamp> {
        sys::DirReader::stamp(self)
    }

    fn has_reliable_stamps(&self) -> bool {
        sys::DirReader::has_reliable_stamps(self)
    }

    fn now(&self) -> Time {
        sys::now()
    }

    fn names(&mut self, f: impl FnMut(&[u8])) -> io::Result<()> {
        sys::DirReader::names(self, f)
    }
}

/// The names in one directory.
struct Listing {
    stamp: Stamp,
    bytes: Vec<u8>,
    /// Sorted by hash, then by folded name, then by name.
    entries: Vec<Entry>,
}

/// In the order of the hashes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Hash of the folded name.
    hash: u32,
    /// The folded name and the name itself.
    folded: Span,
    name: Span,
}

/// A range in `bytes`.
type Span = (u32, u32);

/// FNV-1a.
fn hash(folded: &[u8]) -> u32 {
    folded.iter().fold(0x811c_9dc5, |hash: u32, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

impl Listing {
    fn new(stamp: Stamp) -> Listing {
        Listing { stamp, bytes: Vec::new(), entries: Vec::new() }
    }

    fn at(&self, (start, end): Span) -> &[u8] {
        self.bytes.get(start as usize..end as usize).unwrap_or_default()
    }

    fn put(&mut self, name: &[u8]) -> Option<Span> {
        if self.bytes.len().checked_add(name.len())? > MAX_BYTES {
            return None;
        }
        self.bytes.try_reserve(name.len()).ok()?;
        let start = u32::try_from(self.bytes.len()).ok()?;
        self.bytes.extend_from_slice(name);
        Some((start, u32::try_from(self.bytes.len()).ok()?))
    }

    /// Adds a name. Returns None if the listing would exceed a limit, or memory is exhausted.
    fn add(&mut self, folded: &[u8], name: &[u8]) -> Option<()> {
        if self.entries.len() >= MAX_NAMES {
            return None;
        }
        let span = self.put(folded)?;
        let name = if folded == name { span } else { self.put(name)? };
        self.entries.try_reserve(1).ok()?;
        self.entries.push(Entry { hash: hash(folded), folded: span, name });
        Some(())
    }

    fn sort(&mut self) {
        // A heap sort, as its code is 5 KiB smaller than that of a slice. It allocates nothing.
        self.entries = BinaryHeap::from(core::mem::take(&mut self.entries)).into_sorted_vec();
    }

    fn find(&self, folded: &[u8]) -> Result<Lookup, Error> {
        let hash = hash(folded);
        let first = self.entries.partition_point(|entry| entry.hash < hash);
        let same =
            self.entries.get(first..).unwrap_or_default().iter().take_while(|entry| entry.hash == hash);
        let names = same.filter(|entry| self.at(entry.folded) == folded).map(|entry| self.at(entry.name));
        match names.min() {
            Some(name) => Ok(Lookup::Found(fallible::concat(&[name])?)),
            None => Ok(Lookup::NotFound),
        }
    }
}

/// The cached listings, the most recently used one last.
struct Cache(Lock<Cell<Vec<Listing>>>);

impl Cache {
    const fn new() -> Cache {
        Cache(Lock::new(Cell::new(Vec::new())))
    }

    fn lookup(&self, dir: &impl Directory, name: &[u8]) -> Result<Lookup, Error> {
        let folded = fold_case(name)?;
        let stamp = match dir.stamp() {
            Ok(stamp) => stamp,
            Err(error) => {
                return match error.errno() {
                    libc::ENOENT | libc::ENAMETOOLONG => Ok(Lookup::NoDirectory),
                    libc::ENOTDIR => Ok(Lookup::Unreadable),
                    _ => Err(error.into()),
                };
            }
        };
        if let Some(lookup) = self.get(stamp, &folded) {
            return lookup;
        }
        match dir.open() {
            Ok(dir) => {
                let (lookup, listing) = read(dir, &folded)?;
                self.insert(listing);
                Ok(lookup)
            }
            // It may have been removed since `stamp`.
            Err(error) => match error.errno() {
                libc::EACCES | libc::ENOENT | libc::ENOTDIR => Ok(Lookup::Unreadable),
                _ => Err(error.into()),
            },
        }
    }

    /// Looks a name up in the cached listing of the directory that now has this stamp.
    fn get(&self, stamp: Stamp, folded: &[u8]) -> Option<Result<Lookup, Error>> {
        self.0.with(|listings| {
            let index = listings.iter().position(|listing| listing.stamp == stamp)?;
            if let Some(moved) = listings.get_mut(index..) {
                moved.rotate_left(1);
            }
            listings.last().map(|listing| listing.find(folded))
        })
    }

    fn insert(&self, listing: Option<Listing>) {
        let Some(listing) = listing else { return };
        self.0.with(|listings| {
            listings.retain(|old| old.stamp.id != listing.stamp.id);
            if listings.len() >= MAX_DIRS {
                listings.remove(0);
            }
            // Without memory the listing is not cached.
            let _ = fallible::push(listings, listing);
        });
    }

    #[cfg(any(test, target_os = "linux"))]
    fn clear(&self) {
        self.0.try_with(core::mem::take);
    }
}

/// Reads a directory to look up a name. Also returns the listing, if it may be cached.
fn read(mut dir: impl OpenDirectory, folded: &[u8]) -> Result<(Lookup, Option<Listing>), Error> {
    let stamp = if dir.has_reliable_stamps() { dir.stamp().ok() } else { None };
    let mut listing = stamp.filter(|stamp| is_old(*stamp, dir.now())).map(Listing::new);
    let mut first: Result<Option<Vec<u8>>, Error> = Ok(None);
    let complete = dir.names(|name| {
        let Ok(before) = &first else { return };
        let entry = match fold_case(name) {
            Ok(entry) => entry,
            Err(error) => {
                first = Err(error);
                return;
            }
        };
        if entry == folded && before.as_deref().is_none_or(|before| name < before) {
            first = fallible::concat(&[name]).map(Some).map_err(Error::from);
        }
        if listing.as_mut().is_some_and(|listing| listing.add(&entry, name).is_none()) {
            listing = None;
        }
    });
    let found = first?;
    // After an incomplete read the first match need not be the first of all.
    complete?;
    let after = dir.stamp().ok();
    if let Some(listing) = &mut listing {
        listing.sort();
    }
    let listing = listing.filter(|listing| after == Some(listing.stamp));
    Ok((found.map_or(Lookup::NotFound, Lookup::Found), listing))
}

/// Whether any change from now on is sure to give another stamp.
fn is_old(stamp: Stamp, (seconds, _): Time) -> bool {
    // One second more, as fractions of a second are ignored.
    let latest = seconds.saturating_sub(MIN_STAMP_AGE).saturating_sub(1);
    stamp.modified.0 <= latest && stamp.changed.0 <= latest
}

#[cfg(test)]
#[path = "listing/tests.rs"]
mod tests;
