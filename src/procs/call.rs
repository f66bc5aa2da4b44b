//! The one place that calls an I/O procedure, and the converse: the entry points of the built-in procedures, which
//! programs may call.

use super::kind::Kind;
use super::message::Message;
use super::show::{self, traced};
use super::{dos, mem};
use crate::abi::{self, LPARAM, LPSTR, LRESULT, MMIOINFO, UINT};
use crate::error::Error;
use crate::fallible;
use crate::fourcc::FourCc;
use crate::memory::{Buffer, Info};
use crate::name::{Encoding, Name, Unit};
use crate::sys;
use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::mem::MaybeUninit;
use core::ptr::{self, NonNull};

/// The C signature of an I/O procedure.
pub type IoProc = unsafe extern "C" fn(LPSTR, UINT, LPARAM, LPARAM) -> LRESULT;

/// An I/O procedure, and the encoding of the names that it is passed.
#[derive(Clone, Copy, Debug)]
pub struct Procedure {
    address: IoProc,
    encoding: Encoding,
}

impl Procedure {
    pub const DOS: Procedure = Procedure { address: dos_entry, encoding: Encoding::Bytes };
    pub const MEM: Procedure = Procedure { address: mem_entry, encoding: Encoding::Bytes };
    /// Of a file without a procedure, which is `Kind::Backed`.
    pub const NONE: Procedure = Procedure { address: no_procedure, encoding: Encoding::Bytes };

    /// # Safety
    /// - `address` must be an I/O procedure that is sound to call while a file is open with it or it is installed.
    pub unsafe fn new(address: IoProc, encoding: Encoding) -> Procedure {
        // A built-in procedure, which a program gets by MMIO_FINDPROC, keeps its encoding.
        [Procedure::DOS, Procedure::MEM]
            .into_iter()
            .find(|built_in| address as usize == built_in.address as usize)
            .unwrap_or(Procedure { address, encoding })
    }

    pub fn address(self) -> IoProc {
        self.address
    }

    pub fn is(self, other: Procedure) -> bool {
        self.address as usize == other.address as usize
    }

    pub fn kind(self) -> Kind {
        if self.is(Procedure::DOS) {
            Kind::Dos
        } else if self.is(Procedure::MEM) {
            Kind::Mem
        } else {
            Kind::Custom
        }
    }
}

/// A name in the encoding of a procedure, with a NUL.
enum EncodedName {
    Bytes(Vec<u8>),
    Utf16(Vec<u16>),
    Utf32(Vec<u32>),
}

impl EncodedName {
    fn new(name: &Name, encoding: Encoding) -> Result<EncodedName, Error> {
        fn with_nul<U: Unit>(name: &Name) -> Result<Vec<U>, Error> {
            let mut units = U::encode(name)?;
            fallible::push(&mut units, U::NUL)?;
            Ok(units)
        }
        Ok(match encoding {
            Encoding::Bytes => EncodedName::Bytes(with_nul(name)?),
            Encoding::Utf16 => EncodedName::Utf16(with_nul(name)?),
            Encoding::Utf32 => EncodedName::Utf32(with_nul(name)?),
        })
    }

    fn parameter(&self) -> LPARAM {
        match self {
            EncodedName::Bytes(units) => units.as_ptr() as LPARAM,
            EncodedName::Utf16(units) => units.as_ptr() as LPARAM,
            EncodedName::Utf32(units) => units.as_ptr() as LPARAM,
        }
    }
}

/// The `MMIOINFO` that a file's procedure is called with, at the same address as long as the file is open. The members
/// that are the procedure's own may be uninitialised.
#[derive(Debug)]
pub struct SharedInfo(UnsafeCell<MaybeUninit<MMIOINFO>>);

// SAFETY: the pointers in it are not dereferenced; under the file's lock one thread at a time uses it.
unsafe impl Send for SharedInfo {}

