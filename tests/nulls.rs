//! Each export with a NULL or bad handle, NULL pointers and negative counts. Only memory files and a
//! procedure of the test's own, so that it runs under Miri too.
#![allow(non_snake_case)]

use mmsystem::abi::*;
use mmsystem::capi::*;
use std::ptr::{self, null, null_mut};

/// No file, no wishes.
fn nothing() -> MMIOINFO {
    // SAFETY: all of its members may be zero.
    unsafe { std::mem::zeroed() }
}

fn memory_file() -> HMMIO {
    let code = u32::from_le_bytes(*b"MEM ");
    let mut info = MMIOINFO { fccIOProc: code, cchBuffer: 32, ..nothing() };
    // SAFETY: NULL for a name, and a valid structure.
    let file = unsafe { mmioOpenA(null_mut(), &mut info, MMIO_CREATE | MMIO_READWRITE) };
    assert!(!file.is_null());
    file
}

unsafe extern "C" fn idle(_: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    match message {
        MMIOM_READ | MMIOM_WRITE | MMIOM_WRITEFLUSH => second,
        MMIOM_SEEK => first,
        _ => 0,
    }
}

fn custom_file() -> HMMIO {
    let mut info = MMIOINFO { pIOProc: Some(idle), cchBuffer: 16, ..nothing() };
    // SAFETY: a C string, and a valid structure.
    let file = unsafe { mmioOpenA(c"x".as_ptr().cast_mut(), &mut info, MMIO_READWRITE) };
    assert!(!file.is_null());
    file
}

fn close(file: HMMIO) {
    // SAFETY: any handle will do.
    assert_eq!(unsafe { mmioClose(file, 0) }, MMSYSERR_NOERROR);
}

fn handle(number: usize) -> HMMIO {
    ptr::without_provenance_mut(number)
}

/// None of them is open, whatever other tests do meanwhile.
fn bad_handles() -> Vec<HMMIO> {
    let closed = memory_file();
    close(closed);
    let forged = closed.addr() ^ (1 << (usize::BITS - 1));
    [0, 1, closed.addr(), usize::MAX, forged, 257].map(handle).into()
}

/// One open file of each kind that needs no disk.
fn each_file(test: impl Fn(HMMIO)) {
    for file in [memory_file(), custom_file()] {
        test(file);
        close(file);
    }
}

// SAFETY, in all tests: what is passed is NULL or valid for what the call does; any handle will do.
#[test]
fn transfers() {
    let mut bytes = [0; 4];
    let at = bytes.as_mut_ptr();
    for bad in bad_handles() {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioRead(bad, at, 4), -1);
            assert_eq!(mmioWrite(bad, at, 4), -1);
            assert_eq!(mmioSeek(bad, 0, 0), -1);
            assert_eq!(mmioClose(bad, 0), MMSYSERR_INVALHANDLE);
        }
    }
    each_file(|file| {
        // SAFETY: as above.
        unsafe {
            for count in [1, i32::MAX, -1, i32::MIN] {
                assert_eq!(mmioRead(file, null_mut(), count), -1);
                assert_eq!(mmioWrite(file, null(), count), -1);
            }
            for count in [-1, i32::MIN] {
                assert_eq!(mmioRead(file, at, count), -1);
                assert_eq!(mmioWrite(file, at, count), -1);
            }
            assert_eq!(mmioRead(file, null_mut(), 0), 0);
            assert_eq!(mmioWrite(file, null(), 0), 0);
            assert_eq!(mmioSeek(file, 0, 7), -1);
            assert_eq!(mmioSeek(file, 0, 1), 0);
        }
    });
}

