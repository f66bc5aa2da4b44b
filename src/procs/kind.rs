//! The kinds of I/O procedures.
#![forbid(unsafe_code)]

/// The kind of a file's procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The built-in `DOS ` procedure: disk files.
    Dos,
    /// The built-in `MEM ` procedure: memory files, whose buffer is the file.
    Mem,
    /// A program's own procedure.
    Custom,
    /// Callbacks, or a part of a disk file, in place of a procedure.
    Backed,
}
