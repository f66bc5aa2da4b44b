//! A caller's `MMCKINFO`, where it is.

use crate::abi::{LPMMCKINFO, MMCKINFO};
use core::cell::Cell;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// A caller's structure, valid for `'a`. It is used member by member: a program that goes from chunk to chunk has just
/// written some of them, and a copy of the whole would wait for those.
#[derive(Clone, Copy, Debug)]
pub struct Chunk<'a> {
    at: NonNull<MMCKINFO>,
    life: PhantomData<&'a Cell<MMCKINFO>>,
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
    /// - `at` must be NULL or point to an `MMCKINFO` during `'a`.
    #[inline]
    pub unsafe fn new(at: LPMMCKINFO) -> Option<Chunk<'a>> {
        NonNull::new(at).map(|at| Chunk { at, life: PhantomData })
    }

    members!(
        code set_code ckid,
        size set_size cksize,
        form set_form fccType,
        data set_data dwDataOffset,
        flags set_flags dwFlags
    );

    #[inline]
    pub fn get(self) -> MMCKINFO {
        MMCKINFO {
            ckid: self.code(),
            cksize: self.size(),
            fccType: self.form(),
            dwDataOffset: self.data(),
            dwFlags: self.flags(),
        }
    }

    #[inline]
    pub fn set(self, chunk: MMCKINFO) {
        self.set_code(chunk.ckid);
        self.set_size(chunk.cksize);
        self.set_form(chunk.fccType);
        self.set_data(chunk.dwDataOffset);
        self.set_flags(chunk.dwFlags);
    }
}
