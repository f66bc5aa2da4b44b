//! One open file: its state, its birth and its end.
//!
//! A file is used under its lock, by one thread at a time, but not by one call at a time: a procedure that
//! runs for one call may make another on the same file. So the state is in cells, nothing is borrowed while
//! a procedure runs, and whoever sent a message looks whether the state is still as it was ([`BufferState`]).
#![forbid(unsafe_code)]

mod buffer;
mod buffer_state;
mod bypass;
mod direct;
mod flush;
mod messages;
pub mod riff;
mod stream;

use crate::abi::{self, HMMIO, HTASK, MMIOINFO};
use crate::error::Error;
use crate::fourcc::FourCc;
use crate::lock::Pauses;
use crate::memory::{Block, Buffer, Direction, Info};
use crate::name::Name;
use crate::procs::call::{self, Message, Procedure, SharedInfo};
use crate::procs::{Kind, dos, mem, show};
use crate::{sys, trace};
use alloc::boxed::Box;
use buffer_state::BufferState;
use core::cell::{Cell, OnceCell};
use core::ptr;
use flush::WriteHistory;
use riff::rf64::Rf64;

/// What `lBufOffset` and `lDiskOffset` read as where a `LONG` cannot hold the position.
const LONG_OVERFLOW: i32 = i32::MAX;

/// How many messages about one file may be under way, each sent by the procedure that handles the one before:
/// a procedure that goes on asking itself is stopped before the stack is.
const MAX_DEPTH: u32 = 64;

/// What to open.
#[derive(Debug)]
pub struct OpenRequest {
    pub code: FourCc,
    pub procedure: Procedure,
    /// The flags given to `mmioOpen`.
    pub flags: u32,
    pub block: Block,
    pub htask: HTASK,
    /// What the procedure finds in `adwInfo` and in the reserved words.
    pub words: [u32; 3],
    pub reserved: [u32; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// `MMIOM_OPEN` or `MMIOM_CLOSE` is under way: the file cannot be closed in the middle of it.
    Changing,
    /// What is written before `MMIOM_CLOSE`: it cannot be closed either.
    Flushing,
    Open,
    Closed,
}

/// An open file.
pub struct File {
    procedure: Procedure,
    kind: Kind,
    code: FourCc,
    flags: u32,
    shared_info: SharedInfo,
    buffer: Buffer,
    buffer_state: Cell<BufferState>,
    /// `lDiskOffset`: where the procedure is; -1 where it does not say.
    disk_offset: Cell<i64>,
    htask: usize,
    handle: Cell<usize>,
    error: Cell<u32>,
    /// What the descriptor permits; a custom procedure decides for itself.
    readable: Cell<bool>,
    writable: Cell<bool>,
    write_history: WriteHistory,
    /// Of a stream: bytes written before this position, if they wait to be sent, are not to be found by their positions.
    unsent_until: Cell<i64>,
    /// Each write is one `MMIOM_WRITEFLUSH`, and nothing stays buffered.
    write_through: Cell<bool>,
    /// Which of the two the buffer was used for last: the next one is likely to be the same.
    last_direction: Cell<Direction>,
    /// The procedure's own pointer, as a number.
    context: Cell<usize>,
    /// The position that the file had when it was opened.
    start: Cell<i64>,
    /// Of a file whose chunks may have sizes of 64 bits.
    rf64: OnceCell<Box<Rf64>>,
    phase: Cell<Phase>,
    /// How many messages are under way, one inside the other.
    depth: Cell<u32>,
    /// How many calls a procedure made in the middle of messages.
    nested_calls: Cell<u32>,
    /// Of the file's lock: a message that may take its time pauses it.
    pauses: &'static Pauses,
}

/// Of a file without a lock.
static NO_PAUSES: Pauses = Pauses::none();

impl File {
    #[inline]
    pub fn new(request: OpenRequest, pauses: &'static Pauses) -> File {
        let OpenRequest { code, procedure, flags, block, htask, words, reserved } = request;
        File {
            procedure,
            kind: procedure.kind(),
            code,
            flags: flags & !(abi::MMIO_ALLOCBUF | abi::MMIO_DIRTY),
            shared_info: SharedInfo::new(words, reserved),
            buffer: Buffer::new(block),
            buffer_state: Cell::new(BufferState::default()),
            disk_offset: Cell::new(0),
            htask: htask.addr(),
            handle: Cell::new(0),
            error: Cell::new(abi::MMSYSERR_NOERROR),
            readable: Cell::new(true),
            writable: Cell::new(true),
            write_history: WriteHistory::default(),
            unsent_until: Cell::new(0),
            write_through: Cell::new(false),
            last_direction: Cell::new(Direction::Read),
            context: Cell::new(0),
            start: Cell::new(0),
            rf64: OnceCell::new(),
            phase: Cell::new(Phase::Changing),
            depth: Cell::new(0),
            nested_calls: Cell::new(0),
            pauses,
        }
    }

