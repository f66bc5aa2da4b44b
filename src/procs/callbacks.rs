//! A file whose bytes a program's callbacks supply (`mmsys_open_callbacks`).
//!
//! The callbacks have a position of their own. It is unknown during a callback, which may use the file itself, and
//! after one that failed; the next transfer then begins with a seek.

use super::message::Message;
use crate::abi::{self, MMSYS_CALLBACKS};
use crate::error::Error;
use crate::memory::{Source, Target};
use core::cell::Cell;
use core::ffi::c_void;

/// How many bytes of a stream are read at once to skip them.
const SKIP_BUFFER: usize = 1024;

/// In place of a position of the callbacks that is not known.
const UNKNOWN: i64 = -1;

/// Beyond this position a transfer could exceed the largest one.
const NEAR_LAST: i64 = i64::MAX - i32::MAX as i64;

pub struct Callbacks {
    table: MMSYS_CALLBACKS,
    context: *mut c_void,
    /// The position of the callbacks.
    at: Cell<i64>,
    /// The number of callbacks so far.
    calls: Cell<u32>,
    is_stream: Cell<bool>,
    /// The context may be freed: nothing is called any more. Tested between two callbacks of one message; the file
    /// refuses further messages.
    is_closed: Cell<bool>,
}

impl Callbacks {
    /// # Safety
    /// - The callbacks must be sound to call with `context`, from any thread, one at a time, until `close` was called.
    pub unsafe fn new(table: MMSYS_CALLBACKS, context: *mut c_void) -> Callbacks {
        let (at, calls) = (Cell::new(0), Cell::new(0));
        Callbacks { table, context, at, calls, is_stream: Cell::new(false), is_closed: Cell::new(false) }
    }

    pub fn access(&self) -> (bool, bool) {
        (self.table.read.is_some(), self.table.write.is_some())
    }

    /// Valid after `MMIOM_OPEN`.
    pub fn is_stream(&self) -> bool {
        self.is_stream.get()
    }

    /// Handles a message at a position of the file, and returns the result as a procedure does.
    pub fn message(&self, position: &Cell<i64>, message: Message<'_>) -> isize {
        match message {
            Message::Open(_) => {
                // As for a descriptor, a file that has no position is a stream.
                self.is_stream.set(self.send_seek(0, libc::SEEK_CUR).is_none());
                position.set(self.at.get().max(0));
                0
            }
            Message::Close(flags) => self.close(position, flags),
            Message::WriteFlush(_) => {
                // SAFETY: as promised to `new`.
                self.status(self.table.flush.map(|flush| unsafe { flush(self.context) }))
            }
            Message::Read(_) | Message::Write(_) if position.get() > NEAR_LAST => {
                self.transfer_to_last(position, message)
            }
            Message::Read(target) => self.read(position, target).unwrap_or(-1),
            Message::Write(source) => self.write(position, source).unwrap_or(-1),
            Message::Seek(offset, origin) => match self.seek(position, offset, origin) {
                Some(target) => isize::try_from(target).unwrap_or(isize::MAX),
                None => -1,
            },
            Message::Rename(..) | Message::Other(..) => 0,
        }
    }

    #[cold]
    #[inline(never)]
    fn close(&self, position: &Cell<i64>, flags: u32) -> isize {
        let status = if flags & abi::MMIO_FHOPEN != 0 {
            // They are left open, at the position of the file, as an adopted descriptor is.
            Error::to_lresult(self.move_to(position, position.get()).ok_or(Error::CannotSeek))
        } else {
            // SAFETY: as promised to `new`.
            self.status(self.table.close.map(|close| unsafe { close(self.context) }))
        };
        self.is_closed.set(true);
        status
    }

    /// The result of a callback that returns 0 or an error; None if there is none.
    fn status(&self, returned: Option<i32>) -> isize {
        let Some(returned @ (..=-1 | 1..)) = returned else { return 0 };
        self.at.set(UNKNOWN);
        isize::try_from(returned).unwrap_or(-1)
    }

    /// Calls back. `moved` is the position after a result, unless it is a failure.
    fn call(&self, callback: &dyn Fn() -> i64, moved: &dyn Fn(i64) -> Option<i64>) -> Option<i64> {
        let calls = self.calls.get().wrapping_add(1);
        self.calls.set(calls);
        self.at.set(UNKNOWN);
        let returned = callback();
        let at = moved(returned);
        // If the callback used the file, its position may be anywhere.
        let is_known = self.calls.get() == calls;
        self.at.set(at.filter(|_| is_known).unwrap_or(UNKNOWN));
        at.map(|_| returned)
    }

