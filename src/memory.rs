//! Buffers: allocated here or lent by the caller, some of which grow. Only this module turns `pch*` pointers into
//! bytes.
//!
//! A caller may keep pointers into a buffer (direct access) and pass memory that overlaps it. So no Rust reference to
//! buffered bytes ever exists: all transfers are raw copies between checked ranges.

mod chunk;
mod chunk64;
mod info;
mod lease;
mod loan;
#[cfg(test)]
mod tests;

pub use chunk::Chunk;
pub use chunk64::Chunk64;
pub use info::Info;
pub use lease::{Direction, Lease, Lookahead};

use crate::error::Error;
use alloc::boxed::Box;
use core::cell::Cell;
use core::ffi::c_char;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::{self, NonNull};
use std::alloc::{Layout, alloc_zeroed};

/// The largest size of a buffer: the maximum of a `LONG`.
pub const MAX_SIZE: usize = 0x7fff_ffff;

/// The default size of a buffer: `MMIO_DEFAULTBUFFER`.
pub const DEFAULT_SIZE: usize = 8192;

/// Memory to write to, valid for `'a`.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    at: *mut u8,
    len: usize,
    marker: PhantomData<&'a Cell<u8>>,
}

/// Memory to read from, valid for `'a`.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    at: *const u8,
    len: usize,
    marker: PhantomData<&'a Cell<u8>>,
}

macro_rules! range_of_memory {
    ($name:ident, $pointer:ty) => {
        impl<'a> $name<'a> {
            /// # Safety
            /// - `at` must be valid for `len` bytes during `'a`, or `len` must be 0.
            pub unsafe fn new(at: $pointer, len: usize) -> $name<'a> {
                $name { at, len, marker: PhantomData }
            }

            pub fn len(&self) -> usize {
                self.len
            }

            pub fn is_empty(&self) -> bool {
                self.len == 0
            }

            pub fn address(&self) -> $pointer {
                self.at
            }

            /// At most the first `count` bytes.
            pub fn first(&self, count: usize) -> $name<'a> {
                $name { len: self.len.min(count), ..*self }
            }

            /// Without the first `count` bytes.
            pub fn skip(&self, count: usize) -> $name<'a> {
                let count = count.min(self.len);
                $name {
                    at: self.at.wrapping_add(count),
                    len: self.len.saturating_sub(count),
                    marker: PhantomData,
                }
            }
        }
    };
}
range_of_memory!(Target, *mut u8);
range_of_memory!(Source, *const u8);

impl<'a> Target<'a> {
    /// The bytes that were written there, at most the first `count`.
    pub fn filled(&self, count: usize) -> Source<'a> {
        Source { at: self.at, len: self.len.min(count), marker: PhantomData }
    }
}

impl Source<'_> {
    /// Returns the first bytes, at most `N`, and how many they are. For the trace, which shows them even if they are
    /// uninitialised. (Stable Rust has no way to read such bytes; any value may be shown for them.)
    pub fn first_bytes<const N: usize>(&self) -> ([u8; N], usize) {
        let (mut bytes, count) = ([0; N], self.len.min(N));
        // SAFETY: `at` is valid for `len` bytes, and `bytes` for N.
        unsafe { ptr::copy(self.at, bytes.as_mut_ptr(), count) };
        (bytes, count)
    }
}

impl<'a> From<&'a mut [u8]> for Target<'a> {
    fn from(bytes: &'a mut [u8]) -> Target<'a> {
        Target { at: bytes.as_mut_ptr(), len: bytes.len(), marker: PhantomData }
    }
}

impl<'a> From<&'a [u8]> for Source<'a> {
    fn from(bytes: &'a [u8]) -> Source<'a> {
        Source { at: bytes.as_ptr(), len: bytes.len(), marker: PhantomData }
    }
}

/// Puts a value in a box. Returns the value itself if there is no memory.
pub fn boxed<T>(value: T) -> Result<Box<T>, T> {
    const { assert!(size_of::<T>() > 0) };
    let mut one = Vec::new();
    if one.try_reserve_exact(1).is_err() {
        return Err(value);
    }
    one.push(value);
    let all = Box::into_raw(one.into_boxed_slice());
    // SAFETY: the allocation holds one value, and has its size.
    Ok(unsafe { Box::from_raw(all.cast::<T>()) })
}

