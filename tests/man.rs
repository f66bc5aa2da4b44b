//! Every exported function and every message of docs/contract.md has a manual page with the text of its comment in the
//! header, and the examples are C code that works. `make man` generates the pages of section 3 with doxygen; this test does
//! not need it.

mod toolchain;

use std::fs;
use std::path::PathBuf;
use toolchain::{C99, CPP17};

const STALE: &str = "is stale: run `make man`";

fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}: run `make man`", path.display()))
}

fn headers() -> String {
    ["mmsystem.h", "mmsystem_macros.h", "mmsyscom.h", "timeapi.h", "mmsystem_ext.h"]
        .map(|name| read(&format!("include/{name}")))
        .concat()
}

/// The page of a name; a link is followed.
fn page(name: &str) -> String {
    let text = read(&format!("man/man3/{name}.3"));
    match text.strip_prefix(".so ") {
        Some(target) => read(&format!("man/{}", target.trim())),
        None => text,
    }
}

/// All pages: name and section.
fn pages() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for dir in fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("man")).unwrap() {
        let dir = dir.unwrap().path();
        for file in fs::read_dir(&dir).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            let (name, section) = file.rsplit_once('.').unwrap();
            assert!(dir.ends_with(format!("man{section}")), "{}/{file}", dir.display());
            found.push((name.to_owned(), section.to_owned()));
        }
    }
    found
}

/// The comments of a header, each with what follows it.
fn comments(header: &str) -> Vec<(&str, &str)> {
    header.split("/**").skip(1).map(|part| part.split_once("*/").unwrap()).collect()
}

struct Function<'a> {
    name: &'a str,
    /// Each with its type.
    parameters: Vec<String>,
    comment: &'a str,
}

fn functions(header: &str) -> Vec<Function<'_>> {
    // (Some are only declared if they are no macros yet.)
    let declaration = |after: &str| {
        let after = after.trim();
        let guarded = after.strip_prefix("#ifndef ").and_then(|rest| rest.split_once('\n'));
        guarded.map_or(after, |(_, rest)| rest).starts_with("MMSYSTEM_API")
    };
    let declared = comments(header).into_iter().filter(|(_, after)| declaration(after));
    declared.map(|(comment, after)| function(comment, after)).collect()
}

fn function<'a>(comment: &'a str, after: &'a str) -> Function<'a> {
    let (before, rest) = after.split_once('(').unwrap();
    let (inside, _) = rest.split_once(')').unwrap();
    let name = before.rsplit([' ', '*', '\n']).next().unwrap();
    let parameters = inside.split(',').map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
    Function { name, parameters: parameters.collect(), comment }
}

/// The comment of what is only declared if it is no macro yet: a type, or a macro.
fn comment_of<'a>(header: &'a str, name: &str) -> &'a str {
    let guard = format!("#ifndef {name}\n");
    let found = comments(header).into_iter().find(|(_, after)| after.trim_start().starts_with(&guard));
    found.unwrap_or_else(|| panic!("{name} has no comment")).0
}

/// The messages that the header defines, each with its number.
fn messages(header: &str) -> Vec<(&str, &str)> {
    let macros = header.lines().filter_map(|line| line.strip_prefix("#define ")?.split_once(' '));
    macros.filter(|(name, _)| name.starts_with("MMIOM_")).collect()
}

/// The lines of a comment.
fn lines(comment: &str) -> impl Iterator<Item = &str> {
    comment.lines().map(|line| line.trim_start().trim_start_matches('*'))
}

const FENCE: &str = " ```";

/// The pieces of code in a comment.
fn examples(comment: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in lines(comment) {
        if line.starts_with(FENCE) {
            is_inside = !is_inside;
            pieces.extend(is_inside.then(String::new));
        } else if let (true, Some(piece)) = (is_inside, pieces.last_mut()) {
            *piece += &format!("{}\n", line.strip_prefix(' ').unwrap_or(line));
        }
    }
    pieces
}

/// The words of a text, as they stand in a row.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.fold(String::from(" "), |row, word| row + &word.to_lowercase() + " ")
}

/// The words of a page, without its marks.
fn words_of_page(page: &str) -> String {
    let lines = page.lines().map(|line| {
        let Some(line) = line.strip_prefix('.') else { return line.to_owned() };
        let (mark, names) = line.split_once(' ').unwrap_or((line, ""));
        match mark {
            "Xr" => names.split(' ').find(|word| *word != "(").unwrap().to_owned(),
            "It" => names.replace("Fa ", "").replace("Er ", "").replace("Va ", ""),
            _ => names.to_owned(),
        }
    });
    let text = lines.collect::<Vec<_>>().join("\n").replace("\\&", "").replace("\\-", "-");
    words(&text.replace("\\(aq", "'").replace("\\e", "\\"))
}

