//! Chunks of RIFF files.

use super::status;
use crate::abi::{
    HMMIO, LPCMMCKINFO, LPMMCKINFO, MMIO_CREATELIST, MMIO_CREATERIFF, MMIO_FINDCHUNK, MMIO_FINDLIST,
    MMIO_FINDRIFF, MMRESULT, MMSYSERR_INVALHANDLE, MMSYSERR_NOERROR, UINT,
};
use crate::error::Error;
use crate::file::File;
use crate::file::riff::extent::Extent;
use crate::file::riff::scan::{self, Find};
use crate::fourcc::FourCc;
use crate::handles;
use crate::memory::{Chunk, Lease};
use crate::trace::Value::{self, Flags, Handle};
use crate::trace::{ALL, CREATED, Member, Shown, names};

/// Runs a call that reads and changes the caller's chunk: `fast`, if the lease is enough for that, else `call`.
#[inline(always)]
fn with_chunk(
    hmmio: HMMIO,
    chunk: Option<Chunk<'_>>,
    fast: impl Fn(&Lease, Chunk<'_>) -> bool + Copy,
    call: impl FnOnce(&File, Chunk<'_>) -> Result<(), Error>,
) -> MMRESULT {
    // The chunk is looked at only under the lock: another thread may be changing it with the file.
    let fast = move |lease: &Lease| chunk.is_some_and(|chunk| fast(lease, chunk)).then_some(MMSYSERR_NOERROR);
    let call = |file: &File| call(file, chunk.ok_or(Error::InvalidParam)?);
    handles::with_lease(hmmio, fast, fast, |file| status(file.run(call))).unwrap_or(MMSYSERR_INVALHANDLE)
}

/// Finds a chunk and enters it.
///
/// hmmio: the file, positioned at a chunk.
///
/// pmmcki: holds ckid (MMIO_FINDCHUNK) or fccType (MMIO_FINDRIFF, MMIO_FINDLIST), 0 for any; receives the
/// chunk: ckid, cksize, fccType (0 unless it is RIFF or LIST), dwDataOffset, and dwFlags 0.
///
/// pmmckiParent: NULL, or the chunk to search in: the position must be inside it. A search by name finds what
/// begins in it, though it ends outside (ours). Without a parent the search goes to the end of the file.
///
/// uFlags: 0 for the chunk at the position; or one of MMIO_FINDCHUNK, MMIO_FINDRIFF and MMIO_FINDLIST, to
/// search it and its siblings.
///
/// Returns 0: the position is behind the form or list type of a RIFF or LIST chunk, else at the data;
/// MMIOERR_CHUNKNOTFOUND: pmmcki holds the last header read (win), and the position is where it was (ours);
/// MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only; MMSYSERR_INVALPARAM:
/// pmmcki is NULL, or more than one flag is set; MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: doc. A parent of size 4294967295 was streamed, and reaches to the end of the file (ours). RF64 and BW64 at the
/// beginning of a file are read as RIFF, with the sizes of ds64; one that 32 bits do not hold is 4294967295 (ours).
///
/// # Safety
/// - hmmio: any value.
/// - pmmcki: NULL, or an MMCKINFO.
/// - pmmckiParent: NULL, or an MMCKINFO.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioDescend(
    hmmio: HMMIO,
    pmmcki: LPMMCKINFO,
    pmmckiParent: LPCMMCKINFO,
    uFlags: UINT,
) -> MMRESULT {
    traced!(
        Riff mmioDescend(
            hmmio: Handle(hmmio),
            // SAFETY: NULL or an MMCKINFO, the caller promises.
            pmmcki: Value::Chunk(unsafe { Chunk::new(pmmcki) }, searched_members(uFlags)),
            // SAFETY: as above.
            pmmckiParent: Value::Chunk(unsafe { Chunk::new(pmmckiParent.cast_mut()) }, &[Member::Code, Member::Size, Member::Data]),
            uFlags: Flags(names::DESCEND, uFlags),
        ),
        // SAFETY: as above.
        move |shown, &answer| unsafe { show_chunk(shown, answer, pmmcki, ALL) }
    );
    // SAFETY: NULL or an MMCKINFO, the caller promises.
    let (chunk, parent) = unsafe { (Chunk::new(pmmcki), Chunk::new(pmmckiParent.cast_mut())) };
    with_chunk(
        hmmio,
        chunk,
        |lease, chunk| uFlags == 0 && scan::descend(lease, chunk, parent),
        |file, chunk| file.descend(chunk, parent.map(Extent::from), find(uFlags)?),
    )
}

/// What mmioDescend looks for.
pub(super) fn find(flags: UINT) -> Result<Find, Error> {
    match flags & (MMIO_FINDCHUNK | MMIO_FINDRIFF | MMIO_FINDLIST) {
        0 => Ok(Find::Any),
        MMIO_FINDCHUNK => Ok(Find::Chunk),
        MMIO_FINDRIFF => Ok(Find::Riff),
        MMIO_FINDLIST => Ok(Find::List),
        _ => Err(Error::InvalidParam),
    }
}

/// The members of the caller's chunk that say what it looks for.
pub(super) fn searched_members(flags: UINT) -> &'static [Member] {
    match find(flags) {
        Ok(Find::Chunk) => &[Member::Code],
        Ok(Find::Riff | Find::List) => &[Member::Form],
        _ => &[],
    }
}

