//! Unknown sizes, sizes of more than 32 bits, and files of more than 4 GiB: docs/contract.md, part 6.

use crate::reader::{chunk, riff, sparse, written};
use crate::tool::{Finding, tool};
use serde_json::Value;
use std::ffi::OsStr;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Bytes of one second of sound.
const SECOND: u32 = 8000;

fn format() -> Vec<u8> {
    let numbers = [SECOND.to_le_bytes(), SECOND.to_le_bytes()].concat();
    chunk(b"fmt ", &[&[1, 0, 1, 0], &numbers[..], &[1, 0, 8, 0]].concat())
}

fn header(code: &[u8; 4], size: u32) -> Vec<u8> {
    [*code, size.to_le_bytes()].concat()
}

/// A WAV file with these bytes and these sizes, which may be wrong. The data chunk is at 36.
fn sound(riff_size: u32, data_size: u32, behind: &[u8]) -> Vec<u8> {
    let start = [&header(b"RIFF", riff_size)[..], b"WAVE", &format(), &header(b"data", data_size)].concat();
    assert_eq!(start.len(), 44);
    [&start, behind].concat()
}

fn samples(count: u32) -> Vec<u8> {
    (0..count).map(|number| 0x78 + (number % 17) as u8).collect()
}

fn json_of(path: &Path, status: i32) -> Value {
    tool().run([Path::new("--json"), path]).is(status).json()[0].take()
}

fn extract(offset: &str, path: &Path) -> Finding {
    tool().run([OsStr::new("-x"), offset.as_ref(), "-".as_ref(), path.as_os_str()])
}

/// As sox, arecord and others write to a pipe.
#[test]
fn about_the_largest_number_of_31_or_32_bits_is_no_size() {
    for size in [0x7FFF_F000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FF00, u32::MAX] {
        let bytes = sound(size.saturating_add(36), size, &samples(SECOND / 2));
        let (_folder, path) = written("sound", &bytes);
        let list = tool().run([&path]).is(0).text();
        assert!(list.contains("0.5 s, streamed: no size, extends to the end\n"), "{list}");
        let piped = tool().with_pipe(["-"], &bytes).is(0).text();
        assert!(piped.matches("streamed").count() == 2 && !piped.contains(" s,"), "{piped}");

        let json = json_of(&path, 0);
        assert_eq!(tool().with_pipe(["--json", "-"], &bytes).is(0).json()[0]["chunks"][0]["end"], 4044);
        for part in [&json["chunks"][0], &json["chunks"][0]["chunks"][1]] {
            assert_eq!((&part["streamed"], &part["end"]), (&true.into(), &4044.into()));
        }
        assert_eq!(extract("36", &path).is(0).quiet().out, samples(SECOND / 2));
        assert_eq!(extract("0", &path).is(0).quiet().out, sound(4036, 4000, &samples(SECOND / 2)));
        let piped = tool().with_pipe(["-x", "36", "-", "-"], &bytes).is(0).quiet();
        assert_eq!(piped.out, samples(SECOND / 2));
        // From a pipe to a pipe the sizes stay unknown.
        let bytes = sound(size.saturating_add(36), size, &samples(100_000));
        assert!(tool().with_pipe(["-x", "0", "-", "-"], &bytes).is(0).quiet().out == bytes);
    }
}

/// The pad byte is no sample, and the RIFF has room for it.
#[test]
fn an_odd_number_of_bytes_without_a_size_gets_a_pad_byte() {
    let whole = sound(42, 5, &[&samples(5)[..], &[0]].concat());
    for size in [0, 0x7FFF_F000, u32::MAX] {
        let bytes = sound(if size == 0 { 0 } else { size.saturating_add(36) }, size, &samples(5));
        let (_folder, path) = written("sound", &bytes);
        let out = path.with_file_name("out");
        assert_eq!(extract("0", &path).is(0).quiet().out, whole, "{size:x}");
        tool().with_pipe(["-x", "0", out.to_str().unwrap(), "-"], &bytes).is(0).quiet();
        assert_eq!(std::fs::read(&out).unwrap(), whole, "{size:x}, from a pipe");
        assert_eq!(tool().run([&out]).is(0).text().matches("streamed").count(), 0);
        assert_eq!(tool().with_pipe(["-x", "0", "-", "-"], &bytes).is(0).quiet().out, bytes, "{size:x}");
    }
}

