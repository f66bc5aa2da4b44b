//! The kinds of I/O procedures.
#![forbid(unsafe_code)]

/// What the library knows about a file because of its procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A disk file: the built-in `DOS ` procedure.
    Dos,
    /// A memory file: its buffer is the file.
    Mem,
    /// A program's own procedure.
    Custom,
}
