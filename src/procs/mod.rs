//! I/O procedures: which one a file gets, how it is called, and the two that are built in.

pub mod call;
mod cross_device;
pub mod dos;
mod kind;
pub mod mem;
pub mod message;
pub mod registry;
pub mod show;

pub use kind::Kind;

use crate::error::Error;
use crate::fourcc::FourCc;
use crate::name::{Encoding, Name};
use call::Procedure;

/// The I/O procedure for a file (doc): the one given, else the one installed under `code`, else by the
/// name's extension, in the encoding in which the name was given, else DOS.
#[inline]
pub fn choose(
    given: Option<Procedure>,
    code: FourCc,
    name: Option<&Name>,
    encoding: Encoding,
) -> Result<(FourCc, Procedure), Error> {
    if let Some(procedure) = given {
        return Ok((code, procedure));
    }
    if code.0 != 0 {
        return registry::find(code).map(|procedure| (code, procedure)).ok_or(Error::InvalidFile);
    }
    choose_by_name(name, encoding)
}

#[inline(never)]
fn choose_by_name(name: Option<&Name>, encoding: Encoding) -> Result<(FourCc, Procedure), Error> {
    let Some(code) = name.and_then(|name| name.extension(encoding)) else {
        return registry::find(FourCc::DOS)
            .map(|procedure| (FourCc::DOS, procedure))
            .ok_or(Error::InvalidFile);
    };
    // Only a procedure that a program has installed: no file's name makes memory of it. Without one it is the built-in disk
    // procedure's, also where a program has its own (win).
    Ok(match registry::find_installed(code) {
        Some(procedure) => (code, procedure),
        None => (FourCc::DOS, Procedure::DOS),
    })
}
