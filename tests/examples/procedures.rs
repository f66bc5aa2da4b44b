//! Examples with an I/O procedure of their own (docs/contract.md, part 5).

use crate::*;
use tar::{Builder, EntryType, Header};

fn header(name: &str, size: usize) -> Header {
    let mut header = Header::new_ustar();
    header.set_path(name).unwrap();
    header.set_size(size.try_into().unwrap());
    header.set_cksum();
    header
}

/// A tar file of these headers and contents.
fn tar_of<'a>(members: impl IntoIterator<Item = (Header, &'a [u8])>) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    members.into_iter().for_each(|(header, bytes)| builder.append(&header, bytes).unwrap());
    builder.into_inner().unwrap()
}

fn files(members: &[(&str, &[u8])]) -> Vec<u8> {
    tar_of(members.iter().map(|&(name, bytes)| (header(name, bytes.len()), bytes)))
}

pub fn archive(example: &Example) {
    members_are_read(example);
    wrong_sizes_are_errors(example);
    what_tar_makes_is_read(example);

    example.fail(&["missing.tar+a"], "missing.tar+a", FILE_NOT_FOUND);
    let long = format!("{}sounds.tar+a/b.wav", "./".repeat(5000));
    example.fail(&[&long], &long, INVALID_FILE);
    example.show_usage();
    let member = riff::wave(8000, 16, &riff::samples(0..10_000));
    example.put("sounds.tar", &files(&[("other", &[1; 600]), ("a/b.wav", &member), ("more", &[2; 600])]));
    example.try_procedure();
    if cfg!(target_os = "linux") {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let text = format!("archive: sounds.tar+a/b.wav: {CANNOT_WRITE}");
        fail(example.command(&["sounds.tar+a/b.wav"]).stdout(full), &text);
    }
}

fn members_are_read(example: &Example) {
    let (long, longest) = ("folder/".repeat(30) + "name", "n".repeat(100));
    let bytes: Vec<_> = (0..=255).cycle().take(9001).collect();
    let sizes = [
        ("empty", 0),
        ("one", 1),
        ("a/b/511", 511),
        ("512", 512),
        ("513", 513),
        (&long, 9001),
        (&longest, 4096),
    ];
    let mut all: Vec<_> = sizes.iter().map(|&(name, size)| (header(name, size), &bytes[..size])).collect();
    // Entries that are not the file of that name.
    for (name, kind) in
        [("a/b", EntryType::Directory), ("link", EntryType::Symlink), ("fifo", EntryType::Fifo)]
    {
        let mut header = header(name, 0);
        header.set_entry_type(kind);
        header.set_cksum();
        all.insert(2, (header, b""));
    }
    // If a name occurs twice, the first counts.
    all.push((header("one", 3), b"new"));
    let tar = tar_of(all);
    let inner = files(&[("inner.tar", &tar)]);
    // The same without the end marker.
    let unmarked = &tar[..tar.len() - 1024];
    for (name, bytes) in [("x.tar", tar.as_slice()), ("unmarked.tar", unmarked), ("outer.tar", &inner)] {
        example.put(name, bytes);
    }
    for tar in ["x.tar", "unmarked.tar", "outer.tar+inner.tar"] {
        for (name, size) in sizes {
            assert!(example.run(&[&format!("{tar}+{name}")]) == bytes[..size], "{tar}+{name}");
        }
        for name in ["a/b", "a/b/", "link", "fifo", "511", "b/511", "tw", ""] {
            let missing = format!("{tar}+{name}");
            let error = if tar == "unmarked.tar" { CANNOT_READ } else { FILE_NOT_FOUND };
            example.fail(&[&missing], &missing, error);
        }
    }
}

