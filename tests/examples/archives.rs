//! Examples that connect mmio with another library, by callbacks (docs/contract.md, part 11).

use crate::*;

/// A WAV file of some size, part of which cannot be compressed.
fn wave() -> Vec<u8> {
    let noise = (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 17) as u16);
    riff::wave(8000, 16, &noise.flat_map(u16::to_le_bytes).collect::<Vec<_>>())
}

/// Python makes the zip, as another program would.
const MAKE_ZIP: &str = "import zipfile\n\
                        with zipfile.ZipFile('sounds.zip', 'w') as made:\n\
                        \x20   made.write('plain.wav', 'stored.wav', zipfile.ZIP_STORED)\n\
                        \x20   made.write('plain.wav', 'Deflated/Click.wav', zipfile.ZIP_DEFLATED)\n\
                        \x20   made.writestr('empty', b'')";

pub fn zip(example: &Example) {
    example.show_usage();
    example.fail(&["missing.zip+a"], "missing.zip+a", FILE_NOT_FOUND);
    example.put("plain.wav", &wave());
    let mut python = Command::new("python3");
    let made = python.args(["-c", MAKE_ZIP]).current_dir(example.dir.path()).status();
    if !made.is_ok_and(|status| status.success()) {
        return crate::toolchain::skip("zip.c with what Python makes, which is not there");
    }
    let zip = example.get("sounds.zip");
    example.put("cut.zip", &zip[..zip.len() / 2]);
    for member in ["stored.wav", "Deflated/Click.wav", "deflated\\click.WAV"] {
        assert!(example.run(&[&format!("sounds.zip+{member}")]) == wave(), "{member}");
    }
    assert!(example.run(&["sounds.zip+empty"]).is_empty());
    example.fail(&["sounds.zip+none"], "sounds.zip+none", FILE_NOT_FOUND);
    // A member whose bytes are damaged cannot be read to its end.
    let at = zip.windows(4).position(|bytes| bytes == b"RIFF").unwrap();
    let mut damaged = zip;
    damaged[at + 1000] ^= 1;
    example.put("damaged.zip", &damaged);
    example.fail(&["damaged.zip+stored.wav"], "damaged.zip+stored.wav", CANNOT_READ);
    example.try_procedure();
}

pub fn sdl(example: &Example) {
    example.show_usage();
    example.put("plain.wav", &wave());
    let printed = example.run(&["plain.wav"]);
    assert_eq!(
        String::from_utf8(printed).unwrap(),
        "SDL: 8000 Hz, 1 channels, 40000 bytes\nmmio: 40000 bytes\n"
    );
    example.put("text.wav", b"no WAV file");
    for name in ["missing.wav", "text.wav"] {
        let output = example.command(&[name]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(output.stderr.starts_with(format!("sdl: {name}: ").as_bytes()), "{output:?}");
    }
    example.try_procedure();
}
