//! Structures of which only some members are set, and the files of these tests.

use mmsystem::abi::*;
use mmsystem::capi::*;
use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::ptr::null_mut;

pub const fn code(text: &[u8; 4]) -> FOURCC {
    u32::from_le_bytes(*text)
}

pub const MEM: FOURCC = code(b"MEM ");
pub const DOS: FOURCC = code(b"DOS ");

/// An uninitialised structure on the caller's stack.
pub struct Unset<T>(UnsafeCell<MaybeUninit<T>>);

impl<T: Copy> Unset<T> {
    pub const fn new() -> Unset<T> {
        Unset(UnsafeCell::new(MaybeUninit::uninit()))
    }

    pub fn at(&self) -> *mut T {
        self.0.get().cast()
    }

    /// The whole structure. All members must be set.
    pub fn get(&self) -> T {
        // SAFETY: Miri reports it if one is not set.
        unsafe { self.at().read_unaligned() }
    }
}

/// Sets some members.
macro_rules! set {
    ($structure:expr, $($member:ident: $value:expr),+ $(,)?) => {{
        #[allow(unused_unsafe)]
        // SAFETY: there is memory for all of them.
        unsafe { $((&raw mut (*$structure.at()).$member).write_unaligned($value);)+ };
    }};
}

/// One member, which must be set.
macro_rules! member {
    ($structure:expr, $member:ident) => {{
        #[allow(unused_unsafe)]
        // SAFETY: Miri reports it if it is not set.
        let value = unsafe { (&raw const (*$structure.at()).$member).read_unaligned() };
        value
    }};
}

/// The trace shows more numbers than the call itself needs.
pub fn is_traced() -> bool {
    std::env::var_os("MMSYSTEM_TRACE").is_some()
}

/// A procedure that discards what is written, and does not fill what is read.
pub unsafe extern "C" fn idle(_: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    match message {
        MMIOM_READ | MMIOM_WRITE | MMIOM_WRITEFLUSH => second,
        MMIOM_SEEK => first,
        _ => 0,
    }
}

/// A procedure that serves 80 bytes: two chunks of 4 bytes in a LIST in a RIFF, and zeros. It leaves `adwInfo` unset.
pub unsafe extern "C" fn serve(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let info = info.cast::<MMIOINFO>();
    // SAFETY: the library passes the structure of the file, and valid memory.
    unsafe {
        let at = (&raw const (*info).lDiskOffset).read_unaligned();
        match message {
            MMIOM_OPEN => {
                (&raw mut (*info).adwInfo)
                    .cast::<MaybeUninit<[DWORD; 3]>>()
                    .write_unaligned(MaybeUninit::uninit());
                (&raw mut (*info).dwReserved1)
                    .cast::<MaybeUninit<DWORD>>()
                    .write_unaligned(MaybeUninit::uninit());
                0
            }
            MMIOM_READ => {
                let count = second.min(FILE.len() as isize - at as isize).max(0);
                FILE.as_ptr().add(at as usize).copy_to(first as *mut u8, count as usize);
                (&raw mut (*info).lDiskOffset).write_unaligned(at + count as i32);
                count
            }
            MMIOM_SEEK => {
                (&raw mut (*info).lDiskOffset).write_unaligned(first as i32);
                first
            }
            MMIOM_WRITE | MMIOM_WRITEFLUSH => {
                (&raw mut (*info).lDiskOffset).write_unaligned(at + second as i32);
                second
            }
            _ => 0,
        }
    }
}

static FILE: [u8; 80] = {
    let mut bytes = [0; 80];
    let content = *b"RIFF\x28\0\0\0FORMLIST\x1c\0\0\0TYPEone \x04\0\0\0abcdtwo \x04\0\0\0efgh";
    let mut index = 0;
    while index < content.len() {
        bytes[index] = content[index];
        index += 1;
    }
    bytes
};

/// Sets every member that mmioOpen is documented to read.
pub fn open_params(procedure: LPMMIOPROC, buffer: LONG) -> Unset<MMIOINFO> {
    let info = Unset::<MMIOINFO>::new();
    set!(
        info,
        fccIOProc: if procedure.is_none() { MEM } else { 0 },
        pIOProc: procedure,
        htask: null_mut(),
        cchBuffer: buffer,
        pchBuffer: null_mut(),
        adwInfo: [16, 0, 0],
        dwReserved1: 0,
        dwReserved2: 0,
    );
    info
}

pub fn open(procedure: LPMMIOPROC, buffer: LONG, flags: DWORD) -> HMMIO {
    let info = open_params(procedure, buffer);
    let name = if procedure.is_none() { null_mut() } else { c"x".as_ptr().cast_mut() };
    // SAFETY: NULL or a C string, and a structure with the members that the call reads.
    let file = unsafe { mmioOpenA(name, info.at(), flags | MMIO_READWRITE) };
    assert!(!file.is_null());
    assert_eq!(member!(info, wErrorRet), MMSYSERR_NOERROR);
    file
}

pub fn close(file: HMMIO) {
    // SAFETY: any handle will do.
    assert_eq!(unsafe { mmioClose(file, 0) }, MMSYSERR_NOERROR);
}

/// Files with the same bytes: in memory and behind a procedure, buffered and unbuffered.
pub fn each_file_to_read(test: impl Fn(HMMIO)) {
    let memory = open(None, 16, MMIO_CREATE);
    let count = FILE.len() as LONG;
    // SAFETY: a handle, and as many bytes.
    unsafe {
        assert_eq!(mmioWrite(memory, FILE.as_ptr().cast(), count), count);
        assert_eq!(mmioSeek(memory, 0, 0), 0);
    }
    for file in [memory, open(Some(serve), 0, 0), open(Some(serve), 24, 0), open(Some(serve), 100, 0)] {
        test(file);
        close(file);
    }
}

pub fn each_file_to_write(test: impl Fn(HMMIO)) {
    let memory = open(None, 0, MMIO_CREATE);
    for file in [memory, open(Some(serve), 0, 0), open(Some(serve), 24, 0), open(Some(idle), 500, 0)] {
        test(file);
        close(file);
    }
}
