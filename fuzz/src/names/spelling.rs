//! A name in its three encodings, and what docs/contract.md says about it.

use arbitrary::{Result, Unstructured};
use mmsystem::abi::*;
use mmsystem::capi::*;
use std::ffi::{OsStr, OsString};
use std::fmt::Debug;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// A part of a name.
#[derive(Clone, Copy, Debug)]
enum Piece {
    Text(&'static str),
    Letter(char),
    Byte(u8),
    /// Perhaps unpaired.
    Surrogate(u16),
    /// A unit beyond Unicode.
    OutOfRange(u32),
}

const TEXTS: [&str; 32] = [
    "/",
    "\\",
    ".",
    "..",
    "+",
    ".arc+",
    ".ARC+",
    "C:",
    "Z:",
    "q:",
    "a.wav",
    "A.WAV",
    "b",
    "sub",
    "SUB",
    "sub/c.wav",
    "lit\\name",
    "C:here",
    "é",
    "É",
    "ß",
    "σ",
    "ς",
    "Σ",
    "İ",
    "\u{1f600}",
    "\u{212a}",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "data.arc",
    "deep",
    " ",
    "\0",
];

fn piece(u: &mut Unstructured<'_>) -> Result<Piece> {
    Ok(match u.arbitrary::<u8>()? {
        text @ ..32 => Piece::Text(TEXTS[usize::from(text)]),
        letter @ 32..127 => Piece::Letter(letter.into()),
        127 => Piece::Surrogate(0xd800 | u.arbitrary::<u16>()? & 0x7ff),
        128 => Piece::OutOfRange(u.arbitrary::<u32>()?.max(0x11_0000)),
        129..140 => Piece::Letter(u.arbitrary()?),
        byte => Piece::Byte(byte),
    })
}

/// A name in the encodings that can express its parts, validly or not.
#[derive(Clone, Debug, Default)]
pub struct Spelling {
    pub bytes: Option<Vec<u8>>,
    pub utf16: Option<Vec<u16>>,
    pub utf32: Option<Vec<u32>>,
}

const MAX_PIECES: usize = 30;

impl Spelling {
    /// Decodes a name. Returns None if it may lead out of the current directory, `here`.
    pub fn new(u: &mut Unstructured<'_>, here: &str) -> Result<Option<Spelling>> {
        let count = usize::from(u.arbitrary::<u8>()?) % MAX_PIECES;
        let pieces = (0..count).map(|_| piece(u)).collect::<Result<Vec<_>>>()?;
        let leads_away = matches!(pieces.first(), Some(Piece::Text("/" | "\\") | Piece::Letter('/' | '\\')));
        let mut name = Spelling { bytes: Some(vec![]), utf16: Some(vec![]), utf32: Some(vec![]) };
        if leads_away {
            here.chars().chain(['/']).for_each(|letter| name.push(letter));
        }
        for piece in pieces {
            match piece {
                Piece::Text(text) => text.chars().for_each(|letter| name.push(letter)),
                Piece::Letter(letter) => name.push(letter),
                Piece::Byte(byte) => {
                    name.bytes.iter_mut().for_each(|bytes| bytes.push(byte));
                    (name.utf16, name.utf32) = (None, None);
                }
                Piece::Surrogate(half) => {
                    name.utf16.iter_mut().for_each(|units| units.push(half));
                    name.utf32.iter_mut().for_each(|units| units.push(half.into()));
                    name.bytes = None;
                }
                Piece::OutOfRange(unit) => {
                    name.utf32.iter_mut().for_each(|units| units.push(unit));
                    (name.bytes, name.utf16) = (None, None);
                }
            }
        }
        let [a, b, c] = name.meant();
        let safe = [a, b, c].into_iter().flatten().flatten().all(|text| is_inside(&text, here));
        Ok(safe.then_some(name))
    }

    fn push(&mut self, letter: char) {
        self.bytes.iter_mut().for_each(|bytes| bytes.extend(letter.encode_utf8(&mut [0; 4]).bytes()));
        self.utf16.iter_mut().for_each(|units| units.extend(letter.encode_utf16(&mut [0; 2]).iter()));
        self.utf32.iter_mut().for_each(|units| units.push(letter.into()));
    }

