//! Chunks of RIFF files. The numbers in files are little-endian.
#![forbid(unsafe_code)]

mod ds64;
pub mod extent;
mod grow;
pub mod long_sizes;
mod rf64;
pub mod scan;

use super::{BufferState, File};
use crate::abi::{self, MMCKINFO};
use crate::error::Error;
use crate::fourcc::FourCc;
use crate::memory::{Chunk, Chunk64, Source, Target};
use crate::procs::Kind;
use crate::trace;
use ds64::RIFF_HEADER;
use extent::{Extent, Found};
use long_sizes::Completed;
use scan::{Find, HEADER, HEADER_ALONE, STREAMED, Wanted, has_type};

/// The largest position that `dwDataOffset` holds.
const LAST_NARROW: i64 = u32::MAX as i64;

impl File {
    /// Searches a chunk and its siblings, from the current position on. `chunk` holds what to search for, and receives
    /// the last header read, found or not (win); if none was read, it does not change.
    pub fn descend(&self, chunk: Chunk<'_>, parent: Option<Extent>, find: Find) -> Result<(), Error> {
        let wanted = Wanted::new(find, || chunk.code(), || chunk.form());
        let (last, result) = self.search(parent, wanted, LAST_NARROW);
        if let Some(last) = last {
            chunk.set(last.narrow());
        }
        result
    }

    /// The same, with positions and sizes of 64 bits.
    pub fn descend64(&self, chunk: Chunk64<'_>, parent: Option<Extent>, find: Find) -> Result<(), Error> {
        let wanted = Wanted::new(find, || chunk.code(), || chunk.form());
        let (last, result) = self.search(parent, wanted, i64::MAX);
        if let Some(last) = last {
            chunk.set(last.wide());
        }
        result
    }

    /// Searches, and on failure goes back. `last_data` is the largest `dwDataOffset` or `dataOffset` that can be returned.
    fn search(
        &self,
        parent: Option<Extent>,
        wanted: Wanted,
        last_data: i64,
    ) -> (Option<Found>, Result<(), Error>) {
        let start = self.position();
        let mut last = None;
        let parent = parent.map(|parent| self.true_extent(parent));
        let result = self.find(&mut last, parent, wanted, last_data);
        if let Err(error) = result {
            self.restore_position(start, error);
        }
        (last, result)
    }

    /// Restores the position after a call that failed, so that the call can be repeated.
    #[inline(never)]
    fn restore_position(&self, position: i64, error: Error) {
        let is_restored = self.seek_to(position).is_ok() && self.position() == position;
        // Busy: the procedure has used the file during the call, and that must not be undone.
        if is_restored || error == Error::Busy {
            return;
        }
        if self.is_stream() {
            self.discard_unsent(position);
            return;
        }
        let state = self.buffer_state.get();
        self.buffer_state.set(match state.index_of(position).filter(|&index| index <= self.buffer.len()) {
            // Direct access had set the position after the valid bytes of the buffer, which has not moved since.
            Some(next) => BufferState { next, ..state },
            // The buffer has moved since: unsent bytes in it are those of this call, which writes them again if repeated.
            None => BufferState::empty_at(position),
        });
    }

    fn find(
        &self,
        last: &mut Option<Found>,
        parent: Option<Extent>,
        wanted: Wanted,
        last_data: i64,
    ) -> Result<(), Error> {
        if parent.is_some_and(|parent| self.position() < parent.data) {
            return Err(Error::ChunkNotFound);
        }
        let limit = parent.map_or(i64::MAX, Extent::limit);
        // Each iteration advances by at least a header, whatever size a chunk has.
        while self.position().saturating_add(wanted.min_header()) <= limit {
            if let Some(found) = self.scan(limit, wanted) {
                *last = Some(self.resolve(found.into()));
                return Ok(());
            }
            let (chunk, is_last) = self.read_header(last_data)?;
            *last = Some(chunk);
            trace::note_chunk(&chunk.narrow());
            if wanted.is(chunk.code, chunk.form) {
                return Ok(());
            }
            let next = chunk.extent.padded_end();
            if is_last || next >= limit {
                break;
            }
            match self.seek_in_chunk(next) {
                Ok(()) => {}
                // The next header would be beyond the largest position.
                Err(Error::CannotSeek) => break,
                Err(error) => return Err(error),
            }
        }
        Err(Error::ChunkNotFound)
    }

