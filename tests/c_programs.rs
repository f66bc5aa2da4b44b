//! The C programs of `c-tests/`, compiled against `include/` as C99 and as C++17, linked with the library
//! that ships (shared and static), and run. Those of `c-tests/windows/` are as they were on Windows: they see
//! `include/compat/` too, and link with `-lwinmm`. Those of `c-tests/loaded/` are not linked with it, and load it.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// What a program that links with the static library needs besides it.
const SYSTEM_LIBRARIES: &[&str] = if cfg!(target_os = "macos") { &[] } else { &["-lpthread", "-ldl"] };

/// In the environment: the compilers, for another machine; more flags for them (a sanitizer); and a program to
/// run the tests in (valgrind, an emulator).
const C_COMPILER: &str = "MMSYSTEM_TEST_CC";
const CPP_COMPILER: &str = "MMSYSTEM_TEST_CXX";
const EXTRA_FLAGS: &str = "MMSYSTEM_TEST_CFLAGS";
const RUNNER: &str = "MMSYSTEM_TEST_RUNNER";

/// The target of these tests, where it is another than the machine that builds them.
const CROSS_TARGET: &str = env!("MMSYSTEM_CROSS_TARGET");

fn words(variable: &str) -> Vec<String> {
    env::var(variable).unwrap_or_default().split_whitespace().map(String::from).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// How a line begins in which a program says what it cannot test here.
const SKIPPED: &str = "skipped: ";

/// Runs a command, and answers what it printed.
fn succeed(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return Ok(text.into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?}: {}\n{text}{errors}", output.status))
}

/// The folder of the release library, built once.
fn library() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build_library)
}

fn build_library() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("library");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--release", "--lib", "--manifest-path"]).arg(root().join("Cargo.toml"));
    if !CROSS_TARGET.is_empty() {
        cargo.args(["--target", CROSS_TARGET]);
    }
    succeed(cargo.arg("--target-dir").arg(&target)).unwrap();
    let folder = target.join(CROSS_TARGET).join("release");
    #[cfg(target_os = "linux")]
    let names = ["libmmsystem.so.1", "libwinmm.so"];
    #[cfg(target_os = "macos")]
    let names = ["libmmsystem.1.dylib", "libwinmm.dylib"];
    for name in names {
        link(&folder, SHARED, name);
    }
    folder
}

#[cfg(target_os = "linux")]
const SHARED: &str = "libmmsystem.so";
#[cfg(target_os = "macos")]
const SHARED: &str = "libmmsystem.dylib";

/// Programs look for the library by the name that it was linked under, and those of Windows link by another.
fn link(folder: &Path, file: &str, name: &str) {
    let name = folder.join(name);
    let _ = fs::remove_file(&name);
    std::os::unix::fs::symlink(file, name).unwrap();
}

/// Whether there is a shared library: where Rust links the C library statically it makes none, and all programs
/// are linked with the static one.
const HAS_SHARED: bool = !cfg!(all(target_env = "musl", target_feature = "crt-static"));

/// One way to build a program.
#[derive(Clone, Copy)]
struct Build {
    compiler: &'static str,
    flags: &'static [&'static str],
    link: Link,
    is_windows: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Link {
    Shared,
    Static,
    /// Not at all: the program loads it when it runs.
    Loaded,
}

const C99: Build = Build { compiler: "cc", flags: &["-std=c99"], link: Link::Shared, is_windows: false };
const CPP17: Build = Build { compiler: "c++", flags: &["-x", "c++", "-std=c++17"], ..C99 };

impl Build {
    const fn with_the_static_library(self) -> Self {
        Self { link: Link::Static, ..self }
    }

    const fn that_loads_it(self) -> Self {
        Self { link: Link::Loaded, ..self }
    }

    const fn as_on_windows(self) -> Self {
        Self { is_windows: true, ..self }
    }

