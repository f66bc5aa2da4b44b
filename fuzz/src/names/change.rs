//! Calls that change the directory: each changes at most one file, and none loses a file.

use super::Run;
use super::ask::{expected_of_procedure, open, rename};
use super::spelling::{Unit, absolute, before_nul};
use super::world::Tree;
use mmsystem::abi::*;
use std::path::{Path, PathBuf};

/// Returns the paths that are gone, and those that are new.
fn differences(before: &Tree, after: &Tree) -> [Vec<PathBuf>; 2] {
    let without = |these: &Tree, those: &Tree| {
        these.keys().filter(|path| !those.contains_key(*path)).cloned().collect::<Vec<_>>()
    };
    [without(before, after), without(after, before)]
}

/// Returns all files and directories, whatever their paths.
fn nodes(tree: &Tree) -> Vec<(u64, Option<u64>)> {
    let mut nodes: Vec<_> = tree.values().copied().collect();
    nodes.sort_unstable();
    nodes
}

/// Whether these paths are one path and the contents of that directory.
fn is_one(paths: &[PathBuf]) -> bool {
    // The paths are sorted: the first is the directory.
    paths.iter().all(|path| path.starts_with(&paths[0]))
}

impl Run<'_> {
    pub fn rename<U: Unit>(&self, old: &[U], new: &[U]) {
        let before = self.world.tree();
        let (there, its_name) = open(old, MMIO_EXIST, 0);
        let (taken, name_there) = open(new, MMIO_EXIST, 0);
        let taken = taken.is_ok() && before_nul(&its_name) != before_nul(&name_there);
        let result = rename(old, new);
        let after = self.world.tree();
        let (Some(old), Some(new)) = (U::meaning(old), U::meaning(new)) else {
            assert_eq!((result, before), (MMIOERR_INVALIDFILE, after));
            return;
        };
        if let Some(expected) = expected_of_procedure::<U>(&[&old, &new]) {
            assert_eq!((result, before), (expected.err().unwrap_or(0), after));
            return;
        }
        if result != 0 {
            assert_eq!(before, after, "renaming failed");
            return;
        }
        assert!(there.is_ok() || there == Err(MMIOERR_OUTOFMEMORY), "a missing file was renamed");
        assert!(there.is_err() || !taken, "the name is taken");
        assert_eq!(nodes(&before), nodes(&after), "something was overwritten");
        let [gone, new] = differences(&before, &after);
        assert!(gone.len() == new.len() && is_one(&gone) && is_one(&new), "{gone:?} became {new:?}");
    }

    pub fn create<U: Unit>(&mut self, name: &[U]) {
        self.made += 1;
        let before = self.world.tree();
        // A length that no other file has.
        let length = 100 + self.made;
        let (opened, _) = open(name, MMIO_CREATE, length);
        let after = self.world.tree();
        let Some(meaning) = U::meaning(name) else {
            assert_eq!((opened, before), (Err(MMIOERR_INVALIDFILE), after));
            return;
        };
        if let Some(expected) = expected_of_procedure::<U>(&[&meaning]) {
            assert_eq!((opened, before), (expected.map(|()| length as i32), after));
            return;
        }
        if opened.is_err() {
            assert_eq!(before, after, "creating failed");
            return;
        }
        let changed: Vec<_> = after.iter().filter(|&(path, node)| before.get(path) != Some(node)).collect();
        let [gone, _] = differences(&before, &after);
        assert!(gone.is_empty() && changed.len() == 1, "{changed:?}");
        assert_eq!(changed[0].1.1, Some(length as u64));
    }

    pub fn delete<U: Unit>(&self, name: &[U]) {
        let before = self.world.tree();
        let (there, _) = open(name, MMIO_EXIST, 0);
        let (deleted, _) = open(name, MMIO_DELETE, 0);
        let mut after = self.world.tree();
        let Some(meaning) = U::meaning(name) else {
            assert_eq!((deleted, before), (Err(MMIOERR_INVALIDFILE), after));
            return;
        };
        if let Some(expected) = expected_of_procedure::<U>(&[&meaning]) {
            assert_eq!((deleted, before), (expected.map(|()| 1), after));
            return;
        }
        let [gone, _] = differences(&before, &after);
        assert_eq!(gone.len(), usize::from(deleted.is_ok()));
        after.extend(gone.iter().map(|path| (path.clone(), before[path])));
        assert_eq!(before, after, "something else was changed");
        assert!(deleted.is_err() || there.is_ok() || there == Err(MMIOERR_OUTOFMEMORY));
    }

    pub fn temporary<U: Unit>(&self, name: &[U]) {
        let before = self.world.tree();
        let (made, buffer) = open(name, MMIO_GETTEMP, 0);
        let after = self.world.tree();
        let [gone, new] = differences(&before, &after);
        if made.is_err() {
            assert_eq!(before, after, "no temporary file");
            assert!(buffer.starts_with(name));
            return;
        }
        let returned = U::meaning(&buffer).expect("it is a name");
        let full = absolute(&returned, &self.world.here, self.windows).expect("it has no drive");
        assert!(gone.is_empty() && new.len() == 1);
        assert_eq!(after[&new[0]].1, Some(0));
        let here = Path::new(&self.world.here);
        let new = here.join(new[0].strip_prefix(".").unwrap_or(&new[0]));
        assert_eq!(
            new.as_os_str().as_encoded_bytes(),
            full,
            "returned {}",
            String::from_utf8_lossy(&returned)
        );
    }
}
