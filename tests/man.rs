//! Every exported function has a manual page, which says what the comment in the header says. (`make man` makes the
//! pages of section 3, and needs doxygen; this does not.)

use std::fs;
use std::path::PathBuf;

const STALE: &str = "is stale: run `make man`";

fn read(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}: run `make man`", path.display()))
}

fn headers() -> String {
    ["mmsystem.h", "mmsystem_macros.h", "mmsystem_ext.h"]
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
    for folder in fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("man")).unwrap() {
        let folder = folder.unwrap().path();
        for file in fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            let (name, section) = file.rsplit_once('.').unwrap();
            assert!(folder.ends_with(format!("man{section}")), "{}/{file}", folder.display());
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
    let declared = comments(header).into_iter().filter(|(_, after)| after.trim().starts_with("MMSYSTEM_API"));
    declared.map(|(comment, after)| function(comment, after)).collect()
}

fn function<'a>(comment: &'a str, after: &'a str) -> Function<'a> {
    let (before, rest) = after.split_once('(').unwrap();
    let (inside, _) = rest.split_once(')').unwrap();
    let name = before.rsplit([' ', '*', '\n']).next().unwrap();
    let parameters = inside.split(',').map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
    Function { name, parameters: parameters.collect(), comment }
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
            "Xr" => names.split(' ').next().unwrap().to_owned(),
            "It" => names.replace("Fa ", "").replace("Er ", "").replace("Va ", ""),
            _ => names.to_owned(),
        }
    });
    words(&lines.collect::<Vec<_>>().join("\n").replace("\\&", "").replace("\\-", "-"))
}

/// The pieces of a comment that stand on its page as they are.
fn pieces(comment: &str) -> Vec<String> {
    let lines = comment.lines().map(|line| line.trim_start().trim_start_matches('*').trim());
    let lines =
        lines.map(|line| if line.starts_with("# ") || line.starts_with("- As for ") { "" } else { line });
    let mut text = lines.collect::<Vec<_>>().join(" ").replace("Source:", "").replace(" or ", ", ");
    for (word, meaning) in
        [("doc", "Microsoft's documentation"), ("win", "verified on Windows"), ("ours", "decided here")]
    {
        for end in [')', '.', ':', ';'] {
            text = text.replace(&format!("({word}{end}"), &format!("({meaning}{end}"));
            text = text.replace(&format!(" {word}{end}"), &format!(" {meaning}{end}"));
        }
    }
    text.split([',', '.', ':', ';']).map(words).filter(|piece| piece != " ").collect()
}

fn assert_says(name: &str, page: &str, comment: &str) {
    let said = words_of_page(page);
    for piece in pieces(comment) {
        assert!(said.contains(&piece), "man/man3/{name}.3 does not say {piece:?}, and {STALE}");
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
fn a_page_says_what_the_comment_says() {
    for function in functions(&headers()) {
        assert_says(function.name, &page(function.name), function.comment);
    }
}

#[test]
fn the_pages_of_types_and_macros_say_what_the_comments_say() {
    let header = headers();
    for guard in ["_MMIOINFO", "_MMCKINFO", "LPMMIOPROC", "mmioFOURCC"] {
        let follows =
            |(_, after): &(&str, &str)| after.trim_start().starts_with(&format!("#ifndef {guard}\n"));
        let (comment, _) = comments(&header).into_iter().find(follows).unwrap();
        let name = guard.trim_start_matches('_');
        assert_says(name, &page(name), comment);
    }
}

#[test]
fn the_pages_of_structures_have_their_members() {
    let header = headers();
    for name in ["MMIOINFO", "MMCKINFO"] {
        let page = page(name);
        let (_, rest) = header.split_once(&format!("struct MMSYSTEM_PACKED _{name} {{")).unwrap();
        let members = comments(rest.split_once("};").unwrap().0);
        assert!(!members.is_empty());
        for (comment, member) in members {
            assert_says(name, &page, comment);
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
