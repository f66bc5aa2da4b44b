//! Members that a caller need not set are not read as numbers. Of each structure only the members that the documentation
//! of the call names are initialised; Miri reports a number made of uninitialised bytes. There are only memory files and
//! procedures of the test, as Miri has no disk.
//!
//! Shows docs/contract.md, 1. ABI: "Members that must be initialised".

#[macro_use]
mod files;

use files::*;
use mmsystem::abi::*;
use mmsystem::capi::*;
use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

#[test]
fn descend_to_the_next_chunk_needs_nothing() {
    each_file_to_read(|file| {
        // Twice, as the second time the buffer holds it.
        for _ in 0..2 {
            let chunk = Unset::<MMCKINFO>::new();
            // SAFETY: a handle, and memory for a chunk.
            unsafe {
                assert_eq!(mmioSeek(file, 12, 0), 12);
                assert_eq!(mmioDescend(file, chunk.at(), null(), 0), MMSYSERR_NOERROR);
            }
            let expected = MMCKINFO {
                ckid: code(b"LIST"),
                cksize: 28,
                fccType: code(b"TYPE"),
                dwDataOffset: 20,
                dwFlags: 0,
            };
            assert_eq!(chunk.get(), expected);
            let inner = Unset::<MMCKINFO>::new();
            // SAFETY: as above.
            assert_eq!(unsafe { mmioDescend(file, inner.at(), chunk.at(), 0) }, MMSYSERR_NOERROR);
            let expected =
                MMCKINFO { ckid: code(b"one "), cksize: 4, fccType: 0, dwDataOffset: 32, dwFlags: 0 };
            assert_eq!(inner.get(), expected);
        }
    });
}

#[test]
fn descend_needs_what_it_looks_for() {
    each_file_to_read(|file| {
        for (flag, wanted, start, data) in [
            (MMIO_FINDRIFF, code(b"FORM"), 0, 8),
            (MMIO_FINDLIST, code(b"TYPE"), 12, 20),
            (MMIO_FINDCHUNK, code(b"two "), 24, 44),
        ] {
            let (chunk, parent) = (Unset::<MMCKINFO>::new(), Unset::<MMCKINFO>::new());
            match flag {
                MMIO_FINDCHUNK => set!(chunk, ckid: wanted),
                _ => set!(chunk, fccType: wanted),
            }
            set!(parent, cksize: 80, dwDataOffset: 0);
            if is_traced() {
                set!(parent, ckid: 0);
            }
            // SAFETY: a handle, and a chunk with what is looked for.
            unsafe {
                assert_eq!(mmioSeek(file, start, 0), start);
                assert_eq!(mmioDescend(file, chunk.at(), parent.at(), flag), MMSYSERR_NOERROR);
            }
            let MMCKINFO { dwDataOffset, .. } = chunk.get();
            assert_eq!(dwDataOffset, data);
        }
    });
}

#[test]
fn descend_that_finds_nothing_sets_what_it_read() {
    each_file_to_read(|file| {
        let chunk = Unset::<MMCKINFO>::new();
        set!(chunk, ckid: code(b"none"));
        // SAFETY: a handle, and a chunk with what is looked for.
        unsafe {
            assert_eq!(mmioSeek(file, 24, 0), 24);
            let parent = Unset::<MMCKINFO>::new();
            set!(parent, cksize: 28, dwDataOffset: 20);
            if is_traced() {
                set!(parent, ckid: 0);
            }
            let error = mmioDescend(file, chunk.at(), parent.at(), MMIO_FINDCHUNK);
            assert_eq!(error, MMIOERR_CHUNKNOTFOUND);
            let last = MMCKINFO { ckid: code(b"two "), cksize: 4, fccType: 0, dwDataOffset: 44, dwFlags: 0 };
            assert_eq!(chunk.get(), last);
        }
    });
}

