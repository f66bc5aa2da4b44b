//! The library that ships, and the functions of `windows.h`, as the Makefile builds and installs them.

use super::{Build, C99, cache, root, skip, succeed};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

#[cfg(target_os = "linux")]
pub const SHARED: &str = "libmmsystem.so";
#[cfg(target_os = "macos")]
pub const SHARED: &str = "libmmsystem.dylib";

/// The names that programs look for at run time: of this library, and of that of the functions of `windows.h`.
#[cfg(target_os = "linux")]
const SONAME: &str = "libmmsystem.so.1";
#[cfg(target_os = "macos")]
const SONAME: &str = "libmmsystem.1.dylib";
#[cfg(target_os = "linux")]
pub const FUNCTIONS: &str = "libmmsystem-windows.so.1";
#[cfg(target_os = "macos")]
pub const FUNCTIONS: &str = "libmmsystem-windows.1.dylib";

/// Whether there is a shared library. Where Rust links the C library statically it makes none, and all programs are linked
/// with the static one.
pub const HAS_SHARED: bool = !cfg!(all(target_env = "musl", target_feature = "crt-static"));

/// The directory of the release library, built once.
pub fn library() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(build_library)
}

fn build_library() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("library");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--release", "--lib", "--manifest-path"]).arg(root().join("Cargo.toml"));
    // The environment or a configuration of cargo may name another target.
    cargo.args(["--target", super::TARGET]);
    succeed(cargo.arg("--target-dir").arg(&target)).unwrap();
    let dir = target.join(super::TARGET).join("release");
    link(&dir, SHARED, SONAME);
    dir
}

/// The directory of what `-lwinmm` finds: the library, and the shared library of the functions of `windows.h`. Each compiler
/// and each set of flags has its own: other tests, with other ones, can run at the same time.
pub fn library_as_on_windows() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(build_functions)
}

/// The functions that `windows.h` declares, for WCHAR of both sizes: object files.
pub fn functions() -> Vec<PathBuf> {
    const FLAGS: &[&str] = &["-std=c99", "-O2", "-fPIC", "-fvisibility=hidden"];
    const UTF16: &[&str] = &["-std=c99", "-O2", "-fPIC", "-fvisibility=hidden", "-DMMSYSTEM_WCHAR_UTF16"];
    let sources = [("files.c", FLAGS), ("system.c", FLAGS), ("wide.c", UTF16), ("wide.c", FLAGS)];
    let object = |(source, flags)| {
        let build: Build = C99.as_on_windows().with(flags);
        cache::object(build.compile(), &root().join("compat").join(source)).unwrap()
    };
    sources.map(object).into()
}

/// Makes the shared library of these functions. Returns a directory with it, with the library, and with a file for `-lwinmm`.
fn build_functions() -> PathBuf {
    let library = library();
    let mut command = C99.link();
    let mut files = functions();
    command.args(&files).arg("-L").arg(library);
    #[cfg(target_os = "linux")]
    {
        let exports = root().join("compat/exports.map");
        command.args(["-shared", "-Wl,-soname,libmmsystem-windows.so.1", "-Wl,-rpath,$ORIGIN"]);
        command.args(["-lmmsystem", "-lpthread", "-Xlinker", "--version-script", "-Xlinker"]).arg(&exports);
        files.push(exports);
    }
    #[cfg(target_os = "macos")]
    command.args([
        "-dynamiclib",
        "-install_name",
        "@rpath/libmmsystem-windows.1.dylib",
        "-Wl,-rpath,@loader_path",
        "-Wl,-reexport-lmmsystem",
    ]);
    files.push(library.join(SHARED));
    let built = cache::linked(command, &files).unwrap();

    let dir = library.join("windows").join(built.file_stem().unwrap());
    fs::create_dir_all(&dir).unwrap();
    cache::give(&built, &dir.join(FUNCTIONS)).unwrap();
    for name in [SHARED, SONAME] {
        link(&dir, &format!("../../{name}"), name);
    }
    #[cfg(target_os = "linux")]
    {
        link(&dir, FUNCTIONS, "libmmsystem-windows.so");
        let script = dir.join("libwinmm.so");
        let text = "INPUT(-lmmsystem AS_NEEDED(-lmmsystem-windows))\n";
        if fs::read_to_string(&script).ok().as_deref() != Some(text) {
            let new = dir.join(format!("libwinmm.{}", std::process::id()));
            fs::write(&new, text).unwrap();
            fs::rename(&new, script).unwrap();
        }
    }
    #[cfg(target_os = "macos")]
    link(&dir, FUNCTIONS, "libwinmm.dylib");
    dir
}

/// Makes a symbolic link, unless it is there.
fn link(dir: &Path, to: &str, name: &str) {
    let name = dir.join(name);
    if fs::read_link(&name).is_ok_and(|there| there == Path::new(to)) {
        return;
    }
    let new = name.with_extension(format!("{}.new", std::process::id()));
    std::os::unix::fs::symlink(to, &new).unwrap();
    fs::rename(&new, name).unwrap();
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
        let script = root().join("packaging/static");
        let from = library().join("libmmsystem.a");
        let mut prepare = Command::new(&script);
        prepare.env("RUSTC", Path::new(env!("CARGO")).with_file_name("rustc")).arg(&from);
        let files = [from.clone(), script, root().join("symbols.txt")];
        let made = cache::made(prepare, &files, |command, new| {
            let output = command.arg(new).output().map_err(|error| error.to_string())?;
            let errors = String::from_utf8_lossy(&output.stderr);
            errors.lines().filter_map(|line| line.strip_prefix("skipped: ")).for_each(skip);
            output.status.success().then(String::new).ok_or_else(|| errors.into_owned())
        })
        .unwrap();
        let dir = library().join("static");
        fs::create_dir_all(&dir).unwrap();
        let file = dir.join("libmmsystem.a");
        cache::give(&made, &file).unwrap();
        // Without the tools it is a copy.
        let size = |file| fs::metadata(file).unwrap().len();
        let is_without_std = size(&from) != size(&file);
        (file, is_without_std)
    })
}