/// Allocates `count` values of zeros, which are never freed.
///
/// # Safety
/// - All zeros must be a valid `T`.
pub unsafe fn zeroed<T>(count: usize) -> Result<NonNull<T>, Error> {
    let layout = Layout::array::<T>(count).map_err(|_| Error::OutOfMemory)?;
    if layout.size() == 0 {
        return Ok(NonNull::dangling());
    }
    // SAFETY: the size is not 0.
    let base = unsafe { alloc_zeroed(layout) };
    NonNull::new(base.cast()).ok_or(Error::OutOfMemory)
}

/// The alignment of our buffers. The kernel copies to such an address in two thirds of the time that it takes for one
/// 16 bytes into a page, where malloc places large blocks.
const ALIGNMENT: usize = 64;

/// Memory for a buffer.
#[derive(Debug)]
pub struct Block {
    base: *mut u8,
    len: usize,
    /// The address to free, up to `ALIGNMENT` bytes before the base. NULL for memory of the caller.
    owned: *mut u8,
}

impl Block {
    pub const NONE: Block = Block { base: ptr::null_mut(), len: 0, owned: ptr::null_mut() };

    /// Allocates `len` zeroed bytes.
    pub fn allocate(len: usize) -> Result<Block, Error> {
        if len > MAX_SIZE {
            return Err(Error::OutOfMemory);
        }
        // A block of 0 bytes has an address too: a NULL pchBuffer means no buffer.
        let capacity = len.checked_add(ALIGNMENT).ok_or(Error::OutOfMemory)?;
        // Aligned by hand: posix_memalign takes four times as long, and the block would have to be cleared, which
        // calloc leaves to the first access of a page.
        // SAFETY: calloc has no precondition.
        let owned = unsafe { libc::calloc(capacity, 1) }.cast::<u8>();
        let padding = owned.addr().wrapping_neg() % ALIGNMENT;
        if owned.is_null() {
            return Err(Error::OutOfMemory);
        }
        Ok(Block { base: owned.wrapping_add(padding), len, owned })
    }

    /// The buffer that a caller requests by address, size and `MMIO_ALLOCBUF` (see the table in docs/contract.md, part
    /// 2). None if there is no memory.
    ///
    /// # Safety
    /// - As for [`Block::borrowed`], with `MMIO_DEFAULTBUFFER` bytes where `allocate` is set and `len` is 0.
    #[inline]
    pub unsafe fn for_request(base: *mut u8, len: usize, allocate: bool) -> Option<Block> {
        let len = if len == 0 && allocate { DEFAULT_SIZE } else { len };
        if !base.is_null() {
            // SAFETY: the caller's promise.
            return Some(unsafe { Block::borrowed(base, len) });
        }
        if len == 0 { Some(Block::NONE) } else { Block::allocate(len).ok() }
    }

    /// Memory of the caller.
    ///
    /// # Safety
    /// - `base` must be valid for `len` bytes as long as the block, or the buffer made of it, is used, and come from
    ///   `malloc` if the buffer is to grow.
    pub unsafe fn borrowed(base: *mut u8, len: usize) -> Block {
        Block { base, len, owned: ptr::null_mut() }
    }

    pub fn len(&self) -> usize {
        self.len
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        if !self.owned.is_null() {
            // SAFETY: it came from `calloc` or `realloc`, and is freed only here.
            unsafe { libc::free(self.owned.cast()) };
        }
    }
}

/// The buffer of one open file.
///
/// If the buffer is replaced while it is on loan to a procedure (see [`Buffer::lend`]), the old memory is retired, and
/// freed when the last loan ends.
pub struct Buffer {
    base: Cell<*mut u8>,
    len: Cell<usize>,
    /// The size of the allocation, from the base on. It grows in larger steps than `len`.
    capacity: Cell<usize>,
    /// See [`Block`].
    owned: Cell<*mut u8>,
    loans: Cell<usize>,
    /// A linked list of boxes.
    retired_blocks: Cell<*mut RetiredBlock>,
}

/// Memory that was replaced while it was on loan.
struct RetiredBlock {
    block: Block,
    next: *mut RetiredBlock,
}

// SAFETY: the pointers are to memory that this buffer owns, or that is valid as long as it lives, in any thread. It is
// not Sync: under the file's lock one thread at a time uses it.
unsafe impl Send for Buffer {}

impl Buffer {
    pub fn new(block: Block) -> Buffer {
        let buffer = Buffer {
            base: Cell::new(ptr::null_mut()),
            len: Cell::new(0),
            capacity: Cell::new(0),
            owned: Cell::new(ptr::null_mut()),
            loans: Cell::new(0),
            retired_blocks: Cell::new(ptr::null_mut()),
        };
        buffer.take(block);
        buffer
    }

