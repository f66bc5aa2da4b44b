//! The functions of `mmsystem_ext.h` that open a file without a procedure: callbacks, and parts of disk files.

use super::names::{open_reporting, report};
use super::open_params::OpenParams;
use super::text;
use crate::abi::{self, DWORD, HMMIO, LPCSTR, LPMMIOINFO, MMIOINFO, MMSYS_CALLBACKS};
use crate::error::Error;
use crate::memory;
use crate::name::{Encoding, Name};
use crate::procs::backing::Backing;
use crate::procs::callbacks::Callbacks;
use crate::procs::part::Part;
use crate::trace::{self, Category, Shown, Title, Value};
use core::ffi::{c_int, c_void};

/// Flags of `mmioOpen` that open no file.
const NO_OPEN: DWORD = abi::MMIO_PARSE | abi::MMIO_DELETE | abi::MMIO_EXIST | abi::MMIO_GETTEMP;

/// The largest structure of callbacks that a program may have: more is a mistake.
const MAX_SIZE: usize = 4096;

/// Opens a file with this backing, and stores the error in the caller's structure.
///
/// # Safety
/// - As for `mmioOpenA`.
unsafe fn open(
    info: LPMMIOINFO,
    backing: Result<Backing, Error>,
    name: Option<&Name>,
    flags: DWORD,
) -> HMMIO {
    let boxed = backing.and_then(|backing| memory::boxed(backing).map_err(|_| Error::OutOfMemory));
    // SAFETY: the caller's promise.
    unsafe {
        match boxed {
            Ok(_) if flags & NO_OPEN != 0 => report(info, Err(Error::InvalidParam)),
            Ok(backing) => open_reporting(info, name, Encoding::Bytes, flags, Some(backing)),
            Err(error) => report(info, Err(error)),
        }
    }
}

/// Reads the caller's callbacks. Those that this version of the library does not know must be NULL.
///
/// # Safety
/// - `callbacks` must be NULL or point to a structure of the size in its first member.
unsafe fn read_callbacks(callbacks: *const MMSYS_CALLBACKS) -> Result<MMSYS_CALLBACKS, Error> {
    if callbacks.is_null() {
        return Err(Error::InvalidParam);
    }
    // SAFETY: the caller's promise. A program may pack its structures, so the alignment is not relied on.
    let size = unsafe { (&raw const (*callbacks).size).read_unaligned() } as usize;
    if !(size_of::<MMSYS_CALLBACKS>()..=MAX_SIZE).contains(&size) {
        return Err(Error::InvalidParam);
    }
    let is_zero = |index: usize| {
        // SAFETY: the structure has `size` bytes.
        unsafe { callbacks.cast::<u8>().wrapping_add(index).read() == 0 }
    };
    // SAFETY: the structure has at least this size.
    let table = unsafe { callbacks.read_unaligned() };
    if !(size_of::<MMSYS_CALLBACKS>()..size).all(is_zero) || (table.read.is_none() && table.write.is_none()) {
        return Err(Error::InvalidParam);
    }
    Ok(table)
}

