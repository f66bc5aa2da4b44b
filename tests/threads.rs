//! Many threads use the same few files (docs/contract.md, part 7): each handle is closed once, private files stay
//! private, and nothing deadlocks. `.ci/threads` runs it under ThreadSanitizer, `.ci/miri` with several schedules.

use mmsystem::abi::*;
use mmsystem::capi::*;
use std::ffi::{c_char, c_void};
use std::ptr;
use std::sync::Barrier;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::thread;

const THREADS: usize = 8;
const SHARED: usize = 4;
const MEM: u32 = u32::from_le_bytes(*b"MEM ");
const PROCEDURE_CODE: u32 = u32::from_le_bytes(*b"THRD");

/// The number of steps of each thread. `MMSYSTEM_THREADS_TURNS` overrides it.
fn turns() -> usize {
    let turns = std::env::var("MMSYSTEM_THREADS_TURNS").ok().and_then(|turns| turns.parse().ok());
    turns.unwrap_or(if cfg!(miri) { 20 } else { 3000 })
}

/// Handles that all threads use, open or closed.
static FILES: [AtomicPtr<c_void>; SHARED] = [const { AtomicPtr::new(ptr::null_mut()) }; SHARED];
static OPENED: AtomicUsize = AtomicUsize::new(0);
static CLOSED: AtomicUsize = AtomicUsize::new(0);

/// Serves 1000 bytes, each of the value of its position. During some messages it uses or closes its own file.
unsafe extern "C" fn procedure(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let info = info.cast::<MMIOINFO>();
    // SAFETY: the library passes the structure of the file, and valid memory.
    unsafe {
        let at = (&raw const (*info).lDiskOffset).read_unaligned();
        let own = (&raw const (*info).hmmio).read_unaligned();
        match message {
            MMIOM_READ => {
                match at % 7 {
                    1 => _ = mmioSeek(own, 0, 1),
                    2 if mmioClose(own, 0) == 0 => _ = CLOSED.fetch_add(1, Ordering::Relaxed),
                    _ => {}
                }
                let count = second.min(1000 - at as isize).max(0);
                ptr::write_bytes(first as *mut u8, at as u8, count as usize);
                (&raw mut (*info).lDiskOffset).write_unaligned(at + count as i32);
                count
            }
            MMIOM_WRITE | MMIOM_WRITEFLUSH => {
                (&raw mut (*info).lDiskOffset).write_unaligned(at + second as i32);
                second
            }
            MMIOM_SEEK => {
                (&raw mut (*info).lDiskOffset).write_unaligned(first as i32);
                first
            }
            _ => 0,
        }
    }
}

/// A file that all threads share: in memory, or served by the procedure.
fn open_shared(turn: usize) -> HMMIO {
    // SAFETY: all zeros is an MMIOINFO.
    let mut info: MMIOINFO = unsafe { std::mem::zeroed() };
    info.cchBuffer = [0, 16, 64][turn % 3];
    let (name, flags) = match turn % 2 {
        0 => {
            info.fccIOProc = MEM;
            info.adwInfo = [32, 0, 0];
            (ptr::null_mut(), MMIO_CREATE | MMIO_READWRITE)
        }
        _ => {
            info.pIOProc = Some(procedure);
            (c"any".as_ptr().cast_mut(), MMIO_READWRITE)
        }
    };
    // SAFETY: a name, and a structure.
    let file = unsafe { mmioOpenA(name, &raw mut info, flags) };
    assert!(!file.is_null());
    OPENED.fetch_add(1, Ordering::Relaxed);
    file
}

fn close_shared(file: HMMIO) {
    // SAFETY: any handle.
    match unsafe { mmioClose(file, 0) } {
        MMSYSERR_NOERROR => _ = CLOSED.fetch_add(1, Ordering::Relaxed),
        error => assert_eq!(error, MMSYSERR_INVALHANDLE),
    }
}

