//! Separators and drives of Windows.
#![forbid(unsafe_code)]

use super::lookup::is_there;
use super::parts::{join, windows_paths};
use crate::error::Error;
use crate::fallible;
use crate::name::Name;
use crate::sys;
use core::ffi::CStr;

/// Environment variable whose last letter is that of a drive: the directory of the drive.
const DRIVE_VARIABLE: [u8; 17] = *b"MMSYSTEM_DRIVE_?\0";

/// Translates a Windows name: drives become directories, `\` becomes `/`. Returns None if the name needs no
/// translation.
pub fn native(name: &Name) -> Result<Option<Name>, Error> {
    if !is_foreign(name) || !windows_paths() || is_there(&name.0)? {
        return Ok(None);
    }
    let (dir, rest) = match name.0.as_slice() {
        [letter, b':', rest @ ..] if letter.is_ascii_alphabetic() => (drive(*letter)?, rest),
        rest => (Vec::new(), rest),
    };
    let rest = if dir.is_empty() { rest } else { without_root(rest) };
    let mut path = join(&dir, rest)?;
    for byte in path.iter_mut().skip(dir.len()).filter(|byte| **byte == b'\\') {
        *byte = b'/';
    }
    Ok(Some(Name(path)))
}

/// Returns the variable of the drive in a name, if that drive is unknown.
pub fn missing_drive(name: &[u8]) -> Option<[u8; 17]> {
    let [letter, b':', ..] = *name else { return None };
    let mut variable = DRIVE_VARIABLE;
    let [.., last, _] = &mut variable;
    *last = letter.to_ascii_uppercase();
    let is_missing =
        letter.is_ascii_alphabetic() && windows_paths() && drive(letter) == Err(Error::PathNotFound);
    is_missing.then_some(variable)
}

fn is_foreign(name: &Name) -> bool {
    name.0.contains(&b'\\') || matches!(name.0.as_slice(), [letter, b':', ..] if letter.is_ascii_alphabetic())
}

/// Returns the part after the drive letter, without separators at its beginning.
fn without_root(path: &[u8]) -> &[u8] {
    let first = path.iter().position(|&byte| byte != b'\\' && byte != b'/');
    first.and_then(|first| path.get(first..)).unwrap_or_default()
}

fn drive(letter: u8) -> Result<Vec<u8>, Error> {
    let letter = letter.to_ascii_uppercase();
    let mut name = DRIVE_VARIABLE;
    let [.., last, _] = &mut name;
    *last = letter;
    match sys::env_variable(CStr::from_bytes_until_nul(&name).unwrap_or_default())? {
        Some(dir) if !dir.is_empty() => Ok(dir),
        _ if letter == b'Z' => Ok(fallible::concat(&[b"/"])?),
        _ => Err(Error::PathNotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::tests::name;

    #[test]
    fn z_is_the_root_and_other_drives_are_unknown() {
        assert_eq!(native(&name("z:\\tmp\\x.wav")), Ok(Some(name("/tmp/x.wav"))));
        assert_eq!(native(&name("Z:x")), Ok(Some(name("/x"))));
        assert_eq!(native(&name("Z:")), Ok(Some(name("/"))));
        assert_eq!(native(&name("Q:\\x.wav")), Err(Error::PathNotFound));
        assert_eq!(native(&name("a\\b/c")), Ok(Some(name("a/b/c"))));
    }
}
