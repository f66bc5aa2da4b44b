//! The C functions as safe methods.

use mmsystem::abi::{HMMIO, LONG, LPARAM, LRESULT, MMCKINFO, MMIOINFO, MMRESULT};
use mmsystem::abi::{MMIOM_READ, MMIOM_SEEK};
use mmsystem::capi::*;
use std::ffi::{CString, c_char};
use std::ptr;

/// A structure of zeros.
pub fn empty_info() -> MMIOINFO {
    // SAFETY: every field is a number, a pointer or an Option of a function, for which zero is a value.
    unsafe { std::mem::zeroed() }
}

/// The n-th bytes that a script writes: no zeros, and different from those before.
pub fn pattern(seed: usize, count: usize) -> Vec<u8> {
    (0..count).map(|i| (1 + (seed * 31 + i) % 251) as u8).collect()
}

/// Memory from `malloc`, as the library may grow a caller's buffer with `realloc`.
pub fn lend(content: &[u8]) -> *mut c_char {
    // SAFETY: malloc has no precondition.
    let memory = unsafe { libc::malloc(content.len().max(1)) };
    assert!(!memory.is_null());
    // SAFETY: fresh memory of that size.
    unsafe { ptr::copy_nonoverlapping(content.as_ptr(), memory.cast(), content.len()) };
    memory.cast()
}

/// Takes a lent buffer back and returns its content. It is overwritten, so that a later use of it shows.
pub fn take_lent(info: &MMIOINFO) -> Vec<u8> {
    let count = info.cchBuffer as usize;
    let content = held(info, count);
    let memory = info.pchBuffer;
    // SAFETY: memory from `lend`, grown by the library with realloc, `count` bytes; nobody uses it any more.
    unsafe {
        ptr::write_bytes(memory, 0xEE, count);
        libc::free(memory.cast());
    }
    content
}

/// The first bytes of a buffer.
pub fn held(info: &MMIOINFO, count: usize) -> Vec<u8> {
    if count == 0 {
        return Vec::new();
    }
    assert!(count <= info.cchBuffer as usize);
    // SAFETY: a buffer holds cchBuffer bytes, and nothing else runs meanwhile.
    unsafe { std::slice::from_raw_parts(info.pchBuffer.cast::<u8>(), count) }.to_vec()
}

/// Writes into a buffer directly.
pub fn put(info: &MMIOINFO, at: usize, bytes: &[u8]) {
    assert!(at + bytes.len() <= info.cchBuffer as usize);
    if !bytes.is_empty() {
        // SAFETY: as in `held`.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), info.pchBuffer.cast::<u8>().add(at), bytes.len()) };
    }
}

/// The offset of a pointer in a buffer.
pub fn index_of(info: &MMIOINFO, pointer: *mut c_char) -> usize {
    (pointer as usize).wrapping_sub(info.pchBuffer as usize)
}

/// An open file.
pub struct Handle(pub HMMIO);

impl Handle {
    pub fn open(name: Option<&str>, info: &mut MMIOINFO, flags: u32) -> Handle {
        let name = name.map(|name| CString::new(name).unwrap());
        let pointer = name.as_ref().map_or(ptr::null_mut(), |name| name.as_ptr().cast_mut());
        // SAFETY: a C string or NULL, and a structure.
        let file = unsafe { mmioOpenA(pointer, info, flags) };
        let error = info.wErrorRet;
        assert!(!file.is_null(), "cannot open {name:?}: {error}");
        Handle(file)
    }

    pub fn read(&self, bytes: &mut [u8]) -> LONG {
        // SAFETY: the slice is valid for its length.
        unsafe { mmioRead(self.0, bytes.as_mut_ptr().cast(), bytes.len() as LONG) }
    }

    pub fn write(&self, bytes: &[u8]) -> LONG {
        // SAFETY: the slice is valid for its length.
        unsafe { mmioWrite(self.0, bytes.as_ptr().cast(), bytes.len() as LONG) }
    }

    pub fn seek(&self, offset: LONG, origin: i32) -> LONG {
        // SAFETY: no pointers.
        unsafe { mmioSeek(self.0, offset, origin) }
    }

    pub fn tell(&self) -> i64 {
        // SAFETY: no pointers.
        unsafe { mmsys_tell64(self.0) }
    }

    pub fn flush(&self, flags: u32) -> MMRESULT {
        // SAFETY: no pointers.
        unsafe { mmioFlush(self.0, flags) }
    }

    pub fn set_write_through(&self, on: bool) -> MMRESULT {
        // SAFETY: no pointers.
        unsafe { mmsys_set_write_through(self.0, on.into()) }
    }

    /// `memory` is NULL or from `lend`, and stays until `take_lent`.
    pub fn set_buffer(&self, memory: *mut c_char, count: usize) -> MMRESULT {
        // SAFETY: NULL, or lent memory of that size.
        unsafe { mmioSetBuffer(self.0, memory, count as LONG, 0) }
    }

    pub fn info(&self) -> MMIOINFO {
        let mut info = empty_info();
        // SAFETY: a structure to be written.
        assert_eq!(unsafe { mmioGetInfo(self.0, &mut info, 0) }, 0);
        info
    }

    pub fn set_info(&self, info: &MMIOINFO) -> MMRESULT {
        // SAFETY: a structure.
        unsafe { mmioSetInfo(self.0, info, 0) }
    }

    pub fn advance(&self, info: Option<&mut MMIOINFO>, flags: u32) -> MMRESULT {
        // SAFETY: a structure or NULL.
        unsafe { mmioAdvance(self.0, info.map_or(ptr::null_mut(), ptr::from_mut), flags) }
    }

    pub fn send_read(&self, bytes: &mut [u8]) -> LRESULT {
        // SAFETY: the slice is valid for its length.
        unsafe { mmioSendMessage(self.0, MMIOM_READ, bytes.as_mut_ptr() as LPARAM, bytes.len() as LPARAM) }
    }

    pub fn send_write(&self, message: u32, bytes: &[u8]) -> LRESULT {
        // SAFETY: the slice is valid for its length.
        unsafe { mmioSendMessage(self.0, message, bytes.as_ptr() as LPARAM, bytes.len() as LPARAM) }
    }

    pub fn send_seek(&self, offset: LONG, origin: i32) -> LRESULT {
        // SAFETY: no pointers.
        unsafe { mmioSendMessage(self.0, MMIOM_SEEK, offset as LPARAM, origin as LPARAM) }
    }

    pub fn create_chunk(&self, chunk: &mut MMCKINFO, flags: u32) -> MMRESULT {
        // SAFETY: a structure.
        unsafe { mmioCreateChunk(self.0, chunk, flags) }
    }

    pub fn ascend(&self, chunk: &mut MMCKINFO) -> MMRESULT {
        // SAFETY: a structure.
        unsafe { mmioAscend(self.0, chunk, 0) }
    }

    pub fn descend(&self, chunk: &mut MMCKINFO, parent: Option<&MMCKINFO>, flags: u32) -> MMRESULT {
        // SAFETY: a structure, and another or NULL.
        unsafe { mmioDescend(self.0, chunk, parent.map_or(ptr::null(), ptr::from_ref), flags) }
    }

    pub fn close(&self) -> MMRESULT {
        // SAFETY: no pointers.
        unsafe { mmioClose(self.0, 0) }
    }
}
