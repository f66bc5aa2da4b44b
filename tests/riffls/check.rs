//! `--check`: each of its faults, in a file that has it, and not in a similar one without.

use crate::reader::{chunk, form, list, numbers, sparse, written};
use crate::tool::{number_of_cases, tool};
use crate::{corpus, toolchain};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::Path;

const WRONG: i32 = 1;
const DOUBTFUL: i32 = 3;

/// A format of 8000 Hz.
fn fmt(tag: u16, channels: u16, bytes: u32, block: u16, bits: u16) -> Vec<u8> {
    let first = [tag.to_le_bytes(), channels.to_le_bytes()].concat();
    let last = [block.to_le_bytes(), bits.to_le_bytes()].concat();
    chunk(b"fmt ", &[first, numbers(&[8000, bytes]), last].concat())
}

fn pcm() -> Vec<u8> {
    fmt(1, 2, 32000, 4, 16)
}

fn data(count: usize) -> Vec<u8> {
    chunk(b"data", &vec![0; count])
}

/// A WAV file; its fmt is at 12, its data at 36, 40 bytes, and the rest at 84.
fn wave(rest: &[Vec<u8>]) -> Vec<u8> {
    form(b"WAVE", &[vec![pcm(), data(40)], rest.to_vec()].concat())
}

fn cue(count: u32, points: &[(u32, u32)]) -> Vec<u8> {
    let points = points.iter().flat_map(|(id, at)| numbers(&[*id, *at, 0x6174_6164, 0, 0, *at]));
    chunk(b"cue ", &[numbers(&[count]), points.collect()].concat())
}

fn label(id: u32) -> Vec<u8> {
    list(b"adtl", &[chunk(b"labl", &[&numbers(&[id])[..], b"text"].concat())])
}

/// A loop from sample 1 to `end`, with the counts of loops and of bytes after them.
fn smpl(loops: u32, more: u32, end: u32) -> Vec<u8> {
    chunk(b"smpl", &[numbers(&[0, 0, 0, 60, 0, 0, 0, loops, more]), numbers(&[0, 0, 1, end, 0, 0])].concat())
}

fn faults(value: &Value) -> Vec<(String, u64, i32)> {
    let own = value["faults"].as_array().into_iter().flatten().map(|fault| {
        let status = if fault["doubtful"] == true { DOUBTFUL } else { WRONG };
        (fault["kind"].as_str().unwrap().into(), fault["offset"].as_u64().unwrap(), status)
    });
    let inner = value["chunks"].as_array().into_iter().flatten().flat_map(faults);
    own.chain(inner).collect()
}

/// Asserts that the list, JSON, `-q` and a pipe report these, and that they are not reported without `--check`.
#[track_caller]
fn assert_faults(bytes: &[u8], expected: &[(&str, u64, i32)]) {
    let (_folder, path) = written("file", bytes);
    let worst = expected.iter().map(|(_, _, status)| *status).min().unwrap_or(0);
    let name = path.to_str().unwrap();
    let json = tool().run(["-c", "--json", name]).is(worst).quiet().json();
    let expected: Vec<_> =
        expected.iter().map(|(kind, at, status)| (String::from(*kind), *at, *status)).collect();
    assert_eq!(faults(&json[0]), expected, "{}", tool().run(["-c", name]).text());
    let text = tool().run(["-c", name]).is(worst).quiet().text();
    for (kind, at, status) in &expected {
        let sign = if *status == WRONG { "!!" } else { "??" };
        let is_it = |line: &str| {
            line.starts_with(&format!("{at:10}         {sign}  ")) && line.contains(&format!(" {kind}: "))
        };
        assert!(text.lines().any(is_it), "{kind} {at}: {text}");
    }
    let sum = tool().run(["-c", "-q", name]).is(worst).text();
    assert_eq!((sum.lines().count(), sum.contains(": no fault")), (1, expected.is_empty()), "{sum}");
    assert_eq!(faults(&tool().with_pipe(["-c", "--json", "-"], bytes).is(worst).json()[0]), expected);
    tool().run([name]).is(0);
}

