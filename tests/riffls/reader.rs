//! The output in text: lists as recorded in `golden/`, names, messages, extracted chunks, and the progress bar on a
//! terminal. Also the helpers that make files for the other tests.

use crate::corpus;
use crate::tool::{Tool, finish, number_of_cases, tool};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Stdio;
use std::thread::JoinHandle;
use std::time::Duration;
use std::{env, thread};

/// A RIFF file with this content.
pub fn riff(inner: &[u8]) -> Vec<u8> {
    chunk(b"RIFF", &[b"TEST", inner].concat())
}

/// A RIFF chunk of this form, with these chunks.
pub fn form(kind: &[u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[&kind[..], &chunks.concat()].concat())
}

pub fn list(kind: &[u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"LIST", &[&kind[..], &chunks.concat()].concat())
}

pub fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

pub fn chunk(code: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len()).unwrap();
    [code, &size.to_le_bytes()[..], data, &[0][..data.len() % 2]].concat()
}

/// Writes a file into a directory of its own.
pub fn written(name: impl AsRef<OsStr>, bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name.as_ref());
    fs::write(&path, bytes).unwrap();
    (dir, path)
}

/// Makes a sparse file. None, with a message, if the file system cannot hold one of this size.
pub fn sparse(path: &Path, size: u64) -> Option<File> {
    let file = File::create(path).unwrap();
    let is_made = file.set_len(size).is_ok();
    if !is_made {
        crate::toolchain::skip(&format!("a file of {size} bytes, which this file system cannot hold"));
    }
    is_made.then_some(file)
}

#[test]
fn some_files_look_as_recorded() {
    let golden = crate::toolchain::root().join("tests/riffls/golden");
    let lists = [
        "ffmpeg-info.wav",
        "ffmpeg-mpeg4-pcm.avi",
        "ffmpeg-piped.wav",
        "ffmpeg-rf64.wav",
        "hand-child-past-its-list.wav",
        "hand-cue-adtl.wav",
        "hand-no-pad.wav",
        "hand-trailing-bytes.wav",
        "hand-truncated-in-data.wav",
        "one.sf2",
        "sox-6-channels.wav",
    ];
    let others = [
        ("hand-trailing-bytes.wav", "hex", &["--hex"][..]),
        ("hand-child-past-its-list.wav", "json", &["--json"]),
    ];
    let mut differences = String::new();
    for (name, end, arguments) in lists.map(|name| (name, "txt", &[][..])).into_iter().chain(others) {
        let mut command = tool().command(arguments.iter().chain([&name]));
        let finding = finish(command.current_dir(corpus()).spawn().unwrap()).quiet();
        finding.at_most(1);
        let path = golden.join(format!("{name}.{end}"));
        if env::var_os("MMSYSTEM_UPDATE_GOLDEN").is_some() {
            fs::write(&path, &finding.out).unwrap();
        }
        if fs::read(&path).unwrap() != finding.out {
            differences += &format!("{}:\n{}", path.display(), finding.text());
        }
    }
    assert_eq!(differences, "");
}

/// The library also searches for a bare name in the directory of the executable. riffls does not.
#[test]
fn a_name_is_not_searched_for_beside_the_executable() {
    let name = tool().binary.file_name().unwrap().to_str().unwrap();
    let (dir, _) = written("other", b"");
    let finding = finish(tool().command([name]).current_dir(&dir).spawn().unwrap()).is(2);
    assert!(finding.errors().starts_with(&format!("riffls: {name}: ")), "{}", finding.errors());
}

#[test]
fn several_files_have_headings_and_the_worst_status() {
    let good = corpus().join("hand-plain.wav");
    let bad = corpus().join("hand-no-riff.bin");
    let text = tool().run([&good, &bad]).is(2).quiet().text();
    assert!(text.starts_with(&format!("{}\n    offset", good.display())), "{text}");
    assert!(text.contains(&format!("\n\n{}\n    offset", bad.display())), "{text}");
    let finding = tool().run([&good, Path::new("is-not-there"), &bad]).is(2);
    assert!(finding.errors().starts_with("riffls: is-not-there: "), "{}", finding.errors());
    let json = tool().run([Path::new("--json"), &good, Path::new("is-not-there"), &bad]).is(2).objects();
    assert_eq!(json.len(), 3);
    assert_eq!(json[1].as_object().unwrap().keys().collect::<Vec<_>>(), ["error", "path"]);
    assert!(json[2]["chunks"].as_array().unwrap().is_empty());
}