    /// Searches the headers that the buffer holds.
    fn scan(&self, limit: i64, wanted: Wanted) -> Option<MMCKINFO> {
        let state = self.buffer_state.get();
        if !self.readable.get() || state.next > state.end {
            return None;
        }
        let position = state.position();
        if self.is_beginning(position) {
            // After the header of an RF64 its ds64 must be read.
            if self.long_sizes.get().is_some() || self.holds_rf64_header() {
                return None;
            }
        }
        let lookahead = self.buffer.lookahead(state.next, state.end);
        let (passed, found) = scan::scan(lookahead, position, limit, wanted);
        self.buffer_state.set(BufferState { next: state.next.saturating_add(passed), ..state });
        found
    }

    /// Reads the header of the chunk at the position, and the form or list type. Returns true with it if the file ended
    /// before the type.
    fn read_header(&self, last_data: i64) -> Result<(Found, bool), Error> {
        let start = self.position();
        let [code, cksize] = [self.read_number()?, self.read_number()?];
        let data = start.saturating_add(HEADER);
        if data > last_data {
            return Err(Error::ChunkNotFound);
        }
        let is_rf64 = self.is_rf64_header(code, start);
        let code = if is_rf64 { FourCc::RIFF.0 } else { code };
        let is_streamed = cksize == STREAMED;
        // For the functions of 64 bits nothing follows a streamed chunk.
        let size = if is_streamed && last_data > LAST_NARROW { i64::MAX } else { cksize.into() };
        let mut chunk = Found { code, form: 0, extent: Extent { data, size, is_streamed } };
        if has_type(code) {
            match self.read_number() {
                // The type is 0 if the file ends before it.
                Err(Error::ChunkNotFound) => return Ok((chunk, true)),
                form => chunk.form = form?,
            }
        }
        if self.is_beginning(start) {
            match is_rf64 {
                true => self.read_ds64(start)?,
                false => self.clear_long_sizes(),
            }
        }
        Ok((self.resolve(chunk), false))
    }

    /// Reads a number. At the end of the file it sends one read only.
    fn read_number(&self) -> Result<u32, Error> {
        let mut number = [0; 4];
        self.read_bytes(&mut number)?;
        Ok(u32::from_le_bytes(number))
    }

    /// Fills `bytes`. If the file ends before, it is `ChunkNotFound`.
    #[inline(never)]
    fn read_bytes(&self, bytes: &mut [u8]) -> Result<(), Error> {
        let target = Target::from(bytes);
        let mut count = self.start_reading(target)?;
        while count < target.len() {
            match self.read_more(target.skip(count))? {
                0 => return Err(Error::ChunkNotFound),
                more => count = count.saturating_add(more),
            }
        }
        Ok(())
    }

    /// Writes the header of a new chunk: `ckid`, `cksize` as given, and the type of a RIFF or LIST chunk.
    pub fn create_chunk(&self, chunk: Chunk<'_>) -> Result<(), Error> {
        let start = self.position();
        let data = u32::try_from(start.saturating_add(HEADER)).map_err(|_| Error::CannotWrite)?;
        let code = chunk.code();
        let capacity = self.ds64_capacity(code, &|| chunk.form(), start, false)?;
        self.write_header(code, chunk.size(), &|| chunk.form(), capacity)?;
        self.note_created(&Completed { code, data: data.into(), size: chunk.size().into() });
        chunk.set_data(data);
        chunk.set_flags(abi::MMIO_DIRTY);
        Ok(())
    }

    /// The same, with a position and a size of 64 bits.
    pub fn create_chunk64(&self, chunk: Chunk64<'_>, is_rf64: bool) -> Result<(), Error> {
        let start = self.position();
        let (code, data) = (chunk.code(), start.saturating_add(HEADER));
        let capacity = self.ds64_capacity(code, &|| chunk.form(), start, is_rf64)?;
        // A size of 2^63 or more is not known yet.
        let size = i64::try_from(chunk.size()).unwrap_or(-1);
        let new = Completed { code, data, size };
        let may_grow = capacity.is_some() || (!self.is_beginning(start) && self.may_grow(data));
        if size > i64::from(STREAMED) && !may_grow {
            return Err(Error::CannotWrite);
        }
        if new.is_large() && may_grow {
            self.check_room_for_ds64(if has_type(code) { RIFF_HEADER } else { HEADER_ALONE }, capacity)?;
        }
        if new.is_large() && capacity.is_none() {
            // Fails if the table is full.
            self.plan(&new)?;
        }
        let field = u32::try_from(size).unwrap_or(STREAMED);
        self.write_header(code, field, &|| chunk.form(), capacity)?;
        let result = self.note_size_in_advance(&new);
        result.inspect_err(|&error| self.restore_position(start, error))?;
        chunk.set_data(data.unsigned_abs());
        chunk.set_flags(abi::MMIO_DIRTY);
        chunk.clear_reserved();
        Ok(())
    }

