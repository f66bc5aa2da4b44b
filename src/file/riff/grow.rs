//! Chunks that grow beyond 4 GiB: the RIFF around them becomes an RF64 (docs/rf64.md).
#![forbid(unsafe_code)]

use super::ds64::{ROOM, Reserved, Sizes};
use super::rf64::VARIABLE;
use super::scan::{HEADER, STREAMED, header_of};
use crate::abi;
use crate::error::Error;
use crate::file::File;
use crate::fourcc::FourCc;
use crate::procs::Kind;
use crate::sys;

/// Where `ds64` is, from the header of its RIFF on.
const DS64_AT: i64 = 12;

/// No chunk was created.
const NOWHERE: i64 = -1;

/// A RIFF that was created with room for a `ds64`.
#[derive(Clone, Copy, Debug)]
pub struct Writing {
    base: i64,
    /// The entries for which there is room.
    room: usize,
    /// Ascend from the RIFF closes it.
    is_open: bool,
    is_rf64: bool,
    sizes: Sizes,
    /// Where the data of the chunks in the table is.
    entries_at: [i64; ROOM],
    /// The same of the last `data` and `fmt `.
    data_at: i64,
    fmt_at: i64,
    /// The size of a sample of all channels; -1 while `fmt ` was not read.
    block_size: i64,
}

impl Writing {
    fn new(base: i64, room: usize) -> Writing {
        let sizes = Sizes { riff: 0, data: 0, ..Sizes::NONE };
        Writing {
            base,
            room,
            is_open: true,
            is_rf64: false,
            sizes,
            entries_at: [NOWHERE; ROOM],
            data_at: NOWHERE,
            fmt_at: NOWHERE,
            block_size: -1,
        }
    }

    fn riff_data(&self) -> i64 {
        self.base.saturating_add(HEADER)
    }

    /// The same, with the RIFF still open: its size was given in advance.
    pub fn open(self) -> Writing {
        Writing { is_open: true, ..self }
    }

    /// Whether a chunk may have a size in `ds64`.
    fn may_grow(&self, data: i64) -> bool {
        data == self.riff_data() || (self.is_open && data > self.riff_data())
    }

    /// Adds the size of a chunk to the table.
    fn add_entry(&mut self, chunk: &Completed) -> Result<(), Error> {
        if !self.sizes.put(chunk.code, chunk.size, self.room) {
            return Err(Error::CannotWrite);
        }
        let index = self.sizes.index_of(chunk.code);
        match index.and_then(|index| self.entries_at.get_mut(index)) {
            Some(at) if *at == NOWHERE || *at == chunk.data => *at = chunk.data,
            // An entry is for all chunks of its code.
            _ => return Err(Error::CannotWrite),
        }
        Ok(())
    }
}

/// A chunk whose size is known now.
#[derive(Clone, Copy, Debug)]
pub struct Completed {
    /// 0 where it is not known, of a chunk that is not large.
    pub code: u32,
    pub data: i64,
    pub size: i64,
}

impl Completed {
    /// Whether its size field cannot have the size.
    pub fn is_large(&self) -> bool {
        self.size >= i64::from(STREAMED)
    }

    fn padded_end(&self) -> i64 {
        self.data.saturating_add(self.size).saturating_add(self.size & 1)
    }
}

impl File {
    fn writing(&self) -> Option<Writing> {
        self.rf64.get().and_then(|state| state.writing.get())
    }

    /// Whether a size of 64 bits can be kept for a chunk.
    pub(super) fn may_grow(&self, data: i64) -> bool {
        self.writing().is_some_and(|writing| writing.may_grow(data))
    }

    /// The room for entries of the table that a new chunk gets behind its form type, if it is a RIFF that may grow.
    #[inline(never)]
    pub(super) fn room_for_ds64(
        &self,
        code: u32,
        form: &dyn Fn() -> u32,
        start: i64,
        is_requested: bool,
    ) -> Result<Option<usize>, Error> {
        let is_first = code == FourCc::RIFF.0 && self.is_beginning(start);
        if is_requested {
            return if is_first { Ok(Some(ROOM)) } else { Err(Error::InvalidParam) };
        }
        let is_automatic = is_first
            && form() == FourCc::WAVE.0
            && sys::is_set_to(VARIABLE, b"auto")
            && self.has_room_for_junk(start);
        Ok(is_automatic.then_some(0))
    }

    /// Whether a `JUNK` overwrites nothing, and can be written once more later: in a new file, or where one is already.
    fn has_room_for_junk(&self, start: i64) -> bool {
        let is_new = || match self.kind {
            Kind::Dos => self.end_of_file().is_ok_and(|end| end <= start),
            Kind::Custom => self.flags & abi::MMIO_CREATE != 0,
            Kind::Mem => false,
        };
        let is_there = |writing: Writing| writing.base == start && writing.room == 0;
        !self.is_stream() && !self.appends() && (self.writing().is_some_and(is_there) || is_new())
    }

    /// Writes the `JUNK` that becomes `ds64`.
    pub(super) fn reserve_ds64(&self, base: i64, room: usize) -> Result<(), Error> {
        let state = self.rf64_state()?;
        self.write_all(Reserved::junk(room).bytes())?;
        state.writing.set(Some(Writing::new(base, room)));
        Ok(())
    }

    /// A RIFF without a `JUNK` takes the place of the one before.
    pub(super) fn forget_writing(&self) {
        if let Some(state) = self.rf64.get() {
            state.writing.set(None);
        }
    }

    /// Keeps the positions of `data` and `fmt `.
    #[inline(never)]
    pub(super) fn note_created(&self, chunk: &Completed) {
        let Some(state) = self.rf64.get() else { return };
        let Some(mut writing) = self.writing().filter(|writing| writing.may_grow(chunk.data)) else { return };
        match FourCc(chunk.code) {
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

    /// What is kept of the file once a chunk is completed, and whether its `ds64` must be written.
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
            if is_data {
                writing.sizes.data = chunk.size;
            } else if chunk.is_large() {
                writing.add_entry(chunk)?;
            }
        }
        let must_write = chunk.is_large() || (writing.is_rf64 && (is_riff || is_data));
        Ok(Some((writing, must_write)))
    }

    /// Whether the size field of this chunk stays all ones, whatever its size.
    pub(super) fn is_rf64_riff(&self, data: i64) -> bool {
        self.writing().is_some_and(|writing| writing.is_rf64 && writing.riff_data() == data)
    }

    /// Carries out a plan. Afterwards the position is anywhere.
    #[cold]
    #[inline(never)]
    pub(super) fn carry_out(&self, plan: (Writing, bool), chunk: &Completed) -> Result<(), Error> {
        let (mut writing, must_write) = plan;
        let state = self.rf64_state()?;
        if must_write {
            self.count_samples(&mut writing)?;
            let ds64 = writing.sizes.to_bytes(writing.room);
            self.put_at(writing.base.saturating_add(DS64_AT), ds64.bytes())?;
            if !writing.is_rf64 {
                // Last: a file that is not finished is one of the two.
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

    /// Overwrites bytes of the file.
    #[inline(never)]
    pub(super) fn put_at(&self, position: i64, bytes: &[u8]) -> Result<(), Error> {
        if self.patch(position, bytes) {
            return Ok(());
        }
        self.seek_in_chunk(position)?;
        self.write_all(bytes)
    }

    /// Computes the number of samples. A `fmt ` that cannot be read now is read again the next time.
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

    /// The size of a sample of all channels, from the `fmt ` at the position; 0 if it is not known.
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
