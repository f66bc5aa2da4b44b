//! A model of docs/rf64.md: a sparse file, and the results of calls.

use crate::long_sizes::{LongSizes, is_rf64};
use mmsystem::abi::*;
use std::collections::BTreeMap;

const RIFF: u32 = u32::from_le_bytes(*b"RIFF");
const LIST: u32 = u32::from_le_bytes(*b"LIST");
const DATA: u32 = u32::from_le_bytes(*b"data");
const FMT: u32 = u32::from_le_bytes(*b"fmt ");
const ALL_ONES: i64 = u32::MAX as i64;
const RESERVED_ENTRIES: usize = 4;
const MOST_PASSED: usize = 200;

/// A chunk, as the functions of 32 and of 64 bits return it. A size of -1 is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chunk {
    pub code: u32,
    pub form: u32,
    pub flags: u32,
    pub size: i64,
    pub data: i64,
    pub is_wide: bool,
}

/// The RIFF that was created with MMSYS_RF64, at 0.
#[derive(Clone, Debug, Default)]
struct Writing {
    is_over: bool,
    is_rf64: bool,
    riff: i64,
    data: i64,
    /// Codes, sizes and data positions.
    table: Vec<(u32, i64, i64)>,
    data_at: i64,
    fmt_at: i64,
}

impl Writing {
    /// Whether this is a second `data`, while `ds64` stores the size of a large one.
    fn is_second_data(&self, data: i64) -> bool {
        self.data >= ALL_ONES && data != self.data_at
    }
}

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub bytes: BTreeMap<i64, u8>,
    pub end: i64,
    pub position: i64,
    /// Whether the file is that of a procedure, whose end the library does not know.
    pub is_procedure: bool,
    sizes: LongSizes,
    writing: Option<Writing>,
}

fn has_type(code: u32) -> bool {
    code == RIFF || code == LIST
}

impl Model {
    pub fn new(is_procedure: bool) -> Model {
        Model { is_procedure, ..Model::default() }
    }

    pub fn read(&self, at: i64, count: usize) -> Vec<u8> {
        let to = self.end.min(at + count as i64);
        (at..to).map(|at| self.bytes.get(&at).copied().unwrap_or(0)).collect()
    }

    pub fn write(&mut self, bytes: &[u8]) {
        self.put(self.position, bytes);
        self.position += bytes.len() as i64;
    }

    fn put(&mut self, at: i64, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.bytes.extend((at..).zip(bytes.iter().copied()));
        self.end = self.end.max(at + bytes.len() as i64);
    }

    fn number(&self, at: i64) -> Option<u32> {
        Some(u32::from_le_bytes(self.read(at, 4).try_into().ok()?))
    }

    /// Returns the chunk with a header at `at`, and whether the file ends inside its header.
    fn header(&mut self, at: i64, is_wide: bool) -> Option<(Chunk, bool)> {
        let (mut code, field) = (self.number(at)?, self.number(at + 4)?);
        if !is_wide && at + 8 > ALL_ONES {
            return None;
        }
        let is_rf64 = at == 0 && is_rf64(code);
        code = if is_rf64 { RIFF } else { code };
        let size = if i64::from(field) == ALL_ONES { -1 } else { field.into() };
        let mut chunk = Chunk { code, form: 0, flags: 0, size, data: at + 8, is_wide };
        if has_type(code) {
            match self.number(at + 8) {
                Some(form) => chunk.form = form,
                None => return Some((chunk, true)),
            }
        }
        if at == 0 {
            let read = |at, count| self.read(at, count);
            let mut sizes = self.sizes.clone();
            sizes.begin(is_rf64, read);
            self.sizes = sizes;
        }
        if chunk.size < 0 {
            chunk.size = self.sizes.find(code, at).unwrap_or(-1);
        }
        Some((chunk, false))
    }

    /// Returns a chunk that a caller passes back, with its true size: a structure of 32 bits does not hold a large one.
    fn extent(&self, chunk: &Chunk) -> Chunk {
        let is_lost = !chunk.is_wide && (chunk.size < 0 || chunk.size >= ALL_ONES);
        let size = if is_lost { self.sizes.known(chunk.data).unwrap_or(-1) } else { chunk.size };
        Chunk { size, ..*chunk }
    }