#[test]
fn a_wave_file_has_one_format_and_then_its_data() {
    assert_faults(&wave(&[]), &[]);
    assert_faults(&form(b"WAVE", &[data(4)]), &[("missing", 0, WRONG)]);
    assert_faults(&form(b"WAVE", &[pcm()]), &[("missing", 0, WRONG)]);
    assert_faults(&wave(&[pcm()]), &[("twice", 84, WRONG)]);
    assert_faults(&wave(&[data(4)]), &[("twice", 84, WRONG)]);
    assert_faults(&form(b"WAVE", &[data(4), pcm()]), &[("order", 24, WRONG)]);
    // Of two RIFF chunks each is a file.
    assert_faults(&[form(b"WAVE", &[pcm()]), wave(&[])].concat(), &[("missing", 0, WRONG)]);
    assert_faults(&[wave(&[]), form(b"WAVE", &[pcm()])].concat(), &[("missing", 84, WRONG)]);
    // A chunk after the RIFF is not missing.
    let outside = [form(b"WAVE", &[pcm()]), data(40)].concat();
    assert!(!tool().with_pipe(["-c", "-"], &outside).is(1).text().contains("missing"));
    // A LIST of parts may have several data chunks.
    assert_faults(&form(b"WAVE", &[pcm(), list(b"wavl", &[data(4), data(8)])]), &[]);
}

#[test]
fn sizes_and_rates_of_a_format_agree() {
    let with = |format| form(b"WAVE", &[format, data(24)]);
    for right in [
        fmt(1, 1, 8000, 1, 8),
        fmt(1, 2, 48000, 6, 24),
        fmt(1, 1, 16000, 2, 12),
        fmt(3, 2, 64000, 8, 32),
        fmt(6, 1, 8000, 1, 8),
        // A codec whose blocks have any size.
        fmt(2, 1, 4096, 256, 4),
    ] {
        assert_faults(&with(right), &[]);
    }
    assert_faults(&with(fmt(1, 2, 16000, 2, 16)), &[("block", 24 + 8, WRONG)]);
    assert_faults(&with(fmt(1, 1, 32000, 4, 24)), &[("block", 32, DOUBTFUL)]);
    assert_faults(&with(fmt(1, 2, 44100, 4, 16)), &[("rate", 28, WRONG)]);
    assert_faults(&with(fmt(1, 0, 0, 0, 16)), &[("format", 22, WRONG)]);
    assert_faults(&with(fmt(1, 1, 8000, 1, 0)), &[("format", 34, WRONG)]);
    assert_faults(&with(fmt(3, 1, 16000, 2, 16)), &[("format", 34, WRONG)]);
    let extended = |tag: u16, size: u16| {
        let format = [&fmt(tag, 1, 32000, 4, 32)[8..], &size.to_le_bytes(), &[0; 4]].concat();
        form(b"WAVE", &[chunk(b"fmt ", &format), data(24)])
    };
    assert_faults(&extended(3, 4), &[]);
    assert_faults(&extended(3, 6), &[("count", 36, WRONG)]);
    // PCM has no extension, and the size is ignored.
    assert_faults(&extended(1, 6), &[]);
}

#[test]
fn data_is_whole_blocks() {
    assert_faults(&form(b"WAVE", &[pcm(), data(10)]), &[("block", 36, DOUBTFUL)]);
    assert_faults(&form(b"WAVE", &[fmt(2, 1, 4096, 256, 4), data(10)]), &[]);
}

