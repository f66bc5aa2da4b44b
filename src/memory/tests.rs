//! Buffers that are copied, lent, and grown.

use super::*;

fn buffer(len: usize) -> Buffer {
    Buffer::new(Block::allocate(len).unwrap())
}

#[test]
fn copies_stop_at_the_end_of_either() {
    let b = buffer(4);
    assert_eq!(b.copy_in(2, Source::from(&b"abcdef"[..])), 2);
    let mut out = [b'.'; 8];
    assert_eq!(b.copy_out(1, Target::from(&mut out[..])), 3);
    assert_eq!(&out, b"\0ab.....");
    assert_eq!(b.copy_out(5, Target::from(&mut out[..])), 0);
    assert_eq!(b.copy_in(usize::MAX, Source::from(&b"x"[..])), 0);
}

#[test]
fn memory_on_loan_outlives_a_replacement() {
    let b = buffer(4);
    let loan = b.lend();
    b.replace(Block::allocate(2).unwrap()).unwrap();
    assert_eq!(b.len(), 2);
    let t = loan.target(0, 4);
    assert_eq!(t.len(), 4);
    // Writes into the memory that was replaced: Miri and AddressSanitizer would detect a use after free.
    // SAFETY: the loan keeps the four bytes.
    unsafe { t.address().write_bytes(7, 4) };
}

#[test]
fn growing_is_by_whole_steps_and_keeps_the_content() {
    let b = buffer(3);
    b.copy_in(0, Source::from(&b"abc"[..]));
    b.grow(4, 10).unwrap();
    assert_eq!(b.len(), 13);
    b.grow(40, 10).unwrap();
    assert_eq!(b.len(), 43);
    let mut out = [0; 3];
    b.copy_out(0, Target::from(&mut out[..]));
    assert_eq!(&out, b"abc");
    assert_eq!(b.grow(44, 0), Err(Error::CannotExpand));
}

#[test]
fn a_step_beyond_the_largest_size_is_shortened() {
    assert_eq!(whole_steps(3, 4, 10), Some(13));
    assert_eq!(whole_steps(MAX_SIZE - 5, MAX_SIZE - 4, 4096), Some(MAX_SIZE));
    assert_eq!(whole_steps(MAX_SIZE - 5, MAX_SIZE, 1), Some(MAX_SIZE));
    assert_eq!(whole_steps(MAX_SIZE - 5, usize::MAX, 2), Some(MAX_SIZE));
    assert_eq!(whole_steps(0, usize::MAX, u32::MAX), Some(MAX_SIZE));
    assert_eq!(whole_steps(16, 40, u32::MAX), Some(16 + DEFAULT_SIZE));
    assert_eq!(whole_steps(16, 40_000, 1 << 31), Some(40_000));
    assert_eq!(whole_steps(40_000, 40_001, u32::MAX), Some(60_000));
    assert_eq!(whole_steps(3, 4, 0), None);
}

/// The system allocates pages when they are touched, so these 2 GiB take no memory. Under Miri they would.
#[test]
#[cfg(all(not(miri), target_pointer_width = "64"))]
fn a_write_at_the_largest_size_is_cut_to_what_fits() {
    let b = buffer(MAX_SIZE - 3);
    assert_eq!(b.put(MAX_SIZE - 4, Source::from(&b"abcdef"[..]), 4096), 4);
    assert_eq!(b.len(), MAX_SIZE);
    assert_eq!(b.put(MAX_SIZE, Source::from(&b"g"[..]), 4096), 0);
    let mut out = [b'.'; 6];
    assert_eq!(b.copy_out(MAX_SIZE - 4, Target::from(&mut out[..])), 4);
    assert_eq!(&out, b"abcd..");
}

#[test]
fn memory_on_loan_does_not_grow_and_takes_only_what_fits() {
    let b = buffer(4);
    let loan = b.lend();
    assert_eq!(b.put(2, Source::from(&b"abcdef"[..]), 16), 2);
    assert_eq!(b.grow(5, 16), Err(Error::CannotExpand));
    assert_eq!(b.len(), 4);
    drop(loan);
    assert_eq!(b.put(2, Source::from(&b"abcdef"[..]), 16), 6);
    assert_eq!(b.len(), 20);
}

#[test]
fn an_empty_buffer_grows() {
    let b = Buffer::new(Block::NONE);
    assert!(b.pointer(0).is_null());
    b.grow(1, 16).unwrap();
    assert_eq!(b.len(), 16);
    assert!(b.is_ours());
}

#[test]
fn indexes_are_inside_or_at_the_end() {
    let b = buffer(4);
    assert_eq!(b.index_of(b.pointer(0)), Some(0));
    assert_eq!(b.index_of(b.pointer(4)), Some(4));
    assert_eq!(b.index_of(b.pointer(5)), None);
    assert_eq!(b.index_of(b.pointer(0).wrapping_sub(1)), None);
}
