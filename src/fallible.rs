//! Collections whose failed allocation is an error. The methods of `Vec` abort the process instead.
#![forbid(unsafe_code)]

use std::collections::TryReserveError;

/// Concatenates slices.
pub fn concat<T: Copy>(parts: &[&[T]]) -> Result<Vec<T>, TryReserveError> {
    let mut all = Vec::new();
    all.try_reserve_exact(parts.iter().fold(0, |sum: usize, part| sum.saturating_add(part.len())))?;
    parts.iter().for_each(|part| all.extend_from_slice(part));
    Ok(all)
}

/// Collects the items of an iterator.
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
    fn items_keep_their_order() {
        assert_eq!(concat::<u8>(&[]).unwrap(), b"");
        assert_eq!(concat(&[&b"ab"[..], b"", b"c"]).unwrap(), b"abc");
        assert_eq!(collect("a\u{1f600}".encode_utf16()).unwrap(), [0x61, 0xd83d, 0xde00]);
    }

    #[test]
    fn an_impossible_size_is_an_error() {
        assert!(collect(0..usize::MAX).is_err());
    }
}
