//! Absolute names, as `MMIO_PARSE` and `MMIO_EXIST` tell them: what is opened by one is what its name leads to.
#![forbid(unsafe_code)]

use super::lookup::fold;
use super::parts::without_end;
use super::{as_it_is, native};
use crate::error::Error;
use crate::fallible;
use crate::name::Name;
use crate::sys;

/// The absolute form of a name: current directory, `.` and `..` folded, but for `..` behind a link.
pub fn absolute(name: &Name) -> Result<Name, Error> {
    full(native(name)?.as_ref().unwrap_or(name))
}

fn full(name: &Name) -> Result<Name, Error> {
    let start = if name.0.first() == Some(&b'/') { Vec::new() } else { sys::current_folder()? };
    fold(start, &name.0).map(Name)
}

/// The absolute form of an existing file's name, in the case that it has.
pub fn existing(name: &Name) -> Result<Name, Error> {
    let spelled = native(name)?;
    let name = spelled.as_ref().unwrap_or(name);
    // A directory may be said to be one.
    let (stem, end) = name.0.split_at(without_end(&name.0).len());
    let found = as_it_is(&Name::of_bytes(stem)?, |stem| {
        let name = Name(fallible::concat(&[&stem.0, end])?);
        sys::leads_somewhere(&name.0)?;
        full(&name)
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
