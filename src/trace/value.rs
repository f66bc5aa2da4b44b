//! How values are shown: each as its documentation writes it.

use super::Text;
use super::names::{self, Flags, show_flags, show_message};
use crate::abi::{HMMIO, LPARAM, LPMMIOPROC, LRESULT, MMCKINFO, MMIOINFO};
use crate::error;
use crate::memory::Source;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter, Write};

/// How many of the first bytes of a transfer are shown.
const FEW: usize = 16;

/// How much of a name is shown.
const MOST: usize = 256;

/// A value, to be shown.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Handle(HMMIO),
    /// What `mmioOpen` answers: a handle, or TRUE.
    Opened(HMMIO),
    Number(i64),
    /// A count or a position, or -1 for an error.
    Count(i64),
    Address(usize),
    Procedure(LPMMIOPROC),
    Flags(&'static Flags, u32),
    Code(u32),
    /// None is NULL.
    Name(Option<&'a [u8]>),
    /// The number of a message, its parameter, its answer.
    Message(u32),
    Parameter(LPARAM),
    Answer(LRESULT),
    Origin(i32),
    Status(u32),
    /// Some of its members; None is NULL.
    Chunk(Option<&'a MMCKINFO>, &'static [Parts]),
    /// A structure as a file's state.
    Info(Option<&'a MMIOINFO>),
    /// A structure as a wish: what of it is not 0.
    Wishes(Option<&'a MMIOINFO>),
    /// What was transferred.
    Bytes(Source<'a>),
}

/// A member of an MMCKINFO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts {
    Code,
    Size,
    Form,
    Data,
    Flags,
}

/// The parameters of a call, or its result, as they are shown.
#[derive(Default)]
pub struct Shown {
    text: Vec<u8>,
    /// Stands behind the result.
    transferred: Vec<u8>,
    /// It says that there was an error,
    pub is_failure: bool,
    /// and which one.
    pub has_status: bool,
}

impl Shown {
    /// A parameter, or a member of the result.
    #[cold]
    #[inline(never)]
    pub fn with(&mut self, name: &str, value: Value<'_>) {
        let between = if self.text.is_empty() { "" } else { ", " };
        let _ = write!(Text(&mut self.text), "{between}{name}={value}");
    }

    /// The result itself.
    #[cold]
    #[inline(never)]
    pub fn result(&mut self, value: Value<'_>) {
        self.is_failure |= value.is_failure();
        self.has_status |= matches!(value, Value::Status(_));
        let _ = write!(Text(&mut self.text), "{value}");
    }

    /// Bytes that are written, or were read. (Who writes may give up their memory before the call is over.)
    #[cold]
    #[inline(never)]
    pub fn bytes(&mut self, bytes: Source<'_>) {
        if !bytes.is_empty() {
            let _ = write!(Text(&mut self.transferred), "  {}", Value::Bytes(bytes));
        }
    }

    pub fn transferred(&self) -> &[u8] {
        &self.transferred
    }

    pub fn text(&self) -> &str {
        core::str::from_utf8(&self.text).unwrap_or_default()
    }
}

impl Value<'_> {
    fn is_failure(&self) -> bool {
        match *self {
            Value::Opened(handle) => handle.is_null(),
            Value::Count(count) => count == -1,
            Value::Answer(answer) => answer == -1,
            Value::Status(code) => code != 0,
            Value::Procedure(procedure) => procedure.is_none(),
            _ => false,
        }
    }
}

impl Display for Value<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Value::Opened(handle) if handle.addr() == 1 => out.write_str("TRUE"),
            Value::Handle(handle) | Value::Opened(handle) => show_address(handle.addr(), out),
            Value::Address(address) => show_address(address, out),
            Value::Procedure(procedure) => show_address(procedure.map_or(0, |address| address as usize), out),
            Value::Number(number) | Value::Count(number) => write!(out, "{number}"),
            Value::Flags(names, flags) => show_flags(names, flags, out),
            Value::Code(code) => show_code(code, out),
            Value::Name(None) => out.write_str("NULL"),
            Value::Name(Some(name)) => show_name(name, out),
            Value::Parameter(number @ -65536..=65536) | Value::Answer(number) => write!(out, "{number}"),
            // An address, as likely as not.
            Value::Parameter(number) => write!(out, "{number:#x}"),
            Value::Message(message) => show_message(message, out),
            Value::Origin(libc::SEEK_SET) => out.write_str("SEEK_SET"),
            Value::Origin(libc::SEEK_CUR) => out.write_str("SEEK_CUR"),
            Value::Origin(libc::SEEK_END) => out.write_str("SEEK_END"),
            Value::Origin(other) => write!(out, "{other}"),
            Value::Status(code) => match error::text::name(code) {
                Some(name) => write!(out, "{name}"),
                None => write!(out, "{code}"),
            },
            Value::Chunk(Some(chunk), parts) => show_chunk(chunk, parts, out),
            Value::Info(Some(info)) => show_info(info, out),
            Value::Wishes(Some(info)) => show_wishes(info, out),
            Value::Chunk(None, _) | Value::Info(None) | Value::Wishes(None) => out.write_str("NULL"),
            Value::Bytes(bytes) => show_bytes(bytes, out),
        }
    }
}

fn show_address(address: usize, out: &mut Formatter<'_>) -> fmt::Result {
    if address == 0 { out.write_str("NULL") } else { write!(out, "{address:#x}") }
}