#[test]
fn descend_without_a_header_changes_nothing() {
    each_file_to_read(|file| {
        let before = MMCKINFO { ckid: 1, cksize: 2, fccType: 3, dwDataOffset: 4, dwFlags: MMIO_DIRTY };
        for flags in [0, MMIO_FINDCHUNK, MMIO_FINDRIFF, MMIO_FINDLIST, MMIO_FINDRIFF | MMIO_FINDLIST] {
            let (mut chunk, unset) = (before, Unset::<MMCKINFO>::new());
            match flags {
                MMIO_FINDCHUNK => set!(unset, ckid: 1),
                MMIO_FINDRIFF | MMIO_FINDLIST => set!(unset, fccType: 3),
                _ => {}
            }
            for at in [&raw mut chunk, unset.at()] {
                // SAFETY: a handle, and memory for a chunk.
                unsafe {
                    assert_eq!(mmioSeek(file, 80, 0), 80);
                    assert_ne!(mmioDescend(file, at, null(), flags), MMSYSERR_NOERROR);
                }
            }
            assert_eq!(chunk, before);
        }
    });
}

#[test]
fn create_needs_the_code_and_the_size() {
    each_file_to_write(|file| {
        let [riff, list, data] = [const { Unset::<MMCKINFO>::new() }; 3];
        set!(riff, cksize: 0, fccType: code(b"FORM"));
        set!(list, ckid: code(b"LIST"), cksize: 7, fccType: code(b"TYPE"));
        set!(data, ckid: code(b"data"), cksize: 4);
        // SAFETY: a handle, chunks with the members that the call reads, and 3 bytes.
        unsafe {
            assert_eq!(
                mmioCreateChunk(file, riff.at(), MMIO_CREATERIFF | MMIO_CREATELIST),
                MMSYSERR_INVALPARAM
            );
            assert_eq!(mmioCreateChunk(file, riff.at(), MMIO_CREATERIFF), MMSYSERR_NOERROR);
            assert_eq!(mmioCreateChunk(file, list.at(), 0), MMSYSERR_NOERROR);
            assert_eq!(mmioCreateChunk(file, data.at(), 0), MMSYSERR_NOERROR);
            assert_eq!(mmioWrite(file, c"abc".as_ptr(), 3), 3);
            assert_eq!(mmioAscend(file, data.at(), 0), MMSYSERR_NOERROR);
            assert_eq!(mmioAscend(file, list.at(), 0), MMSYSERR_NOERROR);
            assert_eq!(mmioAscend(file, riff.at(), 0), MMSYSERR_NOERROR);
        }
        assert_eq!((member!(data, cksize), member!(data, dwDataOffset), member!(data, dwFlags)), (3, 32, 0));
        let expected =
            MMCKINFO { ckid: code(b"RIFF"), cksize: 28, fccType: code(b"FORM"), dwDataOffset: 8, dwFlags: 0 };
        assert_eq!(riff.get(), expected);
    });
}

#[test]
fn ascend_needs_no_code() {
    // The trace shows the code.
    if is_traced() {
        return;
    }
    each_file_to_read(|file| {
        for (size, flags, end) in [(4, 0, 36), (9, 0, 42), (4, MMIO_DIRTY, 36)] {
            let chunk = Unset::<MMCKINFO>::new();
            set!(chunk, cksize: size, dwDataOffset: 32, dwFlags: flags);
            // SAFETY: a handle, and a chunk with the members that the call reads.
            unsafe {
                assert_eq!(mmioSeek(file, 36, 0), 36);
                assert_eq!(mmioAscend(file, chunk.at(), 0), MMSYSERR_NOERROR);
                assert_eq!(mmioSeek(file, 0, 1), end);
            }
            assert_eq!((member!(chunk, cksize), member!(chunk, dwFlags)), (size, 0));
        }
    });
}

