//! Chunks: compares the RIFF functions with the model (docs/contract.md, part 6).

use crate::compare::{Comparison, Outcome};
use mmsystem::abi::*;

/// Random bytes may be a chunk of any size. A position of 4 GiB would need a model of 4 GiB.
const LARGEST: u32 = 100_000;

/// The possible results of a search when the procedure fails.
const FAILURES: [u32; 4] =
    [MMIOERR_CANNOTREAD, MMIOERR_CANNOTWRITE, MMIOERR_CANNOTSEEK, MMIOERR_CHUNKNOTFOUND];

impl Comparison<'_> {
    pub fn create(&mut self, flags: u32, code: u32, form: u32, size: u32) -> Outcome {
        let given = MMCKINFO { ckid: code, cksize: size, fccType: form, ..MMCKINFO::default() };
        let n = self.new_chunk();
        self.c.add(|| {
            format!(
                "chunk[{n}].ckid = {code:#x}; chunk[{n}].cksize = {size}; chunk[{n}].fccType = {form:#x};"
            )
        });
        let (mut actual, faulty) = (given, self.faulty);
        let call = || format!("mmioCreateChunk(file, &chunk[{n}], {flags})");
        let mut result = self.file.create_chunk(&mut actual, flags);
        if self.faulty && result != 0 {
            self.same(call, result.into(), MMIOERR_CANNOTWRITE.into())?;
            self.check_position()?;
            self.set_faulty(false);
            actual = given;
            result = self.file.create_chunk(&mut actual, flags);
        }
        let mut expected = given;
        match flags {
            MMIO_CREATERIFF => expected.ckid = u32::from_le_bytes(*b"RIFF"),
            MMIO_CREATELIST => expected.ckid = u32::from_le_bytes(*b"LIST"),
            _ => {}
        }
        let demanded = self.model.create_chunk(&mut expected);
        self.same(call, result.into(), demanded.into())?;
        self.set_faulty(faulty);
        if demanded == 0 {
            self.same_chunk(n, actual, expected)?;
            self.chunks.push((n, actual));
        }
        Ok(())
    }

    fn new_chunk(&mut self) -> usize {
        self.chunks_made += 1;
        self.chunks_made
    }

    fn same_chunk(&mut self, n: usize, actual: MMCKINFO, expected: MMCKINFO) -> Outcome {
        let fields = |c: &MMCKINFO| {
            [
                ("ckid", c.ckid),
                ("cksize", c.cksize),
                ("fccType", c.fccType),
                ("dwDataOffset", c.dwDataOffset),
                ("dwFlags", c.dwFlags),
            ]
        };
        for ((name, actual), (_, expected)) in fields(&actual).into_iter().zip(fields(&expected)) {
            self.same(|| format!("chunk[{n}].{name}"), actual.into(), expected.into())?;
        }
        Ok(())
    }

    pub fn ascend(&mut self) -> Outcome {
        let Some((n, mut actual)) = self.chunks.pop() else { return Ok(()) };
        if actual.cksize > LARGEST {
            return Ok(());
        }
        let (mut expected, faulty) = (actual, self.faulty);
        let call = || format!("mmioAscend(file, &chunk[{n}], 0)");
        let mut result = self.file.ascend(&mut actual);
        if self.faulty && result != 0 && result != self.model.clone().ascend(&mut actual.clone()) {
            let demanded = self.allowed(result, 0, &[MMIOERR_CANNOTWRITE, MMIOERR_CANNOTSEEK]);
            self.same(call, result.into(), demanded)?;
            self.check_position()?;
            self.set_faulty(false);
            result = self.file.ascend(&mut actual);
        }
        let end = self.model.bytes.len();
        let demanded = self.model.ascend(&mut expected);
        let padded = expected.cksize & 1 != 0 && self.model.position > end;
        if self.faulty && padded && self.position() + 1 == self.model.position {
            // A failed read looks like the end of a file without the last pad byte.
            self.model.position -= 1;
        }
        self.same(call, result.into(), demanded.into())?;
        self.set_faulty(faulty);
        self.same_chunk(n, actual, expected)
    }

    pub fn descend(&mut self, flags: u32, code: u32, form: u32, in_parent: bool) -> Outcome {
        let parent = if in_parent { self.chunks.last().copied() } else { None };
        let mut actual = MMCKINFO { ckid: code, fccType: form, ..MMCKINFO::default() };
        let mut expected = actual;
        let n = self.new_chunk();
        self.c.add(|| {
            format!(
                "memset(&chunk[{n}], 0, sizeof chunk[{n}]); chunk[{n}].ckid = {code:#x}; \
                 chunk[{n}].fccType = {form:#x};"
            )
        });
        let given = parent.map_or("NULL".to_owned(), |(n, _)| format!("&chunk[{n}]"));
        let call = || format!("mmioDescend(file, &chunk[{n}], {given}, {flags})");
        let parent = parent.map(|(_, chunk)| chunk);
        let result = self.file.descend(&mut actual, parent.as_ref(), flags);
        if self.faulty && FAILURES.contains(&result) {
            return self.same(call, result.into(), result.into());
        }
        let demanded = self.model.descend(&mut expected, parent.as_ref(), flags);
        self.same(call, result.into(), demanded.into())?;
        self.same_chunk(n, actual, expected)?;
        if demanded == 0 {
            self.chunks.push((n, actual));
        }
        Ok(())
    }

    pub fn rewind(&mut self) -> Outcome {
        let data = self.chunks.last().map_or(0, |(_, chunk)| chunk.dwDataOffset);
        self.seek(data as i32, libc::SEEK_SET)
    }
}
