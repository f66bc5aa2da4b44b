//! What was compiled and linked before, in `target/tmp/built/`. An object file is reused if the preprocessed source, the
//! command and the compiler are the same; a linked file, if the command, the compiler and the files that it is linked with are.
//! (The linker and the libraries of the system count as part of the compiler.)

use super::{TARGET, succeed, version};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock};
use std::{env, fs};

type Built = Result<PathBuf, String>;

/// What a compiler reads from the environment besides its arguments. (It finds other headers with some, which the preprocessed
/// source shows.)
const ENVIRONMENT: [&str; 8] = [
    "PATH",
    "COMPILER_PATH",
    "GCC_EXEC_PREFIX",
    "LIBRARY_PATH",
    "LD_RUN_PATH",
    "SOURCE_DATE_EPOCH",
    "SDKROOT",
    "MACOSX_DEPLOYMENT_TARGET",
];

/// The object file of a source, compiled by this command, which lacks only the source and the name of the output.
pub fn object(mut command: Command, source: &Path) -> Built {
    let file = place(&command, &[source.into()], "o");
    once(&file, || {
        let mut preprocess = copy(&command);
        let text = succeed(preprocess.arg("-E").arg(source))?;
        command.arg("-c").arg(source);
        build(&file, &text, |new| succeed(command.arg("-o").arg(new)))
    })
}

/// What this command makes of these files, among them all that it reads. It lacks only the name of the output.
pub fn linked(command: Command, files: &[PathBuf]) -> Built {
    made(command, files, |command, new| succeed(command.arg("-o").arg(new)))
}

/// The same, of a command that is run in another way.
pub fn made(
    mut command: Command,
    files: &[PathBuf],
    run: impl FnOnce(&mut Command, &Path) -> Result<String, String>,
) -> Built {
    let file = place(&command, files, "linked");
    once(&file, || {
        let mut stamp = String::new();
        for file in files {
            let metadata = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
            let (size, seconds, nanoseconds) = (metadata.len(), metadata.mtime(), metadata.mtime_nsec());
            stamp += &format!("{} {size} {seconds}.{nanoseconds}\n", file.display());
        }
        build(&file, &stamp, |new| run(&mut command, new))
    })
}

/// Makes a file, unless it was made of what `origin` describes. It appears under its name only when it is complete, as
/// other processes may be using it.
fn build(file: &Path, origin: &str, make: impl FnOnce(&Path) -> Result<String, String>) -> Built {
    let kept = file.with_extension("origin");
    if file.exists() && fs::read(&kept).is_ok_and(|kept| kept == origin.as_bytes()) {
        return Ok(file.into());
    }
    let (new, new_origin) = (unique(file), unique(&kept));
    make(&new).inspect_err(|_| _ = fs::remove_file(&new))?;
    let put = || {
        let _ = fs::remove_file(&kept);
        fs::rename(&new, file)?;
        fs::write(&new_origin, origin)?;
        fs::rename(&new_origin, &kept)
    };
    put().map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(file.into())
}

/// Where the result of a command is kept. The compiler counts by its name and version, not by the directory it is in.
fn place(command: &Command, files: &[PathBuf], end: &str) -> PathBuf {
    let compiler = Path::new(command.get_program());
    let mut hasher = DefaultHasher::new();
    (compiler.file_name(), version(compiler), TARGET, files, end).hash(&mut hasher);
    command.get_args().for_each(|argument| argument.hash(&mut hasher));
    ENVIRONMENT.map(env::var_os).hash(&mut hasher);
    let stem = files.first().and_then(|file| file.file_stem()).unwrap_or_default().to_string_lossy();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("built");
    fs::create_dir_all(&dir).unwrap();
    dir.join(format!("{stem}-{:016x}.{end}", hasher.finish()))
}

/// The result of the first call in this process with this file. Other threads wait for it.
fn once(file: &Path, build: impl FnOnce() -> Built) -> Built {
    static RESULTS: LazyLock<Mutex<HashMap<PathBuf, Arc<OnceLock<Built>>>>> = LazyLock::new(Mutex::default);
    let result = RESULTS.lock().unwrap().entry(file.into()).or_default().clone();
    result.get_or_init(build).clone()
}

fn unique(file: &Path) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{}-{count}", std::process::id()));
    name.into()
}

fn copy(command: &Command) -> Command {
    let mut copy = Command::new(command.get_program());
    copy.args(command.get_args());
    copy.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    copy
}

/// Gives a file that was built a second name. This process does not write it: a child that is forked meanwhile could hold it
/// open, and the system would refuse to run it.
pub fn give(file: &Path, name: &Path) -> Result<(), String> {
    let id = |file| fs::metadata(file).map(|metadata| (metadata.dev(), metadata.ino())).ok();
    if id(file) == id(name) {
        return Ok(());
    }
    let new = unique(name);
    if fs::hard_link(file, &new).is_err() {
        succeed(Command::new("cp").arg(file).arg(&new))?;
    }
    fs::rename(new, name).map_err(|error| format!("{}: {error}", name.display()))
}
