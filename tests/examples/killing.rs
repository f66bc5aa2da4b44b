//! Programs that are killed while they write through a procedure that buffers. What mmioFlush wrote is in the file
//! (docs/contract.md, part 5, MMIOM_WRITEFLUSH).

use crate::*;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The numbers of `random_number` in `buffered.h`.
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }
}

/// The bytes that `write_until_killed` in `buffered.h` writes.
struct Written {
    numbers: Numbers,
    seeks: bool,
    round: u32,
    bytes: Vec<u8>,
}

impl Written {
    /// The writes up to the next flush.
    fn next_round(&mut self) {
        self.round += 1;
        loop {
            let mut size = 16 * (1 + self.numbers.below(16));
            if self.numbers.below(32) == 0 {
                size *= 40;
            }
            let end = u32::try_from(self.bytes.len()).unwrap();
            let at = if self.seeks && self.numbers.below(2) == 0 { self.numbers.below(end + 1) } else { end };
            let index = usize::try_from(at).unwrap();
            self.bytes.resize(self.bytes.len().max(index + usize::try_from(size).unwrap()), 0);
            for (byte, at) in self.bytes[index..].iter_mut().zip(at..at + size) {
                *byte = content(self.round, at);
            }
            if self.numbers.below(8) == 0 {
                break;
            }
        }
    }
}

fn content(round: u32, at: u32) -> u8 {
    let sum = round * 37 + at.wrapping_mul(11) + (at >> 8) * 5 + (at >> 16) * 3;
    sum.to_le_bytes()[0]
}

/// Kills the program of `tests/examples/` at random times, and checks its file each time.
pub fn kill_many(example: &Example, can_seek: bool, read: impl Fn(&Path) -> Vec<u8>) {
    if example.build.compiler != C99.compiler {
        return;
    }
    let kills = if toolchain::has_runner() { 6 } else { 210 };
    let mut moments = Numbers(1);
    let (mut in_the_middle, mut unflushed, mut flushed) = (0, 0, 0);
    for number in 1..=kills {
        let buffer = [0, 64, 65536][number as usize % 3];
        let seeks = can_seek && number % 2 == 0;
        let arguments = [buffer.to_string(), number.to_string(), u32::from(seeks).to_string()];
        let _ = fs::remove_file(example.path("killed"));
        let mut command = toolchain::runner(&example.path("procedure"));
        command.arg("killed").args(&arguments).current_dir(example.dir.path()).stdout(Stdio::piped());
        let noted = kill_in_the_middle(command.spawn().unwrap(), number % 8 != 0, &mut moments);
        let mut written = Written { numbers: Numbers(number), seeks, round: 0, bytes: Vec::new() };
        (0..noted).for_each(|_| written.next_round());
        let certain = written.bytes.clone();
        written.next_round();
        let file = read(&example.path("killed"));
        compare(&file, &certain, &written.bytes)
            .unwrap_or_else(|error| panic!("{arguments:?}, {noted} flushes noted: {error}"));
        in_the_middle += u32::from(noted > 0);
        unflushed += u32::from(file.len() > certain.len());
        flushed += certain.len();
    }
    println!(
        "{}.c: {kills} kills, {in_the_middle} after a flush, {unflushed} in the next; {flushed} bytes flushed",
        example.name
    );
    assert!(in_the_middle >= kills / 4 * 3, "{in_the_middle} of {kills} kills were in the middle");
}

/// Kills a running program, sometimes before its first flush. Returns how many flushes it reported.
fn kill_in_the_middle(mut child: Child, waits: bool, moments: &mut Numbers) -> u32 {
    let mut output = child.stdout.take().unwrap();
    let mut notes = Vec::new();
    if waits {
        let mut first = [0; 4];
        output.read_exact(&mut first).unwrap();
        notes.extend(first);
    }
    sleep(Duration::from_micros(moments.below(1500).into()));
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(libc::SIGKILL), "it ended before it was killed");
    output.read_to_end(&mut notes).unwrap();
    notes.chunks_exact(4).last().map_or(0, |note| u32::from_ne_bytes(note.try_into().unwrap()))
}

/// The file has the flushed bytes, or later writes in their place, and nothing beyond.
fn compare(file: &[u8], certain: &[u8], last: &[u8]) -> Result<(), String> {
    if file.len() < certain.len() || file.len() > last.len() {
        return Err(format!("{} bytes, not {} to {}", file.len(), certain.len(), last.len()));
    }
    let is_right = |at: usize| match certain.get(at) {
        Some(&byte) => file[at] == byte || file[at] == last[at],
        // The cache may write a page before one that precedes it.
        None => file[at] == last[at] || file[at] == 0,
    };
    let same = file.iter().zip(certain).take_while(|(byte, right)| byte == right).count();
    match (same..file.len()).find(|&at| !is_right(at)) {
        Some(at) => Err(format!("byte {at} of {} is wrong", file.len())),
        None => Ok(()),
    }
}
