//! The built-in `MEM ` procedure: memory files.
//!
//! The buffer is the file; `pchEndRead` is its end, `pchEndWrite` where its memory ends, `adwInfo[0]` the
//! step by which it grows (0: it does not), `lDiskOffset` the procedure's position.
#![forbid(unsafe_code)]

use super::call::Message;
use crate::abi::{self, MMIOINFO};
use crate::error::Error;
use crate::memory::Buffer;

/// Does what a message asks; the procedure's answer.
pub fn message(info: &mut MMIOINFO, buffer: &Buffer, message: Message<'_>) -> isize {
    if let Message::Open(_) = message {
        let create = info.dwFlags & abi::MMIO_CREATE != 0;
        info.pchNext = buffer.pointer(0);
        info.pchEndRead = buffer.pointer(if create { 0 } else { buffer.len() });
        info.pchEndWrite = buffer.pointer(buffer.len());
        info.lDiskOffset = 0;
        return 0;
    }
    let next = buffer.place(info.pchNext).unwrap_or(0);
    let mut end = buffer.place(info.pchEndRead).unwrap_or(0);
    let at = usize::try_from(info.lDiskOffset).ok().filter(|&at| at <= end);
    let (at, answer) = match (message, at) {
        (Message::Read(target), Some(at)) => {
            let count = buffer.copy_out(at, target.first(end.saturating_sub(at)));
            (at.saturating_add(count), count)
        }
        (Message::Write(source) | Message::WriteFlush(source), Some(at)) => {
            let [step, ..] = info.adwInfo;
            let count = buffer.put(at, source, step);
            end = end.max(at.saturating_add(count));
            (at.saturating_add(count), count)
        }
        (Message::Seek(offset, origin), _) => match seek(offset, origin, info.lDiskOffset, end) {
            Some(at) => (at, at),
            None => return -1,
        },
        (Message::Read(_) | Message::Write(_) | Message::WriteFlush(_), None) => return -1,
        (Message::Rename(..) | Message::Other(abi::MMIOM_RENAME, ..), _) => {
            return Error::answer(Err(Error::Other(abi::MMSYSERR_NOTSUPPORTED)));
        }
        _ => return 0,
    };
    let (Ok(disk), Ok(len)) = (i32::try_from(at), i32::try_from(buffer.len())) else { return -1 };
    info.lDiskOffset = disk;
    info.cchBuffer = len;
    info.pchBuffer = buffer.pointer(0);
    info.pchNext = buffer.pointer(next);
    info.pchEndRead = buffer.pointer(end);
    info.pchEndWrite = buffer.pointer(buffer.len());
    isize::try_from(answer).unwrap_or(-1)
}

/// A memory file may not be positioned past its end.
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
