//! Options of riffls: chunks by name, `-q`, `-r`, `--hex-dump`, JSON lines, colours, and the exit status.

use crate::corpus;
use crate::reader::{chunk, list, read_terminal, riff, terminal, written};
use crate::tool::{finish, tool};
use std::fs;
use std::path::Path;

/// Two lists with a text each, and chunks whose codes have a blank or are digits.
fn named() -> Vec<u8> {
    let info = list(b"INFO", &[chunk(b"IART", b"artist"), chunk(b"INAM", b"name")]);
    let other = list(b"adtl", &[chunk(b"IART", b"other"), chunk(b"00dc", b"frame")]);
    riff(&[other, info, chunk(b"cue ", b"\0\0\0\0"), chunk(b"data", b"bytes")].concat())
}

#[test]
fn a_chunk_has_a_code_and_a_path() {
    let (_folder, path) = written("named", &named());
    let name = path.to_str().unwrap();
    let extract = |selector: &str| tool().run(["-x", selector, "-", name]);
    for (selector, expected) in [
        ("data", &b"bytes"[..]),
        ("TEST/data", b"bytes"),
        ("RIFF/data", b"bytes"),
        ("RIFF/TEST/data", b"bytes"),
        ("cue", b"\0\0\0\0"),
        ("cue ", b"\0\0\0\0"),
        ("00dc", b"frame"),
        // The first of several.
        ("IART", b"other"),
        ("INFO/IART", b"artist"),
        ("LIST/INFO/IART", b"artist"),
        ("TEST/LIST/INFO/IART", b"artist"),
        ("RIFF/INFO/IART", b"artist"),
        ("24", b"other"),
        ("0x18", b"other"),
    ] {
        assert_eq!(extract(selector).is(0).quiet().out, expected, "{selector}");
    }
    // A list is written as a file.
    let info = extract("INFO").is(0).out;
    assert_eq!((&info[..4], &info[8..16]), (&b"LIST"[..], &b"INFOIART"[..]));
    assert_eq!(extract("TEST").is(0).out, named());
    assert_eq!(tool().with_pipe(["-x", "INFO/IART", "-", "-"], &named()).is(0).out, b"artist");
    for missing in ["nope", "INFO/data", "data/TEST", "INFO/LIST/IART", "IAR"] {
        let finding = extract(missing).is(2);
        assert_eq!(finding.errors(), format!("riffls: {name}: there is no chunk {missing}\n"));
    }
    for wrong in ["", "longer", "a//b", "/data", "data/", "123456789012345678901234", "12345x"] {
        assert!(extract(wrong).is(2).errors().starts_with("riffls: CHUNK must be an offset"), "{wrong}");
    }
}

#[test]
fn bytes_are_dumped_in_hexadecimal() {
    let bytes = riff(&[chunk(b"ONE ", b"0123456789abcdef\x00\xff"), chunk(b"TWO ", b"x")].concat());
    let (_folder, path) = written("dumped", &bytes);
    let name = path.to_str().unwrap();
    let dump = |place: &str| tool().run(["--hex-dump", place, name]);
    let whole = "0000000c  4f 4e 45 20 12 00 00 00  30 31 32 33 34 35 36 37  |ONE ....01234567|\n\
                 0000001c  38 39 61 62 63 64 65 66  00 ff                    |89abcdef..|\n";
    for place in ["12", "0xc", "ONE", "TEST/ONE"] {
        assert_eq!(dump(place).is(0).quiet().text(), whole);
    }
    // An offset inside a chunk, up to its end; one inside the header of a RIFF, up to the end of the header; a whole
    // RIFF.
    assert_eq!(
        dump("36").is(0).text().trim_end(),
        "00000024  00 ff                                             |..|"
    );
    assert_eq!(
        dump("10").is(0).text().trim_end(),
        "0000000a  53 54                                             |ST|"
    );
    let riff = dump("0").is(0);
    assert_eq!(riff.lines().count(), bytes.len().div_ceil(16));
    for (place, why) in [("48", "no chunk begins at offset 48"), ("NONE", "there is no chunk NONE")] {
        assert_eq!(dump(place).is(2).errors(), format!("riffls: {name}: {why}\n"));
    }
    // A list of 40 bytes, with chunks after it.
    let (_other_folder, other) = written("named", &named());
    let list = tool().run(["--hex-dump", "12", other.to_str().unwrap()]).is(0);
    assert_eq!(list.lines().count(), 3);
    // A RIFF whose size is too small.
    fs::write(&path, [&bytes[..4], &(bytes.len() as u32 - 10).to_le_bytes(), &bytes[8..]].concat()).unwrap();
    assert!(dump("TEST").is(0).lines().skip(1).eq(riff.lines().skip(1)));
    // Bytes behind the last chunk, and from a pipe.
    fs::write(&path, [&bytes[..], b"rest"].concat()).unwrap();
    assert_eq!(
        dump("48").is(0).text().trim_end(),
        "00000030  72 65 73 74                                       |rest|"
    );
    assert_eq!(tool().with_pipe(["--hex-dump", "ONE", "-"], &bytes).is(0).text(), whole);
}

