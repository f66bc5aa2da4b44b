//! Compiles C programs against `include/`, links them with the library that ships, and runs them.
#![allow(dead_code, unused_imports)] // Each test uses a part of it.

mod cache;
mod library;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex};
use std::{env, fs};

pub use library::{HAS_SHARED, SHARED, library, static_library, static_library_without_std};

const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// What a program that links with the static library needs besides it.
const SYSTEM_LIBRARIES: &[&str] = if cfg!(target_os = "macos") { &[] } else { &["-lpthread", "-ldl"] };

/// In the environment: the compilers, for another machine; more flags for them (a sanitizer); and a command that runs the
/// programs (valgrind, an emulator). A compiler is one file name; the flags and the command are words with blanks between them.
const C_COMPILER: &str = "MMSYSTEM_TEST_CC";
const CPP_COMPILER: &str = "MMSYSTEM_TEST_CXX";
const EXTRA_FLAGS: &str = "MMSYSTEM_TEST_CFLAGS";
const RUNNER: &str = "MMSYSTEM_TEST_RUNNER";

/// The target of these tests, if it is not the machine that builds them; or else empty.
pub const CROSS_TARGET: &str = env!("MMSYSTEM_CROSS_TARGET");

/// The target of these tests.
const TARGET: &str = env!("MMSYSTEM_TARGET");

fn words(variable: &str) -> Vec<String> {
    env::var(variable).unwrap_or_default().split_whitespace().map(String::from).collect()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reports what is not tested here. The test harness does not show what is printed by `eprintln!`.
pub fn skip(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// Runs a command. Returns its standard output, or an error with all its output.
pub fn succeed(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return Ok(text.into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?}: {}\n{text}{errors}", output.status))
}

/// One way to build a program.
#[derive(Clone, Copy)]
pub struct Build {
    pub compiler: &'static str,
    pub flags: &'static [&'static str],
    pub link: Link,
    pub is_windows: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Link {
    Shared,
    Static,
    /// Not at all: the program loads it when it runs.
    Loaded,
}

pub const C99: Build = Build { compiler: "cc", flags: &["-std=c99"], link: Link::Shared, is_windows: false };
pub const CPP17: Build = Build { compiler: "c++", flags: &["-x", "c++", "-std=c++17"], ..C99 };

impl Build {
    pub const fn with_the_static_library(self) -> Self {
        Self { link: Link::Static, ..self }
    }

    pub const fn that_loads_it(self) -> Self {
        Self { link: Link::Loaded, ..self }
    }

    pub const fn as_on_windows(self) -> Self {
        Self { is_windows: true, ..self }
    }

    pub const fn with(self, flags: &'static [&'static str]) -> Self {
        Self { flags, ..self }
    }

    pub fn compiler(self) -> String {
        let variable = if self.compiler == "cc" { C_COMPILER } else { CPP_COMPILER };
        env::var(variable).unwrap_or(self.compiler.into())
    }

    /// Whether there is a compiler for it. There must be one for C; that there is none for C++ is reported.
    pub fn is_there(self) -> bool {
        let is_there = self.has_compiler();
        if !is_there {
            skip(&format!("C programs as C++, as there is no {}", self.compiler()));
        }
        is_there
    }

    /// The same, without a report.
    pub fn has_compiler(self) -> bool {
        self.compiler == "cc" || version(Path::new(&self.compiler())).is_some()
    }

    /// Whether a program of this one line, with this header, can be built and linked with this library.
    pub fn can_use(self, header: &str, library: &str, line: &str) -> bool {
        let dir = tempfile::tempdir().unwrap();
        let source = dir.path().join("program.c");
        fs::write(&source, format!("#include <{header}>\nint main(void) {{ {line} }}\n")).unwrap();
        succeed(self.command(&[source], &dir.path().join("program")).arg(library)).is_ok()
    }

    /// Builds a program of these sources, with these directories for headers and libraries too. Returns where it is: it may
    /// have been built before, by other tests as well.
    pub fn built(
        self,
        sources: &[PathBuf],
        headers: &[&Path],
        libraries: &[&str],
    ) -> Result<PathBuf, String> {
        let mut files = Vec::new();
        for source in sources {
            let mut command = self.compile();
            for dir in headers {
                command.arg("-I").arg(dir);
            }
            files.push(cache::object(command, source)?);
        }
        let mut command = self.link();
        command.args(&files);
        files.extend(self.add_libraries(&mut command));
        command.args(libraries);
        cache::linked(command, &files)
    }

    /// The same, in a place of its own.
    pub fn program(
        self,
        sources: &[PathBuf],
        headers: &[&Path],
        libraries: &[&str],
        binary: &Path,
    ) -> Result<(), String> {
        cache::give(&self.built(sources, headers, libraries)?, binary)
    }

    /// The command that makes a program of these sources, whether it was built before or not.
    pub fn command(self, sources: &[PathBuf], binary: &Path) -> Command {
        let mut command = self.compile();
        command.args(sources).args(["-x", "none", "-o"]).arg(binary);
        self.add_libraries(&mut command);
        command
    }

    /// The beginning of a command that compiles.
    fn compile(self) -> Command {
        let mut command = Command::new(self.compiler());
        command.env("LC_ALL", "C.UTF-8").args(WARNINGS).args(self.flags).args(words(EXTRA_FLAGS));
        command.arg("-I").arg(root().join("include"));
        if self.is_windows {
            command.arg("-I").arg(root().join("include/compat"));
        }
        command
    }

    /// The beginning of a command that links.
    fn link(self) -> Command {
        let mut command = Command::new(self.compiler());
        command.env("LC_ALL", "C.UTF-8").args(words(EXTRA_FLAGS));
        command
    }

    /// Adds what a program is linked with. Returns the files that the linker reads of it.
    fn add_libraries(self, command: &mut Command) -> Vec<PathBuf> {
        let mut files = Vec::new();
        match self.link {
            Link::Loaded => _ = command.args(SYSTEM_LIBRARIES),
            Link::Shared if HAS_SHARED => {
                let (library, name) = if self.is_windows {
                    let library = library::library_as_on_windows();
                    files.push(library.join(library::FUNCTIONS));
                    (library, "-lwinmm")
                } else {
                    (library(), "-lmmsystem")
                };
                files.push(library.join(SHARED));
                command.arg("-L").arg(library).arg(name);
                command.args(["-Xlinker", "-rpath", "-Xlinker"]).arg(library);
            }
            _ => {
                if self.is_windows {
                    files.extend(library::functions());
                }
                files.push(static_library().into());
                command.args(&files).args(SYSTEM_LIBRARIES);
            }
        }
        command.arg("-lpthread");
        files
    }
}

/// What a compiler prints for `--version`; None if there is no such compiler.
fn version(compiler: &Path) -> Option<String> {
    static VERSIONS: LazyLock<Mutex<HashMap<PathBuf, Option<String>>>> = LazyLock::new(Mutex::default);
    let query = || succeed(Command::new(compiler).arg("--version")).ok();
    VERSIONS.lock().unwrap().entry(compiler.into()).or_insert_with(query).clone()
}

/// Whether programs run under another (an emulator, valgrind), which is slow.
pub fn has_runner() -> bool {
    !words(RUNNER).is_empty()
}

/// The command that runs a program, under another if the environment asks for it.
pub fn runner(binary: &Path) -> Command {
    let runner = words(RUNNER);
    let mut command = Command::new(runner.first().map_or(binary.as_os_str(), OsStr::new));
    command.args(runner.iter().skip(1)).args(runner.first().map(|_| binary));
    command
}
