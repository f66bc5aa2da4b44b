//! The committed headers are what cbindgen generates from the source, and declare what docs/contract.md, part 1, lists.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

/// `make header` sets it: the header is written, and not compared.
const UPDATE: &str = "MMSYSTEM_UPDATE_HEADER";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Generates a header from these sources with this configuration. `lines` follow the includes.
fn generated(config: &str, lines: &str, sources: &[&str]) -> String {
    let mut config = cbindgen::Config::from_file(root().join(config)).unwrap();
    config.after_includes.get_or_insert_default().push_str(lines);
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in sources {
        builder = builder.with_src(root().join(source));
    }
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    guarded(&without_line_comments(&String::from_utf8(header).unwrap()))
}

/// C89 has no `//` comments, not even in skipped text. cbindgen writes some of its own behind code.
fn without_line_comments(header: &str) -> String {
    let code = |line: &str| match line.split_once("//") {
        Some((code, _)) if !line.trim_start().starts_with('*') => code.trim_end().to_owned(),
        _ => line.to_owned(),
    };
    header.lines().map(|line| code(line) + "\n").collect()
}

/// A project may define any name as a macro. The header then does not declare it.
fn guarded(header: &str) -> String {
    let mut out = String::new();
    let mut lines = header.lines().map(str::trim_end);
    while let Some(line) = lines.next() {
        let mut line = line.to_owned();
        // A function type may have one line for each parameter.
        while line.starts_with("typedef ") && !line.ends_with(';') {
            line += &format!("\n{}", lines.next().unwrap());
        }
        let line = line.as_str();
        let words: Vec<_> = line.split_whitespace().collect();
        match words[..] {
            ["#define", name, value] if !name.starts_with("MMSYSTEM_") => {
                guard(&mut out, name, &format!("#define {name} {}", number(name, value)))
            }
            ["typedef", ..] => guard(&mut out, typedef_name(line), line),
            ["struct" | "union", .., tag, "{"] => writeln!(out, "#ifndef {tag}\n{line}").unwrap(),
            ["};"] => writeln!(out, "{line}\n#endif").unwrap(),
            _ => writeln!(out, "{line}").unwrap(),
        }
    }
    out
}

fn guard(out: &mut String, name: &str, line: &str) {
    writeln!(out, "#ifndef {name}\n{line}\n#endif").unwrap();
}

/// The name in `typedef T NAME;`, `typedef T *NAME;`, `typedef T (*NAME)(...);` or `typedef T(CALLBACK NAME)(...);`.
fn typedef_name(line: &str) -> &str {
    let of_function = ["(*", "(CALLBACK "].iter().find_map(|mark| line.split_once(mark));
    let declared = of_function.map_or(line, |(_, after)| after.split(')').next().unwrap());
    declared.trim_end_matches(';').rsplit([' ', '*']).next().unwrap()
}

/// Flags are written in hexadecimal, as in their documentation.
fn number(name: &str, value: &str) -> String {
    let is_flag = ["MMIO_", "MMIOM_", "TIME_", "MMSYS_"].iter().any(|start| name.starts_with(start));
    if is_flag && name != "MMIO_DEFAULTBUFFER" {
        let number: u32 = value.parse().unwrap();
        return format!("{number:#010x}");
    }
    value.into()
}

/// The version of the crate, as macros.
fn version_macros() -> String {
    let text = env!("CARGO_PKG_VERSION");
    let numbers: Vec<u32> = text.split('.').map(|number| number.parse().unwrap()).collect();
    let [major, minor, patch] = numbers[..] else { panic!("{text}") };
    let number = major << 16 | minor << 8 | patch;
    format!(
        "\n\n/* The version of this header; mmsys_version() returns that of the library. */\n\
         #define MMSYSTEM_VERSION_MAJOR {major}\n\
         #define MMSYSTEM_VERSION_MINOR {minor}\n\
         #define MMSYSTEM_VERSION_PATCH {patch}\n\
         #define MMSYSTEM_VERSION_STRING \"{text}\"\n\
         #define MMSYSTEM_VERSION {number:#010x} /* major << 16 | minor << 8 | patch */"
    )
}

/// The most columns of a line, which is a comment of the source with other marks.
const WIDEST: usize = 120;

