//! The static library as `make` installs it, in programs that also contain another copy of Rust's standard library: a Rust
//! program, and a C program with another Rust static library. Each is built with and without unwinding, optimisation and
//! link-time optimisation, and must still catch its own panics (docs/contract.md, part 7).

#[path = "../toolchain/mod.rs"]
mod toolchain;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::C99;

/// How the other Rust code is compiled.
const FLAGS: [&[&str]; 5] = [
    &[],
    &["-Copt-level=3"],
    &["-Cpanic=abort"],
    &["-Copt-level=3", "-Cpanic=abort"],
    &["-Copt-level=3", "-Clto=fat"],
];

fn source(name: &str) -> PathBuf {
    toolchain::root().join("tests/linking").join(name)
}

/// Runs the Rust compiler that compiled the library.
fn rustc(source: &Path, flags: &[&str], output: &Path) -> Command {
    let mut rustc = Command::new(Path::new(env!("CARGO")).with_file_name("rustc"));
    rustc.args(["--edition=2024", "-Dwarnings"]).args(flags).arg(source).arg("-o").arg(output);
    if !toolchain::CROSS_TARGET.is_empty() {
        rustc.args(["--target", toolchain::CROSS_TARGET]);
        let name = toolchain::CROSS_TARGET.replace('-', "_").to_uppercase();
        if let Ok(linker) = env::var(format!("CARGO_TARGET_{name}_LINKER")) {
            rustc.arg(format!("-Clinker={linker}"));
        }
    }
    rustc
}

/// Runs a program in a directory of its own. It prints "done" at its end.
fn run(binary: &Path) {
    let dir = tempfile::tempdir().unwrap();
    let printed = toolchain::succeed(toolchain::runner(binary).current_dir(dir.path())).unwrap();
    assert_eq!(printed, "done\n");
}

#[test]
fn it_links_into_a_rust_program() {
    let Some(library) = toolchain::static_library_without_std() else { return };
    let dir = tempfile::tempdir().unwrap();
    let program = dir.path().join("program");
    for flags in FLAGS {
        let mut rustc = rustc(&source("program.rs"), flags, &program);
        toolchain::succeed(rustc.arg("-L").arg(library.parent().unwrap())).unwrap();
        run(&program);
    }
}

#[test]
fn it_links_beside_another_rust_library() {
    if toolchain::static_library_without_std().is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let (program, other) = (dir.path().join("program"), dir.path().join("libother.a"));
    for flags in FLAGS {
        let library = ["--crate-type=staticlib"];
        toolchain::succeed(
            rustc(&source("other.rs"), &[&library, flags].concat(), &other).arg("--crate-name=other"),
        )
        .unwrap();
        let unwinds = !flags.contains(&"-Cpanic=abort");
        for other_comes_first in [false, true] {
            let mut command = C99.with_the_static_library().command(&[source("program.c")], &program);
            if unwinds {
                command.arg("-DUNWINDS");
            }
            // The command ends with the library and the libraries that it needs.
            let mut command = if other_comes_first { with_first(&command, &other) } else { command };
            toolchain::succeed(command.arg(&other).args(["-lpthread", "-ldl", "-lm"])).unwrap();
            run(&program);
        }
    }
}

/// The same command with a file before all its arguments.
fn with_first(command: &Command, file: &Path) -> Command {
    let mut with = Command::new(command.get_program());
    with.arg(file).args(command.get_args());
    with
}
