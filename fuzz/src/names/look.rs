//! Calls that change nothing: all encodings give the same results, and opening agrees with the resolved name.

use super::Run;
use super::ask::{CallResult, CODE, ROOM, expected_of_procedure, open};
use super::spelling::{Spelling, Unit, absolute, before_nul, code_of};
use mmsystem::abi::*;

/// The results of the calls with a name.
#[derive(Debug, PartialEq)]
struct Found {
    meaning: Vec<u8>,
    /// Whether it selects the procedure, by characters that depend on the encoding.
    selects_procedure: bool,
    opened: CallResult,
    exists: CallResult,
    /// The name that `MMIO_EXIST` returned, if it is short in all encodings.
    resolved: Option<Vec<u8>>,
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
        // Two surrogates are one character in UTF-16, and none in UTF-32.
        for pair in found.windows(2).filter(|pair| {
            pair[0].meaning == pair[1].meaning && pair[0].selects_procedure == pair[1].selects_procedure
        }) {
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
        // The maximum length of a name differs between the encodings.
        let resolved = exists.is_ok().then(|| U::meaning(&name).expect("it is a name"));
        let exists = if exists == Err(MMIOERR_OUTOFMEMORY) { Ok(1) } else { exists };
        let selects_procedure = code_of::<U>(&meaning) == Some(CODE);
        if !selects_procedure && !self.world.is_beside_the_program(&meaning) {
            check_agreement(&meaning, opened, exists);
            for resolved in [&parsed, &resolved].into_iter().flatten().filter(|_| opened.is_ok()) {
                let units: Vec<U> = U::spell(resolved).expect("the name can be encoded");
                assert_eq!(
                    self.open(&units, resolved),
                    opened,
                    "resolved to {}",
                    String::from_utf8_lossy(resolved)
                );
            }
        }
        Some(Found {
            meaning,
            selects_procedure,
            opened,
            exists,
            resolved: resolved.filter(|resolved| resolved.len() < ROOM),
        })
    }

    /// Returns the name that `MMIO_PARSE` returns, if there is room.
    fn parse<U: Unit>(&self, units: &[U], meaning: &[u8]) -> Option<Vec<u8>> {
        let (parsed, name) = open(units, MMIO_PARSE, 0);
        let Some(full) = absolute(meaning, &self.world.here, self.windows) else {
            assert_eq!(parsed, Err(MMIOERR_PATHNOTFOUND));
            return None;
        };
        let spelled: Vec<U> = U::spell(&full).expect("the name can be encoded");
        if spelled.len() < ROOM {
            assert_eq!((parsed, before_nul(&name)), (Ok(1), &spelled[..]));
            return Some(full);
        }
        let left = if size_of::<U>() > 1 { &spelled[..ROOM - 1] } else { before_nul(units) };
        assert_eq!((parsed, before_nul(&name)), (Err(MMIOERR_OUTOFMEMORY), left));
        None
    }

    fn open<U: Unit>(&self, units: &[U], meaning: &[u8]) -> CallResult {
        let (opened, _) = open(units, MMIO_READ, 0);
        if let Some(expected) = expected_of_procedure::<U>(&[meaning]) {
            assert_eq!(opened, expected.map(|()| 0));
        }
        opened
    }
}

/// Checks that a name can be opened if and only if it exists. Names that end as that of a directory, or go back through
/// something else than a directory, are exempt: they are resolved without that part, but opened as they are.
fn check_agreement(meaning: &[u8], opened: CallResult, exists: CallResult) {
    let separate = |&byte: &u8| byte == b'/' || byte == b'\\';
    let last = meaning.rsplit(separate).next().unwrap_or_default();
    if last.is_empty() || last == b"." || meaning.split(separate).any(|component| component == b"..") {
        return;
    }
    match opened {
        Ok(_) | Err(MMIOERR_ACCESSDENIED) => assert!(exists.is_ok(), "{opened:?}, but {exists:?}"),
        Err(_) => assert!(exists.is_err(), "it exists, but {opened:?}"),
    }
}
