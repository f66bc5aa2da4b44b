//! Reads RF64 and BW64: RIFF files whose 64-bit sizes are in a chunk `ds64` (docs/rf64.md).
#![forbid(unsafe_code)]

use super::ds64::{ENTRY_SIZE, MIN_SIZE, Sizes};
use super::extent::{Extent, Found};
use super::long_sizes::LongSizes;
use crate::error::Error;
use crate::file::File;
use crate::fourcc::FourCc;
use crate::memory::{self, Target};
use crate::sys;
use core::ffi::CStr;

/// An environment variable: `off` disables RF64, `auto` writes it.
pub const VARIABLE: &CStr = c"MMSYSTEM_RF64";

fn is_long_riff(code: u32) -> bool {
    code == FourCc::RF64.0 || code == FourCc::BW64.0
}

impl File {
    /// Whether a file, or a member of an archive, begins at the position.
    pub(super) fn is_beginning(&self, position: i64) -> bool {
        position == 0 || position == self.start.get()
    }

    /// Whether a header of this code, at this position, is that of an RF64.
    pub(super) fn is_rf64_header(&self, code: u32, position: i64) -> bool {
        is_long_riff(code) && self.is_beginning(position) && !sys::is_set_to(VARIABLE, b"off")
    }

    /// Whether the buffer holds the code of an RF64 at the position.
    pub(super) fn holds_rf64_header(&self) -> bool {
        let state = self.buffer_state.get();
        let code = self.buffer.lookahead(state.next, state.end).array(0);
        code.is_some_and(|code| is_long_riff(u32::from_le_bytes(code)))
    }

    pub(super) fn long_sizes(&self) -> Result<&LongSizes, Error> {
        if self.long_sizes.get().is_none() {
            let state = memory::boxed(LongSizes::new()).map_err(|_| Error::OutOfMemory)?;
            // Cannot fail, as the cell is empty.
            let _ = self.long_sizes.set(state);
        }
        self.long_sizes.get().map(|state| &**state).ok_or(Error::OutOfMemory)
    }

    /// Discards the sizes of the RIFF that was read before.
    pub(super) fn clear_long_sizes(&self) {
        if let Some(state) = self.long_sizes.get() {
            state.clear();
        }
    }

    /// Returns a chunk with the size that `ds64` has for it.
    #[inline(never)]
    pub(super) fn resolve(&self, found: Found) -> Found {
        let state = self.long_sizes.get().filter(|_| found.extent.is_streamed);
        let Some((state, size)) = state.and_then(|state| Some((state, state.size_of(&found)?))) else {
            return found;
        };
        state.remember(found.extent.data, size);
        Found { extent: Extent { size, is_streamed: false, ..found.extent }, ..found }
    }

    /// Returns the true extent of a chunk that a caller passes back.
    #[inline(never)]
    pub(super) fn true_extent(&self, extent: Extent) -> Extent {
        let state = self.long_sizes.get().filter(|_| extent.is_streamed);
        state.and_then(|state| state.recall(extent)).unwrap_or(extent)
    }

    /// Reads the `ds64` after the form type of an RF64. The position is after the form type before and afterwards.
    #[cold]
    #[inline(never)]
    pub(super) fn read_ds64(&self, base: i64) -> Result<(), Error> {
        let from = self.position();
        let sizes = self.peek_sizes(from);
        if !self.is_stream() {
            self.seek_in_chunk(from)?;
        }
        match sizes? {
            Some(sizes) => self.long_sizes()?.enter(base, sizes),
            None => self.clear_long_sizes(),
        }
        Ok(())
    }

    fn peek_sizes(&self, from: i64) -> Result<Option<Sizes>, Error> {
        let (mut header, mut bytes, mut entry) = ([0; 8], [0; MIN_SIZE], [0; ENTRY_SIZE]);
        if !self.peek(from, 0, &mut header)? {
            return Ok(None);
        }
        let [a, b, c, d, size @ ..] = header;
        let size = u32::from_le_bytes(size);
        let is_ds64 = u32::from_le_bytes([a, b, c, d]) == FourCc::DS64.0 && size as usize >= MIN_SIZE;
        if !is_ds64 || !self.peek(from, 8, &mut bytes)? {
            return Ok(None);
        }
        let mut sizes = Sizes::parse(bytes, size);
        for index in 0..sizes.entries {
            let place = index.saturating_mul(ENTRY_SIZE).saturating_add(8).saturating_add(MIN_SIZE);
            if !self.peek(from, place, &mut entry)? {
                break;
            }
            sizes.set_entry(index, entry);
        }
        Ok(Some(sizes))
    }

    /// Reads the bytes at `from + index`. Returns false if the file does not have them. In a stream the position does
    /// not change, and the bytes must fit into the buffer.
    #[inline(never)]
    pub(super) fn peek(&self, from: i64, index: usize, bytes: &mut [u8]) -> Result<bool, Error> {
        if self.is_stream() {
            let is_held = self.hold_ahead(index.saturating_add(bytes.len()))?;
            let at = self.buffer_state.get().next.saturating_add(index);
            return Ok(is_held && self.buffer.copy_out(at, Target::from(&mut *bytes)) == bytes.len());
        }
        self.seek_in_chunk(from.saturating_add_unsigned(index as u64))?;
        match self.read_bytes(bytes) {
            Err(Error::ChunkNotFound) => Ok(false),
            read => read.map(|()| true),
        }
    }

    /// Reads ahead until the buffer of a stream holds `count` bytes. Returns false if it cannot, or the stream ends.
    fn hold_ahead(&self, count: usize) -> Result<bool, Error> {
        loop {
            let state = self.buffer_state.get();
            if state.end.saturating_sub(state.next) >= count {
                return Ok(true);
            }
            if count > self.buffer.len() || state.has_dirty_bytes() || !self.can_buffer() {
                return Ok(false);
            }
            if state.next.saturating_add(count) > self.buffer.len() {
                self.empty_clean();
            }
            if self.fill()? == 0 {
                return Ok(false);
            }
        }
    }
}
