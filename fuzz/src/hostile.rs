//! A file with a hostile procedure: it returns false results, overwrites its structure, and during a message uses or
//! closes the file or sets its buffer. No model predicts the results. But no memory outside the file's may be accessed,
//! every number must be in its range, and the file can be closed.

use crate::calls::{empty_info, held, index_of, lend, put};
use crate::input::{self, Script};
use crate::steps::{Buffer, Finish, Step};
use arbitrary::{Arbitrary, Result, Unstructured};
use mmsystem::abi::*;
use mmsystem::capi::*;
use std::cell::{Cell, RefCell};
use std::ptr;

#[derive(Debug)]
pub struct Hostile {
    buffer: Buffer,
    size: usize,
    /// What the procedure does with each message; after the end of the plan it works correctly.
    plan: Vec<u8>,
    /// Steps that the procedure runs on the file during a message.
    inner: Vec<Step>,
    script: Script,
}

impl<'a> Arbitrary<'a> for Hostile {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Hostile> {
        let (buffer, size, plan) = (input::buffer(u)?, input::count(u)?, input::plan(u, 200)?);
        let inner = usize::from(u.arbitrary::<u8>()?) % 20;
        let mut script: Script = u.arbitrary()?;
        let inner = script.steps.split_off(script.steps.len().saturating_sub(inner));
        Ok(Hostile { buffer, size, plan, inner, script })
    }
}

/// State of the procedure, and of the program that uses it.
#[derive(Default)]
struct World {
    bytes: Vec<u8>,
    plan: Vec<u8>,
    inner: Vec<Step>,
    chunks: Vec<MMCKINFO>,
    wide_chunks: Vec<MMSYS_CKINFO64>,
    lent: Vec<*mut libc::c_char>,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::default();
    /// Number of bytes of the plan, and of inner steps, that were used.
    static TURNS: Cell<usize> = const { Cell::new(0) };
    static INNER: Cell<usize> = const { Cell::new(0) };
}

/// Maximum size of the file.
const MAX_SIZE: usize = 1 << 16;

/// Maximum number of inner steps: each may send messages that run further ones.
const MAX_INNER_STEPS: usize = 100;

fn with<R>(call: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with_borrow_mut(call)
}

/// Returns the next byte of the plan; 0, which means to work correctly, after its end.
fn turn() -> u8 {
    let turn = TURNS.replace(TURNS.get() + 1);
    with(|world| world.plan.get(turn).copied().unwrap_or(0))
}

fn run_inner_step(file: HMMIO) {
    let n = INNER.replace(INNER.get() + 1);
    let step = with(|world| world.inner.get(n % world.inner.len().max(1)).cloned());
    if let Some(step) = step.filter(|_| n < MAX_INNER_STEPS) {
        run_step(file, &step);
    }
}

unsafe extern "C" fn procedure(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let info = info.cast::<MMIOINFO>();
    // SAFETY: the library sends every message with the file's structure, which is packed.
    let mut copy = unsafe { *info };
    let mode = turn();
    if mode & 1 != 0 {
        run_inner_step(copy.hmmio);
        // SAFETY: as above. The inner step may have changed the structure.
        copy = unsafe { *info };
    }
    let (at, requested) = (copy.lDiskOffset as u32 as usize, second as usize);
    let done = match message {
        MMIOM_READ => with(|world| {
            let bytes = &world.bytes[at.min(world.bytes.len())..];
            let count = requested.min(bytes.len());
            // SAFETY: the library sends memory of `second` bytes, and `count` is no more.
            unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), first as *mut u8, count) };
            count as isize
        }),
        MMIOM_WRITE | MMIOM_WRITEFLUSH if at + requested > MAX_SIZE => -1,
        MMIOM_WRITE | MMIOM_WRITEFLUSH => with(|world| {
            world.bytes.resize(world.bytes.len().max(at + requested), 0);
            // SAFETY: the library sends `second` bytes.
            unsafe {
                ptr::copy_nonoverlapping(first as *const u8, world.bytes[at..].as_mut_ptr(), requested)
            };
            requested as isize
        }),
        MMIOM_SEEK => match second as i32 {
            libc::SEEK_SET => first,
            libc::SEEK_CUR => at as isize + first,
            _ => with(|world| world.bytes.len() as isize) + first,
        },
        _ => 0,
    };
    let is_seek = message == MMIOM_SEEK;
    copy.lDiskOffset =
        if is_seek { done as LONG } else { copy.lDiskOffset.wrapping_add(done.max(0) as LONG) };
    if mode & 2 != 0 {
        let false_position = [-1, 0, 1, LONG::MAX, LONG::MIN, -2, 1000, i32::from(mode)][usize::from(turn() % 8)];
        copy.lDiskOffset = false_position;
    }
    // SAFETY: as above.
    unsafe { (&raw mut (*info).lDiskOffset).write_unaligned(copy.lDiskOffset) };
    if mode & 4 != 0 {
        // SAFETY: all of the structure, in which the position may also be overwritten.
        unsafe { ptr::write_bytes(info.cast::<u8>(), turn(), size_of::<MMIOINFO>()) };
    }
    if mode & 16 != 0 {
        run_inner_step(copy.hmmio);
    }
    match mode & 8 {
        0 => done,
        _ => {
            [-1, 0, 1, -2, requested as isize + 1, isize::MAX, isize::MIN, done / 2][usize::from(turn() % 8)]
        }
    }
}

