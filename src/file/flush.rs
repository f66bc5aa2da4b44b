//! Which of the two write messages the procedure gets, and the flush that it is owed (docs/contract.md, part 5).
#![forbid(unsafe_code)]

use super::File;
use super::messages::write_error;
use super::write_history::WriteKind;
use crate::abi::{self, UINT};
use crate::error::Error;
use crate::memory::Source;
use crate::procs::message;
use crate::procs::{Kind, dos};

impl File {
    /// The message that bytes go as where the caller did not ask for a flush.
    #[inline(always)]
    pub(super) fn default_write_kind(&self) -> WriteKind {
        if self.write_through.get() || self.write_history.write_refused.get() {
            WriteKind::Flush
        } else {
            WriteKind::Write
        }
    }

    /// Sends what is dirty as `MMIOM_WRITEFLUSH`, and then the flush that is still owed. On failure nothing is lost, and
    /// what is missing is sent the next time.
    pub(super) fn flush_out(&self) -> Result<(), Error> {
        // A procedure that refused a message is asked again.
        self.write_history.write_refused.set(false);
        self.write_out(WriteKind::Flush)?;
        self.send_owed_flush()
    }

    /// Sends a `MMIOM_WRITEFLUSH` of 0 bytes, if a flush is owed.
    #[inline]
    pub(super) fn send_owed_flush(&self) -> Result<(), Error> {
        if self.write_history.flush_owed.get() { self.send_empty_flush() } else { Ok(()) }
    }

    #[inline(never)]
    fn send_empty_flush(&self) -> Result<(), Error> {
        /// A procedure may look at the pointer, though there is nothing to take.
        static NOTHING: [u8; 1] = [0];

        let matters = match self.kind {
            Kind::Custom => true,
            Kind::Dos => dos::is_durable(self.shared_info.info().words()),
            Kind::Mem => false,
        };
        if !matters {
            return Ok(());
        }
        let nothing = Source::from(&NOTHING[..]).first(0);
        let WriteReply { answer, .. } =
            self.exchange(|| self.send_write_message(WriteKind::Flush, nothing)).map_err(write_error)?;
        // What a procedure answers that may not know the message means nothing.
        let knows_flush =
            self.write_history.accepted_flush.get() || self.write_history.accepted_empty_flush.get();
        let failed = answer != 0 && (knows_flush || self.kind != Kind::Custom);
        if failed { Err(Error::CannotWrite) } else { Ok(()) }
    }

    /// Sends bytes on, and returns how many were taken. A custom procedure that refuses a message of which it never took a
    /// byte gets the same bytes once as the other one: it may know only that.
    pub(super) fn send_write(&self, write_kind: WriteKind, source: Source<'_>) -> Result<usize, Error> {
        let before = (self.disk_offset.get(), self.snapshot());
        let WriteReply { answer, count } = self.send_write_message(write_kind, source)?;
        let is_refusal = matches!(answer, 0 | -1) && !source.is_empty();
        // A procedure that moved its position or its file's did know the message, and failed.
        let nothing_moved = before == (self.disk_offset.get(), self.snapshot());
        if !is_refusal
            || self.kind != Kind::Custom
            || self.write_history.has_accepted(write_kind)
            || !nothing_moved
        {
            return count.ok_or(Error::CannotWrite);
        }
        let WriteReply { count, .. } = self.send_write_message(write_kind.other(), source)?;
        if write_kind == WriteKind::Write && count > Some(0) {
            self.write_history.write_refused.set(true);
        }
        count.ok_or(Error::CannotWrite)
    }

    /// Sends one message that writes, and records what came of it.
    fn send_write_message(&self, write_kind: WriteKind, source: Source<'_>) -> Result<WriteReply, Error> {
        let from = self.disk_offset.get();
        let message = write_kind.message(source);
        // What is written in the middle of a flush, by the procedure itself, is owed another.
        let owed = self.kind == Kind::Custom
            && write_kind == WriteKind::Flush
            && self.write_history.flush_owed.take();
        let answer = self.send_unchecked(&message);
        let count = answer.and_then(|answer| message::check(&message, answer)).ok().map(isize::unsigned_abs);
        if let Some(count @ 1..) = count {
            self.advance_if_unmoved(from, count);
        }
        self.record_write(write_kind, source.len(), count);
        if write_kind == WriteKind::Flush && source.is_empty() && answer.is_ok_and(is_mmio_error) {
            self.write_history.accepted_flush.set(true);
        }
        let succeeded = count.is_some_and(|count| count > 0 || source.is_empty());
        if owed && !succeeded {
            self.write_history.flush_owed.set(true);
        }
        Ok(WriteReply { answer: answer?, count })
    }

    /// Keeps what a message of `len` bytes that was sent, and of which so many were taken, says of the procedure and of
    /// what is owed. None were taken where it failed; but then too it may have written some.
    #[inline(always)]
    pub(super) fn record_write(&self, write_kind: WriteKind, len: usize, taken: Option<usize>) {
        let write_history = &self.write_history;
        if self.kind == Kind::Dos {
            let forced = write_kind == WriteKind::Flush
                && taken.is_some()
                && dos::is_durable(self.shared_info.info().words());
            write_history.flush_owed.set(!forced && (len > 0 || write_history.flush_owed.get()));
            return;
        }
        match (write_kind, taken) {
            (WriteKind::Write, Some(1..)) => write_history.accepted_write.set(true),
            (WriteKind::Flush, Some(1..)) => write_history.accepted_flush.set(true),
            (WriteKind::Flush, Some(0)) if len == 0 => write_history.accepted_empty_flush.set(true),
            _ => {}
        }
        if write_kind == WriteKind::Write && len > 0 {
            write_history.flush_owed.set(true);
        }
    }
}

/// What came of a message that writes.
struct WriteReply {
    /// As it came.
    answer: isize,
    /// How many bytes were taken, if that is no error.
    count: Option<usize>,
}

/// Whether an answer is one of `MMIOERR_*`.
fn is_mmio_error(answer: isize) -> bool {
    UINT::try_from(answer)
        .is_ok_and(|answer| (abi::MMIOERR_FILENOTFOUND..=abi::MMIOERR_INVALIDFILE).contains(&answer))
}
