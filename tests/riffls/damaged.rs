//! Reports on the files of `tests/damaged/`, as broken programs and interrupted recordings leave them, and on files
//! of other formats.

use crate::model::size_bytes;
use crate::reader::{chunk, written};
use crate::tool::{Finding, finish, tool};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

pub fn damaged() -> PathBuf {
    crate::toolchain::root().join("tests/damaged")
}

/// A file, the exit status, and lines of the list, with single blanks between their parts. All faults are among the
/// lines.
type Case = (&'static str, i32, &'static [&'static str]);

const CASES: &[Case] = &[
    // The sizes of ds64: an odd one has a pad byte, and 0 is empty, unless none was filled in.
    ("rf64-odd.wav", 0, &["72 4294967295 data 0.000125 s"]),
    ("rf64-odd-list.wav", 0, &["72 4294967295 data 0.000125 s", "82 18 LIST 'INFO'", "94 5 INAM \"Name\""]),
    ("rf64-empty.wav", 0, &["12 28 ds64 0 data bytes", "72 4294967295 data"]),
    ("rf64-unfilled.wav", 0, &["72 4294967295 data 0.001 s, streamed: no size, extends to the end"]),
    // Seconds are those of the bytes.
    ("rf64-fact.wav", 0, &["84 4294967295 data 0.000125 s"]),
    (
        "float-cut.wav",
        1,
        &["48 32000 data 0.1 s", "3256 !! truncated: the file ends here, 28800 bytes before the chunk does"],
    ),
    ("fact-of-all-channels.wav", 0, &["36 4 fact 1600 samples", "48 1600 data 0.1 s"]),
    // A chunk after the RIFF, and a RIFF whose size is too small.
    (
        "list-outside.wav",
        1,
        &[
            "60 20 LIST 'INFO'",
            "60 !! outside: the chunk lies behind the end of the RIFF chunk",
            "72 7 ISFT \"SCOMPX\"",
        ],
    ),
    (
        "riff-short.wav",
        1,
        &["0 !! short: the size is 8 bytes less than that of the chunks in it", "36 1600 data 0.1 s"],
    ),
    (
        "riff-short-odd.wav",
        1,
        &[
            "0 !! short: the size is 1600 bytes less than that of the chunks in it",
            "36 1599 data 0.199875 s",
            "1644 !! outside: the chunk lies behind the end of the RIFF chunk",
            "1656 5 INAM \"Name\"",
        ],
    ),
    // Sizes that were never filled in.
    (
        "riff-at-the-data.wav",
        1,
        &[
            "0 !! no-size: the size was never filled in: it ends before the samples; the chunk is taken to extend to the end",
            "36 0 data 0.1 s, streamed: no size, extends to the end",
        ],
    ),
    (
        "data-0-in-riff.wav",
        1,
        &[
            "36 0 data 0.1 s",
            "36 !! no-size: the size was never filled in; the chunk is taken to extend to the end",
        ],
    ),
    (
        "streamed.wav",
        0,
        &[
            "0 4294967295 RIFF 'WAVE' streamed: no size, extends to the end",
            "36 4294967295 data 0.1 s, streamed: no size, extends to the end",
        ],
    ),
    (
        "unfilled.wav",
        1,
        &[
            "0 !! no-size: the size was never filled in; the chunk is taken to extend to the end",
            "36 0 data 0.1 s, streamed: no size, extends to the end",
        ],
    ),
    // The chunks after a fault are read.
    (
        "code-0.wav",
        1,
        &[
            "60 28 \\x00\\x00\\x00\\x00",
            "60 !! code: the code or the type has a byte that is not printable ASCII",
            "96 18 LIST 'INFO'",
            "108 5 INAM \"Name\"",
        ],
    ),
    ("compressed.sf3", 0, &["24 4 ifil 3.1", "48 12 smpl"]),
    (
        "no-pad-either-side.wav",
        1,
        &[
            "51 !! no-pad: the size is odd, and the next chunk begins without a pad byte",
            "51 7968 data 0.498 s",
        ],
    ),
    (
        "zeros-between.avi",
        1,
        &[
            "40 !! skipped: 4 bytes that are not a chunk; the next chunk is at 44",
            "44 18 LIST 'movi'",
            "56 6 00wb",
            "70 16 idx1",
        ],
    ),
    (
        "text-between.avi",
        1,
        &["40 !! skipped: 23 bytes that are not a chunk; the next chunk is at 63", "63 18 LIST 'movi'"],
    ),
    (
        "pad-before.wav",
        1,
        &[
            "48 !! skipped: 1 byte that is not a chunk; the next chunk is at 49",
            "49 5 INAM \"Name\"",
            "63 3 IART \"Me\"",
            "74 !! no-pad: the size is odd, and the parent has no room for the pad byte",
            "74 16 data 0.001 s",
        ],
    ),
    (
        "zeros-between-riffs.avi",
        1,
        &[
            "24 !! skipped: 36 bytes that are not a chunk; the next chunk is at 60",
            "60 16 RIFF 'AVIX'",
            "72 4 junk",
        ],
    ),
    // Other byte orders and formats.
    ("big-endian.wav", 0, &["12 16 fmt PCM, 1 channel, 8000 Hz, 16 bits", "36 16 data 0.001 s"]),
    (
        "big-endian-cut.wav",
        1,
        &["36 16 data 0.0005 s", "52 !! truncated: the file ends here, 8 bytes before the chunk does"],
    ),
    (
        "behind-a-tag.wav",
        1,
        &[
            "0 !! not-riff: it begins with an ID3 tag; RIFF begins at 20",
            "20 1636 RIFF 'WAVE'",
            "56 1600 data 0.1 s",
        ],
    ),
];

fn lines(finding: &Finding) -> Vec<String> {
    finding.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn each_is_described() {
    let mut names: Vec<_> =
        fs::read_dir(damaged()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let mut described: Vec<_> = CASES.iter().map(|case| case.0).collect();
    described.sort_unstable();
    assert_eq!(names, described);
    for (name, status, expected) in CASES {
        let path = damaged().join(name);
        let finding = tool().run([&path]).is(*status).quiet();
        let lines = lines(&finding);
        for line in *expected {
            assert!(lines.iter().any(|found| found.starts_with(line)), "{name}: {line}\n{}", finding.text());
        }
        let faults = |lines: &[String]| lines.iter().filter(|line| line.contains(" !! ")).count();
        let expected: Vec<_> = expected.iter().map(|&line| line.into()).collect();
        assert_eq!(faults(&lines), faults(&expected), "{name}:\n{}", finding.text());
        tool().run([OsStr::new("--json"), path.as_os_str()]).is(*status).json();
        tool().run([OsStr::new("--svg"), "-".as_ref(), path.as_os_str()]).is(*status).xml();
        // From a pipe the list is the same without durations, as the size of the file is not known.
        let piped = tool().with_pipe(["-"], &fs::read(&path).unwrap()).is(*status);
        let without_contents = |text: String| -> Vec<String> {
            text.lines().map(|line| line.split(" data ").next().unwrap().into()).collect()
        };
        assert_eq!(without_contents(piped.text()), without_contents(finding.text()), "{name}");
    }
}

/// Chunks after a LIST at the beginning, or after a RIFF without a type, are listed, and a repair keeps them.
#[test]
fn chunks_are_listed_without_a_riff_before_them() {
    let info = |text: &[u8]| chunk(b"LIST", &[b"INFO", &chunk(b"INAM", text)[..]].concat());
    let end = [info(b"Name"), chunk(b"data", b"abcd")].concat();
    // Without the zeros after it the second RIFF would have the type LIST.
    for (start, faults) in
        [(&info(b"List")[..], 1), (b"RIFF\x03\0\0\0abc\0", 1), (b"RIFF\0\0\0\0\0\0\0\0", 2)]
    {
        let bytes = [start, &end].concat();
        let (_folder, path) = written("file", &bytes);
        let finding = tool().run([&path]).is(1);
        let lines = lines(&finding);
        assert!(lines.iter().any(|line| line.ends_with("4 INAM \"Name\"")), "{}", finding.text());
        assert!(lines.last().unwrap().contains(" 4 data"), "{}", finding.text());
        assert_eq!(lines.iter().filter(|line| line.contains(" !! ")).count(), faults, "{}", finding.text());
        let out = path.with_file_name("out");
        crate::repair::repair(tool(), &path, &out).is(1);
        assert!(fs::read(&out).unwrap() == bytes);
    }
}

fn extract(chunk: &str, path: &Path, out: &Path) -> Finding {
    tool().run([OsStr::new("-x"), chunk.as_ref(), out.as_os_str(), path.as_os_str()])
}

fn size_at(bytes: &[u8], offset: usize) -> u32 {
    u32::from_le_bytes(bytes[offset..offset + 4].try_into().unwrap())
}

/// Unknown sizes are filled in, also those of the chunks inside, from a file and from a pipe. In a pipe a RIFF ends
/// where its size says.
#[test]
fn a_riff_is_extracted_with_its_sizes() {
    let (_folder, out) = written("out", b"");
    for name in
        ["streamed.wav", "unfilled.wav", "riff-at-the-data.wav", "data-0-in-riff.wav", "riff-short.wav"]
    {
        let path = damaged().join(name);
        assert_eq!(extract("36", &path, &out).is(0).out, b"");
        assert_eq!(fs::read(&out).unwrap(), [1; 1600], "{name}");
        let is_known = name.starts_with("riff-");
        for from in if is_known { &["file"][..] } else { &["file", "pipe"] } {
            if *from == "file" {
                extract("0", &path, &out).is(0).quiet();
            } else {
                let bytes = fs::read(&path).unwrap();
                let arguments = [OsStr::new("-x"), "0".as_ref(), out.as_os_str(), "-".as_ref()];
                tool().with_pipe(arguments, &bytes).is(0).quiet();
            }
            let bytes = fs::read(&out).unwrap();
            assert_eq!(
                (size_at(&bytes, 4), size_at(&bytes, 40), bytes.len()),
                (1636, 1600, 1644),
                "{name}, {from}"
            );
            tool().run([&out]).is(0);
            extract("36", &out, &out.with_file_name("data")).is(0).quiet();
            assert_eq!(fs::read(out.with_file_name("data")).unwrap(), [1; 1600], "{name}, {from}");
        }
    }
    // From a pipe to standard output the sizes stay unknown, all of them.
    for name in ["streamed.wav", "unfilled.wav"] {
        let bytes = fs::read(damaged().join(name)).unwrap();
        let mut command = tool().command(["-x", "0", "-", "-"]);
        command.stdin(Stdio::piped()).stdout(File::create(&out).unwrap());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(&bytes).unwrap();
        finish(child).is(0).quiet();
        assert!(fs::read(&out).unwrap() == bytes, "{name}");
    }
    // A list of RIFX keeps its order of bytes.
    let list = b"LIST\0\0\0\x10INFOINAM\0\0\0\x04Name";
    let rifx = [&b"RIFX\0\0\0\x1CTEST"[..], list].concat();
    tool().with_pipe(["-x".as_ref(), "LIST".as_ref(), out.as_os_str(), "-".as_ref()], &rifx).is(0).quiet();
    assert_eq!(fs::read(&out).unwrap(), list);
    // The sizes of RF64 are in ds64.
    extract("0", &damaged().join("rf64-unfilled.wav"), &out).is(0).quiet();
    let bytes = fs::read(&out).unwrap();
    assert_eq!((size_at(&bytes, 4), size_at(&bytes, 76)), (u32::MAX, u32::MAX));
    assert_eq!((size_at(&bytes, 20), size_at(&bytes, 28)), (80, 8));
    assert!(tool().run([&out]).is(0).text().contains("0.001 s\n"));
}

#[test]
fn other_formats_are_named() {
    let formats: [(&[u8], &str); 10] = [
        (b"riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB", "wave64: "),
        (b"FORM\0\0\0\x2EAIFFCOMM", "an AIFF file"),
        (b"FORM\0\0\0\x2EAIFCFVER", "an AIFF-C file"),
        (b"FORM\0\0\0\x2E8SVXVHDR", "an IFF file"),
        (b"OggS\0\x02\0\0\0\0\0\0", "an Ogg file"),
        (b"fLaC\0\0\0\x22\0\0\0\0", "a FLAC file"),
        (b"\xFF\xFB\x90\x64\0\0\0\0", "an MP3 file"),
        (b"ID3\x04\0\0\0\0\0\x02ab\xFF\xFB\x90\x64", "an MP3 file"),
        (b"\x1A\x45\xDF\xA3\x9F\x42\x86\x81", "a Matroska or WebM file"),
        (b"RIF\0", "not-riff: it does not begin with RIFF\n"),
    ];
    for (bytes, name) in formats {
        let (_folder, path) = written("other", bytes);
        let list = tool().run([&path]).is(2).text();
        assert!(list.contains(name) && list.contains(" !! "), "{name}: {list}");
        assert_eq!(tool().with_pipe(["-"], bytes).is(2).text(), list);
    }
}

/// The JSON of a chunk has its first 8 faults and the number of the others; the list has them all.
#[test]
fn many_faults_of_a_chunk_are_counted() {
    let movi: Vec<u8> = (0..20)
        .flat_map(|_| [vec![0xFF; 2], chunk(b"00dc", b"abcd"), chunk(b"01wb", b"efgh")].concat())
        .collect();
    let inner = chunk(b"LIST", &[&b"movi"[..], &movi].concat());
    let (_folder, path) = written("many", &crate::reader::riff(&inner));
    assert_eq!(tool().run([&path]).is(1).text().matches("skipped: 2 bytes").count(), 20);
    let json = tool().run([OsStr::new("--json"), path.as_os_str()]).is(1).json();
    let list = &json[0]["chunks"][0]["chunks"][0];
    assert_eq!((list["faults"].as_array().unwrap().len(), &list["more_faults"]), (8, &12.into()));
    assert_eq!(list["chunks"].as_array().unwrap().len(), 40);
    tool().run([OsStr::new("--svg"), "-".as_ref(), path.as_os_str()]).is(1).xml();
}

/// The time for a file is bounded if every byte could begin a chain of headers.
#[test]
fn a_large_damaged_file_is_read_in_bounded_time() {
    let header = [&b"abcd"[..], &size_bytes(8, false), &[0xFF; 7]].concat();
    let many: Vec<u8> = header.iter().copied().cycle().take(1_000_000).collect();
    let (_folder, path) = written("much", &crate::reader::riff(&[&[0xFF], &many[..]].concat()));
    tool().run([OsStr::new("--json"), path.as_os_str()]).is(1).json();
}