/// The first content of the file: an RF64 whose `ds64` contradicts itself.
fn first_bytes(size: usize) -> Vec<u8> {
    let mut bytes = b"RF64\xff\xff\xff\xffWAVEds64\x28\0\0\0".to_vec();
    bytes.extend([[0xff; 8], [7; 8]].concat());
    bytes.resize(size, 7);
    bytes
}

/// Runs a script on a file with such a procedure.
pub fn play(hostile: &Hostile) {
    let Hostile { buffer, size, plan, inner, script } = hostile;
    WORLD.set(World {
        bytes: first_bytes(*size),
        plan: plan.clone(),
        inner: inner.clone(),
        ..World::default()
    });
    TURNS.set(0);
    INNER.set(0);
    let mut info = empty_info();
    info.pIOProc = Some(procedure);
    (info.pchBuffer, info.cchBuffer) = memory(*buffer);
    // SAFETY: a C string, a structure, and a buffer that outlives the file.
    let file = unsafe { mmioOpenA(c"hostile".as_ptr().cast_mut(), &mut info, MMIO_READWRITE) };
    for step in &script.steps {
        run_step(file, step);
    }
    // SAFETY: no pointers but the structure.
    unsafe {
        // The result is arbitrary: the procedure may fail.
        mmioClose(file, 0);
        with(|world| world.plan.clear());
        mmsys_discard(file);
        assert_eq!(mmioGetInfo(file, &mut info, 0), MMSYSERR_INVALHANDLE);
    }
    for memory in with(|world| std::mem::take(&mut world.lent)) {
        // SAFETY: from `lend`; the file is closed.
        unsafe { libc::free(memory.cast()) };
    }
}

/// Returns a buffer to pass to the library. The caller's own buffers live until the end.
fn memory(buffer: Buffer) -> (HPSTR, LONG) {
    match buffer {
        Buffer::None => (ptr::null_mut(), 0),
        Buffer::Ours(size) => (ptr::null_mut(), size as LONG),
        Buffer::Callers(size) => {
            let memory = lend(&vec![3; size]);
            with(|world| world.lent.push(memory));
            (memory, size as LONG)
        }
    }
}

/// Checks the result of a transfer.
fn check_count(result: isize, count: usize) {
    assert!((-1..=count as isize).contains(&result), "{result} of {count} bytes");
}

fn get_info(file: HMMIO) -> Option<MMIOINFO> {
    let mut info = empty_info();
    // SAFETY: a structure to be written.
    if unsafe { mmioGetInfo(file, &mut info, 0) } != 0 {
        return None;
    }
    let size = info.cchBuffer as usize;
    for pointer in [info.pchNext, info.pchEndRead, info.pchEndWrite] {
        assert!(index_of(&info, pointer) <= size, "outside the buffer: {info:?}");
    }
    // The whole buffer must be readable.
    held(&info, size);
    Some(info)
}

fn end_direct_access(file: HMMIO, info: &mut MMIOINFO, finish: Finish) {
    // SAFETY: a structure.
    unsafe {
        match finish {
            Finish::SetInfo => mmioSetInfo(file, info, 0),
            Finish::Advance(flags) => mmioAdvance(file, info, flags),
        };
    }
}

