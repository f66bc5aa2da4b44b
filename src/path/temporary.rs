//! Temporary files.
#![forbid(unsafe_code)]

use super::native;
use super::new_name::{creation_error, with_existing_dir};
use super::parts::join;
use crate::error::Error;
use crate::fallible;
use crate::name::Name;
use crate::sys;
use core::sync::atomic::{AtomicU32, Ordering};

/// Maximum number of names that are tried.
const MAX_TRIES: u32 = 10_000;

/// Creates an empty file, which did not exist, in the directory of the name or else in the temporary directory. Its
/// name starts with the given base name. `fits` checks that the caller can receive the name.
// Not generic: one copy serves names of each encoding.
pub fn temporary(name: &Name, fits: &dyn Fn(&Name) -> Result<(), Error>) -> Result<Name, Error> {
    /// Distinguishes the files of this process. The exclusive creation makes the names unique.
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let native_name = native(name)?;
    let name = native_name.as_ref().unwrap_or(name);
    let stem = if name.0.contains(&b'/') {
        with_existing_dir(&name.0)?
    } else {
        Name(join(&sys::temp_dir()?, &name.0)?)
    };
    for _ in 0..MAX_TRIES {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let digits = digits(sys::process_id()).chain([b'-']).chain(digits(number));
        let candidate = Name(fallible::concat(&[&stem.0, &fallible::collect(digits)?, b".tmp"])?);
        fits(&candidate)?;
        if sys::create_private(&candidate.0).map_err(|error| creation_error(error.into(), &candidate))? {
            return Ok(candidate);
        }
    }
    Err(Error::CannotOpen)
}

/// Returns the hexadecimal digits of a number.
fn digits(number: u32) -> impl Iterator<Item = u8> {
    let last_digit = number.checked_ilog(16).unwrap_or(0);
    let digit = move |index: u32| number.wrapping_shr(index.wrapping_mul(4)) % 16;
    (0..=last_digit)
        .rev()
        .filter_map(move |index| char::from_digit(digit(index), 16))
        .map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_hexadecimal() {
        for number in [0, 1, 15, 16, 0xabc, 0x1000_0000, u32::MAX] {
            assert_eq!(digits(number).collect::<Vec<_>>(), format!("{number:x}").into_bytes());
        }
    }
}
