//! The numbers in a handle: the index of a slot, and a generation.
#![forbid(unsafe_code)]

use crate::abi::HMMIO;
use core::ptr;

/// A handle fits in 31 bits, as on Windows: programs keep handles in `adwInfo`, and cast them to `LONG` and back. The
/// low bits are the index of a slot, the others the generation. If a process has more slots, the rest of the index is
/// in the upper half of a 64-bit handle.
const INDEX_BITS: u32 = 22;
pub const INDEX_MASK: usize = (1 << INDEX_BITS) - 1;
pub const LAST_GENERATION: u32 = 0x7fff_ffff >> INDEX_BITS;
const HIGH_SHIFT: u32 = usize::BITS / 2;
pub const MAX_SLOTS: usize =
    if cfg!(miri) { 1 << 12 } else { 1 << if usize::BITS == 64 { 28 } else { INDEX_BITS } };

/// Slot 0 is never used: it is the slot of NULL.
pub const FIRST_INDEX: u32 = 1;

/// The handle of a slot in a generation.
pub fn make_handle(index: u32, generation: u32) -> HMMIO {
    let index = index as usize;
    let high = if usize::BITS == 64 { (index >> INDEX_BITS).wrapping_shl(HIGH_SHIFT) } else { 0 };
    ptr::without_provenance_mut(high | generation.wrapping_shl(INDEX_BITS) as usize | (index & INDEX_MASK))
}

/// The index of the slot that a handle names. Any number has one: the caller must check that the slot has this handle.
#[inline]
pub fn slot_index(handle: HMMIO) -> usize {
    let number = handle.addr();
    let high = if usize::BITS == 64 { (number >> HIGH_SHIFT).wrapping_shl(INDEX_BITS) } else { 0 };
    (number & INDEX_MASK) | high
}

#[cfg(all(test, not(shuttle)))]
mod tests {
    use super::*;

    #[test]
    fn no_handle_is_0_or_1_and_all_fit_in_a_long() {
        for index in [1, 2, 1000, INDEX_MASK.min(MAX_SLOTS - 1)] {
            for generation in [1, 2, LAST_GENERATION] {
                let handle = make_handle(u32::try_from(index).unwrap(), generation);
                assert!(handle.addr() > 1);
                assert!(i32::try_from(handle.addr()).is_ok());
                assert_eq!(slot_index(handle), index);
            }
        }
        for index in [INDEX_MASK + 1, MAX_SLOTS - 1].into_iter().filter(|&index| index < MAX_SLOTS) {
            assert_eq!(slot_index(make_handle(u32::try_from(index).unwrap(), 1)), index);
        }
    }
}
