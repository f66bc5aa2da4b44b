//! The C programs of `c-tests/`, compiled against `include/` as C99 and as C++17, linked with the library
//! that ships (shared and static), and run. Those of `c-tests/windows/` are as they were on Windows: they see
//! `include/compat/` too, and link with `-lwinmm`. Those of `c-tests/beside/` have a windows.h and an mmsystem.h of
//! their own. Those of `c-tests/loaded/` are not linked with it, and load it.

mod toolchain;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use toolchain::{Build, C99, CPP17, Link, SHARED};

/// How a line begins in which a program says what it cannot test here.
const SKIPPED: &str = "skipped: ";

/// Where a project has its own windows.h and mmsystem.h.
const OWN_HEADERS: &str = concat!("-I", env!("CARGO_MANIFEST_DIR"), "/c-tests/beside/windows");

const FAMILIES: [&str; 12] = [
    "abi",
    "buffer",
    "direct",
    "failures",
    "files",
    "memory",
    "names",
    "procedures",
    "processes",
    "riff",
    "sharing",
    "threads",
];

fn dirs(build: Build) -> &'static [&'static str] {
    match build.link {
        Link::Loaded => &["loaded"],
        _ if build.is_windows => &["windows"],
        _ if build.flags.contains(&OWN_HEADERS) => &["beside"],
        _ => &FAMILIES,
    }
}

fn programs(dir: &Path, end: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut programs: Vec<_> = files.filter(|path| path.extension().is_some_and(|its| its == end)).collect();
    programs.sort();
    assert!(!programs.is_empty());
    programs
}

/// Compiles, links and runs every program, each in a folder of its own.
fn run_all(build: Build) {
    run_all_that_end_with("c", build);
}

fn run_all_that_end_with(end: &str, build: Build) {
    if !build.is_there() {
        return;
    }
    let results = dirs(build)
        .iter()
        .flat_map(|dir| programs(&toolchain::root().join("c-tests").join(dir), end))
        .map(|program| run(&program, build));
    let failures: Vec<_> = results.filter_map(Result::err).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn run(program: &Path, build: Build) -> Result<(), String> {
    let dir = tempfile::tempdir().unwrap();
    let binary = dir.path().join("program");
    let named = |error| format!("{}: {error}", program.display());
    toolchain::succeed(
        build.command(&[program.into()], &binary).arg("-I").arg(toolchain::root().join("c-tests/support")),
    )
    .map_err(named)?;

    let mut command = toolchain::runner(&binary);
    if build.link == Link::Loaded {
        command.arg(toolchain::library().join(SHARED));
    }
    let text = toolchain::succeed(command.current_dir(dir.path())).map_err(named)?;
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
fn mmio_alone_is_beside_a_projects_own_headers() {
    run_all(C99.with(&["-std=c99", OWN_HEADERS]));
    run_all(CPP17.with(&["-x", "c++", "-std=c++17", OWN_HEADERS]));
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
fn windows_programs_of_cpp_hold() {
    let cpp98 = CPP17.as_on_windows().with(&["-x", "c++", "-std=c++98", "-Wno-long-long"]);
    let unicode = CPP17.as_on_windows().with(&["-x", "c++", "-std=c++17", "-DUNICODE", "-D_UNICODE"]);
    for build in [cpp98, unicode, unicode.with_the_static_library()] {
        run_all_that_end_with("cpp", build);
    }
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