fn use_shared(turn: usize) {
    let index = &FILES[turn % SHARED];
    let file: HMMIO = index.load(Ordering::Acquire).cast();
    let mut bytes = [turn as c_char; 24];
    let at = bytes.as_mut_ptr();
    // SAFETY: any handle; memory for all that is read, and structures.
    unsafe {
        match turn / SHARED % 9 {
            0 => {
                let fresh = open_shared(turn);
                close_shared(index.swap(fresh.cast(), Ordering::AcqRel).cast());
            }
            1 => close_shared(file),
            2 | 3 => assert!(mmioRead(file, at, 1 + (turn % 24) as LONG) <= 24),
            4 => assert!(mmioWrite(file, at, 1 + (turn % 24) as LONG) <= 24),
            5 => _ = mmioSeek(file, (turn % 50) as LONG, 0),
            6 => {
                let mut info: MMIOINFO = std::mem::zeroed();
                mmioGetInfo(file, &raw mut info, 0);
            }
            7 => {
                let mut chunk = MMCKINFO::default();
                if mmioDescend(file, &raw mut chunk, ptr::null(), 0) == MMSYSERR_NOERROR {
                    mmioAscend(file, &raw mut chunk, 0);
                }
            }
            _ => _ = mmioFlush(file, MMIO_EMPTYBUF),
        }
    }
}

/// A memory file that only this thread uses.
fn use_private(number: usize, turn: usize) {
    let mut bytes = [number as u8; 40];
    // SAFETY: all zeros is an MMIOINFO.
    let mut info: MMIOINFO = unsafe { std::mem::zeroed() };
    info.fccIOProc = MEM;
    info.pchBuffer = bytes.as_mut_ptr().cast();
    info.cchBuffer = 40;
    let mut got = [0_u8; 8];
    // SAFETY: the memory outlives the file.
    unsafe {
        let file = mmioOpenA(ptr::null_mut(), &raw mut info, MMIO_READWRITE);
        assert!(!file.is_null());
        assert_eq!(mmioSeek(file, (turn % 30) as LONG, 0), (turn % 30) as LONG);
        assert_eq!(mmioRead(file, got.as_mut_ptr().cast(), 8), 8);
        assert_eq!(got, [number as u8; 8]);
        assert_eq!(mmioWrite(file, got.as_ptr().cast(), 2), 2);
        assert_eq!(mmioClose(file, 0), 0);
    }
}

fn use_registry(number: usize) {
    let code = PROCEDURE_CODE + number as u32 % 3;
    // SAFETY: an I/O procedure that lives for ever.
    unsafe {
        mmioInstallIOProcA(code, Some(procedure), MMIO_INSTALLPROC);
        let found = mmioInstallIOProcA(code, None, MMIO_FINDPROC);
        assert!(found.is_some());
        mmioInstallIOProcA(code, None, MMIO_REMOVEPROC);
    }
}

/// Runs `work` in all threads at once.
fn in_threads(work: impl Fn(usize) + Sync) {
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        for number in 0..THREADS {
            let (start, work) = (&start, &work);
            scope.spawn(move || {
                start.wait();
                work(number);
            });
        }
    });
}

#[test]
fn each_handle_is_closed_once_whoever_uses_it() {
    in_threads(|number| {
        let mut random = number as u64 + 1;
        for turn in 0..turns() {
            random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            use_shared((random >> 33) as usize);
            match turn % 4 {
                0 => use_private(number, turn),
                1 => use_registry(number),
                _ => {}
            }
        }
    });
    FILES.iter().for_each(|file| close_shared(file.load(Ordering::Relaxed).cast()));
    assert!(OPENED.load(Ordering::Relaxed) > 0);
    assert_eq!(OPENED.load(Ordering::Relaxed), CLOSED.load(Ordering::Relaxed));
}

/// A record: the thread, its number, and both again, so that a torn record shows.
fn record(writer: usize, number: usize) -> [u8; 8] {
    let [low, high, ..] = number.to_le_bytes();
    let half = [writer as u8, low, high, 0xee];
    [half, half].concat().try_into().expect("twice four bytes")
}

const RECORD: LONG = 8;

