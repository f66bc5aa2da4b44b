//! Where a file can be: on disk, in memory, behind a program's own procedure.

use crate::calls::{Handle, lend, nothing_asked, pattern};
use crate::model::{Kind, Model};
use crate::steps::Buffer;
use mmsystem::abi::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

/// What a custom procedure is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    Obedient,
    /// Shortens every transfer.
    Short,
    /// Shortens and fails.
    Failing,
}

#[derive(Clone, Debug)]
pub enum Place {
    Disk,
    /// Starts with its content in the caller's memory, or empty with that much memory.
    Memory {
        step: u32,
        created: bool,
    },
    /// What it does to its messages is in the plan, over and over.
    Procedure {
        temper: Temper,
        plan: Vec<u8>,
    },
}

#[derive(Clone, Debug)]
pub struct Backend {
    pub place: Place,
    pub buffer: Buffer,
    /// How many bytes the file has at first.
    pub size: usize,
}

impl Backend {
    pub fn temper(&self) -> Temper {
        match self.place {
            Place::Procedure { temper, .. } => temper,
            _ => Temper::Obedient,
        }
    }

    /// The bytes that the file has at first.
    pub fn content(&self) -> Vec<u8> {
        match self.place {
            Place::Memory { created: true, .. } => Vec::new(),
            _ => pattern(0, self.size),
        }
    }

    pub fn model(&self) -> Model {
        let kind = match self.place {
            Place::Disk => Kind::Disk,
            Place::Memory { step, .. } => Kind::Memory { room: self.size, step },
            Place::Procedure { .. } => Kind::Procedure,
        };
        Model { kind, bytes: self.content(), position: 0 }
    }

    /// Opens the file; the buffer is the caller's if the answer says so.
    pub fn open(&self) -> Opened {
        let mut info = nothing_asked();
        let lent = self.ask_for_buffer(&mut info);
        let file = match &self.place {
            Place::Disk => {
                fs::write(disk_name(), self.content()).unwrap();
                Handle::open(disk_name().to_str(), &mut info, MMIO_READWRITE)
            }
            Place::Memory { step, created } => {
                info.fccIOProc = u32::from_le_bytes(*b"MEM ");
                info.adwInfo[0] = *step;
                Handle::open(None, &mut info, if *created { MMIO_CREATE } else { 0 } | MMIO_READWRITE)
            }
            Place::Procedure { temper, plan } => {
                put_store(STORE, self.content(), *temper, plan.clone());
                info.pIOProc = Some(procedure);
                info.adwInfo[0] = STORE;
                Handle::open(Some("law"), &mut info, MMIO_READWRITE)
            }
        };
        Opened { file, lent }
    }

    fn ask_for_buffer(&self, info: &mut MMIOINFO) -> bool {
        let buffer = match self.place {
            Place::Memory { created: false, .. } => {
                info.pchBuffer = lend(&self.content());
                info.cchBuffer = self.size as LONG;
                return true;
            }
            Place::Memory { .. } => Buffer::Ours(self.size),
            _ => self.buffer,
        };
        match buffer {
            Buffer::None => false,
            Buffer::Ours(size) => {
                info.cchBuffer = size as LONG;
                false
            }
            Buffer::Callers(size) => {
                info.pchBuffer = lend(&vec![0; size]);
                info.cchBuffer = size as LONG;
                true
            }
        }
    }

    /// The bytes as anybody else sees them; nobody else sees a memory file.
    pub fn visible(&self) -> Option<Vec<u8>> {
        match self.place {
            Place::Disk => Some(fs::read(disk_name()).unwrap()),
            Place::Memory { .. } => None,
            Place::Procedure { .. } => Some(with_store(STORE, |store| store.bytes.clone())),
        }
    }
}

pub struct Opened {
    pub file: Handle,
    pub lent: bool,
}

thread_local! {
    static FOLDER: tempfile::TempDir = tempfile::tempdir().unwrap();
    static STORES: RefCell<HashMap<u32, Store>> = RefCell::new(HashMap::new());
}

/// One file a thread: every test runs in its own.
pub fn disk_name() -> PathBuf {
    FOLDER.with(|folder| folder.path().join("law"))
}

/// What the procedure finds its file by, in `adwInfo[0]`.
const STORE: u32 = 0xfee1_600d;

/// A file of the custom procedure.
#[derive(Debug)]
struct Store {
    bytes: Vec<u8>,
    temper: Temper,
    plan: Vec<u8>,
    messages: usize,
}

