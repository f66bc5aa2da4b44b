//! The compiler messages in docs/porting.md, and the worked port in `examples/port/`. The types are those of
//! docs/contract.md, part 1.
//!
//! The first line of a program in `c-tests/porting/` lists the possible compiler messages, between bars, for the source as
//! it was written for Windows. `nothing` means that some compilers accept it. `silence` means that every compiler accepts
//! it, and the program behaves differently than on Windows. With PORTED it compiles without warnings, and runs.

mod toolchain;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::{Build, C99, CPP17};

/// The directory of a private version of mmio with the usual mistakes.
const SHIM: &str = concat!("-I", env!("CARGO_MANIFEST_DIR"), "/c-tests/support/shim");

const WORKED: &str = "sounds.pak+boing: 11025 Hz, 4 bytes at 44\n\
                      sounds.pak+click: 22050 Hz, 4 bytes at 44\n\
                      sounds.pak+crash: not there\n";

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Builds a program, and runs it in a directory of its own.
fn run(program: &Path, build: Build) -> Result<String, String> {
    let dir = tempfile::tempdir().unwrap();
    let binary = dir.path().join("program");
    build.program(&[program.into()], &[], &[], &binary)?;
    toolchain::succeed(toolchain::runner(&binary).current_dir(dir.path()))
}

/// The message as it is in docs/porting.md: up to the first quotation mark, as compilers use different ones.
fn in_the_page(message: &str) -> &str {
    message.split(['‘', '\'']).next().unwrap().trim()
}

#[test]
fn each_message_is_what_a_compiler_says_and_each_remedy_helps() {
    let page = fs::read_to_string(toolchain::root().join("docs/porting.md")).unwrap();
    let mut silent = 0;
    for program in files(&toolchain::root().join("c-tests/porting")) {
        let is_cpp = program.extension().is_some_and(|end| end == "cpp");
        let (build, ported) = if is_cpp {
            (CPP17, CPP17.with(&["-x", "c++", "-std=c++17", "-DPORTED"]))
        } else {
            (C99, C99.with(&["-std=c99", "-DPORTED"]))
        };
        if !build.is_there() {
            continue;
        }
        let text = fs::read_to_string(&program).unwrap();
        let says = text.lines().next().unwrap().split_once("says: ").unwrap().1.trim_end_matches("*/").trim();
        let messages: Vec<_> = says.split('|').map(str::trim).collect();
        let name = program.file_name().unwrap().to_string_lossy();
        assert!(page.contains(&*name), "docs/porting.md does not name {name}");
        run(&program, ported.as_on_windows()).unwrap();
        // If pointers and long have 32 bits, no size changes.
        if cfg!(target_pointer_width = "32")
            && !["end_of", "include", "jump", "cast", "literal", "pragma", "tmain", "suffix", "far"]
                .iter()
                .any(|start| name.starts_with(start))
        {
            continue;
        }
        let result = run(&program, build.as_on_windows());
        if result.is_ok() && messages.contains(&"nothing") {
            continue;
        }
        let error = result.expect_err(&name);
        if says == "silence" {
            assert!(error.contains("exit status: 1"), "{error}");
            silent += 1;
        } else {
            assert!(messages.iter().any(|message| error.contains(message)), "{says}: {error}");
            assert!(page.contains(in_the_page(messages[0])), "docs/porting.md does not have {}", messages[0]);
        }
    }
    assert_eq!(silent, if cfg!(target_pointer_width = "32") { 1 } else { 2 });
}

/// In C, older compilers only warn.
#[test]
#[cfg(target_pointer_width = "64")]
fn a_procedure_with_long_parameters_is_an_error_in_cpp() {
    let program = toolchain::root().join("c-tests/porting/procedure_of_long.c");
    let without_warnings = CPP17.as_on_windows().with(&["-x", "c++", "-std=c++17", "-w", "-Wno-error"]);
    if without_warnings.is_there() {
        assert!(run(&program, without_warnings).unwrap_err().contains("error:"));
    }
}

#[test]
fn the_diff_makes_the_ported_program_of_the_old_one() {
    let port = toolchain::root().join("examples/port");
    let dir = tempfile::tempdir().unwrap();
    for name in ["sounds.c", "inc/pak.h"] {
        let to = dir.path().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(port.join("before").join(name), to).unwrap();
    }
    let mut patch = Command::new("patch");
    patch.args(["-s", "-p1", "-d"]).arg(dir.path()).arg("-i").arg(port.join("port.diff"));
    if let Err(error) = toolchain::succeed(&mut patch) {
        assert!(error.contains("No such file"), "{error}");
        toolchain::skip("the diff of the worked port, as there is no patch");
        return;
    }
    for name in ["sounds.c", "inc/pak.h"] {
        let made = fs::read_to_string(dir.path().join(name)).unwrap();
        assert_eq!(made, fs::read_to_string(port.join("after").join(name)).unwrap());
    }
}

