//! Chunks with positions and sizes of 64 bits: `mmsystem_ext.h`.

use super::riff::{created_code, created_members, find, searched_members};
use super::status_on;
use crate::abi::{HMMIO, MMRESULT, MMSYS_CKINFO64, MMSYS_RF64, MMSYSERR_NOERROR, UINT};
use crate::error::Error;
use crate::file::riff::extent::Extent;
use crate::memory::Chunk64;
use crate::trace::Value::{self, Flags, Handle};
use crate::trace::{ALL_MEMBERS, CREATED_MEMBERS, Member, Shown, names};

/// Enters a chunk, or finds one and enters it, with positions and sizes of 64 bits.
///
/// It does what mmioDescend does. In a file that begins with RF64 or BW64 the sizes are those of its ds64 chunk.
/// Without a parent a search goes from one RIFF chunk of an OpenDML file to the next, wherever it begins.
///
/// hmmio: the file.
///
/// pmmcki: holds what to search for, or 0 for any chunk: a code in ckid with MMIO_FINDCHUNK, a type in fccType
/// with MMIO_FINDRIFF or MMIO_FINDLIST. Receives the chunk: ckid, which is RIFF for RF64 and BW64, cksize, fccType,
/// which is 0 unless it is a RIFF or LIST chunk, dataOffset, and 0 in dwFlags and reserved. A cksize of
/// 18446744073709551615 means that the size is unknown: the chunk extends to the end of the file.
///
/// pmmckiParent: NULL, or the chunk to search in, from mmsys_descend64. The position must be inside it.
///
/// uFlags: 0 to enter the chunk at the position; to search, one of MMIO_FINDCHUNK, MMIO_FINDRIFF and
/// MMIO_FINDLIST.
///
/// Returns 0, or on failure, after which the position is where it was:
/// - MMIOERR_CHUNKNOTFOUND: there is no such chunk. pmmcki holds the last header that was read.
/// - MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only.
/// - MMIOERR_CANNOTSEEK: the I/O procedure could not seek back after ds64 was read.
/// - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64.
/// - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has more than one flag.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_descend64(
    hmmio: HMMIO,
    pmmcki: *mut MMSYS_CKINFO64,
    pmmckiParent: *const MMSYS_CKINFO64,
    uFlags: UINT,
) -> MMRESULT {
    // SAFETY: each is NULL or an MMSYS_CKINFO64, the caller promises.
    let (chunk, parent) = unsafe { (Chunk64::new(pmmcki), Chunk64::new(pmmckiParent.cast_mut())) };
    traced!(
        Ext,
        mmsys_descend64(
            hmmio = Handle(hmmio),
            pmmcki = Value::Chunk64(chunk, searched_members(uFlags)),
            pmmckiParent = Value::Chunk64(parent, &[Member::Code, Member::Size, Member::Data]),
            uFlags = Flags(names::DESCEND, uFlags)
        ),
        move |shown, &status| show_chunk(shown, status, chunk, ALL_MEMBERS),
        status_on(hmmio, &|file| {
            file.descend64(chunk.ok_or(Error::InvalidParam)?, parent.map(Extent::from), find(uFlags)?)
        })
    )
}

/// Traces a result, and the chunk that the caller received.
fn show_chunk(shown: &mut Shown, status: MMRESULT, chunk: Option<Chunk64<'_>>, members: &'static [Member]) {
    shown.result(Value::Status(status));
    if chunk.is_some() && status == MMSYSERR_NOERROR {
        shown.with("pmmcki", Value::Chunk64(chunk, members));
    }
}

