//! Chunks with 64-bit sizes: random scripts on sparse files have the results of the model, on disk and with a
//! procedure of 64 bits, with buffers of all sizes.

use crate::calls::{Handle, empty_info, pattern};
use crate::compare::Outcome;
use crate::script::buffer_size;
use crate::wide_model::{Chunk, Model};
use mmsystem::abi::*;
use mmsystem::capi::*;
use proptest::collection::vec;
use proptest::prelude::*;
use std::cell::RefCell;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;

// On 32-bit Linux lseek has positions of 32 bits.
#[cfg(not(target_os = "linux"))]
use libc::lseek;
#[cfg(target_os = "linux")]
use libc::lseek64 as lseek;

const GIB: i64 = 1 << 30;

#[derive(Clone, Debug)]
enum Step {
    Read(usize),
    Write(usize),
    /// Seeks to a place, plus a small distance.
    Go(i64, i64),
    Create {
        flags: u32,
        code: u32,
        form: u32,
        size: i64,
        is_wide: bool,
    },
    Descend {
        flags: u32,
        code: u32,
        form: u32,
        in_parent: bool,
        is_wide: bool,
    },
    Ascend,
    /// Marks the chunk that was left last dirty, and enters it again.
    Reopen,
    /// Seeks to the beginning of the file.
    Begin,
    /// Seeks to the data of the innermost chunk.
    Rewind,
    Flush(u32),
}

#[derive(Clone, Copy, Debug)]
struct Backend {
    is_procedure: bool,
    buffer: usize,
}

fn code() -> impl Strategy<Value = u32> {
    let codes = [*b"data", *b"data", *b"fmt ", *b"big ", *b"LIST", *b"RIFF", *b"\0\0\0\0"];
    prop::sample::select(codes.map(u32::from_le_bytes).to_vec())
}

fn size() -> impl Strategy<Value = i64> {
    let near = |base: i64| (-3..=3_i64).prop_map(move |more| base + more);
    prop_oneof![6 => 0..=20_i64, 1 => near(4 * GIB), 1 => near(9 * GIB), 1 => Just(-1)]
}

fn step() -> impl Strategy<Value = Step> {
    let places =
        prop::sample::select(vec![0, 12, 96, 104, 4 * GIB, 4 * GIB + 100, 5 * GIB, 8 * GIB, 13 * GIB]);
    let create = prop::sample::select(vec![
        0,
        0,
        0,
        MMIO_CREATELIST,
        MMIO_CREATERIFF,
        MMIO_CREATERIFF | MMSYS_RF64,
        MMIO_CREATERIFF | MMSYS_RF64,
    ]);
    let find = prop::sample::select(vec![0, 0, MMIO_FINDCHUNK, MMIO_FINDCHUNK, MMIO_FINDRIFF, MMIO_FINDLIST]);
    let wide = || prop_oneof![3 => Just(true), 1 => Just(false)];
    prop_oneof![
        2 => (0..=9_usize).prop_map(Step::Read),
        4 => prop_oneof![0..=9_usize, 16..=26_usize].prop_map(Step::Write),
        4 => (places, -10..=10_i64).prop_map(|(place, more)| Step::Go(place, more)),
        6 => (create, code(), code(), size(), wide())
            .prop_map(|(flags, code, form, size, is_wide)| Step::Create { flags, code, form, size, is_wide }),
        5 => (find, code(), code(), any::<bool>(), wide()).prop_map(
            |(flags, code, form, in_parent, is_wide)| Step::Descend { flags, code, form, in_parent, is_wide }
        ),
        6 => Just(Step::Ascend),
        1 => Just(Step::Reopen),
        1 => Just(Step::Begin),
        1 => Just(Step::Rewind),
        1 => prop_oneof![Just(0), Just(0x10)].prop_map(Step::Flush),
    ]
}

thread_local! {
    /// The file of the procedure, with the position of the procedure.
    static STORE: RefCell<Model> = RefCell::default();
}

/// A procedure that keeps its position itself, and leaves `lDiskOffset` alone.
unsafe extern "C" fn procedure(_: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    STORE.with_borrow_mut(|store| match message {
        MMIOM_READ => {
            let bytes = store.read(store.position, second as usize);
            // SAFETY: the library sends memory for `second` bytes, and these are no more.
            unsafe { bytes.as_ptr().copy_to_nonoverlapping(first as *mut u8, bytes.len()) };
            store.position += bytes.len() as i64;
            bytes.len() as LRESULT
        }
        MMIOM_WRITE | MMIOM_WRITEFLUSH => {
            // SAFETY: the library sends `second` bytes, and a valid pointer where there are none.
            store.write(unsafe { std::slice::from_raw_parts(first as *const u8, second as usize) });
            second
        }
        MMIOM_SEEK => {
            store.position = first as i64;
            first
        }
        _ => 0,
    })
}

/// The structure that is passed to the library.
#[derive(Clone, Copy)]
enum Actual {
    Narrow(MMCKINFO),
    Wide(MMSYS_CKINFO64),
}

