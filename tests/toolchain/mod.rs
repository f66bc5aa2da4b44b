//! What compiles C programs against `include/`, links them with the library that ships, and runs them.
#![allow(dead_code)] // Each test uses a part of it.

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
pub const CROSS_TARGET: &str = env!("MMSYSTEM_CROSS_TARGET");

/// The same, whatever machine that is.
const TARGET: &str = env!("MMSYSTEM_TARGET");

fn words(variable: &str) -> Vec<String> {
    env::var(variable).unwrap_or_default().split_whitespace().map(String::from).collect()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Says what is not tested here, past the test harness, which keeps to itself what is printed.
pub fn skip(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}

/// Runs a command, and answers what it printed.
pub fn succeed(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return Ok(text.into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?}: {}\n{text}{errors}", output.status))
}

/// The folder of the release library, built once.
pub fn library() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(build_library)
}

fn build_library() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("library");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--release", "--lib", "--manifest-path"]).arg(root().join("Cargo.toml"));
    // (Named in any case: the environment or a configuration of cargo may name another.)
    cargo.args(["--target", TARGET]);
    succeed(cargo.arg("--target-dir").arg(&target)).unwrap();
    let dir = target.join(TARGET).join("release");
    #[cfg(target_os = "linux")]
    let name = "libmmsystem.so.1";
    #[cfg(target_os = "macos")]
    let name = "libmmsystem.1.dylib";
    link(&dir, SHARED, name);
    if HAS_SHARED {
        build_functions(&dir);
    }
    dir
}

/// The sources of the functions that `windows.h` declares, and how each is compiled.
const FUNCTIONS: [(&str, &str, &[&str]); 4] = [
    ("files", "files.c", &[]),
    ("system", "system.c", &[]),
    ("wide16", "wide.c", &["-DMMSYSTEM_WCHAR_UTF16"]),
    ("wide32", "wide.c", &[]),
];

/// Their object files, made once.
fn functions() -> &'static [PathBuf] {
    static OBJECTS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    OBJECTS.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("functions").join(CROSS_TARGET);
        fs::create_dir_all(&dir).unwrap();
        let object = |(name, source, flags): &(&str, &str, &[&str])| {
            let object = dir.join(format!("{name}.o"));
            // Beside it, and then there at once: tests of other files may be using it.
            let new = dir.join(format!("{name}.{}.o", std::process::id()));
            let mut command = Command::new(C99.compiler());
            command.args(["-std=c99", "-O2", "-fPIC", "-fvisibility=hidden"]).args(WARNINGS).args(*flags);
            command.args(words(EXTRA_FLAGS)).arg("-I").arg(root().join("include"));
            command
                .arg("-I")
                .arg(root().join("include/compat"))
                .arg("-c")
                .arg(root().join("compat").join(source));
            succeed(command.arg("-o").arg(&new)).unwrap();
            fs::rename(&new, &object).unwrap();
            object
        };
        FUNCTIONS.iter().map(object).collect()
    })
}

/// Makes the shared library of these functions beside the other, and what `-lwinmm` finds: both.
fn build_functions(dir: &Path) {
    let new = dir.join(format!("functions.{}", std::process::id()));
    let mut command = Command::new(C99.compiler());
    command.args(words(EXTRA_FLAGS)).args(functions()).arg("-L").arg(dir).arg("-o").arg(&new);
    #[cfg(target_os = "linux")]
    command.args([
        "-shared",
        "-Wl,-soname,libmmsystem-windows.so.1",
        "-Wl,-rpath,$ORIGIN",
        "-lmmsystem",
        "-lpthread",
    ]);
    #[cfg(target_os = "macos")]
    command.args([
        "-dynamiclib",
        "-install_name",
        "@rpath/libmmsystem-windows.1.dylib",
        "-Wl,-rpath,@loader_path",
        "-Wl,-reexport-lmmsystem",
    ]);
    #[cfg(target_os = "linux")]
    command.args(["-Xlinker", "--version-script", "-Xlinker"]).arg(root().join("compat/exports.map"));
    succeed(&mut command).unwrap();
    #[cfg(target_os = "linux")]
    {
        fs::rename(&new, dir.join("libmmsystem-windows.so.1")).unwrap();
        link(dir, "libmmsystem-windows.so.1", "libmmsystem-windows.so");
        fs::write(&new, "INPUT(-lmmsystem AS_NEEDED(-lmmsystem-windows))\n").unwrap();
        fs::rename(&new, dir.join("libwinmm.so")).unwrap();
    }
    #[cfg(target_os = "macos")]
    {
        fs::rename(&new, dir.join("libmmsystem-windows.1.dylib")).unwrap();
        link(dir, "libmmsystem-windows.1.dylib", "libwinmm.dylib");
    }
}