impl SharedInfo {
    #[inline]
    pub fn new(words: [u32; 3], reserved: [u32; 2]) -> SharedInfo {
        let [first, second] = reserved;
        let info = MMIOINFO { adwInfo: words, dwReserved1: first, dwReserved2: second, ..MMIOINFO::EMPTY };
        SharedInfo(UnsafeCell::new(MaybeUninit::new(info)))
    }

    /// The structure itself.
    #[inline(always)]
    pub fn info(&self) -> Info<'_> {
        // SAFETY: the structure is valid as long as `self`, and no reference to it exists: procedures have its address
        // and write to it while they run.
        unsafe { Info::at(NonNull::new_unchecked(self.0.get().cast())) }
    }

    /// Sets all members but the procedure's own: `adwInfo` and the reserved words.
    #[inline(always)]
    pub fn set(&self, info: MMIOINFO) {
        // SAFETY: as in `info`.
        unsafe {
            let own = self.0.get().cast::<MMIOINFO>();
            (*own).dwFlags = info.dwFlags;
            (*own).fccIOProc = info.fccIOProc;
            (*own).pIOProc = info.pIOProc;
            (*own).wErrorRet = info.wErrorRet;
            (*own).htask = info.htask;
            (*own).cchBuffer = info.cchBuffer;
            (*own).pchBuffer = info.pchBuffer;
            (*own).pchNext = info.pchNext;
            (*own).pchEndRead = info.pchEndRead;
            (*own).pchEndWrite = info.pchEndWrite;
            (*own).lBufOffset = info.lBufOffset;
            // Mostly it is unchanged. A store would delay the procedure's next load of it.
            if (*own).lDiskOffset != info.lDiskOffset {
                (*own).lDiskOffset = info.lDiskOffset;
            }
            (*own).hmmio = info.hmmio;
        }
    }

    /// Sends a message, and returns the result unchecked.
    #[inline(always)]
    pub fn send(&self, procedure: Procedure, message: &Message<'_>) -> Result<LRESULT, Error> {
        let encode = |name: &Name| EncodedName::new(name, procedure.encoding);
        let (encoded, second_encoded);
        let (first, second) = match *message {
            Message::Open(name) => {
                encoded = name.map(encode).transpose()?;
                (encoded.as_ref().map_or(0, EncodedName::parameter), 0)
            }
            Message::Rename(old, new) => {
                encoded = Some(encode(old)?);
                second_encoded = encode(new)?;
                let old = encoded.as_ref().map_or(0, EncodedName::parameter);
                (old, second_encoded.parameter())
            }
            Message::Close(flags) => (number(flags)?, 0),
            Message::Read(target) => (target.address() as LPARAM, number(target.len())?),
            Message::Write(source) => (source.address() as LPARAM, number(source.len())?),
            Message::WriteFlush(source) => (source.address() as LPARAM, number(source.len())?),
            Message::Seek(offset, origin) => (number(offset)?, number(origin)?),
            Message::Other(_, first, second) => (first, second),
        };
        // SAFETY: the procedure is sound to call (see `Procedure::new`), and what the parameters point to is valid
        // until it returns.
        Ok(unsafe { (procedure.address)(self.0.get().cast(), message.number(), first, second) })
    }
}

/// Converts a number to a parameter of a message.
fn number<N: TryInto<LPARAM>>(number: N) -> Result<LPARAM, Error> {
    number.try_into().map_err(|_| Error::InvalidParam)
}

/// Handles a message to a built-in procedure, and returns its result.
type Handler<'a> = &'a dyn Fn(Info<'_>, Message<'_>) -> LRESULT;