#[test]
fn chunks_of_64_bits_need_no_more() {
    each_file_to_write(|file| {
        let [riff, data, found] = [const { Unset::<MMSYS_CKINFO64>::new() }; 3];
        set!(riff, cksize: 0, fccType: code(b"FORM"));
        set!(data, ckid: code(b"data"), cksize: 4);
        // SAFETY: a handle, chunks with what is asked for, and 3 bytes.
        unsafe {
            assert_eq!(mmsys_create_chunk64(file, riff.at(), MMIO_CREATERIFF), MMSYSERR_NOERROR);
            assert_eq!(mmsys_create_chunk64(file, data.at(), 0), MMSYSERR_NOERROR);
            assert_eq!(mmioWrite(file, c"abc".as_ptr(), 3), 3);
            assert_eq!(mmsys_ascend64(file, data.at(), 0), MMSYSERR_NOERROR);
            assert_eq!(mmsys_ascend64(file, riff.at(), 0), MMSYSERR_NOERROR);
            assert_eq!(mmioSeek(file, 12, 0), 12);
            let error = mmsys_descend64(file, found.at(), riff.at(), 0);
            assert!(matches!(error, MMSYSERR_NOERROR | MMIOERR_CANNOTREAD));
            if error == MMSYSERR_NOERROR {
                // All of it is set.
                assert_eq!((found.get().dwFlags, found.get().reserved), (0, 0));
            }
        }
        assert_eq!((member!(data, cksize), member!(data, dwFlags), member!(data, reserved)), (3, 0, 0));
    });
    // The trace shows the code.
    if is_traced() {
        return;
    }
    each_file_to_read(|file| {
        for (size, flags) in [(4, 0), (4, MMIO_DIRTY)] {
            let chunk = Unset::<MMSYS_CKINFO64>::new();
            set!(chunk, cksize: size, dataOffset: 32, dwFlags: flags);
            // SAFETY: a handle, and a chunk with what is asked for.
            unsafe {
                assert_eq!(mmioSeek(file, 36, 0), 36);
                assert_eq!(mmsys_ascend64(file, chunk.at(), 0), MMSYSERR_NOERROR);
            }
        }
    });
}

#[test]
fn direct_access_gives_back_what_is_taken() {
    // The trace shows pointers as offsets from pchBuffer, and `adwInfo`.
    if is_traced() {
        return;
    }
    for file in [open(None, 32, 0), open(Some(serve), 32, 0)] {
        let got = Unset::<MMIOINFO>::new();
        // SAFETY: a handle, and memory for a structure.
        assert_eq!(unsafe { mmioGetInfo(file, got.at(), 0) }, MMSYSERR_NOERROR);
        assert_eq!(member!(got, cchBuffer), 32);
        let (start, end) = (member!(got, pchBuffer), member!(got, pchEndRead));
        for flags in [0, MMIO_DIRTY] {
            let info = Unset::<MMIOINFO>::new();
            set!(info, dwFlags: flags, pchNext: start, pchEndRead: end);
            // SAFETY: a handle, and a structure with what is taken from it.
            unsafe {
                assert_eq!(mmioSetInfo(file, info.at(), 0), MMSYSERR_NOERROR);
                assert_eq!(mmioAdvance(file, info.at(), MMIO_READ), MMSYSERR_NOERROR);
                assert_eq!(member!(info, pchNext), start);
                assert_eq!(mmioAdvance(file, info.at(), MMIO_WRITE), MMSYSERR_NOERROR);
                assert_eq!(mmioGetInfo(file, info.at(), 0), MMSYSERR_NOERROR);
            }
            assert_eq!(member!(info, hmmio), file);
        }
        close(file);
    }
}

#[test]
fn nothing_is_needed_where_nothing_is_opened() {
    let mut name = [0; 128];
    name[..4].copy_from_slice(&[b'/', b'a', b'/', b'b'].map(|byte: u8| byte as c_char));
    for flags in [MMIO_PARSE, MMIO_PARSE | MMIO_DELETE] {
        let info = Unset::<MMIOINFO>::new();
        // SAFETY: a name with room for another, and memory for a structure.
        assert_eq!(unsafe { mmioOpenA(name.as_mut_ptr(), info.at(), flags) }.addr(), 1);
        assert_eq!(member!(info, wErrorRet), MMSYSERR_NOERROR);
    }
    // A call about a name alone has no buffer.
    let info = Unset::<MMIOINFO>::new();
    set!(info, fccIOProc: 0, pIOProc: Some(idle), htask: null_mut(), adwInfo: [0; 3]);
    set!(info, dwReserved1: 0, dwReserved2: 0);
    // SAFETY: C strings, and a structure with a procedure.
    unsafe {
        assert_eq!(mmioOpenA(c"x".as_ptr().cast_mut(), info.at(), MMIO_DELETE).addr(), 1);
        assert_eq!(mmioRenameA(c"x".as_ptr(), c"y".as_ptr(), info.at(), 0), MMSYSERR_NOERROR);
    }
}

