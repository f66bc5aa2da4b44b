//! The directory that names are tried in, and nothing outside it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What is there at first; a name that ends with `/` is a directory's.
const FIRST: [&str; 11] =
    ["sub/", "Sub/", "tmp/", "sub/deep/", "a.wav", "b", "sub/c.wav", "lit\\name", "C:here", "É", "data.arc"];

/// Each path with the number of its node and how long it is; directories without.
pub type Tree = BTreeMap<PathBuf, (u64, Option<u64>)>;

pub struct World {
    _folder: tempfile::TempDir,
    /// The current directory.
    pub here: String,
    /// Where libFuzzer has its files.
    outside: PathBuf,
    first: Tree,
    beside_the_program: Vec<String>,
}

impl World {
    /// Makes it, and makes it all that names lead to.
    pub fn new() -> World {
        let folder = tempfile::tempdir().expect("there is room for files");
        // So deep that a name that does lead out is still in the temporary directory.
        let here = folder.path().canonicalize().expect("it is there").join("1/2/3/4");
        fs::create_dir_all(&here).expect("there is room for directories");
        let drives = ('A'..='Z').map(|letter| (format!("MMSYSTEM_DRIVE_{letter}"), "CZ".contains(letter)));
        for (drive, is_there) in drives {
            // SAFETY: no other thread asks for the environment.
            unsafe { if is_there { std::env::set_var(drive, &here) } else { std::env::remove_var(drive) } };
        }
        // SAFETY: as above.
        unsafe { std::env::set_var("TMPDIR", here.join("tmp")) };
        let program = std::env::current_exe().expect("it runs");
        let beside = fs::read_dir(program.parent().expect("it is in a directory")).expect("it can be read");
        let beside_the_program =
            beside.flatten().map(|entry| entry.file_name().to_string_lossy().to_lowercase()).collect();
        let here = here.to_str().expect("the temporary directory has a name in Unicode").to_owned();
        let outside = std::env::current_dir().expect("it is there");
        World { _folder: folder, here, outside, first: Tree::new(), beside_the_program }
    }

    /// Whether a name may be found beside the program, where nothing is written.
    pub fn is_beside_the_program(&self, name: &[u8]) -> bool {
        self.beside_the_program.contains(&String::from_utf8_lossy(name).to_lowercase())
    }

    /// What is there now.
    pub fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        look(Path::new("."), &mut tree);
        tree
    }

    /// Goes back to where libFuzzer has its files.
    pub fn leave(&self) {
        std::env::set_current_dir(&self.outside).expect("it is there");
    }

    /// Goes there, and makes it as it was at first.
    pub fn enter(&mut self) {
        std::env::set_current_dir(&self.here).expect("it is there");
        if !self.first.is_empty() && self.tree() == self.first {
            return;
        }
        for entry in fs::read_dir(".").expect("it can be read").flatten() {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let removed =
                if is_folder { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
            removed.expect("it can be removed");
        }
        for (i, name) in FIRST.iter().enumerate() {
            let made = match name.strip_suffix('/') {
                Some(folder) => fs::create_dir(folder),
                // Each is as long as no other.
                None => fs::write(name, vec![b'.'; 10 + i]),
            };
            made.expect("there is room");
        }
        self.first = self.tree();
    }
}

fn look(folder: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(folder).expect("it can be read").flatten() {
        let (path, about) = (entry.path(), entry.metadata().expect("it is there"));
        if about.is_dir() {
            look(&path, tree);
        }
        tree.insert(path, (about.ino(), about.is_file().then_some(about.len())));
    }
}
