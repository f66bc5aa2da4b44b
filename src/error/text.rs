//! The name of each error number, and a sentence about it.
#![forbid(unsafe_code)]

use crate::abi;
use core::ffi::CStr;

/// A string for C: `NAME: sentence.`
macro_rules! sentence {
    ($text:expr) => {
        match CStr::from_bytes_with_nul($text.as_bytes()) {
            Ok(text) => text,
            Err(_) => unreachable!(),
        }
    };
}

macro_rules! sentences {
    ($($name:ident $text:literal)*) => {
        static SENTENCES: &[(u32, &CStr)] =
            &[$((abi::$name, sentence!(concat!(stringify!($name), ": ", $text, ".\0")))),*];
    };
}

sentences! {
    MMSYSERR_NOERROR "success"
    MMSYSERR_ERROR "an error without a number of its own"
    MMSYSERR_BADDEVICEID "no device has that number"
    MMSYSERR_NOTENABLED "the driver could not be enabled"
    MMSYSERR_ALLOCATED "the device is already in use"
    MMSYSERR_INVALHANDLE "the handle is not that of an open file: it was closed, or mmioOpen did not return it"
    MMSYSERR_NODRIVER "there is no driver for the device"
    MMSYSERR_NOMEM "not enough memory"
    MMSYSERR_NOTSUPPORTED "the file or its I/O procedure does not support the operation"
    MMSYSERR_BADERRNUM "no error has that number"
    MMSYSERR_INVALFLAG "invalid flag"
    MMSYSERR_INVALPARAM "invalid parameter: NULL, out of range, or flags that exclude each other"
    MMSYSERR_HANDLEBUSY "the I/O procedure changed the file during a call on it, or nested too many calls"
    MMSYSERR_INVALIDALIAS "no alias has that name"
    MMSYSERR_BADDB "the registry cannot be read"
    MMSYSERR_KEYNOTFOUND "the key is not in the registry"
    MMSYSERR_READERROR "reading the registry failed"
    MMSYSERR_WRITEERROR "writing the registry failed"
    MMSYSERR_DELETEERROR "deleting from the registry failed"
    MMSYSERR_VALNOTFOUND "the value is not in the registry"
    MMSYSERR_NODRIVERCB "the driver does not call back"
    MMSYSERR_MOREDATA "the data does not fit in the memory provided"
    TIMERR_NOCANDO "invalid timer parameter: NULL or out of range"
    TIMERR_STRUCT "wrong size of the structure"
    MMIOERR_FILENOTFOUND "file not found"
    MMIOERR_OUTOFMEMORY "not enough memory, or a name does not fit in the memory provided"
    MMIOERR_CANNOTOPEN "the I/O procedure could not open the file"
    MMIOERR_CANNOTCLOSE "the file could not be closed"
    MMIOERR_CANNOTREAD "the file could not be read, or is open for writing only"
    MMIOERR_CANNOTWRITE "the file could not be written, or is open for reading only; unwritten bytes stay in its buffer"
    MMIOERR_CANNOTSEEK "the file cannot seek, or not to that position"
    MMIOERR_CANNOTEXPAND "the memory file is full, and cannot grow"
    MMIOERR_CHUNKNOTFOUND "the chunk was not found before the end of the parent chunk or of the file"
    MMIOERR_UNBUFFERED "the file has no buffer"
    MMIOERR_PATHNOTFOUND "directory not found, or no directory is set for the drive"
    MMIOERR_ACCESSDENIED "access denied: permissions, a directory, a read-only file system, or a name that exists"
    MMIOERR_SHARINGVIOLATION "another opener of the file denies this access, or the file changed while it was moved"
    MMIOERR_NETWORKERROR "the network or a network file system failed"
    MMIOERR_TOOMANYOPENFILES "the process or the system has no descriptors left"
    MMIOERR_INVALIDFILE "the file cannot be opened: its type, its name or the code of its I/O procedure is invalid"
}

const UNKNOWN: &CStr =
    c"unknown: not an error number of this library; an I/O procedure may have returned it.";

fn find(code: u32) -> Option<&'static CStr> {
    SENTENCES.iter().find(|(number, _)| *number == code).map(|(_, text)| *text)
}

/// Returns the name of an error and a sentence about it, or one that says that the number is unknown.
pub fn text(code: u32) -> &'static CStr {
    find(code).unwrap_or(UNKNOWN)
}

/// Returns the name of an error. None for a number that is no error of the library.
pub fn name(code: u32) -> Option<&'static str> {
    let (name, _) = find(code)?.to_str().ok()?.split_once(':')?;
    Some(name)
}
