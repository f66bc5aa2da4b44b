//! Chunks of RIFF files. Numbers in files are little-endian on every machine.
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
    /// Finds a chunk among the siblings from the current position on. `chunk` holds what to look for, and
    /// afterwards the last header read, found or not (win); if none was read it is what it was.
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

    /// Puts the position where it was before a call that failed, so that the call can be made again.
    fn restore_position(&self, position: i64, error: Error) {
        let is_restored = self.seek_to(position).is_ok() && self.position() == position;
        // What a procedure wrote in the middle of the call is not the call's own.
        if is_restored || error == Error::Busy {
            return;
        }
        if self.is_stream() {
            self.discard_unsent(position);
            return;
        }
        let state = self.buffer_state.get();
        let index = position.checked_sub(state.offset).and_then(|index| usize::try_from(index).ok());
        self.buffer_state.set(match index.filter(|&index| index <= self.buffer.len()) {
            // Direct access had put the position behind what the buffer holds, which is all still there.
            Some(next) => BufferState { next, ..state },
            // The buffer has moved since, so what is unwritten in it are bytes of this very call, which will
            // write them again.
            None => BufferState::empty_at(position),
        });
    }

    fn find(&self, last: &mut Option<MMCKINFO>, parent: Option<Extent>, wanted: Wanted) -> Result<(), Error> {
        if parent.is_some_and(|parent| self.position() < i64::from(parent.data)) {
            return Err(Error::ChunkNotFound);
        }
        let limit = parent.map_or(i64::MAX, Extent::limit);
        // Each turn goes forward by a header at least, whatever size a chunk claims.
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
                // There is nothing: past the end of what can be positioned.
                Err(Error::CannotSeek) => break,
                Err(error) => return Err(error),
            }
        }
        Err(Error::ChunkNotFound)
    }

    /// Goes from header to header in what the buffer holds.
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

    /// Reads the chunk at the position; afterwards the position is at its data, behind a form or list type. Tells too whether
    /// the file ended in the middle of that.
    fn read_header(&self) -> Result<(MMCKINFO, bool), Error> {
        let start = self.position();
        let [code, cksize] = [self.read_number()?, self.read_number()?];
        let data = u32::try_from(start.saturating_add(HEADER)).map_err(|_| Error::ChunkNotFound)?;
        let mut chunk = MMCKINFO { ckid: code, cksize, fccType: 0, dwDataOffset: data, dwFlags: 0 };
        if has_type(code) {
            match self.read_number() {
                // A list too short for a type has none.
                Err(Error::ChunkNotFound) => return Ok((chunk, true)),
                form => chunk.fccType = form?,
            }
        }
        Ok((chunk, false))
    }

    /// Reads a number; the end of the file is asked for once.
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

    /// Leaves a chunk: goes to its end, and completes a new one.
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
        // The current position ends the data, for the next try too.
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

    /// Changes bytes that the buffer holds, which is as good as going there, writing them and coming back.
    fn patch(&self, position: i64, bytes: &[u8]) -> bool {
        let state = self.buffer_state.get();
        let index = position.checked_sub(state.offset).and_then(|index| usize::try_from(index).ok());
        let Some(from) = index else { return false };
        let to = from.saturating_add(bytes.len());
        // A buffer that is written to its end is sent on.
        let fills = to == self.buffer.len() && self.kind != Kind::Mem;
        if to > state.end || state.next > state.end || fills {
            return false;
        }
        if self.write_through.get() || !self.writable.get() || !self.can_buffer() {
            return false;
        }
        // What was read, or was sent already, cannot be changed where the file is only written at its end.
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
            Kind::Dos | Kind::Mem if extent.size == scan::STREAMED => return self.leave_streamed(),
            _ => extent.end(),
        };
        let start = self.position();
        self.seek_in_chunk(extent.padded_end()).or_else(|error| {
            // (A procedure that used the file has put the position elsewhere.)
            let may_lack_pad = extent.size & 1 != 0 && error != Error::Busy;
            let left = if may_lack_pad { self.skip_pad(end) } else { Err(error) };
            left.inspect_err(|&error| self.restore_position(start, error))
        })
    }

    /// The pad byte of a file's last chunk may be missing; what is there is passed, and a procedure that
    /// only failed once is found out.
    fn skip_pad(&self, end: i64) -> Result<(), Error> {
        self.seek_in_chunk(end)?;
        self.read(Target::from(&mut [0][..])).map(|_| ()).map_err(seek_error)
    }

    /// A streamed chunk reaches to the end of the file.
    fn leave_streamed(&self) -> Result<(), Error> {
        self.seek(0, libc::SEEK_END, i64::MAX).map(|_| ()).map_err(seek_error)
    }

    /// Moves to exactly this position.
    fn seek_in_chunk(&self, target: i64) -> Result<(), Error> {
        if target < 0 {
            return Err(Error::CannotSeek);
        }
        self.seek_to(target).map_err(seek_error)?;
        // A procedure with positions of 32 bits may end up elsewhere, even back at the start.
        if self.position() == target { Ok(()) } else { Err(Error::CannotSeek) }
    }
}

/// A seek that could not write what was dirty says so; any other failure is one of seeking.
fn seek_error(error: Error) -> Error {
    match error {
        Error::InvalidHandle | Error::Busy | Error::CannotWrite => error,
        _ => Error::CannotSeek,
    }
}