/// Padding bytes between members, and bytes that were never set.
#[test]
fn bytes_are_copied_unset() {
    // The trace shows the first bytes of a transfer.
    if is_traced() {
        return;
    }
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Padded(u8, u32);
    for count in (1..=17).chain([40]) {
        each_file_to_write(|file| {
            let padded = [Padded(7, 9); 5];
            let mut back = [MaybeUninit::<u8>::uninit(); 40];
            // SAFETY: a handle, and memory for 40 bytes; of what comes back only what was set is looked at.
            unsafe {
                let wrote = mmioWrite(file, padded.as_ptr().cast(), count);
                assert_eq!(wrote, count);
                assert_eq!(mmioWrite(file, back.as_ptr().cast(), count), count);
                assert_eq!(mmioSeek(file, 0, 0), 0);
                if mmioRead(file, back.as_mut_ptr().cast(), count) == count && member_of_memory(file) {
                    assert_eq!(back[0].assume_init(), 7);
                }
            }
        });
    }
}

/// Whether it is a memory file, which returns what was written to it.
fn member_of_memory(file: HMMIO) -> bool {
    let info = Unset::<MMIOINFO>::new();
    // SAFETY: a handle, and memory for a structure.
    assert_eq!(unsafe { mmioGetInfo(file, info.at(), 0) }, MMSYSERR_NOERROR);
    member!(info, fccIOProc) == MEM
}

#[test]
fn the_data_of_a_chunk_may_be_unset() {
    if is_traced() {
        return;
    }
    each_file_to_write(|file| {
        if !member_of_memory(file) {
            return;
        }
        let data = [MaybeUninit::<u8>::uninit(); 8];
        for size in [4, 8] {
            let chunk = Unset::<MMCKINFO>::new();
            set!(chunk, ckid: code(b"data"), cksize: 8);
            // SAFETY: a handle, a chunk with the members that the call reads, and 8 bytes.
            unsafe {
                assert_eq!(mmioCreateChunk(file, chunk.at(), 0), MMSYSERR_NOERROR);
                assert_eq!(mmioWrite(file, data.as_ptr().cast(), size), size);
                assert_eq!(mmioAscend(file, chunk.at(), 0), MMSYSERR_NOERROR);
            }
        }
        // SAFETY: as above.
        unsafe {
            assert_eq!(mmioSeek(file, 0, 0), 0);
            for flags in [0, 0, MMIO_FINDCHUNK, MMIO_FINDCHUNK, MMIO_FINDRIFF] {
                let chunk = Unset::<MMCKINFO>::new();
                match flags {
                    MMIO_FINDCHUNK => set!(chunk, ckid: code(b"data")),
                    MMIO_FINDRIFF => set!(chunk, fccType: code(b"data")),
                    _ => {}
                }
                if mmioDescend(file, chunk.at(), null(), flags) == MMSYSERR_NOERROR {
                    assert_eq!(mmioAscend(file, chunk.at(), 0), MMSYSERR_NOERROR);
                } else {
                    assert_eq!(mmioSeek(file, 0, 0), 0);
                }
            }
        }
    });
}

