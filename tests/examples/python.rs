//! `wave.py`, if there is a Python that can load the library. It shows the types of docs/contract.md, part 1, from Python.

use crate::*;
use mmsystem::abi::{MMCKINFO, MMIOINFO};

#[test]
fn wave_py() {
    if !toolchain::HAS_SHARED || !toolchain::CROSS_TARGET.is_empty() {
        return crate::toolchain::skip("wave.py, which needs a shared library for this machine");
    }
    if Command::new("python3").arg("--version").output().is_err() {
        return crate::toolchain::skip("wave.py, which needs Python 3");
    }
    let dir = tempfile::tempdir().unwrap();
    let python = |code: &str, argument: &str| {
        let mut command = Command::new("python3");
        command
            .args(["-W", "error", "-c", code])
            .arg(toolchain::root().join("examples/wave.py"))
            .arg(argument);
        command.env("MMSYSTEM_LIBRARY", toolchain::library().join(toolchain::SHARED)).current_dir(dir.path());
        command
    };
    let run = |argument| {
        // It is killed after a minute.
        let code = "import runpy, signal, sys\nsignal.alarm(60)\ndel sys.argv[0]\n\
                    runpy.run_path(sys.argv[0], run_name='__main__')";
        python(code, argument)
    };
    let printed = succeed(&mut run("beep.wav"));
    let half = |sample| [sample; 8];
    let beep = riff::samples([half(-8000), half(8000)].concat().into_iter().cycle().take(2000));
    let expected = riff::wave(8000, 16, &beep);
    assert!(fs::read(dir.path().join("beep.wav")).unwrap() == expected);
    assert_eq!(String::from_utf8(printed).unwrap(), riff::lines(&expected, 0, expected.len(), ""));

    // The rest of the example needs only the first members.
    let sizes = "import ctypes, runpy, sys\nwave = runpy.run_path(sys.argv[1])\n\
                 print(*(ctypes.sizeof(wave[name]) for name in ('MMIOINFO', 'MMCKINFO')))";
    let expected = (size_of::<MMIOINFO>(), size_of::<MMCKINFO>());
    let printed = succeed(&mut python(sizes, ""));
    assert_eq!(String::from_utf8(printed).unwrap(), format!("{} {}\n", expected.0, expected.1));

    let failure = |what, error| fail(&mut run(what), &format!("wave.py: {what}: {error}"));
    failure("missing/beep.wav", PATH_NOT_FOUND);
    if cfg!(target_os = "linux") {
        failure("/dev/full", CANNOT_WRITE);
    }
}
