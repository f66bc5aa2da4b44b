//! What a file permits, and the rules of files that have callbacks, or a part of a disk file, in place of a procedure.
#![forbid(unsafe_code)]

use super::{BufferState, File};
use crate::abi;
use crate::error::Error;
use crate::procs::{Kind, dos};

impl File {
    #[cold]
    #[inline(never)]
    pub(super) fn open_backed(&self) {
        if let Some(backing) = &self.backing {
            self.set_access(backing.access(self.shared_info.info()), backing.is_stream());
            self.limit.set(backing.limit());
        }
        self.buffer_state.set(BufferState::empty_at(self.disk_offset.get()));
    }

    pub(super) fn set_access(&self, (readable, writable): (bool, bool), is_stream: bool) {
        self.readable.set(readable);
        self.writable.set(writable);
        self.is_stream.set(is_stream);
    }

    /// Only disk files support durability, and parts of them.
    pub fn set_durable(&self, on: bool) -> Result<(), Error> {
        if self.backing.as_ref().is_some_and(|backing| backing.is_part()) {
            // Bytes that were flushed before are still to be forced to the disk.
            self.write_history.flush_owed.set(self.write_history.flush_owed.get() || on);
        } else if self.kind != Kind::Dos {
            return Err(Error::Other(abi::MMSYSERR_NOTSUPPORTED));
        }
        self.shared_info.info().set_words(dos::with_durability(self.shared_info.info().words(), on));
        Ok(())
    }

    /// The end of the part of the buffer that may be written.
    pub(super) fn writable_end(&self, state: BufferState) -> usize {
        let room = self.limit.get().saturating_sub(state.offset).max(0);
        self.buffer.len().min(usize::try_from(room).unwrap_or(usize::MAX))
    }
}
