//! The kinds of files: on disk, in memory, behind a procedure of the program.

use crate::callbacks;
use crate::calls::{Handle, empty_info, lend, pattern};
use crate::model::{Model, StorageKind};
use crate::steps::Buffer;
use crate::store::{self, Behaviour, FaultMode, STORE, procedure, put_store, set_fault_mode};
use mmsystem::abi::*;
use std::fs;
use std::path::PathBuf;

#[derive(Clone, Debug)]
pub enum Storage {
    Disk,
    /// Begins with its content in the caller's memory, or empty with that much memory.
    Memory {
        step: u32,
        created: bool,
    },
    Procedure(Behaviour),
    Callbacks(Behaviour),
    /// A part of a disk file that has so many bytes before and after it. It may grow by `room` bytes.
    Part {
        before: usize,
        room: usize,
        after: usize,
    },
}

#[derive(Clone, Debug)]
pub struct Backend {
    pub storage: Storage,
    pub buffer: Buffer,
    /// The initial size of the file.
    pub size: usize,
}

impl Backend {
    pub fn fault_mode(&self) -> FaultMode {
        match &self.storage {
            Storage::Procedure(behaviour) | Storage::Callbacks(behaviour) => behaviour.fault_mode,
            _ => FaultMode::Normal,
        }
    }

    /// The result of the procedure for a message that it does not know.
    pub fn refusal(&self, message: UINT) -> Option<LRESULT> {
        match &self.storage {
            Storage::Procedure(behaviour) => behaviour.writes.refusal(message),
            _ => None,
        }
    }

    /// The initial bytes of the file.
    pub fn content(&self) -> Vec<u8> {
        match self.storage {
            Storage::Memory { created: true, .. } => Vec::new(),
            _ => pattern(0, self.size),
        }
    }

    pub fn model(&self) -> Model {
        let kind = match self.storage {
            Storage::Disk => StorageKind::Disk,
            Storage::Memory { step, .. } => StorageKind::Memory { room: self.size, step },
            Storage::Procedure(_) => StorageKind::Procedure,
            Storage::Callbacks(_) => StorageKind::Disk,
            Storage::Part { room, .. } => StorageKind::Part { length: self.size + room },
        };
        Model::new(kind, self.content())
    }

    /// Opens the file. Also returns whether the buffer is the caller's.
    pub fn open(&self) -> Opened {
        let mut info = empty_info();
        let lent = self.add_buffer(&mut info);
        let file = match &self.storage {
            Storage::Disk => {
                fs::write(disk_name(), self.content()).unwrap();
                Handle::open(disk_name().to_str(), &mut info, MMIO_READWRITE)
            }
            Storage::Memory { step, created } => {
                info.fccIOProc = u32::from_le_bytes(*b"MEM ");
                info.adwInfo[0] = *step;
                Handle::open(None, &mut info, if *created { MMIO_CREATE } else { 0 } | MMIO_READWRITE)
            }
            Storage::Procedure(behaviour) => {
                put_store(STORE, self.content(), behaviour.clone());
                info.pIOProc = Some(procedure);
                info.adwInfo[0] = STORE;
                Handle::open(Some("law"), &mut info, MMIO_READWRITE)
            }
            Storage::Callbacks(behaviour) => {
                let opening = Behaviour { fault_mode: FaultMode::Normal, ..behaviour.clone() };
                put_store(STORE, self.content(), opening);
                let file = callbacks::open(&mut info);
                // A file whose first seek fails would be a stream.
                set_fault_mode(behaviour.fault_mode);
                file
            }
            Storage::Part { before, room, after } => {
                let file = callbacks::open_part(&self.content(), *before, self.size + room, *after);
                assert_eq!(file.set_buffer(info.pchBuffer, info.cchBuffer as usize), 0);
                file
            }
        };
        Opened { file, lent }
    }

    fn add_buffer(&self, info: &mut MMIOINFO) -> bool {
        let buffer = match self.storage {
            Storage::Memory { created: false, .. } => {
                info.pchBuffer = lend(&self.content());
                info.cchBuffer = self.size as LONG;
                return true;
            }
            Storage::Memory { .. } => Buffer::Ours(self.size),
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

    /// The bytes that others see after a flush. None for a memory file, which nobody else sees.
    pub fn flushed(&self) -> Result<Option<Vec<u8>>, String> {
        match self.storage {
            Storage::Disk => Ok(Some(fs::read(disk_name()).unwrap())),
            Storage::Memory { .. } => Ok(None),
            Storage::Procedure(_) | Storage::Callbacks(_) => store::flushed(STORE).map(Some),
            Storage::Part { before, after, .. } => callbacks::bytes_of_part(before, after).map(Some),
        }
    }
}

pub struct Opened {
    pub file: Handle,
    pub lent: bool,
}

thread_local! {
    static DIR: tempfile::TempDir = tempfile::tempdir().unwrap();
}

/// One file for each thread. Each test has its own thread.
pub fn disk_name() -> PathBuf {
    DIR.with(|dir| dir.path().join("law"))
}
