//! `--repair`: a copy with correct sizes. main.rs repairs each random file, too.

use crate::damaged::damaged;
use crate::reader::{chunk, riff, sparse, written};
use crate::tool::{Finding, Tool, number_of_cases, tool};
use crate::{corpus, model::Report};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;

pub fn repair(tool: &Tool, path: &Path, out: &Path) -> Finding {
    tool.run([OsStr::new("--repair"), out.as_os_str(), path.as_os_str()])
}

const SAME: &str = "nothing to repair: the copy is the same\n";

/// Whether the file has a fault that a repair leaves: a code, or a type that is missing.
fn is_hopeless(report: &Report) -> bool {
    let needs_type = [*b"RIFF", *b"RIFX", *b"LIST"].contains(&report.code);
    needs_type && report.kind.is_none()
        || report.faults.iter().any(|(kind, _)| ["code", "no-type"].contains(&kind.as_str()))
        || report.chunks.iter().any(is_hopeless)
}

fn has_no_size(report: &Report) -> bool {
    report.is_streamed || report.chunks.iter().any(has_no_size)
}

/// Repairs a file, and asserts that a repair of the result changes nothing; if faults are left, not after a few times
/// either: correct sizes can show chunks that were none before.
pub fn is_final(tool: &Tool, path: &Path) -> Finding {
    let (once, twice) = (path.with_extension("once"), path.with_extension("twice"));
    let first = repair(tool, path, &once);
    let status = first.at_most(2);
    let bytes = fs::read(path).unwrap();
    let is_same = |finding: &Finding, from: &[u8], to: &Path| {
        let is_same = finding.text() == SAME;
        assert_eq!(is_same, from == fs::read(to).unwrap(), "{}", bytes.escape_ascii());
        is_same
    };
    if status < 2 {
        is_same(&first, &bytes, &once);
        let mut changes = if status == 0 { 0 } else { 8 };
        while !is_same(&repair(tool, &once, &twice), &fs::read(&once).unwrap(), &twice) {
            assert_ne!(changes, 0, "{}", bytes.escape_ascii());
            changes -= 1;
            fs::rename(&twice, &once).unwrap();
        }
    }
    first
}

/// Repairs a file with this report: the copy has no fault.
pub fn check(tool: &Tool, path: &Path, report: &Report, is_sound: bool) {
    let finding = is_final(tool, path).is(i32::from(is_hopeless(report)));
    if is_sound && !has_no_size(report) {
        assert_eq!(finding.text(), SAME);
    }
}

#[test]
fn a_sound_file_is_copied() {
    let (_folder, out) =
        written("out", b"what was there before, and is longer than some files of the corpus are");
    let mut paths: Vec<_> = fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let step = paths.len() / number_of_cases(paths.len() as u32) as usize;
    for path in paths.iter().step_by(step) {
        let list = tool().run([path]);
        if list.at_most(2) == 0 && !list.text().contains("streamed") {
            assert_eq!(repair(tool(), path, &out).is(0).quiet().text(), SAME, "{}", path.display());
            assert!(fs::read(path).unwrap() == fs::read(&out).unwrap(), "{}", path.display());
        }
    }
}

/// What is printed for each file that is changed.
const REPAIRS: &[(&str, &str)] = &[
    ("float-cut.wav", "4 the size of RIFF, 32048, becomes 3248\n52 the size of data, 32000, becomes 3200\n"),
    ("list-outside.wav", "4 the size of RIFF, 52, becomes 80\n"),
    ("riff-short.wav", "4 the size of RIFF, 1628, becomes 1636\n"),
    ("riff-short-odd.wav", "4 the size of RIFF, 36, becomes 1662\n"),
    (
        "riff-at-the-data.wav",
        "4 the size of RIFF, 36, becomes 1636\n40 the size of data is filled in: 1600\n",
    ),
    ("data-0-in-riff.wav", "40 the size of data is filled in: 1600\n"),
    ("streamed.wav", "4 the size of RIFF is filled in: 1636\n40 the size of data is filled in: 1600\n"),
    ("unfilled.wav", "4 the size of RIFF is filled in: 1636\n40 the size of data is filled in: 1600\n"),
    ("rf64-unfilled.wav", "20 the size of RF64 is filled in: 80\n28 the size of data is filled in: 8\n"),
    (
        "no-pad-either-side.wav",
        "4 the size of RIFF, 8019, becomes 8020\n51 a pad byte is inserted\n8027 1 byte is left out: the pad byte of an odd size\n",
    ),
    ("zeros-between.avi", "4 the size of RIFF, 86, becomes 82\n40 4 bytes are left out: not a chunk\n"),
    (
        "text-between.avi",
        "4 the size of RIFF, 81, becomes 58\n40 23 bytes are left out: not a chunk\n89 1 byte is left out: the pad byte of an odd size\n",
    ),
    ("pad-before.wav", "48 1 byte is left out: not a chunk\n74 a pad byte is inserted\n"),
    ("zeros-between-riffs.avi", "24 36 bytes are left out: not a chunk\n"),
    ("big-endian-cut.wav", "4 the size of RIFX, 52, becomes 44\n40 the size of data, 16, becomes 8\n"),
    ("behind-a-tag.wav", "0 20 bytes are left out: not a chunk\n"),
];

