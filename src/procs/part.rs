//! A part of a disk file as a file (`mmsys_open_range`, `mmsys_open_part`), on top of the built-in `DOS ` procedure.
#![forbid(unsafe_code)]

use super::dos;
use super::message::Message;
use crate::error::Error;
use crate::memory::Info;
use core::cell::Cell;

pub struct Part {
    /// The position of the part in the disk file.
    start: i64,
    length: i64,
    /// The descriptor is the caller's.
    is_adopted: bool,
}

impl Part {
    pub fn new(start: i64, length: i64, is_adopted: bool) -> Result<Part, Error> {
        let is_range = start >= 0 && length >= 0 && start.checked_add(length).is_some();
        if is_range { Ok(Part { start, length, is_adopted }) } else { Err(Error::InvalidParam) }
    }

    pub fn length(&self) -> i64 {
        self.length
    }

    /// Handles a message at a position of the part, and returns the result as a procedure does. `info` is the structure
    /// of the file, as the `DOS ` procedure keeps it.
    pub fn message(&self, info: Info<'_>, position: &Cell<i64>, message: Message<'_>) -> isize {
        let room = self.length.saturating_sub(position.get()).max(0);
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        let message = match message {
            Message::Read(target) => Message::Read(target.first(room)),
            Message::Write(source) => Message::Write(source.first(room)),
            Message::Seek(offset, origin) => {
                let target = self.target(info, position, offset, origin);
                position.set(target.unwrap_or(position.get()));
                return target.map_or(-1, |target| isize::try_from(target).unwrap_or(isize::MAX));
            }
            Message::Close(_) if self.is_adopted => return 0,
            message => message,
        };
        dos::set_position(info, self.start.saturating_add(position.get()));
        let result = dos::message(info, message);
        let Message::Open(_) = message else {
            position.set(dos::position(info).saturating_sub(self.start));
            return result;
        };
        if result == 0 && dos::is_stream(info.words()) {
            // A stream has no parts.
            self.message(info, position, Message::Close(0));
            return Error::to_lresult(Err(Error::CannotSeek));
        }
        result
    }

    /// The position that a seek leads to, if it is in the part.
    fn target(&self, info: Info<'_>, position: &Cell<i64>, offset: i64, origin: i32) -> Option<i64> {
        let from = match origin {
            libc::SEEK_SET => 0,
            libc::SEEK_CUR => position.get(),
            // Where the part ends now: at its length, or where the disk file ends.
            libc::SEEK_END => dos::end(info).ok()?.saturating_sub(self.start).max(0).min(self.length),
            _ => return None,
        };
        // win: SEEK_END counts backwards.
        let offset = if origin == libc::SEEK_END { offset.checked_neg()? } else { offset };
        from.checked_add(offset).filter(|target| (0..=self.length).contains(target))
    }
}
