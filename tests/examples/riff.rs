//! Examples that read and write RIFF files (docs/contract.md, part 6).

use crate::*;

pub fn chunk(code: &str, data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len()).unwrap();
    let pad = vec![0; data.len() % 2];
    [code.as_bytes(), &size.to_le_bytes(), data, &pad].concat()
}

pub fn wave(rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    let bytes = bits / 8;
    let mut format = [1_u16, 1].map(u16::to_le_bytes).concat();
    format.extend([rate, rate * u32::from(bytes)].map(u32::to_le_bytes).concat());
    format.extend([bytes, bits].map(u16::to_le_bytes).concat());
    chunk("RIFF", &[b"WAVE".to_vec(), chunk("fmt ", &format), chunk("data", data)].concat())
}

pub fn samples(samples: impl IntoIterator<Item = i16>) -> Vec<u8> {
    samples.into_iter().flat_map(i16::to_le_bytes).collect()
}

/// A file that ffmpeg made.
fn ffmpeg() -> Vec<u8> {
    fs::read(toolchain::root().join("examples/ffmpeg.wav")).unwrap()
}

fn number(bytes: &[u8]) -> usize {
    u32::from_le_bytes(bytes[..4].try_into().unwrap()).try_into().unwrap()
}

/// The lines of the chunks from `at` to `end`.
pub fn lines(bytes: &[u8], mut at: usize, end: usize, indent: &str) -> String {
    let mut text = String::new();
    while at < end {
        let (code, size) = (String::from_utf8_lossy(&bytes[at..at + 4]), number(&bytes[at + 4..]));
        text += &format!("{at:10} {size:10}  {indent}{code}");
        if code == "RIFF" || code == "LIST" {
            text += &format!(" '{}'\n", String::from_utf8_lossy(&bytes[at + 8..at + 12]));
            text += &lines(bytes, at + 12, at + 8 + size, &format!("  {indent}"));
        } else {
            text += "\n";
        }
        at += 8 + size + size % 2;
    }
    text
}

/// What `list` prints of a file.
fn listed(bytes: &[u8]) -> String {
    format!("    offset       size  chunk\n{}", lines(bytes, 0, bytes.len(), ""))
}

pub fn list(example: &Example) {
    let text = |arguments: &[&str]| String::from_utf8(example.run(arguments)).unwrap();
    example.put("ffmpeg.wav", &ffmpeg());
    assert_eq!(text(&["ffmpeg.wav"]), listed(&ffmpeg()));
    // Several RIFF chunks, as in a large AVI file, and data of odd sizes.
    let two = [wave(8000, 8, b"odd"), wave(8000, 8, b"even")].concat();
    example.put("two", &two);
    assert_eq!(text(&["two"]), listed(&two));
    // A size beyond the end, and a code with control characters.
    example.put("wrong", b"RIFF\xff\xff\xff\x7fWAVE\x1b[2\xff\x00\x00\x00\x40");
    let rows = "         0 2147483647  RIFF 'WAVE'\n        12 1073741824    ?[2?\n";
    assert_eq!(text(&["wrong"]), format!("    offset       size  chunk\n{rows}"));
    // Nested deeper than a stack allows.
    let mut deep = b"RIFF\xff\xff\xff\xffWAVE".to_vec();
    (0..200_000).for_each(|_| deep.extend(b"LIST\xff\xff\xff\xffdeep"));
    example.put("deep", &deep);
    assert!(text(&["deep"]).lines().count() < 100);

    example.put("empty", b"");
    example.put("text", b"This is no RIFF file.");
    assert_eq!(text(&["empty"]), listed(b""));
    example.fail(&["text"], "text", INVALID_FILE);
    example.put("trailing", &[&two[..], b"what nobody wrote"].concat());
    example.fail(&["trailing"], "trailing", INVALID_FILE);
    example.fail(&["missing"], "missing", FILE_NOT_FOUND);
    example.fail(&["missing/file"], "missing/file", PATH_NOT_FOUND);
    example.show_usage();
}

