//! The parts of a name. The file system is not consulted.
#![forbid(unsafe_code)]

use crate::error::Error;
use crate::fallible;
use crate::sys;
use core::ffi::CStr;

/// Environment variable: `posix` turns the translation of names off.
const PATHS_VARIABLE: &CStr = c"MMSYSTEM_PATHS";

/// Whether Windows names are translated.
pub fn windows_paths() -> bool {
    !sys::is_set_to(PATHS_VARIABLE, b"posix")
}

/// Returns the directory part of a name; empty for the current directory, or if there is none.
pub fn parent_of(name: &[u8]) -> &[u8] {
    let name = trim_dir_suffix(name);
    match name.iter().rposition(|&byte| byte == b'/').map(|slash| name.split_at(slash)) {
        None => b"",
        Some((dir, _)) => match trim_dir_suffix(dir) {
            b"" => b"/",
            dir => dir,
        },
    }
}

/// Returns the part after the last separator.
pub fn file_name_of(name: &[u8]) -> &[u8] {
    name.rsplit(|&byte| byte == b'/').next().unwrap_or_default()
}

/// Removes the suffix, `/` or `/.`, with which a name can only be that of a directory.
pub fn trim_dir_suffix(mut name: &[u8]) -> &[u8] {
    while let Some(rest) = name.strip_suffix(b"/").or(name.strip_suffix(b"/.")) {
        name = rest;
    }
    name
}

/// Whether a name has a component `..`.
pub fn has_dot_dot(name: &[u8]) -> bool {
    name.split(|&byte| byte == b'/').any(|component| component == b"..")
}

pub fn join(dir: &[u8], file: &[u8]) -> Result<Vec<u8>, Error> {
    let between: &[u8] = if dir.last().is_some_and(|&last| last != b'/') { b"/" } else { b"" };
    Ok(fallible::concat(&[dir, between, file])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;
    use std::path::Path;

    #[test]
    fn parents_agree_with_std() {
        for name in
            ["a", "a/b", "/a", "//a", "a/", "a//b", "a/./b", "a/b/.", "./a", ".", "./", "a/..", "/a/b/./", ""]
        {
            let parent = Path::new(name).parent().unwrap_or(Path::new(""));
            assert_eq!(parent_of(name.as_bytes()), parent.as_os_str().as_bytes(), "{name}");
        }
    }
}
