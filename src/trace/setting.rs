//! Starts the trace as the environment says, once: whether there is one, its output, and which lines are wanted.

use super::file_names;
use super::lines::LINES;
#[cfg(not(target_os = "linux"))]
use super::repeats;
use super::state::{
    Category, FAILURES, FD, IDENTITY, LIVE, OFF, ON, STARTING, STATE, UNKNOWN, WANTED, is_running,
};
use super::text::Text;
use super::value::Value;
use crate::fallible;
use crate::sys::{self, Output};
use core::ffi::CStr;
use core::fmt::{Arguments, Write};
use core::sync::atomic::Ordering;

/// `1`: standard error. `0` or empty: no trace. Any other value is the name of a file, which the trace is appended to.
const TRACE: &CStr = c"MMSYSTEM_TRACE";

/// Which lines are wanted: some of [`WORDS`], separated by commas.
const FILTER: &CStr = c"MMSYSTEM_TRACE_FILTER";

/// How often to check, within one second, whether another thread has started the trace.
const START_POLLS: u32 = 10_000;

const ALL_CATEGORIES: u32 = 511;

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

/// Whether there is a trace.
#[inline(always)]
pub fn is_on() -> bool {
    may_be_on() && is_on_now()
}

/// False if there is no trace: the one branch that a call costs then. True if there is one, or it is not started yet.
#[inline(always)]
pub fn may_be_on() -> bool {
    STATE.load(Ordering::Relaxed) != OFF
}

/// Starts the trace if the environment asks for one. Returns whether there is a trace.
#[cold]
#[inline(never)]
pub fn is_on_now() -> bool {
    if matches!(STATE.load(Ordering::Acquire), UNKNOWN | STARTING) {
        sys::preserving_errno(start_once);
    }
    is_running()
}

/// Starts the trace, or waits for the thread that does. If that takes too long there is no trace.
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

/// In a forked child: if another thread of the parent was starting the trace, this thread will.
pub fn reclaim() {
    let _ = STATE.compare_exchange(STARTING, UNKNOWN, Ordering::Relaxed, Ordering::Relaxed);
}

/// Ends the trace and frees the names of files: they would go stale, as closing a file is no longer noted.
#[cold]
#[inline(never)]
pub fn switch_off() {
    STATE.store(OFF, Ordering::Relaxed);
    file_names::clear();
}

/// Closes the output.
#[cfg(target_os = "linux")]
pub fn end() {
    if STATE.swap(OFF, Ordering::Relaxed) == ON {
        super::state::output().close();
    }
}

fn start() -> Option<()> {
    let destination = sys::env_variable(TRACE)
        .ok()?
        .filter(|destination| !destination.is_empty() && destination != b"0")?;
    if !LINES.create_key() {
        report_no_trace(format_args!("the process has no pthread_key_t left"));
        return None;
    }
    let opened =
        if destination == b"1" { Output::to_standard_error() } else { Output::to_file(&destination) };
    let Ok(output) = opened else {
        let destination = Value::Name(Some(&destination));
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
    let program = Value::Name(Some(&program));
    let _ = writeln!(
        Text(&mut heading),
        "--- mmsystem {}, process {}: {program}",
        env!("CARGO_PKG_VERSION"),
        sys::process_id()
    );
    for word in unknown {
        let word = Value::Name(Some(word));
        let _ = write!(Text(&mut heading), "--- MMSYSTEM_TRACE_FILTER: no {word}, but");
        for (word, _) in WORDS {
            let _ = write!(Text(&mut heading), " {word}");
        }
        let _ = writeln!(Text(&mut heading));
    }
    output.write(&heading);
    #[cfg(not(target_os = "linux"))]
    sys::at_exit(repeats::end);
    Some(())
}

/// What a filter selects, and its unknown words. A filter that names no category selects all.
#[cold]
#[inline(never)]
fn wanted(filter: &[u8]) -> (u32, Vec<&[u8]>) {
    let (mut bits, mut unknown) = (0, Vec::new());
    for word in filter.split(|&byte| byte == b',') {
        let word = word.trim_ascii();
        match WORDS.iter().find(|(name, _)| is_word(word, name)) {
            _ if word.is_empty() => {}
            Some((_, bit)) => bits |= bit,
            // Without memory for it, it is not reported.
            None => drop(fallible::push(&mut unknown, word)),
        }
    }
    (if bits & ALL_CATEGORIES == 0 { bits | ALL_CATEGORIES } else { bits }, unknown)
}

/// Compares without regard to the case of ASCII letters.
#[inline(never)]
fn is_word(word: &[u8], name: &str) -> bool {
    word.len() == name.len()
        && word.iter().zip(name.bytes()).all(|(byte, its)| byte.to_ascii_lowercase() == its)
}

/// Reports on standard error why there is no trace.
fn report_no_trace(why: Arguments<'_>) {
    if let Ok(output) = Output::to_standard_error() {
        let mut line = Vec::new();
        let _ = writeln!(Text(&mut line), "mmsystem: no trace: {why}");
        output.write(&line);
        output.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_words_with_commas() {
        assert_eq!(wanted(b""), (ALL_CATEGORIES, Vec::new()));
        assert_eq!(
            wanted(b"riff, Proc"),
            (Category::Riff as u32 | Category::Proc as u32 | Category::Custom as u32, Vec::new())
        );
        assert_eq!(wanted(b"error"), (ALL_CATEGORIES | FAILURES, Vec::new()));
        assert_eq!(wanted(b"live,dos"), (LIVE | Category::Dos as u32, Vec::new()));
        assert_eq!(wanted(b",x,"), (ALL_CATEGORIES, vec![&b"x"[..]]));
    }
}
