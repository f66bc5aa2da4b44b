//! Memory for collections, where a failed allocation is an error. (`Vec` by itself ends the program.)
#![forbid(unsafe_code)]

use std::collections::TryReserveError;

/// Several slices, one behind the other.
pub fn concat<T: Copy>(parts: &[&[T]]) -> Result<Vec<T>, TryReserveError> {
    let mut all = Vec::new();
    all.try_reserve_exact(parts.iter().fold(0, |sum: usize, part| sum.saturating_add(part.len())))?;
    parts.iter().for_each(|part| all.extend_from_slice(part));
    Ok(all)
}

/// What an iterator yields.
pub fn collect<T>(items: impl Iterator<Item = T>) -> Result<Vec<T>, TryReserveError> {
    let mut all = Vec::new();
    all.try_reserve(items.size_hint().0)?;
    for item in items {
        push(&mut all, item)?;
    }
    Ok(all)
}

pub fn push<T>(all: &mut Vec<T>, item: T) -> Result<(), TryReserveError> {
    all.try_reserve(1)?;
    all.push(item);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_hold_what_was_given() {
        assert_eq!(concat::<u8>(&[]).unwrap(), b"");
        assert_eq!(concat(&[&b"ab"[..], b"", b"c"]).unwrap(), b"abc");
        assert_eq!(collect("a\u{1f600}".encode_utf16()).unwrap(), [0x61, 0xd83d, 0xde00]);
    }

    #[test]
    fn what_no_machine_has_is_an_error() {
        assert!(collect(0..usize::MAX).is_err());
    }
}
