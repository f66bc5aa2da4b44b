//! A caller's `MMCKINFO`, accessed in place.

use crate::abi::{LPMMCKINFO, MMCKINFO};
use core::cell::Cell;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// A caller's structure, valid for `'a`. Only the members that a call uses are read: the others may be uninitialised,
/// and to copy them as integers would be undefined behaviour. Also, a program often has just written some members, and
/// a load of the whole structure would stall until these stores complete.
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
    /// - `at` must be NULL or point to an `MMCKINFO` during `'a`, in which the members that are read are initialised.
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
