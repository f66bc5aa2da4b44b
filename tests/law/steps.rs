//! What a program may do to a file.

/// How direct access ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    SetInfo,
    Advance(u32),
}

/// Whose memory a buffer is.
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
    /// Reads from the buffer by hand.
    HandRead(usize, Finish),
    /// Writes into the buffer by hand: at `pchNext`, or somewhere in what the buffer holds; and moves
    /// `pchNext` on, or only `pchEndRead`.
    HandWrite {
        at: Option<usize>,
        count: usize,
        stay: bool,
        finish: Finish,
    },
    /// Moves `pchNext` only.
    HandMove(usize, Finish),
    /// Takes `pchNext` and `pchEndRead` back to the same place, and the dirty flag away.
    HandForget(usize),
    /// Gives back a pointer outside the buffer.
    HandStray(bool),
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
    /// Goes to where the innermost chunk's data begin, or to the beginning of the file.
    Rewind,
}
