//! Writes RF64: a RIFF whose chunks grow beyond 4 GiB becomes one (docs/rf64.md).
#![forbid(unsafe_code)]

use super::ds64::{self, DATA_AT, RESERVED_ENTRIES, RIFF_HEADER, Reserved};
use super::long_sizes::{Completed, DS64_AT, NOWHERE, Writing};
use super::rf64::VARIABLE;
use super::scan::{STREAMED, header_of};
use crate::abi;
use crate::error::Error;
use crate::file::File;
use crate::file::messages::write_error;
use crate::file::write_history::WriteKind;
use crate::fourcc::FourCc;
use crate::procs::Kind;
use crate::sys;

impl File {
    fn writing(&self) -> Option<Writing> {
        self.long_sizes.get().and_then(|state| state.writing.get())
    }

    /// Whether the size of a chunk may be stored in `ds64`.
    pub(super) fn may_grow(&self, data: i64) -> bool {
        self.writing().is_some_and(|writing| writing.may_grow(data))
    }

    /// Returns the number of table entries for which a new chunk gets space after its form type; none if it is not a
    /// RIFF that may become an RF64.
    #[inline(never)]
    pub(super) fn ds64_capacity(
        &self,
        code: u32,
        form: &dyn Fn() -> u32,
        start: i64,
        is_requested: bool,
    ) -> Result<Option<usize>, Error> {
        let is_first = code == FourCc::RIFF.0 && self.is_beginning(start);
        if is_requested {
            return if is_first { Ok(Some(RESERVED_ENTRIES)) } else { Err(Error::InvalidParam) };
        }
        let is_automatic = is_first
            && form() == FourCc::WAVE.0
            && sys::is_set_to(VARIABLE, b"auto")
            && self.can_reserve_junk(start)?;
        Ok(is_automatic.then_some(0))
    }

    /// Whether a `JUNK` overwrites nothing and can be overwritten later: in a new file, or where there is a `JUNK`
    /// already. A procedure's file, whose size is not known, is new if it was created and nothing was written to it.
    fn can_reserve_junk(&self, start: i64) -> Result<bool, Error> {
        let is_there = |writing: Writing| writing.base == start && writing.capacity == 0;
        if self.is_stream() || self.appends() {
            return Ok(false);
        }
        let is_begun = self.long_sizes.get().is_some_and(|state| state.begun.get() == start);
        if is_begun || self.writing().is_some_and(is_there) {
            return Ok(true);
        }
        Ok(match self.kind {
            Kind::Dos => self.end_of_file().is_ok_and(|end| end <= start),
            Kind::Backed => self.has_room_for_rf64(start) && self.ends_before(start)?,
            Kind::Custom => self.flags & abi::MMIO_CREATE != 0 && !self.was_written(),
            Kind::Mem => false,
        })
    }

    /// A part of a file that is smaller has no use for `ds64`, and perhaps no space.
    fn has_room_for_rf64(&self, start: i64) -> bool {
        self.limit.get().saturating_sub(start) > i64::from(STREAMED)
    }

    /// Whether callbacks, or a part of a file, have no bytes at the position or after it. False if their end is not known.
    fn ends_before(&self, start: i64) -> Result<bool, Error> {
        let end = self.seek(0, libc::SEEK_END, i64::MAX);
        if let Err(error @ (Error::InvalidHandle | Error::Busy)) = end {
            return Err(error);
        }
        self.seek_in_chunk(start)
            .inspect_err(|&error| self.restore_position(start, error))
            .map_err(write_error)?;
        Ok(end.is_ok_and(|end| end <= start))
    }

    fn was_written(&self) -> bool {
        let accepted = |kind| self.write_history.has_accepted(kind);
        self.buffer_state.get().has_dirty_bytes() || accepted(WriteKind::Write) || accepted(WriteKind::Flush)
    }

