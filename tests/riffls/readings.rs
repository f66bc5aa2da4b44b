//! The contents of chunks, as riffls prints them: chunks and the expected lines.

use crate::reader::{chunk, form, list, numbers, written};
use crate::tool::tool;

/// 8000 Hz, 1 channel, 16 bits.
fn fmt() -> Vec<u8> {
    chunk(b"fmt ", &[&[1, 0, 1, 0][..], &numbers(&[8000, 16000]), &[2, 0, 16, 0]].concat())
}

fn point(id: u32, position: u32) -> Vec<u8> {
    numbers(&[id, position, 0x6174_6164, 0, 0, position])
}

fn labl(id: u32, text: &[u8]) -> Vec<u8> {
    list(b"adtl", &[chunk(b"labl", &[&numbers(&[id]), text].concat())])
}

fn with(mut bytes: Vec<u8>, at: usize, part: &[u8]) -> Vec<u8> {
    bytes[at..at + part.len()].copy_from_slice(part);
    bytes
}

fn bext() -> Vec<u8> {
    let mut bytes = vec![0; 602];
    for (at, part) in [
        (0, &b"Rain"[..]),
        (256, b"Me"),
        (288, b"REF"),
        (320, b"2026-11-30"),
        (330, b"12:00:00"),
        (338, &12000_u32.to_le_bytes()),
        (346, &2_u16.to_le_bytes()),
        (348, &[0x06, 0x0A]),
        (412, &(-2300_i16).to_le_bytes()),
        (414, &550_i16.to_le_bytes()),
        (416, &(-123_i16).to_le_bytes()),
        (418, &0x7FFF_i16.to_le_bytes()),
        (420, &(-2000_i16).to_le_bytes()),
    ] {
        bytes = with(bytes, at, part);
    }
    [bytes, b"A=PCM\r\n".to_vec()].concat()
}

/// Lists a file. Returns the lines after that of the RIFF, without offsets and sizes.
fn lines(bytes: &[u8]) -> Vec<String> {
    let (_folder, path) = written("file", bytes);
    let out = tool().run([&path]).is(0).quiet();
    let piped = tool().with_pipe(["-"], bytes).is(0).quiet();
    assert_eq!(piped.lines().count(), out.lines().count(), "{}", piped.text());
    let words = |line: String| line[23..].split_whitespace().collect::<Vec<_>>().join(" ");
    out.lines().skip(2).map(words).collect()
}

#[track_caller]
fn assert_lines(bytes: &[u8], expected: &[&str]) {
    assert_eq!(lines(bytes), expected);
}

/// Files with most kinds of chunks that riffls reads and checks.
pub fn samples() -> [Vec<u8>; 4] {
    let cue = chunk(b"cue ", &[numbers(&[2]), point(1, 4), point(2, 8)].concat());
    let smpl = chunk(b"smpl", &numbers(&[0, 0, 0, 60, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0]));
    let peak = chunk(b"PEAK", &numbers(&[1, 0, 0x3F00_0000, 7]));
    let frame = chunk(b"ANMF", &[vec![0; 16], chunk(b"VP8L", &[0x2F, 0, 0, 0, 0])].concat());
    let table = |code: &[u8; 4], size: usize| chunk(code, &vec![0; 2 * size]);
    let tables = [table(b"phdr", 38), table(b"pbag", 4), table(b"inst", 22), table(b"ibag", 4)];
    let strh = chunk(b"strh", &[&b"vids"[..], &[0; 52]].concat());
    let movi = list(b"movi", &[chunk(b"00dc", b"abcd")]);
    let idx1 = chunk(b"idx1", &[&b"00dc"[..], &numbers(&[16, 4, 4])].concat());
    let hdrl = list(b"hdrl", &[chunk(b"avih", &[0; 56]), list(b"strl", &[strh])]);
    [
        form(
            b"WAVE",
            &[
                fmt(),
                chunk(b"data", &[0; 20]),
                cue,
                labl(1, b"text"),
                smpl,
                peak,
                chunk(b"bext", &bext()[..]),
            ],
        ),
        form(b"WEBP", &[chunk(b"VP8X", &[0; 10]), chunk(b"ANIM", &[0; 6]), frame]),
        form(b"sfbk", &[list(b"pdta", &tables)]),
        form(b"AVI ", &[hdrl, movi, idx1]),
    ]
}

