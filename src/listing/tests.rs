use super::*;
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::{fs, thread, time};

#[test]
fn letters_of_any_script_are_folded() {
    for (name, folded) in [
        ("Kick.WAV", "kick.wav"),
        ("ÄÖ", "äö"),
        ("ΗΧΟΣ.WAV", "ηχοσ.wav"),
        ("ήχος", "ήχοσ"),
        ("İ", "i\u{307}"),
    ] {
        assert_eq!(fold_case(name.as_bytes()).unwrap(), folded.as_bytes());
    }
    assert_eq!(fold_case(b"A\xffB").unwrap(), b"a\xffb");
}

/// The result of a look-up without a cache.
fn fresh<'a>(names: impl Iterator<Item = &'a [u8]>, name: &[u8]) -> Lookup {
    names
        .filter(|entry| fold_case(entry) == fold_case(name))
        .min()
        .map_or(Lookup::NotFound, |name| Lookup::Found(name.to_vec()))
}

/// Directories on a file system whose clock has a coarse resolution.
#[derive(Debug, Default)]
struct Model {
    /// In nanoseconds.
    now: i64,
    step: i64,
    has_reliable_stamps: bool,
    /// The names in each, and the time of its last change.
    dirs: Vec<(BTreeSet<Vec<u8>>, i64)>,
    /// Changes that are made while a directory is read, each after a number of its names.
    meanwhile: Vec<(usize, Change)>,
    reads: usize,
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Make(usize, u8),
    Remove(usize, u8),
    Rename(usize, u8, u8),
    Wait(i64),
}

/// Returns one of a few names; every three of them differ only in case.
fn spelled(number: u8) -> Vec<u8> {
    let letter = b'a' + number / 3 % 4;
    let second = if number % 3 == 1 { b'X' } else { b'x' };
    let first = if number % 3 == 2 { letter.to_ascii_uppercase() } else { letter };
    vec![first, second]
}

impl Model {
    fn change(&mut self, change: Change) {
        let stamp = if self.has_reliable_stamps { self.now - self.now.rem_euclid(self.step) } else { 0 };
        let (dir, changes) = match change {
            Change::Wait(time) => {
                self.now += time;
                return;
            }
            Change::Make(dir, name) => (dir, vec![(true, name)]),
            Change::Remove(dir, name) => (dir, vec![(false, name)]),
            Change::Rename(dir, old, new) => (dir, vec![(false, old), (true, new)]),
        };
        let count = self.dirs.len();
        let (names, stamped) = &mut self.dirs[dir % count];
        for (is_made, name) in changes {
            let is_changed = if is_made { names.insert(spelled(name)) } else { names.remove(&spelled(name)) };
            if is_changed {
                *stamped = stamp;
            }
        }
    }

    fn stamp(&self, dir: usize) -> Stamp {
        let time = self.dirs[dir].1;
        let time = (time.div_euclid(1_000_000_000), time.rem_euclid(1_000_000_000));
        Stamp { id: FileId { device: 1, inode: dir as u64 }, modified: time, changed: time }
    }
}

#[derive(Clone)]
struct ModelDirectory {
    model: Rc<RefCell<Model>>,
    dir: usize,
}

impl Directory for ModelDirectory {
    type OpenDirectory = ModelDirectory;

    fn stamp(&self) -> io::Result<Stamp> {
        Ok(self.model.borrow().stamp(self.dir))
    }

    fn open(&self) -> io::Result<ModelDirectory> {
        self.model.borrow_mut().reads += 1;
        Ok(self.clone())
    }
}

impl OpenDirectory for ModelDirectory {
    fn stamp(&self) -> io::Result<Stamp> {
        Directory::stamp(self)
    }

    fn has_reliable_stamps(&self) -> bool {
        self.model.borrow().has_reliable_stamps
    }

    fn now(&self) -> Time {
        let now = self.model.borrow().now;
        (now.div_euclid(1_000_000_000), now.rem_euclid(1_000_000_000))
    }

    fn names(&mut self, mut f: impl FnMut(&[u8])) -> io::Result<()> {
        // A name that is added or removed meanwhile may be listed or not; the others are listed.
        let mut last = Vec::new();
        for count in 0.. {
            let mut model = self.model.borrow_mut();
            while let Some(at) = model.meanwhile.iter().position(|(after, _)| *after == count) {
                let (_, change) = model.meanwhile.remove(at);
                model.change(change);
            }
            let next = model.dirs[self.dir].0.iter().find(|name| **name > last).cloned();
            drop(model);
            let Some(name) = next else { break };
            f(&name);
            last = name;
        }
        Ok(())
    }
}

