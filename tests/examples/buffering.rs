//! Examples with an I/O procedure that buffers (docs/contract.md, part 5).

use crate::killing::kill_many;
use crate::riff::chunk;
use crate::*;

pub fn cache(example: &Example) {
    let text = String::from_utf8(example.run(&["log.riff"])).unwrap();
    let file = example.get("log.riff");
    assert!(file == chunk("RIFF", &[b"LOG ".to_vec(), cache_lines()].concat()));
    // A page is written when another replaces it. The first is written again, with the size.
    let [messages, writes, bytes] = numbers(&text);
    let pages = file.len().div_ceil(4096);
    assert!(messages > 30_000 && (pages + 1..pages + 4).contains(&writes), "{text}");
    assert!((file.len()..file.len() + 4 * 4096).contains(&bytes), "{text}");
    assert_eq!(
        text,
        format!("{messages} messages to the cache\n{writes} writes to the disk, of {bytes} bytes\n")
    );

    example.fail(&["missing/log.riff"], "missing/log.riff", PATH_NOT_FOUND);
    example.fail_when_full(&["/dev/full"], "/dev/full");
    example.fail_when_limited(9, &["log.riff"], "log.riff");
    example.show_usage();
    example.try_procedure();
    kill_many(example, true, |file| fs::read(file).unwrap_or_default());
}

fn cache_lines() -> Vec<u8> {
    (0..10_000).flat_map(|number| chunk("line", format!("line {number}").as_bytes())).collect()
}

fn numbers<const COUNT: usize>(text: &str) -> [usize; COUNT] {
    let numbers: Vec<_> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    numbers.try_into().unwrap()
}

/// gzip itself reads such files.
fn unpack(file: &Path) -> Vec<u8> {
    Command::new("gzip").arg("-dc").stdin(fs::File::open(file).unwrap()).output().unwrap().stdout
}

pub fn gzip(example: &Example) {
    let has_gzip = Command::new("gzip").arg("--version").output().is_ok();
    if !has_gzip {
        crate::toolchain::skip("gzip.c with what gzip makes and reads, which is not there");
    }
    for size in [0, 1, 4095, 4096, 4097, 10_000, 1_000_003] {
        let plain: Vec<_> = (0..=255).cycle().take(size).collect();
        example.put("plain", &plain);
        example.run(&["plain", "song.gz+"]);
        if has_gzip {
            assert!(unpack(&example.path("song.gz")) == plain, "{size} bytes");
        }
        assert!(size < 1000 || example.get("song.gz").len() < size / 2, "{size} bytes");
        example.run(&["song.gz+", "back"]);
        assert!(example.get("back") == plain, "{size} bytes");
    }
    if has_gzip {
        succeed(Command::new("gzip").args(["-9", "back"]).current_dir(example.dir.path()));
        example.run(&["back.gz+", "back"]);
        assert!(example.get("back") == example.get("plain"));
    }
    let packed = example.get("song.gz");
    example.put("cut.gz", &packed[..packed.len() / 2]);
    example.fail(&["cut.gz+", "to"], "cut.gz+", CANNOT_READ);
    example.put("text.gz", b"This is not compressed.");
    example.fail(&["text.gz+", "to"], "text.gz+", INVALID_FILE);

    example.fail(&["song.gz+", "./song.gz+"], "./song.gz+", SHARING_VIOLATION);
    assert!(example.get("song.gz") == packed);
    example.fail(&["missing.gz+", "to"], "missing.gz+", FILE_NOT_FOUND);
    example.fail(&["plain", "missing/song.gz+"], "missing/song.gz+", PATH_NOT_FOUND);
    let long = format!("{}song.gz+", "./".repeat(5000));
    example.fail(&["plain", &long], &long, INVALID_FILE);
    std::os::unix::fs::symlink("/dev/full", example.path("full.gz")).unwrap();
    // When the second is closed, zlib still holds all of it.
    example.put("short", b"short");
    for plain in ["plain", "short"] {
        example.fail_when_full(&[plain, "full.gz+"], "full.gz+");
    }
    example.fail_when_limited(2, &["plain", "limited.gz+"], "limited.gz+");
    example.show_usage();
    example.try_procedure();
    if has_gzip {
        kill_many(example, false, |file| if file.exists() { unpack(file) } else { Vec::new() });
    }
}