    /// Writes a header, and the space for a `ds64`.
    #[inline(never)]
    fn write_header(
        &self,
        code: u32,
        size: u32,
        form: &dyn Fn() -> u32,
        capacity: Option<usize>,
    ) -> Result<(), Error> {
        let start = self.position();
        let header = scan::header_of(code, size);
        let written = match capacity {
            Some(capacity) => self.write_with_junk(&scan::with_type(header, form()), capacity),
            None if has_type(code) => self.write_all(&scan::with_type(header, form())),
            None => self.write_all(&header),
        };
        let written = written.and_then(|()| {
            if self.is_beginning(start) {
                self.clear_long_sizes();
                self.set_writing(start, capacity)?;
            }
            Ok(())
        });
        written.inspect_err(|&error| self.restore_position(start, error))
    }

    /// Writes a size that was given in advance and that the size field cannot hold.
    fn note_size_in_advance(&self, new: &Completed) -> Result<(), Error> {
        self.note_created(new);
        if !new.is_large() || !self.may_grow(new.data) {
            return Ok(());
        }
        let position = self.position();
        let Some(plan) = self.plan(new)? else { return Ok(()) };
        self.carry_out((plan.0.reopened(), plan.1), new)?;
        self.seek_in_chunk(position)
    }

    #[inline(never)]
    fn write_all(&self, bytes: &[u8]) -> Result<(), Error> {
        match self.write(Source::from(bytes)) {
            Ok(count) if count == bytes.len() => Ok(()),
            Err(error @ (Error::InvalidHandle | Error::Busy)) => Err(error),
            _ => Err(Error::CannotWrite),
        }
    }

    /// Leaves a chunk: moves to its end, and completes a new one.
    pub fn ascend(&self, chunk: Chunk<'_>) -> Result<(), Error> {
        let (flags, extent) = (chunk.flags(), Extent::from(chunk));
        if flags & abi::MMIO_DIRTY == 0 {
            return self.leave(self.true_extent(extent));
        }
        let size = self.end_chunk(extent.data, chunk.size(), &|| chunk.code())?;
        chunk.set_size(u32::try_from(size).unwrap_or(STREAMED));
        chunk.set_flags(flags & !abi::MMIO_DIRTY);
        Ok(())
    }

    /// The same, with a position and a size of 64 bits.
    pub fn ascend64(&self, chunk: Chunk64<'_>) -> Result<(), Error> {
        let (flags, extent) = (chunk.flags(), Extent::from(chunk));
        if flags & abi::MMIO_DIRTY == 0 {
            return self.leave(extent);
        }
        let field = u32::try_from(chunk.size()).unwrap_or(STREAMED);
        let size = self.end_chunk(extent.data, field, &|| chunk.code())?;
        chunk.set_size(size.unsigned_abs());
        chunk.set_flags(flags & !abi::MMIO_DIRTY);
        Ok(())
    }

    /// Ends the data of a chunk at the position. `field` is what its size field holds. Returns the true size.
    #[inline(never)]
    fn end_chunk(&self, data: i64, field: u32, code: &dyn Fn() -> u32) -> Result<i64, Error> {
        let end = self.position();
        let size = end.saturating_sub(data);
        if size < 0 {
            return Err(Error::CannotSeek);
        }
        let is_large = size >= i64::from(STREAMED) && self.may_grow(data);
        let read = self.place_in_ds64(data, code);
        let new_field = match u32::try_from(size) {
            Ok(_) if read.is_some() || self.is_rf64_riff(data) => STREAMED,
            Ok(size) => size,
            Err(_) if read.is_some() || is_large => STREAMED,
            Err(_) => return Err(Error::CannotWrite),
        };
        let has_code = is_large || read.is_some();
        let chunk = Completed { code: if has_code { code() } else { 0 }, data, size };
        let plan = self.plan(&chunk)?;
        // After a failure the position is restored, since it is the end of the data if the call is repeated.
        self.complete(&chunk, end, (field, new_field))
            .and_then(|()| {
                match (plan, read) {
                    (Some(plan), _) => self.carry_out(plan, &chunk)?,
                    (None, Some(place)) => self.correct_ds64(place, &chunk)?,
                    (None, None) => return Ok(()),
                }
                self.seek_in_chunk(end.saturating_add(size & 1))
            })
            .inspect_err(|&error| self.restore_position(end, error))?;
        Ok(size)
    }

