//! A caller's `MMIOINFO`, accessed in place.

use crate::abi::{HMMIO, HPSTR, MMIOINFO};
use core::cell::Cell;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

/// A caller's structure, or the one that a procedure is called with, valid for `'a`. Only the members that a call uses
/// are read: see [`super::Chunk`].
#[derive(Clone, Copy, Debug)]
pub struct Info<'a> {
    at: NonNull<MMIOINFO>,
    marker: PhantomData<&'a Cell<MMIOINFO>>,
}

macro_rules! readable {
    ($($get:ident: $name:ident $type:ty),*) => {
        $(
            #[inline]
            pub fn $get(self) -> $type {
                // SAFETY: it points to an MMIOINFO; the structure is packed, and any address is aligned.
                unsafe { (&raw const (*self.at.as_ptr()).$name).read_unaligned() }
            }
        )*
    };
}

macro_rules! writable {
    ($($set:ident: $name:ident $type:ty),*) => {
        $(
            #[inline]
            pub fn $set(self, value: $type) {
                // SAFETY: as for reading.
                unsafe { (&raw mut (*self.at.as_ptr()).$name).write_unaligned(value) };
            }
        )*
    };
}

impl<'a> Info<'a> {
    /// # Safety
    /// - `at` must be NULL or point to an `MMIOINFO` during `'a`, in which the members that are read are initialised.
    #[inline]
    pub unsafe fn new(at: *const MMIOINFO) -> Option<Info<'a>> {
        // SAFETY: the caller's promise.
        NonNull::new(at.cast_mut()).map(|at| unsafe { Info::at(at) })
    }

    /// # Safety
    /// - As for [`Info::new`].
    #[inline]
    pub unsafe fn at(at: NonNull<MMIOINFO>) -> Info<'a> {
        Info { at, marker: PhantomData }
    }

    readable!(
        flags: dwFlags u32,
        code: fccIOProc u32,
        error: wErrorRet u32,
        size: cchBuffer i32,
        buffer: pchBuffer HPSTR,
        next: pchNext HPSTR,
        end_read: pchEndRead HPSTR,
        end_write: pchEndWrite HPSTR,
        offset: lBufOffset i32,
        position: lDiskOffset i32,
        words: adwInfo [u32; 3],
        handle: hmmio HMMIO
    );

    writable!(
        set_size: cchBuffer i32,
        set_buffer: pchBuffer HPSTR,
        set_next: pchNext HPSTR,
        set_end_read: pchEndRead HPSTR,
        set_end_write: pchEndWrite HPSTR,
        set_position: lDiskOffset i32,
        set_words: adwInfo [u32; 3]
    );

    /// The first word of `adwInfo`; the others may be uninitialised.
    #[inline]
    pub fn first_word(self) -> u32 {
        // SAFETY: as for the members; an array begins with its first element.
        unsafe { (&raw const (*self.at.as_ptr()).adwInfo).cast::<u32>().read_unaligned() }
    }

    /// Copies `adwInfo`, initialised or not.
    #[inline]
    pub fn copy_words(self, from: Info<'_>) {
        // SAFETY: as for the members; bytes are copied. The two may be the same structure.
        unsafe {
            let words = (&raw const (*from.at.as_ptr()).adwInfo).cast::<MaybeUninit<[u32; 3]>>();
            let own = (&raw mut (*self.at.as_ptr()).adwInfo).cast::<MaybeUninit<[u32; 3]>>();
            own.write_unaligned(words.read_unaligned());
        }
    }

    /// Sets all members. The procedure's own ones, `adwInfo` and the reserved words, are copied from `own`, initialised
    /// or not, which may be the same structure.
    pub fn set(self, info: MMIOINFO, own: Info<'_>) {
        let (from, to) = (own.at.as_ptr().cast_const(), self.at.as_ptr());
        // SAFETY: as for the members; those that may be uninitialised are copied as bytes.
        unsafe {
            let words = (&raw const (*from).adwInfo).cast::<MaybeUninit<[u32; 3]>>().read_unaligned();
            let first = (&raw const (*from).dwReserved1).cast::<MaybeUninit<u32>>().read_unaligned();
            let second = (&raw const (*from).dwReserved2).cast::<MaybeUninit<u32>>().read_unaligned();
            to.write_unaligned(info);
            (&raw mut (*to).adwInfo).cast::<MaybeUninit<[u32; 3]>>().write_unaligned(words);
            (&raw mut (*to).dwReserved1).cast::<MaybeUninit<u32>>().write_unaligned(first);
            (&raw mut (*to).dwReserved2).cast::<MaybeUninit<u32>>().write_unaligned(second);
        }
    }
}