    fn send_seek(&self, offset: i64, origin: i32) -> Option<i64> {
        let seek = self.table.seek.filter(|_| !self.is_closed.get())?;
        // SAFETY: as promised to `new`.
        self.call(&|| unsafe { seek(self.context, offset, origin) }, &|at| (at >= 0).then_some(at))
    }

    /// Moves the callbacks to a position, unless they are there.
    #[inline(always)]
    fn move_to(&self, position: &Cell<i64>, target: i64) -> Option<()> {
        if self.at.get() == target || self.is_stream() {
            return Some(());
        }
        self.move_elsewhere(position, target)
    }

    #[inline(never)]
    fn move_elsewhere(&self, position: &Cell<i64>, target: i64) -> Option<()> {
        let before = position.get();
        self.send_seek(target, libc::SEEK_SET)?;
        if self.at.get() == UNKNOWN && position.get() == before {
            // The callback has used the file, but not moved it.
            self.send_seek(target, libc::SEEK_SET)?;
        }
        let is_there = self.at.get() == target && !self.is_closed.get();
        // The position that seek reported instead is not trusted either.
        self.at.set(if is_there { target } else { UNKNOWN });
        is_there.then_some(())
    }

    /// Transfers up to `len` bytes at the position, and advances it.
    fn transfer(&self, position: &Cell<i64>, len: usize, callback: &dyn Fn() -> i64) -> Option<isize> {
        let from = position.get();
        self.move_to(position, from)?;
        // The number that a callback returns is not trusted.
        let is_count = |count: &i64| usize::try_from(*count).is_ok_and(|count| count <= len);
        let count = self.call(callback, &|count| Some(count).filter(is_count)?.checked_add(from))?;
        // What a callback transferred on a stream meanwhile cannot be undone.
        let from = if self.is_stream() { position.get() } else { from };
        position.set(from.saturating_add(count));
        isize::try_from(count).ok()
    }

    fn read(&self, position: &Cell<i64>, target: Target<'_>) -> Option<isize> {
        let read = self.table.read?;
        // SAFETY: as promised to `new`; the target has room for that many bytes.
        let callback = || unsafe { read(self.context, target.address().cast(), target.len()) };
        self.transfer(position, target.len(), &callback)
    }

    /// Transfers near the largest position, which a request must not exceed.
    #[cold]
    #[inline(never)]
    fn transfer_to_last(&self, position: &Cell<i64>, message: Message<'_>) -> isize {
        let room = usize::try_from(i64::MAX.saturating_sub(position.get())).unwrap_or(usize::MAX);
        let count = match message {
            Message::Read(target) => self.read(position, target.first(room)),
            Message::Write(source) => self.write(position, source.first(room)),
            _ => None,
        };
        count.unwrap_or(-1)
    }

    fn write(&self, position: &Cell<i64>, source: Source<'_>) -> Option<isize> {
        let write = self.table.write?;
        // SAFETY: as promised to `new`; the source has that many bytes.
        let callback = || unsafe { write(self.context, source.address().cast(), source.len()) };
        self.transfer(position, source.len(), &callback)
    }

    fn seek(&self, position: &Cell<i64>, offset: i64, origin: i32) -> Option<i64> {
        let target = match origin {
            libc::SEEK_SET => offset,
            libc::SEEK_CUR => position.get().checked_add(offset)?,
            // win: SEEK_END counts backwards.
            libc::SEEK_END if !self.is_stream() => self.send_seek(0, libc::SEEK_END)?.checked_sub(offset)?,
            _ => return None,
        };
        if target < 0 {
            return None;
        }
        if self.is_stream() {
            self.skip(position, target)?;
        }
        self.move_to(position, target)?;
        position.set(target);
        Some(target)
    }

    /// Moves forward on a stream by reading.
    fn skip(&self, position: &Cell<i64>, target: i64) -> Option<()> {
        let mut scratch = [0; SKIP_BUFFER];
        while position.get() < target && !self.is_closed.get() {
            let left = usize::try_from(target.saturating_sub(position.get())).unwrap_or(SKIP_BUFFER);
            if self.read(position, Target::from(&mut scratch[..]).first(left))? == 0 {
                break;
            }
        }
        (position.get() == target).then_some(())
    }
}
