//! Programs of `c-tests/traced/`, and their trace.

use crate::toolchain::{self, Build, C99};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Environment variable: the trace of all_calls.c is written to all_calls.txt before it is compared.
pub const UPDATE: &str = "MMSYSTEM_UPDATE_TRACES";

pub fn dir() -> PathBuf {
    toolchain::root().join("c-tests/traced")
}

/// A program in a directory of its own.
pub struct Program {
    pub dir: TempDir,
}

impl Program {
    pub fn new(name: &str) -> Program {
        Program::build(name, C99)
    }

    pub fn build(name: &str, build: Build) -> Program {
        let dir = tempfile::tempdir().unwrap();
        let source = self::dir().join(name).with_extension("c");
        build.program(&[source], &[], &[], &dir.path().join("program")).unwrap();
        Program { dir }
    }

    /// The command that runs it with these environment variables.
    pub fn command(&self, variables: &[(&str, &str)]) -> Command {
        let mut command = toolchain::runner(&self.dir.path().join("program"));
        command.current_dir(self.dir.path()).stdin(Stdio::null());
        command
            .env_remove("MMSYSTEM_TRACE")
            .env_remove("MMSYSTEM_TRACE_FILTER")
            .envs(variables.iter().copied());
        command
    }

    /// Runs it. Returns its output.
    pub fn run(&self, variables: &[(&str, &str)]) -> Output {
        let output = self.command(variables).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        output
    }

    /// Runs it, and returns its trace without the heading.
    pub fn trace(&self, filter: &str) -> String {
        self.trace_with(filter, &[])
    }

    /// The same with more environment variables.
    pub fn trace_with(&self, filter: &str, more: &[(&str, &str)]) -> String {
        let file = self.path("trace");
        let _ = fs::remove_file(&file);
        self.run(&[&[("MMSYSTEM_TRACE", "trace"), ("MMSYSTEM_TRACE_FILTER", filter)], more].concat());
        let text = fs::read_to_string(&file).unwrap();
        let (heading, rest) = text.split_once('\n').unwrap();
        assert!(heading.starts_with("--- mmsystem ") && heading.contains(", process "), "{heading}");
        rest.into()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

/// Splits a line into its thread, its indentation and its text.
pub fn parts(line: &str) -> (u64, usize, &str) {
    let (thread, rest) = line.trim_start().split_once(' ').unwrap_or_else(|| panic!("{line}"));
    let text = rest.trim_start();
    (thread.parse().unwrap_or_else(|_| panic!("{line}")), rest.len() - text.len(), text)
}

/// The trace with names for what differs in each run: the n-th address is `ADDRESS-n`, the directory is `FOLDER`.
pub fn steady(trace: &str, dir: &Path) -> String {
    let mut addresses: Vec<String> = Vec::new();
    let mut out = String::new();
    let dir = dir.canonicalize().unwrap();
    for line in trace.lines() {
        let (_, depth, text) = parts(line);
        let text = text.replace(dir.to_str().unwrap(), "FOLDER");
        // The column of the results depends on the length of addresses.
        let (call, result) = text.split_once(" = ").unwrap_or((&text, ""));
        let text = format!("{}{} = {result}", " ".repeat(depth), call.trim_end());
        let mut pieces = text.split("0x");
        out += pieces.next().unwrap();
        for piece in pieces {
            let digits = piece.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(piece.len());
            let (number, rest) = piece.split_at(digits);
            if number.len() < 5 {
                out += &format!("0x{piece}");
                continue;
            }
            let index = addresses.iter().position(|known| known == number).unwrap_or_else(|| {
                addresses.push(number.into());
                addresses.len() - 1
            });
            out += &format!("ADDRESS-{}{rest}", index + 1);
        }
        out.push('\n');
    }
    out
}
