//! The options of `mmioOpen` and `mmioRename` in the caller's `MMIOINFO`.

use crate::abi::{self, DWORD, FOURCC, HPSTR, HTASK, LONG, LPCMMIOINFO, LPMMIOPROC, MMIOINFO};
use crate::error::Error;
use crate::file::OpenRequest;
use crate::fourcc::FourCc;
use crate::memory::Block;
use crate::name::{Encoding, Name};
use crate::procs::call::Procedure;
use crate::procs::choose;
use core::ptr;

/// For [`OpenParams::read`]: a rename reads the members that a deletion reads, and no buffer.
pub(super) const MEMBERS_FOR_RENAME: DWORD = abi::MMIO_DELETE;

/// The options in a caller's structure.
#[derive(Clone, Copy)]
pub(super) struct OpenParams {
    pub code: FOURCC,
    procedure: LPMMIOPROC,
    htask: HTASK,
    pub size: LONG,
    pub buffer: HPSTR,
    pub words: [DWORD; 3],
    reserved: [DWORD; 2],
}

impl OpenParams {
    pub(super) const NONE: OpenParams = OpenParams {
        code: 0,
        procedure: None,
        htask: ptr::null_mut(),
        size: 0,
        buffer: ptr::null_mut(),
        words: [0; 3],
        reserved: [0; 2],
    };

    /// Reads the members that an `mmioOpen` with these flags uses; the others may be uninitialised.
    ///
    /// # Safety
    /// - `info` must be NULL or point to an `MMIOINFO`.
    #[inline]
    pub unsafe fn read(info: LPCMMIOINFO, flags: DWORD) -> Option<OpenParams> {
        if info.is_null() {
            return None;
        }
        if flags & (abi::MMIO_PARSE | abi::MMIO_EXIST | abi::MMIO_GETTEMP) != 0 {
            return Some(OpenParams::NONE);
        }
        let has_buffer = flags & abi::MMIO_DELETE == 0;
        // Member by member, as the caller has just written them: see `Chunk`.
        // SAFETY: the caller's promise; the structure is packed, and any address is aligned.
        unsafe {
            Some(OpenParams {
                code: (&raw const (*info).fccIOProc).read_unaligned(),
                procedure: (&raw const (*info).pIOProc).read_unaligned(),
                htask: (&raw const (*info).htask).read_unaligned(),
                size: if has_buffer { (&raw const (*info).cchBuffer).read_unaligned() } else { 0 },
                buffer: match has_buffer {
                    true => (&raw const (*info).pchBuffer).read_unaligned(),
                    false => ptr::null_mut(),
                },
                words: (&raw const (*info).adwInfo).read_unaligned(),
                reserved: [
                    (&raw const (*info).dwReserved1).read_unaligned(),
                    (&raw const (*info).dwReserved2).read_unaligned(),
                ],
            })
        }
    }

    /// The same, for the trace.
    ///
    /// # Safety
    /// - As for [`OpenParams::read`].
    #[cold]
    #[inline(never)]
    pub unsafe fn for_trace(info: LPCMMIOINFO, flags: DWORD) -> Option<MMIOINFO> {
        // SAFETY: the caller's promise.
        let OpenParams { code, procedure, size, buffer, words, .. } =
            unsafe { OpenParams::read(info, flags) }?;
        let named = MMIOINFO { fccIOProc: code, pIOProc: procedure, adwInfo: words, ..MMIOINFO::EMPTY };
        Some(MMIOINFO { cchBuffer: size, pchBuffer: buffer, ..named })
    }

    /// The procedure for a file of this name.
    ///
    /// # Safety
    /// - The procedure in the options must be none or an I/O procedure.
    #[inline]
    pub unsafe fn choose(
        &self,
        name: Option<&Name>,
        encoding: Encoding,
    ) -> Result<(FourCc, Procedure), Error> {
        // SAFETY: the caller's promise.
        let given = self.procedure.map(|address| unsafe { Procedure::new(address, encoding) });
        choose(given, FourCc(self.code), name, encoding)
    }

    /// The request to open a file or, without a block, to send a message about its name.
    #[inline]
    pub fn request(&self, code: FourCc, procedure: Procedure, flags: DWORD, block: Block) -> OpenRequest {
        let OpenParams { htask, words, reserved, .. } = *self;
        OpenRequest { code, procedure, backing: None, flags, block, htask, words, reserved }
    }
}