/// `'fmt '`; 0 as the number that it is.
fn show_code(code: u32, out: &mut Formatter<'_>) -> fmt::Result {
    if code == 0 {
        return out.write_str("0");
    }
    out.write_char('\'')?;
    for byte in code.to_le_bytes() {
        show_byte(byte, out)?;
    }
    out.write_char('\'')
}

/// A byte of a code or of data: a character if it is one of ASCII.
fn show_byte(byte: u8, out: &mut Formatter<'_>) -> fmt::Result {
    match byte {
        b' '..=b'~' => out.write_char(byte.into()),
        _ => write!(out, "\\x{byte:02x}"),
    }
}

/// In quotes, and on one line whatever is in it.
fn show_name(name: &[u8], out: &mut Formatter<'_>) -> fmt::Result {
    let first = name.get(..MOST).unwrap_or(name);
    out.write_char('"')?;
    for piece in first.utf8_chunks() {
        for char in piece.valid().chars() {
            match char {
                '\'' => out.write_char(char)?,
                _ => write!(out, "{}", char.escape_debug())?,
            }
        }
        piece.invalid().iter().try_for_each(|byte| write!(out, "\\x{byte:02x}"))?;
    }
    out.write_str(if first.len() < name.len() { "\"..." } else { "\"" })
}

fn show_chunk(chunk: &MMCKINFO, parts: &[Parts], out: &mut Formatter<'_>) -> fmt::Result {
    let MMCKINFO { ckid, cksize, fccType, dwDataOffset, dwFlags } = *chunk;
    let mut between = "{";
    for part in parts {
        let (name, value) = match part {
            Parts::Code => ("ckid", Value::Code(ckid)),
            Parts::Size => ("cksize", Value::Number(cksize.into())),
            Parts::Form => ("fccType", Value::Code(fccType)),
            Parts::Data => ("dwDataOffset", Value::Number(dwDataOffset.into())),
            Parts::Flags => ("dwFlags", Value::Flags(names::CHUNK, dwFlags)),
        };
        let is_needed = match part {
            Parts::Form => fccType != 0 || parts.len() == 1,
            Parts::Flags => dwFlags != 0,
            _ => true,
        };
        if is_needed {
            write!(out, "{between}{name}={value}")?;
            between = " ";
        }
    }
    out.write_str(if between == "{" { "{}" } else { "}" })
}

/// Pointers into the buffer are shown by their distance from its start.
fn show_info(info: &MMIOINFO, out: &mut Formatter<'_>) -> fmt::Result {
    let MMIOINFO { dwFlags, cchBuffer, pchBuffer, lBufOffset, lDiskOffset, .. } = *info;
    write!(out, "{{dwFlags={}", Value::Flags(names::OPEN, dwFlags))?;
    write!(out, " cchBuffer={cchBuffer} pchBuffer={}", Value::Address(pchBuffer.addr()))?;
    let pointers =
        [("pchNext", info.pchNext), ("pchEndRead", info.pchEndRead), ("pchEndWrite", info.pchEndWrite)];
    for (name, pointer) in pointers {
        match pointer.addr().checked_sub(pchBuffer.addr()) {
            _ if pointer.is_null() => write!(out, " {name}=NULL")?,
            Some(distance) => write!(out, " {name}=+{distance}")?,
            None => write!(out, " {name}={}", Value::Address(pointer.addr()))?,
        }
    }
    write!(out, " lBufOffset={lBufOffset} lDiskOffset={lDiskOffset}}}")
}

fn show_wishes(info: &MMIOINFO, out: &mut Formatter<'_>) -> fmt::Result {
    let MMIOINFO { fccIOProc, pIOProc, cchBuffer, pchBuffer, adwInfo, .. } = *info;
    let [first, second, third] = adwInfo;
    let wishes = [
        ("fccIOProc", Value::Code(fccIOProc), fccIOProc != 0),
        ("pIOProc", Value::Procedure(pIOProc), pIOProc.is_some()),
        ("pchBuffer", Value::Address(pchBuffer.addr()), !pchBuffer.is_null()),
        ("cchBuffer", Value::Number(cchBuffer.into()), cchBuffer != 0),
        ("adwInfo[0]", Value::Number(first.into()), first != 0),
        ("adwInfo[1]", Value::Number(second.into()), second != 0),
        ("adwInfo[2]", Value::Number(third.into()), third != 0),
    ];
    let mut between = "{";
    for (name, value, _) in wishes.into_iter().filter(|(_, _, is_set)| *is_set) {
        write!(out, "{between}{name}={value}")?;
        between = " ";
    }
    out.write_str(if between == "{" { "{}" } else { "}" })
}

/// The first bytes, in hexadecimal and as text.
fn show_bytes(bytes: Source<'_>, out: &mut Formatter<'_>) -> fmt::Result {
    let (first, len) = bytes.first_bytes::<FEW>();
    let first = first.get(..len).unwrap_or_default();
    let rest = if bytes.len() > len { "..." } else { "" };
    for byte in first {
        write!(out, "{byte:02x} ")?;
    }
    out.write_char('"')?;
    for &byte in first {
        out.write_char(if byte.is_ascii_graphic() || byte == b' ' { byte.into() } else { '.' })?;
    }
    write!(out, "\"{rest}")
}