#[test]
fn errors_of_the_system_are_printed() {
    let (dir, file) = written("file", b"");
    let inside = file.join("inside");
    for (path, why) in [(dir.path(), libc::EISDIR), (&inside, libc::ENOTDIR)] {
        let text = std::io::Error::from_raw_os_error(why).to_string();
        let text = text.split(" (os error").next().unwrap();
        let finding = tool().run([path]).is(2);
        assert_eq!(finding.errors(), format!("riffls: {}: {text}\n", path.display()));
        let json = tool().run([Path::new("--json"), path]).is(2).json();
        assert_eq!(json[0]["error"], text);
    }
}

#[test]
fn a_wrong_command_line_prints_the_usage() {
    let lines: [&[&str]; 11] = [
        &[],
        &["--nothing", "x"],
        &["-x", "12", "out"],
        &["-x", "12"],
        &["-x", "longer", "out", "x"],
        &["-x", "9223372036854775808", "out", "x"],
        &["--json", "--svg", "out", "x"],
        &["--svg", "out", "x", "y"],
        &["--hex", "--json", "x"],
        &["-x", "0", "out", "x", "-X"],
        &["-Xs", "out", "x"],
    ];
    for line in lines {
        let finding = tool().run(line).is(2);
        let errors = finding.errors();
        // Messages of getopt begin with the path of the program instead.
        let has_reason = errors.starts_with("riffls: ") || errors.contains("nothing");
        assert!(
            has_reason && errors.contains("\nusage: riffls ") && finding.text().is_empty(),
            "{line:?}: {errors}"
        );
    }
    let file = corpus().join("hand-plain.wav");
    let twice = ["-j".as_ref(), "-j".as_ref(), file.as_os_str()];
    assert_eq!(tool().run(twice).is(0).text(), tool().run(&twice[1..]).is(0).text());
    assert_eq!(tool().run(["--version"]).is(0).text(), concat!("riffls ", env!("CARGO_PKG_VERSION"), "\n"));
    assert!(tool().run(["--help", "x"]).is(0).text().contains("--extract CHUNK OUT"));
}