#[test]
fn direct_access() {
    let mut info = nothing();
    for bad in bad_handles() {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioGetInfo(bad, &mut info, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioSetInfo(bad, &info, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioSetBuffer(bad, null_mut(), 16, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioFlush(bad, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioAdvance(bad, null_mut(), MMIO_READ), MMSYSERR_INVALHANDLE);
        }
    }
    each_file(|file| {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioGetInfo(file, null_mut(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioSetInfo(file, null(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioSetBuffer(file, null_mut(), -1, 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioAdvance(file, null_mut(), 2), MMSYSERR_INVALPARAM);
            assert_eq!(mmioAdvance(file, null_mut(), MMIO_WRITE), MMSYSERR_NOERROR);
            assert_eq!(mmioFlush(file, MMIO_EMPTYBUF), MMSYSERR_NOERROR);
        }
    });
}

/// A stale or hostile copy of the structure is refused, whole.
#[test]
fn pointers_outside_the_buffer() {
    each_file(|file| {
        let mut good = nothing();
        // SAFETY: as above.
        unsafe { assert_eq!(mmioGetInfo(file, &mut good, 0), MMSYSERR_NOERROR) };
        let (start, end) = (good.pchBuffer, good.pchEndWrite);
        for outside in
            [null_mut(), start.wrapping_sub(1), end.wrapping_add(1), ptr::without_provenance_mut(1)]
        {
            for info in [MMIOINFO { pchNext: outside, ..good }, MMIOINFO { pchEndRead: outside, ..good }] {
                // SAFETY: as above.
                unsafe {
                    assert_eq!(mmioSetInfo(file, &info, 0), MMSYSERR_INVALPARAM);
                    assert_eq!(mmioAdvance(file, &mut { info }, MMIO_WRITE), MMSYSERR_INVALPARAM);
                }
            }
        }
    });
}

#[test]
fn chunks() {
    // SAFETY: all of its members may be zero.
    let mut chunk: MMCKINFO = unsafe { std::mem::zeroed() };
    for bad in bad_handles() {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioDescend(bad, &mut chunk, null(), 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioAscend(bad, &mut chunk, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioCreateChunk(bad, &mut chunk, 0), MMSYSERR_INVALHANDLE);
        }
    }
    each_file(|file| {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioDescend(file, null_mut(), null(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioAscend(file, null_mut(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioCreateChunk(file, null_mut(), MMIO_CREATERIFF), MMSYSERR_INVALPARAM);
        }
    });
}

#[test]
fn chunks_of_64_bits() {
    let mut chunk = MMSYS_CKINFO64::default();
    for bad in bad_handles() {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmsys_descend64(bad, &mut chunk, null(), 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmsys_ascend64(bad, &mut chunk, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmsys_create_chunk64(bad, &mut chunk, MMSYS_RF64), MMSYSERR_INVALHANDLE);
            assert_eq!(mmsys_descend64(bad, null_mut(), null(), 0), MMSYSERR_INVALHANDLE);
        }
    }
    each_file(|file| {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmsys_descend64(file, null_mut(), null(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmsys_ascend64(file, null_mut(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(
                mmsys_create_chunk64(file, null_mut(), MMIO_CREATERIFF | MMSYS_RF64),
                MMSYSERR_INVALPARAM
            );
        }
    });
}

#[test]
fn messages() {
    for bad in bad_handles() {
        for message in [MMIOM_READ, MMIOM_SEEK, MMIOM_RENAME, MMIOM_USER] {
            // SAFETY: as above.
            let answer = unsafe { mmioSendMessage(bad, message, 0, 0) };
            assert_eq!(answer, MMSYSERR_INVALHANDLE as isize);
        }
    }
    each_file(|file| {
        for message in [MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH] {
            // SAFETY: as above.
            unsafe {
                assert_eq!(mmioSendMessage(file, message, 0, 1), -1);
                assert_eq!(mmioSendMessage(file, message, 0, -1), -1);
            }
        }
        for message in [MMIOM_OPEN, MMIOM_CLOSE] {
            // SAFETY: as above.
            let answer = unsafe { mmioSendMessage(file, message, 0, 0) };
            assert_eq!(answer, MMSYSERR_INVALPARAM as isize);
        }
    });
}

#[test]
fn names() {
    for mode in [MMIO_READ, MMIO_PARSE, MMIO_EXIST, MMIO_DELETE] {
        // SAFETY: as above.
        unsafe {
            assert!(mmioOpen(null_mut(), null_mut(), mode).is_null());
            assert!(mmioOpenA(null_mut(), null_mut(), mode).is_null());
            assert!(mmioOpenW(null_mut(), null_mut(), mode).is_null());
            assert!(mmioOpenU32(null_mut(), null_mut(), mode).is_null());
        }
    }
    // SAFETY: as above.
    unsafe {
        assert_eq!(mmioOpenA(null_mut(), null_mut(), MMIO_GETTEMP).addr(), 257);
        assert_eq!(mmioRename(null(), c"a".as_ptr(), null(), 0), MMSYSERR_INVALPARAM);
        assert_eq!(mmioRenameA(c"a".as_ptr(), null(), null(), 0), MMSYSERR_INVALPARAM);
        assert_eq!(mmioRenameW(null(), null(), null(), 0), MMSYSERR_INVALPARAM);
        assert_eq!(mmioRenameU32(null(), null(), null(), 0), MMSYSERR_INVALPARAM);
    }
}

#[test]
fn codes() {
    // SAFETY: as above.
    unsafe {
        assert_eq!(mmioStringToFOURCC(null(), 0), 0x2020_2020);
        assert_eq!(mmioStringToFOURCCA(null(), 0), 0x2020_2020);
        assert_eq!(mmioStringToFOURCCW(null(), MMIO_TOUPPER), 0x2020_2020);
        assert_eq!(mmioStringToFOURCCU32(null(), 0), 0x2020_2020);
    }
    for install in [mmioInstallIOProc, mmioInstallIOProcA, mmioInstallIOProcW, mmioInstallIOProcU32] {
        for flags in [MMIO_INSTALLPROC, MMIO_REMOVEPROC, MMIO_FINDPROC, 0, MMIO_GLOBALPROC] {
            // SAFETY: as above.
            unsafe {
                assert!(install(u32::from_le_bytes(*b"NULL"), None, flags).is_none());
                assert!(install(0, None, flags).is_none());
            }
        }
    }
}
