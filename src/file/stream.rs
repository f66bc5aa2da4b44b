//! Files that are written at their end only: streams (a pipe, a socket, a terminal), and descriptors that append.
//!
//! On a stream reading and writing are independent directions. Its buffer holds either bytes that were read ahead, at
//! `[next, end)`, or bytes to be written, up to `end == next`, and never both: while there are bytes read ahead a write
//! goes past the buffer, and what is dirty is sent before more is read; where that fails, what is read goes past the buffer.
//! The procedure is at the position less what is dirty, or behind what was read ahead: at `end_position`.
#![forbid(unsafe_code)]

use super::flush::How;
use super::{File, Window};
use crate::error::Error;
use crate::memory::Target;
use crate::procs::{Kind, dos};

impl File {
    /// Whether the file only goes forward.
    pub(super) fn is_stream(&self) -> bool {
        self.kind == Kind::Dos && dos::is_stream(self.live.words())
    }

    /// Whether every write goes to the end of the file, wherever it is meant to go.
    pub(super) fn appends(&self) -> bool {
        self.kind == Kind::Dos && dos::appends(self.live.words())
    }

    /// Whether the buffer holds bytes that were read ahead of a stream, and are nowhere else.
    pub(super) fn has_read_ahead(&self, window: Window) -> bool {
        window.next < window.end && self.is_stream()
    }

    /// Whether writes at the position may go into the buffer without a further look.
    pub(super) fn is_open_to_writes(&self, window: Window) -> bool {
        if self.appends() {
            return window.is_unwritten() && window.next == window.dirty_to;
        }
        !self.has_read_ahead(window)
    }

    /// The window after everything dirty was sent: what was written to a stream cannot be read there.
    pub(super) fn sent(&self, window: Window) -> Window {
        if self.is_stream() && window.next >= window.end {
            return Window::empty_at(window.position());
        }
        window.clean()
    }

    /// Goes forward on a stream, past the end of what the buffer holds. What is passed is gone, also where the stream ends
    /// before it is there.
    pub(super) fn skip_to(&self, target: i64) -> Result<(), Error> {
        if target < self.position() {
            return Err(Error::CannotSeek);
        }
        if let Err(error) = self.write_out(How::Write) {
            let before = self.past_unsent(error)?;
            let unsent = before.dirty_to.saturating_sub(before.dirty_from);
            let skipped = self.place_procedure(target.saturating_sub_unsigned(unsent as u64));
            self.have_passed_unsent(before);
            return skipped;
        }
        let skipped = self.place_procedure(target);
        self.window.set(Window::empty_at(self.disk.get()));
        skipped
    }

    /// Reads on after dirty bytes could not be sent: they stay, and the next flush tells of it.
    #[cold]
    pub(super) fn read_past_unsent(&self, target: Target<'_>, error: Error) -> Result<usize, Error> {
        let before = self.past_unsent(error)?;
        let count = self.exchange(|| self.send_read(target))?;
        self.have_passed_unsent(before);
        Ok(count)
    }

    /// The window with what could not be sent, if that is no reason not to read.
    fn past_unsent(&self, error: Error) -> Result<Window, Error> {
        let window = self.window.get();
        if self.is_stream() && window.is_unwritten() && error == Error::CannotWrite {
            Ok(window)
        } else {
            Err(error)
        }
    }

    /// The position counts what was read, and so the bytes that wait are not at the positions any more that they had.
    fn have_passed_unsent(&self, before: Window) {
        let offset = self.disk.get().saturating_sub_unsigned(before.dirty_from as u64);
        self.window.set(Window { offset, ..before });
        if offset > before.offset {
            self.unsent_until.set(self.position());
        }
    }

    /// Whether bytes that wait to be sent are still where they were written, from this position on.
    pub(super) fn waits_at(&self, position: i64) -> bool {
        position >= self.unsent_until.get()
    }

    /// What direct access makes of a stream's window. The caller may have written where bytes read ahead were, and only
    /// what `pchNext` was moved over can be told from what was read.
    pub(super) fn by_hand_on_stream(&self, next: usize, is_dirty: bool) -> Result<Window, Error> {
        let window = self.window.get();
        if is_dirty {
            if next < window.next || window.next < window.end {
                return Err(Error::CannotWrite);
            }
            return Ok(Window { next, end: next, ..window.soiled(window.next, next) });
        }
        let may_move = if window.is_unwritten() { next == window.next } else { next <= window.end };
        if may_move { Ok(Window { next, ..window }) } else { Err(Error::CannotSeek) }
    }

    /// Takes bytes back that were to be written to a stream from this position on, as far as they are still here.
    pub(super) fn take_back_unsent(&self, position: i64) {
        let window = self.window.get();
        let place = position.checked_sub(window.offset).and_then(|place| usize::try_from(place).ok());
        let place = place
            .filter(|place| self.waits_at(position) && (window.dirty_from..window.dirty_to).contains(place));
        if let Some(place) = place {
            self.window.set(Window { next: place, end: place, dirty_to: place, ..window });
        }
    }

    /// Whether bytes written at the position land there, though the system puts them at the end.
    pub(super) fn check_append(&self) -> Result<(), Error> {
        let window = self.window.get();
        let at = |place: usize| window.offset.saturating_add_unsigned(place as u64);
        let (from, to) = match window.is_unwritten() {
            true => (at(window.dirty_from), at(window.dirty_to)),
            false => (window.position(), window.position()),
        };
        let is_right =
            to == window.position() && from == self.pauses.during(|| dos::end(self.live.info()))?;
        if is_right { Ok(()) } else { Err(Error::CannotWrite) }
    }

    /// From where on the buffer counts as written after direct access, where only the end can be written.
    pub(super) fn append_by_hand(&self, next: usize) -> Result<usize, Error> {
        self.check_append()?;
        let from = self.window.get().next;
        if next < from { Err(Error::CannotWrite) } else { Ok(from) }
    }
}