/// The pieces of a comment between punctuation, which are on its page as they are.
fn pieces(comment: &str) -> Vec<String> {
    let text: Vec<_> = lines(comment).filter(|line| !line.starts_with(FENCE)).collect();
    let text = text.join(" ").replace(" Source:", " ").replace(" Example:", " ");
    text.split([',', '.', ':', ';']).map(words).filter(|piece| piece != " ").collect()
}

fn assert_has_text(name: &str, page: &str, comment: &str) {
    let text = words_of_page(page);
    for piece in pieces(comment) {
        assert!(text.contains(&piece), "man/man3/{name}.3 does not contain {piece:?}, and {STALE}");
    }
}

#[test]
fn every_exported_function_has_a_page_that_declares_it_as_the_header_does() {
    let header = headers();
    let mut names = Vec::new();
    for function in functions(&header) {
        let page = page(function.name);
        let lines: String = function.parameters.iter().map(|one| format!(".Fa \"{one}\"\n")).collect();
        let prototype = format!("\n.Fo {}\n{lines}.Fc\n", function.name);
        assert!(page.contains(&prototype), "man/man3/{}.3 {STALE}: {prototype}", function.name);
        assert!(words_of_page(&page).contains(&words(function.name)));
        names.push(function.name.to_owned());
    }
    names.sort();
    let symbols = read("symbols.txt");
    let exported: Vec<_> = symbols.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, exported, "without a comment in a header, and so without a page");
}

#[test]
fn a_page_has_the_text_of_the_comment_and_more_than_its_name() {
    for function in functions(&headers()) {
        let page = page(function.name);
        assert_has_text(function.name, &page, function.comment);
        let (_, description) = page.split_once("\n.Sh DESCRIPTION\n").unwrap();
        let (description, _) = description.split_once("\n.Sh ").unwrap();
        assert!(description.contains("\n.Pp\n"), "man/man3/{}.3 has no description", function.name);
    }
}

#[test]
fn the_pages_of_types_and_macros_have_the_text_of_the_comments() {
    let header = headers();
    for guard in
        ["_MMIOINFO", "_MMCKINFO", "LPMMIOPROC", "mmioFOURCC", "_MMTIME", "_TIMECAPS", "LPTIMECALLBACK"]
    {
        let name = guard.trim_start_matches('_');
        assert_has_text(name, &page(name), comment_of(&header, guard));
    }
}

#[test]
fn every_message_has_a_page_with_the_text_of_the_comment() {
    let header = headers();
    let messages = messages(&header);
    assert_eq!(messages.len(), 8, "{messages:?}");
    for (name, number) in messages {
        let comment = comment_of(&header, name);
        let page = page(name);
        assert_has_text(name, &page, comment);
        let synopsis = format!(
            "\n.Fd #define {name} {number}\n.Ft LRESULT\n.Fo IOProc\n.Fa \"LPSTR lpmmioinfo\"\n.Fa \"{name}\"\n\
             .Fa \"LPARAM lParam1\"\n.Fa \"LPARAM lParam2\"\n.Fc\n"
        );
        assert!(page.contains(&synopsis), "man/man3/{name}.3 {STALE}: {synopsis}");
        let parts = ["\n.Sh PARAMETERS\n", "\n.Sh RETURN VALUES\n", "\n.Sh EXAMPLES\n", "\n.Va lDiskOffset"];
        for part in parts {
            assert!(page.contains(part), "man/man3/{name}.3 has no {part}");
        }
    }
}

/// Eighty columns, less the margins of a page and of its examples.
const WIDEST: usize = 67;

/// What has a page with an example: the name and the comment.
fn items_with_examples(header: &str) -> Vec<(&str, &str)> {
    let functions = functions(header).into_iter().map(|function| (function.name, function.comment));
    let others = messages(header).into_iter().map(|(name, _)| name).chain(["LPMMIOPROC"]);
    let all = functions.chain(others.map(|name| (name, comment_of(header, name))));
    all.filter(|(_, comment)| comment.contains(FENCE)).collect()
}

#[test]
fn the_examples_on_the_pages_are_those_of_the_comments_and_fit() {
    for (name, comment) in items_with_examples(&headers()) {
        for example in examples(comment) {
            assert!(example.lines().all(|line| line.len() <= WIDEST), "{name}: {example}");
            let shown = example.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
            let shown = format!("\n.Bd -literal -offset indent\n{shown}.Ed\n");
            assert!(page(name).contains(&shown), "man/man3/{name}.3 {STALE}: {shown}");
        }
    }
}

/// The functions whose example is a whole program.
const PROGRAMS: [&str; 8] = [
    "mmioOpenA",
    "mmioDescend",
    "mmioCreateChunk",
    "mmioSetBuffer",
    "mmioAdvance",
    "mmioSendMessage",
    "mmioInstallIOProcA",
    "timeSetEvent",
];

