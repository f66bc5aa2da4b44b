//! The buffer, and direct access to it.

use super::status;
use crate::abi::{
    HMMIO, LONG, LPCMMIOINFO, LPMMIOINFO, LPSTR, MMIO_EMPTYBUF, MMIO_READ, MMIO_WRITE, MMRESULT,
    MMSYSERR_NOERROR, UINT,
};
use crate::error::Error;
use crate::handles;
use crate::memory::{self, Block, Direction};
use crate::trace::Value::{Address, Flags, Handle, Info, Number, Status, UpdatedInfo};
use crate::trace::{Shown, names};

/// Copies the state of a file, for direct access to its buffer.
///
/// The program can read the bytes from pchNext to pchEndRead in the buffer itself, and write from pchNext to
/// pchEndWrite. It moves pchNext of its copy past them, adds MMIO_DIRTY to dwFlags if it wrote, and passes the
/// copy to mmioSetInfo or mmioAdvance before it calls another function on the file. The page of mmioAdvance has
/// an example.
///
/// wErrorRet is the last error of the file. lBufOffset and lDiskOffset are 2147483647 if a LONG cannot hold the
/// offset; mmsys_tell64 has no such limit.
///
/// hmmio: the file.
///
/// pmmioinfo: receives the state.
///
/// uFlags: 0.
///
/// Returns 0, or on failure:
/// - MMSYSERR_INVALPARAM: pmmioinfo is NULL.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation, which has no rule for large offsets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioGetInfo(hmmio: HMMIO, pmmioinfo: LPMMIOINFO, uFlags: UINT) -> MMRESULT {
    // SAFETY: NULL or memory for an MMIOINFO, the caller promises.
    let info = unsafe { memory::Info::new(pmmioinfo) };
    traced!(
        Buffer,
        mmioGetInfo(
            hmmio = Handle(hmmio),
            pmmioinfo = Address(pmmioinfo.addr()),
            uFlags = Flags(names::NONE, uFlags)
        ),
        move |shown, &status| show_state(shown, status, info),
        status(handles::with(hmmio, |file| {
            file.copy_info(info.ok_or(Error::InvalidParam)?);
            Ok(())
        }))
    )
}

/// Updates the state of a file after direct access to its buffer.
///
/// The library takes over pchNext, pchEndRead, the flag MMIO_DIRTY and, if the I/O procedure is a program's
/// own, adwInfo. It ignores all else, so that an old copy can neither move the buffer nor discard bytes that
/// are not yet written. With MMIO_DIRTY every byte from pchBuffer to pchNext or pchEndRead, whichever is
/// larger, counts as written. After a failure nothing is taken over.
///
/// hmmio: the file.
///
/// pmmioinfo: the state that mmioGetInfo returned, with pchNext moved.
///
/// uFlags: 0.
///
/// Returns 0, or on failure:
/// - MMSYSERR_INVALPARAM: pmmioinfo is NULL, or one of its pointers is outside the buffer; or, in a memory file
///   without MMIO_DIRTY, pchNext is after pchEndRead.
/// - MMIOERR_CANNOTWRITE: MMIO_DIRTY is set, and the file is open for reading only, or cannot be written at
///   this position: a stream while the buffer holds bytes that were read ahead, a file opened with O_APPEND
///   before its end.
/// - MMIOERR_CANNOTSEEK: a stream cannot move to this position.
/// - MMSYSERR_HANDLEBUSY: the I/O procedure made the call, during a message with bytes of the buffer.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioSetInfo(hmmio: HMMIO, pmmioinfo: LPCMMIOINFO, uFlags: UINT) -> MMRESULT {
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let info = unsafe { memory::Info::new(pmmioinfo) };
    traced!(
        Buffer,
        mmioSetInfo(
            hmmio = Handle(hmmio),
            pmmioinfo = UpdatedInfo(info),
            uFlags = Flags(names::NONE, uFlags)
        ),
        Status,
        status(handles::with(hmmio, |file| file.set_info(info.ok_or(Error::InvalidParam)?)))
    )
}