    const fn with(self, flags: &'static [&'static str]) -> Self {
        Self { flags, ..self }
    }

    fn folder(self) -> PathBuf {
        root().join(match self.link {
            Link::Loaded => "c-tests/loaded",
            _ if self.is_windows => "c-tests/windows",
            _ => "c-tests",
        })
    }

    fn command(self, program: &Path, binary: &Path) -> Command {
        let variable = if self.compiler == "cc" { C_COMPILER } else { CPP_COMPILER };
        let mut command = Command::new(env::var(variable).unwrap_or(self.compiler.into()));
        command
            .args(self.flags)
            .args(WARNINGS)
            .args(words(EXTRA_FLAGS))
            .arg("-I")
            .arg(root().join("include"));
        if self.is_windows {
            command.arg("-I").arg(root().join("include/compat"));
        }
        command.arg(program).args(["-x", "none", "-o"]).arg(binary);
        let library = library();
        match self.link {
            Link::Loaded => command.args(SYSTEM_LIBRARIES),
            Link::Shared if HAS_SHARED => {
                command.arg("-L").arg(library).arg(if self.is_windows { "-lwinmm" } else { "-lmmsystem" });
                command.arg(format!("-Wl,-rpath,{}", library.display()))
            }
            _ => command.arg(library.join("libmmsystem.a")).args(SYSTEM_LIBRARIES),
        };
        command.arg("-lpthread");
        command
    }
}

fn programs(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut programs: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "c")).collect();
    programs.sort();
    assert!(!programs.is_empty());
    programs
}

/// Compiles, links and runs every program, each in a folder of its own.
fn run_all(build: Build) {
    let results = programs(&build.folder()).into_iter().map(|program| run(&program, build));
    let failures: Vec<_> = results.filter_map(Result::err).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn run(program: &Path, build: Build) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("program");
    let named = |error| format!("{}: {error}", program.display());
    succeed(&mut build.command(program, &binary)).map_err(named)?;

    let runner = words(RUNNER);
    let mut command = Command::new(runner.first().map_or(binary.as_os_str(), OsStr::new));
    command.args(runner.iter().skip(1)).args(runner.first().map(|_| &binary));
    if build.link == Link::Loaded {
        command.arg(library().join(SHARED));
    }
    let text = succeed(command.current_dir(folder.path())).map_err(named)?;
    // Past the test harness, which keeps to itself what is printed.
    for line in text.lines().filter(|line| line.starts_with(SKIPPED)) {
        let name = program.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(std::io::stderr(), "{name}: {line}");
    }
    let last = text.lines().last().unwrap_or_default();
    let done = last.split_once(" checks, 0 failed").and_then(|(count, _)| count.parse::<u32>().ok());
    match done {
        Some(count) if count > 0 => Ok(()),
        None if last.starts_with(SKIPPED) => Ok(()),
        _ => Err(format!("{}: checks nothing: {text}", program.display())),
    }
}

#[test]
fn programs_hold_as_c99_with_the_shared_library() {
    run_all(C99);
}

#[test]
fn programs_hold_as_cpp17_with_the_shared_library() {
    run_all(CPP17);
}

#[test]
fn programs_hold_as_c99_with_the_static_library() {
    run_all(C99.with_the_static_library());
}

#[test]
#[cfg_attr(
    any(target_env = "musl", target_os = "macos"),
    ignore = "there, what was loaded may stay for ever: musl never unloads, macOS as it sees fit"
)]
fn the_library_can_be_unloaded_and_loaded_again() {
    run_all(C99.that_loads_it());
}

#[test]
fn windows_programs_hold_as_c99() {
    run_all(C99.as_on_windows());
    run_all(C99.as_on_windows().with(&["-std=c99", "-DUNICODE", "-D_UNICODE"]));
    run_all(C99.as_on_windows().with_the_static_library());
}

#[test]
fn windows_programs_hold_as_cpp17() {
    run_all(CPP17.as_on_windows());
    run_all(CPP17.as_on_windows().with(&["-x", "c++", "-std=c++17", "-DUNICODE", "-D_UNICODE"]));
}

#[test]
fn windows_programs_hold_with_utf16() {
    run_all(C99.as_on_windows().with(&["-std=c11", "-DUNICODE", "-D_UNICODE", "-DMMSYSTEM_WCHAR_UTF16"]));
    let cpp = CPP17.as_on_windows();
    run_all(cpp.with(&["-x", "c++", "-std=c++17", "-DUNICODE", "-D_UNICODE", "-DMMSYSTEM_WCHAR_UTF16"]));
}

#[test]
#[cfg_attr(
    target_env = "musl",
    ignore = "in the C library's own headers wchar_t has 32 bits, whatever is asked for"
)]
fn windows_programs_hold_with_a_short_wchar_t() {
    run_all(C99.as_on_windows().with(&["-std=c99", "-DUNICODE", "-D_UNICODE", "-fshort-wchar"]));
    let cpp = CPP17.as_on_windows();
    run_all(cpp.with(&["-x", "c++", "-std=c++17", "-DUNICODE", "-D_UNICODE", "-fshort-wchar"]));
}