impl Actual {
    fn new(chunk: &Chunk) -> Actual {
        let Chunk { code: ckid, form, flags, size, data, is_wide } = *chunk;
        match is_wide {
            true => Actual::Wide(MMSYS_CKINFO64 {
                ckid,
                fccType: form,
                dwFlags: flags,
                reserved: 0,
                cksize: size as u64,
                dataOffset: data as u64,
            }),
            false => Actual::Narrow(MMCKINFO {
                ckid,
                cksize: if size < 0 { u32::MAX } else { size.min(i64::from(u32::MAX)) as u32 },
                fccType: form,
                dwDataOffset: data as u32,
                dwFlags: flags,
            }),
        }
    }

    fn dirty(mut self) -> Actual {
        match &mut self {
            Actual::Narrow(chunk) => chunk.dwFlags = MMIO_DIRTY,
            Actual::Wide(chunk) => chunk.dwFlags = MMIO_DIRTY,
        }
        self
    }

    fn members(&self) -> (u32, u32, u32, u64, u64) {
        match *self {
            Actual::Narrow(c) => (c.ckid, c.fccType, c.dwFlags, c.cksize.into(), c.dwDataOffset.into()),
            Actual::Wide(c) => (c.ckid, c.fccType, c.dwFlags, c.cksize, c.dataOffset),
        }
    }

    fn descend(&mut self, file: HMMIO, parent: Option<&Actual>, flags: u32) -> u32 {
        // SAFETY: structures, or NULL.
        unsafe {
            match (self, parent) {
                (Actual::Narrow(chunk), Some(Actual::Narrow(parent))) => {
                    mmioDescend(file, chunk, parent, flags)
                }
                (Actual::Wide(chunk), Some(Actual::Wide(parent))) => {
                    mmsys_descend64(file, chunk, parent, flags)
                }
                (Actual::Narrow(chunk), _) => mmioDescend(file, chunk, std::ptr::null(), flags),
                (Actual::Wide(chunk), _) => mmsys_descend64(file, chunk, std::ptr::null(), flags),
            }
        }
    }

    fn create(&mut self, file: HMMIO, flags: u32) -> u32 {
        // SAFETY: a structure.
        unsafe {
            match self {
                Actual::Narrow(chunk) => mmioCreateChunk(file, chunk, flags),
                Actual::Wide(chunk) => mmsys_create_chunk64(file, chunk, flags),
            }
        }
    }

    fn ascend(&mut self, file: HMMIO) -> u32 {
        // SAFETY: a structure.
        unsafe {
            match self {
                Actual::Narrow(chunk) => mmioAscend(file, chunk, 0),
                Actual::Wide(chunk) => mmsys_ascend64(file, chunk, 0),
            }
        }
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &impl std::fmt::Debug, actual: T, expected: T) -> Outcome {
    if actual == expected { Ok(()) } else { Err(format!("{what:?}: {actual:?}, not {expected:?}")) }
}

struct Player {
    file: Handle,
    model: Model,
    chunks: Vec<(Actual, Chunk)>,
    /// The chunk that was left last.
    left: Option<(Actual, Chunk)>,
    runs: usize,
}

impl Player {
    fn step(&mut self, step: &Step) -> Outcome {
        match *step {
            Step::Read(count) => {
                let mut bytes = vec![0; count];
                let read = self.file.read(&mut bytes).max(0) as usize;
                let expected = self.model.read(self.model.position, count);
                self.model.position += expected.len() as i64;
                same(step, bytes[..read].to_vec(), expected)
            }
            Step::Write(count) => {
                self.runs += 1;
                let mut bytes = pattern(self.runs, count);
                // A format whose samples can be counted.
                if count >= 16 {
                    bytes[..16].copy_from_slice(b"\x01\0\x02\0\x80\xbb\0\0\0\xee\x02\0\x04\0\x10\0");
                }
                self.model.write(&bytes);
                same(step, self.file.write(&bytes) as usize, count)
            }
            Step::Go(place, more) => self.go((place + more).max(0)),
            Step::Begin => self.go(0),
            Step::Rewind => self.go(self.chunks.last().map_or(0, |(_, chunk)| chunk.data)),
            Step::Flush(flags) => same(step, self.file.flush(flags), 0),
            Step::Create { flags, code, form, size, is_wide } => {
                let flags = if is_wide { flags } else { flags & !MMSYS_RF64 };
                let mut chunk = Chunk { code, form, flags: 0, size, data: 0, is_wide };
                if !is_wide {
                    chunk.size = if size < 0 { i64::from(u32::MAX) } else { size.min(i64::from(u32::MAX)) };
                }
                let mut actual = Actual::new(&chunk);
                let result = actual.create(self.file.0, flags);
                chunk.code = match flags & !MMSYS_RF64 {
                    MMIO_CREATERIFF => u32::from_le_bytes(*b"RIFF"),
                    MMIO_CREATELIST => u32::from_le_bytes(*b"LIST"),
                    _ => code,
                };
                same(step, result, self.model.create(&mut chunk, flags & MMSYS_RF64 != 0))?;
                if result == 0 {
                    self.push(step, actual, chunk)?;
                }
                Ok(())
            }
            Step::Descend { flags, code, form, in_parent, is_wide } => {
                let parent =
                    self.chunks.last().copied().filter(|(_, chunk)| in_parent && chunk.is_wide == is_wide);
                let mut chunk = Chunk { code, form, flags: 0, size: 0, data: 0, is_wide };
                let mut actual = Actual::new(&chunk);
                let mut after = self.model.clone();
                let expected = after.descend(&mut chunk, parent.as_ref().map(|(_, chunk)| chunk), flags);
                let Some(expected) = expected else { return Ok(()) };
                self.model = after;
                let result = actual.descend(self.file.0, parent.as_ref().map(|(actual, _)| actual), flags);
                same(step, result, expected)?;
                self.push(step, actual, chunk)?;
                if result != 0 {
                    self.chunks.pop();
                }
                Ok(())
            }
            Step::Ascend => {
                let Some((mut actual, mut chunk)) = self.chunks.pop() else { return Ok(()) };
                same(step, actual.ascend(self.file.0), self.model.ascend(&mut chunk))?;
                same(step, actual.members(), Actual::new(&chunk).members())?;
                self.left = Some((actual, chunk));
                Ok(())
            }
            Step::Reopen => {
                let Some((actual, chunk)) = self.left.take() else { return Ok(()) };
                let chunk = Chunk { flags: MMIO_DIRTY, ..chunk };
                self.push(step, actual.dirty(), chunk)
            }
        }
    }

