//! The functions that `windows.h` and `timeapi.h` declare (docs/contract.md, parts 9 and 10). A macro of the same name
//! replaces the declaration, and each function is in a library.

mod toolchain;

use std::fs;
use toolchain::C99;

/// The headers, and whether the symbols of their functions have other names.
const HEADERS: [(&str, bool); 3] = [
    ("include/compat/mmsystem_functions.h", true),
    ("include/compat/mmsystem_text.h", true),
    ("include/timeapi.h", false),
];

/// The functions that a header declares: the name, the line before the declaration, and the declaration.
fn functions(header: &str) -> Vec<(String, String, String)> {
    let text = fs::read_to_string(toolchain::root().join(header)).unwrap();
    let mut found = Vec::new();
    for (index, _) in text.match_indices("\nMMSYSTEM_API") {
        let before = text[..index].lines().next_back().unwrap_or_default();
        let declaration = text[index + 1..].split(';').next().unwrap();
        let (head, _) = declaration.split_once('(').unwrap();
        let name = head.rsplit([' ', '*', '\n']).next().unwrap();
        found.push((name.to_owned(), before.to_owned(), declaration.to_owned()));
    }
    found
}

#[test]
fn every_function_gives_way_to_a_macro_of_its_name() {
    let mut count = 0;
    for (header, has_symbols) in HEADERS {
        for (name, before, declaration) in functions(header) {
            assert_eq!(before, format!("#ifndef {name}"), "{header}");
            if has_symbols {
                let is_wide = name.ends_with('W') || name.starts_with("_wcs") || name.contains("Wide");
                let mark = if is_wide { "MMSYSTEM_WIDE_SYMBOL" } else { "MMSYSTEM_SYMBOL" };
                assert!(declaration.ends_with(&format!(" {mark}(\"{name}\")")), "{declaration}");
            }
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

/// The program takes the address of each function and calls none.
#[test]
fn every_function_is_in_the_libraries() {
    let dir = tempfile::tempdir().unwrap();
    let source = dir.path().join("program.c");
    let mut program = String::from("#include <windows.h>\n#include <stdio.h>\nint main(void)\n{\n");
    program += "    void (*volatile functions[])(void) = {\n";
    let mut count = 0;
    for (header, _) in HEADERS {
        for (name, ..) in functions(header) {
            program += &format!("        (void (*)(void)){name},\n");
            count += 1;
        }
    }
    program += &format!("    }};\n    return functions[{}] == NULL;\n}}\n", count - 1);
    fs::write(&source, program).unwrap();
    let binary = dir.path().join("program");
    for build in [C99.as_on_windows(), C99.as_on_windows().with_the_static_library()] {
        for flags in [&["-std=c99"][..], &["-std=c99", "-DMMSYSTEM_WCHAR_UTF16"]] {
            let mut command = build.command(std::slice::from_ref(&source), &binary);
            toolchain::succeed(command.args(flags)).unwrap();
            toolchain::succeed(&mut toolchain::runner(&binary)).unwrap();
        }
    }
}
