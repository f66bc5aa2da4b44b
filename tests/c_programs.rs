//! The C programs of `c-tests/`, compiled against `include/` as C99 and as C++17, linked with the library
//! that ships (shared and static), and run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::{env, fs};

const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// What a program that links with the static library needs besides it.
const SYSTEM_LIBRARIES: &[&str] = if cfg!(target_os = "macos") { &[] } else { &["-lpthread", "-ldl", "-lm"] };

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
    link(&folder, "libmmsystem.so", "libmmsystem.so.1");
    #[cfg(target_os = "macos")]
    link(&folder, "libmmsystem.dylib", "libmmsystem.1.dylib");
    folder
}

/// Programs look for the library by the name that it was linked under.
fn link(folder: &Path, file: &str, name: &str) {
    let name = folder.join(name);
    let _ = fs::remove_file(&name);
    std::os::unix::fs::symlink(file, name).unwrap();
}

fn programs() -> Vec<PathBuf> {
    let files = fs::read_dir(root().join("c-tests")).unwrap().map(|entry| entry.unwrap().path());
    let mut programs: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "c")).collect();
    programs.sort();
    assert!(!programs.is_empty());
    programs
}

/// Compiles, links and runs every program, each in a folder of its own.
fn run_all(compiler: &str, standard: &[&str], is_static: bool) {
    let variable = if compiler == "cc" { C_COMPILER } else { CPP_COMPILER };
    let compiler = env::var(variable).unwrap_or(compiler.into());
    let results = programs().into_iter().map(|program| run(&program, &compiler, standard, is_static));
    let failures: Vec<_> = results.filter_map(Result::err).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn run(program: &Path, compiler: &str, standard: &[&str], is_static: bool) -> Result<(), String> {
    let library = library();
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("program");
    let mut command = Command::new(compiler);
    command.args(standard).args(WARNINGS).args(words(EXTRA_FLAGS)).arg("-I").arg(root().join("include"));
    command.arg(program).args(["-x", "none", "-o"]).arg(&binary);
    if is_static {
        command.arg(library.join("libmmsystem.a")).args(SYSTEM_LIBRARIES);
    } else {
        command.arg("-L").arg(library).arg("-lmmsystem").arg(format!("-Wl,-rpath,{}", library.display()));
    }
    let named = |error| format!("{}: {error}", program.display());
    succeed(command.arg("-lpthread")).map_err(named)?;

    let runner = words(RUNNER);
    let mut command = Command::new(runner.first().map_or(binary.as_os_str(), OsStr::new));
    command.args(runner.iter().skip(1)).args(runner.first().map(|_| &binary));
    let text = succeed(command.current_dir(folder.path())).map_err(named)?;
    let last = text.lines().last().unwrap_or_default();
    let done = last.split_once(" checks, 0 failed").and_then(|(count, _)| count.parse::<u32>().ok());
    match done {
        Some(count) if count > 0 => Ok(()),
        _ => Err(format!("{}: checks nothing: {text}", program.display())),
    }
}

#[test]
fn programs_hold_as_c99_with_the_shared_library() {
    run_all("cc", &["-std=c99"], false);
}

#[test]
fn programs_hold_as_cpp17_with_the_shared_library() {
    run_all("c++", &["-x", "c++", "-std=c++17"], false);
}

#[test]
fn programs_hold_as_c99_with_the_static_library() {
    run_all("cc", &["-std=c99"], true);
}