/// Converts a message from C and passes it to `handle`. Only the members of the structure that the message uses are
/// read.
///
/// # Safety
/// - `info` must be NULL or point to an `MMIOINFO`; the parameters must be what the message says.
unsafe fn dispatch(
    kind: Kind,
    info: LPSTR,
    message: UINT,
    first: LPARAM,
    second: LPARAM,
    handle: Handler<'_>,
) -> LRESULT {
    let failure = Error::to_lresult(Err(Error::InvalidParam));
    // SAFETY: the caller's promise.
    let info = unsafe { Info::new(info.cast()) };
    let code = if kind == Kind::Mem { FourCc::MEM } else { FourCc::DOS };
    // For a message that does not reach the procedure.
    let refuse = |result: LRESULT| {
        let given = Message::Other(message, first, second);
        traced(kind, code, 0, &given, || 0, || Ok(result)).unwrap_or(-1)
    };
    let Some(info) = info else { return refuse(failure) };
    // SAFETY: the caller promises that a name parameter is NULL or a C string.
    let name = |parameter: LPARAM| match parameter {
        0 => Ok(None),
        // SAFETY: as above.
        _ => Name::from_units(unsafe { CStr::from_ptr(parameter as *const _) }.to_bytes()).map(Some),
    };
    let at = || show::position(info, kind);
    let handle = |message: Message<'_>| {
        let flags = if let Message::Open(_) = message { info.flags() } else { 0 };
        traced(kind, code, flags, &message, at, || Ok(handle(info, message))).unwrap_or(-1)
    };
    match message {
        abi::MMIOM_OPEN => match name(first) {
            Ok(name) => handle(Message::Open(name.as_ref())),
            Err(error) => refuse(Error::to_lresult(Err(error))),
        },
        abi::MMIOM_CLOSE => match u32::try_from(first) {
            Ok(flags) => handle(Message::Close(flags)),
            Err(_) => refuse(failure),
        },
        abi::MMIOM_RENAME => match (name(first), name(second)) {
            (Ok(Some(old)), Ok(Some(new))) => handle(Message::Rename(&old, &new)),
            (Err(error), _) | (_, Err(error)) => refuse(Error::to_lresult(Err(error))),
            _ => refuse(failure),
        },
        // SAFETY: the caller's promise about the parameters.
        _ => match unsafe { Message::from_raw(message, first, second) } {
            Ok(message) => handle(message),
            Err(_) => refuse(-1),
        },
    }
}

/// The built-in `DOS ` procedure.
///
/// # Safety
/// - As for every I/O procedure: `info` points to an `MMIOINFO`, and the parameters are what the message requires.
unsafe extern "C" fn dos_entry(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let handle = |info: Info<'_>, message: Message<'_>| sys::uncancelled(|| dos::message(info, message));
    // SAFETY: the caller's promise.
    unsafe { dispatch(Kind::Dos, info, message, first, second, &handle) }
}

/// Refuses every message: a program may get the address by mmioGetInfo, but not open another file with it.
unsafe extern "C" fn no_procedure(_: LPSTR, message: UINT, _: LPARAM, _: LPARAM) -> LRESULT {
    if message == abi::MMIOM_OPEN {
        return Error::to_lresult(Err(Error::Other(abi::MMSYSERR_NOTSUPPORTED)));
    }
    -1
}

/// The built-in `MEM ` procedure.
///
/// # Safety
/// - As for every I/O procedure; and `pchBuffer` is valid for `cchBuffer` bytes, and comes from `malloc` if
///   `adwInfo[0]` is not 0.
unsafe extern "C" fn mem_entry(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let handle = |info: Info<'_>, message: Message<'_>| {
        let (base, len) =
            if mem::uses_buffer(message) { (info.buffer(), info.size()) } else { (ptr::null_mut(), 0) };
        let Ok(len) = usize::try_from(len) else { return -1 };
        // SAFETY: the caller's promise about pchBuffer. The buffer does not own it.
        let buffer = unsafe { Buffer::borrowed(base.cast(), len) };
        mem::message(info, &buffer, message)
    };
    // SAFETY: the caller's promise.
    unsafe { dispatch(Kind::Mem, info, message, first, second, &handle) }
}
