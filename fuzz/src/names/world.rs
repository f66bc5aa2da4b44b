//! The directory in which names are tried. Nothing outside it is changed.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The initial contents; a name that ends with `/` is a directory.
const INITIAL: [&str; 11] =
    ["sub/", "Sub/", "tmp/", "sub/deep/", "a.wav", "b", "sub/c.wav", "lit\\name", "C:here", "É", "data.arc"];

/// Each path with its inode and size; directories have no size.
pub type Tree = BTreeMap<PathBuf, (u64, Option<u64>)>;

pub struct World {
    _dir: tempfile::TempDir,
    /// The current directory.
    pub here: String,
    /// The directory of libFuzzer's files.
    outside: PathBuf,
    first: Tree,
    beside_the_program: Vec<String>,
}

impl World {
    /// Creates the directory, and makes it the target of every drive and of temporary files.
    pub fn new() -> World {
        let dir = tempfile::tempdir().expect("there is room for files");
        // Deep enough that a name that leads out is still in the temporary directory.
        let here = dir.path().canonicalize().expect("it exists").join("1/2/3/4");
        fs::create_dir_all(&here).expect("there is room for directories");
        let drives = ('A'..='Z').map(|letter| (format!("MMSYSTEM_DRIVE_{letter}"), "CZ".contains(letter)));
        for (drive, is_there) in drives {
            // SAFETY: no other thread reads the environment.
            unsafe { if is_there { std::env::set_var(drive, &here) } else { std::env::remove_var(drive) } };
        }
        // SAFETY: as above.
        unsafe { std::env::set_var("TMPDIR", here.join("tmp")) };
        let program = std::env::current_exe().expect("it runs");
        let beside = fs::read_dir(program.parent().expect("it is in a directory")).expect("it can be read");
        let beside_the_program =
            beside.flatten().map(|entry| entry.file_name().to_string_lossy().to_lowercase()).collect();
        let here = here.to_str().expect("the temporary directory has a name in Unicode").to_owned();
        let outside = std::env::current_dir().expect("it exists");
        World { _dir: dir, here, outside, first: Tree::new(), beside_the_program }
    }

    /// Whether a name may be found beside the executable, where nothing is written.
    pub fn is_beside_the_program(&self, name: &[u8]) -> bool {
        self.beside_the_program.contains(&String::from_utf8_lossy(name).to_lowercase())
    }

    /// Returns the current contents.
    pub fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        collect(Path::new("."), &mut tree);
        tree
    }

    /// Returns to the directory of libFuzzer's files.
    pub fn leave(&self) {
        std::env::set_current_dir(&self.outside).expect("it exists");
    }

    /// Enters the directory, and restores its initial contents.
    pub fn enter(&mut self) {
        std::env::set_current_dir(&self.here).expect("it exists");
        if !self.first.is_empty() && self.tree() == self.first {
            return;
        }
        for entry in fs::read_dir(".").expect("it can be read").flatten() {
            let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let removed =
                if is_dir { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
            removed.expect("it can be removed");
        }
        for (i, name) in INITIAL.iter().enumerate() {
            let made = match name.strip_suffix('/') {
                Some(dir) => fs::create_dir(dir),
                // Each file has another length.
                None => fs::write(name, vec![b'.'; 10 + i]),
            };
            made.expect("there is room");
        }
        self.first = self.tree();
    }
}

fn collect(dir: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(dir).expect("it can be read").flatten() {
        let (path, metadata) = (entry.path(), entry.metadata().expect("it exists"));
        if metadata.is_dir() {
            collect(&path, tree);
        }
        tree.insert(path, (metadata.ino(), metadata.is_file().then_some(metadata.len())));
    }
}
