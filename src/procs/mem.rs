//! The built-in `MEM ` procedure: memory files.
//!
//! The buffer is the file: `pchEndRead` is the end of the file, `pchEndWrite` the end of its memory, `adwInfo[0]` the
//! step by which it grows (0: it does not), and `lDiskOffset` the position of the procedure.
#![forbid(unsafe_code)]

use super::message::Message;
use crate::abi;
use crate::error::Error;
use crate::memory::{Buffer, Info};

/// Whether a message uses the buffer.
pub fn uses_buffer(message: Message<'_>) -> bool {
    !matches!(message, Message::Close(_) | Message::Rename(..) | Message::Other(..))
}

/// Handles a message, and returns the result of the procedure.
pub fn message(info: Info<'_>, buffer: &Buffer, message: Message<'_>) -> isize {
    match message {
        Message::Open(_) => {
            let create = info.flags() & abi::MMIO_CREATE != 0;
            info.set_next(buffer.pointer(0));
            info.set_end_read(buffer.pointer(if create { 0 } else { buffer.len() }));
            info.set_end_write(buffer.pointer(buffer.len()));
            info.set_position(0);
            return 0;
        }
        Message::Rename(..) | Message::Other(abi::MMIOM_RENAME, ..) => {
            return Error::to_lresult(Err(Error::Other(abi::MMSYSERR_NOTSUPPORTED)));
        }
        _ if !uses_buffer(message) => return 0,
        _ => {}
    }
    let next = buffer.index_of(info.next()).unwrap_or(0);
    let mut end = buffer.index_of(info.end_read()).unwrap_or(0);
    let position = info.position();
    let at = usize::try_from(position).ok().filter(|&at| at <= end);
    let (at, result) = match (message, at) {
        (Message::Read(target), Some(at)) => {
            let count = buffer.copy_out(at, target.first(end.saturating_sub(at)));
            (at.saturating_add(count), count)
        }
        (Message::Write(source) | Message::WriteFlush(source), Some(at)) => {
            let count = buffer.put(at, source, info.first_word());
            end = end.max(at.saturating_add(count));
            (at.saturating_add(count), count)
        }
        (Message::Seek(offset, origin), _) => match seek(offset, origin, position, end) {
            Some(at) => (at, at),
            None => return -1,
        },
        _ => return -1,
    };
    let (Ok(disk), Ok(len)) = (i32::try_from(at), i32::try_from(buffer.len())) else { return -1 };
    info.set_position(disk);
    info.set_size(len);
    info.set_buffer(buffer.pointer(0));
    info.set_next(buffer.pointer(next));
    info.set_end_read(buffer.pointer(end));
    info.set_end_write(buffer.pointer(buffer.len()));
    isize::try_from(result).unwrap_or(-1)
}

/// The new position. None if it is negative or past the end of the file.
fn seek(offset: i64, origin: i32, at: i32, end: usize) -> Option<usize> {
    let target = match origin {
        libc::SEEK_SET => Some(offset),
        libc::SEEK_CUR => i64::from(at).checked_add(offset),
        // win: SEEK_END counts backwards.
        libc::SEEK_END => i64::try_from(end).ok()?.checked_sub(offset),
        _ => None,
    };
    usize::try_from(target?).ok().filter(|&target| target <= end)
}
