//! Whether there is a trace, where it goes, and what is in it: what the environment says, once.

use super::Text;
use crate::fallible;
use crate::sys::{self, Output};
use core::ffi::CStr;
use core::fmt::{Arguments, Write};
use core::sync::atomic::{AtomicI32, AtomicU8, AtomicU32, Ordering};

/// `1`: to standard error. Any other: the name of a file, to whose end the trace is added. `0` or nothing: none.
const TRACE: &CStr = c"MMSYSTEM_TRACE";

/// Which lines: some of [`WORDS`], with commas between them.
const FILTER: &CStr = c"MMSYSTEM_TRACE_FILTER";

const UNKNOWN: u8 = 0;
const OFF: u8 = 1;
const ON: u8 = 2;
const STARTING: u8 = 3;

/// How often to look whether another thread has started the trace: for a second.
const START_POLLS: u32 = 10_000;

static STATE: AtomicU8 = AtomicU8::new(UNKNOWN);
static WANTED: AtomicU32 = AtomicU32::new(0);

/// The [`Output`], in words that can be read in any thread, and in a child that was forked at any time.
static FD: AtomicI32 = AtomicI32::new(-1);
static IDENTITY: [AtomicU32; 7] = [const { AtomicU32::new(0) }; 7];

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

const ALL: u32 = 511;

/// The words of a filter.
const WORDS: [(&str, u32); 10] = [
    ("file", Category::File as u32),
    ("data", Category::Data as u32),
    ("buffer", Category::Buffer as u32),
    ("riff", Category::Riff as u32),
    ("proc", Category::Proc as u32 | Category::Custom as u32),
    ("ext", Category::Ext as u32),
    ("dos", Category::Dos as u32),
    ("mem", Category::Mem as u32),
    ("error", FAILURES),
    ("live", LIVE),
];

/// Calls that fail, alone, with what is below them.
const FAILURES: u32 = 1 << 16;
/// Lines are written when something begins, too.
const LIVE: u32 = 1 << 17;

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

/// Whether there is a trace.
#[inline(always)]
pub fn is_on() -> bool {
    STATE.load(Ordering::Relaxed) != OFF && start_if_needed()
}

/// The same, for when it is likely.
#[cold]
#[inline(never)]
fn start_if_needed() -> bool {
    if matches!(STATE.load(Ordering::Acquire), UNKNOWN | STARTING) {
        sys::preserving_errno(start_once);
    }
    is_running()
}

/// Whether there is a trace by now.
pub fn is_running() -> bool {
    STATE.load(Ordering::Acquire) == ON
}

/// Starts, or waits for whoever does; if that takes too long it goes on without.
fn start_once() {
    if STATE.compare_exchange(UNKNOWN, STARTING, Ordering::Acquire, Ordering::Acquire).is_ok() {
        let is_on = start().is_some();
        STATE.store(if is_on { ON } else { OFF }, Ordering::Release);
        return;
    }
    for _ in 0..START_POLLS {
        if STATE.load(Ordering::Acquire) != STARTING {
            return;
        }
        sys::sleep_micros(100);
    }
    let _ = STATE.compare_exchange(STARTING, OFF, Ordering::Relaxed, Ordering::Relaxed);
}

/// In a forked child: if another thread was starting the trace, this one does.
pub fn reclaim() {
    let _ = STATE.compare_exchange(STARTING, UNKNOWN, Ordering::Relaxed, Ordering::Relaxed);
}

/// Ends the trace, and gives up what it remembers: nobody would tell it what is closed.
#[cold]
#[inline(never)]
pub fn switch_off() {
    STATE.store(OFF, Ordering::Relaxed);
    drop(super::FILE_NAMES.with(core::mem::take));
}

/// Closes what it was written to.
#[cfg(target_os = "linux")]
pub fn end() {
    if STATE.swap(OFF, Ordering::Relaxed) == ON {
        output().close();
    }
}

