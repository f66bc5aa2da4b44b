//! One open file: its state, and how it is opened and closed.
//!
//! A file is used under its lock, by one thread at a time. Calls may be nested nevertheless: a procedure that handles
//! a message may call a function on the same file. So the state is in cells, nothing is borrowed while a procedure
//! runs, and after a message the sender checks whether the state is unchanged ([`BufferState`]).
#![forbid(unsafe_code)]

mod backed;
mod buffer;
mod buffer_state;
mod bypass;
mod direct;
mod flush;
mod messages;
pub mod riff;
mod send;
mod stream;
mod write_history;

use crate::abi::{self, HMMIO, HTASK, MMIOINFO};
use crate::error::Error;
use crate::fourcc::FourCc;
use crate::lock::Pauses;
use crate::memory::{Block, Buffer, Direction, Info};
use crate::name::Name;
use crate::procs::backing::Backing;
use crate::procs::call::{Procedure, SharedInfo};
use crate::procs::message::{self, Message};
use crate::procs::{Kind, dos, show};
use crate::trace;
use alloc::boxed::Box;
use buffer_state::BufferState;
use core::cell::{Cell, OnceCell};
use core::ptr;
use riff::long_sizes::LongSizes;
use write_history::WriteHistory;

/// The value of `lBufOffset` and `lDiskOffset` if a `LONG` cannot hold the position.
const LONG_OVERFLOW: i32 = i32::MAX;

/// The limit of nested messages about one file: a procedure that calls itself without end gets an error before the
/// stack overflows.
const MAX_DEPTH: u32 = 64;

/// What to open.
pub struct OpenRequest {
    pub code: FourCc,
    pub procedure: Procedure,
    /// In place of the procedure.
    pub backing: Option<Box<Backing>>,
    /// The flags given to `mmioOpen`.
    pub flags: u32,
    pub block: Block,
    pub htask: HTASK,
    /// The initial values of `adwInfo` and of the reserved members.
    pub words: [u32; 3],
    pub reserved: [u32; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// During `MMIOM_OPEN` or `MMIOM_CLOSE`. The file cannot be closed.
    Changing,
    /// During the flush before `MMIOM_CLOSE`. The file cannot be closed.
    Flushing,
    Open,
    Closed,
}

/// An open file.
pub struct File {
    procedure: Procedure,
    kind: Kind,
    /// Of `Kind::Backed`.
    backing: Option<Box<Backing>>,
    code: FourCc,
    flags: u32,
    shared_info: SharedInfo,
    buffer: Buffer,
    buffer_state: Cell<BufferState>,
    /// `lDiskOffset`: the position of the procedure; -1 if it is unknown.
    disk_offset: Cell<i64>,
    htask: usize,
    handle: Cell<usize>,
    error: Cell<u32>,
    /// The access that the descriptor permits; a custom procedure decides for itself.
    readable: Cell<bool>,
    writable: Cell<bool>,
    /// The file cannot seek.
    is_stream: Cell<bool>,
    /// The position beyond which nothing can be written.
    limit: Cell<i64>,
    write_history: WriteHistory,
    /// Of a stream: unsent bytes written before this position are no longer at their positions in the buffer.
    unsent_until: Cell<i64>,
    /// Each write is one `MMIOM_WRITEFLUSH`, and nothing stays buffered.
    write_through: Cell<bool>,
    /// The direction of the last transfer, which is likely to be that of the next one.
    last_direction: Cell<Direction>,
    /// The procedure's own pointer, as a number.
    context: Cell<usize>,
    /// The position at which the file was opened.
    start: Cell<i64>,
    /// Set if chunks may have sizes of 64 bits.
    long_sizes: OnceCell<Box<LongSizes>>,
    phase: Cell<Phase>,
    /// The number of nested messages.
    depth: Cell<u32>,
    /// The number of calls that the procedure made during messages.
    nested_calls: Cell<u32>,
    /// Of the file's lock: a message that may take long pauses it, so that a fork need not wait.
    pauses: &'static Pauses,
}

/// For a file without a lock.
static NO_PAUSES: Pauses = Pauses::none();

impl File {
    #[inline]
    pub fn new(request: OpenRequest, pauses: &'static Pauses) -> File {
        let OpenRequest { code, procedure, backing, flags, block, htask, words, reserved } = request;
        File {
            procedure,
            kind: if backing.is_some() { Kind::Backed } else { procedure.kind() },
            backing,
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
            is_stream: Cell::new(false),
            limit: Cell::new(i64::MAX),
            write_history: WriteHistory::default(),
            unsent_until: Cell::new(0),
            write_through: Cell::new(false),
            last_direction: Cell::new(Direction::Read),
            context: Cell::new(0),
            start: Cell::new(0),
            long_sizes: OnceCell::new(),
            phase: Cell::new(Phase::Changing),
            depth: Cell::new(0),
            nested_calls: Cell::new(0),
            pauses,
        }
    }