    /// Fails if a size that is given in advance could not be stored after the header, of `len` bytes, was written: in a
    /// file that is written only at its end, if the buffer cannot keep the RIFF and the header.
    pub(super) fn check_room_for_ds64(&self, len: usize, capacity: Option<usize>) -> Result<(), Error> {
        if !self.is_stream() && !self.appends() {
            return Ok(());
        }
        let state = self.buffer_state.get();
        let len = len.saturating_add(capacity.map_or(0, ds64::space));
        let fits = !self.writes_past_buffer(state) && state.next.saturating_add(len) < self.buffer.len();
        let is_unsent = |writing: Writing| {
            let from = writing.base.saturating_add(if writing.is_rf64 { DS64_AT } else { 0 });
            self.index_to_patch(from, RIFF_HEADER).is_some()
        };
        if fits && (capacity.is_some() || self.writing().is_some_and(is_unsent)) {
            return Ok(());
        }
        Err(if self.is_stream() { Error::CannotSeek } else { Error::CannotWrite })
    }

    /// Writes the header of a RIFF and the `JUNK` that becomes `ds64`. After a failure the file may not be new any more,
    /// but the call, repeated, must write the `JUNK` again.
    pub(super) fn write_with_junk(&self, header: &[u8; RIFF_HEADER], capacity: usize) -> Result<(), Error> {
        // Fails for lack of memory before anything is written.
        let state = self.long_sizes()?;
        if capacity == 0 {
            state.begun.set(self.position());
        }
        self.write_all(Reserved::junk_after(header, capacity).bytes())
    }

    /// Stores that a RIFF has space for a `ds64`, or that it replaces one that had.
    pub(super) fn set_writing(&self, base: i64, capacity: Option<usize>) -> Result<(), Error> {
        let state = match capacity {
            Some(_) => Some(self.long_sizes()?),
            None => self.long_sizes.get().map(|state| &**state),
        };
        if let Some(state) = state {
            state.writing.set(capacity.map(|capacity| Writing::new(base, capacity)));
            state.begun.set(NOWHERE);
        }
        Ok(())
    }

    /// Stores the positions of `data` and `fmt `.
    #[inline(never)]
    pub(super) fn note_created(&self, chunk: &Completed) {
        let Some(state) = self.long_sizes.get() else { return };
        let Some(mut writing) = self.writing().filter(|writing| writing.may_grow(chunk.data)) else { return };
        match FourCc(chunk.code) {
            FourCc::DATA if writing.is_second_data(chunk) => return,
            FourCc::DATA => {
                writing.data_at = chunk.data;
                writing.sizes.data = chunk.size;
            }
            FourCc::FMT => {
                writing.fmt_at = chunk.data;
                writing.block_size = -1;
            }
            _ => return,
        }
        state.writing.set(Some(writing));
    }

    /// Returns the state after a chunk is completed, and whether `ds64` must be written; none if the chunk is not in
    /// such a RIFF.
    #[inline(never)]
    pub(super) fn plan(&self, chunk: &Completed) -> Result<Option<(Writing, bool)>, Error> {
        let Some(mut writing) = self.writing().filter(|writing| writing.may_grow(chunk.data)) else {
            return Ok(None);
        };
        let is_riff = chunk.data == writing.riff_data();
        let is_data = chunk.data == writing.data_at || (chunk.is_large() && chunk.code == FourCc::DATA.0);
        if is_riff {
            writing.sizes.riff = chunk.size;
            writing.is_open = false;
        } else {
            let end = chunk.padded_end().saturating_sub(writing.riff_data());
            writing.sizes.riff = writing.sizes.riff.max(end);
            // A recorder may ascend from the RIFF repeatedly, and add to it in between.
            writing.is_open = true;
            if is_data && writing.is_second_data(chunk) {
                return Err(Error::CannotWrite);
            } else if is_data {
                writing.data_at = chunk.data;
                writing.sizes.data = chunk.size;
            } else if chunk.is_large() {
                writing.add_entry(chunk)?;
            }
        }
        let must_write = chunk.is_large() || (writing.is_rf64 && (is_riff || is_data));
        Ok(Some((writing, must_write)))
    }

    /// Whether this is the RIFF chunk of an RF64, whose size field stays 0xFFFFFFFF whatever its size.
    pub(super) fn is_rf64_riff(&self, data: i64) -> bool {
        self.writing().is_some_and(|writing| writing.is_rf64 && writing.riff_data() == data)
    }

