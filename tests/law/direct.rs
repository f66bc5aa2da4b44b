//! Direct access to the buffer (docs/contract.md, part 3).

use crate::calls::{held, index_of, put};
use crate::compare::{Comparison, Outcome};
use crate::model::StorageKind;
use crate::steps::Finish;
use mmsystem::abi::*;

const NOT_DIRTY: &str = "info.dwFlags &= ~MMIO_DIRTY;";

/// The caller's view of the buffer: it may read from `next` to `end`, and write from `next` to `size`.
struct BufferState {
    next: usize,
    end: usize,
    size: usize,
}

fn buffer_state(info: &MMIOINFO) -> BufferState {
    BufferState {
        next: index_of(info, info.pchNext),
        end: index_of(info, info.pchEndRead),
        size: index_of(info, info.pchEndWrite),
    }
}

impl Comparison<'_> {
    fn get_info(&mut self) -> MMIOINFO {
        self.c.add(|| "CHECK_EQ(mmioGetInfo(file, &info, 0), 0);".to_owned());
        self.file.info()
    }

    /// Moves the caller's `pchNext`. Beyond `pchEndRead` nothing was written, so the dirty flag would be wrong there.
    fn move_next(&mut self, info: &mut MMIOINFO, to: usize) {
        info.pchNext = info.pchBuffer.wrapping_add(to);
        self.c.add(|| format!("info.pchNext = info.pchBuffer + {to};"));
        if to > index_of(info, info.pchEndRead) {
            info.dwFlags &= !MMIO_DIRTY;
            self.c.add(|| NOT_DIRTY.to_owned());
        }
    }

    pub fn direct_read(&mut self, count: usize, finish: Finish) -> Outcome {
        let mut info = self.get_info();
        let BufferState { next, end, .. } = buffer_state(&info);
        let count = count.min(end.saturating_sub(next));
        if count > 0 {
            let expected = self.model.peek(count).to_vec();
            self.same_bytes("info.pchNext", &held(&info, next + count)[next..], &expected)?;
        }
        self.move_next(&mut info, next + count);
        self.model.position += count;
        self.finish(info, finish)
    }

    pub fn direct_write(&mut self, at: Option<usize>, count: usize, stay: bool, finish: Finish) -> Outcome {
        let mut info = self.get_info();
        let BufferState { next, end, size } = buffer_state(&info);
        if next > end {
            // All bytes up to pchNext would count as written, and those beyond pchEndRead do not exist.
            return Ok(());
        }
        let at = at.map_or(next, |at| at % (end + 1));
        let count = count.min(size - at);
        let (seed, bytes) = self.next_run(count);
        put(&info, at, &bytes);
        self.c.add(|| format!("memcpy(info.pchBuffer + {at}, pattern({seed}, {count}), {count});"));
        self.model.position = self.model.position - next + at;
        let start = self.model.position;
        self.model.write(&bytes);
        if stay {
            self.model.position = start;
            info.pchEndRead = info.pchBuffer.wrapping_add(end.max(at + count));
            self.c.add(|| format!("info.pchEndRead = info.pchBuffer + {};", end.max(at + count)));
        }
        info.pchNext = info.pchBuffer.wrapping_add(if stay { at } else { at + count });
        info.dwFlags |= MMIO_DIRTY;
        self.c.add(|| format!("info.pchNext = info.pchBuffer + {};", if stay { at } else { at + count }));
        self.c.add(|| "info.dwFlags |= MMIO_DIRTY;".to_owned());
        self.finish(info, finish)
    }

    pub fn direct_move(&mut self, to: usize, finish: Finish) -> Outcome {
        let mut info = self.get_info();
        let BufferState { next, end, size } = buffer_state(&info);
        // A memory file ends with its buffer.
        let to = to % (if self.model.is_memory() { end } else { size } + 1);
        self.move_next(&mut info, to);
        self.model.position = self.model.position - next + to;
        self.finish(info, finish)
    }

    pub fn direct_forget(&mut self, to: usize) -> Outcome {
        if self.model.is_memory() {
            // In a memory file pchEndRead is the end of the file.
            return Ok(());
        }
        let mut info = self.get_info();
        let BufferState { next, end, .. } = buffer_state(&info);
        let to = to % (end + 1);
        self.move_next(&mut info, to);
        self.model.position = self.model.position - next + to;
        info.pchEndRead = info.pchNext;
        info.dwFlags &= !MMIO_DIRTY;
        self.c.add(|| format!("info.pchEndRead = info.pchNext; {NOT_DIRTY}"));
        self.finish(info, Finish::SetInfo)
    }

    pub fn direct_stray(&mut self, high: bool) -> Outcome {
        let mut info = self.get_info();
        if info.pchBuffer.is_null() {
            return Ok(());
        }
        let (pointer, text) = if high {
            (info.pchEndWrite.wrapping_add(1), "info.pchNext = info.pchEndWrite + 1;")
        } else {
            (info.pchBuffer.wrapping_sub(1), "info.pchEndRead = info.pchBuffer - 1;")
        };
        if high {
            info.pchNext = pointer;
        } else {
            info.pchEndRead = pointer;
        }
        self.c.add(|| text.to_owned());
        let actual = self.file.set_info(&info);
        let call = || "mmioSetInfo(file, &info, 0)".to_owned();
        self.same(call, actual.into(), MMSYSERR_INVALPARAM.into())
    }

    fn finish(&mut self, mut info: MMIOINFO, finish: Finish) -> Outcome {
        match finish {
            Finish::SetInfo => {
                let actual = self.file.set_info(&info);
                self.same(|| "mmioSetInfo(file, &info, 0)".to_owned(), actual.into(), 0)
            }
            Finish::Advance(flags) => {
                let actual = self.file.advance(Some(&mut info), flags);
                self.check_advance("&info", actual, flags)?;
                if actual == 0 { self.check_returned(&info) } else { Ok(()) }
            }
        }
    }

    pub fn advance(&mut self, flags: u32) -> Outcome {
        let actual = self.file.advance(None, flags);
        self.check_advance("NULL", actual, flags)
    }

    fn check_advance(&mut self, given: &str, actual: u32, flags: u32) -> Outcome {
        let info = self.file.info();
        let unbuffered = info.cchBuffer == 0 && !self.model.is_memory();
        let full =
            matches!(self.model.kind, StorageKind::Memory { room, step: 0 } if room == self.model.position);
        let at_the_end_of_a_part =
            matches!(self.model.kind, StorageKind::Part { length } if length == self.model.position);
        let demanded = match flags {
            _ if unbuffered => MMIOERR_UNBUFFERED,
            MMIO_WRITE if full => MMIOERR_CANNOTEXPAND,
            MMIO_WRITE if at_the_end_of_a_part => MMIOERR_CANNOTWRITE,
            _ => 0,
        };
        let cannot_read = if flags == MMIO_READ { MMIOERR_CANNOTREAD } else { MMIOERR_CANNOTWRITE };
        let demanded = self.allowed(actual, demanded, &[MMIOERR_CANNOTWRITE, cannot_read]);
        self.same(|| format!("mmioAdvance(file, {given}, {flags})"), actual.into(), demanded)?;
        if actual == 0 && !self.model.is_memory() { self.check_moved(&info, flags) } else { Ok(()) }
    }

    /// After mmioAdvance the buffer begins at the position, and for reading it is as full as possible.
    fn check_moved(&mut self, info: &MMIOINFO, flags: u32) -> Outcome {
        let BufferState { next, end, size } = buffer_state(info);
        self.c.add(|| "mmioGetInfo(file, &info, 0);".to_owned());
        self.same(|| "info.pchNext - info.pchBuffer".to_owned(), next as i64, 0)?;
        if flags == MMIO_READ {
            let full = self.model.peek(size).len();
            self.same(|| "info.pchEndRead - info.pchBuffer".to_owned(), end as i64, full as i64)?;
        }
        Ok(())
    }

    /// The caller's structure equals that of the file.
    fn check_returned(&mut self, returned: &MMIOINFO) -> Outcome {
        let info = self.file.info();
        let parts = |info: &MMIOINFO| {
            let pointers = [info.pchBuffer, info.pchNext, info.pchEndRead, info.pchEndWrite];
            (pointers.map(|p| p as usize), info.lBufOffset, info.dwFlags, info.cchBuffer)
        };
        if parts(returned) == parts(&info) {
            return Ok(());
        }
        Err(format!("mmioAdvance returned {returned:?}, not {info:?}"))
    }
}