    /// Sends `MMIOM_OPEN`. The built-in memory procedure needs none: the buffer is the file.
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
                let words = self.shared_info.info().words();
                self.set_access(dos::access(words), dos::is_stream(words));
                self.buffer_state.set(BufferState::empty_at(self.disk_offset.get()));
            }
            // The procedure may begin anywhere, for instance at a member of an archive.
            Kind::Custom => self.buffer_state.set(BufferState::empty_at(self.disk_offset.get().max(0))),
            Kind::Backed => self.open_backed(),
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

    /// In a forked child, ends a message of a thread that does not exist there, as if it had not been sent. Returns
    /// false if the file was being opened or closed, and so does not exist.
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
        let result = if self.kind == Kind::Mem { Ok(()) } else { self.send_close(flags) };
        self.phase.set(Phase::Closed);
        result
    }

    #[inline(never)]
    fn send_close(&self, flags: u32) -> Result<(), Error> {
        let is_left_open = matches!(self.kind, Kind::Dos | Kind::Backed) && flags & abi::MMIO_FHOPEN != 0;
        // The descriptor is left at the position of the file. On a stream this fails if bytes were read ahead.
        let placed = if is_left_open { self.ensure_procedure_at(self.position()) } else { Ok(()) };
        self.send(&Message::Close(flags))?;
        if self.is_stream() { Ok(()) } else { placed }
    }

    /// Whether bytes may be put into the buffer. During a message that lends it the procedure would overwrite them;
    /// while the file is being opened or closed they would never be sent.
    fn can_buffer(&self) -> bool {
        !self.buffer.is_lent() && self.phase.get() == Phase::Open
    }

    pub fn is_closed(&self) -> bool {
        self.phase.get() == Phase::Closed
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
            self.keep_error(error);
        }
        result
    }

    #[cold]
    #[inline(never)]
    fn keep_error(&self, error: Error) {
        self.error.set(error.code());
        trace::note(error);
    }

    /// Runs a call on this file.
    #[inline(always)]
    pub fn run<R>(&self, call: impl FnOnce(&File) -> Result<R, Error>) -> Result<R, Error> {
        self.bracket(|| self.note(call(self)))
    }

    /// Runs a call that notes its own errors. Around a call that the procedure makes during a message, the state is
    /// synchronised with the structure that the procedure sees.
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

    /// Copies the state to a caller's structure.
    pub fn copy_info(&self, to: Info<'_>) {
        to.set(self.to_mmioinfo(), self.shared_info.info());
        let state = self.buffer_state.get();
        if self.has_read_ahead(state) && self.writable.get() {
            // Direct access must not overwrite bytes that were read ahead.
            to.set_end_write(self.buffer.pointer(state.next));
        } else if self.limit.get() != i64::MAX {
            to.set_end_write(self.buffer.pointer(self.writable_end(state)));
        }
    }

    /// The structure without the members that belong to the procedure: `adwInfo` and the reserved members.
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

    /// Copies the state to the structure that the procedure sees. The position has 32 bits there; that of a disk file
    /// has 32 more in `adwInfo`.
    #[inline(always)]
    fn sync_to_procedure(&self, kind: Kind) {
        if kind == Kind::Backed && self.phase.get() == Phase::Open {
            // Nobody else sees the structure.
            return;
        }
        let (low, high) = dos::split(self.disk_offset.get());
        self.shared_info.set(MMIOINFO { lDiskOffset: low, ..self.to_mmioinfo() });
        if kind == Kind::Dos {
            let [fd, _, fd_flags] = self.shared_info.info().words();
            self.shared_info.info().set_words([fd, high, fd_flags]);
        }
    }

    /// Takes over the position from the structure that the procedure sees, and from the built-in memory procedure the
    /// end of the file. Other members that it may have changed are ignored.
    #[inline(always)]
    fn sync_from_procedure(&self, kind: Kind) {
        let offset = self.shared_info.info().position();
        match kind {
            Kind::Dos => {
                let [_, high, _] = self.shared_info.info().words();
                self.disk_offset.set(dos::join(offset, high));
            }
            // Unsigned, so that positions up to 4 GiB - 2 work; all ones are -1. A procedure with 64-bit positions never
            // writes to lDiskOffset.
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
            // It sets the position itself.
            Kind::Backed => {}
        }
    }
}

/// Sends a message about a name, without an open file: `MMIOM_RENAME`, or `MMIOM_OPEN` to delete.
pub fn send_name_message(request: OpenRequest, message: &Message<'_>) -> Result<(), Error> {
    let file = File::new(request, &NO_PAUSES);
    file.shared_info.set(MMIOINFO { dwFlags: file.flags, ..file.to_mmioinfo() });
    let send = || file.shared_info.send(file.procedure, message);
    let result = match file.kind {
        Kind::Custom => show::traced(file.kind, file.code, file.flags, message, || 0, send),
        // A built-in procedure traces it itself.
        _ => send(),
    };
    message::check(message, result?).map(|_| ())
}