fn assert_up_to_date(committed: &str, fresh: &str) {
    let wide: Vec<_> = fresh.lines().filter(|line| line.len() > WIDEST).collect();
    assert!(wide.is_empty(), "{committed} has lines of more than {WIDEST} columns: {wide:#?}");
    let path = root().join(committed);
    if env::var_os(UPDATE).is_some() {
        fs::write(&path, fresh).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    assert!(text == fresh, "{committed} is stale: run `make header`");
}

#[test]
fn the_committed_header_is_up_to_date() {
    let fresh = generated("cbindgen.toml", "", &["src/abi.rs", "src/abi/messages.rs", "src/capi/mod.rs"]);
    assert_up_to_date("include/mmsystem.h", &fresh);
}

#[test]
fn the_committed_header_of_the_errors_is_up_to_date() {
    let fresh = generated("cbindgen_results.toml", "", &["src/abi/results.rs"]);
    assert_up_to_date("include/mmsystem_results.h", &fresh);
}

#[test]
fn the_committed_header_of_what_all_parts_share_is_up_to_date() {
    let fresh = generated("cbindgen_common.toml", "", &["src/abi/common.rs"]);
    assert_up_to_date("include/mmsyscom.h", &fresh);
}

#[test]
fn the_committed_header_of_the_time_functions_is_up_to_date() {
    let fresh = generated("cbindgen_time.toml", "", &["src/abi/time.rs", "src/capi/time.rs"]);
    assert_up_to_date("include/timeapi.h", &with_guarded_functions(&fresh));
}

/// A project may also define a function as a macro. Many do so for the time functions.
fn with_guarded_functions(header: &str) -> String {
    let mut out = String::new();
    let mut lines = header.lines();
    while let Some(line) = lines.next() {
        let mut line = line.to_owned();
        while line.starts_with("MMSYSTEM_API") && !line.ends_with(';') {
            line += &format!("\n{}", lines.next().unwrap());
        }
        match line.split_once('(') {
            Some((before, _)) if line.starts_with("MMSYSTEM_API") => {
                guard(&mut out, before.rsplit([' ', '*', '\n']).next().unwrap(), &line);
            }
            _ => writeln!(out, "{line}").unwrap(),
        }
    }
    out
}

#[test]
fn the_committed_header_of_extensions_is_up_to_date() {
    let fresh = generated(
        "cbindgen_ext.toml",
        &version_macros(),
        &[
            "src/abi/ext.rs",
            "src/abi/callbacks.rs",
            "src/capi/ext.rs",
            "src/capi/riff64.rs",
            "src/capi/callbacks.rs",
        ],
    );
    assert_up_to_date("include/mmsystem_ext.h", &fresh);
}

/// The names that a line declares: of a macro, or of a type.
fn declared(line: &str) -> Option<&str> {
    if let Some(macro_and_value) = line.strip_prefix("#define ") {
        return macro_and_value.split([' ', '(']).next();
    }
    let line = line.strip_prefix("__extension__ ").unwrap_or(line);
    let is_type =
        line.starts_with("typedef ") && line.ends_with(';') || line.starts_with("} ") && line.ends_with(';');
    if is_type { Some(typedef_name(line)) } else { None }
}

#[test]
fn every_type_and_macro_gives_way_to_the_projects_own() {
    let mut checked = 0;
    for dir in ["include", "include/compat"] {
        for entry in fs::read_dir(root().join(dir)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|end| end != "h") {
                continue;
            }
            let mut conditions = Vec::new();
            let text = fs::read_to_string(&path).unwrap();
            for line in text.lines() {
                if line.starts_with("#if") {
                    conditions.push(line.to_owned());
                } else if line.starts_with("#elif") {
                    conditions.last_mut().unwrap().push_str(line);
                } else if line.starts_with("#endif") {
                    conditions.pop();
                }
                let Some(name) = declared(line) else { continue };
                // Names of this project, and the guards that headers set when they define a structure.
                if name.to_lowercase().starts_with("mmsystem")
                    || name.ends_with('_')
                    || name.ends_with("_DEFINED")
                {
                    continue;
                }
                let words = |condition: &String| {
                    condition.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
                };
                // `push_macro` saved it, and `pop_macro` restores it.
                let is_aside = text.contains(&format!("push_macro(\"{name}\")"));
                assert!(is_aside || conditions.iter().any(words), "{}: {line}", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn every_constant_of_windows_is_compared_with_another_implementations() {
    let compared = ["windows_h.c", "avi_h.c"]
        .map(|name| fs::read_to_string(root().join("parity").join(name)).unwrap())
        .concat();
    let mut checked = 0;
    for header in ["mmsystem_constants.h", "mmsystem_errors.h", "mmsystem_avi.h", "vfw.h", "aviriff.h"] {
        let text = fs::read_to_string(root().join("include/compat").join(header)).unwrap();
        let with_a_value = |line: &&str| line.split_whitespace().count() > 2 && !line.contains(") ");
        for name in text.lines().filter(|line| line.starts_with("#define ")).filter(with_a_value) {
            let name = declared(name).unwrap();
            assert!(compared.contains(&format!("VALUE({name})")), "{header}: {name}");
            checked += 1;
        }
    }
    assert!(checked > 150, "{checked}");
}