#[test]
fn another_large_size_is_used_as_it_is() {
    for size in [0x7FFF_E000, 0x9000_0000] {
        let (_folder, path) = written("sound", &sound(size + 37, size, &samples(SECOND / 2)));
        let list = tool().run([&path]).is(1).text();
        assert!(list.contains("truncated") && !list.contains("streamed"), "{list}");
        // Its length is that of the bytes in the file.
        assert!(list.contains("  0.5 s\n"), "{list}");
    }
    // A placeholder is a size if the parent has one.
    let (_folder, path) = written("sound", &sound(4036, u32::MAX, &samples(SECOND / 2)));
    let list = tool().run([&path]).is(1).text();
    assert!(list.contains("past-parent") && !list.contains("streamed"), "{list}");
}

#[test]
fn an_interrupted_recording_is_read_and_extracted() {
    let bytes = sound(0, 0, &samples(SECOND));
    let (_folder, path) = written("sound", &bytes);
    let list = tool().run([&path]).is(1).text();
    assert_eq!(list.matches(" !! ").count(), 1, "{list}");
    assert!(
        list.contains("no-size") && list.contains("1 s, streamed: no size, extends to the end\n"),
        "{list}"
    );
    assert_eq!(extract("36", &path).is(0).quiet().out, samples(SECOND));
    let piped = tool().with_pipe(["-x", "36", "-", "-"], &bytes).is(0).quiet();
    assert_eq!(piped.out, samples(SECOND));

    // The size of the RIFF is that of a file without samples; some programs count its header, too.
    for size in [36, 44] {
        let (_folder, path) = written("sound", &sound(size, 0, &samples(SECOND)));
        let list = tool().run([&path]).is(1).text();
        assert_eq!((list.matches(" !! ").count(), list.contains("no-size")), (1, true), "{list}");
        assert_eq!(extract("36", &path).is(0).quiet().out, samples(SECOND));
        assert_eq!(extract("0", &path).is(0).quiet().out, sound(36 + SECOND, SECOND, &samples(SECOND)));
    }
    // An empty data chunk, another after it, and bytes after the RIFF.
    let rest = [chunk(b"JUNK", b""), samples(SECOND)].concat();
    let (_folder, path) = written("sound", &sound(44, 0, &rest));
    assert!(tool().run([&path]).is(1).text().contains("trailing: 8000 bytes that are not a chunk"));
    // RF64, too, may have a size of 0.
    let bytes = [b"RF64", &sound(0, 0, &samples(SECOND))[4..]].concat();
    let (_folder, path) = written("sound", &bytes);
    assert!(tool().run([&path]).is(1).text().contains(" RF64 'WAVE'\n"));
    assert_eq!(extract("36", &path).is(0).quiet().out, samples(SECOND));

    // Another chunk than sound; and a file without sound.
    let (_folder, path) = written("sound", &sound(0, 0, &chunk(b"JUNK", b"abcd")));
    assert!(tool().run([&path]).is(1).text().contains("  JUNK"));
    let (_folder, path) = written("sound", &sound(0, 0, b""));
    assert!(!tool().run([&path]).is(1).text().contains("streamed"));

    // A chunk cannot begin beyond the end of the file.
    let rest = [chunk(b"JUNK", b""), vec![0x81; 100]].concat();
    let (_folder, path) = written("sound", &sound(0, 0, &rest));
    let list = tool().run([&path]).is(1).text();
    assert!(list.contains("trailing: 100 bytes that are not a chunk"), "{list}");
}

#[test]
fn missing_data_of_a_chunk_is_reported() {
    let (_folder, path) = written("short", &riff(&[&header(b"LAST", 5)[..], b"abcd"].concat()));
    let finding = extract("12", &path).is(1);
    assert_eq!(finding.out, b"abcd");
    assert!(finding.errors().contains(": past-parent: 1 byte of the size"), "{}", finding.errors());
    let list = tool().run([&path]).is(1).text();
    assert!(list.contains("the size goes 1 byte past the end"), "{list}");
}

