//! Names and errors in lines of the trace, and repeated lines (docs/contract.md, part 8).

use crate::program::{Program, parts, steady};
use std::fs;

/// The results in the lines with this beginning.
fn results<'a>(trace: &'a str, beginning: &str) -> Vec<&'a str> {
    let lines = trace.lines().map(|line| parts(line).2).filter(|text| text.starts_with(beginning));
    lines.map(|text| text.split_once(" = ").unwrap().1).collect()
}

#[test]
fn the_name_that_the_system_knows_is_shown_and_the_drive_that_is_missing() {
    let program = Program::new("called");
    let trace = program.trace_with("", &[("MMSYSTEM_DRIVE_D", ".")]);
    let trace = steady(&trace, program.dir.path());
    let with = |beginning: &str| -> Vec<String> {
        let lines = trace.lines().filter(|line| line.trim_start().starts_with(beginning));
        lines.map(|line| line.split_once(" = ").unwrap().1.to_owned()).collect()
    };
    for (line, ends) in [
        ("mmioOpenA(pszFileName=\"Sound.wav\", pmmioinfo=NULL, fdwOpen=MMIO_READ)", ""),
        ("mmioOpenA(pszFileName=\"SOUND.WAV\"", ", file=\"Sound.wav\""),
        ("mmioOpenA(pszFileName=\".\\\\Sound.wav\"", ", file=\"./Sound.wav\""),
        ("mmioOpenA(pszFileName=\"d:\\\\Sound.wav\"", ", file=\"./Sound.wav\""),
        ("mmioOpenA(pszFileName=\"program\"", ", file=\"FOLDER/program\""),
        ("'DOS ' MMIOM_OPEN(szName=\"program\"", "MMSYSERR_NOERROR, file=\"FOLDER/program\""),
        ("mmioOpenA(pszFileName=\"D:\\\\nothing", "NULL, error=MMIOERR_FILENOTFOUND, file=\"./nothing.wav\""),
        ("mmioOpenA(pszFileName=\"OTHER.WAV\"", "TRUE, file=\"Other.wav\""),
        ("mmioRenameA(pszFileName=\"SOUND", "MMSYSERR_NOERROR, file=\"Sound.wav\", newfile=\"./Other.wav\""),
        (
            "'DOS ' MMIOM_RENAME(szName=\"SOUND",
            "MMSYSERR_NOERROR, file=\"Sound.wav\", newfile=\"./Other.wav\"",
        ),
        ("mmioRenameA(pszFileName=\"Other", "MMIOERR_PATHNOTFOUND, MMSYSTEM_DRIVE_Q=(not set)"),
        ("mmioOpenA(pszFileName=\"q:", "NULL, error=MMIOERR_PATHNOTFOUND, MMSYSTEM_DRIVE_Q=(not set)"),
        ("mmioOpenA(pszFileName=\"Q:", "MMSYSTEM_DRIVE_Q=(not set)"),
        ("'DOS ' MMIOM_OPEN(szName=\"q:", "MMIOERR_PATHNOTFOUND, MMSYSTEM_DRIVE_Q=(not set)"),
    ] {
        let found = with(line);
        assert!(!found.is_empty(), "{line}: {trace}");
        for found in found {
            assert!(
                if ends.is_empty() { !found.contains("file=") } else { found.ends_with(ends) },
                "{line}: {found}"
            );
        }
    }
    assert_eq!(trace.matches("newfile=").count(), 2);
}

#[test]
fn every_line_about_a_file_names_it_and_the_words_are_hexadecimal() {
    let program = Program::new("called");
    let trace = program.trace_with("", &[("MMSYSTEM_DRIVE_D", ".")]);
    for name in ["\"d:\\\\Sound.wav\"", "memory", "descriptor 18", "pIOProc", "'OWN '"] {
        assert!(trace.lines().any(|line| line.contains("mmioClose(hmmio=0x") && line.contains(&format!(" {name}, uFlags"))), "{name}");
    }
    assert!(trace.contains(" pIOProc (closed), lOffset=0"));
    for words in ["adwInfo[0]=0x12}", "adwInfo[2]=0xa}", "adwInfo={0x0 0xabc 0xa}"] {
        assert!(trace.contains(words), "{words}");
    }
    // The filter for errors keeps the names. Of closed files there are only calls that come too late.
    for program in [program, Program::new("all_calls")] {
        let trace = program.trace("error");
        let lines: Vec<_> = trace.lines().filter(|line| line.contains("hmmio=0x")).collect();
        assert!(!lines.is_empty());
        for line in lines {
            let (_, rest) = line.split_once("hmmio=0x").unwrap();
            let name = rest.trim_start_matches(|c: char| c.is_ascii_hexdigit());
            assert!(name.starts_with(' '), "{line}");
            assert_eq!(name.contains("(closed)"), line.contains("MMSYSERR_INVALHANDLE"), "{line}");
        }
    }
}

