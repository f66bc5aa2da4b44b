//! The C programs of `c-tests/`, each compiled in several ways, linked with the library that ships, and run in a directory of
//! its own. A test is a program built in one way: `buffer::large_buffers::c99`. A part of the name chooses tests:
//!
//! ```text
//! cargo test --test c_programs -- buffer
//! cargo test --test c_programs -- buffer::large_buffers
//! ```
//!
//! Programs of `windows/` are as they were on Windows: they see `include/compat/` too, and link with `-lwinmm`. Those of
//! `beside/` have a windows.h and an mmsystem.h of their own. Those of `loaded/` are not linked with the library, and load it.

mod toolchain;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};
use toolchain::{Build, C99, CPP17, HAS_SHARED, Link, SHARED};

/// Directories whose programs are for other tests: tests/porting.rs, tests/rf64.rs, tests/trace/ and `.ci/sanitizers`.
const ELSEWHERE: [&str; 5] = ["broken", "porting", "recordings", "support", "traced"];

/// The beginning of a line in which a program reports what it cannot test here.
const SKIPPED: &str = "skipped: ";

/// Where a project has its own windows.h and mmsystem.h.
const OWN_HEADERS: &str = concat!("-I", env!("CARGO_MANIFEST_DIR"), "/c-tests/beside/windows");

/// A way to build a program, and its name.
type Way = (&'static str, Build);

const LIBRARY: [Way; 3] = [("c99", C99), ("cpp17", CPP17), ("static", C99.with_the_static_library())];

const LOADED: [Way; 1] = [("c99", C99.that_loads_it())];

const BESIDE: [Way; 2] = [
    ("c", C99.with(&["-std=c99", OWN_HEADERS])),
    ("cpp", CPP17.with(&["-x", "c++", "-std=c++17", OWN_HEADERS])),
];

const C: Build = C99.as_on_windows();
const CPP: Build = CPP17.as_on_windows();
const CPP17_UNICODE: Build = CPP.with(&["-x", "c++", "-std=c++17", "-DUNICODE", "-D_UNICODE"]);

const WINDOWS: [Way; 9] = [
    ("c99", C),
    ("c99_unicode", C.with(&["-std=c99", "-DUNICODE", "-D_UNICODE"])),
    ("c99_static", C.with_the_static_library()),
    ("c99_short_wchar", C.with(&["-std=c99", "-DUNICODE", "-D_UNICODE", "-fshort-wchar"])),
    ("c11_utf16", C.with(&["-std=c11", "-DUNICODE", "-D_UNICODE", "-DMMSYSTEM_WCHAR_UTF16"])),
    ("cpp17", CPP),
    ("cpp17_unicode", CPP17_UNICODE),
    ("cpp17_short_wchar", CPP.with(&["-x", "c++", "-std=c++17", "-DUNICODE", "-D_UNICODE", "-fshort-wchar"])),
    (
        "cpp17_utf16",
        CPP.with(&["-x", "c++", "-std=c++17", "-DUNICODE", "-D_UNICODE", "-DMMSYSTEM_WCHAR_UTF16"]),
    ),
];

const WINDOWS_CPP: [Way; 3] = [
    ("cpp98", CPP.with(&["-x", "c++", "-std=c++98", "-Wno-long-long"])),
    ("unicode", CPP17_UNICODE),
    ("unicode_static", CPP17_UNICODE.with_the_static_library()),
];

fn ways(family: &str, program: &Path) -> &'static [Way] {
    match family {
        "loaded" => &LOADED,
        "beside" => &BESIDE,
        "windows" if program.extension().is_some_and(|end| end == "cpp") => &WINDOWS_CPP,
        "windows" => &WINDOWS,
        _ => &LIBRARY,
    }
}

/// Why a way cannot show anything on this target.
fn ignored(name: &str, build: Build) -> Option<String> {
    if build.link == Link::Loaded && cfg!(any(target_env = "musl", target_os = "macos")) {
        return Some("musl never unloads a library, and macOS at its own time".into());
    }
    if name.ends_with("short_wchar") && cfg!(target_env = "musl") {
        return Some("the headers of the C library have a wchar_t of 32 bits".into());
    }
    (!build.has_compiler()).then(|| format!("there is no {}", build.compiler()))
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().into()
}

fn tests() -> Vec<Trial> {
    let mut tests = Vec::new();
    for dir in entries(&toolchain::root().join("c-tests")) {
        let family = stem(&dir);
        if ELSEWHERE.contains(&&*family) {
            continue;
        }
        let mut programs = entries(&dir);
        programs.retain(|path| path.extension().is_some_and(|end| end == "c" || end == "cpp"));
        assert!(!programs.is_empty(), "no programs in {}", dir.display());
        for program in programs {
            for &(way, build) in ways(&family, &program) {
                // Without a shared library the others are static, too.
                if HAS_SHARED || !way.ends_with("static") {
                    let (name, program) = (format!("{family}::{}::{way}", stem(&program)), program.clone());
                    let title = name.clone();
                    tests.push(Trial::ignorable_test(name, move || match ignored(way, build) {
                        Some(reason) => Ok(Completion::ignored_with(reason)),
                        None => run(&program, build, &title),
                    }));
                }
            }
        }
    }
    tests
}

/// Builds a program and runs it. Its last line is the number of its checks, or why it is skipped.
fn run(program: &Path, build: Build, title: &str) -> Result<Completion, Failed> {
    let dir = tempfile::tempdir()?;
    let binary = dir.path().join("program");
    let support = toolchain::root().join("c-tests/support");
    build.program(&[program.into()], &[&support], &[], &binary)?;
    let mut command = toolchain::runner(&binary);
    if build.link == Link::Loaded {
        command.arg(toolchain::library().join(SHARED));
    }
    // Programs that run at the same time must not use the same temporary files.
    let temporary = tempfile::tempdir()?;
    let text = toolchain::succeed(command.current_dir(dir.path()).env("TMPDIR", temporary.path()))?;
    let last = text.lines().last().unwrap_or_default();
    if let Some(reason) = last.strip_prefix(SKIPPED) {
        return Ok(Completion::ignored_with(reason));
    }
    for line in text.lines().filter(|line| line.starts_with(SKIPPED)) {
        let _ = writeln!(std::io::stderr(), "{title}: {line}");
    }
    let checks = last.strip_suffix(" checks, 0 failed").and_then(|count| count.parse::<u32>().ok());
    match checks {
        Some(1..) => Ok(Completion::Completed),
        _ => Err(format!("the last line is not a number of checks, of which 0 failed:\n{text}").into()),
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // As the harness of Rust does.
    if let Ok(threads) = env::var("RUST_TEST_THREADS") {
        arguments.test_threads = arguments.test_threads.or(threads.parse().ok());
    }
    libtest_mimic::run(&arguments, tests()).exit_code()
}
