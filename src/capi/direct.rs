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

/// Gets the state of a file, for direct access to its buffer.
///
/// hmmio: the file.
///
/// pmmioinfo: receives the state. The program may then read at pchNext up to pchEndRead, write up to
/// pchEndWrite, move its pchNext on, set MMIO_DIRTY in dwFlags if it wrote, and give the structure to
/// mmioSetInfo or mmioAdvance before it calls any other function on the file.
///
/// uFlags: 0.
///
/// Returns 0; MMSYSERR_INVALPARAM: pmmioinfo is NULL; MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: doc. lBufOffset and lDiskOffset are 2147483647 where a LONG cannot hold them (ours).
///
/// # Safety
/// - hmmio: any value.
/// - pmmioinfo: NULL, or memory for an MMIOINFO.
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

/// Gives back the state of a file after direct access.
///
/// hmmio: the file.
///
/// pmmioinfo: what mmioGetInfo gave, with pchNext moved. Taken from it: pchNext, pchEndRead, MMIO_DIRTY (every
/// byte from pchBuffer to the larger of the two then counts as written) and, with a program's own procedure,
/// adwInfo. All else is ignored (ours: a stale copy must not move the buffer, nor drop bytes that wait to be
/// written).
///
/// uFlags: 0.
///
/// Returns 0; after an error nothing was taken; MMSYSERR_INVALPARAM: pmmioinfo is NULL, or one of its
/// pointers is outside the buffer, or in a memory file pchNext is behind pchEndRead and it is not dirty;
/// MMIOERR_CANNOTWRITE: it is dirty, and the file open for reading only, or nothing can be written there (on a
/// stream while bytes that were read ahead wait, in a file that only appends before its end);
/// MMIOERR_CANNOTSEEK: a stream cannot be there; MMSYSERR_HANDLEBUSY: the I/O procedure has the buffer on loan; MMSYSERR_INVALHANDLE: hmmio is not an open
/// file.
///
/// Source: doc.
///
/// # Safety
/// - hmmio: any value.
/// - pmmioinfo: NULL, or an MMIOINFO.
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

/// Gives a file a buffer, another one, or none. The position stays; what was buffered is flushed first, as
/// mmioFlush does.
///
/// hmmio: the file. For a memory file the buffer is the new, empty, file.
///
/// pchBuffer: the buffer; NULL for one that the library allocates.
///
/// cchBuffer: its size in bytes, 0 to 2147483647; (NULL, 0) makes the file unbuffered.
///
/// uFlags: ignored (win).
///
/// Returns 0; MMIOERR_CANNOTWRITE or MMIOERR_OUTOFMEMORY: the flush failed, or there is no memory, and the
/// old buffer with its bytes stays; MMIOERR_CANNOTSEEK: the buffer is too small for what was read ahead of a
/// stream; MMSYSERR_INVALPARAM: a negative size, or the library's own buffer given as the caller's;
/// MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: doc.
///
/// # Safety
/// - hmmio: any value.
/// - pchBuffer: NULL, or valid for cchBuffer bytes while the file is open or until its next buffer; for a
///   memory file that may grow, from malloc.
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

/// Writes what is buffered, and has the I/O procedure empty its own buffers.
///
/// The bytes in the buffer go to the procedure as MMIOM_WRITEFLUSH. If there are none, but bytes went to a
/// program's own procedure as MMIOM_WRITE since the last MMIOM_WRITEFLUSH, it is sent a MMIOM_WRITEFLUSH of 0
/// bytes. Otherwise nothing is sent. When mmioFlush has returned 0, every byte that was accepted has been
/// given to the procedure, and the last write message was a MMIOM_WRITEFLUSH.
///
/// A disk file's bytes are then with the operating system; mmsys_set_durable has them forced to the disk too.
///
/// hmmio: the file. A memory file has nowhere to write to: nothing happens.
///
/// uFlags: 0, or MMIO_EMPTYBUF to empty the buffer after that; else it keeps what it holds.
///
/// Returns 0; MMIOERR_CANNOTWRITE: the procedure could not write, or not empty its own buffers: what was not
/// written is still in the buffer, and the next flush tries again; MMSYSERR_INVALHANDLE: hmmio is not an open
/// file.
///
/// Source: doc; the flush of 0 bytes: ours.
///
/// # Safety
/// - hmmio: any value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioFlush(hmmio: HMMIO, uFlags: UINT) -> MMRESULT {
    traced!(
        Buffer,
        mmioFlush(hmmio = Handle(hmmio), uFlags = Flags(names::FLUSH, uFlags)),
        Status,
        status(handles::with(hmmio, |file| file.flush(uFlags & MMIO_EMPTYBUF != 0)))
    )
}

/// Moves a file's buffer on to the current position, and fills it for reading.
///
/// hmmio: the file, buffered. A memory file grows if pchNext is at pchEndWrite (MMIO_WRITE).
///
/// pmmioinfo: NULL, or the state as for mmioSetInfo; receives the new state.
///
/// uFlags: MMIO_READ or MMIO_WRITE.
///
/// Returns 0, at the end of the file too: then pchNext equals pchEndRead; MMIOERR_UNBUFFERED: the file has no
/// buffer; MMIOERR_CANNOTWRITE: the buffer could not be written, and nothing is lost, or the file is open for
/// reading only, or (MMIO_WRITE) bytes that were read ahead of a stream wait in the buffer;
/// MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is open for writing only;
/// MMIOERR_CANNOTEXPAND: a memory file that cannot grow is full; MMSYSERR_INVALPARAM: other flags, or a
/// pointer outside the buffer; what else mmioSetInfo returns for it; MMSYSERR_HANDLEBUSY: the I/O procedure has the buffer on loan;
/// MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: doc; the end of the file: win.
///
/// # Safety
/// - hmmio: any value.
/// - pmmioinfo: NULL, or an MMIOINFO.
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

/// Shows a result, and the state that a caller got with it.
fn show_state(shown: &mut Shown, status: MMRESULT, info: Option<memory::Info<'_>>) {
    shown.result(Status(status));
    if status == MMSYSERR_NOERROR && info.is_some() {
        shown.with("pmmioinfo", Info(info));
    }
}