/// Leaves a chunk, with positions and sizes of 64 bits.
///
/// It does what mmioAscend does: the position moves to the end of the chunk, after the pad byte if the size is
/// odd. A chunk that mmsys_create_chunk64 created ends at the current position: the pad byte is written, and the
/// size is corrected in the file and in pmmcki if it differs. A size of 4294967295 or more, in a RIFF chunk
/// that was created with MMSYS_RF64 or with MMSYSTEM_RF64=auto in the environment, makes the file an RF64. A
/// size that was read from the ds64 chunk of an RF64 is corrected there.
///
/// hmmio: the file.
///
/// pmmcki: the chunk, from mmsys_descend64 or mmsys_create_chunk64. dwFlags is MMIO_DIRTY for one that was
/// created.
///
/// uFlags: 0.
///
/// Returns 0, or on failure:
/// - MMIOERR_CANNOTSEEK: the position cannot be moved to the end of the chunk.
/// - MMIOERR_CANNOTWRITE: the pad byte or the size could not be written; or the size does not fit into its field
///   and the RIFF chunk has no space for ds64; or the table of ds64 is full. The call can be repeated.
/// - MMSYSERR_INVALPARAM: pmmcki is NULL.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_ascend64(hmmio: HMMIO, pmmcki: *mut MMSYS_CKINFO64, uFlags: UINT) -> MMRESULT {
    // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
    let chunk = unsafe { Chunk64::new(pmmcki) };
    traced!(
        Ext,
        mmsys_ascend64(
            hmmio = Handle(hmmio),
            pmmcki = Value::Chunk64(chunk, CREATED_MEMBERS),
            uFlags = Flags(names::NONE, uFlags)
        ),
        move |shown, &status| show_chunk(shown, status, chunk, &[Member::Size]),
        status_on(hmmio, &|file| file.ascend64(chunk.ok_or(Error::InvalidParam)?))
    )
}

/// Creates a chunk at the current position and enters it, with positions and sizes of 64 bits.
///
/// It does what mmioCreateChunk does. With MMSYS_RF64 a RIFF chunk is created with space for a ds64 chunk after
/// its form type. The file becomes an RF64 when that chunk, or one in it, reaches a size of 4294967295.
///
/// hmmio: the file.
///
/// pmmcki: holds ckid, cksize and, for a RIFF or LIST chunk, fccType. cksize may be an estimate, which
/// mmsys_ascend64 corrects; 2^63 or more means that it is unknown. Receives dataOffset, MMIO_DIRTY in dwFlags, and
/// 0 in reserved. A cksize of 4294967295 or more makes the file an RF64 at once, if its RIFF chunk has space for
/// ds64.
///
/// uFlags: 0; MMIO_CREATERIFF, which sets ckid to RIFF; or MMIO_CREATELIST, which sets ckid to LIST. MMSYS_RF64 can
/// be added to MMIO_CREATERIFF for a chunk at the beginning of a file.
///
/// Returns 0, or on failure, after which the position is where it was:
/// - MMIOERR_CANNOTWRITE: the header could not be written; or the size does not fit into its field and the RIFF
///   chunk has no space for ds64; or the table of ds64 has no space for the size.
/// - MMIOERR_CANNOTSEEK: the I/O procedure could not seek to ds64 and back, to store a size given in advance; or
///   the file is a stream, and its buffer does not have ds64 any more, or has no space for it.
/// - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64.
/// - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has both MMIO flags, or MMSYS_RF64 for another chunk.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_create_chunk64(
    hmmio: HMMIO,
    pmmcki: *mut MMSYS_CKINFO64,
    uFlags: UINT,
) -> MMRESULT {
    // SAFETY: NULL or an MMSYS_CKINFO64, the caller promises.
    let chunk = unsafe { Chunk64::new(pmmcki) };
    traced!(
        Ext,
        mmsys_create_chunk64(
            hmmio = Handle(hmmio),
            pmmcki = Value::Chunk64(chunk, created_members(uFlags & !MMSYS_RF64)),
            uFlags = Flags(names::CREATE64, uFlags)
        ),
        move |shown, &status| show_chunk(shown, status, chunk, CREATED_MEMBERS),
        status_on(hmmio, &|file| {
            let chunk = chunk.ok_or(Error::InvalidParam)?;
            if let Some(code) = created_code(uFlags)? {
                chunk.set_code(code);
            }
            file.create_chunk64(chunk, uFlags & MMSYS_RF64 != 0)
        })
    )
}
