//! The committed header is what cbindgen makes of the source.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

/// Set by `make header`: writes the header instead of comparing it.
const UPDATE: &str = "MMSYSTEM_UPDATE_HEADER";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn generated() -> String {
    let builder = cbindgen::Builder::new()
        .with_config(cbindgen::Config::from_file(root().join("cbindgen.toml")).unwrap())
        .with_src(root().join("src/abi.rs"))
        .with_src(root().join("src/capi/mod.rs"));
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    guarded(&String::from_utf8(header).unwrap())
}

/// Numbers become macros that a project may have already; flags are written in the base of their
/// documentation.
fn guarded(header: &str) -> String {
    let mut out = String::new();
    for line in header.lines() {
        let words: Vec<_> = line.split(' ').collect();
        let [define, name, value] = words[..] else {
            writeln!(out, "{}", line.trim_end()).unwrap();
            continue;
        };
        if define != "#define" {
            writeln!(out, "{line}").unwrap();
            continue;
        }
        let number: u32 = value.parse().unwrap();
        let is_flag = name.starts_with("MMIO_") || name.starts_with("MMIOM_");
        let value =
            if is_flag && name != "MMIO_DEFAULTBUFFER" { format!("{number:#010x}") } else { value.into() };
        writeln!(out, "#ifndef {name}\n#define {name} {value}\n#endif").unwrap();
    }
    out
}

#[test]
fn the_committed_header_is_up_to_date() {
    let path = root().join("include/mmsystem.h");
    let fresh = generated();
    if env::var_os(UPDATE).is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == fresh, "include/mmsystem.h is stale: run `make header`");
}
