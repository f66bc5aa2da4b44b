//! Chunks with positions and sizes of 64 bits: `mmsystem_ext.h`. All of it is ours.

use super::riff::{created_members, find, searched_members};
use super::status_on;
use crate::abi::{
    HMMIO, MMIO_CREATELIST, MMIO_CREATERIFF, MMRESULT, MMSYS_CKINFO64, MMSYS_RF64, MMSYSERR_NOERROR, UINT,
};
use crate::error::Error;
use crate::file::riff::extent::Extent;
use crate::fourcc::FourCc;
use crate::memory::Chunk64;
use crate::trace::Value::{self, Flags, Handle};
use crate::trace::{ALL, CREATED, Member, Shown, names};

/// Finds a chunk and enters it, as mmioDescend does, with positions and sizes of 64 bits.
///
/// In a file that begins with RF64 or BW64 the sizes are those of its chunk ds64. Without a parent a search goes from one
/// RIFF of an OpenDML file to the next, wherever it begins.
///
/// hmmio: the file, positioned at a chunk.
///
/// pmmcki: holds ckid (MMIO_FINDCHUNK) or fccType (MMIO_FINDRIFF, MMIO_FINDLIST), 0 for any; receives the chunk: ckid
/// (RIFF for RF64 and BW64), cksize, fccType (0 unless it is RIFF or LIST), dataOffset, and 0 in dwFlags and reserved. A
/// cksize of 18446744073709551615 is not known: the chunk extends to the end of the file.
///
/// pmmckiParent: NULL, or the chunk to search in: the position must be inside it. A search by name finds what
/// begins in it, though it ends outside. Without a parent the search goes to the end of the file.
///
/// uFlags: 0 for the chunk at the position; or one of MMIO_FINDCHUNK, MMIO_FINDRIFF and MMIO_FINDLIST, to
/// search it and its siblings.
///
/// Returns 0: the position is behind the form or list type of a RIFF or LIST chunk, else at the data;
/// MMIOERR_CHUNKNOTFOUND: pmmcki holds the last header read, and the position is where it was;
/// MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only; MMIOERR_CANNOTSEEK: the
/// procedure could not go back behind ds64; MMIOERR_OUTOFMEMORY: no memory for what ds64 has; MMSYSERR_INVALPARAM:
/// pmmcki is NULL, or more than one flag is set; MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// # Safety
/// - hmmio: any value.
/// - pmmcki: NULL, or an MMSYS_CKINFO64.
/// - pmmckiParent: NULL, or an MMSYS_CKINFO64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_descend64(
    hmmio: HMMIO,
    pmmcki: *mut MMSYS_CKINFO64,
    pmmckiParent: *const MMSYS_CKINFO64,
    uFlags: UINT,
) -> MMRESULT {
    traced!(
        Ext mmsys_descend64(
            hmmio: Handle(hmmio),
            // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
            pmmcki: Value::Chunk64(unsafe { Chunk64::new(pmmcki) }, searched_members(uFlags)),
            // SAFETY: as above.
            pmmckiParent: Value::Chunk64(unsafe { Chunk64::new(pmmckiParent.cast_mut()) }, &[Member::Code, Member::Size, Member::Data]),
            uFlags: Flags(names::DESCEND, uFlags),
        ),
        // SAFETY: as above.
        move |shown, &answer| unsafe { show_chunk(shown, answer, pmmcki, ALL) }
    );
    // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
    let (chunk, parent) = unsafe { (Chunk64::new(pmmcki), Chunk64::new(pmmckiParent.cast_mut())) };
    status_on(hmmio, &|file| {
        file.descend64(chunk.ok_or(Error::InvalidParam)?, parent.map(Extent::from), find(uFlags)?)
    })
}

/// Shows a result, and what a caller got with it in its chunk.
///
/// # Safety
/// - `chunk` must be NULL or point to an `MMSYS_CKINFO64`.
unsafe fn show_chunk(
    shown: &mut Shown,
    answer: MMRESULT,
    chunk: *mut MMSYS_CKINFO64,
    members: &'static [Member],
) {
    shown.result(Value::Status(answer));
    if !chunk.is_null() && answer == MMSYSERR_NOERROR {
        // SAFETY: the caller's promise.
        shown.with("pmmcki", Value::Chunk64(unsafe { Chunk64::new(chunk) }, members));
    }
}

