//! Gives the shared library the name that programs record when they link with it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let major = std::env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
    let name = match std::env::var("CARGO_CFG_TARGET_VENDOR").as_deref() {
        Ok("apple") => format!("-Wl,-install_name,@rpath/libmmsystem.{major}.dylib"),
        _ => format!("-Wl,-soname,libmmsystem.so.{major}"),
    };
    println!("cargo::rustc-cdylib-link-arg={name}");
    // For the tests, which build the library once more: the target, where it is not this machine's own.
    let target =
        std::env::var("TARGET").ok().filter(|target| Some(target) != std::env::var("HOST").ok().as_ref());
    println!("cargo::rustc-env=MMSYSTEM_CROSS_TARGET={}", target.unwrap_or_default());
}