pub fn record(example: &Example) {
    assert_eq!(example.run(&["tone.wav"]), b"");
    // From -11025 up to 11025 and down again, 440 times.
    let tone =
        (0..44_100).map(|time| i16::try_from((time * 440 % 44_100 - 22_050_i32).abs() - 11_025).unwrap());
    assert!(example.get("tone.wav") == wave(44_100, 16, &samples(tone)));
    example.fail(&["missing/tone.wav"], "missing/tone.wav", PATH_NOT_FOUND);
    example.fail_when_full(&["/dev/full"], "/dev/full");
    example.show_usage();
}

/// Below 4 GiB it is a RIFF, with the space for the sizes that it did not need.
pub fn record64(example: &Example) {
    let shown = String::from_utf8(example.run(&["tone.wav", "1"])).unwrap();
    assert_eq!(shown, "1048576 bytes of samples from 128 on, 5.5 seconds\n");
    let junk = chunk("JUNK", &[0; 76]);
    let plain = wave(48_000, 16, &[]);
    let file = example.get("tone.wav");
    assert_eq!((&file[..4], &file[8..12]), (&plain[..4], &plain[8..12]));
    assert_eq!(file[12..96], junk);
    assert_eq!(file[120..128], *b"data\0\0\x10\0");
    assert_eq!(file.len(), 128 + (1 << 20));
    example.fail(&["missing/tone.wav", "1"], "missing/tone.wav", PATH_NOT_FOUND);
    example.fail_when_full(&["/dev/full", "1"], "/dev/full");
    example.show_usage();
}

pub fn peak(example: &Example) {
    let text = |name: &str, bytes: &[u8]| {
        example.put(name, bytes);
        String::from_utf8(example.run(&[name])).unwrap()
    };
    let file = ffmpeg();
    let data = file.windows(4).position(|code| code == b"data").unwrap() + 4;
    let count = number(&file[data..]) / 2;
    let of_file =
        file[data + 4..].chunks(2).take(count).map(|bytes| i16::from_le_bytes([bytes[0], bytes[1]]));
    let highest = of_file.map(i16::unsigned_abs).max().unwrap();
    let format = "format 1, 1 channel(s), 8000 Hz, 16 bits\n";
    assert_eq!(text("a.wav", &file), format!("{format}{count} samples of 16 bits, peak {highest}\n"));
    // The lowest sample, beyond several buffers; and no samples.
    let long = wave(8000, 16, &samples((0..30_000).chain([i16::MIN, 5])));
    assert_eq!(text("b.wav", &long), format!("{format}30002 samples of 16 bits, peak 32768\n"));
    assert_eq!(text("c.wav", &wave(8000, 16, b"")), format!("{format}0 samples of 16 bits, peak 0\n"));
    // Bytes behind the chunk and half a sample do not count. A file that is cut off has the samples that are left.
    let odd = [wave(8000, 16, b"\x01\x00\x02\x00\xff"), samples([i16::MAX])].concat();
    assert_eq!(text("d.wav", &odd), format!("{format}2 samples of 16 bits, peak 2\n"));
    assert_eq!(text("e.wav", &long[..44 + 20_001]), format!("{format}10000 samples of 16 bits, peak 9999\n"));

    example.put("8bits.wav", &wave(8000, 8, b"12"));
    example.put("none.wav", &chunk("RIFF", b"WAVE"));
    example.put(
        "short.wav",
        &chunk("RIFF", &[b"WAVE".to_vec(), chunk("fmt ", &[1, 0]), chunk("data", &[0; 20])].concat()),
    );
    example.fail(&["8bits.wav"], "8bits.wav", NOT_SUPPORTED);
    example.fail(&["none.wav"], "none.wav", CHUNK_NOT_FOUND);
    example.fail(&["short.wav"], "short.wav", CANNOT_READ);
    example.fail(&["missing"], "missing", FILE_NOT_FOUND);
    example.show_usage();
}

pub fn memory(example: &Example) {
    let beep: Vec<_> = [[96; 8], [160; 8]].concat().into_iter().cycle().take(2000).collect();
    let file = wave(8000, 8, &beep);
    let printed = format!("a WAV of {0} bytes, in {0} bytes of memory\n", file.len());
    assert_eq!(String::from_utf8(example.run(&["beep.wav"])).unwrap(), printed);
    assert!(example.get("beep.wav") == file);
    example.fail(&["missing/beep.wav"], "missing/beep.wav", CANNOT_OPEN);
    example.fail_when_full(&["/dev/full"], "/dev/full");
    example.show_usage();
}
