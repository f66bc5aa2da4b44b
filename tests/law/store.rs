//! The procedure of the program, and the store of its files.

use mmsystem::abi::*;
use mmsystem::capi::{mmioSeek, mmsys_context};
use std::cell::RefCell;
use std::collections::HashMap;

/// The behaviour of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultMode {
    Normal,
    /// Shortens every transfer.
    Short,
    /// Shortens and fails.
    Failing,
}

/// What a procedure does with the two write messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writes {
    /// Both write to the store.
    Direct,
    /// Both write to a cache, which `MMIOM_WRITEFLUSH`, `SEEK`, `READ` and `CLOSE` flush to the store. The result of a failed
    /// flush of 0 bytes is this: -1, or an error code.
    Cached(LRESULT),
    /// It knows this message only, and has this result for the other.
    Only(UINT, LRESULT),
}

impl Writes {
    /// The result for an unknown message.
    pub fn refusal(self, message: UINT) -> Option<LRESULT> {
        match self {
            Writes::Only(known, refusal) if matches!(message, MMIOM_WRITE | MMIOM_WRITEFLUSH) => {
                (message != known).then_some(refusal)
            }
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Behaviour {
    pub fault_mode: FaultMode,
    pub writes: Writes,
    /// The plan of its faults, which repeats.
    pub plan: Vec<u8>,
}

/// The key of a file, in `adwInfo[0]`.
pub const STORE: u32 = 0xfee1_600d;

/// A file of the procedure.
#[derive(Debug)]
pub struct Store {
    bytes: Vec<u8>,
    /// The position of the callbacks.
    position: usize,
    /// The writes in the cache, in order: position and bytes.
    cache: Vec<(usize, Vec<u8>)>,
    behaviour: Behaviour,
    messages: usize,
    /// It received bytes as `MMIOM_WRITE`, and no `MMIOM_WRITEFLUSH` since.
    written: bool,
    /// It queries its file during every other message.
    queries: bool,
    /// It accepted a byte of a `MMIOM_WRITEFLUSH`, or one of 0 bytes.
    took_flush: bool,
    /// The last `MMIOM_WRITEFLUSH` was refused.
    refused: bool,
}

thread_local! {
    static STORES: RefCell<HashMap<u32, Store>> = RefCell::new(HashMap::new());
}

/// Of the 256 values of a byte of the plan, those below `FAIL` fail, those below `TAKE_NOTHING` transfer
/// nothing, and those below `SHORTEN` a part.
pub const FAIL: u8 = 60;
pub const TAKE_NOTHING: u8 = 90;
pub const SHORTEN: u8 = 160;

fn put(into: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    into.resize(into.len().max(at + bytes.len()), 0);
    into[at..at + bytes.len()].copy_from_slice(bytes);
}

impl Store {
    fn turn(&mut self) -> u8 {
        self.messages += 1;
        let plan = &self.behaviour.plan;
        plan.get((self.messages - 1) % plan.len().max(1)).copied().unwrap_or(u8::MAX)
    }

    /// The number of bytes, of `count`, that this message transfers.
    fn amount(&mut self, count: usize, nothing: Option<usize>) -> Option<usize> {
        let turn = self.turn();
        let short = if count == 0 { 0 } else { 1 + usize::from(turn) % count };
        match self.behaviour.fault_mode {
            FaultMode::Normal => Some(count),
            FaultMode::Short => Some(short),
            FaultMode::Failing if turn < FAIL => None,
            FaultMode::Failing if turn < TAKE_NOTHING => nothing,
            FaultMode::Failing if turn < SHORTEN => Some(short),
            FaultMode::Failing => Some(count),
        }
    }

    pub fn empty_cache(&mut self) {
        for (at, bytes) in self.cache.drain(..) {
            put(&mut self.bytes, at, &bytes);
        }
    }

    pub fn read(&mut self, at: usize, count: usize) -> Option<&[u8]> {
        let end = self.cache.iter().map(|(at, bytes)| at + bytes.len()).fold(self.bytes.len(), usize::max);
        let from = at.min(end);
        let count = self.amount(count.min(end - from), None)?;
        self.empty_cache();
        Some(&self.bytes[from..from + count])
    }

    pub fn write(&mut self, message: UINT, at: usize, bytes: &[u8]) -> Option<usize> {
        let count = self.amount(bytes.len(), Some(0));
        let took = count.is_some_and(|count| count > 0);
        if took {
            self.cache.push((at, bytes[..count?].to_vec()));
        }
        if message == MMIOM_WRITE {
            self.written |= !bytes.is_empty();
        } else {
            self.written = false;
            self.refused = !took && (count.is_none() || !bytes.is_empty());
            self.took_flush |= !self.refused;
        }
        if !matches!(self.behaviour.writes, Writes::Cached(_))
            || (message == MMIOM_WRITEFLUSH && !self.refused)
        {
            self.empty_cache();
        }
        count
    }

    fn refuse(&mut self, message: UINT, count: usize, refusal: LRESULT) -> LRESULT {
        if message == MMIOM_WRITEFLUSH {
            self.written = false;
            self.refused = true;
        } else {
            self.written |= count > 0;
        }
        refusal
    }

    pub fn seek(&mut self, at: usize, offset: isize, origin: isize) -> Option<usize> {
        let turn = self.turn();
        if self.behaviour.fault_mode == FaultMode::Failing && turn < FAIL {
            return None;
        }
        self.empty_cache();
        let from = match origin as i32 {
            libc::SEEK_SET => 0,
            libc::SEEK_CUR => at,
            _ => self.bytes.len(),
        };
        // Positions have 32 bits, and all ones are -1.
        from.checked_add_signed(offset).filter(|&target| target < u32::MAX as usize)
    }

    fn flushed(&self) -> Result<Vec<u8>, String> {
        if self.written {
            return Err("the last write message was MMIOM_WRITE, and no flush came after it".to_owned());
        }
        let mut bytes = self.bytes.clone();
        let is_named = matches!(self.behaviour.writes, Writes::Cached(error) if error != -1);
        if self.refused && !self.took_flush && !is_named {
            // To the library it looks like a procedure without a flush. It has the bytes all the same.
            self.cache.iter().for_each(|(at, piece)| put(&mut bytes, *at, piece));
        }
        Ok(bytes)
    }
}

/// Gives the procedure a file under this key.
pub fn put_store(key: u32, bytes: Vec<u8>, behaviour: Behaviour) {
    let store = Store {
        bytes,
        position: 0,
        cache: Vec::new(),
        behaviour,
        messages: 0,
        written: false,
        queries: false,
        took_flush: false,
        refused: false,
    };
    STORES.with_borrow_mut(|stores| stores.insert(key, store));
}

fn with_store<R>(key: u32, call: impl FnOnce(&mut Store) -> R) -> R {
    STORES.with_borrow_mut(|stores| call(stores.get_mut(&key).expect("adwInfo[0] is the file's")))
}

/// Calls a callback, with the position of the callbacks, and returns its result. One that fails leaves the position
/// anywhere.
pub fn call<N: TryInto<i64>>(key: u32, callback: impl FnOnce(&mut Store, &mut usize) -> Option<N>) -> i64 {
    with_store(key, |store| {
        let mut at = store.position;
        let result = callback(store, &mut at).and_then(|result| result.try_into().ok());
        store.position = if result.is_some() { at } else { at ^ 1 };
        result.unwrap_or(-1)
    })
}

/// The bytes in the store after a successful flush, or how the flush failed to reach the procedure.
pub fn flushed(key: u32) -> Result<Vec<u8>, String> {
    with_store(key, |store| store.flushed())
}

/// Switches the plan of faults off or on.
pub fn set_fault_mode(fault_mode: FaultMode) {
    with_store(STORE, |store| store.behaviour.fault_mode = fault_mode);
}

/// The I/O procedure: a file in a `Vec`, with its position in `lDiskOffset`.
///
/// # Safety
/// - As for any I/O procedure: only the library may send messages.
pub unsafe extern "C" fn procedure(info: LPSTR, message: UINT, first: LPARAM, second: LPARAM) -> LRESULT {
    let info = info.cast::<MMIOINFO>();
    // SAFETY: the library sends every message with the file's structure, which is packed.
    let mut copy = unsafe { *info };
    let (key, at, count) = (copy.adwInfo[0], copy.lDiskOffset as u32 as usize, second as usize);
    let queries = with_store(key, |store| {
        store.queries = !store.queries;
        !store.queries
    });
    if queries {
        // SAFETY: the structure that the library sent.
        assert!(unsafe { mmsys_context(info) }.is_null());
        // SAFETY: no pointers.
        unsafe { mmioSeek(copy.hmmio, 0, libc::SEEK_CUR) };
    }
    if let Some(refusal) = with_store(key, |store| store.behaviour.writes.refusal(message)) {
        return with_store(key, |store| store.refuse(message, count, refusal));
    }
    let moved = with_store(key, |store| match message {
        MMIOM_READ => store.read(at, count).map(|bytes| {
            // SAFETY: the library sends memory for `second` bytes, and these are no more.
            unsafe { bytes.as_ptr().copy_to_nonoverlapping(first as *mut u8, bytes.len()) };
            (bytes.len(), at + bytes.len())
        }),
        MMIOM_WRITE | MMIOM_WRITEFLUSH => {
            // SAFETY: the library sends `second` bytes, and a valid pointer where there are none.
            let bytes = unsafe { std::slice::from_raw_parts(first as *const u8, count) };
            store.write(message, at, bytes).map(|count| (count, at + count))
        }
        MMIOM_SEEK => store.seek(at, first, second).map(|target| (target, target)),
        MMIOM_CLOSE => {
            store.empty_cache();
            Some((0, at))
        }
        _ => Some((0, at)),
    });
    let Some((result, position)) = moved else {
        return match with_store(key, |store| store.behaviour.writes) {
            Writes::Cached(error) if message == MMIOM_WRITEFLUSH && count == 0 => error,
            _ => -1,
        };
    };
    copy.lDiskOffset = position as u32 as LONG;
    // SAFETY: as above.
    unsafe { *info = copy };
    result as LRESULT
}