#[test]
fn each_change_is_printed() {
    let (_folder, out) = written("out", b"");
    for entry in fs::read_dir(damaged()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let finding = repair(tool(), &path, &out).is(i32::from(name == "code-0.wav"));
        let expected = REPAIRS.iter().find(|repair| repair.0 == name).map_or(SAME, |repair| repair.1);
        let text: String = finding
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n")
            .collect();
        assert_eq!(text, expected, "{name}");
        tool().run([&out]).is(i32::from(name == "code-0.wav"));
        // The samples are all there.
        if name.ends_with("data.wav") || ["streamed.wav", "unfilled.wav", "riff-short.wav"].contains(&name) {
            assert_eq!(fs::read(&out).unwrap()[44..], [1; 1600], "{name}");
        }
    }
}

#[test]
fn files_that_cannot_be_repaired_are_reported() {
    let (_folder, path) = written("file", &riff(&chunk(b"\x01abc", b"abcd")));
    let out = path.with_file_name("out");
    let finding = repair(tool(), &path, &out).is(1);
    assert!(finding.errors().ends_with(": 1 fault is left\n"), "{}", finding.errors());
    assert!(fs::read(&out).unwrap() == fs::read(&path).unwrap());

    // No RIFF, a pipe, the file itself, no file.
    fs::remove_file(&out).unwrap();
    let finding = repair(tool(), &corpus().join("hand-no-riff.bin"), &out).is(2);
    assert!(finding.errors().contains("not-riff"), "{}", finding.errors());
    let (_folder, short) = written("short", b"RIFF\x04\0\0");
    let finding = repair(tool(), &short, &out).is(2);
    assert!(finding.errors().contains("no RIFF chunk"), "{}", finding.errors());
    let finding = tool().with_pipe(["--repair", out.to_str().unwrap(), "-"], b"RIFF").is(2);
    assert!(finding.errors().contains("pipe"), "{}", finding.errors());
    let finding = repair(tool(), &path, &path).is(2);
    assert!(finding.errors().contains("is the file that is read"), "{}", finding.errors());
    repair(tool(), &path.with_file_name("none"), &out).is(2);
    assert!(!out.exists());
}

/// Then the changes are printed on standard error.
#[test]
fn the_copy_may_be_standard_output() {
    let finding = repair(tool(), &damaged().join("unfilled.wav"), Path::new("-")).is(0);
    assert!(finding.errors().contains("the size of RIFF is filled in: 1636\n"), "{}", finding.errors());
    let (_folder, path) = written("copy", &finding.out);
    tool().run([&path]).is(0);
    assert_eq!(fs::read(&path).unwrap()[44..], [1; 1600]);
}

/// In a ds64 chunk without the size of the file a size of 0 for `data` has no effect: it is written to the header.
#[test]
fn empty_data_of_an_rf64_is_repaired_once() {
    let ds64 = chunk(b"ds64", &[0; 28]);
    let bytes = [&b"RF64\xff\xeb\xff\xffWAVE"[..], &ds64, b"data\xff\xff\xff\xff"].concat();
    let (_folder, path) = written("empty.wav", &bytes);
    let finding = is_final(tool(), &path).is(0).quiet();
    assert!(finding.text().contains(" 52  the size of data, 4294967295, becomes 0\n"), "{}", finding.text());
}

/// Sizes of more than 4 GiB fit into RF64 only.
#[test]
fn a_size_of_more_than_32_bits_is_not_written() {
    // Unknown sizes, and sizes that lost 4 GiB, whose samples are not left out. It is reported before the copy is made.
    for (riff, data, out, status) in [(u32::MAX, u32::MAX, "/dev/null", 1), (92, 80, "/dev/full", 2)] {
        let (riff, data) = (riff.to_le_bytes(), data.to_le_bytes());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large");
        let Some(mut file) = sparse(&path, (1 << 32) + 100) else { return };
        file.write_all(&[b"RIFF", &riff[..], b"WAVEdata", &data].concat()).unwrap();
        let finding = repair(tool(), &path, Path::new(out)).is(status);
        assert!(finding.errors().contains("no room for its size"), "{}", finding.errors());
        assert_eq!(finding.text(), "", "it does not say that there is nothing to repair");
    }
}

/// A frame of WebP that is truncated before its numbers.
#[test]
fn a_frame_without_its_numbers_gets_the_size_of_what_is_there() {
    let (folder, path) = written("cut", b"RIFF\x24\0\0\0WEBPANMF\x18\0\0\0abcd");
    let out = folder.path().join("out");
    let finding = repair(tool(), &path, &out).is(1);
    assert_eq!(
        finding.text().split_whitespace().collect::<Vec<_>>().join(" "),
        "4 the size of RIFF, 36, becomes 16 16 the size of ANMF, 24, becomes 4"
    );
    let list = tool().run([&out]).is(1).text();
    assert!(list.contains("too-short") && !list.contains("truncated"), "{list}");
}
