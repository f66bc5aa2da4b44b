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
    MMSYSERR_NOERROR "all is well"
    MMSYSERR_ERROR "something went wrong, and there is no number for it"
    MMSYSERR_BADDEVICEID "there is no device of that number"
    MMSYSERR_NOTENABLED "the driver could not be enabled"
    MMSYSERR_ALLOCATED "the device is in use already"
    MMSYSERR_INVALHANDLE "the handle is not that of an open file: it was closed, or never came from mmioOpen"
    MMSYSERR_NODRIVER "there is no driver for the device"
    MMSYSERR_NOMEM "there is not enough memory"
    MMSYSERR_NOTSUPPORTED "the file, or its I/O procedure, cannot do that"
    MMSYSERR_BADERRNUM "there is no error of that number"
    MMSYSERR_INVALFLAG "a flag is not one of those that the function takes"
    MMSYSERR_INVALPARAM "a parameter is not one that the function takes: NULL, out of range, or two flags of which there may be one"
    MMSYSERR_HANDLEBUSY "the file is in the middle of a message, and its I/O procedure changed it or sent it too many more"
    MMSYSERR_INVALIDALIAS "there is no alias of that name"
    MMSYSERR_BADDB "the registry cannot be read"
    MMSYSERR_KEYNOTFOUND "there is no such key in the registry"
    MMSYSERR_READERROR "reading the registry failed"
    MMSYSERR_WRITEERROR "writing the registry failed"
    MMSYSERR_DELETEERROR "deleting from the registry failed"
    MMSYSERR_VALNOTFOUND "there is no such value in the registry"
    MMSYSERR_NODRIVERCB "the driver does not call back"
    MMSYSERR_MOREDATA "there is more than fits into the memory that was given"
    TIMERR_NOCANDO "the timers cannot do that: a parameter is NULL or out of range"
    TIMERR_STRUCT "the size that was given is not that of the structure"
    MMIOERR_FILENOTFOUND "there is no file of that name"
    MMIOERR_OUTOFMEMORY "there is not enough memory, or a name does not fit into the memory that was given"
    MMIOERR_CANNOTOPEN "the I/O procedure could not open the file"
    MMIOERR_CANNOTCLOSE "the file could not be closed"
    MMIOERR_CANNOTREAD "the file could not be read, or is open for writing only"
    MMIOERR_CANNOTWRITE "the file could not be written, or is open for reading only; what waits in its buffer is still there"
    MMIOERR_CANNOTSEEK "the file cannot be positioned there, or not at all"
    MMIOERR_CANNOTEXPAND "the memory file is full, and cannot grow"
    MMIOERR_CHUNKNOTFOUND "there is no such chunk between the position and the end of the parent chunk, or of the file"
    MMIOERR_UNBUFFERED "the file has no buffer"
    MMIOERR_PATHNOTFOUND "there is no directory of that name, or no directory stands for that drive"
    MMIOERR_ACCESSDENIED "the file may not be used so: permissions, a directory, a file system that cannot be written, or a name that is taken"
    MMIOERR_SHARINGVIOLATION "the file is open elsewhere, with a share mode that does not allow this, or changed while it moved"
    MMIOERR_NETWORKERROR "the network, or a file system on it, failed"
    MMIOERR_TOOMANYOPENFILES "the process, or the system, has no descriptor left"
    MMIOERR_INVALIDFILE "the file, its name or the code of its I/O procedure is not one that can be opened"
}

const UNKNOWN: &CStr = c"unknown: this is no error of this library; an I/O procedure may have answered it.";

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