/// The static library as it is installed.
pub fn static_library() -> &'static Path {
    &prepared().0
}

/// The same, or None where Rust's standard library is global in it, for want of a tool.
pub fn static_library_without_std() -> Option<&'static Path> {
    prepared().1.then(static_library)
}

fn prepared() -> &'static (PathBuf, bool) {
    static LIBRARY: OnceLock<(PathBuf, bool)> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let dir = library().join("static");
        fs::create_dir_all(&dir).unwrap();
        let file = dir.join("libmmsystem.a");
        let mut prepare = Command::new(root().join("packaging/static"));
        prepare.env("RUSTC", Path::new(env!("CARGO")).with_file_name("rustc"));
        // Beside it, and then there at once: other tests may be using it.
        let new = dir.join(format!("{}.new", std::process::id()));
        let output = prepare.arg(library().join("libmmsystem.a")).arg(&new).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        fs::rename(&new, &file).unwrap();
        for line in errors.lines().filter_map(|line| line.strip_prefix("skipped: ")) {
            skip(line);
        }
        (file, !errors.contains("skipped: "))
    })
}

#[cfg(target_os = "linux")]
pub const SHARED: &str = "libmmsystem.so";
#[cfg(target_os = "macos")]
pub const SHARED: &str = "libmmsystem.dylib";

/// Programs look for the library by the name that it was linked under, and those of Windows link by another.
fn link(dir: &Path, file: &str, name: &str) {
    let name = dir.join(name);
    let _ = fs::remove_file(&name);
    std::os::unix::fs::symlink(file, name).unwrap();
}

/// Whether there is a shared library: where Rust links the C library statically it makes none, and all programs
/// are linked with the static one.
pub const HAS_SHARED: bool = !cfg!(all(target_env = "musl", target_feature = "crt-static"));

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

    fn compiler(self) -> String {
        let variable = if self.compiler == "cc" { C_COMPILER } else { CPP_COMPILER };
        env::var(variable).unwrap_or(self.compiler.into())
    }

    /// Whether there is a compiler for it; where there is none for C++ that is said, past the test harness. (For C there
    /// must be one.)
    pub fn is_there(self) -> bool {
        let is_there =
            self.compiler == "cc" || Command::new(self.compiler()).arg("--version").output().is_ok();
        if !is_there {
            skip(&format!("C programs as C++, as there is no {}", self.compiler()));
        }
        is_there
    }

    /// Whether a program of this one line, with this header, can be built and linked with this library.
    pub fn can_use(self, header: &str, library: &str, line: &str) -> bool {
        let dir = tempfile::tempdir().unwrap();
        let source = dir.path().join("program.c");
        fs::write(&source, format!("#include <{header}>\nint main(void) {{ {line} }}\n")).unwrap();
        succeed(self.command(&[source], &dir.path().join("program")).arg(library)).is_ok()
    }

    /// The command that makes a program of these sources.
    pub fn command(self, sources: &[PathBuf], binary: &Path) -> Command {
        let mut command = Command::new(self.compiler());
        command
            .args(self.flags)
            .args(WARNINGS)
            .args(words(EXTRA_FLAGS))
            .arg("-I")
            .arg(root().join("include"));
        if self.is_windows {
            command.arg("-I").arg(root().join("include/compat"));
        }
        command.args(sources).args(["-x", "none", "-o"]).arg(binary);
        let library = library();
        match self.link {
            Link::Loaded => command.args(SYSTEM_LIBRARIES),
            Link::Shared if HAS_SHARED => {
                command.arg("-L").arg(library).arg(if self.is_windows { "-lwinmm" } else { "-lmmsystem" });
                command.args(["-Xlinker", "-rpath", "-Xlinker"]).arg(library)
            }
            _ => {
                if self.is_windows {
                    command.args(functions());
                }
                command.arg(static_library()).args(SYSTEM_LIBRARIES)
            }
        };
        command.arg("-lpthread");
        command
    }
}

/// Whether programs run in another (an emulator, valgrind), and take long.
pub fn has_runner() -> bool {
    !words(RUNNER).is_empty()
}

/// What runs a program that was built: the machine, or what stands for it.
pub fn runner(binary: &Path) -> Command {
    let runner = words(RUNNER);
    let mut command = Command::new(runner.first().map_or(binary.as_os_str(), OsStr::new));
    command.args(runner.iter().skip(1)).args(runner.first().map(|_| binary));
    command
}
