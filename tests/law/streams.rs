//! Pipes and sockets (docs/contract.md, parts 2 and 3): with a buffer and without, a program reads and writes the same
//! bytes, and so does the other end. One of each is used side by side.

use crate::calls::{Handle, empty_info, held, index_of, pattern, put};
use crate::compare::Outcome;
use crate::script::{buffer_size, count, offset, origin};
use mmsystem::abi::*;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt::Debug;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{FromRawFd, IntoRawFd, OwnedFd};

/// The most that the other end sends before it is read, less than any system buffers; and the most of one write.
const MOST: usize = 3000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StreamKind {
    Socket,
    /// The read end of a pipe.
    Source,
    /// The write end of a pipe.
    Sink,
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    /// The other end sends bytes, or closes its side for writing.
    Sends(usize),
    HangsUp,
    Reads(usize),
    Writes(usize),
    Seeks(i32, i32),
    Flushes(u32),
    SetsBuffer(usize),
    SetsWriteThrough(bool),
    Advances(u32),
    /// Direct access to the buffer.
    ReadsThere(usize),
    WritesThere(usize),
    /// Passes a copy of the structure in which the buffer is empty and dirty.
    Forgets,
    SaysDirty,
    SendsRead(usize),
    SendsWrite(u32, usize),
    SendsSeek(i32, i32),
}

fn operation() -> impl Strategy<Value = Operation> {
    let small = || count().prop_map(|count| count.min(MOST));
    let message = || prop::sample::select(vec![MMIOM_WRITE, MMIOM_WRITEFLUSH]);
    let transfers = prop_oneof![
        8 => small().prop_map(Operation::Sends),
        1 => Just(Operation::HangsUp),
        8 => small().prop_map(Operation::Reads),
        8 => small().prop_map(Operation::Writes),
        4 => (offset(), origin()).prop_map(|(offset, origin)| Operation::Seeks(offset, origin)),
        3 => prop_oneof![Just(0), Just(MMIO_EMPTYBUF)].prop_map(Operation::Flushes),
    ];
    let buffer = prop_oneof![
        2 => prop_oneof![buffer_size(), 0..=40_usize].prop_map(Operation::SetsBuffer),
        1 => any::<bool>().prop_map(Operation::SetsWriteThrough),
        3 => (MMIO_READ..=MMIO_WRITE).prop_map(Operation::Advances),
        3 => small().prop_map(Operation::ReadsThere),
        3 => small().prop_map(Operation::WritesThere),
        1 => Just(Operation::Forgets),
        1 => Just(Operation::SaysDirty),
    ];
    let messages = prop_oneof![
        small().prop_map(Operation::SendsRead),
        (message(), small()).prop_map(|(message, count)| Operation::SendsWrite(message, count)),
        (offset(), origin()).prop_map(|(offset, origin)| Operation::SendsSeek(offset, origin)),
    ];
    prop_oneof![4 => transfers, 2 => buffer, 1 => messages]
}

/// A file of the library, and the other end.
struct Side {
    file: Handle,
    sends: Option<File>,
    receives: Option<File>,
    /// The bytes that arrived at the other end.
    received: Vec<u8>,
}

fn pair(is_socket: bool) -> [OwnedFd; 2] {
    let mut ends = [0; 2];
    let result = match is_socket {
        // SAFETY: there is room for two numbers.
        true => unsafe { libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, ends.as_mut_ptr()) },
        // SAFETY: as above.
        false => unsafe { libc::pipe(ends.as_mut_ptr()) },
    };
    assert_eq!(result, 0);
    ends.map(|fd| {
        // SAFETY: no pointers; the descriptor is new, and nobody else's.
        unsafe {
            assert_eq!(libc::fcntl(fd, libc::F_SETFL, libc::O_NONBLOCK), 0);
            OwnedFd::from_raw_fd(fd)
        }
    })
}

impl Side {
    fn open(kind: StreamKind, buffer: usize) -> Side {
        let [first, second] = pair(kind == StreamKind::Socket);
        let (own, other) = if kind == StreamKind::Sink { (second, first) } else { (first, second) };
        let other = File::from(other);
        let (sends, receives) = match kind {
            StreamKind::Socket => (Some(other.try_clone().unwrap()), Some(other)),
            StreamKind::Source => (Some(other), None),
            StreamKind::Sink => (None, Some(other)),
        };
        let mut info = empty_info();
        info.fccIOProc = u32::from_le_bytes(*b"DOS ");
        info.adwInfo[0] = own.into_raw_fd() as u32;
        info.cchBuffer = buffer as LONG;
        let file = Handle::open(None, &mut info, MMIO_READWRITE);
        Side { file, sends, receives, received: Vec::new() }
    }

    fn send(&mut self, bytes: &[u8]) {
        if let Some(sends) = &mut self.sends {
            sends.write_all(bytes).unwrap();
        }
    }

    fn hang_up(&mut self, kind: StreamKind) {
        if let (Some(sends), StreamKind::Socket) = (self.sends.take(), kind) {
            // SAFETY: no pointers.
            unsafe { libc::shutdown(std::os::fd::AsRawFd::as_raw_fd(&sends), libc::SHUT_WR) };
        }
    }

