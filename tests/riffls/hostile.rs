//! Files with changed or random bytes: riffls terminates, and its JSON and XML are valid.

use crate::reader::{chunk, riff, written};
use crate::readings;
use crate::repair;
use crate::tool::{Tool, number_of_cases, tool};
use crate::{corpus, file};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The number of files on one command line.
const AT_ONCE: usize = 200;

/// Lists all files and prints their JSON. Some are drawn and repaired.
fn check_all(tool: &Tool, files: &[Vec<u8>]) {
    let dir = tempfile::tempdir().unwrap();
    for files in files.chunks(AT_ONCE) {
        let paths: Vec<PathBuf> =
            (0..files.len()).map(|number| dir.path().join(number.to_string())).collect();
        for (path, bytes) in paths.iter().zip(files) {
            fs::write(path, bytes).unwrap();
        }
        let json = tool.run([Path::new("--json")].into_iter().chain(paths.iter().map(PathBuf::as_path)));
        let status = json.at_most(2);
        let objects: Vec<Value> = json.objects();
        let reports: Vec<_> = objects.iter().map(file).collect();
        assert_eq!(reports.len(), files.len());
        assert_eq!(
            tool.run(&paths).is(status).quiet().lines().filter(|line| line == HEAD).count(),
            files.len()
        );
        let checked =
            tool.run(["-c", "-q"].map(Path::new).into_iter().chain(paths.iter().map(PathBuf::as_path)));
        checked.at_most(3);
        assert_eq!(checked.quiet().lines().count(), files.len());
        for path in paths.iter().step_by(20) {
            let svg = tool.run([Path::new("--svg"), Path::new("-"), path]);
            svg.at_most(2);
            svg.xml();
            repair::is_final(tool, path);
        }
    }
}

const HEAD: &str = "    offset       size  chunk";

#[test]
fn the_whole_corpus_is_reported() {
    let mut paths: Vec<_> = fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 50);
    check_all(tool(), &paths.iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>());
}

#[test]
fn no_byte_makes_it_fail() {
    let mut files = Vec::new();
    for name in ["hand-cue-adtl.wav", "hand-deep.riff", "one.sf2", "sox-6-channels.wav", "hand-two-riffs.avi"]
    {
        let bytes = fs::read(corpus().join(name)).unwrap();
        for index in 0..bytes.len().min(300) {
            for change in [0x01, 0x80, 0xFF, bytes[index]] {
                let mut file = bytes.clone();
                file[index] ^= change;
                files.push(file);
            }
        }
    }
    // Records, frames and tables: a change of each byte.
    for bytes in readings::samples() {
        for index in 0..bytes.len() {
            let mut file = bytes.clone();
            file[index] ^= [0x01, 0x80, 0xFF][index % 3];
            files.push(file);
        }
    }
    let step = files.len() / number_of_cases(files.len() as u32) as usize;
    check_all(tool(), &files.into_iter().step_by(step).collect::<Vec<_>>());
}

#[test]
fn random_bytes_do_not_make_it_fail() {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["RIFF", "LIST", "data", "fmt ", "INFO", "strh", "strf", "ds64", "RF64", "WAVE"])
            .prop_map(|code| code.as_bytes().to_vec()),
        3 => (0..100_u32).prop_map(|size| size.to_le_bytes().to_vec()),
        1 => any::<u32>().prop_map(|size| size.to_le_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..50),
    ];
    let bytes = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    let file = (any::<bool>(), bytes).prop_map(|(is_riff, bytes)| match is_riff {
        true => [b"RIFF\xFF\xFF\xFF\xFFFORM".to_vec(), bytes].concat(),
        false => bytes,
    });
    let mut runner = TestRunner::default();
    let files: Vec<_> =
        (0..number_of_cases(1000)).map(|_| file.new_tree(&mut runner).unwrap().current()).collect();
    check_all(tool(), &files);
}

/// What was searched in vain is not searched again: each of these chunks may have been the beginning of a damage.
#[test]
fn damage_costs_no_more_than_its_size() {
    const COUNT: usize = 200_000;
    let bytes = riff(&b"\xFF\xFF\xFF\xFF\0\0\0\0".repeat(COUNT));
    let (_folder, path) = written("odd", &bytes);
    let more = format!(" (and {} more)\n", COUNT - 1);
    for finding in [tool().run(["-q".as_ref(), path.as_os_str()]), tool().with_pipe(["-q", "-"], &bytes)] {
        let line = finding.is(1).text();
        assert!(line.contains(": code at 12: ") && line.ends_with(&more), "{line}");
    }
}

/// Those behind the RIFF are looked at ahead, one by one.
#[test]
fn any_number_of_chunks_lies_outside() {
    const COUNT: usize = 20_000;
    let (_folder, path) = written("outside", &[riff(b""), chunk(b"user", b"abcd").repeat(COUNT)].concat());
    let list = tool().run([&path]).is(1).text();
    assert_eq!(list.matches(" outside: ").count(), COUNT);
    assert_eq!(list.matches(" !! ").count(), COUNT);
}
