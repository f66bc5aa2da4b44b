//! The names of flags and messages.

use crate::abi;
use core::fmt::{self, Formatter};

/// The names of a function's flags: for each name a mask, and the value under that mask.
pub type Flags = [(u32, u32, &'static str)];

/// `NAME` is a flag, `NAME in MASK` one value of a field of several bits.
macro_rules! flags {
    ($(#[$about:meta])* $table:ident: $($name:ident $(in $mask:ident)?),*) => {
        $(#[$about])*
        pub const $table: &Flags = &[$((flags!(@mask $name $($mask)?), abi::$name, stringify!($name))),*];
    };
    (@mask $name:ident) => { abi::$name };
    (@mask $name:ident $mask:ident) => { abi::$mask };
}

flags! {
    /// Of `mmioOpen`, and in `dwFlags` of an MMIOINFO. MMIO_COMPAT is 0, and not shown.
    OPEN: MMIO_READ in MMIO_RWMODE, MMIO_WRITE in MMIO_RWMODE, MMIO_READWRITE in MMIO_RWMODE,
    MMIO_EXCLUSIVE in MMIO_SHAREMODE, MMIO_DENYWRITE in MMIO_SHAREMODE, MMIO_DENYREAD in MMIO_SHAREMODE,
    MMIO_DENYNONE in MMIO_SHAREMODE, MMIO_CREATE, MMIO_ALLOCBUF, MMIO_DIRTY
}
flags! {
    /// Of an `mmioOpen` with a flag that opens no file.
    NO_OPEN: MMIO_PARSE, MMIO_DELETE, MMIO_EXIST, MMIO_GETTEMP, MMIO_WRITE, MMIO_READWRITE, MMIO_EXCLUSIVE in MMIO_SHAREMODE,
    MMIO_DENYWRITE in MMIO_SHAREMODE, MMIO_DENYREAD in MMIO_SHAREMODE, MMIO_DENYNONE in MMIO_SHAREMODE, MMIO_CREATE,
    MMIO_ALLOCBUF
}

/// The names of flags of `mmioOpen`.
pub fn of_open(flags: u32) -> &'static Flags {
    const NO_OPEN_FLAGS: u32 = abi::MMIO_PARSE | abi::MMIO_DELETE | abi::MMIO_EXIST | abi::MMIO_GETTEMP;
    if flags & NO_OPEN_FLAGS == 0 { OPEN } else { NO_OPEN }
}

flags! { CLOSE: MMIO_FHOPEN }
flags! { FLUSH: MMIO_EMPTYBUF }
flags! { ADVANCE: MMIO_READ in MMIO_RWMODE, MMIO_WRITE in MMIO_RWMODE, MMIO_READWRITE in MMIO_RWMODE }
flags! { DESCEND: MMIO_FINDCHUNK, MMIO_FINDRIFF, MMIO_FINDLIST }
flags! { CREATE: MMIO_CREATERIFF, MMIO_CREATELIST }
flags! { CREATE64: MMIO_CREATERIFF, MMIO_CREATELIST, MMSYS_RF64 }
flags! { FOURCC: MMIO_TOUPPER }
flags! { INSTALL: MMIO_INSTALLPROC, MMIO_REMOVEPROC, MMIO_FINDPROC, MMIO_UNICODEPROC, MMIO_GLOBALPROC }
flags! {
    /// Of an MMCKINFO.
    CHUNK: MMIO_DIRTY
}
/// Of a function that takes no flags.
pub const NONE: &Flags = &[];

/// Shows flags by their names, and bits without a name in hexadecimal.
pub fn show_flags(names: &Flags, flags: u32, out: &mut Formatter<'_>) -> fmt::Result {
    let (mut left, mut between) = (flags, "");
    for (mask, _, name) in names.iter().filter(|(mask, value, _)| flags & mask == *value) {
        write!(out, "{between}{name}")?;
        (left, between) = (left & !mask, "|");
    }
    match (left, between) {
        (0, "|") => Ok(()),
        (0, _) => write!(out, "0"),
        _ => write!(out, "{between}{left:#x}"),
    }
}

/// Shows a message by its name.
pub fn show_message(message: u32, out: &mut Formatter<'_>) -> fmt::Result {
    let name = match message {
        abi::MMIOM_READ => "READ",
        abi::MMIOM_WRITE => "WRITE",
        abi::MMIOM_SEEK => "SEEK",
        abi::MMIOM_OPEN => "OPEN",
        abi::MMIOM_CLOSE => "CLOSE",
        abi::MMIOM_WRITEFLUSH => "WRITEFLUSH",
        abi::MMIOM_RENAME => "RENAME",
        abi::MMIOM_USER.. => return write!(out, "MMIOM_USER+{}", message.saturating_sub(abi::MMIOM_USER)),
        _ => return write!(out, "MMIOM_{message}"),
    };
    write!(out, "MMIOM_{name}")
}