#[test]
fn quiet_is_a_line_for_each_file() {
    let name = |name: &str| corpus().join(name);
    let paths =
        ["hand-plain.wav", "hand-two-riffs.avi", "hand-truncated-in-data.wav", "hand-no-riff.bin"].map(name);
    let lines: Vec<_> = tool()
        .run(["-q".as_ref(), paths[0].as_path(), &paths[1], &paths[2], &paths[3]])
        .is(2)
        .quiet()
        .lines()
        .collect();
    let expected = [
        format!("{}: WAVE, 0.0025 s: no fault", paths[0].display()),
        format!("{}: WAVE, 0.0025 s: no fault", paths[1].display()),
        format!(
            "{}: WAVE, 0.001 s: truncated at 60: the file ends here, 24 bytes before the chunk does",
            paths[2].display()
        ),
        format!("{}: not-riff at 0: it does not begin with RIFF", paths[3].display()),
    ];
    assert_eq!(lines, expected);
    // One that is wrong comes before one that is doubtful.
    let (_folder, path) = written("two", &riff(&[chunk(b"fact", b""), chunk(b"cue ", b"")].concat()));
    assert!(tool().run(["-q".as_ref(), path.as_os_str()]).is(1).text().ends_with(" (and 1 more)\n"));
    assert!(tool().run(["-q", "is-not-there"]).is(2).text().is_empty());
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("b/deep")).unwrap();
    let good = riff(&chunk(b"data", b"abcd"));
    for name in ["b/deep/one.bin", "a.wav", "c.dat"] {
        fs::write(at(name), &good).unwrap();
    }
    fs::write(at("b/notes.txt"), "no RIFF").unwrap();
    std::os::unix::fs::symlink(folder.path(), at("b/circle")).unwrap();
    std::os::unix::fs::symlink(at("c.dat"), at("b/link")).unwrap();
    let run = |options: &[&str]| tool().run(options.iter().copied().chain([folder.path().to_str().unwrap()]));
    let names = |text: &str| -> Vec<String> {
        let start = folder.path().to_str().unwrap();
        text.lines().map(|line| line[start.len() + 1..].split(':').next().unwrap().into()).collect()
    };
    assert_eq!(names(&run(&["-qr"]).is(0).quiet().text()), ["a.wav", "b/deep/one.bin", "b/link", "c.dat"]);
    let json = run(&["-rj"]).is(0).objects();
    assert_eq!(json.len(), 4);
    assert_eq!(json[3]["path"], at("c.dat").to_str().unwrap());
    let list = run(&["-r"]).is(0).text();
    assert!(list.starts_with(&format!("{}\n", at("a.wav").display())), "{list}");
    // A file with the name of a RIFF file that is none is reported; so is a folder without -r.
    fs::write(at("b/false.WAV"), "no RIFF").unwrap();
    assert!(run(&["-qr"]).is(2).text().contains("b/false.WAV: not-riff at 0"));
    assert!(run(&["-q"]).is(2).text().is_empty());
    // A file may be given with -r.
    tool().run(["-r".as_ref(), at("a.wav").as_os_str()]).is(0);
    tool().run(["-r", "is-not-there"]).is(2);
}

/// Its path is too long. The folders around it can be read, and are not reported.
#[test]
fn a_folder_that_cannot_be_read_is_reported_once() {
    let folder = tempfile::tempdir().unwrap();
    // No path may be so long: one half is moved into the other.
    let half =
        |name: &str| folder.path().join(name).join(["d"; 9].map(|letter| letter.repeat(250)).join("/"));
    fs::create_dir_all(half("one")).unwrap();
    fs::create_dir_all(half("two")).unwrap();
    fs::rename(folder.path().join("two"), half("one").join("two")).unwrap();
    fs::write(folder.path().join("e.wav"), riff(&chunk(b"data", b"abcd"))).unwrap();
    let finding = tool().run(["-qr", folder.path().to_str().unwrap()]).is(2);
    assert_eq!(finding.lines().count(), 1, "{}", finding.text());
    assert_eq!(finding.errors().lines().count(), 1, "{}", finding.errors());
    assert!(finding.errors().ends_with(" too long\n"), "{}", finding.errors());
}