#[test]
fn cue_points_and_their_labels_fit() {
    assert_faults(&wave(&[cue(2, &[(1, 0), (2, 10)]), label(2)]), &[]);
    assert_faults(&wave(&[label(2), cue(2, &[(1, 0), (2, 10)])]), &[]);
    assert_faults(&wave(&[cue(3, &[(1, 0), (2, 10)])]), &[("count", 92, WRONG)]);
    assert_faults(&wave(&[cue(1, &[(1, 0), (2, 10)])]), &[("count", 120, DOUBTFUL)]);
    assert_faults(&wave(&[cue(2, &[(1, 0), (2, 11)])]), &[("position", 120, DOUBTFUL)]);
    assert_faults(&wave(&[cue(1, &[(1, 0)]), label(2)]), &[("label", 132, DOUBTFUL)]);
    let ltxt = |count| {
        wave(&[cue(1, &[(1, 0)]), list(b"adtl", &[chunk(b"ltxt", &numbers(&[1, 5, 0, 0, 0])[..count])])])
    };
    assert_faults(&ltxt(20), &[]);
    assert_faults(&ltxt(16), &[("count", 132, WRONG)]);
    let plst = |count| wave(&[chunk(b"plst", &numbers(&[count, 1, 2, 3]))]);
    assert_faults(&plst(1), &[]);
    assert_faults(&plst(2), &[("count", 92, WRONG)]);
}

#[test]
fn loops_and_peaks_fit() {
    assert_faults(&wave(&[smpl(1, 0, 9)]), &[]);
    assert_faults(&wave(&[smpl(0, 24, 9)]), &[]);
    assert_faults(&wave(&[smpl(2, 0, 9)]), &[("count", 120, WRONG)]);
    assert_faults(&wave(&[smpl(0, 0, 9)]), &[("count", 120, DOUBTFUL)]);
    assert_faults(&wave(&[smpl(1, 0, 11)]), &[("position", 128, DOUBTFUL)]);
    assert_faults(&wave(&[smpl(1, 0, 0)]), &[("position", 128, DOUBTFUL)]);
    let (_folder, path) = written("loop", &wave(&[smpl(1, 0, 0)]));
    let list = tool().run(["-c".as_ref(), path.as_os_str()]).is(DOUBTFUL).text();
    assert!(list.contains("1 loop lies behind the end of the data, or ends before it begins\n"), "{list}");
    let peaks = |count: usize| wave(&[chunk(b"PEAK", &numbers(&vec![0; 2 + 2 * count]))]);
    assert_faults(&peaks(2), &[]);
    assert_faults(&peaks(1), &[("count", 92, WRONG)]);
}

// ---- AVI

fn avih(frames: u32, streams: u32) -> Vec<u8> {
    let mut all = [0; 14];
    (all[4], all[6]) = (frames, streams);
    chunk(b"avih", &numbers(&all))
}

fn strl(kind: &[u8; 4]) -> Vec<u8> {
    list(b"strl", &[chunk(b"strh", &[&kind[..], &[0; 52]].concat())])
}

/// Records of a code, an offset and a size.
fn idx1(records: &[(&[u8; 4], u32, u32)]) -> Vec<u8> {
    let all = records.iter().flat_map(|(id, at, size)| [&id[..], &numbers(&[16, *at, *size])].concat());
    chunk(b"idx1", &all.collect::<Vec<_>>())
}

/// Two pictures and a sound in `movi`, whose type is at 248. They are at 252, 264 and 276, and the index at 288.
fn avi(frames: u32, streams: u32, index: Vec<u8>) -> Vec<u8> {
    let header = list(b"hdrl", &[avih(frames, streams), strl(b"auds"), strl(b"vids")]);
    let movi = list(b"movi", &[chunk(b"01dc", &[1; 4]), chunk(b"00wb", &[2; 4]), chunk(b"01dc", &[3; 4])]);
    form(b"AVI ", &[header, movi, index])
}

#[test]
fn an_index_points_at_chunks() {
    let bytes = avi(2, 2, idx1(&[(b"01dc", 4, 4), (b"00wb", 16, 4), (b"01dc", 28, 4)]));
    assert_eq!((&bytes[248..252], &bytes[264..268]), (&b"movi"[..], &b"00wb"[..]));
    assert_faults(&bytes, &[]);
    // Some writers count from the beginning of the file.
    assert_faults(&avi(2, 2, idx1(&[(b"01dc", 252, 4), (b"00wb", 264, 4)])), &[]);
    let nothing = avi(2, 2, idx1(&[(b"01dc", 4, 4), (b"00wb", 15, 4), (b"01dc", 99, 4)]));
    assert_faults(&nothing, &[("index", 296 + 16, WRONG)]);
    assert_faults(&avi(2, 2, idx1(&[(b"01dc", 4, 4), (b"01dc", 16, 4)])), &[("index", 312, WRONG)]);
    assert_faults(&avi(2, 2, idx1(&[(b"01dc", 4, 5)])), &[("index", 296, DOUBTFUL)]);
    assert_faults(&avi(2, 2, chunk(b"idx1", &[0; 6])), &[("count", 288, WRONG)]);
    let text = |bytes: &[u8]| tool().with_pipe(["-c", "-"], bytes).text();
    assert!(
        text(&nothing).contains("index: 2 records point at no chunk, first record 1\n"),
        "{}",
        text(&nothing)
    );
}

