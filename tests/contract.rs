//! Each C test names, in the comment at its top, the rules that it shows:
//!
//!     Shows docs/contract.md, 6. RIFF: "FINDRIFF", "zero pad byte".
//!
//! The heading and the quoted words must be in the document, so that `git grep` for a word of a rule finds its test.
//! Rust tests may have such lines, too.

use std::fs;
use std::path::{Path, PathBuf};

/// Directories of programs that show no rule: those with a deliberate error, those of tests/rf64.rs, and what tests share.
const NO_TESTS: [&str; 3] = ["broken", "recordings", "support"];

struct Shown {
    document: String,
    heading: String,
    words: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(dir: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let name = dir.file_name().unwrap_or_default();
    if NO_TESTS.iter().any(|no_tests| name == *no_tests) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path.extension().is_some_and(|its| extensions.iter().any(|extension| its == *extension)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns text without the marks of Markdown, with single blanks.
fn plain(text: &str) -> String {
    text.replace(['*', '`'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text below each heading of a document, up to the next heading.
fn sections(text: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        match line.split_once(' ') {
            Some(("#" | "##", heading)) => sections.push((heading, String::new())),
            _ => sections.last_mut().unwrap().1 += &format!("{line}\n"),
        }
    }
    sections
}

fn parse(line: &str) -> Option<Shown> {
    let (document, rest) = line.strip_prefix("Shows ")?.split_once(", ")?;
    let (heading, words) = rest.split_once(": \"")?;
    let words = words.strip_suffix("\".")?.split("\", \"").map(plain).collect();
    Some(Shown { document: document.into(), heading: heading.into(), words })
}

/// Returns what a program says that it shows, in the comments above its first line of code.
fn shown_by(program: &Path) -> Vec<Shown> {
    let text = read(program);
    let comments = text.lines().map(str::trim).take_while(|line| line.starts_with(['/', '*']));
    let lines = comments.map(|line| line.trim_start_matches(['/', '*', '!']).trim_end_matches("*/").trim());
    let named = |line: &str| parse(line).unwrap_or_else(|| panic!("{}: {line}", program.display()));
    lines.filter(|line| line.starts_with("Shows ")).map(named).collect()
}

fn programs() -> Vec<PathBuf> {
    let programs = files(&root().join("c-tests"), &["c", "cpp"]);
    assert!(programs.len() > 100);
    programs
}

fn all_shown() -> Vec<Shown> {
    let rust =
        files(&root().join("tests"), &["rs"]).into_iter().filter(|path| !path.ends_with("contract.rs"));
    programs().into_iter().chain(rust).flat_map(|program| shown_by(&program)).collect()
}

#[test]
fn each_c_test_names_what_it_shows() {
    let nameless: Vec<_> = programs().into_iter().filter(|program| shown_by(program).is_empty()).collect();
    assert!(nameless.is_empty(), "without a line \"Shows docs/...\" in the first comment: {nameless:#?}");
}

#[test]
fn what_a_test_names_is_in_the_document() {
    let mut missing = String::new();
    for Shown { document, heading, words } in all_shown() {
        let text = read(&root().join(&document));
        let sections = sections(&text);
        match sections.iter().find(|(its, _)| *its == heading) {
            None => missing += &format!("{document} has no heading \"{heading}\"\n"),
            Some((_, section)) => {
                let section = plain(section);
                for word in words.iter().filter(|word| !section.contains(*word)) {
                    missing += &format!("{document}, {heading}: it does not have \"{word}\"\n");
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing}");
}

/// A rule has a name in bold type.
#[test]
fn each_part_and_each_named_rule_of_the_contract_has_a_test() {
    let is_part = |heading: &str| heading.starts_with(|first: char| first.is_ascii_digit());
    let is_rule =
        |heading: &str| ["Reading", "Writing", "Functions of 64 bits", "Procedures"].contains(&heading);
    let (parts, mut missing) = untested("docs/contract.md", is_part);
    let (more, also_missing) = untested("docs/rf64.md", is_rule);
    missing += &also_missing;
    assert!(parts >= 10 && more == 4 && missing.is_empty(), "no test shows:\n{missing}");
}

/// Returns how many parts of a document have rules, and which parts and rules have no test.
fn untested(document: &str, is_part: impl Fn(&str) -> bool) -> (usize, String) {
    let text = read(&root().join(document));
    let shown: Vec<_> = all_shown().into_iter().filter(|shown| shown.document == document).collect();
    let mut missing = String::new();
    let mut parts = 0;
    for (heading, section) in sections(&text) {
        if !is_part(heading) {
            continue;
        }
        parts += 1;
        let words = || shown.iter().filter(|shown| shown.heading == heading).flat_map(|shown| &shown.words);
        if words().next().is_none() {
            missing += &format!("part {heading}\n");
        }
        for rule in section.split("**").skip(1).step_by(2).map(plain) {
            if !words().any(|word| rule.starts_with(word.as_str()) || word.starts_with(&rule)) {
                missing += &format!("{heading}: {rule}\n");
            }
        }
    }
    (parts, missing)
}