    /// Sends `MMIOM_OPEN`. To the built-in memory procedure nothing need be sent: the buffer is the file.
    pub fn open(&self, name: Option<&Name>) -> Result<(), Error> {
        if self.kind != Kind::Mem {
            self.send(&Message::Open(name))?;
        }
        match self.kind {
            Kind::Mem if self.flags & abi::MMIO_CREATE != 0 => {}
            Kind::Mem => {
                self.buffer_state.set(BufferState { end: self.buffer.len(), ..BufferState::default() })
            }
            Kind::Dos => {
                let (readable, writable) = dos::access(self.shared_info.words());
                self.readable.set(readable);
                self.writable.set(writable);
                self.buffer_state.set(BufferState::empty_at(self.disk_offset.get()));
            }
            // The position may be anywhere (an archive's member), but the program's positions start there.
            Kind::Custom => self.buffer_state.set(BufferState::empty_at(self.disk_offset.get().max(0))),
        }
        self.start.set(self.position());
        self.phase.set(Phase::Open);
        Ok(())
    }

    /// Flushes, and sends exactly one `MMIOM_CLOSE`. A file that cannot be flushed stays open.
    pub fn close(&self, flags: u32) -> Result<(), Error> {
        self.begin_close(Phase::Flushing)?;
        if let Err(error) = self.flush_out() {
            self.phase.set(Phase::Open);
            return Err(error);
        }
        self.end(flags)
    }

    /// Closes without writing what is in the buffer.
    pub fn discard(&self) -> Result<(), Error> {
        self.begin_close(Phase::Changing)?;
        self.buffer_state.set(self.buffer_state.get().clean());
        self.end(0)
    }

    fn begin_close(&self, phase: Phase) -> Result<(), Error> {
        if self.phase.get() != Phase::Open {
            return Err(Error::InvalidHandle);
        }
        self.phase.set(phase);
        Ok(())
    }

    /// In a forked child: a message about this file was under way in a thread that is not there. It is as if it had not been
    /// sent. False if there is no file: it was being opened or closed.
    pub fn abandon_message(&self) -> bool {
        self.depth.set(0);
        self.buffer.end_loans();
        self.write_history.abandon_message(self.kind);
        if self.phase.get() == Phase::Flushing {
            self.phase.set(Phase::Open);
        }
        self.phase.get() == Phase::Open
    }

    #[inline]
    fn end(&self, flags: u32) -> Result<(), Error> {
        self.phase.set(Phase::Changing);
        let answer = if self.kind == Kind::Mem { Ok(()) } else { self.send_close(flags) };
        self.phase.set(Phase::Closed);
        answer
    }

    #[inline(never)]
    fn send_close(&self, flags: u32) -> Result<(), Error> {
        if self.kind == Kind::Dos && flags & abi::MMIO_FHOPEN != 0 {
            // The program goes on with its descriptor at our position. A stream cannot go back to it.
            let _ = self.ensure_procedure_at(self.position());
        }
        self.send(&Message::Close(flags)).map(|_| ())
    }

    /// Whether bytes may be put into the buffer. In the middle of a message that has it on loan the procedure
    /// would write over them; while the file is being opened or closed nobody would send them on.
    fn can_buffer(&self) -> bool {
        !self.buffer.is_lent() && self.phase.get() == Phase::Open
    }

    pub fn is_closed(&self) -> bool {
        self.phase.get() == Phase::Closed
    }

    /// Durability is the disk procedure's to give.
    pub fn set_durable(&self, on: bool) -> Result<(), Error> {
        if self.kind != Kind::Dos {
            return Err(Error::Other(abi::MMSYSERR_NOTSUPPORTED));
        }
        self.shared_info.set_words(dos::with_durability(self.shared_info.words(), on));
        Ok(())
    }

    pub fn set_context(&self, context: usize) {
        self.context.set(context);
    }

    pub fn context(&self) -> usize {
        self.context.get()
    }

    pub fn set_handle(&self, handle: HMMIO) {
        self.handle.set(handle.addr());
    }

    /// Keeps the last error for `wErrorRet`.
    #[inline(always)]
    pub fn note<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = result {
            self.error.set(error.code());
            trace::note(error.code());
        }
        result
    }