/// Of the 256 values of a plan's byte, those below fail, and those below that are short.
pub const FAIL: u8 = 60;
pub const TAKE_NOTHING: u8 = 90;
pub const SHORTEN: u8 = 160;

impl Store {
    fn turn(&mut self) -> u8 {
        self.messages += 1;
        self.plan.get((self.messages - 1) % self.plan.len().max(1)).copied().unwrap_or(u8::MAX)
    }

    /// How many of `count` bytes this message transfers.
    fn amount(&mut self, count: usize, nothing: Option<usize>) -> Option<usize> {
        let turn = self.turn();
        let short = if count == 0 { 0 } else { 1 + usize::from(turn) % count };
        match self.temper {
            Temper::Obedient => Some(count),
            Temper::Short => Some(short),
            Temper::Failing if turn < FAIL => None,
            Temper::Failing if turn < TAKE_NOTHING => nothing,
            Temper::Failing if turn < SHORTEN => Some(short),
            Temper::Failing => Some(count),
        }
    }

    fn read(&mut self, at: usize, count: usize) -> Option<&[u8]> {
        let from = at.min(self.bytes.len());
        let count = self.amount(count.min(self.bytes.len() - from), None)?;
        Some(&self.bytes[from..from + count])
    }

    fn write(&mut self, at: usize, bytes: &[u8]) -> Option<usize> {
        let count = self.amount(bytes.len(), Some(0))?;
        if count > 0 {
            self.bytes.resize(self.bytes.len().max(at + count), 0);
            self.bytes[at..at + count].copy_from_slice(&bytes[..count]);
        }
        Some(count)
    }

    fn seek(&mut self, at: usize, offset: isize, origin: isize) -> Option<usize> {
        let turn = self.turn();
        if self.temper == Temper::Failing && turn < FAIL {
            return None;
        }
        let from = match origin as i32 {
            libc::SEEK_SET => 0,
            libc::SEEK_CUR => at,
            _ => self.bytes.len(),
        };
        // A position is kept in 32 bits, all ones of which are -1.
        from.checked_add_signed(offset).filter(|&target| target < u32::MAX as usize)
    }
}

/// Gives the procedure a file, which it finds by this key.
pub fn put_store(key: u32, bytes: Vec<u8>, temper: Temper, plan: Vec<u8>) {
    STORES.with_borrow_mut(|stores| stores.insert(key, Store { bytes, temper, plan, messages: 0 }));
}

fn with_store<R>(key: u32, call: impl FnOnce(&mut Store) -> R) -> R {
    STORES.with_borrow_mut(|stores| call(stores.get_mut(&key).expect("adwInfo[0] is the file's")))
}

/// From now on the procedure does what it is asked, or again what its plan says.
pub fn set_temper(temper: Temper) {
    with_store(STORE, |store| store.temper = temper);
}

/// The custom procedure: a file in a `Vec`, its position in `lDiskOffset`.
///
/// # Safety
/// - As for any I/O procedure: only the library may send messages.
pub unsafe extern "C" fn procedure(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let info = info.cast::<MMIOINFO>();
    // SAFETY: the library sends every message with the file's structure, which is packed.
    let mut copy = unsafe { *info };
    let (key, at, count) = (copy.adwInfo[0], copy.lDiskOffset as u32 as usize, second as usize);
    let moved = with_store(key, |store| match message {
        MMIOM_READ => store.read(at, count).map(|bytes| {
            // SAFETY: the library sends memory for `second` bytes, and these are no more.
            unsafe { bytes.as_ptr().copy_to_nonoverlapping(first as *mut u8, bytes.len()) };
            (bytes.len(), at + bytes.len())
        }),
        MMIOM_WRITE | MMIOM_WRITEFLUSH => {
            let bytes = match count {
                0 => &[],
                // SAFETY: the library sends `second` bytes.
                _ => unsafe { std::slice::from_raw_parts(first as *const u8, count) },
            };
            store.write(at, bytes).map(|count| (count, at + count))
        }
        MMIOM_SEEK => store.seek(at, first, second).map(|target| (target, target)),
        _ => Some((0, at)),
    });
    let Some((answer, position)) = moved else { return -1 };
    copy.lDiskOffset = position as u32 as LONG;
    // SAFETY: as above.
    unsafe { *info = copy };
    answer as LRESULT
}