    /// Returns none if the search would pass too many chunks: a hole consists of chunks of code 0 and size 0.
    pub fn descend(&mut self, chunk: &mut Chunk, parent: Option<&Chunk>, flags: u32) -> Option<u32> {
        let (code, form) = (chunk.code, chunk.form);
        let mut passed = 0;
        let parent = parent.map(|parent| self.extent(parent));
        let limit =
            parent.map_or(i64::MAX, |p| if p.size < 0 { i64::MAX } else { p.data.saturating_add(p.size) });
        let mut at = self.position;
        if parent.is_some_and(|parent| at < parent.data) {
            return Some(MMIOERR_CHUNKNOTFOUND);
        }
        let is_named =
            matches!(flags, MMIO_FINDRIFF | MMIO_FINDLIST) || (flags == MMIO_FINDCHUNK && code != 0);
        while at + if is_named { 1 } else { 8 } <= limit {
            let Some((found, is_last)) = self.header(at, chunk.is_wide) else { break };
            passed += 1;
            if passed > MOST_PASSED {
                return None;
            }
            *chunk = found;
            let is = |wanted: u32, is: u32| wanted == 0 || wanted == is;
            let is_found = match flags {
                MMIO_FINDCHUNK => is(code, found.code),
                MMIO_FINDRIFF => found.code == RIFF && is(form, found.form),
                MMIO_FINDLIST => found.code == LIST && is(form, found.form),
                _ => true,
            };
            if is_found {
                let data = at + 8;
                self.position = if has_type(found.code) { (data + 4).min(self.end) } else { data };
                return Some(0);
            }
            let size = if found.size < 0 && !chunk.is_wide { ALL_ONES } else { found.size };
            if is_last || size < 0 {
                break;
            }
            at = found.data.saturating_add(size).saturating_add(size & 1);
            if at >= limit {
                break;
            }
        }
        Some(MMIOERR_CHUNKNOTFOUND)
    }

    pub fn create(&mut self, chunk: &mut Chunk, is_rf64: bool) -> u32 {
        let (start, data) = (self.position, self.position + 8);
        if !chunk.is_wide && data > ALL_ONES {
            return MMIOERR_CANNOTWRITE;
        }
        if is_rf64 && (chunk.code != RIFF || start != 0) {
            return MMSYSERR_INVALPARAM;
        }
        let may_grow = is_rf64 || (start != 0 && self.may_grow(data));
        if chunk.is_wide && chunk.size > ALL_ONES && !may_grow {
            return MMIOERR_CANNOTWRITE;
        }
        let is_in_advance = chunk.is_wide && chunk.size >= ALL_ONES && may_grow;
        if is_in_advance && !is_rf64 && self.clone().complete(chunk.code, data, chunk.size).is_err() {
            return MMIOERR_CANNOTWRITE;
        }
        let field = if chunk.size < 0 { u32::MAX } else { chunk.size.min(ALL_ONES) as u32 };
        self.write(&[chunk.code.to_le_bytes(), field.to_le_bytes()].concat());
        if has_type(chunk.code) {
            self.write(&chunk.form.to_le_bytes());
        }
        if is_rf64 {
            self.write(&[&b"JUNK\x4c\0\0\0"[..], &[0; 76]].concat());
            self.writing = Some(Writing { data_at: -1, fmt_at: -1, ..Writing::default() });
        } else if start == 0 {
            self.writing = None;
        }
        if start == 0 {
            self.sizes = LongSizes::default();
        }
        if let Some(writing) = self.writing.as_mut().filter(|_| may_grow) {
            if chunk.code == DATA && !writing.is_second_data(data) {
                (writing.data_at, writing.data) = (data, if chunk.size < 0 { -1 } else { chunk.size });
            }
            if chunk.code == FMT {
                writing.fmt_at = data;
            }
        }
        if is_in_advance {
            let plan = self.complete(chunk.code, data, chunk.size).unwrap();
            self.carry_out(plan, data, chunk.size);
            self.writing.as_mut().unwrap().is_over = false;
        }
        (chunk.data, chunk.flags) = (data, MMIO_DIRTY);
        0
    }

    fn may_grow(&self, data: i64) -> bool {
        let is_inside = |writing: &Writing| data > 8 && (!writing.is_over || data - 8 <= writing.riff);
        self.writing.as_ref().is_some_and(|writing| data == 8 || is_inside(writing))
    }

