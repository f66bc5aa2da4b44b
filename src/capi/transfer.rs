//! Close, read, write, seek, and messages by hand.

use super::{or_minus_one, status};
use crate::abi::{HMMIO, HPCSTR, HPSTR, LONG, LPARAM, LRESULT, MMRESULT, MMSYSERR_INVALHANDLE, UINT};
use crate::error::Error;
use crate::handles;
use crate::memory::{Source, Target};
use crate::procs::message::Message;
use crate::trace::Value::{self, Address, Bytes, Count, Flags, Handle, Number, Origin, Parameter};
use crate::trace::{self, names};
use core::ffi::{c_char, c_int};

/// A count of bytes at an address, if these are memory.
#[inline(always)]
fn checked_len(address: *const c_char, count: LONG) -> Option<usize> {
    if address.is_null() { None } else { usize::try_from(count).ok() }
}

/// The result of a transfer, of which at most a `LONG` was asked.
#[inline(always)]
fn as_long(count: isize) -> LONG {
    LONG::try_from(count).unwrap_or(-1)
}

/// The result of a transfer where there is no such file.
#[cold]
#[inline(never)]
fn no_file() -> LONG {
    or_minus_one::<LONG, LONG>(Err(Error::InvalidHandle))
}

/// The result of a transfer without memory, or of a negative count.
#[cold]
#[inline(never)]
fn refuse(hmmio: HMMIO, count: LONG) -> LONG {
    or_minus_one(handles::with(hmmio, |_| if count == 0 { Ok(count) } else { Err(Error::InvalidParam) }))
}

/// Closes a file, after writing what is buffered.
///
/// It flushes as mmioFlush does, with MMIOM_WRITEFLUSH, and only then sends MMIOM_CLOSE.
///
/// hmmio: the file.
///
/// uFlags: 0, or MMIO_FHOPEN to leave open the descriptor that was adopted, at the current position.
///
/// Returns 0; MMIOERR_CANNOTWRITE: the flush failed: the buffer could not be written, or the I/O procedure
/// could not empty its own, and the file is still open, its bytes not lost (ours): close again when the cause
/// is gone, or give them up with mmsys_discard; MMSYSERR_INVALHANDLE: hmmio is not an open file; what else
/// the I/O procedure returns to MMIOM_CLOSE: then the file is closed.
///
/// Source: doc; the flush of 0 bytes: ours.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioClose(hmmio: HMMIO, uFlags: UINT) -> MMRESULT {
    traced!(
        File,
        mmioClose(hmmio = Handle(hmmio), uFlags = Flags(names::CLOSE, uFlags)),
        Status,
        status(handles::with(hmmio, |file| file.close(uFlags)))
    )
}

/// Reads from a file.
///
/// hmmio: the file.
///
/// pch: receives the bytes.
///
/// cch: how many, 0 to 2147483647.
///
/// Returns how many were read, less than cch at the end of the file or where an error came between (the next
/// call meets it again); 0 at the end; -1 for an error, a bad handle, pch NULL or a negative cch.
///
/// Errors, in wErrorRet of mmioGetInfo: MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is
/// open for writing only; MMIOERR_CANNOTWRITE: the buffer had to be written first, and could not.
///
/// Source: doc; the straight way for requests of at least the buffer's size: win.
///
/// # Safety
/// - hmmio: any value.
/// - pch: valid for writing cch bytes; NULL is an error unless cch is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRead(hmmio: HMMIO, pch: HPSTR, cch: LONG) -> LONG {
    traced!(
        Data,
        mmioRead(hmmio = Handle(hmmio), pch = Address(pch.addr()), cch = Number(cch.into())),
        move |shown, &count| {
            shown.result(Count(count.into()));
            // SAFETY: valid for cch bytes, the caller promises, of which so many were read.
            shown.bytes(unsafe { Source::new(pch.cast(), usize::try_from(count).unwrap_or(0)) });
        },
        {
            let Some(len) = checked_len(pch, cch) else { return refuse(hmmio, cch) };
            // SAFETY: valid for cch bytes, the caller promises.
            let target = unsafe { Target::new(pch.cast(), len) };
            let count = handles::with_lease(
                hmmio,
                |lease| lease.read_small(target).then_some(cch),
                |lease| lease.read(target).then_some(cch),
                |file| as_long(file.bracket(|| file.read_and_note(target))),
            );
            count.unwrap_or_else(no_file)
        }
    )
}

