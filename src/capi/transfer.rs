//! Close, read, write, seek, and messages by hand.

use super::{long, status};
use crate::abi::{HMMIO, HPCSTR, HPSTR, LONG, LPARAM, LRESULT, MMRESULT, MMSYSERR_INVALHANDLE, UINT};
use crate::error::Error;
use crate::handles;
use crate::memory::{Grant, Source, Target};
use crate::procs::call::Message;
use core::ffi::c_int;

/// How many bytes a caller means: NULL is for none only.
fn counted(is_null: bool, count: LONG) -> Result<usize, Error> {
    let count = usize::try_from(count).map_err(|_| Error::InvalidParam)?;
    if is_null && count > 0 { Err(Error::InvalidParam) } else { Ok(count) }
}

/// Closes a file, after writing what is buffered.
///
/// hmmio: the file.
///
/// uFlags: 0, or MMIO_FHOPEN to leave open the descriptor that was adopted, at the current position.
///
/// Returns 0, or the error. MMIOERR_CANNOTWRITE: the buffer could not be written, and the file is still
/// open, its bytes not lost (ours): close again when the cause is gone. MMSYSERR_INVALHANDLE. What else the
/// procedure answers to MMIOM_CLOSE; then the file is closed.
///
/// Source: doc.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioClose(hmmio: HMMIO, uFlags: UINT) -> MMRESULT {
    status(handles::with(hmmio, |file| file.close(uFlags)))
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
/// call meets it again); 0 at the end; -1 for an error, which is then in wErrorRet: MMIOERR_CANNOTREAD, also
/// for a file open for writing only; MMIOERR_CANNOTWRITE, if the buffer had to be written first; and -1 for a
/// bad handle, pch NULL or a negative cch.
///
/// Source: doc; the straight way for requests of at least the buffer's size: win.
///
/// # Safety
/// - hmmio: any value.
/// - pch: valid for writing cch bytes; NULL is an error unless cch is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioRead(hmmio: HMMIO, pch: HPSTR, cch: LONG) -> LONG {
    // SAFETY: valid for cch bytes, the caller promises; and a negative count is more than was ever granted.
    let target = unsafe { Target::new(pch.cast(), u32::from_ne_bytes(cch.to_ne_bytes()) as usize) };
    if !pch.is_null() && handles::quickly(hmmio, |grant| grant.read_few(target)) {
        return cch;
    }
    // SAFETY: the caller's promise.
    unsafe { read(hmmio, pch, cch) }
}

/// What is not done quickly: cold, so that what is stands in one piece.
///
/// # Safety
/// - As for [`mmioRead`].
#[cold]
#[inline(never)]
unsafe fn read(hmmio: HMMIO, pch: HPSTR, cch: LONG) -> LONG {
    let target = counted(pch.is_null(), cch).map(|count| {
        // SAFETY: valid for cch bytes, the caller promises.
        unsafe { Target::new(pch.cast(), count) }
    });
    let quick = |grant: &Grant| target.ok().filter(|&target| grant.read(target)).map(|target| target.len());
    long(handles::with_grant(hmmio, quick, |file| file.read(target?)))
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
/// accepted because of an error, which is then in wErrorRet (MMIOERR_CANNOTWRITE, also for a file open for
/// reading only), for a bad handle, pch NULL or a negative cch.
///
/// Source: doc; that nothing accepted is lost: ours.
///
/// # Safety
/// - hmmio: any value.
/// - pch: valid for reading cch bytes; NULL is an error unless cch is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioWrite(hmmio: HMMIO, pch: HPCSTR, cch: LONG) -> LONG {
    // SAFETY: valid for cch bytes, the caller promises; and a negative count is more than was ever granted.
    let source = unsafe { Source::new(pch.cast(), u32::from_ne_bytes(cch.to_ne_bytes()) as usize) };
    if !pch.is_null() && handles::quickly(hmmio, |grant| grant.write_few(source)) {
        return cch;
    }
    // SAFETY: the caller's promise.
    unsafe { write(hmmio, pch, cch) }
}

/// What is not done quickly: cold, so that what is stands in one piece.
///
/// # Safety
/// - As for [`mmioWrite`].
#[cold]
#[inline(never)]
unsafe fn write(hmmio: HMMIO, pch: HPCSTR, cch: LONG) -> LONG {
    let source = counted(pch.is_null(), cch).map(|count| {
        // SAFETY: valid for cch bytes, the caller promises.
        unsafe { Source::new(pch.cast(), count) }
    });
    let quick = |grant: &Grant| source.ok().filter(|&source| grant.write(source)).map(|source| source.len());
    long(handles::with_grant(hmmio, quick, |file| file.write(source?)))
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
/// The position is then what it was. A disk file may be positioned past its end: a write fills the gap with
/// zeros.
///
/// Source: doc; that SEEK_END counts backwards, and that inside the buffer nothing is sent: win.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioSeek(hmmio: HMMIO, lOffset: LONG, iOrigin: c_int) -> LONG {
    long(handles::with(hmmio, |file| file.seek(lOffset.into(), iOrigin, LONG::MAX.into())))
}

/// Sends a message to a file's I/O procedure.
///
/// hmmio: the file.
///
/// uMsg: MMIOM_USER and above are passed on as they are, and so is any number that is not known.
/// MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH and MMIOM_SEEK act at the current position, after the buffer was
/// written and emptied, and afterwards the position is what the procedure says.
///
/// lParam1, lParam2: by message: memory and count in bytes; position and origin; any.
///
/// Returns the procedure's answer: for transfers the count, for a seek the position, -1 for an error.
/// MMSYSERR_INVALHANDLE for a bad handle, MMSYSERR_INVALPARAM for MMIOM_OPEN and MMIOM_CLOSE, which would
/// tear the file out of the library's hands.
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
    // SAFETY: the caller's promise.
    let message = unsafe { Message::by_hand(uMsg, lParam1, lParam2) };
    let transfers = !matches!(message, Ok(Message::Other(..)));
    match handles::with(hmmio, |file| file.send_by_hand(message?)) {
        Ok(answer) => answer,
        Err(Error::InvalidHandle) => Error::answer(Err(Error::Other(MMSYSERR_INVALHANDLE))),
        Err(_) if transfers => -1,
        Err(error) => Error::answer(Err(error)),
    }
}