#[test]
fn the_ported_program_runs() {
    let program = toolchain::root().join("examples/port/after/sounds.c");
    let in_c = C99.as_on_windows().with(&["-std=c99"]);
    assert_eq!(run(&program, in_c).unwrap(), WORKED);
    assert_eq!(run(&program, in_c.with_the_static_library()).unwrap(), WORKED);
}

/// Copies the old program, with its header under the name that compilers here look for.
fn old_program(dir: &Path) -> PathBuf {
    let before = toolchain::root().join("examples/port/before");
    fs::copy(before.join("sounds.c"), dir.join("sounds.c")).unwrap();
    fs::copy(before.join("inc/pak.h"), dir.join("inc\\pak.h")).unwrap();
    dir.join("sounds.c")
}

/// It is correct if long has 32 bits.
#[test]
fn the_old_program_is_a_program_of_32_bits() {
    let dir = tempfile::tempdir().unwrap();
    let old = old_program(dir.path());
    let careless = C99.as_on_windows().with(&["-std=c99", "-w", "-Wno-error"]);
    let careful = C99.as_on_windows().with(&["-std=c99", "-Werror=incompatible-pointer-types"]);
    if cfg!(target_pointer_width = "32") {
        assert_eq!(run(&old, careless).unwrap(), WORKED);
    } else {
        assert!(run(&old, careful).unwrap_err().contains("incompatible"));
        // Newer compilers refuse it without any flag. With older ones it compiles, and a signal ends it.
        let error = run(&old, careless).unwrap_err();
        let is_refused = error.contains("error:") && error.contains("incompatible");
        assert!(is_refused || (error.contains("signal") && !error.contains("error:")), "{error}");
    }
}

#[test]
fn check_mmio_finds_nothing_wrong_here_and_what_is_wrong_with_a_shim() {
    let program = toolchain::root().join("examples/port/check_mmio.c");
    let ours = run(&program, C99).unwrap();
    assert!(ours.lines().count() == 20 && ours.ends_with("\n0 wrong\n") && !ours.contains("WRONG"), "{ours}");
    let shims = run(&program, C99.with(&["-std=c99", SHIM])).unwrap_err();
    let page = fs::read_to_string(toolchain::root().join("docs/replace-a-shim.md")).unwrap();
    for line in ours.lines().filter_map(|line| line.strip_prefix("right ")) {
        assert!(page.contains(line), "docs/replace-a-shim.md does not have: {line}");
    }
    // On a big-endian machine the sizes of chunks are wrong too.
    assert!(shims.lines().filter(|line| line.starts_with("WRONG ")).count() >= 10, "{shims}");
}

/// Runs each `grep` of the page in a directory. Returns which ones match.
fn greps_find(dir: &Path) -> Vec<bool> {
    let page = fs::read_to_string(toolchain::root().join("docs/porting.md")).unwrap();
    let commands = page.lines().filter(|line| line.starts_with("grep "));
    let finds = |command: &str| {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(command).current_dir(dir);
        toolchain::succeed(&mut shell).is_ok()
    };
    commands.map(finds).collect()
}

#[test]
fn what_changes_size_is_found_in_the_old_program_and_is_not_in_the_ported_one() {
    let port = toolchain::root().join("examples/port");
    assert_eq!(greps_find(&port.join("before")), [true, true, true]);
    assert_eq!(greps_find(&port.join("after")), [false, false, false]);
}

#[test]
fn what_changes_size_is_found_in_any_source_and_however_it_is_spelled() {
    for (text, found) in [
        ("\tunsigned long\tcount;\r\n", [true, false, false]),
        ("long SampleRate, Loops[2];", [true, false, false]),
        ("size = *(unsigned long *)bytes;", [true, false, false]),
        ("info.adwInfo[0] = (DWORD)this;", [false, true, false]),
        ("info.adwInfo[0] = (DWORD) &file;", [false, true, false]),
        ("info.adwInfo[0] = (DWORD)(LPVOID)file;", [false, true, false]),
        ("info.adwInfo[0] = (DWORD)m_pFile;", [false, true, false]),
        ("LRESULT IOProc(LPSTR p, UINT m, LONG\tlParam1, LONG\tlParam2);", [false, false, true]),
        ("DWORD size = (DWORD)(count * 2); LONG longest;", [false, false, false]),
        (" * along with this program; if not, write to the", [false, false, false]),
    ] {
        for name in ["a.c", "src/a.cpp", "src/inc/A.HPP"] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            assert_eq!(greps_find(dir.path()), found, "{name}: {text}");
        }
    }
}

#[test]
fn backslashes_are_replaced_in_directives_only() {
    let page = fs::read_to_string(toolchain::root().join("docs/porting.md")).unwrap();
    let command = page.split('`').find(|text| text.starts_with("find ")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.C");
    fs::write(&path, " # include \"inc\\pak.h\"\r\nputs(\"#include <inc/pak.h>\\n\"); // #include\n")
        .unwrap();
    toolchain::succeed(Command::new("sh").arg("-c").arg(command).current_dir(dir.path())).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, " # include \"inc/pak.h\"\r\nputs(\"#include <inc/pak.h>\\n\"); // #include\n");
}
