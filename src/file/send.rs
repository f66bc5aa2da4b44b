//! Sends a message to the procedure of a file, or to what is in its place: nesting, pauses for a fork, the trace.
#![forbid(unsafe_code)]

use super::{File, MAX_DEPTH};
use crate::error::Error;
use crate::procs::message::{self, Message};
use crate::procs::{Kind, dos, mem, show};
use crate::{sys, trace};

impl File {
    /// Calls a built-in procedure directly, not through its C interface.
    #[inline(never)]
    fn send_built_in(&self, message: &Message<'_>, kind: Kind) -> isize {
        let info = self.shared_info.info();
        match kind {
            Kind::Mem => mem::message(info, &self.buffer, *message),
            Kind::Backed => {
                let backing = self.backing.as_ref();
                backing.map_or(-1, |backing| backing.message(info, &self.disk_offset, *message))
            }
            _ => sys::uncancelled(|| dos::message(info, *message)),
        }
    }

    #[inline(always)]
    fn deliver(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        match (kind, message) {
            (Kind::Custom, _) | (Kind::Dos, Message::Other(..)) => {
                self.shared_info.send(self.procedure, message)
            }
            _ => Ok(self.send_built_in(message, kind)),
        }
    }

    fn deliver_traced(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        let deliver = || self.deliver(message, kind);
        let position = || match kind {
            Kind::Backed => self.disk_offset.get(),
            _ => show::position(self.shared_info.info(), kind),
        };
        match (kind, message) {
            // The procedure traces it itself.
            (Kind::Dos, Message::Other(..)) => deliver(),
            _ => show::traced(kind, self.code, self.flags, message, position, deliver),
        }
    }

    /// Sends a message to the file's procedure, and checks the result.
    pub(super) fn send(&self, message: &Message<'_>) -> Result<isize, Error> {
        message::check(message, self.send_unchecked(message)?)
    }

    /// Sends a message to the file's procedure, and returns the result unchecked.
    pub(super) fn send_unchecked(&self, message: &Message<'_>) -> Result<isize, Error> {
        match message {
            Message::Read(_) | Message::Write(_) | Message::WriteFlush(_) if self.kind == Kind::Dos => {
                self.transfer_to_disk(message)
            }
            _ if trace::is_on() => self.send_traced(message, self.kind),
            _ => self.send_untraced(message, self.kind),
        }
    }

    /// Sends a transfer to the built-in disk procedure, which needs no structure for it.
    fn transfer_to_disk(&self, message: &Message<'_>) -> Result<isize, Error> {
        let transfer = || dos::transfer_at(self.shared_info.info().words(), self.disk_offset.get(), *message);
        let deliver = || {
            let (result, words, position) = sys::uncancelled(transfer);
            self.shared_info.info().set_words(words);
            self.disk_offset.set(position);
            Ok(result)
        };
        let position = || self.disk_offset.get();
        self.pauses.during(|| show::traced(Kind::Dos, self.code, self.flags, message, position, deliver))
    }

    /// Sends a message without a trace, for a caller that knows the kind of the procedure at compile time.
    #[inline(always)]
    pub(super) fn send_untraced(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        let depth = self.begin_message(kind)?;
        let result = self.deliver(message, kind);
        self.end_message(kind, depth, result)
    }

    #[inline(never)]
    fn send_traced(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        let depth = self.begin_message(kind)?;
        let result = self.deliver_traced(message, kind);
        self.end_message(kind, depth, result)
    }

    /// Returns the number of messages that this one is nested in.
    #[inline(always)]
    fn begin_message(&self, kind: Kind) -> Result<u32, Error> {
        if self.is_closed() {
            return Err(Error::InvalidHandle);
        }
        if self.depth.get() >= MAX_DEPTH {
            return Err(Error::Busy);
        }
        self.sync_to_procedure(kind);
        let depth = self.depth.get();
        self.depth.set(depth.saturating_add(1));
        // A fork waits for the built-in memory procedure: it takes no time, and changes the file.
        if kind != Kind::Mem {
            self.pauses.begin();
        }
        Ok(depth)
    }

    #[inline(always)]
    fn end_message(&self, kind: Kind, depth: u32, result: Result<isize, Error>) -> Result<isize, Error> {
        if kind != Kind::Mem {
            self.pauses.end();
        }
        self.depth.set(depth);
        self.sync_from_procedure(kind);
        // The procedure may have closed the file.
        if self.is_closed() {
            return Err(Error::InvalidHandle);
        }
        result
    }
}