    /// Returns the meaning of the name in each encoding; `Some(None)` if it is invalid there.
    pub fn meant(&self) -> [Option<Option<Vec<u8>>>; 3] {
        [
            self.bytes.as_deref().map(u8::meaning),
            self.utf16.as_deref().map(u16::meaning),
            self.utf32.as_deref().map(u32::meaning),
        ]
    }
}

/// Whether a name cannot lead out of `here`, by any interpretation.
fn is_inside(name: &[u8], here: &str) -> bool {
    let here = format!("{here}/");
    let stays = |name: &[u8]| {
        let relative = name.strip_prefix(here.as_bytes()).unwrap_or(name);
        let mut depth = 0;
        relative.split(|&byte| byte == b'/').all(|component| {
            depth += match component {
                b"" | b"." => 0,
                b".." => -1,
                _ => 1,
            };
            depth >= 0
        })
    };
    let as_windows: Vec<u8> = name.iter().map(|&byte| if byte == b'\\' { b'/' } else { byte }).collect();
    let without_drive =
        |name: &[u8]| if name.get(1) == Some(&b':') { name[2..].to_vec() } else { name.to_vec() };
    [name, &as_windows, &without_drive(name), &without_drive(&as_windows)].into_iter().all(stays)
        && (!matches!(name.first(), Some(b'/' | b'\\')) || name.starts_with(here.as_bytes()))
}

/// Returns the absolute form of a name in the directory `here`, which is also the directory of the drives C and Z.
/// There are no links.
pub fn absolute(name: &[u8], here: &str, windows: bool) -> Option<Vec<u8>> {
    let drive = name.get(1) == Some(&b':') && name[0].is_ascii_alphabetic();
    let mut rest = name.to_vec();
    if windows && (drive || name.contains(&b'\\')) && !path(name).exists() {
        if drive && !b"cCzZ".contains(&name[0]) {
            return None;
        }
        rest.drain(..if drive { 2 } else { 0 });
        rest.iter_mut().filter(|byte| **byte == b'\\').for_each(|byte| *byte = b'/');
        if drive {
            rest.splice(..0, here.bytes().chain([b'/']));
        }
    }
    if rest.first() != Some(&b'/') {
        rest.splice(..0, here.bytes().chain([b'/']));
    }
    let mut full: Vec<u8> = Vec::new();
    for component in rest.split(|&byte| byte == b'/') {
        match component {
            b"" | b"." => {}
            b".." if full.is_empty() => {}
            // With POSIX names only a directory is removed.
            b".." if !full.ends_with(b"/..") && (windows || path(&full).is_dir()) => {
                full.truncate(full.iter().rposition(|&byte| byte == b'/').unwrap_or(0));
            }
            _ => {
                full.push(b'/');
                full.extend_from_slice(component);
            }
        }
    }
    if full.is_empty() || (rest.ends_with(b"/") || rest.ends_with(b"/.")) && is_file(&full, windows) {
        full.push(b'/');
    }
    Some(full)
}

fn path(name: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(name))
}

/// Whether an absolute name is that of a file, ignoring case with Windows names.
fn is_file(name: &[u8], windows: bool) -> bool {
    let mut found = PathBuf::from("/");
    for component in name.split(|&byte| byte == b'/').map(OsStr::from_bytes) {
        let exact = found.join(component);
        let same = |entry: &OsString| folded(entry.as_bytes()) == folded(component.as_bytes());
        let other = || {
            let entries = fs::read_dir(&found).ok()?.flatten().map(|entry| entry.file_name());
            entries.filter(same).min().map(|entry| found.join(entry))
        };
        found = if windows && !exact.exists() { other().unwrap_or(exact) } else { exact };
    }
    found.is_file()
}

fn folded(name: &[u8]) -> Vec<u8> {
    let fold = |letter| if letter == 'ς' { 'σ' } else { letter };
    match str::from_utf8(name) {
        Ok(text) => text.chars().flat_map(char::to_lowercase).map(fold).collect::<String>().into_bytes(),
        Err(_) => name.to_ascii_lowercase(),
    }
}

