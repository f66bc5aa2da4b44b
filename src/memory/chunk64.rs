//! A caller's `MMSYS_CKINFO64`, where it is.

use crate::abi::MMSYS_CKINFO64;
use core::cell::Cell;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// A caller's structure, valid for `'a`. As in [`super::Chunk`], a member is read only where a call uses it.
#[derive(Clone, Copy, Debug)]
pub struct Chunk64<'a> {
    at: NonNull<MMSYS_CKINFO64>,
    marker: PhantomData<&'a Cell<MMSYS_CKINFO64>>,
}

macro_rules! members {
    ($($get:ident $set:ident $name:ident $type:ty),*) => {
        $(
            pub fn $get(self) -> $type {
                // SAFETY: it points to an MMSYS_CKINFO64, which need not be aligned.
                unsafe { (&raw const (*self.at.as_ptr()).$name).read_unaligned() }
            }

            pub fn $set(self, value: $type) {
                // SAFETY: as above.
                unsafe { (&raw mut (*self.at.as_ptr()).$name).write_unaligned(value) };
            }
        )*
    };
}

impl<'a> Chunk64<'a> {
    /// # Safety
    /// - `at` must be NULL or point to an `MMSYS_CKINFO64` during `'a`, of which those members are set that are read.
    pub unsafe fn new(at: *mut MMSYS_CKINFO64) -> Option<Chunk64<'a>> {
        NonNull::new(at).map(|at| Chunk64 { at, marker: PhantomData })
    }

    members!(
        code set_code ckid u32,
        form set_form fccType u32,
        flags set_flags dwFlags u32,
        size set_size cksize u64,
        data set_data dataOffset u64
    );

    pub fn clear_reserved(self) {
        // SAFETY: as above.
        unsafe { (&raw mut (*self.at.as_ptr()).reserved).write_unaligned(0) };
    }

    pub fn set(self, chunk: MMSYS_CKINFO64) {
        self.set_code(chunk.ckid);
        self.set_form(chunk.fccType);
        self.set_flags(chunk.dwFlags);
        self.clear_reserved();
        self.set_size(chunk.cksize);
        self.set_data(chunk.dataOffset);
    }
}
