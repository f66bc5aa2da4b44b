//! Absolute names, as `MMIO_PARSE` and `MMIO_EXIST` return them. The absolute form of a name opens the same file as the
//! name.
#![forbid(unsafe_code)]

use super::lookup::{file_type, is_there, normalize};
use super::{native, path_with_case_fallback};
use crate::error::Error;
use crate::fallible;
use crate::name::Name;
use crate::sys::{self, FileType};

/// Returns the absolute form of a name: prefixed with the current directory, and without `.` and `..`. A `..` after a
/// link stays.
pub fn absolute(name: &Name) -> Result<Name, Error> {
    full(native(name)?.as_ref().unwrap_or(name))
}

fn full(name: &Name) -> Result<Name, Error> {
    let start = if name.0.first() == Some(&b'/') { Vec::new() } else { sys::current_dir()? };
    let mut full = normalize(start, &name.0)?;
    // A name that ends as that of a directory, but names a file or a link, must not become the name of that.
    if is_dir_name(&name.0)? && matches!(file_type(&full)?, Some(FileType::Link | FileType::Other)) {
        fallible::push(&mut full, b'/')?;
    }
    Ok(Name(full))
}

/// Whether a name can only be that of a directory. (After a missing component, a final `..` may lead back to a file.)
fn is_dir_name(name: &[u8]) -> Result<bool, Error> {
    Ok(name.ends_with(b"/") || name.ends_with(b"/.") || name.ends_with(b"/..") && is_there(name)?)
}

/// Returns the absolute form of an existing file's name, in the case of the file.
pub fn existing(name: &Name) -> Result<Name, Error> {
    let native_name = native(name)?;
    let name = native_name.as_ref().unwrap_or(name);
    let found = path_with_case_fallback(name, |name| {
        sys::target_exists(&name.0)?;
        full(name)
    });
    found.map_err(|error| if error == Error::OutOfMemory { error } else { Error::FileNotFound })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::tests::{name, to_name};
    use std::env;

    #[test]
    fn dots_are_folded() {
        for (given, full) in [
            ("/a/./b//../c/", "/a/c"),
            ("/../..", "/"),
            ("/no such folder/../x", "/x"),
            ("Z:\\a\\..\\b", "/b"),
        ] {
            assert_eq!(absolute(&name(given)), Ok(name(full)));
        }
    }

    #[test]
    fn a_relative_name_starts_at_the_current_directory() {
        let here = env::current_dir().unwrap();
        assert_eq!(absolute(&name("x.wav")), Ok(to_name(here.join("x.wav"))));
        assert_eq!(absolute(&name("..")), Ok(to_name(here.parent().unwrap().to_path_buf())));
    }
}