    fn push(&mut self, step: &Step, actual: Actual, chunk: Chunk) -> Outcome {
        self.chunks.push((actual, chunk));
        same(step, actual.members(), Actual::new(&chunk).members())
    }

    fn go(&mut self, target: i64) -> Outcome {
        self.model.position = target;
        // SAFETY: no pointers.
        same(&"mmsys_seek64", unsafe { mmsys_seek64(self.file.0, target, libc::SEEK_SET) }, target)
    }
}

/// The bytes of a sparse file that are not 0.
fn written(path: &std::path::Path) -> (i64, Vec<(i64, u8)>) {
    let file = File::open(path).unwrap();
    let end = file.metadata().unwrap().len() as i64;
    let (mut at, mut found) = (0, Vec::new());
    let fd = std::os::fd::AsRawFd::as_raw_fd(&file);
    while at < end {
        // SAFETY: an open descriptor.
        let (from, to) = unsafe {
            let from = lseek(fd, at, libc::SEEK_DATA);
            (from, lseek(fd, from.max(0), libc::SEEK_HOLE))
        };
        if from < 0 {
            break;
        }
        assert!(to - from < GIB, "the file system keeps no holes");
        let mut bytes = vec![0; (to - from) as usize];
        file.read_exact_at(&mut bytes, from as u64).unwrap();
        found.extend((from..to).zip(bytes).filter(|&(_, byte)| byte != 0));
        at = to;
    }
    (end, found)
}

fn play(backend: &Backend, script: &[Step], checked: u64) -> Outcome {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("wide");
    let mut info = empty_info();
    info.cchBuffer = backend.buffer as LONG;
    STORE.take();
    if backend.is_procedure {
        info.pIOProc = Some(procedure);
    }
    let file = Handle::open(path.to_str(), &mut info, MMIO_CREATE | MMIO_READWRITE);
    let model = Model::new(backend.is_procedure);
    let mut player = Player { file, model, chunks: Vec::new(), left: None, runs: 0 };
    for (i, step) in script.iter().enumerate() {
        player.step(step)?;
        if checked >> (i % 64) & 1 != 0 {
            same(&("the position after", step), player.file.tell(), player.model.position)?;
        }
    }
    same(&"the position", player.file.tell(), player.model.position)?;
    same(&"close", player.file.close(), 0)?;
    let not_zero = |model: &Model| -> Vec<(i64, u8)> {
        model.bytes.iter().map(|(&at, &byte)| (at, byte)).filter(|&(_, byte)| byte != 0).collect()
    };
    let actual = match backend.is_procedure {
        true => STORE.with_borrow(|store| (store.end, not_zero(store))),
        false => written(&path),
    };
    fs::remove_file(&path).ok();
    same(&"the file", actual, (player.model.end, not_zero(&player.model)))
}

fn the_law_holds(is_procedure: bool) {
    let buffer = prop_oneof![1 => Just(0), 4 => buffer_size()];
    let values = (buffer, vec(step(), 0..=50), any::<u64>());
    let backend = |buffer: usize| Backend { is_procedure, buffer };
    crate::check_values(
        crate::sequences().div_ceil(10),
        values,
        |(buffer, script, checked)| play(&backend(*buffer), script, *checked),
        |_| "(no C program is made of this)".to_owned(),
    );
}

#[test]
#[cfg(target_os = "linux")]
fn the_law_holds_for_chunks_of_64_bits_on_disk() {
    the_law_holds(false);
}

#[test]
#[cfg(target_pointer_width = "64")]
fn the_law_holds_for_chunks_of_64_bits_with_a_procedure() {
    the_law_holds(true);
}
