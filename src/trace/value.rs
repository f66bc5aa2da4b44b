//! How values are shown: as the documentation writes them.

use super::file_names;
use super::names::{self, Flags, show_flags, show_message};
use super::text::Text;
use crate::abi::{self, HMMIO, HPSTR, LPARAM, LPMMIOPROC, LRESULT, MMIOINFO};
use crate::error;
use crate::fallible;
use crate::fourcc::FourCc;
use crate::memory::{Chunk, Chunk64, Info, Source};
use core::fmt::{self, Display, Formatter, Write};

/// How many bytes of a transfer are shown.
const SHOWN_BYTES: usize = 16;

/// How many bytes of a name are shown.
const MAX_SHOWN_NAME: usize = 256;

/// A value that is shown.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Handle(HMMIO),
    /// The result of `mmioOpen`: a handle, or TRUE.
    Opened(HMMIO),
    Number(i64),
    /// A size or a position of 64 bits.
    Size(u64),
    /// A word of adwInfo.
    Word(u32),
    /// Text, as it is.
    Text(&'static str),
    Descriptor(u32),
    /// A count or a position, or -1 for an error.
    Count(i64),
    Address(usize),
    /// Bytes that are written. Their address is shown here, the first bytes at the end of the line.
    Bytes(Source<'a>),
    Procedure(LPMMIOPROC),
    Flags(&'static Flags, u32),
    Code(u32),
    /// None is NULL.
    Name(Option<&'a [u8]>),
    /// The number of a message, a parameter, and the return value of the procedure.
    Message(u32),
    Parameter(LPARAM),
    Returned(LRESULT),
    Origin(i32),
    Status(u32),
    /// Some members of an MMCKINFO; the others are not read. None is NULL.
    Chunk(Option<Chunk<'a>>, &'static [Member]),
    Chunk64(Option<Chunk64<'a>>, &'static [Member]),
    /// The state of a file in an MMIOINFO.
    Info(Option<Info<'a>>),
    /// The members of an MMIOINFO that a caller may have changed.
    UpdatedInfo(Option<Info<'a>>),
    /// The parameters of an open: the members that are not 0.
    OpenParams(Option<&'a MMIOINFO>),
}

/// A member of an MMCKINFO.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    Code,
    Size,
    Form,
    /// The form or list type, if the code says that there is one.
    Type,
    Data,
    Flags,
}

/// All members.
pub const ALL_MEMBERS: &[Member] = &[Member::Code, Member::Size, Member::Form, Member::Data, Member::Flags];

/// All members of a chunk that was created, whose type need not be set if its code says that there is none.
pub const CREATED_MEMBERS: &[Member] =
    &[Member::Code, Member::Size, Member::Type, Member::Data, Member::Flags];

/// The parameters or the result of a call, as they are shown.
#[derive(Default)]
pub struct Shown {
    text: Vec<u8>,
    transferred: Transferred,
    /// The result, if it is a count.
    count: usize,
    /// The result is an error.
    pub is_failure: bool,
    /// The error, if the result is one.
    pub status: Option<u32>,
    /// The names of files as the program gave them.
    pub requested: [Option<Vec<u8>>; 2],
}

impl Shown {
    /// Adds a parameter, or what comes with the result.
    #[cold]
    #[inline(never)]
    pub fn with(&mut self, name: &str, value: Value<'_>) {
        let between = if self.text.is_empty() { "" } else { ", " };
        let _ = write!(Text(&mut self.text), "{between}{name}={value}");
        if let Value::Bytes(bytes) = value {
            self.bytes(bytes);
        }
    }

    /// Adds the result itself.
    #[cold]
    #[inline(never)]
    pub fn result(&mut self, value: Value<'_>) {
        self.is_failure |= value.is_failure();
        self.count = match value {
            Value::Count(count) => usize::try_from(count).unwrap_or(0),
            Value::Returned(result) => usize::try_from(result).unwrap_or(0),
            _ => 0,
        };
        if let Value::Status(code) = value {
            self.status = Some(code);
        }
        let _ = write!(Text(&mut self.text), "{value}");
    }

    /// Keeps the first bytes that are written or were read. The procedure may free the memory before the call returns.
    #[cold]
    #[inline(never)]
    pub fn bytes(&mut self, bytes: Source<'_>) {
        let (first, _) = bytes.first_bytes();
        self.transferred = Transferred { first, count: bytes.len() };
    }

    pub fn transferred(&self) -> Transferred {
        self.transferred
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// Keeps the names that the program passed: the library may pass others to the system.
    pub fn requested(&mut self, name: Option<&[u8]>, new: Option<&[u8]>) {
        self.requested = [name, new].map(|name| fallible::concat(&[name?]).ok());
    }

    /// Marks a count that is less than was requested as a failure.
    pub fn mark_short(&mut self) {
        self.is_failure = true;
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
            Value::Returned(result) => result == -1,
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
            Value::Opened(handle) => show_address(handle.addr(), out),
            Value::Handle(handle) => {
                show_address(handle.addr(), out)?;
                file_names::show(handle, out)
            }
            Value::Address(address) => show_address(address, out),
            Value::Bytes(bytes) => show_address(bytes.address().addr(), out),
            Value::Procedure(procedure) => show_address(procedure.map_or(0, |address| address as usize), out),
            Value::Number(number) | Value::Count(number) => write!(out, "{number}"),
            Value::Size(number) => write!(out, "{number}"),
            Value::Text(text) => out.write_str(text),
            Value::Descriptor(number) => write!(out, "descriptor {number}"),
            Value::Word(word) => write!(out, "{word:#x}"),
            Value::Flags(names, flags) => show_flags(names, flags, out),
            Value::Code(code) => show_code(code, out),
            Value::Name(None) => out.write_str("NULL"),
            Value::Name(Some(name)) => show_name(name, out),
            Value::Parameter(number @ -65536..=65536) | Value::Returned(number) => write!(out, "{number}"),
            // It may be an address.
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
            Value::Chunk(Some(chunk), members) => show_chunk(&chunk, "dwDataOffset", members, out),
            Value::Chunk64(Some(chunk), members) => show_chunk(&chunk, "dataOffset", members, out),
            Value::Info(Some(info)) => show_info(info, out),
            Value::UpdatedInfo(Some(info)) => show_updated_info(info, out),
            Value::OpenParams(Some(info)) => show_open_params(info, out),
            Value::Chunk(None, _)
            | Value::Chunk64(None, _)
            | Value::Info(None)
            | Value::UpdatedInfo(None)
            | Value::OpenParams(None) => out.write_str("NULL"),
        }
    }
}

fn show_address(address: usize, out: &mut Formatter<'_>) -> fmt::Result {
    if address == 0 { out.write_str("NULL") } else { write!(out, "{address:#x}") }
}

/// `'fmt '`, and 0 as a number.
#[cold]
#[inline(never)]
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

/// A byte of a code: a character if it is printable ASCII.
fn show_byte(byte: u8, out: &mut Formatter<'_>) -> fmt::Result {
    match byte {
        b'\'' | b'\\' => write!(out, "\\{}", char::from(byte)),
        b' '..=b'~' => out.write_char(byte.into()),
        _ => write!(out, "\\x{byte:02x}"),
    }
}

/// In quotes, with control characters escaped: it stays on one line.
#[cold]
#[inline(never)]
fn show_name(name: &[u8], out: &mut Formatter<'_>) -> fmt::Result {
    let is_inside = |index: &usize| name.get(*index).is_some_and(|byte| byte & 0xc0 == 0x80);
    // It does not end within a character, if it is UTF-8.
    let most = (MAX_SHOWN_NAME.saturating_sub(3)..=MAX_SHOWN_NAME)
        .rev()
        .find(|index| !is_inside(index))
        .unwrap_or(MAX_SHOWN_NAME);
    let first = name.get(..most).unwrap_or(name);
    out.write_char('"')?;
    for piece in first.utf8_chunks() {
        let mut is_escaped = false;
        for char in piece.valid().escape_debug() {
            // `escape_debug` escapes single quotes too, which is not needed in double quotes.
            if is_escaped && char != '\'' {
                out.write_char('\\')?;
            }
            is_escaped = !is_escaped && char == '\\';
            if !is_escaped {
                out.write_char(char)?;
            }
        }
        piece.invalid().iter().try_for_each(|byte| write!(out, "\\x{byte:02x}"))?;
    }
    out.write_str(if first.len() < name.len() { "\"..." } else { "\"" })
}

/// What is shown of a chunk of either kind.
trait Members {
    fn code(&self) -> u32;
    fn form(&self) -> u32;
    fn flags(&self) -> u32;
    fn size(&self) -> u64;
    fn data(&self) -> u64;
}

macro_rules! members {
    ($chunk:ident) => {
        impl Members for $chunk<'_> {
            fn code(&self) -> u32 {
                (*self).code()
            }
            fn form(&self) -> u32 {
                (*self).form()
            }
            fn flags(&self) -> u32 {
                (*self).flags()
            }
            fn size(&self) -> u64 {
                (*self).size().into()
            }
            fn data(&self) -> u64 {
                (*self).data().into()
            }
        }
    };
}
members!(Chunk);
members!(Chunk64);

#[cold]
#[inline(never)]
fn show_chunk(
    chunk: &dyn Members,
    data: &'static str,
    members: &[Member],
    out: &mut Formatter<'_>,
) -> fmt::Result {
    let has_type = || [FourCc::RIFF.0, FourCc::LIST.0].contains(&chunk.code());
    let mut between = "{";
    for member in members {
        let (name, value) = match member {
            Member::Code => ("ckid", Value::Code(chunk.code())),
            Member::Size => ("cksize", Value::Size(chunk.size())),
            Member::Form if chunk.form() == 0 && members.len() > 1 => continue,
            Member::Type if !has_type() => continue,
            Member::Form | Member::Type => ("fccType", Value::Code(chunk.form())),
            Member::Data => (data, Value::Size(chunk.data())),
            Member::Flags if chunk.flags() == 0 => continue,
            Member::Flags => ("dwFlags", Value::Flags(names::CHUNK, chunk.flags())),
        };
        write!(out, "{between}{name}={value}")?;
        between = " ";
    }
    out.write_str(if between == "{" { "{}" } else { "}" })
}

#[cold]
#[inline(never)]
fn show_info(info: Info<'_>, out: &mut Formatter<'_>) -> fmt::Result {
    let (flags, code) = (Value::Flags(names::OPEN, info.flags()), Value::Code(info.code()));
    let buffer = info.buffer();
    write!(out, "{{dwFlags={flags} fccIOProc={code} wErrorRet={}", Value::Status(info.error()))?;
    write!(out, " cchBuffer={} pchBuffer={}", info.size(), Value::Address(buffer.addr()))?;
    show_pointer("pchNext", info.next(), buffer, out)?;
    show_pointer("pchEndRead", info.end_read(), buffer, out)?;
    show_pointer("pchEndWrite", info.end_write(), buffer, out)?;
    write!(out, " lBufOffset={} lDiskOffset={}", info.offset(), info.position())?;
    show_words(info, out)
}

/// The words of a procedure, unless it is the built-in one for disk files, whose words mean nothing to a program.
#[cold]
#[inline(never)]
fn show_words(info: Info<'_>, out: &mut Formatter<'_>) -> fmt::Result {
    if info.code() == FourCc::DOS.0 {
        return out.write_str("}");
    }
    let [first, second, third] = info.words();
    write!(out, " adwInfo={{{first:#x} {second:#x} {third:#x}}}}}")
}

/// The members that the call takes from the structure. pchBuffer and fccIOProc, which are read to show these, need not
/// be set for the call itself.
#[cold]
#[inline(never)]
fn show_updated_info(info: Info<'_>, out: &mut Formatter<'_>) -> fmt::Result {
    let buffer = info.buffer();
    write!(out, "{{dwFlags={}", Value::Flags(names::CHUNK, info.flags() & abi::MMIO_DIRTY))?;
    show_pointer("pchNext", info.next(), buffer, out)?;
    show_pointer("pchEndRead", info.end_read(), buffer, out)?;
    show_words(info, out)
}

/// A pointer into a buffer, by its offset.
#[cold]
#[inline(never)]
fn show_pointer(name: &str, pointer: HPSTR, buffer: HPSTR, out: &mut Formatter<'_>) -> fmt::Result {
    match pointer.addr().checked_sub(buffer.addr()) {
        Some(distance) if !buffer.is_null() => write!(out, " {name}=+{distance}"),
        _ => write!(out, " {name}={}", Value::Address(pointer.addr())),
    }
}

#[cold]
#[inline(never)]
fn show_open_params(info: &MMIOINFO, out: &mut Formatter<'_>) -> fmt::Result {
    let MMIOINFO { fccIOProc, pIOProc, cchBuffer, pchBuffer, adwInfo, .. } = *info;
    let [first, second, third] = adwInfo;
    let params = [
        ("fccIOProc", Value::Code(fccIOProc), fccIOProc != 0),
        ("pIOProc", Value::Procedure(pIOProc), pIOProc.is_some()),
        ("pchBuffer", Value::Address(pchBuffer.addr()), !pchBuffer.is_null()),
        ("cchBuffer", Value::Number(cchBuffer.into()), cchBuffer != 0),
        ("adwInfo[0]", Value::Word(first), first != 0),
        ("adwInfo[1]", Value::Word(second), second != 0),
        ("adwInfo[2]", Value::Word(third), third != 0),
    ];
    let mut between = "{";
    for (name, value, _) in params.into_iter().filter(|(_, _, is_set)| *is_set) {
        write!(out, "{between}{name}={value}")?;
        between = " ";
    }
    out.write_str(if between == "{" { "{}" } else { "}" })
}

/// Bytes that were transferred.
#[derive(Clone, Copy)]
pub struct Transferred {
    first: [u8; SHOWN_BYTES],
    pub count: usize,
}

impl Default for Transferred {
    fn default() -> Transferred {
        Transferred::NONE
    }
}

impl Transferred {
    pub const NONE: Transferred = Transferred { first: [0; SHOWN_BYTES], count: 0 };

    /// At most the first `count` bytes.
    pub fn first(self, count: usize) -> Transferred {
        Transferred { count: self.count.min(count), ..self }
    }
}

/// Shows the first bytes, in hexadecimal and as text.
impl Display for Transferred {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let first = self.first.get(..self.count).unwrap_or(&self.first);
        for byte in first {
            write!(out, "{byte:02x} ")?;
        }
        out.write_char('"')?;
        for &byte in first {
            out.write_char(if byte.is_ascii_graphic() || byte == b' ' { byte.into() } else { '.' })?;
        }
        out.write_str(if first.len() < self.count { "\"..." } else { "\"" })
    }
}
