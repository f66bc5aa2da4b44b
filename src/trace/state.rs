//! The state of the trace: whether it is on, which lines are wanted, and the output.
#![forbid(unsafe_code)]

use crate::sys::Output;
use core::sync::atomic::{AtomicI32, AtomicU8, AtomicU32, Ordering};

pub const UNKNOWN: u8 = 0;
pub const OFF: u8 = 1;
pub const ON: u8 = 2;
pub const STARTING: u8 = 3;

pub static STATE: AtomicU8 = AtomicU8::new(UNKNOWN);
pub static WANTED: AtomicU32 = AtomicU32::new(0);

/// The [`Output`], in atomics: any thread reads them without a lock, and so does a child that was forked at any time.
pub static FD: AtomicI32 = AtomicI32::new(-1);
pub static IDENTITY: [AtomicU32; 7] = [const { AtomicU32::new(0) }; 7];

/// The category of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// mmioOpen, mmioClose, mmioRename.
    File = 1,
    /// mmioRead, mmioWrite, mmioSeek.
    Data = 2,
    /// mmioGetInfo, mmioSetInfo, mmioSetBuffer, mmioFlush, mmioAdvance.
    Buffer = 4,
    /// mmioDescend, mmioAscend, mmioCreateChunk.
    Riff = 8,
    /// mmioInstallIOProc, mmioStringToFOURCC, mmioSendMessage.
    Proc = 16,
    /// The extensions: `mmsys_...`.
    Ext = 32,
    /// A message to the built-in procedure for disk files.
    Dos = 64,
    /// A message to the built-in procedure for memory files.
    Mem = 128,
    /// A message to a program's own procedure, to callbacks, or to a part of a file.
    Custom = 256,
}

/// In `WANTED`: only calls that fail, with the lines below them.
pub const FAILURES: u32 = 1 << 16;
/// In `WANTED`: lines are written when a call or message begins, too.
pub const LIVE: u32 = 1 << 17;

impl Category {
    pub fn is_wanted(self) -> bool {
        WANTED.load(Ordering::Relaxed) & self as u32 != 0
    }

    /// Whether a line of it may be shown: it is wanted, or it is that of a call below which messages are wanted.
    pub fn may_be_shown(self) -> bool {
        const MESSAGES: u32 = Category::Dos as u32 | Category::Mem as u32 | Category::Custom as u32;
        WANTED.load(Ordering::Relaxed) & (self as u32 | MESSAGES) != 0
    }

    /// Whether it is a category of calls, and not of messages.
    pub fn is_call(self) -> bool {
        !matches!(self, Category::Dos | Category::Mem | Category::Custom)
    }
}

pub fn is_for_failures() -> bool {
    WANTED.load(Ordering::Relaxed) & FAILURES != 0
}

pub fn is_live() -> bool {
    WANTED.load(Ordering::Relaxed) & LIVE != 0
}

/// Whether the trace is on and started.
pub fn is_running() -> bool {
    STATE.load(Ordering::Acquire) == ON
}

/// The output of the trace.
pub fn output() -> Output {
    let word = |word: &AtomicU32| word.load(Ordering::Relaxed);
    Output { fd: FD.load(Ordering::Relaxed), identity: IDENTITY.each_ref().map(word) }
}

pub fn write(lines: &[u8]) {
    if !lines.is_empty() {
        output().write(lines);
    }
}