/// Leaves a chunk, as mmioAscend does, with positions and sizes of 64 bits: goes to its end, the pad byte of an odd size
/// included.
///
/// hmmio: the file.
///
/// pmmcki: the chunk, from mmsys_descend64 or mmsys_create_chunk64. One that was created (MMIO_DIRTY in dwFlags) ends at
/// the current position: an odd size gets its pad byte, and a cksize that differs is corrected, in the file and in the
/// structure. A chunk of 4 GiB - 1 or more, in a RIFF that was created for that (MMSYS_RF64, or MMSYSTEM_RF64=auto in the
/// environment), makes an RF64 of it.
///
/// uFlags: 0.
///
/// Returns 0; MMIOERR_CANNOTSEEK: the file cannot be positioned at the end of the chunk; MMIOERR_CANNOTWRITE: the pad byte
/// or the size could not be written, or the size does not fit into its field and the RIFF is not one that can become an
/// RF64, or the table of ds64 is full; the call can be made again; MMSYSERR_INVALPARAM: pmmcki is NULL;
/// MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// # Safety
/// - hmmio: any value.
/// - pmmcki: NULL, or an MMSYS_CKINFO64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_ascend64(hmmio: HMMIO, pmmcki: *mut MMSYS_CKINFO64, uFlags: UINT) -> MMRESULT {
    traced!(
        Ext mmsys_ascend64(
            hmmio: Handle(hmmio),
            // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
            pmmcki: Value::Chunk64(unsafe { Chunk64::new(pmmcki) }, CREATED),
            uFlags: Flags(names::NONE, uFlags),
        ),
        // SAFETY: as above.
        move |shown, &answer| unsafe { show_chunk(shown, answer, pmmcki, &[Member::Size]) }
    );
    // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
    let chunk = unsafe { Chunk64::new(pmmcki) };
    status_on(hmmio, &|file| file.ascend64(chunk.ok_or(Error::InvalidParam)?))
}

/// Creates a chunk at the current position, as mmioCreateChunk does, with a position and a size of 64 bits, and enters it.
///
/// hmmio: the file.
///
/// pmmcki: holds ckid, cksize (a guess; mmsys_ascend64 corrects it; 2^63 or more if it is not known) and, for a RIFF or LIST
/// chunk, fccType; receives dataOffset, MMIO_DIRTY in dwFlags, and 0 in reserved. A cksize of 4294967295 or more makes an
/// RF64 at once, where the RIFF is one that can become one.
///
/// uFlags: 0, MMIO_CREATERIFF (ckid becomes RIFF) or MMIO_CREATELIST (ckid becomes LIST). For a RIFF at the beginning of a
/// file also MMSYS_RF64: it is created with room for a chunk ds64 behind its form type, and becomes an RF64 when a chunk in
/// it, or the RIFF itself, reaches 4 GiB - 1.
///
/// Returns 0: the position is behind the header, form or list type and what is reserved for ds64 included;
/// MMIOERR_CANNOTWRITE: the header could not be written, or the size does not fit into its field, and the position is where
/// it was; MMIOERR_OUTOFMEMORY: no memory; MMSYSERR_INVALPARAM: pmmcki is NULL, or both flags are set, or MMSYS_RF64 for
/// another chunk; MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// # Safety
/// - hmmio: any value.
/// - pmmcki: NULL, or an MMSYS_CKINFO64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_create_chunk64(
    hmmio: HMMIO,
    pmmcki: *mut MMSYS_CKINFO64,
    uFlags: UINT,
) -> MMRESULT {
    traced!(
        Ext mmsys_create_chunk64(
            hmmio: Handle(hmmio),
            // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
            pmmcki: Value::Chunk64(unsafe { Chunk64::new(pmmcki) }, created_members(uFlags & !MMSYS_RF64)),
            uFlags: Flags(names::CREATE64, uFlags),
        ),
        // SAFETY: as above.
        move |shown, &answer| unsafe { show_chunk(shown, answer, pmmcki, CREATED) }
    );
    // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
    let chunk = unsafe { Chunk64::new(pmmcki) };
    status_on(hmmio, &|file| {
        let chunk = chunk.ok_or(Error::InvalidParam)?;
        match uFlags & (MMIO_CREATERIFF | MMIO_CREATELIST) {
            0 => {}
            MMIO_CREATERIFF => chunk.set_code(FourCc::RIFF.0),
            MMIO_CREATELIST => chunk.set_code(FourCc::LIST.0),
            _ => return Err(Error::InvalidParam),
        }
        file.create_chunk64(chunk, uFlags & MMSYS_RF64 != 0)
    })
}
