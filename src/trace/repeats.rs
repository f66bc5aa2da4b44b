//! Repeated lines: they are counted, and the count is written before the next different line.
//!
//! A call is compared with the one before together with the lines below it. Only the last call of the process is
//! remembered: the lines of another thread end the count, and any thread that ends the process writes it.
#![forbid(unsafe_code)]

use super::state;
use super::text::{THREAD_COLUMNS, Text};
use crate::fallible;
use crate::lock::Lock;
use crate::sys::{self, Timeout};
use core::cell::Cell;
use core::fmt::Write;

/// The first count that is written while repetitions go on, and then each time the count is ten times as large: for
/// those who watch the trace, and for programs that are killed.
const REPORT_FROM: u64 = 1000;

/// How often to check, within half a second at the end of the process, whether another thread still writes.
const END_POLLS: u32 = 5_000;

/// The lines that were written last.
#[derive(Default)]
struct Last {
    process_id: u32,
    thread: u64,
    lines: Vec<u8>,
    /// The number of repetitions, and the number that was written.
    count: u64,
    reported: u64,
    /// The process ends: lines are no longer counted, as the count would not be written.
    is_over: bool,
}

/// Locked while lines are written, so that a count follows its line. The lock is paused during the write: a pipe may be
/// full.
static LAST: Lock<Cell<Last>> = Lock::new(Cell::new(Last::none()));

/// Before a fork: see `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| LAST.is_busy())
}

/// In a forked child: see `trace::reclaim`.
pub fn reclaim(was_quiesced: bool) {
    LAST.reclaim_or_reset(was_quiesced);
}

impl Last {
    const fn none() -> Last {
        Last { process_id: 0, thread: 0, lines: Vec::new(), count: 0, reported: 0, is_over: false }
    }

    /// Compares lines with the last ones, which they replace. Returns what to write first, and whether to write the
    /// lines.
    #[cold]
    #[inline(never)]
    fn compare(&mut self, process_id: u32, thread: u64, lines: &[u8]) -> (Vec<u8>, bool) {
        if self.is_over {
            return (Vec::new(), true);
        }
        if self.process_id == process_id && self.lines == lines {
            self.count = self.count.saturating_add(1);
            let is_many = self.count >= REPORT_FROM.max(self.reported.saturating_mul(10));
            return (if is_many { self.report("so far") } else { Vec::new() }, false);
        }
        let count = self.rest(process_id);
        self.lines.clear();
        if self.lines.try_reserve(lines.len()).is_ok() {
            self.lines.extend_from_slice(lines);
        }
        (self.process_id, self.thread, self.count, self.reported) = (process_id, thread, 0, 0);
        (count, true)
    }

    /// The line of a count that was not written yet. In a forked child the parent writes it.
    #[cold]
    #[inline(never)]
    fn rest(&mut self, process_id: u32) -> Vec<u8> {
        if self.process_id == process_id && self.count > self.reported {
            self.report("more")
        } else {
            Vec::new()
        }
    }

    #[cold]
    #[inline(never)]
    fn report(&mut self, what: &str) -> Vec<u8> {
        self.reported = self.count;
        count_line(self.thread, 0, self.count, what)
    }
}

/// The line that says how often the one above was repeated. Empty if there is no memory for it.
#[cold]
#[inline(never)]
pub fn count_line(thread: u64, indent: usize, count: u64, what: &str) -> Vec<u8> {
    let mut line = Vec::new();
    let times = if count == 1 { "time" } else { "times" };
    let _ = writeln!(Text(&mut line), "{thread:>THREAD_COLUMNS$} {:indent$}... {count} {times} {what}", "");
    line
}

/// Writes the lines of a thread, or counts them.
pub fn write(process_id: u32, thread: u64, lines: &[u8]) {
    if state::is_live() || lines.is_empty() {
        return state::write(lines);
    }
    let held = LAST.lock();
    let mut last = held.take();
    let (count, is_wanted) = last.compare(process_id, thread, lines);
    held.set(last);
    let lines = if is_wanted { lines } else { &[] };
    if count.is_empty() && lines.is_empty() {
        return;
    }
    LAST.pauses().during(|| match fallible::concat(&[&count, lines]) {
        // In one write, as other processes may write to the same file.
        Ok(both) => state::write(&both),
        Err(_) => [&count, lines].into_iter().for_each(state::write),
    });
}

/// Writes the last count, at the end of the process. It is lost if another thread is blocked in a write to a pipe.
pub extern "C" fn end() {
    for _ in 0..END_POLLS {
        let rest = LAST.try_with(|last| {
            let rest = last.rest(sys::process_id());
            *last = Last { is_over: true, ..Last::none() };
            rest
        });
        if let Some(rest) = rest {
            return state::write(&rest);
        }
        sys::sleep_micros(100);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(last: &mut Last, process_id: u32, thread: u64, lines: &str) -> String {
        let (count, is_wanted) = last.compare(process_id, thread, lines.as_bytes());
        String::from_utf8(count).unwrap() + if is_wanted { lines } else { "" }
    }

    #[test]
    fn the_count_comes_with_other_lines_or_at_the_end() {
        let mut last = Last::default();
        assert_eq!(compare(&mut last, 1, 2, "a\n"), "a\n");
        assert_eq!(compare(&mut last, 1, 2, "a\n"), "");
        assert_eq!(compare(&mut last, 1, 3, "b\n"), "      2 ... 1 time more\nb\n");
        assert_eq!(compare(&mut last, 1, 3, "b\n"), "");
        assert_eq!(compare(&mut last, 1, 3, "b\n"), "");
        assert_eq!(last.rest(1), b"      3 ... 2 times more\n");
        assert_eq!(last.rest(1), b"");
    }

    #[test]
    fn a_child_does_not_write_its_parents_count() {
        let mut last = Last::default();
        assert_eq!(compare(&mut last, 1, 1, "a\n"), "a\n");
        assert_eq!(compare(&mut last, 1, 1, "a\n"), "");
        assert_eq!(last.rest(2), b"");
        assert_eq!(compare(&mut last, 2, 1, "a\n"), "a\n");
    }

    #[test]
    fn a_large_count_is_reported_before_the_repetitions_end() {
        let mut last = Last::default();
        let reported: String = (0..20_001).map(|_| compare(&mut last, 1, 1, "a\n")).collect();
        assert_eq!(reported, "a\n      1 ... 1000 times so far\n      1 ... 10000 times so far\n");
        assert_eq!(last.rest(1), b"      1 ... 20000 times more\n");
    }
}
