//! A caller's `MMCKINFO`, where it is.

use crate::abi::{LPMMCKINFO, MMCKINFO};
use core::cell::Cell;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// A caller's structure, valid for `'a`. A member is read only where a call uses it: the others need not be set, and a
/// value made of unset bytes is undefined behaviour even if nobody looks at it. Besides, a program that goes from chunk
/// to chunk has just written some members, and a copy of the whole would wait for those.
#[derive(Clone, Copy, Debug)]
pub struct Chunk<'a> {
    at: NonNull<MMCKINFO>,
    marker: PhantomData<&'a Cell<MMCKINFO>>,
}

macro_rules! members {
    ($($get:ident $set:ident $name:ident),*) => {
        $(
            #[inline]
            pub fn $get(self) -> u32 {
                // SAFETY: it points to an MMCKINFO; the structure is packed, and any address is aligned.
                unsafe { (&raw const (*self.at.as_ptr()).$name).read_unaligned() }
            }

            #[inline]
            pub fn $set(self, value: u32) {
                // SAFETY: as above.
                unsafe { (&raw mut (*self.at.as_ptr()).$name).write_unaligned(value) };
            }
        )*
    };
}

impl<'a> Chunk<'a> {
    /// # Safety
    /// - `at` must be NULL or point to an `MMCKINFO` during `'a`, of which those members are set that are read.
    #[inline]
    pub unsafe fn new(at: LPMMCKINFO) -> Option<Chunk<'a>> {
        NonNull::new(at).map(|at| Chunk { at, marker: PhantomData })
    }

    members!(
        code set_code ckid,
        size set_size cksize,
        form set_form fccType,
        data set_data dwDataOffset,
        flags set_flags dwFlags
    );

    #[inline]
    pub fn set(self, chunk: MMCKINFO) {
        self.set_code(chunk.ckid);
        self.set_size(chunk.cksize);
        self.set_form(chunk.fccType);
        self.set_data(chunk.dwDataOffset);
        self.set_flags(chunk.dwFlags);
    }
}

impl<'a> From<&'a mut MMCKINFO> for Chunk<'a> {
    fn from(chunk: &'a mut MMCKINFO) -> Chunk<'a> {
        Chunk { at: NonNull::from(chunk), marker: PhantomData }
    }
}