#[test]
fn counts_of_an_avi_header_are_checked() {
    let index = || idx1(&[(b"01dc", 4, 4)]);
    assert_faults(&avi(3, 2, index()), &[("count", 48, DOUBTFUL)]);
    assert_faults(&avi(2, 1, index()), &[("count", 56, WRONG)]);
    let headless = form(b"AVI ", &[list(b"movi", &[])]);
    assert_faults(&headless, &[("missing", 0, WRONG)]);
    let empty = form(b"AVI ", &[list(b"hdrl", &[avih(0, 0)])]);
    assert_faults(&empty, &[("missing", 0, WRONG)]);
}

// ---- SF2, DLS, ANI

const TABLES: [(&[u8; 4], usize); 9] = [
    (b"phdr", 38),
    (b"pbag", 4),
    (b"pmod", 10),
    (b"pgen", 4),
    (b"inst", 22),
    (b"ibag", 4),
    (b"imod", 10),
    (b"igen", 4),
    (b"shdr", 46),
];

/// A font with two records in each table. The tables begin at 24.
fn font(change: impl Fn(&[u8; 4], &mut Vec<u8>)) -> Vec<u8> {
    let tables = TABLES.map(|(code, size)| {
        let mut bytes = vec![0; 2 * size];
        change(code, &mut bytes);
        chunk(code, &bytes)
    });
    form(b"sfbk", &[list(b"pdta", &tables)])
}

#[test]
fn the_tables_of_a_font_fit_each_other() {
    assert_faults(&font(|_, _| ()), &[]);
    for (code, size) in TABLES {
        let at = |file: &[u8]| file.windows(4).position(|part| part == code).unwrap() as u64;
        let short = font(|one, bytes| bytes.truncate(if one == code { size + 2 } else { bytes.len() }));
        assert_faults(&short, &[("count", at(&short), WRONG)]);
    }
    for (code, place, into) in [
        (b"phdr", 24, b"pbag"),
        (b"pbag", 0, b"pgen"),
        (b"pbag", 2, b"pmod"),
        (b"inst", 20, b"ibag"),
        (b"ibag", 0, b"igen"),
        (b"ibag", 2, b"imod"),
    ] {
        for (index, is_right) in [(1, true), (2, false)] {
            let bytes = font(|one, bytes| {
                if one == code {
                    bytes[place] = index;
                }
            });
            let at = bytes.windows(4).position(|part| part == into).unwrap() as u64;
            let expected = [("index", at, WRONG)];
            assert_faults(&bytes, if is_right { &[] } else { &expected });
        }
    }
    let last = font(|one, bytes| bytes.truncate(if one == b"igen" { 0 } else { bytes.len() }));
    let at = last.windows(4).position(|part| part == b"igen").unwrap() as u64;
    assert_faults(&last, &[("count", at, WRONG)]);
    assert_faults(&form(b"sfbk", &[list(b"pdta", &[])]), &[("missing", 12, WRONG)]);
}

/// The samples of version 3 are compressed.
#[test]
fn samples_of_16_bits_have_an_even_size() {
    let font = |version: u8| {
        let info = list(b"INFO", &[chunk(b"ifil", &[version, 0, 1, 0])]);
        form(b"sfbk", &[info, list(b"sdta", &[chunk(b"smpl", b"OggSabc")])])
    };
    assert_faults(&font(2), &[("count", 48, DOUBTFUL)]);
    assert_faults(&font(3), &[]);
}

