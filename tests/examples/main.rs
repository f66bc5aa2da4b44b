//! The programs of `examples/`, as C99 and as C++17, with what they print and the files that they write against what
//! must come out; and `wave.py`. Those of `tests/examples/` take in the I/O procedure of one, and try what its own
//! `main` does not.

mod buffering;
#[path = "../c/mod.rs"]
mod c;
mod killing;
mod procedures;
mod python;
mod riff;

use buffering::{cache, gzip};
use c::{Build, C99, CPP17};
use procedures::{archive, xor};
use riff::{list, memory, peak, record, record64};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// How what is said of an error begins.
const NOT_SUPPORTED: &str = "MMSYSERR_NOTSUPPORTED: ";
const FILE_NOT_FOUND: &str = "MMIOERR_FILENOTFOUND: ";
const CANNOT_OPEN: &str = "MMIOERR_CANNOTOPEN: ";
const CANNOT_READ: &str = "MMIOERR_CANNOTREAD: ";
const CANNOT_WRITE: &str = "MMIOERR_CANNOTWRITE: ";
const CHUNK_NOT_FOUND: &str = "MMIOERR_CHUNKNOTFOUND: ";
const PATH_NOT_FOUND: &str = "MMIOERR_PATHNOTFOUND: ";
const SHARING_VIOLATION: &str = "MMIOERR_SHARINGVIOLATION: ";
const INVALID_FILE: &str = "MMIOERR_INVALIDFILE: ";

/// Tests each example by the function of its name, and lists them.
macro_rules! tests {
    ($($name:ident)*) => {
        const TESTED: &[&str] = &[$(concat!(stringify!($name), ".c")),*];

        $(mod $name {
            use super::*;

            #[test]
            fn as_c99() {
                if can_build(stringify!($name), C99) {
                    super::$name(&Example::build(stringify!($name), C99));
                }
            }

            #[test]
            fn as_cpp17() {
                if CPP17.is_there() && can_build(stringify!($name), CPP17) {
                    super::$name(&Example::build(stringify!($name), CPP17));
                }
            }
        })*
    };
}

tests!(archive cache gzip list memory peak record record64 xor);

#[test]
fn every_example_is_tested() {
    let files = fs::read_dir(c::root().join("examples")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut programs: Vec<_> = files.map(|name| name.into_string().unwrap()).collect();
    programs.retain(|name| name.ends_with(".c") || name.ends_with(".py"));
    programs.sort();
    let mut tested = [TESTED, &["wave.py"]].concat();
    tested.sort_unstable();
    assert_eq!(programs, tested);
}

/// What an example is linked with besides the library.
fn libraries(name: &str) -> &'static [&'static str] {
    if name == "gzip" { &["-lz"] } else { &[] }
}

/// Whether there is all that an example needs; where there is not that is said.
fn can_build(name: &str, build: Build) -> bool {
    let can =
        libraries(name).iter().all(|library| build.can_use("zlib.h", library, "return zlibVersion() == 0;"));
    if !can {
        crate::c::skip(&format!("{name}.c, which needs zlib (Debian: zlib1g-dev)"));
    }
    can
}

/// A program that was built, in a folder of its own.
struct Example {
    name: &'static str,
    build: Build,
    dir: TempDir,
}

impl Example {
    fn build(name: &'static str, build: Build) -> Self {
        let example = Self { name, build, dir: tempfile::tempdir().unwrap() };
        let source = c::root().join("examples").join(name).with_extension("c");
        c::succeed(build.command(&[source], &example.path(name)).args(libraries(name))).unwrap();
        example
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = c::runner(&self.path(self.name));
        command.args(arguments).current_dir(self.dir.path());
        command
    }

    /// Builds the program of `tests/examples/` that takes this one in, and runs it.
    fn try_procedure(&self) {
        let source = c::root().join("tests/examples").join(self.name).with_extension("c");
        let mut build = self.build.command(&[source], &self.path("procedure"));
        build.args(libraries(self.name));
        c::succeed(build.arg("-I").arg(c::root().join("c-tests"))).unwrap();
        let text = succeed(c::runner(&self.path("procedure")).current_dir(self.dir.path()));
        assert!(String::from_utf8(text).unwrap().ends_with(" checks, 0 failed\n"));
    }

    /// Runs it without an error; what it prints.
    fn run(&self, arguments: &[&str]) -> Vec<u8> {
        succeed(&mut self.command(arguments))
    }

    /// Runs it with an error, which it says, and for which it exits with 1.
    fn fail(&self, arguments: &[&str], what: &str, error: &str) {
        fail(&mut self.command(arguments), &format!("{}: {what}: {error}", self.name));
    }

    /// Runs it with an output that is full.
    fn fail_when_full(&self, arguments: &[&str], what: &str) {
        if cfg!(target_os = "linux") {
            self.fail(arguments, what, CANNOT_WRITE);
        }
    }

    /// Runs it where no file may be larger than this many blocks of 512 bytes.
    fn fail_when_limited(&self, blocks: u32, arguments: &[&str], what: &str) {
        let mut limited = Command::new("sh");
        limited.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
        let command = self.command(arguments);
        limited.arg(command.get_program()).args(command.get_args()).current_dir(self.dir.path());
        fail(&mut limited, &format!("{}: {what}: {CANNOT_WRITE}", self.name));
    }

    /// Runs it with too few arguments.
    fn show_usage(&self) {
        let output = self.command(&[]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(output.stderr.starts_with(format!("usage: {} ", self.name).as_bytes()), "{output:?}");
    }
}

fn succeed(command: &mut Command) -> Vec<u8> {
    let Output { status, stdout, stderr } = command.output().unwrap();
    assert!(
        status.success() && stderr.is_empty(),
        "{command:?}: {status}\n{}",
        String::from_utf8_lossy(&stderr)
    );
    stdout
}

/// Runs a command that exits with 1, and says one line that begins with the message.
fn fail(command: &mut Command, message: &str) {
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(1), "{command:?}: {said}");
    assert!(said.starts_with(message) && said.lines().count() == 1, "{command:?}: {said}, not {message}");
}
