//! Whether the trace runs, what is in it, and what it is written to.
#![forbid(unsafe_code)]

use crate::sys::Output;
use core::sync::atomic::{AtomicI32, AtomicU8, AtomicU32, Ordering};

pub const UNKNOWN: u8 = 0;
pub const OFF: u8 = 1;
pub const ON: u8 = 2;
pub const STARTING: u8 = 3;

pub static STATE: AtomicU8 = AtomicU8::new(UNKNOWN);
pub static WANTED: AtomicU32 = AtomicU32::new(0);

/// The [`Output`], in words that can be read in any thread, and in a child that was forked at any time.
pub static FD: AtomicI32 = AtomicI32::new(-1);
pub static IDENTITY: [AtomicU32; 7] = [const { AtomicU32::new(0) }; 7];

/// What a line is about.
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
    /// What Windows does not have: `mmsys_...`.
    Ext = 32,
    /// A message to the built-in procedure for disk files.
    Dos = 64,
    /// A message to the built-in procedure for memory files.
    Mem = 128,
    /// A message to a program's own procedure.
    Custom = 256,
}

/// Calls that fail, alone, with what is below them.
pub const FAILURES: u32 = 1 << 16;
/// Lines are written when something begins, too.
pub const LIVE: u32 = 1 << 17;

impl Category {
    pub fn is_wanted(self) -> bool {
        WANTED.load(Ordering::Relaxed) & self as u32 != 0
    }

    /// Whether a line of it may come: it is wanted, or it is a call's that sends a message that is.
    pub fn may_be_shown(self) -> bool {
        const MESSAGES: u32 = Category::Dos as u32 | Category::Mem as u32 | Category::Custom as u32;
        WANTED.load(Ordering::Relaxed) & (self as u32 | MESSAGES) != 0
    }

    /// Whether it is of what a program called, and not of what the library sent.
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

/// Whether there is a trace by now.
pub fn is_running() -> bool {
    STATE.load(Ordering::Acquire) == ON
}

/// What the trace is written to.
pub fn output() -> Output {
    let word = |word: &AtomicU32| word.load(Ordering::Relaxed);
    Output { fd: FD.load(Ordering::Relaxed), identity: IDENTITY.each_ref().map(word) }
}

pub fn write(lines: &[u8]) {
    if !lines.is_empty() {
        output().write(lines);
    }
}
