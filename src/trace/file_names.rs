//! The names of open files, which are shown after their handles, and of the files that were closed last, for calls with
//! a handle that is no longer open.
#![forbid(unsafe_code)]

use super::state;
use super::text::add;
use crate::abi::HMMIO;
use crate::fallible;
use crate::handles::number;
use crate::lock::Lock;
use crate::sys::Timeout;
use core::cell::Cell;
use core::fmt::{self, Formatter};

/// How many closed files are remembered, and the size of an entry: the handle, and the beginning of the name, padded
/// with zeros.
const MAX_CLOSED: usize = 32;
const ENTRY_SIZE: usize = 64;
const HANDLE_SIZE: usize = size_of::<usize>();

#[derive(Default)]
struct FileNames {
    /// By slot index. It does not shrink: a single open file may be in the last slot.
    open: Vec<OpenFile>,
    /// The entries of the files that were closed last, a ring buffer.
    closed: Vec<u8>,
    /// The number of files that were closed so far.
    count: usize,
}

#[derive(Default)]
struct OpenFile {
    /// 0 for none.
    handle: usize,
    /// As it is shown.
    name: Vec<u8>,
}

fn index(handle: usize) -> usize {
    number::slot_index(core::ptr::without_provenance_mut(handle))
}

/// The beginning of a name that is shown, and its end, together at most `max` bytes.
fn cut(name: &[u8], max: usize) -> (&[u8], &'static [u8]) {
    const MORE: &[u8] = b"\"...";
    if name.len() <= max {
        return (name, b"");
    }
    // It ends neither within a character nor after a `\` that escapes the next one.
    let mut max = max.saturating_sub(MORE.len());
    while name.get(max).is_some_and(|byte| byte & 0xc0 == 0x80) {
        max = max.saturating_sub(1);
    }
    let first = name.get(..max).unwrap_or(name);
    let escapes = first.iter().rev().take_while(|&&byte| byte == b'\\').count();
    (first.get(..first.len().saturating_sub(escapes & 1)).unwrap_or(first), MORE)
}

impl FileNames {
    const fn none() -> FileNames {
        FileNames { open: Vec::new(), closed: Vec::new(), count: 0 }
    }

    fn open(&mut self, handle: usize, name: Vec<u8>) {
        let index = self::index(handle);
        let missing = index.saturating_add(1).saturating_sub(self.open.len());
        if self.open.try_reserve(missing).is_ok() {
            self.open.resize_with(self.open.len().saturating_add(missing), OpenFile::default);
        }
        if let Some(open) = self.open.get_mut(index) {
            *open = OpenFile { handle, name };
        }
    }

    fn close(&mut self, handle: usize) {
        let open = self.open.get_mut(index(handle)).filter(|open| open.handle == handle);
        let Some(OpenFile { name, .. }) = open.map(core::mem::take) else { return };
        if self.closed.is_empty() {
            add(&mut self.closed, MAX_CLOSED.saturating_mul(ENTRY_SIZE), 0);
        }
        let (first, rest) = cut(&name, ENTRY_SIZE.saturating_sub(HANDLE_SIZE));
        let oldest = self.closed.chunks_exact_mut(ENTRY_SIZE).nth(self.count & MAX_CLOSED.saturating_sub(1));
        if let Some((head, tail)) = oldest.and_then(|oldest| oldest.split_first_chunk_mut()) {
            *head = handle.to_ne_bytes();
            tail.fill(0);
            tail.iter_mut().zip(first.iter().chain(rest)).for_each(|(to, from)| *to = *from);
        }
        self.count = self.count.wrapping_add(1);
    }

    /// The name of a file, padded with zeros, and whether the file is closed.
    fn find(&self, handle: usize) -> Option<(&[u8], bool)> {
        let open = self.open.get(index(handle));
        if let Some(open) = open.filter(|open| open.handle == handle) {
            return Some((&open.name, false));
        }
        let entry =
            self.closed.chunks_exact(ENTRY_SIZE).find(|entry| entry.starts_with(&handle.to_ne_bytes()))?;
        Some((entry.get(HANDLE_SIZE..)?, true))
    }
}

static FILE_NAMES: Lock<Cell<FileNames>> = Lock::new(Cell::new(FileNames::none()));

