//! The text of lines. If an allocation fails, text is left out.
#![forbid(unsafe_code)]

use core::fmt::Write;

/// The width of the column of thread numbers.
pub const THREAD_COLUMNS: usize = 7;

/// The column of results, unless a line is longer.
const RESULT_COLUMN: usize = 88;

/// A writer of formatted text. `Vec<u8>` is one too, but aborts the process if there is no memory.
pub struct Text<'a>(pub &'a mut Vec<u8>);

impl Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.0.try_reserve(text.len()).map_err(|_| core::fmt::Error)?;
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// Pads a line to the column of results.
#[cold]
#[inline(never)]
pub fn pad(line: &mut Vec<u8>) {
    // Continuation bytes of UTF-8 take no column.
    let columns = line.iter().filter(|&byte| byte & 0xc0 != 0x80).count();
    add(line, RESULT_COLUMN.saturating_sub(columns), b' ');
}

#[cold]
#[inline(never)]
pub fn add(line: &mut Vec<u8>, count: usize, byte: u8) {
    if line.try_reserve(count).is_ok() {
        line.resize(line.len().saturating_add(count), byte);
    }
}

#[cold]
#[inline(never)]
pub fn append(line: &mut Vec<u8>, more: &[u8]) {
    if line.try_reserve(more.len()).is_ok() {
        line.extend_from_slice(more);
    }
}

/// Inserts a line. Returns how many bytes were inserted.
#[cold]
#[inline(never)]
pub fn insert(lines: &mut Vec<u8>, offset: usize, line: &[u8]) -> usize {
    if lines.try_reserve(line.len()).is_err() {
        return 0;
    }
    let (end, offset) = (lines.len(), offset.min(lines.len()));
    lines.extend_from_slice(line);
    if let Some(rest) = lines.get_mut(offset..).filter(|_| offset < end) {
        rest.copy_within(..end.saturating_sub(offset), line.len());
        if let Some(there) = rest.get_mut(..line.len()) {
            there.copy_from_slice(line);
        }
    }
    line.len()
}