    /// Runs a call on this file.
    #[inline(always)]
    pub fn run<R>(&self, call: impl FnOnce(&File) -> Result<R, Error>) -> Result<R, Error> {
        self.bracket(|| self.note(call(self)))
    }

    /// Runs a call that notes its own errors. One that a procedure makes in the middle of a message first takes over what
    /// the procedure wrote into the structure so far, and afterwards shows it the outcome.
    #[inline(always)]
    pub fn bracket<R>(&self, call: impl FnOnce() -> R) -> R {
        let is_nested = self.depth.get() > 0;
        if is_nested {
            self.begin_nested();
        }
        let result = call();
        if is_nested {
            self.end_nested();
        }
        result
    }

    #[cold]
    fn begin_nested(&self) {
        self.nested_calls.set(self.nested_calls.get().wrapping_add(1));
        self.sync_from_procedure(self.kind);
    }

    #[cold]
    fn end_nested(&self) {
        self.sync_to_procedure(self.kind);
    }

    /// `pos`: the position of the next byte read or written.
    pub fn position(&self) -> i64 {
        self.buffer_state.get().position()
    }

    /// Copies the structure out, as a caller may see it.
    pub fn copy_info(&self, to: Info<'_>) {
        to.set(self.to_mmioinfo(), self.shared_info.info());
        let state = self.buffer_state.get();
        if self.has_read_ahead(state) && self.writable.get() {
            // A program that writes by itself must not write over what was read ahead.
            to.set_end_write(self.buffer.pointer(state.next));
        }
    }

    /// The structure but for what is the procedure's own: its words, and the reserved ones.
    #[inline(always)]
    fn to_mmioinfo(&self) -> MMIOINFO {
        let state = self.buffer_state.get();
        let mut flags = self.flags;
        if self.buffer.is_ours() {
            flags |= abi::MMIO_ALLOCBUF;
        }
        if state.dirty {
            flags |= abi::MMIO_DIRTY;
        }
        MMIOINFO {
            dwFlags: flags,
            fccIOProc: self.code.0,
            pIOProc: Some(self.procedure.address()),
            wErrorRet: self.error.get(),
            htask: ptr::without_provenance_mut(self.htask),
            cchBuffer: i32::try_from(self.buffer.len()).unwrap_or(i32::MAX),
            pchBuffer: self.buffer.pointer(0),
            pchNext: self.buffer.pointer(state.next),
            pchEndRead: self.buffer.pointer(state.end),
            pchEndWrite: self.buffer.pointer(self.buffer.len()),
            lBufOffset: i32::try_from(state.offset).unwrap_or(LONG_OVERFLOW),
            lDiskOffset: i32::try_from(self.disk_offset.get()).unwrap_or(LONG_OVERFLOW),
            hmmio: ptr::without_provenance_mut(self.handle.get()),
            ..MMIOINFO::EMPTY
        }
    }

    /// Shows the procedure the state. It sees the position in 32 bits (and, of a disk file, 32 more).
    #[inline(always)]
    fn sync_to_procedure(&self, kind: Kind) {
        let (low, high) = dos::split(self.disk_offset.get());
        self.shared_info.set(MMIOINFO { lDiskOffset: low, ..self.to_mmioinfo() });
        if kind == Kind::Dos {
            let [fd, _, fd_flags] = self.shared_info.words();
            self.shared_info.set_words([fd, high, fd_flags]);
        }
    }

    /// Takes over what is the procedure's to say: its position; of the built-in memory procedure, the end of
    /// the file too. (Its own words stay where they are.) Nothing else that it may have written counts.
    #[inline(always)]
    fn sync_from_procedure(&self, kind: Kind) {
        let offset = self.shared_info.position();
        match kind {
            Kind::Dos => {
                let [_, high, _] = self.shared_info.words();
                self.disk_offset.set(dos::join(offset, high));
            }
            // Positions up to 4 GiB - 2 fit the 32 bits; all ones are a procedure's -1. A procedure with positions of 64 bits
            // never writes to lDiskOffset.
            Kind::Custom => {
                let (shown, _) = dos::split(self.disk_offset.get());
                if offset != shown {
                    self.disk_offset.set(match offset {
                        -1 => -1,
                        low => dos::join(low, 0),
                    });
                }
            }
            Kind::Mem => {
                self.disk_offset.set(i64::from(offset));
                let end = self.buffer.index_of(self.shared_info.info().end_read()).unwrap_or(0);
                self.buffer_state.set(BufferState { end, ..self.buffer_state.get() });
            }
        }
    }