/// A file that all threads share, in memory or behind a procedure that keeps its bytes.
fn open_for_records(room: &mut [u8], kind: usize) -> HMMIO {
    // SAFETY: all zeros is an MMIOINFO.
    let mut info: MMIOINFO = unsafe { std::mem::zeroed() };
    let name = match kind {
        0 => {
            info.fccIOProc = MEM;
            info.pchBuffer = room.as_mut_ptr().cast();
            ptr::null_mut()
        }
        _ => {
            info.pIOProc = Some(keep_in_memory);
            STORE.store(room.as_mut_ptr(), Ordering::Relaxed);
            c"records".as_ptr().cast_mut()
        }
    };
    info.cchBuffer = [room.len() as LONG, 0, 20, 4096][kind];
    // SAFETY: a name, and a structure; the memory outlives the file.
    let file = unsafe { mmioOpenA(name, &raw mut info, MMIO_CREATE | MMIO_READWRITE) };
    assert!(!file.is_null());
    file
}

static STORE: AtomicPtr<u8> = AtomicPtr::new(ptr::null_mut());

/// Stores one file at a time in the memory at `STORE`, which is large enough for the test.
unsafe extern "C" fn keep_in_memory(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let info = info.cast::<MMIOINFO>();
    // SAFETY: the library sends valid messages, for a file that fits.
    unsafe {
        let at = (&raw const (*info).lDiskOffset).read_unaligned();
        let bytes = STORE.load(Ordering::Relaxed).offset(at as isize);
        let next = match message {
            MMIOM_READ => {
                bytes.copy_to(first as *mut u8, second as usize);
                at + second as LONG
            }
            MMIOM_WRITE | MMIOM_WRITEFLUSH => {
                bytes.copy_from(first as *const u8, second as usize);
                at + second as LONG
            }
            MMIOM_SEEK => first as LONG,
            _ => return 0,
        };
        (&raw mut (*info).lDiskOffset).write_unaligned(next);
        if message == MMIOM_SEEK { first } else { second }
    }
}

/// Threads write records into one chunk through one handle, and read them back: each record is complete, occurs once, and
/// those of one thread are in order.
#[test]
fn records_of_many_threads_in_one_chunk_stay_whole() {
    let each = if cfg!(miri) { 10 } else { 500 };
    let all = THREADS * each;
    for kind in 0..4 {
        // A read may ask the procedure for a whole buffer beyond the end.
        let mut room = vec![0; 8 + all * RECORD as usize + 8192];
        let file = open_for_records(&mut room, kind);
        let mut chunk = MMCKINFO { ckid: u32::from_le_bytes(*b"recs"), ..MMCKINFO::default() };
        // SAFETY: a structure.
        assert_eq!(unsafe { mmioCreateChunk(file, &raw mut chunk, 0) }, 0);
        let handle = AtomicPtr::new(file.cast::<c_void>());
        in_threads(|writer| {
            for number in 0..each {
                let bytes = record(writer, number);
                // SAFETY: eight bytes.
                let count = unsafe {
                    mmioWrite(handle.load(Ordering::Relaxed).cast(), bytes.as_ptr().cast(), RECORD)
                };
                assert_eq!(count, RECORD);
            }
        });
        // SAFETY: structures.
        unsafe {
            assert_eq!(mmioAscend(file, &raw mut chunk, 0), 0);
            assert_eq!(chunk.cksize as usize, all * RECORD as usize);
            assert_eq!(mmioSeek(file, 0, 0), 0);
            chunk = MMCKINFO::default();
            assert_eq!(mmioDescend(file, &raw mut chunk, ptr::null(), 0), 0);
        }
        let seen: Vec<AtomicUsize> = (0..all).map(|_| AtomicUsize::new(0)).collect();
        in_threads(|_| {
            let mut last = [None; THREADS];
            for _ in 0..each {
                let mut bytes = [0_u8; 8];
                // SAFETY: room for eight bytes.
                let count = unsafe {
                    mmioRead(handle.load(Ordering::Relaxed).cast(), bytes.as_mut_ptr().cast(), RECORD)
                };
                assert_eq!(count, RECORD);
                let [writer, low, high, ..] = bytes.map(usize::from);
                let number = low + 256 * high;
                assert_eq!(bytes, record(writer, number));
                assert!(last[writer] < Some(number));
                last[writer] = Some(number);
                seen[writer * each + number].fetch_add(1, Ordering::Relaxed);
            }
        });
        assert!(seen.iter().all(|times| times.load(Ordering::Relaxed) == 1));
        // SAFETY: any handle.
        assert_eq!(unsafe { mmioClose(file, 0) }, 0);
    }
}