    /// Collects the bytes that arrived.
    fn receive(&mut self) {
        let Some(receives) = &mut self.receives else { return };
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = receives.read(&mut bytes) {
            self.received.extend(&bytes[..count]);
        }
    }

    fn read(&self, count: usize) -> (i64, Vec<u8>) {
        let mut bytes = vec![0; count];
        let result = self.file.read(&mut bytes);
        bytes.truncate(result.max(0) as usize);
        (result.into(), bytes)
    }

    /// The number of bytes that were read ahead.
    fn ahead(&self) -> usize {
        let info = self.file.info();
        if info.dwFlags & MMIO_DIRTY != 0 {
            return 0;
        }
        index_of(&info, info.pchEndRead).saturating_sub(index_of(&info, info.pchNext))
    }
}

struct Comparison {
    kind: StreamKind,
    buffered: Side,
    plain: Side,
    /// All bytes that the other end sent, and how many were read or skipped.
    sent: Vec<u8>,
    taken: usize,
    /// The same at the last write. No buffer goes back further.
    since: usize,
    runs: usize,
}

fn same<T: PartialEq + Debug>(what: &str, buffered: T, plain: T) -> Outcome {
    if buffered == plain {
        Ok(())
    } else {
        Err(format!("{what}: {buffered:?}, and without a buffer {plain:?}"))
    }
}

impl Comparison {
    fn bytes(&mut self, count: usize) -> Vec<u8> {
        self.runs += 1;
        pattern(self.runs, count)
    }

    /// Runs a step on both.
    fn both<T: PartialEq + Debug>(&self, what: &str, operation: impl Fn(&Side) -> T) -> Result<T, String> {
        let (buffered, plain) = (operation(&self.buffered), operation(&self.plain));
        if buffered == plain { Ok(plain) } else { same(what, buffered, plain).map(|()| unreachable!()) }
    }

    fn unread(&self) -> usize {
        self.sent.len() - self.taken
    }

    fn record_read(&mut self, bytes: &[u8]) -> Outcome {
        let from = self.taken;
        self.taken += bytes.len();
        same("read", bytes, &self.sent[from..self.taken])
    }

    fn record_write(&mut self, count: i64) {
        if count > 0 {
            self.since = self.taken;
        }
    }

    fn play(&mut self, operation: Operation) -> Outcome {
        match operation {
            Operation::Sends(count) => {
                if self.unread() + count <= MOST && self.plain.sends.is_some() {
                    let bytes = self.bytes(count);
                    self.buffered.send(&bytes);
                    self.plain.send(&bytes);
                    self.sent.extend(bytes);
                }
            }
            Operation::HangsUp => {
                self.buffered.hang_up(self.kind);
                self.plain.hang_up(self.kind);
            }
            Operation::Reads(count) => {
                let (_, bytes) = self.both("read", |side| side.read(count))?;
                self.record_read(&bytes)?;
            }
            Operation::SendsRead(count) => {
                let (_, bytes) = self.both("MMIOM_READ", |side| {
                    let mut bytes = vec![0; count];
                    let result = side.file.send_read(&mut bytes);
                    bytes.truncate(result.max(0) as usize);
                    (result, bytes)
                })?;
                self.record_read(&bytes)?;
            }
            Operation::Writes(count) => {
                let bytes = self.bytes(count);
                let count = self.both("write", |side| side.file.write(&bytes))?;
                self.record_write(count.into());
            }
            Operation::SendsWrite(message, count) => {
                let bytes = self.bytes(count);
                let count = self.both("MMIOM_WRITE", |side| side.file.send_write(message, &bytes))?;
                self.record_write(count as i64);
            }
            Operation::Seeks(offset, origin) => {
                self.seek("seek", |side| side.file.seek(offset, origin).into())?;
            }
            Operation::SendsSeek(offset, origin) => {
                self.seek("MMIOM_SEEK", |side| side.file.send_seek(offset, origin) as i64)?;
            }
            Operation::Flushes(flags) => {
                self.both("flush", |side| side.file.flush(flags))?;
                self.nothing_is_pending()?;
            }
            _ => self.use_buffer(operation)?,
        }
        self.check()
    }

    /// Forward, a seek skips bytes. Backward it can go only in the buffer, to bytes read since the last write.
    fn seek(&mut self, what: &str, seek: impl Fn(&Side) -> i64) -> Outcome {
        let before = self.plain.file.tell();
        let (buffered, plain) = (seek(&self.buffered), seek(&self.plain));
        let back = before - buffered;
        if plain == -1 && buffered != -1 && (1..=(self.taken - self.since) as i64).contains(&back) {
            let again = self.buffered.read(back as usize).1;
            return same("read again", &again[..], &self.sent[self.taken - back as usize..self.taken]);
        }
        same(what, buffered, plain)?;
        self.taken += (self.plain.file.tell() - before) as usize;
        Ok(())
    }