#[test]
fn names_and_texts_of_any_bytes_are_safe() {
    let inner =
        [chunk(b"INAM", b"a\x1b[31m\xe2\x80\xaeb\x7fc\n<&\"\\x41"), chunk(b"I\xe9\x07\"", b"\xc3\xa9")]
            .concat();
    let bytes = riff(&chunk(b"LIST", &[b"INFO".to_vec(), inner].concat()));
    let (_folder, path) = written(OsStr::from_bytes(b"-a\\b\n\xffC:+d"), &bytes);
    for line in tool().run([&path, &path]).is(1).text().lines() {
        assert!(line.chars().all(|char| !char.is_control()), "{line:?}");
    }
    let list = tool().run([&path]).is(1).text();
    assert!(list.contains(r#""a\x1B[31m\xE2\x80\xAEb\x7Fc\x0A<&\"\\x41""#), "{list}");
    assert!(list.contains("I\\xE9\\x07\"    \"\u{e9}\"\n"), "{list}");
    let json = tool().run([OsStr::new("--json"), path.as_os_str()]).is(1).json();
    let info = &json[0]["chunks"][0]["chunks"][0]["chunks"];
    assert_eq!(info[1]["id"], "I\u{e9}\u{7}\"");
    assert_eq!(info[1]["reading"]["text"], "\u{e9}");
    assert_eq!(info[0]["reading"]["text"], "a\u{1b}[31m\u{202e}b\u{7f}c\n<&\"\\x41");
    assert!(json[0]["path"].as_str().unwrap().ends_with("-a\\b\n\u{ff}C:+d"));
    tool().run([OsStr::new("--svg"), OsStr::new("-"), path.as_os_str()]).is(1).xml();

    // A name like an option, after `--`; and options after names.
    let mut command = tool().command([b"--json", &b"--"[..], b"-a\\b\n\xffC:+d"].map(OsStr::from_bytes));
    finish(command.current_dir(path.parent().unwrap()).spawn().unwrap()).is(1).json();
    tool().run([path.as_os_str(), OsStr::new("--json")]).is(1).json();
}

/// Only the first 4096 bytes are read. An incomplete character at the end is left out.
#[test]
fn a_long_text_is_cut_between_characters() {
    for (character, before) in [("\u{e9}", 1), ("\u{20ac}", 0), ("\u{1f600}", 1), ("\u{1f600}", 2), ("a", 0)]
    {
        let text = "b".repeat(before) + &character.repeat(4000);
        let cut = &text
            [..(0..=4096).rev().find(|&index| text.is_char_boundary(index)).unwrap_or(0).min(text.len())];
        let inner = chunk(b"INAM", text.as_bytes());
        let (_folder, path) = written("long", &riff(&chunk(b"LIST", &[b"INFO", &inner[..]].concat())));
        let json = tool().run([Path::new("--json"), &path]).is(0).json();
        assert_eq!(json[0]["chunks"][0]["chunks"][0]["chunks"][0]["reading"]["text"], cut);
    }
    // A complete text is not shortened.
    let (_folder, path) = written("short", &riff(&chunk(b"LIST", b"INFOINAM\x04\0\0\0caf\xe9")));
    let json = tool().run([Path::new("--json"), &path]).is(0).json();
    assert_eq!(json[0]["chunks"][0]["chunks"][0]["chunks"][0]["reading"]["text"], "caf\u{e9}");
}

#[test]
fn lists_that_are_nested_too_deep_are_reported() {
    for depth in [63, 64, 65, 50_000] {
        let mut bytes = Vec::new();
        for left in (1..=depth).rev() {
            let size = u32::try_from(left * 12 - 8).unwrap();
            bytes.extend(
                [if left == depth { *b"RIFF" } else { *b"LIST" }, size.to_le_bytes(), *b"deep"].concat(),
            );
        }
        let (_folder, path) = written("deep", &bytes);
        let list = tool().run([&path]).is(i32::from(depth > 64)).text();
        assert_eq!(list.lines().count(), depth.min(64) + 1 + usize::from(depth > 64));
        assert_eq!(list.contains("too-deep"), depth > 64);
        tool().run([Path::new("--svg"), Path::new("-"), &path]).at_most(1);
    }
}

#[test]
fn a_chunk_that_is_too_short_for_its_kind_is_reported() {
    let inner = [chunk(b"fmt ", b"\x01\0"), chunk(b"fact", b""), chunk(b"cue ", b"abc")].concat();
    let (_folder, path) = written("short", &riff(&chunk(b"LIST", &[b"wave".to_vec(), inner].concat())));
    let json = tool().run([Path::new("--json"), &path]).is(1).json();
    for inner in json[0]["chunks"][0]["chunks"][0]["chunks"].as_array().unwrap() {
        assert_eq!(inner["faults"][0]["kind"], "too-short");
        assert_eq!(inner["faults"][0]["offset"], inner["offset"]);
    }
}

#[test]
fn many_small_chunks_make_a_small_drawing() {
    let count = number_of_cases(10_000) as usize;
    let movi: Vec<u8> = (0..count).flat_map(|number| chunk(b"00dc", &vec![1; number % 40])).collect();
    let (_folder, path) = written("many", &riff(&chunk(b"LIST", &[b"movi".to_vec(), movi].concat())));
    let svg = tool().run([Path::new("--svg"), Path::new("-"), &path]).is(0);
    svg.xml();
    assert!(svg.out.len() < 10_000);
    assert!(svg.text().contains(&format!("{count} chunks, 00dc to 00dc")));
    assert_eq!(tool().run([&path]).is(0).lines().count(), count + 3);

    // A fault in one of them is still reported.
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - chunk(b"00dc", &vec![1; (count - 1) % 40]).len();
    bytes[last] = 0xFF;
    fs::write(&path, bytes).unwrap();
    let svg = tool().run([Path::new("--svg"), Path::new("-"), &path]).is(1);
    assert!(svg.text().contains("faults in them: 1") && svg.text().contains("something is wrong here"));
}

// ---- extracted chunks

#[test]
fn chunks_are_written_to_files() {
    let source = corpus().join("hand-cue-adtl.wav");
    let bytes = fs::read(&source).unwrap();
    let (_folder, out) =
        written("out", b"something longer that was there before, and must be gone afterwards");
    let extract = |offset: &str, out: &Path, from: &Path| {
        tool().run([OsStr::new("-x"), OsStr::new(offset), out.as_os_str(), from.as_os_str()])
    };
    extract("36", &out, &source).is(0).quiet();
    assert_eq!(fs::read(&out).unwrap(), bytes[44..84]);
    extract("0x78", &out, &source).is(0).quiet();
    assert_eq!(fs::read(&out).unwrap(), bytes[120..]);
    extract("0", &out, &source).is(0).quiet();
    assert_eq!(fs::read(&out).unwrap(), bytes);
    // RF64 has its size in another chunk.
    extract("0", &out, &corpus().join("ffmpeg-rf64.wav")).is(0).quiet();
    assert_eq!(fs::read(&out).unwrap(), fs::read(corpus().join("ffmpeg-rf64.wav")).unwrap());
    // A backslash is an ordinary character, and options may follow the file.
    let out = out.with_file_name("a\\b");
    tool().run([source.as_os_str(), "-x".as_ref(), "0".as_ref(), out.as_os_str()]).is(0).quiet();
    assert_eq!(fs::read(&out).unwrap(), bytes);

    // The input file is not overwritten under any name, and nothing is written if the chunk does not exist.
    let other = out.with_file_name("other");
    std::os::unix::fs::symlink(&out, &other).unwrap();
    for name in [&out, &other] {
        extract("36", name, &out).is(2);
        let mut command = tool().command([OsStr::new("-x"), "36".as_ref(), name.as_os_str(), "-".as_ref()]);
        finish(command.stdin(File::open(&out).unwrap()).spawn().unwrap()).is(2);
        tool().run([OsStr::new("--svg"), name.as_os_str(), out.as_os_str()]).is(2);
    }
    assert_eq!(fs::read(&out).unwrap(), bytes);

    // The same if it is standard output. A file named - is distinct from standard output.
    for source in [Some(&out), None] {
        for option in [&["-x", "36"][..], &["--svg"]] {
            let name = source.map_or("-".as_ref(), |path| path.as_os_str());
            let mut command = tool().command(option.iter().map(OsStr::new).chain(["-".as_ref(), name]));
            let output = File::options().write(true).open(&out).unwrap();
            let finding =
                finish(command.stdin(File::open(&out).unwrap()).stdout(output).spawn().unwrap()).is(2);
            assert_eq!(finding.errors(), "riffls: (standard output): is the file that is read\n");
        }
    }
    assert_eq!(fs::read(&out).unwrap(), bytes);
    fs::copy(&out, out.with_file_name("-")).unwrap();
    let mut command = tool().command(["-x", "36", "-", "./-"]);
    let finding = finish(command.current_dir(out.parent().unwrap()).spawn().unwrap()).is(0).quiet();
    assert_eq!(finding.out, bytes[44..84]);

    let finding = extract("37", &out.with_file_name("none"), &source).is(2);
    assert!(finding.errors().contains("no chunk begins at offset 37"), "{}", finding.errors());
    assert!(!out.with_file_name("none").exists());
}

#[test]
fn output_can_be_appended() {
    let (_folder, out) = written("out", b"before");
    let mut command = tool().command([
        OsStr::new("-x"),
        "36".as_ref(),
        "-".as_ref(),
        corpus().join("hand-plain.wav").as_os_str(),
    ]);
    let append = File::options().append(true).open(&out).unwrap();
    finish(command.stdout(append).spawn().unwrap()).is(0);
    assert_eq!(fs::read(&out).unwrap().len(), 6 + 40);
}

#[test]
fn a_stream_without_a_size_is_copied_unchanged() {
    let bytes = [b"RIFF\xFF\xFF\xFF\xFFTESTdata\xFF\xFF\xFF\xFF".to_vec(), vec![7; 300_000]].concat();
    assert_eq!(tool().with_pipe(["-x", "0", "-", "-"], &bytes).is(0).quiet().out, bytes);
    let (_folder, out) = written("out", b"");
    tool().with_pipe([OsStr::new("-x"), "0".as_ref(), out.as_os_str(), "-".as_ref()], &bytes).is(0);
    assert_eq!(fs::read(&out).unwrap()[4..8], 300_012_u32.to_le_bytes());
    let finding = tool().with_pipe(["--svg", "-", "-"], &bytes).is(2);
    assert!(finding.errors().contains("pipe"), "{}", finding.errors());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_reported() {
    let file = corpus().join("hand-plain.wav");
    let file = file.as_os_str();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let lines: [&[&OsStr]; 4] = [
        &[file],
        &["--json".as_ref(), file],
        &["--svg".as_ref(), "-".as_ref(), file],
        &["-x".as_ref(), "36".as_ref(), "-".as_ref(), file],
    ];
    for line in lines {
        let finding = finish(tool().command(line).stdout(full()).spawn().unwrap()).is(2);
        assert!(finding.errors().starts_with("riffls: (standard output): "), "{}", finding.errors());
    }
    for line in [&["--svg"][..], &["-x", "36"]] {
        let line = line.iter().map(OsStr::new).chain(["/dev/full".as_ref(), file]);
        let finding = tool().run(line).is(2);
        assert!(finding.errors().starts_with("riffls: /dev/full: "), "{}", finding.errors());
    }
}

// ---- the progress bar

/// A terminal: the side that a program writes to, and the side that shows it.
pub fn terminal() -> (File, OwnedFd) {
    // SAFETY: the descriptor is ours, and the name is copied at once.
    unsafe {
        let ours = libc::posix_openpt(libc::O_RDWR | libc::O_NOCTTY);
        assert!(ours >= 0 && libc::grantpt(ours) == 0 && libc::unlockpt(ours) == 0);
        let theirs = libc::open(libc::ptsname(ours), libc::O_RDWR | libc::O_NOCTTY);
        assert!(theirs >= 0);
        (File::from_raw_fd(ours), OwnedFd::from_raw_fd(theirs))
    }
}

/// Reads everything that is shown, until the other side is closed.
pub fn read_terminal(mut shown: File) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // On Linux the end is an error.
        let _ = shown.read_to_end(&mut bytes);
        String::from_utf8(bytes).unwrap()
    })
}