#[test]
fn counts_of_instruments_and_pictures_are_checked() {
    let dls = |instruments, regions| {
        let ins = list(
            b"ins ",
            &[chunk(b"insh", &numbers(&[regions, 0, 5])), list(b"lrgn", &[list(b"rgn ", &[])])],
        );
        form(
            b"DLS ",
            &[
                chunk(b"colh", &numbers(&[instruments])),
                list(b"lins", &[ins]),
                chunk(b"ptbl", &numbers(&[8, 1, 0])),
            ],
        )
    };
    assert_faults(&dls(1, 1), &[]);
    assert_faults(&dls(2, 1), &[("count", 20, WRONG)]);
    assert_faults(&dls(1, 2), &[("count", 56, WRONG)]);
    let mut pool = dls(1, 1);
    let at = pool.len() - 8;
    pool[at] = 2;
    assert_faults(&pool, &[("count", (at - 4) as u64, WRONG)]);

    let ani = |frames| {
        let icons = list(b"fram", &[chunk(b"icon", b""), chunk(b"icon", b"")]);
        form(b"ACON", &[chunk(b"anih", &numbers(&[36, frames, 2, 0, 0, 0, 0, 10, 1])), icons])
    };
    assert_faults(&ani(2), &[]);
    assert_faults(&ani(3), &[("count", 24, WRONG)]);
    assert_faults(&form(b"ACON", &[]), &[("missing", 0, WRONG)]);
}

// ---- sizes of 32 bits

/// Makes a sparse file that begins with `header` and ends with `last`.
fn large_wave(folder: &Path, header: &[u8], size: u64, last: &[u8]) -> Option<String> {
    if toolchain::has_runner() {
        toolchain::skip("a file of more than 4 GiB under an emulator or valgrind, which takes a minute");
        return None;
    }
    let path = folder.join("large.wav");
    let file = sparse(&path, size)?;
    file.write_all_at(header, 0).unwrap();
    file.write_all_at(last, size - last.len() as u64).unwrap();
    Some(path.to_str().unwrap().into())
}

#[test]
fn sizes_that_lost_four_gib_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let header = |riff: u32, data: u32| {
        [&b"RIFF"[..], &riff.to_le_bytes(), b"WAVE", &pcm(), b"data", &data.to_le_bytes()].concat()
    };
    let size = (1_u64 << 32) + 444;
    let reports = |text: &str, length: u64| {
        text.contains(&format!(
            "lost-size: the size lost a multiple of 4 GiB: the true length is {length} bytes\n"
        ))
    };
    // The sizes of RIFF and `data` wrapped, with a chunk after `data` and without.
    for last in [&[][..], &chunk(b"JUNK", &[0; 12])] {
        let data = 400 - last.len() as u32;
        let Some(path) = large_wave(folder.path(), &header(436, data), size, last) else { return };
        let text = tool().run(["-c", &path]).is(1).text();
        assert!(reports(&text, size - 8) && reports(&text, size - 44 - last.len() as u64), "{text}");
    }
    // A size that is wrong by another number.
    let Some(path) = large_wave(folder.path(), &header(436, 400), size + 2, &[]) else { return };
    assert!(!tool().run(["-c", &path]).is(1).text().contains("lost-size"));
}

// ---- everything

/// Of the files of the corpus only two, which were made by hand, have a fault that only `--check` reports.
#[test]
fn files_of_other_programs_have_no_further_faults() {
    let known = [("hand-cue-adtl.wav", DOUBTFUL), ("hand-rifx.wav", WRONG)];
    let mut paths: Vec<_> = fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let step = paths.len() / number_of_cases(paths.len() as u32) as usize;
    for path in paths.iter().step_by(step) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let plain = tool().run([path]).at_most(2);
        let expected = known.iter().find(|(one, _)| *one == name).map_or(plain, |(_, status)| *status);
        let text = tool().run(["-c".as_ref(), path.as_os_str()]).is(expected).text();
        assert!(plain > 0 || !text.contains("!!") || expected == WRONG, "{text}");
    }
}
