//! The order of the source files in docs/architecture.md: a file uses only files of its own row and below, and no files
//! use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The names on the path to a module: `["memory", "lease"]`.
type Module = Vec<String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Collects the source files below a directory.
fn sources(dir: &Path, found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
            continue;
        }
        let relative = path.strip_prefix(root().join("src")).unwrap().with_extension("");
        let module = relative.iter().map(|part| part.to_str().unwrap().to_owned());
        let module: Module = module.filter(|part| part != "mod").collect();
        if module != ["lib"] && module.last().unwrap() != "tests" {
            found.insert(module, code(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Returns the source without comments, module declarations and unit tests.
fn code(source: &str) -> String {
    let source = source.split("\nmod tests {").next().unwrap();
    let lines = source.lines().map(|line| line.split("//").next().unwrap());
    let is_module =
        |line: &&str| line.ends_with(';') && (line.starts_with("mod ") || line.starts_with("pub mod "));
    lines.filter(|line| !is_module(line)).collect::<Vec<_>>().join("\n")
}

/// Collects the paths of a `use`, whose groups in braces may be nested, and the name that each gets.
fn expand(tree: &str, prefix: &[String], found: &mut Vec<(Module, String)>) {
    let (head, group) =
        tree.split_once('{').map_or((tree, None), |(head, rest)| (head, rest.strip_suffix('}')));
    let (head, alias) = head.split_once(" as ").map_or((head, None), |(head, alias)| (head, Some(alias)));
    let parts = head.split("::").map(str::trim).filter(|part| !part.is_empty() && *part != "self");
    let path: Module = prefix.iter().cloned().chain(parts.map(str::to_owned)).collect();
    let Some(group) = group else {
        let name =
            alias.map_or_else(|| path.last().cloned().unwrap_or_default(), |alias| alias.trim().into());
        return found.push((path, name));
    };
    let (mut depth, mut start) = (0, 0);
    for (index, char) in group.char_indices().chain([(group.len(), ',')]) {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !group[start..index].trim().is_empty() {
                    expand(group[start..index].trim(), &path, found);
                }
                start = index + 1;
            }
            _ => {}
        }
    }
}

fn is_name(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// Returns whether code contains a name.
fn has_word(code: &str, name: &str) -> bool {
    code.split(|char| !is_name(char)).any(|word| word == name)
}

/// Returns the file that a path in a module refers to: that of the longest prefix of the path that is a module.
fn file_of(path: &[String], module: &Module, files: &BTreeMap<Module, String>) -> Option<Module> {
    let mut at = module.clone();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => (at, rest) = (Module::new(), &path[1..]),
        "super" => {
            while rest.first().is_some_and(|part| part == "super") {
                at.pop();
                rest = &rest[1..];
            }
        }
        child => {
            at.push(child.to_owned());
            files.get(&at)?;
            rest = &path[1..];
        }
    }
    for part in rest {
        at.push(part.clone());
        if !files.contains_key(&at) {
            at.pop();
            break;
        }
    }
    files.contains_key(&at).then_some(at)
}

/// Returns the files that each file uses: by `use`, unless the name is only re-exported, and by paths in its code.
fn uses(files: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut all = BTreeMap::new();
    for (module, source) in files {
        let (mut code, mut declaration, mut declared) = (String::new(), String::new(), Vec::new());
        for line in source.lines() {
            let start = line.trim_start();
            if declaration.is_empty() && !start.starts_with("use ") && !start.starts_with("pub use ") {
                code += line;
                code.push('\n');
                continue;
            }
            declaration += start;
            if let Some(tree) = declaration.strip_suffix(';') {
                let (is_public, tree) = tree.split_once("use ").unwrap();
                let mut paths = Vec::new();
                expand(tree, &[], &mut paths);
                declared.extend(paths.into_iter().map(|(path, name)| (path, name, !is_public.is_empty())));
                declaration.clear();
            }
        }
        let mut used = BTreeSet::new();
        for (path, name, is_public) in declared {
            if !is_public || has_word(&code, &name) {
                used.extend(file_of(&path, module, files));
            }
        }
        for path in code.split(|char| !is_name(char) && char != ':').filter(|path| path.contains("::")) {
            let path: Module = path.split("::").map(str::to_owned).collect();
            used.extend(file_of(&path, module, files));
        }
        used.remove(module);
        all.insert(module.clone(), used);
    }
    all
}

/// Returns the modules in each row of the first table, from top to bottom.
fn layers() -> Vec<Vec<Module>> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let rows =
        text.lines().skip_while(|line| !line.starts_with("| `")).take_while(|line| line.starts_with("| `"));
    let entries = rows.map(|row| {
        let names = row.split('|').nth(1).unwrap();
        let modules = names.split(", ").map(|name| {
            let name = name.trim().trim_matches('`').trim_end_matches(".rs").trim_end_matches('/');
            name.split('/').map(str::to_owned).collect()
        });
        modules.collect()
    });
    entries.collect()
}

/// Returns the row of a file: the one that has the longest prefix of its path.
fn layer_of(module: &Module, layers: &[Vec<Module>]) -> Option<usize> {
    let length = |layer: &Vec<Module>| {
        layer.iter().filter(|entry| module.starts_with(entry)).map(Vec::len).max().unwrap_or(0)
    };
    let (index, best) = layers.iter().map(length).enumerate().max_by_key(|(_, length)| *length)?;
    (best > 0).then_some(index)
}

#[test]
fn a_file_uses_only_files_of_its_own_row_and_below() {
    let mut files = BTreeMap::new();
    sources(&root().join("src"), &mut files);
    assert!(files.len() > 60, "{}", files.len());
    let layers = layers();
    let mut wrong = Vec::new();
    for (module, used) in uses(&files) {
        let Some(layer) = layer_of(&module, &layers) else {
            wrong.push(format!("{} is not in docs/architecture.md", module.join("/")));
            continue;
        };
        for other in used.iter().filter(|other| layer_of(other, &layers).is_some_and(|other| other < layer)) {
            wrong.push(format!("{} uses {}, which is above it", module.join("/"), other.join("/")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut files = BTreeMap::new();
    sources(&root().join("src"), &mut files);
    let mut left = uses(&files);
    // Remove files that use no other remaining file, until none is left or each uses another.
    loop {
        let modules: BTreeSet<Module> = left.keys().cloned().collect();
        let before = left.len();
        left.retain(|_, used| used.iter().any(|other| modules.contains(other)));
        if left.len() == before {
            break;
        }
    }
    // Remove files that no remaining file uses, so that only the circles are left.
    loop {
        let used: BTreeSet<Module> = left.values().flatten().cloned().collect();
        let before = left.len();
        left.retain(|module, _| used.contains(module));
        if left.len() == before {
            break;
        }
    }
    let circle: Vec<String> = left
        .iter()
        .map(|(module, used)| {
            let used = used.iter().filter(|other| left.contains_key(*other)).map(|other| other.join("/"));
            format!("{} uses {}", module.join("/"), used.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert!(circle.is_empty(), "{}", circle.join("\n"));
}