/// Runs `f` with the names, under their lock, unless the trace has ended.
fn with_file_names<R>(f: impl FnOnce(&mut FileNames) -> R) -> Option<R> {
    state::is_running().then(|| FILE_NAMES.with(f))
}

/// Before a fork: see `handles::wait_until_idle`.
pub fn wait_until_idle(timeout: &mut Timeout) -> bool {
    timeout.wait_while(|| FILE_NAMES.is_busy())
}

/// In a forked child: see `trace::reclaim`.
pub fn reclaim(was_quiesced: bool) {
    FILE_NAMES.reclaim_or_reset(was_quiesced);
}

/// Frees the names.
pub fn clear() {
    drop(FILE_NAMES.with(core::mem::take));
}

/// Frees the names, unless another thread is using them.
#[cfg(target_os = "linux")]
pub fn try_clear() {
    FILE_NAMES.try_with(core::mem::take);
}

/// Remembers the name of a file that was opened.
pub fn opened(handle: HMMIO, name: Vec<u8>) {
    with_file_names(|files| files.open(handle.addr(), name));
}

/// Remembers that a file was closed.
#[cold]
#[inline(never)]
pub fn closed(handle: HMMIO) {
    with_file_names(|files| files.close(handle.addr()));
}

/// Shows the name of a file, after its handle.
#[cold]
#[inline(never)]
pub fn show(handle: HMMIO, out: &mut Formatter<'_>) -> fmt::Result {
    // A copy is shown, so that the lock is held only briefly.
    let found = with_file_names(|files| {
        let (name, is_closed) = files.find(handle.addr())?;
        Some((fallible::concat(&[name]).ok()?, is_closed))
    });
    let Some((name, is_closed)) = found.flatten().filter(|_| !handle.is_null()) else { return Ok(()) };
    let name = core::str::from_utf8(&name).unwrap_or_default().trim_end_matches('\0');
    out.write_str(" ")?;
    out.write_str(name)?;
    out.write_str(if is_closed { " (closed)" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &FileNames, handle: usize) -> Option<(String, bool)> {
        let (name, is_closed) = files.find(handle)?;
        Some((String::from_utf8(name.into()).unwrap().trim_end_matches('\0').into(), is_closed))
    }

    #[test]
    fn all_open_files_and_a_few_closed_ones_are_remembered() {
        let mut files = FileNames::default();
        let name = |handle: usize| format!("name {handle}");
        (1..=1000).rev().for_each(|handle| files.open(handle, name(handle).into()));
        (1..=500).for_each(|handle| files.close(handle));
        for handle in 1..=1000 {
            let known = (handle > 500 - MAX_CLOSED).then(|| (name(handle), handle <= 500));
            assert_eq!(found(&files, handle), known, "{handle}");
        }
        // A handle that is issued again is that of the open file.
        files.open(500, b"again".into());
        assert_eq!(found(&files, 500), Some(("again".into(), false)));
        (501..=1000).for_each(|handle| files.close(handle));
        assert_eq!(found(&files, 500), Some(("again".into(), false)));
        files.close(500);
        assert_eq!(found(&files, 500), Some(("again".into(), true)));
    }

    #[test]
    fn a_long_name_is_cut_when_the_file_is_closed() {
        const MAX: usize = ENTRY_SIZE - HANDLE_SIZE;
        let quoted = |text: &str, count: usize, end: &str| format!("\"{}{end}", text.repeat(count));
        let (n, wide, escaped) = ("n", "\u{1f600}", "\\\\");
        let mut files = FileNames::default();
        for (handle, (name, shown)) in [
            (quoted(n, MAX - 2, "\""), quoted(n, MAX - 2, "\"")),
            (quoted(n, MAX - 1, "\""), quoted(n, MAX - 5, "\"...")),
            (quoted(n, 256, "\"..."), quoted(n, MAX - 5, "\"...")),
            (quoted(wide, 50, "\""), quoted(wide, (MAX - 5) / 4, "\"...")),
            (quoted(escaped, 50, "\""), quoted(escaped, (MAX - 5) / 2, "\"...")),
        ]
        .into_iter()
        .enumerate()
        {
            files.open(handle + 1, name.clone().into());
            assert_eq!(found(&files, handle + 1), Some((name, false)));
            files.close(handle + 1);
            assert_eq!(found(&files, handle + 1), Some((shown, true)));
        }
    }
}