/// Shows a result, and what a caller got with it in its chunk.
///
/// # Safety
/// - `chunk` must be NULL or point to an `MMCKINFO`.
unsafe fn show_chunk(shown: &mut Shown, answer: MMRESULT, chunk: LPMMCKINFO, members: &'static [Member]) {
    shown.result(Value::Status(answer));
    if !chunk.is_null() && answer == MMSYSERR_NOERROR {
        // SAFETY: the caller's promise.
        shown.with("pmmcki", Value::Chunk(unsafe { Chunk::new(chunk) }, members));
    }
}

/// Leaves a chunk: goes to its end, the pad byte of an odd size included.
///
/// hmmio: the file.
///
/// pmmcki: the chunk, from mmioDescend or mmioCreateChunk. One that was created (MMIO_DIRTY in dwFlags) ends
/// at the current position: an odd size gets its pad byte, and a cksize that differs is corrected, in the
/// file and in the structure.
///
/// uFlags: 0.
///
/// Returns 0; MMIOERR_CANNOTSEEK: the file cannot be positioned at the end of the chunk; MMIOERR_CANNOTWRITE:
/// the pad byte or the size could not be written, and the call can be made again; MMSYSERR_INVALPARAM: pmmcki
/// is NULL; MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: doc. A chunk of more than 4294967295 bytes cannot be written, unless MMSYSTEM_RF64=auto was set when its RIFF was
/// created: that becomes an RF64 (ours).
///
/// # Safety
/// - hmmio: any value.
/// - pmmcki: NULL, or an MMCKINFO.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioAscend(hmmio: HMMIO, pmmcki: LPMMCKINFO, uFlags: UINT) -> MMRESULT {
    traced!(
        Riff mmioAscend(
            hmmio: Handle(hmmio),
            // SAFETY: NULL or an MMCKINFO, the caller promises.
            pmmcki: Value::Chunk(unsafe { Chunk::new(pmmcki) }, CREATED),
            uFlags: Flags(names::NONE, uFlags),
        ),
        // SAFETY: as above.
        move |shown, &answer| unsafe { show_chunk(shown, answer, pmmcki, &[Member::Size]) }
    );
    // SAFETY: NULL or an MMCKINFO, the caller promises.
    let chunk = unsafe { Chunk::new(pmmcki) };
    with_chunk(hmmio, chunk, scan::ascend, |file, chunk| file.ascend(chunk))
}

/// Creates a chunk at the current position, and enters it.
///
/// hmmio: the file.
///
/// pmmcki: holds ckid, cksize (a guess; mmioAscend corrects it) and, for a RIFF or LIST chunk, fccType;
/// receives dwDataOffset and MMIO_DIRTY in dwFlags.
///
/// uFlags: 0, MMIO_CREATERIFF (ckid becomes RIFF) or MMIO_CREATELIST (ckid becomes LIST).
///
/// Returns 0: the position is behind the header, form or list type included; MMIOERR_CANNOTWRITE: the header
/// could not be written, and the position is where it was; MMSYSERR_INVALPARAM: pmmcki is NULL, or both flags
/// are set; MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: doc. With MMSYSTEM_RF64=auto in the environment, a RIFF of the form WAVE at the beginning of a disk file is followed
/// by a chunk JUNK of 28 bytes, for the sizes of an RF64 (ours).
///
/// # Safety
/// - hmmio: any value.
/// - pmmcki: NULL, or an MMCKINFO.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioCreateChunk(hmmio: HMMIO, pmmcki: LPMMCKINFO, uFlags: UINT) -> MMRESULT {
    traced!(
        Riff mmioCreateChunk(
            hmmio: Handle(hmmio),
            // SAFETY: NULL or an MMCKINFO, the caller promises.
            pmmcki: Value::Chunk(unsafe { Chunk::new(pmmcki) }, created_members(uFlags)),
            uFlags: Flags(names::CREATE, uFlags),
        ),
        // SAFETY: as above.
        move |shown, &answer| unsafe { show_chunk(shown, answer, pmmcki, CREATED) }
    );
    // SAFETY: NULL or an MMCKINFO, the caller promises.
    let chunk = unsafe { Chunk::new(pmmcki) };
    with_chunk(
        hmmio,
        chunk,
        |lease, chunk| uFlags == 0 && scan::create(lease, chunk),
        |file, chunk| {
            match uFlags & (MMIO_CREATERIFF | MMIO_CREATELIST) {
                0 => {}
                MMIO_CREATERIFF => chunk.set_code(FourCc::RIFF.0),
                MMIO_CREATELIST => chunk.set_code(FourCc::LIST.0),
                _ => return Err(Error::InvalidParam),
            }
            file.create_chunk(chunk)
        },
    )
}

/// The members of the caller's chunk that say what to create.
pub(super) fn created_members(flags: UINT) -> &'static [Member] {
    if flags == 0 { &[Member::Code, Member::Size, Member::Type] } else { &[Member::Size, Member::Form] }
}
