//! Where a file can be: on disk, in memory, behind a program's own procedure.

use crate::calls::{Handle, lend, nothing_asked, pattern};
use crate::model::{Kind, Model};
use crate::steps::Buffer;
use crate::store::{self, Behaviour, STORE, Temper, procedure, put_store};
use mmsystem::abi::*;
use std::fs;
use std::path::PathBuf;

#[derive(Clone, Debug)]
pub enum Place {
    Disk,
    /// Starts with its content in the caller's memory, or empty with that much memory.
    Memory {
        step: u32,
        created: bool,
    },
    Procedure(Behaviour),
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
        match &self.place {
            Place::Procedure(behaviour) => behaviour.temper,
            _ => Temper::Obedient,
        }
    }

    /// What the procedure answers to a message that it does not know.
    pub fn refusal(&self, message: UINT) -> Option<LRESULT> {
        match &self.place {
            Place::Procedure(behaviour) => behaviour.writes.refusal(message),
            _ => None,
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
            Place::Procedure(_) => Kind::Procedure,
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
            Place::Procedure(behaviour) => {
                put_store(STORE, self.content(), behaviour.clone());
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

    /// The bytes as anybody else sees them after a flush; nobody else sees a memory file.
    pub fn flushed(&self) -> Result<Option<Vec<u8>>, String> {
        match self.place {
            Place::Disk => Ok(Some(fs::read(disk_name()).unwrap())),
            Place::Memory { .. } => Ok(None),
            Place::Procedure(_) => store::flushed(STORE).map(Some),
        }
    }
}

pub struct Opened {
    pub file: Handle,
    pub lent: bool,
}

thread_local! {
    static FOLDER: tempfile::TempDir = tempfile::tempdir().unwrap();
}

/// One file a thread: every test runs in its own.
pub fn disk_name() -> PathBuf {
    FOLDER.with(|folder| folder.path().join("law"))
}
