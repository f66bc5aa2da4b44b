//! What the open files are called, for the lines about them; and those that were closed last, for calls that come too late.
#![forbid(unsafe_code)]

use super::value::Value;
use super::{COMMON, Common, Text};
use crate::abi::{HMMIO, MMIOINFO};
use crate::fallible;
use crate::fourcc::FourCc;
use core::fmt::{self, Formatter, Write};

/// How many files are remembered that are closed.
const CLOSED: usize = 32;

#[derive(Default)]
pub struct Files {
    /// In the order of their handles.
    known: Vec<Known>,
    /// The handles that were closed last, in a ring whose oldest is at `oldest`.
    closed: [usize; CLOSED],
    oldest: usize,
}

struct Known {
    handle: usize,
    /// As lines show it.
    name: Vec<u8>,
    is_closed: bool,
}

impl Files {
    fn place(&self, handle: usize) -> Result<usize, usize> {
        self.known.binary_search_by_key(&handle, |known| known.handle)
    }

    fn open(&mut self, handle: usize, name: Vec<u8>) {
        let opened = Known { handle, name, is_closed: false };
        match self.place(handle) {
            Ok(place) => self.known.get_mut(place).map_or((), |known| *known = opened),
            Err(place) if self.known.try_reserve(1).is_ok() => self.known.insert(place, opened),
            Err(_) => {}
        }
    }

    fn close(&mut self, handle: usize) {
        let Ok(place) = self.place(handle) else { return };
        if let Some(known) = self.known.get_mut(place) {
            known.is_closed = true;
        }
        let place = self.oldest.checked_rem(CLOSED).unwrap_or(0);
        self.oldest = self.oldest.wrapping_add(1);
        let oldest = self.closed.get_mut(place).map_or(0, |closed| core::mem::replace(closed, handle));
        let oldest = self.place(oldest).ok();
        if let Some(place) =
            oldest.filter(|&place| self.known.get(place).is_some_and(|known| known.is_closed))
        {
            self.known.remove(place);
        }
    }
}

/// Notes what a file is called that was opened. One without a name is what it was opened by.
pub fn opened(handle: HMMIO, name: Option<&[u8]>, info: &MMIOINFO) {
    let MMIOINFO { fccIOProc: code, pIOProc: procedure, adwInfo: [first, ..], .. } = *info;
    let value = match (name, procedure) {
        (Some(_), _) => Value::Name(name),
        (None, Some(_)) => Value::Text("pIOProc"),
        (None, None) if code == FourCc::MEM.0 => Value::Text("memory"),
        (None, None) if code == 0 || code == FourCc::DOS.0 => Value::Descriptor(first),
        (None, None) => Value::Code(code),
    };
    let mut text = Vec::new();
    if write!(Text(&mut text), "{value}").is_ok() {
        COMMON.with(|common| common.files.open(handle.addr(), text));
    }
}

/// Notes that there is no such file any more.
#[cold]
#[inline(never)]
pub fn closed(handle: HMMIO) {
    COMMON.with(|common| common.files.close(handle.addr()));
}

/// Shows what a file is called, behind its handle.
pub fn show(handle: HMMIO, out: &mut Formatter<'_>) -> fmt::Result {
    // (Copied out: nothing is shown while other threads wait.)
    let known = COMMON.with(|Common { files, .. }| {
        let known = files.known.get(files.place(handle.addr()).ok()?)?;
        fallible::concat(&[&known.name]).ok().map(|name| (name, known.is_closed))
    });
    let Some(Some((name, is_closed))) = known else { return Ok(()) };
    let closed = if is_closed { " (closed)" } else { "" };
    write!(out, " {}{closed}", core::str::from_utf8(&name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_remembered_that_are_closed_and_all_that_are_open() {
        let mut files = Files::default();
        let is_known = |files: &Files, handle| files.place(handle).is_ok();
        (1..=1000).rev().for_each(|handle| files.open(handle, Vec::new()));
        (1..=500).for_each(|handle| files.close(handle));
        let known: Vec<_> = (1..=1000).filter(|&handle| is_known(&files, handle)).collect();
        assert_eq!(known, (500 - CLOSED + 1..=1000).collect::<Vec<_>>());
        // A handle that comes back is one that is open.
        files.open(500, b"again".into());
        (501..=501 + CLOSED).for_each(|handle| files.close(handle));
        assert!(is_known(&files, 500) && !is_known(&files, 499));
    }
}
