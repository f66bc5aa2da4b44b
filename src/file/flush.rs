//! Which of the two write messages is sent, and whether the procedure is owed a flush (docs/contract.md, part 5).
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
    /// The message for bytes when the caller has not asked for a flush.
    #[inline(always)]
    pub(super) fn default_write_kind(&self) -> WriteKind {
        if self.write_through.get() || self.write_history.write_refused.get() {
            WriteKind::Flush
        } else {
            WriteKind::Write
        }
    }

    /// Sends the dirty bytes as `MMIOM_WRITEFLUSH`, and then a flush that is still owed. After a failure nothing is
    /// lost, and the next flush sends the rest.
    pub(super) fn flush_out(&self) -> Result<(), Error> {
        // From each flush on, a refused message is tried again.
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
        /// A valid address for 0 bytes.
        static NOTHING: [u8; 1] = [0];

        let is_needed = match self.kind {
            Kind::Custom | Kind::Backed => true,
            Kind::Dos => dos::is_durable(self.shared_info.info().words()),
            Kind::Mem => false,
        };
        if !is_needed {
            return Ok(());
        }
        let nothing = Source::from(&NOTHING[..]).first(0);
        let WriteResult { returned, .. } =
            self.exchange(|| self.send_write_message(WriteKind::Flush, nothing)).map_err(write_error)?;
        // The result of a procedure that may not know the message has no meaning.
        let knows_flush =
            self.write_history.accepted_flush.get() || self.write_history.accepted_empty_flush.get();
        let failed = returned != 0 && (knows_flush || self.kind != Kind::Custom);
        if failed { Err(Error::CannotWrite) } else { Ok(()) }
    }

    /// Sends bytes, and returns how many were taken. If a custom procedure refuses a message of which it has never
    /// taken a byte, the same bytes are sent once as the other message, which may be the only one that it knows.
    pub(super) fn send_write(&self, write_kind: WriteKind, source: Source<'_>) -> Result<usize, Error> {
        let before = (self.disk_offset.get(), self.snapshot());
        let WriteResult { returned, count } = self.send_write_message(write_kind, source)?;
        let is_refusal = matches!(returned, 0 | -1) && !source.is_empty();
        // A procedure that moved its position or that of the file knows the message, and failed.
        let nothing_moved = before == (self.disk_offset.get(), self.snapshot());
        if !is_refusal
            || self.kind != Kind::Custom
            || self.write_history.has_accepted(write_kind)
            || !nothing_moved
        {
            return count.ok_or(Error::CannotWrite);
        }
        let WriteResult { count, .. } = self.send_write_message(write_kind.other(), source)?;
        if write_kind == WriteKind::Write && count > Some(0) {
            self.write_history.write_refused.set(true);
        }
        count.ok_or(Error::CannotWrite)
    }

    /// Sends one write message, and records the result.
    fn send_write_message(&self, write_kind: WriteKind, source: Source<'_>) -> Result<WriteResult, Error> {
        // Callbacks write and flush separately, so that bytes that were taken are not sent again if the flush fails.
        let write_kind = match self.kind {
            Kind::Backed if !source.is_empty() => WriteKind::Write,
            _ => write_kind,
        };
        let from = self.disk_offset.get();
        let message = write_kind.message(source);
        // Cleared before the message, as bytes that the procedure itself writes during the flush owe another one.
        let owed = matches!(self.kind, Kind::Custom | Kind::Backed)
            && write_kind == WriteKind::Flush
            && self.write_history.flush_owed.take();
        let result = self.send_unchecked(&message);
        let count =
            result.and_then(|returned| message::check(&message, returned)).ok().map(isize::unsigned_abs);
        if let Some(count @ 1..) = count {
            self.advance_if_unmoved(from, count);
        }
        self.record_write(write_kind, source.len(), count);
        if write_kind == WriteKind::Flush && source.is_empty() && result.is_ok_and(is_mmio_error) {
            self.write_history.accepted_flush.set(true);
        }
        let succeeded = count.is_some_and(|count| count > 0 || source.is_empty());
        if owed && !succeeded {
            self.write_history.flush_owed.set(true);
        }
        Ok(WriteResult { returned: result?, count })
    }

    /// Records a message of `len` bytes, of which `taken` were accepted (`None` if it failed): the messages that the
    /// procedure knows, and whether a flush is owed. A failed message may have written some bytes too.
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

/// The result of a write message.
struct WriteResult {
    /// The number that the procedure returned.
    returned: isize,
    /// The number of bytes taken, unless the result is an error.
    count: Option<usize>,
}

/// Whether a result is one of `MMIOERR_*`.
fn is_mmio_error(returned: isize) -> bool {
    UINT::try_from(returned)
        .is_ok_and(|returned| (abi::MMIOERR_FILENOTFOUND..=abi::MMIOERR_INVALIDFILE).contains(&returned))
}