/// Each program runs in a folder with a WAV file of this name.
const SOUND: &str = "sound.wav";

#[test]
fn the_programs_on_the_pages_work() {
    let header = headers();
    let items = items_with_examples(&header);
    for name in PROGRAMS {
        let (_, comment) = items.iter().find(|(item, _)| *item == name).expect(name);
        let [program] = &examples(comment)[..] else { panic!("{name}: one program") };
        for build in [C99, CPP17].into_iter().filter(|build| build.is_there()) {
            let dir = tempfile::tempdir().unwrap();
            fs::copy(toolchain::root().join("examples/ffmpeg.wav"), dir.path().join(SOUND)).unwrap();
            let source = dir.path().join("program.c");
            fs::write(&source, program).unwrap();
            let binary = dir.path().join("program");
            toolchain::succeed(&mut build.command(&[source], &binary)).unwrap();
            let printed = toolchain::succeed(toolchain::runner(&binary).current_dir(dir.path())).unwrap();
            assert!(!printed.is_empty(), "{name} prints what it did");
        }
    }
}

/// The line in the example of a whole procedure for which the other examples stand.
const CASES: &str = "    // A case for each message: see its page.\n";

/// Puts the examples together to the procedure that they are the cases of, and runs a program with it.
#[test]
fn the_examples_are_a_procedure_that_works() {
    let header = headers();
    let mut cases = String::new();
    let mut call = String::new();
    for (name, _) in messages(&header) {
        for example in examples(comment_of(&header, name)) {
            if example.starts_with("case ") {
                cases += &example;
            } else {
                // (It stands in a function, and a compiler may look at how it is indented.)
                example.lines().for_each(|line| call += &format!("    {line}\n"));
            }
        }
    }
    let [whole] = &examples(comment_of(&header, "LPMMIOPROC"))[..] else { panic!("one example") };
    assert!(whole.contains(CASES) && !call.is_empty());
    for build in [C99, CPP17].into_iter().filter(|build| build.is_there()) {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("procedure.h"), whole.replace(CASES, &cases)).unwrap();
        fs::write(dir.path().join("call.h"), &call).unwrap();
        let binary = dir.path().join("program");
        let program = toolchain::root().join("tests/man/program.c");
        toolchain::succeed(build.command(&[program], &binary).arg("-I").arg(dir.path())).unwrap();
        toolchain::succeed(toolchain::runner(&binary).current_dir(dir.path())).unwrap();
    }
}

#[test]
fn the_headers_are_written_for_c_programmers() {
    let text = words(&headers());
    for word in ["safety", "unsafe", "any value", "decided here", "ours"] {
        assert!(!text.contains(&words(word)), "{word}");
    }
}

#[test]
fn the_pages_of_structures_have_their_members() {
    let header = headers();
    for (name, packed) in [("MMIOINFO", ""), ("MMCKINFO", ""), ("MMTIME", "_COMMON"), ("TIMECAPS", "_TIME")] {
        let page = page(name);
        let (_, rest) = header.split_once(&format!("struct MMSYSTEM_PACKED{packed} _{name} {{")).unwrap();
        let members = comments(rest.split_once("};").unwrap().0);
        assert!(!members.is_empty());
        for (comment, member) in members {
            assert_has_text(name, &page, comment);
            assert!(
                page.contains(&format!("\n    {}\n", member.trim())),
                "man/man3/{name}.3 {STALE}: {member}"
            );
        }
    }
}

#[test]
fn every_page_is_of_something_and_what_it_refers_to_is_there() {
    let header = words(&headers());
    let pages = pages();
    let elsewhere =
        [("stdio", "3"), ("pkg-config", "1")].map(|(name, section)| (name.into(), section.into()));
    let overview = read("man/man7/mmsystem.7");
    for (name, section) in pages.iter().filter(|(_, section)| section == "3" || section == "7") {
        let text = read(&format!("man/man{section}/{name}.{section}"));
        if section == "3" {
            assert!(header.contains(&words(name)), "{name}({section}) is of nothing: run `make man`");
            let listed = overview.contains(&format!("\n.It Xr {name} 3\n"));
            assert!(listed || text.starts_with(".so "), "man/man7/mmsystem.7 does not list {name}(3)");
        }
        for line in text.lines().filter(|line| line.starts_with(".Xr ") || line.starts_with(".It Xr ")) {
            let mut words = line.split(' ').skip_while(|word| !word.ends_with("Xr")).skip(1);
            let mut word = || words.find(|word| *word != "(").unwrap().to_owned();
            let other = (word(), word());
            assert!(pages.contains(&other) || elsewhere.contains(&other), "{name}({section}): {line}");
        }
    }
}
