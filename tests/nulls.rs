//! Each export with a NULL or bad handle, NULL pointers and negative counts: an error, and nothing has changed
//! (docs/contract.md, parts 1 to 6). Under Miri there are no disk files.
//!
//! Shows docs/contract.md, 7. Threads, processes, panics: "Panics", "no bad input causes one".
#![allow(non_snake_case)]

use mmsystem::abi::*;
use mmsystem::capi::*;
use std::ffi::CString;
use std::path::Path;
use std::ptr::{self, null, null_mut};

/// An empty structure.
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

unsafe extern "C" fn idle(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    // SAFETY: it is the structure of the file.
    let info = unsafe { &mut *info.cast::<MMIOINFO>() };
    match message {
        MMIOM_READ | MMIOM_WRITE | MMIOM_WRITEFLUSH => info.lDiskOffset += second as i32,
        MMIOM_SEEK => info.lDiskOffset = first as i32,
        _ => return 0,
    }
    if message == MMIOM_SEEK { first } else { second }
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

/// None of them is open, while other tests open files too. The first was closed.
fn bad_handles() -> Vec<HMMIO> {
    let (closed, live) = (memory_file(), memory_file());
    close(closed);
    let forged = closed.addr() ^ (1 << (usize::BITS - 1));
    let far = live.addr().wrapping_add(1_000_000);
    let not_found = MMIOERR_FILENOTFOUND as usize;
    let mut bad: Vec<_> =
        [0, 1, 2, u32::MAX as usize, usize::MAX, closed.addr(), forged, far, not_found].map(handle).into();
    static MEMORY: u8 = 0;
    bad.push((&raw const MEMORY).cast_mut().cast());
    // What was refused for a bad handle has not harmed a good one.
    // SAFETY: the bytes are there.
    assert_eq!(unsafe { mmioWrite(live, c"good".as_ptr().cast(), 4) }, 4);
    close(live);
    bad.push(live);
    bad
}

fn disk_file(dir: &Path, buffering: DWORD) -> HMMIO {
    let name = CString::new(dir.join("disk").to_str().unwrap()).unwrap();
    std::fs::write(dir.join("disk"), b"0123456789").unwrap();
    // SAFETY: a C string.
    let file = unsafe { mmioOpenA(name.as_ptr().cast_mut(), null_mut(), MMIO_READWRITE | buffering) };
    assert!(!file.is_null());
    file
}

/// One open file of each kind, at a position in the middle, where it is afterwards, too.
fn each_file(test: impl Fn(HMMIO)) {
    let dir = (!cfg!(miri)).then(|| tempfile::tempdir().unwrap());
    let on_disk = |buffering| dir.as_ref().map(|dir| disk_file(dir.path(), buffering));
    let files = [Some(memory_file()), Some(custom_file()), on_disk(MMIO_ALLOCBUF), on_disk(0)];
    for file in files.into_iter().flatten() {
        // SAFETY: the bytes are there.
        unsafe {
            assert_eq!(mmioWrite(file, c"0123456789".as_ptr().cast(), 10), 10);
            assert_eq!(mmioFlush(file, 0), MMSYSERR_NOERROR);
            assert_eq!(mmioSeek(file, 3, 0), 3);
        }
        test(file);
        // SAFETY: any handle will do.
        assert_eq!(unsafe { mmioSeek(file, 0, 1) }, 3);
        close(file);
    }
}

fn info_of(file: HMMIO) -> MMIOINFO {
    let mut info = nothing();
    // SAFETY: a valid structure.
    assert_eq!(unsafe { mmioGetInfo(file, &mut info, 0) }, MMSYSERR_NOERROR);
    info
}

fn has_buffer(file: HMMIO) -> bool {
    !info_of(file).pchBuffer.is_null()
}

// SAFETY, in all tests: what is passed is NULL or valid for what the call does; any handle will do.
#[test]
fn transfers() {
    let mut bytes = [0; 4];
    let at = bytes.as_mut_ptr();
    for bad in bad_handles() {
        // SAFETY: as above.
        unsafe {
            for count in [4, 0, -1] {
                assert_eq!(mmioRead(bad, at, count), -1);
                assert_eq!(mmioRead(bad, null_mut(), count), -1);
                assert_eq!(mmioWrite(bad, at, count), -1);
                assert_eq!(mmioWrite(bad, null(), count), -1);
            }
            for origin in [0, 1, 2, 99] {
                assert_eq!(mmioSeek(bad, 0, origin), -1);
            }
            assert_eq!(mmioClose(bad, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioClose(bad, MMIO_FHOPEN), MMSYSERR_INVALHANDLE);
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
            assert_eq!({ info_of(file).wErrorRet }, MMSYSERR_INVALPARAM);
            for memory in [null_mut(), at] {
                assert_eq!(mmioRead(file, memory, 0), 0);
                assert_eq!(mmioWrite(file, memory, 0), 0);
            }
            for (offset, origin) in [(-1, 0), (i32::MIN, 0), (i32::MIN, 1), (0, 3), (0, -1), (0, i32::MIN)] {
                assert_eq!(mmioSeek(file, offset, origin), -1);
            }
        }
    });
}

#[test]
fn direct_access() {
    let mut info = MMIOINFO { dwFlags: 0x5a5a_5a5a, ..nothing() };
    for bad in bad_handles() {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioGetInfo(bad, &mut info, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioGetInfo(bad, null_mut(), 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioSetInfo(bad, &info, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioSetInfo(bad, null(), 0), MMSYSERR_INVALHANDLE);
            for size in [16, 0, -1] {
                assert_eq!(mmioSetBuffer(bad, null_mut(), size, 0), MMSYSERR_INVALHANDLE);
            }
            assert_eq!(mmioFlush(bad, 0), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioFlush(bad, MMIO_EMPTYBUF), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioAdvance(bad, &mut info, MMIO_READ), MMSYSERR_INVALHANDLE);
            assert_eq!(mmioAdvance(bad, null_mut(), MMIO_WRITE), MMSYSERR_INVALHANDLE);
        }
        assert_eq!({ info.dwFlags }, 0x5a5a_5a5a);
    }
    each_file(|file| {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioGetInfo(file, null_mut(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioSetInfo(file, null(), 0), MMSYSERR_INVALPARAM);
            let mut bytes = [0; 16];
            assert_eq!(mmioSetBuffer(file, bytes.as_mut_ptr(), -1, 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioSetBuffer(file, null_mut(), i32::MIN, 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioAdvance(file, null_mut(), 2), MMSYSERR_INVALPARAM);
            assert_eq!(mmioAdvance(file, null_mut(), 0x1000_0000), MMSYSERR_INVALPARAM);
            let expected = if has_buffer(file) { MMSYSERR_NOERROR } else { MMIOERR_UNBUFFERED };
            assert_eq!(mmioAdvance(file, null_mut(), MMIO_READ), expected);
            assert_eq!(mmioAdvance(file, null_mut(), MMIO_WRITE), expected);
            assert_eq!(mmioFlush(file, MMIO_EMPTYBUF), MMSYSERR_NOERROR);
        }
    });
}

/// A stale or hostile copy of the structure is refused, whole.
#[test]
fn pointers_outside_the_buffer() {
    each_file(|file| {
        if !has_buffer(file) {
            return;
        }
        let good = info_of(file);
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
    let mut chunk = MMCKINFO { ckid: 0x5a5a_5a5a, dwFlags: 0x5a5a_5a5a, ..unsafe { std::mem::zeroed() } };
    let parent = chunk;
    for bad in bad_handles() {
        // SAFETY: as above.
        unsafe {
            for chunk in [&raw mut chunk, null_mut()] {
                assert_eq!(mmioDescend(bad, chunk, null(), 0), MMSYSERR_INVALHANDLE);
                assert_eq!(mmioDescend(bad, chunk, &parent, MMIO_FINDCHUNK), MMSYSERR_INVALHANDLE);
                assert_eq!(mmioAscend(bad, chunk, 0), MMSYSERR_INVALHANDLE);
                assert_eq!(mmioCreateChunk(bad, chunk, 0), MMSYSERR_INVALHANDLE);
                assert_eq!(mmioCreateChunk(bad, chunk, MMIO_CREATERIFF), MMSYSERR_INVALHANDLE);
            }
        }
        assert_eq!((chunk.ckid, chunk.dwFlags), (0x5a5a_5a5a, 0x5a5a_5a5a));
    }
    each_file(|file| {
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioDescend(file, null_mut(), null(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioDescend(file, null_mut(), &parent, MMIO_FINDCHUNK), MMSYSERR_INVALPARAM);
            assert_eq!(mmioAscend(file, null_mut(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioCreateChunk(file, null_mut(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioCreateChunk(file, null_mut(), MMIO_CREATERIFF), MMSYSERR_INVALPARAM);
        }
        assert_eq!({ info_of(file).wErrorRet }, MMSYSERR_INVALPARAM);
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
    let mut bytes = [0_u8; 4];
    let at = bytes.as_mut_ptr().expose_provenance() as LPARAM;
    for bad in bad_handles() {
        for message in [MMIOM_READ, MMIOM_SEEK, MMIOM_RENAME, MMIOM_USER] {
            for first in [0, at] {
                // SAFETY: as above.
                let result = unsafe { mmioSendMessage(bad, message, first, 4) };
                assert_eq!(result, MMSYSERR_INVALHANDLE as isize);
            }
        }
    }
    each_file(|file| {
        for message in [MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH] {
            // SAFETY: as above.
            unsafe {
                assert_eq!(mmioSendMessage(file, message, 0, 1), -1);
                assert_eq!(mmioSendMessage(file, message, 0, -1), -1);
                assert_eq!(mmioSendMessage(file, message, at, -5), -1);
            }
        }
        for message in [MMIOM_OPEN, MMIOM_CLOSE] {
            // SAFETY: as above.
            let result = unsafe { mmioSendMessage(file, message, 0, 0) };
            assert_eq!(result, MMSYSERR_INVALPARAM as isize);
        }
    });
}

/// Neither the names nor the procedures that rename are there.
#[test]
fn sent_renames() {
    let dir = (!cfg!(miri)).then(|| tempfile::tempdir().unwrap());
    let name = c"disk".as_ptr().expose_provenance() as LPARAM;
    let disk = dir.as_ref().map(|dir| disk_file(dir.path(), 0));
    for (file, first) in [(Some(memory_file()), 0), (disk, 0), (disk, name)] {
        let Some(file) = file else { continue };
        // SAFETY: as above.
        assert_ne!(unsafe { mmioSendMessage(file, MMIOM_RENAME, first, 0) }, 0);
    }
    disk.into_iter().for_each(close);
}

/// Opens by each function that opens: no name, or an empty one. The handles, and the errors.
fn open_nothing(is_empty: bool, mode: DWORD) -> [(HMMIO, UINT); 4] {
    let mut empty = [0_u32; 128];
    let name = if is_empty { empty.as_mut_ptr() } else { null_mut() };
    let mut infos = [nothing(); 4];
    let [plain, bytes, utf16, utf32] = &mut infos;
    // SAFETY: as above. UTF-32 is the widest.
    let files = unsafe {
        [
            mmioOpen(name.cast(), plain, mode),
            mmioOpenA(name.cast(), bytes, mode),
            mmioOpenW(name.cast(), utf16, mode),
            mmioOpenU32(name.cast(), utf32, mode),
        ]
    };
    std::array::from_fn(|index| (files[index], infos[index].wErrorRet))
}

#[test]
fn names() {
    for mode in [MMIO_READ, MMIO_CREATE, MMIO_READWRITE | MMIO_ALLOCBUF] {
        assert!(open_nothing(false, mode).iter().all(|(file, error)| file.is_null() && *error != 0));
    }
    // Miri does not have the system call for an empty name.
    if !cfg!(miri) {
        assert!(open_nothing(true, MMIO_READ).iter().all(|(file, error)| file.is_null() && *error != 0));
    }
    for mode in [MMIO_PARSE, MMIO_EXIST, MMIO_DELETE] {
        assert_eq!(open_nothing(false, mode), [(null_mut(), MMSYSERR_INVALPARAM); 4]);
    }
    for (file, _) in open_nothing(false, MMIO_GETTEMP) {
        assert_eq!(file.addr(), MMIOERR_FILENOTFOUND as usize);
    }
    for mode in [MMIO_READ, MMIO_PARSE, MMIO_EXIST, MMIO_DELETE] {
        // SAFETY: as above.
        unsafe {
            assert!(mmioOpen(null_mut(), null_mut(), mode).is_null());
            assert!(mmioOpenA(null_mut(), null_mut(), mode).is_null());
            assert!(mmioOpenW(null_mut(), null_mut(), mode).is_null());
            assert!(mmioOpenU32(null_mut(), null_mut(), mode).is_null());
        }
    }
    let mut info = MMIOINFO { cchBuffer: -1, ..nothing() };
    // SAFETY: as above.
    unsafe {
        assert!(mmioOpenA(c"no.wav".as_ptr().cast_mut(), &mut info, MMIO_CREATE).is_null());
        assert_eq!({ info.wErrorRet }, MMSYSERR_INVALPARAM);
        assert_eq!(mmioOpenA(null_mut(), null_mut(), MMIO_GETTEMP).addr(), MMIOERR_FILENOTFOUND as usize);
    }
}

#[test]
fn renaming_needs_both_names() {
    let name = ['n' as u32, 0];
    let name = name.as_ptr();
    for (from, to) in [(null(), name), (name, null()), (null(), null())] {
        // SAFETY: as above. UTF-32 is the widest.
        unsafe {
            assert_eq!(mmioRename(from.cast(), to.cast(), null(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioRenameA(from.cast(), to.cast(), null(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioRenameW(from.cast(), to.cast(), null(), 0), MMSYSERR_INVALPARAM);
            assert_eq!(mmioRenameU32(from.cast(), to.cast(), null(), 0), MMSYSERR_INVALPARAM);
        }
    }
}

#[test]
fn codes() {
    let (empty, name) = ([0_u32; 4], ['n', 'o', '.', 'w'].map(u32::from));
    let name16 = ['n', 'o', '.', 'w'].map(|char| char as u16);
    // SAFETY: as above. UTF-32 is the widest.
    unsafe {
        for text in [null(), empty.as_ptr()] {
            assert_eq!(mmioStringToFOURCC(text.cast(), 0), 0x2020_2020);
            assert_eq!(mmioStringToFOURCCA(text.cast(), MMIO_TOUPPER), 0x2020_2020);
            assert_eq!(mmioStringToFOURCCW(text.cast(), MMIO_TOUPPER), 0x2020_2020);
            assert_eq!(mmioStringToFOURCCU32(text.cast(), 0), 0x2020_2020);
        }
        assert_eq!(mmioStringToFOURCC(c"no.wav".as_ptr(), 0), u32::from_le_bytes(*b"no.w"));
        assert_eq!(mmioStringToFOURCCW(name16.as_ptr(), MMIO_TOUPPER), u32::from_le_bytes(*b"NO.W"));
        assert_eq!(mmioStringToFOURCCU32(name.as_ptr(), 0), u32::from_le_bytes(*b"no.w"));
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
