//! Tests of riffls, the tool in `tools/riffls/`, compiled as C99 and as C++17: reports on random files, with one
//! fault and without; files with changed and random bytes; the output for some files of the corpus. docs/contract.md,
//! part 6, has the rules of RIFF.
//!
//! `MMSYSTEM_UPDATE_GOLDEN=1` writes the output for the corpus into `golden/`.

mod check;
mod damaged;
mod handling;
mod hostile;
mod model;
mod reader;
mod readings;
mod repair;
mod schema;
mod sizes;
mod tool;
#[path = "../toolchain/mod.rs"]
mod toolchain;

use model::{Content, Damage, Node, Quirk, Report, damaged};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tool::{Tool, cpp_tool, number_of_cases, tool};

fn corpus() -> PathBuf {
    toolchain::root().join("tests/corpus")
}

// ---- JSON

fn code(value: &Value) -> model::Code {
    let bytes: Vec<u8> = value.as_str().unwrap().chars().map(|char| u8::try_from(char).unwrap()).collect();
    bytes.try_into().unwrap()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn faults(value: &Value) -> Vec<(String, usize)> {
    let each = value.as_array().into_iter().flatten();
    each.map(|fault| (fault["kind"].as_str().unwrap().into(), number(&fault["offset"]))).collect()
}

fn chunks(value: &Value) -> Vec<Report> {
    value.as_array().into_iter().flatten().map(chunk).collect()
}

fn chunk(value: &Value) -> Report {
    Report {
        code: code(&value["id"]),
        kind: value.get("type").map(code),
        offset: number(&value["offset"]),
        size: u32::try_from(number(&value["size"])).unwrap(),
        is_streamed: value.get("streamed").is_some(),
        end: number(&value["end"]),
        chunks: chunks(&value["chunks"]),
        faults: faults(&value["faults"]),
    }
}

fn file(value: &Value) -> Report {
    Report {
        chunks: chunks(&value["chunks"]),
        end: number(&value["size"]),
        faults: faults(&value["faults"]),
        ..Report::default()
    }
}

fn has_faults(report: &Report) -> bool {
    !report.faults.is_empty() || report.chunks.iter().any(has_faults)
}

/// Removes what differs in the report on a stream: the name, and the size, which is missing if the stream was not
/// read to its end.
fn of_a_stream(mut value: Value) -> Value {
    let object = value[0].as_object_mut().unwrap();
    object.remove("path");
    object.remove("size");
    value
}

// ---- random files

/// All checks of one file.
fn check(tool: &Tool, bytes: &[u8], report: &Report) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, bytes).unwrap();

    let is_riff = !report.faults.iter().any(|(kind, _)| ["not-riff", "wave64"].contains(&kind.as_str()));
    let status = if is_riff { i32::from(has_faults(report)) } else { 2 };
    let json = tool.run(["--json".as_ref(), path.as_os_str()]).is(status).json();
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(&file(&json[0]), report);
    let list = tool.run([&path]).is(status);
    assert_eq!(list.lines().filter(|line| line.contains(" !! ")).count(), count(report));

    for finding in [tool.with_file(["--json", "-"], &path), tool.with_pipe(["--json", "-"], bytes)] {
        assert_eq!(of_a_stream(finding.is(status).json()), of_a_stream(json.clone()));
    }
    assert_eq!(tool.with_pipe(["-"], bytes).is(status).out, list.out);

    let svg = tool.run(["--svg".as_ref(), "-".as_ref(), path.as_os_str()]).is(status);
    svg.xml();
    if is_riff && !report.chunks.is_empty() {
        repair::check(tool, &path, report, status == 0);
    }
    for chunk in &report.chunks {
        extract_all(tool, &path, bytes, std::slice::from_ref(chunk), chunk.code == *b"RIFX");
    }
}

fn count(report: &Report) -> usize {
    report.faults.len() + report.chunks.iter().map(count).sum::<usize>()
}

/// Extracts the first chunk and the last, and the chunks that contain it.
fn extract_all(tool: &Tool, path: &Path, bytes: &[u8], chunks: &[Report], is_big_endian: bool) {
    for (index, chunk) in chunks.iter().enumerate() {
        if index > 0 && index + 1 < chunks.len() {
            continue;
        }
        let offset = if index % 2 == 0 { chunk.offset.to_string() } else { format!("0x{:x}", chunk.offset) };
        let out = tool.run(["-x".as_ref(), offset.as_ref(), "-".as_ref(), path.as_os_str()]);
        let end = chunk.end.min(bytes.len());
        let data = chunk.offset + 8;
        let is_cut = chunk.end > bytes.len() || chunk.faults.iter().any(|(kind, _)| kind == "past-parent");
        let mut expected = bytes[data..end].to_vec();
        if chunk.kind.is_some() {
            let size = u32::try_from(expected.len()).unwrap();
            expected =
                [&bytes[chunk.offset..chunk.offset + 4], &model::size_bytes(size, is_big_endian), &expected]
                    .concat();
            if expected.len() % 2 != 0 {
                expected.push(0);
            }
        }
        assert_eq!(out.is(i32::from(is_cut)).out, expected, "chunk at {}", chunk.offset);
        extract_all(tool, path, bytes, &chunk.chunks, is_big_endian);
    }
}

fn check_random(tool: &Tool, cases: u32) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let files = (model::file(), model::damage());
    let result = TestRunner::new(config).run(&files, |(nodes, damage)| {
        let (bytes, report) = damaged(nodes, &damage).ok_or_else(|| TestCaseError::reject("harmless"))?;
        check(tool, &bytes, &report);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn random_files_are_reported() {
    check_random(tool(), number_of_cases(100));
}

#[test]
fn random_files_are_reported_by_the_tool_in_cpp() {
    if let Some(tool) = cpp_tool() {
        check_random(&tool, number_of_cases(16));
    }
}

/// Each fault, without random choices.
#[test]
fn each_fault_is_reported() {
    let leaf =
        |code: &[u8; 4], data: &[u8]| Node { code: *code, content: Content::Data(data.into()), quirk: None };
    let list = |code: &[u8; 4], kind: &[u8; 4], inner: Vec<Node>| Node {
        code: *code,
        content: Content::List(*kind, inner),
        quirk: None,
    };
    let inner = list(b"LIST", b"MORE", vec![leaf(b"ODD ", b"abc"), leaf(b"EVEN", b"abcd")]);
    let whole = vec![list(b"RIFF", b"FORM", vec![leaf(b"ONE ", b"a"), inner, leaf(b"LAST", b"xyz")])];
    let quirks = [
        Quirk::NoPad,
        Quirk::PastParent(1),
        Quirk::PastParent(u32::MAX),
        Quirk::Trailing(b"rest".to_vec()),
        Quirk::NoType(2),
        Quirk::Code(1, 0xFF),
        Quirk::Streamed,
        Quirk::NoSize,
    ];
    for quirk in quirks {
        for index in 0..number_of_cases(4) as usize {
            let (bytes, report) = damaged(whole.clone(), &Damage::Chunk(quirk.clone(), index)).unwrap();
            assert_eq!(count(&report), usize::from(quirk != Quirk::Streamed), "{quirk:?}");
            check(tool(), &bytes, &report);
        }
    }
    let step = 20 / number_of_cases(20) as usize;
    let length = damaged(whole.clone(), &Damage::None).unwrap().0.len();
    for index in (0..length - 8).step_by(step) {
        let (bytes, report) = damaged(whole.clone(), &Damage::Truncated(index)).unwrap();
        assert_eq!((bytes.len(), count(&report)), (8 + index, 1));
        check(tool(), &bytes, &report);
    }
}