    /// A buffer of memory that others own, which is not freed here.
    ///
    /// # Safety
    /// - As for [`Block::borrowed`].
    pub unsafe fn borrowed(base: *mut u8, len: usize) -> ManuallyDrop<Buffer> {
        // SAFETY: the caller's promise.
        ManuallyDrop::new(Buffer::new(unsafe { Block::borrowed(base, if base.is_null() { 0 } else { len }) }))
    }

    /// Takes over `block`. The former memory is not freed.
    fn take(&self, block: Block) {
        self.base.set(block.base);
        self.len.set(block.len);
        self.capacity.set(block.len);
        self.owned.set(block.owned);
        core::mem::forget(block);
    }

    /// Frees the memory of the buffer, or retires it if it is on loan.
    #[inline(never)]
    fn free_or_retire(&self) -> Result<(), Error> {
        let block = Block { base: self.base.get(), len: self.capacity.get(), owned: self.owned.get() };
        if self.loans.get() > 0 {
            match boxed(RetiredBlock { block, next: self.retired_blocks.get() }) {
                Ok(retired) => self.retired_blocks.set(Box::into_raw(retired)),
                Err(retired) => {
                    // The buffer continues to use it.
                    core::mem::forget(retired);
                    return Err(Error::OutOfMemory);
                }
            }
        }
        self.owned.set(ptr::null_mut());
        Ok(())
    }

    /// Replaces the memory of the buffer by `block`. On failure the buffer is unchanged.
    pub fn replace(&self, block: Block) -> Result<(), Error> {
        if self.is_ours() {
            self.free_or_retire()?;
        }
        self.take(block);
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.len.get()
    }

    pub fn is_ours(&self) -> bool {
        !self.owned.get().is_null()
    }

    /// Whether a procedure has the buffer on loan, and may change its contents.
    pub fn is_lent(&self) -> bool {
        self.loans.get() > 0
    }

    /// The address of the byte `at`. NULL if there is no buffer.
    pub fn pointer(&self, at: usize) -> *mut c_char {
        self.base.get().wrapping_add(if self.base.get().is_null() { 0 } else { at }).cast()
    }

    /// Whether a pointer is into memory that this buffer owns, retired blocks included.
    pub fn owns(&self, pointer: *mut c_char) -> bool {
        let is_inside = |base: *mut u8, len: usize| {
            pointer.addr().checked_sub(base.addr()).is_some_and(|index| index <= len)
        };
        // SAFETY: each is NULL or a box that only `free_retired` frees.
        let retired = |retired: *mut RetiredBlock| unsafe { retired.as_ref() };
        let mut blocks = core::iter::successors(retired(self.retired_blocks.get()), |one| retired(one.next));
        (self.is_ours() && is_inside(self.base.get(), self.capacity.get()))
            || blocks
                .any(|RetiredBlock { block, .. }| !block.owned.is_null() && is_inside(block.base, block.len))
    }

    /// Frees the retired blocks.
    #[inline]
    fn free_retired(&self) {
        while !self.retired_blocks.get().is_null() {
            // SAFETY: it came from a box, and the list does not contain it any more after the next line.
            let retired = unsafe { Box::from_raw(self.retired_blocks.get()) };
            self.retired_blocks.set(retired.next);
        }
    }

    /// Fills the bytes from `from` to `to` with zeros.
    pub fn clear(&self, from: usize, to: usize) {
        let to = to.min(self.len());
        if from < to {
            // SAFETY: the range is within the len bytes for which the base is valid.
            unsafe { ptr::write_bytes(self.base.get().wrapping_add(from), 0, to.saturating_sub(from)) };
        }
    }

    /// The index of the byte that a pointer points to, up to the length of the buffer. None if it is outside.
    pub fn index_of(&self, pointer: *mut c_char) -> Option<usize> {
        let index = pointer.addr().checked_sub(self.base.get().addr())?;
        (index <= self.len()).then_some(index)
    }

    /// Copies bytes from index `at` on to `target`, as many as both hold. Returns how many.
    pub fn copy_out(&self, at: usize, target: Target<'_>) -> usize {
        let count = self.len().saturating_sub(at).min(target.len);
        if count > 0 {
            // SAFETY: at + count <= len, and the base is valid for len bytes; the target is valid for count.
            // They may overlap (a caller may read into its own buffer), which `copy` permits.
            unsafe { ptr::copy(self.base.get().wrapping_add(at), target.at, count) };
        }
        count
    }