    /// Carries out a plan. The position after it is undefined.
    #[cold]
    #[inline(never)]
    pub(super) fn carry_out(&self, plan: (Writing, bool), chunk: &Completed) -> Result<(), Error> {
        let (mut writing, must_write) = plan;
        let state = self.long_sizes()?;
        if must_write {
            self.count_samples(&mut writing)?;
            let ds64 = writing.sizes.to_bytes(writing.capacity);
            self.put_at(writing.base.saturating_add(DS64_AT), ds64.bytes())?;
            if !writing.is_rf64 {
                // Last, so that after a failure the file is a RIFF or an RF64.
                self.put_at(writing.base, &header_of(FourCc::RF64.0, STREAMED))?;
                writing.is_rf64 = true;
            }
        }
        if chunk.is_large() {
            state.remember(chunk.data, chunk.size);
        }
        state.writing.set(Some(writing));
        Ok(())
    }

    /// Returns where the `ds64` of an RF64 that was read stores the size of a chunk; none if it does not, or if the
    /// RIFF was created here.
    #[inline(never)]
    pub(super) fn place_in_ds64(&self, data: i64, code: &dyn Fn() -> u32) -> Option<(i64, usize)> {
        let state = self.long_sizes.get().filter(|state| state.writing.get().is_none())?;
        state.place_of(data, code)
    }

    /// Corrects a size in the `ds64` of an RF64 that was read. The position after it is undefined.
    #[cold]
    #[inline(never)]
    pub(super) fn correct_ds64(&self, (ds64, index): (i64, usize), chunk: &Completed) -> Result<(), Error> {
        let mut code = [0; 4];
        // A program may have written other bytes there since.
        let is_read = self.peek(ds64, 0, &mut code).map_err(|error| match error {
            Error::CannotRead => Error::CannotWrite,
            other => other,
        })?;
        if !is_read || u32::from_le_bytes(code) != FourCc::DS64.0 {
            return Err(Error::CannotWrite);
        }
        let state = self.long_sizes()?;
        let samples = state.correct(chunk, index);
        let place = ds64.saturating_add(8).saturating_add_unsigned(index as u64);
        self.put_at(place, &chunk.size.to_le_bytes())?;
        if index == DATA_AT {
            self.put_at(place.saturating_add(8), &samples.to_le_bytes())?;
        }
        Ok(())
    }

    /// Overwrites bytes of the file.
    #[inline(never)]
    pub(super) fn put_at(&self, position: i64, bytes: &[u8]) -> Result<(), Error> {
        if self.patch(position, bytes) {
            return Ok(());
        }
        self.seek_in_chunk(position)?;
        self.write_all(bytes)
    }

    /// Computes the number of samples. If `fmt ` cannot be read, the next call reads it again.
    fn count_samples(&self, writing: &mut Writing) -> Result<(), Error> {
        let may_read = writing.fmt_at != NOWHERE && self.readable.get() && !self.is_stream();
        if writing.block_size < 0 && may_read {
            match self.seek_in_chunk(writing.fmt_at).and_then(|()| self.read_block_size()) {
                Ok(block_size) => writing.block_size = block_size,
                Err(error @ (Error::InvalidHandle | Error::Busy | Error::CannotWrite)) => return Err(error),
                Err(_) => {}
            }
        }
        writing.sizes.samples = writing.sizes.data.max(0).checked_div(writing.block_size.max(0)).unwrap_or(0);
        Ok(())
    }

    /// Reads the size of a sample of all channels from the `fmt ` at the position; 0 if it is not known.
    fn read_block_size(&self) -> Result<i64, Error> {
        const EXTENSIBLE: u16 = 0xfffe;
        const PCM_FLOAT_ALAW_MULAW: [u16; 4] = [1, 3, 6, 7];
        let (mut bytes, mut more) = ([0; 16], [0; 10]);
        self.read_bytes(&mut bytes)?;
        let [a, b, _, _, _, _, _, _, _, _, _, _, c, d, _, _] = bytes;
        let mut tag = u16::from_le_bytes([a, b]);
        if tag == EXTENSIBLE {
            self.read_bytes(&mut more)?;
            let [.., e, f] = more;
            tag = u16::from_le_bytes([e, f]);
        }
        let is_known = PCM_FLOAT_ALAW_MULAW.contains(&tag);
        Ok(if is_known { u16::from_le_bytes([c, d]).into() } else { 0 })
    }
}
