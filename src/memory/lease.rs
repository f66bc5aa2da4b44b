//! A lease on buffered bytes, usable without entering the file.

use super::{Buffer, Source, Target};
use core::cell::Cell;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr;

/// Copies 1 to 16 bytes, which may overlap, without calling `memmove`. Returns false, and does nothing, for any other
/// count. The bytes may be uninitialised, as the padding of a structure is: they are not read as integers.
///
/// # Safety
/// - `from` must be valid for reading `count` bytes, `to` for writing them.
#[inline]
unsafe fn copy_small(from: *const u8, to: *mut u8, count: usize) -> bool {
    /// Copies the first `T` and the last, which together are all of `count` bytes.
    ///
    /// # Safety
    /// - As for `copy_small`, and `count` must be one to two times the size of `T`.
    #[inline]
    unsafe fn both<T: Copy>(from: *const u8, to: *mut u8, count: usize) {
        let last = count.wrapping_sub(size_of::<T>());
        // SAFETY: the caller's promise. Both are read before the first is written.
        unsafe {
            let first = from.cast::<MaybeUninit<T>>().read_unaligned();
            let second = from.wrapping_add(last).cast::<MaybeUninit<T>>().read_unaligned();
            to.cast::<MaybeUninit<T>>().write_unaligned(first);
            to.wrapping_add(last).cast::<MaybeUninit<T>>().write_unaligned(second);
        }
    }
    // SAFETY: the caller's promise, for each count.
    unsafe {
        match count {
            4 => to
                .cast::<MaybeUninit<u32>>()
                .write_unaligned(from.cast::<MaybeUninit<u32>>().read_unaligned()),
            5..=8 => both::<u32>(from, to, count),
            9..=16 => both::<u64>(from, to, count),
            2..=3 => both::<u16>(from, to, count),
            1 => both::<u8>(from, to, count),
            _ => return false,
        }
    }
    true
}

/// Bytes of a buffer, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Lookahead<'a> {
    at: *const u8,
    len: usize,
    marker: PhantomData<&'a Cell<u8>>,
}

impl Lookahead<'_> {
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns the `N` bytes from `index` on, if there are that many. They must be initialised.
    #[inline]
    pub fn array<const N: usize>(&self, index: usize) -> Option<[u8; N]> {
        self.array_with_room(index, N)
    }

    /// The same, if there are `room` bytes from `index` on.
    #[inline]
    pub fn array_with_room<const N: usize>(&self, index: usize, room: usize) -> Option<[u8; N]> {
        if index.checked_add(room.max(N))? > self.len {
            return None;
        }
        // SAFETY: index + N <= len, for which the address is valid.
        Some(unsafe { self.at.wrapping_add(index).cast::<[u8; N]>().read_unaligned() })
    }
}

/// The direction of a transfer, seen from the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Read,
    Write,
}

/// `end` of a lease whose position is unknown. A lease with bytes never ends at 0.
const NO_POSITION: u32 = 0;

/// Bytes of a buffer that may be read, or written, in order without entering the file. Each call that enters the file
/// revokes the lease first, so the buffer does not move while there is one. All zeros is no lease.
#[derive(Debug)]
pub struct Lease {
    /// The address of the next byte, and how many are left to read or to write; one of the two counts is 0.
    at: Cell<*mut u8>,
    readable: Cell<u32>,
    writable: Cell<u32>,
    /// How many bytes were leased, 0 if there is no lease; and the bit `FOR_WRITING`.
    total: Cell<u32>,
    /// The position in the file after the last byte. `NO_POSITION` if there is no lease, or the position exceeds 32
    /// bits.
    end: Cell<u32>,
}

/// In `total`: the bytes may be written. `MAX_SIZE` is less than this bit.
const FOR_WRITING: u32 = 1 << 31;

