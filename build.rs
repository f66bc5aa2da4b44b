//! Passes options to the linker of the shared library: its soname, and its exports with their versions, from
//! symbols.txt.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Each line is an exported function and the version in which it was added.
const SYMBOLS: &str = "symbols.txt";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={SYMBOLS}");
    let text = fs::read_to_string(SYMBOLS).expect(SYMBOLS);
    let symbols: Vec<_> = text.lines().filter_map(|line| line.split_once(' ')).collect();
    let version = variable("CARGO_PKG_VERSION");
    let major = variable("CARGO_PKG_VERSION_MAJOR");
    if variable("CARGO_CFG_TARGET_VENDOR") == "apple" {
        link_with(&format!("-Wl,-install_name,@rpath/libmmsystem.{major}.dylib"));
        link_with(&format!("-Wl,-compatibility_version,{major}.0.0"));
        link_with(&format!("-Wl,-current_version,{version}"));
        export_on_macos(&symbols);
    } else {
        link_with(&format!("-Wl,-soname,libmmsystem.so.{major}"));
        // Undefined symbols are an error when linking, not when a program starts. (A sanitizer's symbols are in the
        // program only.)
        if !env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("sanitizer")) {
            link_with("-Wl,-z,defs");
        }
        version_on_linux(&symbols);
    }
    // For the tests, which build the library again: the target, and whether it differs from the host.
    let target = variable("TARGET");
    let foreign = if target == variable("HOST") { "" } else { &target };
    println!("cargo::rustc-env=MMSYSTEM_TARGET={target}");
    println!("cargo::rustc-env=MMSYSTEM_CROSS_TARGET={foreign}");
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// Passes an option with a path, which may contain blanks and commas.
fn link_with_file(option: &str, file: &Path) {
    for argument in [option, &file.display().to_string()] {
        link_with("-Xlinker");
        link_with(argument);
    }
}

fn link_with(argument: &str) {
    println!("cargo::rustc-cdylib-link-arg={argument}");
}

/// Writes a file that the linker reads.
fn for_linker(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(variable("OUT_DIR")).join(name);
    fs::write(&path, text).expect(name);
    path
}

fn export_on_macos(symbols: &[(&str, &str)]) {
    let names: String = symbols.iter().map(|(name, _)| format!("_{name}\n")).collect();
    link_with_file("-exported_symbols_list", &for_linker("exported", &names));
}

/// rustc passes a version script of its own, without versions, and GNU ld accepts only one. lld accepts several, but
/// the first one that matches wins: ours only declares the versions, and requesting each symbol with its version
/// assigns it. (zig's linker uses the last script only.)
fn version_on_linux(symbols: &[(&str, &str)]) {
    let Some(folder) = lld() else {
        println!("cargo::warning=no ld.lld: the symbols of libmmsystem.so will have no versions");
        return;
    };
    link_with("-fuse-ld=lld");
    link_with(&format!("-B{}", folder.display()));
    let mut versions: Vec<_> = symbols.iter().map(|(_, version)| *version).collect();
    versions.sort_unstable();
    versions.dedup();
    // Each version contains the one before.
    let mut before = String::new();
    let mut script = String::new();
    for version in versions {
        let names = symbols.iter().filter(|(_, its)| *its == version).map(|(name, _)| format!(" {name};"));
        script += &format!("{version} {{ global:{} local: *; }}{before};\n", names.collect::<String>());
        before = format!(" {version}");
    }
    link_with_file("--version-script", &for_linker("versions", &script));
    for (name, version) in symbols {
        link_with(&format!("-Wl,-u,{name}@@{version}"));
    }
}

/// Returns the directory of `ld.lld`: that of the Rust toolchain, or else of the system.
fn lld() -> Option<PathBuf> {
    let rustc = Command::new(variable("RUSTC")).args(["--print", "sysroot"]).output().ok()?;
    let sysroot = String::from_utf8(rustc.stdout).ok()?;
    let of_rust = Path::new(sysroot.trim()).join("lib/rustlib").join(variable("HOST")).join("bin/gcc-ld");
    let path = variable("PATH");
    [of_rust].into_iter().chain(env::split_paths(&path)).find(|folder| folder.join("ld.lld").is_file())
}