/// Gives a file another buffer, or none.
///
/// The file is flushed first, as mmioFlush does. The position does not change. The larger the buffer, the fewer
/// messages are sent to the I/O procedure. The buffer of a memory file is the file itself: mmioSetBuffer makes
/// it a new, empty file.
///
/// hmmio: the file.
///
/// pchBuffer: the buffer, or NULL for one that the library allocates. It must stay valid until the file is
/// closed or gets another buffer. That of a memory file that may grow must come from malloc.
///
/// cchBuffer: the size of the buffer in bytes, 0 to 2147483647. NULL and 0 make the file unbuffered.
///
/// uFlags: ignored.
///
/// Returns 0, or on failure:
/// - MMIOERR_CANNOTWRITE: the flush failed. The file keeps its old buffer.
/// - MMIOERR_OUTOFMEMORY: there is no memory. The file keeps its old buffer.
/// - MMIOERR_CANNOTSEEK: the buffer is too small for the bytes that were read ahead from a stream.
/// - MMSYSERR_INVALPARAM: cchBuffer is negative, or pchBuffer is in a buffer that the library allocated.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation. That uFlags is ignored was verified on Windows.
///
/// Example: Reads a file through a buffer of 64 KiB.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
///
/// static char buffer[65536];
///
/// int main(void)
/// {
///     char name[] = "sound.wav", bytes[10];
///     LONG count, size = 0;
///     HMMIO file = mmioOpen(name, NULL, MMIO_READ);
///     if (mmioSetBuffer(file, buffer, sizeof(buffer), 0) != 0)
///         return 1;
///     while ((count = mmioRead(file, bytes, sizeof(bytes))) > 0)
///         size += count;
///     printf("%s has %d bytes\n", name, (int)size);
///     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioSetBuffer(
    hmmio: HMMIO,
    pchBuffer: LPSTR,
    cchBuffer: LONG,
    uFlags: UINT,
) -> MMRESULT {
    traced!(
        Buffer,
        mmioSetBuffer(
            hmmio = Handle(hmmio),
            pchBuffer = Address(pchBuffer.addr()),
            cchBuffer = Number(cchBuffer.into()),
            uFlags = Flags(names::NONE, uFlags)
        ),
        Status,
        status(handles::with(hmmio, |file| {
            let size = usize::try_from(cchBuffer).map_err(|_| Error::InvalidParam)?;
            if file.owns(pchBuffer) {
                return Err(Error::InvalidParam);
            }
            // SAFETY: the caller's promise.
            let block = unsafe { Block::for_request(pchBuffer.cast(), size, false) };
            file.set_buffer(block.ok_or(Error::OutOfMemory)?)
        }))
    )
}

/// Writes the buffered bytes of a file.
///
/// Dirty bytes in the buffer are sent to the I/O procedure as MMIOM_WRITEFLUSH. If there are none, but bytes
/// were sent to a program's own procedure as MMIOM_WRITE since the last MMIOM_WRITEFLUSH, it is sent a
/// MMIOM_WRITEFLUSH of 0 bytes. Otherwise nothing is sent. When mmioFlush has returned 0, the procedure has
/// been given every byte that was accepted, and the last write message was a MMIOM_WRITEFLUSH, for which a
/// procedure also empties buffers of its own.
///
/// The bytes of a disk file are then with the operating system; mmsys_set_durable also forces them to the disk.
/// A memory file has nothing to flush.
///
/// hmmio: the file.
///
/// uFlags: 0 to keep the contents of the buffer, or MMIO_EMPTYBUF to empty it after the flush.
///
/// Returns 0, or on failure:
/// - MMIOERR_CANNOTWRITE: the procedure could not write, or could not empty its own buffers. The bytes stay in
///   the buffer, and the next flush sends them again.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation. It does not say how a flush reaches a procedure that has already been
/// sent the bytes: the MMIOM_WRITEFLUSH of 0 bytes is a rule of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioFlush(hmmio: HMMIO, uFlags: UINT) -> MMRESULT {
    traced!(
        Buffer,
        mmioFlush(hmmio = Handle(hmmio), uFlags = Flags(names::FLUSH, uFlags)),
        Status,
        status(handles::with(hmmio, |file| file.flush(uFlags & MMIO_EMPTYBUF != 0)))
    )
}