impl Lease {
    pub const fn none() -> Lease {
        Lease {
            at: Cell::new(ptr::null_mut()),
            readable: Cell::new(0),
            writable: Cell::new(0),
            total: Cell::new(0),
            end: Cell::new(NO_POSITION),
        }
    }

    /// Fills `target`, if that many bytes are left to read.
    #[inline]
    pub fn read(&self, target: Target<'_>) -> bool {
        self.consume(&self.readable, target.len, |at| {
            // SAFETY: the buffer has that many leased bytes there, and the target is valid for its length.
            unsafe { ptr::copy(at, target.at, target.len) };
            true
        })
    }

    /// The same, for 1 to 16 bytes.
    #[inline]
    pub fn read_small(&self, target: Target<'_>) -> bool {
        if target.len == 4 {
            // SAFETY: as in `read`.
            return self.consume(&self.readable, 4, |at| unsafe { copy_small(at, target.at, 4) });
        }
        self.consume(&self.readable, target.len, |at| {
            // SAFETY: as in `read`.
            unsafe { copy_small(at, target.at, target.len) }
        })
    }

    /// Writes `source`, if that many bytes are left to write.
    #[inline]
    pub fn write(&self, source: Source<'_>) -> bool {
        self.consume(&self.writable, source.len, |at| {
            // SAFETY: as in `read`, with source and destination exchanged.
            unsafe { ptr::copy(source.at, at, source.len) };
            true
        })
    }

    /// The same, for 1 to 16 bytes.
    #[inline]
    pub fn write_small(&self, source: Source<'_>) -> bool {
        if source.len == 4 {
            // SAFETY: as in `read`, with source and destination exchanged.
            return self.consume(&self.writable, 4, |at| unsafe { copy_small(source.at, at, 4) });
        }
        self.consume(&self.writable, source.len, |at| {
            // SAFETY: as in `read`, with source and destination exchanged.
            unsafe { copy_small(source.at, at, source.len) }
        })
    }

    /// Advances by `count` bytes, if that many are left and `copy` succeeds.
    #[inline]
    fn consume(&self, left: &Cell<u32>, count: usize, copy: impl FnOnce(*mut u8) -> bool) -> bool {
        let after = u32::try_from(count).ok().and_then(|count| left.get().checked_sub(count));
        let Some(after) = after else { return false };
        let at = self.at.get();
        if !copy(at) {
            return false;
        }
        self.at.set(at.wrapping_add(count));
        left.set(after);
        true
    }

    /// Advances to a position, if it is not before the next byte and less than the end.
    #[inline]
    pub fn skip_to(&self, position: i64) -> bool {
        let (end, readable) = (i64::from(self.end.get()), i64::from(self.readable.get()));
        // If the position is unknown, `end` is 0 and `left` less than 1. If no bytes are left to read, `left` exceeds
        // them.
        let left = end.wrapping_sub(position);
        if left < 1 || left > readable {
            return false;
        }
        let count = readable.wrapping_sub(left);
        self.consume(&self.readable, usize::try_from(count).unwrap_or(usize::MAX), |_| true)
    }

    /// Advances by `count` bytes without reading them, if that many are left.
    #[inline]
    pub fn skip(&self, count: usize) -> bool {
        self.consume(&self.readable, count, |_| true)
    }

    /// Returns the bytes that are left to read, and the position of the first, if it is known.
    #[inline]
    pub fn lookahead(&self) -> Option<(Lookahead<'_>, u32)> {
        let readable = self.readable.get();
        let position = self.end.get().checked_sub(readable)?;
        Some((Lookahead { at: self.at.get(), len: readable as usize, marker: PhantomData }, position))
    }

    /// Returns the position of the next byte to write, if one is left and the position is known.
    #[inline]
    pub fn write_position(&self) -> Option<u32> {
        let writable = self.writable.get();
        if writable == 0 { None } else { self.end.get().checked_sub(writable) }
    }

