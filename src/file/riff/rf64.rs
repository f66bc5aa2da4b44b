//! RF64 and BW64: RIFF files whose sizes of 64 bits are in a chunk `ds64` (docs/rf64.md).
#![forbid(unsafe_code)]

use super::ds64::{ENTRY, LEAST, Sizes};
use super::extent::{Extent, Found};
use super::grow::Writing;
use super::scan::HEADER;
use crate::error::Error;
use crate::file::File;
use crate::fourcc::FourCc;
use crate::memory::{self, Target};
use crate::sys;
use core::cell::Cell;
use core::ffi::CStr;

/// In the environment: `off` shows such files as they are, `auto` writes them.
pub const VARIABLE: &CStr = c"MMSYSTEM_RF64";

/// How many chunks are remembered whose size `ds64` has.
const KNOWN: usize = 8;

/// No file position.
const NOWHERE: i64 = i64::MAX;

/// What is known of the `ds64` of a file.
pub struct Rf64 {
    /// Where the header of the RIFF is.
    base: Cell<i64>,
    sizes: Cell<Sizes>,
    /// Where the data of these chunks is, and the true size.
    known: [Cell<(i64, i64)>; KNOWN],
    next_known: Cell<usize>,
    /// Of a RIFF that was created with room for a `ds64`.
    pub(super) writing: Cell<Option<Writing>>,
}

impl Rf64 {
    fn new() -> Rf64 {
        Rf64 {
            base: Cell::new(NOWHERE),
            sizes: Cell::new(Sizes::NONE),
            known: [const { Cell::new((NOWHERE, 0)) }; KNOWN],
            next_known: Cell::new(0),
            writing: Cell::new(None),
        }
    }

    /// The true size of a chunk whose size field is all ones.
    fn size_of(&self, found: &Found) -> Option<i64> {
        let (sizes, base, start) = (self.sizes.get(), self.base.get(), found.start());
        let riff_end = base.saturating_add(HEADER).saturating_add(sizes.riff);
        if start == base {
            return Some(sizes.riff).filter(|&size| size >= 0 && riff_end < NOWHERE);
        }
        let size = sizes.of(found.code);
        let end = found.extent.data.checked_add(size)?;
        let is_inside = sizes.riff < 0 || end <= riff_end;
        (start > base && size >= 0 && is_inside).then_some(size)
    }

    pub(super) fn remember(&self, data: i64, size: i64) {
        let next = self.next_known.get();
        let index = self.known.iter().position(|known| known.get().0 == data).unwrap_or(next);
        if let Some(known) = self.known.get(index) {
            known.set((data, size));
        }
        if index == next {
            self.next_known.set(next.wrapping_add(1) % KNOWN);
        }
    }

    fn forget(&self) {
        self.base.set(NOWHERE);
        self.sizes.set(Sizes::NONE);
        self.known.iter().for_each(|known| known.set((NOWHERE, 0)));
    }
}

fn is_long_riff(code: u32) -> bool {
    code == FourCc::RF64.0 || code == FourCc::BW64.0
}

impl File {
    /// Whether a file, or the member of an archive, begins here.
    pub(super) fn is_beginning(&self, position: i64) -> bool {
        position == 0 || position == self.start.get()
    }

    /// Whether this is the header of an RF64.
    pub(super) fn is_rf64_header(&self, code: u32, position: i64) -> bool {
        is_long_riff(code) && self.is_beginning(position) && !sys::is_set_to(VARIABLE, b"off")
    }

    /// Whether the buffer holds the code of an RF64 at the position.
    pub(super) fn holds_rf64_header(&self) -> bool {
        let state = self.buffer_state.get();
        let code = self.buffer.lookahead(state.next, state.end).array(0);
        code.is_some_and(|code| is_long_riff(u32::from_le_bytes(code)))
    }

    pub(super) fn rf64_state(&self) -> Result<&Rf64, Error> {
        if self.rf64.get().is_none() {
            let state = memory::boxed(Rf64::new()).map_err(|_| Error::OutOfMemory)?;
            // (There is none yet.)
            let _ = self.rf64.set(state);
        }
        self.rf64.get().map(|state| &**state).ok_or(Error::OutOfMemory)
    }

    /// Forgets the sizes of the RIFF that was read before.
    pub(super) fn forget_sizes(&self) {
        if let Some(state) = self.rf64.get() {
            state.forget();
        }
    }

    /// Gives a chunk the size that `ds64` has for it.
    #[inline(never)]
    pub(super) fn resolve(&self, found: Found) -> Found {
        let state = self.rf64.get().filter(|_| found.extent.is_streamed);
        let Some((state, size)) = state.and_then(|state| Some((state, state.size_of(&found)?))) else {
            return found;
        };
        state.remember(found.extent.data, size);
        Found { extent: Extent { size, is_streamed: false, ..found.extent }, ..found }
    }

    /// The true extent of a chunk that a caller passes back.
    #[inline(never)]
    pub(super) fn true_extent(&self, extent: Extent) -> Extent {
        let state = self.rf64.get().filter(|_| extent.is_streamed);
        let known = |state: &Rf64| {
            state.known.iter().map(Cell::get).find(|&(data, _)| data == extent.data && data != NOWHERE)
        };
        match state.and_then(|state| known(state)) {
            Some((_, size)) => Extent { size, is_streamed: false, ..extent },
            None => extent,
        }
    }

    /// Reads the `ds64` behind the form type of an RF64, and goes back there.
    #[cold]
    #[inline(never)]
    pub(super) fn read_ds64(&self, base: i64) -> Result<(), Error> {
        let from = self.position();
        let sizes = self.peek_sizes(from);
        if !self.is_stream() {
            self.seek_in_chunk(from)?;
        }
        if let Some(sizes) = sizes? {
            let state = self.rf64_state()?;
            state.base.set(base);
            state.sizes.set(sizes);
        }
        Ok(())
    }

    fn peek_sizes(&self, from: i64) -> Result<Option<Sizes>, Error> {
        let (mut header, mut bytes, mut entry) = ([0; 8], [0; LEAST], [0; ENTRY]);
        if !self.peek(from, 0, &mut header)? {
            return Ok(None);
        }
        let [a, b, c, d, size @ ..] = header;
        let size = u32::from_le_bytes(size);
        let is_ds64 = u32::from_le_bytes([a, b, c, d]) == FourCc::DS64.0 && size as usize >= LEAST;
        if !is_ds64 || !self.peek(from, 8, &mut bytes)? {
            return Ok(None);
        }
        let mut sizes = Sizes::parse(bytes, size);
        for index in 0..sizes.entries {
            let place = index.saturating_mul(ENTRY).saturating_add(8).saturating_add(LEAST);
            if !self.peek(from, place, &mut entry)? {
                break;
            }
            sizes.set_entry(index, entry);
        }
        Ok(Some(sizes))
    }

    /// Reads the bytes at `from + index`; false if the file does not have them. The position of a stream stays at `from`, and
    /// there the buffer must be able to hold them.
    #[inline(never)]
    fn peek(&self, from: i64, index: usize, bytes: &mut [u8]) -> Result<bool, Error> {
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

    /// Reads ahead of a stream until the buffer holds so many bytes; false if it cannot, or the stream ends.
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
