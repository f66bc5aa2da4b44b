//! Names in three encodings: opened, resolved, searched, renamed and deleted, in a directory of their own.

mod ask;
mod change;
mod look;
mod spelling;
mod world;

use crate::input::one_of;
use arbitrary::{Result, Unstructured};
use ask::{PROC_RESULT, CODE, ENCODING, procedure};
use mmsystem::abi::*;
use spelling::{Spelling, Unit};
use std::cell::RefCell;
use world::World;

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World::new());
}

/// Makes the calls that the input encodes. What a name means depends on the directory.
pub fn play(bytes: &[u8]) {
    let mut u = Unstructured::new(bytes);
    WORLD.with_borrow_mut(|world| {
        world.enter();
        // An input that is too short ends the run.
        let _ = Run { world, windows: true, made: 0 }.all(&mut u);
        world.leave();
    });
}

struct Run<'a> {
    world: &'a World,
    /// Whether names are read as Windows paths.
    windows: bool,
    /// Number of files that the run has tried to create.
    made: usize,
}

impl Run<'_> {
    fn all(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        self.windows = u.arbitrary::<u8>()? % 4 > 0;
        // SAFETY: no other thread reads the environment.
        unsafe { std::env::set_var("MMSYSTEM_PATHS", if self.windows { "" } else { "posix" }) };
        PROC_RESULT.set(one_of(u, [0, 0, MMIOERR_ACCESSDENIED])?);
        match u.arbitrary::<u8>()? % 4 {
            0 => self.with_procedure::<u8>(u),
            1 => self.with_procedure::<u16>(u),
            2 => self.with_procedure::<u32>(u),
            _ => self.steps(u),
        }
    }

    fn with_procedure<F: Unit>(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        let code = u32::from_le_bytes(CODE);
        // SAFETY: an I/O procedure.
        assert!(unsafe { F::install(code, Some(procedure), MMIO_INSTALLPROC) }.is_some());
        ENCODING.set(size_of::<F>());
        let result = self.steps(u);
        ENCODING.set(0);
        // SAFETY: as above.
        assert!(unsafe { F::install(code, None, MMIO_REMOVEPROC) }.is_some());
        result
    }

    fn steps(&mut self, u: &mut Unstructured<'_>) -> Result<()> {
        for _ in 0..6 {
            let (step, encoding) = (u.arbitrary::<u8>()?, u.arbitrary::<u8>()?);
            let Some(name) = Spelling::new(u, &self.world.here)? else { continue };
            let Spelling { bytes, utf16, utf32 } = &name;
            if matches!(step % 8, 0..3) {
                self.look(&name);
                continue;
            }
            let to = if matches!(step % 8, 3 | 4) { Spelling::new(u, &self.world.here)? } else { None };
            let to = to.unwrap_or_default();
            match encoding % 3 {
                0 => bytes.as_deref().map(|name| self.change(step % 8, name, to.bytes.as_deref())),
                1 => utf16.as_deref().map(|name| self.change(step % 8, name, to.utf16.as_deref())),
                _ => utf32.as_deref().map(|name| self.change(step % 8, name, to.utf32.as_deref())),
            };
        }
        Ok(())
    }

    fn change<U: Unit>(&mut self, step: u8, name: &[U], to: Option<&[U]>) {
        match step {
            3 | 4 => self.rename(name, to.unwrap_or_default()),
            5 => self.create(name),
            6 => self.delete(name),
            _ => self.temporary(name),
        }
    }
}
