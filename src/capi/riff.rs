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
use crate::trace::{ALL_MEMBERS, CREATED_MEMBERS, Member, Shown, names};

/// Runs a call that reads and changes the caller's chunk: `fast` if the lease suffices, otherwise `call`.
#[inline(always)]
fn with_chunk(
    hmmio: HMMIO,
    chunk: Option<Chunk<'_>>,
    fast: impl Fn(&Lease, Chunk<'_>) -> bool + Copy,
    call: impl FnOnce(&File, Chunk<'_>) -> Result<(), Error>,
) -> MMRESULT {
    // The chunk is read under the lock only: another thread may be changing it in a call on the same file.
    let fast = move |lease: &Lease| chunk.is_some_and(|chunk| fast(lease, chunk)).then_some(MMSYSERR_NOERROR);
    let call = |file: &File| call(file, chunk.ok_or(Error::InvalidParam)?);
    handles::with_lease(hmmio, fast, fast, |file| status(file.run(call))).unwrap_or(MMSYSERR_INVALHANDLE)
}

/// Enters a chunk of a RIFF file, or finds one and enters it.
///
/// A chunk is a code of four characters, the size of its data in 32 bits, and the data. The data of a RIFF or
/// LIST chunk is a form or list type of four characters, and further chunks. mmioDescend reads the header of a
/// chunk into pmmcki and moves the position to its data: after the form or list type, if it has one. mmioAscend
/// then moves the position past the chunk.
///
/// A search begins with the chunk at the position and continues with its siblings; it does not look into them.
/// With a parent it ends at the end of the parent, but a search for a code or a type also finds a chunk that
/// begins inside the parent and ends outside. Without a parent, or if the size of the parent is 4294967295, as
/// programs write it to streams, it ends at the end of the file. If nothing is found, the position does not
/// change.
///
/// A file that begins with RF64 or BW64 is read as a RIFF file, with the sizes of its ds64 chunk. A size that 32
/// bits do not hold is 4294967295 in cksize, and mmioAscend uses the true one. mmsys_descend64 returns it.
///
/// hmmio: the file.
///
/// pmmcki: holds what to search for, or 0 for any chunk: a code in ckid with MMIO_FINDCHUNK, a type in fccType
/// with MMIO_FINDRIFF or MMIO_FINDLIST. Receives the chunk: ckid, cksize, fccType (0 unless it is a RIFF or
/// LIST chunk), dwDataOffset, and 0 in dwFlags.
///
/// pmmckiParent: NULL, or the chunk to search in, from mmioDescend. The position must be inside it.
///
/// uFlags: 0 to enter the chunk at the position; to search, one of MMIO_FINDCHUNK, MMIO_FINDRIFF and
/// MMIO_FINDLIST.
///
/// Returns 0, or on failure:
/// - MMIOERR_CHUNKNOTFOUND: there is no such chunk. pmmcki holds the last header that was read.
/// - MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only.
/// - MMIOERR_CANNOTSEEK: the I/O procedure could not seek back after ds64 was read.
/// - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64.
/// - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has more than one flag.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation. What pmmcki holds if nothing is found was verified on Windows. The
/// documentation does not say where the position is then. Chunks that end outside the parent are found because
/// there are many files whose RIFF size is a few bytes too small.
///
/// Example: Finds the samples of a WAV file.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
///
/// int main(void)
/// {
///     char name[] = "sound.wav";
///     HMMIO file = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
///     MMCKINFO riff, data;
///     riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
///     data.ckid = mmioFOURCC('d', 'a', 't', 'a');
///     if (mmioDescend(file, &riff, NULL, MMIO_FINDRIFF) != 0
///         || mmioDescend(file, &data, &riff, MMIO_FINDCHUNK) != 0) {
///         printf("%s: no samples found\n", name);
///         return 1;
///     }
///     printf("%u bytes of samples at offset %u\n",
///            (unsigned)data.cksize, (unsigned)data.dwDataOffset);
///     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioDescend(
    hmmio: HMMIO,
    pmmcki: LPMMCKINFO,
    pmmckiParent: LPCMMCKINFO,
    uFlags: UINT,
) -> MMRESULT {
    // SAFETY: each is NULL or an MMCKINFO, the caller promises.
    let (chunk, parent) = unsafe { (Chunk::new(pmmcki), Chunk::new(pmmckiParent.cast_mut())) };
    traced!(
        Riff,
        mmioDescend(
            hmmio = Handle(hmmio),
            pmmcki = Value::Chunk(chunk, searched_members(uFlags)),
            pmmckiParent = Value::Chunk(parent, &[Member::Code, Member::Size, Member::Data]),
            uFlags = Flags(names::DESCEND, uFlags)
        ),
        move |shown, &status| show_chunk(shown, status, chunk, ALL_MEMBERS),
        with_chunk(
            hmmio,
            chunk,
            |lease, chunk| uFlags == 0 && scan::descend(lease, chunk, parent),
            |file, chunk| file.descend(chunk, parent.map(Extent::from), find(uFlags)?),
        )
    )
}

/// What mmioDescend searches for.
pub(super) fn find(flags: UINT) -> Result<Find, Error> {
    match flags & (MMIO_FINDCHUNK | MMIO_FINDRIFF | MMIO_FINDLIST) {
        0 => Ok(Find::Any),
        MMIO_FINDCHUNK => Ok(Find::Chunk),
        MMIO_FINDRIFF => Ok(Find::Riff),
        MMIO_FINDLIST => Ok(Find::List),
        _ => Err(Error::InvalidParam),
    }
}

/// The members of the caller's chunk that mmioDescend reads, for the trace.
pub(super) fn searched_members(flags: UINT) -> &'static [Member] {
    match find(flags) {
        Ok(Find::Chunk) => &[Member::Code],
        Ok(Find::Riff | Find::List) => &[Member::Form],
        _ => &[],
    }
}

