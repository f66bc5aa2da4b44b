//! Runs a script on the library and on the model, and compares them after every step.

use crate::backends::{Backend, Opened};
use crate::calls::{Handle, held, index_of, lend, pattern, take_lent};
use crate::model::{Model, StorageKind};
use crate::print::Transcript;
use crate::steps::{Buffer, Step};
use crate::store::{FaultMode, set_fault_mode};
use mmsystem::abi::*;

/// Success, or a description of the difference.
pub type Outcome = Result<(), String>;

pub struct Comparison<'a> {
    pub backend: &'a Backend,
    pub file: Handle,
    pub model: Model,
    pub c: Transcript,
    /// The buffer is the caller's.
    lent: bool,
    /// The procedure fails at random. The results of the calls count.
    pub faulty: bool,
    /// The chunks that were entered, with the number of each in the C program.
    pub chunks: Vec<(usize, MMCKINFO)>,
    pub chunks_made: usize,
    runs: usize,
}

/// Runs a script to its end. The state is compared after those of each 64 steps whose bit is set in `checked`, as a
/// comparison revokes the lease on the buffer.
pub fn play(backend: &Backend, script: &[Step], checked: u64) -> Outcome {
    Comparison::new(backend, false).run(script, checked)
}

/// The script as a C program, up to the check that fails.
pub fn as_c(backend: &Backend, script: &[Step], checked: u64) -> String {
    let mut comparison = Comparison::new(backend, true);
    let _ = comparison.run(script, checked);
    comparison.c.program(backend)
}

/// A readable number of bytes.
fn first(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(20)]
}

