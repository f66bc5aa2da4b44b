//! The state of a file's buffer: its place in the file, and its contents.
#![forbid(unsafe_code)]

/// The state of a buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BufferState {
    /// `lBufOffset`: the position in the file of the start of the buffer.
    pub offset: i64,
    /// `pchNext - pchBuffer`.
    pub next: usize,
    /// `pchEndRead - pchBuffer`: `[0, end)` of the buffer is valid.
    pub end: usize,
    /// `MMIO_DIRTY`.
    pub dirty: bool,
    /// `[dirty_from, dirty_to)` is dirty; it is within `[0, end)`.
    pub dirty_from: usize,
    pub dirty_to: usize,
}

impl BufferState {
    pub fn empty_at(offset: i64) -> BufferState {
        BufferState { offset, ..BufferState::default() }
    }

    /// Whether there are bytes to write. A caller can set `MMIO_DIRTY` without any.
    pub fn has_dirty_bytes(self) -> bool {
        self.dirty_from < self.dirty_to
    }

    /// The state without dirty bytes.
    pub fn clean(self) -> BufferState {
        BufferState { dirty: false, dirty_from: 0, dirty_to: 0, ..self }
    }

    /// The state with `[from, to)` dirty too.
    pub fn with_dirty(self, from: usize, to: usize) -> BufferState {
        let (from, to) = match self.has_dirty_bytes() {
            true => (self.dirty_from.min(from), self.dirty_to.max(to)),
            false => (from, to),
        };
        BufferState { dirty: true, dirty_from: from, dirty_to: to, ..self }
    }

    /// Whether the buffer is empty, at this position.
    pub fn is_empty_at(self, offset: i64) -> bool {
        self == BufferState {
            dirty_from: self.dirty_from,
            dirty_to: self.dirty_to,
            ..BufferState::empty_at(offset)
        }
    }

    /// The position in the file of a byte of the buffer.
    #[inline]
    pub fn position_of(self, index: usize) -> i64 {
        self.offset.saturating_add_unsigned(index as u64)
    }

    /// The index in the buffer of a position, which may be beyond its end. None if it is before the buffer.
    #[inline]
    pub fn index_of(self, position: i64) -> Option<usize> {
        position.checked_sub(self.offset).and_then(|index| usize::try_from(index).ok())
    }

    /// The position after the valid bytes.
    #[inline]
    pub fn end_position(self) -> i64 {
        self.position_of(self.end)
    }

    /// The position of the next byte.
    #[inline]
    pub fn position(self) -> i64 {
        self.position_of(self.next)
    }
}