    /// Copies bytes of `source` to index `at` on, as many as both hold. Returns how many.
    pub fn copy_in(&self, at: usize, source: Source<'_>) -> usize {
        let count = self.len().saturating_sub(at).min(source.len);
        if count > 0 {
            // SAFETY: as in `copy_out`, with source and destination exchanged.
            unsafe { ptr::copy(source.at, self.base.get().wrapping_add(at), count) };
        }
        count
    }

    /// Moves the bytes from `from` to `to` to the start of the buffer. Returns how many.
    pub fn move_to_start(&self, from: usize, to: usize) -> usize {
        let count = to.min(self.len()).saturating_sub(from);
        if count > 0 {
            let base = self.base.get();
            // SAFETY: both ranges are within the len bytes for which the base is valid; they may overlap.
            unsafe { ptr::copy(base.wrapping_add(from), base, count) };
        }
        count
    }

    /// Copies `source` to index `at` on, and grows the buffer if necessary. Returns how many bytes were copied: all, or
    /// as many as fit.
    pub fn put(&self, at: usize, source: Source<'_>, step: u32) -> usize {
        // The source may be in the memory of this buffer, which moves when it grows.
        let own = self.index_of(source.at.cast_mut().cast());
        let own = own.filter(|index| index.saturating_add(source.len) <= self.len());
        // If it cannot grow, it takes as many bytes as fit.
        let _ = self.grow(at.saturating_add(source.len), step);
        let from = own.map_or(source.at, |index| self.base.get().wrapping_add(index));
        self.copy_in(at, Source { at: from, ..source })
    }

    /// Grows the buffer to at least `least` bytes: by whole steps, or if that is impossible to as many bytes as
    /// possible. The allocation grows by at least a half, so that the total time of growing is linear, whatever the
    /// step.
    pub fn grow(&self, least: usize, step: u32) -> Result<(), Error> {
        if least <= self.len() {
            return Ok(());
        }
        let Some(whole) = whole_steps(self.len(), least, step) else { return Err(Error::CannotExpand) };
        let generous = self.capacity.get().saturating_add(self.capacity.get() / 2).clamp(whole, MAX_SIZE);
        let len = match self.capacity.get() {
            capacity if whole <= capacity => whole,
            _ if self.reallocate(generous) || self.reallocate(whole) => whole,
            capacity => self.reallocate_some(capacity, least.min(MAX_SIZE)),
        };
        let before = self.len.replace(len);
        // The file must not show what was in this memory before.
        self.clear(before, len);
        if least <= len { Ok(()) } else { Err(Error::CannotExpand) }
    }

    /// Makes the allocation as large as possible, between its size and `most`. Returns the new size.
    fn reallocate_some(&self, capacity: usize, most: usize) -> usize {
        let mut some = most;
        while some > capacity && !self.reallocate(some) {
            some = capacity.midpoint(some);
        }
        some
    }

    fn reallocate(&self, capacity: usize) -> bool {
        if self.loans.get() > 0 {
            return false;
        }
        let base = self.base.get();
        let before = if self.is_ours() { self.owned.get() } else { base };
        let padding = base.addr().saturating_sub(before.addr());
        // SAFETY: it is NULL, our own, or the caller's from malloc (see `Block::borrowed`), and it is not on loan.
        let after = unsafe { libc::realloc(before.cast(), capacity.saturating_add(padding)) }.cast::<u8>();
        if after.is_null() {
            return false;
        }
        if self.is_ours() || base.is_null() {
            self.owned.set(after);
        }
        self.base.set(after.wrapping_add(padding));
        self.capacity.set(capacity);
        true
    }

    /// In a forked child: ends the loans of the other threads of the parent.
    pub fn end_loans(&self) {
        self.loans.set(0);
        self.free_retired();
    }
}

impl Drop for Buffer {
    #[inline]
    fn drop(&mut self) {
        if self.is_ours() {
            // It cannot fail, as there are no loans.
            let _ = self.free_or_retire();
        }
        self.free_retired();
    }
}

/// The length of a buffer of `len` bytes that grows by steps to at least `least`. If whole steps would exceed
/// `MAX_SIZE` it grows by half, by the default size at least, or to `least`. None if the step is 0.
fn whole_steps(len: usize, least: usize, step: u32) -> Option<usize> {
    let least = least.min(MAX_SIZE);
    let steps = least.saturating_sub(len).checked_next_multiple_of(usize::try_from(step).ok()?)?;
    let whole = len.saturating_add(steps);
    let half = len.saturating_add((len / 2).max(DEFAULT_SIZE));
    Some(if whole <= MAX_SIZE { whole } else { half.clamp(least, MAX_SIZE) })
}