#[test]
fn json_of_several_files_is_a_line_for_each() {
    let good = corpus().join("hand-cue-adtl.wav");
    let name = good.to_str().unwrap();
    let one = tool().run(["--json", name]).is(0);
    assert!(one.text().starts_with("[{\"path\"") && one.lines().count() > 5);
    for line in [&["--json", name, name][..], &["--json-lines", name, name]] {
        let several = tool().run(line).is(0);
        assert_eq!(several.lines().count(), 2);
        assert_eq!(several.objects(), [one.json()[0].clone(), one.json()[0].clone()]);
    }
    assert_eq!(tool().run(["--json-lines", name]).is(0).lines().count(), 1);
    let missing = tool().run(["--json", "is-not-there", name]).is(2);
    assert_eq!(missing.objects()[0]["path"], "is-not-there");
}

#[test]
fn the_exit_status_is_that_of_the_worst_file() {
    let folder = tempfile::tempdir().unwrap();
    let fmt = [&[1, 0, 1, 0, 64, 31, 0, 0, 128, 62, 0, 0, 2, 0, 16, 0][..]].concat();
    let wave =
        |data: &[u8]| chunk(b"RIFF", &[&b"WAVE"[..], &chunk(b"fmt ", &fmt), &chunk(b"data", data)].concat());
    let files = [
        ("fine", wave(b"abcd"), 0),
        ("doubtful", wave(b"abc"), 3),
        ("broken", wave(b"abcd")[..46].to_vec(), 1),
        ("none", b"text".to_vec(), 2),
        ("empty", Vec::new(), 2),
    ];
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_string();
    for (name, bytes, status) in &files {
        fs::write(path(name), bytes).unwrap();
        for option in ["-c", "-cq", "-cj"] {
            tool().run([option, &path(name)]).is(*status);
        }
    }
    tool().run([path("doubtful")]).is(0);
    tool().run(["-c", "--svg", "-", &path("doubtful")]).is(3).xml();
    for (one, other, status) in [
        ("fine", "doubtful", 3),
        ("doubtful", "broken", 1),
        ("broken", "doubtful", 1),
        ("doubtful", "none", 2),
        ("broken", "empty", 2),
    ] {
        tool().run(["-c", &path(one), &path(other)]).is(status);
    }
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    let file = corpus().join("hand-plain.wav");
    let name = file.to_str().unwrap();
    let lines: [&[&str]; 9] = [
        &["-q", "--json", name],
        &["-q", "--hex-dump", "0", name],
        &["-x", "0", "out", "--hex-dump", "0", name],
        &["-c", "-x", "0", "out", name],
        &["-c", "--hex-dump", "0", name],
        &["-r", "--svg", "out", name],
        &["--hex-dump", "0", name, name],
        &["-qX", name],
        &["--hex-dump", "long name", name],
    ];
    for line in lines {
        let finding = tool().run(line).is(2);
        assert!(finding.errors().contains("\nusage: riffls ") && finding.out.is_empty(), "{line:?}");
    }
}

/// Runs riffls with a terminal as standard output. Returns what it prints there.
fn on_a_terminal(variables: &[(&str, &str)], path: &Path) -> String {
    let (ours, theirs) = terminal();
    let reader = read_terminal(ours);
    let mut command = tool().command([path]);
    command.env_remove("NO_COLOR").env("TERM", "xterm").envs(variables.iter().copied());
    finish(command.stdout(theirs).spawn().unwrap()).is(1);
    // The command keeps the other side open.
    drop(command);
    reader.join().unwrap()
}

#[test]
fn a_terminal_has_colours_unless_they_are_not_wanted() {
    let path = corpus().join("hand-truncated-in-data.wav");
    let coloured = on_a_terminal(&[], &path);
    assert!(coloured.contains("\x1b[31m!!") && coloured.contains("\x1b[0m"), "{coloured:?}");
    assert_eq!(on_a_terminal(&[("NO_COLOR", "")], &path), coloured);
    for variable in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let plain = on_a_terminal(&[variable], &path);
        assert!(plain.contains("!!") && !plain.contains('\x1b'), "{plain:?}");
    }
    assert!(!tool().run([&path]).is(1).text().contains('\x1b'));
}
