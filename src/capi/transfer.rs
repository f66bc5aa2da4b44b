//! Close, read, write, seek, and messages that a program sends itself.

use super::{or_minus_one, status};
use crate::abi::{HMMIO, HPCSTR, HPSTR, LONG, LPARAM, LRESULT, MMRESULT, MMSYSERR_INVALHANDLE, UINT};
use crate::error::Error;
use crate::handles;
use crate::memory::{Source, Target};
use crate::procs::message::Message;
use crate::trace::Value::{self, Address, Bytes, Count, Flags, Handle, Number, Origin, Parameter};
use crate::trace::{self, names};
use core::ffi::{c_char, c_int};

/// The number of bytes at an address; none if it is NULL or the count is negative.
#[inline(always)]
fn checked_len(address: *const c_char, count: LONG) -> Option<usize> {
    if address.is_null() { None } else { usize::try_from(count).ok() }
}

/// The result of a transfer: the request, and so the count, fits a `LONG`.
#[inline(always)]
fn as_long(count: isize) -> LONG {
    LONG::try_from(count).unwrap_or(-1)
}

/// The result of a transfer with a bad handle.
#[cold]
#[inline(never)]
fn no_file() -> LONG {
    or_minus_one::<LONG, LONG>(Err(Error::InvalidHandle))
}

/// The result of a transfer with a NULL pointer or a negative count.
#[cold]
#[inline(never)]
fn refuse(hmmio: HMMIO, count: LONG) -> LONG {
    or_minus_one(handles::with(hmmio, |_| if count == 0 { Ok(count) } else { Err(Error::InvalidParam) }))
}

/// Flushes a file and closes it.
///
/// The file is flushed as mmioFlush does, and only then the I/O procedure is sent MMIOM_CLOSE. If the flush
/// fails, the file stays open and no byte is lost: the program can close it again when the cause is removed, or
/// discard the bytes with mmsys_discard.
///
/// hmmio: the file.
///
/// uFlags: 0, or MMIO_FHOPEN to leave a descriptor open that mmioOpen adopted. It is then at the current
/// position.
///
/// Returns 0, or on failure:
/// - MMIOERR_CANNOTWRITE: the flush failed, and the file is still open.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
/// - Any other number is the result of the I/O procedure for MMIOM_CLOSE, and the file is closed.
///
/// Source: Microsoft's documentation. That the file stays open after a failed flush is a rule of this library,
/// since a late failure would otherwise lose data.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioClose(hmmio: HMMIO, uFlags: UINT) -> MMRESULT {
    traced!(
        File,
        mmioClose(hmmio = Handle(hmmio), uFlags = Flags(names::CLOSE, uFlags)),
        Status,
        status(handles::with(hmmio, |file| file.close(uFlags)))
    )
}

/// Reads bytes from a file.
///
/// The bytes come from the buffer, which is filled when it is empty. A request that is not smaller than the
/// buffer is read directly into the memory of the program if the buffer is empty. The position moves past the
/// bytes.
///
/// hmmio: the file.
///
/// pch: the memory that receives the bytes, of at least cch bytes. NULL is an error unless cch is 0.
///
/// cch: the number of bytes to read, 0 to 2147483647.
///
/// Returns the number of bytes read. It is less than cch at the end of the file, or if an error occurred after
/// some bytes; the next call then reports the error. Returns 0 at the end of the file; -1 for an error, a
/// handle that is not open, pch NULL or a negative cch.
///
/// Errors, in wErrorRet (see mmioGetInfo):
/// - MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is open for writing only.
/// - MMIOERR_CANNOTWRITE: dirty bytes in the buffer had to be written first, and could not.
///
/// Source: Microsoft's documentation. That large requests bypass the buffer was verified on Windows.
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

/// Writes bytes to a file.
///
/// The bytes are kept in the buffer, which is sent to the I/O procedure when it is full, and by a flush (see
/// mmioFlush). A request that is not smaller than the buffer is sent directly if the buffer is empty. The
/// position moves past the bytes. A byte that was accepted is not lost: if it cannot be written later, it stays
/// in the buffer, and the call that had to write it returns an error.
///
/// hmmio: the file.
///
/// pch: the bytes. NULL is an error unless cch is 0.
///
/// cch: the number of bytes to write, 0 to 2147483647.
///
/// Returns the number of bytes accepted. It is less than cch if the I/O procedure refused the rest, or if a
/// memory file that cannot grow is full; it may then be 0. Returns -1 if no byte was accepted because of an
/// error, or for a handle that is not open, pch NULL or a negative cch.
///
/// Errors, in wErrorRet (see mmioGetInfo):
/// - MMIOERR_CANNOTWRITE: the I/O procedure could not write, or the file is open for reading only.
///
/// Source: Microsoft's documentation. That no accepted byte is lost is a rule of this library.
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