fn wrong_sizes_are_errors(example: &Example) {
    let put_size = |size: &[u8; 12]| {
        let mut header = header("a", 0);
        header.as_mut_bytes()[124..136].copy_from_slice(size);
        header.set_cksum();
        let tar = tar_of([(header, b"0123456789".as_slice())]);
        example.put("wrong.tar", &tar);
        tar
    };
    // The tar file ends two blocks after the member.
    for size in [
        b"00000003001\0",
        b"00000010000 ",
        b"20000000000\0",
        b"40000000012\0",
        b"77777777777\0",
        b"777777777777",
    ] {
        put_size(size);
        example.fail(&["wrong.tar+a"], "wrong.tar+a", INVALID_FILE);
    }
    // A size must be an octal number of 11 or 12 digits.
    for size in [
        b"-0000000001\0",
        b"0000000001a\0",
        b"0000000008\0\0",
        b"          3\0",
        b"3\0\0\0\0\0\0\0\0\0\0\0",
        b"\0\0\0\0\0\0\0\0\0\0\0\0",
        b"\x80\0\0\0\0\0\0\0\0\0\0\x0a",
    ] {
        put_size(size);
        example.fail(&["wrong.tar+a"], "wrong.tar+a", INVALID_FILE);
    }
    // A file that is cut off has the bytes that are left.
    for size in [b"00000000003\0", b"00000000003 ", b"000000000003"] {
        let tar = put_size(size);
        assert_eq!(example.run(&["wrong.tar+a"]), b"012");
        example.put("cut.tar", &tar[..514]);
        example.fail(&["cut.tar+a"], "cut.tar+a", INVALID_FILE);
    }
    example.put("text.tar", &[b'x'; 1000]);
    let mut old = header("a", 0);
    old.as_ustar_mut().unwrap().magic = [0; 6];
    example.put("old.tar", &tar_of([(old, b"".as_slice())]));
    // What tar makes by default.
    let mut gnu = header("a", 3);
    gnu.as_ustar_mut().unwrap().magic = *b"ustar ";
    example.put("gnu.tar", &tar_of([(gnu, b"gnu".as_slice())]));
    assert_eq!(example.run(&["gnu.tar+a"]), b"gnu");
    example.put("empty.tar", b"");
    example.fail(&["text.tar+a"], "text.tar+a", INVALID_FILE);
    example.fail(&["old.tar+a"], "old.tar+a", INVALID_FILE);
    example.fail(&["empty.tar+a"], "empty.tar+a", FILE_NOT_FOUND);
}

/// tar itself makes such files.
fn what_tar_makes_is_read(example: &Example) {
    fs::create_dir(example.path("sounds")).unwrap();
    example.put("sounds/a.wav", &riff::wave(8000, 8, b"of a tar"));
    if Command::new("tar").arg("--version").output().is_err() {
        return crate::toolchain::skip("archive.c with what tar makes, which is not there");
    }
    let mut tar = Command::new("tar");
    tar.args(["--format=ustar", "-cf", "real.tar", "sounds"]);
    succeed(tar.current_dir(example.dir.path()));
    assert!(example.run(&["real.tar+sounds/a.wav"]) == example.get("sounds/a.wav"));
}

fn scrambled(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| byte ^ 0x5a).collect()
}

pub fn xor(example: &Example) {
    // Some sizes fit in a buffer and are sent as one MMIOM_WRITEFLUSH, some do not.
    for size in [0, 1, 4095, 4096, 4097, 8192, 10_000, 100_003] {
        let plain: Vec<_> = (0..=255).cycle().take(size).collect();
        example.put("plain", &plain);
        example.run(&["plain", "song.xor+"]);
        assert!(example.get("song.xor") == scrambled(&plain), "{size} bytes");
        example.run(&["song.xor+", "back"]);
        assert!(example.get("back") == plain, "{size} bytes");
    }
    // A disk that fills up during a write: the bytes that were written are right.
    example.fail_when_limited(9, &["plain", "cut.xor+"], "cut.xor+");
    let (plain, cut) = (example.get("plain"), example.get("cut.xor"));
    assert!(!cut.is_empty() && cut.len() < plain.len());
    assert!(cut == scrambled(&plain[..cut.len()]));

    for (from, to) in [("plain", "plain"), ("song.xor+", "./song.xor+"), ("song.xor", "song.xor+")] {
        let before = (example.get("plain"), example.get("song.xor"));
        example.fail(&[from, to], to, SHARING_VIOLATION);
        assert!((example.get("plain"), example.get("song.xor")) == before);
    }
    example.fail(&["missing.xor+", "to"], "missing.xor+", FILE_NOT_FOUND);
    example.fail(&["plain", "missing/song.xor+"], "missing/song.xor+", PATH_NOT_FOUND);
    let long = format!("{}song.xor+", "./".repeat(5000));
    example.fail(&["plain", &long], &long, INVALID_FILE);
    std::os::unix::fs::symlink("/dev/full", example.path("full.xor")).unwrap();
    // The second fits in the buffer, so mmioClose reports the error.
    example.put("short", b"short");
    for plain in ["plain", "short"] {
        example.fail_when_full(&[plain, "full.xor+"], "full.xor+");
    }
    example.show_usage();
    example.try_procedure();
}