    /// Returns the state after the size of a chunk becomes known; an error if the size cannot be stored.
    fn complete(&mut self, code: u32, data: i64, size: i64) -> Result<Option<Writing>, u32> {
        if !self.may_grow(data) {
            return Ok(None);
        }
        let mut writing = self.writing.clone().unwrap();
        let is_large = size >= ALL_ONES;
        if data == 8 {
            (writing.riff, writing.is_over) = (size, true);
            return Ok(Some(writing));
        }
        writing.riff = writing.riff.max(data + size + (size & 1) - 8);
        writing.is_over = false;
        if data == writing.data_at || (is_large && code == DATA) {
            if writing.is_second_data(data) {
                return Err(MMIOERR_CANNOTWRITE);
            }
            (writing.data_at, writing.data) = (data, size);
        } else if is_large {
            match writing.table.iter().position(|entry| entry.0 == code) {
                Some(at) if writing.table[at].2 == data => writing.table[at].1 = size,
                None if writing.table.len() < RESERVED_ENTRIES => writing.table.push((code, size, data)),
                _ => return Err(MMIOERR_CANNOTWRITE),
            }
        }
        Ok(Some(writing))
    }

    fn carry_out(&mut self, plan: Option<Writing>, data: i64, size: i64) {
        let Some(mut writing) = plan else { return };
        let is_large = size >= ALL_ONES;
        if is_large || (writing.is_rf64 && (data == 8 || data == writing.data_at)) {
            let samples = self.block_size(writing.fmt_at).map_or(0, |block| writing.data / block);
            let mut chunk = b"ds64".to_vec();
            let count = writing.table.len();
            chunk.extend((28 + 12 * count as u32).to_le_bytes());
            for number in [writing.riff, writing.data.max(0), samples] {
                chunk.extend(number.to_le_bytes());
            }
            chunk.extend((count as u32).to_le_bytes());
            for (code, size, _) in &writing.table {
                chunk.extend(code.to_le_bytes());
                chunk.extend(size.to_le_bytes());
            }
            if count < RESERVED_ENTRIES {
                chunk.extend(b"JUNK");
                chunk.extend((12 * (RESERVED_ENTRIES - count) as u32 - 8).to_le_bytes());
            }
            chunk.resize(84, 0);
            self.put(12, &chunk);
            if !writing.is_rf64 {
                self.put(0, b"RF64\xff\xff\xff\xff");
                writing.is_rf64 = true;
            }
        }
        if is_large {
            self.sizes.remember(data, size);
        }
        self.writing = Some(writing);
    }

    fn block_size(&self, fmt_at: i64) -> Option<i64> {
        let bytes = if fmt_at < 0 { Vec::new() } else { self.read(fmt_at, 26) };
        let two = |at: usize| Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        two(14)?;
        let tag = if two(0)? == 0xfffe { two(24)? } else { two(0)? };
        let block = i64::from(two(12)?);
        ([1, 3, 6, 7].contains(&tag) && block > 0).then_some(block)
    }

    pub fn ascend(&mut self, chunk: &mut Chunk) -> u32 {
        if chunk.flags & MMIO_DIRTY == 0 {
            return self.leave(&self.extent(chunk));
        }
        let (data, size) = (chunk.data, self.position - chunk.data);
        if size < 0 {
            return MMIOERR_CANNOTSEEK;
        }
        let is_large = size >= ALL_ONES && self.may_grow(data);
        if size > ALL_ONES && !is_large {
            return MMIOERR_CANNOTWRITE;
        }
        let Ok(plan) = self.complete(chunk.code, data, size) else { return MMIOERR_CANNOTWRITE };
        let is_rf64_riff = self.writing.as_ref().is_some_and(|writing| writing.is_rf64 && data == 8);
        self.write(&vec![0; (size & 1) as usize]);
        let of = |size: i64| if size < 0 { ALL_ONES } else { size.min(ALL_ONES) };
        let field = if is_rf64_riff { ALL_ONES } else { of(size) };
        if field != of(chunk.size) {
            self.put(data - 4, &(field as u32).to_le_bytes());
        }
        self.carry_out(plan, data, size);
        (chunk.size, chunk.flags) = (size, chunk.flags & !MMIO_DIRTY);
        0
    }

    fn leave(&mut self, chunk: &Chunk) -> u32 {
        self.position = match (chunk.size, self.is_procedure) {
            (..0, false) => self.end,
            (..0, true) if chunk.is_wide => return MMIOERR_CANNOTSEEK,
            (..0, true) => chunk.data + ALL_ONES + 1,
            (size, _) => chunk.data + size + (size & 1),
        };
        0
    }
}