    /// A built-in procedure need not be called by way of C.
    #[inline(never)]
    fn send_built_in(&self, message: &Message<'_>, kind: Kind) -> isize {
        let info = self.shared_info.info();
        match kind {
            Kind::Mem => mem::message(info, &self.buffer, *message),
            _ => sys::uncancelled(|| dos::message(info, *message)),
        }
    }

    #[inline(always)]
    fn deliver(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        match (kind, message) {
            (Kind::Custom, _) | (Kind::Dos, Message::Other(..)) => {
                self.shared_info.send(self.procedure, message)
            }
            _ => Ok(self.send_built_in(message, kind)),
        }
    }

    fn deliver_traced(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        let deliver = || self.deliver(message, kind);
        let position = || show::position(self.shared_info.info(), kind);
        match (kind, message) {
            // It is traced where it arrives.
            (Kind::Dos, Message::Other(..)) => deliver(),
            _ => show::traced(kind, self.code, self.flags, message, position, deliver),
        }
    }

    /// Sends a message to the file's procedure; what comes back is checked.
    fn send(&self, message: &Message<'_>) -> Result<isize, Error> {
        call::check(message, self.send_unchecked(message)?)
    }

    /// Sends a message to the file's procedure, and returns the answer as it came.
    fn send_unchecked(&self, message: &Message<'_>) -> Result<isize, Error> {
        match message {
            Message::Read(_) | Message::Write(_) | Message::WriteFlush(_) if self.kind == Kind::Dos => {
                self.transfer_to_disk(message)
            }
            _ if trace::is_on() => self.send_traced(message, self.kind),
            _ => self.send_untraced(message, self.kind),
        }
    }

    /// The built-in disk procedure, for a message that transfers: it needs no structure, and nobody sees it.
    fn transfer_to_disk(&self, message: &Message<'_>) -> Result<isize, Error> {
        let transfer = || dos::transfer_at(self.shared_info.words(), self.disk_offset.get(), *message);
        let deliver = || {
            let (answer, words, position) = sys::uncancelled(transfer);
            self.shared_info.set_words(words);
            self.disk_offset.set(position);
            Ok(answer)
        };
        let position = || self.disk_offset.get();
        self.pauses.during(|| show::traced(Kind::Dos, self.code, self.flags, message, position, deliver))
    }

    /// The same, without a trace, for a caller that knows what it sends, and to what kind of procedure.
    #[inline(always)]
    fn send_untraced(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        let depth = self.begin_message(kind)?;
        let answer = self.deliver(message, kind);
        self.end_message(kind, depth, answer)
    }

    #[inline(never)]
    fn send_traced(&self, message: &Message<'_>, kind: Kind) -> Result<isize, Error> {
        let depth = self.begin_message(kind)?;
        let answer = self.deliver_traced(message, kind);
        self.end_message(kind, depth, answer)
    }

    /// Answers how many messages are under way.
    #[inline(always)]
    fn begin_message(&self, kind: Kind) -> Result<u32, Error> {
        if self.is_closed() {
            return Err(Error::InvalidHandle);
        }
        if self.depth.get() >= MAX_DEPTH {
            return Err(Error::Busy);
        }
        self.sync_to_procedure(kind);
        let depth = self.depth.get();
        self.depth.set(depth.saturating_add(1));
        // (The built-in memory procedure takes no time, and changes the file.)
        if kind != Kind::Mem {
            self.pauses.begin();
        }
        Ok(depth)
    }

    #[inline(always)]
    fn end_message(&self, kind: Kind, depth: u32, answer: Result<isize, Error>) -> Result<isize, Error> {
        if kind != Kind::Mem {
            self.pauses.end();
        }
        self.depth.set(depth);
        self.sync_from_procedure(kind);
        // The procedure may have closed the file whose message this is.
        if self.is_closed() {
            return Err(Error::InvalidHandle);
        }
        answer
    }
}

/// Sends one message about a name, outside any open file: `MMIOM_RENAME`, or `MMIOM_OPEN` to delete.
pub fn send_name_message(request: OpenRequest, message: &Message<'_>) -> Result<(), Error> {
    let file = File::new(request, &NO_PAUSES);
    file.shared_info.set(MMIOINFO { dwFlags: file.flags, ..file.to_mmioinfo() });
    let send = || file.shared_info.send(file.procedure, message);
    let answer = match file.kind {
        Kind::Custom => show::traced(file.kind, file.code, file.flags, message, || 0, send),
        // A built-in procedure's is traced where it arrives.
        _ => send(),
    };
    call::check(message, answer?).map(|_| ())
}