fn output() -> Output {
    let word = |word: &AtomicU32| word.load(Ordering::Relaxed);
    Output { fd: FD.load(Ordering::Relaxed), identity: IDENTITY.each_ref().map(word) }
}

fn start() -> Option<()> {
    let destination = sys::env_variable(TRACE)
        .ok()?
        .filter(|destination| !destination.is_empty() && destination != b"0")?;
    if !super::LINES.create_key() {
        report_no_trace(format_args!("the process has no pthread_key_t left"));
        return None;
    }
    let opened =
        if destination == b"1" { Output::to_standard_error() } else { Output::to_file(&destination) };
    let Ok(output) = opened else {
        let destination = super::Value::Name(Some(&destination));
        report_no_trace(format_args!("MMSYSTEM_TRACE is no file that can be written: {destination}"));
        return None;
    };
    FD.store(output.fd, Ordering::Relaxed);
    IDENTITY.iter().zip(output.identity).for_each(|(word, its)| word.store(its, Ordering::Relaxed));
    let filter = sys::env_variable(FILTER).ok().flatten().unwrap_or_default();
    let (wanted, unknown) = wanted(&filter);
    WANTED.store(wanted, Ordering::Relaxed);
    let mut heading = Vec::new();
    let program = sys::program().unwrap_or_default();
    let program = super::Value::Name(Some(&program));
    let _ = writeln!(
        Text(&mut heading),
        "--- mmsystem {}, process {}: {program}",
        env!("CARGO_PKG_VERSION"),
        sys::process_id()
    );
    for word in unknown {
        let word = super::Value::Name(Some(word));
        let _ = write!(Text(&mut heading), "--- MMSYSTEM_TRACE_FILTER: no {word}, but");
        for (word, _) in WORDS {
            let _ = write!(Text(&mut heading), " {word}");
        }
        let _ = writeln!(Text(&mut heading));
    }
    output.write(&heading);
    #[cfg(not(target_os = "linux"))]
    sys::at_exit(super::repeats::end);
    Some(())
}

/// What a filter lets through, and the words in it that mean nothing. Without a kind it lets all of them through.
#[cold]
#[inline(never)]
fn wanted(filter: &[u8]) -> (u32, Vec<&[u8]>) {
    let (mut bits, mut unknown) = (0, Vec::new());
    for word in filter.split(|&byte| byte == b',') {
        let word = word.trim_ascii();
        match WORDS.iter().find(|(name, _)| is_word(word, name)) {
            _ if word.is_empty() => {}
            Some((_, bit)) => bits |= bit,
            // (Where there is no memory for it, nothing is said of it.)
            None => drop(fallible::push(&mut unknown, word)),
        }
    }
    (if bits & ALL == 0 { bits | ALL } else { bits }, unknown)
}

/// Whether it is this word, in letters of any case.
#[inline(never)]
fn is_word(word: &[u8], name: &str) -> bool {
    word.len() == name.len()
        && word.iter().zip(name.bytes()).all(|(byte, its)| byte.to_ascii_lowercase() == its)
}

/// Says on standard error why there is no trace.
fn report_no_trace(why: Arguments<'_>) {
    if let Ok(output) = Output::to_standard_error() {
        let mut line = Vec::new();
        let _ = writeln!(Text(&mut line), "mmsystem: no trace: {why}");
        output.write(&line);
        output.close();
    }
}

pub fn write(lines: &[u8]) {
    if !lines.is_empty() {
        output().write(lines);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_words_with_commas() {
        assert_eq!(wanted(b""), (ALL, Vec::new()));
        assert_eq!(
            wanted(b"riff, Proc"),
            (Category::Riff as u32 | Category::Proc as u32 | Category::Custom as u32, Vec::new())
        );
        assert_eq!(wanted(b"error"), (ALL | FAILURES, Vec::new()));
        assert_eq!(wanted(b"live,dos"), (LIVE | Category::Dos as u32, Vec::new()));
        assert_eq!(wanted(b",x,"), (ALL, vec![&b"x"[..]]));
    }
}