/// Traces a result, and the chunk that the caller received.
fn show_chunk(shown: &mut Shown, status: MMRESULT, chunk: Option<Chunk<'_>>, members: &'static [Member]) {
    shown.result(Value::Status(status));
    if chunk.is_some() && status == MMSYSERR_NOERROR {
        shown.with("pmmcki", Value::Chunk(chunk, members));
    }
}

/// Leaves a chunk of a RIFF file.
///
/// The position moves to the end of the chunk, after the pad byte if the size is odd. A chunk that
/// mmioCreateChunk created ends at the current position: mmioAscend writes the pad byte, corrects the size in
/// the file and in pmmcki if it differs, and clears MMIO_DIRTY. A chunk of more than 4294967295 bytes is an
/// error, unless MMSYSTEM_RF64=auto was set in the environment when its RIFF chunk was created: then the file
/// becomes an RF64. A size that was read from the ds64 chunk of an RF64 is corrected there, and may be larger.
///
/// hmmio: the file.
///
/// pmmcki: the chunk, from mmioDescend or mmioCreateChunk. dwFlags is MMIO_DIRTY for one that was created.
///
/// uFlags: 0.
///
/// Returns 0, or on failure:
/// - MMIOERR_CANNOTSEEK: the position cannot be moved to the end of the chunk.
/// - MMIOERR_CANNOTWRITE: the pad byte or the size could not be written, or the size does not fit into its field
///   and the file cannot become an RF64. The call can be repeated.
/// - MMSYSERR_INVALPARAM: pmmcki is NULL.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioAscend(hmmio: HMMIO, pmmcki: LPMMCKINFO, uFlags: UINT) -> MMRESULT {
    // SAFETY: NULL or an MMCKINFO, the caller promises.
    let chunk = unsafe { Chunk::new(pmmcki) };
    traced!(
        Riff,
        mmioAscend(
            hmmio = Handle(hmmio),
            pmmcki = Value::Chunk(chunk, CREATED_MEMBERS),
            uFlags = Flags(names::NONE, uFlags)
        ),
        move |shown, &status| show_chunk(shown, status, chunk, &[Member::Size]),
        with_chunk(hmmio, chunk, scan::ascend, |file, chunk| file.ascend(chunk))
    )
}