/// Runs a function that opens a file, and traces it. `file` is what the file was opened with.
fn traced(
    title: &'static str,
    parameters: &[(&str, Value<'_>)],
    file: Value<'_>,
    run: &dyn Fn() -> HMMIO,
) -> HMMIO {
    if !trace::may_be_on() {
        return run();
    }
    let begin = |shown: &mut Shown| parameters.iter().for_each(|&(name, value)| shown.with(name, value));
    let end = |shown: &mut Shown, &handle: &HMMIO| {
        if let Value::Name(name) = file {
            shown.requested(name, None);
        }
        shown.result(Value::Opened(handle));
        if !handle.is_null() {
            trace::opened_as(handle, file);
        }
    };
    trace::record(Category::Ext, Title::Call(title), &begin, run, &end)
}

/// Opens a file whose bytes the program's callbacks supply.
///
/// It is an I/O procedure in a simpler form, with positions of 64 bits. The buffer, direct access, chunks, short
/// transfers and failures are as for other files.
///
/// The first callback is seek, which is asked for the position: that is the position of the file. If seek is NULL,
/// or fails then, the file is a stream, as a pipe is. Later seek is called only if the position is not the one
/// that is needed. mmioFlush, mmioSetBuffer and mmioClose call flush if something was written since the last
/// flush that succeeded; if it fails, they do. A result that is negative, or larger than the count, is a failure.
///
/// mmioSeek with SEEK_END counts backwards from the end, as for disk files. mmioClose calls close once, after a
/// flush that succeeded. With MMIO_FHOPEN it does not call close, and leaves the callbacks at the position of the
/// file; it returns MMIOERR_CANNOTSEEK if they cannot seek to it. A stream stays after the bytes that were read
/// ahead. mmsys_discard calls close alone. The file has no I/O procedure: pIOProc of mmioGetInfo opens nothing.
///
/// callbacks: the callbacks, which are copied. A size that is larger than that of this library is accepted if the
/// bytes that it does not know are 0.
///
/// context: a pointer for the callbacks. The library does not use it. If the function fails, close is not
/// called, and the context is still the caller's.
///
/// info: NULL, or options, with all other members 0: pchBuffer and cchBuffer give the file a buffer, as for
/// mmioOpen, and fccIOProc is returned by mmioGetInfo. Receives the error, or 0, in wErrorRet.
///
/// flags: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE, and MMIO_ALLOCBUF for a buffer of MMIO_DEFAULTBUFFER
/// bytes if cchBuffer is 0. The callbacks alone decide what the file permits. Share modes and MMIO_CREATE have no
/// effect.
///
/// Returns a handle for mmioClose, or NULL on failure.
///
/// Errors, in wErrorRet of info:
/// - MMSYSERR_INVALPARAM: callbacks is NULL, its size is wrong, read and write are NULL, cchBuffer is negative,
///   or flags has MMIO_PARSE, MMIO_EXIST, MMIO_DELETE or MMIO_GETTEMP.
/// - MMIOERR_OUTOFMEMORY: there is no memory.
///
/// Example: Reads a file through a stream of stdio.
/// ```c
/// #include <mmsystem_ext.h>
/// #include <stdio.h>
///
/// static int64_t read_bytes(void *context, void *data, size_t count)
/// {
///     FILE *stream = (FILE *)context;
///     size_t done = fread(data, 1, count, stream);
///     return done == 0 && ferror(stream) ? -1 : (int64_t)done;
/// }
///
/// static int64_t seek_to(void *context, int64_t offset, int whence)
/// {
///     if (fseek((FILE *)context, (long)offset, whence) != 0)
///         return -1;
///     return ftell((FILE *)context);
/// }
///
/// static int close_stream(void *context)
/// {
///     return fclose((FILE *)context);
/// }
///
/// HMMIO OpenStream(FILE *stream)
/// {
///     MMSYS_CALLBACKS io = {sizeof(io), read_bytes, NULL, seek_to,
///                           NULL, close_stream};
///     return mmsys_open_callbacks(&io, stream, NULL,
///                                 MMIO_READ | MMIO_ALLOCBUF);
/// }
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_open_callbacks(
    callbacks: *const MMSYS_CALLBACKS,
    context: *mut c_void,
    info: LPMMIOINFO,
    flags: DWORD,
) -> HMMIO {
    let run = || {
        // SAFETY: the caller's promise.
        let table = unsafe { read_callbacks(callbacks) };
        // SAFETY: the caller's promise about the callbacks.
        let backing = table.map(|table| Backing::Callbacks(unsafe { Callbacks::new(table, context) }));
        // SAFETY: the caller's promise about the options.
        unsafe { open(info, backing, None, flags) }
    };
    // SAFETY: NULL or an MMIOINFO, the caller promises.
    let params = if trace::may_be_on() { unsafe { OpenParams::for_trace(info, flags) } } else { None };
    let parameters = [
        ("callbacks", Value::Address(callbacks.addr())),
        ("context", Value::Address(context.addr())),
        ("info", Value::OpenParams(params.as_ref())),
        ("flags", Value::Flags(trace::names::of_open(flags), flags)),
    ];
    traced("mmsys_open_callbacks", &parameters, Value::Text("callbacks"), &run)
}

/// Opens a part of a disk file, and traces the call. `file` is the parameter with the name or the descriptor, which
/// `shown` shows after the handle.
fn open_part(
    title: &'static str,
    file: (&str, Value<'_>),
    shown: Value<'_>,
    name: &Result<Option<Name>, Error>,
    range: (i64, i64),
    flags: DWORD,
) -> HMMIO {
    let (offset, length) = range;
    let run = || {
        let name = name.as_ref().map(|name| name.as_ref());
        let part = match name {
            Ok(name) if flags & abi::MMIO_CREATE == 0 => Part::new(offset, length, name.is_none()),
            Ok(_) => Err(Error::InvalidParam),
            Err(&error) => Err(error),
        };
        let mut info = MMIOINFO::EMPTY;
        if let Value::Descriptor(descriptor) = shown {
            info.adwInfo = [descriptor, 0, 0];
        }
        // SAFETY: the structure has no buffer.
        unsafe { open(&raw mut info, part.map(Backing::Part), name.unwrap_or_default(), flags) }
    };
    let parameters = [
        file,
        ("offset", Value::Number(offset)),
        ("length", Value::Number(length)),
        ("flags", Value::Flags(trace::names::of_open(flags), flags)),
    ];
    traced(title, &parameters, shown, &run)
}

/// Opens a part of a file that the program has open as a file: a member that lies uncompressed in an archive.
///
/// Position 0 is that of offset. Reads and seeks end at length, or where the file ends if that is less; mmioWrite
/// and direct access do not pass length, and a write that does not fit is short. The position of the descriptor
/// is neither used nor moved, so that several parts of one descriptor may be open.
///
/// descriptor: an open file descriptor that can seek. It stays the caller's, also after mmioClose, and must be
/// open as long as the file is. Whether it can read and write decides what the file permits. With O_APPEND it
/// cannot write.
///
/// offset: the position in the file where the part begins, in bytes.
///
/// length: the length of the part in bytes. It may end after the end of the file, which a write then extends.
///
/// flags: as for mmioOpen: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE, and MMIO_ALLOCBUF for a buffer. Share
/// modes have no effect: see mmsys_share.
///
/// Returns a handle for mmioClose. Returns NULL if offset or length is negative or their sum too large, if the
/// descriptor is not open or cannot seek, if there is no memory, or if flags has MMIO_CREATE, MMIO_PARSE,
/// MMIO_EXIST, MMIO_DELETE or MMIO_GETTEMP.
#[unsafe(no_mangle)]
pub extern "C" fn mmsys_open_range(descriptor: c_int, offset: i64, length: i64, flags: DWORD) -> HMMIO {
    let shown = Value::Descriptor(u32::from_ne_bytes(descriptor.to_ne_bytes()));
    let parameter = ("descriptor", Value::Number(descriptor.into()));
    open_part("mmsys_open_range", parameter, shown, &Ok(None), (offset, length), flags)
}

/// Opens a part of a named file as a file.
///
/// It is mmsys_open_range for a file that is opened by its name, as mmioOpen opens it, and closed with the part.
///
/// name: the name, a string that ends with NUL. It is read as by mmioOpen, but always as that of a disk file.
///
/// offset: the position in the file where the part begins, in bytes.
///
/// length: the length of the part in bytes. It may end after the end of the file, which a write then extends.
///
/// flags: as for mmioOpen: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE, a share mode, which applies to the
/// whole file, and MMIO_ALLOCBUF for a buffer.
///
/// Returns a handle for mmioClose. Returns NULL if mmioOpen would not open the file, and for the reasons of
/// mmsys_open_range.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mmsys_open_part(name: LPCSTR, offset: i64, length: i64, flags: DWORD) -> HMMIO {
    // SAFETY: the caller's promise.
    let name = match unsafe { text::name(name.cast::<u8>()) } {
        Ok(None) => Err(Error::InvalidParam),
        name => name,
    };
    let shown = name.as_ref().ok().and_then(Option::as_ref).map(|name| name.0.as_slice());
    let shown = Value::Name(shown);
    open_part("mmsys_open_part", ("name", shown), shown, &name, (offset, length), flags)
}
