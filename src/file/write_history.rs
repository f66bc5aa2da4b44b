//! The two write messages, and a record of what a procedure was sent and accepted.
#![forbid(unsafe_code)]

use crate::memory::Source;
use crate::procs::Kind;
use crate::procs::message::Message;
use core::cell::Cell;

/// Which message is sent: `MMIOM_WRITE`, or `MMIOM_WRITEFLUSH`, which also empties the procedure's buffers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteKind {
    Write,
    Flush,
}

impl WriteKind {
    #[inline(always)]
    pub fn message(self, source: Source<'_>) -> Message<'_> {
        match self {
            WriteKind::Write => Message::Write(source),
            WriteKind::Flush => Message::WriteFlush(source),
        }
    }

    pub fn other(self) -> WriteKind {
        match self {
            WriteKind::Write => WriteKind::Flush,
            WriteKind::Flush => WriteKind::Write,
        }
    }
}

/// What the procedure was sent and what it accepted.
#[derive(Debug, Default)]
pub struct WriteHistory {
    /// For a custom procedure: bytes were sent as `MMIOM_WRITE` since it last accepted a `MMIOM_WRITEFLUSH`. For a disk
    /// file: bytes were written since they were last forced to the disk.
    pub flush_owed: Cell<bool>,
    /// It accepted bytes of a `MMIOM_WRITE`.
    pub accepted_write: Cell<bool>,
    /// It accepted bytes of a `MMIOM_WRITEFLUSH`, or returned one of MMIOERR_* for one of 0 bytes: it knows the
    /// message.
    pub accepted_flush: Cell<bool>,
    /// It returned 0 for a `MMIOM_WRITEFLUSH` of 0 bytes.
    pub accepted_empty_flush: Cell<bool>,
    /// Since the last flush, it accepted as `MMIOM_WRITEFLUSH` bytes that it had refused as `MMIOM_WRITE`.
    pub write_refused: Cell<bool>,
}

impl WriteHistory {
    /// In a forked child: a message of a thread that does not exist here is abandoned. It may have been a flush, which
    /// is still owed.
    pub fn abandon_message(&self, kind: Kind) {
        self.flush_owed.set(self.flush_owed.get() || matches!(kind, Kind::Custom | Kind::Backed));
    }

    /// Whether the procedure has accepted bytes of this message, and so knows it.
    #[inline(always)]
    pub fn has_accepted(&self, write_kind: WriteKind) -> bool {
        match write_kind {
            WriteKind::Write => self.accepted_write.get(),
            WriteKind::Flush => self.accepted_flush.get(),
        }
    }
}