/// An uninitialised buffer that a procedure claims to have filled.
#[test]
fn a_buffer_may_be_unset() {
    let mut memory = [MaybeUninit::<u8>::uninit(); 64];
    let file = open(Some(idle), 0, 0);
    let mut bytes = [MaybeUninit::<u8>::uninit(); 8];
    // The trace shows the bytes.
    let count = if is_traced() { 0 } else { 8 };
    // SAFETY: a handle, and memory for as many bytes.
    unsafe {
        assert_eq!(mmioSetBuffer(file, memory.as_mut_ptr().cast(), 64, 0), MMSYSERR_NOERROR);
        for _ in 0..4 {
            assert_eq!(mmioRead(file, bytes.as_mut_ptr().cast(), count), count);
        }
        assert_eq!(mmioSeek(file, 0, 0), 0);
        assert_eq!(mmioWrite(file, c"abcd".as_ptr(), 4), 4);
        assert_eq!(mmioFlush(file, MMIO_EMPTYBUF), MMSYSERR_NOERROR);
        assert_eq!(mmioSetBuffer(file, null_mut(), 0, 0), MMSYSERR_NOERROR);
    }
    close(file);
}

fn built_in(code: FOURCC) -> unsafe extern "C" fn(LPSTR, UINT, LPARAM, LPARAM) -> LRESULT {
    // SAFETY: it is found by its code.
    unsafe { mmioInstallIOProcA(code, None, MMIO_FINDPROC) }.unwrap()
}

#[test]
fn built_in_procedures_need_what_they_use() {
    let (memory, disk) = (built_in(MEM), built_in(DOS));
    let (mut store, mut bytes) = ([0_u8; 16], [0_u8; 4]);
    let at = bytes.as_mut_ptr() as LPARAM;
    let info = Unset::<MMIOINFO>::new();
    let lpmmioinfo: LPSTR = info.at().cast();
    let none = MMSYSERR_NOTSUPPORTED as LRESULT;
    // SAFETY: a structure with what each message needs, names, and memory for 4 bytes.
    unsafe {
        assert_eq!(memory(lpmmioinfo, MMIOM_RENAME, c"x".as_ptr() as LPARAM, c"y".as_ptr() as LPARAM), none);
        assert_eq!(memory(lpmmioinfo, MMIOM_USER, 0, 0), 0);
        set!(info, dwFlags: MMIO_READWRITE | MMIO_CREATE, cchBuffer: 16, pchBuffer: store.as_mut_ptr().cast());
        assert_eq!(memory(lpmmioinfo, MMIOM_OPEN, 0, 0), 0);
        set!(info, adwInfo: [0; 3]);
        assert_eq!(memory(lpmmioinfo, MMIOM_WRITE, at, 4), 4);
        assert_eq!(memory(lpmmioinfo, MMIOM_SEEK, 0, 0), 0);
        assert_eq!(memory(lpmmioinfo, MMIOM_READ, at, 4), 4);
        assert_eq!(memory(lpmmioinfo, MMIOM_CLOSE, 0, 0), 0);
    }
    assert_eq!(member!(info, lDiskOffset), 4);
    let info = Unset::<MMIOINFO>::new();
    let lpmmioinfo: LPSTR = info.at().cast();
    // SAFETY: as above.
    unsafe {
        assert_eq!(disk(lpmmioinfo, MMIOM_USER, 0, 0), 0);
        assert_ne!(disk(lpmmioinfo, MMIOM_RENAME, c"".as_ptr() as LPARAM, 0), 0);
        set!(info, dwFlags: MMIO_RWMODE);
        assert_ne!(disk(lpmmioinfo, MMIOM_OPEN, c"/x".as_ptr() as LPARAM, 0), 0);
        set!(info, adwInfo: [DWORD::MAX, 0, 0], lDiskOffset: 0);
        assert_eq!(disk(lpmmioinfo, MMIOM_SEEK, 5, 0), 5);
        assert_eq!(disk(lpmmioinfo, MMIOM_READ, at, 4), -1);
    }
    assert_eq!(member!(info, lDiskOffset), 5);
}

#[test]
fn a_context_needs_the_file() {
    let file = open(None, 0, MMIO_CREATE);
    let info = Unset::<MMIOINFO>::new();
    set!(info, hmmio: file);
    let at = info.at();
    // SAFETY: a structure with a file.
    unsafe {
        assert_eq!(mmsys_set_context(at, at.cast()), MMSYSERR_NOERROR);
        assert_eq!(mmsys_context(at), at.cast());
    }
    close(file);
}