    /// Pads the data, and corrects the size in the header.
    fn complete(&self, chunk: &Completed, end: i64, (before, after): (u32, u32)) -> Result<(), Error> {
        let pad = chunk.size & 1;
        if pad != 0 {
            self.write_all(&[0])?;
        }
        if before == after {
            return Ok(());
        }
        let index = chunk.data.saturating_sub(4);
        if self.patch(index, &after.to_le_bytes()) {
            return Ok(());
        }
        self.seek_in_chunk(index)?;
        self.write_all(&after.to_le_bytes())?;
        self.seek_in_chunk(end.saturating_add(pad))
    }

    /// Changes bytes in the buffer, with the effect of a seek, a write and a seek back. Returns false if it cannot.
    #[inline(never)]
    fn patch(&self, position: i64, bytes: &[u8]) -> bool {
        let Some(from) = self.index_to_patch(position, bytes.len()) else { return false };
        self.buffer.copy_in(from, Source::from(bytes));
        let to = from.saturating_add(bytes.len());
        self.buffer_state.set(self.mark_dirty(self.buffer_state.get(), from, to));
        true
    }

    /// The index in the buffer of bytes that can be changed there.
    #[inline]
    fn index_to_patch(&self, position: i64, len: usize) -> Option<usize> {
        let state = self.buffer_state.get();
        let from = state.index_of(position)?;
        let to = from.saturating_add(len);
        // A write that reaches the end of the buffer would send it.
        let fills = to == self.buffer.len() && self.kind != Kind::Mem;
        if to > state.end || state.next > state.end || fills {
            return None;
        }
        if self.write_through.get() || !self.writable.get() || !self.can_buffer() {
            return None;
        }
        // In a file that is written only at its end, bytes that were read or sent cannot be changed.
        let is_unsent = state.has_dirty_bytes() && from >= state.dirty_from && self.is_unsent_at(position);
        (is_unsent || !(self.is_stream() || self.appends())).then_some(from)
    }

    #[inline(never)]
    fn leave(&self, extent: Extent) -> Result<(), Error> {
        let end = match self.kind {
            Kind::Dos | Kind::Mem | Kind::Backed if extent.is_streamed => return self.leave_streamed(),
            // Its end is the procedure's to know.
            Kind::Custom if extent.is_streamed && extent.size == i64::MAX => return Err(Error::CannotSeek),
            _ => extent.end(),
        };
        let start = self.position();
        self.seek_in_chunk(extent.padded_end()).or_else(|error| {
            // Busy: the procedure has used the file during the seek.
            let may_lack_pad = extent.size & 1 != 0 && error != Error::Busy;
            let left = if may_lack_pad { self.skip_pad(end) } else { Err(error) };
            left.inspect_err(|&error| self.restore_position(start, error))
        })
    }

    /// Moves to the end of a chunk of odd size if its pad byte cannot be reached: that of the last chunk may be missing.
    /// The read passes a pad byte that is there after all, and reports other failures of the procedure.
    fn skip_pad(&self, end: i64) -> Result<(), Error> {
        self.seek_in_chunk(end)?;
        self.read(Target::from(&mut [0][..])).map(|_| ()).map_err(seek_error)
    }

    /// Moves to the end of a streamed chunk, which is the end of the file.
    fn leave_streamed(&self) -> Result<(), Error> {
        self.seek(0, libc::SEEK_END, i64::MAX).map(|_| ()).map_err(seek_error)
    }

    /// Moves to exactly this position.
    #[inline(never)]
    fn seek_in_chunk(&self, target: i64) -> Result<(), Error> {
        if target < 0 {
            return Err(Error::CannotSeek);
        }
        self.seek_to(target).map_err(seek_error)?;
        // A procedure with positions of 32 bits may go to another one, which wrapped around.
        if self.position() == target { Ok(()) } else { Err(Error::CannotSeek) }
    }
}

/// The caller's error if a seek failed: `CannotSeek`, unless dirty bytes could not be written.
fn seek_error(error: Error) -> Error {
    match error {
        Error::InvalidHandle | Error::Busy | Error::CannotWrite => error,
        _ => Error::CannotSeek,
    }
}