/// Returns the code of the procedure that a name selects in this encoding.
pub fn code_of<U: Unit>(name: &[u8]) -> Option<[u8; 4]> {
    let (file, _) = name.rsplit_at(b'+')?;
    let component = file.rsplit(|byte| b"/\\".contains(byte)).next()?;
    let (_, extension) = component.rsplit_at(b'.')?;
    let mut code = [b' '; 4];
    let units = U::spell(extension)?;
    let first = units.into_iter().zip(&mut code).map(|(unit, place)| {
        let [byte, ..] = unit.into().to_le_bytes();
        *place = byte.to_ascii_uppercase();
    });
    (first.count() > 0).then_some(code)
}

trait SplitAtLast {
    fn rsplit_at(&self, at: u8) -> Option<(&[u8], &[u8])>;
}

impl SplitAtLast for [u8] {
    fn rsplit_at(&self, at: u8) -> Option<(&[u8], &[u8])> {
        let place = self.iter().rposition(|&byte| byte == at)?;
        Some((&self[..place], &self[place + 1..]))
    }
}

/// A code unit of one encoding, with the functions that take it.
pub trait Unit: Copy + PartialEq + Debug + Default + Into<u32> + 'static {
    /// The unit that fills the rest of a buffer.
    const FILL: Self;
    /// Returns the bytes of a name up to its NUL; None if it is not valid Unicode.
    fn meaning(units: &[Self]) -> Option<Vec<u8>>;
    /// Encodes a name; None if it is not valid UTF-8.
    fn spell(name: &[u8]) -> Option<Vec<Self>>;
    /// # Safety
    /// - As for `mmioOpenA`.
    unsafe fn open(name: *mut Self, info: &mut MMIOINFO, flags: u32) -> HMMIO;
    /// # Safety
    /// - As for `mmioRenameA`.
    unsafe fn rename(old: *const Self, new: *const Self) -> u32;
    /// # Safety
    /// - As for `mmioInstallIOProcA`.
    unsafe fn install(code: u32, procedure: LPMMIOPROC, flags: u32) -> LPMMIOPROC;
}

/// Returns the units before the NUL.
pub fn before_nul<U: Unit>(units: &[U]) -> &[U] {
    units.split(|&unit| unit == U::default()).next().unwrap_or_default()
}

macro_rules! unit {
    ($unit:ty, $open:ident, $rename:ident, $install:ident, $meaning:expr, $spell:expr) => {
        impl Unit for $unit {
            const FILL: $unit = 0x55;

            fn meaning(units: &[$unit]) -> Option<Vec<u8>> {
                let meaning: fn(&[$unit]) -> Option<Vec<u8>> = $meaning;
                meaning(before_nul(units))
            }

            fn spell(name: &[u8]) -> Option<Vec<$unit>> {
                let spell: fn(&[u8]) -> Option<Vec<$unit>> = $spell;
                spell(name)
            }

            unsafe fn open(name: *mut $unit, info: &mut MMIOINFO, flags: u32) -> HMMIO {
                // SAFETY: the caller's promise.
                unsafe { $open(name.cast(), info, flags) }
            }

            unsafe fn rename(old: *const $unit, new: *const $unit) -> u32 {
                // SAFETY: the caller's promise.
                unsafe { $rename(old.cast(), new.cast(), std::ptr::null(), 0) }
            }

            unsafe fn install(code: u32, procedure: LPMMIOPROC, flags: u32) -> LPMMIOPROC {
                // SAFETY: the caller's promise.
                unsafe { $install(code, procedure, flags) }
            }
        }
    };
}

unit!(u8, mmioOpenA, mmioRenameA, mmioInstallIOProcA, |units| Some(units.to_vec()), |name| Some(
    name.to_vec()
));
unit!(
    u16,
    mmioOpenW,
    mmioRenameW,
    mmioInstallIOProcW,
    |units| String::from_utf16(units).ok().map(String::into_bytes),
    |name| Some(std::str::from_utf8(name).ok()?.encode_utf16().collect())
);
unit!(
    u32,
    mmioOpenU32,
    mmioRenameU32,
    mmioInstallIOProcU32,
    |units| {
        let text: Option<String> = units.iter().map(|&unit| char::from_u32(unit)).collect();
        text.map(String::into_bytes)
    },
    |name| Some(std::str::from_utf8(name).ok()?.chars().map(u32::from).collect())
);