#[test]
fn a_call_that_returns_null_shows_its_error() {
    for (name, least) in [("called", 14), ("all_calls", 5)] {
        let trace = Program::new(name).trace("");
        let nulls: Vec<_> = trace.lines().filter(|line| line.contains(" = NULL")).collect();
        assert!(nulls.len() >= least, "{trace}");
        let mut without = nulls.iter().filter(|line| !line.contains(" = NULL, error=MM"));
        // That no pointer was kept is not an error.
        assert!(without.all(|line| line.contains("mmsys_context(lpmmioinfo=0x")), "{trace}");
    }
    let trace = Program::new("called").trace("proc,error");
    let errors = ["NODRIVER", "INVALPARAM", "INVALPARAM", "NODRIVER", "INVALPARAM", "NODRIVER", "INVALPARAM"];
    let expected = errors.map(|error| format!("NULL, error=MMSYSERR_{error}"));
    assert_eq!(results(&trace, "mmioInstallIOProcA"), expected);
}

#[test]
fn a_line_that_repeats_is_counted() {
    let program = Program::new("repeats");
    let trace = program.trace("");
    let lines: Vec<_> = trace.lines().map(parts).collect();
    let counted = |beginning: &str| {
        let index = lines.iter().position(|line| line.2.starts_with(beginning)).unwrap();
        (lines[index], lines.get(index + 1).map_or("", |line| line.2))
    };
    let code = |code: &str| counted(&format!("mmioStringToFOURCCA(sz=\"{code}\""));
    assert_eq!(code("1000").1, "... 999 times more");
    assert!(code("once").1.starts_with("mm"));
    assert_eq!(code("two ").1, "... 1 time more");
    // A call and the lines below it count as one, and so does a call during a message.
    assert_eq!((code("five").0.1, code("five").1), (4, "... 4 times more"));
    let index = lines.iter().position(|line| line.2 == "... 4 times more").unwrap();
    assert_eq!((lines[index].1, lines[index + 1].1, lines[index + 1].2), (4, 0, "... 2 times more"));
    assert_eq!(trace.matches("mmioRead(").count(), 1);
    // Lines of another thread end the count. A forked child has a count of its own.
    assert_eq!(code("main").1, "... 2 times more");
    for (name, count) in [("thrd", "... 3 times more"), ("chld", "... 5 times more")] {
        let thread = code(name).0.0;
        let its: Vec<_> = lines.iter().filter(|line| line.0 == thread).collect();
        assert!(its.len() == 2 && its[1].2 == count, "{trace}");
    }
    // The end of the process writes the last count.
    let last = lines.last().unwrap();
    assert_eq!((last.0, last.2), (code("last").0.0, "... 7 times more"));
    // With `live`, lines are not counted.
    let live = program.trace("live");
    assert_eq!(live.matches("... mmioStringToFOURCCA ").count(), 1039);
    assert!(!live.contains("more"));
}

#[test]
fn the_last_count_of_another_thread_is_not_lost() {
    let program = Program::new("repeats");
    let mut command = program.command(&[("MMSYSTEM_TRACE", "trace")]);
    assert!(command.arg("thread").status().unwrap().success());
    let trace = fs::read_to_string(program.path("trace")).unwrap();
    let lines: Vec<_> = trace.lines().skip(1).map(parts).collect();
    let [.., last, count] = &lines[..] else { panic!("{trace}") };
    assert!(last.2.contains("\"end \"") && count.2 == "... 3 times more" && last.0 == count.0, "{trace}");
}

#[test]
fn a_count_follows_its_line_while_other_threads_make_calls() {
    let trace = Program::new("counts").trace("data");
    let mut last = (0, "");
    let mut calls = 0;
    for (thread, _, text) in trace.lines().map(parts) {
        let count = text.strip_prefix("... ").and_then(|text| text.split_once(" time"));
        calls += count.map_or(1, |(count, _)| count.parse::<usize>().unwrap());
        if count.is_some() {
            assert!(thread == last.0 && last.1.starts_with("mmioSeek("), "{text} of {thread} below {last:?}");
        }
        last = (thread, text);
    }
    assert_eq!(calls, 8 * 500 * 3);
}

#[test]
fn error_keeps_what_is_below_a_call_that_fails_and_a_long_name_of_a_closed_file_ends_with_dots() {
    let trace = Program::new("closes_itself").trace("error");
    let titles: Vec<_> = trace
        .lines()
        .map(parts)
        .map(|(_, depth, text)| (depth, text.split('(').next().unwrap().to_owned()))
        .collect();
    let expected = [
        (0, "mmioRead"),
        (2, "pIOProc MMIOM_READ"),
        (4, "mmioClose"),
        (6, "pIOProc MMIOM_CLOSE"),
        (0, "mmioClose"),
    ];
    assert_eq!(titles, expected.map(|(depth, title)| (depth, title.to_owned())), "{trace}");
    let last = trace.lines().last().unwrap();
    assert!(
        last.contains(" \"file with a name that takes more room than is kept")
            && last.contains("\"... (closed), "),
        "{trace}"
    );
}