fn changes() -> impl Strategy<Value = Change> {
    let waits = prop_oneof![0..2_i64, 0..10_000_000_i64, 0..6_000_000_000_i64];
    prop_oneof![
        (0..3_usize, 0..12_u8).prop_map(|(dir, name)| Change::Make(dir, name)),
        (0..3_usize, 0..12_u8).prop_map(|(dir, name)| Change::Remove(dir, name)),
        (0..3_usize, 0..12_u8, 0..12_u8).prop_map(|(dir, old, new)| Change::Rename(dir, old, new)),
        waits.prop_map(Change::Wait),
    ]
}

#[derive(Clone, Debug)]
enum Step {
    Change(Change),
    Lookup(usize, u8, Vec<(usize, Change)>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let meanwhile = prop_oneof![
        2 => Just(Vec::new()),
        1 => proptest::collection::vec((0..4_usize, changes()), 1..4),
    ];
    let step = prop_oneof![
        changes().prop_map(Step::Change),
        (0..3_usize, 0..12_u8, meanwhile).prop_map(|(dir, name, changes)| Step::Lookup(dir, name, changes)),
    ];
    proptest::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cache_agrees_with_an_uncached_look_up(
        steps in steps(),
        step in prop_oneof![Just(1), Just(4_000_000), Just(1_000_000_000), Just(2_000_000_000)],
        has_reliable_stamps in proptest::bool::weighted(0.9),
    ) {
        let dirs = vec![(BTreeSet::new(), 0); 3];
        let now = 1_000_000_000_000;
        let model = Model { now, step, has_reliable_stamps, dirs, ..Model::default() };
        let model = Rc::new(RefCell::new(model));
        let cache = Cache::new();
        for step in steps {
            match step {
                Step::Change(change) => model.borrow_mut().change(change),
                Step::Lookup(dir, name, meanwhile) => {
                    let is_disturbed = !meanwhile.is_empty();
                    model.borrow_mut().meanwhile = meanwhile;
                    let expected = fresh(model.borrow().dirs[dir].0.iter().map(Vec::as_slice), &spelled(name));
                    let result = cache.lookup(&ModelDirectory { model: model.clone(), dir }, &spelled(name)).unwrap();
                    // After a change during the look-up either result is correct.
                    if !is_disturbed {
                        prop_assert_eq!(result, expected);
                    }
                    model.borrow_mut().meanwhile.clear();
                }
            }
        }
    }
}

/// Returns a directory of the model whose stamp is old.
fn old_dir(names: u8) -> ModelDirectory {
    let mut model = Model {
        now: 1,
        step: 1,
        has_reliable_stamps: true,
        dirs: vec![(BTreeSet::new(), 0)],
        ..Model::default()
    };
    for name in 0..names {
        model.change(Change::Make(0, name));
    }
    model.now = 10_000_000_000;
    ModelDirectory { model: Rc::new(RefCell::new(model)), dir: 0 }
}

#[test]
fn a_directory_is_read_once_until_it_changes() {
    let dir = old_dir(12);
    let cache = Cache::new();
    for name in 0..12 {
        assert_ne!(cache.lookup(&dir, &spelled(name)).unwrap(), Lookup::NotFound);
        assert_eq!(cache.lookup(&dir, b"none").unwrap(), Lookup::NotFound);
    }
    assert_eq!(dir.model.borrow().reads, 1);
    dir.model.borrow_mut().change(Change::Remove(0, 0));
    assert_eq!(cache.lookup(&dir, &spelled(0)).unwrap(), Lookup::Found(spelled(2)));
    assert_eq!(dir.model.borrow().reads, 2);
    cache.clear();
    cache.lookup(&dir, b"none").unwrap();
    assert_eq!(dir.model.borrow().reads, 3);
    dir.model.borrow_mut().has_reliable_stamps = false;
    cache.clear();
    cache.lookup(&dir, b"none").unwrap();
    cache.lookup(&dir, b"none").unwrap();
    assert_eq!(dir.model.borrow().reads, 5);
}

#[test]
fn the_cache_is_bounded() {
    let cache = Cache::new();
    let dirs: Vec<ModelDirectory> = (0..=MAX_DIRS)
        .map(|number| {
            let dir = old_dir(1);
            let other = vec![(BTreeSet::new(), 0); number];
            dir.model.borrow_mut().dirs.splice(0..0, other);
            ModelDirectory { dir: number, ..dir }
        })
        .collect();
    for dir in dirs.iter().chain(dirs.iter().skip(1)) {
        cache.lookup(dir, b"none").unwrap();
    }
    let reads = |dir: &ModelDirectory| dir.model.borrow().reads;
    assert!(dirs.iter().all(|dir| reads(dir) == 1));
    cache.lookup(&dirs[0], b"none").unwrap();
    assert_eq!(reads(&dirs[0]), 2);
    assert_eq!(cache.0.with(|listings| listings.len()), MAX_DIRS);

    let mut listing = Listing::new(Directory::stamp(&dirs[0]).unwrap());
    let mut names = 0_u32..;
    let full = names.find(|name| listing.add(b"small", &name.to_ne_bytes()).is_none());
    assert_eq!(full, Some(MAX_NAMES as u32));
    let mut listing = Listing::new(Directory::stamp(&dirs[0]).unwrap());
    assert_eq!(listing.add(&[b'x'; MAX_BYTES], b"x"), None);
}

/// Renames a file, in this process or in another one.
fn move_file(old: &Path, new: &Path, by_another: bool) {
    if by_another {
        assert!(Command::new("mv").arg(old).arg(new).status().unwrap().success());
    } else {
        fs::rename(old, new).unwrap();
    }
}

#[test]
#[cfg_attr(miri, ignore = "it uses the disk")]
fn the_cache_agrees_with_real_directories() {
    let top = tempfile::tempdir().unwrap();
    let dirs: Vec<_> = (0..64).map(|number| top.path().join(number.to_string())).collect();
    for dir in &dirs {
        fs::create_dir(dir).unwrap();
        for name in ["Kick.wav", "snare.WAV", "snare.wav"] {
            fs::write(dir.join(name), "").unwrap();
        }
    }
    // Until their stamps are old enough.
    thread::sleep(time::Duration::from_millis(1000 * MIN_STAMP_AGE as u64 + 1100));
    let cache = Cache::new();
    for (number, dir) in dirs.iter().enumerate() {
        let real = RealDirectory::new(dir.as_os_str().as_bytes());
        let lookup = |name: &str| {
            let entries: Vec<_> =
                fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            let expected = fresh(entries.iter().map(|entry| entry.as_bytes()), name.as_bytes());
            assert_eq!(
                cache.lookup(&real, name.as_bytes()).unwrap(),
                expected,
                "{name} in {}",
                dir.display()
            );
        };
        lookup("none");
        lookup("KICK.WAV");
        let stamp = Directory::stamp(&real);
        let is_remembered =
            cache.0.with(|listings| listings.iter().any(|listing| Ok(listing.stamp) == stamp));
        if sys::DirReader::open(real.name).unwrap().has_reliable_stamps() {
            assert!(is_remembered);
        }
        for change in number..number + 4 {
            match change % 4 {
                0 => fs::write(dir.join("None"), "").unwrap(),
                1 => {
                    let _ = fs::remove_file(dir.join("snare.WAV"));
                }
                2 => move_file(&dir.join("Kick.wav"), &dir.join("kick.wav"), number % 16 == 2),
                _ => move_file(&dir.join("snare.wav"), &dir.join("NONE"), number % 16 == 3),
            }
            for name in ["none", "KICK.WAV", "Snare.wav"] {
                lookup(name);
            }
        }
    }
}

/// A directory whose disk fails during the read.
struct Failing;

impl OpenDirectory for Failing {
    fn stamp(&self) -> io::Result<Stamp> {
        Err(io::Error::from_errno(libc::EIO))
    }

    fn has_reliable_stamps(&self) -> bool {
        true
    }

    fn now(&self) -> Time {
        (0, 0)
    }

    fn names(&mut self, mut f: impl FnMut(&[u8])) -> io::Result<()> {
        f(b"name");
        Err(io::Error::from_errno(libc::EIO))
    }
}

/// Of several names that differ in case, a smaller one might have followed.
#[test]
fn a_partly_read_directory_is_an_error() {
    assert!(matches!(read(Failing, b"name"), Err(Error::InvalidFile)));
}
