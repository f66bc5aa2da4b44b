//! The steps of a script.

/// The end of a direct access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    SetInfo,
    Advance(u32),
}

/// The owner of the memory of a buffer.
#[derive(Clone, Copy, Debug)]
pub enum Buffer {
    None,
    Ours(usize),
    Callers(usize),
}

#[derive(Clone, Debug)]
pub enum Step {
    Read(usize),
    Write(usize),
    Seek(i32, i32),
    Flush(u32),
    SetBuffer(Buffer),
    /// Reads from the buffer directly.
    DirectRead(usize, Finish),
    /// Writes into the buffer directly, at `pchNext` or somewhere in the content of the buffer, and advances
    /// `pchNext`, or only `pchEndRead`.
    DirectWrite {
        at: Option<usize>,
        count: usize,
        stay: bool,
        finish: Finish,
    },
    /// Moves `pchNext` only.
    DirectMove(usize, Finish),
    /// Moves `pchNext` and `pchEndRead` back to the same place, and clears the dirty flag.
    DirectForget(usize),
    /// Passes a pointer outside the buffer.
    DirectStray(bool),
    Advance(u32),
    SendRead(usize),
    SendWrite(u32, usize),
    SendSeek(i32, i32),
    Create {
        flags: u32,
        code: u32,
        form: u32,
        size: u32,
    },
    Ascend,
    Descend {
        flags: u32,
        code: u32,
        form: u32,
        in_parent: bool,
    },
    /// Seeks to the data of the innermost chunk, or to the beginning of the file.
    Rewind,
}
