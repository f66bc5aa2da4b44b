//! The two messages that write, and what a procedure was sent of them and took.
#![forbid(unsafe_code)]

use crate::memory::Source;
use crate::procs::Kind;
use crate::procs::message::Message;
use core::cell::Cell;

/// Whether a procedure is asked to write, or to write and empty its own buffers.
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

/// What the procedure was sent, and what it took.
#[derive(Debug, Default)]
pub struct WriteHistory {
    /// A custom procedure was sent bytes as `MMIOM_WRITE` since it last took a `MMIOM_WRITEFLUSH`. Of a disk file, bytes
    /// went to the system since they were last forced to the disk.
    pub flush_owed: Cell<bool>,
    /// It took a byte of a `MMIOM_WRITE`.
    pub accepted_write: Cell<bool>,
    /// It took a byte of a `MMIOM_WRITEFLUSH`; or it returned an error by name to one of 0 bytes, and so knows the message.
    pub accepted_flush: Cell<bool>,
    /// It returned 0 to a `MMIOM_WRITEFLUSH` of 0 bytes.
    pub accepted_empty_flush: Cell<bool>,
    /// It took as `MMIOM_WRITEFLUSH` what it had refused as `MMIOM_WRITE`, since the last flush.
    pub write_refused: Cell<bool>,
}

impl WriteHistory {
    /// In a forked child: a message was under way that nobody waits for any more. If it was a flush, that is owed still.
    pub fn abandon_message(&self, kind: Kind) {
        self.flush_owed.set(self.flush_owed.get() || kind == Kind::Custom);
    }

    /// Whether the procedure has shown that it knows this message: it took a byte of one, at least.
    #[inline(always)]
    pub fn has_accepted(&self, write_kind: WriteKind) -> bool {
        match write_kind {
            WriteKind::Write => self.accepted_write.get(),
            WriteKind::Flush => self.accepted_flush.get(),
        }
    }
}