#[test]
fn contents_of_wave_files() {
    let wave = |chunks: &[Vec<u8>]| {
        let all = lines(&form(b"WAVE", &[vec![fmt()], chunks.to_vec()].concat()));
        all[1..].to_vec()
    };
    let cases: [(&[Vec<u8>], &[&str]); 16] = [
        (
            &[chunk(b"cue ", &[numbers(&[2]), point(7, 4000), point(9, 8000)].concat()), labl(9, b"end")],
            &[
                "cue 2 cue points",
                "cue point 7, at sample 4000, 0.5 s",
                "cue point 9, at sample 8000, 1 s",
                "LIST 'adtl'",
                "labl cue point 9, at sample 8000, 1 s, \"end\"",
            ],
        ),
        (
            &[labl(9, b"end"), chunk(b"cue ", &[numbers(&[1]), point(9, 8000)].concat())],
            &[
                "LIST 'adtl'",
                "labl cue point 9, \"end\"",
                "cue 1 cue point",
                "cue point 9, at sample 8000, 1 s, \"end\"",
            ],
        ),
        (
            &[list(
                b"adtl",
                &[chunk(b"ltxt", &[&numbers(&[1, 80])[..], b"rgn ", &[0; 8], b"part"].concat())],
            )],
            &["LIST 'adtl'", "ltxt cue point 1, 80 samples, \"rgn \", \"part\""],
        ),
        (
            &[chunk(
                b"smpl",
                &numbers(&[0, 0, 0, 60, 0, 0, 0, 2, 0, 0, 0, 100, 200, 0, 0, 0, 1, 300, 400, 0, 5]),
            )],
            &[
                "smpl unity note 60, 2 loops",
                "loop forward, from sample 100, 0.0125 s, to sample 200",
                "loop alternating, from sample 300, 0.0375 s, to sample 400, 5 times",
            ],
        ),
        (
            &[chunk(b"inst", &[60, 0xFE, 3, 10, 20, 1, 127])],
            &["inst unity note 60, -2 cents, 3 dB, notes 10 to 20, velocities 1 to 127"],
        ),
        (
            &[chunk(
                b"acid",
                &[numbers(&[3, 60, 0, 8, 3 << 16 | 4]), 120.5_f32.to_le_bytes().to_vec()].concat(),
            )],
            &["acid one shot, root note 60, 8 beats, 3/4, 120.5 per minute"],
        ),
        (
            &[chunk(b"PEAK", &[numbers(&[1, 0]), 0.5_f32.to_le_bytes().to_vec(), numbers(&[800])].concat())],
            &["PEAK version 1", "channel 1, peak 0.5, at sample 800, 0.1 s"],
        ),
        (
            &[chunk(b"PEAK", &[numbers(&[1, 0]), f32::NAN.to_le_bytes().to_vec(), numbers(&[800])].concat())],
            &["PEAK version 1", "channel 1, peak 0, at sample 800, 0.1 s"],
        ),
        (&[chunk(b"bext", &bext())], &[BEXT]),
        (
            &[chunk(b"iXML", b"\xEF\xBB\xBF\r\n<?xml version=\"1.0\"?>\r\n<BWFXML/>")],
            &[r#"iXML "<?xml version=\"1.0\"?>""#],
        ),
        (&[chunk(b"_PMX", b"<?xpacket?>\n<x/>")], &["_PMX \"<?xpacket?>\""]),
        (&[chunk(b"id3 ", b"ID3\x03\0\0\0\0\0\0")], &["id3 ID3 2.3.0"]),
        (&[chunk(b"data", &vec![0; 119 * 8000])], &["data 59.5 s"]),
        (&[chunk(b"data", &vec![0; 121 * 8000])], &["data 60.5 s (1:00.5)"]),
        (&[chunk(b"data", &vec![0; 120 * 8000])], &["data 60 s (1:00)"]),
        (
            &[chunk(b"fact", &numbers(&[1])), chunk(b"CSET", &[0xE4, 4, 0, 0, 0, 0, 0, 0])],
            &["fact 1 sample", "CSET code page 1252"],
        ),
    ];
    for (chunks, expected) in cases {
        assert_eq!(wave(chunks), expected);
    }
    // A header without a block size. Then ADPCM, where fact counts more samples than the blocks can hold, or fewer.
    let header = |tag: u8, block: [u8; 2], bits: u8| {
        [&[tag, 0, 1, 0][..], &numbers(&[8000, 0]), &block, &[bits, 0]].concat()
    };
    let pcm = chunk(b"fmt ", &header(1, [0, 0], 16));
    assert_eq!(lines(&form(b"WAVE", &[pcm, chunk(b"data", &[0; 160])]))[1], "data 0.01 s");
    let adpcm = chunk(b"fmt ", &[header(2, [0, 1], 4), vec![4, 0, 0xF4, 1, 0, 0]].concat());
    for (samples, seconds) in
        [(1001, "0.125"), (1000, "0.125"), (900, "0.1125"), (u32::MAX, "0.125"), (0, "0.125")]
    {
        let chunks = [adpcm.clone(), chunk(b"fact", &numbers(&[samples])), chunk(b"data", &[0; 512])];
        assert_eq!(lines(&form(b"WAVE", &chunks))[2], format!("data {seconds} s"));
    }
    // As ffmpeg writes G.722: its average rate is too large, but 4 bits a sample hold what fact counts.
    let g722 = chunk(b"fmt ", &[&[0x8F, 2, 1, 0][..], &numbers(&[16000, 16000]), &[1, 0, 4, 0]].concat());
    for (samples, seconds) in [(16000, "1"), (16001, "0.5")] {
        let chunks = [g722.clone(), chunk(b"fact", &numbers(&[samples])), chunk(b"data", &[0; 8000])];
        assert_eq!(lines(&form(b"WAVE", &chunks))[2], format!("data {seconds} s"));
    }
    // Nothing is read of the chunk before.
    let tags = [chunk(b"id3 ", b"ID3\x03\0"), chunk(b"id3 ", b"")];
    assert_eq!(lines(&form(b"WAVE", &tags)), ["id3 ID3 2.3.0", "id3"]);
    // Hours; of a rate of 1 Hz.
    let slow = chunk(b"fmt ", &[&[1, 0, 1, 0][..], &numbers(&[1, 1]), &[1, 0, 8, 0]].concat());
    assert_eq!(lines(&form(b"WAVE", &[slow, chunk(b"data", &[0; 3661])]))[1], "data 3661 s (1:01:01)");
}

const BEXT: &str = "bext \"Rain\", by \"Me\", reference \"REF\", on \"2026-11-30\", at \"12:00:00\", first sample 12000, 1.5 s, \
    version 2, UMID 060A00000000000000000000000000000000000000000000000000000000..., -23 LUFS, 5.5 LU of range, \
    -1.23 dBTP, -20 LUFS short-term, history \"A=PCM\\x0D\\x0A\"";

#[test]
fn texts_are_utf8_or_windows_1252() {
    let info = |text: &[u8]| form(b"WAVE", &[list(b"INFO", &[chunk(b"INAM", text)])]);
    let cases: [(&[u8], &str, &str); 5] = [
        ("M\u{fc}ller".as_bytes(), "M\u{fc}ller", "M\u{fc}ller"),
        (b"M\xfcller", "M\u{fc}ller", "M\u{fc}ller"),
        (
            b"10 \x80 \x96 \x93a\x94",
            "10 \u{20ac} \u{2013} \u{201c}a\u{201d}",
            "10 \u{20ac} \u{2013} \u{201c}a\u{201d}",
        ),
        (b"\x81\xff", "\\xC2\\x81\u{ff}", "\u{81}\u{ff}"),
        ("a\u{85}b".as_bytes(), "a\\xC2\\x85b", "a\u{85}b"),
    ];
    for (text, shown, decoded) in cases {
        assert_lines(&info(text), &["LIST 'INFO'", &format!("INAM \"{shown}\"")]);
        let (_folder, path) = written("file", &info(text));
        let json = tool().run(["--json".as_ref(), path.as_os_str()]).is(0);
        assert_eq!(json.json()[0]["chunks"][0]["chunks"][0]["chunks"][0]["reading"]["text"], decoded);
        assert!(json.text().chars().all(|char| char == '\n' || !char.is_control()), "{:?}", json.text());
    }
}

#[test]
fn contents_of_other_forms() {
    let midi = [&b"MThd\0\0\0\x06\0\x01\0\x03\0\x60"[..], b"MTrk\0\0\0\0"].concat();
    assert_lines(
        &form(b"RMID", &[chunk(b"data", &midi)]),
        &["data MIDI format 1, 3 tracks, 96 ticks per quarter note"],
    );

    let lossy = chunk(b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a\x40\x01\xf0\x40rest");
    let lossless = chunk(b"VP8L", &[&[0x2F][..], &(319_u32 | 239 << 14).to_le_bytes()].concat());
    let frame = |inner: &[u8]| {
        let size = [&[4, 0, 0, 3, 0, 0][..], &[63, 1, 0, 239, 0, 0], &[100, 0, 0, 0]].concat();
        chunk(b"ANMF", &[&size, inner].concat())
    };
    let pictures = [
        chunk(b"VP8X", &[0x12, 0, 0, 0, 63, 1, 0, 239, 0, 0]),
        chunk(b"ANIM", &[0, 0, 0, 0, 0, 0]),
        frame(&[chunk(b"ALPH", &[1, 2]), lossy].concat()),
        frame(&lossless),
    ];
    let expected = [
        "VP8X 320x240, alpha, animated",
        "ANIM repeated for ever",
        "ANMF 320x240, at 8,6, 100 ms",
        "ALPH",
        "VP8 320x240, lossy",
        "ANMF 320x240, at 8,6, 100 ms",
        "VP8L 320x240, lossless",
    ];
    assert_lines(&form(b"WEBP", &pictures), &expected);

    let cursor = [&[0, 0, 2, 0, 1, 0, 32, 0, 0, 0, 5, 0, 6, 0][..], &[0; 8]].concat();
    let ani = [
        chunk(b"anih", &numbers(&[36, 2, 3, 32, 32, 0, 0, 10, 0])),
        chunk(b"rate", &numbers(&[10, 20, 30])),
        chunk(b"seq ", &numbers(&[0, 1, 0])),
        list(b"fram", &[chunk(b"icon", &cursor)]),
    ];
    let expected = [
        "anih 2 frames, 3 steps, 32x32, 10/60 s each",
        "rate 3 steps, 1 s",
        "seq 3 steps",
        "LIST 'fram'",
        "icon cursor, 32x256, hot spot 5,6",
    ];
    assert_lines(&form(b"ACON", &ani), &expected);
}

#[test]
fn contents_of_instruments() {
    let preset = |name: &[u8], bank: u8, program: u8| {
        let bytes = with(vec![0; 38], 0, name);
        with(with(bytes, 20, &[program]), 22, &[bank])
    };
    let phdr = [preset(b"Piano", 0, 1), preset(b"Drums", 128, 0), preset(b"EOP", 0, 0)].concat();
    assert_lines(
        &form(b"sfbk", &[list(b"pdta", &[chunk(b"phdr", &phdr)])]),
        &["LIST 'pdta'", "phdr 2 presets", "bank 0, preset 1, \"Piano\"", "bank 128, preset 0, \"Drums\""],
    );
    let ins = list(
        b"ins ",
        &[
            chunk(b"insh", &numbers(&[2, 0x8000_0201, 40])),
            list(b"INFO", &[chunk(b"INAM", b"Kit")]),
            list(b"rgn ", &[chunk(b"rgnh", &[1, 0, 60, 0, 0, 0, 127, 0, 0, 0, 0, 0])]),
        ],
    );
    let wsmp = chunk(b"wsmp", &numbers(&[20, 60, 0, 0, 1, 16, 0, 5, 100]));
    assert_lines(
        &form(
            b"DLS ",
            &[
                chunk(b"vers", &numbers(&[0x0001_0002, 0])),
                chunk(b"colh", &numbers(&[1])),
                list(b"lins", &[ins]),
                wsmp,
            ],
        ),
        &[
            "vers version 1.2.0.0",
            "colh 1 instrument",
            "LIST 'lins'",
            "LIST 'ins '",
            "insh bank 257, preset 40, drums, 2 regions",
            "LIST 'INFO'",
            "INAM \"Kit\"",
            "LIST 'rgn '",
            "rgnh notes 1 to 60, velocities 0 to 127",
            "wsmp unity note 60, 1 loop",
        ],
    );
}

#[test]
fn contents_of_avi_files() {
    let strh = |kind: &[u8; 4], scale, rate, length| {
        let bytes = with(vec![0; 56], 0, kind);
        chunk(b"strh", &with(bytes, 20, &numbers(&[scale, rate, 0, length])))
    };
    let bitmap = chunk(b"strf", &[&numbers(&[40, 64, 48])[..], &[1, 0, 24, 0], b"MJPG", &[0; 20]].concat());
    let record = |flags, size| [&b"00dc"[..], &numbers(&[flags, 4, size])].concat();
    let indx = [&[4, 0, 0, 0][..], &numbers(&[1]), b"00dc", &[0; 12]].concat();
    let avi = [
        list(b"hdrl", &[list(b"strl", &[strh(b"vids", 1, 25, 3000), bitmap, chunk(b"indx", &indx)])]),
        chunk(b"idx1", &[record(0x10, 100), record(0, 50)].concat()),
    ];
    assert_lines(
        &form(b"AVI ", &avi),
        &[
            "LIST 'hdrl'",
            "LIST 'strl'",
            "strh \"vids\", 25 per second, 3000 in all, 120 s (2:00)",
            "strf 64x48, 24 bits, \"MJPG\"",
            "indx \"00dc\", index of indexes, 1 record",
            "idx1 2 records, 1 key frame, 150 bytes",
        ],
    );
}

/// As `sox -B` writes them: numbers are big-endian.
#[test]
fn numbers_of_rifx_are_read_in_their_order() {
    let big = |code: &[u8; 4], data: &[u8]| [code, &(data.len() as u32).to_be_bytes()[..], data].concat();
    let fmt = [&[0, 1, 0, 2][..], &8000_u32.to_be_bytes(), &32000_u32.to_be_bytes(), &[0, 4, 0, 16]].concat();
    let cue: Vec<u8> = [1, 5, 80, 0, 0, 0, 80].into_iter().flat_map(u32::to_be_bytes).collect();
    let inner = [&b"WAVE"[..], &big(b"fmt ", &fmt), &big(b"data", &[0; 400]), &big(b"cue ", &cue)].concat();
    assert_lines(
        &big(b"RIFX", &inner),
        &[
            "fmt PCM, 2 channels, 8000 Hz, 16 bits",
            "data 0.0125 s",
            "cue 1 cue point",
            "cue point 5, at sample 80, 0.01 s",
        ],
    );
}

#[test]
fn records_are_items_in_json() {
    let bytes =
        form(b"WAVE", &[fmt(), chunk(b"cue ", &[numbers(&[2]), point(7, 4000), point(9, 8000)].concat())]);
    let (_folder, path) = written("file", &bytes);
    let json = tool().run(["--json".as_ref(), path.as_os_str()]).is(0).json();
    let reading = &json[0]["chunks"][0]["chunks"][1]["reading"];
    assert_eq!(
        reading,
        &serde_json::json!({"points": 2, "items": [
            {"point": 7, "position": 4000, "seconds": 0.5}, {"point": 9, "position": 8000, "seconds": 1}
        ]})
    );
}

/// Counts that are larger than the chunk, and records that the file does not have.
#[test]
fn records_end_with_their_chunk() {
    let cue = [numbers(&[u32::MAX]), point(1, 2), vec![0; 10]].concat();
    let bytes = form(b"WAVE", &[fmt(), chunk(b"cue ", &cue), chunk(b"data", &[0; 16])]);
    assert_eq!(lines(&bytes)[1..3], ["cue 4294967295 cue points", "cue point 1, at sample 2, 0.00025 s"]);
    let (_folder, path) = written("file", &bytes[..12 + 24 + 8 + 4 + 24 + 5]);
    assert_eq!(tool().run([&path]).is(1).lines().filter(|line| line.contains("at sample")).count(), 1);
}
