//! Chunks of RIFF files. The numbers in files are little-endian.
#![forbid(unsafe_code)]

pub mod scan;

use super::{BufferState, File};
use crate::abi::{self, MMCKINFO};
use crate::error::Error;
use crate::memory::{Chunk, Source, Target};
use crate::procs::Kind;
use crate::trace;
use scan::{Extent, Find, HEADER, Wanted, has_type};

impl File {
    /// Searches a chunk and its siblings, from the current position on. `chunk` holds what to search for, and receives
    /// the last header read, found or not (win); if none was read, it does not change.
    pub fn descend(&self, chunk: Chunk<'_>, parent: Option<Extent>, find: Find) -> Result<(), Error> {
        let start = self.position();
        let mut last = None;
        let result = self.find(&mut last, parent, Wanted::new(find, chunk));
        if let Err(error) = result {
            self.restore_position(start, error);
        }
        if let Some(last) = last {
            chunk.set(last);
        }
        result
    }

    /// Restores the position after a call that failed, so that the call can be repeated.
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

    fn find(&self, last: &mut Option<MMCKINFO>, parent: Option<Extent>, wanted: Wanted) -> Result<(), Error> {
        if parent.is_some_and(|parent| self.position() < i64::from(parent.data)) {
            return Err(Error::ChunkNotFound);
        }
        let limit = parent.map_or(i64::MAX, Extent::limit);
        // Each iteration advances by at least a header, whatever size a chunk has.
        while self.position().saturating_add(wanted.min_header()) <= limit {
            if let Some(found) = self.scan(limit, wanted) {
                *last = Some(found);
                return Ok(());
            }
            let (chunk, is_last) = self.read_header()?;
            *last = Some(chunk);
            trace::note_chunk(&chunk);
            if wanted.is(&chunk) {
                return Ok(());
            }
            let next = Extent::from(&chunk).padded_end();
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
        let lookahead = self.buffer.lookahead(state.next, state.end);
        let (passed, found) = scan::scan(lookahead, state.position(), limit, wanted);
        self.buffer_state.set(BufferState { next: state.next.saturating_add(passed), ..state });
        found
    }

    /// Reads the header of the chunk at the position, and the form or list type. Returns true with it if the file ended
    /// before the type.
    fn read_header(&self) -> Result<(MMCKINFO, bool), Error> {
        let start = self.position();
        let [code, cksize] = [self.read_number()?, self.read_number()?];
        let data = u32::try_from(start.saturating_add(HEADER)).map_err(|_| Error::ChunkNotFound)?;
        let mut chunk = MMCKINFO { ckid: code, cksize, fccType: 0, dwDataOffset: data, dwFlags: 0 };
        if has_type(code) {
            match self.read_number() {
                // The type is 0 if the file ends before it.
                Err(Error::ChunkNotFound) => return Ok((chunk, true)),
                form => chunk.fccType = form?,
            }
        }
        Ok((chunk, false))
    }

    /// Reads a number. At the end of the file it sends one read only.
    fn read_number(&self) -> Result<u32, Error> {
        let mut number = [0; 4];
        let target = Target::from(&mut number[..]);
        let mut count = self.start_reading(target)?;
        while count < target.len() {
            match self.read_more(target.skip(count))? {
                0 => return Err(Error::ChunkNotFound),
                more => count = count.saturating_add(more),
            }
        }
        Ok(u32::from_le_bytes(number))
    }

    /// Writes the header of a new chunk: `ckid`, `cksize` as given, and the type of a RIFF or LIST chunk.
    pub fn create_chunk(&self, chunk: Chunk<'_>) -> Result<(), Error> {
        let start = self.position();
        let data = u32::try_from(start.saturating_add(HEADER)).map_err(|_| Error::CannotWrite)?;
        let code = chunk.code();
        let header = scan::header_of(code, chunk.size());
        let written = match has_type(code) {
            true => self.write_all(&scan::with_type(header, chunk.form())),
            false => self.write_all(&header),
        };
        written.inspect_err(|&error| self.restore_position(start, error))?;
        chunk.set_data(data);
        chunk.set_flags(abi::MMIO_DIRTY);
        Ok(())
    }

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
            return self.leave(extent);
        }
        let end = self.position();
        let size = end.saturating_sub(i64::from(extent.data));
        if size < 0 {
            return Err(Error::CannotSeek);
        }
        let size = u32::try_from(size).map_err(|_| Error::CannotWrite)?;
        // After a failure the position is restored, since it is the end of the data if the call is repeated.
        self.complete(extent, end, size).inspect_err(|&error| self.restore_position(end, error))?;
        chunk.set_size(size);
        chunk.set_flags(flags & !abi::MMIO_DIRTY);
        Ok(())
    }

    /// Pads the data, and corrects the size in the header.
    fn complete(&self, extent: Extent, end: i64, size: u32) -> Result<(), Error> {
        if size & 1 != 0 {
            self.write_all(&[0])?;
        }
        if size == extent.size {
            return Ok(());
        }
        let index = i64::from(extent.data).saturating_sub(4);
        if self.patch(index, &size.to_le_bytes()) {
            return Ok(());
        }
        self.seek_in_chunk(index)?;
        self.write_all(&size.to_le_bytes())?;
        self.seek_in_chunk(end.saturating_add(i64::from(size & 1)))
    }

    /// Changes bytes in the buffer, with the effect of a seek, a write and a seek back. Returns false if it cannot.
    fn patch(&self, position: i64, bytes: &[u8]) -> bool {
        let state = self.buffer_state.get();
        let Some(from) = state.index_of(position) else { return false };
        let to = from.saturating_add(bytes.len());
        // A write that reaches the end of the buffer would send it.
        let fills = to == self.buffer.len() && self.kind != Kind::Mem;
        if to > state.end || state.next > state.end || fills {
            return false;
        }
        if self.write_through.get() || !self.writable.get() || !self.can_buffer() {
            return false;
        }
        // In a file that is written only at its end, bytes that were read or sent cannot be changed.
        let is_unsent = state.has_dirty_bytes() && from >= state.dirty_from && self.is_unsent_at(position);
        if !is_unsent && (self.is_stream() || self.appends()) {
            return false;
        }
        self.buffer.copy_in(from, Source::from(bytes));
        self.buffer_state.set(self.mark_dirty(state, from, to));
        true
    }

    fn leave(&self, extent: Extent) -> Result<(), Error> {
        let end = match self.kind {
            Kind::Dos | Kind::Mem | Kind::Backed if extent.size == scan::STREAMED => {
                return self.leave_streamed();
            }
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