/// Moves the buffer of a file to the current position, and fills it for reading.
///
/// A program that uses the buffer itself (see mmioGetInfo) calls mmioAdvance when it has read all bytes of the
/// buffer, or filled it. The file is first updated as mmioSetInfo does, and dirty bytes are written. At the end
/// of the file mmioAdvance succeeds, and pchNext equals pchEndRead. With MMIO_WRITE a memory file grows if
/// pchNext is at pchEndWrite.
///
/// hmmio: the file.
///
/// pmmioinfo: NULL, or the state as for mmioSetInfo; receives the new state.
///
/// uFlags: MMIO_READ to fill the buffer, or MMIO_WRITE.
///
/// Returns 0, or on failure:
/// - MMIOERR_UNBUFFERED: the file has no buffer.
/// - MMIOERR_CANNOTWRITE: dirty bytes could not be written, and stay in the buffer; or the file is open for
///   reading only; or, with MMIO_WRITE, the buffer of a stream holds bytes that were read ahead.
/// - MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is open for writing only.
/// - MMIOERR_CANNOTEXPAND: a memory file is full and cannot grow.
/// - MMIOERR_CANNOTSEEK: a stream cannot move to the position of pchNext.
/// - MMSYSERR_INVALPARAM: uFlags is another number, or mmioSetInfo would return this for pmmioinfo.
/// - MMSYSERR_HANDLEBUSY: the I/O procedure made the call, during a message with bytes of the buffer.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation. The result at the end of the file was verified on Windows.
///
/// Example: Adds up the bytes of a file without copying them.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
///
/// int main(void)
/// {
///     char name[] = "sound.wav";
///     HMMIO file = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
///     MMIOINFO info;
///     unsigned long sum = 0;
///     if (mmioGetInfo(file, &info, 0) != 0)
///         return 1;
///     do {
///         while (info.pchNext < info.pchEndRead)
///             sum += (BYTE)*info.pchNext++;
///         if (mmioAdvance(file, &info, MMIO_READ) != 0)
///             return 1;
///     } while (info.pchNext < info.pchEndRead);
///     printf("the sum is %lu\n", sum);
///     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioAdvance(hmmio: HMMIO, pmmioinfo: LPMMIOINFO, uFlags: UINT) -> MMRESULT {
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let info = unsafe { memory::Info::new(pmmioinfo) };
    traced!(
        Buffer,
        mmioAdvance(
            hmmio = Handle(hmmio),
            pmmioinfo = UpdatedInfo(info),
            uFlags = Flags(names::ADVANCE, uFlags)
        ),
        move |shown, &status| show_state(shown, status, info),
        status(handles::with(hmmio, |file| {
            let direction = match uFlags {
                MMIO_READ => Direction::Read,
                MMIO_WRITE => Direction::Write,
                _ => return Err(Error::InvalidParam),
            };
            file.advance(info, direction)?;
            if let Some(info) = info {
                file.copy_info(info);
            }
            Ok(())
        }))
    )
}

/// Traces a result, and the state that the caller received.
fn show_state(shown: &mut Shown, status: MMRESULT, info: Option<memory::Info<'_>>) {
    shown.result(Status(status));
    if status == MMSYSERR_NOERROR && info.is_some() {
        shown.with("pmmioinfo", Info(info));
    }
}
