//! The committed header is what cbindgen makes of the source.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

/// Set by `make header`: writes the header instead of comparing it.
const UPDATE: &str = "MMSYSTEM_UPDATE_HEADER";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What cbindgen makes of these sources with this configuration.
fn generated(config: &str, sources: &[&str]) -> String {
    let config = cbindgen::Config::from_file(root().join(config)).unwrap();
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in sources {
        builder = builder.with_src(root().join(source));
    }
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
            writeln!(out, "{}", line.trim_end()).unwrap();
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

fn assert_up_to_date(committed: &str, fresh: &str) {
    let path = root().join(committed);
    if env::var_os(UPDATE).is_some() {
        fs::write(&path, fresh).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    assert!(text == fresh, "{committed} is stale: run `make header`");
}

#[test]
fn the_committed_header_is_up_to_date() {
    let fresh = generated("cbindgen.toml", &["src/abi.rs", "src/capi/mod.rs"]);
    assert_up_to_date("include/mmsystem.h", &fresh);
}

#[test]
fn the_committed_header_of_extensions_is_up_to_date() {
    let fresh = generated("cbindgen_ext.toml", &["src/capi/ext.rs"]);
    assert_up_to_date("include/mmsystem_ext.h", &fresh);
}
