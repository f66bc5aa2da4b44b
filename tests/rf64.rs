//! RF64 files of other software are read by a program that only uses RIFF. Files of 5 and 9 GiB are written by a recorder that
//! only uses RIFF, and read by other software. Tests of software that is not installed are skipped (Debian: ffmpeg,
//! sndfile-programs, sox).

mod toolchain;

use std::fs;
use std::path::Path;
use std::process::Command;
use toolchain::C99;

/// Compiles a program of `c-tests/recordings/` into a folder.
fn program(dir: &Path, name: &str) {
    let source = toolchain::root().join("c-tests/recordings").join(name).with_extension("c");
    toolchain::succeed(&mut C99.command(&[source], &dir.join(name))).unwrap();
}

/// Whether a tool is installed. If not, prints that its tests are skipped.
fn has(tool: &str) -> bool {
    let is_there = Command::new(tool).arg("-version").output().is_ok();
    if !is_there {
        toolchain::skip(&format!("RF64 with {tool}, which is not installed"));
    }
    is_there
}

fn run(dir: &Path, line: &str) -> String {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap());
    toolchain::succeed(command.args(words).current_dir(dir)).unwrap()
}

fn walk(dir: &Path, file: &str) -> String {
    toolchain::succeed(toolchain::runner(&dir.join("walk")).arg(file).current_dir(dir)).unwrap()
}

const TONE: &str = "-f lavfi -i sine=frequency=440:sample_rate=8000:duration=0.5";

#[test]
fn rf64_of_other_software_is_read_by_a_program_that_only_uses_riff() {
    if !has("ffmpeg") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    program(dir, "walk");
    run(dir, &format!("ffmpeg -v error {TONE} plain.wav"));
    run(dir, &format!("ffmpeg -v error {TONE} -rf64 always always.wav"));
    run(dir, &format!("ffmpeg -v error {TONE} -rf64 auto auto.wav"));
    let expected = walk(dir, "plain.wav");
    assert!(expected.starts_with("RIFF 8000 "), "{expected}");
    assert_eq!(walk(dir, "always.wav"), expected);
    assert_eq!(walk(dir, "auto.wav"), expected);
    let code = |file: &str| fs::read(dir.join(file)).unwrap()[..4].to_vec();
    assert_eq!((code("always.wav"), code("auto.wav")), (b"RF64".to_vec(), b"RIFF".to_vec()));
    if has("sndfile-convert") {
        run(dir, "sndfile-convert plain.wav sndfile.rf64");
        assert_eq!(code("sndfile.rf64"), b"RF64");
        assert_eq!(walk(dir, "sndfile.rf64"), expected);
    }
    if has("sox") {
        // It writes no RF64.
        run(dir, "sox always.wav -D sox.wav");
        assert_eq!(walk(dir, "sox.wav"), expected);
    }
}

/// Records MiB of silence, and then a few other samples, in a sparse file.
#[cfg(target_os = "linux")]
fn record(dir: &Path, mebibytes: u64, format: Option<&str>) -> Result<String, String> {
    let mut command = Command::new(dir.join("record"));
    command.args(["large.wav", &mebibytes.to_string()]).current_dir(dir);
    command.env("LD_PRELOAD", dir.join("sparse.so"));
    match format {
        Some(value) => command.env("MMSYSTEM_RF64", value),
        None => command.env_remove("MMSYSTEM_RF64"),
    };
    toolchain::succeed(&mut command)
}

#[test]
#[cfg(target_os = "linux")]
fn recordings_beyond_4_gib_are_read_by_other_software() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let is_plain = !toolchain::has_runner()
        && toolchain::HAS_SHARED
        && std::env::var_os("MMSYSTEM_TEST_CFLAGS").is_none();
    if !is_plain || !toolchain::CROSS_TARGET.is_empty() {
        toolchain::skip(
            "sparse recordings, which are made on the machine itself, without a sanitizer or an emulator",
        );
        return;
    }
    program(dir, "record");
    let source = toolchain::root().join("c-tests/recordings/sparse.c");
    let mut compile = Command::new("cc");
    toolchain::succeed(
        compile.args(["-shared", "-fPIC", "-o"]).arg(dir.join("sparse.so")).arg(source).arg("-ldl"),
    )
    .unwrap();
    assert!(record(dir, 5120, None).is_err(), "without the variable 4 GiB are the end");
    for mebibytes in [5120, 9216] {
        record(dir, mebibytes, Some("auto")).unwrap();
        let data = (mebibytes << 20) + 4 * 4096;
        assert_eq!(fs::metadata(dir.join("large.wav")).unwrap().len(), data + 80);
        if has("ffprobe") {
            let probe = "ffprobe -v warning -of default=nw=1:nk=1 -show_entries stream=duration_ts large.wav";
            assert_eq!(run(dir, probe).trim(), (data / 4).to_string());
            // The last samples are those that were recorded.
            run(dir, "ffmpeg -v error -sseof -0.2 -i large.wav -f s16le last");
            let last = fs::read(dir.join("last")).unwrap();
            let end = last.len() - 4 * 4096;
            let samples: Vec<_> =
                last[end..].chunks(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
            assert!(samples.iter().all(|&sample| sample == 1000));
            assert!(last[..end].iter().all(|&byte| byte == 0));
            fs::remove_file(dir.join("last")).unwrap();
        }
        if has("sndfile-info") {
            let info = run(dir, "sndfile-info large.wav");
            let line = |name: &str| {
                let is_its = |line: &&str| line.starts_with(name) && !line.contains("ds64");
                info.lines().find(is_its).and_then(|line| line.split(':').nth(1)).unwrap().trim().to_owned()
            };
            assert_eq!(line("Frames"), (data / 4).to_string(), "{info}");
            assert!(info.contains(&format!("Data size : {data}")), "{info}");
            assert!(!info.contains("should be"), "{info}");
        }
    }
}
