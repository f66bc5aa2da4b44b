//! The programs of `examples/`, as C99 and as C++17: their output and the files that they write; and `wave.py`. A program
//! of `tests/examples/` includes an example, and tests its I/O procedure (docs/contract.md, part 5) beyond what `main` of
//! the example does.

mod archives;
mod buffering;
mod killing;
mod procedures;
mod python;
mod riff;
#[path = "../toolchain/mod.rs"]
mod toolchain;

use archives::{sdl, zip};
use buffering::{cache, gzip};
use procedures::{archive, xor};
use riff::{list, memory, peak, record, record64};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use toolchain::{Build, C99, CPP17};

/// The beginning of error messages.
const NOT_SUPPORTED: &str = "MMSYSERR_NOTSUPPORTED: ";
const FILE_NOT_FOUND: &str = "MMIOERR_FILENOTFOUND: ";
const CANNOT_OPEN: &str = "MMIOERR_CANNOTOPEN: ";
const CANNOT_READ: &str = "MMIOERR_CANNOTREAD: ";
const CANNOT_WRITE: &str = "MMIOERR_CANNOTWRITE: ";
const CHUNK_NOT_FOUND: &str = "MMIOERR_CHUNKNOTFOUND: ";
const PATH_NOT_FOUND: &str = "MMIOERR_PATHNOTFOUND: ";
const SHARING_VIOLATION: &str = "MMIOERR_SHARINGVIOLATION: ";
const INVALID_FILE: &str = "MMIOERR_INVALIDFILE: ";

/// Defines the tests of each example, which call the function of its name, and lists the examples.
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

tests!(archive cache gzip list memory peak record record64 sdl xor zip);

#[test]
fn every_example_is_tested() {
    let files =
        fs::read_dir(toolchain::root().join("examples")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut programs: Vec<_> = files.map(|name| name.into_string().unwrap()).collect();
    programs.retain(|name| name.ends_with(".c") || name.ends_with(".py"));
    programs.sort();
    let mut tested = [TESTED, &["wave.py"]].concat();
    tested.sort_unstable();
    assert_eq!(programs, tested);
}

/// A library that an example needs besides this one.
struct Library {
    example: &'static str,
    option: &'static [&'static str],
    header: &'static str,
    /// A line of a program that uses it.
    line: &'static str,
    name: &'static str,
}

const LIBRARIES: [Library; 3] = [
    Library {
        example: "gzip",
        option: &["-lz"],
        header: "zlib.h",
        line: "return zlibVersion() == 0;",
        name: "zlib (Debian: zlib1g-dev)",
    },
    Library {
        example: "sdl",
        option: &["-lSDL2"],
        header: "SDL2/SDL_version.h",
        line: "SDL_version its; SDL_GetVersion(&its); return 0;",
        name: "SDL 2 (Debian: libsdl2-dev)",
    },
    Library {
        example: "zip",
        option: &["-lzip"],
        header: "zip.h",
        line: "return zip_libzip_version() == 0;",
        name: "libzip (Debian: libzip-dev)",
    },
];

/// The options to link an example with its library.
fn libraries(name: &str) -> &'static [&'static str] {
    LIBRARIES.iter().find(|library| library.example == name).map_or(&[], |library| library.option)
}

/// Whether the library of an example is installed. If not, the test is reported as skipped.
fn can_build(name: &str, build: Build) -> bool {
    let Some(library) = LIBRARIES.iter().find(|library| library.example == name) else { return true };
    let can = build.can_use(library.header, library.option[0], library.line);
    if !can {
        crate::toolchain::skip(&format!("{name}.c, which needs {}", library.name));
    }
    can
}

/// A program in a directory of its own.
struct Example {
    name: &'static str,
    build: Build,
    dir: TempDir,
}

impl Example {
    fn build(name: &'static str, build: Build) -> Self {
        let example = Self { name, build, dir: tempfile::tempdir().unwrap() };
        let source = toolchain::root().join("examples").join(name).with_extension("c");
        build.program(&[source], &[], libraries(name), &example.path(name)).unwrap();
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
        let mut command = toolchain::runner(&self.path(self.name));
        command.args(arguments).current_dir(self.dir.path());
        command
    }

    /// Builds and runs the program of `tests/examples/` that includes this one.
    fn try_procedure(&self) {
        let source = toolchain::root().join("tests/examples").join(self.name).with_extension("c");
        let support = toolchain::root().join("c-tests/support");
        let binary = self.path("procedure");
        self.build.program(&[source], &[&support], libraries(self.name), &binary).unwrap();
        let text = succeed(toolchain::runner(&self.path("procedure")).current_dir(self.dir.path()));
        assert!(String::from_utf8(text).unwrap().ends_with(" checks, 0 failed\n"));
    }

    /// Runs it without an error. Returns its output.
    fn run(&self, arguments: &[&str]) -> Vec<u8> {
        succeed(&mut self.command(arguments))
    }

    /// Runs it. It fails with this message, and exits with 1.
    fn fail(&self, arguments: &[&str], what: &str, error: &str) {
        fail(&mut self.command(arguments), &format!("{}: {what}: {error}", self.name));
    }

    /// Runs it with a full disk as its output.
    fn fail_when_full(&self, arguments: &[&str], what: &str) {
        if cfg!(target_os = "linux") {
            self.fail(arguments, what, CANNOT_WRITE);
        }
    }

    /// Runs it with a limit of this many blocks of 512 bytes for files.
    fn fail_when_limited(&self, blocks: u32, arguments: &[&str], what: &str) {
        let mut limited = Command::new("sh");
        limited.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
        let command = self.command(arguments);
        limited.arg(command.get_program()).args(command.get_args()).current_dir(self.dir.path());
        fail(&mut limited, &format!("{}: {what}: {CANNOT_WRITE}", self.name));
    }

    /// Runs it with too few arguments: it prints how it is used.
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

/// Runs a command. It exits with 1, and prints one line that begins with the message.
fn fail(command: &mut Command, message: &str) {
    let Output { status, stderr, .. } = command.output().unwrap();
    let text = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(1), "{command:?}: {text}");
    assert!(text.starts_with(message) && text.lines().count() == 1, "{command:?}: {text}, not {message}");
}
