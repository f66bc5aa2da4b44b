//! What is behind a file that was opened by a function of `mmsystem_ext.h`: callbacks, or a part of a disk file. Its
//! positions have 64 bits, and are those of the file, not in the structure.
#![forbid(unsafe_code)]

use super::callbacks::Callbacks;
use super::dos;
use super::message::Message;
use super::part::Part;
use crate::abi;
use crate::error::Error;
use crate::memory::Info;
use crate::sys;
use core::cell::Cell;

pub enum Backing {
    Callbacks(Callbacks),
    Part(Part),
}

impl Backing {
    /// Handles a message, and returns the result as a procedure does.
    pub fn message(&self, info: Info<'_>, position: &Cell<i64>, message: Message<'_>) -> isize {
        match (self, message) {
            (_, Message::Other(abi::MMIOM_RENAME, ..)) => {
                Error::to_lresult(Err(Error::Other(abi::MMSYSERR_NOTSUPPORTED)))
            }
            (Backing::Callbacks(callbacks), _) => callbacks.message(position, message),
            (Backing::Part(part), _) => sys::uncancelled(|| part.message(info, position, message)),
        }
    }

    /// Whether the file can be read, and whether it can be written.
    pub fn access(&self, info: Info<'_>) -> (bool, bool) {
        match self {
            Backing::Callbacks(callbacks) => callbacks.access(),
            Backing::Part(_) => {
                let (readable, writable) = dos::access(info.words());
                // The system would append, and not write to the part.
                (readable, writable && !dos::appends(info.words()))
            }
        }
    }

    pub fn is_stream(&self) -> bool {
        matches!(self, Backing::Callbacks(callbacks) if callbacks.is_stream())
    }

    pub fn is_part(&self) -> bool {
        matches!(self, Backing::Part(_))
    }

    /// The position beyond which nothing can be written.
    pub fn limit(&self) -> i64 {
        match self {
            Backing::Callbacks(_) => i64::MAX,
            Backing::Part(part) => part.length(),
        }
    }
}
