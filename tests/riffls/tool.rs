//! Compiles riffls once, and runs it.

use crate::schema;
use crate::toolchain::{self, Build, C99, CPP17};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;
use std::{fs, thread};

/// Longer than any run takes, also under an emulator.
const TOO_LONG: Duration = Duration::from_secs(120);

pub struct Tool {
    pub binary: PathBuf,
}

pub fn tool() -> &'static Tool {
    static TOOL: OnceLock<Tool> = OnceLock::new();
    TOOL.get_or_init(|| Tool::new(C99))
}

/// None if there is no compiler for C++.
pub fn cpp_tool() -> Option<Tool> {
    CPP17.is_there().then(|| Tool::new(CPP17))
}

/// The number of cases: fewer if each run is slow.
pub fn number_of_cases(count: u32) -> u32 {
    if toolchain::has_runner() { count.div_ceil(20) } else { count }
}

impl Tool {
    fn new(build: Build) -> Self {
        let dir = fs::read_dir(toolchain::root().join("tools/riffls")).unwrap();
        let files = dir.map(|entry| entry.unwrap().path());
        let mut sources: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|end| end == "c")).collect();
        sources.sort();
        Self { binary: build.with_the_static_library().built(&sources, &[], &[]).unwrap() }
    }

    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = toolchain::runner(&self.binary);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Finding {
        finish(self.command(arguments).spawn().unwrap())
    }

    pub fn with_file<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, path: &Path) -> Finding {
        finish(self.command(arguments).stdin(File::open(path).unwrap()).spawn().unwrap())
    }

    pub fn with_pipe<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        bytes: &[u8],
    ) -> Finding {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let bytes = bytes.to_vec();
        // The program may stop reading before all is written.
        let writer = thread::spawn(move || drop(pipe.write_all(&bytes)));
        let finding = finish(child);
        writer.join().unwrap();
        finding
    }
}

/// Waits for the end of the child, and kills it if it takes too long.
pub fn finish(child: Child) -> Finding {
    let id = i32::try_from(child.id()).unwrap();
    let (done, is_done) = mpsc::channel::<()>();
    let watch = thread::spawn(move || {
        if is_done.recv_timeout(TOO_LONG) == Err(mpsc::RecvTimeoutError::Timeout) {
            // SAFETY: it only sends a signal, to a child that has not been waited for.
            unsafe { libc::kill(id, libc::SIGKILL) };
        }
    });
    let output = child.wait_with_output().unwrap();
    drop(done);
    watch.join().unwrap();
    Finding { status: output.status, out: output.stdout, errors: output.stderr }
}

/// The output and status of a run.
pub struct Finding {
    status: ExitStatus,
    pub out: Vec<u8>,
    errors: Vec<u8>,
}

impl Finding {
    /// Asserts that it ended with this status.
    #[track_caller]
    pub fn is(self, status: i32) -> Self {
        let text = || format!("{}\n{}", self.text(), self.errors());
        assert_eq!(self.status.signal(), None, "killed: {}", text());
        assert_eq!(self.status.code(), Some(status), "{}", text());
        self
    }

    /// Asserts that it ended with this status or a better one. Returns the status.
    #[track_caller]
    pub fn at_most(&self, status: i32) -> i32 {
        let code = self.status.code();
        assert!(
            code.is_some_and(|code| code <= status),
            "{:?}: {}\n{}",
            self.status,
            self.text(),
            self.errors()
        );
        code.unwrap_or_default()
    }

    /// Asserts that it printed nothing on standard error.
    #[track_caller]
    pub fn quiet(self) -> Self {
        assert_eq!(self.errors(), "");
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.errors).into_owned()
    }

    pub fn lines(&self) -> std::vec::IntoIter<String> {
        self.text().lines().map(String::from).collect::<Vec<_>>().into_iter()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        let value =
            serde_json::from_slice(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.text()));
        schema::check(&value);
        value
    }

    /// The JSON of several files: one object a line.
    #[track_caller]
    pub fn objects(&self) -> Vec<Value> {
        let values = serde_json::Deserializer::from_slice(&self.out).into_iter::<Value>();
        let values = values.map(|value| value.unwrap_or_else(|error| panic!("{error}: {}", self.text())));
        values.inspect(schema::check).collect()
    }

    /// Asserts that it printed a drawing, as XML.
    #[track_caller]
    pub fn xml(&self) {
        let text = String::from_utf8(self.out.clone()).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(document.root_element().tag_name().name(), "svg");
        let boxes =
            document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "rect")));
        assert!((1..500).contains(&boxes.count()), "{text}");
    }
}