/// Sends a stream that pauses in two chunks. Returns standard error and the list.
fn slowly(tool: &Tool, errors: Stdio) -> (String, String) {
    let junk = chunk(b"JUNK", &vec![0; 500_000]);
    let bytes = riff(&[&junk[..], &junk, &chunk(b"LAST", b"")].concat());
    let mut child = tool.command(["-"]).stdin(Stdio::piped()).stderr(errors).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(&bytes[..250_000]).unwrap();
    thread::sleep(Duration::from_millis(700));
    pipe.write_all(&bytes[250_000..750_000]).unwrap();
    thread::sleep(Duration::from_millis(200));
    pipe.write_all(&bytes[750_000..]).unwrap();
    drop(pipe);
    let finding = finish(child).is(0);
    assert_eq!(finding.lines().count(), 5);
    (finding.errors(), finding.text())
}

#[test]
fn a_bar_is_on_a_terminal_only_and_is_gone_afterwards() {
    let (errors, list) = slowly(tool(), Stdio::piped());
    assert_eq!(errors, "");

    let (ours, theirs) = terminal();
    let reader = read_terminal(ours);
    let (_, same) = slowly(tool(), theirs.into());
    assert_eq!(same, list);
    let seen = reader.join().unwrap();
    assert!(seen.starts_with('\r') && seen.contains("MB read"), "{seen:?}");
    // The list goes elsewhere, so the bar is erased only at the end.
    let is_blank = |part: &&str| part.len() >= 40 && part.trim().is_empty();
    assert_eq!(seen.split('\r').filter(is_blank).count(), 1, "{seen:?}");
    let mut ends = seen.rsplit('\r');
    assert_eq!(ends.next(), Some(""));
    assert!(ends.next().as_ref().is_some_and(is_blank), "{seen:?}");
}
