//! The order of the source files that docs/architecture.md gives: each uses files below its own, and no two use each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The path of a module, by its names from the crate on: `["memory", "lease"]`.
type Module = Vec<String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The source files below a directory, by their modules.
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

/// The source without comments, declarations of modules, and its unit tests.
fn code(source: &str) -> String {
    let source = source.split("\nmod tests {").next().unwrap();
    let lines = source.lines().map(|line| line.split("//").next().unwrap());
    let is_module =
        |line: &&str| line.ends_with(';') && (line.starts_with("mod ") || line.starts_with("pub mod "));
    lines.filter(|line| !is_module(line)).collect::<Vec<_>>().join("\n")
}

/// The paths of a `use`, which may have groups in braces, each with the name that it gets here.
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

/// Whether a name stands in some code.
fn has_word(code: &str, name: &str) -> bool {
    code.split(|char| !is_name(char)).any(|word| word == name)
}

/// The file that a path in a module leads to: the longest beginning of the path that is one.
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

/// The files that each file uses: by `use`, if it does not only export it again, and by paths in its code.
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

/// The lines of the list: which files each is about. A directory has its `mod.rs`, or the file of its name beside it.
fn layers() -> Vec<Vec<Module>> {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let list = text.split("\n\n").find(|block| block.starts_with("    ")).unwrap();
    let entries = list.lines().filter(|line| !line.starts_with("     ")).map(|line| {
        let names = line.split("  ").find(|part| !part.is_empty()).unwrap();
        let modules = names.split(", ").map(|name| {
            let name = name.trim().trim_end_matches(".rs").trim_end_matches('/');
            name.split('/').map(str::to_owned).collect()
        });
        modules.collect()
    });
    entries.collect()
}

/// The line that a file belongs to: the one with the longest beginning of its path.
fn layer_of(module: &Module, layers: &[Vec<Module>]) -> Option<usize> {
    let length = |layer: &Vec<Module>| {
        layer.iter().filter(|entry| module.starts_with(entry)).map(Vec::len).max().unwrap_or(0)
    };
    let (index, best) = layers.iter().map(length).enumerate().max_by_key(|(_, length)| *length)?;
    (best > 0).then_some(index)
}

#[test]
fn a_file_uses_files_of_its_own_line_and_below() {
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
    // Those that use none of the rest are taken away, until none are left, or each of the rest uses another.
    loop {
        let modules: BTreeSet<Module> = left.keys().cloned().collect();
        let before = left.len();
        left.retain(|_, used| used.iter().any(|other| modules.contains(other)));
        if left.len() == before {
            break;
        }
    }
    // The same from the other end, so that only those of a circle are left.
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
