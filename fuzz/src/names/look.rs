//! What only looks: all encodings say the same, and opening agrees with what is told.

use super::Run;
use super::ask::{Answer, CODE, ROOM, open, procedures};
use super::spelling::{Spelling, Unit, absolute, before_nul, code_of};
use mmsystem::abi::*;

/// What a name is found to be.
#[derive(Debug, PartialEq)]
struct Found {
    meaning: Vec<u8>,
    /// Whether it asks for the procedure, of which each encoding has its own characters.
    asks: bool,
    opened: Answer,
    exists: Answer,
    /// What `MMIO_EXIST` told, if that is short in all encodings.
    told: Option<Vec<u8>>,
}

impl Run<'_> {
    pub fn look(&self, name: &Spelling) {
        let before = self.world.tree();
        let found = [
            name.bytes.as_deref().and_then(|units| self.look_in(units)),
            name.utf16.as_deref().and_then(|units| self.look_in(units)),
            name.utf32.as_deref().and_then(|units| self.look_in(units)),
        ];
        let found: Vec<_> = found.into_iter().flatten().collect();
        // (Two halves are one character in UTF-16, and none in UTF-32.)
        for pair in
            found.windows(2).filter(|pair| pair[0].meaning == pair[1].meaning && pair[0].asks == pair[1].asks)
        {
            assert_eq!(pair[0], pair[1]);
        }
        assert_eq!(self.world.tree(), before);
    }

    fn look_in<U: Unit>(&self, units: &[U]) -> Option<Found> {
        let Some(meaning) = U::meaning(units) else {
            for flags in [MMIO_PARSE, MMIO_EXIST, MMIO_READ, MMIO_CREATE, MMIO_DELETE] {
                assert_eq!(open(units, flags, 0).0, Err(MMIOERR_INVALIDFILE));
            }
            return None;
        };
        let parsed = self.parse(units, &meaning);
        let (exists, name) = open(units, MMIO_EXIST, 0);
        let opened = self.open(units, &meaning);
        let same = before_nul(&name) == before_nul(units);
        assert!(exists.is_ok() || exists == Err(MMIOERR_OUTOFMEMORY) || same, "the buffer was written to");
        // How much fits is different in each encoding.
        let told = exists.is_ok().then(|| U::meaning(&name).expect("it is a name"));
        let exists = if exists == Err(MMIOERR_OUTOFMEMORY) { Ok(1) } else { exists };
        let asks = code_of::<U>(&meaning) == Some(CODE);
        if !asks && !self.world.is_beside_the_program(&meaning) {
            agree(&meaning, opened, exists);
            for told in [&parsed, &told].into_iter().flatten().filter(|_| opened.is_ok()) {
                let units: Vec<U> = U::spell(told).expect("it was spelled so");
                assert_eq!(self.open(&units, told), opened, "told {}", String::from_utf8_lossy(told));
            }
        }
        Some(Found { meaning, asks, opened, exists, told: told.filter(|told| told.len() < ROOM) })
    }

    /// What `MMIO_PARSE` tells, if there is room.
    fn parse<U: Unit>(&self, units: &[U], meaning: &[u8]) -> Option<Vec<u8>> {
        let (parsed, name) = open(units, MMIO_PARSE, 0);
        let Some(full) = absolute(meaning, &self.world.here, self.windows) else {
            assert_eq!(parsed, Err(MMIOERR_PATHNOTFOUND));
            return None;
        };
        let spelled: Vec<U> = U::spell(&full).expect("it was spelled so");
        if spelled.len() < ROOM {
            assert_eq!((parsed, before_nul(&name)), (Ok(1), &spelled[..]));
            return Some(full);
        }
        let left = if size_of::<U>() > 1 { &spelled[..ROOM - 1] } else { before_nul(units) };
        assert_eq!((parsed, before_nul(&name)), (Err(MMIOERR_OUTOFMEMORY), left));
        None
    }

    fn open<U: Unit>(&self, units: &[U], meaning: &[u8]) -> Answer {
        let (opened, _) = open(units, MMIO_READ, 0);
        if let Some(demanded) = procedures::<U>(&[meaning]) {
            assert_eq!(opened, demanded.map(|()| 0));
        }
        opened
    }
}

/// What exists can be opened, and the other way round. (A name that ends as a directory's does, or goes back through
/// what is none, is told without that, and opened as it is.)
fn agree(meaning: &[u8], opened: Answer, exists: Answer) {
    let separate = |&byte: &u8| byte == b'/' || byte == b'\\';
    let last = meaning.rsplit(separate).next().unwrap_or_default();
    if last.is_empty() || last == b"." || meaning.split(separate).any(|component| component == b"..") {
        return;
    }
    match opened {
        Ok(_) | Err(MMIOERR_ACCESSDENIED) => assert!(exists.is_ok(), "{opened:?}, but {exists:?}"),
        Err(_) => assert!(exists.is_err(), "it is there, but {opened:?}"),
    }
}