/// The sizes are in `ds64`.
#[test]
fn rf64_ends_at_its_size_of_64_bits() {
    let inner = |all: u64, data: u64| {
        let ds64 = chunk(b"ds64", &[all.to_le_bytes(), data.to_le_bytes(), [0; 8]].concat());
        let data = [&header(b"data", u32::MAX)[..], &samples(800)].concat();
        [&header(b"RF64", u32::MAX)[..], b"WAVE", &ds64, &format(), &data].concat()
    };
    let length = inner(0, 0).len();
    let whole = inner(length as u64 - 8, 800);
    let bytes = [&whole[..], &[0x81; 9]].concat();
    let (_folder, path) = written("rf64", &bytes);
    let json = json_of(&path, 1);
    assert_eq!(json["chunks"][0]["end"], length);
    assert_eq!(
        (&json["faults"][0]["kind"], &json["faults"][0]["offset"]),
        (&"trailing".into(), &length.into())
    );
    assert_eq!(extract("0", &path).is(0).quiet().out, whole);
    assert!(tool().with_pipe(["-"], &bytes).is(1).text().contains("trailing: 9 bytes"));

    // Sizes that were not filled in, and impossible ones.
    for size in [0, u64::MAX] {
        let (_folder, path) = written("rf64", &inner(size, size));
        assert_eq!(tool().run([&path]).is(0).text().matches("streamed").count(), 2);
        assert_eq!(json_of(&path, 0)["chunks"][0]["end"], length);
    }
}

/// As in AVI files: several RIFF chunks, each smaller than 4 GiB.
#[test]
fn chunks_beyond_4_gib_are_read() {
    const STEP: u64 = 0xC000_0000;
    let (_folder, path) = written("large", b"");
    let piece = [&header(b"RIFF", STEP as u32 - 8)[..], b"TEST", &header(b"JUNK", STEP as u32 - 20)].concat();
    let last = riff(&chunk(b"LAST", b"abcd"));
    let Some(file) = sparse(&path, 2 * STEP + last.len() as u64) else { return };
    file.write_all_at(&piece, 0).unwrap();
    file.write_all_at(&piece, STEP).unwrap();
    file.write_all_at(&last, 2 * STEP).unwrap();

    let list = tool().run([&path]).is(0).quiet().text();
    assert!(list.ends_with("6442450956          4    LAST\n"), "{list}");
    assert_eq!(json_of(&path, 0)["chunks"][2]["chunks"][0]["end"], 2 * STEP + 24);
    assert_eq!(extract("6442450956", &path).is(0).quiet().out, b"abcd");
    assert_eq!(extract("0x180000000", &path).is(0).quiet().out, last);
    tool().run([Path::new("--svg"), Path::new("-"), &path]).is(0).xml();
}

/// The duration of compressed sound follows from fact, unless there is none or the bytes cannot hold so many samples.
#[test]
fn seconds_of_compressed_sound_are_those_of_fact() {
    let mp3 = chunk(
        b"fmt ",
        &[&[0x55, 0, 1, 0], &SECOND.to_le_bytes()[..], &1000_u32.to_le_bytes(), &[1, 0, 0, 0]].concat(),
    );
    let cases =
        [(8000, "1 s"), (8800, "1.1 s"), (16_000, "1 s"), (0, "1 s"), (u32::MAX, "1 s"), (400, "0.05 s")];
    for (samples, seconds) in cases {
        let inner = [&mp3[..], &chunk(b"fact", &samples.to_le_bytes()), &chunk(b"data", &[7; 1000])].concat();
        let bytes = chunk(b"RIFF", &[b"WAVE", &inner[..]].concat());
        let (_folder, path) = written("sound", &bytes);
        let list = tool().run([&path]).is(0).text();
        assert!(list.ends_with(&format!("  {seconds}\n")), "{samples}: {list}");
    }
    // Cut in half.
    let inner = [&mp3[..], &chunk(b"fact", &8800_u32.to_le_bytes()), &chunk(b"data", &[7; 1000])].concat();
    let bytes = chunk(b"RIFF", &[b"WAVE", &inner[..]].concat());
    let (_folder, path) = written("sound", &bytes[..bytes.len() - 500]);
    assert!(tool().run([&path]).is(1).text().contains("  0.55 s\n"));
}