impl<'a> Comparison<'a> {
    fn new(backend: &'a Backend, with_c: bool) -> Comparison<'a> {
        let Opened { file, lent } = backend.open();
        Comparison {
            backend,
            file,
            model: backend.model(),
            c: Transcript::new(with_c),
            lent,
            faulty: backend.fault_mode() == FaultMode::Failing,
            chunks: Vec::new(),
            chunks_made: 0,
            runs: 0,
        }
    }

    fn run(&mut self, script: &[Step], checked: u64) -> Outcome {
        self.check_state()?;
        for (i, step) in script.iter().enumerate() {
            self.step(step).map_err(|wrong| format!("{step:?}: {wrong}"))?;
            if checked >> (i % 64) & 1 != 0 {
                self.check_state().map_err(|wrong| format!("after {step:?}: {wrong}"))?;
            }
        }
        self.check_state().map_err(|wrong| format!("at the end: {wrong}"))?;
        self.close()
    }

    fn step(&mut self, step: &Step) -> Outcome {
        match *step {
            Step::Read(count) => self.read(count),
            Step::Write(count) => self.write(count),
            Step::Seek(offset, origin) => self.seek(offset, origin),
            Step::Flush(flags) => self.flush(flags),
            Step::SetBuffer(buffer) => self.set_buffer(buffer),
            Step::DirectRead(count, finish) => self.direct_read(count, finish),
            Step::DirectWrite { at, count, stay, finish } => self.direct_write(at, count, stay, finish),
            Step::DirectMove(to, finish) => self.direct_move(to, finish),
            Step::DirectForget(to) => self.direct_forget(to),
            Step::DirectStray(high) => self.direct_stray(high),
            Step::Advance(flags) => self.advance(flags),
            Step::SendRead(count) => self.send_read(count),
            Step::SendWrite(message, count) => self.send_write(message, count),
            Step::SendSeek(offset, origin) => self.send_seek(offset, origin),
            Step::Create { flags, code, form, size } => self.create(flags, code, form, size),
            Step::Ascend => self.ascend(),
            Step::Descend { flags, code, form, in_parent } => self.descend(flags, code, form, in_parent),
            Step::Rewind => self.rewind(),
        }
    }

    /// Checks the result of a call.
    pub fn same(&mut self, call: impl Fn() -> String, actual: i64, expected: i64) -> Outcome {
        self.c.add(|| format!("CHECK_EQ({}, {expected});", call()));
        if actual == expected {
            return Ok(());
        }
        Err(format!("{} is {actual}, not {expected}", call()))
    }

    pub fn same_bytes(&mut self, what: &str, actual: &[u8], expected: &[u8]) -> Outcome {
        self.c.check_bytes(what, expected);
        if actual == expected {
            return Ok(());
        }
        let at = actual.iter().zip(expected).take_while(|(actual, expected)| actual == expected).count();
        let (actual, expected) = (&actual[at..], &expected[at..]);
        Err(format!("from {at} on {what} holds {:?}, not {:?}", first(actual), first(expected)))
    }

    /// The next bytes to write, in C those of `pattern(seed, count)`.
    pub fn next_run(&mut self, count: usize) -> (usize, Vec<u8>) {
        self.runs += 1;
        (self.runs, pattern(self.runs, count))
    }

    /// Checks the result of a transfer of `full` bytes. With faults it may be any part.
    fn demanded(&self, actual: i64, full: usize) -> i64 {
        let full = full as i64;
        if self.faulty && (actual == -1 || (1..=full).contains(&actual)) { actual } else { full }
    }

    /// Checks the result of a message that the program sends. The library does not continue a short transfer.
    fn demanded_of_message(&self, actual: i64, full: usize) -> i64 {
        let part = (1..=full as i64).contains(&actual);
        if part && self.backend.fault_mode() != FaultMode::Normal {
            actual
        } else {
            self.demanded(actual, full)
        }
    }

    /// Checks that a call succeeds. With faults it may fail with these errors.
    pub fn allowed(&self, actual: u32, expected: u32, failures: &[u32]) -> i64 {
        i64::from(if self.faulty && failures.contains(&actual) { actual } else { expected })
    }

    fn read(&mut self, count: usize) -> Outcome {
        let mut bytes = vec![0xEE; count];
        let actual = self.file.read(&mut bytes).into();
        let expected = self.model.peek(count).to_vec();
        let demanded = if count == 0 { 0 } else { self.demanded(actual, expected.len()) };
        self.same(|| format!("mmioRead(file, bytes, {count})"), actual, demanded)?;
        self.got(&bytes, &expected, demanded)
    }

    /// Checks the bytes of a read that returned `count`.
    fn got(&mut self, bytes: &[u8], expected: &[u8], count: i64) -> Outcome {
        let count = count.max(0) as usize;
        self.model.position += count;
        self.same_bytes("bytes", &bytes[..count], &expected[..count])
    }

    fn write(&mut self, count: usize) -> Outcome {
        let (seed, bytes) = self.next_run(count);
        let actual = self.file.write(&bytes).into();
        let demanded = match self.model.room_for(count) {
            // At its end a part is as a full disk.
            0 if count > 0 && matches!(self.model.kind, StorageKind::Part { .. }) => -1,
            room => {
                if count == 0 {
                    0
                } else {
                    self.demanded(actual, room)
                }
            }
        };
        self.model.write(&bytes[..demanded.max(0) as usize]);
        self.same(|| format!("mmioWrite(file, pattern({seed}, {count}), {count})"), actual, demanded)
    }

    pub fn seek(&mut self, offset: i32, origin: i32) -> Outcome {
        let actual = self.file.seek(offset, origin);
        let target = self.model.target(offset, origin).filter(|_| !(self.faulty && actual == -1));
        self.model.position = target.unwrap_or(self.model.position);
        // C has no literal for the smallest LONG.
        let number = if offset == i32::MIN { "(-2147483647 - 1)".to_owned() } else { offset.to_string() };
        let demanded = target.map_or(-1, |target| target as i64);
        self.same(|| format!("mmioSeek(file, {number}, {origin})"), actual.into(), demanded)
    }

    fn flush(&mut self, flags: u32) -> Outcome {
        let actual = self.file.flush(flags);
        let demanded = self.allowed(actual, 0, &[MMIOERR_CANNOTWRITE]);
        self.same(|| format!("mmioFlush(file, {flags})"), actual.into(), demanded)?;
        if actual == 0 { self.check_flushed() } else { Ok(()) }
    }

    fn set_buffer(&mut self, buffer: Buffer) -> Outcome {
        let old = self.file.info();
        let (memory, text, size) = match buffer {
            Buffer::None => (std::ptr::null_mut(), "NULL".to_owned(), 0),
            Buffer::Ours(size) => (std::ptr::null_mut(), "NULL".to_owned(), size),
            Buffer::Callers(size) => (lend(&vec![0; size]), format!("(char *)malloc({})", size.max(1)), size),
        };
        let actual = self.file.set_buffer(memory, size);
        let demanded = self.allowed(actual, 0, &[MMIOERR_CANNOTWRITE]);
        self.same(|| format!("mmioSetBuffer(file, {text}, {size}, 0)"), actual.into(), demanded)?;
        if actual != 0 {
            if !memory.is_null() {
                // SAFETY: from `lend`, and refused.
                unsafe { libc::free(memory.cast()) };
            }
            return Ok(());
        }
        if std::mem::replace(&mut self.lent, !memory.is_null()) {
            take_lent(&old);
        }
        if self.model.is_memory() {
            self.chunks.clear();
        }
        self.model.set_buffer(size);
        self.check_flushed()
    }

    fn send_read(&mut self, count: usize) -> Outcome {
        let mut bytes = vec![0xEE; count];
        let actual = self.file.send_read(&mut bytes) as i64;
        let expected = self.model.peek(count).to_vec();
        let demanded = self.demanded_of_message(actual, expected.len());
        let call = || format!("mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, {count})");
        self.same(call, actual, demanded)?;
        self.got(&bytes, &expected, demanded)
    }

    fn send_write(&mut self, message: u32, count: usize) -> Outcome {
        let (seed, bytes) = self.next_run(count);
        let actual = self.file.send_write(message, &bytes) as i64;
        let nothing = self.faulty && actual == 0;
        let room = self.model.room_for(count);
        let demanded = match self.backend.refusal(message) {
            // A flush of 0 bytes is passed on, and so is its result, unless dirty bytes could not be written before.
            Some(refusal) if count == 0 && !(self.faulty && actual == -1) => refusal as i64,
            _ if nothing => 0,
            _ => self.demanded_of_message(actual, room),
        };
        self.model.write(&bytes[..demanded.max(0) as usize]);
        let call = || format!("mmioSendMessage(file, {message}, (LPARAM)pattern({seed}, {count}), {count})");
        self.same(call, actual, demanded)
    }

    fn send_seek(&mut self, offset: i32, origin: i32) -> Outcome {
        let actual = self.file.send_seek(offset, origin) as i64;
        let target = self.model.target(offset, origin).filter(|_| !(self.faulty && actual == -1));
        self.model.position = target.unwrap_or(self.model.position);
        let demanded = target.map_or(-1, |target| target as i64);
        self.same(|| format!("mmioSendMessage(file, MMIOM_SEEK, {offset}, {origin})"), actual, demanded)
    }

    /// Checks that position and buffer are those of the model.
    pub fn check_state(&mut self) -> Outcome {
        let info = self.check_position()?;
        let (next, end) = (index_of(&info, info.pchNext), index_of(&info, info.pchEndRead));
        let size = info.cchBuffer as usize;
        if next > size || end > size {
            return Err(format!("pchNext {next} or pchEndRead {end} is outside the buffer of {size}"));
        }
        let expected = self.model.range(info.lBufOffset as usize, end).to_vec();
        self.same_bytes("info.pchBuffer", &held(&info, end), &expected)?;
        if self.model.is_memory() {
            let length = self.model.bytes.len() as i64;
            self.same(|| "info.pchEndRead - info.pchBuffer".to_owned(), end as i64, length)?;
        }
        if next > end {
            // A query would empty the buffer of this procedure, and hide an error.
            return Ok(());
        }
        let actual = self.file.seek(0, libc::SEEK_CUR);
        let position = self.model.position as i64;
        self.same(|| "mmioSeek(file, 0, SEEK_CUR)".to_owned(), actual.into(), position)
    }

    pub fn position(&self) -> usize {
        let info = self.file.info();
        info.lBufOffset as usize + index_of(&info, info.pchNext)
    }

    /// The position as the pointers have it. The procedure gets no message.
    pub fn check_position(&mut self) -> Result<MMIOINFO, String> {
        let info = self.file.info();
        let actual = self.position() as i64;
        let expected = self.model.position as i64;
        self.c.add(|| "mmioGetInfo(file, &info, 0);".to_owned());
        let position = || "info.lBufOffset + (info.pchNext - info.pchBuffer)".to_owned();
        self.same(position, actual, expected)?;
        Ok(info)
    }

    /// After a successful flush others see the bytes.
    fn check_flushed(&mut self) -> Outcome {
        let Some(seen) = self.backend.flushed()? else { return Ok(()) };
        let expected = self.model.bytes.clone();
        let (count, what) = match self.backend.storage {
            crate::backends::Storage::Disk | crate::backends::Storage::Part { .. } => {
                ("get_file(\"law\", bytes, sizeof bytes)", "bytes")
            }
            _ => ("stored", "store"),
        };
        self.same(|| count.to_owned(), seen.len() as i64, expected.len() as i64)?;
        self.same_bytes(what, &seen, &expected)
    }

    /// Switches the faults of the procedure off or on.
    pub fn set_faulty(&mut self, faulty: bool) {
        if self.faulty == faulty {
            return;
        }
        self.faulty = faulty;
        set_fault_mode(if faulty { FaultMode::Failing } else { FaultMode::Normal });
        self.c.add(|| format!("fault_mode = {};", if faulty { 2 } else { 0 }));
    }

    /// If a close fails, the file stays open, with all its bytes.
    fn close(&mut self) -> Outcome {
        let close = || "mmioClose(file, 0)".to_owned();
        let info = self.file.info();
        let mut actual = self.file.close();
        let demanded = self.allowed(actual, 0, &[MMIOERR_CANNOTWRITE]);
        self.same(close, actual.into(), demanded)?;
        if actual != 0 {
            self.check_state()?;
            self.set_faulty(false);
            actual = self.file.close();
            self.same(close, actual.into(), 0)?;
        }
        if std::mem::take(&mut self.lent) {
            let content = take_lent(&info);
            if self.model.is_memory() {
                let expected = self.model.bytes.clone();
                self.same_bytes("info.pchBuffer", &content[..expected.len()], &expected)?;
            }
        }
        self.check_flushed()
    }
}