    /// Writes `N` bytes, if that many are left to write.
    #[inline]
    pub fn put<const N: usize>(&self, bytes: [u8; N]) -> bool {
        self.consume(&self.writable, N, |at| {
            // SAFETY: the buffer has N leased bytes there.
            unsafe { at.cast::<[u8; N]>().write_unaligned(bytes) };
            true
        })
    }

    /// Overwrites bytes that were written under this lease, `back` bytes before the cursor; false if they were not.
    #[inline]
    pub fn patch<const N: usize>(&self, back: usize, bytes: [u8; N]) -> bool {
        let total = self.total.get();
        let written = (total & !FOR_WRITING).wrapping_sub(self.writable.get()) as usize;
        if total & FOR_WRITING == 0 || back < N || back > written {
            return false;
        }
        // SAFETY: the `written` bytes before the next one were leased, and N <= back <= written.
        unsafe { self.at.get().wrapping_sub(back).cast::<[u8; N]>().write_unaligned(bytes) };
        true
    }

    /// Ends the lease, if there is one. Returns its direction, and how many bytes were used.
    #[inline]
    pub fn revoke(&self) -> Option<(Direction, usize)> {
        self.end.set(NO_POSITION);
        let total = self.total.replace(0);
        if total == 0 {
            return None;
        }
        let left = self.readable.replace(0).saturating_add(self.writable.replace(0));
        let direction = if total & FOR_WRITING != 0 { Direction::Write } else { Direction::Read };
        Some((direction, (total & !FOR_WRITING).saturating_sub(left) as usize))
    }
}

impl Buffer {
    /// The bytes from `from` to `to`, or to the end of the buffer.
    #[inline]
    pub fn lookahead(&self, from: usize, to: usize) -> Lookahead<'_> {
        let len = to.min(self.len()).saturating_sub(from);
        Lookahead { at: self.base.get().wrapping_add(from), len, marker: PhantomData }
    }

    /// Leases the bytes from `from` to `to`, or to the end of the buffer. `position` is that of the first byte.
    #[inline]
    pub fn lease(&self, lease: &Lease, direction: Direction, from: usize, to: usize, position: i64) {
        let count = to.min(self.len()).saturating_sub(from);
        let count = u32::try_from(count).unwrap_or(0);
        lease.at.set(self.base.get().wrapping_add(from));
        let end = u32::try_from(position).ok().and_then(|start| start.checked_add(count));
        lease.end.set(end.unwrap_or(NO_POSITION));
        let (readable, writable) = if direction == Direction::Read { (count, 0) } else { (0, count) };
        lease.total.set(if writable > 0 { count | FOR_WRITING } else { count });
        lease.readable.set(readable);
        lease.writable.set(writable);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Block;

    /// Miri detects an uninitialised byte that is read as an integer.
    #[test]
    fn small_copies_accept_uninitialised_bytes() {
        let buffer = Buffer::new(Block::allocate(32).unwrap());
        let lease = Lease::none();
        for count in 0..=17_usize {
            let few = (1..=16).contains(&count);
            let mut bytes = [MaybeUninit::<u8>::uninit(); 17];
            let last = count.saturating_sub(1);
            bytes[last].write(7);
            buffer.lease(&lease, Direction::Write, 0, 32, 0);
            // SAFETY: the array has 17 bytes, and `count` is no more.
            assert_eq!(lease.write_small(unsafe { Source::new(bytes.as_ptr().cast(), count) }), few);
            assert_eq!(lease.revoke(), Some((Direction::Write, if few { count } else { 0 })));
            let mut back = [MaybeUninit::<u8>::uninit(); 17];
            buffer.lease(&lease, Direction::Read, 0, 32, 0);
            // SAFETY: as above.
            assert_eq!(lease.read_small(unsafe { Target::new(back.as_mut_ptr().cast(), count) }), few);
            // SAFETY: the last byte was set.
            assert!(!few || unsafe { back[last].assume_init() } == 7);
        }
    }
}
