//! What a file's buffer holds, and where in the file that is.
#![forbid(unsafe_code)]

/// Where in the file the buffer is, and what is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BufferState {
    /// `lBufOffset`: the position in the file of the start of the buffer.
    pub offset: i64,
    /// `pchNext - pchBuffer`.
    pub next: usize,
    /// `pchEndRead - pchBuffer`: the buffer validly holds `[0, end)` of the file.
    pub end: usize,
    /// `MMIO_DIRTY`.
    pub dirty: bool,
    /// `[dirty_from, dirty_to)` is dirty; within `[0, end)`.
    pub dirty_from: usize,
    pub dirty_to: usize,
}

impl BufferState {
    pub fn empty_at(offset: i64) -> BufferState {
        BufferState { offset, ..BufferState::default() }
    }

    /// Whether there are bytes to write; a caller may set `MMIO_DIRTY` without any.
    pub fn has_dirty_bytes(self) -> bool {
        self.dirty_from < self.dirty_to
    }

    /// With nothing left to write.
    pub fn clean(self) -> BufferState {
        BufferState { dirty: false, dirty_from: 0, dirty_to: 0, ..self }
    }

    /// With `[from, to)` dirty, besides what was before.
    pub fn with_dirty(self, from: usize, to: usize) -> BufferState {
        let (from, to) = match self.has_dirty_bytes() {
            true => (self.dirty_from.min(from), self.dirty_to.max(to)),
            false => (from, to),
        };
        BufferState { dirty: true, dirty_from: from, dirty_to: to, ..self }
    }

    /// Whether nothing is in the buffer, and this is the position.
    pub fn is_empty_at(self, offset: i64) -> bool {
        self == BufferState {
            dirty_from: self.dirty_from,
            dirty_to: self.dirty_to,
            ..BufferState::empty_at(offset)
        }
    }

    /// The position behind what the buffer holds.
    pub fn end_position(&self) -> i64 {
        self.offset.saturating_add_unsigned(self.end as u64)
    }

    pub fn position(&self) -> i64 {
        // Neither can be near the end of its range: a position fits 63 bits, a buffer 31.
        self.offset.saturating_add_unsigned(self.next as u64)
    }
}