/// Writes to a file.
///
/// hmmio: the file.
///
/// pch: the bytes.
///
/// cch: how many, 0 to 2147483647.
///
/// Returns how many were accepted: written, or kept in the buffer to be written. Less than cch if the
/// procedure refused the rest, or a memory file that cannot grow is full (then also 0). -1 if none was
/// accepted because of an error, for a bad handle, pch NULL or a negative cch.
///
/// Errors, in wErrorRet of mmioGetInfo: MMIOERR_CANNOTWRITE: the I/O procedure could not write, or the file
/// is open for reading only.
///
/// Source: doc; that nothing accepted is lost: ours.
///
/// # Safety
/// - hmmio: any value.
/// - pch: valid for reading cch bytes; NULL is an error unless cch is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioWrite(hmmio: HMMIO, pch: HPCSTR, cch: LONG) -> LONG {
    traced!(
        Data,
        mmioWrite(
            hmmio = Handle(hmmio),
            // SAFETY: valid for cch bytes, the caller promises.
            pch = Bytes(unsafe { Source::new(pch.cast(), checked_len(pch, cch).unwrap_or(0)) }),
            cch = Number(cch.into())
        ),
        move |shown, &count| {
            shown.result(Count(count.into()));
            if count < cch {
                shown.mark_short();
            }
        },
        {
            let Some(len) = checked_len(pch, cch) else { return refuse(hmmio, cch) };
            // SAFETY: valid for cch bytes, the caller promises.
            let source = unsafe { Source::new(pch.cast(), len) };
            let count = handles::with_lease(
                hmmio,
                |lease| lease.write_small(source).then_some(cch),
                |lease| lease.write(source).then_some(cch),
                |file| as_long(file.bracket(|| file.write_and_note(source))),
            );
            count.unwrap_or_else(no_file)
        }
    )
}

/// Moves the position in a file.
///
/// hmmio: the file.
///
/// lOffset: in bytes: the position itself (SEEK_SET), how far from the current one (SEEK_CUR), or how far
/// before the end (SEEK_END: the new position is end - lOffset; a program's own procedure gets the two
/// numbers as they are).
///
/// iOrigin: SEEK_SET, SEEK_CUR or SEEK_END, as in stdio.h.
///
/// Returns the new position; -1 if it would be negative, past the end of a memory file, or more than a LONG
/// holds, if the procedure refused, if the buffer had to be written first and could not, or for a bad handle.
/// The position is then what it was; that of a stream (a pipe, a socket) which ends before the new position is
/// its end. A disk file may be positioned past its end: a write fills the gap with zeros.
///
/// Source: doc; that SEEK_END counts backwards, and that inside the buffer nothing is sent: win.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioSeek(hmmio: HMMIO, lOffset: LONG, iOrigin: c_int) -> LONG {
    traced!(
        Data,
        mmioSeek(hmmio = Handle(hmmio), lOffset = Number(lOffset.into()), iOrigin = Origin(iOrigin)),
        Count,
        or_minus_one(handles::with(hmmio, |file| file.seek(lOffset.into(), iOrigin, LONG::MAX.into())))
    )
}

/// Sends a message to a file's I/O procedure.
///
/// MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH and MMIOM_SEEK act at the current position, after what was
/// written into the buffer was sent as MMIOM_WRITE and the buffer was emptied. Afterwards the position is
/// what lDiskOffset says, unless a MMIOM_SEEK returned -1; a procedure that returns the position asked for to a MMIOM_SEEK, and leaves
/// lDiskOffset alone, is taken to be there. A MMIOM_WRITEFLUSH of 0 bytes is sent too: it has the procedure
/// empty its own buffers, and if it succeeds a flush after it sends nothing.
///
/// hmmio: the file.
///
/// uMsg: MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH or MMIOM_SEEK. MMIOM_RENAME, MMIOM_USER and above, and any
/// number that is not known, are passed on as they are.
///
/// lParam1, lParam2: by message: memory and count in bytes; position and origin; any.
///
/// Returns the procedure's result: for transfers the count, for a seek the position, -1 for an error.
/// MMSYSERR_INVALHANDLE for a bad handle, MMSYSERR_INVALPARAM for MMIOM_OPEN and MMIOM_CLOSE, which only the
/// library sends.
///
/// Source: doc; the position, and what is refused: ours.
///
/// # Safety
/// - hmmio: any value.
/// - lParam1: valid for lParam2 bytes where the message transfers; else what the procedure expects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioSendMessage(
    hmmio: HMMIO,
    uMsg: UINT,
    lParam1: LPARAM,
    lParam2: LPARAM,
) -> LRESULT {
    traced!(
        Proc,
        mmioSendMessage(
            hmmio = Handle(hmmio),
            uMsg = Value::Message(uMsg),
            lParam1 = Parameter(lParam1),
            lParam2 = Parameter(lParam2)
        ),
        Answer,
        // SAFETY: the caller's promise.
        unsafe { send_message(hmmio, uMsg, lParam1, lParam2) }
    )
}

/// # Safety
/// - As for [`mmioSendMessage`].
#[inline(never)]
unsafe fn send_message(hmmio: HMMIO, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    // SAFETY: the caller's promise.
    let message = unsafe { Message::from_raw(message, first, second) };
    let transfers = !matches!(message, Ok(Message::Other(..)));
    let answer = handles::with(hmmio, |file| file.send_user_message(message?));
    if let Err(error) = answer {
        trace::note(error);
    }
    match answer {
        Ok(answer) => answer,
        Err(Error::InvalidHandle) => Error::answer(Err(Error::Other(MMSYSERR_INVALHANDLE))),
        Err(_) if transfers => -1,
        Err(error) => Error::answer(Err(error)),
    }
}
