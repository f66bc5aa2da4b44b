//! Names that C programs pass in, and names that are written to their buffers.

use crate::error::Error;
use crate::name::{MAX_UNITS, Name, Unit};

/// The size of the buffer that `MMIO_PARSE`, `MMIO_EXIST` and `MMIO_GETTEMP` write to, in characters, the NUL
/// included (doc).
const NAME_BUFFER: usize = 128;

/// The units before the NUL.
///
/// # Safety
/// - `text` must be NULL or point to units that end with a NUL.
pub unsafe fn units<'a, U: Unit>(text: *const U) -> Option<&'a [U]> {
    if text.is_null() {
        return None;
    }
    let mut length: usize = 0;
    // SAFETY: no unit before this one is NUL, so this one is still in the string.
    while unsafe { text.wrapping_add(length).read() }.into() != 0 {
        length = length.saturating_add(1);
    }
    // SAFETY: that many units were just read.
    Some(unsafe { core::slice::from_raw_parts(text, length) })
}

/// The units before the NUL, at most `N`, and their number.
///
/// # Safety
/// - `text` must be NULL or point to units that end with a NUL, or to at least `N` units.
pub unsafe fn first_units<U: Unit, const N: usize>(text: *const U) -> ([U; N], usize) {
    let mut first = [U::NUL; N];
    let mut length: usize = 0;
    for unit in first.iter_mut().take(if text.is_null() { 0 } else { N }) {
        // SAFETY: no unit before this one is NUL, so this one is still in the string.
        *unit = unsafe { text.wrapping_add(length).read() };
        if (*unit).into() == 0 {
            break;
        }
        length = length.saturating_add(1);
    }
    (first, length)
}

/// Characters for the trace; those that are not valid Unicode are replaced.
fn shown<U: Unit>(units: &[U]) -> Vec<u8> {
    let replaced = |unit: &U| char::from_u32((*unit).into()).unwrap_or(char::REPLACEMENT_CHARACTER);
    let name = U::decode(units).or_else(|_| Name::from_chars(units.iter().map(|unit| Some(replaced(unit)))));
    name.map_or_else(|_| Vec::new(), |name| name.0)
}

/// The first units of a string, at most `N`, for the trace.
///
/// # Safety
/// - As for [`first_units`].
pub unsafe fn shown_start<U: Unit, const N: usize>(text: *const U) -> Option<Vec<u8>> {
    // SAFETY: the caller's promise.
    let (units, count) = unsafe { first_units::<U, N>(text) };
    (!text.is_null()).then(|| shown(units.get(..count).unwrap_or_default()))
}

/// A name for the trace.
///
/// # Safety
/// - As for [`units`].
#[inline(never)]
pub unsafe fn shown_name<U: Unit>(text: *const U) -> Option<Vec<u8>> {
    // SAFETY: the caller's promise.
    let units = unsafe { units(text) };
    // A string that is too long for a name is shown only as far as a name can be.
    units.map(|units| shown(units.get(..MAX_UNITS).unwrap_or(units)))
}

/// The name at `text`; None for NULL.
///
/// # Safety
/// - As for [`units`].
#[inline(never)]
pub unsafe fn name<U: Unit>(text: *const U) -> Result<Option<Name>, Error> {
    // SAFETY: the caller's promise.
    unsafe { units(text) }.map(Name::from_units).transpose()
}

/// The units of a name that, with its NUL, fits a caller's buffer.
pub fn fitting<U: Unit>(name: &Name) -> Result<Vec<U>, Error> {
    let units = U::encode(name)?;
    if units.len() < NAME_BUFFER { Ok(units) } else { Err(Error::OutOfMemory) }
}

/// Writes a name into a caller's buffer of 128 characters. A name that does not fit is `MMIOERR_OUTOFMEMORY`; a
/// wide buffer then holds its first 127 characters, a buffer of bytes is unchanged (win).
///
/// # Safety
/// - `buffer` must point to memory for 128 units.
pub unsafe fn put_name<U: Unit>(buffer: *mut U, name: &Name) -> Result<(), Error> {
    // SAFETY: the caller's promise.
    unsafe { put_units(buffer, &U::encode(name)?) }
}

/// Does the same for the units of a name, without allocating.
///
/// # Safety
/// - As for [`put_name`].
pub unsafe fn put_units<U: Unit>(buffer: *mut U, units: &[U]) -> Result<(), Error> {
    let fits = units.len() < NAME_BUFFER;
    if fits || size_of::<U>() > 1 {
        for (index, &unit) in units.iter().chain([&U::NUL]).take(NAME_BUFFER).enumerate() {
            let last = index == NAME_BUFFER.saturating_sub(1);
            // SAFETY: `take` keeps the index below 128.
            unsafe { buffer.wrapping_add(index).write(if last { U::NUL } else { unit }) };
        }
    }
    if fits { Ok(()) } else { Err(Error::OutOfMemory) }
}

/// Writes the bytes of a name and a NUL. If they do not fit, nothing is written, and the error is
/// `MMIOERR_OUTOFMEMORY`.
///
/// # Safety
/// - `buffer` must point to memory for `size` bytes.
pub unsafe fn put_bytes(buffer: *mut u8, size: usize, name: &Name) -> Result<(), Error> {
    let length = name.0.len();
    if length >= size {
        return Err(Error::OutOfMemory);
    }
    // SAFETY: there is room for them and the NUL, and the caller's memory does not overlap the name.
    unsafe {
        core::ptr::copy_nonoverlapping(name.0.as_ptr(), buffer, length);
        buffer.wrapping_add(length).write(0);
    }
    Ok(())
}