/// Moves the position of a file.
///
/// If the buffer holds the new position, nothing is sent to the I/O procedure. Otherwise dirty bytes are
/// written, MMIOM_SEEK is sent, and the buffer is emptied. A disk file may be positioned past its end: a write
/// there fills the gap with zeros. On a stream, such as a pipe or a socket, a seek forward reads the bytes
/// between.
///
/// hmmio: the file.
///
/// lOffset: the offset in bytes. The new position is lOffset (SEEK_SET), the current position plus lOffset
/// (SEEK_CUR), or the end of the file minus lOffset (SEEK_END). A program's own procedure is passed both
/// numbers of a SEEK_END unchanged.
///
/// iOrigin: SEEK_SET, SEEK_CUR or SEEK_END, as in stdio.h.
///
/// Returns the new position. Returns -1 if it would be negative, past the end of a memory file, or more than a
/// LONG can hold; if the I/O procedure failed, or dirty bytes could not be written; and for a handle that is
/// not open. The position is then what it was, except that a stream which ends before the new position is at
/// its end.
///
/// Source: Microsoft's documentation. That SEEK_END counts backwards, and that a seek inside the buffer sends
/// nothing, was verified on Windows.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioSeek(hmmio: HMMIO, lOffset: LONG, iOrigin: c_int) -> LONG {
    traced!(
        Data,
        mmioSeek(hmmio = Handle(hmmio), lOffset = Number(lOffset.into()), iOrigin = Origin(iOrigin)),
        Count,
        or_minus_one(handles::with(hmmio, |file| file.seek(lOffset.into(), iOrigin, LONG::MAX.into())))
    )
}

/// Sends a message to the I/O procedure of a file.
///
/// A message with a number from MMIOM_USER up means what the program and its procedure agree on. It is passed
/// on as it is, and so are MMIOM_RENAME and unknown numbers. Dirty bytes stay in the buffer.
///
/// MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH and MMIOM_SEEK act at the current position: dirty bytes are sent
/// first, as MMIOM_WRITE, and the buffer is emptied. Afterwards the position is what lDiskOffset says, unless a
/// MMIOM_SEEK returned -1. If the procedure leaves lDiskOffset alone and returns the requested position, the
/// file is there. A MMIOM_WRITEFLUSH of 0 bytes asks the procedure to empty buffers of its own.
///
/// hmmio: the file.
///
/// uMsg: the message. MMIOM_OPEN and MMIOM_CLOSE are refused, as they would leave the handle inconsistent.
///
/// lParam1, lParam2: depend on the message. MMIOM_READ, MMIOM_WRITE and MMIOM_WRITEFLUSH take memory and its
/// size in bytes, MMIOM_SEEK an offset and an origin.
///
/// Returns the result of the procedure: a number of bytes, a position, or -1 for an error of these messages.
/// Returns MMSYSERR_INVALHANDLE if hmmio is not an open file, and MMSYSERR_INVALPARAM for MMIOM_OPEN and
/// MMIOM_CLOSE.
///
/// Source: Microsoft's documentation, which does not say what happens to the buffer and the position.
///
/// Example: A procedure that counts what is written, and is asked for the count.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
/// #include <string.h>
///
/// static LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg,
///                                LPARAM lParam1, LPARAM lParam2)
/// {
///     LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
///     switch (uMsg) {
///     case MMIOM_WRITE:
///     case MMIOM_WRITEFLUSH:
///         info->lDiskOffset += (LONG)lParam2;
///         return lParam2;
///     case MMIOM_READ:
///     case MMIOM_SEEK:
///         return -1;
///     case MMIOM_USER:
///         *(LONG *)lParam1 = info->lDiskOffset;
///         return 0;
///     }
///     return 0;
/// }
///
/// int main(void)
/// {
///     MMIOINFO info;
///     LONG size = 0;
///     HMMIO file;
///     memset(&info, 0, sizeof(info));
///     info.pIOProc = IOProc;
///     file = mmioOpen(NULL, &info, MMIO_WRITE);
///     if (mmioWrite(file, "hello", 5) != 5)
///         return 1;
///     if (mmioSendMessage(file, MMIOM_USER, (LPARAM)&size, 0) != 0)
///         return 1;
///     printf("%d bytes were written\n", (int)size);
///     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
/// }
/// ```
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