/// Runs one step of a program, and checks what can be checked.
fn run_step(file: HMMIO, step: &Step) {
    get_info(file);
    // SAFETY: pointers to memory of the stated sizes, or NULL; and structures.
    unsafe {
        match *step {
            Step::Read(count) => {
                let mut bytes = vec![0; count];
                check_count(mmioRead(file, bytes.as_mut_ptr().cast(), count as LONG) as isize, count);
            }
            Step::Write(count) => {
                let bytes = vec![9; count];
                check_count(mmioWrite(file, bytes.as_ptr().cast(), count as LONG) as isize, count);
            }
            Step::Seek(offset, origin) => assert!(mmioSeek(file, offset, origin) >= -1),
            Step::Flush(flags) => drop(mmioFlush(file, flags)),
            Step::SetBuffer(buffer) => {
                let (memory, size) = memory(buffer);
                mmioSetBuffer(file, memory, size, 0);
            }
            Step::DirectRead(count, finish) | Step::DirectMove(count, finish) => {
                let Some(mut info) = get_info(file) else { return };
                let next = index_of(&info, info.pchNext) + count;
                info.pchNext = info.pchBuffer.wrapping_add(next % (info.cchBuffer as usize + 1));
                end_direct_access(file, &mut info, finish);
            }
            Step::DirectWrite { at, count, finish, stay } => {
                let Some(mut info) = get_info(file) else { return };
                let size = info.cchBuffer as usize;
                let at = at.map_or(index_of(&info, info.pchNext), |at| at % (size + 1));
                let count = count.min(size - at);
                put(&info, at, &vec![8; count]);
                info.dwFlags |= MMIO_DIRTY;
                info.pchNext = info.pchBuffer.wrapping_add(if stay { at } else { at + count });
                end_direct_access(file, &mut info, finish);
            }
            Step::DirectForget(to) => {
                let Some(mut info) = get_info(file) else { return };
                info.pchEndRead = info.pchBuffer.wrapping_add(to % (info.cchBuffer as usize + 1));
                info.pchNext = info.pchEndRead;
                mmioSetInfo(file, &info, 0);
            }
            Step::DirectStray(close) => {
                let closed = if close { mmioClose(file, 0) } else { mmsys_discard(file) };
                assert!(closed != 0 || mmioSeek(file, 0, libc::SEEK_CUR) == -1);
            }
            Step::Advance(flags) => drop(mmioAdvance(file, ptr::null_mut(), flags)),
            Step::SendRead(count) => {
                let mut bytes = vec![0; count];
                mmioSendMessage(file, MMIOM_READ, bytes.as_mut_ptr() as LPARAM, count as LPARAM);
            }
            Step::SendWrite(message, count) => {
                let bytes = vec![6; count];
                mmioSendMessage(file, message, bytes.as_ptr() as LPARAM, count as LPARAM);
            }
            Step::SendSeek(offset, origin) => {
                mmioSendMessage(file, MMIOM_SEEK, offset as LPARAM, origin as LPARAM);
            }
            Step::Create { flags, code, form, size } => {
                let mut chunk = MMCKINFO { ckid: code, cksize: size, fccType: form, ..MMCKINFO::default() };
                if size % 2 == 0 {
                    mmioCreateChunk(file, &mut chunk, flags);
                    with(|world| world.chunks.push(chunk));
                    return;
                }
                let sizes = [0, 7, u32::MAX.into(), 5 << 30, u64::MAX];
                let cksize = sizes[size as usize % sizes.len()];
                let flags = if size % 3 == 0 { flags | MMSYS_RF64 } else { flags };
                let mut chunk =
                    MMSYS_CKINFO64 { ckid: code, cksize, fccType: form, ..MMSYS_CKINFO64::default() };
                mmsys_create_chunk64(file, &mut chunk, flags);
                with(|world| world.wide_chunks.push(chunk));
            }
            Step::Ascend => {
                if let Some(mut chunk) = with(|world| world.wide_chunks.pop()) {
                    mmsys_ascend64(file, &mut chunk, 0);
                    return;
                }
                let mut chunk = with(|world| world.chunks.pop()).unwrap_or_default();
                mmioAscend(file, &mut chunk, 0);
            }
            Step::Descend { flags, code, form, in_parent } => {
                if code & 1 != 0 {
                    let mut chunk = MMSYS_CKINFO64 { ckid: code, fccType: form, ..MMSYS_CKINFO64::default() };
                    let parent = with(|world| world.wide_chunks.last().copied()).filter(|_| in_parent);
                    mmsys_descend64(
                        file,
                        &mut chunk,
                        parent.as_ref().map_or(ptr::null(), ptr::from_ref),
                        flags,
                    );
                    with(|world| world.wide_chunks.push(chunk));
                    return;
                }
                let mut chunk = MMCKINFO { ckid: code, fccType: form, ..MMCKINFO::default() };
                let parent = with(|world| world.chunks.last().copied()).filter(|_| in_parent);
                mmioDescend(file, &mut chunk, parent.as_ref().map_or(ptr::null(), ptr::from_ref), flags);
                with(|world| world.chunks.push(chunk));
            }
            Step::Rewind => assert!(mmsys_seek64(file, 0, libc::SEEK_SET) >= -1),
        }
    }
}