/// Creates a chunk at the current position and enters it.
///
/// mmioCreateChunk writes the header of the chunk: its code, its size, and the form or list type of a RIFF or
/// LIST chunk. The program then writes the data, or creates chunks inside the chunk, and ends it with
/// mmioAscend. After a failure the position is where it was.
///
/// With MMSYSTEM_RF64=auto in the environment a RIFF chunk of the form WAVE, at the beginning of a new file, is
/// followed by a JUNK chunk of 28 bytes, which holds the sizes if the file becomes an RF64.
///
/// hmmio: the file.
///
/// pmmcki: holds ckid, cksize (it may be a guess, which mmioAscend corrects) and, for a RIFF or LIST chunk,
/// fccType. Receives dwDataOffset, and MMIO_DIRTY in dwFlags.
///
/// uFlags: 0, MMIO_CREATERIFF (ckid becomes RIFF) or MMIO_CREATELIST (ckid becomes LIST).
///
/// Returns 0, or on failure:
/// - MMIOERR_CANNOTWRITE: the header could not be written, or dwDataOffset cannot hold the position of the data.
/// - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64, with MMSYSTEM_RF64=auto.
/// - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has both flags.
/// - MMSYSERR_INVALHANDLE: hmmio is not an open file.
///
/// Source: Microsoft's documentation.
///
/// Example: Writes a WAV file of four samples.
/// ```c
/// #include <mmsystem.h>
/// #include <stdio.h>
///
/// static MMRESULT WriteChunk(HMMIO file, FOURCC code,
///                            const void *data, LONG size)
/// {
///     MMCKINFO chunk = {code, 0, 0, 0, 0};
///     MMRESULT error = mmioCreateChunk(file, &chunk, 0);
///     if (error != MMSYSERR_NOERROR)
///         return error;
///     if (mmioWrite(file, (HPCSTR)data, size) != size)
///         return MMIOERR_CANNOTWRITE;
///     return mmioAscend(file, &chunk, 0);
/// }
///
/// int main(void)
/// {
///     PCMWAVEFORMAT pcm = {{WAVE_FORMAT_PCM, 1, 8000, 8000, 1}, 8};
///     static const BYTE samples[] = {96, 160, 96, 160};
///     char name[] = "new.wav";
///     HMMIO file = mmioOpen(name, NULL, MMIO_CREATE | MMIO_ALLOCBUF);
///     MMCKINFO riff = {0, 0, mmioFOURCC('W', 'A', 'V', 'E'), 0, 0};
///     if (mmioCreateChunk(file, &riff, MMIO_CREATERIFF) != 0
///         || WriteChunk(file, mmioFOURCC('f', 'm', 't', ' '),
///                       &pcm, sizeof(pcm)) != 0
///         || WriteChunk(file, mmioFOURCC('d', 'a', 't', 'a'),
///                       samples, sizeof(samples)) != 0
///         || mmioAscend(file, &riff, 0) != 0)
///         return 1;
///     printf("%s has %u bytes\n", name, (unsigned)riff.cksize + 8);
///     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmioCreateChunk(hmmio: HMMIO, pmmcki: LPMMCKINFO, uFlags: UINT) -> MMRESULT {
    // SAFETY: NULL or an MMCKINFO, the caller promises.
    let chunk = unsafe { Chunk::new(pmmcki) };
    traced!(
        Riff,
        mmioCreateChunk(
            hmmio = Handle(hmmio),
            pmmcki = Value::Chunk(chunk, created_members(uFlags)),
            uFlags = Flags(names::CREATE, uFlags)
        ),
        move |shown, &status| show_chunk(shown, status, chunk, CREATED_MEMBERS),
        with_chunk(
            hmmio,
            chunk,
            |lease, chunk| uFlags == 0 && scan::create(lease, chunk),
            |file, chunk| {
                if let Some(code) = created_code(uFlags)? {
                    chunk.set_code(code);
                }
                file.create_chunk(chunk)
            },
        )
    )
}

/// The code that the flags of mmioCreateChunk request.
pub(super) fn created_code(flags: UINT) -> Result<Option<u32>, Error> {
    match flags & (MMIO_CREATERIFF | MMIO_CREATELIST) {
        0 => Ok(None),
        MMIO_CREATERIFF => Ok(Some(FourCc::RIFF.0)),
        MMIO_CREATELIST => Ok(Some(FourCc::LIST.0)),
        _ => Err(Error::InvalidParam),
    }
}

/// The members of the caller's chunk that mmioCreateChunk reads, for the trace.
pub(super) fn created_members(flags: UINT) -> &'static [Member] {
    if flags == 0 { &[Member::Code, Member::Size, Member::Type] } else { &[Member::Size, Member::Form] }
}