    /// A step on the buffer. Without a buffer it is the equivalent transfer.
    fn use_buffer(&mut self, operation: Operation) -> Outcome {
        let (ahead, mut info) = (self.buffered.ahead(), self.buffered.file.info());
        let size = info.cchBuffer as usize;
        let next = index_of(&info, info.pchNext);
        let file = &self.buffered.file;
        match operation {
            Operation::SetsBuffer(size) => {
                let expected = if ahead > size { MMIOERR_CANNOTSEEK } else { 0 };
                same("set buffer", file.set_buffer(std::ptr::null_mut(), size), expected)?;
                self.nothing_is_pending()
            }
            Operation::SetsWriteThrough(on) => {
                same("write-through", file.set_write_through(on), 0)?;
                if on { self.nothing_is_pending() } else { Ok(()) }
            }
            Operation::Advances(direction) => {
                let expected = match (direction, self.kind) {
                    _ if size == 0 => MMIOERR_UNBUFFERED,
                    (MMIO_READ, StreamKind::Sink) => MMIOERR_CANNOTREAD,
                    (MMIO_WRITE, StreamKind::Source) => MMIOERR_CANNOTWRITE,
                    (MMIO_WRITE, _) if ahead > 0 => MMIOERR_CANNOTWRITE,
                    (MMIO_READ, _) if self.unread() == 0 && self.plain.sends.is_some() => MMIOERR_CANNOTREAD,
                    _ => 0,
                };
                same("advance", file.advance(None, direction), expected)
            }
            Operation::ReadsThere(count) if ahead > 0 => {
                let count = count.min(ahead);
                let bytes = held(&info, next + count)[next..].to_vec();
                info.pchNext = info.pchNext.wrapping_add(count);
                same("set info", file.set_info(&info), 0)?;
                same("read there", (count as i64, bytes.clone()), self.plain.read(count))?;
                self.record_read(&bytes)
            }
            Operation::WritesThere(count) if ahead == 0 => {
                let bytes = pattern(self.runs, count.min(size - next));
                put(&info, next, &bytes);
                info.pchNext = info.pchNext.wrapping_add(bytes.len());
                info.dwFlags |= MMIO_DIRTY;
                let expected = if self.kind == StreamKind::Source { MMIOERR_CANNOTWRITE } else { 0 };
                same("set info", file.set_info(&info), expected)?;
                if expected == 0 {
                    same("write there", bytes.len() as i32, self.plain.file.write(&bytes))?;
                    self.record_write(bytes.len() as i64);
                }
                Ok(())
            }
            Operation::Forgets => {
                info.pchEndRead = info.pchNext;
                info.dwFlags &= !MMIO_DIRTY;
                same("set info", file.set_info(&info), 0)
            }
            Operation::SaysDirty => {
                info.dwFlags |= MMIO_DIRTY;
                let refused = ahead > 0 || self.kind == StreamKind::Source;
                same("set info", file.set_info(&info), if refused { MMIOERR_CANNOTWRITE } else { 0 })
            }
            _ => Ok(()),
        }
    }

    fn check(&mut self) -> Outcome {
        self.both("position", |side| side.file.tell())?;
        self.buffered.receive();
        self.plain.receive();
        let count = self.buffered.received.len().min(self.plain.received.len());
        same("came out", &self.buffered.received[..], &self.plain.received[..count])
    }

    fn nothing_is_pending(&mut self) -> Outcome {
        self.check()?;
        same("came out after a flush", self.buffered.received.len(), self.plain.received.len())
    }

    fn close(&mut self) -> Outcome {
        // The bytes that were not read are still there.
        let (_, rest) = self.both("the rest", |side| side.read(MOST))?;
        same("unread", rest.len(), self.unread())?;
        let closed = self.buffered.file.close();
        same("close", closed, self.plain.file.close())?;
        self.buffered.receive();
        self.plain.receive();
        same("came out in all", &self.buffered.received, &self.plain.received)
    }
}

fn compare(kind: StreamKind, buffer: usize, operations: &[Operation]) -> Outcome {
    let (buffered, plain) = (Side::open(kind, buffer), Side::open(kind, 0));
    let mut comparison = Comparison { kind, buffered, plain, sent: Vec::new(), taken: 0, since: 0, runs: 0 };
    for operation in operations {
        comparison.play(*operation).map_err(|wrong| format!("{operation:?}: {wrong}"))?;
    }
    comparison.close()
}

fn the_law_holds_on(kind: StreamKind, share: u32) {
    let check = |(buffer, operations): &(usize, Vec<Operation>)| compare(kind, *buffer, operations);
    let values = (buffer_size(), vec(operation(), 0..=60));
    crate::check_values(crate::sequences().div_ceil(share), values, check, |_| String::new());
}

#[test]
fn the_law_holds_on_a_socket() {
    the_law_holds_on(StreamKind::Socket, 10);
}

#[test]
fn the_law_holds_on_a_pipe_that_is_read() {
    the_law_holds_on(StreamKind::Source, 15);
}

#[test]
fn the_law_holds_on_a_pipe_that_is_written() {
    the_law_holds_on(StreamKind::Sink, 15);
}
