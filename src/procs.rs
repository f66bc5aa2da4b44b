//! I/O procedures: the choice of one for a file, how it is called, the two built-in ones, and what is in
//! place of one: callbacks, and parts of disk files.

pub mod backing;
pub mod call;
pub mod callbacks;
mod cross_device;
pub mod dos;
mod kind;
pub mod mem;
pub mod message;
pub mod part;
pub mod registry;
pub mod show;

pub use kind::Kind;

use crate::error::Error;
use crate::fourcc::FourCc;
use crate::name::{Encoding, Name};
use call::Procedure;

/// Returns the I/O procedure for a file and its code (doc): the one that was given, else the one of `code`, else the
/// one of the name's extension, which is spelled in `encoding`, else DOS.
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
    // Only an installed procedure is looked for: an extension never chooses the built-in MEM. Without one it is the
    // built-in DOS, even if the program has installed another under that code (win).
    Ok(match registry::find_installed(code) {
        Some(procedure) => (code, procedure),
        None => (FourCc::DOS, Procedure::DOS),
    })
}
